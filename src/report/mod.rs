//! What people, CI and auditors read. One view of a run; one file a format.
//!
//! Nothing is decided here: [`View`] puts the engine's facts beside the names and texts of the
//! standards and the places in the log, and each format writes that down.

mod causes;
mod conduct;
pub mod drawing;
pub mod json;
mod levels;
pub mod manifest;
mod names;
mod paint;
pub mod scenarios;
mod scores;
pub mod text;
mod view;
mod words;

pub use causes::{CauseCount, CauseView, ImproveView, WhyView};
pub use levels::{LevelResult, LevelView};
pub use paint::{Paint, Table};
pub use scores::{JourneySummary, JourneyView, LineLoss, LineView, MomentView, ScoreView, ScorecardView};
pub use view::*;
