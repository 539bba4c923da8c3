//! Texts with blanks and comments wherever blanks may stand.

use proptest::prelude::*;

/// What stands between two words instead of one blank.
#[derive(Clone, Copy, Debug)]
pub enum Blank {
    /// As it is.
    Kept,
    /// Blanks of all kinds, but no line end.
    Wide,
    /// A line end.
    Break,
    /// Two line ends.
    EmptyLine,
    /// A comment behind the word before.
    Behind,
    /// A comment on a line of its own.
    OwnLine,
    /// Two of them, with a blank line between.
    TwoLines,
}

pub fn blank() -> impl Strategy<Value = Blank> {
    use Blank::*;
    prop_oneof![
        12 => Just(Kept),
        1 => Just(Wide),
        1 => Just(Break),
        1 => Just(EmptyLine),
        1 => Just(Behind),
        1 => Just(OwnLine),
        1 => Just(TwoLines),
    ]
}

/// A canonical text with other blanks, and with comments.
pub fn sprinkled(text: &str, blanks: &[Blank]) -> String {
    let mut blanks = blanks.iter().copied().cycle();
    let mut number = 0;
    let mut sprinkled = String::new();
    for (at, piece) in pieces(text) {
        let rest = &text[at + piece.len()..];
        if !piece.trim().is_empty() {
            sprinkled.push_str(piece);
            continue;
        }
        let blank = if is_firm(&text[..at], rest) { Blank::Kept } else { blanks.next().unwrap() };
        // A declaration begins at the left margin.
        let indent = if piece == "\n" { "" } else { "    " };
        let mut comment = || {
            number += 1;
            format!("# {number}: {{ \"“` }}")
        };
        sprinkled.push_str(&match blank {
            Blank::Kept => piece.to_owned(),
            Blank::Wide if piece.contains('\n') => format!(" \t{piece}"),
            Blank::Wide => " \t\u{3000}".to_owned(),
            Blank::Break => format!("\n{indent}"),
            Blank::EmptyLine => format!("\n \n{indent}"),
            Blank::Behind => format!(" {}\n{indent}", comment()),
            Blank::OwnLine => format!("\n  {} \n{indent}", comment()),
            Blank::TwoLines => format!("\n{}\n\n\n  {}\n{indent}", comment(), comment()),
        });
    }
    sprinkled
}

/// All comments of a text, in order.
pub fn comments(text: &str) -> Vec<&str> {
    pieces(text).filter(|(_, piece)| piece.starts_with('#')).map(|(_, piece)| piece.trim_end()).collect()
}

/// Blanks, comments, quoted texts, and what stands between them.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '`' => rest[1..].find('`')? + 2,
            '“' => rest.find('”')? + '”'.len_utf8(),
            '"' => {
                let escapes = rest.replace("\\\\", "__").replace("\\\"", "__");
                escapes[1..].find('"')? + 2
            }
            blank if blank.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            _ => rest.find(|c: char| c.is_whitespace() || "#`\"“".contains(c)).unwrap_or(rest.len()),
        };
        let begins = at;
        at += length;
        Some((begins, &rest[..length]))
    })
}

/// Whether the blank between two texts must stay as it is: within a time, and before the bound of a
/// `reopen`.
fn is_firm(before: &str, after: &str) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let (ends_in_digit, begins_with_digit) = (digit(before.chars().last()), digit(after.chars().next()));
    let unit_behind = ["小时", "分钟", "秒", "百分位"].iter().any(|unit| after.starts_with(unit));
    let unit_before = ["小时", "分钟", "第"].iter().any(|unit| before.ends_with(unit));
    let time = ends_in_digit && (begins_with_digit || unit_behind) || unit_before && begins_with_digit;
    let line = before.lines().last().unwrap_or_default();
    time || (line.trim_start().starts_with("reopen") && after.starts_with("within"))
}
