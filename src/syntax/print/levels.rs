//! Levels: what is measured over many cases.

use super::Printer;
use super::lines::Line;
use super::names::beside;
use super::page::PrintedBlock;

use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    // ── Levels ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn level(&self, level: &Level) -> PrintedBlock {
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
}
