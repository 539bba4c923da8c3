//! One view of a run: the engine's facts with names, texts and places beside them.
//!
//! Its field names are the keys of the JSON formats and are kept stable.

use serde::{Serialize, Serializer};

use crate::calendar::{Duration, Instant, Zone, zone_database_version};
use crate::engine::{
    Account, ActDetail, ActFault, Anomaly, AnomalyKind, ApprovalDetail, ApprovalFault, Deed, Detail, DutyDetail,
    Evaluation, Evidence, FieldFact, Finding, Rule, Shown, Tally, UnknownFact, Verdict,
};
use crate::graph::{Graph, Limit, Standard};
use crate::log::{Intake, Place};
use crate::source::{Sources, Span};

/// A whole run, ready to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// What made it.
    pub mot: Mot,
    /// The service.
    pub service: Service,
    /// The instant at which things were judged.
    pub as_of: When,
    /// The period, if one was asked for: from, up to and not including.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<(When, When)>,
    /// Verdicts by touchpoint and standard.
    pub summary: Vec<TouchpointSummary>,
    /// Verdicts of escalation levels.
    pub escalations: Vec<RuleSummary>,
    /// Verdicts of acts and approvals.
    pub authority: Vec<RuleSummary>,
    /// Where every row, case and clock went.
    pub reconciliation: Reconciliation,
    /// Every finding, by start.
    pub findings: Vec<FindingView>,
    /// What the clocks could not use.
    pub anomalies: Vec<AnomalyView>,
}

/// What made the report.
#[derive(Clone, Debug, Serialize)]
pub struct Mot {
    /// Version of Mot.
    pub version: &'static str,
    /// Release of the bundled zone database.
    pub zone_database: &'static str,
}

/// The header of the standards.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// Name.
    pub name: String,
    /// Title; the name where there is none.
    pub title: String,
    /// Version.
    pub version: Option<String>,
    /// Owner.
    pub owner: Option<String>,
    /// Draft, retired, or who approved it.
    pub status: Option<String>,
    /// Zone of everything local in the report.
    pub timezone: String,
}

/// An instant: as an RFC 3339 text with offset in data, as local time in text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// `2026-03-02T09:00:00+08:00`
    pub exact: String,
    /// `2026-03-02 09:00`
    pub local: String,
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact)
    }
}

impl When {
    /// `at`, in `zone`.
    pub fn new(at: Instant, zone: &Zone) -> Self {
        let local = zone.local(at);
        let offset =
            local.to_zoned(jiff::tz::TimeZone::UTC).map(|as_utc| as_utc.timestamp().duration_since(at.timestamp()));
        let minutes = offset.map_or(0, |offset| offset.as_mins());
        let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
        let exact = format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        let text = local.to_string().replace('T', " ");
        Self { exact, local: text.strip_suffix(":00").map(str::to_owned).unwrap_or(text) }
    }
}

impl When {
    /// The same instant as an end: midnight is the end of the day before.
    pub fn as_end(&self) -> String {
        let midnight = self.local.strip_suffix(" 00:00").and_then(|date| date.parse::<jiff::civil::Date>().ok());
        match midnight.and_then(|date| date.yesterday().ok()) {
            Some(before) => format!("{before} 24:00"),
            None => self.local.clone(),
        }
    }
}

/// A length of time: seconds in data, `2h30m` in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Length(pub Duration);

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const SECOND: i64 = 1_000_000_000;
        let nanos = self.0.as_nanos();
        if nanos % SECOND == 0 {
            serializer.serialize_i64(nanos / SECOND)
        } else {
            serializer.serialize_f64(nanos as f64 / SECOND as f64)
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Length {
    /// Time on the wall: exact, and from three days on also in days of 24 hours, rounded down.
    pub fn on_the_wall(self) -> String {
        const DAY: i64 = 24 * 3600 * 1_000_000_000;
        let days = self.0.as_nanos() / DAY;
        if days < 3 { format!("{self} on the wall") } else { format!("{self} on the wall (over {days} × 24h)") }
    }
}

/// The standards of a touchpoint.
#[derive(Clone, Debug, Serialize)]
pub struct TouchpointSummary {
    /// Its name; none for standards that belong to no touchpoint.
    pub touchpoint: Option<String>,
    /// Its title.
    pub title: String,
    /// Its standards, in the order declared.
    pub standards: Vec<RuleSummary>,
}

/// Verdicts of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSummary {
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// All verdicts together.
    pub total: u64,
    /// Met among met and breached.
    pub share_met: Option<Share>,
    /// How many were better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<u64>,
    /// The worst overshoot and the case it happened in.
    pub worst_overshoot: Option<(Length, String)>,
}

