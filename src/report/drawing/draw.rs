//! From the graph to a drawing: what is drawn, where, and in which order.
//!
//! The order is that of reading from left to right: what decides (segments, calendars), the map with
//! its promises, then who mends it, with what.

use std::collections::BTreeSet;

use super::words;
use super::{Drawing, Edge, EdgeKind, Group, GroupKind, Node, NodeKind};

use crate::graph::{Condition, Graph, OfferText, Standard, Trigger};

/// The stages in the order in which a customer goes through them.
const STAGES: [(&str, &str); 4] =
    [("pre_purchase", "Before the purchase"), ("purchase", "Purchase"), ("use", "Use"), ("after_sales", "After sales")];

/// Draws a graph.
pub fn draw(graph: &Graph) -> Drawing {
    let mut painter = Painter::new(graph);
    painter.what_decides();
    painter.stages();
    painter.promises();
    painter.wholes();
    painter.causes();
    painter.roles();
    painter.remedies();
    painter.actions();
    painter.drawing
}

/// Draws one thing after the other; the lists know the node of each thing of the graph.
pub(super) struct Painter<'g> {
    pub(super) graph: &'g Graph,
    drawing: Drawing,
    segments: Vec<usize>,
    calendars: Vec<usize>,
    /// The group of each touchpoint, where it has one.
    touchpoints: Vec<Option<usize>>,
    pub(super) moments: Vec<usize>,
    pub(super) standards: Vec<usize>,
    pub(super) behaviours: Vec<usize>,
    pub(super) levels: Vec<usize>,
    pub(super) scorecards: Vec<usize>,
    roles: Vec<usize>,
    remedies: Vec<usize>,
}

impl<'g> Painter<'g> {
    fn new(graph: &'g Graph) -> Self {
        let drawing =
            Drawing { name: graph.service.name.clone(), label: graph.service.label.clone(), ..Drawing::default() };
        Self {
            graph,
            drawing,
            segments: Vec::new(),
            calendars: Vec::new(),
            touchpoints: Vec::new(),
            moments: Vec::new(),
            standards: Vec::new(),
            behaviours: Vec::new(),
            levels: Vec::new(),
            scorecards: Vec::new(),
            roles: Vec::new(),
            remedies: Vec::new(),
        }
    }

    pub(super) fn node(
        &mut self,
        kind: NodeKind,
        (name, label): (&str, &Option<String>),
        group: Option<usize>,
        notes: Vec<String>,
    ) -> usize {
        self.drawing.nodes.push(Node { kind, name: name.to_owned(), label: label.clone(), notes, group });
        self.drawing.nodes.len() - 1
    }

    fn group(
        &mut self,
        kind: GroupKind,
        (name, label): (&str, Option<String>),
        group: Option<usize>,
        notes: Vec<String>,
    ) -> usize {
        self.drawing.groups.push(Group { kind, name: name.to_owned(), label, notes, group });
        self.drawing.groups.len() - 1
    }

    /// The frame around all things of a kind; none if there is none of them.
    pub(super) fn family(&mut self, name: &str, label: &str, is_empty: bool) -> Option<usize> {
        (!is_empty).then(|| self.group(GroupKind::Family, (name, Some(label.to_owned())), None, Vec::new()))
    }

    /// Two things hang together; what is said of the same two in the same way stands together.
    pub(super) fn edge(&mut self, kind: EdgeKind, from: Option<&usize>, to: Option<&usize>, label: Option<String>) {
        let (Some(from), Some(to)) = (from.copied(), to.copied()) else { return };
        let mut edges = self.drawing.edges.iter_mut();
        match edges.find(|edge| (edge.kind, edge.from, edge.to) == (kind, from, to)) {
            Some(edge) => edge.labels.extend(label),
            None => self.drawing.edges.push(Edge { kind, from, to, labels: label.into_iter().collect() }),
        }
    }

    fn what_decides(&mut self) {
        let graph = self.graph;
        for segment in &graph.segments {
            let notes = vec![words::condition(graph, &segment.condition)];
            let node = self.node(NodeKind::Segment, (&segment.name, &segment.label), None, notes);
            self.segments.push(node);
        }
        for calendar in &graph.calendars {
            let notes = words::hours(&calendar.hours);
            let node = self.node(NodeKind::Calendar, (&calendar.name, &calendar.label), None, notes);
            self.calendars.push(node);
        }
    }

    // ── The map ─────────────────────────────────────────────────────────────────────────────────

    fn stages(&mut self) {
        let graph = self.graph;
        self.touchpoints = vec![None; graph.touchpoints.len()];
        for (stage, label) in STAGES {
            let here = |stage: &str, index: &usize| {
                graph.touchpoints.get(*index).is_some_and(|found| found.stage.as_deref() == Some(stage))
            };
            let touchpoints: Vec<usize> = (0..graph.touchpoints.len()).filter(|index| here(stage, index)).collect();
            if !touchpoints.is_empty() {
                let group = self.group(GroupKind::Stage, (stage, Some(label.to_owned())), None, Vec::new());
                touchpoints.into_iter().for_each(|touchpoint| self.touchpoint(touchpoint, Some(group)));
            }
        }
        let staged = |stage: &str| STAGES.iter().any(|(known, _)| *known == stage);
        for (index, touchpoint) in graph.touchpoints.iter().enumerate() {
            if !touchpoint.stage.as_deref().is_some_and(staged) {
                self.touchpoint(index, None);
            }
        }
    }

