//! Any bytes as a standards file: its faults can be shown, and what has none can be drawn.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mot::report::Style;
use mot::report::drawing::{Drawing, FORMATS};
use mot_fuzz::{Standards, hold, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate(data, size, most, seed) });

fuzz_target!(|bytes: &[u8]| {
    let Some(standards) = Standards::of(bytes) else { return };
    hold(&standards.faults, &standards.sources);
    if standards.are_sound() {
        let drawing = Drawing::of(&standards.graph);
        for format in FORMATS {
            assert!(!format.write(&drawing, Style::default()).expect("it is drawn").is_empty());
        }
    }
});
