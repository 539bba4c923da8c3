//! Colour, where a person is watching and wants it; and columns that line up.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

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
