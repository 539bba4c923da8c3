//! A look at the nesting before anything recurses over it.
//!
//! Parser, tree and checks all walk conditions by recursion. No person nests a condition a hundred
//! deep, so a file that does is refused here, in one pass that itself does not recurse.

use std::ops::Range;

use super::SyntaxFault;
use super::scan::{Piece, is_blank, pieces};

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// How deep parentheses and `not not not …` may go.
const DEEPEST: usize = 64;

/// The first place on each line of nesting that is too deep; empty for any file that a person wrote.
pub fn too_deep(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut open = 0usize;
    let mut negations = 0usize;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if !may_nest(line) {
            if says_something(line) {
                negations = 0;
            }
            line_start += line.len();
            continue;
        }
        for (token, place) in tokens(line) {
            match token {
                Token::Open => open += 1,
                Token::Close => open = open.saturating_sub(1),
                Token::Not => negations += 1,
                Token::Other => negations = 0,
            }
            if open > DEEPEST || negations > DEEPEST {
                let fault = SyntaxFault::TooDeep { deepest: DEEPEST };
                let at = Span::new(file, line_start + place.start, line_start + place.end);
                return vec![Diagnostic::new(fault, at)];
            }
        }
        line_start += line.len();
    }
    Vec::new()
}

/// Whether parentheses or negations may stand in a line: most need no closer look.
fn may_nest(line: &str) -> bool {
    line.bytes().any(|byte| matches!(byte, b'(' | b')') || !byte.is_ascii()) || line.contains("not")
}

/// Whether there is more in a line than blanks and a comment.
fn says_something(line: &str) -> bool {
    !matches!(line.trim_start_matches(is_blank).chars().next(), None | Some('#'))
}

enum Token {
    Open,
    Close,
    Not,
    Other,
}

/// Parentheses, negations and all else, without comments.
fn tokens(text: &str) -> impl Iterator<Item = (Token, Range<usize>)> {
    let mut pieces = pieces(text).peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, piece) = pieces.next()?;
            let mut place = at..at + piece.len();
            let token = match piece {
                Piece::Comment(_) => continue,
                Piece::Letter(letter) if is_blank(letter) => continue,
                Piece::Letter('(' | '（') => Token::Open,
                Piece::Letter(')' | '）') => Token::Close,
                Piece::Letter(letter) if letter.is_alphanumeric() => {
                    while let Some((at, next)) = pieces.next_if(|(_, next)| is_alphanumeric(*next)) {
                        place.end = at + next.len();
                    }
                    let word = text.get(place.clone()).unwrap_or_default();
                    if matches!(word, "not" | "非") { Token::Not } else { Token::Other }
                }
                Piece::Letter(_) | Piece::Quoted(_) => Token::Other,
            };
            return Some((token, place));
        }
    })
}

fn is_alphanumeric(piece: Piece<'_>) -> bool {
    matches!(piece, Piece::Letter(letter) if letter.is_alphanumeric())
}
