//! A world in which two disagree, made as small as it gets: so a person sees at a glance what about.

use super::world::{Condition, Promise, Row, Standard, World};

/// The smallest world found for which something is still so.
pub fn smallest(mut world: World, still: impl Fn(&World) -> bool) -> World {
    while let Some(smaller) = smaller(&world).into_iter().find(|smaller| still(smaller)) {
        world = smaller;
    }
    world
}

/// All worlds that lack one thing.
fn smaller(world: &World) -> Vec<World> {
    let mut all = Vec::new();
    for index in 0..world.standards.len() {
        if world.standards.len() > 1 {
            all.push(changed(world, |world| drop(world.standards.remove(index))));
        }
    }
    all.push(changed(world, |world| world.offers.clear()));
    all.push(changed(world, |world| drop(world.segments.pop())));
    all.extend(rows(&world.offers).into_iter().map(|offers| changed(world, |world| world.offers = offers)));
    for (index, segment) in world.segments.iter().enumerate() {
        all.extend(parts(segment).into_iter().map(|part| changed(world, |world| world.segments[index] = part)));
    }
    for (index, standard) in world.standards.iter().enumerate() {
        all.extend(
            smaller_standards(standard).into_iter().map(|one| changed(world, |world| world.standards[index] = one)),
        );
    }
    // What names a segment that is gone, or asks for working days without a calendar, is another fault.
    all.retain(|smaller| size(smaller) < size(world) && is_whole(smaller));
    all
}

fn changed<T: Clone>(whole: &T, change: impl FnOnce(&mut T)) -> T {
    let mut whole = whole.clone();
    change(&mut whole);
    whole
}

fn smaller_standards(standard: &Standard) -> Vec<Standard> {
    let mut all = vec![
        changed(standard, |standard| standard.start = None),
        changed(standard, |standard| standard.stop = None),
        changed(standard, |standard| standard.pause = None),
        changed(standard, |standard| standard.counting.clear()),
        changed(standard, |standard| standard.beyond.clear()),
        changed(standard, |standard| standard.severity.clear()),
    ];
    for rows in rows(&standard.counting) {
        all.push(changed(standard, |standard| standard.counting = rows));
    }
    for rows in rows(&standard.targets).into_iter().filter(|rows| !rows.is_empty()) {
        all.push(changed(standard, |standard| standard.targets = rows));
    }
    for rows in rows(&standard.beyond) {
        all.push(changed(standard, |standard| standard.beyond = rows));
    }
    for rows in rows(&standard.severity) {
        all.push(changed(standard, |standard| standard.severity = rows));
    }
    for part in standard.start.iter().flat_map(parts) {
        all.push(changed(standard, |standard| standard.start = Some(part)));
    }
    for part in standard.stop.iter().flat_map(parts) {
        all.push(changed(standard, |standard| standard.stop = Some(part)));
    }
    all
}

fn rows<T: Clone>(rows: &[Row<T>]) -> Vec<Vec<Row<T>>> {
    let mut all = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let without = |rows: &[Row<T>]| changed(&rows.to_vec(), |rows| drop(rows.remove(index)));
        all.push(without(rows));
        for part in row.when.iter().flat_map(parts) {
            all.push(changed(&rows.to_vec(), |rows| rows[index].when = Some(part)));
        }
    }
    all
}

/// What a condition is made of, and what it is without one part.
fn parts(condition: &Condition) -> Vec<Condition> {
    let joined = |parts: &[Condition], join: fn(Vec<Condition>) -> Condition| {
        let mut all = parts.to_vec();
        for (index, part) in parts.iter().enumerate() {
            if parts.len() > 2 {
                all.push(join(changed(&parts.to_vec(), |parts| drop(parts.remove(index)))));
            }
            for smaller in self::parts(part) {
                all.push(join(changed(&parts.to_vec(), |parts| parts[index] = smaller)));
            }
        }
        all
    };
    match condition {
        Condition::All(parts) => joined(parts, Condition::All),
        Condition::Any(parts) => joined(parts, Condition::Any),
        Condition::Not(inner) => {
            let smaller = parts(inner).into_iter().map(|part| Condition::Not(Box::new(part)));
            std::iter::once(inner.as_ref().clone()).chain(smaller).collect()
        }
        _ => Vec::new(),
    }
}

fn size(world: &World) -> usize {
    format!("{world:?}").len()
}

fn is_whole(world: &World) -> bool {
    let text = format!("{world:?}");
    let names_one_that_is_gone = (world.segments.len()..9).any(|gone| text.contains(&format!("Segment({gone})")));
    let lacks_a_calendar = world.standards.iter().any(|standard| {
        let days = standard.targets.iter().any(|row| matches!(row.gives, Promise::WorkingDays(_)));
        days && standard.counting.is_empty()
    });
    !names_one_that_is_gone && !lacks_a_calendar
}
