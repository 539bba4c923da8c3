//! What a row that cannot be read may do to a finding.
//!
//! A clock that was met would be met too had it been stopped earlier, paused or given more time; one that was
//! breached would be breached too had its pause ended earlier. All else could turn it.

use std::collections::BTreeSet;

use super::earliest::earliest_part;
use super::hearing::said_of_case;
use super::lost::{Lost, may_act};
use super::reads::{AllReads, Reads};

use crate::calendar::Instant;
use crate::engine::finding::{
    ActDetail, ActFault, ApprovalDetail, ClockDetail, Detail, Evidence, EvidenceKind, Finding, NotificationDetail,
    Rule, Verdict,
};
use crate::engine::plan::{Phase, Plan, triggers};
use crate::engine::routing::RoutedEvents;
use crate::graph::{Percent, Trigger};
use crate::log::Event;

/// How much a row bears on a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bearing {
    /// Not at all.
    Nothing,
    /// What was counted may be otherwise; the verdict stands.
    Account,
    /// It could turn the verdict.
    Verdict,
}

/// What is known while the findings of a case are held against its rows.
pub struct Sight<'a> {
    pub plan: &'a Plan<'a>,
    pub reads: &'a AllReads,
    /// The events of the case.
    pub stream: &'a RoutedEvents<'a>,
    /// All rows that may be of it.
    pub rows: &'a [Lost<'a>],
    /// Whether the mapping says which of several events at one time comes first.
    pub ties_are_ranked: bool,
    /// When the log is judged.
    pub as_of: Instant,
    /// When something surely ended the case, or would, before its end came.
    pub ends: &'a [Instant],
    /// The actions of which a grant covers an act of this case, or may.
    pub granted: &'a BTreeSet<usize>,
}

