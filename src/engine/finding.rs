//! What the engine found: facts only; `report` has the words.

use std::sync::Arc;

use super::exact::Exact;
use crate::calendar::{Duration, Instant};
use crate::graph::{Comparison, Graph, Limit, Percent, PromiseId};
use crate::log::{Event, Place};
use crate::vocabulary::{Money, Value};

/// What came of a rule in a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Final: not kept.
    Breached,
    /// A field that decides it is missing or of the wrong type.
    Undetermined,
    /// Open, and past the first `warn at`.
    AtRisk,
    /// Open, with its time stopped.
    Paused,
    /// Open.
    Running,
    /// Final: kept.
    Met,
    /// Final: its cancel event came before due.
    Cancelled,
    /// Final: due fell where an exemption excuses it.
    Exempt,
    /// A row of the table says that nothing is promised for such a case.
    NoTarget,
}

impl Verdict {
    /// All verdicts, the ones that need a person first.
    pub const ALL: [Verdict; 9] = [
        Verdict::Breached,
        Verdict::Undetermined,
        Verdict::AtRisk,
        Verdict::Paused,
        Verdict::Running,
        Verdict::Met,
        Verdict::Cancelled,
        Verdict::Exempt,
        Verdict::NoTarget,
    ];

    /// The verdict as the language spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            Verdict::Breached => "breached",
            Verdict::Undetermined => "undetermined",
            Verdict::AtRisk => "at_risk",
            Verdict::Paused => "paused",
            Verdict::Running => "running",
            Verdict::Met => "met",
            Verdict::Cancelled => "cancelled",
            Verdict::Exempt => "exempt",
            Verdict::NoTarget => "no_target",
        }
    }

    /// Whether the clock behind it had not come to an end at `as of`.
    pub fn is_open(self) -> bool {
        matches!(self, Verdict::AtRisk | Verdict::Paused | Verdict::Running)
    }
}

/// The key of clocks whose start should name one and does not. No key that the log names is it: an empty cell names
/// none.
pub const UNKNOWN_KEY: &str = "";

/// One finding: a rule, a case, a verdict, and everything that decided it.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// A stable id: of rule, case, key, start and ordinal.
    pub id: String,
    /// The rule.
    pub rule: Rule,
    /// The case's id in the log.
    pub case: Arc<str>,
    /// The value of the `per` field.
    pub key: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// How much a breach of it weighs.
    pub grade: BreachWeight,
    /// When it began: the clock's start, the act, the asking.
    pub start: Instant,
    /// How many of the same rule, case, key and start came before (reopened clocks).
    pub ordinal: u32,
    /// The segments that the case belongs to, as things stand; by their indices.
    pub segments: Vec<usize>,
    /// Who acted last on the case, and in which role: whoever holds it.
    pub holder: Option<Holder>,
    /// What decided it.
    pub detail: Detail,
    /// The log lines that decided it, in order.
    pub evidence: Vec<Evidence>,
    /// Rows that cannot be read and bear on it, in the order of the files.
    pub unread: Vec<UnreadFact>,
    /// Of a breach: the causes that hold of it, and those that cannot be told.
    pub causes: Vec<CauseFact>,
    /// What could be offered, by whom.
    pub remedies: Vec<Proposal>,
}

/// How much a breach of a rule weighs in a case, by what the rule says of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BreachWeight {
    /// `minor`, `major` or `critical`; none if the rule does not say.
    pub severity: Option<String>,
    /// Whether it is material.
    pub material: bool,
    /// `full`, `partial` or `none`; none if the rule does not say.
    pub control: Option<String>,
}

/// The rule that a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rule {
    /// A clock, by its index in the graph.
    Standard(usize),
    /// A level of an escalation: (escalation, level).
    Escalation(usize, usize),
    /// An action, by its index in the graph.
    Action(usize),
    /// An approval, by its index in the graph.
    Approval(usize),
    /// A grant of more time: (standard, line).
    Extension(usize, usize),
    /// That a moment of truth is not out of control, by its index in the graph.
    Moment(usize),
    /// A behaviour, by its index in the graph.
    Behaviour(usize),
    /// A scorecard, by its index in the graph.
    Scorecard(usize),
    /// A journey, by its index in the graph.
    Journey(usize),
}

