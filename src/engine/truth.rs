//! Conditions over what is known: true, false, or unknown (Kleene's three values).

use crate::calendar::Instant;
use crate::graph::{Comparison, Condition, Graph, Operand};
use crate::log::{Event, Place};
use crate::vocabulary::{Reading, Value};

/// Three-valued truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A field that decides it is missing or malformed.
    Unknown,
}

impl Truth {
    /// Both.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// At least one of the two.
    pub fn or(self, other: Truth) -> Truth {
        self.not().and(other.not()).not()
    }

    /// True where nothing stands against it, else unknown.
    pub fn from_doubts<T>(doubts: &[T]) -> Truth {
        if doubts.is_empty() { Truth::True } else { Truth::Unknown }
    }

    /// The opposite.
    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

/// An event as the source of the fields of its own sentence.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// Its kind.
    pub kind: usize,
    /// Its fields.
    pub fields: &'a [Reading],
    /// The log line that says so, where it is one.
    pub place: Option<Place>,
}

impl<'a> From<&'a Event> for Own<'a> {
    fn from(event: &'a Event) -> Self {
        Self { kind: usize::from(event.kind), fields: &event.fields, place: Some(event.place) }
    }
}

/// Everything that a condition may read.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Names and types.
    pub graph: &'a Graph,
    /// The case's fields as they stand.
    pub case: &'a [Reading],
    /// The log line that each of them has stood so since.
    pub said_in: &'a [Option<Place>],
    /// The latest event of each kind, by kind.
    pub latest: &'a [Latest<'a>],
    /// The event of the sentence.
    pub own: Option<Own<'a>>,
    /// When what the sentence speaks of started.
    pub started: Option<Instant>,
    /// What the case shows of a breach, by the index of the fact; none where no breach is spoken of.
    pub shown: &'a [Reading],
}

/// What was decided of segments that rest on others, by segment, while one condition is looked at; empty as long as
/// there are none.
#[derive(Default)]
struct Decided(Vec<Option<Truth>>);

