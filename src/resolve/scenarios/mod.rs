//! Scenarios: names, types and times of a tiny log, and of what must come of it.

mod expected;
#[allow(clippy::wildcard_enum_match_arm, reason = "words: what is not told apart is said alike")]
mod faults;

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::calendar::{Instant, Oddity};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::graph::{Expectation, Expected, Operand, Scenario, ScenarioEvent};
use crate::resolve::conditions::Compared;
use crate::resolve::faults::NameFault;
use crate::resolve::faults::TimeFault;
use crate::resolve::resolver::Resolver;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::tree::{self, DayOrTime, Declaration, ScenarioClause};
use crate::vocabulary::{Kind, Value};

pub use faults::ScenarioFault;

/// The name of a case as a scenario writes it; nothing for the case that it never names.
type CaseName<'t> = Option<&'t tree::Name>;

impl Resolver<'_> {
    /// Scenarios: what happens in them, and what must come of it.
    pub fn scenarios(&mut self, declarations: &[&Declaration]) {
        let mut titles: BTreeMap<(FileId, &str), Span> = BTreeMap::new();
        for declaration in declarations {
            let Declaration::Scenario(scenario) = declaration else { continue };
            let title = &scenario.title;
            if let Some(first) = titles.insert((title.span.file, &title.node), title.span) {
                let fault = ScenarioFault::Twice { title: title.node.clone() };
                self.faults.push(Diagnostic::new(fault, title.span).against(first));
            }
            self.says_something(scenario);
            let resolved = self.scenario(scenario);
            self.graph.scenarios.push(resolved);
        }
    }

    fn scenario_fault(&mut self, fault: ScenarioFault, at: Span) {
        self.faults.push(Diagnostic::new(fault, at));
    }

    /// A scenario in which nothing happens, or of which nothing is expected, proves nothing.
    fn says_something(&mut self, scenario: &tree::Scenario) {
        if scenario.broken {
            return;
        }
        let has = |wanted: fn(&ScenarioClause) -> bool| scenario.clauses.iter().any(|clause| wanted(clause));
        let title = || scenario.title.node.clone();
        if !has(|clause| matches!(clause, ScenarioClause::Event(_))) {
            self.scenario_fault(ScenarioFault::NothingHappens { title: title() }, scenario.title.span);
        }
        if !has(|clause| matches!(clause, ScenarioClause::Expect(_))) {
            self.scenario_fault(ScenarioFault::NothingExpected { title: title() }, scenario.title.span);
        }
    }

    fn scenario(&mut self, scenario: &tree::Scenario) -> Scenario {
        let cases = self.scenario_cases(scenario);
        let mut events = Vec::new();
        let mut as_of: Option<Spanned<Instant>> = None;
        let mut expectations = Vec::new();
        for clause in &scenario.clauses {
            match &clause.node {
                ScenarioClause::Given { .. } => {}
                ScenarioClause::Event(event) => events.extend(self.scenario_event(event, clause.span, &cases)),
                ScenarioClause::AsOf(at) => {
                    let instant = match at.node {
                        DayOrTime::Day(day) => {
                            self.within_time(day, at.span);
                            self.zone().end_of_day(day)
                        }
                        DayOrTime::Time(time) => self.scenario_time(&Spanned::new(time, at.span)),
                    };
                    self.set_once("as of", &mut as_of, instant, at.span);
                }
                ScenarioClause::Expect(expectation) => {
                    expectations.extend(self.expectation(expectation, clause.span, &cases, scenario.broken));
                }
            }
        }
        self.backwards(&events);
        if let Some(as_of) = &as_of {
            self.after_as_of(&events, as_of);
        }
        events.sort_by_key(|event| event.at);
        self.givens(scenario, &cases, &mut events);
        Scenario {
            title: scenario.title.node.clone(),
            cases: cases.iter().map(|case| case.map(|name| name.node.clone())).collect(),
            events,
            as_of: as_of.map(|at| at.node),
            expectations,
            span: scenario.title.span,
        }
    }

    /// The cases, by the order in which events name them.
    fn scenario_cases<'t>(&self, scenario: &'t tree::Scenario) -> Vec<CaseName<'t>> {
        let mut cases: Vec<CaseName<'_>> = Vec::new();
        let named = names_cases(scenario);
        for clause in &scenario.clauses {
            let ScenarioClause::Event(event) = &clause.node else { continue };
            if !self.stands_alone(event, named) && index_of(&cases, event.case.as_ref()).is_none() {
                cases.push(event.case.as_ref());
            }
        }
        cases
    }

    /// Whether an event is of no case: none is said, and it reaches its cases by a field; or only levels
    /// speak of it, and the scenario tells cases apart.
    fn stands_alone(&self, event: &tree::ScenarioEvent, named: bool) -> bool {
        let vocabulary = &self.graph.vocabulary;
        let known = self.names.get(&Kind::Event).and_then(|names| names.get(&event.event));
        let Some((kind, _)) = known.filter(|_| event.case.is_none()) else { return false };
        let reaches = self.graph.reaches.get(kind).is_some_and(Option::is_some);
        reaches || (named && vocabulary.events.get(kind).is_some_and(|kind| kind.stands_alone))
    }

    // ── What happens ────────────────────────────────────────────────────────────────────────────

    fn scenario_event(
        &mut self,
        said: &tree::ScenarioEvent,
        span: Span,
        cases: &[CaseName<'_>],
    ) -> Option<ScenarioEvent> {
        let at = self.scenario_time(&said.at);
        let event = self.event(&said.event);
        let role = said.role.as_ref().map(|role| self.role(role));
        let event = event?;
        let named = cases.iter().any(Option::is_some);
        let case = if self.stands_alone(said, named) { None } else { index_of(cases, said.case.as_ref()) };
        let (mut fields, mut case_fields) = (Vec::new(), Vec::new());
        let mut told: Vec<&tree::Name> = Vec::new();
        for value in &said.fields {
            self.said_once(&value.field, &mut told);
            for (field, value) in self.scenario_values(value, Some(event)) {
                match field {
                    Operand::Case(field) => case_fields.push((field, value)),
                    Operand::Own(slots) => fields.extend(slots.first().map(|(_, slot)| (*slot, value))),
                    Operand::Latest(..) | Operand::Fact(_) | Operand::Here => {}
                }
            }
        }
        let actor = said.by.as_ref().map(|actor| actor.node.clone());
        Some(ScenarioEvent { at, case, event, fields, case_fields, actor, role: role.flatten(), span })
    }

    /// A local time as an instant; one that clocks skip or show twice is told.
    fn scenario_time(&mut self, at: &Spanned<DateTime>) -> Instant {
        self.within_time(at.node.date(), at.span);
        let done = match self.zone().is_in_gap_or_fold(at.node) {
            Some(Oddity::Gap(_)) => Some("does not exist here, for the clocks are put forward: it is read as later"),
            Some(Oddity::Fold(_)) => Some("exists twice here, for the clocks are put back: the first is meant"),
            None => None,
        };
        if let Some(done) = done {
            let said = self.said(at.span);
            self.fault(TimeFault::OddTime { at: said, done }, at.span);
        }
        self.zone().opening(at.node)
    }

    /// A field and its value: a field of the event, of the case, or of both, as a column of a log is.
    fn scenario_values(&mut self, said: &tree::FieldValue, event: Option<usize>) -> Vec<(Operand, Value)> {
        let name = &said.field;
        let own = event.and_then(|event| Some((event, self.event_field(event, name)?)));
        let own = own.map(|(event, (slot, kind, declared))| (Operand::Own(vec![(event, slot)]), kind, declared));
        let of_case = self.case_field(name);
        if let (Some((_, one, _)), Some((_, other, declared))) = (&own, &of_case)
            && one != other
        {
            let meanings = ["a field of the event", "a field of the case"];
            self.fault_against(NameFault::TwoMeanings { name: name.node.clone(), meanings }, name.span, *declared);
            return Vec::new();
        }
        if own.is_none() && of_case.is_none() {
            self.no_such_field(name, event);
        }
        let Some((_, kind, declared)) = own.clone().or(of_case.clone()) else { return Vec::new() };
        let fields = own.into_iter().chain(of_case).map(|(field, ..)| field);
        let fields: Vec<Operand> = fields.collect();
        let Some(first) = fields.first().cloned() else { return Vec::new() };
        let compared = Compared { field: first, kind, declared, said: name.node.clone() };
        let value = self.value(&compared, &said.value);
        value.map(|value| fields.into_iter().map(|field| (field, value.clone())).collect()).unwrap_or_default()
    }

    fn no_such_field(&mut self, name: &tree::Name, event: Option<usize>) {
        if self.is_lost(name) {
            return;
        }
        let vocabulary = &self.graph.vocabulary;
        let own = event.and_then(|event| vocabulary.events.get(event));
        let known = own.iter().flat_map(|event| &event.fields).chain(&vocabulary.case_fields);
        let suggestion = did_you_mean(name, known.map(|field| field.name.as_str())).map(str::to_owned);
        let event = own.map(|event| event.name.clone());
        let fault = ScenarioFault::NoSuchField { field: name.node.clone(), event, suggestion };
        self.scenario_fault(fault, name.span);
    }

    fn said_once<'t>(&mut self, field: &'t tree::Name, told: &mut Vec<&'t tree::Name>) {
        if let Some(first) = told.iter().find(|known| known.node == field.node) {
            let fault = ScenarioFault::FieldTwice { field: field.node.clone() };
            self.faults.push(Diagnostic::new(fault, field.span).against(first.span));
        }
        told.push(field);
    }

    /// What is given of a case is carried by its first event, unless that event says otherwise.
    fn givens(&mut self, scenario: &tree::Scenario, cases: &[CaseName<'_>], events: &mut [ScenarioEvent]) {
        let mut told: BTreeMap<Option<usize>, Vec<&tree::Name>> = BTreeMap::new();
        for clause in &scenario.clauses {
            let ScenarioClause::Given { case: name, fields } = &clause.node else { continue };
            let case = index_of(cases, name.as_ref());
            let happens = scenario.clauses.iter().any(|clause| matches!(clause.node, ScenarioClause::Event(_)));
            if case.is_none() && happens && !scenario.broken {
                self.no_such_case(name.as_ref(), clause.span, cases);
            }
            for value in fields {
                self.said_once(&value.field, told.entry(case).or_default());
                let given = self.scenario_values(value, None);
                let first = events.iter_mut().find(|event| event.case.is_some() && event.case == case);
                if let (Some(first), Some((Operand::Case(field), value))) = (first, given.into_iter().next())
                    && first.case_fields.iter().all(|(said, _)| *said != field)
                {
                    first.case_fields.push((field, value));
                }
            }
        }
    }

    fn no_such_case(&mut self, name: CaseName<'_>, at: Span, cases: &[CaseName<'_>]) {
        let known: Vec<String> = cases.iter().filter_map(|case| case.map(|name| name.node.clone())).collect();
        let Some(name) = name else {
            self.scenario_fault(ScenarioFault::WhichCase { cases: known }, at);
            return;
        };
        let suggestion = did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned);
        let fault = ScenarioFault::NoSuchCase { case: name.node.clone(), suggestion };
        self.scenario_fault(fault, name.span);
    }

    /// Of one case, a line that lies before the line above it is most often a slip of the date.
    fn backwards(&mut self, events: &[ScenarioEvent]) {
        let mut latest: BTreeMap<Option<usize>, &ScenarioEvent> = BTreeMap::new();
        for event in events {
            match latest.get(&event.case) {
                Some(before) if event.at < before.at => {
                    let fault = Diagnostic::new(ScenarioFault::Backwards, event.span).against(before.span);
                    self.faults.push(fault);
                }
                _ => {
                    latest.insert(event.case, event);
                }
            }
        }
    }

    fn after_as_of(&mut self, events: &[ScenarioEvent], as_of: &Spanned<Instant>) {
        for event in events.iter().filter(|event| event.at > as_of.node) {
            self.faults.push(Diagnostic::new(ScenarioFault::AfterAsOf, event.span).against(as_of.span));
        }
    }

    // ── What must come of it ────────────────────────────────────────────────────────────────────

    fn expectation(
        &mut self,
        said: &tree::Expectation,
        span: Span,
        cases: &[CaseName<'_>],
        broken: bool,
    ) -> Option<Expectation> {
        let what = self.expected(&said.what);
        let case = match &said.case {
            Some(name) => {
                let case = index_of(cases, Some(name));
                if case.is_none() && !broken {
                    self.no_such_case(Some(name), name.span, cases);
                }
                if what.as_ref().is_some_and(Expected::is_of_all_cases) {
                    self.scenario_fault(ScenarioFault::OfAllCases { case: name.node.clone() }, name.span);
                }
                Some(case?)
            }
            None => None,
        };
        Some(Expectation { what: what?, case, span })
    }
}

fn index_of(cases: &[CaseName<'_>], name: CaseName<'_>) -> Option<usize> {
    let said = |name: CaseName<'_>| name.map(|name| name.node.clone());
    cases.iter().position(|case| said(*case) == said(name))
}

/// Whether a scenario tells cases apart.
fn names_cases(scenario: &tree::Scenario) -> bool {
    let mut events = scenario.clauses.iter();
    events.any(|clause| matches!(&clause.node, ScenarioClause::Event(event) if event.case.is_some()))
}
