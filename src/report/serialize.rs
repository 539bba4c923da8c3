//! What is left out of data.

/// Whether a count is left out of data.
pub(super) fn is_zero(count: &u64) -> bool {
    *count == 0
}
