//! The contact centre as it is drawn, and names that mean something to a format.

use super::{Drawing, dot, json, mermaid};

use crate::check::check;
use crate::graph::Graph;
use crate::report::{Format, Style};
use crate::source::{SourceFile, Sources};
use crate::syntax::parse;

const CONTACT_CENTRE: &str = include_str!("../../sample/tests/contact-centre.mot");

/// Names and labels that would break a format that did not escape them.
const ODD: &str = r#"
service odd "Say \"hi\" & <b>go</b>" { timezone "UTC" }
role `经办 "甲"`
role `end`  "1. Chief [of] {all} | %%{init} $$" leads `经办 "甲"`
event `a`
event `b`
touchpoint counter "Counter #1;" { stage use }
touchpoint nowhere { channel any }
standard quick "Quick `one`" for counter { from `a` to `b` within 5m }
"#;

fn graph(text: &str) -> Graph {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("test.mot", text));
    let (tree, faults) = parse(id, &sources.get(id).unwrap().clone());
    assert!(faults.is_empty(), "{faults:?}");
    check(&[tree], &sources).0
}

#[test]
fn the_contact_centre_in_mermaid() {
    insta::assert_snapshot!(written(&mermaid::Mermaid, &graph(CONTACT_CENTRE)));
}

#[test]
fn the_contact_centre_in_dot() {
    insta::assert_snapshot!(written(&dot::Dot, &graph(CONTACT_CENTRE)));
}

#[test]
fn the_contact_centre_in_json() {
    insta::assert_snapshot!(written(&json::Json, &graph(CONTACT_CENTRE)));
}

#[test]
fn odd_names_stay_names() {
    let graph = graph(ODD);
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        written(&mermaid::Mermaid, &graph),
        written(&dot::Dot, &graph),
        written(&json::Json, &graph)
    ));
}

#[test]
fn every_edge_joins_two_nodes_and_every_group_stands_before_what_is_within() {
    for text in [CONTACT_CENTRE, ODD, include_str!("../../sample/tests/everything.mot")] {
        let drawing = Drawing::of(&graph(text));
        assert!(drawing.edges.iter().all(|edge| edge.from.max(edge.to) < drawing.nodes.len()));
        assert!(drawing.nodes.iter().all(|node| node.group.is_none_or(|group| group < drawing.groups.len())));
        let groups = drawing.groups.iter().enumerate();
        assert!(groups.into_iter().all(|(index, group)| group.group.is_none_or(|around| around < index)));
    }
}

#[test]
fn what_is_made_of_many_promises_and_why_they_are_broken() {
    let text = r#"
service desk { timezone "UTC" }
role lead
event opened
event solved
event alarm { to: role }
touchpoint care "Care" { stage use }
moment last "The last word" at care { kind end }
standard solve for last { from opened to solved within 1h }
behaviour never_twice for care { at most one opened }
level in_time for care { at least 80% of solve per day }
escalate in_time, seen as alarm { at 100% to lead within 2h }
scorecard card for care {
  60 points for speed: solve
  40 points for care: never_twice
  fatal never_twice
  pass 80
}
journey way "The whole way" {
  through care
  ends with last
  score at least 0
}
cause slow for solve { kind process  when overshoot is more than 2h }
remedy shift for in_time { offer "Add a shift" }
"#;
    let graph = graph(text);
    insta::assert_snapshot!(format!("{}\n{}", written(&mermaid::Mermaid, &graph), written(&dot::Dot, &graph)));
}

fn written(format: &dyn Format<Drawing>, graph: &Graph) -> String {
    format.write(&Drawing::of(graph), Style::default()).unwrap()
}
