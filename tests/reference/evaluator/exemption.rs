//! Force majeure: what excuses a breach, and what stops the clock.

use super::super::model::*;
use super::book::Book;
use super::instance::Instance;
use super::scene::{Scene, any};

impl Book<'_> {
    /// Whether a breach now is excused: by any exemption for sure, else perhaps by one that cannot be told.
    pub fn is_excused(&self, scene: &Scene, instance: &Instance, now: Minute) -> Option<bool> {
        let excuses = self.exemptions(scene).filter(|(_, exemption)| !exemption.stops_the_clock);
        let outcomes = excuses.map(|(index, _)| scene.is_exempt(index, scene.is_inside(index, now), instance));
        any(&outcomes.collect::<Vec<_>>())
    }

    /// With each event of the case, it is asked anew whether an exemption stops the clocks.
    pub fn look_at_exemptions(&mut self, scene: &Scene, now: Minute) {
        for index in self.running() {
            self.look(scene, index, now);
        }
    }

    /// And when its window begins or ends.
    pub fn pass_edges(&mut self, scene: &Scene, now: Minute) {
        if self.exemptions(scene).any(|(index, _)| scene.is_edge(index, now)) {
            self.look_at_exemptions(scene, now);
        }
    }

    /// While it cannot be told, the clock runs, and leaves a doubt.
    fn look(&mut self, scene: &Scene, index: usize, now: Minute) {
        let stopped = self.stopping(scene, index, now);
        if stopped.contains(&true) {
            self.note_reached(scene, index, now);
        }
        self.instances[index].exempted = stopped;
    }

    /// Which of the exemptions stop a clock now.
    pub fn stopping(&mut self, scene: &Scene, index: usize, now: Minute) -> Vec<bool> {
        let mut stopping = vec![false; scene.around.world.exemptions.len()];
        for (exemption, _) in self.exemptions(scene).filter(|(_, exemption)| exemption.stops_the_clock) {
            let stops = scene.is_exempt(exemption, scene.is_inside(exemption, now), &self.instances[index]);
            stopping[exemption] = stops == Some(true);
            if stops.is_none() {
                self.instances[index].doubt_time();
            }
        }
        stopping
    }

    /// Those that have the standard in their reach.
    fn exemptions<'s>(&self, scene: &'s Scene) -> impl Iterator<Item = (usize, &'s Exemption)> + use<'s> {
        let (standard, never) = (self.index, self.standard.never_exempt);
        let exemptions = scene.around.world.exemptions.iter().enumerate();
        exemptions.filter(move |(_, exemption)| {
            !never && (exemption.standards.is_empty() || exemption.standards.contains(&standard))
        })
    }
}
