//! Service standards as code.

pub mod calendar;
pub mod diagnostic;
pub mod engine;
pub mod graph;
pub mod log;
pub mod source;
pub mod syntax;
pub mod vocabulary;
