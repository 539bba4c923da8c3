//! A look at the text without its grammar: what is quoted, what is comment, what is neither.

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'s> {
    /// From `#` to the end of the line, without it.
    Comment(&'s str),
    /// A text or a name in quotation marks, with them.
    Quoted(&'s str),
    /// Any other character.
    Letter(char),
}

impl Piece<'_> {
    /// Its length in bytes.
    pub fn len(self) -> usize {
        match self {
            Piece::Comment(text) | Piece::Quoted(text) => text.len(),
            Piece::Letter(letter) => letter.len_utf8(),
        }
    }
}

/// The pieces of a text, each with the byte where it begins.
pub fn pieces(text: &str) -> impl Iterator<Item = (usize, Piece<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        let piece = match closing(first) {
            _ if first == '#' => Piece::Comment(rest.lines().next().unwrap_or(rest)),
            Some(closing) => Piece::Quoted(rest.get(..quoted_length(rest, closing)).unwrap_or(rest)),
            None => Piece::Letter(first),
        };
        let begins = at;
        at += piece.len();
        Some((begins, piece))
    })
}

/// Whether the grammar takes a character for a blank.
pub fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{FEFF}'
}

fn closing(opening: char) -> Option<char> {
    match opening {
        '"' => Some('"'),
        '“' => Some('”'),
        '`' => Some('`'),
        _ => None,
    }
}

/// How long what begins with a quotation mark is: to its partner, or to the end of the line.
fn quoted_length(text: &str, closing: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = closing == '"',
            _ if letter == closing => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_quotation_marks_is_no_comment() {
        let text = "a \"#1 \\\" #2\" `#3` “#4” # five \"six\"\nb";
        let comments: Vec<_> =
            pieces(text).filter(|(_, piece)| matches!(piece, Piece::Comment(_))).map(|(at, _)| at).collect();
        assert_eq!(comments, [text.find("# five").unwrap()]);
        let whole: usize = pieces(text).map(|(_, piece)| piece.len()).sum();
        assert_eq!(whole, text.len());
    }

    #[test]
    fn a_mark_without_partner_ends_with_its_line() {
        let found: Vec<_> = pieces("“a\n# b").map(|(_, piece)| piece).collect();
        assert_eq!(found, [Piece::Quoted("“a"), Piece::Letter('\n'), Piece::Comment("# b")]);
    }
}
