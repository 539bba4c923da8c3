//! The report of an evaluation: one view of a run, a file for each thing that it speaks of, a file a format.
//!
//! Nothing is decided here: [`View`] puts the engine's facts beside the names and texts of the
//! standards and the places in the log, and each format writes that down. A file about a thing holds its
//! view (the keys of the data formats), how it is made from the engine's facts, and its words in text.

mod actions;
mod anomalies;
mod behaviours;
mod calendars;
mod causes;
mod clocks;
mod doubtful_times;
mod escalations;
mod findings;
mod findings_text;
mod json;
mod labels;
mod levels;
pub mod manifest;
mod ndjson;
mod private;
mod reconciliation;
mod scores;
mod summary;
mod text;
mod unseen;
mod view;

pub use actions::ActView;
pub use anomalies::AnomalyView;
pub use behaviours::ConductView;
pub use calendars::{CalendarView, DaysView, HoursView};
pub use causes::{CauseCount, CauseView, ImproveView, WhyView};
pub use clocks::{ClockView, ExcuseView, PauseView};
pub use doubtful_times::{CoarseView, DoubtfulTimesView, FarAwayView};
pub use escalations::DutyView;
pub use findings::{
    ChangeView, EvidenceView, FactView, FindingView, GiftView, HoursChangeView, ProposalView, UnreadView,
};
pub use levels::{LevelResult, LevelView};
pub use reconciliation::{
    FlowView, ManyLinesView, Noted, OutsidePeriodView, Reconciliation, RepeatedView, SetAsideView,
};
pub use scores::{JourneySummary, JourneyView, LineLoss, LineView, MomentView, PartView, ScoreView, ScorecardView};
pub use summary::{RuleSummary, TouchpointSummary};
pub use unseen::UnseenView;
pub use view::{LossView, Mot, Service, View};

use crate::report::Format;

/// The formats of a report; the first is the usual one.
pub const FORMATS: &[&dyn Format<[View]>] = &[&text::Text, &json::Json, &ndjson::Ndjson];
