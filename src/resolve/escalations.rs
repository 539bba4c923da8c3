//! Escalations: who is told when a promise slips.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Escalation, EscalationLevel, Promise, Standard};
use crate::resolve::faults::{ClauseFault, DaysOf, EscalationFault, NameFault, TimeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

/// How closely a declaration speaks of a standard; the closest one counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Speaks {
    /// Of all at its touchpoint.
    OfTouchpoint(usize),
    /// Of all at its moment.
    OfMoment(usize),
    /// Of the standard itself.
    OfStandard(usize),
}

impl Speaks {
    /// Whether it speaks of a standard.
    fn of(self, index: usize, standard: &Standard) -> bool {
        match self {
            Speaks::OfStandard(named) => named == index,
            // What is never due is never late.
            _ if standard.targets.iter().all(|row| row.promise == Promise::NoTarget) => false,
            Speaks::OfMoment(moment) => standard.moment == Some(moment),
            Speaks::OfTouchpoint(touchpoint) => standard.touchpoint == Some(touchpoint),
        }
    }

    /// Standards before moments before touchpoints, whichever they are.
    fn closeness(self) -> u8 {
        match self {
            Speaks::OfTouchpoint(_) => 0,
            Speaks::OfMoment(_) => 1,
            Speaks::OfStandard(_) => 2,
        }
    }
}

/// What a declaration names, once each.
struct Named<'t> {
    escalate: &'t tree::Escalate,
    names: Vec<(Speaks, &'t tree::Name)>,
}

impl Resolver<'_> {
    /// Who is told when a promise slips; all standards are known.
    pub fn escalations(&mut self, declarations: &[&tree::Declaration]) {
        let named = self.named(declarations);
        for this in &named {
            let Named { escalate, names } = this;
            // What is missed over many cases is told of otherwise.
            if names.is_empty() && escalate.promises.iter().all(|name| self.level_named(name).is_some()) {
                continue;
            }
            let event = self.event(&escalate.seen_as);
            let role_field = event.and_then(|event| self.role_field(event, &escalate.seen_as));
            let standards = self.standards_told(this, &named);
            let has_calendar = standards
                .iter()
                .filter_map(|(standard, _)| self.graph.standards.get(*standard))
                .all(|standard| !standard.counting.is_empty());
            let levels = escalate.levels.iter().filter_map(|level| self.level(level, has_calendar)).collect::<Vec<_>>();
            self.has_levels(escalate);
            let Some((event, role_field)) = event.zip(role_field) else { continue };
            for (standard, name) in standards {
                let (of, levels, span) = (name.node.clone(), levels.clone(), name.span);
                self.graph.escalations.push(Escalation { standard, of, event, role_field, levels, span });
            }
        }
    }

    /// What each declaration names, and tells of what is named twice.
    fn named<'t>(&mut self, declarations: &[&'t tree::Declaration]) -> Vec<Named<'t>> {
        let mut known: BTreeMap<Speaks, Span> = BTreeMap::new();
        let mut named = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Escalate(escalate) = declaration else { continue };
            let mut names = Vec::new();
            for name in escalate.promises.iter().filter(|name| self.level_named(name).is_none()).collect::<Vec<_>>() {
                let Some(speaks) = self.spoken_of(name) else { continue };
                if let Some(first) = known.get(&speaks) {
                    let fault = NameFault::Duplicate { kind: Kind::Escalation, name: name.node.clone() };
                    self.fault_against(fault, name.span, *first);
                    continue;
                }
                known.insert(speaks, name.span);
                names.push((speaks, name));
            }
            named.push(Named { escalate, names });
        }
        named
    }

    fn spoken_of(&mut self, name: &tree::Name) -> Option<Speaks> {
        let index = |kind: Kind| Some(self.names.get(&kind)?.get(name)?.0);
        let standard = index(Kind::Standard).map(Speaks::OfStandard);
        let place = index(Kind::Moment).map(Speaks::OfMoment).or(index(Kind::Touchpoint).map(Speaks::OfTouchpoint));
        let found = standard.or(place);
        if found.is_none() {
            self.unknown(Kind::StandardOrPlace, name);
        }
        found
    }

    /// The standards that a declaration speaks of and no other speaks of more closely, each with the name that means
    /// it; tells of a place where there is none.
    fn standards_told<'t>(&mut self, this: &Named<'t>, all: &[Named<'t>]) -> Vec<(usize, &'t tree::Name)> {
        let mut told = Vec::new();
        for (speaks, name) in &this.names {
            let of = |speaks: Speaks| {
                let standards = self.graph.standards.iter().enumerate();
                standards.filter(move |(index, standard)| speaks.of(*index, standard)).map(|(index, _)| index)
            };
            let is_closer = |other: &Speaks| other.closeness() > speaks.closeness();
            let closer = all.iter().flat_map(|named| &named.names).map(|(other, _)| *other).filter(is_closer);
            let replaced: BTreeSet<usize> = closer.flat_map(of).collect();
            let (elsewhere, here): (Vec<usize>, Vec<usize>) =
                of(*speaks).partition(|standard| replaced.contains(standard));
            if here.is_empty() {
                let fault = EscalationFault::NobodyIsTold { place: name.node.clone(), replaced: elsewhere.len() };
                self.fault(fault, name.span);
            }
            told.extend(here.into_iter().map(|standard| (standard, *name)));
        }
        told
    }

    fn has_levels(&mut self, escalate: &tree::Escalate) {
        if let Some(first) = escalate.promises.first().filter(|_| escalate.levels.is_empty() && !escalate.broken) {
            let of = format!("the escalation of `{}`", first.node);
            let fault = ClauseFault::MissingClause { of, what: "level", write: "at 80% to team_lead within 15m" };
            self.fault(fault, first.span);
        }
    }

    fn level(&mut self, level: &Spanned<tree::EscalationLevel>, has_calendar: bool) -> Option<EscalationLevel> {
        let at = self.percent(&level.at);
        let to = self.role(&level.to);
        // Told here, for the help differs from that of a target.
        if let (tree::Limit::WorkingDays(_), false) = (&level.within.node, has_calendar) {
            let fault = TimeFault::NoCalendar { limit: self.said(level.within.span), of: DaysOf::Escalation };
            self.fault(fault, level.within.span);
        }
        let within = self.limit(&level.within, true);
        Some(EscalationLevel { at: at?, to: to?, within: within?, span: level.span })
    }

    pub(super) fn role_field(&mut self, event: usize, said: &tree::Name) -> Option<usize> {
        let fields = self.graph.vocabulary.events.get(event).map(|event| event.fields.clone()).unwrap_or_default();
        let slots: Vec<usize> =
            fields.iter().enumerate().filter(|(_, field)| field.kind == Type::Role).map(|(slot, _)| slot).collect();
        match slots.as_slice() {
            [slot] => Some(*slot),
            _ => {
                let fault = EscalationFault::RoleField { event: self.event_name(event), count: slots.len() };
                let declared = self.event_span(event);
                self.fault_against(fault, said.span, declared);
                None
            }
        }
    }
}
