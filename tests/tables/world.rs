//! A small world of standards, and its text: the generator's own tree, which shares nothing with the graph's.

use std::fmt::Write;

/// A file of standards.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// All that can be read, but for the start.
    pub fields: Vec<Field>,
    /// Periods, from a day of March 2026 to another.
    pub periods: Vec<(i64, i64)>,
    /// Segments; each may rest on those before it.
    pub segments: Vec<Condition>,
    /// Standards.
    pub standards: Vec<Standard>,
    /// The amounts offered for a breach of the first standard.
    pub offers: Vec<Row<i64>>,
}

/// Something that can be read.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it stands.
    pub place: Place,
    /// What it can be.
    pub kind: Kind,
    /// Whether it may be missing by the standards' own word.
    pub optional: bool,
}

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the case.
    Case,
    /// In the event that starts a clock.
    Opened,
    /// In the latest event of another kind.
    Rated,
}

/// What a field can be. A value is a number: the index of a name, twice a number, half-hours, days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `low < normal < high`, as many as said.
    Ordered(i64),
    /// `one of (a, b, c)`, as many as said.
    OneOf(i64),
    /// `bool`
    Bool,
    /// `number`
    Number,
    /// `1..3`
    Range,
    /// `money`
    Money,
    /// `duration`
    Duration,
    /// `text`
    Text,
    /// `date`
    Date,
}

/// A condition.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// `A and B`
    All(Vec<Condition>),
    /// `A or B`
    Any(Vec<Condition>),
    /// `not (A)`
    Not(Box<Condition>),
    /// `segment_0`
    Segment(usize),
    /// `vip`
    Yes(usize),
    /// `F is known`
    Known(usize),
    /// `F is unknown`
    Unknown(usize),
    /// `F is at least V`
    Compare(usize, Comparison, i64),
    /// `F in (V, W)`, or `not in`
    In(usize, bool, Vec<i64>),
    /// `started in period_0`
    StartedIn(usize),
}

/// How a field is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `is at least`
    AtLeast,
    /// `is at most`
    AtMost,
    /// `is more than`
    MoreThan,
    /// `is less than`
    LessThan,
}

/// A row of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Row<T> {
    /// For which cases; none for all others.
    pub when: Option<Condition>,
    /// What they get.
    pub gives: T,
}

/// A clock.
#[derive(Clone, Debug, Default)]
pub struct Standard {
    /// What must hold of the event that starts it.
    pub start: Option<Condition>,
    /// What must hold of the event that stops it.
    pub stop: Option<Condition>,
    /// What must hold of the events that pause it and let it run on.
    pub pause: Option<(Option<Condition>, Option<Condition>)>,
    /// The calendar it counts, by its number in [`CALENDARS`].
    pub counting: Vec<Row<usize>>,
    /// The targets.
    pub targets: Vec<Row<Promise>>,
    /// What is better than promised, in minutes.
    pub beyond: Vec<Row<i64>>,
    /// How grave a breach is.
    pub severity: Vec<Row<usize>>,
}

/// What a row promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Promise {
    /// `within 90m`
    Minutes(i64),
    /// `within 2 working days`
    WorkingDays(i64),
    /// `within 2 calendar days`
    CalendarDays(i64),
    /// `at once`
    AtOnce,
    /// `due at promised`
    DueAt,
    /// `no target`
    NoTarget,
}

/// Calendars: a name, hours, and open minutes of each working day.
pub const CALENDARS: [(&str, &str, i64); 2] =
    [("office", "mon..fri 09:00-12:00, 13:00-18:00", 8 * 60), ("counter", "mon..sat 08:00-20:00", 12 * 60)];

const SEVERITIES: [&str; 3] = ["minor", "major", "critical"];

/// A question that the checker answers for a line of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Asked {
    /// A condition that is no row's, by its number in the order of the text.
    Condition(usize),
    /// A row, by the number of its table in the order of the text, and its own.
    Row(usize, usize),
}

