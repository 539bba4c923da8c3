//! Every test of behaviour: one module a command, cases as files beside it.

// A test fails by panicking; outside tests none of these is allowed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod check;
mod cli;
mod eval;
mod real_logs;
