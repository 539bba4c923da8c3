//! Duties: once a level of an escalation fires, a role must be told in time.

use super::finding::{Evidence, UnknownFact, Verdict};

use crate::calendar::Instant;

/// A level that fired, and what came of it.
#[derive(Clone, Debug)]
pub struct NotificationDuty {
    /// When the level fired.
    pub fired: Instant,
    /// By when the role must be told; none beyond what the calendar knows.
    pub due: Option<Instant>,
    /// What came of it, once final.
    pub outcome: Option<Outcome>,
    /// The event that told the role.
    pub told_by: Option<Evidence>,
    /// An escalation that might have fulfilled it, and why it cannot be told whether it did.
    pub doubt: Option<(Evidence, UnknownFact)>,
    /// Why it cannot be told that its level has fired, or not later.
    pub doubts: Vec<UnknownFact>,
    /// Why it cannot be told that the promise did not come to its end first.
    pub end_doubts: Vec<UnknownFact>,
    /// Why it cannot be told that its level did not fire earlier.
    pub earlier_doubts: Vec<UnknownFact>,
    /// Whether it belongs to the finding before a reopening.
    pub belongs_before: bool,
}

/// What came of a duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The role was told in time.
    Told(Instant),
    /// The promise came to its end first.
    Ended(Instant),
    /// Nobody was told in time.
    Missed,
}

impl NotificationDuty {
    /// A level that fires at `fired`; `due` is when its time is over.
    ///
    /// In order: why it cannot be told that it has fired, or not later; that the promise did not come to its end
    /// first; and that the level did not fire earlier.
    pub fn fired(
        fired: Instant,
        due: Option<Instant>,
        (doubts, end_doubts, earlier_doubts): (Vec<UnknownFact>, Vec<UnknownFact>, Vec<UnknownFact>),
    ) -> Self {
        Self {
            fired,
            due,
            outcome: None,
            told_by: None,
            doubt: None,
            doubts,
            end_doubts,
            earlier_doubts,
            belongs_before: false,
        }
    }

    /// Whether nothing has come of it yet.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// Whether it is still open and its time is over at `at`.
    pub fn waits_for(&self) -> Option<Instant> {
        if self.outcome.is_none() { self.due } else { None }
    }

    /// The role, or one above it, was told.
    pub fn tell(&mut self, evidence: &Evidence) {
        if self.waits_for().is_some_and(|due| due < evidence.at) {
            self.miss();
        }
        if self.outcome.is_none() {
            self.outcome = Some(Outcome::Told(evidence.at));
            self.told_by = Some(evidence.clone());
        }
    }

    /// Somebody was told, and it cannot be told who, or of which clock.
    pub fn doubt(&mut self, evidence: &Evidence, doubt: &UnknownFact) {
        if self.outcome.is_none() {
            self.doubt.get_or_insert_with(|| (evidence.clone(), doubt.clone()));
        }
    }

    /// The promise came to its end.
    pub fn end(&mut self, at: Instant) {
        // What ends it as the next day begins comes after a time that the day before ends.
        if self.waits_for().is_some_and(|due| due < at) {
            self.miss();
        }
        self.outcome.get_or_insert(Outcome::Ended(at));
    }

    /// Its time is over.
    pub fn miss(&mut self) {
        self.outcome.get_or_insert(Outcome::Missed);
    }

    /// The verdict; open while nothing has come of it.
    pub fn verdict(&self) -> Verdict {
        match self.outcome {
            None => Verdict::Running,
            Some(_) if !self.unknown().is_empty() => Verdict::Undetermined,
            Some(Outcome::Told(_)) => Verdict::Met,
            Some(Outcome::Ended(_)) => Verdict::Cancelled,
            Some(Outcome::Missed) => Verdict::Breached,
        }
    }

    /// Whether an escalation that does not say whom it told decides it.
    fn is_doubted(&self) -> bool {
        self.doubt.is_some() && !matches!(self.outcome, None | Some(Outcome::Told(_)))
    }

    /// What decides it and cannot be told: whether its level fired at all, and when, and whom an escalation told.
    pub fn unknown(&self) -> Vec<UnknownFact> {
        let mut unknown: Vec<UnknownFact> = Vec::new();
        let doubts = [&self.doubts, &self.end_doubts, &self.earlier_doubts];
        let of_the_clock = doubts.into_iter().flatten().filter(|_| !self.is_open());
        let told = self.doubt.iter().filter(|_| self.is_doubted()).map(|(_, doubt)| doubt);
        for doubt in of_the_clock.chain(told) {
            if !unknown.contains(doubt) {
                unknown.push(doubt.clone());
            }
        }
        unknown
    }
}