/// A text, and what stands on which line.
#[derive(Default)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The line of each thing that is asked, from one.
    pub lines: Vec<(Asked, usize)>,
    line: usize,
    conditions: usize,
    tables: usize,
}

impl Text {
    fn line(&mut self, said: impl AsRef<str>) {
        self.text.push_str(said.as_ref());
        self.text.push('\n');
        self.line += 1;
    }

    /// A line with a condition of its own.
    fn condition(&mut self, said: impl AsRef<str>) {
        self.line(said);
        self.lines.push((Asked::Condition(self.conditions), self.line));
        self.conditions += 1;
    }

    fn table<T>(&mut self, world: &World, rows: &[Row<T>], mut gives: impl FnMut(&T) -> String) {
        for (index, row) in rows.iter().enumerate() {
            let when = match &row.when {
                Some(condition) => format!(" when {}", world.said(condition, false)),
                None if index == 0 => String::new(),
                None => " otherwise".into(),
            };
            self.line(format!("  {}{when}", gives(&row.gives)));
            self.lines.push((Asked::Row(self.tables, index), self.line));
        }
        self.tables += usize::from(!rows.is_empty());
    }
}

impl World {
    /// The text of the file. Tables and conditions are numbered as in [`World::asked`].
    pub fn text(&self) -> Text {
        let mut text = Text::default();
        text.line("service tried { timezone \"Asia/Shanghai\" currency CNY }");
        text.line("role agent");
        for (name, hours, _) in CALENDARS {
            text.line(format!("calendar {name} {{ {hours} }}"));
        }
        for (index, (from, to)) in self.periods.iter().enumerate() {
            text.line(format!("period period_{index} 2026-03-{from:02}..2026-03-{to:02}"));
        }
        text.line("case {");
        text.line("  promised: time");
        for field in self.fields_at(Place::Case) {
            text.line(format!("  {}", self.declared(field)));
        }
        text.line("}");
        for (event, place) in [("opened", Place::Opened), ("rated", Place::Rated)] {
            let fields: Vec<String> = self.fields_at(place).map(|field| self.declared(field)).collect();
            text.line(format!("event {event} {{ {} }}", fields.join("  ")));
        }
        text.line("event refunded { amount: money }");
        for event in ["closed", "waits", "back"] {
            text.line(format!("event {event}"));
        }
        for (index, condition) in self.segments.iter().enumerate() {
            text.condition(format!("segment segment_{index} when {}", self.said(condition, false)));
        }
        text.line("action refund is refunded costs amount");
        text.line("empower agent { may refund }");
        for (index, standard) in self.standards.iter().enumerate() {
            self.standard(&mut text, index, standard);
        }
        if !self.offers.is_empty() {
            text.line("remedy sorry for standard_0 {");
            text.table(self, &self.offers, |amount| format!("offer refund {amount} CNY"));
            text.line("}");
        }
        text
    }

    fn standard(&self, text: &mut Text, index: usize, standard: &Standard) {
        text.line(format!("standard standard_{index} {{"));
        let mut trigger = |said: &str, condition: &Option<Condition>| match condition {
            Some(condition) => text.condition(format!("  {said} where ({})", self.said(condition, false))),
            None => text.line(format!("  {said}")),
        };
        trigger("from opened", &standard.start);
        trigger("to closed", &standard.stop);
        if let Some((on, resume)) = &standard.pause {
            trigger("pause on waits", on);
            trigger("resume on back", resume);
        }
        text.table(self, &standard.counting, |calendar| format!("counting {}", CALENDARS[*calendar].0));
        text.table(self, &standard.targets, |promise| promise.said());
        text.table(self, &standard.beyond, |minutes| format!("beyond expectation within {minutes}m"));
        text.table(self, &standard.severity, |word| format!("severity {}", SEVERITIES[*word]));
        text.line("}");
    }

    fn fields_at(&self, place: Place) -> impl Iterator<Item = usize> {
        (0..self.fields.len()).filter(move |field| self.fields[*field].place == place)
    }

