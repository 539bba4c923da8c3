//! Letters that nobody sees, made visible; words that nobody reads to their end, cut.
//!
//! A file, a log, a file's name or an argument may hold letters that move the cursor, turn the direction of writing,
//! end a line where none ends, or take no room. A terminal would obey them, and a reader could not see why a word is
//! not the word that it looks like. Whatever comes from outside is shown through this file: in text a hidden letter
//! is told by its number, as in `<U+200B>`, in JSON it is written as an escape, so that the data stays exact.
//!
//! Joiners (U+200C, U+200D) are part of how Arabic, the scripts of India and emoji are written: between two such
//! letters they stay, and anywhere else they are hidden letters like any other.

use std::borrow::Cow;

/// A word longer than this is cut: nobody reads a screenful of one word.
#[cfg(feature = "cli")]
const LONGEST_WORD: usize = 120;

/// Whether a terminal shows nothing for a letter, or obeys it; line ends and tabs are left to who asks, and so are
/// joiners.
pub fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\r' | '\t' | '\u{200C}' | '\u{200D}' => false,
        // Control letters of both kinds.
        _ if letter.is_control() => true,
        // Turns of direction.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        // Ends of lines and paragraphs.
        '\u{2028}' | '\u{2029}' => true,
        // Without width, or without a sign.
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' => true,
        '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' => true,
        '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// Whether joiners belong between such letters.
fn is_joined(letter: char) -> bool {
    matches!(letter,
        '\u{600}'..='\u{DFF}' | '\u{1780}'..='\u{17B3}' | '\u{17B6}'..='\u{17FF}' | '\u{FE0F}'
        | '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
        && !is_hidden(letter)
}

/// Each letter of a text, with where it stands and whether it is hidden there.
fn letters(text: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let mut before = None;
    text.char_indices().map(move |(at, letter)| {
        let after = || text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
        let hidden = match letter {
            '\u{200C}' | '\u{200D}' => !(before.is_some_and(is_joined) && after().is_some_and(is_joined)),
            _ => is_hidden(letter),
        };
        before = Some(letter);
        (at, letter, hidden)
    })
}

/// Whether all of a text may be shown as it stands, but for such letters.
fn is_plain(text: &str, also: &[char]) -> bool {
    // Most texts are ASCII without control letters.
    let is_printed = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let plain = text.bytes().all(is_printed) || letters(text).all(|(.., hidden)| !hidden);
    plain && !text.contains(also)
}

/// Some lines, with hidden letters told by their number; ends of lines stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    told(text, &['\r', '\t'], false)
}

/// What a program or a person reads, line by line: a last net under the formats, which tell hidden letters in their own
/// way.
pub fn in_a_report(text: &str) -> Cow<'_, str> {
    told(text, &[], false)
}

/// Words on one line, with hidden letters and ends of lines told by their number.
pub fn in_a_line(text: &str) -> Cow<'_, str> {
    told(text, &['\n', '\r', '\t'], false)
}

/// Words on one line of which no colour comes from outside: what only colours stays.
pub fn in_a_painted_line(text: &str) -> Cow<'_, str> {
    told(text, &['\n', '\r', '\t'], true)
}

fn told<'t>(text: &'t str, also: &[char], painted: bool) -> Cow<'t, str> {
    if is_plain(text, also) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (at, letter, hidden) in letters(text) {
        let colours = || painted && text.get(at..).is_some_and(begins_colour);
        if (hidden || also.contains(&letter)) && !colours() {
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

/// A JSON text with hidden letters as escapes: it says the same, letter by letter, and may be shown. Outside of its
/// strings JSON has none.
pub fn in_json(json: String) -> String {
    if is_plain(&json, &[]) {
        return json;
    }
    let mut shown = String::with_capacity(json.len());
    for (_, letter, hidden) in letters(&json) {
        if hidden {
            letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// The text with a sign in the place of each hidden letter, one that takes as many bytes: every other
/// letter stays where it is.
#[cfg(feature = "cli")]
pub(super) fn with_signs(text: &str) -> Cow<'_, str> {
    if is_plain(text, &[]) {
        return Cow::Borrowed(text);
    }
    let sign = |letter: char| match letter.len_utf8() {
        1 => '?',
        2 => '¿',
        3 => '\u{FFFD}',
        _ => '🛑',
    };
    letters(text).map(|(_, letter, hidden)| if hidden { sign(letter) } else { letter }).collect()
}

/// The text with what is too long for a word cut.
#[cfg(feature = "cli")]
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
    fn a_hidden_letter_is_told_by_its_number() {
        assert_eq!(visible("a\u{200B}b\u{1b}[2Jc\u{1b}[31m\n"), "a<U+200B>b<U+001B>[2Jc<U+001B>[31m\n");
        assert_eq!(visible("甲\u{85}乙\u{202E}\u{FEFF}\u{2028}\r"), "甲<U+0085>乙<U+202E><U+FEFF><U+2028><U+000D>");
        assert_eq!(in_a_line("a\nb\tc"), "a<U+000A>b<U+0009>c");
        assert_eq!(in_a_painted_line("\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J"), "\u{1b}[1;31mred\u{1b}[0m<U+001B>[2J");
    }

    #[test]
    fn a_joiner_stays_between_letters_that_it_joins() {
        let (family, persian) = ("👩\u{200D}🚀", "می\u{200C}خواهم");
        assert_eq!((visible(family), visible(persian)), (family.into(), persian.into()));
        assert_eq!(visible("pay\u{200D}pal 贵\u{200C}宾 می\u{200C}"), "pay<U+200D>pal 贵<U+200C>宾 می<U+200C>");
    }

    #[test]
    fn json_says_the_same_in_letters_that_may_be_shown() {
        let text = "a\u{1b}\u{7f}\u{9b}\u{202E}\u{E0041}\u{200D}\"甲\n";
        let json = in_json(serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""a\u001b\u007f\u009b\u202e\udb40\udc41\u200d\"甲\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn a_sign_takes_the_room_of_what_it_stands_for() {
        let text = "a\0b\u{85}c\u{202E}d\u{E0041}";
        assert_eq!(with_signs(text), "a?b¿c\u{FFFD}d🛑");
        assert_eq!(with_signs(text).len(), text.len());
    }

    #[test]
    fn a_word_of_a_thousand_letters_is_cut() {
        let word = "长".repeat(1000);
        assert_eq!(brief(&format!("`{word}` is no field")), format!("`{}…` is no field", "长".repeat(119)));
        assert_eq!(brief("short\nwords"), "short\nwords");
    }
}
