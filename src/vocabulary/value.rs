//! Values and how they read and compare.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Type;
use crate::calendar::{Duration, Instant};

/// A currency by its three capital letters (ISO 4217).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Currency([u8; 3]);

/// The active codes of ISO 4217 (list one, 2024), so that `200 ABC` is found where it stands.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN \
BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF \
GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL \
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

impl Currency {
    /// The currency of that code; `None` if ISO 4217 has no such code.
    pub fn new(code: &str) -> Option<Self> {
        let known = CURRENCIES.split_ascii_whitespace().any(|known| known == code);
        let letters = code.as_bytes().try_into().ok()?;
        known.then_some(Self(letters))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

/// An amount of money. Amounts of two currencies never compare.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// The most that an amount of a log or a standard may be, either way: a sum of more rows than a disk holds stays
    /// within what a [`Decimal`] counts exactly.
    pub const MOST: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// A value that a field can hold.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Text.
    Text(Arc<str>),
    /// A number.
    Number(Decimal),
    /// Yes or no.
    Bool(bool),
    /// Money.
    Money(Money),
    /// Exact time.
    Duration(Duration),
    /// An instant.
    Time(Instant),
    /// A date.
    Date(Date),
    /// A role, by its index in the vocabulary.
    Role(usize),
    /// One of a list, by its index in the type.
    Choice(usize),
}

impl Value {
    /// How two values of one type stand to each other; `None` for values that do not compare
    /// (two types, two currencies).
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Money(a), Value::Money(b)) if a.currency == b.currency => Some(a.amount.cmp(&b.amount)),
            (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
            (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Role(a), Value::Role(b)) | (Value::Choice(a), Value::Choice(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// What a log said of a field.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Reading {
    /// Nothing: an empty cell, or a sentinel of missing.
    #[default]
    Missing,
    /// Something that is not of the field's type, as it stood.
    Malformed(Arc<str>),
    /// Nobody can tell: what says it is not to be trusted.
    Untold,
    /// A value.
    Known(Value),
}

impl Reading {
    /// The value, if there is one.
    pub fn known(&self) -> Option<&Value> {
        match self {
            Reading::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The role that it names, by its index, if it is one.
    pub fn role(&self) -> Option<usize> {
        match self.known() {
            Some(Value::Role(role)) => Some(*role),
            _ => None,
        }
    }

    /// Reads the text of a cell as a value of type `kind`, but for times (a time needs the log's
    /// formats and zone) and roles (a role needs the vocabulary): those are the reader's to make.
    ///
    /// A bare amount takes `currency`; with none, money must name its own.
    pub fn parse(text: &str, kind: &Type, currency: Option<Currency>) -> Reading {
        let value = match kind {
            Type::Text => Some(Value::Text(text.into())),
            Type::Number => Decimal::from_str(text).ok().map(Value::Number),
            Type::Range(least, most) => {
                Decimal::from_str(text).ok().filter(|number| number >= least && number <= most).map(Value::Number)
            }
            Type::Bool => parse_bool(text).map(Value::Bool),
            Type::Money => parse_money(text, currency).map(Value::Money),
            Type::Duration => Duration::parse(text).map(Value::Duration),
            Type::Date => Date::from_str(text).ok().map(Value::Date),
            Type::Choice { values, .. } => values.iter().position(|value| value == text).map(Value::Choice),
            Type::Time | Type::Role => None,
        };
        value.map_or_else(|| Reading::Malformed(text.into()), Reading::Known)
    }
}

fn parse_bool(text: &str) -> Option<bool> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "true" | "yes" | "y" | "1" | "是" => Some(true),
        "false" | "no" | "n" | "0" | "否" => Some(false),
        _ => None,
    }
}

fn parse_money(text: &str, currency: Option<Currency>) -> Option<Money> {
    let mut words = text.split_whitespace();
    let amount = Decimal::from_str(words.next()?).ok().filter(|amount| amount.abs() <= Money::MOST)?;
    let currency = match words.next() {
        Some(code) => Currency::new(code),
        None => currency,
    };
    words.next().is_none().then_some(Money { amount, currency: currency? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_of_two_currencies_never_compares() {
        let yuan = parse_money("200 CNY", None).map(Value::Money).unwrap();
        let euro = parse_money("100", Currency::new("EUR")).map(Value::Money).unwrap();
        assert_eq!(yuan.compare(&euro), None);
    }

    #[test]
    fn three_capitals_are_not_enough_for_a_currency() {
        assert!(Currency::new("CNY").is_some());
        assert!(Currency::new("ABC").is_none());
    }

    #[test]
    fn a_number_out_of_range_is_malformed_not_missing() {
        let score = Type::Range(1.into(), 5.into());
        assert_eq!(Reading::parse("7", &score, None), Reading::Malformed("7".into()));
    }
}
