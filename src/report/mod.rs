//! What people, CI and auditors read. One view of a run; one file for each thing that it speaks of, one a format.
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
pub mod differences;
mod doubtful_times;
pub mod drawing;
mod escalations;
mod figures;
mod findings;
mod findings_text;
pub mod json;
mod labels;
mod levels;
pub mod manifest;
mod paint;
mod private;
mod reconciliation;
pub mod scenarios;
mod scores;
mod serialize;
mod summary;
pub mod text;
mod unseen;
mod view;
mod words;

pub use actions::ActView;
pub use anomalies::AnomalyView;
pub use behaviours::ConductView;
pub use calendars::{CalendarView, DaysView, HoursView};
pub use causes::{CauseCount, CauseView, ImproveView, WhyView};
pub use clocks::{ClockView, ExcuseView, PauseView};
pub use doubtful_times::{CoarseView, DoubtfulTimesView, FarAwayView};
pub use escalations::DutyView;
pub use figures::{Length, Share, When};
pub use findings::{
    ChangeView, EvidenceView, FactView, FindingView, GiftView, HoursChangeView, ProposalView, UnreadView,
};
pub use levels::{LevelResult, LevelView};
pub use paint::{Lines, Paint, Table};
pub use reconciliation::{
    FlowView, ManyLinesView, Noted, OutsidePeriodView, Reconciliation, RepeatedView, SetAsideView,
};
pub use scores::{JourneySummary, JourneyView, LineLoss, LineView, MomentView, PartView, ScoreView, ScorecardView};
pub use summary::{RuleSummary, TouchpointSummary};
pub use unseen::UnseenView;
pub use view::{LossView, Mot, Service, View};
