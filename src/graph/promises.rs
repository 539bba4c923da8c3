//! Standards, escalations, authority and remedies: what is promised and what follows when it slips.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::build::Resolver;
use super::conditions::{Meaning, Scope};
use super::faults::GraphFault;
use super::model::*;
use crate::calendar::Duration;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Type;

/// The clauses of a standard that may stand once.
#[derive(Default)]
struct Once<'t> {
    clock: Option<Spanned<Clock<'t>>>,
    mode: Option<Spanned<()>>,
    first: Option<Spanned<()>>,
    key: Option<Spanned<&'t tree::Name>>,
    warnings: Option<Spanned<Vec<Percent>>>,
    severity: Option<Spanned<String>>,
    symptom: Option<Spanned<String>>,
    owner: Option<Spanned<String>>,
}

/// `from … to …`
#[derive(Clone, Copy)]
struct Clock<'t> {
    delay: Option<Duration>,
    from: &'t [tree::Trigger],
    to: &'t [tree::Trigger],
}

impl Resolver<'_> {
    /// Clocks.
    pub fn standards(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Standard(standard) = declaration else { continue };
            if self.declare("standard", &standard.block.name, self.graph.standards.len()) {
                let resolved = self.standard(standard);
                self.graph.standards.push(resolved);
            }
        }
    }

    fn standard(&mut self, declared: &tree::Standard) -> Standard {
        let block = &declared.block;
        let (touchpoint, moment) = self.place(declared.belongs_to.as_ref());
        let once = self.once_clauses(block);
        let of = || format!("standard `{}`", block.name.node);
        let clock = once.clock.as_ref().map(|clock| clock.node);
        if clock.is_none() && !block.broken {
            let fault = GraphFault::Missing { of: of(), what: "clock", write: "from EVENT to EVENT" };
            self.fault(fault, block.name.span);
        }
        let mut standard = Standard {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            moment,
            delay: clock.and_then(|clock| clock.delay),
            starts: clock.map(|clock| self.triggers(clock.from)).unwrap_or_default(),
            stops: clock.map(|clock| self.triggers(clock.to)).unwrap_or_default(),
            cancels: Vec::new(),
            pauses: Vec::new(),
            restarts: Vec::new(),
            reopens: Vec::new(),
            first: once.first.is_some(),
            key: None,
            counting: Vec::new(),
            targets: Vec::new(),
            beyond: Vec::new(),
            warnings: once.warnings.map(|warnings| warnings.node).unwrap_or_default(),
            severity: once.severity.map(|severity| severity.node),
            symptom: once.symptom.map(|symptom| symptom.node),
            owner: once.owner.map(|owner| owner.node),
            sources: Vec::new(),
            span: block.name.span,
        };
        self.many_clauses(block, clock, &mut standard);
        standard.key = once.key.and_then(|key| self.key(key.node, clock));
        let has_target = block.clauses.iter().any(|clause| matches!(clause.node, tree::StandardClause::Target { .. }));
        if !has_target && !block.broken {
            let fault = GraphFault::Missing { of: of(), what: "target", write: "within 4h" };
            self.fault(fault, block.name.span);
        }
        standard
    }

    fn place(&mut self, name: Option<&tree::Name>) -> (Option<usize>, Option<usize>) {
        let Some(name) = name else { return (None, None) };
        if let Some((moment, _)) = self.names.get("moment").and_then(|names| names.get(name)) {
            return (self.graph.moments.get(moment).and_then(|moment| moment.touchpoint), Some(moment));
        }
        let touchpoint = self.names.get("touchpoint").and_then(|names| names.get(name));
        if touchpoint.is_none() {
            self.unknown("touchpoint or moment", name);
        }
        (touchpoint.map(|(touchpoint, _)| touchpoint), None)
    }

    fn once_clauses<'t>(&mut self, block: &'t tree::Block<tree::StandardClause>) -> Once<'t> {
        let mut once = Once::default();
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::StandardClause::Clock { delay, from, to } => {
                    let delay = delay.map(|delay| delay.node);
                    self.once("from", &mut once.clock, Clock { delay, from, to }, at);
                }
                tree::StandardClause::Each => self.once("each", &mut once.mode, (), at),
                tree::StandardClause::First => {
                    if let Some(each) = &once.mode {
                        let fault = GraphFault::ClauseTwice { clause: "each` or `first" };
                        self.fault_against(fault, at, each.span);
                    }
                    self.once("first", &mut once.first, (), at);
                }
                tree::StandardClause::Per(name) => self.once("per", &mut once.key, name, at),
                tree::StandardClause::Warn(percents) => {
                    let warnings = percents.iter().filter_map(|percent| self.percent(percent)).collect();
                    self.once("warn at", &mut once.warnings, warnings, at);
                }
                tree::StandardClause::Severity(word) => {
                    self.once("severity", &mut once.severity, word.node.clone(), at)
                }
                tree::StandardClause::Symptom(word) => self.once("symptom", &mut once.symptom, word.node.clone(), at),
                tree::StandardClause::Owner(text) => self.once("owner", &mut once.owner, text.node.clone(), at),
                _ => {}
            }
        }
        once
    }

    fn many_clauses(
        &mut self,
        block: &tree::Block<tree::StandardClause>,
        clock: Option<Clock<'_>>,
        standard: &mut Standard,
    ) {
        // By name, not from the resolved starts: a fault in a filter must not make the fields unknown.
        let events = self.names.get("event");
        let starts = clock.map(|clock| clock.from).unwrap_or_default();
        let start_events: Vec<usize> = starts.iter().filter_map(|start| Some(events?.get(&start.event)?.0)).collect();
        let scope = Scope { events: &start_events };
        let (mut targets, mut beyonds, mut counting) =
            (Table::new("target"), Table::new("beyond expectation"), Table::new("counting"));
        let has_calendar =
            block.clauses.iter().any(|clause| matches!(clause.node, tree::StandardClause::Counting { .. }));
        for clause in &block.clauses {
            match &clause.node {
                tree::StandardClause::Cancel(on) => standard.cancels.extend(self.triggers(on)),
                tree::StandardClause::Pause { on, resume } => {
                    let pause = Pause { on: self.triggers(on), resume: self.triggers(resume) };
                    standard.pauses.push(pause);
                }
                tree::StandardClause::Restart(on) => standard.restarts.extend(self.triggers(on)),
                tree::StandardClause::Reopen { on, within } => {
                    let within = within.as_ref().and_then(|within| self.limit(within, has_calendar));
                    let reopen = Reopen { on: self.triggers(on), within };
                    standard.reopens.push(reopen);
                }
                tree::StandardClause::Counting { calendar, when } => {
                    let condition = self.row(&mut counting, when.as_ref(), clause.span, scope);
                    let calendar = self.find("calendar", calendar);
                    if let (Some(condition), Some(calendar)) = (condition, calendar) {
                        standard.counting.push(CountingRow { condition, calendar });
                    }
                }
                tree::StandardClause::Target { beyond, promise, when } => {
                    let table = if *beyond { &mut beyonds } else { &mut targets };
                    let condition = self.row(table, when.as_ref(), clause.span, scope);
                    let promise = self.promise(promise, scope, has_calendar);
                    if let (Some(condition), Some(promise)) = (condition, promise) {
                        let row = TargetRow { condition, promise, said: self.said(clause.span), span: clause.span };
                        if *beyond { standard.beyond.push(row) } else { standard.targets.push(row) }
                    }
                }
                tree::StandardClause::Source(text) => standard.sources.push(text.node.clone()),
                _ => {}
            }
        }
        for table in [targets, beyonds, counting] {
            self.complete(&table, block.broken);
        }
    }

    /// The condition of a row, `Some(None)` for one that takes every case; tells of rows that no case
    /// reaches.
    pub(super) fn row(
        &mut self,
        table: &mut Table,
        when: Option<&tree::RowCondition>,
        at: Span,
        scope: Scope<'_>,
    ) -> Option<Option<Condition>> {
        let written = match when {
            Some(tree::RowCondition::When(condition)) => Some(condition),
            _ => None,
        };
        let same = table.rows.iter().find(|(earlier, _)| match (earlier, written) {
            (None, _) => true,
            (Some(earlier), Some(written)) => *earlier == written.node,
            (Some(_), None) => false,
        });
        if let Some((_, first)) = same {
            let first = *first;
            let fault = GraphFault::DeadRow { first: self.said(first) };
            self.fault_against(fault, at, first);
        }
        table.rows.push((written.map(|written| written.node.clone()), at));
        match written {
            Some(written) => self.condition(written, scope).map(Some),
            None => Some(None),
        }
    }

    /// A table that speaks of some cases must say something for the others.
    fn complete(&mut self, table: &Table, broken: bool) {
        let open = !table.rows.is_empty() && !table.rows.iter().any(|(condition, _)| condition.is_none());
        if let Some((_, last)) = table.rows.last().filter(|_| open && !broken) {
            self.fault(GraphFault::NoOtherwise { table: table.name }, *last);
        }
    }

    fn promise(&mut self, promise: &Spanned<tree::Promise>, scope: Scope<'_>, has_calendar: bool) -> Option<Promise> {
        Some(match &promise.node {
            tree::Promise::Within(limit) => {
                Promise::Within(self.limit(&Spanned::new(limit.clone(), promise.span), has_calendar)?)
            }
            tree::Promise::AtOnce => Promise::AtOnce,
            tree::Promise::NoTarget => Promise::NoTarget,
            tree::Promise::DueAt(operand) => Promise::DueAt(self.due_field(operand, scope)?),
        })
    }

    fn due_field(&mut self, operand: &Spanned<tree::Operand>, scope: Scope<'_>) -> Option<Operand> {
        match self.meaning(operand, scope)? {
            Meaning::Field(field, Type::Time, _) => Some(field),
            Meaning::Field(_, kind, declared) => {
                let field = self.said(operand.span);
                let job = "a due time";
                let fault = GraphFault::FieldType { field, kind: kind.spelling(), job, needed: "time" };
                self.fault_against(fault, operand.span, declared);
                None
            }
            Meaning::Segment(segment) => {
                let declared = self.segment_span(segment);
                let field = self.said(operand.span);
                self.fault_against(GraphFault::SegmentCompared { segment: field }, operand.span, declared);
                None
            }
        }
    }

    pub(super) fn limit(&mut self, limit: &Spanned<tree::Limit>, has_calendar: bool) -> Option<Limit> {
        match &limit.node {
            tree::Limit::Exact(duration) => Some(Limit::Exact(*duration)),
            tree::Limit::WorkingDays(days) => {
                if !has_calendar {
                    let fault = GraphFault::NoCalendar { limit: self.said(limit.span), in_escalation: false };
                    self.fault(fault, limit.span);
                }
                Some(Limit::WorkingDays(*days))
            }
            tree::Limit::CalendarDays { days, moved: None } => Some(Limit::CalendarDays(*days, None)),
            tree::Limit::CalendarDays { days, moved: Some(calendar) } => {
                Some(Limit::CalendarDays(*days, Some(self.find("calendar", calendar)?)))
            }
        }
    }

    pub(super) fn percent(&mut self, percent: &Spanned<Decimal>) -> Option<Percent> {
        let hundredths = percent
            .node
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|part| part.to_u32())
            .filter(|part| *part > 0 && *part <= 1_000_000);
        if hundredths.is_none() {
            let what = format!("{}%", percent.node);
            let allowed = "a part of the target is more than 0% and at most 10000%";
            self.fault(GraphFault::OutOfBounds { what, allowed }, percent.span);
        }
        hundredths.map(Percent)
    }

    /// The field of a `per` clause: every start and stop must have it.
    fn key(&mut self, name: &tree::Name, clock: Option<Clock<'_>>) -> Option<Key> {
        let clock = clock?;
        for trigger in clock.from.iter().chain(clock.to) {
            let event = self.names.get("event").and_then(|names| names.get(&trigger.event));
            let Some((event, _)) = event else { continue };
            if self.event_field(event, name).is_none() {
                let fault = GraphFault::KeyMissing { field: name.node.clone(), event: trigger.event.node.clone() };
                self.fault_against(fault, name.span, trigger.event.span);
                return None;
            }
        }
        let slots = self.graph.vocabulary.events.iter().map(|event| event.field(name)).collect();
        Some(Key { name: name.node.clone(), slots })
    }
}

/// The rows of a table so far, as written.
pub struct Table {
    name: &'static str,
    rows: Vec<(Option<tree::Condition>, Span)>,
}

impl Table {
    pub fn new(name: &'static str) -> Self {
        Self { name, rows: Vec::new() }
    }
}
