//! What of a log each rule looks at.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::plan::{Phase, triggers};
use crate::graph::{
    Anchor, Condition, Exemption, Fact, Graph, Level, Measure, Operand, Promise, PromiseId, Standard, Trigger, Window,
};

/// What conditions look at, beside the event of their own sentence.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// The kinds of event of which it matters whether, when and how they happen.
    pub kinds: BTreeSet<usize>,
    /// The fields of the case.
    pub fields: BTreeSet<usize>,
    /// Whether every event matters, of whatever kind.
    pub all_events: bool,
    /// The standards of which it matters what comes of their clocks.
    pub standards: BTreeSet<usize>,
}

impl Reads {
    /// Takes in what a condition looks at, in a sentence about events of some kinds.
    pub fn condition(&mut self, graph: &Graph, condition: &Condition, own: &[usize]) {
        for operand in condition.operands(graph) {
            self.operand(graph, operand, own);
        }
    }

    /// Takes in what a field or fact looks at, in a sentence about events of some kinds.
    pub fn operand(&mut self, graph: &Graph, operand: &Operand, own: &[usize]) {
        match operand {
            Operand::Case(field) => {
                self.fields.insert(*field);
            }
            Operand::Latest(kind, _) => {
                self.kinds.insert(*kind);
            }
            Operand::Fact(fact) => self.fact(graph, *fact),
            Operand::Here => self.fields.extend(graph.places.of_case.field()),
            // Where another event is spoken of, the latest that has the field.
            Operand::Own(slots) => {
                let has = |kind: &usize| slots.iter().any(|(known, _)| known == kind);
                if !own.iter().all(has) {
                    self.kinds.extend(slots.iter().map(|(kind, _)| *kind));
                }
            }
        }
    }

    fn fact(&mut self, graph: &Graph, fact: usize) {
        match graph.facts.get(fact) {
            Some(Fact::CountOf(event)) => self.event(graph, *event),
            Some(Fact::TimeFrom(from, to)) => {
                self.event(graph, *from);
                self.event(graph, *to);
            }
            Some(Fact::Handovers) => self.all_events = true,
            Some(Fact::WaitingForApproval) => {
                let approvals = graph.approvals.iter();
                self.kinds.extend(approvals.flat_map(|found| [found.asked, found.granted]));
                self.kinds.extend(graph.approvals.iter().filter_map(|found| found.refused));
            }
            // Of the clock that is explained, and not of the log.
            Some(Fact::Overshoot | Fact::Paused) | None => {}
        }
    }

    /// Takes in an event; what a clock brings about looks at all that the clock does.
    pub fn event(&mut self, graph: &Graph, event: usize) {
        match graph.turn(event) {
            Some(turn) => self.clocks_of(graph, turn.standard),
            None => {
                self.kinds.insert(event);
                self.hearing(graph, event);
                if let Some(asked) = graph.trust.get(event).and_then(Option::as_ref) {
                    self.condition(graph, asked, &[event]);
                }
            }
        }
    }

    /// Takes in the field of a case that decides whether it hears of an event of another.
    fn hearing(&mut self, graph: &Graph, event: usize) {
        let reach = graph.reaches.get(event).copied().flatten();
        self.fields.extend(reach.map(|(_, field)| field));
    }

    fn clocks_of(&mut self, graph: &Graph, standard: usize) {
        let Some(found) = graph.standards.get(standard) else { return };
        self.standards.insert(standard);
        self.around(graph, standard, found);
        triggers(found).for_each(|(_, trigger)| self.event(graph, trigger.event));
    }

    /// Takes in what triggers look at beside the events that they name.
    pub fn around_triggers<'g>(&mut self, graph: &'g Graph, triggers: impl Iterator<Item = &'g Trigger>) {
        for trigger in triggers {
            if let Some(filter) = &trigger.filter {
                self.condition(graph, filter, &[trigger.event]);
            }
            self.hearing(graph, trigger.event);
            let trust = graph.trust.get(trigger.event).and_then(Option::as_ref);
            match (graph.turn(trigger.event), trust) {
                (Some(turn), _) => self.clocks_of(graph, turn.standard),
                (None, Some(asked)) => self.condition(graph, asked, &[trigger.event]),
                (None, None) => {}
            }
        }
    }

    /// Takes in what a clock looks at beside the events that its lines name.
    fn around(&mut self, graph: &Graph, index: usize, standard: &Standard) {
        self.around_triggers(graph, triggers(standard).map(|(_, trigger)| trigger));
        let starts: Vec<usize> = standard.starts.iter().map(|start| start.event).collect();
        let rows = standard.targets.iter().chain(&standard.beyond);
        for row in rows {
            if let Promise::DueAt(operand) = &row.promise {
                self.operand(graph, operand, &starts);
            }
            row.condition.iter().for_each(|condition| self.condition(graph, condition, &starts));
        }
        let hours = standard.counting.iter().filter_map(|row| row.condition.as_ref());
        hours.for_each(|condition| self.condition(graph, condition, &starts));
        let exemptions = graph.exemptions.iter().filter(|exemption| exemption.standards.contains(&index));
        exemptions.for_each(|exemption| self.exemption(graph, exemption, &starts));
    }

    fn exemption(&mut self, graph: &Graph, exemption: &Exemption, starts: &[usize]) {
        exemption.condition.iter().for_each(|condition| self.condition(graph, condition, starts));
        exemption.proof.iter().for_each(|proof| self.operand(graph, proof, starts));
    }
}

