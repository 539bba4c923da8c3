//! What must be said of a world, by looking at every case there is.

use std::collections::BTreeSet;

use super::cases::Case;
use super::world::{Asked, CALENDARS, Condition, Kind, Promise, Row, Standard, World};

/// The code of a fault, and what it is told of.
pub type Told = (&'static str, Asked);

const HOUR: i64 = 60;

/// Everything that must be said.
pub fn judge(world: &World) -> BTreeSet<Told> {
    let sound = sound_segments(world);
    let mut judge = Judge { world, sound, told: BTreeSet::new(), steps: Vec::new(), nested: Vec::new() };
    for (number, condition) in world.conditions().into_iter().enumerate() {
        judge.condition(condition, Asked::Condition(number));
    }
    for (number, table) in world.tables().into_iter().enumerate() {
        judge.table(number, &table);
    }
    judge.each_order_points_one_way();
    judge.told
}

/// A table, whatever its rows give.
struct Table<'w> {
    rows: Vec<Option<&'w Condition>>,
    /// Whether it must say something for every case.
    for_all: bool,
    /// Whether a row that is unknown is passed by.
    unknown_passes: bool,
    /// The standard whose targets these are.
    standard: Option<&'w Standard>,
}

impl World {
    /// The conditions that are no row's, in the order of the text.
    fn conditions(&self) -> Vec<&Condition> {
        let mut all: Vec<&Condition> = self.segments.iter().collect();
        for standard in &self.standards {
            all.extend(standard.start.iter().chain(&standard.stop));
            all.extend(standard.pause.iter().flat_map(|(on, resume)| on.iter().chain(resume)));
        }
        all
    }

    /// The tables, in the order of the text.
    fn tables(&self) -> Vec<Table<'_>> {
        fn table<T>(rows: &[Row<T>], for_all: bool) -> Table<'_> {
            let rows = rows.iter().map(|row| row.when.as_ref()).collect();
            Table { rows, for_all, unknown_passes: false, standard: None }
        }
        let mut all = Vec::new();
        for standard in &self.standards {
            all.push(table(&standard.counting, true));
            all.push(Table { standard: Some(standard), ..table(&standard.targets, true) });
            all.push(table(&standard.beyond, true));
            all.push(Table { unknown_passes: true, ..table(&standard.severity, false) });
        }
        all.push(table(&self.offers, false));
        all.retain(|table| !table.rows.is_empty());
        all
    }
}

/// Whether each segment has some cases, and not all, and rests on none that has not.
fn sound_segments(world: &World) -> Vec<bool> {
    let mut sound = Vec::new();
    for segment in &world.segments {
        let truths: Vec<_> = world.cases([segment]).iter().map(|case| world.truth(segment, case)).collect();
        let both = truths.contains(&Some(true)) && truths.contains(&Some(false));
        sound.push(both && is_sound(segment, &sound));
    }
    sound
}

fn is_sound(condition: &Condition, sound: &[bool]) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(|part| is_sound(part, sound)),
        Condition::Not(inner) => is_sound(inner, sound),
        Condition::Segment(segment) => sound[*segment],
        _ => true,
    }
}

/// What one row serves sooner by than another: an ordered field, or a segment inside another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    Field(usize),
    Inside(usize, usize),
}

/// Two rows for cases that differ in one thing alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Step {
    of: Order,
    higher_is_sooner: bool,
    longer: Asked,
    shorter: Asked,
}

struct Judge<'w> {
    world: &'w World,
    sound: Vec<bool>,
    told: BTreeSet<Told>,
    steps: Vec<Step>,
    nested: Vec<Step>,
}

impl<'w> Judge<'w> {
    fn condition(&mut self, condition: &Condition, asked: Asked) {
        if !is_sound(condition, &self.sound) {
            return;
        }
        let truths: Vec<_> =
            self.world.cases([condition]).iter().map(|case| self.world.truth(condition, case)).collect();
        if !truths.contains(&Some(true)) {
            self.told.insert(("condition/never-holds", asked));
        } else if !truths.contains(&Some(false)) {
            self.told.insert(("condition/always-holds", asked));
        }
    }