impl RuleSummary {
    /// How often a verdict fell.
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.verdicts.iter().find(|(known, _)| *known == verdict).map_or(0, |(_, count)| *count)
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.spelling())
    }
}

/// A share, exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl std::fmt::Display for Share {
    /// To a tenth of a percent, rounded down: a share never shows as more than it is.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (u128::from(self.part) * 1000).checked_div(u128::from(self.whole)).unwrap_or_default();
        write!(f, "{}.{} %", tenths / 10, tenths % 10)
    }
}

/// Where every row, case and clock went.
#[derive(Clone, Debug, Serialize)]
pub struct Reconciliation {
    /// Rows of all logs.
    pub rows_read: u64,
    /// Rows that gave events.
    pub rows_mapped: u64,
    /// Rows that could not be used.
    pub rows_set_aside: u64,
    /// Rows whose event nobody knows.
    pub rows_unknown: u64,
    /// Rows that the mapping leaves out on purpose.
    pub rows_ignored: u64,
    /// Snapshots that a later one replaced.
    pub rows_folded: u64,
    /// Rows whose times were all empty.
    pub rows_without_time: u64,
    /// Events that the rows gave.
    pub events: u64,
    /// Events after `as of`.
    pub events_after_as_of: u64,
    /// Cases with an event up to `as of`.
    pub cases: u64,
    /// Cases with a finding.
    pub cases_judged: u64,
    /// Cases in which no clock started and nothing was done that a rule speaks of.
    pub cases_without_a_clock: u64,
    /// Clocks started or reopened.
    pub clocks_started: u64,
    /// Clocks with a verdict.
    pub clocks_judged: u64,
    /// Open before, started, finished, open after; over the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowView>,
    /// Whether every sum holds.
    pub reconciles: bool,
    /// Rows set aside: place, reason, text.
    pub set_aside: Vec<SetAsideView>,
    /// Events that neither mapping nor standards know: name, rows, first place.
    pub unknown_events: Vec<Noted>,
    /// Cells that do not fit their field.
    pub malformed: Vec<Noted>,
    /// Cells that are none of the names of their field.
    pub unknown_values: Vec<Noted>,
    /// Fields of the standards that no column carries.
    pub missing_columns: Vec<String>,
    /// Events that share case and time with another.
    pub ties: u64,
    /// Those of them whose order only the file tells.
    pub ties_by_file_order: u64,
    /// Rows before the row before them, of the same case.
    pub out_of_order: u64,
    /// Local times that did not exist or existed twice.
    pub odd_local_times: u64,
}

/// Clocks over a period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FlowView {
    /// Running at its beginning.
    pub open_before: u64,
    /// Started in it.
    pub started: u64,
    /// Ended in it.
    pub finished: u64,
    /// Running at its end.
    pub open_after: u64,
}

/// A row that could not be used.
#[derive(Clone, Debug, Serialize)]
pub struct SetAsideView {
    /// `log.csv:17`
    pub place: String,
    /// Why, in words.
    pub reason: String,
    /// The row, unless private fields could show in it.
    pub text: Option<String>,
}

