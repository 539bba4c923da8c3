//! Findings, with all that every one of them has.

use serde::Serialize;

use super::labels::Labels;
use super::{ActView, CauseView, ClockView, ConductView, DutyView, JourneyView, ScoreView};

use crate::calendar::Instant;
use crate::engine::{
    Detail, Evidence, EvidenceKind, FieldFact, Finding, Rule, TargetChange, UNKNOWN_KEY, UnknownFact, UnreadFact,
    Verdict,
};
use crate::graph::Standard;
use crate::report::words::{MASK, deed_in_words, fact_in_words};
use crate::report::{Length, When};

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
    /// The authorities that it bears on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<String>,
    /// The case; of a rule `per party`, the party's first.
    pub case: String,
    /// Whether it is judged over all cases of a party.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub per_party: bool,
    /// The `per` field and its value; none where the log does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<(String, Option<String>)>,
    /// The verdict.
    pub verdict: Verdict,
    /// How grave a breach of the rule is.
    pub severity: Option<String>,
    /// Whether a breach of it is material.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub material: bool,
    /// How much of it is in the unit's own hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
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
    /// Of a moment of truth: why it is out of control.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub out_of_control: Vec<String>,
    /// Of a behaviour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conduct: Option<ConductView>,
    /// Of a scorecard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreView>,
    /// Of a journey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journey: Option<JourneyView>,
    /// Why it cannot be determined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// Rows that cannot be read and bear on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<UnreadView>,
    /// The log lines that decided it.
    pub evidence: Vec<EvidenceView>,
    /// Of a breach: the causes that hold of it, and those that cannot be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseView>,
    /// Whether none of the causes that its rule has holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unexplained: bool,
    /// What could be offered, by whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<ProposalView>,
}

/// A row that cannot be read and bears on a finding.
#[derive(Clone, Debug, Serialize)]
pub struct UnreadView {
    /// Where it stands: `log.csv:17`.
    pub place: String,
    /// Why it cannot be read.
    pub why: String,
    /// Whether the row can be read, and only a cell of it cannot.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_a_cell: bool,
    /// The events that it may be; nothing if it may be any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may_be: Vec<String>,
    /// Whether it could turn the verdict; else only what was counted may be otherwise.
    pub turns_the_verdict: bool,
    /// Whether it would have ended the case, as far as behaviours and moments look.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ends_the_case: bool,
}

impl std::fmt::Display for UnreadView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_a_cell && self.may_be.is_empty() {
            return write!(f, "a cell of {} cannot be read", self.place);
        }
        let events: Vec<String> = self.may_be.iter().map(|event| format!("`{event}`")).collect();
        let may_be = if events.is_empty() { "any event".to_owned() } else { events.join(" or ") };
        let ends = if self.ends_the_case { ", which ends the case" } else { "" };
        write!(f, "{} may hold {may_be}{ends}: {}", self.place, self.why)?;
        if self.turns_the_verdict { Ok(()) } else { f.write_str("; the verdict stands either way") }
    }
}

/// Something that was read, and the log line that said it.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// `priority is urgent`
    pub said: String,
    /// `log.csv:17`; none where no single line says it.
    pub place: Option<String>,
}

/// `priority is urgent, tier is gold (log.csv:17), vip is true (log.csv:18)`: a place stands behind all that it says.
pub(super) fn facts_in_a_line(facts: &[FactView]) -> String {
    let mut words = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        let goes_on = facts.get(index + 1).is_some_and(|next| next.place == fact.place);
        match &fact.place {
            Some(place) if !goes_on => words.push(format!("{} ({place})", fact.said)),
            _ => words.push(fact.said.clone()),
        }
    }
    words.join(", ")
}

/// A change of target, or of the hours that count.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// The row before, as written; none while it could not be told.
    pub from: Option<String>,
    /// When it was due by that, as things stood.
    pub was_due: Option<When>,
    /// The row after.
    pub to: Option<String>,
    /// When it was due by that, as things stood.
    pub due: Option<When>,
    /// The hours, where others count from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursChangeView>,
}

