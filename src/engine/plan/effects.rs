//! What each kind of event does to the clocks of each standard.

use crate::graph::{Condition, Exemption, Graph, Standard, Trigger};

/// What an event does to a clock, in the order in which it is done within one event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// Tells a role.
    Escalate,
    /// Stops.
    Stop,
    /// Cancels.
    Cancel,
    /// Restarts.
    Restart,
    /// Pauses, by the number of the line.
    Pause(usize),
    /// Resumes, by the number of the line.
    Resume(usize),
    /// Gives more time, by the number of the line.
    Extend(usize),
    /// Reopens, by the number of the line.
    Reopen(usize),
    /// Starts.
    Start,
}

/// One thing that a kind of event does to one clock; it happens if any of the filters holds.
#[derive(Clone, Debug)]
pub struct Effect<'g> {
    /// The standard.
    pub standard: usize,
    /// What it does.
    pub phase: Phase,
    /// The filters of the triggers that name this event; none is no filter.
    pub filters: Vec<Option<&'g Condition>>,
}

/// Whose events are folded together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Those of a case, for the rules that speak of one.
    Cases,
    /// Those of all cases of a party, for the rules `per party`.
    Parties,
}

impl Scope {
    /// Whether a rule is judged in it.
    pub fn takes(self, per_party: bool) -> bool {
        per_party == (self == Scope::Parties)
    }
}

/// Every trigger of a standard with what it does.
pub fn triggers(standard: &Standard) -> impl Iterator<Item = (Phase, &Trigger)> {
    fn all(phase: Phase, triggers: &[Trigger]) -> impl Iterator<Item = (Phase, &Trigger)> {
        triggers.iter().map(move |trigger| (phase, trigger))
    }
    let pauses =
        standard.pauses.iter().enumerate().flat_map(|(line, pause)| {
            all(Phase::Pause(line), &pause.on).chain(all(Phase::Resume(line), &pause.resume))
        });
    let extensions =
        standard.extensions.iter().enumerate().flat_map(|(line, extension)| all(Phase::Extend(line), &extension.on));
    let reopens = standard.reopens.iter().enumerate().flat_map(|(line, reopen)| all(Phase::Reopen(line), &reopen.on));
    all(Phase::Stop, &standard.stops)
        .chain(all(Phase::Cancel, &standard.cancels))
        .chain(all(Phase::Restart, &standard.restarts))
        .chain(pauses)
        .chain(extensions)
        .chain(reopens)
        .chain(all(Phase::Start, &standard.starts))
}

pub fn add<'g>(
    effects: &mut [Vec<Effect<'g>>],
    standard: usize,
    phase: Phase,
    event: usize,
    filter: Option<&'g Condition>,
) {
    let Some(of_kind) = effects.get_mut(event) else { return };
    match of_kind.iter_mut().find(|effect| effect.standard == standard && effect.phase == phase) {
        Some(effect) => effect.filters.push(filter),
        None => of_kind.push(Effect { standard, phase, filters: vec![filter] }),
    }
}

pub fn exemptions<'g>(
    graph: &'g Graph,
    of_standards: &[Vec<usize>],
    standard: usize,
) -> impl Iterator<Item = (usize, &'g Exemption)> {
    let indices = of_standards.get(standard).cloned().unwrap_or_default();
    indices.into_iter().filter_map(|index| Some((index, graph.exemptions.get(index)?)))
}