impl Sight<'_> {
    /// What a row may do to a finding.
    pub fn bearing(&self, finding: &Finding, row: &Lost<'_>) -> Bearing {
        self.unless_decided_before(finding, row, self.at_some_time(finding, row))
    }

    /// Later events never change a final verdict.
    pub fn unless_decided_before(&self, finding: &Finding, row: &Lost<'_>, bearing: Bearing) -> Bearing {
        if decided(finding).is_none_or(|decided| decided >= row.from()) {
            return bearing;
        }
        // The time of a breached clock is counted on to its end.
        let goes_on = match &finding.detail {
            Detail::Clock(account) => account.stop.is_none_or(|stop| row.from() <= stop),
            _ => false,
        };
        if goes_on { bearing.min(Bearing::Account) } else { Bearing::Nothing }
    }

    fn at_some_time(&self, finding: &Finding, row: &Lost<'_>) -> Bearing {
        match (&finding.detail, finding.rule) {
            (Detail::Clock(account), Rule::Standard(standard)) => self.on_clock(standard, finding, account, row),
            (Detail::Duty(duty), Rule::Escalation(escalation, _)) => self.on_duty(escalation, finding, duty, row),
            (Detail::Act(act), Rule::Action(action)) => self.on_act(action, finding, act, row),
            (Detail::Approval(detail), Rule::Approval(approval)) => self.on_approval(approval, finding, detail, row),
            (Detail::Extension(_), Rule::Extension(standard, _)) => self.on_extension(standard, row),
            (Detail::Moment(_), Rule::Moment(moment)) => self.on_moment(moment, row),
            (Detail::Conduct(detail), Rule::Behaviour(behaviour)) => self.on_conduct(behaviour, finding, detail, row),
            // What is judged over many findings is judged when these are known.
            _ => Bearing::Nothing,
        }
    }

    fn on_clock(&self, standard: usize, finding: &Finding, account: &ClockDetail, row: &Lost<'_>) -> Bearing {
        let Some(reads) = self.reads.clocks.get(standard) else { return Bearing::Nothing };
        if row.touches(&reads.around) && !self.is_said_anew(standard, finding, row) {
            return Bearing::Verdict;
        }
        let (since, before) = (self.is_since(finding, account, row), row.is_before(account.began));
        let phases = row.of_kinds(&reads.phases).flatten();
        let resumes_nothing = |phase: &&Phase| match phase {
            Phase::Resume(line) => !self.may_have_paused(standard, *line, row),
            _ => false,
        };
        let phases = phases.filter(|phase| !resumes_nothing(phase));
        phases.map(|phase| self.of_phase(*phase, standard, finding, (since, before))).max().unwrap_or(Bearing::Nothing)
    }

    /// Whether all that a row may change of what a clock reads was said anew by the event that started it, behind the row.
    fn is_said_anew(&self, standard: usize, finding: &Finding, row: &Lost<'_>) -> bool {
        let Some(reads) = self.reads.clocks.get(standard).map(|reads| &reads.around) else { return false };
        if !row.is_before(finding.start) || !self.stops_leave_no_trace(standard) || row.touches_more_than_fields(reads)
        {
            return false;
        }
        // By what it changes, the case may have heard of others earlier.
        let reaches = |on: &Trigger| self.plan.graph.reaches.get(on.event).is_some_and(Option::is_some);
        if self.plan.graph.standards.get(standard).is_some_and(|found| triggers(found).any(|(_, on)| reaches(on))) {
            return false;
        }
        let started = finding.evidence.iter().find(|line| line.deed == EvidenceKind::Started);
        let is_own = |event: &Event| self.stream.cases.contains(&(event.case as usize));
        let mut own = self.stream.events.iter().filter(|event| is_own(event));
        let start = started.and_then(|line| own.find(|event| event.place == line.place));
        let says = |field: &usize| start.is_some_and(|event| said_of_case(&event.case_fields, *field).is_some());
        reads.fields.iter().filter(|field| row.may_change(**field)).all(says)
    }

    /// Whether anything may have paused by that line, beside a row that may resume.
    fn may_have_paused(&self, standard: usize, line: usize, row: &Lost<'_>) -> bool {
        let found = self.plan.graph.standards.get(standard);
        let Some(pause) = found.and_then(|standard| standard.pauses.get(line)) else { return true };
        let in_case = |kind: usize| self.stream.events.iter().any(|event| usize::from(event.kind) == kind);
        let is_another = |other: &Lost<'_>| other.count > 1 || other.row.place != row.row.place;
        let in_other_rows = |kind: usize| self.rows.iter().any(|other| is_another(other) && other.may_be(kind));
        let may_come = |kind: usize| in_case(kind) || in_other_rows(kind) || self.plan.graph.turn(kind).is_some();
        row.count > 1 || pause.on.iter().any(|on| may_come(on.event))
    }

    /// Whether a row surely lies behind the beginning of a clock: later, or at the same time and behind it in the log.
    fn is_since(&self, finding: &Finding, account: &ClockDetail, row: &Lost<'_>) -> bool {
        let is_started = |line: &&Evidence| line.deed == EvidenceKind::Started && line.at == account.began;
        let started = finding.evidence.iter().find(is_started);
        let is_behind = !self.ties_are_ranked && started.is_some_and(|started| started.place < row.row.place);
        row.from() > account.began || row.count == 1 && row.from() == account.began && is_behind
    }

    /// What an event of that phase may do to a clock: surely since it began, surely before, or either.
    fn of_phase(&self, phase: Phase, standard: usize, finding: &Finding, (since, before): (bool, bool)) -> Bearing {
        use Bearing::{Account, Nothing, Verdict as Turned};
        // An earlier end would have found the same target.
        let as_ever = finding.evidence.iter().all(|line| line.deed != EvidenceKind::Retargeted);
        match (phase, finding.verdict) {
            // Told to a role: a matter of the escalation.
            (Phase::Escalate, _) => Nothing,
            // While a clock runs, neither starts another of its key nor reopens an older one.
            (Phase::Start | Phase::Reopen(_), _) if since => Nothing,
            (Phase::Stop, Verdict::Met | Verdict::NoTarget)
                if (as_ever || before) && (since || self.stops_leave_no_trace(standard)) =>
            {
                Account
            }
            (Phase::Cancel, Verdict::Cancelled) if as_ever && since => Account,
            (Phase::Pause(_), Verdict::Met | Verdict::NoTarget) => Account,
            // However little it stood still, its time was not over.
            (Phase::Resume(_), Verdict::Met) if self.is_met_without_pauses(standard, finding) => Account,
            // The same line gives time once: an earlier grant by it takes the place of the one that is known.
            (Phase::Extend(_), Verdict::Met | Verdict::NoTarget)
                if finding.evidence.iter().all(|line| line.deed != EvidenceKind::Extended) =>
            {
                Account
            }
            (Phase::Resume(line), Verdict::Breached)
                if self.plan.excuses(standard).next().is_none() && self.surely_resumes(standard, line) =>
            {
                Account
            }
            _ => Turned,
        }
    }

    /// Whether a clock that was met would be met by any row and on any hours had its time never stood still.
    fn is_met_without_pauses(&self, standard: usize, finding: &Finding) -> bool {
        let Detail::Clock(account) = &finding.detail else { return false };
        let due = earliest_part(self.plan, standard, Percent::WHOLE, finding.start);
        account.stop.zip(due).is_some_and(|(stop, due)| stop <= due)
    }

    /// Whether whatever resumes a line does so for sure: an event that may not have, leaves the breach open.
    fn surely_resumes(&self, standard: usize, line: usize) -> bool {
        let graph = self.plan.graph;
        let pause = graph.standards.get(standard).and_then(|standard| standard.pauses.get(line));
        let is_sure =
            |trigger: &Trigger| trigger.filter.is_none() && graph.trust.get(trigger.event).is_none_or(Option::is_none);
        pause.is_some_and(|pause| pause.resume.iter().all(is_sure))
    }

    /// Whether a stop before a clock began is over and done with: nothing that lasts hangs on it.
    fn stops_leave_no_trace(&self, standard: usize) -> bool {
        self.plan.graph.standards.get(standard).is_some_and(|standard| {
            standard.pauses.is_empty() && standard.reopens.is_empty() && standard.restarts.is_empty()
        })
    }

    fn on_duty(&self, escalation: usize, finding: &Finding, duty: &NotificationDetail, row: &Lost<'_>) -> Bearing {
        let standard = self.plan.graph.escalations.get(escalation).map(|found| found.standard);
        let Some(reads) = standard.and_then(|standard| self.reads.clocks.get(standard)) else {
            return Bearing::Nothing;
        };
        if row.touches(&reads.around) {
            return Bearing::Verdict;
        }
        let of_phase = |phase: &Phase| match phase {
            Phase::Escalate if duty.done.is_some() => Bearing::Account,
            Phase::Start | Phase::Reopen(_) if row.from() > finding.start => Bearing::Nothing,
            _ => Bearing::Verdict,
        };
        row.of_kinds(&reads.phases).flatten().map(of_phase).max().unwrap_or(Bearing::Nothing)
    }

    fn on_act(&self, action: usize, finding: &Finding, act: &ActDetail, row: &Lost<'_>) -> Bearing {
        // What a role may do unasked, it may with more granted too, as long as nothing hangs on what is granted already.
        let stands_unasked = finding.verdict == Verdict::Met && !is_granted(act) && !self.granted.contains(&action);
        let touches = |reads: &[Reads]| reads.get(action).is_some_and(|reads| row.touches(reads));
        let by_authority = match touches(&self.reads.actions) {
            true if stands_unasked && !touches(&self.reads.powers) => Bearing::Account,
            true => Bearing::Verdict,
            false => Bearing::Nothing,
        };
        let declared = self.plan.graph.actions.get(action);
        // Another act, or what came back of one.
        let is_act = declared.is_some_and(|found| may_act(row.row, found));
        let by_another_act = match finding.verdict {
            // Less than nothing is never spent: what is beyond the limit alone is beyond it in any case.
            Verdict::Breached if !act.per_day && is_beyond_alone(act) && is_act => Bearing::Account,
            _ if !is_act => Bearing::Nothing,
            Verdict::Breached if act.fault == Some(ActFault::NoPower) => Bearing::Nothing,
            Verdict::Met if act.limit.is_none() && !is_granted(act) => Bearing::Nothing,
            _ => Bearing::Verdict,
        };
        by_authority.max(by_another_act)
    }

    fn on_approval(&self, approval: usize, finding: &Finding, detail: &ApprovalDetail, row: &Lost<'_>) -> Bearing {
        let graph = self.plan.graph;
        let Some(found) = graph.approvals.get(approval) else { return Bearing::Nothing };
        if finding.verdict == Verdict::Met && detail.beyond_alone {
            // Whatever else was done or granted, it may not be done unasked; the answer may be another.
            let touches = |reads: &[Reads]| reads.get(found.action).is_some_and(|reads| row.touches(reads));
            return match (touches(&self.reads.powers), touches(&self.reads.actions)) {
                (true, _) => Bearing::Verdict,
                (false, true) => Bearing::Account,
                (false, false) => Bearing::Nothing,
            };
        }
        let of_power = self.reads.actions.get(found.action).is_some_and(|reads| row.touches(reads));
        // What was spent before is a matter of asking: who grants, may by the amount alone.
        let is_act = detail.asking && graph.actions.get(found.action).is_some_and(|action| may_act(row.row, action));
        // A level that is due may demand the asking.
        let demanding = graph.escalations.iter().filter(|escalation| escalation.event == found.asked);
        let demanded = demanding
            .filter_map(|escalation| self.reads.clocks.get(escalation.standard))
            .any(|reads| row.touches(&reads.around) || row.of_kinds(&reads.phases).next().is_some());
        if of_power || is_act || demanded { Bearing::Verdict } else { Bearing::Nothing }
    }

    fn on_extension(&self, standard: usize, row: &Lost<'_>) -> Bearing {
        let Some(reads) = self.reads.clocks.get(standard) else { return Bearing::Nothing };
        let touched = row.touches(&reads.around) || row.of_kinds(&reads.phases).next().is_some();
        if touched { Bearing::Verdict } else { Bearing::Nothing }
    }

    fn on_moment(&self, moment: usize, row: &Lost<'_>) -> Bearing {
        let read = self.reads.moments.get(moment).is_some_and(|reads| row.touches(reads));
        // What happens behind the end of its case is not seen.
        let ends = self.may_end_the_case(row);
        if read || ends { Bearing::Verdict } else { Bearing::Nothing }
    }
}

