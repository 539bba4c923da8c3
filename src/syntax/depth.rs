//! A look at the nesting before anything recurses over it.
//!
//! Parser, tree and checks all walk conditions by recursion. No person nests a condition a hundred
//! deep, so a file that does is refused here, in one pass that itself does not recurse.

use super::SyntaxFault;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// How deep parentheses and `not not not …` may go.
const DEEPEST: usize = 64;

/// The first place on each line of nesting that is too deep; empty for any file that a person wrote.
pub fn too_deep(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut open = 0usize;
    let mut negations = 0usize;
    for (at, token) in tokens(text) {
        match token {
            Token::Open => open += 1,
            Token::Close => open = open.saturating_sub(1),
            Token::Not => negations += 1,
            Token::Other => negations = 0,
        }
        if open > DEEPEST || negations > DEEPEST {
            let fault = SyntaxFault::TooDeep { deepest: DEEPEST };
            return vec![Diagnostic::new(fault, Span::new(file, at, at + 1))];
        }
    }
    Vec::new()
}

enum Token {
    Open,
    Close,
    Not,
    Other,
}

/// Parentheses, negations and all else, without comments and quoted texts.
fn tokens(text: &str) -> impl Iterator<Item = (usize, Token)> {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, character) = characters.next()?;
            match character {
                '(' | '（' => return Some((at, Token::Open)),
                ')' | '）' => return Some((at, Token::Close)),
                '#' => while characters.next_if(|(_, next)| *next != '\n').is_some() {},
                '"' | '“' => {
                    while characters.next_if(|(_, next)| !matches!(next, '"' | '”' | '\n')).is_some() {}
                    characters.next();
                    return Some((at, Token::Other));
                }

                letter if letter.is_alphanumeric() => {
                    let mut word = String::from(letter);
                    while let Some((_, next)) = characters.next_if(|(_, next)| next.is_alphanumeric()) {
                        word.push(next);
                    }
                    return Some((at, if matches!(word.as_str(), "not" | "非") { Token::Not } else { Token::Other }));
                }
                blank if blank.is_whitespace() => {}
                _ => return Some((at, Token::Other)),
            }
        }
    })
}