    fn table(&mut self, number: usize, table: &Table<'w>) {
        for (index, row) in table.rows.iter().enumerate() {
            row.iter().for_each(|condition| self.condition(condition, Asked::Row(number, index)));
        }
        if !table.rows.iter().flatten().all(|condition| is_sound(condition, &self.sound)) {
            return;
        }
        let cases = self.world.cases(table.rows.iter().copied().flatten());
        // What each row is in each case; a row without a condition holds.
        let truths: Vec<Vec<Option<bool>>> = cases
            .iter()
            .map(|case| {
                table.rows.iter().map(|row| row.map_or(Some(true), |row| self.world.truth(row, case))).collect()
            })
            .collect();
        self.dead_rows(number, table, &truths);
        self.gap(number, table, &cases, &truths);
        if let Some(standard) = table.standard {
            self.overlaps(number, standard, &truths);
            self.steps(number, standard);
        }
    }

    /// Rows that no case takes, unless the row never holds, or one before it always does: that is told already.
    fn dead_rows(&mut self, number: usize, table: &Table<'w>, truths: &[Vec<Option<bool>>]) {
        let passes = |truth: &Option<bool>| *truth == Some(false) || (table.unknown_passes && truth.is_none());
        for index in 0..table.rows.len() {
            let mut holding = truths.iter().filter(|case| case[index] == Some(true)).peekable();
            let never = holding.peek().is_none();
            let taken = holding.any(|case| case[..index].iter().all(passes));
            let always = |row: usize| table.rows[row].is_some() && truths.iter().all(|case| case[row] != Some(false));
            let all_ask = table.rows[..index].iter().all(Option::is_some);
            let said_of_another = table.rows[index].is_none() && all_ask && (0..index).any(always);
            if !never && !taken && !said_of_another {
                self.told.insert(("table/dead-row", Asked::Row(number, index)));
            }
        }
    }

    /// Cases that take no row: for certain, or for something that may be missing.
    fn gap(&mut self, number: usize, table: &Table<'w>, cases: &[Case], truths: &[Vec<Option<bool>>]) {
        let conditions: Vec<&Condition> = table.rows.iter().copied().flatten().collect();
        if !table.for_all || conditions.len() < table.rows.len() {
            return;
        }
        let fields = self.world.fields_read(conditions);
        let falls_through = cases.iter().zip(truths).any(|(case, rows)| {
            rows.iter().all(|row| *row == Some(false))
                || (rows.iter().all(|row| *row != Some(true)) && self.world.lacks_only_what_may_be(case, &fields))
        });
        if falls_through {
            self.told.insert(("table/no-otherwise", Asked::Row(number, table.rows.len() - 1)));
        }
    }

    /// Rows that take cases from a later one which is sooner, each having cases of its own.
    fn overlaps(&mut self, number: usize, standard: &Standard, truths: &[Vec<Option<bool>>]) {
        let rows = &standard.targets;
        let calendars: Vec<usize> = standard.counting.iter().map(|row| row.gives).collect();
        let takes = |case: &[Option<bool>], row: usize| taken(case) == Some(row);
        for row in 0..rows.len() {
            let steals_from = |later: usize| {
                let both_have_conditions = rows[row].when.is_some() && rows[later].when.is_some();
                let of_row = |truth: bool| truths.iter().any(|case| takes(case, row) && case[later] == Some(truth));
                both_have_conditions
                    && is_longer(rows[row].gives, rows[later].gives, &calendars)
                    && of_row(true)
                    && of_row(false)
                    && truths.iter().any(|case| takes(case, later))
            };
            if (row + 1..rows.len()).any(steals_from) {
                self.told.insert(("table/overlap", Asked::Row(number, row)));
            }
        }
    }

