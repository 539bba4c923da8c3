//! Exact numbers: what is summed and divided is compared as it is, never as it is shown.

use num_rational::BigRational;
use rust_decimal::Decimal;

/// A fraction of two whole numbers of any size.
pub type Exact = BigRational;

/// A decimal number as a fraction.
pub fn exact(number: Decimal) -> Exact {
    let scale = num_bigint::BigInt::from(10).pow(number.scale());
    Exact::new(number.mantissa().into(), scale)
}

/// A whole number as a fraction.
pub fn whole(number: impl Into<num_bigint::BigInt>) -> Exact {
    Exact::from_integer(number.into())
}

/// `part` of `all` as a fraction; none of nothing.
pub fn fraction(part: u64, all: u64) -> Option<Exact> {
    (all > 0).then(|| Exact::new(part.into(), all.into()))
}

/// One end of what a measure can be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum End {
    /// Below any bound.
    Below,
    /// This.
    At(Exact),
    /// Above any bound.
    Above,
}

impl End {
    /// The number, where there is one.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            End::At(number) => Some(number),
            End::Below | End::Above => None,
        }
    }
}