/// Something seen in the log that nothing could be made of.
#[derive(Clone, Debug, Serialize)]
pub struct Noted {
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
    /// Where first.
    pub first: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// Its stable id.
    pub id: String,
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Where the rule is written.
    pub written: String,
    /// The version of the standards.
    pub version: Option<String>,
    /// The case.
    pub case: String,
    /// The `per` field and its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<(String, String)>,
    /// The verdict.
    pub verdict: Verdict,
    /// How grave a breach of the rule is.
    pub severity: Option<String>,
    /// How it shows to a customer.
    pub symptom: Option<String>,
    /// The touchpoint.
    pub touchpoint: Option<String>,
    /// The moment of truth.
    pub moment: Option<String>,
    /// The title of the moment or touchpoint.
    #[serde(skip)]
    pub place: Option<String>,
    /// The segments that the case belongs to.
    pub segments: Vec<String>,
    /// Who acted last on the case.
    pub held_by: Option<String>,
    /// When it began.
    pub start: When,
    /// How many of the same came before.
    pub ordinal: u32,
    /// Of a clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockView>,
    /// Of an escalation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<DutyView>,
    /// Of an act or approval: what it was and what is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<ActView>,
    /// Why it cannot be determined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// The log lines that decided it.
    pub evidence: Vec<EvidenceView>,
    /// What could be offered, by whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<ProposalView>,
}

/// The account of a clock.
#[derive(Clone, Debug, Serialize)]
pub struct ClockView {
    /// The row of the target table, as written.
    pub target: Option<String>,
    /// Where the row is written.
    pub target_written: Option<String>,
    /// What the table read: `priority is urgent`.
    pub because: Vec<String>,
    /// Counted time that the row gives.
    pub budget: Option<Length>,
    /// The calendar it counts; none is the wall clock.
    pub calendar: Option<String>,
    /// When it was or is due.
    pub due: Option<When>,
    /// When it ended.
    pub stop: Option<When>,
    /// Whether it still runs.
    pub open: bool,
    /// Counted time up to the end.
    pub elapsed: Length,
    /// Time on the wall from start to the end.
    pub elapsed_on_wall: Length,
    /// Counted time beyond due.
    pub overshoot: Length,
    /// Time on the wall beyond due.
    pub overshoot_on_wall: Length,
    /// Times that did not count: from, to, and whether it is the gap before a reopening.
    pub pauses: Vec<PauseView>,
    /// Whether it was better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<bool>,
}

/// A time that did not count.
#[derive(Clone, Debug, Serialize)]
pub struct PauseView {
    /// From.
    pub from: When,
    /// To; none while it lasts.
    pub to: Option<When>,
    /// Whether it is the gap between a stop and a reopening.
    pub reopened: bool,
}

/// An escalation that was due.
#[derive(Clone, Debug, Serialize)]
pub struct DutyView {
    /// The title of the promise.
    pub of: String,
    /// The finding of the clock.
    pub clock: String,
    /// At which part of the target.
    pub at: String,
    /// To which role.
    pub to: String,
    /// Within what time.
    pub within: String,
    /// By when.
    pub due: Option<When>,
    /// When it was done.
    pub done: Option<When>,
    /// When the promise ended first.
    pub ended: Option<When>,
}

/// An act, an asking or a grant.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    /// What it was: `act`, `asking`, `grant`.
    pub kind: &'static str,
    /// The amount.
    pub amount: Option<String>,
    /// What is wrong with it, in words.
    pub fault: Option<String>,
    /// Time lost between asking and answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<Length>,
}

/// A log line and what it did.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    /// What it did.
    pub did: &'static str,
    /// The event.
    pub event: String,
    /// When.
    pub at: When,
    /// By whom.
    pub by: Option<String>,
    /// Where: `log.csv:17`.
    pub place: String,
}

/// What a remedy proposes.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalView {
    /// The remedy's name.
    pub remedy: String,
    /// What to say or do.
    pub offers: Vec<String>,
    /// What to give, and who may: `refund 100 CNY`, `agent`.
    pub gifts: Vec<GiftView>,
}

/// Something to give.
#[derive(Clone, Debug, Serialize)]
pub struct GiftView {
    /// What.
    pub gift: String,
    /// The lowest role that may give it.
    pub by: Option<String>,
    /// Whether whoever holds the case may.
    pub holder_may: bool,
}