    /// Pairs of cases that differ in one thing alone, and wait for different times.
    fn steps(&mut self, number: usize, standard: &Standard) {
        let clock = Clock::new(self.world, standard);
        if !clock.conditions().all(|condition| is_sound(condition, &self.sound)) {
            return;
        }
        let add = |steps: &mut Vec<Step>, of: Order, lower: &Case, higher: &Case| {
            for (longer, shorter, higher_is_sooner) in [(lower, higher, true), (higher, lower, false)] {
                let Some((longer, shorter)) = clock.waits_longer(longer, shorter) else { continue };
                let [longer, shorter] = [longer, shorter].map(|row| Asked::Row(number, row));
                let step = Step { of, higher_is_sooner, longer, shorter };
                if !steps.contains(&step) {
                    steps.push(step);
                }
            }
        };
        let world = self.world;
        let cases = world.cases(clock.conditions());
        for field in world.fields_read(clock.conditions()) {
            let Kind::Ordered(count) = world.fields[field].kind else { continue };
            for case in cases.iter().filter(|case| case.fields[field] == Some(0)) {
                for (low, high) in (0..count).flat_map(|low| (low + 1..count).map(move |high| (low, high))) {
                    let [low, high] = [low, high].map(|value| case.with(field, Some(value)));
                    add(&mut self.steps, Order::Field(field), &low, &high);
                }
            }
        }
        for (inner, outer) in clock.nested_segments(&cases) {
            let tests = clock.tests();
            let else_equal = |case: &Case| -> Vec<Option<bool>> {
                let others = tests.iter().filter(|test| **test != &Condition::Segment(inner));
                others.map(|test| world.truth(test, case)).collect()
            };
            let of_outer = cases.iter().filter(|case| world.truth(&world.segments[outer], case) == Some(true));
            let of_outer: Vec<_> =
                of_outer.map(|case| (case, world.truth(&world.segments[inner], case), else_equal(case))).collect();
            for (within, _, all_else) in of_outer.iter().filter(|(_, inside, _)| *inside == Some(true)) {
                for (beside, ..) in
                    of_outer.iter().filter(|(_, inside, others)| *inside == Some(false) && others == all_else)
                {
                    add(&mut self.nested, Order::Inside(inner, outer), beside, within);
                }
            }
        }
    }

    /// A field by which most rows serve the higher sooner does so in all; of as many either way, too. So does a
    /// segment inside another, if most rows serve it sooner.
    fn each_order_points_one_way(&mut self) {
        let against: Vec<Step> = against_the_rest(&self.steps);
        let told =
            |step: &Step| against.iter().any(|known| (known.longer, known.shorter) == (step.longer, step.shorter));
        let mut nested = against_the_rest(&self.nested);
        nested.retain(|step| !step.higher_is_sooner && !told(step));
        self.told.extend(against.iter().chain(&nested).map(|step| ("table/against-the-order", step.longer)));
    }
}

fn against_the_rest(steps: &[Step]) -> Vec<Step> {
    let ways =
        |of: Order, sooner: bool| steps.iter().filter(|step| step.of == of && step.higher_is_sooner == sooner).count();
    let goes_against = |step: &&Step| {
        let (sooner, later) = (ways(step.of, true), ways(step.of, false));
        sooner > 0 && later > 0 && step.higher_is_sooner != (sooner >= later)
    };
    steps.iter().filter(goes_against).copied().collect()
}

/// A standard's targets, and the calendars that it counts.
struct Clock<'w> {
    world: &'w World,
    standard: &'w Standard,
    targets: Vec<Option<&'w Condition>>,
    counting: Vec<Option<&'w Condition>>,
}

impl<'w> Clock<'w> {
    fn new(world: &'w World, standard: &'w Standard) -> Self {
        let targets = standard.targets.iter().map(|row| row.when.as_ref()).collect();
        let counting = standard.counting.iter().map(|row| row.when.as_ref()).collect();
        Self { world, standard, targets, counting }
    }

