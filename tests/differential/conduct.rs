//! The engine and the reference agree on all that is not a clock.

use mot::source::{SourceFile, Sources};
use proptest::prelude::*;

use crate::reference::{bridge, causes, conduct, levels, scores};

fn parses(text: &str) -> Result<(), TestCaseError> {
    let mut sources = Sources::new();
    let source = SourceFile::new("random.mot", text);
    let file = sources.add(source.clone());
    let (_, faults) = mot::syntax::parse(file, &source);
    prop_assert!(faults.is_empty(), "{:#?}\n{}", faults, text);
    Ok(())
}

proptest! {
    #![proptest_config(bridge::cases(256))]

    #[test]
    fn conduct_parses(world in conduct::random::world(3)) {
        parses(&conduct::random::standards(&world))?;
        conduct::judge(&world);
    }

    #[test]
    fn levels_parse(world in levels::random::world(6)) {
        parses(&levels::random::standards(&world))?;
        levels::judge(&world);
    }

    #[test]
    fn causes_parse(world in causes::random::world(3)) {
        parses(&causes::random::standards(&world))?;
        causes::judge(&world);
        causes::judge_moment(&world);
    }

    #[test]
    fn scores_parse(world in scores::random::world(3)) {
        parses(&scores::random::standards(&world))?;
        scores::judge(&world);
    }
}
