//! From lines to text: columns, line ends of what is too long, comments behind.

use unicode_width::UnicodeWidthStr;

/// How wide a line may be before it is broken.
pub const WIDEST: usize = 120;
/// How far a comment may be moved to stand below the one above it.
const FARTHEST: usize = 40;
/// How far a block stands in, and how far the rest of a broken line.
pub const INDENT: usize = 2;

/// What one line says, in cells that lines of one table align.
///
/// A line end in a cell is a place where it may be broken; else a blank stands there, and nothing
/// for two of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// With which lines it is aligned: those of the same table directly above and below it.
    table: Option<&'static str>,
    /// An empty cell leaves its column to the lines that have one. One that begins with a blank
    /// stands apart from the cell before it.
    cells: Vec<String>,
    /// Whether it is broken only where a cell says so, not between cells.
    firm: bool,
}

impl Line {
    /// A line that is aligned with no other.
    pub fn alone(text: impl Into<String>) -> Line {
        Line { table: None, cells: vec![text.into()], firm: true }
    }

    /// A keyword and its value.
    pub fn word(keyword: &str, value: String) -> Line {
        Line { table: Some("word"), cells: vec![keyword.to_owned(), value], firm: true }
    }

    /// A row of a table.
    pub fn row(table: &'static str, cells: impl IntoIterator<Item = String>) -> Line {
        Line { table: Some(table), cells: cells.into_iter().collect(), firm: false }
    }

    /// This line, broken only where a cell says so.
    pub fn firm(self) -> Line {
        Line { firm: true, ..self }
    }

    /// This line with the beginning of a block behind it.
    pub fn before_block(mut self) -> Line {
        self.cells.push("{".to_owned());
        Line { table: None, ..self }
    }

    /// This line with all of a block behind it. Clauses with a mark between them are one cell; those
    /// without stand wider apart.
    pub fn with_block(&self, clauses: &[String], mark: &str) -> Line {
        let mut block = if mark.is_empty() { clauses.to_vec() } else { vec![clauses.join(mark)] };
        block.iter_mut().skip(1).for_each(|clause| clause.insert(0, ' '));
        match block.first_mut().filter(|_| !clauses.is_empty()) {
            Some(first) => first.insert_str(0, "{ "),
            None => block = vec!["{".to_owned()],
        }
        if let Some(last) = block.last_mut() {
            last.push_str(" }");
        }
        Line { table: self.table, cells: [self.cells.clone(), block].concat(), firm: false }
    }

    /// The end of a block, and what stands behind it.
    pub fn block_end(tail: &str) -> Line {
        Line { table: None, cells: vec!["}".to_owned(), tail.to_owned()], firm: true }
    }

    /// This line and one more cell.
    pub fn and(mut self, cell: &str) -> Line {
        self.cells.push(cell.to_owned());
        self
    }

    /// The whole line without columns or line ends.
    pub fn joined(&self) -> String {
        self.in_columns(&[])
    }

    /// Whether it fits where it stands in so far.
    pub fn fits(&self, indent: usize) -> bool {
        indent + self.joined().width() <= WIDEST
    }

    /// Whether it stays on one line: it fits, or there is no place to break it.
    fn is_whole(&self, indent: usize) -> bool {
        let marked = self.cells.iter().any(|cell| cell.contains('\n'));
        self.fits(indent) || (self.firm && !marked)
    }

    /// The line with its cells in columns of these widths; a column without width is none.
    fn in_columns(&self, widths: &[usize]) -> String {
        let last = self.cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or_default();
        let mut text = String::new();
        for (column, cell) in self.cells.iter().enumerate().take(last + 1) {
            let width = widths.get(column).copied().unwrap_or_default();
            if cell.is_empty() && width == 0 {
                continue;
            }
            text.push_str(blank_behind(&text));
            let cell = flat(cell);
            text.push_str(&cell);
            if column < last {
                text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
            }
        }
        text
    }

    /// The width of a cell that another follows.
    fn width_before_next(&self, column: usize) -> usize {
        let followed = self.cells.iter().skip(column + 1).any(|cell| !cell.is_empty());
        self.cells.get(column).filter(|_| followed).map_or(0, |cell| flat(cell).width())
    }

    /// The line over several: a part that does not fit begins a line, and is broken itself where that
    /// is not enough.
    fn broken(&self, indent: usize) -> Vec<String> {
        // What a block begins with is not to be taken for its clauses.
        let deeper = if self.cells.last().is_some_and(|cell| cell == "{") { 2 * INDENT } else { INDENT };
        let mut lines = vec![String::new()];
        let mut room = WIDEST.saturating_sub(indent);
        let mut put = |piece: &str, blank: &str| {
            let Some(line) = lines.last_mut() else { return };
            let blank = if blank.is_empty() { "" } else { blank_behind(line) };
            if line.is_empty() || line.width() + blank.width() + piece.width() <= room {
                line.push_str(blank);
                line.push_str(piece);
                return;
            }
            room = WIDEST.saturating_sub(indent + deeper);
            lines.push(format!("{}{}", " ".repeat(deeper), piece.trim_start()));
        };
        for part in self.parts() {
            if !self.firm && flat(&part).width() <= WIDEST - indent - deeper {
                put(&flat(&part), " ");
                continue;
            }
            let mut blank = " ";
            for piece in part.split('\n') {
                // Two line ends in a row: nothing stands between their pieces.
                if piece.is_empty() {
                    blank = "";
                    continue;
                }
                put(piece, blank);
                blank = " ";
            }
        }
        lines
    }