/// A change of the hours that count.
#[derive(Clone, Debug, Serialize)]
pub struct HoursChangeView {
    /// The calendar before.
    pub from: String,
    /// The calendar after.
    pub to: String,
    /// How much had counted by then.
    pub counted: Length,
}

impl std::fmt::Display for ChangeView {
    /// ``from `within 8h otherwise`, due 2026-03-02 17:00, to `within 30m when urgent` ``, or
    /// ``30m counted on office, from here on night counts, due 2026-03-02 20:00``
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let row = |row: &Option<String>| match row {
            Some(said) => format!("`{said}`"),
            None => "a target that could not be told".to_owned(),
        };
        let was_due = self.was_due.as_ref().map(|due| format!(", due {},", due.local)).unwrap_or_default();
        let (from, to) = (row(&self.from), row(&self.to));
        let Some(hours) = &self.hours else { return write!(f, "from {from}{was_due} to {to}") };
        write!(f, "{} counted on {}, from here on {} counts", hours.counted, hours.from, hours.to)?;
        if self.from != self.to {
            write!(f, ", from {from}{was_due} to {to}")?;
        }
        match &self.due {
            Some(due) => write!(f, ", due {}", due.local),
            None => Ok(()),
        }
    }
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
    /// Of an escalation: which role was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Of a change of target: from what to what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeView>,
    /// Of an earlier act, what it spent; of what came back, how much of it counts here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
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
    /// Whether whoever holds the case may; none if that cannot be told.
    pub holder_may: Option<bool>,
}