impl Rule {
    /// The rule's name, told apart by kind: `resolve`, `resolve at 80%`, `refund`, `approval of refund`.
    pub fn name(self, graph: &Graph) -> String {
        let standard = |index: usize| graph.standards.get(index).map(|found| found.name.clone()).unwrap_or_default();
        let action = |index: usize| graph.actions.get(index).map(|found| found.name.clone()).unwrap_or_default();
        match self {
            Rule::Standard(index) => standard(index),
            Rule::Action(index) => action(index),
            Rule::Moment(index) => graph.moments.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Behaviour(index) => graph.behaviours.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Scorecard(index) => graph.scorecards.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Journey(index) => graph.journeys.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Extension(index, _) => format!("extension of {}", standard(index)),
            Rule::Approval(index) => {
                let of = graph.approvals.get(index).map(|found| action(found.action)).unwrap_or_default();
                format!("approval of {of}")
            }
            Rule::Escalation(index, level) => {
                let Some(found) = graph.escalations.get(index) else { return String::new() };
                let at = found.levels.get(level).map(|level| level.at.to_string()).unwrap_or_default();
                format!("{} at {at}", standard(found.standard))
            }
        }
    }
}

impl Rule {
    /// The promises that a finding of this rule keeps or breaks.
    pub fn promises(self, graph: &Graph) -> Vec<PromiseId> {
        match self {
            Rule::Standard(index) => vec![PromiseId::Standard(index)],
            Rule::Behaviour(index) => vec![PromiseId::Behaviour(index)],
            Rule::Action(index) => graph.authorities_over(index).map(PromiseId::Authority).collect(),
            Rule::Scorecard(index) => vec![PromiseId::Scorecard(index)],
            Rule::Escalation(..) | Rule::Approval(_) | Rule::Extension(..) | Rule::Moment(_) | Rule::Journey(_) => {
                Vec::new()
            }
        }
    }
}

impl Finding {
    /// Why it cannot be determined, field by field.
    pub fn unknown(&self) -> &[UnknownFact] {
        match &self.detail {
            Detail::Clock(account) => &account.unknown,
            Detail::Duty(duty) => &duty.unknown,
            Detail::Act(act) => &act.unknown,
            Detail::Approval(approval) => &approval.unknown,
            Detail::Extension(extension) => &extension.unknown,
            Detail::Conduct(conduct) => &conduct.unknown,
            Detail::Moment(_) | Detail::Score(_) | Detail::Journey(_) => &[],
        }
    }

    /// Whether it is a breach of a promise that has causes, and none of them holds.
    pub fn is_unexplained(&self, graph: &Graph) -> bool {
        let has_causes = || self.rule.promises(graph).iter().any(|promise| graph.causes_of(*promise).next().is_some());
        self.verdict == Verdict::Breached && !self.causes.iter().any(|cause| cause.holds) && has_causes()
    }

    /// What findings are sorted by: start, case, rule, key, ordinal.
    pub fn order(&self) -> (Instant, &str, Rule, Option<&str>, u32) {
        (self.start, &self.case, self.rule, self.key.as_deref(), self.ordinal)
    }
}

/// Who holds a case.
#[derive(Clone, PartialEq, Debug)]
pub struct Holder {
    /// The actor.
    pub actor: Option<Arc<str>>,
    /// The role, by its index.
    pub role: Option<usize>,
}

/// What decided a finding.
#[derive(Clone, PartialEq, Debug)]
pub enum Detail {
    /// Of a clock.
    Clock(ClockDetail),
    /// Of an escalation that was due.
    Duty(NotificationDetail),
    /// Of an act.
    Act(ActDetail),
    /// Of an approval.
    Approval(ApprovalDetail),
    /// Of a grant of more time.
    Extension(ExtensionDetail),
    /// Of a moment of truth.
    Moment(MomentDetail),
    /// Of a behaviour.
    Conduct(ConductDetail),
    /// Of a scorecard.
    Score(ScoreDetail),
    /// Of a journey.
    Journey(JourneyDetail),
}

