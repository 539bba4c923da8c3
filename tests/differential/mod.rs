//! The engine and the reference agree.

use proptest::prelude::*;

use super::reference::{bridge, evaluator, generate};

proptest! {
    #![proptest_config(bridge::cases(400))]

    #[test]
    fn the_engine_finds_what_the_language_page_says(world in generate::world(generate::WHOLE)) {
        let graph = bridge::graph(&world);
        let log = bridge::log_of(&world);
        let found = bridge::clocks(&world, &bridge::evaluate(&graph, &log, world.as_of, 1));
        let said: Vec<_> = evaluator::judge(&world).into_iter().map(bridge::in_order).collect();
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }
}
