//! Standards, escalations, authority and remedies: what is promised and what follows when it slips.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::standard_clauses::{Clauses, Clock, Counted, Row};
use crate::graph::{
    Condition, ConditionRole, CountingRow, Extension, Key, Limit, ObligedRow, ObligedTable, Operand, Pause, Percent,
    Promise, Reopen, Standard, TargetRow,
};

use crate::resolve::conditions::{Meaning, Scope};
use crate::resolve::faults::{ClauseFault, DaysOf, RuleFault, TimeFault, TypeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

impl Resolver<'_> {
    /// Clocks.
    pub fn standards(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Standard(standard) = declaration else { continue };
            if self.is_declared(Kind::Standard, &standard.block.name) {
                let resolved = self.standard(standard);
                self.graph.standards.push(resolved);
            }
        }
    }

    fn standard(&mut self, declared: &tree::Standard) -> Standard {
        let block = &declared.block;
        let (touchpoint, moment) = self.place(declared.belongs_to.as_ref());
        // Every clause by its name: one that is sorted and then forgotten is a warning.
        let Clauses {
            clock,
            each: _,
            first,
            key,
            warnings,
            per_party,
            hours_fixed,
            cancels,
            pauses,
            restarts,
            reopens,
            counting,
            targets,
            beyond,
            extensions,
            attributes,
        } = Clauses::sort(self, block);
        let clock = clock.map(|clock| clock.node);
        if clock.is_none() {
            self.misses_clause(block, "clock", "from EVENT to EVENT");
        }
        let start_events = clock.map(|clock| self.events_of(clock.from)).unwrap_or_default();
        let scope = Scope::of_a_start(&start_events);
        let attributes = self.attributes(attributes, scope);
        if per_party.is_some() {
            self.needs_party(&block.name);
        }
        // A line that could not be read may be the one that names it.
        let has_calendar = block.broken || !counting.is_empty();
        let of_standard = Table { standard: Some(self.graph.standards.len()), ..Table::new("target") };
        let beyond_expectation = Table::new("beyond expectation");
        let standard = Standard {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            moment,
            delay: clock.and_then(|clock| clock.delay),
            starts: clock.map(|clock| self.triggers_for(ConditionRole::Start, clock.from)).unwrap_or_default(),
            stops: clock.map(|clock| self.triggers_for(ConditionRole::Stop, clock.to)).unwrap_or_default(),
            cancels: cancels.iter().flat_map(|on| self.triggers_for(ConditionRole::Cancel, on)).collect(),
            pauses: pauses.iter().map(|(on, resume)| self.pause(on, resume)).collect(),
            restarts: restarts.iter().flat_map(|on| self.triggers(on)).collect(),
            reopens: reopens.iter().map(|(on, within)| self.reopen(on, *within, has_calendar)).collect(),
            extensions: extensions
                .iter()
                .filter_map(|extend| self.extension(extend.node, extend.span, has_calendar))
                .collect(),
            per_party: per_party.is_some(),
            first: first.is_some(),
            counting: self.counting(&counting, scope, !block.broken),
            hours_fixed,
            targets: self.targets(of_standard, &targets, scope, (!block.broken, has_calendar)),
            beyond: self.targets(beyond_expectation, &beyond, scope, (!block.broken, has_calendar)),
            key: key.and_then(|key| self.key(key.node, clock)),
            warnings: warnings.map(|warnings| warnings.node).unwrap_or_default(),
            attributes,
            span: block.name.span,
        };
        if targets.is_empty() && beyond.is_empty() {
            self.misses_clause(block, "target", "within 4h");
        }
        standard
    }

    /// Says so; a line that could not be read may be the one.
    fn misses_clause(&mut self, block: &tree::Block<tree::StandardClause>, what: &'static str, write: &'static str) {
        if !block.broken {
            let of = format!("standard `{}`", block.name.node);
            self.fault(ClauseFault::MissingClause { of, what, write }, block.name.span);
        }
    }

    /// The touchpoint and the moment that a promise belongs to.
    pub(super) fn place(&mut self, name: Option<&tree::Name>) -> (Option<usize>, Option<usize>) {
        let Some(name) = name else { return (None, None) };
        if let Some((moment, _)) = self.names.get(&Kind::Moment).and_then(|names| names.get(name)) {
            return (self.graph.moments.get(moment).and_then(|moment| moment.touchpoint), Some(moment));
        }
        let touchpoint = self.names.get(&Kind::Touchpoint).and_then(|names| names.get(name));
        if touchpoint.is_none() {
            self.unknown(Kind::Place, name);
        }
        (touchpoint.map(|(touchpoint, _)| touchpoint), None)
    }

    fn pause(&mut self, on: &[tree::Trigger], resume: &[tree::Trigger]) -> Pause {
        let on = self.triggers_for(ConditionRole::Pause, on);
        Pause { on, resume: self.triggers_for(ConditionRole::Resume, resume) }
    }

    fn reopen(&mut self, on: &[tree::Trigger], within: Option<&Spanned<tree::Limit>>, has_calendar: bool) -> Reopen {
        let within = within.and_then(|within| self.limit(within, has_calendar));
        Reopen { on: self.triggers(on), within }
    }

    fn counting(&mut self, declared: &[Spanned<Counted<'_>>], scope: Scope<'_>, for_all: bool) -> Vec<CountingRow> {
        let mut table = Table::new("counting");
        let mut rows = Vec::new();
        for Spanned { node: (calendar, when), span } in declared {
            let condition = self.row(&mut table, *when, *span, scope);
            let calendar = self.find(Kind::Calendar, calendar);
            if let (Some(condition), Some(calendar)) = (condition, calendar) {
                rows.push(CountingRow { condition, calendar, span: *span });
            }
        }
        self.ask_table(table, for_all);
        rows
    }

    fn targets(
        &mut self,
        mut table: Table,
        declared: &[Spanned<Row<'_>>],
        scope: Scope<'_>,
        (for_all, has_calendar): (bool, bool),
    ) -> Vec<TargetRow> {
        let mut rows = Vec::new();
        for Spanned { node: Row { promise, when }, span } in declared {
            let condition = self.row(&mut table, *when, *span, scope);
            let promise = self.target(promise, scope, has_calendar);
            if let (Some(condition), Some(promise)) = (condition, promise) {
                let said = self.said_of_row(*span, *when, condition.as_ref());
                rows.push(TargetRow { condition, promise, said, span: *span });
            }
        }
        self.ask_table(table, for_all);
        rows
    }

    /// The events that triggers name: by name, so that a fault in a filter does not make their fields
    /// unknown.
    pub(super) fn events_of(&self, triggers: &[tree::Trigger]) -> Vec<usize> {
        let Some(events) = self.names.get(&Kind::Event) else { return Vec::new() };
        let named = triggers.iter().filter(|trigger| matches!(trigger.happening, tree::Happening::Event(_)));
        named.filter_map(|trigger| Some(events.get(trigger.happening.name())?.0)).collect()
    }

    fn extension(&mut self, extend: &tree::Extend, at: Span, has_calendar: bool) -> Option<Extension> {
        let by = self.limit(&extend.by, has_calendar);
        let on = self.triggers(&extend.on);
        let approved_by = match &extend.approved_by {
            Some(role) => Some(self.role(role)?),
            None => None,
        };
        Some(Extension { another: extend.another, by: by?, on, approved_by, span: at })
    }

    /// `per party` needs a party.
    pub(super) fn needs_party(&mut self, name: &tree::Name) {
        if self.graph.party.is_none() {
            let of = format!("`{}` is counted per party, and the case", name.node);
            let fault = ClauseFault::MissingClause {
                of,
                what: "party",
                write: "case { customer.id: text  party customer.id }",
            };
            self.fault(fault, name.span);
        }
    }

    /// The condition of a row, `Some(None)` for one that takes every case.
    pub(super) fn row(
        &mut self,
        table: &mut Table,
        when: Option<&tree::RowCondition>,
        at: Span,
        scope: Scope<'_>,
    ) -> Option<Option<Condition>> {
        let condition = match when {
            Some(tree::RowCondition::When(condition)) => {
                self.condition_for(ConditionRole::Row, condition, scope).map(Some)
            }
            _ => Some(None),
        };
        let when = match when {
            Some(tree::RowCondition::When(condition)) => Some(condition.span),
            _ => None,
        };
        match &condition {
            Some(condition) => table.rows.push(ObligedRow { condition: condition.clone(), at, when }),
            None => table.at_fault = true,
        }
        condition
    }

    /// Asks for proof that each row of a table is reached, and, if it must speak `for_all`, that each case finds one.
    pub(super) fn ask_table(&mut self, table: Table, for_all: bool) {
        let Table { name, rows, at_fault, standard } = table;
        if !at_fault && !rows.is_empty() {
            self.obligations.tables.push(ObligedTable { name, rows, for_all, standard });
        }
    }

    fn target(&mut self, promise: &Spanned<tree::Promise>, scope: Scope<'_>, has_calendar: bool) -> Option<Promise> {
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
                let fault = TypeFault::FieldType { field, kind: kind.spelling(), job, needed: "time" };
                self.fault_against(fault, operand.span, declared);
                None
            }
            Meaning::Segment(segment) => {
                let declared = self.segment_span(segment);
                let field = self.said(operand.span);
                self.fault_against(TypeFault::SegmentCompared { segment: field }, operand.span, declared);
                None
            }
        }
    }

    /// A row as a report may print it: what it compares a private field with is not for all eyes.
    fn said_of_row(&self, at: Span, when: Option<&tree::RowCondition>, condition: Option<&Condition>) -> String {
        let said = self.said(at);
        match (when, condition) {
            (Some(tree::RowCondition::When(when)), Some(condition)) if self.compares_private(condition) => {
                said.replace(&self.said(when.span), "(private)")
            }
            _ => said,
        }
    }

    fn compares_private(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| self.compares_private(part)),
            Condition::Not(inner) => self.compares_private(inner),
            // Its name says what the author wants to be read.
            Condition::Segment(_) => false,
            other @ Condition::IsTrue(_)
            | other @ Condition::Known(_)
            | other @ Condition::Compare(..)
            | other @ Condition::OneOf(..)
            | other @ Condition::StartedIn(_) => {
                other.operands(&self.graph).into_iter().any(|operand| self.is_private(operand))
            }
        }
    }

    pub(super) fn limit(&mut self, limit: &Spanned<tree::Limit>, has_calendar: bool) -> Option<Limit> {
        match &limit.node {
            tree::Limit::Exact(duration) => Some(Limit::Exact(*duration)),
            tree::Limit::WorkingDays(days) => {
                if !has_calendar {
                    let fault = TimeFault::NoCalendar { limit: self.said(limit.span), of: DaysOf::Rule };
                    self.fault(fault, limit.span);
                }
                Some(Limit::WorkingDays(*days))
            }
            tree::Limit::CalendarDays { days, moved: None } => Some(Limit::CalendarDays(*days, None)),
            tree::Limit::CalendarDays { days, moved: Some(calendar) } => {
                Some(Limit::CalendarDays(*days, Some(self.find(Kind::Calendar, calendar)?)))
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
            self.fault(ClauseFault::OutOfBounds { what, allowed }, percent.span);
        }
        hundredths.map(Percent)
    }

    /// The field of a `per` clause: every start and stop must have it.
    fn key(&mut self, name: &tree::Name, clock: Option<Clock<'_>>) -> Option<Key> {
        let clock = clock?;
        for trigger in clock.from.iter().chain(clock.to) {
            let said = trigger.happening.name();
            let carries = match &trigger.happening {
                tree::Happening::Event(_) => {
                    let Some((event, _)) = self.names.get(&Kind::Event).and_then(|names| names.get(said)) else {
                        continue;
                    };
                    self.event_field(event, name).is_some()
                }
                // What a clock brings about carries the key of that clock.
                tree::Happening::BreachOf(_) | tree::Happening::At(..) | tree::Happening::Met(_) => {
                    self.keys_of_standards.get(&said.node) == Some(&name.node)
                }
            };
            if !carries {
                let fault = RuleFault::KeyMissing { field: name.node.clone(), event: said.node.clone() };
                self.fault_against(fault, name.span, said.span);
                return None;
            }
        }
        let events = &self.graph.vocabulary.events;
        let slots = self.slots_of_keys.entry(name.node.clone());
        let slots = slots.or_insert_with(|| events.iter().map(|event| event.field(name)).collect());
        Some(Key { name: name.node.clone(), slots: slots.clone() })
    }
}

/// The rows of a table so far.
pub struct Table {
    name: &'static str,
    rows: Vec<ObligedRow>,
    /// Whether a row could not be resolved: then nothing is said of the table.
    at_fault: bool,
    /// The standard whose targets these are.
    standard: Option<usize>,
}

impl Table {
    pub fn new(name: &'static str) -> Self {
        Self { name, rows: Vec::new(), at_fault: false, standard: None }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The first row that takes every case.
    pub fn first_for_all(&self) -> Option<Span> {
        self.rows.iter().find(|row| row.condition.is_none()).map(|row| row.at)
    }
}
