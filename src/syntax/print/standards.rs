//! Standards: promises that a clock measures.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::source::Spanned;
use crate::syntax::tree::*;

impl Printer<'_> {
    pub(super) fn standard(&self, standard: &Standard) -> PrintedBlock {
        let place = self.belongs_to(standard.belongs_to.as_ref());
        self.block(["standard", "标准"], &standard.block, &place, |clause| self.standard_clause(clause))
    }

    fn standard_clause(&self, clause: &StandardClause) -> Line {
        match clause {
            StandardClause::Clock { delay, from, to } => self.clock(delay.as_ref(), from, to),
            StandardClause::Cancel(on) => {
                let on = self.triggers(on);
                self.alone(format!("cancel on {on}"), format!("遇 {on} 取消"))
            }
            StandardClause::Pause { on, resume } => {
                let (on, resume) = (self.triggers(on), self.triggers(resume));
                self.row(
                    "pause",
                    [format!("pause on {on}"), format!("resume on {resume}")],
                    [format!("遇 {on} 暂停，\n\n"), format!("遇 {resume} 恢复")],
                )
            }
            StandardClause::Restart(on) => {
                let on = self.triggers(on);
                self.alone(format!("restart on {on}"), format!("遇 {on} 重新计时"))
            }
            StandardClause::Reopen { on, within } => self.reopen(on, within.as_ref()),
            StandardClause::Extend(extend) => self.extend(extend),
            StandardClause::Each => self.alone("each", "每次"),
            StandardClause::First => self.alone("first", "仅首次"),
            StandardClause::PerParty => self.per_party(),
            StandardClause::Per(path) => {
                let path = self.path_beside(path, &["party"]);
                self.alone(format!("per {path}"), format!("按 {path} 分别计时"))
            }
            StandardClause::Counting { calendar, when } => {
                let (counting, row) = (self.counting(calendar), self.row_condition(when.as_ref()));
                self.row("counting", [counting.clone(), row.clone()], [row, counting])
            }
            StandardClause::HoursFixed => self.alone("counting fixed at start", "按起始时的日历计时"),
            StandardClause::Target { beyond, promise, when } => {
                let (promise, row) = (self.promise(promise), self.row_condition(when.as_ref()));
                if *beyond {
                    let promise = self.say(format!("beyond expectation {promise}"), format!("超预期 {promise}"));
                    return self.row("beyond", [promise.clone(), row.clone()], [row, promise]);
                }
                self.row("target", [promise.clone(), row.clone()], [row, promise])
            }
            StandardClause::Warn(percents) => {
                let percents = self.list(percents.iter().map(|percent| format!("{}%", percent.node)));
                self.alone(format!("warn at {percents}"), format!("达 {percents} 预警"))
            }
            StandardClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn clock(&self, delay: Option<&Spanned<crate::calendar::Duration>>, from: &[Trigger], to: &[Trigger]) -> Line {
        let (from, to) = (self.triggers(from), self.triggers(to));
        match delay.map(|delay| self.duration(delay.node, delay.span)) {
            None => self.alone(format!("from {from}\nto {to}"), format!("自 {from} 起\n至 {to} 止")),
            Some(delay) => {
                self.alone(format!("from {delay} after {from}\nto {to}"), format!("自 {from} 后 {delay}起\n至 {to} 止"))
            }
        }
    }

    fn reopen(&self, on: &[Trigger], within: Option<&Spanned<Limit>>) -> Line {
        let on = self.triggers(on);
        match within.map(|within| self.within(within, within.span)) {
            None => self.alone(format!("reopen on {on}"), format!("遇 {on} 重开")),
            // On one line with its bound: on a line of its own that would be a target.
            Some(within) => self.alone(format!("reopen on {on} {within}"), format!("遇 {on} 重开，\n\n限 {within}")),
        }
    }

    fn extend(&self, extend: &Extend) -> Line {
        let (by, on) = (self.limit(&extend.by, extend.by.span), self.triggers(&extend.on));
        let how = self.keyword(if extend.another { ["another", "再延长"] } else { ["to", "延长至"] });
        let approved = extend.approved_by.as_ref().map(|role| {
            let role = self.name(role);
            self.say(format!(",\napproved by {role} or above"), format!("，\n\n须 {role} 及以上 批准"))
        });
        let approved = approved.unwrap_or_default();
        self.alone(format!("extend {how} {by}\non {on}{approved}"), format!("经 {on}\n{how} {by}{approved}"))
    }

    pub(super) fn counting(&self, calendar: &Name) -> String {
        let calendar = self.name(calendar);
        self.say(format!("counting {calendar}"), format!("按 {calendar} 计时"))
    }

    fn promise(&self, promise: &Spanned<Promise>) -> String {
        match &promise.node {
            Promise::Within(limit) => self.within(limit, promise.span),
            Promise::AtOnce => self.say("at once", "立即"),
            Promise::DueAt(operand) => {
                let operand = self.operand(operand);
                self.say(format!("due at {operand}"), format!("以 {operand} 为限"))
            }
            Promise::NoTarget => self.say("no target", "不设时限"),
        }
    }

    /// `when C`, `otherwise`, or nothing.
    pub(super) fn row_condition(&self, row: Option<&RowCondition>) -> String {
        match row {
            Some(RowCondition::When(condition)) => self.when(condition),
            Some(RowCondition::Otherwise) => self.say("otherwise", "其余"),
            None => String::new(),
        }
    }

    pub(super) fn when(&self, condition: &Condition) -> String {
        let said = self.condition(condition);
        let blank = if ends_in_unit(condition) { "" } else { " " };
        self.say(format!("when {said}"), format!("当 {said}{blank}时"))
    }
}

/// Whether a condition ends in a Chinese unit, which needs no blank behind it: `3 小时`, `200 元`.
fn ends_in_unit(condition: &Condition) -> bool {
    match condition {
        Condition::All(terms) | Condition::Any(terms) => match terms.last().map(|term| &term.node) {
            // In parentheses.
            Some(Condition::All(_) | Condition::Any(_)) | None => false,
            Some(last) => ends_in_unit(last),
        },
        Condition::Not(term) => ends_in_unit(term),
        Condition::Test { relation: Some(relation), .. } => match &relation.node {
            Relation::Compare(_, value) => match &value.node {
                Literal::Duration(_) => true,
                Literal::Money(money) => money.currency.to_string() == "CNY",
                Literal::Name(_)
                | Literal::Number(_)
                | Literal::Percent(_)
                | Literal::Date(_)
                | Literal::DateTime(_)
                | Literal::Text(_)
                | Literal::Bool(_) => false,
            },
            Relation::Known | Relation::Unknown | Relation::In(..) => false,
        },
        Condition::Test { .. } | Condition::StartedIn(_) | Condition::At(_) => false,
    }
}
