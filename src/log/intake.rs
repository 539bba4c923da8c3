//! What became of every row: nothing is skipped in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::date_order::DateOrder;

use crate::calendar::{Duration, Instant};

/// The account of a reading.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ImportSummary {
    /// The files, in the order given.
    pub sources: Vec<SourceIntake>,
    /// Rows read, without headers and blank lines.
    pub rows_read: u64,
    /// Rows that gave at least one event.
    pub rows_mapped: u64,
    /// Rows whose event the mapping leaves out on purpose, by the name in the log.
    pub ignored: BTreeMap<String, u64>,
    /// Rows whose event neither mapping nor standards know, by the name in the log.
    pub unknown_events: BTreeMap<String, Seen>,
    /// Rows that could not be used, with the reason.
    pub set_aside: Vec<SetAside>,
    /// Snapshots of a case that a later snapshot replaced.
    pub rows_folded: u64,
    /// Rows whose time columns were all empty, so that they gave no event.
    pub rows_without_time: u64,
    /// Rows that repeat an earlier row, and do not count; told by their file and the file of that row.
    pub repeated: Vec<RepeatedRows>,
    /// Rows that say the same as an earlier row in every cell that is read, where the mapping does not say what
    /// identifies a row: each counts.
    pub equal_rows: Seen,
    /// Rows that say nothing in the columns of `unique`, so that nobody can tell whether they repeat another.
    pub rows_without_key: u64,
    /// Rows that take several lines.
    pub many_lines: ManyLines,
    /// Times that may be others than they were read as.
    pub doubtful_times: Vec<DoubtfulTimes>,
    /// Events that stand years before all others.
    pub far_before: Option<FarAway>,
    /// Events that stand years after all others: they do not move `as of`.
    pub far_after: Option<FarAway>,
    /// What the times of all events are whole numbers of, if it is more than seconds.
    pub coarse: Option<Coarse>,
    /// Events that came out.
    pub events: u64,
    /// Events that share case and time with an earlier event.
    pub ties: u64,
    /// Those of the ties whose order only the order of the file tells: they come from two rows, and
    /// `ties` of the mapping does not rank them.
    pub ties_by_file_order: u64,
    /// Rows whose time lies before the time of the row before it of the same case.
    pub out_of_order_in_case: u64,
    /// Rows whose time lies before the time of the row before it in the file; a file that is grouped
    /// by case has many.
    pub out_of_order_in_file: u64,
    /// Cells that are not of their field's type, by field.
    pub malformed: BTreeMap<String, Malformed>,
    /// Cells that are none of the names that their field has, by field and by what they say.
    pub unknown_values: BTreeMap<String, BTreeMap<String, Seen>>,
    /// Fields that the standards want and no column carries (`amount of refund.issued`).
    pub missing_columns: BTreeSet<String>,
    /// Local times that did not exist, or existed twice.
    pub times_in_gap_or_fold: u64,
}

/// One file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceIntake {
    /// Its name, as the user gave it.
    pub name: String,
    /// Its rows, without header and blank lines.
    pub rows: u64,
}

/// Rows of one file that repeat rows of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RepeatedRows {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Repeated,
    /// The row that counts in its place.
    pub of: Repeated,
    /// Whether they have the same cells; else only the same key, and what they say otherwise is lost.
    pub same: bool,
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Repeated {
    /// The file, by its index in [`ImportSummary::sources`].
    pub source: u16,
    /// The line where it starts.
    pub line: u64,
}

/// Times of one column that may be others than they were read as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoubtfulTimes {
    /// The column.
    pub column: String,
    /// Why.
    pub why: Doubt,
    /// How many, and where the first stands.
    pub seen: Seen,
}

/// Why a time may be another than it was read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The column has times of both orders of day and month, and these fit both.
    BothOrders {
        /// The order in which they are read.
        order: DateOrder,
        /// The times that fit only the other.
        against: Seen,
    },
    /// The mapping names both orders of day and month, and every time fits both.
    EitherOrder {
        /// The order in which they are read.
        order: DateOrder,
    },
    /// They are read as milliseconds since 1970 and would be plausible as seconds.
    PerhapsSeconds,
}

/// Few events that stand years away from all others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FarAway {
    /// How many, and where the one next to the others stands.
    pub seen: Seen,
    /// Its time.
    pub time: Instant,
    /// The time of the first, or the last, of the others.
    pub others: Instant,
}

/// What the times of all events are whole numbers of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coarse {
    /// Minutes.
    Minutes,
    /// Days: midnights of their zone.
    Days,
}

