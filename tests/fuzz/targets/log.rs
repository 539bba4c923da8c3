//! A mapping and a log, of any bytes: the faults of the mapping can be shown, and no row goes missing.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mot::log::{Input, ImportSummary, Mapping, ReadFault, read};
use mot::source::{SourceFile, Sources};
use mot_fuzz::{LOG, Standards, hold, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate(data, size, most, seed) });

/// What the logs of the corpus speak of.
static STANDARDS: LazyLock<Standards> = LazyLock::new(|| {
    let file = include_bytes!("../../../examples/contact-centre/contact-centre.mot");
    Standards::of(file).expect("text")
});

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.windows(LOG.len()).position(|window| window == LOG.as_bytes());
    let (mapping, log) = at.map_or((bytes, &[][..]), |at| (&bytes[..at], &bytes[at + LOG.len()..]));
    let Ok(text) = std::str::from_utf8(mapping) else { return };
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("mapping.yaml", text));
    let vocabulary = &STANDARDS.graph.vocabulary;
    let mapping = match Mapping::parse(text, file, vocabulary) {
        Ok(mapping) => mapping,
        Err(faults) => return hold(&faults, &sources),
    };
    let name = if log.starts_with(b"{") { "log.jsonl" } else { "log.csv" };
    match read(&[Input { name: name.into(), bytes: log }], &mapping, vocabulary, &|_| {}) {
        Ok(log) => account(&log.intake, log.events.len()),
        Err(faults) => {
            for fault in &faults {
                assert!(!fault.to_string().is_empty());
            }
            let mapping = faults.into_iter().filter_map(|fault| match fault {
                ReadFault::Mapping(fault) => Some(fault),
                ReadFault::Input { .. } => None,
            });
            hold(&mapping.collect::<Vec<_>>(), &sources);
        }
    }
});

/// Every row that was read went somewhere.
fn account(intake: &ImportSummary, events: usize) {
    assert!(intake.reconciles(), "{intake:?}");
    assert_eq!(intake.events, events as u64);
    intake.strict_faults();
}