    /// A frame for what belongs to a touchpoint; one that nothing belongs to is drawn as a thing, so
    /// that it is seen.
    fn touchpoint(&mut self, index: usize, stage: Option<usize>) {
        let graph = self.graph;
        let Some(touchpoint) = graph.touchpoints.get(index) else { return };
        let notes: Vec<String> = touchpoint.channels.iter().chain(&touchpoint.environment).cloned().collect();
        let has_moments = graph.moments.iter().any(|moment| moment.touchpoint == Some(index));
        let has_standards = graph.standards.iter().any(|standard| standard.touchpoint == Some(index));
        let has_behaviours = graph.behaviours.iter().any(|behaviour| behaviour.touchpoint == Some(index));
        let has_levels = graph.levels.iter().any(|level| level.touchpoint == Some(index));
        let has_scorecards = graph.scorecards.iter().any(|scorecard| scorecard.touchpoint == Some(index));
        if has_moments || has_standards || has_behaviours || has_levels || has_scorecards {
            let named = (touchpoint.name.as_str(), touchpoint.label.clone());
            let group = self.group(GroupKind::Touchpoint, named, stage, notes);
            if let Some(slot) = self.touchpoints.get_mut(index) {
                *slot = Some(group);
            }
        } else {
            self.node(NodeKind::Touchpoint, (&touchpoint.name, &touchpoint.label), stage, notes);
        }
    }

    pub(super) fn place(&self, touchpoint: Option<usize>) -> Option<usize> {
        self.touchpoints.get(touchpoint?).copied().flatten()
    }

    fn promises(&mut self) {
        let graph = self.graph;
        for moment in &graph.moments {
            let impact = moment.impact.as_ref().map(|impact| format!("{impact} impact"));
            let facts: Vec<String> = moment.kind.iter().cloned().chain(impact).collect();
            let notes = if facts.is_empty() { Vec::new() } else { vec![facts.join(", ")] };
            let group = self.place(moment.touchpoint);
            let node = self.node(NodeKind::Moment, (&moment.name, &moment.label), group, notes);
            self.moments.push(node);
        }
        for standard in &graph.standards {
            let mut notes = vec![self.clock(standard)];
            notes.extend(standard.targets.iter().map(|row| row.said.clone()));
            let group = self.place(standard.touchpoint);
            let node = self.node(NodeKind::Standard, (&standard.name, &standard.label), group, notes);
            self.standards.push(node);
            self.what_it_hangs_on(standard, node);
        }
        for behaviour in &graph.behaviours {
            let group = self.place(behaviour.touchpoint);
            let notes = vec![behaviour.said.clone()];
            let node = self.node(NodeKind::Behaviour, (&behaviour.name, &behaviour.label), group, notes);
            self.behaviours.push(node);
            let calendar = behaviour.calendar.and_then(|calendar| self.calendars.get(calendar)).copied();
            self.edge(EdgeKind::Times, calendar.as_ref(), Some(&node), None);
            let moment = behaviour.moment.and_then(|moment| self.moments.get(moment)).copied();
            self.edge(EdgeKind::Promises, moment.as_ref(), Some(&node), None);
            self.what_it_waits_for(behaviour.sentence.triggers(), node);
        }
        for (standard, node) in graph.standards.iter().zip(self.standards.clone()) {
            self.what_it_waits_for(standard.triggers(), node);
        }
    }

