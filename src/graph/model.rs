//! The checked rule graph: names are indices, values have types, limits have units.
//!
//! Everything is in the order in which it was declared. An index always points into the list of its
//! kind in the same [`Graph`].

use std::sync::Arc;

use super::attributes::Attributes;
use super::authorities::Authority;
use super::behaviours::Behaviour;
use super::causes::Cause;
use super::facts::Fact;
use super::journeys::Journey;
use super::levels::{Level, LevelEscalation};
use super::names::PromiseId;
pub use super::scenarios::{Expectation, Expected, Judged, Scenario, ScenarioEvent};
use super::scorecards::Scorecard;
use crate::calendar::{Date, DateRange, Duration, Hours, Instant};
use crate::source::Span;
pub use crate::syntax::tree::{Comparison, LimitScope};
use crate::vocabulary::{Currency, Money, Type, Value, Vocabulary};

/// A service's standards, resolved and typed.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The header.
    pub service: Service,
    /// What a log may say.
    pub vocabulary: Vocabulary,
    /// Labels of the events, by their index in the vocabulary.
    pub event_labels: Vec<Option<String>>,
    /// Roles; the same order as in the vocabulary.
    pub roles: Vec<Role>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Named spans of days.
    pub periods: Vec<Period>,
    /// What no standard answers for.
    pub exemptions: Vec<Exemption>,
    /// Who a case belongs to, by the case field.
    pub party: Option<usize>,
    /// When a case is over.
    pub case_end: Option<CaseEnd>,
    /// What must hold of an event before it is believed, by event.
    pub trust: Vec<Option<Condition>>,
    /// The cases that an event reaches, by event: the event's field and the case field that must be equal.
    pub reaches: Vec<Option<(usize, usize)>>,
    /// What clocks bring about and other rules wait for; their indices follow those of the events.
    pub virtuals: Vec<Virtual>,
    /// Named conditions on the case.
    pub segments: Vec<Segment>,
    /// Touchpoints.
    pub touchpoints: Vec<Touchpoint>,
    /// Moments of truth.
    pub moments: Vec<Moment>,
    /// Clocks.
    pub standards: Vec<Standard>,
    /// What must, or must never, happen.
    pub behaviours: Vec<Behaviour>,
    /// Who is told when a promise slips.
    pub escalations: Vec<Escalation>,
    /// Who must be told when a level is missed.
    pub level_escalations: Vec<LevelEscalation>,
    /// What an employee may do.
    pub actions: Vec<Action>,
    /// Who may do what, as declared; see [`Graph::authority`] for what follows from it.
    pub grants: Vec<Grant>,
    /// How asking and granting look in the log.
    pub approvals: Vec<Approval>,
    /// The promises that nobody goes beyond what he may do.
    pub authorities: Vec<Authority>,
    /// What a case shows of how a promise was broken: all that conditions ask for.
    pub facts: Vec<Fact>,
    /// How to tell why a promise was broken.
    pub causes: Vec<Cause>,
    /// What to offer for a breach.
    pub remedies: Vec<Remedy>,
    /// How well promises are kept on the whole.
    pub levels: Vec<Level>,
    /// Promises weighed against each other in one case.
    pub scorecards: Vec<Scorecard>,
    /// Touchpoints in order, and the moment that ends them.
    pub journeys: Vec<Journey>,
    /// Tiny logs and what must come of them.
    pub scenarios: Vec<Scenario>,
}

/// The header of a service.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Its title.
    pub label: Option<String>,
    /// The version of the standards.
    pub version: Option<String>,
    /// The days on which it is in force; without an end, up to the last day there is.
    pub effective: Option<DateRange>,
    /// The days on which other versions are in force that are judged in the same run.
    pub other_versions: Vec<DateRange>,
    /// The currency of an amount that names none.
    pub currency: Option<Currency>,
    /// Who owns the standards.
    pub owner: Option<String>,
    /// `draft`, `retired` or who approved it and when.
    pub status: Option<String>,
    /// The day by which someone must look at it again.
    pub review_before: Option<Date>,
    /// Where it is declared.
    pub span: Span,
}

