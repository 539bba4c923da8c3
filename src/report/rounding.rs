//! Exact numbers in figures that never cross a bound.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::calendar::Duration;
use crate::engine::{Exact, exact};
use crate::graph::Quantity;

/// Figures behind the point beyond which nobody counts.
const MOST_DIGITS: u32 = 28;

/// The unit of a value's exact fraction.
pub fn unit(bound: Quantity) -> String {
    match bound {
        Quantity::Percent(_) => "percent".to_owned(),
        Quantity::Number(_) => "number".to_owned(),
        Quantity::Money(money) => money.currency.to_string(),
        Quantity::Time(_) => "seconds".to_owned(),
    }
}

/// A value as a fraction in its unit; time is counted in nanoseconds and told in seconds.
pub fn fraction(value: &Exact, bound: Quantity) -> String {
    match bound {
        Quantity::Time(_) => (value / power(9)).to_string(),
        Quantity::Percent(_) | Quantity::Number(_) | Quantity::Money(_) => value.to_string(),
    }
}

/// `value` in the unit of `bound`, with as many figures as it takes to stand to the bound as it does.
pub fn shown(value: &Exact, bound: Quantity) -> String {
    let limit = exact(bound.amount());
    match bound {
        // Nothing and all of it are bounds too.
        Quantity::Percent(_) => format!("{} %", figures(value, &[&limit, &exact(0.into()), &exact(100.into())], 1)),
        Quantity::Number(_) => without_zeros(figures(value, &[&limit], 2)),
        Quantity::Money(money) => format!("{} {}", figures(value, &[&limit], 2), money.currency),
        Quantity::Time(_) => time(value, &limit),
    }
}

/// A value as it was found, in the unit of `bound`.
pub fn in_full(value: Decimal, bound: Quantity) -> String {
    match bound {
        Quantity::Percent(_) | Quantity::Number(_) => value.normalize().to_string(),
        Quantity::Money(money) => format!("{} {}", value.normalize(), money.currency),
        Quantity::Time(_) => duration(&exact(value)).to_string(),
    }
}

/// How far `value` is from `other`, with a sign.
pub fn distance(value: &Exact, other: Quantity) -> String {
    let apart = value - exact(other.amount());
    let nothing = BigRational::from_integer(0.into());
    let sign = match apart.cmp(&nothing) {
        Ordering::Less => "-",
        Ordering::Equal => return "the same".into(),
        Ordering::Greater => "+",
    };
    let apart = if apart < nothing { -apart } else { apart };
    let much = match other {
        Quantity::Percent(_) => format!("{} points", figures(&apart, &[&nothing], 1)),
        Quantity::Number(_) => without_zeros(figures(&apart, &[&nothing], 2)),
        Quantity::Money(money) => format!("{} {}", figures(&apart, &[&nothing], 2), money.currency),
        Quantity::Time(_) => time(&apart, &nothing),
    };
    format!("{sign}{much}")
}

/// Rounded to the nearest with `digits` behind the point, or with as many as it takes to stand to each of
/// the bounds as it does.
fn figures(value: &Exact, bounds: &[&Exact], digits: u32) -> String {
    let rounded = |digits: u32| (value * power(digits)).round().to_integer();
    let keeps = |digits: &u32| {
        let shown = BigRational::new(rounded(*digits), BigInt::from(10).pow(*digits));
        bounds.iter().all(|bound| shown.cmp(bound) == value.cmp(bound))
    };
    let digits = (digits..MOST_DIGITS).find(keeps).unwrap_or(MOST_DIGITS);
    decimal(&rounded(digits), digits as usize)
}

fn power(digits: u32) -> Exact {
    BigRational::from_integer(BigInt::from(10).pow(digits))
}

fn decimal(scaled: &BigInt, digits: usize) -> String {
    let (sign, all) = match scaled.sign() {
        num_bigint::Sign::Minus => ("-", (-scaled).to_string()),
        _ => ("", scaled.to_string()),
    };
    let all = format!("{all:0>width$}", width = digits + 1);
    match all.split_at_checked(all.len() - digits) {
        Some((before, behind)) if !behind.is_empty() => format!("{sign}{before}.{behind}"),
        _ => format!("{sign}{all}"),
    }
}

fn without_zeros(figures: String) -> String {
    if figures.contains('.') { figures.trim_end_matches('0').trim_end_matches('.').to_owned() } else { figures }
}

/// A time in nanoseconds: to the second, or as fine as it takes.
fn time(nanos: &Exact, limit: &Exact) -> String {
    const UNITS: [i64; 4] = [1_000_000_000, 1_000_000, 1_000, 1];
    let order = nanos.cmp(limit);
    for unit in UNITS {
        let unit = BigRational::from_integer(unit.into());
        let rounded = (nanos / &unit).floor() * &unit;
        let too_coarse = rounded == BigRational::from_integer(0.into()) && *nanos != rounded;
        if rounded.cmp(limit) == order && !too_coarse {
            return duration(&rounded).to_string();
        }
    }
    format!("just over {}", duration(&nanos.floor()))
}

fn duration(nanos: &Exact) -> Duration {
    Duration::from_nanos(i64::try_from(nanos.to_integer()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(part: i64, whole: i64) -> Exact {
        BigRational::new(part.into(), whole.into())
    }

    #[test]
    fn a_value_never_shows_on_the_other_side_of_its_bound() {
        let eighty = Quantity::Percent(80.into());
        assert_eq!(shown(&of(7996, 100), eighty), "79.96 %");
        assert_eq!(shown(&of(500, 12), eighty), "41.7 %");
        assert_eq!(shown(&of(9996, 100), eighty), "99.96 %");
        assert_eq!(shown(&of(80, 1), eighty), "80.0 %");
        assert_eq!(shown(&of(80004, 1000), eighty), "80.004 %");
        let two = Quantity::Percent(2.into());
        assert_eq!(shown(&of(20004, 10000), two), "2.0004 %");
        let fine = Quantity::Percent(Decimal::new(9995, 2));
        assert_eq!(shown(&of(9995, 100), fine), "99.95 %");
        assert_eq!(shown(&of(9996, 100), fine), "99.96 %");
    }

    #[test]
    fn numbers_and_times_show_as_people_say_them() {
        let score = Quantity::Number(Decimal::new(45, 1));
        assert_eq!(shown(&of(45, 10), score), "4.5");
        assert_eq!(shown(&of(13, 3), score), "4.33");
        assert_eq!(shown(&of(-100, 3), Quantity::Number(40.into())), "-33.33");
        let half = Quantity::Time(Duration::from_secs(30));
        assert_eq!(shown(&of(24_700_000_000, 1), half), "24s");
        assert_eq!(shown(&of(30_400_000_000, 1), half), "30.400s");
        assert_eq!(shown(&of(30_000_000_000 * 3 + 1, 3), half), "just over 30s");
        assert_eq!(shown(&of(250_000_000, 1), half), "0.250s");
    }

    #[test]
    fn a_distance_has_a_sign() {
        assert_eq!(distance(&of(785, 10), Quantity::Percent(85.into())), "-6.5 points");
        assert_eq!(distance(&of(45, 10), Quantity::Number(Decimal::new(42, 1))), "+0.3");
        assert_eq!(distance(&of(45, 10), Quantity::Number(Decimal::new(45, 1))), "the same");
    }
}
