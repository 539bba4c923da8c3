//! Conditions: names to fields, values to types.

use rust_decimal::Decimal;

use crate::diagnostic::did_you_mean;
use crate::graph::{Asked, Condition, ConditionRole, Operand};
use crate::resolve::faults::{NameFault, RuleFault, TypeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type, Value};

/// What a bare name in a condition may mean beside a segment or a field of the case.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The events that are plain from the sentence.
    pub events: &'a [usize],
    /// Whether the sentence is about something that starts.
    pub starts: bool,
    /// Whether the sentence is about a breach, or a case as a whole, of which facts can be asked.
    pub facts: bool,
}

impl<'a> Scope<'a> {
    /// A sentence about something that starts with one of these events.
    pub fn of_a_start(events: &'a [usize]) -> Self {
        Self { events, starts: true, facts: false }
    }
}

/// No event is plain from the sentence, and nothing starts.
pub const CASE_ONLY: Scope<'static> = Scope { events: &[], starts: false, facts: false };

/// What a name turned out to be.
pub enum Meaning {
    /// A segment.
    Segment(usize),
    /// A field, its type, and where it is declared.
    Field(Operand, Type, Span),
}

impl Resolver<'_> {
    /// Resolves a condition; `None` if anything in it is at fault (and told).
    pub fn condition(&mut self, condition: &Spanned<tree::Condition>, scope: Scope<'_>) -> Option<Condition> {
        match &condition.node {
            tree::Condition::All(parts) => self.parts(parts, scope).map(Condition::All),
            tree::Condition::Any(parts) => self.parts(parts, scope).map(Condition::Any),
            tree::Condition::Not(inner) => Some(Condition::Not(Box::new(self.condition(inner, scope)?))),
            tree::Condition::Test { operand, relation } => self.test(operand, relation.as_ref(), scope),
            tree::Condition::At(place) => self.at_place(place, condition.span, scope),
            tree::Condition::StartedIn(period) => {
                let found = self.find(Kind::Period, period);
                if !scope.starts {
                    self.fault(RuleFault::NothingStarts, condition.span);
                    return None;
                }
                found.map(Condition::StartedIn)
            }
        }
    }

    /// All parts, so that each fault is told; `None` if one is at fault.
    fn parts(&mut self, parts: &[Spanned<tree::Condition>], scope: Scope<'_>) -> Option<Vec<Condition>> {
        let resolved: Vec<_> = parts.iter().map(|part| self.condition(part, scope)).collect();
        resolved.into_iter().collect()
    }

    fn test(
        &mut self,
        operand: &Spanned<tree::Operand>,
        relation: Option<&Spanned<tree::Relation>>,
        scope: Scope<'_>,
    ) -> Option<Condition> {
        let said = self.said(operand.span);
        match (self.meaning(operand, scope)?, relation) {
            (Meaning::Segment(segment), None) => Some(Condition::Segment(segment)),
            (Meaning::Segment(segment), Some(relation)) => {
                let declared = self.segment_span(segment);
                self.fault_against(TypeFault::SegmentCompared { segment: said }, relation.span, declared);
                None
            }
            (Meaning::Field(field, Type::Bool, _), None) => Some(Condition::IsTrue(field)),
            (Meaning::Field(_, kind, declared), None) => {
                let fault = TypeFault::NotYesOrNo { field: said, kind: kind.spelling() };
                self.fault_against(fault, operand.span, declared);
                None
            }
            (Meaning::Field(field, kind, declared), Some(relation)) => {
                self.relation(Compared { field, kind, declared, said }, relation)
            }
        }
    }

    fn relation(&mut self, compared: Compared, relation: &Spanned<tree::Relation>) -> Option<Condition> {
        match &relation.node {
            tree::Relation::Known => Some(Condition::Known(compared.field)),
            tree::Relation::Unknown => Some(Condition::Not(Box::new(Condition::Known(compared.field)))),
            tree::Relation::Compare(comparison, literal) => {
                let equality = matches!(comparison, tree::Comparison::Is | tree::Comparison::IsNot);
                if !equality && !compared.kind.is_ordered() {
                    let fault = TypeFault::NoOrder { field: compared.said, kind: compared.kind.spelling() };
                    self.fault_against(fault, relation.span, compared.declared);
                    return None;
                }
                let value = self.value(&compared, literal)?;
                Some(Condition::Compare(compared.field, *comparison, value))
            }
            tree::Relation::In(is_in, literals) => {
                let values: Vec<_> = literals.iter().map(|literal| self.value(&compared, literal)).collect();
                let one_of = Condition::OneOf(compared.field, values.into_iter().collect::<Option<_>>()?);
                Some(if *is_in { one_of } else { Condition::Not(Box::new(one_of)) })
            }
        }
    }

    /// What a name means here: a segment, a field of the sentence's event, or a field of the case.
    pub fn meaning(&mut self, operand: &Spanned<tree::Operand>, scope: Scope<'_>) -> Option<Meaning> {
        let name = match &operand.node {
            tree::Operand::FieldOf { field, event } => return self.field_of(field, event, scope),
            tree::Operand::Path(name) => name,
            tree::Operand::Fact(fact) => return self.fact(fact, operand.span, scope),
        };
        let own = self.own_field(name, scope);
        let of_case = self.case_field(name);
        let segment = self.segment_named(name);
        match (own, of_case, segment) {
            (Some((field, kind, _)), Some((_, _, declared)), _) => {
                let meanings = ["a field of the event", "a field of the case"];
                self.fault_against(NameFault::TwoMeanings { name: name.clone(), meanings }, operand.span, declared);
                let _ = (field, kind);
                None
            }
            (Some(_), None, Some(segment)) | (None, Some(_), Some(segment)) => {
                let meanings = ["a field", "a segment"];
                let declared = self.segment_span(segment);
                self.fault_against(NameFault::TwoMeanings { name: name.clone(), meanings }, operand.span, declared);
                None
            }
            (Some((field, kind, declared)), None, None) | (None, Some((field, kind, declared)), None) => {
                Some(Meaning::Field(field, kind, declared))
            }
            (None, None, Some(segment)) => Some(Meaning::Segment(segment)),
            (None, None, None) => {
                self.unknown_in_condition(name, operand.span, scope);
                None
            }
        }
    }

    fn field_of(&mut self, field: &tree::Name, event: &tree::Name, scope: Scope<'_>) -> Option<Meaning> {
        let index = self.event(event)?;
        let Some((slot, kind, declared)) = self.event_field(index, field) else {
            self.unknown_field_of(field, index);
            return None;
        };
        let operand = if scope.events.contains(&index) {
            Operand::Own(vec![(index, slot)])
        } else {
            Operand::Latest(index, slot)
        };
        Some(Meaning::Field(operand, kind, declared))
    }

    /// A field that every event of the sentence has, with one type.
    fn own_field(&mut self, name: &str, scope: Scope<'_>) -> Option<(Operand, Type, Span)> {
        let mut slots = Vec::new();
        let mut found: Option<(Type, Span)> = None;
        for event in scope.events {
            let (slot, kind, declared) = self.event_field_named(*event, name)?;
            if found.as_ref().is_some_and(|(first, _)| *first != kind) {
                return None;
            }
            found.get_or_insert((kind, declared));
            // One event may be meant twice, each time under another condition.
            if !slots.contains(&(*event, slot)) {
                slots.push((*event, slot));
            }
        }
        found.map(|(kind, declared)| (Operand::Own(slots), kind, declared))
    }

    /// A literal as a value of the type it is compared with.
    pub fn value(&mut self, compared: &Compared, literal: &Spanned<tree::Literal>) -> Option<Value> {
        if let (Type::Choice { values, .. }, tree::Literal::Name(name)) = (&compared.kind, &literal.node) {
            return self.choice(compared, values, name, literal.span);
        }
        if let (Type::Role, tree::Literal::Name(name)) = (&compared.kind, &literal.node) {
            return self.role(&Spanned::new(name.clone(), literal.span)).map(Value::Role);
        }
        let value = match (&compared.kind, &literal.node) {
            (Type::Text, tree::Literal::Text(text)) => Some(Value::Text(text.as_str().into())),
            (Type::Number, tree::Literal::Number(number)) => Some(Value::Number(*number)),
            (Type::Number, tree::Literal::Percent(percent)) => Some(Value::Number(*percent / Decimal::ONE_HUNDRED)),
            (Type::Range(least, most), tree::Literal::Number(number)) => {
                (number >= least && number <= most).then_some(Value::Number(*number))
            }
            (Type::Bool, tree::Literal::Bool(value)) => Some(Value::Bool(*value)),
            (Type::Money, tree::Literal::Money(money)) => Some(Value::Money(*money)),
            (Type::Duration, tree::Literal::Duration(duration)) => Some(Value::Duration(*duration)),
            (Type::Date, tree::Literal::Date(date)) => Some(Value::Date(*date)),
            (Type::Time, tree::Literal::DateTime(local)) => {
                return self.within_time(local.date(), literal.span).then(|| Value::Time(self.zone().opening(*local)));
            }
            (Type::Time, tree::Literal::Date(date)) => {
                return self.within_time(*date, literal.span).then(|| Value::Time(self.zone().start_of_day(*date)));
            }
            _ => None,
        };
        if value.is_none() {
            let fault = TypeFault::WrongType {
                field: compared.said.clone(),
                kind: compared.kind.spelling(),
                value: self.said(literal.span),
                example: example(&compared.kind),
            };
            self.fault_against(fault, literal.span, compared.declared);
        }
        value
    }

    fn choice(&mut self, compared: &Compared, values: &[String], name: &str, at: Span) -> Option<Value> {
        let Some(index) = values.iter().position(|value| value == name) else {
            let fault = TypeFault::UnknownValue {
                field: compared.said.clone(),
                value: name.to_owned(),
                values: values.to_vec(),
                suggestion: did_you_mean(name, values.iter().map(String::as_str)).map(str::to_owned),
            };
            self.fault_against(fault, at, compared.declared);
            return None;
        };
        // `priority is high or gold`: a reader cannot tell whether `gold` is a value or a segment.
        let other = match (self.segment_named(name), self.case_field(name)) {
            (Some(segment), _) => Some(("a segment", self.segment_span(segment))),
            (None, Some((_, _, declared))) => Some(("a field of the case", declared)),
            (None, None) => None,
        };
        if let Some((meaning, declared)) = other {
            let meanings = ["a value", meaning];
            self.fault_against(NameFault::TwoMeanings { name: name.to_owned(), meanings }, at, declared);
            return None;
        }
        Some(Value::Choice(index))
    }

    /// Tells that a name in a condition is neither segment nor field.
    fn unknown_in_condition(&mut self, name: &str, at: Span, scope: Scope<'_>) {
        if self.is_lost(name) {
            return;
        }
        let (having, lacking): (Vec<usize>, Vec<usize>) =
            scope.events.iter().copied().partition(|event| self.event_field_named(*event, name).is_some());
        if let Some(first) = having.first() {
            let declared = self.event_field_named(*first, name).map(|(_, _, declared)| declared).unwrap_or_default();
            let fault = NameFault::NotOfAll {
                field: name.to_owned(),
                event: self.event_name(*first),
                lacking: lacking.first().map(|event| self.event_name(*event)),
            };
            self.fault_against(fault, at, declared);
            return;
        }
        let of_events = scope.events.iter().filter_map(|event| self.graph.vocabulary.events.get(*event));
        let of_events = of_events.flat_map(|event| &event.fields);
        let fields = of_events.chain(&self.graph.vocabulary.case_fields).map(|field| field.name.as_str());
        let segments = self.graph.segments.iter().map(|segment| segment.name.as_str());
        let suggestion = did_you_mean(name, fields.chain(segments)).map(str::to_owned);
        let value_of = self.graph.vocabulary.case_fields.iter().find(
            |field| matches!(&field.kind, Type::Choice { values, .. } if values.iter().any(|value| value == name)),
        );
        match value_of.map(|field| field.name.clone()) {
            Some(field) if suggestion.is_none() => {
                self.fault(TypeFault::ValueAlone { value: name.to_owned(), field }, at);
            }
            _ => {
                let (kind, name) = (Kind::SegmentOrField, name.to_owned());
                self.fault(NameFault::Undeclared { kind, name, suggestion, is_a: None }, at);
            }
        }
    }
}