/// The account of a clock.
#[derive(Clone, PartialEq, Debug)]
pub struct ClockDetail {
    /// The target in force when the verdict fell, or now.
    pub target: TargetFact,
    /// The calendar it counts, by its index; none is the wall clock.
    pub calendar: Option<usize>,
    /// When it began: at its start, or at the reopening that gave it a verdict of its own.
    pub began: Instant,
    /// When the promise was or is due.
    pub due: Option<Instant>,
    /// When it came to its stop or cancel.
    pub stop: Option<Instant>,
    /// Elapsed on the calendar without pauses, to the stop or to `as of`.
    pub elapsed: Duration,
    /// From start to the stop or `as of` on the wall.
    pub elapsed_on_wall: Duration,
    /// How far beyond due on the calendar; zero if not.
    pub overshoot: Duration,
    /// How far beyond due on the wall; zero if not.
    pub overshoot_on_wall: Duration,
    /// The pauses, in order; overlaps are told as they were.
    pub pauses: Vec<PauseFact>,
    /// Whether the account is still open (a breach runs on to its stop).
    pub open: bool,
    /// Whether something unknown may have made the counted time another.
    pub time_in_doubt: bool,
    /// Whether it was better than promised; `None` where nothing better was asked.
    pub beyond_expectation: Option<bool>,
    /// The row of `beyond expectation` that asked it, by its index.
    pub beyond_row: Option<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
    /// What of its target could not be read for a while: it may have come to something earlier than is told.
    pub unread_before: Vec<UnknownFact>,
    /// What excused it.
    pub excused: Option<ExcuseFact>,
}

/// The row of a target table that was chosen, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct TargetFact {
    /// The row, by its index; none while it cannot be told.
    pub row: Option<usize>,
    /// How much time the row gives in counted time; none for a promised instant or no target.
    pub budget: Option<Duration>,
    /// The fields that the table reads up to that row, and what they said.
    pub fields: Vec<FieldFact>,
}

/// A field and what the log said of it.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldFact {
    /// Its name, as in `amount of refund.issued`.
    pub name: String,
    /// What the log said, as people read it; masked where the field is private.
    pub shown: DisplayValue,
    /// The log line that said it, where it is one.
    pub place: Option<Place>,
}

impl FieldFact {
    /// A field that no single line of the log speaks of.
    pub fn of(name: impl Into<String>, shown: DisplayValue) -> Self {
        Self { name: name.into(), shown, place: None }
    }
}

/// What the log said of a field, as people may read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DisplayValue {
    /// Nothing.
    Missing,
    /// Something that is not of the field's type.
    Malformed(String),
    /// A value.
    Value(String),
    /// A value that no output may show.
    Masked,
    /// Something that cannot be told: it rests on what a clock brings about, or on what is not to be trusted.
    Undetermined,
}

impl DisplayValue {
    /// Whether there is something that cannot be read.
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed(_))
    }
}

/// A time that did not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PauseFact {
    /// From.
    pub from: Instant,
    /// To; none while it lasts.
    pub to: Option<Instant>,
    /// Why.
    pub why: Why,
}

/// Why time did not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// An event paused the clock.
    Paused,
    /// It is the gap between a stop and a reopening.
    Gap,
    /// An exemption, by its index, stops the clock.
    Exempt(usize),
}

/// What excused a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct ExcuseFact {
    /// The exemption, by its index.
    pub exemption: usize,
    /// The fields that its condition read, and what they said.
    pub fields: Vec<FieldFact>,
    /// What proves it, where it asks for proof.
    pub proof: Option<FieldFact>,
}

/// A field that could not decide what it should.
#[derive(Clone, PartialEq, Debug)]
pub struct UnknownFact {
    /// What it should decide.
    pub about: EvidenceKind,
    /// The field.
    pub field: FieldFact,
    /// The log line, where one is to blame.
    pub place: Option<Place>,
}

/// A row that cannot be read and bears on a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnreadFact {
    /// Where it stands.
    pub place: Place,
    /// The kinds of event that it may be; nothing if it may be any.
    pub events: Vec<usize>,
    /// Whether it could turn the verdict; else only what was counted may be otherwise.
    pub turns: bool,
}

