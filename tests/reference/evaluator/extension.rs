//! Grants of more time.

use super::super::model::*;
use super::book::{Book, Truth};
use super::instance::{Budget, Instance, Target, Until};
use super::passing::due_if_resumed;
use super::scene::Scene;
use super::{Grant, GrantOutcome, Happening};

impl Book<'_> {
    /// Each `extend` line hears the event.
    pub fn extend(&mut self, scene: &Scene, event: &Happening) {
        for (line, extension) in self.standard.extensions.iter().enumerate() {
            for index in self.running() {
                let clock = &self.instances[index];
                let in_doubt = clock.unsure || clock.uncounted || clock.doubtful || clock.perhaps_ended;
                let came_to = match self.touches(scene, event, &extension.on, clock) {
                    Truth::No => continue,
                    Truth::Unknown => GrantOutcome::NotSaid,
                    Truth::Yes => self.grant(scene, event, line, index),
                };
                let instance = &mut self.instances[index];
                // It counts as not happened, and leaves a doubt.
                if came_to == GrantOutcome::NotSaid {
                    instance.doubt();
                }
                // Whatever is not known of the clock may have come before the grant, or in its place.
                let came_to = if in_doubt { GrantOutcome::NotSaid } else { came_to };
                instance.grants.push(Grant { standard: self.index, line, key: instance.key, at: event.at, came_to });
            }
        }
    }

    fn grant(&mut self, scene: &Scene, event: &Happening, line: usize, index: usize) -> GrantOutcome {
        let extension = &self.standard.extensions[line];
        let (instance, now) = (&self.instances[index], event.at);
        let due = due_if_resumed(scene, instance, now);
        let in_time = instance.verdict.is_none() && due.is_none_or(|due| now < due.minute);
        let authorised = extension.approved_by.map_or(Some(true), |least| event.role.map(|role| role >= least));
        match authorised {
            _ if !in_time => GrantOutcome::Late,
            _ if instance.granted.used.contains(&line) => GrantOutcome::Twice,
            None => GrantOutcome::NotSaid,
            Some(false) => GrantOutcome::NotAuthorised,
            Some(true) => match due.and_then(|due| self.extended(scene, instance, extension, due, now)) {
                None => GrantOutcome::ExtendsNothing,
                Some(mut extended) => {
                    extended.granted.used.push(line);
                    extended.forget_reached();
                    self.instances[index] = extended;
                    GrantOutcome::Extended
                }
            },
        }
    }

    /// The clock with more time than it has, if that is what the extension gives.
    fn extended(
        &self,
        scene: &Scene,
        instance: &Instance,
        extension: &Extension,
        due: Until,
        now: Minute,
    ) -> Option<Instance> {
        if extension.another && matches!(extension.by, Limit::Exact(0)) {
            return None;
        }
        let mut extended = instance.clone();
        if extension.another {
            let until = scene.end_of_another(extension.by, due, instance.calendar);
            let counted = match extension.by {
                Limit::Exact(minutes) => Budget::exactly(minutes),
                _ => scene.budget_until(until, due.minute, instance.calendar),
            };
            extended.granted.more.push((extension.by, counted));
        } else {
            extended.granted.total = Some(extension.by);
            extended.granted.more.clear();
        }
        extended.target = scene.target(self.standard, &extended);
        let is_more = match (instance.target, extended.target) {
            // A day on which nothing counts is no more time, though it would end the instant later.
            (Target::Budget(before), Target::Budget(after)) if extension.another => after.minutes > before.minutes,
            (Target::Budget(before), Target::Budget(after)) => after.most() > before.most(),
            // Between an instant that was promised and a budget, what tells is when it will be due.
            _ => due_if_resumed(scene, &extended, now).is_some_and(|after| after.last() > due.last()),
        };
        is_more.then_some(extended)
    }
}