impl Labels<'_> {
    pub(super) fn finding(&self, finding: &Finding) -> FindingView {
        let standard = self.standard(finding.rule);
        let (touchpoint, moment) = self.belongs(finding.rule);
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
            under: self.under(finding.rule),
            case: finding.case.to_string(),
            per_party: self.is_per_party(finding.rule),
            key: self.key(standard, finding),
            verdict: finding.verdict,
            severity: finding.grade.severity.clone(),
            material: finding.grade.material,
            control: finding.grade.control.clone(),
            symptom: self.attributes(finding.rule).and_then(|attributes| attributes.symptom.clone()),
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
            start: match finding.rule {
                // A part of the time to a private due tells the due.
                Rule::Escalation(..) => self.when_due(finding.start, self.some_due_is_private(finding.rule)),
                _ => self.when(finding.start),
            },
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
                Detail::Act(act) => Some(self.masked(finding.rule, self.act(finding, act))),
                Detail::Approval(approval) => Some(self.masked(finding.rule, self.approval(finding, approval))),
                Detail::Extension(extension) => Some(self.extension(finding.rule, extension)),
                _ => None,
            },
            score: match &finding.detail {
                Detail::Score(score) => Some(self.score(finding.rule, score)),
                _ => None,
            },
            journey: match &finding.detail {
                Detail::Journey(journey) => Some(self.journey(journey)),
                _ => None,
            },
            conduct: match &finding.detail {
                Detail::Conduct(detail) => {
                    self.behaviour(finding.rule).map(|behaviour| self.conduct(behaviour, finding, detail))
                }
                _ => None,
            },
            out_of_control: match &finding.detail {
                Detail::Moment(moment) if finding.verdict == Verdict::Breached => self.reasons(&moment.because),
                _ => Vec::new(),
            },
            unknown: match &finding.detail {
                Detail::Moment(moment) if finding.verdict == Verdict::Undetermined => {
                    let unread = moment.unknown.iter().map(|unknown| self.unknown(unknown));
                    self.reasons(&moment.because).into_iter().chain(unread).collect()
                }
                _ => finding.unknown().iter().map(|unknown| self.unknown(unknown)).collect(),
            },
            unread: finding.unread.iter().map(|fact| self.unread(Some(finding.rule), fact)).collect(),
            evidence: finding.evidence.iter().map(|evidence| self.evidence(finding.rule, evidence)).collect(),
            causes: self.causes(finding),
            unexplained: finding.is_unexplained(self.graph),
            remedies: self.remedies(finding),
        }
    }

    /// The `per` field and its value, masked where the field is private.
    fn key(&self, standard: Option<&Standard>, finding: &Finding) -> Option<(String, Option<String>)> {
        let (key, value) = (standard?.key.as_ref()?, finding.key.as_ref()?);
        let fields = self.graph.vocabulary.events.iter().zip(key.slots.iter());
        let private = fields.filter_map(|(event, slot)| event.fields.get((*slot)?)).any(|field| field.private);
        let value = (value != UNKNOWN_KEY).then(|| if private { MASK.to_owned() } else { value.to_string() });
        Some((key.name.clone(), value))
    }

    pub(super) fn unread(&self, rule: Option<Rule>, fact: &UnreadFact) -> UnreadView {
        let place = fact.place;
        let ends = self.graph.case_end.iter().flat_map(|end| &end.on).any(|on| fact.events.contains(&on.event));
        let row = self.intake.set_aside.iter().find(|row| (row.source, row.line) == (place.source, place.line));
        UnreadView {
            place: self.place(place),
            why: row.map_or_else(|| "a cell of it cannot be read".to_owned(), |row| row.reason.to_string()),
            is_a_cell: row.is_none(),
            may_be: fact.events.iter().map(|event| self.event(*event)).collect(),
            turns_the_verdict: fact.turns,
            ends_the_case: ends && matches!(rule, Some(Rule::Behaviour(_) | Rule::Moment(_))),
        }
    }

    fn unknown(&self, unknown: &UnknownFact) -> String {
        let fact = fact_in_words(&unknown.field);
        let what = match unknown.about {
            EvidenceKind::Started => "whether the clock starts",
            EvidenceKind::Counted => "which calendar it counts",
            EvidenceKind::Targeted | EvidenceKind::Retargeted => "which target holds",
            EvidenceKind::Stopped => "whether it stopped",
            EvidenceKind::Cancelled => "whether it was cancelled",
            EvidenceKind::Paused => "whether it was paused",
            EvidenceKind::Resumed => "whether it was resumed",
            EvidenceKind::Restarted => "whether it was restarted",
            EvidenceKind::Exempted => "whether an exemption holds",
            EvidenceKind::Extended => "whether it was given more time",
            EvidenceKind::Happened => "whether this event counts",
            EvidenceKind::Required => "whether what must hold does",
            EvidenceKind::Acted => "by whom it was done",
            EvidenceKind::Asked => "who asked",
            EvidenceKind::Empowered => "whether they may",
            EvidenceKind::Escalated => "who was told",
            EvidenceKind::Reopened => "whether it was reopened",
            _ => "what happened",
        };
        match unknown.place {
            Some(place) => format!("{fact} ({}): it cannot be told {what}", self.place(place)),
            None => format!("{fact}: it cannot be told {what}"),
        }
    }

    /// What was read, and where.
    pub(super) fn fact(&self, fact: &FieldFact) -> FactView {
        FactView { said: fact_in_words(fact), place: fact.place.map(|place| self.place(place)) }
    }

    fn change(&self, rule: Rule, change: &TargetChange) -> ChangeView {
        let row = |row: Option<usize>| Some(self.standard(rule)?.targets.get(row?)?.said.clone());
        let TargetChange { before, after, counted } = change;
        let private = self.some_due_is_private(rule);
        let when = |due: Option<Instant>| due.map(|at| self.when_due(at, private));
        let calendar = |calendar: Option<usize>| {
            let calendar = calendar.and_then(|calendar| self.graph.calendars.get(calendar));
            calendar.map_or_else(|| "the wall clock".to_owned(), |calendar| calendar.name.clone())
        };
        let hours = (before.calendar != after.calendar).then(|| HoursChangeView {
            from: calendar(before.calendar),
            to: calendar(after.calendar),
            counted: Length(*counted),
        });
        let (was_due, due) = (when(before.due), when(after.due));
        ChangeView { from: row(before.row), was_due, to: row(after.row), due, hours }
    }

    fn evidence(&self, rule: Rule, evidence: &Evidence) -> EvidenceView {
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
            told: evidence.told.map(|role| self.role(role)),
            change: evidence.change.as_ref().map(|change| self.change(rule, change)),
            amount: evidence.amount.map(|amount| amount.to_string()),
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
}