impl Coarse {
    /// What two times may be apart from what they seem to be.
    pub fn unit(self) -> Duration {
        Duration::from_secs(match self {
            Coarse::Minutes => 60,
            Coarse::Days => 24 * 3600,
        })
    }
}

impl fmt::Display for Coarse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Coarse::Minutes => "minutes",
            Coarse::Days => "days",
        })
    }
}

impl fmt::Display for DoubtfulTimes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (column, count) = (&self.column, self.seen.count);
        let times = if count == 1 { "1 time" } else { &format!("{count} times") };
        match self.why {
            Doubt::BothOrders { order, against } => {
                let (other, many) = (order.other(), against.count);
                write!(
                    f,
                    "{times} of `{column}` fit both orders and are read as {order}, though {many} can only be {other}"
                )
            }
            Doubt::EitherOrder { order } => {
                write!(
                    f,
                    "{times} of `{column}` fit both orders of `time_format` and are read as {order}: nothing in the column proves it"
                )
            }
            Doubt::PerhapsSeconds => {
                write!(
                    f,
                    "{times} of `{column}` are read as milliseconds, before March 1973, and may be seconds: `time_format: [epoch ms, epoch s]` tells them apart"
                )
            }
        }
    }
}

/// How often something was seen, and where first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// How often.
    pub count: u64,
    /// The file where it was seen first, by its index in [`ImportSummary::sources`].
    pub source: u16,
    /// The line where it was seen first.
    pub line: u64,
}

/// Cells of one field that are not of its type.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Malformed {
    /// How many, and where the first stands.
    pub seen: Seen,
    /// What the first says; nothing if the field is private.
    pub example: Option<String>,
}

/// A row that could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetAside {
    /// The file, by its index in [`ImportSummary::sources`].
    pub source: u16,
    /// The line where the row starts.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// The row as it stands in the file, cut short; nothing if the standards have private fields,
    /// for the row could show them.
    pub text: Option<String>,
}

/// Why a row could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// More or fewer cells than the header.
    WrongLength {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A quotation mark that is never closed.
    OpenQuote,
    /// Text between the quotation mark that closes a cell and the end of the cell.
    TextBehindQuote,
    /// A quotation mark in a cell that does not stand in quotation marks.
    LoneQuote,
    /// A cell that is not UTF-8.
    NotText {
        /// The column.
        column: String,
    },
    /// A line that begins as a JSON object and is none.
    NotJson {
        /// Where it breaks, in bytes from 1.
        at: usize,
    },
    /// A member that is read and stands twice in its object.
    RepeatedMember {
        /// Its path.
        path: String,
    },
    /// A line that is something else than a JSON object.
    NotAnObject,
    /// No case.
    NoCase,
    /// No event.
    NoEvent,
    /// No time.
    NoTime {
        /// The column.
        column: String,
    },
    /// A time that none of the formats reads.
    UnreadableTime {
        /// The column.
        column: String,
        /// What it says; nothing if the column carries a private field.
        text: Option<String>,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::WrongLength { expected, found } => write!(f, "{found} cells where the header has {expected}"),
            Reason::OpenQuote => f.write_str("a quotation mark is never closed"),
            Reason::TextBehindQuote => f.write_str("text behind a closing quotation mark"),
            Reason::LoneQuote => f.write_str("a quotation mark in a cell that is not in quotation marks"),
            Reason::RepeatedMember { path } => write!(f, "`{path}` stands twice"),
            Reason::NotText { column } => write!(f, "column `{column}` is not UTF-8 text"),
            Reason::NotJson { at } => write!(f, "the JSON breaks at byte {at}"),
            Reason::NotAnObject => f.write_str("the line is not a JSON object"),
            Reason::NoCase => f.write_str("it names no case"),
            Reason::NoEvent => f.write_str("it names no event"),
            Reason::NoTime { column } => write!(f, "column `{column}` holds no time"),
            Reason::UnreadableTime { column, text: Some(text) } => {
                write!(f, "`{text}` in column `{column}` cannot be read as a time")
            }
            Reason::UnreadableTime { column, text: None } => {
                write!(f, "column `{column}` cannot be read as a time")
            }
        }
    }
}

/// Rows that take several lines, for a cell of theirs does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ManyLines {
    /// How many, and where the longest stands.
    pub longest: Seen,
    /// How many lines it takes.
    pub lines: u64,
}

impl ManyLines {
    /// A row that takes more lines is not taken in a strict run: a forgotten quotation mark makes one cell of many
    /// rows.
    pub const MOST: u64 = 20;

