//! From tree to rule graph: every name is looked up, every field gets a type and every limit a unit.
//!
//! All faults are collected on the way: a part at fault is left out of the graph, so that no fault is told twice.
// A new clause of the language is to be named by the compiler wherever it must be handled.
#![warn(clippy::wildcard_enum_match_arm)]

mod actions;
mod attributes;
mod authorities;
mod behaviours;
mod calendars;
mod causes;
mod conditions;
mod escalations;
mod exemptions;
mod facts;
#[allow(clippy::wildcard_enum_match_arm, reason = "words: what is not told apart is said alike")]
mod faults;
mod header;
mod journeys;
mod levels;
mod people;
mod places;
mod promise_names;
mod remedies;
mod resolver;
mod scenarios;
mod scorecards;
mod segments;
mod standard_clauses;
mod standards;
mod standing_alone;
mod touchpoints;
mod triggers;
mod vocabulary;

pub use faults::{
    ClauseFault, DaysOf, EmpowermentFault, EscalationFault, NameFault, RemedyFault, RuleFault, TimeFault, TypeFault,
};
pub use journeys::JourneyFault;
pub use levels::LevelFault;
pub use scenarios::ScenarioFault;
pub use scorecards::ScorecardFault;

use resolver::Resolver;

use crate::diagnostic::Diagnostic;
use crate::graph::{Declared, Graph, ProofObligations};
use crate::source::Sources;
use crate::syntax::tree;

/// What was made of files: their graph, what is told of it, and what is left to be proved.
pub struct Resolved {
    /// The graph, without what is at fault.
    pub graph: Graph,
    /// The faults, in the order in which they were met.
    pub faults: Vec<Diagnostic>,
    /// What is to be proved.
    pub obligations: ProofObligations,
    /// Where the parts of the vocabulary are declared.
    pub declared_at: Declared,
}

/// Resolves all `files` together.
pub fn resolve(files: &[tree::File], sources: &Sources) -> Resolved {
    let mut resolver = Resolver::new(files, sources);
    let declarations: Vec<&tree::Declaration> =
        files.iter().flat_map(|file| &file.declarations).map(|declaration| &declaration.node).collect();
    // In the order of what needs what: nothing is looked up before it is declared.
    resolver.header(&declarations);
    resolver.roles(&declarations);
    resolver.promise_names(&declarations);
    resolver.periods(&declarations);
    resolver.calendars(&declarations);
    resolver.touchpoint_names(&declarations);
    resolver.vocabulary(&declarations);
    resolver.places(&declarations);
    resolver.vocabulary_rules(&declarations);
    resolver.segments(&declarations);
    resolver.map(&declarations);
    resolver.standards(&declarations);
    resolver.behaviours(&declarations);
    resolver.exemptions(&declarations);
    resolver.actions(&declarations);
    resolver.escalations(&declarations);
    resolver.authorities(&declarations);
    resolver.causes(&declarations);
    resolver.remedies(&declarations);
    resolver.out_of_control(&declarations);
    resolver.levels(&declarations);
    resolver.level_escalations(&declarations);
    resolver.events_that_stand_alone();
    resolver.scorecards(&declarations);
    resolver.journeys(&declarations);
    resolver.scenarios(&declarations);
    resolver.all_can_be_told_apart();
    let Resolver { graph, faults, obligations, declared_at, .. } = resolver;
    Resolved { graph, faults, obligations, declared_at }
}
