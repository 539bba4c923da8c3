//! Smaller worlds: what is left out of a world that shows a disagreement, as long as it still shows it.

use super::model::*;

impl World {
    /// The smallest world that can be had from this one by leaving things out one by one, as long as
    /// something holds of it and there is patience.
    pub fn smallest(self, holds: impl Fn(&World) -> bool, patience: impl Fn() -> bool) -> World {
        let mut world = self;
        loop {
            let next = smaller(&world).take_while(|_| patience()).find(&holds);
            let Some(next) = next else { return world };
            world = next;
        }
    }

    /// The world after a change, if it is a change.
    fn but(&self, change: impl FnOnce(&mut World)) -> World {
        let mut world = self.clone();
        change(&mut world);
        world.mend();
        world
    }
}

/// Worlds with something less in them, the boldest first.
fn smaller(world: &World) -> impl Iterator<Item = World> {
    let cases = (0..world.cases.len()).filter(|_| world.cases.len() > 1);
    let alone = cases.map(|case| world.but(|world| world.cases = vec![world.cases[case].clone()]));
    let last = (world.standards.len() > 1).then(|| {
        world.but(|world| {
            world.standards.pop();
        })
    });
    alone
        .chain(last)
        .chain(fewer_events(world))
        .chain(fewer_rules(world))
        .chain(fewer_clauses(world))
        .chain(fewer_fields(world))
}

/// Halves of the events first, then less and less.
fn fewer_events(world: &World) -> impl Iterator<Item = World> {
    let most = world.cases.iter().map(Vec::len).max().unwrap_or(0);
    let sizes = std::iter::successors(Some(most / 2), |size| Some(size / 2)).take_while(|size| *size > 0);
    let spans = sizes.flat_map(move |size| (0..most).step_by(size).map(move |from| from..from + size));
    spans.flat_map(move |span| {
        (0..world.cases.len()).filter_map(move |case| {
            let events = world.cases[case].len();
            let span = span.start.min(events)..span.end.min(events);
            let leaves_some = !span.is_empty() && span.len() < events;
            leaves_some.then(|| {
                world.but(|world| {
                    world.cases[case].drain(span);
                })
            })
        })
    })
}

fn fewer_rules(world: &World) -> impl Iterator<Item = World> {
    let exemptions = (0..world.exemptions.len()).map(|index| {
        world.but(|world| {
            world.exemptions.remove(index);
        })
    });
    let trust = (!world.trust.is_empty()).then(|| world.but(|world| world.trust.clear()));
    let forwards = world.written_backwards.then(|| world.but(|world| world.written_backwards = false));
    exemptions.chain(trust).chain(forwards)
}

/// What a standard can do without.
type Without = fn(&mut Standard);

fn fewer_clauses(world: &World) -> impl Iterator<Item = World> {
    const CLAUSES: [Without; 16] = [
        |standard| standard.hours_fixed = true,
        |standard| standard.delay = None,
        |standard| standard.cancels.clear(),
        |standard| standard.restarts.clear(),
        |standard| standard.reopen = None,
        |standard| standard.reopen.iter_mut().for_each(|reopen| reopen.within = None),
        |standard| standard.first = false,
        |standard| standard.per_leg = false,
        |standard| standard.warn = None,
        |standard| standard.never_exempt = false,
        |standard| standard.escalation.truncate(standard.escalation.len().saturating_sub(1)),
        |standard| drop(standard.pauses.pop()),
        |standard| drop((!standard.pauses.is_empty()).then(|| standard.pauses.remove(0))),
        |standard| drop(standard.extensions.pop()),
        |standard| drop((!standard.extensions.is_empty()).then(|| standard.extensions.remove(0))),
        |standard| standard.extensions.iter_mut().for_each(|extension| extension.approved_by = None),
    ];
    const ROWS: [Without; 6] = [
        |standard| drop((standard.targets.len() > 1).then(|| standard.targets.remove(0))),
        |standard| drop((standard.counting.len() > 1).then(|| standard.counting.remove(0))),
        |standard| {
            if let [(_, None)] = standard.counting[..] {
                standard.counting.clear();
            }
        },
        |standard| drop((standard.starts.len() > 1).then(|| standard.starts.pop())),
        |standard| drop((standard.stops.len() > 1).then(|| standard.stops.pop())),
        |standard| standard.triggers_mut().for_each(|trigger| trigger.filter = None),
    ];
    let changes = CLAUSES.into_iter().chain(ROWS);
    changes.flat_map(move |without| {
        (0..world.standards.len()).filter_map(move |index| {
            let smaller = world.but(|world| without(&mut world.standards[index]));
            (format!("{:?}", smaller.standards) != format!("{:?}", world.standards)).then_some(smaller)
        })
    })
}

/// What an event can leave unsaid.
type Unsaid = fn(&mut Event);

fn fewer_fields(world: &World) -> impl Iterator<Item = World> {
    const FIELDS: [Unsaid; 9] = [
        |event| event.case.priority = None,
        |event| event.case.vip = None,
        |event| event.case.size = None,
        |event| event.case.promised = None,
        |event| event.own.leg = None,
        |event| event.own.fit = None,
        |event| event.own.deadline = None,
        |event| event.role = None,
        |event| event.acted_as = None,
    ];
    let places = (0..world.cases.len()).flat_map(|case| (0..world.cases[case].len()).map(move |event| (case, event)));
    places.flat_map(move |(case, event)| {
        FIELDS.into_iter().filter_map(move |unsaid| {
            let smaller = world.but(|world| unsaid(&mut world.cases[case][event]));
            let said = |world: &World| format!("{:?}", world.cases[case][event]);
            (said(&smaller) != said(world)).then_some(smaller)
        })
    })
}
