//! Tells cargo what the compiler cannot know: a new page is compiled in although no source changes.

fn main() {
    println!("cargo::rerun-if-changed=src/diagnostic/pages");
}
