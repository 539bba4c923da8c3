//! A drawing as a Mermaid flowchart.
//!
//! Every label stands in quotation marks, and every character that could mean something to Mermaid,
//! to the Markdown in its labels or to HTML is written as an entity code (`#quot;`).

use super::{Drawing, EdgeKind, Node, NodeKind};

use crate::diagnostic::{in_json, visible};
use crate::report::{Format, Style, WriteError};

/// A Mermaid flowchart.
#[derive(Debug)]
pub struct Mermaid;

impl Format<Drawing> for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn about(&self) -> &'static str {
        "A Mermaid flowchart"
    }

    fn write(&self, drawing: &Drawing, _: Style) -> Result<String, WriteError> {
        Ok(print(drawing))
    }
}

fn print(drawing: &Drawing) -> String {
    let mut text =
        format!("---\ntitle: {}\n---\nflowchart LR\n", in_json(serde_json::Value::from(drawing.title()).to_string()));
    print_within(drawing, None, 1, &mut text);
    for edge in &drawing.edges {
        let arrow = arrow(edge.kind);
        let label = match edge.labels.as_slice() {
            [] => String::new(),
            labels => format!("|\"{}\"|", lines(labels.iter().map(String::as_str))),
        };
        text.push_str(&format!("  n{} {arrow}{label} n{}\n", edge.from, edge.to));
    }
    text
}

fn print_within(drawing: &Drawing, group: Option<usize>, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for (index, node) in drawing.nodes_in(group) {
        text.push_str(&format!("{indent}n{index}{}\n", shape(node)));
    }
    for (index, inner) in drawing.groups_in(group) {
        text.push_str(&format!("{indent}subgraph g{index}[\"{}\"]\n", escape(&inner.text())));
        print_within(drawing, Some(index), depth + 1, text);
        text.push_str(&format!("{indent}end\n"));
    }
}

fn shape(node: &Node) -> String {
    let label = lines(node.lines().into_iter());
    match node.kind {
        NodeKind::Touchpoint | NodeKind::Standard | NodeKind::Behaviour => format!("[\"{label}\"]"),
        NodeKind::Level | NodeKind::Scorecard => format!("[\\\"{label}\"\\]"),
        NodeKind::Journey => format!(">\"{label}\"]"),
        NodeKind::Cause => format!("{{\"{label}\"}}"),
        NodeKind::Moment => format!("([\"{label}\"])"),
        NodeKind::Segment => format!("{{{{\"{label}\"}}}}"),
        NodeKind::Calendar => format!("[(\"{label}\")]"),
        NodeKind::Role => format!("(\"{label}\")"),
        NodeKind::Action => format!("[/\"{label}\"/]"),
        NodeKind::Remedy => format!("[[\"{label}\"]]"),
    }
}

/// What slips is told by a thick arrow, what decides hangs on a dotted line.
fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Escalates => "==>",
        EdgeKind::Decides | EdgeKind::Times | EdgeKind::Explains | EdgeKind::Measures => "-.->",
        EdgeKind::Promises | EdgeKind::Turns | EdgeKind::Leads | EdgeKind::May | EdgeKind::Mends | EdgeKind::Offers => {
            "-->"
        }
    }
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(escape).collect::<Vec<_>>().join("<br/>")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // At the start of a line Markdown would read a list or a heading: `1. `, `- `, `+ `.
    let mut starts_line = true;
    for char in visible(&text.replace(['\r', '\t'], " ")).chars() {
        let counts = starts_line && char.is_ascii_digit();
        match char {
            '"' => escaped.push_str("#quot;"),
            '&' => escaped.push_str("#amp;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '\n' => escaped.push_str("<br/>"),
            '#' | '*' | '`' | '\\' | '$' | '~' => push_code(char, &mut escaped),
            '.' | ')' | '-' | '+' if starts_line => push_code(char, &mut escaped),
            '%' if escaped.ends_with('%') => push_code(char, &mut escaped),
            char => escaped.push(char),
        }
        starts_line = counts || char == '\n';
    }
    escaped
}

fn push_code(char: char, text: &mut String) {
    text.push_str(&format!("#{};", u32::from(char)));
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_label_means_anything_to_mermaid() {
        assert_eq!(escape("say \"hi\" [now] {or} |never|"), "say #quot;hi#quot; [now] {or} |never|");
        assert_eq!(escape("a\nb <b> & #1; `c`"), "a<br/>b #lt;b#gt; #amp; #35;1; #96;c#96;");
        assert_eq!(escape("1. first\n- second"), "1#46; first<br/>#45; second");
        assert_eq!(escape("投诉（处理）80% %%{init}%%"), "投诉（处理）80% %#37;{init}%#37;");
    }
}
