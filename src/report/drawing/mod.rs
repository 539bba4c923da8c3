//! The rule graph as a picture: where customers are met, what is promised there, and who mends it.
//!
//! ```text
//! Graph ──► Drawing ──► Mermaid, DOT, JSON
//! ```
//!
//! A [`Drawing`] decides what is drawn and in which order; a printer only knows its format.
//!
//! In JSON the drawing is one object, in the order declared, so that two runs give the same bytes:
//!
//! ```json
//! {
//!   "service": {"name": "contact_centre", "label": "Contact-centre service standards"},
//!   "groups": [{"id": "g0", "kind": "stage", "name": "use", "label": "Use", "notes": [], "group": null}],
//!   "nodes": [{"id": "n0", "kind": "moment", "name": "first_answer", "label": null, "notes": ["valley"], "group": "g0"}],
//!   "edges": [{"kind": "promises", "from": "n0", "to": "n1", "labels": []}]
//! }
//! ```
//!
//! `notes` say more of a thing, a line each; `group` is the group that it stands in. A group is a
//! `stage`, a `touchpoint` with what belongs to it, or a `family` of things that belong together.

mod aggregates;
mod dot;
mod draw;
mod json;
mod mermaid;
pub(super) mod words;

#[cfg(test)]
mod tests;

use crate::graph::Graph;
use crate::report::Format;

/// What is drawn. Indices point into the lists beside them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// The service's name.
    pub name: String,
    /// The service's title.
    pub label: Option<String>,
    /// Frames around nodes and other groups; a group stands before those within it.
    pub groups: Vec<Group>,
    /// Things.
    pub nodes: Vec<Node>,
    /// How they hang together.
    pub edges: Vec<Edge>,
}

/// A frame around things.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// What it frames.
    pub kind: GroupKind,
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// What else is said of it, a line each.
    pub notes: Vec<String>,
    /// The group around it.
    pub group: Option<usize>,
}

/// What a group frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupKind {
    /// The touchpoints of a stage.
    Stage,
    /// The moments and standards of a touchpoint.
    Touchpoint,
    /// Things of one kind that have no place of their own, such as the roles.
    Family,
}

/// A thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// What else is said of it, a line each.
    pub notes: Vec<String>,
    /// The group it stands in.
    pub group: Option<usize>,
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// A touchpoint where nothing is promised; others are groups.
    Touchpoint,
    /// A moment of truth.
    Moment,
    /// A promise that a clock measures.
    Standard,
    /// What must, or must never, happen.
    Behaviour,
    /// A number that many cases must reach.
    Level,
    /// Promises weighed against each other.
    Scorecard,
    /// A way through touchpoints.
    Journey,
    /// Why a promise is broken.
    Cause,
    /// A named condition on the case.
    Segment,
    /// A working calendar.
    Calendar,
    /// A role.
    Role,
    /// What an employee may do.
    Action,
    /// What to offer for a breach.
    Remedy,
}

/// How two things hang together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edge {
    /// How.
    pub kind: EdgeKind,
    /// The node it leaves, by its index.
    pub from: usize,
    /// The node it comes to, by its index.
    pub to: usize,
    /// What is said on the way, a line each.
    pub labels: Vec<String>,
}

/// How two things hang together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EdgeKind {
    /// A moment has a standard or a behaviour.
    Promises,
    /// A level or a scorecard is made of a promise, a journey of the moment that ends it.
    Measures,
    /// A cause explains why a promise is broken.
    Explains,
    /// A segment decides on a standard's target, calendar or events.
    Decides,
    /// A standard counts the open time of a calendar.
    Times,
    /// What happens to a standard's clock does something to another's.
    Turns,
    /// A standard that slips is told to a role.
    Escalates,
    /// A role leads another.
    Leads,
    /// A role may do an action.
    May,
    /// A standard that is not kept is mended by a remedy.
    Mends,
    /// A remedy offers an action.
    Offers,
}

impl Drawing {
    /// Draws a graph.
    pub fn of(graph: &Graph) -> Drawing {
        draw::draw(graph)
    }

    /// The groups directly within `group`, or outside all, with their indices.
    fn groups_in(&self, group: Option<usize>) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(move |(_, found)| found.group == group)
    }

    /// The nodes directly within `group`, or outside all, with their indices.
    fn nodes_in(&self, group: Option<usize>) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(move |(_, found)| found.group == group)
    }

    /// The title, or the name where there is none.
    fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

impl Group {
    /// What people read: the label, or the name, and the notes on the same line.
    fn text(&self) -> String {
        let title = self.label.as_deref().unwrap_or(&self.name);
        if self.notes.is_empty() { title.to_owned() } else { format!("{title} ({})", self.notes.join(", ")) }
    }
}

impl Node {
    /// What people read: the label, or the name, and below it the notes.
    fn lines(&self) -> Vec<&str> {
        let title = self.label.as_deref().unwrap_or(&self.name);
        std::iter::once(title).chain(self.notes.iter().map(String::as_str)).collect()
    }
}

impl GroupKind {
    /// The kind as JSON spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            GroupKind::Stage => "stage",
            GroupKind::Touchpoint => "touchpoint",
            GroupKind::Family => "family",
        }
    }
}

impl NodeKind {
    /// The kind as JSON spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            NodeKind::Touchpoint => "touchpoint",
            NodeKind::Moment => "moment",
            NodeKind::Standard => "standard",
            NodeKind::Behaviour => "behaviour",
            NodeKind::Level => "level",
            NodeKind::Scorecard => "scorecard",
            NodeKind::Journey => "journey",
            NodeKind::Cause => "cause",
            NodeKind::Segment => "segment",
            NodeKind::Calendar => "calendar",
            NodeKind::Role => "role",
            NodeKind::Action => "action",
            NodeKind::Remedy => "remedy",
        }
    }
}

impl EdgeKind {
    /// The kind as JSON spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            EdgeKind::Promises => "promises",
            EdgeKind::Measures => "measures",
            EdgeKind::Explains => "explains",
            EdgeKind::Decides => "decides",
            EdgeKind::Times => "times",
            EdgeKind::Turns => "turns",
            EdgeKind::Escalates => "escalates",
            EdgeKind::Leads => "leads",
            EdgeKind::May => "may",
            EdgeKind::Mends => "mends",
            EdgeKind::Offers => "offers",
        }
    }
}

/// The formats of a drawing; the first is the usual one.
pub const FORMATS: &[&dyn Format<Drawing>] = &[&mermaid::Mermaid, &dot::Dot, &json::Json];
