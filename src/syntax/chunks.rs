//! A text cut between declarations: a large file is read portion by portion, so that what the parser notes down
//! on the way stays small.

use std::ops::Range;

use super::unreadable;

/// The fewest bytes of a portion, the last apart: so many that to begin anew costs nothing.
const FEWEST: usize = 16 * 1024;

/// The portions of a text, in order. A declaration is never cut, so that each can be read alone.
pub fn portions(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let portion = start..start + length(rest);
        start = portion.end;
        Some(portion)
    })
}

/// How long the first portion is.
fn length(text: &str) -> usize {
    let line_ends = text.match_indices('\n').map(|(at, _)| at).filter(|at| *at >= FEWEST);
    let declares = |at: &usize| text.get(*at + 1..).is_some_and(unreadable::begins_declaration);
    line_ends.into_iter().find(declares).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_are_the_text_cut_before_declarations() {
        let text = "role agent \"事件\"\nevent a\n\n  { b: text }\n\n".repeat(5_000);
        let portions: Vec<&str> = portions(&text).filter_map(|portion| text.get(portion)).collect();
        assert!(portions.len() > 2);
        assert_eq!(portions.concat(), text);
        assert!(portions.iter().skip(1).all(|portion| portion.starts_with("\nrole") || portion.starts_with("\nevent")));
    }
}
