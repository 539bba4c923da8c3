//! From what a level says to what it measures.

use quantities::{Measured, PERCENT, Scale, TIME, Unit, scale, whole_days, word};
use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::graph::{
    Benchmark, Comparison, ConditionRole, Group, Level, Measure, Operand, PromiseId, Quantity, UndeterminedAs, Window,
};
use crate::resolve::conditions::{CASE_ONLY, Meaning, Scope};
use crate::resolve::faults::{ClauseFault, NameFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Anchor, CancelledAs, LevelClause, Statistic};
use crate::vocabulary::Kind;

mod escalations;
#[allow(clippy::wildcard_enum_match_arm, reason = "words: what is not told apart is said alike")]
mod faults;
mod quantities;

pub use faults::LevelFault;

/// The clauses of a level, each of which may stand once.
#[derive(Default)]
struct Once<'t> {
    measure: Option<Spanned<&'t tree::Measure>>,
    cancelled: Option<Spanned<CancelledAs>>,
    undetermined_missed: Option<Spanned<bool>>,
    untouched_missed: Option<Spanned<bool>>,
    least: Option<Spanned<u32>>,
    benchmark: Option<Spanned<(&'t Spanned<tree::Literal>, &'t tree::Text)>>,
}

impl Resolver<'_> {
    /// Levels; all that they measure is known.
    pub fn levels(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Level(level) = declaration else { continue };
            if self.is_declared(Kind::Level, &level.block.name) {
                let resolved = self.one_level(level);
                self.graph.levels.extend(resolved);
            }
        }
    }

    fn one_level(&mut self, declared: &tree::Level) -> Option<Level> {
        let block = &declared.block;
        let (touchpoint, moment) = self.place(declared.belongs_to.as_ref());
        let once = self.level_clauses(block);
        let attributes = self.caseless_attributes(&block.clauses);
        let Some(said) = once.measure.as_ref() else {
            if !block.broken {
                let of = format!("level `{}`", block.name.node);
                let fault =
                    ClauseFault::MissingClause { of, what: "measure", write: "at least 80% of STANDARD per month" };
                self.fault(fault, block.name.span);
            }
            return None;
        };
        let measured = self.measured(&said.node.what);
        let groups = self.groups(said, measured.as_ref());
        let Measured { measure, scale, .. } = measured?;
        self.level_clauses_fit(&once, &measure);
        let window = self.level_window(said.node.window.as_ref(), &measure);
        let bound = self.bound(said, &scale);
        let benchmark = once.benchmark.and_then(|said| {
            let (value, whose) = said.node;
            Some(Benchmark { value: self.quantity(value, scale.unit)?, whose: whose.node.clone() })
        });
        Some(Level {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            moment,
            measure,
            comparison: said.node.comparison,
            bound: bound?,
            window: window?,
            groups: groups?,
            cancelled: once.cancelled.map_or(CancelledAs::Excluded, |said| said.node),
            undetermined: match once.undetermined_missed {
                None => UndeterminedAs::Either,
                Some(said) if said.node => UndeterminedAs::Missed,
                Some(_) => UndeterminedAs::Excluded,
            },
            untouched_excluded: once.untouched_missed.is_some_and(|said| !said.node),
            least: once.least.map(|said| said.node),
            benchmark,
            attributes,
            said: self.said(said.span),
            span: block.name.span,
        })
    }

    fn level_clauses<'t>(&mut self, block: &'t tree::Block<LevelClause>) -> Once<'t> {
        let mut once = Once::default();
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                LevelClause::Measure(measure) => match &once.measure {
                    Some(first) => self.level_fault(LevelFault::SecondMeasure, at, Some(first.span)),
                    None => once.measure = Some(Spanned::new(measure, at)),
                },
                LevelClause::Cancelled(as_what) => self.set_once("cancelled", &mut once.cancelled, *as_what, at),
                LevelClause::Undetermined { missed } => {
                    self.set_once("undetermined", &mut once.undetermined_missed, *missed, at);
                }
                LevelClause::Untouched { missed } => {
                    self.set_once("untouched", &mut once.untouched_missed, *missed, at);
                }
                LevelClause::WithAtLeast(least) => self.set_once("with at least", &mut once.least, least.node, at),
                LevelClause::Benchmark(value, whose) => {
                    self.set_once("benchmark", &mut once.benchmark, (value, whose), at);
                }
                LevelClause::Attribute(_) => {}
            }
        }
        once
    }

    /// Attributes of what speaks of many cases: their rows can ask for none of them.
    fn caseless_attributes(&mut self, clauses: &[Spanned<LevelClause>]) -> crate::graph::Attributes {
        let said = clauses.iter().filter_map(|clause| match &clause.node {
            LevelClause::Attribute(attribute) => Some((attribute, clause.span)),
            LevelClause::Measure(_)
            | LevelClause::Cancelled(_)
            | LevelClause::Undetermined { .. }
            | LevelClause::Untouched { .. }
            | LevelClause::WithAtLeast(_)
            | LevelClause::Benchmark(..) => None,
        });
        for (attribute, at) in said.clone() {
            let asks = match attribute {
                tree::Attribute::Severity(_, when) | tree::Attribute::Control(_, when) => {
                    matches!(when, Some(tree::RowCondition::When(_)))
                }
                tree::Attribute::Material(when) => when.is_some(),
                tree::Attribute::Source(_)
                | tree::Attribute::Owner(_)
                | tree::Attribute::Symptom(_)
                | tree::Attribute::Element(_)
                | tree::Attribute::Status(_)
                | tree::Attribute::ReviewBefore(_)
                | tree::Attribute::NeverExempt
                | tree::Attribute::AtLeastAsStrict(_)
                | tree::Attribute::LooserThanBefore(_) => false,
            };
            if asks {
                self.level_fault(LevelFault::NoCase, at, None);
            }
        }
        self.attributes(said, CASE_ONLY)
    }

    fn level_fault(&mut self, fault: LevelFault, at: Span, other: Option<Span>) {
        let diagnostic = Diagnostic::new(fault, at);
        self.faults.push(match other {
            Some(other) => diagnostic.against(other),
            None => diagnostic,
        });
    }

    // ── What is measured ────────────────────────────────────────────────────────────────────────

    fn measured(&mut self, what: &tree::Measured) -> Option<Measured> {
        let of = |measure, scale| Some(Measured { measure, scale, events: Vec::new() });
        match what {
            tree::Measured::Share(name) => of(Measure::Share(self.with_verdicts(name)?), PERCENT),
            tree::Measured::Statistic(statistic, tree::Sample::Elapsed(name)) => {
                let standard = self.clock_named(name)?;
                match statistic.node {
                    Statistic::Mean | Statistic::Percentile(_) => of(Measure::Elapsed(statistic.node, standard), TIME),
                    Statistic::Nps | Statistic::Csat | Statistic::Ces => {
                        let (statistic, standard) = (word(statistic.node), name.node.clone());
                        self.level_fault(LevelFault::ScoresOfAClock { statistic, standard }, name.span, None);
                        None
                    }
                }
            }
            tree::Measured::Statistic(statistic, tree::Sample::Field { field, event }) => {
                self.field_statistic(statistic.node, field, event)
            }
            tree::Measured::Count(subject) => {
                let subject = self.any_of(subject)?;
                let events = subject.iter().map(|trigger| trigger.event).collect();
                let scale = Scale { unit: Unit::Number, reach: (Some(Decimal::ZERO), None) };
                Some(Measured { measure: Measure::Count(subject), scale, events })
            }
            tree::Measured::Rate(subject, counterpart) => {
                let (subject, counterpart) = self.both(subject, counterpart)?;
                let events = subject.iter().chain(&counterpart).map(|trigger| trigger.event).collect();
                let scale = Scale { unit: Unit::Percent, reach: (Some(Decimal::ZERO), None) };
                Some(Measured { measure: Measure::Rate(subject, counterpart), scale, events })
            }
            tree::Measured::ShareOfCases(condition) => of(self.cases(condition)?, PERCENT),
        }
    }

    /// A promise that has verdicts in cases: all but a level.
    fn with_verdicts(&mut self, name: &tree::Name) -> Option<PromiseId> {
        let promise = self.promise(name)?;
        if matches!(promise, PromiseId::Level(_)) {
            self.level_fault(LevelFault::NoVerdicts { promise: name.node.clone() }, name.span, None);
            return None;
        }
        Some(promise)
    }

    /// The standard whose clock is measured.
    fn clock_named(&mut self, name: &tree::Name) -> Option<usize> {
        let kind = match self.promise(name)? {
            PromiseId::Standard(standard) => return Some(standard),
            PromiseId::Behaviour(_) => Kind::Behaviour,
            PromiseId::Level(_) => Kind::Level,
            PromiseId::Scorecard(_) => Kind::Scorecard,
            PromiseId::Authority(_) => Kind::Authority,
        };
        self.level_fault(LevelFault::NoClock { promise: name.node.clone(), kind }, name.span, None);
        None
    }

    fn field_statistic(&mut self, statistic: Statistic, field: &tree::Name, event: &tree::Name) -> Option<Measured> {
        let index = self.event(event)?;
        let Some((slot, kind, declared)) = self.event_field(index, field) else {
            self.unknown_field_of(field, index);
            return None;
        };
        let Some(scale) = scale(statistic, &kind) else {
            let fault = LevelFault::Scores {
                statistic: word(statistic),
                field: field.node.clone(),
                kind: kind.spelling(),
                needed: match statistic {
                    Statistic::Nps => "scores from 0 to 10",
                    Statistic::Csat => "scores on a scale such as 1..5",
                    Statistic::Ces => "scores",
                    Statistic::Mean | Statistic::Percentile(_) => "numbers, times or amounts",
                },
            };
            self.level_fault(fault, field.span, Some(declared));
            return None;
        };
        Some(Measured { measure: Measure::Field(statistic, (index, slot)), scale, events: vec![index] })
    }

    /// `share of cases with C`, where C may be the name of a promise.
    fn cases(&mut self, condition: &Spanned<tree::Condition>) -> Option<Measure> {
        let tree::Condition::Test { operand, relation: None } = &condition.node else {
            return self.condition_for(ConditionRole::Share, condition, CASE_ONLY).map(Measure::CasesWith);
        };
        let tree::Operand::Path(name) = &operand.node else {
            return self.condition_for(ConditionRole::Share, condition, CASE_ONLY).map(Measure::CasesWith);
        };
        let promised = Spanned::new(name.clone(), operand.span);
        if !self.is_promise(name) {
            let known = self.case_field(name).is_some() || self.segment_named(name).is_some();
            if known || !self.suggests_a_promise(&promised) {
                return self.condition_for(ConditionRole::Share, condition, CASE_ONLY).map(Measure::CasesWith);
            }
            return None;
        }
        let field = self.case_field(name).map(|(_, _, declared)| ("a field of the case", declared));
        let segment = self.segment_named(name).map(|segment| ("a segment", self.segment_span(segment)));
        if let Some((meaning, declared)) = field.or(segment) {
            let meanings = ["a promise", meaning];
            self.fault_against(NameFault::TwoMeanings { name: name.clone(), meanings }, operand.span, declared);
            return None;
        }
        self.with_verdicts(&promised).map(Measure::CasesKeeping)
    }

    // ── Bound, window, groups ───────────────────────────────────────────────────────────────────

    /// The bound: of the measure's unit, and such that it can be reached and missed.
    fn bound(&mut self, said: &Spanned<&tree::Measure>, scale: &Scale) -> Option<Quantity> {
        let literal = &said.node.bound;
        let bound = self.quantity(literal, scale.unit)?;
        let amount = bound.amount();
        let (least, most) = scale.reach;
        let below = |amount: Decimal| least.is_some_and(|least| amount < least);
        let above = |amount: Decimal| most.is_some_and(|most| amount > most);
        let comparison = said.node.comparison;
        let idle = match comparison {
            Comparison::AtLeast | Comparison::LessThan => least.is_some_and(|least| amount <= least) || above(amount),
            Comparison::Is | Comparison::IsNot | Comparison::AtMost | Comparison::MoreThan => {
                below(amount) || most.is_some_and(|most| amount >= most)
            }
        };
        if idle {
            // What lies at the foot or below is always reached, and never fallen short of.
            let low = least.is_some_and(|least| amount <= least);
            let always = low == matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
            let sign = if matches!(scale.unit, Unit::Percent) { "%" } else { "" };
            let reach = match (least, most) {
                (Some(least), Some(most)) => format!("from {least}{sign} to {most}{sign}"),
                (Some(least), None) => format!("from {least}{sign} up"),
                _ => String::new(),
            };
            let words = comparison.words().trim_start_matches("is ");
            let written = format!("{words} {}", self.said(literal.span));
            self.level_fault(LevelFault::BeyondReach { written, always, reach }, literal.span, None);
            return None;
        }
        Some(bound)
    }

    fn quantity(&mut self, literal: &Spanned<tree::Literal>, unit: Unit) -> Option<Quantity> {
        let value = match (unit, &literal.node) {
            (Unit::Percent, tree::Literal::Percent(percent)) => Some(Quantity::Percent(*percent)),
            (Unit::Number, tree::Literal::Number(number)) => Some(Quantity::Number(*number)),
            (Unit::Time, tree::Literal::Duration(duration)) => Some(Quantity::Time(*duration)),
            (Unit::Money, tree::Literal::Money(money)) => Some(Quantity::Money(*money)),
            _ => None,
        };
        if value.is_none() {
            let written = self.said(literal.span);
            let number = match &literal.node {
                tree::Literal::Number(number) | tree::Literal::Percent(number) => Some(*number),
                tree::Literal::Name(_)
                | tree::Literal::Duration(_)
                | tree::Literal::Money(_)
                | tree::Literal::Date(_)
                | tree::Literal::DateTime(_)
                | tree::Literal::Text(_)
                | tree::Literal::Bool(_) => None,
            };
            let (unit, example) = unit.in_words(number);
            self.level_fault(LevelFault::OtherUnit { written, unit, example }, literal.span, None);
        }
        value
    }

    fn level_window(&mut self, said: Option<&Spanned<tree::Window>>, measure: &Measure) -> Option<Window> {
        let Some(said) = said else { return Some(Window::Whole) };
        match &said.node {
            tree::Window::Per(unit, anchor) => {
                let of_a_clock = matches!(measure, Measure::Share(PromiseId::Standard(_)) | Measure::Elapsed(..));
                let anchor_word = match anchor {
                    Anchor::Start => None,
                    Anchor::Due => Some("due"),
                    Anchor::Stop => Some("stop"),
                };
                if let Some(anchor) = anchor_word.filter(|_| !of_a_clock) {
                    self.level_fault(LevelFault::NoAnchor { anchor }, said.span, None);
                    return None;
                }
                Some(Window::Per(*unit, *anchor))
            }
            tree::Window::InAny(limit) => match &limit.node {
                tree::Limit::CalendarDays { days, moved: None } if *days > 0 => Some(Window::Rolling(*days)),
                other @ tree::Limit::Exact(_)
                | other @ tree::Limit::WorkingDays(_)
                | other @ tree::Limit::CalendarDays { .. } => {
                    let written = self.said(limit.span);
                    self.level_fault(LevelFault::NotDays { written, days: whole_days(other) }, limit.span, None);
                    None
                }
            },
        }
    }

    fn groups(&mut self, said: &Spanned<&tree::Measure>, measured: Option<&Measured>) -> Option<Vec<Group>> {
        let events = measured.map(|measured| measured.events.as_slice()).unwrap_or_default();
        let scope = Scope { events, starts: false, facts: false };
        let mut groups: Vec<Group> = Vec::new();
        let mut sound = true;
        for operand in &said.node.groups {
            let group = self.group(operand, scope);
            let twice = group.as_ref().is_some_and(|group| groups.iter().any(|known| known.field == group.field));
            if twice {
                let field = self.said(operand.span);
                self.level_fault(LevelFault::GroupTwice { field }, operand.span, None);
            }
            sound &= group.is_some() && !twice;
            groups.extend(group);
        }
        sound.then_some(groups)
    }

    fn group(&mut self, operand: &Spanned<tree::Operand>, scope: Scope<'_>) -> Option<Group> {
        let name = self.said(operand.span);
        match self.meaning(operand, scope)? {
            Meaning::Segment(segment) => {
                let declared = self.segment_span(segment);
                self.level_fault(LevelFault::GroupIsSegment { segment: name }, operand.span, Some(declared));
                None
            }
            Meaning::Field(field, _, declared) => {
                if self.is_private(&field) {
                    self.level_fault(LevelFault::PrivateGroup { field: name }, operand.span, Some(declared));
                    return None;
                }
                Some(Group { name, field })
            }
        }
    }

    pub(crate) fn is_private(&self, field: &Operand) -> bool {
        let vocabulary = &self.graph.vocabulary;
        let of_event = |(event, slot): &(usize, usize)| {
            let field = vocabulary.events.get(*event).and_then(|event| event.fields.get(*slot));
            field.is_some_and(|field| field.private)
        };
        match field {
            Operand::Case(index) => vocabulary.case_fields.get(*index).is_some_and(|field| field.private),
            Operand::Own(slots) => slots.iter().any(of_event),
            Operand::Latest(event, slot) => of_event(&(*event, *slot)),
            Operand::Fact(_) | Operand::Here => false,
        }
    }

    /// Clauses that decide what counts need something that it could be counted of.
    fn level_clauses_fit(&mut self, once: &Once<'_>, measure: &Measure) {
        let of_clocks = matches!(measure, Measure::Share(PromiseId::Standard(_)));
        let of_verdicts = matches!(measure, Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_));
        let said = [
            (once.cancelled.as_ref().map(|said| said.span), of_clocks, "cancelled", "a share of clocks"),
            (once.undetermined_missed.as_ref().map(|said| said.span), of_verdicts, "undetermined", "a share"),
            (
                once.untouched_missed.as_ref().map(|said| said.span),
                matches!(measure, Measure::CasesKeeping(_)),
                "untouched",
                "a share of cases with a promise",
            ),
            (
                once.least.as_ref().map(|said| said.span),
                !matches!(measure, Measure::Count(_)),
                "with at least",
                "the number that a share or a mean is taken of",
            ),
        ];
        for (at, fits, clause, speaks_of) in said {
            if let Some(at) = at.filter(|_| !fits) {
                self.level_fault(LevelFault::Idle { clause, speaks_of }, at, None);
            }
        }
    }
}
