//! Business time (placeholder while the room is built).
/// Nanoseconds of UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(i64);
/// Exact time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Duration(i64);
impl Duration {
    /// Reads `2h30m`.
    pub fn parse(_text: &str) -> Option<Self> {
        None
    }
}
/// A zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone;
impl Instant {
    /// From nanoseconds.
    pub fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }
    /// As nanoseconds.
    pub fn as_nanos(self) -> i64 {
        self.0
    }
}
