//! What real files do to a log, one kind a file: each run says what it found, and no verdict is made of it in silence.

mod repeated_rows;
mod times;

use crate::cli::{Desk, Ran};

/// The account of a run: what stands under `Reconciliation`.
pub fn account(ran: &Ran) -> &str {
    let account = ran.out.split_once("Reconciliation\n").map(|(_, rest)| rest).unwrap_or_else(|| panic!("{}", ran.err));
    account.split_once("\n\n").map_or(account, |(account, _)| account)
}

/// Fails where a text lacks one of some parts.
pub fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}
