//! What can be proved of conditions and tables before a single customer is served by them.
//!
//! The resolver hands over each condition and each table ([`ProofObligations`]). One decision procedure answers all
//! questions (`space`: is there a case for which these conditions have these truths?), and each family of
//! proofs asks its own: `conditions` that never or always hold, `tables` with rows that no case takes or
//! cases that find no row, rows that `overlap`, the `order` of targets, `clocks` with clauses that come to
//! nothing.
//! What rests on something at fault is not told of again.

mod authority;
mod calendars;
mod case_end;
mod cells;
mod check_faults;
mod checked;
mod clocks;
mod compare_limits;
mod conditions;
mod escalations;
mod faults;
mod first_match;
mod moments;
mod nested_segments;
mod offers;
mod order;
mod overlap;
mod segments;
mod sound_segments;
mod space;
mod spending_limits;
mod stages;
mod structure_faults;
mod tables;
mod targets;
#[cfg(test)]
mod tests;
mod touchpoints;
mod truth_set;
mod unused;
mod waiting;
mod words;

pub use check_faults::{CheckFault, Idle};
pub use clocks::{ClockAction, ClockFault, End};
pub use faults::{Pair, ProofFault, Sooner, Waiting};
pub use offers::OfferFault;
pub use spending_limits::PowerFault;
pub use stages::StageFault;
pub use structure_faults::StructureFault;

pub use self::cells::kind as kind_of;
pub use self::segments::Segments;
pub use self::space::{Answer, Missing, Space};
pub use self::truth_set::TruthSet;
pub use self::words::{example, operand_name};

use self::checked::Checked;
use self::compare_limits::Calendars;
use self::space::Unasked;

use crate::diagnostic::{Diagnostic, Fault};
use crate::graph::{Condition, ConditionRole, Declared, Graph, ProofObligations};
use crate::source::{Sources, Span};

/// The proofs of one graph.
struct Proofs<'g> {
    graph: &'g Graph,
    sources: &'g Sources,
    segments: Segments,
    calendars: Calendars<'g>,
    faults: Vec<Diagnostic>,
}

/// Proves what can be proved.
pub fn run(graph: &Graph, asked: &ProofObligations, sources: &Sources) -> Vec<Diagnostic> {
    let (segments, calendars) = (Segments::of(graph), Calendars::of(graph));
    let mut proofs = Proofs { graph, sources, segments, calendars, faults: Vec::new() };
    for condition in &asked.conditions {
        proofs.condition(condition);
    }
    for table in &asked.tables {
        proofs.table(table);
    }
    for standard in &graph.standards {
        proofs.clock(standard);
    }
    proofs.each_event_can_come(ConditionRole::Event, graph.case_end.iter().flat_map(|end| &end.on));
    for behaviour in &graph.behaviours {
        proofs.each_event_can_come(ConditionRole::Event, behaviour.sentence.triggers());
    }
    for level in &graph.levels {
        proofs.each_event_can_come(ConditionRole::Event, level.measure.counted());
    }
    proofs.each_order_points_one_way();
    proofs.stages_keep_to_the_whole();
    proofs.powers_grow_going_up();
    proofs.nothing_is_given_twice();
    proofs.faults
}

/// Checks what the graph as a whole must satisfy.
pub fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut checked = Checked { graph, faults: Vec::new() };
    escalations::levels_go_up(&mut checked);
    authority::someone_may_give_each_remedy(&mut checked);
    calendars::each_calendar_opens(&mut checked);
    calendars::odd_local_times(&mut checked);
    moments::something_is_promised(&mut checked);
    waiting::no_clock_waits_for_itself(&mut checked);
    waiting::no_wait_across_scopes(&mut checked);
    checked.faults
}

/// Warns of what is declared and then forgotten.
pub fn forgotten(graph: &Graph, declared: &Declared) -> Vec<Diagnostic> {
    let mut checked = Checked { graph, faults: Vec::new() };
    case_end::a_case_comes_to_an_end(&mut checked);
    moments::something_is_promised_at_each(&mut checked);
    escalations::each_duty_ends_in_time(&mut checked);
    targets::something_is_due(&mut checked);
    moments::each_critical_moment_is_mended(&mut checked);
    touchpoints::each_touchpoint_is_measured(&mut checked);
    let named = unused::Named::by(graph);
    unused::each_event_is_read(&mut checked, declared, &named);
    unused::each_time_is_used(&mut checked, &named);
    unused::somebody_may_do_each_action(&mut checked);
    authority::each_approval_can_be_judged(&mut checked);
    checked.faults
}

impl<'g> Proofs<'g> {
    /// The cases that conditions tell apart.
    fn space<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> Result<Space<'g>, Unasked> {
        Space::of(self.graph, conditions, &self.segments)
    }

    /// The text at a place, on one line.
    fn said(&self, at: Span) -> String {
        self.sources.on_one_line(at)
    }

    fn fault(&mut self, fault: impl Fault, at: Span, other: Option<Span>) {
        let diagnostic = Diagnostic::new(fault, at);
        self.faults.push(match other {
            Some(other) => diagnostic.against(other),
            None => diagnostic,
        });
    }
}
