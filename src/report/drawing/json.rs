//! A drawing as JSON, for programs.

use serde::Serialize;

use super::Drawing;

use crate::report::serialize::json;
use crate::report::{Format, Style, WriteError};

#[derive(Serialize)]
struct Whole<'d> {
    service: Service<'d>,
    groups: Vec<Thing<'d>>,
    nodes: Vec<Thing<'d>>,
    edges: Vec<Edge<'d>>,
}

#[derive(Serialize)]
struct Service<'d> {
    name: &'d str,
    label: Option<&'d str>,
}

/// A group or a node.
#[derive(Serialize)]
struct Thing<'d> {
    id: String,
    kind: &'static str,
    name: &'d str,
    label: Option<&'d str>,
    notes: &'d [String],
    group: Option<String>,
}

#[derive(Serialize)]
struct Edge<'d> {
    kind: &'static str,
    from: String,
    to: String,
    labels: &'d [String],
}

/// Nodes and edges.
#[derive(Debug)]
pub struct Json;

impl Format<Drawing> for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "Nodes and edges"
    }

    fn write(&self, drawing: &Drawing, _: Style) -> Result<String, WriteError> {
        print(drawing)
    }
}

fn print(drawing: &Drawing) -> Result<String, WriteError> {
    let groups = drawing.groups.iter().enumerate().map(|(index, group)| Thing {
        id: format!("g{index}"),
        kind: group.kind.spelling(),
        name: &group.name,
        label: group.label.as_deref(),
        notes: &group.notes,
        group: group.group.map(|around| format!("g{around}")),
    });
    let nodes = drawing.nodes.iter().enumerate().map(|(index, node)| Thing {
        id: format!("n{index}"),
        kind: node.kind.spelling(),
        name: &node.name,
        label: node.label.as_deref(),
        notes: &node.notes,
        group: node.group.map(|around| format!("g{around}")),
    });
    let edges = drawing.edges.iter().map(|edge| Edge {
        kind: edge.kind.spelling(),
        from: format!("n{}", edge.from),
        to: format!("n{}", edge.to),
        labels: &edge.labels,
    });
    let whole = Whole {
        service: Service { name: &drawing.name, label: drawing.label.as_deref() },
        groups: groups.collect(),
        nodes: nodes.collect(),
        edges: edges.collect(),
    };
    json(&whole)
}
