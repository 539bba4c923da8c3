//! From tree to checked rule graph.
//!
//! [`build`] resolves every name, gives every field a type and every limit a unit, and collects all
//! faults on the way: a part at fault is left out of the graph, so that no fault is told twice.
//! A graph is fit for use only if no diagnostic is an error.

mod attributes;
mod authorities;
mod behaviours;
mod build;
mod calendars;
mod causes;
mod checks;
mod conditions;
mod declare;
mod exemptions;
mod facts;
mod faults;
mod journeys;
mod levels;
mod mending;
mod model;
mod names;
mod promises;
mod proofs;
mod readers;
mod scenarios;
mod scorecards;
mod status;
mod strictness;
mod versions;

pub use attributes::{Attributes, Row};
pub use authorities::Authority;
pub use behaviours::{Behaviour, Conduct, Times};
pub use build::build;
pub use causes::Cause;
pub use checks::{CheckFault, Idle};
pub use facts::{Fact, facts_in};
pub use faults::{DaysOf, GraphFault};
pub use journeys::{Journey, JourneyFault};
pub use levels::*;
pub use model::*;
pub use names::PromiseId;
pub use proofs::{ClockFault, Deed, End, Job, OfferFault, Pair, PowerFault, ProofFault, Sooner, StageFault, Waiting};
pub use scenarios::ScenarioFault;
pub use scorecards::{ScoreLine, Scorecard, ScorecardFault};
pub use strictness::{
    Contrast, Does, Doubt, Found, Phrase, PromiseChange, Side, Strictness, StrictnessFault, Way, changes,
};
pub use versions::{VersionFault, build_versions};
