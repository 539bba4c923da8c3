//! What the random tests speak of: one standard, its calendars, its escalation, and a log.

use jiff::civil::Date;

/// A minute of UTC, counted from 1970.
pub type Minute = i64;

/// One standard and everything that bears on it.
#[derive(Clone)]
pub struct World {
    /// The zone of the service.
    pub zone: &'static str,
    pub calendars: Vec<Calendar>,
    /// The condition of the segment `special`.
    pub special: Condition,
    pub standard: Standard,
    pub escalation: Vec<Level>,
    /// The events of each case, in the order of the log.
    pub cases: Vec<Vec<Event>>,
    pub as_of: Option<Minute>,
}

/// A weekly plan and the dates that differ from it.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub zone: &'static str,
    /// Monday first.
    pub weekdays: [Day; 7],
    /// No date is in `closed` and in `opened`.
    pub closed: Vec<Date>,
    pub opened: Vec<(Date, Vec<Hours>)>,
    /// A minute of the day.
    pub received_after: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Day {
    pub hours: Vec<Hours>,
    pub working: bool,
}

/// From and to a minute of the day; past midnight if it ends no later than it begins.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    pub opens: i64,
    pub closes: i64,
}

/// Who counts, from what to what, and how much.
#[derive(Clone, Debug)]
pub struct Standard {
    pub delay: Option<Minute>,
    pub starts: Vec<Trigger>,
    pub stops: Vec<Trigger>,
    pub cancels: Vec<Trigger>,
    pub pauses: Vec<Pause>,
    pub restarts: Vec<Trigger>,
    pub reopen: Option<Reopen>,
    pub first: bool,
    pub per_leg: bool,
    /// A table of calendars, first match wins; empty is the wall clock.
    pub counting: Vec<(usize, Option<Condition>)>,
    pub targets: Vec<(Promise, Option<Condition>)>,
    /// Whole percents.
    pub warn: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Pause {
    pub on: Vec<Trigger>,
    pub resume: Vec<Trigger>,
}

#[derive(Clone, Debug)]
pub struct Reopen {
    pub on: Vec<Trigger>,
    pub within: Option<Limit>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Limit {
    Exact(Minute),
    WorkingDays(i64),
    /// Moved to the next open day of a calendar, if one is named.
    CalendarDays(i64, Option<usize>),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Promise {
    Within(Limit),
    AtOnce,
    /// The start event's `deadline`.
    DueAtDeadline,
    /// The case's `promised`.
    DueAtPromised,
    NoTarget,
}

/// A level of the escalation: at so many percent, to that role, within that time.
#[derive(Clone, Copy, Debug)]
pub struct Level {
    pub percent: i64,
    pub role: usize,
    pub within: Limit,
}

/// The roles, each of which leads the one before.
pub const ROLES: [&str; 4] = ["agent", "lead", "manager", "director"];

#[derive(Clone, Debug)]
pub struct Trigger {
    pub kind: Kind,
    pub filter: Option<Condition>,
}

/// The events there are. The first three carry `leg`, `fit` and `deadline`, the next three `fit`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Opened,
    Answered,
    Held,
    Returned,
    Dropped,
    /// Never a trigger: what conditions mean by `fit of noted`.
    Noted,
    /// An escalation; it carries `to`.
    Told,
}

impl Kind {
    pub const ALL: [Kind; 7] =
        [Kind::Opened, Kind::Answered, Kind::Held, Kind::Returned, Kind::Dropped, Kind::Noted, Kind::Told];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Answered => "answered",
            Kind::Held => "held",
            Kind::Returned => "returned",
            Kind::Dropped => "dropped",
            Kind::Noted => "noted",
            Kind::Told => "told",
        }
    }

    /// Whether its declaration has `leg` and `deadline`.
    pub fn has_leg(self) -> bool {
        matches!(self, Kind::Opened | Kind::Answered | Kind::Held)
    }
}

/// Yes and no are 1 and 0, the names of an enumeration count from 0; a missing value is `None`.
pub type Value = Option<i64>;

#[derive(Clone, Debug)]
pub struct Event {
    pub at: Minute,
    pub kind: Kind,
    pub own: Own,
    pub case: CaseFields,
    /// The role an escalation told.
    pub to: Option<usize>,
}

/// An event's own fields.
#[derive(Clone, Copy, Default, Debug)]
pub struct Own {
    pub leg: Value,
    pub fit: Value,
    pub deadline: Option<Minute>,
}

/// What a row says of its case.
#[derive(Clone, Copy, Default, Debug)]
pub struct CaseFields {
    /// `low < normal < high < urgent`
    pub priority: Value,
    pub vip: Value,
    pub size: Value,
    pub promised: Option<Minute>,
}

pub const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];

#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The segment `special`.
    Special,
    Test(Field, Test),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Field {
    Priority,
    Vip,
    Size,
    /// `fit` of the event of the sentence.
    Fit,
    /// `fit of noted`
    FitOfNoted,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Test {
    Known,
    Unknown,
    Is(i64),
    IsNot(i64),
    AtLeast(i64),
    AtMost(i64),
    MoreThan(i64),
    LessThan(i64),
    In(i64, i64),
    NotIn(i64, i64),
}