    fn declared(&self, index: usize) -> String {
        let Field { kind, optional, .. } = self.fields[index];
        let names =
            |count: i64, by: &str| (0..count).map(|value| self.value(index, value)).collect::<Vec<_>>().join(by);
        let kind = match kind {
            Kind::Ordered(count) => names(count, " < "),
            Kind::OneOf(count) => format!("one of ({})", names(count, ", ")),
            Kind::Bool => "bool".into(),
            Kind::Number => "number".into(),
            Kind::Range => "1..3".into(),
            Kind::Money => "money".into(),
            Kind::Duration => "duration".into(),
            Kind::Text => "text".into(),
            Kind::Date => "date".into(),
        };
        format!("field_{index}: {kind}{}", if optional { "?" } else { "" })
    }

    /// A value as the language writes it.
    fn value(&self, field: usize, value: i64) -> String {
        match self.fields[field].kind {
            Kind::Ordered(_) | Kind::OneOf(_) => format!("value_{field}_{value}"),
            Kind::Bool => (value == 1).to_string(),
            Kind::Number | Kind::Range => halves(value),
            Kind::Money => format!("{} CNY", halves(value)),
            Kind::Duration => format!("{}m", value * 30),
            Kind::Text => format!("\"text_{value}\""),
            Kind::Date => format!("2026-03-{value:02}"),
        }
    }

    /// A condition as the language writes it; in parentheses if it joins and is itself joined.
    fn said(&self, condition: &Condition, inside: bool) -> String {
        let joined = |parts: &[Condition], by: &str| {
            let said = parts.iter().map(|part| self.said(part, true)).collect::<Vec<_>>().join(by);
            if inside { format!("({said})") } else { said }
        };
        let read = |field: &usize| match self.fields[*field].place {
            Place::Rated => format!("field_{field} of rated"),
            _ => format!("field_{field}"),
        };
        match condition {
            Condition::All(parts) => joined(parts, " and "),
            Condition::Any(parts) => joined(parts, " or "),
            Condition::Not(inner) => format!("not ({})", self.said(inner, false)),
            Condition::Segment(segment) => format!("segment_{segment}"),
            Condition::Yes(field) => read(field),
            Condition::Known(field) => format!("{} is known", read(field)),
            Condition::Unknown(field) => format!("{} is unknown", read(field)),
            Condition::Compare(field, comparison, value) => {
                format!("{} {} {}", read(field), comparison.said(), self.value(*field, *value))
            }
            Condition::In(field, is_in, values) => {
                let mut said = String::new();
                for value in values {
                    let _ = write!(said, "{}{}", if said.is_empty() { "" } else { ", " }, self.value(*field, *value));
                }
                format!("{} {} ({said})", read(field), if *is_in { "in" } else { "not in" })
            }
            Condition::StartedIn(period) => format!("started in period_{period}"),
        }
    }
}

impl Comparison {
    fn said(self) -> &'static str {
        match self {
            Comparison::Is => "is",
            Comparison::IsNot => "is not",
            Comparison::AtLeast => "is at least",
            Comparison::AtMost => "is at most",
            Comparison::MoreThan => "is more than",
            Comparison::LessThan => "is less than",
        }
    }
}

impl Promise {
    fn said(self) -> String {
        let days = |days: i64, kind: &str| format!("within {days} {kind} {}", if days == 1 { "day" } else { "days" });
        match self {
            Promise::Minutes(minutes) => format!("within {minutes}m"),
            Promise::WorkingDays(count) => days(count, "working"),
            Promise::CalendarDays(count) => days(count, "calendar"),
            Promise::AtOnce => "at once".into(),
            Promise::DueAt => "due at promised".into(),
            Promise::NoTarget => "no target".into(),
        }
    }
}

/// Twice a number, as the number.
fn halves(value: i64) -> String {
    if value % 2 == 0 { (value / 2).to_string() } else { format!("{}.5", value / 2) }
}