/// Something in the log that a clock could not use.
#[derive(Clone, Debug, Serialize)]
pub struct AnomalyView {
    /// What is odd, in words.
    pub what: &'static str,
    /// The standard.
    pub standard: String,
    /// The case.
    pub case: String,
    /// The event.
    pub event: String,
    /// When.
    pub at: When,
    /// Where.
    pub place: String,
}

impl View {
    /// The view of a run.
    pub fn new(graph: &Graph, sources: &Sources, intake: &Intake, evaluation: &Evaluation) -> Self {
        let names = Names { graph, sources, intake };
        let population = &evaluation.population;
        let escalations = population.duties.iter().map(|((escalation, level), tally)| {
            names.rule_summary(Rule::Escalation(*escalation, *level), tally, evaluation)
        });
        let acts = population.actions.iter().enumerate();
        let acts = acts.map(|(index, tally)| names.rule_summary(Rule::Action(index), tally, evaluation));
        let approvals = population.approvals.iter().enumerate();
        let approvals = approvals.map(|(index, tally)| names.rule_summary(Rule::Approval(index), tally, evaluation));
        Self {
            mot: Mot { version: env!("CARGO_PKG_VERSION"), zone_database: zone_database_version() },
            service: names.service(),
            as_of: names.when(evaluation.as_of),
            period: evaluation.period.map(|(from, to)| (names.when(from), names.when(to))),
            summary: names.summary(evaluation),
            escalations: escalations.collect(),
            authority: acts.chain(approvals).collect(),
            reconciliation: names.reconciliation(evaluation),
            findings: evaluation.findings.iter().map(|finding| names.finding(finding)).collect(),
            anomalies: evaluation.anomalies.iter().map(|anomaly| names.anomaly(anomaly)).collect(),
        }
    }

    /// How many findings have that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}

/// Indices to names, places to text.
struct Names<'a> {
    graph: &'a Graph,
    sources: &'a Sources,
    intake: &'a Intake,
}