    /// What may begin a line if the whole does not fit on one: its cells, or all of them as one.
    fn parts(&self) -> Vec<String> {
        let cells = self.cells.iter().filter(|cell| !cell.is_empty());
        if !self.firm {
            return cells.cloned().collect();
        }
        let mut whole = String::new();
        for cell in cells {
            whole.push_str(blank_behind(&whole));
            whole.push_str(cell);
        }
        vec![whole]
    }
}

/// What stands between a text and the next cell: full-width marks have room of their own.
fn blank_behind(text: &str) -> &'static str {
    if text.is_empty() || text.trim_end().ends_with(['，', '：']) { "" } else { " " }
}

/// A cell in one line.
fn flat(cell: &str) -> String {
    cell.replace("\n\n", "").replace('\n', " ")
}

/// What a page is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Entry {
    /// An empty line.
    Blank,
    /// A comment on a line of its own.
    Comment {
        /// How far it stands in.
        indent: usize,
        /// From `#` on.
        text: String,
    },
    /// A line, perhaps with a comment behind it.
    Line {
        /// How far it stands in.
        indent: usize,
        /// What it says.
        line: Line,
        /// From `#` on.
        comment: Option<String>,
    },
}

impl Entry {
    /// Its table and how far it stands in, if it is a row of one.
    fn row(&self) -> Option<(&'static str, usize)> {
        match self {
            Entry::Line { indent, line, .. } if line.is_whole(*indent) => line.table.map(|table| (table, *indent)),
            Entry::Blank | Entry::Comment { .. } | Entry::Line { .. } => None,
        }
    }
}

/// A line as it stands on the page, but for the column of its comment.
struct Written {
    indent: usize,
    text: String,
    comment: Option<String>,
}

/// The text of a page.
pub fn lay_out(entries: &[Entry]) -> String {
    let mut written = Vec::new();
    for run in entries.chunk_by(|above, below| above.row().is_some() && above.row() == below.row()) {
        let widths = column_widths(run);
        written.extend(run.iter().flat_map(|entry| write(entry, &widths)));
    }
    let mut text = String::new();
    for run in written.chunk_by(Written::shares_column) {
        let widest = run.iter().map(|line| line.text.width()).max().unwrap_or_default();
        for line in run {
            text.push_str(line.with_comment_at(widest).trim_end());
            text.push('\n');
        }
    }
    text
}

impl Written {
    /// Whether the comment of the line below stands below that of this one.
    fn shares_column(&self, below: &Written) -> bool {
        let near = self.text.width().abs_diff(below.text.width()) <= FARTHEST;
        self.aligns() && below.aligns() && self.indent == below.indent && near
    }

    /// Whether it has a comment that is aligned: not one at the beginning or end of a block.
    fn aligns(&self) -> bool {
        self.comment.is_some() && !self.text.ends_with('{') && !self.text.starts_with('}')
    }

    fn with_comment_at(&self, column: usize) -> String {
        let mut whole = " ".repeat(self.indent);
        whole.push_str(&self.text);
        if let Some(comment) = &self.comment {
            whole.extend(std::iter::repeat_n(' ', column - self.text.width() + 2));
            whole.push_str(comment);
        }
        whole
    }
}

fn write(entry: &Entry, widths: &[usize]) -> Vec<Written> {
    match entry {
        Entry::Blank => vec![Written { indent: 0, text: String::new(), comment: None }],
        Entry::Comment { indent, text } => vec![Written { indent: *indent, text: text.clone(), comment: None }],
        Entry::Line { indent, line, comment } => {
            let mut texts = if line.is_whole(*indent) { vec![line.in_columns(widths)] } else { line.broken(*indent) };
            let last = texts.pop().unwrap_or_default();
            let bare = |text| Written { indent: *indent, text, comment: None };
            let mut lines: Vec<_> = texts.into_iter().map(bare).collect();
            lines.push(Written { indent: *indent, text: last, comment: comment.clone() });
            lines
        }
    }
}

/// The widths of the columns of a run of rows. A column that would push a line out of the page is
/// none.
fn column_widths(run: &[Entry]) -> Vec<usize> {
    let rows: Vec<(usize, &Line)> = run
        .iter()
        .filter_map(|entry| match entry {
            Entry::Line { indent, line, .. } => Some((*indent, line)),
            Entry::Blank | Entry::Comment { .. } => None,
        })
        .collect();
    let columns = rows.iter().map(|(_, line)| line.cells.len()).max().unwrap_or_default();
    let mut widths = Vec::new();
    for column in 0..columns {
        let widest = rows.iter().map(|(_, line)| line.width_before_next(column)).max().unwrap_or_default();
        widths.push(widest);
        let pushed_out = |(indent, line): &(usize, &Line)| indent + line.in_columns(&widths).width() > WIDEST;
        if rows.iter().filter(|(indent, line)| line.fits(*indent)).any(pushed_out) {
            widths.pop();
            widths.push(0);
        }
    }
    widths
}