impl Service {
    /// Whether the standards are in force on a day.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.effective.is_none_or(|days| days.contains(day))
    }
}

/// A role and whom it leads.
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The roles it leads directly.
    pub leads: Vec<usize>,
    /// Where it is declared.
    pub span: Span,
}

/// A working calendar.
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its hours.
    pub hours: Hours,
    /// Where it is declared.
    pub span: Span,
}

/// A named span of days.
#[derive(Clone, PartialEq, Debug)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// From the first instant of a day to the end of a day, each.
    pub spans: Vec<(Instant, Instant)>,
    /// Where it is declared.
    pub span: Span,
}

/// What no standard answers for: a span of time, a condition, or both.
#[derive(Clone, PartialEq, Debug)]
pub struct Exemption {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// From an instant up to another.
    pub window: Option<(Instant, Instant)>,
    /// What must hold.
    pub condition: Option<Condition>,
    /// The field that proves it.
    pub proof: Option<Operand>,
    /// Whether the clock stands still; else a breach is excused.
    pub stops_the_clock: bool,
    /// The standards it is for, in order.
    pub standards: Vec<usize>,
    /// Where it is declared.
    pub span: Span,
}

/// When a case is over.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseEnd {
    /// The events after which it is.
    pub on: Vec<Trigger>,
    /// How long after them.
    pub after: Limit,
}

/// A named condition on the case.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Who belongs.
    pub condition: Condition,
    /// Whether its condition names other segments.
    pub rests_on_others: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A place where customer and organisation meet.
#[derive(Clone, PartialEq, Debug)]
pub struct Touchpoint {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// `pre_purchase`, `purchase`, `use` or `after_sales`.
    pub stage: Option<String>,
    /// Channels.
    pub channels: Vec<String>,
    /// `human`, `physical`, `remote` or `digital`.
    pub environment: Option<String>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// A moment of truth.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it happens at.
    pub touchpoint: Option<usize>,
    /// `peak`, `valley` or `end`.
    pub kind: Option<String>,
    /// `low` to `critical`.
    pub impact: Option<String>,
    /// What the customer expects.
    pub expects: Option<String>,
    /// When it is out of control, in a case.
    pub out_of_control: Option<Condition>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// A promise that a clock measures.
#[derive(Clone, PartialEq, Debug)]
pub struct Standard {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it belongs to, directly or through its moment.
    pub touchpoint: Option<usize>,
    /// The moment it belongs to.
    pub moment: Option<usize>,
    /// How long after its start event the clock starts; exact time on the wall.
    pub delay: Option<Duration>,
    /// What starts it.
    pub starts: Vec<Trigger>,
    /// What stops it.
    pub stops: Vec<Trigger>,
    /// What cancels it.
    pub cancels: Vec<Trigger>,
    /// What pauses it, each line with a state of its own.
    pub pauses: Vec<Pause>,
    /// What restarts it.
    pub restarts: Vec<Trigger>,
    /// What reopens it.
    pub reopens: Vec<Reopen>,
    /// What gives it more time, each line once.
    pub extensions: Vec<Extension>,
    /// Whether it is counted over all cases of a party.
    pub per_party: bool,
    /// Whether only the first start of a case counts.
    pub first: bool,
    /// The field whose values have a clock each.
    pub key: Option<Key>,
    /// The calendars it counts, first match wins; none is the wall clock.
    pub counting: Vec<CountingRow>,
    /// Whether the calendar is chosen at the start for good; else it follows the case.
    pub hours_fixed: bool,
    /// Its targets, first match wins.
    pub targets: Vec<TargetRow>,
    /// Tighter lines: met, and better than promised.
    pub beyond: Vec<TargetRow>,
    /// Parts of the target at which it is at risk.
    pub warnings: Vec<Percent>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// One `pause … resume …` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Pause {
    /// What stops the time.
    pub on: Vec<Trigger>,
    /// What lets it run again.
    pub resume: Vec<Trigger>,
}

/// One `reopen` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Reopen {
    /// What reopens.
    pub on: Vec<Trigger>,
    /// Until how long after the stop.
    pub within: Option<Limit>,
}

