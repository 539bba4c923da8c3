//! What is put on hold and taken up again in a case.

use super::Case;

use crate::engine::doubts::doubts;
use crate::engine::event_key::EventKey;
use crate::engine::finding::{AnomalyKind, Evidence};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::{Effect, Phase};
use crate::engine::truth::Truth;

impl<'l> Case<'_, 'l> {
    /// What an event does to the pauses of a standard: they end with their resume, and with all that would stop
    /// or cancel a clock.
    pub(super) fn hold(&mut self, effect: &Effect<'_>, truth: Truth, event: &Occurrence<'l>) {
        let begins = matches!(effect.phase, Phase::Pause(_));
        let ends = matches!(effect.phase, Phase::Resume(_) | Phase::Stop | Phase::Cancel);
        if !(begins || ends && self.pauses.contains_key(&effect.standard)) {
            return;
        }
        let graph = self.plan.graph;
        let key = self.key(effect.standard, event);
        let truth = if matches!(key, EventKey::Unknown) { truth.and(Truth::Unknown) } else { truth };
        let facts = self.fields.facts(graph, &self.latest);
        let doubts = if truth == Truth::Unknown { doubts(graph, effect, facts, event) } else { Vec::new() };
        let lines = graph.standards.get(effect.standard).map_or(0, |standard| standard.pauses.len());
        let pauses = self.pauses.entry(effect.standard).or_default();
        match effect.phase {
            Phase::Pause(line) => pauses.begin(&key, (line, lines), (truth, &doubts), event),
            Phase::Resume(line) => pauses.end(&key, (Some(line), lines), (truth, &doubts)),
            _ => pauses.end(&key, (None, lines), (truth, &doubts)),
        }
    }

    /// A clock stands still by a pause of a line.
    pub(super) fn stands_still(&mut self, standard: usize, key: Option<&String>, line: usize) {
        if let Some(pauses) = self.pauses.get_mut(&standard) {
            pauses.stands_still(key, line);
        }
    }

    /// The pauses by which no clock ever stood still.
    pub(super) fn take_unused_pauses(&mut self) {
        for (standard, pauses) in std::mem::take(&mut self.pauses) {
            for Evidence { event, at, place, .. } in pauses.unused() {
                self.report_anomaly_at(AnomalyKind::PauseUnused, Some(standard), (event, at, place));
            }
        }
    }
}
