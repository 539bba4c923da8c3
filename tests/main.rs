//! Every test of behaviour, in one binary: one module a command, cases as files beside it; and the
//! reference evaluator that the engine is compared with.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod architecture;
mod attack;
mod catalogue;
mod check;
mod chinese;
mod cli;
mod differential;
mod eval;
mod explain;
mod fmt;
mod grammar;
mod levels;
mod logs;
mod properties;
mod real_logs;
mod reference;
mod scenarios;
mod tables;