/// One `extend` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Extension {
    /// `another D` adds to the present due; `to D` is the new total.
    pub another: bool,
    /// By how much, or to what.
    pub by: Limit,
    /// What grants it.
    pub on: Vec<Trigger>,
    /// The lowest role that may grant it.
    pub approved_by: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// The field of a `per` clause.
#[derive(Clone, PartialEq, Debug)]
pub struct Key {
    /// The field's name.
    pub name: String,
    /// Where each event kind keeps it, by the event's index; `None` for an event without it. All keys of
    /// one name share it: there may be many events, and many standards.
    pub slots: Arc<[Option<usize>]>,
}

impl Key {
    /// The type of the field.
    pub fn kind<'v>(&self, vocabulary: &'v Vocabulary) -> Option<&'v Type> {
        let fields = vocabulary.events.iter().zip(self.slots.iter());
        fields.filter_map(|(event, slot)| event.fields.get((*slot)?)).map(|field| &field.kind).next()
    }
}

/// A row of a `counting` table.
#[derive(Clone, PartialEq, Debug)]
pub struct CountingRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// The calendar.
    pub calendar: usize,
    /// Where it is written.
    pub span: Span,
}

/// A row of a target table.
#[derive(Clone, PartialEq, Debug)]
pub struct TargetRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// What is promised.
    pub promise: Promise,
    /// The row as written.
    pub said: String,
    /// Where it is written.
    pub span: Span,
}

/// What a row promises.
#[derive(Clone, PartialEq, Debug)]
pub enum Promise {
    /// A length of time.
    Within(Limit),
    /// At the start, or at the next opening.
    AtOnce,
    /// The instant that a field holds.
    DueAt(Operand),
    /// Nothing.
    NoTarget,
}

/// A length of time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Limit {
    /// Exact time.
    Exact(Duration),
    /// To the close of the nth working day.
    WorkingDays(u32),
    /// To the end of the nth local day, moved to the next open day of a calendar if asked.
    CalendarDays(u32, Option<usize>),
}

/// A part of a target, in hundredths of a percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Percent(pub u32);

impl Percent {
    /// All of it.
    pub const WHOLE: Percent = Percent(10_000);

    /// That part of `whole`, rounded up to the nanosecond.
    pub fn of(self, whole: Duration) -> Duration {
        const WHOLE: std::num::NonZeroU32 = match std::num::NonZeroU32::new(10_000) {
            Some(whole) => whole,
            None => std::num::NonZeroU32::MIN,
        };
        whole.ratio(self.0, WHOLE)
    }
}

/// `1%`, `0.25`: up to all of it, in hundredths of a percent.
impl std::str::FromStr for Percent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let number: rust_decimal::Decimal = number.parse().map_err(|_| ())?;
        let hundredths = number.checked_mul(100.into()).ok_or(())?;
        let whole = u32::try_from(hundredths).map_err(|_| ())?;
        if hundredths.fract().is_zero() && whole <= Percent::WHOLE.0 { Ok(Percent(whole)) } else { Err(()) }
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", rust_decimal::Decimal::new(i64::from(self.0), 2).normalize())
    }
}

/// As the language says it: `3 working days`.
impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Limit::Exact(amount) => write!(f, "{amount}"),
            Limit::WorkingDays(1) => write!(f, "1 working day"),
            Limit::WorkingDays(days) => write!(f, "{days} working days"),
            Limit::CalendarDays(1, _) => write!(f, "1 calendar day"),
            Limit::CalendarDays(days, _) => write!(f, "{days} calendar days"),
        }
    }
}

/// An event that does something, perhaps only under a condition.
///
/// The place takes no part in equality: two triggers are equal if they say the same.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The event, by its index in the vocabulary; beyond those, a [`Virtual`] event of the graph.
    pub event: usize,
    /// What must hold of it.
    pub filter: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

