//! `mot check`: each `.mot` file of a family of faults is a case, its snapshot is what a person reads.

use std::collections::BTreeSet;

use mot::diagnostic::render;
use mot::project::Standards;
use mot::source::{SourceFile, Sources};
use proptest::prelude::*;

use super::reference::bridge::cases;

#[test]
fn each_file_is_told_its_faults() {
    insta::glob!("*/*.mot", |path| {
        let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
        let standards = Standards::load(path);
        for fault in &standards.diagnostics {
            let text = standards.sources.get(fault.at.file).unwrap().text();
            assert!(text.get(fault.at.start..fault.at.end).is_some(), "no such place: {fault:?}");
        }
        let words: Vec<String> =
            standards.diagnostics.iter().map(|fault| render(fault, &standards.sources, false, 100)).collect();
        let told = if words.is_empty() { "sound\n".to_owned() } else { words.join("\n") };
        insta::assert_snapshot!(told);
    });
}

/// A chain as long as a file is no circle, and nothing recurses along it.
#[test]
fn a_long_chain_is_sound() {
    let head = "service desk { timezone \"Asia/Shanghai\" }\ncase { vip: bool }\nevent a\nevent b\n".to_owned();
    let chain =
        |first: &str, next: fn(usize) -> String| head.clone() + first + &(1..5000).map(next).collect::<String>();
    for text in [
        chain("role r0\n", |at| format!("role r{at} leads r{}\n", at - 1)),
        chain("segment s0 when vip\n", |at| format!("segment s{at} when s{}\n", at - 1)),
        chain("standard s0 { from a to b within 1h }\n", |at| {
            format!("standard s{at} {{ from breach of s{} to b within 1h }}\n", at - 1)
        }),
    ] {
        let mut sources = Sources::new();
        let file = SourceFile::new("chain.mot", text);
        let id = sources.add(file.clone());
        let (tree, faults) = mot::syntax::parse(id, &file);
        assert_eq!((faults, mot::check::check(&[tree], &sources).1), (vec![], vec![]));
    }
}

/// What a careless hand or a broken disk does to a file, in either language.
fn damaged() -> impl Strategy<Value = String> {
    let sound = prop::sample::select(vec![
        include_str!("../../standards/airline/airline.mot"),
        include_str!("../chinese/bank-complaints.zh.mot"),
    ]);
    let scraps = prop::sample::select(vec![
        "{", "}", "(", ")", "\"", "“", "`", "#", "\n", " ", "7 days", ">=", "服务", "（", "，", "时", "7天", "５",
        "\u{0}",
    ]);
    let damage = (any::<prop::sample::Index>(), 0usize..40, scraps);
    (sound, prop::collection::vec(damage, 1..8)).prop_map(move |(sound, damages)| {
        let mut letters: Vec<char> = sound.chars().collect();
        for (at, cut, scrap) in damages {
            let at = at.index(letters.len());
            let end = (at + cut).min(letters.len());
            letters.splice(at..end, scrap.chars());
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(cases(256))]

    /// Any text at all is told its faults, each at a place that it has; nothing panics.
    #[test]
    fn a_damaged_file_is_told_its_faults(text in damaged()) {
        let mut sources = Sources::new();
        let file = SourceFile::new("damaged.mot", text.as_str());
        let id = sources.add(file.clone());
        let (tree, mut faults) = mot::syntax::parse(id, &file);
        let (_, more) = mot::check::check(&[tree], &sources);
        faults.extend(more);
        for fault in &faults {
            prop_assert!(fault.at.end <= text.len());
            prop_assert!(text.is_char_boundary(fault.at.start) && text.is_char_boundary(fault.at.end));
            prop_assert!(!render(fault, &sources, false, 100).is_empty());
        }
        let once: BTreeSet<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
        prop_assert_eq!(once.len(), faults.len(), "a fault was told twice");
    }
}
