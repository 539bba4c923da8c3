//! Behaviours that the end of a case must judge.

use super::checked::Checked;

use crate::proofs::structure_faults::StructureFault;

/// Warns once of behaviours that stay open for ever, for nothing says when a case is over.
pub fn a_case_comes_to_an_end(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    if graph.case_end.is_some() {
        return;
    }
    let waiting = graph.behaviours.iter().filter(|behaviour| behaviour.sentence.waits_for_the_end());
    let mut waiting = waiting.peekable();
    let Some(first) = waiting.peek().map(|behaviour| behaviour.span) else { return };
    let behaviours = waiting.map(|behaviour| behaviour.name.clone()).collect();
    checked.fault(StructureFault::NoCaseEnd { behaviours }, first, None);
}
