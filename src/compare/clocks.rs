//! Two clocks, clause by clause.
//!
//! Inside a case both see the same events. If mine starts whenever the other does, ends and restarts only where the
//! other does, and never stands still alone, then mine has counted at least as much whenever the other is due. What
//! stands still, or is fixed at the start, says so only if both clocks start and end together: else it is undecided.

use super::cases::reads_the_start;
use super::differences::{Does, Incomparable, Looser};
use super::{Contrast, Strictness};

use crate::graph::{Exemption, Extension, Graph, Limit, Pause, Standard, Trigger};

/// A clock, and the one that it is held against.
#[derive(Clone, Copy)]
pub struct Pair<'g> {
    /// The clock.
    pub mine: &'g Standard,
    /// The other.
    pub other: &'g Standard,
    one: usize,
    two: usize,
}

impl Pair<'_> {
    /// Whether there is time that does not count for one of them.
    pub fn may_be_paused(&self, graph: &Graph) -> bool {
        let stands_still = |standard: &Standard| {
            !standard.pauses.is_empty() || !standard.extensions.is_empty() || !standard.reopens.is_empty()
        };
        let stopped = |exemption: &Exemption| {
            exemption.stops_the_clock && [self.one, self.two].iter().any(|index| exemption.standards.contains(index))
        };
        stands_still(self.mine) || stands_still(self.other) || graph.exemptions.iter().any(stopped)
    }
}

/// A new clause of a clock does not compile until it stands here, and is compared below or makes no difference there.
fn every_clause_is_known(clock: &Standard) {
    let Standard {
        key: _,
        per_party: _,
        first: _,
        starts: _,
        delay: _,
        stops: _,
        cancels: _,
        restarts: _,
        pauses: _,
        reopens: _,
        extensions: _,
        counting: _,
        hours_fixed: _,
        targets: _,
        // What is said of it, and what happens before or beyond its target.
        name: _,
        label: _,
        touchpoint: _,
        moment: _,
        warnings: _,
        beyond: _,
        attributes: _,
        span: _,
    } = clock;
}

impl<'g> Strictness<'g> {
    /// How a clock stands to another.
    pub fn clocks(&self, one: usize, two: usize) -> Option<Contrast> {
        let (mine, other) = (self.graph.standards.get(one)?, self.graph.standards.get(two)?);
        let pair = Pair { mine, other, one, two };
        let mut contrast = Contrast::default();
        every_clause_is_known(mine);
        self.scopes(&mut contrast, pair);
        self.beginnings(&mut contrast, pair);
        self.ends(&mut contrast, pair);
        self.pauses(&mut contrast, pair);
        self.reopenings(&mut contrast, pair);
        self.extensions(&mut contrast, pair);
        self.targets(&mut contrast, pair);
        self.exempted(&mut contrast, pair);
        self.escalated(&mut contrast, pair);
        if contrast.looser.is_empty() {
            self.out_of_step(&mut contrast, pair);
        }
        Some(contrast)
    }

    fn scopes(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        match (&mine.key, &other.key) {
            (Some(one), Some(two)) if one.name == two.name => {}
            (None, None) => {}
            (None, Some(two)) => {
                contrast.less(Looser::NotPer { field: two.name.clone() }, mine.span, other.span);
            }
            (Some(_), _) => contrast.open(Incomparable::OtherScope, mine.span, other.span),
        }
        if mine.per_party != other.per_party {
            contrast.open(Incomparable::OtherScope, mine.span, other.span);
        }
        if mine.first && !other.first {
            contrast.less(Looser::FirstOnly, mine.span, other.span);
        }
    }

    fn beginnings(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        self.does_less(contrast, Does::Starts, &all(&mine.starts), &other.starts, mine.span);
        let (one, two) = (mine.delay.unwrap_or_default(), other.delay.unwrap_or_default());
        if one > two {
            contrast.less(Looser::Delay { mine: one, other: two }, mine.span, other.span);
        } else if one < two {
            contrast.open(Incomparable::Delay, mine.span, other.span);
        }
    }

