//! What a log may say: types, values, and the fields and events that standards and logs share.
//!
//! The graph builds a [`Vocabulary`] from `case` and `event` declarations; the log is read by it;
//! the engine computes with its values. No other words pass between them.

mod kind;
mod value;
mod words;

pub use kind::Kind;
pub use value::{Currency, Money, Reading, Value};
pub use words::{Anchor, CancelledAs, Comparison, LimitScope, Statistic, Times, Unit};

use rust_decimal::Decimal;

use crate::calendar::Zone;

/// The type of a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Type {
    /// Any text.
    Text,
    /// A decimal number.
    Number,
    /// A number between two bounds, both included (`1..5`).
    Range(Decimal, Decimal),
    /// `true` or `false`.
    Bool,
    /// An amount in a currency.
    Money,
    /// Exact time (`2h30m`).
    Duration,
    /// An instant.
    Time,
    /// A calendar date.
    Date,
    /// The name of a role.
    Role,
    /// One of a list of names; ordered (`low < high`) or not (`one of (a, b)`).
    Choice {
        /// Whether the list says which is more.
        ordered: bool,
        /// The names, least first.
        values: Vec<String>,
    },
}

impl Type {
    /// The type as the language spells it.
    pub fn spelling(&self) -> String {
        match self {
            Type::Text => "text".into(),
            Type::Number => "number".into(),
            Type::Range(least, most) => format!("{least}..{most}"),
            Type::Bool => "bool".into(),
            Type::Money => "money".into(),
            Type::Duration => "duration".into(),
            Type::Time => "time".into(),
            Type::Date => "date".into(),
            Type::Role => "role".into(),
            Type::Choice { ordered: true, values } => values.join(" < "),
            Type::Choice { ordered: false, values } => format!("one of ({})", values.join(", ")),
        }
    }

    /// Whether values of this type have an order that `is at least` can ask for.
    pub fn is_ordered(&self) -> bool {
        !matches!(self, Type::Text | Type::Bool | Type::Role | Type::Choice { ordered: false, .. })
    }
}

/// A field of the case or of an event.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name; a case field may be a path (`customer.tier`).
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Whether it says at which touchpoint something happens: its values are their names.
    pub is_touchpoint: bool,
    /// Whether the log may leave it out (`?`).
    pub optional: bool,
    /// Whether no output may show it.
    pub private: bool,
}

/// An event that a log may hold.
#[derive(Clone, PartialEq, Debug)]
pub struct EventKind {
    /// Its dotted name (`ticket.opened`).
    pub name: String,
    /// Its own fields, in the order declared.
    pub fields: Vec<Field>,
    /// Whether it may stand in a log without a case of its own: it reaches cases by a field, or only
    /// whole levels speak of it.
    pub stands_alone: bool,
}

/// Everything that a log may say.
#[derive(Clone, PartialEq, Debug)]
pub struct Vocabulary {
    /// Fields of the case.
    pub case_fields: Vec<Field>,
    /// Kinds of events.
    pub events: Vec<EventKind>,
    /// Names of the roles.
    pub roles: Vec<String>,
    /// The currency of an amount that names none.
    pub currency: Option<Currency>,
    /// The zone of the service, for what people read.
    pub zone: Zone,
}

impl Vocabulary {
    /// The index of the event called `name`.
    pub fn event(&self, name: &str) -> Option<usize> {
        self.events.iter().position(|event| event.name == name)
    }

    /// The index of the case field called `name`.
    pub fn case_field(&self, name: &str) -> Option<usize> {
        self.case_fields.iter().position(|field| field.name == name)
    }
}

impl EventKind {
    /// The index of the field called `name`.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}