/// The latest event of a kind in a case.
#[derive(Clone, Copy, Default, Debug)]
pub enum Latest<'a> {
    /// There is none.
    #[default]
    None,
    /// This one.
    Told(&'a Event),
    /// This one, if it happened: it is not to be trusted.
    Untold(&'a Event),
}

const MISSING: &Reading = &Reading::Missing;
const UNTOLD: &Reading = &Reading::Untold;

impl<'a> Facts<'a> {
    /// The same facts, in a sentence about `own`.
    pub fn about(self, own: impl Into<Own<'a>>) -> Self {
        Self { own: Some(own.into()), ..self }
    }

    /// The same facts, in a sentence about something that started at `at`.
    pub fn started(self, at: Instant) -> Self {
        Self { started: Some(at), ..self }
    }

    /// The same facts, in a sentence about a breach of which the case shows this.
    pub fn showing(self, shown: &'a [Reading]) -> Self {
        Self { shown, ..self }
    }

    /// What the log said of a field, or the case shows.
    pub fn read(&self, operand: &Operand) -> &'a Reading {
        let found = match operand {
            Operand::Case(field) => self.case.get(*field),
            Operand::Own(slots) => {
                let own = self.own.filter(|own| slots.iter().any(|(kind, _)| *kind == own.kind));
                match (own, slots.as_slice()) {
                    (Some(own), slots) => {
                        slots.iter().find(|(kind, _)| *kind == own.kind).and_then(|(_, slot)| own.fields.get(*slot))
                    }
                    // `priority of opened` where another event began: the latest such event.
                    (None, [(kind, slot)]) => self.latest_field(*kind, *slot),
                    (None, _) => None,
                }
            }
            Operand::Latest(kind, slot) => self.latest_field(*kind, *slot),
            Operand::Fact(fact) => self.shown.get(*fact),
            Operand::Here => self.here(),
        };
        found.unwrap_or(MISSING)
    }

    /// The log line that says so: none where nothing is said, or nothing of the log says it alone.
    pub fn place_of(&self, operand: &Operand) -> Option<Place> {
        match operand {
            _ if matches!(self.read(operand), Reading::Missing) => None,
            Operand::Case(field) => self.said_in.get(*field).copied().flatten(),
            Operand::Own(slots) => match self.own.filter(|own| slots.iter().any(|(kind, _)| *kind == own.kind)) {
                Some(own) => own.place,
                None => slots.first().and_then(|(kind, _)| self.place_of_latest(*kind)),
            },
            Operand::Latest(kind, _) => self.place_of_latest(*kind),
            Operand::Fact(_) => None,
            Operand::Here => self.place_of_here(),
        }
    }

    /// Where the event of the sentence happens, or the case is.
    fn here(&self) -> Option<&'a Reading> {
        let places = &self.graph.places;
        match self.own.filter(|own| places.is_own(own.kind)) {
            Some(own) => places.of_event(own.kind).read(own.fields),
            None => places.of_case.read(self.case),
        }
    }

    fn place_of_here(&self) -> Option<Place> {
        let places = &self.graph.places;
        match self.own.filter(|own| places.is_own(own.kind)) {
            Some(own) => own.place,
            None => self.said_in.get(places.of_case.field()?).copied().flatten(),
        }
    }

    fn place_of_latest(&self, kind: usize) -> Option<Place> {
        match self.latest.get(kind)? {
            Latest::None => None,
            Latest::Told(event) | Latest::Untold(event) => Some(event.place),
        }
    }

    /// A field of the latest event of a kind.
    fn latest_field(&self, kind: usize, slot: usize) -> Option<&'a Reading> {
        match self.latest.get(kind)? {
            Latest::None => None,
            Latest::Told(event) => event.fields.get(slot),
            Latest::Untold(_) => Some(UNTOLD),
        }
    }

    /// Whether a condition holds.
    pub fn truth(&self, condition: &Condition) -> Truth {
        self.truth_of(condition, &mut Decided::default())
    }

    fn truth_of(&self, condition: &Condition, decided: &mut Decided) -> Truth {
        match condition {
            Condition::All(parts) => self.until(parts, (Truth::True, Truth::False), Truth::and, decided),
            Condition::Any(parts) => self.until(parts, (Truth::False, Truth::True), Truth::or, decided),
            Condition::Not(inner) => self.truth_of(inner, decided).not(),
            Condition::Segment(segment) => self.belongs(*segment, decided),
            Condition::IsTrue(field) => match self.read(field).known() {
                Some(Value::Bool(value)) => Truth::from(*value),
                _ => Truth::Unknown,
            },
            Condition::Known(field) => match self.read(field) {
                Reading::Known(_) => Truth::True,
                Reading::Missing => Truth::False,
                // Something stands there: whether it is a value cannot be told.
                Reading::Malformed(_) | Reading::Untold => Truth::Unknown,
            },
            Condition::Compare(field, comparison, value) => match self.read(field).known() {
                Some(known) => compare(known, *comparison, value),
                None => Truth::Unknown,
            },
            Condition::OneOf(field, values) => match self.read(field).known() {
                Some(known) => {
                    values.iter().fold(Truth::False, |so_far, value| so_far.or(compare(known, Comparison::Is, value)))
                }
                None => Truth::Unknown,
            },
            Condition::StartedIn(period) => self.started_in(*period),
        }
    }

    /// Whether the case belongs to a segment: one that rests on others is decided once, however often it is named.
    fn belongs(&self, segment: usize, decided: &mut Decided) -> Truth {
        let Some(declared) = self.graph.segments.get(segment) else { return Truth::Unknown };
        // It speaks of the case, whatever the sentence is about.
        let of_case = Facts { own: None, ..*self };
        if !declared.rests_on_others {
            return of_case.truth_of(&declared.condition, decided);
        }
        if let Some(known) = decided.0.get(segment).copied().flatten() {
            return known;
        }
        let truth = of_case.truth_of(&declared.condition, decided);
        decided.0.resize(self.graph.segments.len(), None);
        if let Some(known) = decided.0.get_mut(segment) {
            *known = Some(truth);
        }
        truth
    }

    /// Whether what the sentence speaks of started in a period.
    fn started_in(&self, period: usize) -> Truth {
        let period = self.graph.periods.get(period);
        match self.started.zip(period) {
            Some((at, period)) => Truth::from(period.spans.iter().any(|(from, to)| *from <= at && at < *to)),
            None => Truth::Unknown,
        }
    }

    /// Parts joined one by one, until one of them settles it.
    fn until(
        &self,
        parts: &[Condition],
        (none, settled): (Truth, Truth),
        join: fn(Truth, Truth) -> Truth,
        decided: &mut Decided,
    ) -> Truth {
        let mut so_far = none;
        for part in parts {
            so_far = join(so_far, self.truth_of(part, decided));
            if so_far == settled {
                break;
            }
        }
        so_far
    }

    /// Whether a condition holds; no condition always does.
    pub fn holds(&self, condition: Option<&Condition>) -> Truth {
        condition.map_or(Truth::True, |condition| self.truth(condition))
    }
}

/// Two amounts in two currencies do not compare: unknown.
fn compare(known: &Value, comparison: Comparison, value: &Value) -> Truth {
    match known.compare(value) {
        Some(order) => Truth::from(comparison.holds(order)),
        None => Truth::Unknown,
    }
}