/// The left side of a comparison, or of a colon.
pub struct Compared {
    /// The field.
    pub field: Operand,
    /// Its type.
    pub kind: Type,
    /// Where it is declared.
    pub declared: Span,
    /// What the sentence calls it.
    pub said: String,
}

/// A value of that type, to show how one is written.
fn example(kind: &Type) -> String {
    match kind {
        Type::Text => "\"text\"".into(),
        Type::Number => "3".into(),
        Type::Range(least, _) => least.to_string(),
        Type::Bool => "true".into(),
        Type::Money => "200 CNY".into(),
        Type::Duration => "4h".into(),
        Type::Time => "2026-01-31 09:00".into(),
        Type::Date => "2026-01-31".into(),
        Type::Role => "team_lead".into(),
        Type::Choice { values, .. } => values.first().cloned().unwrap_or_default(),
    }
}

impl Resolver<'_> {
    /// Resolves a condition, and asks for proof that it neither always nor never holds.
    pub fn condition_for(
        &mut self,
        job: ConditionRole,
        condition: &Spanned<tree::Condition>,
        scope: Scope<'_>,
    ) -> Option<Condition> {
        let resolved = self.condition(condition, scope)?;
        let parts = match &condition.node {
            tree::Condition::All(parts) | tree::Condition::Any(parts) => parts.as_slice(),
            tree::Condition::Not(_)
            | tree::Condition::Test { .. }
            | tree::Condition::StartedIn(_)
            | tree::Condition::At(_) => &[],
        };
        let parts = parts.iter().map(|part| part.span).collect();
        self.obligations.conditions.push(Asked { condition: resolved.clone(), at: condition.span, job, parts });
        Some(resolved)
    }
}
