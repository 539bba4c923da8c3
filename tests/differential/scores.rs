//! The engine and the reference agree on scorecards and journeys.

use mot::engine::{Detail, Evaluation, Finding, Rule, Verdict};
use num_rational::BigRational;
use proptest::prelude::*;

use crate::reference::levels::Ratio;
use crate::reference::scores::random::{standards, world};
use crate::reference::scores::{Card, Walk, World, judge};
use crate::reference::{bridge, story};

proptest! {
    #![proptest_config(bridge::cases(96))]

    #[test]
    fn the_engine_weighs_as_the_language_page_says(world in world(3)) {
        let (found, said) = both(&world);
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }
}

/// What the engine found, and what the reference says.
pub fn both(world: &World) -> (Vec<Told>, Vec<Told>) {
    let graph = bridge::graph_of(&standards(world));
    let log = story::log_of(&world.promises.story, &graph);
    let evaluation: Evaluation = bridge::evaluate(&graph, &log, world.promises.as_of, 2);
    let (cards, walks) = judge(world);
    let mut found: Vec<Told> = evaluation.findings.iter().filter_map(Told::found).collect();
    let mut said: Vec<Told> = cards.iter().map(Told::card).chain(walks.iter().map(Told::walk)).collect();
    found.sort();
    said.sort();
    (found, said)
}

/// What both say of a scorecard or a journey in a case.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Told {
    rule: Rule,
    case: String,
    start: i64,
    verdict: Verdict,
    /// Score, low and high end.
    score: Option<(Option<BigRational>, BigRational, BigRational)>,
    /// Peak and end.
    values: Option<(i64, i64)>,
}

impl Told {
    fn found(finding: &Finding) -> Option<Told> {
        let (score, values) = match &finding.detail {
            Detail::Score(card) => (Some((card.score.clone(), card.least.clone(), card.most.clone())), None),
            Detail::Journey(walk) => {
                let values = walk.peak.map(|(_, peak)| i64::from(peak)).zip(walk.end.map(i64::from));
                (None, values)
            }
            _ => return None,
        };
        let (case, start) = (finding.case.to_string(), bridge::minute(finding.start));
        Some(Told { rule: finding.rule, case, start, verdict: finding.verdict, score, values })
    }

    fn card(card: &Card) -> Told {
        let exact = |ratio: Ratio| BigRational::new(ratio.part.into(), ratio.whole.into());
        let score = (card.score.map(exact), exact(card.low), exact(card.high));
        let (rule, case) = (Rule::Scorecard(card.scorecard), bridge::case_name(card.case));
        Told { rule, case, start: card.start, verdict: card.verdict, score: Some(score), values: None }
    }

    fn walk(walk: &Walk) -> Told {
        let (rule, case) = (Rule::Journey(walk.journey), bridge::case_name(walk.case));
        Told { rule, case, start: walk.start, verdict: walk.verdict, score: None, values: walk.values }
    }
}
