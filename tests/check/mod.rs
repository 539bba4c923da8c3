//! `mot check`: each `.mot` file here is a case, its snapshot is what a person reads.

use mot::diagnostic::render;
use mot::project::Standards;

#[test]
fn each_file_is_told_its_faults() {
    insta::glob!("*.mot", |path| {
        let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
        let standards = Standards::load(path);
        let words: Vec<String> =
            standards.diagnostics.iter().map(|fault| render(fault, &standards.sources, false, 100)).collect();
        let told = if words.is_empty() { "sound\n".to_owned() } else { words.join("\n") };
        insta::assert_snapshot!(told);
    });
}
