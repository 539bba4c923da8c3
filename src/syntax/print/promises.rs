//! Standards: clocks and their targets; and what any promise may carry.

use super::Voice;
use super::lines::Line;
use super::names::list;
use super::page::Said;
use crate::source::Spanned;
use crate::syntax::tree::*;

impl Voice<'_> {
    pub(super) fn standard(&self, standard: &Standard) -> Said {
        let place = self.belongs_to(standard.belongs_to.as_ref());
        self.block("standard", &standard.block, &place, |clause| self.standard_clause(clause))
    }

    fn standard_clause(&self, clause: &StandardClause) -> Line {
        match clause {
            StandardClause::Clock { delay, from, to } => {
                let delay = delay.as_ref().map(|delay| format!("{} after ", self.duration(delay.node, delay.span)));
                let (from, to) = (self.triggers(from), self.triggers(to));
                Line::alone(format!("from {}{from}\nto {to}", delay.unwrap_or_default()))
            }
            StandardClause::Cancel(on) => Line::alone(format!("cancel on {}", self.triggers(on))),
            StandardClause::Pause { on, resume } => {
                let (on, resume) = (self.triggers(on), self.triggers(resume));
                Line::row("pause", [format!("pause on {on}"), format!("resume on {resume}")])
            }
            StandardClause::Restart(on) => Line::alone(format!("restart on {}", self.triggers(on))),
            StandardClause::Reopen { on, within } => {
                // On one line with its bound: on a line of its own that would be a target.
                let within = within.as_ref().map(|within| format!(" within {}", self.limit(within, within.span)));
                Line::alone(format!("reopen on {}{}", self.triggers(on), within.unwrap_or_default()))
            }
            StandardClause::Extend(extend) => self.extend(extend),
            StandardClause::Each => Line::alone("each"),
            StandardClause::First => Line::alone("first"),
            StandardClause::PerParty => Line::alone("per party"),
            StandardClause::Per(path) => Line::alone(format!("per {}", self.path_beside(path, &["party"]))),
            StandardClause::Counting { calendar, when } => {
                Line::row("counting", [format!("counting {}", self.name(calendar)), self.row_condition(when.as_ref())])
            }
            StandardClause::Target { beyond, promise, when } => {
                let (table, beyond) = if *beyond { ("beyond", "beyond expectation ") } else { ("target", "") };
                let promise = format!("{beyond}{}", self.promise(promise));
                Line::row(table, [promise, self.row_condition(when.as_ref())])
            }
            StandardClause::Warn(percents) => {
                let percents = list(percents.iter().map(|percent| format!("{}%", percent.node)));
                Line::alone(format!("warn at {percents}"))
            }
            StandardClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn extend(&self, extend: &Extend) -> Line {
        let how = if extend.another { "another" } else { "to" };
        let (by, on) = (self.limit(&extend.by, extend.by.span), self.triggers(&extend.on));
        let approved = extend.approved_by.as_ref();
        let approved = approved.map(|role| format!(",\napproved by {} or above", self.name(role)));
        Line::alone(format!("extend {how} {by}\non {on}{}", approved.unwrap_or_default()))
    }

    fn promise(&self, promise: &Spanned<Promise>) -> String {
        match &promise.node {
            Promise::Within(limit) => format!("within {}", self.limit(limit, promise.span)),
            Promise::AtOnce => "at once".to_owned(),
            Promise::DueAt(operand) => format!("due at {}", self.operand(operand)),
            Promise::NoTarget => "no target".to_owned(),
        }
    }

    pub(super) fn belongs_to(&self, place: Option<&Name>) -> String {
        place.map(|place| format!("for {}", self.name(place))).unwrap_or_default()
    }

    /// `when C`, `otherwise`, or nothing.
    pub(super) fn row_condition(&self, row: Option<&RowCondition>) -> String {
        match row {
            Some(RowCondition::When(condition)) => self.when(condition),
            Some(RowCondition::Otherwise) => "otherwise".to_owned(),
            None => String::new(),
        }
    }

    pub(super) fn when(&self, condition: &Condition) -> String {
        format!("when {}", self.condition(condition))
    }

    pub(super) fn attribute(&self, attribute: &Attribute) -> Line {
        let graded = |keyword: &str, grade: &Name, row: Option<&RowCondition>| {
            Line::word(keyword, grade.node.clone()).and(&self.row_condition(row))
        };
        match attribute {
            Attribute::Source(text) => Line::word("source", self.text(text)),
            Attribute::Owner(text) => Line::word("owner", self.text(text)),
            Attribute::Severity(severity, row) => graded("severity", severity, row.as_ref()),
            Attribute::Material(None) => Line::alone("material"),
            Attribute::Material(Some(condition)) => Line::word("material", self.when(condition)),
            Attribute::Symptom(symptom) => Line::word("symptom", symptom.node.clone()),
            Attribute::Element(element) => Line::word("element", element.node.clone()),
            Attribute::Status(status) => Line::word("status", self.status(status)),
            Attribute::ReviewBefore(date) => Line::word("review", format!("before {}", date.node)),
            Attribute::Control(control, row) => graded("control", control, row.as_ref()),
            Attribute::NeverExempt => Line::alone("never exempt"),
            Attribute::AtLeastAsStrict(than) => Line::alone(format!("at least as strict as {}", self.name(than))),
        }
    }
}
