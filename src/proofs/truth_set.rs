//! Sets of truths: what a condition may still be when not all that it reads is settled.

use std::ops::{BitOr, Not};

/// Some of the three truths of a condition: true, false, unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TruthSet(u8);

impl TruthSet {
    /// None of them.
    pub const NONE: TruthSet = TruthSet(0);
    /// It holds.
    pub const TRUE: TruthSet = TruthSet(1);
    /// It does not hold.
    pub const FALSE: TruthSet = TruthSet(2);
    /// It cannot be told.
    pub const UNKNOWN: TruthSet = TruthSet(4);

    /// The truths that are not among these.
    pub fn others(self) -> TruthSet {
        TruthSet(7 & !self.0)
    }

    /// Whether all of these are among the others.
    pub fn are_among(self, others: TruthSet) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether some are among the others.
    pub fn meet(self, others: TruthSet) -> bool {
        self.0 & others.0 != 0
    }

    /// What both together may be (Kleene): the lesser of the two, false before unknown before true.
    pub fn and(self, other: TruthSet) -> TruthSet {
        let both = self.0 | other.0;
        let all_true = self.0 & other.0 & Self::TRUE.0;
        let settled = both & Self::FALSE.0;
        let unknown = (self.meet(Self::UNKNOWN) && !other.are_among(Self::FALSE))
            || (other.meet(Self::UNKNOWN) && !self.are_among(Self::FALSE));
        TruthSet(all_true | settled | if unknown { Self::UNKNOWN.0 } else { 0 })
    }

    /// What at least one of the two may be.
    pub fn or(self, other: TruthSet) -> TruthSet {
        !(!self).and(!other)
    }
}

impl From<bool> for TruthSet {
    fn from(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }
}

impl BitOr for TruthSet {
    type Output = TruthSet;

    fn bitor(self, other: TruthSet) -> TruthSet {
        TruthSet(self.0 | other.0)
    }
}

impl Not for TruthSet {
    type Output = TruthSet;

    /// What the opposite may be.
    fn not(self) -> TruthSet {
        let (holds, fails) = (self.0 & Self::TRUE.0, self.0 & Self::FALSE.0);
        TruthSet((self.0 & Self::UNKNOWN.0) | (holds << 1) | (fails >> 1))
    }
}