    /// Sees a row that takes so many lines.
    pub(super) fn see(&mut self, source: u16, line: u64, lines: u64) {
        if lines < 2 {
            return;
        }
        self.longest.count += 1;
        if lines > self.lines {
            (self.lines, self.longest.source, self.longest.line) = (lines, source, line);
        }
    }
}

impl ImportSummary {
    /// Rows that could not be used.
    pub fn rows_set_aside(&self) -> u64 {
        self.set_aside.len() as u64
    }

    /// Rows whose event is left out or not known.
    pub fn rows_not_mapped(&self) -> u64 {
        self.ignored.values().sum::<u64>() + self.unknown_events.values().map(|seen| seen.count).sum::<u64>()
    }

    /// Rows that repeat an earlier row.
    pub fn rows_repeated(&self) -> u64 {
        self.repeated.iter().map(|rows| rows.count).sum()
    }

    /// Whether every row read is accounted for, once.
    pub fn reconciles(&self) -> bool {
        let told = self.rows_mapped
            + self.rows_set_aside()
            + self.rows_not_mapped()
            + self.rows_folded
            + self.rows_repeated()
            + self.rows_without_time;
        self.rows_read == told && self.rows_read == self.sources.iter().map(|source| source.rows).sum::<u64>()
    }

    /// What a strict run does not accept, in words; empty if there is nothing.
    pub fn strict_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut count = |number: u64, one: &str, many: &str| {
            if number > 0 {
                faults.push(format!("{number} {}", if number == 1 { one } else { many }));
            }
        };
        count(self.rows_set_aside(), "row could not be used", "rows could not be used");
        for (name, seen) in &self.unknown_events {
            let named = format!("of the unknown event `{name}`, first at {}", self.place(*seen));
            count(seen.count, &format!("row {named}"), &format!("rows {named}"));
        }
        count(
            self.ties_by_file_order,
            "event shares case and time with another, and only the file tells their order",
            "events share case and time with another, and only the file tells their order",
        );
        count(
            self.out_of_order_in_case,
            "row is older than the row before it of its case",
            "rows are older than the row before them of their case",
        );
        for rows in self.repeated.iter().filter(|rows| !rows.same) {
            let [first, of] = [rows.first, rows.of].map(|row| self.line(row));
            let named = format!("the key of an earlier row and other cells, first at {first}, against {of}");
            count(rows.count, &format!("row has {named}"), &format!("rows have {named}"));
        }
        count(
            self.rows_without_key,
            "row says nothing in the columns of `unique`",
            "rows say nothing in the columns of `unique`",
        );
        let equal = format!("the same as an earlier row in all that is read, first at {}", self.place(self.equal_rows));
        count(self.equal_rows.count, &format!("row says {equal}"), &format!("rows say {equal}"));
        for (field, malformed) in &self.malformed {
            let named = format!("of `{field}` cannot be read, first at {}", self.place(malformed.seen));
            count(malformed.seen.count, &format!("cell {named}"), &format!("cells {named}"));
        }
        for (field, values) in &self.unknown_values {
            for (value, seen) in values {
                let named = format!("of `{field}` that it does not have, `{value}`, first at {}", self.place(*seen));
                count(seen.count, &format!("value {named}"), &format!("times a value {named}"));
            }
        }
        for (far, side) in [(self.far_before, "before"), (self.far_after, "after")] {
            let Some(far) = far else { continue };
            let events = if far.seen.count == 1 {
                "1 event stands".to_owned()
            } else {
                format!("{} events stand", far.seen.count)
            };
            faults.push(format!("{events} years {side} all others, at {}", self.place(far.seen)));
        }
        faults.extend(self.doubtful_times.iter().map(|times| format!("{times}, first at {}", self.place(times.seen))));
        if self.many_lines.lines > ManyLines::MOST {
            let (ManyLines { longest, lines }, most) = (self.many_lines, ManyLines::MOST);
            faults.push(format!("a row takes {lines} lines, more than {most}, at {}", self.place(longest)));
        }
        faults.extend(self.missing_columns.iter().map(|field| format!("no column for `{field}`")));
        faults
    }

    /// `file:line` of a row.
    pub fn line(&self, row: Repeated) -> String {
        self.place(Seen { count: 0, source: row.source, line: row.line })
    }

    /// `file:line` of where something was seen first.
    pub fn place(&self, seen: Seen) -> String {
        let name = self.sources.get(usize::from(seen.source)).map_or("unknown", |source| source.name.as_str());
        format!("{name}:{}", seen.line)
    }
}

impl Seen {
    /// Sees it once more, at that place.
    pub(super) fn again(&mut self, source: u16, line: u64) {
        if self.count == 0 {
            (self.source, self.line) = (source, line);
        }
        self.count += 1;
    }
}
