//! Service standards as code.
//!
//! A quality team writes what it promises customers at each moment of truth; Mot proves that the file
//! makes sense, runs it over a log, and shows every breach with its evidence:
//!
//! ```
//! use mot::{Input, Options, Standards};
//! use mot::report::{Format, Style, evaluation::FORMATS};
//!
//! let standards = Standards::parse("desk.mot", r#"
//!     service desk { timezone "Asia/Shanghai" }
//!     event call.queued
//!     event call.answered
//!     standard answer { from call.queued to call.answered within 20s }
//! "#)?;
//! let rows = "case,event,time\n\
//!             1,call.queued,2026-03-02T09:00:00+08:00\n\
//!             1,call.answered,2026-03-02T09:00:25+08:00\n";
//! let file = Input { name: "calls.csv".into(), bytes: rows.as_bytes() };
//! let log = standards.read("case: case\nevent: event\ntime: time\n", &[file])?;
//! let evaluation = standards.judge(&log, &Options::default());
//! assert_eq!(evaluation.findings[0].verdict, mot::engine::Verdict::Breached);
//! println!("{}", FORMATS[0].write(&[standards.report(&log, &evaluation)], Style::default())?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Standards`] exist only if they are sound; a fault keeps its facts and has its words ready ([`diagnostic`]).
//! What came of a log is plain facts ([`engine`]); the names and places beside them, and each format, are the report's
//! ([`report`]). Without the feature `cli`, which is on by default, no crate of the command is compiled.
//!
//! # The rooms
//!
//! Data flows one way, and each room knows only the rooms before it:
//!
//! ```text
//!  standards/*.mot ──► syntax ──► resolve ──► graph ──┬─► proofs, compare ──► check ──► diagnostics
//!                      text→tree  tree→graph           │
//!                                                      ├─► engine ──► report
//!  logs, mapping ──────────────► log ──────────────────┘   fold       people, CI, auditors
//!                                rows→events
//! ```
//!
//! `scenario` runs the tiny logs that standards bring along, to prove that they say what was meant; `sample` makes
//! logs up. `project` reads files, `cli` has the commands; every room between is pure.
#![doc = include_str!("recipes.md")]

// The parser that is made of the grammar speaks of it.
extern crate alloc;

mod api;
pub mod calendar;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compare;
pub mod diagnostic;
pub mod engine;
pub mod graph;
pub mod log;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod proofs;
pub mod report;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod sample;
#[doc(hidden)]
pub mod scenario;
pub mod source;
#[doc(hidden)]
pub mod syntax;
pub mod vocabulary;

pub use api::{Faults, Standards};
pub use engine::{Evaluation, Options};
pub use log::{Input, Log};