/// What the clocks of a standard look at.
#[derive(Clone, Debug, Default)]
pub struct ClockReads {
    /// What each kind of event does to them.
    pub phases: BTreeMap<usize, BTreeSet<Phase>>,
    /// What else they look at.
    pub around: Reads,
}

/// What every rule looks at.
#[derive(Debug)]
pub struct AllReads {
    /// By standard.
    pub clocks: Vec<ClockReads>,
    /// By behaviour: beside the events that the sentence names.
    pub behaviours: Vec<Reads>,
    /// By action: what decides who may do it, askings and answers too.
    pub actions: Vec<Reads>,
    /// By action: what decides what the roles themselves may do, unasked.
    pub powers: Vec<Reads>,
    /// By moment.
    pub moments: Vec<Reads>,
    /// When a case ends.
    pub case_end: Reads,
    /// By level: what decides to which window and group a case, or what is found of it, belongs.
    pub levels: Vec<Reads>,
}

impl AllReads {
    /// Those of a graph.
    pub fn of(graph: &Graph) -> Self {
        Self {
            clocks: (0..).zip(&graph.standards).map(|(index, standard)| clock(graph, index, standard)).collect(),
            behaviours: graph.behaviours.iter().map(|behaviour| of_behaviour(graph, &behaviour.sentence)).collect(),
            actions: (0..graph.actions.len()).map(|action| of_action(graph, action)).collect(),
            powers: (0..graph.actions.len()).map(|action| of_powers(graph, action)).collect(),
            moments: graph
                .moments
                .iter()
                .map(|moment| {
                    moment.out_of_control.iter().fold(Reads::default(), |reads, said| reads.with(graph, said))
                })
                .collect(),
            case_end: of_case_end(graph),
            levels: graph.levels.iter().map(|level| of_level(graph, level)).collect(),
        }
    }
}

impl Reads {
    fn with(mut self, graph: &Graph, condition: &Condition) -> Self {
        // A sentence about no event in particular.
        self.condition(graph, condition, &[usize::MAX]);
        self
    }
}

fn clock(graph: &Graph, index: usize, standard: &Standard) -> ClockReads {
    let mut reads = ClockReads::default();
    reads.around.around(graph, index, standard);
    for (phase, trigger) in triggers(standard) {
        reads.phases.entry(trigger.event).or_default().insert(phase);
    }
    for escalation in graph.escalations.iter().filter(|escalation| escalation.standard == index) {
        reads.phases.entry(escalation.event).or_default().insert(Phase::Escalate);
    }
    reads
}

fn of_behaviour(graph: &Graph, sentence: &crate::graph::Conduct) -> Reads {
    let mut reads = Reads::default();
    reads.around_triggers(graph, sentence.triggers());
    if let crate::graph::Conduct::MustHold { condition, .. } = sentence {
        let judged: Vec<usize> = sentence.judged().iter().map(|trigger| trigger.event).collect();
        reads.condition(graph, condition, &judged);
    }
    reads
}

fn of_powers(graph: &Graph, action: usize) -> Reads {
    let mut reads = Reads::default();
    let grants = graph.grants.iter().filter(|grant| grant.action == action);
    for grant in grants {
        grant.condition.iter().for_each(|condition| reads.condition(graph, condition, &[]));
        if grant.at.is_some() {
            reads.operand(graph, &Operand::Here, &[]);
        }
    }
    reads
}

fn of_action(graph: &Graph, action: usize) -> Reads {
    let mut reads = of_powers(graph, action);
    for approval in graph.approvals.iter().filter(|approval| approval.action == action) {
        reads.kinds.extend([Some(approval.asked), Some(approval.granted), approval.refused].into_iter().flatten());
    }
    reads
}

fn of_level(graph: &Graph, level: &Level) -> Reads {
    let mut reads = Reads::default();
    level.groups.iter().for_each(|group| reads.operand(graph, &group.field, &[]));
    match (&level.measure, level.window) {
        (Measure::CasesWith(condition), _) => reads.condition(graph, condition, &[usize::MAX]),
        (Measure::Count(subject), _) => reads.around_triggers(graph, subject.iter()),
        (Measure::Rate(subject, counterpart), _) => {
            reads.around_triggers(graph, subject.iter().chain(counterpart));
        }
        (
            Measure::Share(PromiseId::Standard(standard)) | Measure::Elapsed(_, standard),
            Window::Per(_, Anchor::Due | Anchor::Stop),
        ) => reads.clocks_of(graph, *standard),
        _ => {}
    }
    reads
}

fn of_case_end(graph: &Graph) -> Reads {
    let mut reads = Reads::default();
    for on in graph.case_end.iter().flat_map(|end| &end.on) {
        reads.event(graph, on.event);
        reads.around_triggers(graph, std::iter::once(on));
    }
    reads
}
