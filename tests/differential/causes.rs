//! The engine and the reference agree on why promises were broken.

use mot::engine::{Detail, Evaluation, Finding, Rule, Verdict};
use proptest::prelude::*;

use crate::reference::causes::random::{standards, world};
use crate::reference::causes::{self, World, judge, judge_moment};
use crate::reference::{bridge, story};

proptest! {
    #![proptest_config(bridge::cases(256))]

    #[test]
    fn the_engine_says_why_as_the_language_page_says(world in world(3)) {
        let (found, said) = both(&world);
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }

    #[test]
    fn the_engine_sees_what_is_out_of_control(world in world(3)) {
        let evaluation = evaluate(&world);
        let mut said: Vec<Moment> = judge_moment(&world)
            .into_iter()
            .map(|(case, since, verdict)| (bridge::case_name(case), since, verdict))
            .collect();
        said.sort();
        prop_assert_eq!(moments(&evaluation), said, "\nleft: the engine; right: the reference");
    }
}

fn evaluate(world: &World) -> Evaluation {
    let graph = bridge::graph_of(&standards(world));
    bridge::evaluate(&graph, &story::log_of(&world.story, &graph), world.as_of, 2)
}

/// What the engine found, and what the reference says.
pub fn both(world: &World) -> (Vec<Told>, Vec<Told>) {
    let mut said: Vec<Told> = judge(world).into_iter().map(Told::said).collect();
    said.sort();
    (found(&evaluate(world)), said)
}

/// What both say of a rule in a case.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Told {
    rule: causes::Rule,
    case: String,
    start: i64,
    verdict: Verdict,
    causes: Vec<(usize, bool)>,
    remedies: Vec<usize>,
}

impl Told {
    fn said(said: causes::Found) -> Told {
        let causes::Found { rule, case, start, verdict, causes, remedies } = said;
        Told { rule, case: bridge::case_name(case), start, verdict, causes, remedies }
    }

    fn found(finding: &Finding) -> Option<Told> {
        let rule = match finding.rule {
            Rule::Standard(_) => causes::Rule::Promise,
            Rule::Behaviour(0) => causes::Rule::Callback,
            Rule::Behaviour(_) => causes::Rule::Calm,
            _ => return None,
        };
        let mut causes: Vec<(usize, bool)> = finding.causes.iter().map(|cause| (cause.cause, cause.holds)).collect();
        let mut remedies: Vec<usize> = finding.remedies.iter().map(|proposal| proposal.remedy).collect();
        causes.sort_unstable();
        remedies.sort_unstable();
        let (case, start) = (finding.case.to_string(), bridge::minute(finding.start));
        Some(Told { rule, case, start, verdict: finding.verdict, causes, remedies })
    }
}

fn found(evaluation: &Evaluation) -> Vec<Told> {
    let mut told: Vec<Told> = evaluation.findings.iter().filter_map(Told::found).collect();
    told.sort();
    told
}

/// A case, since when it is out of control, and the verdict.
type Moment = (String, Option<i64>, Verdict);

fn moments(evaluation: &Evaluation) -> Vec<Moment> {
    let moment = |finding: &Finding| {
        let Detail::Moment(_) = &finding.detail else { return None };
        let since = (finding.verdict == Verdict::Breached).then(|| bridge::minute(finding.start));
        Some((finding.case.to_string(), since, finding.verdict))
    };
    let mut told: Vec<Moment> = evaluation.findings.iter().filter_map(moment).collect();
    told.sort();
    told
}
