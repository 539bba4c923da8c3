//! Where things happen: how it is told of an event, or a case.

use crate::vocabulary::{Field, Reading, Type, Value};

/// Where things happen, as far as declarations and fields tell.
#[derive(Clone, PartialEq, Debug)]
pub struct Places {
    /// The names of all touchpoints, and behind them of all moments: where something happens is one of them.
    pub kind: Type,
    /// Of each kind of event.
    pub of_events: Vec<Told>,
    /// Of a case, and of events that do not tell it themselves.
    pub of_case: Told,
}

/// What tells where something happens.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// `event E at PLACE`: always there.
    Always(Reading),
    /// A field of type `touchpoint`, by its index.
    Field(usize),
    /// The field `channel`, by its index; of each of its values, the only touchpoint of that channel.
    Channel(usize, Vec<Reading>),
}

impl Default for Places {
    fn default() -> Self {
        Self {
            kind: Type::Choice { ordered: false, values: Vec::new() },
            of_events: Vec::new(),
            of_case: Told::Nothing,
        }
    }
}

impl Places {
    /// What tells where an event happens: its own, or else the case's.
    pub fn of_event(&self, kind: usize) -> &Told {
        self.of_events.get(kind).filter(|told| **told != Told::Nothing).unwrap_or(&self.of_case)
    }

    /// What tells it, in words: two that say the same tell alike.
    pub fn said_of(&self, fields: &[Field], told: &Told) -> String {
        let name = |reading: &Reading| match (reading.known(), &self.kind) {
            (Some(Value::Choice(place)), Type::Choice { values, .. }) => {
                values.get(*place).cloned().unwrap_or_default()
            }
            _ => String::new(),
        };
        let field = told.field().and_then(|field| fields.get(field)).map(|field| field.name.clone());
        let field = field.unwrap_or_default();
        match told {
            Told::Nothing => String::new(),
            Told::Always(place) => format!("at {}", name(place)),
            Told::Field(_) => field,
            Told::Channel(_, places) => format!("{field}: {}", places.iter().map(name).collect::<Vec<_>>().join(", ")),
        }
    }

    /// Whether an event tells it itself.
    pub fn is_own(&self, kind: usize) -> bool {
        self.of_events.get(kind).is_some_and(|told| *told != Told::Nothing)
    }
}

impl Told {
    /// The field that it reads.
    pub fn field(&self) -> Option<usize> {
        match self {
            Told::Field(field) | Told::Channel(field, _) => Some(*field),
            Told::Nothing | Told::Always(_) => None,
        }
    }

    /// Where it happens, by what the fields say.
    pub fn read<'r>(&'r self, fields: &'r [Reading]) -> Option<&'r Reading> {
        match self {
            Told::Nothing => None,
            Told::Always(place) => Some(place),
            Told::Field(field) => fields.get(*field),
            Told::Channel(field, places) => {
                let channel = fields.get(*field)?;
                match channel.known() {
                    Some(Value::Choice(value)) => places.get(*value),
                    _ => Some(channel),
                }
            }
        }
    }
}
