//! The parser that `pest` makes of `grammar/standards.pest`.

// The macro writes a public enum of rules without docs; the grammar file documents each.
#![allow(missing_docs)]

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/standards.pest"]
pub struct Grammar;
