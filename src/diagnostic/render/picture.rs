//! Diagnostics as pictures of the source, by `miette`.

use std::borrow::Cow;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use crate::diagnostic::visible::{brief, in_a_line, with_signs};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, Sources, Span};

/// Draws one diagnostic for a terminal `width` columns wide. Whatever it quotes may be shown as it is drawn; only our
/// own colours are for the terminal.
pub fn picture(diagnostic: &Diagnostic, sources: &Sources, colour: bool, width: usize) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let mut text = String::new();
    let picture = Picture::of(diagnostic, sources);
    match handler.render_report(&mut text, &picture) {
        Ok(()) => text,
        // Drawing failed (a span outside its file): the words alone still help.
        Err(_) => format!("{}: {picture}\n", diagnostic.code()),
    }
}

/// A source file as miette wants it: over our line index, so that columns count characters and no
/// diagnostic scans the whole text again.
#[derive(Debug)]
struct Lines<'a> {
    file: &'a SourceFile,
    /// Its text as it is drawn, around all that is pointed at.
    drawn: Cow<'a, str>,
    /// Where that begins.
    from: usize,
}

/// Lines kept before and behind what is pointed at: more than miette shows.
const AROUND: usize = 3;

impl<'a> Lines<'a> {
    /// The lines around some places.
    fn around(file: &'a SourceFile, places: &[LabeledSpan]) -> Self {
        let first = places.iter().map(|place| place.offset()).min().unwrap_or_default();
        let last = places.iter().map(|place| place.offset() + place.len()).max().unwrap_or_default();
        let from = file.line_start(file.line_index(first).saturating_sub(AROUND));
        let to = file.line_start(file.line_index(last) + AROUND + 1);
        Self { file, drawn: with_signs(file.text().get(from..to).unwrap_or_default()), from }
    }

    fn drawn(&self, from: usize, to: usize) -> Option<&str> {
        self.drawn.get(from.checked_sub(self.from)?..to.checked_sub(self.from)?)
    }
}

impl SourceCode for Lines<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let file = self.file;
        if let Some(window) = self.window(span) {
            return Ok(Box::new(window));
        }
        let first = file.line_index(span.offset()).saturating_sub(before);
        let last = file.line_index(span.offset() + span.len().saturating_sub(1)) + after;
        let (start, end) = (file.line_start(first), file.line_start(last + 1));
        let text = self.drawn(start, end).ok_or(MietteError::OutOfBounds)?;
        let position = file.position(span.offset());
        let column = if before == 0 && after == 0 { position.column - 1 } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            in_a_line(file.name()).into_owned(),
            text.as_bytes(),
            (start, end - start).into(),
            first,
            column,
            last - first + 1,
        )))
    }
}

/// A line longer than this is shown in part: nobody reads a screenful of one line.
const LONGEST_LINE: usize = 400;

impl Lines<'_> {
    /// The surroundings of a place in a line that is too long to show.
    fn window(&self, span: &SourceSpan) -> Option<MietteSpanContents<'_>> {
        let file = self.file;
        let line = file.line_index(span.offset());
        let (line_start, line_end) = (file.line_start(line), file.line_start(line + 1));
        if line_end - line_start <= LONGEST_LINE {
            return None;
        }
        let text = file.text();
        let near = |at: usize| (line_start..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(line_start);
        let start = near(span.offset().saturating_sub(LONGEST_LINE / 10).max(line_start));
        let end = near((span.offset() + span.len().min(LONGEST_LINE / 2) + LONGEST_LINE / 10).min(line_end));
        let shown = self.drawn(start, end)?.trim_end_matches('\n');
        let column = file.position(span.offset()).column - 1;
        let place = (start, shown.len()).into();
        let name = in_a_line(file.name()).into_owned();
        Some(MietteSpanContents::new_named(name, shown.as_bytes(), place, line, column, 1))
    }
}

/// One diagnostic with the sources it needs, in miette's terms.
#[derive(Debug)]
struct Picture<'a> {
    diagnostic: &'a Diagnostic,
    code: Option<Lines<'a>>,
    labels: Vec<LabeledSpan>,
    help: Option<String>,
}

impl<'a> Picture<'a> {
    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let file = sources.get(diagnostic.at.file);
        let words = diagnostic.words();
        let mut labels = vec![label(&words.label, drawable(diagnostic.at, file), true)];
        let mut help = words.help.as_deref().map(told);
        if let Some(other) = diagnostic.other {
            // miette cannot draw two files in one picture: the other place is named.
            if other.file == diagnostic.at.file {
                labels.push(label(&words.other, drawable(other, file), false));
            } else {
                let place = told(&format!("{}: {}", words.other, sources.location(other)));
                help = Some(help.map_or_else(|| place.clone(), |help| format!("{place}\n{help}")));
            }
        }
        let code = file.map(|file| Lines::around(file, &labels));
        Self { diagnostic, code, labels, help }
    }
}

/// Words as they are drawn, though they may quote anything that a file holds.
fn told(words: &str) -> String {
    in_a_line(&brief(words)).into_owned()
}

/// The place, or its beginning if it is longer than what is shown of its line.
fn drawable(at: Span, file: Option<&SourceFile>) -> Span {
    let text = file.map(|file| file.slice(at)).unwrap_or_default();
    match text.char_indices().find(|(width, _)| *width >= LONGEST_LINE / 2) {
        Some((width, _)) if !text.contains('\n') => Span::new(at.file, at.start, at.start + width),
        _ => at,
    }
}

fn label(words: &str, at: Span, primary: bool) -> LabeledSpan {
    let words = (!words.is_empty()).then(|| told(words));
    let span = SourceSpan::from((at.start, at.end - at.start));
    if primary { LabeledSpan::new_primary_with_span(words, span) } else { LabeledSpan::new_with_span(words, span) }
}

impl std::fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&told(&self.diagnostic.words().message))
    }
}

impl std::error::Error for Picture<'_> {}

impl miette::Diagnostic for Picture<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.code.as_ref().map(|code| code as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.code.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }
}
