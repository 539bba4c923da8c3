//! Whether somebody was told of a missed level.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Group, LevelFinding};

use crate::calendar::Instant;
use crate::engine::finding::{Evidence, EvidenceKind, Verdict};
use crate::engine::plan::Plan;
use crate::engine::truth::Facts;
use crate::engine::words::operand_in_words;
use crate::graph::{LevelEscalation, Operand, Window};
use crate::log::{Event, Log, Place, UnreadableRow};
use crate::vocabulary::{Reading, Value};

/// A duty to tell somebody of a missed window, and what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct LevelDuty {
    /// The escalation, by its index in the graph.
    pub escalation: usize,
    /// By when; none beyond what the calendar knows.
    pub due: Option<Instant>,
    /// `met`, `breached`, `running`, or `undetermined` where the log does not say who was told.
    pub verdict: Verdict,
    /// The event that told the role, or may have.
    pub told_by: Option<Evidence>,
    /// A row that cannot be read and may have told it.
    pub unread: Option<Place>,
}

/// Adds to each missed window whom it obliges to tell; of rolling windows that are missed day after day, to
/// the first.
pub fn check_notifications(plan: &Plan<'_>, log: &Log, findings: &mut [LevelFinding], as_of: Instant) {
    let graph = plan.graph;
    for (index, escalation) in graph.level_escalations.iter().enumerate() {
        let is_rolling =
            graph.levels.get(escalation.level).is_some_and(|level| matches!(level.window, Window::Rolling(_)));
        let told: Vec<&Event> = log
            .events
            .iter()
            .filter(|event| usize::from(event.kind) == escalation.event && event.time <= as_of)
            .collect();
        // The window before, of each group: its last day, and whether it was missed.
        let mut before: BTreeMap<Group, (Date, bool)> = BTreeMap::new();
        for finding in findings.iter_mut().filter(|finding| finding.level == escalation.level) {
            let missed = finding.verdict == Verdict::Breached;
            let earlier = before.insert(finding.group.clone(), (finding.days.last, missed));
            let goes_on = earlier.is_some_and(|(last, missed)| is_rolling && missed && finding.days.first <= last);
            if missed && !goes_on {
                finding.duties.push(duty(plan, (index, escalation), finding, (&told, &log.unreadable), as_of));
            }
        }
    }
}

fn duty(
    plan: &Plan<'_>,
    (index, escalation): (usize, &LevelEscalation),
    finding: &LevelFinding,
    (told, unreadable): (&[&Event], &[UnreadableRow]),
    as_of: Instant,
) -> LevelDuty {
    let (_, ends) = finding.span;
    // The end of a window is the end of its last day, not the beginning of the next.
    let due = plan.another_end(escalation.within, None, ends);
    let in_time = told.iter().filter(|event| ends <= event.time && due.is_none_or(|due| event.time <= due));
    let mut of_it = in_time.filter(|event| speaks_of(plan, escalation, event, &finding.group));
    let mut doubtful = None;
    let surely = of_it.find(|event| match event.fields.get(escalation.role_field) {
        Some(Reading::Known(Value::Role(role))) => plan.graph.is_or_leads(*role, escalation.to),
        _ => {
            doubtful = doubtful.or(Some(**event));
            false
        }
    });
    let is_over = due.is_some_and(|due| due < as_of || (due == as_of && surely.is_none()));
    let verdict = match (surely, doubtful) {
        (Some(_), _) => Verdict::Met,
        (None, Some(_)) if is_over => Verdict::Undetermined,
        (None, _) if is_over => Verdict::Breached,
        (None, _) => Verdict::Running,
    };
    let may_tell = |row: &&UnreadableRow| {
        row.may_be(escalation.event) && row.between.1 >= ends && due.is_none_or(|due| row.between.0 <= due)
    };
    let unread = unreadable.iter().find(may_tell).filter(|_| verdict == Verdict::Breached).map(|row| row.place);
    let verdict = if unread.is_some() { Verdict::Undetermined } else { verdict };
    let told_by = surely.copied().or(doubtful).map(|event| Evidence::of(EvidenceKind::Escalated, event));
    LevelDuty { escalation: index, due, verdict, told_by, unread }
}

/// Whether an event speaks of a group: it names that one, or none.
fn speaks_of(plan: &Plan<'_>, escalation: &LevelEscalation, event: &Event, group: &Group) -> bool {
    let graph = plan.graph;
    let facts = Facts { graph, case: &[], said_in: &[], latest: &[], own: None, started: None, shown: &[] };
    escalation.groups.iter().zip(group).all(|(slot, said)| match slot {
        Some(slot) => {
            let own = Operand::Own(vec![(escalation.event, *slot)]);
            let named = operand_in_words(facts.about(event), &own);
            named.is_none() || named.as_deref() == said.as_deref()
        }
        None => true,
    })
}
