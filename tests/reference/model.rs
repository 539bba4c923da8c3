//! What the random tests speak of: a few standards, their calendars and exemptions, and a log.

use jiff::civil::Date;

/// A minute of UTC, counted from 1970.
pub type Minute = i64;

/// Some standards and everything that bears on them.
#[derive(Clone)]
pub struct World {
    /// The zone of the service.
    pub zone: &'static str,
    pub calendars: Vec<Calendar>,
    pub periods: Vec<Period>,
    pub exemptions: Vec<Exemption>,
    /// The condition of the segment `special`.
    pub special: Condition,
    /// What a model tells is believed when this holds.
    pub trust: Vec<(Kind, Condition)>,
    /// A standard speaks of what came of those before it, never of those behind.
    pub standards: Vec<Standard>,
    /// Whether the file has the last standard first: the order of writing means nothing.
    pub written_backwards: bool,
    /// The events of each case, in the order of the log.
    pub cases: Vec<Vec<Event>>,
    pub as_of: Option<Minute>,
}

impl World {
    /// The standards in the order of the file.
    pub fn as_written(&self) -> Vec<usize> {
        let mut standards: Vec<usize> = (0..self.standards.len()).collect();
        if self.written_backwards {
            standards.reverse();
        }
        standards
    }

    /// How many standards, one upon the other, one waits to hear of.
    pub fn depth_of(&self, standard: usize) -> usize {
        let others = self.standards[standard].triggers().filter_map(|trigger| trigger.on.standard());
        others.map(|other| self.depth_of(other) + 1).max().unwrap_or(0)
    }

    /// The percents `P` of every `S at P%` that somebody speaks of.
    pub fn parts_of(&self, standard: usize) -> Vec<i64> {
        let triggers = self.standards.iter().flat_map(Standard::triggers);
        let parts = triggers.filter_map(|trigger| match trigger.on {
            What::Reached(of, percent) if of == standard => Some(percent),
            _ => None,
        });
        parts.collect()
    }
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

/// Some spans of dates, first and last.
#[derive(Clone, Debug)]
pub struct Period(pub Vec<(Date, Date)>);

/// Force majeure.
#[derive(Clone, Debug)]
pub struct Exemption {
    pub window: Option<(Edge, Edge)>,
    pub condition: Option<Condition>,
    /// None are all.
    pub standards: Vec<usize>,
    /// Else it excuses.
    pub stops_the_clock: bool,
    /// A field of the case that proves it.
    pub proof: Option<Field>,
}

/// A date, and the minute of the day if one is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edge {
    pub date: Date,
    pub minute: Option<i64>,
}

/// How many standards there are at most, and what they are called.
pub const STANDARDS: [&str; 3] = ["promise", "amends", "report"];

/// Who counts, from what to what, and how much.
#[derive(Clone, Debug)]
pub struct Standard {
    pub delay: Option<Minute>,
    pub starts: Vec<Trigger>,
    pub stops: Vec<Trigger>,
    pub cancels: Vec<Trigger>,
    pub pauses: Vec<Pause>,
    pub restarts: Vec<Trigger>,
    pub extensions: Vec<Extension>,
    pub reopen: Option<Reopen>,
    pub first: bool,
    pub per_leg: bool,
    /// A table of calendars, first match wins; empty is the wall clock.
    pub counting: Vec<(usize, Option<Condition>)>,
    /// Else the calendar follows the case.
    pub hours_fixed: bool,
    pub targets: Vec<(Promise, Option<Condition>)>,
    /// Whole percents.
    pub warn: Option<i64>,
    pub never_exempt: bool,
    pub escalation: Vec<Level>,
}

impl Standard {
    pub fn triggers(&self) -> impl Iterator<Item = &Trigger> {
        let pauses = self.pauses.iter().flat_map(|pause| pause.on.iter().chain(&pause.resume));
        let extensions = self.extensions.iter().flat_map(|extension| &extension.on);
        let reopen = self.reopen.iter().flat_map(|reopen| &reopen.on);
        let plain = self.starts.iter().chain(&self.stops).chain(&self.cancels).chain(&self.restarts);
        plain.chain(pauses).chain(extensions).chain(reopen)
    }

