//! Any bytes as a standards file to be formatted: what it says stays, its comments stay, and formatting
//! twice is formatting once, in either language.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mot::diagnostic::Diagnostic;
use mot::source::{FileId, SourceFile, Sources};
use mot::syntax::print::format;
use mot::syntax::words::Language;
use mot::syntax::{parse, tree};
use mot_fuzz::{hold, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate(data, size, most, seed) });

fuzz_target!(|bytes: &[u8]| {
    let (text, None) = mot::project::text_of(bytes) else { return };
    let text = text.replace("\r\n", "\n");
    let Some(said) = read(&text) else { return };
    for language in [None, Some(Language::English), Some(Language::Chinese)] {
        let source = SourceFile::new("fuzz.mot", text.as_str());
        match format(&source, language) {
            Ok(formatted) => {
                assert_eq!(read(&formatted).as_ref(), Some(&said), "what it says changed:\n{formatted}");
                assert_eq!(comments(&formatted), comments(&text), "comments changed:\n{formatted}");
                let again = format(&SourceFile::new("fuzz.mot", formatted.as_str()), language).ok();
                assert_eq!(again.as_ref(), Some(&formatted), "formatting twice differs");
            }
            // Not every sentence can be said in the other language.
            Err(faults) => {
                let mut sources = Sources::new();
                sources.add(source);
                hold(&faults, &sources);
                assert!(language.is_some(), "cannot be said in its own language: {faults:?}");
            }
        }
    }
});

/// What a text says, if it can be read.
fn read(text: &str) -> Option<tree::File> {
    let (tree, faults) = parse(FileId::default(), &SourceFile::new("fuzz.mot", text));
    (!faults.iter().any(Diagnostic::is_error)).then_some(tree)
}

/// The letters that can only stand in comments or texts: however they are laid out, none is lost.
fn comments(text: &str) -> usize {
    text.matches('#').count()
}