impl Names<'_> {
    fn when(&self, at: Instant) -> When {
        When::new(at, &self.graph.vocabulary.zone)
    }

    fn place(&self, place: Place) -> String {
        let source = self.intake.sources.get(usize::from(place.source));
        format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), place.line)
    }

    fn role(&self, role: usize) -> String {
        self.graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default()
    }

    fn event(&self, event: usize) -> String {
        self.graph.vocabulary.events.get(event).map(|event| event.name.clone()).unwrap_or_default()
    }

    fn standard(&self, rule: Rule) -> Option<&Standard> {
        let index = match rule {
            Rule::Standard(index) => index,
            Rule::Escalation(escalation, _) => self.graph.escalations.get(escalation)?.standard,
            Rule::Action(_) | Rule::Approval(_) => return None,
        };
        self.graph.standards.get(index)
    }

    fn span(&self, rule: Rule) -> Option<Span> {
        Some(match rule {
            Rule::Standard(index) => self.graph.standards.get(index)?.span,
            Rule::Escalation(escalation, level) => self.graph.escalations.get(escalation)?.levels.get(level)?.span,
            Rule::Action(index) => self.graph.actions.get(index)?.span,
            Rule::Approval(index) => self.graph.approvals.get(index)?.span,
        })
    }

    fn title(&self, rule: Rule) -> String {
        let label = match rule {
            Rule::Standard(_) => self.standard(rule).and_then(|standard| standard.label.clone()),
            Rule::Action(index) => self.graph.actions.get(index).and_then(|action| action.label.clone()),
            Rule::Escalation(escalation, level) => {
                let to = self.graph.escalations.get(escalation).and_then(|found| found.levels.get(level));
                let to = to.map(|level| self.role(level.to)).unwrap_or_default();
                return format!("{}: {to} told", rule.name(self.graph));
            }
            Rule::Approval(index) => {
                let action = self.graph.approvals.get(index).map(|found| Rule::Action(found.action));
                return action.map(|action| self.title(action)).unwrap_or_default();
            }
        };
        label.unwrap_or_else(|| rule.name(self.graph))
    }

    fn service(&self) -> Service {
        let service = &self.graph.service;
        Service {
            name: service.name.clone(),
            title: service.label.clone().unwrap_or_else(|| service.name.clone()),
            version: service.version.clone(),
            owner: service.owner.clone(),
            status: service.status.clone(),
            timezone: self.graph.vocabulary.zone.name().to_owned(),
        }
    }

    fn summary(&self, evaluation: &Evaluation) -> Vec<TouchpointSummary> {
        let touchpoints = (0..self.graph.touchpoints.len()).map(Some).chain([None]);
        let summary = touchpoints.map(|touchpoint| {
            let found = touchpoint.and_then(|index| self.graph.touchpoints.get(index));
            let standards = self.graph.standards.iter().zip(&evaluation.population.standards).enumerate();
            let standards = standards
                .filter(|(_, (standard, _))| standard.touchpoint == touchpoint)
                .map(|(index, (_, tally))| self.rule_summary(Rule::Standard(index), tally, evaluation));
            TouchpointSummary {
                touchpoint: found.map(|found| found.name.clone()),
                title: found.map_or_else(
                    || "no touchpoint".to_owned(),
                    |found| found.label.clone().unwrap_or_else(|| found.name.clone()),
                ),
                standards: standards.collect(),
            }
        });
        summary.filter(|touchpoint| !touchpoint.standards.is_empty()).collect()
    }

    fn rule_summary(&self, rule: Rule, tally: &Tally, evaluation: &Evaluation) -> RuleSummary {
        let has_beyond = match rule {
            Rule::Standard(_) => self.standard(rule).is_some_and(|standard| !standard.beyond.is_empty()),
            _ => false,
        };
        let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict, tally.of(verdict)));
        let worst = evaluation.findings.iter().filter(|finding| finding.rule == rule).filter_map(|finding| {
            match (&finding.detail, finding.verdict) {
                (Detail::Clock(account), Verdict::Breached) => {
                    Some((account.overshoot, account.overshoot_on_wall, finding.case.to_string()))
                }
                _ => None,
            }
        });
        // Of equal overshoots the first case; of none counted (a stop out of hours) the time on the wall.
        let worst = worst.reduce(|worst, next| if (next.0, next.1) > (worst.0, worst.1) { next } else { worst });
        let worst = worst.map(|(counted, wall, case)| (if counted.is_zero() { wall } else { counted }, case));
        let title = match rule {
            Rule::Approval(_) => format!("{}: asked and granted", self.title(rule)),
            _ => self.title(rule),
        };
        RuleSummary {
            rule: rule.name(self.graph),
            title,
            verdicts: verdicts.filter(|(_, count)| *count > 0).collect(),
            total: tally.total(),
            share_met: tally.share_met().map(|(part, whole)| Share { part, whole }),
            beyond_expectation: has_beyond.then_some(tally.beyond_expectation),
            worst_overshoot: worst.map(|(overshoot, case)| (Length(overshoot), case)),
        }
    }

    fn reconciliation(&self, evaluation: &Evaluation) -> Reconciliation {
        let (intake, population) = (self.intake, &evaluation.population);
        let noted = |what: &String, seen: &crate::log::Seen| Noted {
            what: what.clone(),
            count: seen.count,
            first: intake.place(*seen),
        };
        let unknown_values = intake.unknown_values.iter().flat_map(|(field, values)| {
            values.iter().map(move |(value, seen)| noted(&format!("{field}: {value}"), seen))
        });
        let malformed = intake.malformed.iter().map(|(field, malformed)| {
            let example = malformed.example.as_ref().map(|example| format!("{field}: {example}"));
            noted(&example.unwrap_or_else(|| field.clone()), &malformed.seen)
        });
        let sum = |counts: &[u64]| counts.iter().sum::<u64>();
        Reconciliation {
            rows_read: intake.rows_read,
            rows_mapped: intake.rows_mapped,
            rows_set_aside: intake.rows_set_aside(),
            rows_unknown: intake.unknown_events.values().map(|seen| seen.count).sum(),
            rows_ignored: intake.ignored.values().sum(),
            rows_folded: intake.rows_folded,
            rows_without_time: intake.rows_without_time,
            events: population.events,
            events_after_as_of: population.events_after,
            cases: population.cases,
            cases_judged: population.cases_judged,
            cases_without_a_clock: population.cases - population.cases_judged,
            clocks_started: sum(&population.started),
            clocks_judged: sum(&population.found),
            flow: population.flow.map(|flow| FlowView {
                open_before: flow.open_before,
                started: flow.started,
                finished: flow.finished,
                open_after: flow.open_after,
            }),
            reconciles: intake.reconciles() && population.reconciles() && intake.events == population.events,
            set_aside: intake.set_aside.iter().map(|row| self.set_aside(row)).collect(),
            unknown_events: intake.unknown_events.iter().map(|(name, seen)| noted(name, seen)).collect(),
            malformed: malformed.collect(),
            unknown_values: unknown_values.collect(),
            missing_columns: intake.missing_columns.iter().cloned().collect(),
            ties: intake.ties,
            ties_by_file_order: intake.ties_by_file_order,
            out_of_order: intake.out_of_order_in_case,
            odd_local_times: intake.times_in_gap_or_fold,
        }
    }

    fn set_aside(&self, row: &crate::log::SetAside) -> SetAsideView {
        let source = self.intake.sources.get(usize::from(row.source));
        SetAsideView {
            place: format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), row.line),
            reason: row.reason.to_string(),
            text: row.text.clone(),
        }
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let standard = self.standard(finding.rule);
        let touchpoint = standard.and_then(|standard| self.graph.touchpoints.get(standard.touchpoint?));
        let moment = standard.and_then(|standard| self.graph.moments.get(standard.moment?));
        let held_by = finding.holder.as_ref().and_then(|holder| {
            let role = holder.role.map(|role| self.role(role));
            match (&holder.actor, role) {
                (Some(actor), Some(role)) => Some(format!("{actor} ({role})")),
                (Some(actor), None) => Some(actor.to_string()),
                (None, role) => role,
            }
        });
        FindingView {
            id: finding.id.clone(),
            rule: finding.rule.name(self.graph),
            title: self.title(finding.rule),
            written: self.span(finding.rule).map(|span| self.sources.location(span)).unwrap_or_default(),
            version: self.graph.service.version.clone(),
            case: finding.case.to_string(),
            key: self.key(standard, finding),
            verdict: finding.verdict,
            severity: standard.and_then(|standard| standard.severity.clone()),
            symptom: standard.and_then(|standard| standard.symptom.clone()),
            touchpoint: touchpoint.map(|touchpoint| touchpoint.name.clone()),
            moment: moment.map(|moment| moment.name.clone()),
            place: moment
                .map(|moment| moment.label.clone().unwrap_or_else(|| moment.name.clone()))
                .or(touchpoint.map(|place| place.label.clone().unwrap_or_else(|| place.name.clone()))),
            segments: finding
                .segments
                .iter()
                .filter_map(|segment| self.graph.segments.get(*segment))
                .map(|segment| segment.name.clone())
                .collect(),
            held_by,
            start: self.when(finding.start),
            ordinal: finding.ordinal,
            clock: match &finding.detail {
                Detail::Clock(account) => Some(self.clock(finding.rule, account)),
                _ => None,
            },
            escalation: match &finding.detail {
                Detail::Duty(duty) => Some(self.duty(finding.rule, duty)),
                _ => None,
            },
            act: match &finding.detail {
                Detail::Act(act) => Some(self.act(act)),
                Detail::Approval(approval) => Some(approval_view(approval)),
                Detail::Clock(_) | Detail::Duty(_) => None,
            },
            unknown: match &finding.detail {
                Detail::Clock(account) => account.unknown.iter().map(|unknown| self.unknown(unknown)).collect(),
                _ => Vec::new(),
            },
            evidence: finding.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            remedies: self.remedies(finding),
        }
    }

    /// The `per` field and its value, masked where the field is private.
    fn key(&self, standard: Option<&Standard>, finding: &Finding) -> Option<(String, String)> {
        let (key, value) = (standard?.key.as_ref()?, finding.key.as_ref()?);
        let fields = self.graph.vocabulary.events.iter().zip(&key.slots);
        let private = fields.filter_map(|(event, slot)| event.fields.get((*slot)?)).any(|field| field.private);
        let value = if private { MASK.to_owned() } else { value.clone() };
        Some((key.name.clone(), value))
    }

    fn clock(&self, rule: Rule, account: &Account) -> ClockView {
        let row = account.target.row.and_then(|row| self.standard(rule)?.targets.get(row));
        ClockView {
            target: row.map(|row| row.said.clone()),
            target_written: row.map(|row| self.sources.location(row.span)),
            because: account.target.fields.iter().map(fact_in_words).collect(),
            budget: account.target.budget.map(Length),
            calendar: account
                .calendar
                .and_then(|calendar| self.graph.calendars.get(calendar))
                .map(|calendar| calendar.name.clone()),
            due: account.due.map(|at| self.when(at)),
            stop: account.stop.map(|at| self.when(at)),
            open: account.open,
            elapsed: Length(account.elapsed),
            elapsed_on_wall: Length(account.elapsed_on_wall),
            overshoot: Length(account.overshoot),
            overshoot_on_wall: Length(account.overshoot_on_wall),
            pauses: account
                .pauses
                .iter()
                .map(|pause| PauseView {
                    from: self.when(pause.from),
                    to: pause.to.map(|at| self.when(at)),
                    reopened: pause.is_gap,
                })
                .collect(),
            beyond_expectation: account.beyond_expectation,
        }
    }

    fn duty(&self, rule: Rule, duty: &DutyDetail) -> DutyView {
        let standard = self.standard(rule);
        let of = standard.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).unwrap_or_default();
        DutyView {
            of,
            clock: duty.clock.clone(),
            at: duty.at.to_string(),
            to: self.role(duty.to),
            within: limit_in_words(duty.within),
            due: duty.due.map(|at| self.when(at)),
            done: duty.done.map(|at| self.when(at)),
            ended: duty.ended.map(|at| self.when(at)),
        }
    }

    fn act(&self, act: &ActDetail) -> ActView {
        let per = if act.per_day { "a day" } else { "a case" };
        let fault = act.fault.map(|fault| match fault {
            ActFault::NoPower => "nothing empowers this role to it".to_owned(),
            ActFault::BeyondLimit => {
                let limit = act.limit.map(|limit| format!("up to {limit} {per}")).unwrap_or_default();
                let before = act.spent_before.filter(|before| !before.amount.is_zero());
                match before {
                    Some(before) => format!("the role may go {limit}, and {before} were spent before"),
                    None => format!("the role may go {limit}"),
                }
            }
            ActFault::TwoCurrencies => "what it cost and what the role may spend are in two currencies".to_owned(),
            ActFault::PowerUnknown => {
                "it cannot be told whether the role may: a field it depends on is not in the log".to_owned()
            }
            ActFault::NotSaid => "the log does not say who acted, in which role, or for how much".to_owned(),
        });
        ActView { kind: "act", amount: act.cost.map(|cost| cost.to_string()), fault, lost: None }
    }

    fn unknown(&self, unknown: &UnknownFact) -> String {
        let fact = fact_in_words(&unknown.field);
        let what = match unknown.about {
            Deed::Started => "whether the clock starts",
            Deed::Counted => "which calendar it counts",
            Deed::Targeted | Deed::Retargeted => "which target holds",
            Deed::Stopped => "whether it stopped",
            Deed::Cancelled => "whether it was cancelled",
            Deed::Paused => "whether it was paused",
            Deed::Resumed => "whether it was resumed",
            Deed::Restarted => "whether it was restarted",
            _ => "what happened",
        };
        match unknown.place {
            Some(place) => format!("{fact} ({}): it cannot be told {what}", self.place(place)),
            None => format!("{fact}: it cannot be told {what}"),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceView {
        let role = evidence.role.map(|role| self.role(role));
        EvidenceView {
            did: deed_in_words(evidence.deed),
            event: self.event(evidence.event),
            at: self.when(evidence.at),
            by: match (&evidence.actor, role) {
                (Some(actor), Some(role)) => Some(format!("{actor} as {role}")),
                (Some(actor), None) => Some(actor.to_string()),
                (None, role) => role,
            },
            place: self.place(evidence.place),
        }
    }

    fn remedies(&self, finding: &Finding) -> Vec<ProposalView> {
        let gift = |gift: &crate::engine::Gift| {
            let action = self.graph.actions.get(gift.action).map(|action| action.name.clone()).unwrap_or_default();
            GiftView {
                gift: gift.amount.map_or_else(|| action.clone(), |amount| format!("{action} {amount}")),
                by: gift.by.map(|role| self.role(role)),
                holder_may: gift.holder_may,
            }
        };
        let proposal = |proposal: &crate::engine::Proposal| ProposalView {
            remedy: self.graph.remedies.get(proposal.remedy).map(|remedy| remedy.name.clone()).unwrap_or_default(),
            offers: proposal.texts.clone(),
            gifts: proposal.gifts.iter().map(gift).collect(),
        };
        finding.remedies.iter().map(proposal).collect()
    }

    fn anomaly(&self, anomaly: &Anomaly) -> AnomalyView {
        AnomalyView {
            what: anomaly_in_words(anomaly.kind),
            standard: Rule::Standard(anomaly.standard).name(self.graph),
            case: anomaly.case.to_string(),
            event: self.event(anomaly.event),
            at: self.when(anomaly.at),
            place: self.place(anomaly.place),
        }
    }
}

const MASK: &str = "(private)";

fn fact_in_words(fact: &FieldFact) -> String {
    match &fact.shown {
        Shown::Missing => format!("{} is not in the log", fact.name),
        Shown::Malformed(text) => format!("{} is `{text}`, which it cannot be", fact.name),
        Shown::Value(value) => format!("{} is {value}", fact.name),
        Shown::Masked => format!("{} is {MASK}", fact.name),
    }
}

fn limit_in_words(limit: Limit) -> String {
    match limit {
        Limit::Exact(amount) => amount.to_string(),
        Limit::WorkingDays(1) => "1 working day".into(),
        Limit::WorkingDays(days) => format!("{days} working days"),
        Limit::CalendarDays(1, _) => "1 calendar day".into(),
        Limit::CalendarDays(days, _) => format!("{days} calendar days"),
    }
}

fn approval_view(approval: &ApprovalDetail) -> ActView {
    let fault = approval.fault.map(|fault| match fault {
        ApprovalFault::OwnAct => "whoever asked granted it too",
        ApprovalFault::NoPower => "the role that granted it may not itself",
        ApprovalFault::Needless => "needless: the role that asked might have acted at once",
        ApprovalFault::NotSaid => "the log does not say who asked or granted, in which role, or for how much",
    });
    ActView {
        kind: if approval.asking { "asking" } else { "grant" },
        amount: approval.amount.map(|amount| amount.to_string()),
        fault: fault.map(str::to_owned),
        lost: approval.lost.map(Length),
    }
}

fn deed_in_words(deed: Deed) -> &'static str {
    match deed {
        Deed::Started => "started",
        Deed::Targeted => "chose the target",
        Deed::Retargeted => "changed the target",
        Deed::Paused => "paused",
        Deed::Resumed => "resumed",
        Deed::Restarted => "restarted",
        Deed::Reopened => "reopened",
        Deed::Stopped => "stopped",
        Deed::Cancelled => "cancelled",
        Deed::Escalated => "escalated",
        Deed::Acted => "acted",
        Deed::Asked => "asked",
        Deed::Granted => "granted",
        Deed::Refused => "refused",
        Deed::Counted => "chose the calendar",
    }
}

fn anomaly_in_words(kind: AnomalyKind) -> &'static str {
    match kind {
        AnomalyKind::StopWithoutStart => "stops a clock that does not run",
        AnomalyKind::StartWhileRunning => "starts a clock that runs already",
        AnomalyKind::ReopenWithoutStop => "reopens what was never stopped",
        AnomalyKind::ReopenTooLate => "reopens too late",
    }
}