/// What an event did to a clock, a duty or an approval.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EvidenceKind {
    /// Started it.
    Started,
    /// Chose its target.
    Targeted,
    /// Changed its target, or the hours that count.
    Retargeted,
    /// Paused it.
    Paused,
    /// Resumed it.
    Resumed,
    /// Restarted it.
    Restarted,
    /// Reopened it.
    Reopened,
    /// Stopped it.
    Stopped,
    /// Cancelled it.
    Cancelled,
    /// Told a role.
    Escalated,
    /// Acted.
    Acted,
    /// Asked.
    Asked,
    /// Granted.
    Granted,
    /// Refused.
    Refused,
    /// Chose its calendar.
    Counted,
    /// Excused it, or stopped its time.
    Exempted,
    /// Gave it more time.
    Extended,
    /// Said whether whoever acted, asked or granted may.
    Empowered,
    /// Acted before, and counts towards the same limit.
    ActedBefore,
    /// Gave back some of what was spent before.
    Returned,
    /// Showed a moment out of control.
    LostControl,
    /// Is what a behaviour is about.
    Happened,
    /// Came before.
    Preceded,
    /// Answered.
    Answered,
    /// Kept it up.
    Kept,
    /// Closed a span.
    Closed,
    /// Decided what had to hold.
    Required,
    /// Ended the case, after a time.
    CaseEnded,
}

/// A log line and what it did.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// What it did.
    pub deed: EvidenceKind,
    /// The event's kind, by its index.
    pub event: usize,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Option<Arc<str>>,
    /// In which role, by its index.
    pub role: Option<usize>,
    /// Of an escalation: which role was told, by its index.
    pub told: Option<usize>,
    /// Of a change of target: from what to what.
    pub change: Option<Box<TargetChange>>,
    /// Of an earlier act, what it spent; of what came back, how much of it counts here.
    pub amount: Option<Money>,
    /// Where in the log.
    pub place: Place,
}

impl Evidence {
    /// `event` did that.
    pub fn of(deed: EvidenceKind, event: &Event) -> Self {
        Self {
            deed,
            event: usize::from(event.kind),
            at: event.time,
            actor: event.actor.clone(),
            role: match event.role.known() {
                Some(Value::Role(role)) => Some(*role),
                _ => None,
            },
            told: None,
            change: None,
            amount: None,
            place: event.place,
        }
    }
}

/// A change of target, or of the hours that count.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TargetChange {
    /// What was in force before.
    pub before: Aim,
    /// What is.
    pub after: Aim,
    /// How much had counted by then.
    pub counted: Duration,
}

/// What a clock aims at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Aim {
    /// The row of the target table, by its index; none while it cannot be told.
    pub row: Option<usize>,
    /// The due, as things stood; none without one, or while the clock stands still.
    pub due: Option<Instant>,
    /// The calendar that counts, by its index; none is the wall clock.
    pub calendar: Option<usize>,
}

