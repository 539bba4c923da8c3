//! Segments: named conditions on a case.

use crate::graph::cycles::{Circle, circles, closed, segments_in, those_used_first};
use crate::graph::{Condition, ConditionRole, Segment};
use crate::resolve::conditions::CASE_ONLY;
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Segments; one may use another, in any order, but never in a circle.
    pub fn segments(&mut self, declarations: &[&tree::Declaration]) {
        let mut declared: Vec<&tree::Segment> = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Segment(segment) = declaration else { continue };
            if !self.declare(Kind::Segment, &segment.name, declared.len()) {
                continue;
            }
            self.graph.segments.push(Segment {
                name: segment.name.node.clone(),
                label: segment.label.as_ref().map(|label| label.node.clone()),
                condition: Condition::Any(Vec::new()),
                rests_on_others: false,
                span: segment.name.span,
            });
            declared.push(segment);
        }
        let conditions: Vec<Option<Condition>> = declared
            .iter()
            .map(|segment| self.condition_for(ConditionRole::Segment, &segment.when, CASE_ONLY))
            .collect();
        let uses: Vec<Vec<usize>> =
            conditions.iter().map(|condition| condition.as_ref().map(segments_in).unwrap_or_default()).collect();
        let circles = circles(&uses);
        for Circle { way, .. } in &circles {
            let path = way.iter().filter_map(|segment| self.graph.segments.get(*segment));
            let path = closed(path.map(|segment| segment.name.clone()).collect());
            let at = way.last().and_then(|segment| declared.get(*segment)).map(|segment| segment.name.span);
            self.fault(NameFault::Cycle { what: "segments use each other", path }, at.unwrap_or_default());
        }
        let standings = standings(&conditions, &uses);
        for ((segment, condition), standing) in self.graph.segments.iter_mut().zip(conditions).zip(&standings) {
            // What is at fault stands as a condition without parts: nothing opens it up.
            let Some(condition) = condition.filter(|_| standing.depth <= DEEPEST) else { continue };
            segment.rests_on_others = !segments_in(&condition).is_empty();
            segment.condition = standing.meant.map_or(condition, Condition::Segment);
        }
        for (segment, standing) in declared.iter().zip(standings) {
            if standing.depth == DEEPEST + 1 && standing.meant.is_none() {
                self.fault(NameFault::TooDeep { segment: segment.name.node.clone() }, segment.name.span);
            }
        }
    }
}

/// How deep segments may rest on others.
const DEEPEST: usize = 64;

/// How a segment stands to the others.
#[derive(Clone, Copy)]
struct Standing {
    /// How many stand under it, one on the other; without end in a circle and on one.
    depth: usize,
    /// The one that it is another name for, directly or by other names.
    meant: Option<usize>,
}

/// How each segment stands to the others. Nothing recurses: a chain of names may be as long as a file.
fn standings(conditions: &[Option<Condition>], uses: &[Vec<usize>]) -> Vec<Standing> {
    let mut standings = vec![Standing { depth: usize::MAX, meant: None }; uses.len()];
    for index in those_used_first(uses) {
        let of = |segment: &usize| standings.get(*segment).copied();
        let used = uses.get(index).map(Vec::as_slice).unwrap_or_default();
        let standing = match conditions.get(index) {
            Some(Some(Condition::Segment(other))) => {
                of(other).map(|Standing { depth, meant }| Standing { depth, meant: meant.or(Some(*other)) })
            }
            _ => {
                let deepest = used.iter().filter_map(of).map(|under| under.depth).max();
                Some(Standing { depth: deepest.map_or(0, |depth| depth.saturating_add(1)), meant: None })
            }
        };
        if let (Some(slot), Some(standing)) = (standings.get_mut(index), standing) {
            *slot = standing;
        }
    }
    standings
}
