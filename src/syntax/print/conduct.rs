//! Behaviours, levels, scorecards.

use super::Voice;
use super::lines::Line;
use super::names::beside;
use super::page::Said;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Voice<'_> {
    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn behaviour(&self, behaviour: &Behaviour) -> Said {
        let place = self.belongs_to(behaviour.belongs_to.as_ref());
        self.block(["behaviour", "行为规范"], &behaviour.block, &place, |clause| self.behaviour_clause(clause))
    }

    fn behaviour_clause(&self, clause: &BehaviourClause) -> Line {
        match clause {
            BehaviourClause::Sentence(conduct) => Line::alone(self.conduct(conduct)),
            BehaviourClause::Counting(calendar) => Line::alone(self.counting(calendar)),
            BehaviourClause::PerParty => self.per_party(),
            BehaviourClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn conduct(&self, conduct: &Conduct) -> String {
        let event = |triggers: &[Trigger]| self.triggers(triggers);
        match conduct {
            Conduct::NeedsBefore { every, needs } => {
                let (b, a) = (event(every), event(needs));
                self.say(format!("every {b}\nneeds {a} before"), format!("每次 {b}\n前须先 {a}"))
            }
            Conduct::Follows { after, then, within: None } => {
                let (a, b) = (event(after), event(then));
                self.say(format!("after {a},\n{b}"), format!("自 {a} 后\n\n须 {b}"))
            }
            Conduct::Follows { after, then, within: Some(within) } => {
                let (a, b, blank) = (event(after), event(then), self.blank_behind(within));
                let within = self.within(within, within.span);
                self.say(format!("after {a},\n{b}\n{within}"), format!("自 {a} 后 {within}{blank}须 {b}"))
            }
            Conduct::Never(never) => {
                let a = self.never(never);
                self.say(format!("never {a}"), format!("不得 {a}"))
            }
            Conduct::NeverAfter { never, after } => {
                let (a, b) = (self.never(never), event(after));
                self.say(format!("never {a}\nafter {b}"), format!("自 {b} 后\n\n不得 {a}"))
            }
            Conduct::NeverWithout { never, without } => {
                let (a, b) = (self.never(never), event(without));
                self.say(format!("never {a}\nwithout {b}"), format!("未经 {b}\n不得 {a}"))
            }
            Conduct::NeverWithin { never, within, after } => {
                let (a, b, blank) = (self.never(never), event(after), self.blank_behind(within));
                let within = self.within(within, within.span);
                self.say(format!("never {a}\n{within} after {b}"), format!("自 {b} 后 {within}{blank}不得 {a}"))
            }
            Conduct::Times { times, count, of } => self.times(*times, count.node, of),
            Conduct::AtLeastEvery { from, to, keeps, every } => {
                let (a, b, c) = (event(from), event(to), event(keeps));
                let (blank, every) = (self.blank_behind(every), self.limit(every, every.span));
                self.say(
                    format!("between {a} and {b},\n{c} at least every {every}"),
                    format!("自 {a} 至 {b} 期间，\n\n至少每 {every}{blank}一次 {c}"),
                )
            }
            Conduct::MustHold { on, condition } => {
                let (on, must) = (event(on), self.must(condition));
                self.say(format!("on {on},\n{must}"), format!("遇 {on} 时，\n\n{must}"))
            }
            Conduct::OtherThan { every, other } => {
                let (a, b) = (event(every), event(other));
                self.say(
                    format!("every {a} must be by someone other than {b}"),
                    format!("每次 {a} 须由 {b} 经办人以外的人员办理"),
                )
            }
            Conduct::ByRole { every, role } => {
                let (a, role) = (event(every), self.name(role));
                self.say(
                    format!("every {a} must be by {role} or above"),
                    format!("每次 {a} 须由 {role} 及以上岗位办理"),
                )
            }
        }
    }

    /// What must never happen; `never exempt` is another clause.
    fn never(&self, triggers: &[Trigger]) -> String {
        beside(&self.triggers(triggers), &["exempt"])
    }

    fn times(&self, times: Times, count: u32, of: &[Trigger]) -> String {
        let times = self.keyword(match times {
            Times::AtMost => ["at most", "至多"],
            Times::AtLeast => ["at least", "至少"],
            Times::Exactly => ["exactly", "恰好"],
        });
        let of = self.triggers(of);
        match count {
            1 => self.say(format!("{times} one {of}"), format!("{times}一次 {of}")),
            count => self.say(format!("{times} {count} {of}"), format!("{times} {count} 次 {of}")),
        }
    }

    /// `score must be at least 4`; what asks for more than one thing `must hold`.
    fn must(&self, condition: &Condition) -> String {
        let Condition::Test { operand, relation: Some(relation) } = condition else {
            let term = self.term(condition);
            return self.say(format!("{term} must hold"), format!("须 {term}"));
        };
        let (operand, asked) = (self.operand(operand), self.asked(relation));
        match &relation.node {
            Relation::In(true, _) => self.say(format!("{operand} must be {asked}"), format!("{operand} 须{asked}")),
            Relation::In(false, _) => {
                self.say(format!("{operand} must not be {asked}"), format!("{operand} 不得{asked}"))
            }
            Relation::Compare(Comparison::Is, _) => {
                self.say(format!("{operand} must be {asked}"), format!("{operand} 须为 {asked}"))
            }
            Relation::Compare(Comparison::IsNot, _) => {
                self.say(format!("{operand} must not be {asked}"), format!("{operand} 不得为 {asked}"))
            }
            _ => self.say(format!("{operand} must be {asked}"), format!("{operand} 须{asked}")),
        }
    }

    // ── Levels ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn level(&self, level: &Level) -> Said {
        let place = self.belongs_to(level.belongs_to.as_ref());
        self.block(["level", "服务水平"], &level.block, &place, |clause| self.level_clause(clause))
    }

    fn level_clause(&self, clause: &LevelClause) -> Line {
        match clause {
            LevelClause::Measure(measure) => Line::alone(self.measure(measure)),
            LevelClause::Cancelled(CancelledAs::Excluded) => self.alone("cancelled excluded", "取消不计"),
            LevelClause::Cancelled(CancelledAs::Missed) => self.alone("cancelled missed", "取消计未达标"),
            LevelClause::Cancelled(CancelledAs::MetIfInTime) => {
                self.alone("cancelled met if in time", "时限内取消计达标")
            }
            LevelClause::Untouched { missed: true } => self.alone("untouched missed", "未涉及计未达标"),
            LevelClause::Untouched { missed: false } => self.alone("untouched excluded", "未涉及不计"),
            LevelClause::Undetermined { missed: true } => self.alone("undetermined missed", "无法判定计未达标"),
            LevelClause::Undetermined { missed: false } => self.alone("undetermined excluded", "无法判定不计"),
            LevelClause::WithAtLeast(least) => {
                self.alone(format!("with at least {}", least.node), format!("样本不少于 {}", least.node))
            }
            LevelClause::Benchmark(quantity, whose) => {
                let said = format!("{} {}", self.literal(quantity), self.text(whose));
                self.alone(format!("benchmark {said}"), format!("标杆 {said}"))
            }
            LevelClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn measure(&self, measure: &Measure) -> String {
        let bound = format!("{} {}", self.bound(measure.comparison), self.literal(&measure.bound));
        let said = match &measure.what {
            Measured::Share(promise) => {
                let promise = self.name(promise);
                self.say(format!("{bound} of {promise}"), format!("{promise} 达标率 {bound}"))
            }
            Measured::Statistic(statistic, sample) => {
                let sample = match sample {
                    Sample::Elapsed(standard) => self.field_path(standard),
                    Sample::Field { field, event } => self.field_of(field, event),
                };
                let statistic = self.statistic(statistic.node);
                self.say(format!("{statistic} of {sample} {bound}"), format!("{sample} {statistic} {bound}"))
            }
            Measured::Count(event) => {
                let event = self.triggers(event);
                self.say(format!("count of {event} {bound}"), format!("{event} 次数 {bound}"))
            }
            Measured::Rate(event, among) => {
                let (event, among) = (self.triggers(event), self.triggers(among));
                self.say(format!("count of {event} {bound} of {among}"), format!("{event} 占 {among} 的比例 {bound}"))
            }
            Measured::ShareOfCases(condition) => {
                let condition = self.condition(condition);
                self.say(
                    format!("share of cases with {condition}\n{bound}"),
                    format!("{condition} 的个案占比\n{bound}"),
                )
            }
        };
        let groups = self.list(measure.groups.iter().map(|group| self.operand(group)));
        let (for_each, grouped) = match groups.as_str() {
            "" => (String::new(), String::new()),
            groups => (format!(",\nfor each {groups}"), format!("，\n\n按 {groups} 分组")),
        };
        match measure.window.as_ref().map(|window| self.window(window)) {
            Some(window) => self.say(format!("{said}\n{window}{for_each}"), format!("指标 {window} {said}{grouped}")),
            None => {
                // A name might be read as the window.
                let units: Vec<&str> = Vocabulary::WindowUnit.words().iter().map(|(_, chinese)| *chinese).collect();
                let chinese = format!("指标 {}{grouped}", beside(&said, &units));
                self.say(format!("{said}{for_each}"), chinese)
            }
        }
    }

    fn statistic(&self, statistic: Statistic) -> String {
        let word = match statistic {
            Statistic::Mean => "mean",
            Statistic::Percentile(50) => "median",
            Statistic::Percentile(part) => return self.say(format!("p{part}"), format!("第 {part} 百分位")),
            Statistic::Nps => "nps",
            Statistic::Csat => "csat",
            Statistic::Ces => "ces",
        };
        self.value(Vocabulary::Statistic, word)
    }

    fn window(&self, window: &Window) -> String {
        let (unit, anchor) = match window {
            Window::InAny(limit) => {
                let (blank, limit) = (self.blank_behind(limit), self.limit(limit, limit.span));
                return self.say(format!("in any {limit}"), format!("任意 {limit}{blank}内"));
            }
            Window::Per(unit, anchor) => (unit, anchor),
        };
        let unit = match unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        };
        let unit = self.value(Vocabulary::WindowUnit, unit);
        let anchor = match anchor {
            Anchor::Start => return self.say(format!("per {unit}"), unit),
            Anchor::Due => self.value(Vocabulary::Anchor, "due"),
            Anchor::Stop => self.value(Vocabulary::Anchor, "stop"),
        };
        self.say(format!("per {unit} of {anchor}"), format!("{anchor} {unit}"))
    }

    /// `at least` and its like.
    pub(super) fn bound(&self, comparison: Comparison) -> &'static str {
        self.keyword(match comparison {
            Comparison::AtLeast => ["at least", "不低于"],
            Comparison::AtMost => ["at most", "不超过"],
            Comparison::MoreThan => ["more than", "超过"],
            Comparison::LessThan => ["less than", "低于"],
            Comparison::Is => ["", "为"],
            Comparison::IsNot => ["not", "不为"],
        })
    }

    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn scorecard(&self, scorecard: &Scorecard) -> Said {
        let place = self.belongs_to(scorecard.belongs_to.as_ref());
        self.block(["scorecard", "评分卡"], &scorecard.block, &place, |clause| self.scorecard_clause(clause))
    }

    fn scorecard_clause(&self, clause: &ScorecardClause) -> Line {
        match clause {
            ScorecardClause::Points { points, group, promises } => {
                let (points, group, promises) = (points.node, self.name(group), self.names(promises));
                let head = self.say(format!("{points} points for {group}:"), format!("{points} 分 {group}："));
                Line::row("points", [head, promises])
            }
            ScorecardClause::Fatal(promises) => self.word(["fatal", "一票否决"], self.names(promises)),
            ScorecardClause::Pass(mark) => self.word(["pass", "合格线"], mark.node.to_string()),
            ScorecardClause::PerParty => self.per_party(),
            ScorecardClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
