//! Behaviours, levels, scorecards.

use super::Voice;
use super::lines::Line;
use super::names::list;
use super::page::Said;
use crate::syntax::tree::*;

impl Voice<'_> {
    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn behaviour(&self, behaviour: &Behaviour) -> Said {
        let place = self.belongs_to(behaviour.belongs_to.as_ref());
        self.block("behaviour", &behaviour.block, &place, |clause| self.behaviour_clause(clause))
    }

    fn behaviour_clause(&self, clause: &BehaviourClause) -> Line {
        match clause {
            BehaviourClause::Sentence(conduct) => Line::alone(self.conduct(conduct)),
            BehaviourClause::Counting(calendar) => Line::alone(format!("counting {}", self.name(calendar))),
            BehaviourClause::PerParty => Line::alone("per party"),
            BehaviourClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn conduct(&self, conduct: &Conduct) -> String {
        let event = |trigger: &Trigger| self.trigger(trigger);
        match conduct {
            Conduct::NeedsBefore { every, needs } => format!("every {}\nneeds {} before", event(every), event(needs)),
            Conduct::Follows { after, then, within } => {
                let within = within.as_ref().map(|within| format!("\nwithin {}", self.limit(within, within.span)));
                format!("after {},\n{}{}", event(after), event(then), within.unwrap_or_default())
            }
            Conduct::Never(never) => format!("never {}", event(never)),
            Conduct::NeverAfter { never, after } => format!("never {}\nafter {}", event(never), event(after)),
            Conduct::NeverWithout { never, without } => format!("never {}\nwithout {}", event(never), event(without)),
            Conduct::NeverWithin { never, within, after } => {
                let within = self.limit(within, within.span);
                format!("never {}\nwithin {within} after {}", event(never), event(after))
            }
            Conduct::Times { times, count, of } => {
                let times = match times {
                    Times::AtMost => "at most",
                    Times::AtLeast => "at least",
                    Times::Exactly => "exactly",
                };
                let count = if count.node == 1 { "one".to_owned() } else { count.node.to_string() };
                format!("{times} {count} {}", event(of))
            }
            Conduct::AtLeastEvery { from, to, keeps, every } => {
                let every = self.limit(every, every.span);
                format!("between {} and {},\n{} at least every {every}", event(from), event(to), event(keeps))
            }
            Conduct::MustHold { on, condition } => format!("on {},\n{}", event(on), self.must(condition)),
            Conduct::OtherThan { every, other } => {
                format!("every {} must be by someone other than {}", event(every), event(other))
            }
            Conduct::ByRole { every, role } => {
                format!("every {} must be by {} or above", event(every), self.name(role))
            }
        }
    }

    /// `score must be at least 4`; what asks for more than one thing `must hold`.
    fn must(&self, condition: &Condition) -> String {
        let Condition::Test { operand, relation: Some(relation) } = condition else {
            return format!("{} must hold", self.term(condition));
        };
        let operand = self.operand(operand);
        match &relation.node {
            Relation::In(false, values) => format!("{operand} must not be in {}", self.values(values)),
            Relation::In(true, values) => format!("{operand} must be in {}", self.values(values)),
            Relation::Compare(Comparison::IsNot, value) => format!("{operand} must not be {}", self.literal(value)),
            other => format!("{operand} must be {}", self.asked(other)),
        }
    }

    // ── Levels ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn level(&self, level: &Level) -> Said {
        let place = self.belongs_to(level.belongs_to.as_ref());
        self.block("level", &level.block, &place, |clause| self.level_clause(clause))
    }

    fn level_clause(&self, clause: &LevelClause) -> Line {
        Line::alone(match clause {
            LevelClause::Measure(measure) => self.measure(measure),
            LevelClause::Cancelled(CancelledAs::Excluded) => "cancelled excluded".to_owned(),
            LevelClause::Cancelled(CancelledAs::Missed) => "cancelled missed".to_owned(),
            LevelClause::Cancelled(CancelledAs::MetIfInTime) => "cancelled met if in time".to_owned(),
            LevelClause::Undetermined { missed: true } => "undetermined missed".to_owned(),
            LevelClause::Undetermined { missed: false } => "undetermined excluded".to_owned(),
            LevelClause::WithAtLeast(least) => format!("with at least {}", least.node),
            LevelClause::Benchmark(quantity, whose) => {
                format!("benchmark {} {}", self.literal(quantity), self.text(whose))
            }
            LevelClause::Attribute(attribute) => return self.attribute(attribute),
        })
    }

    fn measure(&self, measure: &Measure) -> String {
        let bound = format!("{} {}", self.bound(measure.comparison), self.literal(&measure.bound));
        let mut said = match &measure.what {
            Measured::Share(promise) => format!("{bound} of {}", self.name(promise)),
            Measured::Statistic(statistic, sample) => {
                let sample = match sample {
                    Sample::Elapsed(standard) => self.field_path(standard),
                    Sample::Field { field, event } => format!("{} of {}", self.field_path(field), self.path(event)),
                };
                format!("{} of {sample} {bound}", statistic_word(statistic.node))
            }
            Measured::Count(event) => format!("count of {} {bound}", self.trigger(event)),
            Measured::Rate(event, among) => {
                format!("count of {} {bound} of {}", self.trigger(event), self.trigger(among))
            }
            Measured::ShareOfCases(condition) => format!("share of cases with {}\n{bound}", self.condition(condition)),
        };
        if let Some(window) = &measure.window {
            said.push_str(&format!("\n{}", self.window(window)));
        }
        if !measure.groups.is_empty() {
            let groups = list(measure.groups.iter().map(|group| self.operand(group)));
            said.push_str(&format!(",\nfor each {groups}"));
        }
        said
    }

    fn window(&self, window: &Window) -> String {
        match window {
            Window::InAny(limit) => format!("in any {}", self.limit(limit, limit.span)),
            Window::Per(unit, anchor) => {
                let unit = match unit {
                    Unit::Day => "day",
                    Unit::Week => "week",
                    Unit::Month => "month",
                    Unit::Quarter => "quarter",
                    Unit::Year => "year",
                };
                match anchor {
                    Anchor::Start => format!("per {unit}"),
                    Anchor::Due => format!("per {unit} of due"),
                    Anchor::Stop => format!("per {unit} of stop"),
                }
            }
        }
    }

    /// `at least` and its like.
    pub(super) fn bound(&self, comparison: Comparison) -> &'static str {
        let words = comparison.words();
        words.strip_prefix("is ").unwrap_or(words)
    }

    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn scorecard(&self, scorecard: &Scorecard) -> Said {
        let place = self.belongs_to(scorecard.belongs_to.as_ref());
        self.block("scorecard", &scorecard.block, &place, |clause| self.scorecard_clause(clause))
    }

    fn scorecard_clause(&self, clause: &ScorecardClause) -> Line {
        match clause {
            ScorecardClause::Points { points, group, promises } => {
                let head = format!("{} points for {}:", points.node, self.name(group));
                Line::row("points", [head, self.names(promises)])
            }
            ScorecardClause::Fatal(promises) => Line::word("fatal", self.names(promises)),
            ScorecardClause::Pass(mark) => Line::word("pass", mark.node.to_string()),
            ScorecardClause::PerParty => Line::alone("per party"),
            ScorecardClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}

fn statistic_word(statistic: Statistic) -> String {
    match statistic {
        Statistic::Mean => "mean".to_owned(),
        Statistic::Percentile(50) => "median".to_owned(),
        Statistic::Percentile(part) => format!("p{part}"),
        Statistic::Nps => "nps".to_owned(),
        Statistic::Csat => "csat".to_owned(),
        Statistic::Ces => "ces".to_owned(),
    }
}
