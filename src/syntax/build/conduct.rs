//! Behaviours, levels, scorecards.

use pest::iterators::Pair;

use super::promises::bound;
use super::{Builder, child, children, has, only_child};
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

/// What a level may measure.
const MEASURES: [Rule; 5] = [Rule::share_met, Rule::share_of_cases, Rule::rate, Rule::event_count, Rule::statistic_of];

impl<'i> Builder<'i> {
    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn behaviour(&mut self, pair: &Pair<'i, Rule>) -> Option<Behaviour> {
        Some(Behaviour { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::behaviour_clause)? })
    }

    fn behaviour_clause(&mut self, pair: Pair<'i, Rule>) -> Option<BehaviourClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::conduct => BehaviourClause::Sentence(self.conduct(&only_child(&clause)?)?),
            Rule::counting_on => BehaviourClause::Counting(self.name_in(&child(&clause, Rule::calendar_name)?)?),
            Rule::per_party => BehaviourClause::PerParty,
            Rule::attribute => BehaviourClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    fn conduct(&mut self, pair: &Pair<'i, Rule>) -> Option<Conduct> {
        let subject = self.triggers_in(pair, Rule::subject)?;
        let other = self.triggers_in(pair, Rule::counterpart);
        let within = match child(pair, Rule::limit) {
            Some(limit) => Some(self.limit(&limit)?),
            None => self.within(pair)?,
        };
        Some(match pair.as_rule() {
            Rule::needs_before => Conduct::NeedsBefore { every: subject, needs: other? },
            Rule::follows => Conduct::Follows { after: subject, then: other?, within },
            Rule::never => Conduct::Never(subject),
            Rule::never_after => Conduct::NeverAfter { never: subject, after: other? },
            Rule::never_without => Conduct::NeverWithout { never: subject, without: other? },
            Rule::never_within => Conduct::NeverWithin { never: subject, within: within?, after: other? },
            Rule::times => Conduct::Times { times: times(pair)?, count: self.times_count(pair)?, of: subject },
            Rule::at_least_every => {
                let keeps = self.triggers_in(pair, Rule::kept)?;
                Conduct::AtLeastEvery { from: subject, to: other?, keeps, every: within? }
            }
            Rule::must_be => Conduct::MustHold { on: subject, condition: self.must_be(pair)? },
            Rule::must_hold => {
                let term = only_child(&child(pair, Rule::term)?)?;
                Conduct::MustHold { on: subject, condition: self.term(&term)? }
            }
            Rule::other_than => Conduct::OtherThan { every: subject, other: other? },
            Rule::by_role => Conduct::ByRole { every: subject, role: self.name_in(pair)? },
            _ => return None,
        })
    }

    fn triggers_in(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Vec<Trigger>> {
        self.triggers(&child(pair, rule)?)
    }

    fn times_count(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<u32>> {
        let said = child(pair, Rule::times_count)?;
        let count = match child(&said, Rule::count) {
            Some(count) => self.count(&count)?,
            None => 1,
        };
        Some(self.spanned(&said, count))
    }

    /// `score must be at least 4` says the same as `score is at least 4 must hold`.
    fn must_be(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        let operand = self.operand(&child(pair, Rule::operand)?)?;
        let said = pair.clone().into_inner().last()?;
        let relation = match said.as_rule() {
            Rule::must_not_be_in => Relation::In(false, self.values(&said)?),
            Rule::must_not_be => Relation::Compare(Comparison::IsNot, self.value(&child(&said, Rule::value)?)?),
            _ if child(&said, Rule::value_list).is_some() => Relation::In(true, self.values(&said)?),
            _ => self.is_relation(&said)?,
        };
        let relation = Some(self.spanned(&said, relation));
        let span = operand.span.to(self.span(&said));
        Some(Spanned::new(Condition::Test { operand, relation }, span))
    }

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

    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn scorecard(&mut self, pair: &Pair<'i, Rule>) -> Option<Scorecard> {
        Some(Scorecard { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::scorecard_clause)? })
    }

    fn scorecard_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ScorecardClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::points => ScorecardClause::Points {
                points: self.number(&child(&clause, Rule::number)?)?,
                group: self.name_in(&clause)?,
                promises: self.names_of(&clause, Rule::promise)?,
            },
            Rule::fatal => ScorecardClause::Fatal(self.names_of(&clause, Rule::promise)?),
            Rule::pass => ScorecardClause::Pass(self.number(&child(&clause, Rule::number)?)?),
            Rule::per_party => ScorecardClause::PerParty,
            Rule::attribute => ScorecardClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }
}

fn times(pair: &Pair<'_, Rule>) -> Option<Times> {
    let word = child(pair, Rule::times_word)?;
    Some(match only_child(&word)?.as_rule() {
        Rule::at_most_times => Times::AtMost,
        Rule::at_least_times => Times::AtLeast,
        _ => Times::Exactly,
    })
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
