//! The engine and the reference agree.

mod causes;
mod conduct;
mod hunt;
mod hunt_conduct;
mod levels;
mod scores;

use mot::engine::{Detail, Evaluation};
use proptest::prelude::*;

use super::reference::authority::{self, DeedKind, Judgement, Office};
use super::reference::{bridge, evaluator, generate};

proptest! {
    #![proptest_config(bridge::cases(256))]

    #[test]
    fn the_engine_finds_what_the_language_page_says(world in generate::world(2)) {
        let graph = bridge::graph(&world);
        let log = bridge::log_of(&world);
        let found = bridge::found(&world, &graph, &bridge::evaluate(&graph, &log, world.as_of, 1));
        let said: Vec<_> = evaluator::judge(&world).into_iter().map(bridge::in_order).collect();
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }

    #[test]
    fn a_log_in_a_file_is_found_the_same(world in generate::world(2)) {
        let graph = bridge::graph(&world);
        let [by_hand, from_file] = [bridge::log_of(&world), bridge::log_from_text(&world, &graph)]
            .map(|log| bridge::evaluate(&graph, &log, world.as_of, 1));
        // A log made by hand has no rows that could have been lost.
        prop_assert_eq!(Evaluation { loss: from_file.loss, ..by_hand }, from_file);
    }

    #[test]
    fn the_engine_judges_authority_as_the_language_page_says(office in authority::office()) {
        let graph = bridge::graph_of(&authority::standards(&office));
        let evaluation = bridge::evaluate(&graph, &authority::log_of(&office), None, 2);
        prop_assert_eq!(judgements(&office, &evaluation), authority::judge(&office), "\nleft: the engine; right: the reference");
    }
}

/// What the engine says of each deed, in the order of the log.
fn judgements(office: &Office, evaluation: &Evaluation) -> Vec<Judgement> {
    let of_deed = |deed: &authority::Deed| {
        let findings = evaluation.findings.iter().filter(|finding| finding.start == bridge::instant(deed.at));
        let mut faults = findings.filter_map(|finding| match &finding.detail {
            Detail::Act(act) if deed.kind == DeedKind::Act => act.fault.map(Judgement::Act),
            Detail::Approval(approval) if (deed.kind == DeedKind::Ask) == approval.asking => {
                approval.fault.map(Judgement::Approval)
            }
            _ => None,
        });
        faults.next().unwrap_or(Judgement::Fine)
    };
    office.deeds.iter().map(of_deed).collect()
}
