//! Levels: what is measured over many cases.

use pest::iterators::Pair;

use super::standards::bound;
use super::{TreeBuilder, child, children, has, only_child};

use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

/// What a level may measure.
const MEASURES: [Rule; 5] = [Rule::share_met, Rule::share_of_cases, Rule::rate, Rule::event_count, Rule::statistic_of];

impl<'i> TreeBuilder<'i> {
    // ── Levels ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn level(&mut self, pair: &Pair<'i, Rule>) -> Option<Level> {
        Some(Level { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::level_clause)? })
    }

    fn level_clause(&mut self, pair: Pair<'i, Rule>) -> Option<LevelClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::measure => LevelClause::Measure(Box::new(self.measure(&clause)?)),
            Rule::cancelled_as => LevelClause::Cancelled(match clause.into_inner().last()?.as_rule() {
                Rule::cancelled_excluded => CancelledAs::Excluded,
                Rule::cancelled_missed => CancelledAs::Missed,
                _ => CancelledAs::MetIfInTime,
            }),
            Rule::undetermined_as => {
                LevelClause::Undetermined { missed: has(&clause, &[Rule::word_missed, Rule::zh_undetermined_missed]) }
            }
            Rule::untouched_as => {
                LevelClause::Untouched { missed: has(&clause, &[Rule::word_missed, Rule::zh_untouched_missed]) }
            }
            Rule::with_at_least => {
                let count = child(&clause, Rule::count)?;
                let least = self.count(&count)?;
                LevelClause::WithAtLeast(self.spanned(&count, least))
            }
            Rule::benchmark => LevelClause::Benchmark(self.quantity(&clause)?, self.text_in(&clause)?),
            Rule::attribute => LevelClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    fn measure(&mut self, pair: &Pair<'i, Rule>) -> Option<Measure> {
        let said = pair.clone().into_inner().find(|part| MEASURES.contains(&part.as_rule()))?;
        let (what, bound_value) = self.measured(&said)?;
        let groups = match child(pair, Rule::groups) {
            Some(groups) => {
                let operands: Vec<_> = children(&groups, Rule::operand).collect();
                operands.iter().map(|operand| self.operand(operand)).collect::<Option<_>>()?
            }
            None => Vec::new(),
        };
        let window = match child(pair, Rule::window) {
            Some(window) => Some(self.window(&window)?),
            None => None,
        };
        Some(Measure { what, comparison: bound(&said)?, bound: bound_value, window, groups })
    }

    fn measured(&mut self, said: &Pair<'i, Rule>) -> Option<(Measured, Spanned<Literal>)> {
        Some(match said.as_rule() {
            Rule::share_met => (Measured::Share(self.promise_in(said)?), self.literal_in(said, Rule::percent)?),
            Rule::share_of_cases => {
                let condition = self.condition(&child(said, Rule::condition)?)?;
                (Measured::ShareOfCases(condition), self.literal_in(said, Rule::percent)?)
            }
            Rule::rate => {
                let (of, among) = (self.triggers_in(said, Rule::subject)?, self.triggers_in(said, Rule::counterpart)?);
                (Measured::Rate(of, among), self.literal_in(said, Rule::percent)?)
            }
            Rule::event_count => {
                (Measured::Count(self.triggers_in(said, Rule::subject)?), self.literal_in(said, Rule::number)?)
            }
            Rule::statistic_of => {
                let word = child(said, Rule::statistic)?;
                let statistic =
                    self.or_fault(&word, statistic(Vocabulary::Statistic.english(word.as_str())), |found| {
                        SyntaxFault::TooLarge { found }
                    })?;
                let operand = self.operand(&child(said, Rule::operand)?)?;
                let span = operand.span;
                let sample = match operand.node {
                    Operand::Path(name) => Sample::Elapsed(Spanned::new(name, span)),
                    Operand::FieldOf { field, event } => Sample::Field { field, event },
                    Operand::Fact(_) => return None,
                };
                (Measured::Statistic(statistic, sample), self.quantity(said)?)
            }
            _ => return None,
        })
    }

    fn window(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Window>> {
        let said = only_child(pair)?;
        let window = match said.as_rule() {
            Rule::window_per => {
                let unit = match self.word(&said, Rule::window_unit)?.as_str() {
                    "day" => Unit::Day,
                    "week" => Unit::Week,
                    "month" => Unit::Month,
                    "quarter" => Unit::Quarter,
                    _ => Unit::Year,
                };
                let anchor = self.word(&said, Rule::anchor);
                let anchor = match anchor.as_ref().map(|anchor| anchor.as_str()) {
                    Some("due") => Anchor::Due,
                    Some("stop") => Anchor::Stop,
                    _ => Anchor::Start,
                };
                Window::Per(unit, anchor)
            }
            _ => Window::InAny(self.limit(&child(&said, Rule::limit)?)?),
        };
        Some(self.spanned(&said, window))
    }

    fn quantity(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Literal>> {
        self.value(&child(pair, Rule::quantity)?)
    }

    fn literal_in(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Spanned<Literal>> {
        let said = child(pair, rule)?;
        self.literal(&said)
    }
}

/// `p90`, `第90百分位` and their like; a percentile of 0 is none.
fn statistic(word: &str) -> Option<Statistic> {
    Some(match word {
        "mean" => Statistic::Mean,
        "median" => Statistic::Percentile(50),
        "nps" => Statistic::Nps,
        "csat" => Statistic::Csat,
        "ces" => Statistic::Ces,
        percentile => Statistic::Percentile(percent(percentile).parse().ok().filter(|part| *part > 0)?),
    })
}

/// The digits of a percentile's word.
fn percent(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_ascii_digit())
}