    pub fn triggers_mut(&mut self) -> impl Iterator<Item = &mut Trigger> {
        let pauses = self.pauses.iter_mut().flat_map(|pause| pause.on.iter_mut().chain(&mut pause.resume));
        let extensions = self.extensions.iter_mut().flat_map(|extension| &mut extension.on);
        let reopen = self.reopen.iter_mut().flat_map(|reopen| &mut reopen.on);
        let plain = self.starts.iter_mut().chain(&mut self.stops).chain(&mut self.cancels).chain(&mut self.restarts);
        plain.chain(pauses).chain(extensions).chain(reopen)
    }

    /// Every length of time of which it speaks.
    pub fn limits_mut(&mut self) -> impl Iterator<Item = &mut Limit> {
        let promises = self.targets.iter_mut().filter_map(|(promise, _)| match promise {
            Promise::Within(limit) => Some(limit),
            _ => None,
        });
        let bounds = self.reopen.iter_mut().filter_map(|reopen| reopen.within.as_mut());
        let extensions = self.extensions.iter_mut().map(|extension| &mut extension.by);
        let levels = self.escalation.iter_mut().map(|level| &mut level.within);
        promises.chain(bounds).chain(extensions).chain(levels)
    }
}

#[derive(Clone, Debug)]
pub struct Pause {
    pub on: Vec<Trigger>,
    pub resume: Vec<Trigger>,
}

/// `extend to D on E`, or `extend another D on E`.
#[derive(Clone, Debug)]
pub struct Extension {
    pub another: bool,
    pub by: Limit,
    pub on: Vec<Trigger>,
    /// That role or one above it.
    pub approved_by: Option<usize>,
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
    pub on: What,
    pub filter: Option<Condition>,
}

/// What can happen: an event of the log, or what came of a standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Logged(Kind),
    /// `breach of S`
    Breach(usize),
    /// `S at P%`
    Reached(usize, i64),
    /// `S met`
    Met(usize),
}

impl What {
    /// The standard of which it is what came.
    pub fn standard(self) -> Option<usize> {
        match self {
            What::Logged(_) => None,
            What::Breach(standard) | What::Reached(standard, _) | What::Met(standard) => Some(standard),
        }
    }
}

/// The events there are. The first three carry `leg`, `fit` and `deadline`; the others but `told`, `fit`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Opened,
    Answered,
    Held,
    Returned,
    Dropped,
    /// What conditions mean by `fit of noted`.
    Noted,
    /// An escalation; it carries `to`.
    Told,
    /// A grant of more time; it carries `by`.
    Granted,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Opened,
        Kind::Answered,
        Kind::Held,
        Kind::Returned,
        Kind::Dropped,
        Kind::Noted,
        Kind::Told,
        Kind::Granted,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Opened => "opened",
            Kind::Answered => "answered",
            Kind::Held => "held",
            Kind::Returned => "returned",
            Kind::Dropped => "dropped",
            Kind::Noted => "noted",
            Kind::Told => "told",
            Kind::Granted => "granted",
        }
    }

    /// Whether its declaration has `leg` and `deadline`.
    pub fn has_leg(self) -> bool {
        matches!(self, Kind::Opened | Kind::Answered | Kind::Held)
    }

    /// Whether its declaration names a role: whom it told, who granted.
    pub fn has_role(self) -> bool {
        matches!(self, Kind::Told | Kind::Granted)
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
    /// The role that its own field names, if it has one.
    pub role: Option<usize>,
    /// The role in which somebody did it.
    pub acted_as: Option<usize>,
}

/// An event's own fields.
#[derive(Clone, Copy, Default, Debug)]
pub struct Own {
    pub leg: Value,
    pub fit: Value,
    pub deadline: Option<Minute>,
    /// Whether it comes of a model that is not trusted: nobody can tell what it says, nor whether it says anything.
    pub is_untold: bool,
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
    /// `started in` a period.
    StartedIn(usize),
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
