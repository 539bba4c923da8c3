//! Segments as conditions open them up: those that rest on others, however long the chain.

/// What is known of the segments of a graph.
pub struct Segments {
    /// Whether one is not resolved, or never holds, or always, or is too much to look through: what rests on it is
    /// not told of again.
    pub(super) at_fault: Vec<bool>,
    /// The segment that one is another name for; mostly itself.
    pub(super) meant: Vec<usize>,
}

impl Segments {
    /// The segment that is meant by one, if something can be said of it.
    pub fn sound(&self, segment: usize) -> Option<usize> {
        let meant = *self.meant.get(segment)?;
        self.at_fault.get(meant).is_some_and(|at_fault| !at_fault).then_some(meant)
    }
}
