//! Where lines, blank lines and comments go: the tree says what there is, the source where it stood.
//!
//! A comment on a line of its own stays above what it stood above. One at the end of a line stays
//! behind what it stood behind. One in the middle of a sentence moves in front of it, for a sentence
//! is written in one piece; the last of them moves behind it if it stood at the end of a line.

use std::ops::Range;

use super::lines::{Entry, INDENT, Line};

use crate::source::{Span, Spanned};
use crate::syntax::scan::{Piece, is_blank, pieces};

/// What a declaration says.
pub struct PrintedBlock {
    /// Its line, or the line before its block.
    pub head: Line,
    /// Its block, if it has one.
    pub body: Option<Body>,
}

/// A block.
pub struct Body {
    /// Its clauses, each with its place in the source.
    pub clauses: Vec<Spanned<Line>>,
    /// What stands between them on one line; nothing is a wider blank.
    pub mark: &'static str,
    /// What stands behind the block.
    pub tail: String,
}

/// A page that is being filled from top to bottom.
pub struct Page<'s> {
    source: &'s str,
    /// Comments that are not on the page yet, the next one last.
    comments: Vec<Comment<'s>>,
    /// From brace to brace, in order of where they begin.
    blocks: Vec<Range<usize>>,
    entries: Vec<Entry>,
    /// Whether a file or block has just begun: no blank line follows.
    fresh: bool,
}

#[derive(Clone, Copy)]
struct Comment<'s> {
    at: usize,
    text: &'s str,
    /// Whether nothing stands before it on its line.
    own_line: bool,
}

impl<'s> Page<'s> {
    /// An empty page for what `source` says.
    pub fn new(source: &'s str) -> Self {
        let (mut comments, mut blocks, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for (at, piece) in pieces(source) {
            match piece {
                Piece::Comment(text) => {
                    let before = source.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '\u{3000}']);
                    let own_line = before.is_empty() || before.ends_with('\n');
                    comments.push(Comment { at, text: text.trim_end(), own_line });
                }
                Piece::Letter('{') => open.push(at),
                Piece::Letter('}') => blocks.extend(open.pop().map(|opened| opened..at)),
                Piece::Quoted(_) | Piece::Letter(_) => {}
            }
        }
        comments.reverse();
        blocks.sort_unstable_by_key(|block: &Range<usize>| block.start);
        Self { source, comments, blocks, entries: Vec::new(), fresh: true }
    }

    /// Puts a declaration on the page.
    pub fn declaration(&mut self, place: Span, said: PrintedBlock) {
        let place = place.start..place.end;
        let Some(body) = said.body else { return self.line(place, 0, said.head) };
        let block = self.block_in(&place);
        if let Some(line) = self.on_one_line(block.clone(), &said.head, &body) {
            return self.line(place, 0, line);
        }
        let block = block.unwrap_or(place.end..place.end);
        self.line(place.start..(block.start + 1).min(place.end), 0, said.head.before_block());
        self.fresh = true;
        for clause in body.clauses {
            self.line(clause.span.start..clause.span.end, INDENT, clause.node);
        }
        self.comments_before(block.end, INDENT);
        self.fresh = true;
        let behind = self.comments_in(block.end..place.end, INDENT);
        self.entries.push(Entry::Line { indent: 0, line: Line::block_end(&body.tail), comment: behind });
        self.fresh = false;
    }

    /// What is left at the end of the file.
    pub fn finish(mut self) -> Vec<Entry> {
        self.comments_before(usize::MAX, 0);
        self.entries
    }

    /// The outermost block within a place, from its beginning up to its end.
    fn block_in(&self, place: &Range<usize>) -> Option<Range<usize>> {
        let first = self.blocks.partition_point(|block| block.start < place.start);
        self.blocks.get(first).filter(|block| block.start < place.end).cloned()
    }

    /// The whole declaration on one line: if it is so in the source and fits, or has nothing in its
    /// block.
    fn on_one_line(&self, block: Option<Range<usize>>, head: &Line, body: &Body) -> Option<Line> {
        let block = block.unwrap_or_default();
        let mut ahead = self.comments.iter().rev().take_while(|comment| comment.at < block.end);
        let written = self.source.get(block.clone()).filter(|written| !written.is_empty()).unwrap_or("\n");
        let commented = ahead.any(|comment| block.contains(&comment.at));
        if commented || (written.contains('\n') && !body.clauses.is_empty()) {
            return None;
        }
        let clauses: Vec<String> = body.clauses.iter().map(|clause| clause.joined()).collect();
        let line = head.with_block(&clauses, body.mark).and(&body.tail);
        line.fits(0).then_some(line)
    }

    /// Puts what stands at a place on the page, with the comments before, in and behind it.
    fn line(&mut self, place: Range<usize>, indent: usize, line: Line) {
        self.comments_before(place.start, indent);
        self.blank_line_before(place.start);
        let behind = self.comments_in(place, indent);
        self.entries.push(Entry::Line { indent, line, comment: behind });
        self.fresh = false;
    }

    /// Puts the comments in a place on the page, but for the one that goes behind what stands there.
    fn comments_in(&mut self, place: Range<usize>, indent: usize) -> Option<String> {
        let mut inside = Vec::new();
        while let Some(comment) = self.next_comment_before(place.end) {
            inside.push(comment);
        }
        let behind = match self.comments.last() {
            Some(comment) if self.is_behind(place.end, comment) => self.comments.pop(),
            // What stood at the end of a line stays there.
            _ => inside.pop_if(|comment| !comment.own_line),
        };
        self.entries.extend(inside.iter().map(|comment| Entry::Comment { indent, text: comment.text.to_owned() }));
        behind.map(|comment| comment.text.to_owned())
    }

    /// Puts the comments before a place on the page, each on a line of its own.
    fn comments_before(&mut self, at: usize, indent: usize) {
        while let Some(comment) = self.next_comment_before(at) {
            self.blank_line_before(comment.at);
            self.entries.push(Entry::Comment { indent, text: comment.text.to_owned() });
            self.fresh = false;
        }
    }

    fn next_comment_before(&mut self, at: usize) -> Option<Comment<'s>> {
        self.comments.pop_if(|comment| comment.at < at)
    }

    /// Whether only blanks of its own line part a comment from what ends at `end`.
    fn is_behind(&self, end: usize, comment: &Comment<'_>) -> bool {
        let between = self.source.get(end..comment.at).unwrap_or("\n");
        !between.contains('\n') && between.chars().all(is_blank)
    }

    /// Keeps a blank line that stands before a place.
    fn blank_line_before(&mut self, at: usize) {
        let before = self.source.get(..at).unwrap_or_default();
        let blanks = before.chars().rev().take_while(|letter| is_blank(*letter));
        if !self.fresh && blanks.filter(|letter| *letter == '\n').count() > 1 {
            self.entries.push(Entry::Blank);
        }
    }
}
