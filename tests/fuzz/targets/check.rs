//! Any bytes as a standards file: its faults can be shown, and what has none can be drawn.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mot::report::drawing;
use mot_fuzz::{Standards, hold, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate(data, size, most, seed) });

fuzz_target!(|bytes: &[u8]| {
    let Some(standards) = Standards::of(bytes) else { return };
    hold(&standards.faults, &standards.sources);
    if standards.are_sound() {
        for drawn in [drawing::mermaid, drawing::dot, drawing::json].map(|draw| draw(&standards.graph)) {
            assert!(!drawn.is_empty());
        }
    }
});