    /// What happens to another clock and does something to this one: `breach of resolve`.
    fn what_it_waits_for<'t>(&mut self, triggers: impl Iterator<Item = &'t Trigger>, node: usize) {
        let graph = self.graph;
        for event in triggers.map(|trigger| trigger.event) {
            if let Some(turn) = graph.turn(event) {
                let from = self.standards.get(turn.standard).copied();
                self.edge(EdgeKind::Turns, from.as_ref(), Some(&node), Some(graph.event_name(event)));
            }
        }
    }

    /// `call.queued → call.answered`
    fn clock(&self, standard: &Standard) -> String {
        let delay = standard.delay.map(|delay| format!("{delay} after ")).unwrap_or_default();
        let (starts, stops) = (words::events(self.graph, &standard.starts), words::events(self.graph, &standard.stops));
        format!("{delay}{starts} → {stops}")
    }

    fn what_it_hangs_on(&mut self, standard: &Standard, node: usize) {
        for segment in segments_of(standard) {
            let segment = self.segments.get(segment).copied();
            self.edge(EdgeKind::Decides, segment.as_ref(), Some(&node), None);
        }
        for row in &standard.counting {
            let calendar = self.calendars.get(row.calendar).copied();
            let when = row.condition.as_ref().map(|said| format!("when {}", words::condition(self.graph, said)));
            self.edge(EdgeKind::Times, calendar.as_ref(), Some(&node), when);
        }
        let moment = standard.moment.and_then(|moment| self.moments.get(moment)).copied();
        self.edge(EdgeKind::Promises, moment.as_ref(), Some(&node), None);
    }

    // ── Who mends it ────────────────────────────────────────────────────────────────────────────

    fn roles(&mut self) {
        let graph = self.graph;
        let group = self.family("roles", "Roles", graph.roles.is_empty());
        for role in &graph.roles {
            let node = self.node(NodeKind::Role, (&role.name, &role.label), group, Vec::new());
            self.roles.push(node);
        }
        for (index, role) in graph.roles.iter().enumerate() {
            for led in &role.leads {
                let (from, to) = (self.roles.get(index).copied(), self.roles.get(*led).copied());
                self.edge(EdgeKind::Leads, from.as_ref(), to.as_ref(), None);
            }
        }
        for escalation in &graph.escalations {
            for level in &escalation.levels {
                let label = format!("{} within {}", level.at, words::limit(graph, level.within));
                let from = self.standards.get(escalation.standard).copied();
                let to = self.roles.get(level.to).copied();
                self.edge(EdgeKind::Escalates, from.as_ref(), to.as_ref(), Some(label));
            }
        }
        for escalation in &graph.level_escalations {
            let label = format!("missed, within {}", words::limit(graph, escalation.within));
            let (from, to) = (self.levels.get(escalation.level).copied(), self.roles.get(escalation.to).copied());
            self.edge(EdgeKind::Escalates, from.as_ref(), to.as_ref(), Some(label));
        }
    }

    fn remedies(&mut self) {
        let graph = self.graph;
        let group = self.family("remedies", "Remedies", graph.remedies.is_empty());
        for remedy in &graph.remedies {
            let text = |offer: &OfferText| format!("{}{}", offer.text, words::when(graph, offer.condition.as_ref()));
            let notes = remedy.texts.iter().map(text).collect();
            let node = self.node(NodeKind::Remedy, (&remedy.name, &remedy.label), group, notes);
            self.remedies.push(node);
            for promise in &remedy.promises {
                let mended = self.promise(*promise);
                self.edge(EdgeKind::Mends, mended.as_ref(), Some(&node), None);
            }
        }
    }

    fn actions(&mut self) {
        let graph = self.graph;
        let group = self.family("actions", "Actions", graph.actions.is_empty());
        let mut actions = Vec::new();
        for (index, action) in graph.actions.iter().enumerate() {
            let asked = graph.approvals.iter().filter(|approval| approval.action == index);
            let notes = asked.flat_map(|approval| {
                let name = |event: usize| graph.vocabulary.events.get(event).map_or("", |event| event.name.as_str());
                let asking = format!("{} → {}", name(approval.asked), name(approval.granted));
                ["beyond that".to_owned(), asking]
            });
            let notes = notes.collect();
            actions.push(self.node(NodeKind::Action, (&action.name, &action.label), group, notes));
        }
        for grant in &graph.grants {
            let when = words::when(graph, grant.condition.as_ref());
            let label = format!("{}{}{when}", words::spending(&grant.limits), graph.at_place(grant.at));
            let role = self.roles.get(grant.role).copied();
            self.edge(EdgeKind::May, role.as_ref(), actions.get(grant.action), Some(label));
        }
        for (index, remedy) in graph.remedies.iter().enumerate() {
            for offer in &remedy.offers {
                let amount = offer.amount.map(|amount| amount.to_string());
                let when = words::when(graph, offer.condition.as_ref());
                let label = format!("{}{when}", amount.unwrap_or_default()).trim().to_owned();
                let label = (!label.is_empty()).then_some(label);
                let remedy = self.remedies.get(index).copied();
                self.edge(EdgeKind::Offers, remedy.as_ref(), actions.get(offer.action), label);
            }
        }
    }
}

/// The segments that a standard reads, each once.
fn segments_of(standard: &Standard) -> BTreeSet<usize> {
    let rows = standard.targets.iter().chain(&standard.beyond).map(|row| row.condition.as_ref());
    let counting = standard.counting.iter().map(|row| row.condition.as_ref());
    let triggers = standard.starts.iter().chain(&standard.stops).chain(&standard.cancels);
    let filters = triggers.map(|trigger| trigger.filter.as_ref());
    let mut segments = BTreeSet::new();
    rows.chain(counting).chain(filters).flatten().for_each(|condition| take_segments(condition, &mut segments));
    segments
}

fn take_segments(condition: &Condition, segments: &mut BTreeSet<usize>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| take_segments(part, segments)),
        Condition::Not(inner) => take_segments(inner, segments),
        Condition::Segment(segment) => {
            segments.insert(*segment);
        }
        _ => {}
    }
}
