//! `mot check`: each `.mot` file here is a case, its snapshot is what a person reads.

use std::path::Path;

use mot::diagnostic::render;
use mot::project::Standards;

#[test]
fn each_file_is_told_its_faults() {
    insta::glob!("*.mot", |path| {
        // The name alone: where the project lies is nobody's business.
        let _folder = In::folder(path.parent().unwrap());
        let standards = Standards::load(Path::new(path.file_name().unwrap()));
        let words: Vec<String> =
            standards.diagnostics.iter().map(|fault| render(fault, &standards.sources, false, 100)).collect();
        let told = if words.is_empty() { "sound\n".to_owned() } else { words.join("\n") };
        insta::assert_snapshot!(told);
    });
}

/// The working folder, for as long as this lives; `insta::glob!` runs its cases one after another.
struct In(std::path::PathBuf);

impl In {
    fn folder(path: &Path) -> Self {
        let before = std::env::current_dir().unwrap();
        std::env::set_current_dir(path).unwrap();
        Self(before)
    }
}

impl Drop for In {
    fn drop(&mut self) {
        std::env::set_current_dir(&self.0).unwrap();
    }
}
