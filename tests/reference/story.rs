//! What the small worlds have in common: a log of a few kinds of events, conditions that may be
//! unknown, and how a person would write both.

use std::fmt::{self, Display, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mot::graph::Graph;
use mot::log::{self, Log, Place};
use mot::vocabulary::{Reading, Type, Value as Known};

use super::bridge;
use super::model::{Minute, ROLES};

/// Everything that happened, in the order of the log.
#[derive(Clone, Default)]
pub struct Story {
    pub events: Vec<Event>,
}

/// The case of an event that stands alone.
pub const NO_CASE: usize = usize::MAX;

/// Something that happened in a case.
#[derive(Clone, Debug)]
pub struct Event {
    pub at: Minute,
    pub case: usize,
    /// The case in the log, where a party is taken for one case.
    pub in_case: usize,
    pub kind: &'static str,
    /// The event's own fields; what is not here is missing.
    pub own: Fields,
    /// What the row says of the case.
    pub of_case: Fields,
    pub actor: Option<usize>,
    pub role: Option<usize>,
    /// Only an event that the rules themselves brought about can be unsure.
    pub sure: bool,
}

pub type Fields = Vec<(&'static str, Value)>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    Yes(bool),
    Number(i64),
    /// Text, or a name of an enumeration.
    Word(&'static str),
}

/// Yes, no, or none of both can be told.
pub type Truth = Option<bool>;

#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    Test(Operand, Relation),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Operand {
    /// A field of the event of the sentence.
    Own(&'static str),
    /// A field of the case, as it stands.
    Case(&'static str),
    /// `score of surveyed`: of the latest such event.
    Latest(&'static str, &'static str),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Relation {
    Known,
    Unknown,
    Is(Value),
    IsNot(Value),
    AtLeast(Value),
    AtMost(Value),
    In(Value, Value),
}

/// Any of a few kinds of events, each perhaps under a condition.
pub type Triggers = Vec<Trigger>;

#[derive(Clone, Debug)]
pub struct Trigger {
    pub kind: &'static str,
    pub filter: Option<Condition>,
}

/// True if one is, else unknown if one is.
pub fn any_true(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Some(true)) {
        Some(true)
    } else if truths.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// False if one is, else unknown if one is.
pub fn all_true(truths: impl IntoIterator<Item = Truth>) -> Truth {
    any_true(truths.into_iter().map(not)).map(|any| !any)
}

pub fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

/// The fields that say something.
pub fn given<const N: usize>(fields: [(&'static str, Option<Value>); N]) -> Fields {
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

impl Story {
    /// Events of which each comes so long after the one before it.
    pub fn follow(origin: Minute, events: Vec<(Minute, Event)>) -> Story {
        let mut now = origin;
        let follow = |(gap, event): (Minute, Event)| {
            now += gap;
            Event { at: now, ..event }
        };
        Story { events: events.into_iter().map(follow).collect() }
    }

    /// The story up to an instant, which belongs to it.
    pub fn until(&self, as_of: Minute) -> Story {
        Story { events: self.events.iter().filter(|event| event.at <= as_of).cloned().collect() }
    }

    /// The cases, by their first events.
    pub fn cases(&self) -> Vec<usize> {
        let mut cases = Vec::new();
        for event in &self.events {
            if event.case != NO_CASE && !cases.contains(&event.case) {
                cases.push(event.case);
            }
        }
        cases
    }

    /// The positions of a case's events.
    pub fn of_case(&self, case: usize) -> Vec<usize> {
        (0..self.events.len()).filter(|position| self.events[*position].case == case).collect()
    }

    /// What a case field says right after the event at `position`: an empty cell keeps the old value.
    pub fn standing(&self, position: usize, case: usize, field: &str) -> Option<Value> {
        let events = self.events[..=position].iter().rev().filter(|event| event.case == case);
        events.into_iter().find_map(|event| event.of_case(field))
    }

    /// The latest event of a kind, up to the event at `position`.
    fn latest_event(&self, position: usize, kind: &str) -> Option<&Event> {
        let case = self.events[position].case;
        self.events[..=position].iter().rev().find(|event| event.case == case && event.kind == kind)
    }

    /// Whether the event at `position` is one of those.
    pub fn is_any(&self, position: usize, triggers: &[Trigger]) -> Truth {
        let event = &self.events[position];
        any_true(triggers.iter().filter(|trigger| trigger.kind == event.kind).map(|trigger| {
            let happened = if event.sure { Some(true) } else { None };
            let filter = trigger.filter.as_ref().map_or(Some(true), |filter| self.holds(filter, position));
            all_true([happened, filter])
        }))
    }

    /// Whether a condition holds right after the event at `position`, whose own fields it may read.
    pub fn holds(&self, condition: &Condition, position: usize) -> Truth {
        match condition {
            Condition::All(parts) => all_true(parts.iter().map(|part| self.holds(part, position))),
            Condition::Any(parts) => any_true(parts.iter().map(|part| self.holds(part, position))),
            Condition::Not(inner) => not(self.holds(inner, position)),
            Condition::Test(operand, relation) => {
                let event = &self.events[position];
                let is_told = match *operand {
                    Operand::Own(_) => event.sure,
                    Operand::Case(_) => true,
                    Operand::Latest(_, kind) => self.latest_event(position, kind).is_none_or(|latest| latest.sure),
                };
                if !is_told {
                    return None;
                }
                relation.of(match *operand {
                    Operand::Own(field) => event.own(field),
                    Operand::Case(field) => self.standing(position, event.case, field),
                    Operand::Latest(field, kind) => {
                        self.latest_event(position, kind).and_then(|event| event.own(field))
                    }
                })
            }
        }
    }
}

impl Event {
    /// What the rules themselves bring about has no fields of its own.
    pub fn brought_about(at: Minute, case: usize, kind: &'static str) -> Event {
        let (own, of_case) = (Vec::new(), Vec::new());
        Event { at, case, in_case: case, kind, own, of_case, actor: None, role: None, sure: true }
    }

    pub fn own(&self, field: &str) -> Option<Value> {
        self.own.iter().find(|(name, _)| *name == field).map(|(_, value)| *value)
    }

    pub fn of_case(&self, field: &str) -> Option<Value> {
        self.of_case.iter().find(|(name, _)| *name == field).map(|(_, value)| *value)
    }
}

impl Relation {
    pub fn of(self, value: Option<Value>) -> Truth {
        match self {
            Relation::Known => Some(value.is_some()),
            Relation::Unknown => Some(value.is_none()),
            Relation::Is(other) => Some(value? == other),
            Relation::IsNot(other) => Some(value? != other),
            Relation::AtLeast(least) => Some(value? >= least),
            Relation::AtMost(most) => Some(value? <= most),
            Relation::In(one, other) => Some([one, other].contains(&value?)),
        }
    }
}

// ── As people write it ──

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Yes(yes) => write!(f, "{yes}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Word(word) => f.write_str(word),
        }
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Own(field) | Operand::Case(field) => f.write_str(field),
            Operand::Latest(field, kind) => write!(f, "{field} of {kind}"),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Condition], word: &str| {
            parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(word)
        };
        match self {
            Condition::All(parts) => f.write_str(&joined(parts, " and ")),
            Condition::Any(parts) => f.write_str(&joined(parts, " or ")),
            Condition::Not(inner) => write!(f, "not ({inner})"),
            Condition::Test(operand, relation) => match relation {
                Relation::Known => write!(f, "{operand} is known"),
                Relation::Unknown => write!(f, "{operand} is unknown"),
                Relation::Is(value) => write!(f, "{operand} is {value}"),
                Relation::IsNot(value) => write!(f, "{operand} is not {value}"),
                Relation::AtLeast(value) => write!(f, "{operand} is at least {value}"),
                Relation::AtMost(value) => write!(f, "{operand} is at most {value}"),
                Relation::In(one, other) => write!(f, "{operand} in ({one}, {other})"),
            },
        }
    }
}

/// As in `opened or answered where (fit is true)`.
pub fn words(triggers: &[Trigger]) -> String {
    let words = triggers.iter().map(|trigger| match &trigger.filter {
        Some(filter) => format!("{} where ({filter})", trigger.kind),
        None => trigger.kind.to_owned(),
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// The roles, from the lowest.
pub fn roles() -> String {
    let mut text = String::new();
    for (index, role) in ROLES.iter().enumerate() {
        let leads = index.checked_sub(1).map(|below| format!(" leads {}", ROLES[below])).unwrap_or_default();
        writeln!(text, "role {role}{leads}").unwrap();
    }
    text
}

pub fn local(minute: Minute, zone: &str) -> String {
    let local = Timestamp::from_second(minute * 60).unwrap().to_zoned(TimeZone::get(zone).unwrap());
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Standards and a log as `tests/eval` has them, so that what the two evaluators see differently is a
/// case at once.
pub fn told(standards: &str, story: &Story, zone: &str, as_of: Option<Minute>) -> String {
    let mut text = format!("\n{standards}\n--- log\n");
    for event in &story.events {
        let case = if event.case == NO_CASE { "-".to_owned() } else { bridge::case_name(event.case) };
        write!(text, "{} {case} {}", local(event.at, zone), event.kind).unwrap();
        for (name, value) in event.own.iter().chain(&event.of_case) {
            write!(text, " {name}={}", value.to_string().replace(' ', "_")).unwrap();
        }
        if let Some(actor) = event.actor {
            write!(text, " by {}", person(actor)).unwrap();
        }
        if let Some(role) = event.role {
            write!(text, " as {}", ROLES[role]).unwrap();
        }
        text += "\n";
    }
    if let Some(as_of) = as_of {
        writeln!(text, "--- as of {}", local(as_of, zone)).unwrap();
    }
    text
}

fn person(actor: usize) -> String {
    format!("person-{actor}")
}

/// The log as the engine takes it, by the vocabulary of the standards.
pub fn log_of(story: &Story, graph: &Graph) -> Log {
    let order = story.cases();
    let number = |case: usize| {
        let number = order.iter().position(|known| *known == case);
        number.map_or(log::Event::NO_CASE, |number| u32::try_from(number).unwrap())
    };
    let events = (2..).zip(&story.events).map(|(line, event)| log_event(event, number(event.case), line, graph));
    let cases = order.iter().map(|case| bridge::case_name(*case).into()).collect();
    Log { cases, events: events.collect(), ..Log::default() }
}

fn log_event(event: &Event, case: u32, line: u64, graph: &Graph) -> log::Event {
    let vocabulary = &graph.vocabulary;
    let kind = vocabulary.event(event.kind).unwrap();
    let fields = vocabulary.events[kind].fields.iter();
    let reading = |value: Option<Value>, kind: &Type| value.map_or(Reading::Missing, |value| value.reading(kind));
    let of_case = event.of_case.iter().map(|(name, value)| {
        let field = vocabulary.case_field(name).unwrap();
        (u16::try_from(field).unwrap(), value.reading(&vocabulary.case_fields[field].kind))
    });
    log::Event {
        time: bridge::instant(event.at),
        case,
        kind: u16::try_from(kind).unwrap(),
        fields: fields.map(|field| reading(event.own(&field.name), &field.kind)).collect(),
        case_fields: of_case.collect(),
        actor: event.actor.map(|actor| person(actor).into()),
        role: event.role.map_or(Reading::Missing, |role| Reading::Known(Known::Role(role))),
        place: Place { source: 0, line, position: 0 },
    }
}

impl Value {
    fn reading(self, kind: &Type) -> Reading {
        Reading::Known(match self {
            Value::Yes(yes) => Known::Bool(yes),
            Value::Number(number) => Known::Number(number.into()),
            Value::Word(word) => return Reading::parse(word, kind, None),
        })
    }
}