impl PartialEq for Trigger {
    fn eq(&self, other: &Self) -> bool {
        self.event == other.event && self.filter == other.filter
    }
}

/// Something that a clock brings about, and that other rules may wait for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Virtual {
    /// The standard whose clock it is.
    pub standard: usize,
    /// What happens to the clock.
    pub what: Turn,
}

/// What can happen to a clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Turn {
    /// `breach of S`
    Breach,
    /// `S at 80%`
    Part(Percent),
    /// `S met`
    Met,
}

/// A condition, resolved and typed. Three-valued: true, false, or unknown for a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The case belongs to a segment.
    Segment(usize),
    /// A yes-or-no field says yes.
    IsTrue(Operand),
    /// A field has a value.
    Known(Operand),
    /// A field against a value.
    Compare(Operand, Comparison, Value),
    /// A field's value is one of several.
    OneOf(Operand, Vec<Value>),
    /// What the sentence speaks of started in a period.
    StartedIn(usize),
}

/// A field, or a fact, that a condition reads.
#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    /// A field of the case.
    Case(usize),
    /// A field of the event of the sentence: (event, field) for each event that may be meant.
    Own(Vec<(usize, usize)>),
    /// A field of the latest such event so far.
    Latest(usize, usize),
    /// What the case shows of a breach, by the index of the fact.
    Fact(usize),
}

/// Who is told when a promise slips.
#[derive(Clone, PartialEq, Debug)]
pub struct Escalation {
    /// The promise.
    pub standard: usize,
    /// The event that shows who was told.
    pub event: usize,
    /// Its field of type `role`.
    pub role_field: usize,
    /// The levels, in order.
    pub levels: Vec<EscalationLevel>,
    /// Where it is declared.
    pub span: Span,
}

/// One level of an escalation.
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationLevel {
    /// At which part of the target.
    pub at: Percent,
    /// To which role.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// Where it is written.
    pub span: Span,
}

impl Action {
    /// The field of an event of that kind that says how much it gives back; none if it gives nothing back.
    pub fn returned_by(&self, kind: usize) -> Option<usize> {
        self.returns.iter().find(|(event, _)| *event == kind).map(|(_, field)| *field)
    }
}

/// What an employee may do.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The event that shows it.
    pub event: usize,
    /// The field of that event that holds its cost.
    pub cost: Option<usize>,
    /// The events that give some of it back, each with its field that says how much.
    pub returns: Vec<(usize, usize)>,
    /// Where it is declared.
    pub span: Span,
}

/// `empower ROLE { may ACTION … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Grant {
    /// The role.
    pub role: usize,
    /// The action.
    pub action: usize,
    /// Up to what amounts.
    pub limits: Vec<(Money, LimitScope)>,
    /// When: what the role requires, and what the line says.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

/// How asking and granting look in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Approval {
    /// The action that is asked for.
    pub action: usize,
    /// The event of asking.
    pub asked: usize,
    /// The event of granting.
    pub granted: usize,
    /// The event of refusing.
    pub refused: Option<usize>,
    /// The field that holds the amount: (event, field) of each event that has it.
    pub amount: Vec<(usize, usize)>,
    /// Where it is declared.
    pub span: Span,
}

/// What to offer for a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct Remedy {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The promises whose breach it mends.
    pub promises: Vec<PromiseId>,
    /// The causes for which it is meant, by their indices; none is for any.
    pub caused_by: Vec<usize>,
    /// What to say or do.
    pub texts: Vec<OfferText>,
    /// What to give, first match wins for each action.
    pub offers: Vec<OfferAction>,
    /// The kind of cause that it improves.
    pub improves: Option<String>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// `offer "Call back"`
#[derive(Clone, PartialEq, Debug)]
pub struct OfferText {
    /// The text.
    pub text: String,
    /// For which cases.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

/// `offer refund 100 CNY when vip`
#[derive(Clone, PartialEq, Debug)]
pub struct OfferAction {
    /// The action.
    pub action: usize,
    /// The amount.
    pub amount: Option<Money>,
    /// For which cases.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

impl Standard {
    /// Whether a clock may go over from one calendar to another.
    pub fn has_changing_hours(&self) -> bool {
        self.counting.len() > 1 && !self.hours_fixed
    }

