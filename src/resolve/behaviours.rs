//! Behaviours: what must, or must never, happen in a case.

use crate::graph::{Behaviour, ConditionRole, Conduct, Limit, Times, Trigger};
use crate::resolve::conditions::Scope;
use crate::resolve::faults::{ClauseFault, RuleFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Behaviours.
    pub fn behaviours(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Behaviour(behaviour) = declaration else { continue };
            if self.is_declared(Kind::Behaviour, &behaviour.block.name) {
                let resolved = self.behaviour(behaviour);
                self.graph.behaviours.push(resolved);
            }
        }
    }

    /// A behaviour at fault never does anything, but keeps its place: others point to it.
    fn behaviour(&mut self, declared: &tree::Behaviour) -> Behaviour {
        let block = &declared.block;
        let (touchpoint, moment) = self.place(declared.belongs_to.as_ref());
        let (mut sentence, mut counting, mut per_party) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::BehaviourClause::Sentence(said) => self.one_sentence(block, &mut sentence, said, at),
                tree::BehaviourClause::Counting(name) => self.set_once("counting", &mut counting, name, at),
                tree::BehaviourClause::PerParty => self.set_once("per party", &mut per_party, (), at),
                tree::BehaviourClause::Attribute(_) => {}
            }
        }
        if sentence.is_none() && !block.broken {
            let of = format!("behaviour `{}`", block.name.node);
            let fault =
                ClauseFault::MissingClause { of, what: "sentence that says what must happen", write: "never EVENT" };
            self.fault(fault, block.name.span);
        }
        if per_party.is_some() {
            self.needs_party(&block.name);
        }
        let has_calendar = counting.is_some() || block.broken;
        let resolved = sentence.as_ref().and_then(|said| self.conduct(said, has_calendar));
        let calendar = counting.and_then(|name| self.find(Kind::Calendar, name.node));
        // By name, so that a fault elsewhere in the sentence does not make its event's fields unknown.
        let events = sentence.as_ref().map(|said| self.events_of(judged(said.node)));
        let events = events.unwrap_or_default();
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::BehaviourClause::Attribute(attribute) => Some((attribute, clause.span)),
            tree::BehaviourClause::Sentence(_)
            | tree::BehaviourClause::Counting(_)
            | tree::BehaviourClause::PerParty => None,
        });
        let attributes = self.attributes(attributes, Scope::of_a_start(&events));
        Behaviour {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            moment,
            sentence: resolved.unwrap_or_else(Conduct::nothing),
            said: sentence.map(|said| self.said(said.span)).unwrap_or_default(),
            calendar,
            per_party: per_party.is_some(),
            attributes,
            span: block.name.span,
        }
    }

    fn one_sentence<'t>(
        &mut self,
        block: &tree::Block<tree::BehaviourClause>,
        kept: &mut Option<Spanned<&'t tree::Conduct>>,
        said: &'t tree::Conduct,
        at: Span,
    ) {
        match kept {
            Some(first) => {
                let fault = RuleFault::SecondSentence { name: block.name.node.clone(), said: self.said(at) };
                self.fault_against(fault, at, first.span);
            }
            None => *kept = Some(Spanned::new(said, at)),
        }
    }

    fn conduct(&mut self, said: &Spanned<&tree::Conduct>, has_calendar: bool) -> Option<Conduct> {
        let conduct = match said.node {
            tree::Conduct::NeedsBefore { every, needs } => {
                let (every, needs) = self.both(every, needs)?;
                Conduct::NeedsBefore { every, needs }
            }
            tree::Conduct::Follows { after, then, within } => {
                let (both, within) = (self.both(after, then), self.perhaps_limit(within.as_ref(), has_calendar));
                let (after, then) = both?;
                Conduct::Follows { after, then, within: within? }
            }
            tree::Conduct::Never(never) => Conduct::Never(self.any_of(never)?),
            tree::Conduct::NeverAfter { never, after } => {
                let (never, after) = self.both(never, after)?;
                Conduct::NeverAfter { never, after }
            }
            tree::Conduct::NeverWithout { never, without } => {
                let (never, without) = self.both(never, without)?;
                Conduct::NeverWithout { never, without }
            }
            tree::Conduct::NeverWithin { never, within, after } => {
                let (both, within) = (self.both(never, after), self.limit(within, has_calendar));
                let (never, after) = both?;
                Conduct::NeverWithin { never, within: within?, after }
            }
            tree::Conduct::Times { times, count, of } => {
                self.number_of_times(*times, count, said.span);
                Conduct::Times { times: *times, count: count.node, of: self.any_of(of)? }
            }
            tree::Conduct::AtLeastEvery { from, to, keeps, every } => {
                let (both, keeps) = (self.both(from, to), self.any_of(keeps));
                let every = self.limit(every, has_calendar);
                let (from, to) = both?;
                Conduct::AtLeastEvery { from, to, keeps: keeps?, every: every? }
            }
            tree::Conduct::MustHold { on, condition } => {
                let on = self.any_of(on)?;
                let events: Vec<usize> = on.iter().map(|trigger| trigger.event).collect();
                let condition = self.condition_for(ConditionRole::MustHold, condition, Scope::of_a_start(&events))?;
                Conduct::MustHold { on, condition }
            }
            tree::Conduct::OtherThan { every, other } => {
                let (every, other) = self.both(every, other)?;
                Conduct::OtherThan { every, other }
            }
            tree::Conduct::ByRole { every, role } => {
                let (every, role) = (self.any_of(every), self.role(role));
                Conduct::ByRole { every: every?, role: role? }
            }
        };
        self.not_held_against_itself(&conduct, said.span);
        Some(conduct)
    }

    /// `Some(None)` where no limit is written.
    fn perhaps_limit(&mut self, limit: Option<&Spanned<tree::Limit>>, has_calendar: bool) -> Option<Option<Limit>> {
        match limit {
            Some(limit) => self.limit(limit, has_calendar).map(Some),
            None => Some(None),
        }
    }

    /// No times at all is said with `never`, or not at all.
    fn number_of_times(&mut self, times: Times, count: &Spanned<u32>, sentence: Span) {
        if count.node > 0 {
            return;
        }
        let of = self.said(Span { start: count.span.end, ..sentence });
        let never = (times != Times::AtLeast).then(|| format!("never {of}"));
        self.fault(RuleFault::NoTimes { never }, count.span);
    }

    /// The first of its kind never has one of its kind before it.
    fn not_held_against_itself(&mut self, conduct: &Conduct, at: Span) {
        let (judged, other) = (conduct.judged(), conduct.other());
        let within = |some: &[Trigger], all: &[Trigger]| some.iter().all(|trigger| all.contains(trigger));
        let said: Vec<String> = judged.iter().map(|trigger| self.said(trigger.span)).collect();
        let event = said.join(" or ");
        let instead = match conduct {
            Conduct::NeverAfter { .. } if within(judged, other) && within(other, judged) => {
                Some(format!("at most one {event}"))
            }
            Conduct::NeedsBefore { .. } | Conduct::NeverWithout { .. } if within(other, judged) => None,
            Conduct::NeedsBefore { .. }
            | Conduct::Follows { .. }
            | Conduct::Never(_)
            | Conduct::NeverAfter { .. }
            | Conduct::NeverWithout { .. }
            | Conduct::NeverWithin { .. }
            | Conduct::Times { .. }
            | Conduct::AtLeastEvery { .. }
            | Conduct::MustHold { .. }
            | Conduct::OtherThan { .. }
            | Conduct::ByRole { .. } => return,
        };
        self.fault(RuleFault::AgainstItself { event, instead }, at);
    }
}

/// What a finding of a sentence is about, as written.
fn judged(said: &tree::Conduct) -> &[tree::Trigger] {
    match said {
        tree::Conduct::Never(triggers)
        | tree::Conduct::NeedsBefore { every: triggers, .. }
        | tree::Conduct::Follows { after: triggers, .. }
        | tree::Conduct::NeverAfter { never: triggers, .. }
        | tree::Conduct::NeverWithout { never: triggers, .. }
        | tree::Conduct::NeverWithin { after: triggers, .. }
        | tree::Conduct::Times { of: triggers, .. }
        | tree::Conduct::AtLeastEvery { from: triggers, .. }
        | tree::Conduct::MustHold { on: triggers, .. }
        | tree::Conduct::OtherThan { every: triggers, .. }
        | tree::Conduct::ByRole { every: triggers, .. } => triggers,
    }
}