/// Whether what was granted covers an act, or may: no power of its role does. Another act may have used that up.
pub fn is_granted(act: &ActDetail) -> bool {
    act.limit.is_none() && act.grants.is_empty() && act.fault.is_none_or(|fault| fault == ActFault::GrantUnknown)
}

fn is_beyond_alone(act: &ActDetail) -> bool {
    act.cost.zip(act.limit).is_some_and(|(cost, limit)| cost.currency == limit.currency && cost.amount > limit.amount)
}

/// When a verdict fell for good; none while it is open, or where that is not told.
pub fn decided(finding: &Finding) -> Option<Instant> {
    if finding.verdict.is_open() {
        return None;
    }
    match &finding.detail {
        Detail::Clock(account) => match finding.verdict {
            Verdict::Breached | Verdict::Exempt => account.due,
            _ => account.stop,
        },
        // Whom a role was told of before the level fired, it was told of for good only then.
        Detail::Duty(duty) => duty.done.or(duty.ended).or(duty.due).map(|at| at.max(finding.start)),
        Detail::Act(_) | Detail::Approval(_) | Detail::Extension(_) => Some(finding.start),
        Detail::Moment(_) => Some(finding.start).filter(|_| finding.verdict == Verdict::Breached),
        Detail::Conduct(detail) => detail.decided,
        Detail::Score(_) | Detail::Journey(_) => None,
    }
}
