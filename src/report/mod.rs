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

pub mod differences;
pub mod drawing;
pub mod evaluation;
mod figures;
mod format;
mod paint;
mod rounding;
pub mod scenarios;
mod serialize;
mod words;

pub use figures::{Length, Share, When};
pub use format::{Format, Style, WriteError};
pub use paint::{Lines, Paint, Table};
