//! Colour, where a person is watching and wants it; and columns that line up.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{in_a_line, in_a_painted_line};

/// How to paint words for a terminal, or not at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paint {
    /// Whether to paint.
    pub on: bool,
}

impl Paint {
    fn style(self, style: Style, words: &str) -> String {
        if self.on { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    /// A heading.
    pub fn heading(self, words: &str) -> String {
        self.style(Style::new().bold(), words)
    }

    /// Something that needs a person.
    pub fn bad(self, words: &str) -> String {
        self.style(AnsiColor::Red.on_default().bold(), words)
    }

    /// Something to keep an eye on.
    pub fn warn(self, words: &str) -> String {
        self.style(AnsiColor::Yellow.on_default(), words)
    }

    /// Something that is as it should be.
    pub fn good(self, words: &str) -> String {
        self.style(AnsiColor::Green.on_default(), words)
    }

    /// Something for reference.
    pub fn faint(self, words: &str) -> String {
        self.style(Style::new().dimmed(), words)
    }
}

/// Lines of a text for people, each on its own: whatever they quote, a terminal obeys no letter of it, and a cell with
/// a line break makes no line.
#[derive(Debug)]
pub struct Lines {
    /// How they are painted.
    pub paint: Paint,
    text: String,
    /// Whether something quoted could be taken for a colour of ours.
    quotes_colour: bool,
}

impl Lines {
    /// The lines that `write` writes. They are painted only if all their colours are ours: what quotes one is written
    /// without any.
    pub fn of(paint: Paint, write: impl Fn(&mut Lines)) -> String {
        let written = |paint| {
            let mut lines = Lines { paint, text: String::new(), quotes_colour: false };
            write(&mut lines);
            lines
        };
        let plain = written(Paint { on: false });
        if paint.on && !plain.quotes_colour { written(paint).text } else { plain.text }
    }

    /// Adds a line.
    pub fn line(&mut self, words: &str) {
        if self.paint.on {
            self.text.push_str(&in_a_painted_line(words));
        } else {
            self.quotes_colour |= words.contains('\u{1b}');
            self.text.push_str(&in_a_line(words));
        }
        self.text.push('\n');
    }

    /// Adds a drawing of several lines that are fit to be shown.
    pub fn drawing(&mut self, drawing: &str) {
        self.text.push_str(drawing);
    }
}

/// A table whose columns line up, whatever script its words are in.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Adds a row.
    pub fn row<I: IntoIterator<Item = String>>(&mut self, cells: I) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The rows as lines: the first column to the left, the others to the right.
    pub fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let blanks = " ".repeat(width.saturating_sub(cell.width()));
                match column {
                    0 => line.push_str(&format!("{cell}{blanks}")),
                    _ => line.push_str(&format!("  {blanks}{cell}")),
                }
            }
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as it is painted, with something quoted in it.
    fn painted(quoted: &str) -> String {
        Lines::of(Paint { on: true }, |lines| {
            let title = lines.paint.bad("late");
            lines.line(&format!("{title}: {quoted}"));
        })
    }

    #[test]
    fn our_colours_stay_and_nothing_quoted_is_obeyed() {
        assert_eq!(painted("T1\u{202e}\nmet"), "\u{1b}[1m\u{1b}[31mlate\u{1b}[0m: T1<U+202E><U+000A>met\n");
    }

    #[test]
    fn what_could_be_taken_for_a_colour_of_ours_takes_all_colour_away() {
        assert_eq!(painted("\u{1b}[32mmet\u{1b}[0m"), "late: <U+001B>[32mmet<U+001B>[0m\n");
    }
}
