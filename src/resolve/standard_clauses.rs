//! The clauses of a standard by what they say: the one place that takes every clause there is.

use super::faults::{ClauseFault, RuleFault};
use super::resolver::Resolver;

use crate::calendar::Duration;
use crate::graph::Percent;
use crate::source::{Span, Spanned};
use crate::syntax::tree;

/// The clauses of a standard; of those that may stand once, the first.
#[derive(Default)]
pub struct Clauses<'t> {
    pub clock: Option<Spanned<Clock<'t>>>,
    pub each: Option<Spanned<()>>,
    pub first: Option<Spanned<()>>,
    pub key: Option<Spanned<&'t tree::Name>>,
    pub warnings: Option<Spanned<Vec<Percent>>>,
    pub per_party: Option<Spanned<()>>,
    pub hours_fixed: bool,
    pub cancels: Vec<&'t [tree::Trigger]>,
    pub pauses: Vec<(&'t [tree::Trigger], &'t [tree::Trigger])>,
    pub restarts: Vec<&'t [tree::Trigger]>,
    pub reopens: Vec<(&'t [tree::Trigger], Option<&'t Spanned<tree::Limit>>)>,
    pub counting: Vec<Spanned<Counted<'t>>>,
    pub targets: Vec<Spanned<Row<'t>>>,
    pub beyond: Vec<Spanned<Row<'t>>>,
    pub extensions: Vec<Spanned<&'t tree::Extend>>,
    pub attributes: Vec<(&'t tree::Attribute, Span)>,
}

/// `from … to …`
#[derive(Clone, Copy)]
pub struct Clock<'t> {
    pub delay: Option<Duration>,
    pub from: &'t [tree::Trigger],
    pub to: &'t [tree::Trigger],
}

/// A calendar, and for which cases it is counted.
pub type Counted<'t> = (&'t tree::Name, Option<&'t tree::RowCondition>);

/// A row of a table of targets.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    pub promise: &'t Spanned<tree::Promise>,
    pub when: Option<&'t tree::RowCondition>,
}

impl<'t> Clauses<'t> {
    /// Sorts them, and tells of each that stands twice and may not.
    pub fn sort(resolver: &mut Resolver<'_>, block: &'t tree::Block<tree::StandardClause>) -> Self {
        let mut sorted = Self::default();
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::StandardClause::Clock { delay, from, to } => {
                    let delay = delay.map(|delay| delay.node);
                    resolver.set_once("from", &mut sorted.clock, Clock { delay, from, to }, at);
                }
                tree::StandardClause::Cancel(on) => sorted.cancels.push(on),
                tree::StandardClause::Pause { on, resume } => sorted.pauses.push((on, resume)),
                tree::StandardClause::Restart(on) => sorted.restarts.push(on),
                tree::StandardClause::Reopen { on, within } => sorted.reopens.push((on, within.as_ref())),
                tree::StandardClause::Each => resolver.set_once("each", &mut sorted.each, (), at),
                tree::StandardClause::First => {
                    if let Some(each) = &sorted.each {
                        let fault = ClauseFault::ClauseTwice { clause: "each` or `first" };
                        resolver.fault_against(fault, at, each.span);
                    }
                    resolver.set_once("first", &mut sorted.first, (), at);
                }
                tree::StandardClause::Per(name) => resolver.set_once("per", &mut sorted.key, name, at),
                tree::StandardClause::Counting { calendar, when } => {
                    sorted.counting.push(Spanned::new((calendar, when.as_ref()), at));
                }
                tree::StandardClause::HoursFixed => sorted.hours_fixed = true,
                tree::StandardClause::Target { beyond, promise, when } => {
                    let table = if *beyond { &mut sorted.beyond } else { &mut sorted.targets };
                    table.push(Spanned::new(Row { promise, when: when.as_ref() }, at));
                }
                tree::StandardClause::Warn(percents) => {
                    let warnings = warnings(resolver, percents, at);
                    resolver.set_once("warn at", &mut sorted.warnings, warnings, at);
                }
                tree::StandardClause::Extend(extend) => sorted.extensions.push(Spanned::new(extend, at)),
                tree::StandardClause::PerParty => resolver.set_once("per party", &mut sorted.per_party, (), at),
                tree::StandardClause::Attribute(attribute) => sorted.attributes.push((attribute, at)),
            }
        }
        sorted
    }
}

/// The parts of a target at which it warns: each later than the one before, and before it is due.
fn warnings(resolver: &mut Resolver<'_>, percents: &[Spanned<rust_decimal::Decimal>], at: Span) -> Vec<Percent> {
    let warnings: Vec<_> = percents.iter().filter_map(|percent| resolver.percent(percent)).collect();
    let late = warnings.iter().zip(warnings.iter().skip(1)).find(|(before, warning)| warning <= before);
    if let Some((before, warning)) = late {
        resolver.fault(RuleFault::WarningOrder { at: warning.to_string(), before: before.to_string() }, at);
    }
    if let Some(late) = warnings.iter().find(|warning| **warning >= Percent::WHOLE) {
        resolver.fault(RuleFault::WarnsTooLate { at: late.to_string() }, at);
    }
    warnings
}
