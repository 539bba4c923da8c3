//! `mot eval`
