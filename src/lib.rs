//! Service standards as code.
//!
//! A quality team writes what it promises customers at each moment of truth; Mot proves that the file
//! makes sense, runs it over a log, and shows every breach with its evidence. Data flows one way, and
//! each room knows only the rooms before it:
//!
//! ```text
//!  standards/*.mot ──► syntax ──► resolve ──► graph ──┬─► proofs, compare ──► check ──► diagnostics
//!                      text→tree  tree→graph           │
//!                                                      ├─► engine ──► report
//!  logs, mapping ──────────────► log ──────────────────┘   fold       people, CI, auditors
//!                                rows→events
//! ```
//!
//! [`scenario`] runs the tiny logs that standards bring along, to prove that they say what was meant.
//! [`project`] reads files, [`cli`] has the commands; every room between is pure.
//!
//! ```
//! use mot::source::{SourceFile, Sources};
//!
//! let mut sources = Sources::new();
//! let text = r#"
//! service desk { timezone "Asia/Shanghai" }
//! event call.queued
//! event call.answered
//! standard answer { from call.queued to call.answered within 20s }
//! "#;
//! let file = SourceFile::new("desk.mot", text);
//! let id = sources.add(file.clone());
//! let (tree, faults) = mot::syntax::parse(id, &file);
//! let (graph, more) = mot::check::check(&[tree], &sources);
//! assert!(faults.is_empty() && more.is_empty());
//! assert_eq!(graph.standards.len(), 1);
//! ```

// The parser that is made of the grammar speaks of it.
extern crate alloc;

pub mod calendar;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod engine;
pub mod graph;
pub mod log;
pub mod project;
pub mod proofs;
pub mod report;
pub mod resolve;
pub mod sample;
pub mod scenario;
pub mod source;
pub mod syntax;
pub mod vocabulary;
