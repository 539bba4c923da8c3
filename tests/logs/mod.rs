//! What real files do to a log, one kind a file: each run says what it found, and no verdict is made of it in silence.

#[cfg(unix)]
mod files_and_folders;
mod members;
mod private_values;
mod quotation_marks;
mod repeated_rows;
mod times;

use crate::cli::{Desk, Ran};

/// The account of a run: what stands under `Reconciliation`.
fn account(ran: &Ran) -> &str {
    let account = ran.out.split_once("Reconciliation\n").map(|(_, rest)| rest).unwrap_or_else(|| panic!("{}", ran.err));
    account.split_once("\n\n").map_or(account, |(account, _)| account)
}

/// Fails where a text lacks one of some parts.
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}
