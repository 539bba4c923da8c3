//! What comes back to itself, and what rests on what.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::iter::successors;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::Condition;

/// The segments that a condition names.
pub fn segments_in(condition: &Condition) -> Vec<usize> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(segments_in).collect(),
        Condition::Not(inner) => segments_in(inner),
        Condition::Segment(segment) => vec![*segment],
        Condition::IsTrue(_)
        | Condition::Known(_)
        | Condition::Compare(..)
        | Condition::OneOf(..)
        | Condition::StartedIn(_) => Vec::new(),
    }
}

/// All that use each other, each after those that it uses; those in a circle, and what uses them, are left out.
pub fn those_used_first(uses: &[Vec<usize>]) -> Vec<usize> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); uses.len()];
    let mut open: Vec<usize> = uses.iter().map(Vec::len).collect();
    for (index, used) in uses.iter().enumerate() {
        for name in used {
            if let Some(users) = users.get_mut(*name) {
                users.push(index);
            }
        }
    }
    let mut order: Vec<usize> = (0..open.len()).filter(|index| open.get(*index) == Some(&0)).collect();
    let mut next = 0;
    while let Some(index) = order.get(next).copied() {
        next += 1;
        for user in users.get(index).map(Vec::as_slice).unwrap_or_default() {
            if let Some(left) = open.get_mut(*user) {
                *left -= 1;
                if *left == 0 {
                    order.push(*user);
                }
            }
        }
    }
    order
}

/// Things that come back to themselves.
pub struct Circle {
    /// All of them: there may be several ways round.
    pub members: Vec<usize>,
    /// The shortest way from the first of them back to itself.
    pub way: Vec<usize>,
}

/// One circle for each strongly connected part of a graph of `from → to`.
pub fn circles(edges: &[Vec<usize>]) -> Vec<Circle> {
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            graph.add_edge(from, *to, ());
        }
    }
    // Kosaraju's way does not recurse: a chain may be as long as a file.
    let parts = kosaraju_scc(&graph).into_iter();
    let goes_round = |members: &Vec<usize>| match members.as_slice() {
        [only] => graph.contains_edge(*only, *only),
        _ => true,
    };
    let circle = |members: Vec<usize>| {
        let way = way_back(&graph, *members.iter().min()?)?;
        Some(Circle { members, way })
    };
    let mut circles: Vec<Circle> = parts.filter(goes_round).filter_map(circle).collect();
    circles.sort_by(|one, other| one.way.cmp(&other.way));
    circles
}

/// The shortest way from `start` back to itself, breadth first; `None` if there is none.
fn way_back(graph: &DiGraphMap<usize, ()>, start: usize) -> Option<Vec<usize>> {
    let mut came_from = HashMap::new();
    let mut ahead = VecDeque::from([start]);
    while let Some(here) = ahead.pop_front() {
        for next in graph.neighbors(here) {
            if next == start {
                let mut way: Vec<usize> = successors(Some(here), |step| came_from.get(step).copied()).collect();
                way.reverse();
                return Some(way);
            }
            if let Entry::Vacant(first) = came_from.entry(next) {
                first.insert(here);
                ahead.push_back(next);
            }
        }
    }
    None
}

/// A path with its first name again at the end.
pub fn closed(mut path: Vec<String>) -> Vec<String> {
    path.extend(path.first().cloned());
    path
}
