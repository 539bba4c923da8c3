//! How something is done, and by whom: `on E, C must hold`, `every A must be by someone other than B`,
//! `every A must be by ROLE or above`.

use super::monitor::{Other, Watch};
use super::observation::Seen;

use crate::engine::finding::{ConductFault, Evidence, EvidenceKind, UnknownFact};
use crate::engine::truth::Truth;
use crate::engine::words::unsaid_role;
use crate::engine::words::{self, condition_fields};
use crate::graph::{Condition, Graph};
use crate::vocabulary::Reading;

impl Watch {
    pub fn must_hold(&mut self, seen: &Seen<'_>, condition: &Condition) {
        let Some(found) = self.about(seen, EvidenceKind::Happened) else { return };
        let (read, unknown) = condition_fields(seen.plan.graph, seen.facts, condition);
        found.fields = read;
        match seen.facts.truth(condition) {
            Truth::True => found.keep(seen.at()),
            Truth::False => found.break_by(seen.at(), ConductFault::DoesNotHold),
            Truth::Unknown => {
                let fact = |field| UnknownFact { about: EvidenceKind::Required, field, place: Some(seen.event.place) };
                found.doubt(unknown.into_iter().map(fact));
                found.break_by(seen.at(), ConductFault::DoesNotHold);
            }
        }
    }

    pub fn by_role(&mut self, seen: &Seen<'_>, needed: usize) {
        let Some(found) = self.about(seen, EvidenceKind::Happened) else { return };
        let graph = seen.plan.graph;
        // A role that cannot be read is one of them.
        let is_unread = matches!(seen.event.role, Reading::Malformed(_));
        let any_will_do = is_unread && (0..graph.roles.len()).all(|role| graph.is_or_leads(role, needed));
        match seen.event.role.role() {
            _ if any_will_do => found.keep(seen.at()),
            Some(role) if graph.is_or_leads(role, needed) => found.keep(seen.at()),
            Some(role) => found.break_by(seen.at(), ConductFault::WrongRole(role)),
            None => {
                let (about, place) = (EvidenceKind::Acted, Some(seen.event.place));
                found.doubt([UnknownFact { about, field: unsaid_role(graph, seen.event), place }]);
                found.break_by(seen.at(), ConductFault::NoRole);
            }
        }
    }

    /// Four eyes.
    pub fn other_than(&mut self, seen: &Seen<'_>) {
        let others = std::mem::take(&mut self.others);
        if let Some(found) = self.about(seen, EvidenceKind::Happened) {
            let actor = seen.event.actor.as_ref();
            let same = |other: &&Other| actor.is_some() && other.actor.as_ref() == actor;
            let surely = others.iter().find(|other| other.is_sure && same(other));
            // Whoever is not named may have been the same, and what perhaps happened may have.
            let perhaps = |other: &&Other| other.actor.is_none() || actor.is_none() || same(other);
            if let Some(other) = surely {
                found.evidence.insert(0, other.evidence.clone());
                found.break_by(seen.at(), ConductFault::SamePerson);
            } else if let Some(other) = others.iter().find(perhaps) {
                found.evidence.insert(0, other.evidence.clone());
                found.doubt(other.doubts.iter().cloned());
                for (unnamed, line) in [(actor.is_none(), seen.evidence(EvidenceKind::Happened))]
                    .into_iter()
                    .chain([(other.actor.is_none(), other.evidence.clone())])
                {
                    found.doubt(unnamed.then(|| not_said("actor", seen.plan.graph, &line)));
                }
                found.break_by(seen.at(), ConductFault::SamePerson);
            } else {
                found.keep(seen.at());
            }
        }
        self.others = others;
        self.remember_each_person(seen);
    }

    /// Of one person's doings the first is enough, and the first that is sure.
    fn remember_each_person(&mut self, seen: &Seen<'_>) {
        let is_sure = seen.is_other() == Truth::True;
        let is_known = |other: &Other| other.actor == seen.event.actor && (other.is_sure || !is_sure);
        if !self.others.iter().any(is_known) {
            self.remember(seen);
        }
    }
}

/// The log does not say by whom.
fn not_said(what: &str, graph: &Graph, line: &Evidence) -> UnknownFact {
    UnknownFact { about: EvidenceKind::Acted, field: words::not_said(what, graph, line.event), place: Some(line.place) }
}
