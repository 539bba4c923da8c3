//! What an event does to the clocks of its key: stop, cancel, restart, pause, resume.

use super::Case;

use crate::engine::doubts::doubts;
use crate::engine::event_key::EventKey;
use crate::engine::finding::{AnomalyKind, EvidenceKind};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::{Effect, Phase};
use crate::engine::truth::Truth;

impl<'p, 'l> Case<'p, 'l> {
    /// Stop, cancel, restart, pause, resume: of every running clock that the event speaks of.
    pub(super) fn apply_to_clocks(&mut self, effect: &Effect<'_>, truth: Truth, event: &Occurrence<'l>) {
        self.hold(effect, truth, event);
        if matches!(effect.phase, Phase::Stop | Phase::Cancel) && truth == Truth::True {
            self.surely_none_runs(effect.standard, event);
        }
        let spoken = self.keys_of(effect.standard, event);
        let mut touched = false;
        for (key, key_known) in spoken {
            let truth = if key_known { truth } else { Truth::Unknown };
            touched |= self.apply_to_clock(effect, &key, truth, event);
        }
        if !touched && effect.phase == Phase::Stop && truth == Truth::True && self.is_odd_stop(effect.standard, event) {
            self.report_anomaly(AnomalyKind::StopWithoutStart, effect.standard, event);
        }
    }

    /// Whether a stop without a running clock is worth a word: not after the only start that counts,
    /// and not after a cancel, which ended what this would have stopped.
    fn is_odd_stop(&self, standard: usize, event: &Occurrence<'l>) -> bool {
        let first_only = self.plan.graph.standards.get(standard).is_some_and(|standard| standard.first);
        let key = match self.key(standard, event) {
            EventKey::Known(key) => Some(key),
            EventKey::None | EventKey::Unknown => None,
        };
        let slot = self.clocks.get(&standard).and_then(|slots| slots.get(&key));
        let Some(last) = slot.and_then(|slot| slot.last.as_ref()) else { return true };
        let was_cancelled = last.evidence.last().is_some_and(|last| last.deed == EvidenceKind::Cancelled);
        !(first_only || was_cancelled)
    }

    /// Does one thing to one running clock; whether there was something to do.
    fn apply_to_clock(
        &mut self,
        effect: &Effect<'_>,
        key: &Option<String>,
        truth: Truth,
        event: &Occurrence<'l>,
    ) -> bool {
        let plan = self.plan;
        let facts = self.fields.facts(plan.graph, &self.latest);
        let Some(slot) = self.clocks.get_mut(&effect.standard).and_then(|slots| slots.get_mut(key)) else {
            return false;
        };
        let Some(running) = slot.running.as_mut() else { return false };
        if truth == Truth::Unknown {
            let matters = match effect.phase {
                Phase::Pause(line) => !running.is_paused_by(line),
                Phase::Resume(line) => running.is_paused_by(line),
                _ => true,
            };
            running.time_in_doubt |= matters;
            if matters {
                running.perhaps(plan, effect.phase, doubts(plan.graph, effect, facts, event));
            }
            if effect.phase == Phase::Stop {
                running.perhaps_met(plan, event.time);
                self.queue_clock_events(effect.standard, key);
                return true;
            }
        }
        match (effect.phase, truth) {
            (Phase::Stop, Truth::True) => {
                if running.verdict.is_none() {
                    running.explain(plan, facts);
                }
                running.stop(plan, event);
                self.queue_clock_events(effect.standard, key);
                self.ended(effect.standard, key);
            }
            (Phase::Cancel, Truth::True) => {
                if running.verdict.is_none() {
                    running.explain(plan, facts);
                }
                running.cancel(plan, event);
                self.ended(effect.standard, key);
            }
            (Phase::Restart, Truth::True) => self.restart(effect.standard, key, event),
            (Phase::Pause(line), Truth::True) => {
                running.pause(line, event);
                self.stands_still(effect.standard, key.as_ref(), line);
            }
            (Phase::Resume(line), Truth::True | Truth::Unknown) => running.resume(line, event),
            _ => {}
        }
        true
    }

    /// A clock came to its end: it may yet be reopened.
    pub(super) fn ended(&mut self, standard: usize, key: &Option<String>) {
        let Some(slot) = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(key)) else { return };
        let ended = slot.running.take();
        self.finished.extend(std::mem::replace(&mut slot.last, ended));
    }
}
