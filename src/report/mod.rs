//! What people, CI and auditors read: a folder a document, a file a format.
//!
//! ```text
//! evaluation   what came of a log       text, JSON, NDJSON
//! scenarios    what came of scenarios   text, JSON, JUnit
//! differences  what a change of standards changes   text, JSON
//! drawing      the graph of standards   Mermaid, Graphviz, JSON
//! ```
//!
//! A document is a plain view; each of its formats is a [`Format`] of it, in the document's list `FORMATS`.

mod colour;
pub mod differences;
pub mod drawing;
pub mod evaluation;
mod figures;
mod format;
mod rounding;
pub mod scenarios;
mod serialize;
mod words;

pub use colour::{Lines, Paint, Table};
pub use figures::{Length, Share, When};
pub use format::{Format, Style, WriteError};
