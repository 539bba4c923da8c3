//! Sets of truths: what a condition may still be when not all that it reads is settled.

use std::ops::{BitOr, Not};

/// Some of the three truths of a condition: true, false, unknown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Truths(u8);

impl Truths {
    /// None of them.
    pub const NONE: Truths = Truths(0);
    /// It holds.
    pub const TRUE: Truths = Truths(1);
    /// It does not hold.
    pub const FALSE: Truths = Truths(2);
    /// It cannot be told.
    pub const UNKNOWN: Truths = Truths(4);

    /// The truths that are not among these.
    pub fn others(self) -> Truths {
        Truths(7 & !self.0)
    }

    /// Whether all of these are among the others.
    pub fn are_among(self, others: Truths) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether some are among the others.
    pub fn meet(self, others: Truths) -> bool {
        self.0 & others.0 != 0
    }

    /// What both together may be (Kleene): the lesser of the two, false before unknown before true.
    pub fn and(self, other: Truths) -> Truths {
        let both = self.0 | other.0;
        let all_true = self.0 & other.0 & Self::TRUE.0;
        let settled = both & Self::FALSE.0;
        let unknown = (self.meet(Self::UNKNOWN) && !other.are_among(Self::FALSE))
            || (other.meet(Self::UNKNOWN) && !self.are_among(Self::FALSE));
        Truths(all_true | settled | if unknown { Self::UNKNOWN.0 } else { 0 })
    }

    /// What at least one of the two may be.
    pub fn or(self, other: Truths) -> Truths {
        !(!self).and(!other)
    }
}

impl From<bool> for Truths {
    fn from(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }
}

impl BitOr for Truths {
    type Output = Truths;

    fn bitor(self, other: Truths) -> Truths {
        Truths(self.0 | other.0)
    }
}

impl Not for Truths {
    type Output = Truths;

    /// What the opposite may be.
    fn not(self) -> Truths {
        let (holds, fails) = (self.0 & Self::TRUE.0, self.0 & Self::FALSE.0);
        Truths((self.0 & Self::UNKNOWN.0) | (holds << 1) | (fails >> 1))
    }
}
