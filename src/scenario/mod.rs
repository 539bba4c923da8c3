//! Scenarios run: a tiny log is judged, and what came of it is held against what was expected.
//!
//! ```text
//! Scenario ──► Log ──► engine ──► Evaluation ──┐
//!                                              ├──► Outcome of each expectation
//!                      expectations ───────────┘
//! ```
//!
//! Facts only: which expectations held, and the findings that bear on each. `report` has the words.

pub mod coverage;
mod expectation;

use std::sync::Arc;

use crate::engine::{self, Evaluation, Options, Verdict};
use crate::graph::{Graph, Scenario, ScenarioEvent};
use crate::log::{Event, ImportSummary, Log, Place, SourceIntake};
use crate::source::Sources;
use crate::vocabulary::{Reading, Value};

pub use expectation::{Bearing, Outcome, Seen};

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Run {
    /// The scenario, by its index in the graph.
    pub scenario: usize,
    /// What happens in it, as a log; its places are lines of the standards file.
    pub log: Log,
    /// What the rules made of it.
    pub evaluation: Evaluation,
    /// What came of each expectation, in order.
    pub outcomes: Vec<Outcome>,
    /// The breaches that no expectation speaks of.
    pub also_breached: Vec<Bearing>,
}

impl Run {
    /// Whether every expectation held.
    pub fn passed(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.passed)
    }
}

/// Runs a scenario of the graph, by its index; none if there is no such scenario.
pub fn run(graph: &Graph, sources: &Sources, scenario: usize) -> Option<Run> {
    let said = graph.scenarios.get(scenario)?;
    let log = log(graph, sources, said);
    let options = Options { as_of: said.as_of, ..Options::default() };
    let evaluation = engine::evaluate(graph, &log, &options);
    let outcomes: Vec<Outcome> =
        said.expectations.iter().map(|expectation| expectation::judge(graph, &log, &evaluation, expectation)).collect();
    let spoken_of = |bearing: &Bearing| outcomes.iter().any(|outcome| outcome.speaks_of(*bearing));
    let also_breached = Bearing::all(&evaluation)
        .filter(|bearing| bearing.verdict(&evaluation) == Some(Verdict::Breached))
        .filter(|bearing| !spoken_of(bearing))
        .collect();
    Some(Run { scenario, log, evaluation, outcomes, also_breached })
}

/// What happens in a scenario, as a log whose places are lines of the standards file.
fn log(graph: &Graph, sources: &Sources, scenario: &Scenario) -> Log {
    let events: Vec<Event> =
        (0..).zip(&scenario.events).map(|(position, said)| event(graph, sources, said, position)).collect();
    let rows = events.len() as u64;
    let name = sources.get(scenario.span.file).map(|file| file.name().to_owned()).unwrap_or_default();
    let intake = ImportSummary {
        sources: vec![SourceIntake { name, rows }],
        rows_read: rows,
        rows_mapped: rows,
        events: rows,
        ..ImportSummary::default()
    };
    let cases = scenario.cases.iter().map(|case| case.as_deref().unwrap_or_default().into()).collect();
    Log { cases, events, intake, ..Log::default() }
}

fn event(graph: &Graph, sources: &Sources, said: &ScenarioEvent, position: u16) -> Event {
    let declared = graph.vocabulary.events.get(said.event).map_or(0, |event| event.fields.len());
    let mut fields = vec![Reading::Missing; declared];
    for (slot, value) in &said.fields {
        if let Some(field) = fields.get_mut(*slot) {
            *field = Reading::Known(value.clone());
        }
    }
    let case_fields = said.case_fields.iter();
    let case_fields =
        case_fields.filter_map(|(field, value)| Some((u16::try_from(*field).ok()?, Reading::Known(value.clone()))));
    let line = sources.get(said.span.file).map_or(0, |file| file.position(said.span.start).line as u64);
    Event {
        time: said.at,
        case: said.case.and_then(|case| u32::try_from(case).ok()).unwrap_or(Event::NO_CASE),
        kind: u16::try_from(said.event).unwrap_or_default(),
        fields,
        case_fields: case_fields.collect(),
        actor: said.actor.as_deref().map(Arc::from),
        role: said.role.map_or(Reading::Missing, |role| Reading::Known(Value::Role(role))),
        place: Place { source: 0, line, position },
    }
}