    /// Where the other ends, mine may; and it may begin anew where the other does or ends.
    fn ends(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        let ends: Vec<&Trigger> = other.stops.iter().chain(&other.cancels).collect();
        self.does_more(contrast, Does::Stops, &mine.stops, &ends, other.span);
        self.does_more(contrast, Does::Cancels, &mine.cancels, &ends, other.span);
        let anew: Vec<&Trigger> = other.restarts.iter().chain(ends).collect();
        self.does_more(contrast, Does::Restarts, &mine.restarts, &anew, other.span);
    }

    /// Each pause of mine lies within one of the other.
    fn pauses(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        for pause in &mine.pauses {
            let resumes = |theirs: &&Pause| self.covers(&pause.resume, &theirs.resume);
            let pausing: Vec<&Pause> =
                other.pauses.iter().filter(|theirs| self.covers(&theirs.on, &pause.on)).collect();
            match pausing.as_slice() {
                [] => {
                    let on: Vec<&Trigger> = other.pauses.iter().flat_map(|theirs| &theirs.on).collect();
                    let before = contrast.looser.len();
                    self.does_more(contrast, Does::Pauses, &pause.on, &on, other.span);
                    if contrast.looser.len() == before {
                        contrast.open(Incomparable::Lines { clause: "pause" }, mine.span, other.span);
                    }
                }
                several if several.iter().any(resumes) => {}
                [only] => {
                    self.does_less(contrast, Does::Resumes, &all(&pause.resume), &only.resume, mine.span);
                }
                _ => contrast.open(Incomparable::Lines { clause: "pause" }, mine.span, other.span),
            }
        }
    }

    /// What takes up the other takes up mine, for at least as long.
    fn reopenings(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        for reopen in &other.reopens {
            let long_enough = mine.reopens.iter().filter(|known| match (known.within, reopen.within) {
                (None, _) => true,
                (Some(one), Some(two)) => is_at_most(two, one) == Some(true),
                (Some(_), None) => false,
            });
            let on: Vec<&Trigger> = long_enough.flat_map(|known| &known.on).collect();
            self.does_less(contrast, Does::Reopens, &on, &reopen.on, mine.span);
        }
    }

    /// Each line of mine that gives more time has one of the other's to itself that gives at least as much.
    fn extensions(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        let mut free: Vec<&Extension> = other.extensions.iter().collect();
        for extension in &mine.extensions {
            let same_kind = |theirs: &&&Extension| {
                theirs.another == extension.another
                    && self.may_grant(extension, theirs)
                    && self.covers(&theirs.on, &extension.on)
            };
            let as_much = |theirs: &&&Extension| is_at_most(extension.by, theirs.by) == Some(true);
            if let Some(found) = free.iter().filter(same_kind).find(as_much).copied() {
                free.retain(|theirs| !std::ptr::eq(*theirs, found));
                continue;
            }
            // `to D` and `another D` in one clock depend on which comes first.
            let may_match = other.extensions.iter().any(|theirs| theirs.another != extension.another)
                || free.iter().any(|theirs| is_at_most(extension.by, theirs.by).is_none());
            match may_match {
                true => contrast.open(Incomparable::Lines { clause: "extend" }, extension.span, other.span),
                false => {
                    let by = extension.by.to_string();
                    let by = if extension.another { format!("another {by}") } else { format!("to {by}") };
                    contrast.less(Looser::Extension { by }, extension.span, other.span);
                }
            }
        }
        if !mine.extensions.is_empty() && free.iter().any(|theirs| !theirs.another) {
            contrast.open(Incomparable::Lines { clause: "extend" }, mine.span, other.span);
        }
    }

    /// Whether whoever may grant the one may grant the other.
    fn may_grant(&self, mine: &Extension, other: &Extension) -> bool {
        match (mine.approved_by, other.approved_by) {
            (_, None) => true,
            (Some(one), Some(two)) => self.graph.is_or_leads(one, two),
            (None, Some(_)) => false,
        }
    }

    /// What exempts mine exempts the other.
    fn exempted(&self, contrast: &mut Contrast, Pair { other, one, two, .. }: Pair<'_>) {
        let exemptions = &self.graph.exemptions;
        let theirs: Vec<&Exemption> = exemptions.iter().filter(|found| found.standards.contains(&two)).collect();
        for exemption in exemptions.iter().filter(|found| found.standards.contains(&one)) {
            if !theirs.iter().any(|known| reaches_as_far(known, exemption)) {
                contrast.less(Looser::Exempt { name: exemption.name.clone() }, exemption.span, other.span);
            }
        }
    }

