//! A finding on its way.

use crate::calendar::Instant;
use crate::engine::clock_run::StartFields;
use crate::engine::finding::{ConductFault, Evidence, FieldFact, UnknownFact, Verdict};

/// A finding of a behaviour, open until it has a verdict.
#[derive(Clone, Debug)]
pub struct Found {
    /// When what it is about happened; of the case as a whole, when that began.
    pub start: Instant,
    /// What the event said that it is about.
    pub own: Option<StartFields>,
    /// Until when something must happen, or must not.
    pub due: Option<Instant>,
    /// The verdict, and when it fell.
    pub verdict: Option<(Verdict, Instant)>,
    /// What is wrong; none if nothing is.
    pub fault: Option<ConductFault>,
    /// What was read.
    pub fields: Vec<FieldFact>,
    /// The log lines that decided it.
    pub evidence: Vec<Evidence>,
    /// Whether it may be no breach at all: because of what it is about, or of what may have happened.
    pub is_doubted: bool,
    /// Whether there may be nothing to judge: it cannot be told whether what it is about counts.
    pub is_unsure: bool,
    /// Why.
    pub doubts: Vec<UnknownFact>,
    /// What may have happened since, and will be forgotten when something surely does.
    pub perhaps: Option<Vec<UnknownFact>>,
}

impl Found {
    /// Something to be judged.
    pub fn of(start: Instant, own: Option<StartFields>, evidence: Vec<Evidence>) -> Self {
        Self {
            start,
            own,
            due: None,
            verdict: None,
            fault: None,
            fields: Vec::new(),
            evidence,
            is_doubted: false,
            is_unsure: false,
            doubts: Vec::new(),
            perhaps: None,
        }
    }

    /// It may be no breach.
    pub fn doubt(&mut self, why: impl IntoIterator<Item = UnknownFact>) {
        self.is_doubted = true;
        add(&mut self.doubts, why);
    }

    /// Something may have happened meanwhile.
    pub fn suspect(&mut self, why: impl IntoIterator<Item = UnknownFact>) {
        add(self.perhaps.get_or_insert_default(), why);
    }

    /// What may have happened stays so.
    pub fn take_suspicion(&mut self) {
        if let Some(perhaps) = self.perhaps.take() {
            self.doubt(perhaps);
        }
    }

    /// There may be nothing to judge.
    pub fn doubt_all(&mut self, why: impl IntoIterator<Item = UnknownFact>) {
        self.is_unsure = true;
        self.doubt(why);
    }

    /// It is kept, unless there may be nothing to keep.
    pub fn keep(&mut self, at: Instant) {
        let verdict = if self.is_unsure { Verdict::Undetermined } else { Verdict::Met };
        self.verdict.get_or_insert((verdict, at));
    }

    /// It is broken, unless that is in doubt.
    pub fn break_by(&mut self, at: Instant, fault: ConductFault) {
        let verdict = if self.is_doubted { Verdict::Undetermined } else { Verdict::Breached };
        self.verdict.get_or_insert((verdict, at));
        self.fault.get_or_insert(fault);
    }
}

fn add(known: &mut Vec<UnknownFact>, more: impl IntoIterator<Item = UnknownFact>) {
    for fact in more {
        if !known.contains(&fact) {
            known.push(fact);
        }
    }
}
