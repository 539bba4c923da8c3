//! Times that prove their format wrong: `04/25/2026` in a column that is read as day before month, and seconds that
//! are read as milliseconds.
//!
//! `03/04/2026` fits both orders of day and month, `25/04/2026` only one. A column in which no value proves the order
//! that its format has, and one proves the other, was read wrongly all along.

use std::collections::{BTreeMap, HashMap};

use super::date_order::{DateOrder, Hint};
use super::faults::MappingFault;
use super::intake::{Doubt, DoubtfulTimes, Seen};
use super::records::At;

/// What the times of each column say of its formats; columns by file and cell.
#[derive(Default)]
pub(super) struct DateOrders(HashMap<(u16, usize), Column>);

/// What the times of one column say.
#[derive(Clone, Default, Debug)]
pub(super) struct Column {
    day_first: Order,
    month_first: Order,
    perhaps_seconds: Seen,
}

/// What speaks for an order.
#[derive(Clone, Default, Debug)]
struct Order {
    /// Times that fit no other order.
    proof: Example,
    /// Times among them that none of the formats reads.
    unread: u64,
    /// Times that fit both orders, and are read in this one.
    guessed: Example,
}

/// How often, and the first.
#[derive(Clone, Default, Debug)]
struct Example {
    seen: Seen,
    text: Option<String>,
}

impl Example {
    fn see(&mut self, at: At, text: Option<&str>) {
        if self.seen.count == 0 {
            self.text = text.map(str::to_owned);
        }
        self.seen.again(at.source, at.line);
    }

    fn join(&mut self, other: Example) {
        if self.seen.count == 0 {
            *self = other;
        } else {
            self.seen.count += other.seen.count;
        }
    }
}

impl DateOrders {
    /// Takes in what a time says; without its text, if that is private.
    pub fn see(&mut self, cell: usize, at: At, hint: Hint, text: Option<&str>) {
        let column = self.0.entry((at.source, cell)).or_default();
        match hint {
            Hint::Only(order) => column.of(order).proof.see(at, text),
            Hint::Either(order) => column.of(order).guessed.see(at, text),
            Hint::Against(order) => {
                column.of(order).proof.see(at, text);
                column.of(order).unread += 1;
            }
            Hint::PerhapsSeconds => column.perhaps_seconds.again(at.source, at.line),
        }
    }

    /// The columns by name.
    pub fn columns<'n>(self, name: impl Fn(u16, usize) -> Option<&'n str>) -> BTreeMap<String, Column> {
        let mut columns: BTreeMap<String, Column> = BTreeMap::new();
        let mut found: Vec<_> = self.0.into_iter().collect();
        found.sort_by_key(|(place, _)| *place);
        for ((source, cell), column) in found {
            let Some(name) = name(source, cell) else { continue };
            columns.entry(name.to_owned()).or_default().join(column);
        }
        columns
    }
}

impl Column {
    fn of(&mut self, order: DateOrder) -> &mut Order {
        match order {
            DateOrder::DayFirst => &mut self.day_first,
            DateOrder::MonthFirst => &mut self.month_first,
        }
    }

    fn join(&mut self, other: Column) {
        for (order, more) in [(&mut self.day_first, other.day_first), (&mut self.month_first, other.month_first)] {
            order.proof.join(more.proof);
            order.guessed.join(more.guessed);
            order.unread += more.unread;
        }
        let count = self.perhaps_seconds.count + other.perhaps_seconds.count;
        let first = if self.perhaps_seconds.count == 0 { other.perhaps_seconds } else { self.perhaps_seconds };
        self.perhaps_seconds = Seen { count, ..first };
    }

    fn both(&self) -> [(DateOrder, &Order, &Order); 2] {
        let (day, month) = (&self.day_first, &self.month_first);
        [(DateOrder::DayFirst, day, month), (DateOrder::MonthFirst, month, day)]
    }

    /// That the column was read in an order that nothing proves and something disproves.
    pub fn fault(&self, column: &str) -> Option<MappingFault> {
        let disproved = |order: &Order, other: &Order| {
            let used = order.guessed.seen.count > 0 || other.unread > 0;
            used && order.proof.seen.count == 0 && other.proof.seen.count > 0
        };
        let found = self.both().into_iter().find(|(_, order, other)| disproved(order, other));
        found.map(|(order, of, other)| MappingFault::DateOrder {
            column: column.to_owned(),
            order,
            guessed: of.guessed.text.clone(),
            against: other.proof.text.clone(),
            line: other.proof.seen.line,
        })
    }

    /// What is not certain of the column, and no fault.
    pub fn doubts(&self, column: &str, both_orders: bool) -> Vec<DoubtfulTimes> {
        let mut doubts = Vec::new();
        let mut doubt = |why, seen: Seen| doubts.push(DoubtfulTimes { column: column.to_owned(), why, seen });
        for (order, of, other) in self.both().into_iter().filter(|(_, of, _)| of.guessed.seen.count > 0) {
            if other.proof.seen.count > 0 {
                doubt(Doubt::BothOrders { order, against: other.proof.seen }, of.guessed.seen);
            } else if both_orders && of.proof.seen.count == 0 {
                doubt(Doubt::EitherOrder { order }, of.guessed.seen);
            }
        }
        if self.perhaps_seconds.count > 0 {
            doubt(Doubt::PerhapsSeconds, self.perhaps_seconds);
        }
        doubts
    }
}
