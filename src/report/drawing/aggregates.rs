//! What is made of many promises, and why promises are broken: levels, scorecards, journeys, causes.

use super::draw::Painter;
use super::words;
use super::{EdgeKind, NodeKind};

use crate::graph::PromiseId;

impl Painter<'_> {
    /// What sums promises up.
    pub(super) fn wholes(&mut self) {
        self.levels();
        self.scorecards();
        self.journeys();
    }

    fn levels(&mut self) {
        let graph = self.graph;
        for level in &graph.levels {
            let group = self.place(level.touchpoint);
            let node = self.node(NodeKind::Level, (&level.name, &level.label), group, vec![level.said.clone()]);
            self.levels.push(node);
            let moment = level.moment.and_then(|moment| self.moments.get(moment)).copied();
            self.edge(EdgeKind::Promises, moment.as_ref(), Some(&node), None);
        }
        // Only now all of them are drawn: a level may measure another promise of its kind.
        for (level, node) in graph.levels.iter().zip(self.levels.clone()) {
            let measured = level.findings_of().and_then(|promise| self.promise(promise));
            self.edge(EdgeKind::Measures, measured.as_ref(), Some(&node), None);
        }
    }

    fn scorecards(&mut self) {
        let graph = self.graph;
        for scorecard in &graph.scorecards {
            let group = self.place(scorecard.touchpoint);
            let notes = vec![format!("pass {}", scorecard.pass)];
            let node = self.node(NodeKind::Scorecard, (&scorecard.name, &scorecard.label), group, notes);
            self.scorecards.push(node);
            for line in &scorecard.lines {
                for promise in &line.promises {
                    let weighed = self.promise(*promise);
                    let points = format!("{} for {}", line.points, line.group);
                    self.edge(EdgeKind::Measures, weighed.as_ref(), Some(&node), Some(points));
                }
            }
            for promise in &scorecard.fatal {
                let fatal = self.promise(*promise);
                self.edge(EdgeKind::Measures, fatal.as_ref(), Some(&node), Some("fatal".into()));
            }
        }
    }

    fn journeys(&mut self) {
        let graph = self.graph;
        let group = self.family("journeys", "Journeys", graph.journeys.is_empty());
        for journey in &graph.journeys {
            let title = |index: &usize| {
                let touchpoint = graph.touchpoints.get(*index)?;
                Some(touchpoint.label.clone().unwrap_or_else(|| touchpoint.name.clone()))
            };
            let way: Vec<String> = journey.touchpoints.iter().filter_map(title).collect();
            let mut notes = vec![way.join(" → ")];
            let score = journey.score.map(|(comparison, bound)| format!("score {} {bound}", comparison.words()));
            notes.extend(score);
            let node = self.node(NodeKind::Journey, (&journey.name, &journey.label), group, notes);
            let end = self.moments.get(journey.end).copied();
            self.edge(EdgeKind::Measures, end.as_ref(), Some(&node), Some("ends it".into()));
        }
    }

    /// Why promises are broken.
    pub(super) fn causes(&mut self) {
        let graph = self.graph;
        let group = self.family("causes", "Causes", graph.causes.is_empty());
        for cause in &graph.causes {
            let kind = (!cause.kind.is_empty()).then(|| cause.kind.clone());
            let when = format!("when {}", words::condition(graph, &cause.condition));
            let notes = kind.into_iter().chain([when]).collect();
            let node = self.node(NodeKind::Cause, (&cause.name, &cause.label), group, notes);
            for promise in &cause.promises {
                let explained = self.promise(*promise);
                self.edge(EdgeKind::Explains, Some(&node), explained.as_ref(), None);
            }
        }
    }

    /// The node of a promise; an authority is drawn as what its roles may do.
    pub(super) fn promise(&self, promise: PromiseId) -> Option<usize> {
        let node = match promise {
            PromiseId::Standard(index) => self.standards.get(index),
            PromiseId::Behaviour(index) => self.behaviours.get(index),
            PromiseId::Level(index) => self.levels.get(index),
            PromiseId::Scorecard(index) => self.scorecards.get(index),
            PromiseId::Authority(_) => None,
        };
        node.copied()
    }
}