    fn conditions(&self) -> impl Iterator<Item = &'w Condition> {
        self.targets.iter().chain(&self.counting).copied().flatten()
    }

    /// The rows of two cases of which one surely waits longer than the other.
    fn waits_longer(&self, longer: &Case, shorter: &Case) -> Option<(usize, usize)> {
        let ((longer, calendar), (shorter, other)) = (self.gets(longer)?, self.gets(shorter)?);
        let promise = |row: usize| self.standard.targets[row].gives;
        (calendar == other && is_longer(promise(longer), promise(shorter), &calendar)).then_some((longer, shorter))
    }

    /// The row and the calendar of a case, if both are certain.
    fn gets(&self, case: &Case) -> Option<(usize, Vec<usize>)> {
        let first = |rows: &[Option<&Condition>]| {
            let truths = rows.iter().map(|row| row.map_or(Some(true), |row| self.world.truth(row, case)));
            taken(&truths.collect::<Vec<_>>())
        };
        let calendar = match self.counting.is_empty() {
            true => Vec::new(),
            false => vec![self.standard.counting[first(&self.counting)?].gives],
        };
        Some((first(&self.targets)?, calendar))
    }

    /// What the rows ask, each once, segments as they are named.
    fn tests(&self) -> Vec<&'w Condition> {
        fn add<'w>(condition: &'w Condition, tests: &mut Vec<&'w Condition>) {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| add(part, tests)),
                Condition::Not(inner) => add(inner, tests),
                test => tests.push(test),
            }
        }
        let mut tests = Vec::new();
        self.conditions().for_each(|condition| add(condition, &mut tests));
        tests
    }

    /// Segments that the rows name, each with another that all its cases belong to, and more.
    fn nested_segments(&self, cases: &[Case]) -> BTreeSet<(usize, usize)> {
        let named = self.tests().into_iter().filter_map(|test| match test {
            Condition::Segment(segment) => Some(*segment),
            _ => None,
        });
        let named: BTreeSet<usize> = named.collect();
        let truth = |segment: usize, case: &Case| self.world.truth(&self.world.segments[segment], case);
        let is_inside = |inner: usize, outer: usize| {
            cases.iter().all(|case| truth(inner, case) != Some(true) || truth(outer, case) == Some(true))
                && cases.iter().any(|case| truth(inner, case) == Some(false) && truth(outer, case) == Some(true))
        };
        let pairs = named.iter().flat_map(|inner| named.iter().map(move |outer| (*inner, *outer)));
        pairs.filter(|(inner, outer)| is_inside(*inner, *outer)).collect()
    }
}

/// The first row that holds, if none before it is unknown.
fn taken(rows: &[Option<bool>]) -> Option<usize> {
    let row = rows.iter().position(|row| *row != Some(false))?;
    rows[row].map(|_| row)
}

/// Whether one promise surely gives more time than another, by the minutes that each calendar is open.
fn is_longer(one: Promise, other: Promise, calendars: &[usize]) -> bool {
    match (one, other) {
        (Promise::WorkingDays(one), Promise::WorkingDays(other))
        | (Promise::CalendarDays(one), Promise::CalendarDays(other)) => one > other,
        (Promise::Minutes(_) | Promise::WorkingDays(_) | Promise::CalendarDays(_), Promise::AtOnce) => true,
        _ if calendars.is_empty() => {
            let minutes = |promise| match promise {
                Promise::Minutes(minutes) => Some((minutes, minutes)),
                Promise::CalendarDays(days) => Some((24 * HOUR * days - HOUR, 24 * HOUR * days + 25 * HOUR)),
                _ => None,
            };
            minutes(one).zip(minutes(other)).is_some_and(|(one, other)| one.0 > other.1)
        }
        _ => {
            let open = || calendars.iter().map(|calendar| CALENDARS[*calendar].2);
            let (least, most) = (open().min().unwrap_or_default(), open().max().unwrap_or_default());
            let minutes = |promise| match promise {
                Promise::Minutes(minutes) => Some((minutes, minutes)),
                Promise::WorkingDays(days) => Some((least * days, most * (days + 2))),
                _ => None,
            };
            minutes(one).zip(minutes(other)).is_some_and(|(one, other)| one.0 > other.1)
        }
    }
}
