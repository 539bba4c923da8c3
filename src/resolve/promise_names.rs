//! The names of promises: one space of names for all kinds, so that `for NAME` is never a guess.

use crate::diagnostic::did_you_mean;
use crate::graph::PromiseId;
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree::{self, Declaration};
use crate::vocabulary::Kind;

/// The kinds of promises.
const KINDS: [Kind; 5] = [Kind::Standard, Kind::Behaviour, Kind::Level, Kind::Scorecard, Kind::Authority];

impl Resolver<'_> {
    /// Declares the names of all promises, before any of them is resolved: they may name each other.
    pub fn promise_names(&mut self, declarations: &[&Declaration]) {
        let mut counts = [0usize; KINDS.len()];
        for declaration in declarations {
            let Some((kind, name)) = promised(declaration) else { continue };
            if let Declaration::Standard(standard) = declaration {
                let per = standard.block.clauses.iter().find_map(|clause| {
                    let tree::StandardClause::Per(field) = &clause.node else { return None };
                    Some(field.node.clone())
                });
                self.keys_of_standards.extend(per.map(|field| (name.node.clone(), field)));
            }
            let Some(place) = KINDS.iter().position(|known| *known == kind) else { continue };
            let other = KINDS.iter().filter(|other| **other != kind);
            let other = other.filter_map(|other| Some((*other, self.names.get(other)?.get(name)?.1))).next();
            if let Some((other, first)) = other {
                let meanings = [kind, other].map(Kind::with_article);
                self.fault_against(NameFault::TwoMeanings { name: name.node.clone(), meanings }, name.span, first);
            }
            if let Some(count) = counts.get_mut(place)
                && self.declare(kind, name, *count)
            {
                *count += 1;
            }
        }
    }

    /// Whether this declaration of a name is the one that holds: a second of the same name is told and
    /// left out.
    pub fn is_declared(&self, kind: Kind, name: &tree::Name) -> bool {
        self.names.get(&kind).and_then(|names| names.get(name)).is_some_and(|(_, span)| span == name.span)
    }

    /// Whether any promise has that name.
    pub fn is_promised(&self, name: &str) -> bool {
        KINDS.iter().filter_map(|kind| self.names.get(kind)).any(|names| names.get(name).is_some())
    }

    /// Tells that there is no promise of that name, if one of nearly that name was meant.
    pub fn suggests_a_promise(&mut self, name: &tree::Name) -> bool {
        let all = KINDS.iter().filter_map(|kind| self.names.get(kind)).flat_map(|names| names.keys());
        did_you_mean(name, all).is_some() && self.promise(name).is_none()
    }

    /// Looks up a promise of any kind; tells if there is none.
    pub fn promise(&mut self, name: &tree::Name) -> Option<PromiseId> {
        let index = |kind: Kind| Some(self.names.get(&kind)?.get(name)?.0);
        let found = index(Kind::Standard)
            .map(PromiseId::Standard)
            .or_else(|| index(Kind::Behaviour).map(PromiseId::Behaviour))
            .or_else(|| index(Kind::Level).map(PromiseId::Level))
            .or_else(|| index(Kind::Scorecard).map(PromiseId::Scorecard))
            .or_else(|| index(Kind::Authority).map(PromiseId::Authority));
        if found.is_none() && !self.is_lost(name) {
            let all = KINDS.iter().filter_map(|kind| self.names.get(kind)).flat_map(|names| names.keys());
            let suggestion = did_you_mean(name, all).map(str::to_owned);
            let is_a = self.names.iter().find(|(_, names)| names.get(name).is_some()).map(|(kind, _)| *kind);
            self.fault(
                NameFault::Undeclared { kind: Kind::Promise, name: name.node.clone(), suggestion, is_a },
                name.span,
            );
        }
        found
    }

    /// Whether a promise of any kind has that name.
    pub fn is_promise(&self, name: &str) -> bool {
        KINDS.iter().any(|kind| self.names.get(kind).is_some_and(|names| names.get(name).is_some()))
    }
}

/// The kind and name of what a declaration promises.
fn promised(declaration: &Declaration) -> Option<(Kind, &tree::Name)> {
    Some(match declaration {
        Declaration::Standard(standard) => (Kind::Standard, &standard.block.name),
        Declaration::Behaviour(behaviour) => (Kind::Behaviour, &behaviour.block.name),
        Declaration::Level(level) => (Kind::Level, &level.block.name),
        Declaration::Scorecard(scorecard) => (Kind::Scorecard, &scorecard.block.name),
        Declaration::Authority(authority) => (Kind::Authority, &authority.block.name),
        Declaration::Service(_)
        | Declaration::Use(_)
        | Declaration::Role(_)
        | Declaration::Calendar(_)
        | Declaration::Period(_)
        | Declaration::Exempt(_)
        | Declaration::Case(_)
        | Declaration::Event(_)
        | Declaration::Segment(_)
        | Declaration::Touchpoint(_)
        | Declaration::Moment(_)
        | Declaration::Journey(_)
        | Declaration::Escalate(_)
        | Declaration::Action(_)
        | Declaration::Empower(_)
        | Declaration::Approve(_)
        | Declaration::Cause(_)
        | Declaration::Remedy(_)
        | Declaration::Scenario(_) => return None,
    })
}
