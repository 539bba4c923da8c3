//! Scorecards: promises weighed against each other in one case.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, Fault, Words, codes};
use crate::graph::{PromiseId, ScoreLine, Scorecard};
use crate::resolve::conditions::CASE_ONLY;
use crate::resolve::faults::{ClauseFault, NameFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, ScorecardClause};
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Scorecards; all that they weigh has a name.
    pub fn scorecards(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Scorecard(scorecard) = declaration else { continue };
            if self.is_declared(Kind::Scorecard, &scorecard.block.name) {
                let resolved = self.scorecard(scorecard);
                self.graph.scorecards.push(resolved);
            }
        }
    }

    fn scorecard(&mut self, declared: &tree::Scorecard) -> Scorecard {
        let block = &declared.block;
        let (touchpoint, moment) = self.place(declared.belongs_to.as_ref());
        let mut lines: Vec<ScoreLine> = Vec::new();
        let (mut fatal, mut pass, mut per_party) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                ScorecardClause::Points { points, group, promises } => {
                    if let Some(first) = lines.iter().find(|line| line.group == group.node).map(|line| line.span) {
                        let fault = NameFault::Duplicate { kind: Kind::Line, name: group.node.clone() };
                        self.fault_against(fault, group.span, first);
                    }
                    self.points_above_none(points);
                    let promises = self.weighed(promises);
                    lines.push(ScoreLine { points: points.node, group: group.node.clone(), promises, span: at });
                }
                ScorecardClause::Fatal(names) => {
                    let promises = self.weighed(names);
                    self.set_once("fatal", &mut fatal, promises, at);
                }
                ScorecardClause::Pass(mark) => self.set_once("pass", &mut pass, mark, at),
                ScorecardClause::PerParty => self.set_once("per party", &mut per_party, (), at),
                ScorecardClause::Attribute(_) => {}
            }
        }
        let of = || format!("scorecard `{}`", block.name.node);
        if lines.is_empty() && !block.broken {
            let what = "line of points";
            self.fault(
                ClauseFault::MissingClause { of: of(), what, write: "30 points for NAME: PROMISE" },
                block.name.span,
            );
        }
        if pass.is_none() && !block.broken {
            self.fault(ClauseFault::MissingClause { of: of(), what: "pass mark", write: "pass 85" }, block.name.span);
        }
        if per_party.is_some() {
            self.needs_party(&block.name);
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            ScorecardClause::Attribute(attribute) => Some((attribute, clause.span)),
            ScorecardClause::Points { .. }
            | ScorecardClause::Fatal(_)
            | ScorecardClause::Pass(_)
            | ScorecardClause::PerParty => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        Scorecard {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            moment,
            lines,
            fatal: fatal.map(|fatal| fatal.node).unwrap_or_default(),
            pass: pass.map_or(Decimal::ONE_HUNDRED, |pass| self.pass_mark(pass.node)),
            per_party: per_party.is_some(),
            attributes,
            span: block.name.span,
        }
    }

    fn points_above_none(&mut self, points: &Spanned<Decimal>) {
        if points.node <= Decimal::ZERO {
            let what = points.node.to_string();
            self.fault(ClauseFault::OutOfBounds { what, allowed: "a line is worth more than 0 points" }, points.span);
        }
    }

    fn pass_mark(&mut self, pass: &Spanned<Decimal>) -> Decimal {
        if pass.node <= Decimal::ZERO || pass.node > Decimal::ONE_HUNDRED {
            let allowed = "a score goes from 0 to 100, however many points there are, and a pass lies in between";
            self.fault(ClauseFault::OutOfBounds { what: pass.node.to_string(), allowed }, pass.span);
        }
        pass.node
    }

    /// Promises that can be weighed in a case, each once in a list; the others are told and left out.
    fn weighed(&mut self, names: &[tree::Name]) -> Vec<PromiseId> {
        let mut weighed: Vec<(PromiseId, Span)> = Vec::new();
        for name in names {
            let Some(promise) = self.promise(name) else { continue };
            let promised = name.node.clone();
            let first = weighed.iter().find(|(known, _)| *known == promise).map(|(_, first)| *first);
            let fault = match (promise, first) {
                (PromiseId::Level(_), _) => ScorecardFault::ManyCases { promise: promised },
                (PromiseId::Scorecard(_), _) => ScorecardFault::InAnother { promise: promised },
                (_, Some(_)) => ScorecardFault::Again { promise: promised },
                (_, None) => {
                    weighed.push((promise, name.span));
                    continue;
                }
            };
            let told = Diagnostic::new(fault, name.span);
            self.faults.push(first.map_or(told.clone(), |first| told.against(first)));
        }
        weighed.into_iter().map(|(promise, _)| promise).collect()
    }
}

/// A fault in the meaning of a scorecard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScorecardFault {
    /// A level is to be weighed in a case.
    ManyCases {
        /// The level.
        promise: String,
    },
    /// A scorecard is to be weighed in a scorecard.
    InAnother {
        /// The scorecard that is named.
        promise: String,
    },
    /// A promise stands twice in one list.
    Again {
        /// The promise.
        promise: String,
    },
}

impl Fault for ScorecardFault {
    fn code(&self) -> Code {
        match self {
            ScorecardFault::ManyCases { .. } | ScorecardFault::InAnother { .. } => codes::SCORECARD_NOT_OF_A_CASE,
            ScorecardFault::Again { .. } => codes::SCORECARD_AGAIN,
        }
    }

    fn words(&self) -> Words {
        match self {
            ScorecardFault::ManyCases { promise } => Words {
                message: format!("`{promise}` is a level: it speaks of many cases, and a scorecard weighs one"),
                label: "nothing to weigh in a case".into(),
                help: Some("name the promise that the level measures".into()),
                ..Words::default()
            },
            ScorecardFault::InAnother { promise } => Words {
                message: format!("`{promise}` is a scorecard, and scorecards do not weigh each other"),
                label: "a scorecard".into(),
                help: Some("name the promises that it weighs".into()),
                ..Words::default()
            },
            ScorecardFault::Again { promise } => Words {
                message: format!(
                    "`{promise}` stands twice in one list: it counts once, and the score is not what was agreed"
                ),
                label: "again here".into(),
                other: "first here".into(),
                help: Some("keep one; what weighs more gets more points".into()),
            },
        }
    }
}
