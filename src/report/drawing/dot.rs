//! A drawing in Graphviz's language.

use super::{Drawing, Edge, EdgeKind, Group, GroupKind, Node, NodeKind};

use crate::diagnostic::visible;
use crate::report::{Format, Style, WriteError};

/// Graphviz.
#[derive(Debug)]
pub struct Dot;

impl Format<Drawing> for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn about(&self) -> &'static str {
        "Graphviz"
    }

    fn write(&self, drawing: &Drawing, _: Style) -> Result<String, WriteError> {
        Ok(print(drawing))
    }
}

fn print(drawing: &Drawing) -> String {
    let mut text = String::from("digraph mot {\n");
    for line in [
        "rankdir=LR; newrank=true; nodesep=0.25; ranksep=0.9; labelloc=t; labeljust=l; fontsize=16;",
        "fontname=\"Helvetica,Noto Sans CJK SC,sans-serif\";",
        "node [fontname=\"Helvetica,Noto Sans CJK SC,sans-serif\", fontsize=11, style=\"filled,rounded\", shape=box, \
         fillcolor=white, color=\"#64748b\", margin=\"0.14,0.08\"];",
        "edge [fontname=\"Helvetica,Noto Sans CJK SC,sans-serif\", fontsize=9, color=\"#64748b\", arrowsize=0.7];",
    ] {
        text.push_str(&format!("  {line}\n"));
    }
    text.push_str(&format!("  label={};\n", quoted(drawing.title())));
    print_within(drawing, None, 1, &mut text);
    for edge in &drawing.edges {
        text.push_str(&format!("  n{} -> n{}{};\n", edge.from, edge.to, edge_style(edge)));
    }
    text.push_str("}\n");
    text
}

fn print_within(drawing: &Drawing, group: Option<usize>, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for (index, node) in drawing.nodes_in(group) {
        text.push_str(&format!("{indent}n{index} [label={}{}];\n", quoted(&node.lines().join("\n")), node_style(node)));
    }
    for (index, inner) in drawing.groups_in(group) {
        text.push_str(&format!("{indent}subgraph cluster_g{index} {{\n"));
        text.push_str(&format!("{indent}  label={}; {}\n", quoted(&inner.text()), group_style(inner)));
        print_within(drawing, Some(index), depth + 1, text);
        text.push_str(&format!("{indent}}}\n"));
    }
}

fn group_style(group: &Group) -> &'static str {
    match group.kind {
        GroupKind::Stage => "style=\"filled,rounded\"; color=\"#e2e8f0\"; fillcolor=\"#f8fafc\"; fontsize=14;",
        GroupKind::Touchpoint => "style=\"filled,rounded\"; color=\"#94a3b8\"; fillcolor=\"#eef2f7\"; fontsize=12;",
        GroupKind::Family => "style=\"rounded,dashed\"; color=\"#94a3b8\"; fontsize=12; labelloc=b;",
    }
}

fn node_style(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Standard => "",
        NodeKind::Behaviour => ", fillcolor=\"#f1f5f9\"",
        NodeKind::Level => ", shape=box, style=\"filled,bold\", fillcolor=\"#f1f5f9\"",
        NodeKind::Scorecard => ", shape=tab, style=filled, fillcolor=\"#f1f5f9\"",
        NodeKind::Journey => ", shape=cds, style=filled, fillcolor=\"#fef3c7\"",
        NodeKind::Cause => ", shape=octagon, style=filled, margin=\"0,0.04\", fillcolor=\"#fee2e2\"",
        NodeKind::Touchpoint => ", style=\"filled,dashed\"",
        NodeKind::Moment => ", shape=ellipse, style=filled, fillcolor=\"#fef3c7\"",
        NodeKind::Segment => ", shape=hexagon, style=filled, margin=\"0,0.04\", fillcolor=\"#ede9fe\"",
        NodeKind::Calendar => ", shape=cylinder, style=filled, fillcolor=\"#e0f2fe\"",
        NodeKind::Role => ", fillcolor=\"#dcfce7\"",
        NodeKind::Action => ", shape=box, style=filled, fillcolor=\"#ffedd5\"",
        NodeKind::Remedy => ", shape=note, style=filled, fillcolor=\"#fce7f3\"",
    }
}

fn edge_style(edge: &Edge) -> String {
    let style = match edge.kind {
        EdgeKind::Escalates => Some("color=\"#dc2626\", fontcolor=\"#dc2626\", penwidth=1.5"),
        EdgeKind::Decides | EdgeKind::Times | EdgeKind::Explains => Some("style=dashed"),
        EdgeKind::Measures => Some("style=dotted"),
        // Roles stand below one another: what is told to them comes from one side, what they may lies on
        // the other.
        EdgeKind::Leads => Some("constraint=false"),
        EdgeKind::Promises | EdgeKind::Turns | EdgeKind::May | EdgeKind::Mends | EdgeKind::Offers => None,
    };
    let label = (!edge.labels.is_empty()).then(|| format!("label={}", quoted(&edge.labels.join("\n"))));
    let parts: Vec<String> = label.into_iter().chain(style.map(str::to_owned)).collect();
    if parts.is_empty() { String::new() } else { format!(" [{}]", parts.join(", ")) }
}

/// In a quoted string only quotation marks, backslashes and line breaks mean something.
fn quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\t'], " ");
    let escaped = visible(&text).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_label_keeps_its_lines_and_its_quotation_marks() {
        assert_eq!(quoted("say \"hi\"\n<b> \\N 投诉"), r#""say \"hi\"\n<b> \\N 投诉""#);
    }
}