/// An escalation that was due.
#[derive(Clone, PartialEq, Debug)]
pub struct NotificationDetail {
    /// The finding of the clock that it belongs to.
    pub clock: String,
    /// At which part of the target.
    pub at: Percent,
    /// The role to tell.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// When it fell due.
    pub due: Option<Instant>,
    /// When it was done.
    pub done: Option<Instant>,
    /// Whether the promise came to its end first.
    pub ended: Option<Instant>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// An act of an employee.
#[derive(Clone, PartialEq, Debug)]
pub struct ActDetail {
    /// What it cost.
    pub cost: Option<Money>,
    /// What the role may spend: the limit that was passed, or the one that held.
    pub limit: Option<Money>,
    /// Over what the limit sums.
    pub per_day: bool,
    /// What the role (or on that day the actor) had spent before.
    pub spent_before: Option<Money>,
    /// How many earlier acts that counts; the latest of them are among the evidence.
    pub acts_before: u64,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ActFault>,
    /// The grants of power that held for it, by their indices.
    pub grants: Vec<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// What can be wrong with an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActFault {
    /// Nothing empowers the role to it.
    NoPower,
    /// Beyond what the role may spend.
    BeyondLimit,
    /// The log does not say in which role.
    NoRole,
    /// The log does not say for how much, or not as an amount.
    NoAmount,
    /// The log does not say who.
    NoActor,
    /// The amount and the limit are in two currencies.
    TwoCurrencies,
    /// A condition of the role's power cannot be told.
    PowerUnknown,
    /// What was granted may cover it, and may not.
    GrantUnknown,
    /// Its amount is less than nothing.
    NegativeAmount,
    /// It cannot be told how much was spent before within the same limit.
    SpentUnknown,
}

/// An approval.
#[derive(Clone, PartialEq, Debug)]
pub struct ApprovalDetail {
    /// The amount.
    pub amount: Option<Money>,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ApprovalFault>,
    /// Whether this is the asking; else the granting.
    pub asking: bool,
    /// The time lost between asking and the answer.
    pub lost: Option<Duration>,
    /// The grants of power that held for whoever asked or granted, by their indices.
    pub grants: Vec<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// A grant of more time.
#[derive(Clone, PartialEq, Debug)]
pub struct ExtensionDetail {
    /// The start of the clock that it is about.
    pub clock_start: Instant,
    /// The role that granted it, by its index.
    pub by: Option<usize>,
    /// The lowest role that may, by its index; none if anyone may.
    pub needed: Option<usize>,
    /// When the promise was due before, as things stood.
    pub due_before: Option<Instant>,
    /// When it was due after.
    pub due_after: Option<Instant>,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ExtensionFault>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// What can be wrong with a grant of more time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExtensionFault {
    /// The verdict had fallen, or the due had come.
    Late,
    /// The same line gave time before.
    Twice,
    /// The role may not grant it.
    NotAuthorised,
    /// It gives no more time than there is.
    ExtendsNothing,
    /// A field that decides it is not in the log.
    NotSaid,
}

/// What a behaviour came to.
#[derive(Clone, PartialEq, Debug)]
pub struct ConductDetail {
    /// Until when something must happen, or must not.
    pub due: Option<Instant>,
    /// When the verdict fell; none while it is open.
    pub decided: Option<Instant>,
    /// Whether it is about the case as a whole; else about the first event of that kind in its evidence.
    pub of_the_case: bool,
    /// What is wrong, or would be if it were sure; none if nothing is.
    pub fault: Option<ConductFault>,
    /// The fields that had to be so, and what they said.
    pub fields: Vec<FieldFact>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// How a behaviour can be broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConductFault {
    /// What it needs did not come before.
    NothingBefore,
    /// Nothing answered in time, or before the case ended.
    Unanswered,
    /// It must never happen.
    Forbidden,
    /// It happened too soon.
    TooSoon,
    /// It happened that often, and must not.
    TooMany(u32),
    /// It happened that often, and must more often.
    TooFew(u32),
    /// Nothing kept it up in time.
    Gap,
    /// What must hold does not.
    DoesNotHold,
    /// One person did both.
    SamePerson,
    /// It was done in this role.
    WrongRole(usize),
    /// The log does not say in which role it was done.
    NoRole,
}

/// What can be wrong with an approval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApprovalFault {
    /// The one who asked granted it.
    OwnAct,
    /// The approver's role lacks the power.
    NoPower,
    /// The asker's own authority covered it.
    Needless,
    /// The log does not say who asked or granted, in which role, or for how much.
    NotSaid,
}

/// Why a moment of truth is out of control.
#[derive(Clone, PartialEq, Debug)]
pub struct MomentDetail {
    /// What its condition read: what makes it hold, or keeps it from being told; nothing while it is in
    /// control.
    pub because: Vec<Because>,
}

/// What a case weighs on a scorecard.
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreDetail {
    /// The score by what is decided, of 100; none while nothing is.
    pub score: Option<Exact>,
    /// The score if all that is undecided were broken.
    pub least: Exact,
    /// The score if all of it were kept.
    pub most: Exact,
    /// The lines that speak of the case.
    pub lines: Vec<LineFact>,
    /// The fatal breaches, by their findings.
    pub fatal: Vec<String>,
    /// Whether something in it is open.
    pub open: bool,
}

/// What a line of a scorecard makes of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct LineFact {
    /// The line, by its index.
    pub line: usize,
    /// How many findings are met.
    pub met: u64,
    /// Those that are breached, by their ids.
    pub breached: Vec<String>,
    /// How many cannot be determined.
    pub undetermined: u64,
    /// How many are open.
    pub open: u64,
}

