//! Journeys: touchpoints in order, and the moment by which they are remembered.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, Fault, Words, codes};
use crate::graph::{Comparison, Journey};
use crate::resolve::conditions::CASE_ONLY;
use crate::resolve::faults::ClauseFault;
use crate::resolve::resolver::Resolver;
use crate::source::Spanned;
use crate::syntax::tree::{self, JourneyClause};
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Journeys; the map is known.
    pub fn journeys(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Journey(block) = declaration else { continue };
            if self.declare(Kind::Journey, &block.name, self.graph.journeys.len()) {
                let resolved = self.journey(block);
                self.graph.journeys.extend(resolved);
            }
        }
    }

    fn journey(&mut self, block: &tree::Block<JourneyClause>) -> Option<Journey> {
        let (mut through, mut end, mut score, mut per_party) = (None, None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                JourneyClause::Through(names) => self.set_once("through", &mut through, names, at),
                JourneyClause::EndsWith(name) => self.set_once("ends with", &mut end, name, at),
                JourneyClause::Score(comparison, bound) => self.set_once("score", &mut score, (*comparison, bound), at),
                JourneyClause::PerParty => self.set_once("per party", &mut per_party, (), at),
                JourneyClause::Attribute(_) => {}
            }
        }
        let of = || format!("journey `{}`", block.name.node);
        if through.is_none() && !block.broken {
            let fault =
                ClauseFault::MissingClause { of: of(), what: "touchpoints", write: "through TOUCHPOINT, TOUCHPOINT" };
            self.fault(fault, block.name.span);
        }
        if end.is_none() && !block.broken {
            let fault = ClauseFault::MissingClause { of: of(), what: "end", write: "ends with MOMENT" };
            self.fault(fault, block.name.span);
        }
        if per_party.is_some() {
            self.needs_party(&block.name);
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            JourneyClause::Attribute(attribute) => Some((attribute, clause.span)),
            JourneyClause::Through(_)
            | JourneyClause::EndsWith(_)
            | JourneyClause::Score(..)
            | JourneyClause::PerParty => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        let touchpoints = through.and_then(|through| self.way(through.node));
        let end = end.and_then(|end| self.end_of_the_way(end.node, touchpoints.as_deref()));
        let score = score.map(|score| self.peak_end_bound(score.node));
        Some(Journey {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoints: touchpoints?,
            end: end?,
            score,
            per_party: per_party.is_some(),
            attributes,
            span: block.name.span,
        })
    }

    /// The touchpoints on the way; none if one of them is at fault (and told).
    fn way(&mut self, names: &[tree::Name]) -> Option<Vec<usize>> {
        let mut way: Vec<usize> = Vec::new();
        let mut sound = true;
        for name in names {
            let Some(touchpoint) = self.find(Kind::Touchpoint, name) else {
                sound = false;
                continue;
            };
            if way.contains(&touchpoint) {
                let fault = JourneyFault::Again { touchpoint: name.node.clone() };
                self.faults.push(Diagnostic::new(fault, name.span));
                continue;
            }
            way.push(touchpoint);
        }
        sound.then_some(way)
    }

    /// The moment at the end: at one of the touchpoints.
    fn end_of_the_way(&mut self, name: &tree::Name, way: Option<&[usize]>) -> Option<usize> {
        let index = self.find(Kind::Moment, name)?;
        let moment = self.graph.moments.get(index)?;
        let (Some(at), Some(way)) = (moment.touchpoint, way) else { return Some(index) };
        if !way.contains(&at) {
            let touchpoint = self.graph.touchpoints.get(at).map(|found| found.name.clone()).unwrap_or_default();
            let (declared, moment) = (moment.span, moment.name.clone());
            let fault = Diagnostic::new(JourneyFault::EndsElsewhere { moment, touchpoint }, name.span);
            self.faults.push(fault.against(declared));
        }
        Some(index)
    }

    fn peak_end_bound(&mut self, (comparison, bound): (Comparison, &Spanned<Decimal>)) -> (Comparison, Decimal) {
        let (least, most) = (Decimal::from(-3), Decimal::TWO);
        let idle = match comparison {
            Comparison::AtLeast | Comparison::LessThan => bound.node <= least || bound.node > most,
            Comparison::Is | Comparison::IsNot | Comparison::AtMost | Comparison::MoreThan => {
                bound.node < least || bound.node >= most
            }
        };
        if idle {
            let allowed = "a peak–end score goes from -3 to 2, and the bound lies in between";
            self.fault(ClauseFault::OutOfBounds { what: bound.node.to_string(), allowed }, bound.span);
        }
        (comparison, bound.node)
    }
}

/// A fault in the meaning of a journey.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JourneyFault {
    /// Its last moment lies at none of its touchpoints.
    EndsElsewhere {
        /// The moment.
        moment: String,
        /// Where it lies.
        touchpoint: String,
    },
    /// A touchpoint stands twice on the way.
    Again {
        /// The touchpoint.
        touchpoint: String,
    },
}

impl Fault for JourneyFault {
    fn code(&self) -> Code {
        match self {
            JourneyFault::EndsElsewhere { .. } => codes::JOURNEY_ENDS_ELSEWHERE,
            JourneyFault::Again { .. } => codes::JOURNEY_AGAIN,
        }
    }

    fn words(&self) -> Words {
        match self {
            JourneyFault::EndsElsewhere { moment, touchpoint } => Words {
                message: format!("`{moment}` is a moment at `{touchpoint}`, and this journey does not go there"),
                label: "the end of another way".into(),
                other: "declared here".into(),
                help: Some(format!("add `{touchpoint}` to `through …`, or end with a moment on the way")),
            },
            JourneyFault::Again { touchpoint } => Words {
                message: format!("this journey comes to `{touchpoint}` twice"),
                label: "again here".into(),
                help: Some("name each touchpoint once; how often a customer comes there, the log tells".into()),
                ..Words::default()
            },
        }
    }
}
