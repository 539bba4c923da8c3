//! Letters that nobody sees, made visible; words that nobody reads to their end, cut.
//!
//! A file or a log may hold letters that move the cursor, turn the direction of writing or take no room.
//! A terminal would obey them, and a reader could not see why a word is not the word that it looks like.

use std::borrow::Cow;

/// A word longer than this is cut: nobody reads a screenful of one word.
const LONGEST_WORD: usize = 120;

/// Whether a terminal shows nothing for a letter, or obeys it. What joins the parts of one sign stays.
pub fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\r' | '\t' | '\u{200C}' | '\u{200D}' => false,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        _ => letter.is_control(),
    }
}

/// The text with hidden letters told by their number, as in `<U+200B>`; what only colours stays.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let colours = || text.get(at..).is_some_and(begins_colour);
        if is_hidden(letter) && !colours() {
            shown.push_str(&format!("<U+{:04X}>", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Whether a text begins with what turns a colour on or off.
fn begins_colour(text: &str) -> bool {
    let code =
        text.strip_prefix("\u{1b}[").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
    code.is_some_and(|rest| rest.starts_with('m'))
}

/// The text with a sign in the place of each hidden letter, one that takes as many bytes: every other
/// letter stays where it is.
pub(super) fn with_signs(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let sign = |letter: char| match letter.len_utf8() {
        _ if !is_hidden(letter) => letter,
        1 => '?',
        2 => '¿',
        _ => '\u{FFFD}',
    };
    text.chars().map(sign).collect()
}

/// The text with what is too long for a word cut.
pub(super) fn brief(text: &str) -> Cow<'_, str> {
    let words = || text.split_inclusive(char::is_whitespace);
    let cut = |word: &str| word.char_indices().nth(LONGEST_WORD).map(|(end, _)| end);
    if !words().any(|word| cut(word).is_some()) {
        return Cow::Borrowed(text);
    }
    let shorten = |word: &str| {
        let Some(kept) = cut(word).and_then(|end| word.get(..end)) else { return word.to_owned() };
        let blank = word.chars().last().filter(|last| last.is_whitespace()).map(String::from).unwrap_or_default();
        let quote = if word.trim_end().ends_with('`') { "`" } else { "" };
        format!("{kept}…{quote}{blank}")
    };
    Cow::Owned(words().map(shorten).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_letter_is_told_by_its_number_and_colours_stay() {
        assert_eq!(visible("a\u{200B}b\u{1b}[2Jc"), "a<U+200B>b<U+001B>[2Jc");
        assert_eq!(visible("\u{1b}[1;31mred\u{1b}[0m 甲\n"), "\u{1b}[1;31mred\u{1b}[0m 甲\n");
    }

    #[test]
    fn a_sign_takes_the_room_of_what_it_stands_for() {
        let text = "a\0b\u{85}c\u{202E}d";
        assert_eq!(with_signs(text), "a?b¿c\u{FFFD}d");
        assert_eq!(with_signs(text).len(), text.len());
    }

    #[test]
    fn a_word_of_a_thousand_letters_is_cut() {
        let word = "长".repeat(1000);
        assert_eq!(brief(&format!("`{word}` is no field")), format!("`{}…` is no field", "长".repeat(119)));
        assert_eq!(brief("short\nwords"), "short\nwords");
    }
}
