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
        let sentence = &behaviour.sentence;
        if around || self.may_move_the_end(sentence, finding, detail, row) {
            return Bearing::Verdict;
        }
        let is = |triggers: &[Trigger]| triggers.iter().any(|trigger| row.may_be(trigger.event));
        let bearings = [
            is(sentence.judged()).then(|| self.of_what_is_judged(sentence, finding, detail, row)),
            (is(sentence.other()) && !is_before(sentence, finding, row) && !is_by_another(sentence, finding, row))
                .then(|| of_what_it_is_held_against(sentence, finding, detail)),
            is(sentence.kept()).then(|| kept_up(finding)),
        ];
        bearings.into_iter().flatten().max().unwrap_or(Bearing::Nothing)
    }

    /// Whether the end of the case may have come before a verdict fell, or may be another than the one that
    /// decided it.
    fn may_move_the_end(&self, sentence: &Conduct, finding: &Finding, detail: &ConductDetail, row: &Lost<'_>) -> bool {
        let Some(end) = self.plan.graph.case_end.as_ref().filter(|_| self.may_end_the_case(row)) else { return false };
        let ended = |at: Instant| self.plan.limit_end(end.after, None, at);
        let earliest = if row.from() == Instant::MIN { Some(Instant::MIN) } else { ended(row.from()) };
        let Some(decided) = detail.decided else { return earliest.is_none_or(|earliest| earliest <= self.as_of) };
        // An end that decided it may have come later, for a new one moves it; any other, only if it came before.
        if finding.evidence.iter().any(|line| line.deed == EvidenceKind::CaseEnded) {
            // What ends as the log is judged goes on.
            let is_over = ended(row.row.between.1).is_some_and(|over| over < self.as_of);
            let stands = is_over && finding.verdict == Verdict::Met && self.is_never_too_often(sentence);
            return !stands && row.from() <= decided;
        }
        // What nobody answered, nobody did whether or not the case was over by then.
        let is_unanswered = matches!(sentence, Conduct::Follows { .. }) && finding.verdict == Verdict::Breached;
        let decided = if is_unanswered { finding.start } else { decided };
        earliest.is_some_and(|earliest| earliest <= decided)
    }

    /// Whether a row may be what ends the case, and nothing else surely ends it later instead.
    pub fn may_end_the_case(&self, row: &Lost<'_>) -> bool {
        let Some(end) = self.plan.graph.case_end.as_ref() else { return false };
        let over = self.plan.limit_end(end.after, None, row.from());
        let moves = |later: &Instant| row.row.between.1 < *later && over.is_some_and(|over| over >= *later);
        row.touches(&self.reads.case_end) && !(row.count == 1 && self.ends.iter().any(moves))
    }

    /// Whether all that a sentence forbids and that there is, or may be, in the case is not too much, wherever it ends.
    fn is_never_too_often(&self, sentence: &Conduct) -> bool {
        let (most, of) = match sentence {
            Conduct::Never(of) => (0, of),
            Conduct::Times { times: Times::AtMost, count, of } => (*count as usize, of),
            _ => return false,
        };
        let is = |kind: usize| of.iter().any(|trigger| trigger.event == kind);
        let known = self.stream.events.iter().filter(|event| is(usize::from(event.kind))).count();
        let is_told = of.iter().all(|trigger| self.plan.graph.turn(trigger.event).is_none());
        is_told && known.saturating_add(self.rows_that_may_be(of)) <= most
    }

    /// Whether no row may be one of these, and no clock brings one about.
    fn none_may_be(&self, of: &[Trigger]) -> bool {
        self.rows_that_may_be(of) == 0 && of.iter().all(|trigger| self.plan.graph.turn(trigger.event).is_none())
    }

    fn rows_that_may_be(&self, of: &[Trigger]) -> usize {
        let may_count = |row: &&Lost<'_>| of.iter().any(|trigger| row.may_be(trigger.event));
        self.rows.iter().filter(may_count).map(|row| row.count).sum()
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
            // What surely comes before all that it must not come after.
            Conduct::NeverAfter { after, .. }
                if detail.of_the_case && row.is_before(finding.start) && self.none_may_be(after) =>
            {
                Bearing::Nothing
            }
            Conduct::Never(_) | Conduct::NeverAfter { .. } if detail.of_the_case => Bearing::Verdict,
            Conduct::Times { times, count, of } => self.counted(*times, *count, of, finding, detail),
            Conduct::AtLeastEvery { .. } if row.from() <= finding.start => Bearing::Verdict,
            _ => Bearing::Nothing,
        }
    }

    /// What is counted, with all rows that may count too.
    fn counted(&self, times: Times, wanted: u32, of: &[Trigger], finding: &Finding, detail: &ConductDetail) -> Bearing {
        let more = self.rows_that_may_be(of);
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

/// Whether it is told by whom a row is, and that it was not whoever a finding of four eyes is about.
fn is_by_another(sentence: &Conduct, finding: &Finding, row: &Lost<'_>) -> bool {
    let Conduct::OtherThan { .. } = sentence else { return false };
    let mut about = finding.evidence.iter().filter(|line| line.deed == EvidenceKind::Happened);
    let theirs = about.next().and_then(|line| line.actor.as_ref());
    row.count == 1 && theirs.zip(row.row.actor.as_ref()).is_some_and(|(theirs, actor)| theirs != actor)
}

/// Another of what must keep happening: the time until the next begins anew.
fn kept_up(finding: &Finding) -> Bearing {
    if matches!(finding.verdict, Verdict::Met | Verdict::Running) { Bearing::Account } else { Bearing::Verdict }
}
