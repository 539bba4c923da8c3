//! What the graph as a whole must satisfy: one file a family.

mod authority;
mod calendars;
mod conduct;
mod escalation;
mod faults;
mod moments;
mod targets;
mod touchpoints;
mod turns;
mod unused;

pub use faults::{CheckFault, Idle};

use super::build::Declared;
use super::model::Graph;
use super::proofs::AskedFor;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// What every check works on.
struct Checked<'a> {
    graph: &'a Graph,
    faults: Vec<Diagnostic>,
}

impl Checked<'_> {
    fn fault(&mut self, fault: impl Fault, at: Span, other: Option<Span>) {
        let diagnostic = Diagnostic::new(fault, at);
        self.faults.push(match other {
            Some(other) => diagnostic.against(other),
            None => diagnostic,
        });
    }
}

/// Runs all checks.
pub fn run(graph: &Graph) -> Vec<Diagnostic> {
    let mut checked = Checked { graph, faults: Vec::new() };
    escalation::levels_go_up(&mut checked);
    authority::someone_may_give_each_remedy(&mut checked);
    calendars::each_calendar_opens(&mut checked);
    calendars::odd_local_times(&mut checked);
    moments::something_is_promised(&mut checked);
    turns::no_clock_waits_for_itself(&mut checked);
    turns::no_wait_across_scopes(&mut checked);
    checked.faults
}

/// Warns of what is declared and then forgotten.
pub fn forgotten(graph: &Graph, asked: &AskedFor, declared: &Declared) -> Vec<Diagnostic> {
    let mut checked = Checked { graph, faults: Vec::new() };
    conduct::a_case_comes_to_an_end(&mut checked);
    moments::something_is_promised_at_each(&mut checked);
    escalation::each_duty_ends_in_time(&mut checked);
    targets::something_is_due(&mut checked);
    moments::each_critical_moment_is_mended(&mut checked);
    touchpoints::each_touchpoint_is_measured(&mut checked);
    unused::each_event_is_read(&mut checked, asked, declared);
    unused::each_time_is_used(&mut checked, asked);
    unused::somebody_may_do_each_action(&mut checked);
    authority::each_approval_can_be_judged(&mut checked);
    checked.faults
}