    /// Every event that does something to its clocks.
    pub fn triggers(&self) -> impl Iterator<Item = &Trigger> {
        let pauses = self.pauses.iter().flat_map(|pause| pause.on.iter().chain(&pause.resume));
        let reopens = self.reopens.iter().flat_map(|reopen| &reopen.on);
        let extensions = self.extensions.iter().flat_map(|extension| &extension.on);
        let ends = self.starts.iter().chain(&self.stops).chain(&self.cancels).chain(&self.restarts);
        ends.chain(pauses).chain(reopens).chain(extensions)
    }
}

impl Graph {
    /// What a clock brings about, if `event` is no event of the log.
    pub fn turn(&self, event: usize) -> Option<Virtual> {
        let index = event.checked_sub(self.vocabulary.events.len())?;
        self.virtuals.get(index).copied()
    }

    /// The name of an event, or the words of a virtual one.
    pub fn event_name(&self, event: usize) -> String {
        if let Some(kind) = self.vocabulary.events.get(event) {
            return kind.name.clone();
        }
        let Some(Virtual { standard, what }) = self.turn(event) else { return String::new() };
        let of = self.standards.get(standard).map(|standard| standard.name.as_str()).unwrap_or_default();
        match what {
            Turn::Breach => format!("breach of {of}"),
            Turn::Part(part) => format!("{of} at {part}"),
            Turn::Met => format!("{of} met"),
        }
    }

    /// Whether any rule is judged over all cases of a party.
    pub fn speaks_of_parties(&self) -> bool {
        self.standards.iter().any(|standard| standard.per_party)
            || self.behaviours.iter().any(|behaviour| behaviour.per_party)
            || self.scorecards.iter().any(|scorecard| scorecard.per_party)
            || self.journeys.iter().any(|journey| journey.per_party)
    }

    /// Whether a promise is made to a party and not to a case.
    pub fn is_per_party(&self, promise: PromiseId) -> bool {
        match promise {
            PromiseId::Standard(index) => self.standards.get(index).is_some_and(|found| found.per_party),
            PromiseId::Behaviour(index) => self.behaviours.get(index).is_some_and(|found| found.per_party),
            PromiseId::Scorecard(index) => self.scorecards.get(index).is_some_and(|found| found.per_party),
            PromiseId::Level(_) | PromiseId::Authority(_) => false,
        }
    }

    /// Whether `role` is `other` or leads it, directly or through others.
    pub fn is_or_leads(&self, role: usize, other: usize) -> bool {
        role == other
            || self.roles.get(role).is_some_and(|above| above.leads.iter().any(|led| self.is_or_leads(*led, other)))
    }

    /// What `role` may do of `action`: what the role's own `empower` says replaces all it inherits;
    /// else what the roles it leads may do; nothing said is no power.
    pub fn authority(&self, role: usize, action: usize) -> Vec<&Grant> {
        let own: Vec<&Grant> =
            self.grants.iter().filter(|grant| grant.role == role && grant.action == action).collect();
        if !own.is_empty() {
            return own;
        }
        let led = self.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default();
        let mut grants: Vec<&Grant> = Vec::new();
        for grant in led.iter().flat_map(|led| self.authority(*led, action)) {
            if !grants.iter().any(|known| std::ptr::eq(*known, grant)) {
                grants.push(grant);
            }
        }
        grants
    }

    /// The roles from the lowest up: each after all roles that it leads, else in the order declared.
    pub fn roles_from_the_lowest(&self) -> Vec<usize> {
        let mut order = Vec::new();
        for role in 0..self.roles.len() {
            self.after_those_it_leads(role, &mut order);
        }
        order
    }

    fn after_those_it_leads(&self, role: usize, order: &mut Vec<usize>) {
        if order.contains(&role) {
            return;
        }
        for led in self.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default() {
            self.after_those_it_leads(*led, order);
        }
        order.push(role);
    }
}
