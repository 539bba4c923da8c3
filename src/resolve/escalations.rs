//! Escalations: who is told when a promise slips.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Escalation, EscalationLevel, LevelTime, Standard};
use crate::resolve::faults::{ClauseFault, DaysOf, EscalationFault, NameFault, TimeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

/// What a name in an escalation means; of several that mean one standard the closest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Escalated {
    /// All standards of a touchpoint.
    Touchpoint(usize),
    /// All standards of a moment.
    Moment(usize),
    /// One standard.
    Standard(usize),
}

impl Escalated {
    /// Whether it means a standard.
    fn means(self, index: usize, standard: &Standard) -> bool {
        match self {
            Escalated::Standard(named) => named == index,
            // What is never due is never late.
            _ if standard.is_without_target() => false,
            Escalated::Moment(moment) => standard.moment == Some(moment),
            Escalated::Touchpoint(touchpoint) => standard.touchpoint == Some(touchpoint),
        }
    }

    /// Standards before moments before touchpoints, whichever they are.
    fn closeness(self) -> u8 {
        match self {
            Escalated::Touchpoint(_) => 0,
            Escalated::Moment(_) => 1,
            Escalated::Standard(_) => 2,
        }
    }
}

/// What a declaration names, once each.
struct Named<'t> {
    escalate: &'t tree::Escalate,
    names: Vec<(Escalated, &'t tree::Name)>,
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
        let mut known: BTreeMap<Escalated, Span> = BTreeMap::new();
        let mut named = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Escalate(escalate) = declaration else { continue };
            let mut names = Vec::new();
            for name in escalate.promises.iter().filter(|name| self.level_named(name).is_none()).collect::<Vec<_>>() {
                let Some(meant) = self.meant(name) else { continue };
                if let Some(first) = known.get(&meant) {
                    let fault = NameFault::Duplicate { kind: Kind::Escalation, name: name.node.clone() };
                    self.fault_against(fault, name.span, *first);
                    continue;
                }
                known.insert(meant, name.span);
                names.push((meant, name));
            }
            named.push(Named { escalate, names });
        }
        named
    }

    fn meant(&mut self, name: &tree::Name) -> Option<Escalated> {
        let index = |kind: Kind| Some(self.names.get(&kind)?.get(name)?.0);
        let standard = index(Kind::Standard).map(Escalated::Standard);
        let place = index(Kind::Moment).map(Escalated::Moment).or(index(Kind::Touchpoint).map(Escalated::Touchpoint));
        let found = standard.or(place);
        if found.is_none() {
            self.unknown(Kind::StandardOrPlace, name);
        }
        found
    }

    /// The standards that a declaration means and no other means more closely, each with the name that means
    /// it; tells of a place where there is none.
    fn standards_told<'t>(&mut self, this: &Named<'t>, all: &[Named<'t>]) -> Vec<(usize, &'t tree::Name)> {
        let mut told = Vec::new();
        for (meant, name) in &this.names {
            let of = |meant: Escalated| {
                let standards = self.graph.standards.iter().enumerate();
                standards.filter(move |(index, standard)| meant.means(*index, standard)).map(|(index, _)| index)
            };
            let is_closer = |other: &Escalated| other.closeness() > meant.closeness();
            let closer = all.iter().flat_map(|named| &named.names).map(|(other, _)| *other).filter(is_closer);
            let replaced: BTreeSet<usize> = closer.flat_map(of).collect();
            let (elsewhere, here): (Vec<usize>, Vec<usize>) =
                of(*meant).partition(|standard| replaced.contains(standard));
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
        let at = self.level_time(&level.at);
        let to = self.role(&level.to);
        // Told here, for the help differs from that of a target.
        if let (tree::Limit::WorkingDays(_), false) = (&level.within.node, has_calendar) {
            let fault = TimeFault::NoCalendar { limit: self.said(level.within.span), of: DaysOf::Escalation };
            self.fault(fault, level.within.span);
        }
        let within = self.limit(&level.within, true);
        Some(EscalationLevel { at: at?, to: to?, within: within?, span: level.span })
    }

    /// When a level stands.
    pub(super) fn level_time(&mut self, at: &Spanned<tree::LevelTime>) -> Option<LevelTime> {
        match &at.node {
            tree::LevelTime::Part(part) => self.percent(&Spanned::new(*part, at.span)).map(LevelTime::Part),
            tree::LevelTime::After(time) => Some(LevelTime::After(*time)),
        }
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