    /// Whoever must be told of the other must be told of mine, no later.
    fn escalated(&self, contrast: &mut Contrast, Pair { mine, one, two, .. }: Pair<'_>) {
        let levels = |standard: usize| {
            let escalations = self.graph.escalations.iter().filter(move |found| found.standard == standard);
            escalations.flat_map(|escalation| &escalation.levels)
        };
        for level in levels(two) {
            let as_soon = levels(one).any(|known| {
                known.at.is_at_most(level.at) == Some(true)
                    && self.graph.is_or_leads(known.to, level.to)
                    && is_at_most(known.within, level.within) == Some(true)
            });
            if !as_soon {
                let to = self.graph.roles.get(level.to).map(|role| role.name.clone()).unwrap_or_default();
                let near = levels(one).find(|known| known.to == level.to).map_or(mine.span, |known| known.span);
                contrast.less(Looser::Escalation { at: level.at, to }, near, level.span);
            }
        }
    }

    /// What cannot be told unless both clocks start and end together.
    fn out_of_step(&self, contrast: &mut Contrast, Pair { mine, other, .. }: Pair<'_>) {
        let together = self.same(&mine.starts, &other.starts)
            && self.same(&mine.stops, &other.stops)
            && self.same(&mine.cancels, &other.cancels)
            && self.same(&mine.restarts, &other.restarts);
        let reopened = mine.reopens.len() == other.reopens.len()
            && mine
                .reopens
                .iter()
                .zip(&other.reopens)
                .all(|(one, two)| one.within == two.within && self.same(&one.on, &two.on));
        let rows = mine.targets.iter().filter_map(|row| row.condition.as_ref());
        let clauses = [
            ("pause", !mine.pauses.is_empty() && (!together || !reopened)),
            ("extend", !mine.extensions.is_empty() && (!together || !reopened)),
            ("reopen", !other.reopens.is_empty() && (!together || mine.first != other.first)),
            ("first", mine.first && !self.same(&mine.starts, &other.starts)),
            ("counting", mine.counting.len() > 1 && !together || hours_change_apart(mine, other)),
            ("when", rows.into_iter().any(reads_the_start) && !together),
            ("due at", has_promised_instant(mine) && !together),
        ];
        for (clause, _) in clauses.iter().filter(|(_, open)| *open) {
            contrast.open(Incomparable::OtherTimes { clause }, mine.span, other.span);
        }
    }
}

/// Whether hours change in one of two clocks and not alike in both.
fn hours_change_apart(mine: &Standard, other: &Standard) -> bool {
    let rows = |standard: &Standard| -> Vec<_> {
        standard.counting.iter().map(|row| (row.calendar, row.condition.clone())).collect()
    };
    let alike = || mine.hours_fixed == other.hours_fixed && rows(mine) == rows(other);
    (mine.has_changing_hours() || other.has_changing_hours()) && !alike()
}

fn has_promised_instant(standard: &Standard) -> bool {
    standard.targets.iter().any(|row| matches!(row.promise, crate::graph::Promise::DueAt(_)))
}

fn all(triggers: &[Trigger]) -> Vec<&Trigger> {
    triggers.iter().collect()
}

/// Whether an exemption reaches at least as far as another.
fn reaches_as_far(known: &Exemption, exemption: &Exemption) -> bool {
    let window = match (known.window, exemption.window) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((from, to)), Some((begins, ends))) => from <= begins && ends <= to,
    };
    let condition = known.condition.is_none() || known.condition == exemption.condition;
    let proof = known.proof.is_none() || known.proof == exemption.proof;
    known.stops_the_clock == exemption.stops_the_clock && window && condition && proof
}

/// Whether one limit is at most as long as another; none if they are of two units.
pub fn is_at_most(one: Limit, other: Limit) -> Option<bool> {
    match (one, other) {
        (Limit::Exact(one), Limit::Exact(other)) => Some(one <= other),
        (Limit::WorkingDays(one), Limit::WorkingDays(other)) => Some(one <= other),
        (Limit::CalendarDays(one, moved), Limit::CalendarDays(other, also)) if moved == also => Some(one <= other),
        _ => None,
    }
}
