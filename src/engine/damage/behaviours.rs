//! What a row that cannot be read may do to a finding of a behaviour.

use super::bearing::{Bearing, Sight};
use super::lost::Lost;

use crate::calendar::Instant;
use crate::engine::finding::{ConductDetail, ConductFault, EvidenceKind, Finding, Verdict};
use crate::graph::{Conduct, Times, Trigger};

impl Sight<'_> {
    /// What a row may do to a finding of a behaviour.
    pub fn on_conduct(&self, index: usize, finding: &Finding, detail: &ConductDetail, row: &Lost<'_>) -> Bearing {
        let Some(behaviour) = self.plan.graph.behaviours.get(index) else { return Bearing::Nothing };
        let around = self.reads.behaviours.get(index).is_some_and(|reads| row.touches(reads));
        if around || self.may_move_the_end(finding, detail.decided, row) {
            return Bearing::Verdict;
        }
        let sentence = &behaviour.sentence;
        let is = |triggers: &[Trigger]| triggers.iter().any(|trigger| row.may_be(trigger.event));
        let bearings = [
            is(sentence.judged()).then(|| self.of_what_is_judged(sentence, finding, detail, row)),
            (is(sentence.other()) && !is_before(sentence, finding, row))
                .then(|| of_what_it_is_held_against(sentence, finding, detail)),
            is(sentence.kept()).then(|| kept_up(finding)),
        ];
        bearings.into_iter().flatten().max().unwrap_or(Bearing::Nothing)
    }

    /// Whether the end of the case may have come before a verdict fell, or may be another than the one that
    /// decided it.
    fn may_move_the_end(&self, finding: &Finding, decided: Option<Instant>, row: &Lost<'_>) -> bool {
        let Some(end) = self.plan.graph.case_end.as_ref().filter(|_| row.touches(&self.reads.case_end)) else {
            return false;
        };
        let Some(decided) = decided else { return true };
        // An end that decided it may have come later, for a new one moves it; any other, only if it came before.
        let by_the_end = finding.evidence.iter().any(|line| line.deed == EvidenceKind::CaseEnded);
        let earliest = match row.from() {
            Instant::MIN => Some(Instant::MIN),
            from => self.plan.limit_end(end.after, None, from),
        };
        by_the_end && row.from() <= decided || earliest.is_some_and(|earliest| earliest <= decided)
    }

    /// Another of what the sentence is about: of most sentences, a finding of its own.
    fn of_what_is_judged(
        &self,
        sentence: &Conduct,
        finding: &Finding,
        detail: &ConductDetail,
        row: &Lost<'_>,
    ) -> Bearing {
        match sentence {
            Conduct::Never(_) | Conduct::NeverAfter { .. } if detail.of_the_case => Bearing::Verdict,
            Conduct::Times { times, count, of } => self.counted(*times, *count, of, finding, detail),
            Conduct::AtLeastEvery { .. } if row.from() <= finding.start => Bearing::Verdict,
            _ => Bearing::Nothing,
        }
    }

    /// What is counted, with all rows that may count too.
    fn counted(&self, times: Times, wanted: u32, of: &[Trigger], finding: &Finding, detail: &ConductDetail) -> Bearing {
        let may_count = |row: &&Lost<'_>| of.iter().any(|trigger| row.may_be(trigger.event));
        let more: usize = self.rows.iter().filter(may_count).map(|row| row.count).sum();
        let sure = finding.evidence.iter().filter(|line| line.deed == EvidenceKind::Happened).count();
        let (most, wanted) = (sure.saturating_add(more), wanted as usize);
        let stands = match (times, finding.verdict, detail.fault) {
            (Times::AtMost, Verdict::Breached, _) => true,
            (Times::AtMost, ..) => most <= wanted,
            (Times::AtLeast, Verdict::Met, _) => true,
            (_, Verdict::Breached, Some(ConductFault::TooMany(_))) => true,
            (Times::AtLeast | Times::Exactly, Verdict::Breached, _) => most < wanted,
            _ => false,
        };
        if stands { Bearing::Account } else { Bearing::Verdict }
    }
}

/// Another of what a sentence is held against: a breach of an absence stays one, and so does a duty that is done.
fn of_what_it_is_held_against(sentence: &Conduct, finding: &Finding, detail: &ConductDetail) -> Bearing {
    let stands = match sentence {
        Conduct::NeedsBefore { .. }
        | Conduct::NeverWithout { .. }
        | Conduct::Follows { .. }
        | Conduct::AtLeastEvery { .. } => finding.verdict == Verdict::Met,
        Conduct::NeverAfter { .. } => finding.verdict == Verdict::Breached && !detail.of_the_case,
        Conduct::NeverWithin { .. } | Conduct::OtherThan { .. } => finding.verdict == Verdict::Breached,
        Conduct::Never(_) | Conduct::Times { .. } | Conduct::MustHold { .. } | Conduct::ByRole { .. } => true,
    };
    if stands { Bearing::Account } else { Bearing::Verdict }
}

/// Whether it lies before all that the sentence asks for: an answer comes behind what it answers.
fn is_before(sentence: &Conduct, finding: &Finding, row: &Lost<'_>) -> bool {
    let looks_ahead = matches!(sentence, Conduct::Follows { .. } | Conduct::NeverWithin { .. });
    looks_ahead && row.is_before(finding.start)
}

/// Another of what must keep happening: the time until the next begins anew.
fn kept_up(finding: &Finding) -> Bearing {
    if matches!(finding.verdict, Verdict::Met | Verdict::Running) { Bearing::Account } else { Bearing::Verdict }
}