/// What a journey is remembered by.
#[derive(Clone, PartialEq, Debug)]
pub struct JourneyDetail {
    /// The moment that is felt most, by its index, and its value.
    pub peak: Option<(usize, i32)>,
    /// The value of the moment that ends it; none while nothing in it is decided.
    pub end: Option<i32>,
    /// Peak and end together: twice the score.
    pub halves: Option<i32>,
    /// The moments with a value, in the order in which they are declared.
    pub moments: Vec<MomentValue>,
    /// How many findings on the way cannot be determined, or may be beside those that are known.
    pub undetermined: u64,
    /// Whether something on the way is open.
    pub open: bool,
}

/// How much a moment is felt, from -3 to 2.
#[derive(Clone, PartialEq, Debug)]
pub struct MomentValue {
    /// The moment, by its index.
    pub moment: usize,
    /// How much.
    pub value: i32,
    /// The findings that make it so, by their ids.
    pub by: Vec<String>,
}

/// A cause that holds of a breach, or that cannot be told.
#[derive(Clone, PartialEq, Debug)]
pub struct CauseFact {
    /// The cause, by its index.
    pub cause: usize,
    /// Whether it holds; else it cannot be told.
    pub holds: bool,
    /// What its condition read: what makes it hold, or what keeps it from being told.
    pub because: Vec<Because>,
}

/// Something that a condition read, and what it asked of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Because {
    /// The field or fact, and what it says.
    pub said: FieldFact,
    /// The fact, by its index; none for a field.
    pub fact: Option<usize>,
    /// What it was compared with.
    pub bound: Option<Bound>,
}

/// What a condition compares with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// How.
    pub comparison: Comparison,
    /// With what, as people read it.
    pub value: String,
    /// Whether the opposite is asked.
    pub negated: bool,
}

/// What a remedy proposes for a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// The remedy, by its index.
    pub remedy: usize,
    /// What to say or do.
    pub texts: Vec<String>,
    /// What to give.
    pub gifts: Vec<Gift>,
}

/// Something to give.
#[derive(Clone, PartialEq, Debug)]
pub struct Gift {
    /// The action, by its index.
    pub action: usize,
    /// How much.
    pub amount: Option<Money>,
    /// The row of the remedy's offers, by its index.
    pub row: usize,
    /// The lowest role that may surely give it in this case; none if nobody may any more.
    pub by: Option<usize>,
    /// Whether whoever holds the case may; none if that cannot be told.
    pub holder_may: Option<bool>,
}

/// Something in the log that a clock could not use.
#[derive(Clone, PartialEq, Debug)]
pub struct Anomaly {
    /// What is odd.
    pub kind: AnomalyKind,
    /// The standard; none if it is about the case.
    pub standard: Option<usize>,
    /// The case.
    pub case: Arc<str>,
    /// The event's kind.
    pub event: usize,
    /// When.
    pub at: Instant,
    /// Where in the log.
    pub place: Place,
}

/// What can be odd about an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AnomalyKind {
    /// It stops a clock that does not run.
    StopWithoutStart,
    /// It starts a clock that runs already.
    StartWhileRunning,
    /// It reopens what was never stopped.
    ReopenWithoutStop,
    /// It reopens too late.
    ReopenTooLate,
    /// It gives more time to a clock that does not run.
    ExtendWithoutClock,
    /// It pauses, and no clock ever stood still by it.
    PauseUnused,
    /// An event that gives back more than was spent.
    ReturnsTooMuch,
    /// It speaks of less than nothing: nobody knows what it is.
    NegativeAmount,
    /// It comes after the end of its case.
    AfterCaseEnd,
}
