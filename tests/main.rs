//! Every test of behaviour: one module a command, cases as files beside it.

mod check;
mod cli;
mod eval;
mod real_logs;
