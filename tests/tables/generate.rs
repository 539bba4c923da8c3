//! Worlds at random, each from a number of its own.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use super::world::{Comparison, Condition, Field, Kind, Place, Promise, Row, Standard, World};

/// The most cases that a world may have.
const CASES: usize = 1_900;

/// The world of a number.
pub fn world(number: u64) -> World {
    let mut generator = Generator { random: ChaCha8Rng::seed_from_u64(number), world: World::default() };
    generator.vocabulary();
    generator.segments();
    for _ in 0..1 + generator.below(3) {
        let standard = generator.standard();
        generator.world.standards.push(standard);
    }
    if generator.chance(25) {
        generator.world.offers = generator.rows(AboutA::Case, |generator| 50 * (1 + generator.below(4)));
    }
    generator.world
}

/// What a condition may speak of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AboutA {
    /// The case alone.
    Case,
    /// An event, and when it was.
    Event,
    /// The event that starts a clock.
    Start,
}

struct Generator {
    random: ChaCha8Rng,
    world: World,
}

impl Generator {
    fn below(&mut self, count: i64) -> i64 {
        i64::from(self.random.next_u32()) % count
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let count = i64::try_from(from.len()).unwrap();
        from[usize::try_from(self.below(count)).unwrap()]
    }

    fn vocabulary(&mut self) {
        if self.chance(25) {
            let spans = [(2, 4), (4, 5), (5, 8), (3, 3), (7, 8)];
            self.world.periods = (0..1 + self.below(2)).map(|_| self.pick(&spans)).collect();
        }
        for index in 0..1 + self.below(4) {
            let ordered = Kind::Ordered(2 + self.below(3));
            let one_of = Kind::OneOf(2 + self.below(2));
            let kinds = [
                ordered,
                ordered,
                ordered,
                one_of,
                one_of,
                Kind::Bool,
                Kind::Bool,
                Kind::Number,
                Kind::Range,
                Kind::Money,
                Kind::Duration,
                Kind::Text,
                Kind::Date,
            ];
            let kind = self.pick(&kinds);
            let place = self.pick(&[Place::Case, Place::Case, Place::Case, Place::Opened, Place::Rated]);
            // A segment needs a field of the case.
            let place = if index == 0 { Place::Case } else { place };
            let optional = self.chance(30);
            self.world.fields.push(Field { place, kind, optional });
            if self.world.size() > CASES {
                self.world.fields.pop();
            }
        }
        // Never without a field: the largest one has few enough cases of its own.
        if self.world.fields.is_empty() {
            self.world.fields.push(Field { place: Place::Case, kind: Kind::Bool, optional: false });
        }
    }

    fn segments(&mut self) {
        for index in 0..usize::try_from(self.below(4)).unwrap() {
            let condition = self.condition(AboutA::Case);
            // Often inside the one before.
            let inside = index > 0 && self.chance(40);
            let before = || Condition::Segment(index - 1);
            let segment = if inside { Condition::All(vec![before(), condition]) } else { condition };
            self.world.segments.push(segment);
        }
    }

    fn standard(&mut self) -> Standard {
        let mut standard = Standard::default();
        if self.chance(15) {
            standard.start = Some(self.condition(AboutA::Start));
        }
        if self.chance(15) {
            standard.stop = Some(self.condition(AboutA::Event));
        }
        if self.chance(10) {
            let on = self.chance(60).then(|| self.condition(AboutA::Event));
            let resume = self.chance(60).then(|| self.condition(AboutA::Event));
            standard.pause = Some((on, resume));
        }
        match self.below(4) {
            0 => {}
            1 => standard.counting = self.rows(AboutA::Start, |generator| generator.pick(&[0, 1])),
            _ => standard.counting = vec![Row { when: None, gives: self.pick(&[0, 1]) }],
        }
        let counts = !standard.counting.is_empty();
        standard.targets = self.rows(AboutA::Start, |generator| generator.promise(counts));
        if self.chance(30) {
            // From sooner to later, as most tables are written; the last for all others.
            standard.targets.sort_by_key(|row| (row.when.is_none(), length(row.gives)));
        }
        if self.chance(15) {
            standard.beyond = self.rows(AboutA::Start, |generator| generator.pick(&[10, 20]));
        }
        if self.chance(20) {
            standard.severity = self.rows(AboutA::Start, |generator| generator.pick(&[0, 1, 2]));
            // A second word for every case is a clause said twice.
            let first = standard.severity.iter().position(|row| row.when.is_none());
            let mut index = 0;
            standard.severity.retain(|row| {
                index += 1;
                row.when.is_some() || Some(index - 1) == first
            });
        }
        standard
    }

    fn promise(&mut self, counts: bool) -> Promise {
        match self.below(20) {
            0 => Promise::NoTarget,
            1 => Promise::DueAt,
            2 => Promise::AtOnce,
            3..=5 => Promise::CalendarDays(1 + self.below(3)),
            6..=10 if counts => Promise::WorkingDays(1 + self.below(3)),
            _ => Promise::Minutes(self.pick(&[30, 60, 120, 240, 480, 720, 960, 2400, 3000])),
        }
    }

    fn rows<T>(&mut self, about: AboutA, mut gives: impl FnMut(&mut Self) -> T) -> Vec<Row<T>> {
        if self.chance(30) {
            return self.rows_by_value(about, gives);
        }
        let count = 1 + self.below(5);
        let mut rows = Vec::new();
        for index in 0..count {
            let without = if index + 1 == count { 60 } else { 2 };
            let when = (!self.chance(without)).then(|| self.condition(about));
            rows.push(Row { when, gives: gives(self) });
        }
        rows
    }

    /// A row for each value of a field, as most tables are written; some of them for fewer cases, some for more.
    fn rows_by_value<T>(&mut self, about: AboutA, mut gives: impl FnMut(&mut Self) -> T) -> Vec<Row<T>> {
        let field = self.field(about);
        let mut rows = Vec::new();
        for value in constants(self.world.fields[field].kind).into_iter().rev() {
            let is = Condition::Compare(field, Comparison::Is, value);
            let when = match self.below(10) {
                0 => Condition::Any(vec![is, self.test(about)]),
                1..=3 => Condition::All(vec![self.test(about), is]),
                _ => is,
            };
            rows.push(Row { when: Some(when), gives: gives(self) });
        }
        if self.chance(80) {
            rows.push(Row { when: None, gives: gives(self) });
        }
        rows
    }

    fn condition(&mut self, about: AboutA) -> Condition {
        self.condition_of(about, 2)
    }

    fn condition_of(&mut self, about: AboutA, depth: i64) -> Condition {
        let kind = if depth == 0 { 99 } else { self.below(100) };
        match kind {
            0..14 => Condition::All(self.parts(about, depth)),
            14..28 => Condition::Any(self.parts(about, depth)),
            28..34 => Condition::Not(Box::new(self.condition_of(about, depth - 1))),
            _ => self.test(about),
        }
    }

    fn parts(&mut self, about: AboutA, depth: i64) -> Vec<Condition> {
        (0..2 + self.below(2)).map(|_| self.condition_of(about, depth - 1)).collect()
    }

    fn test(&mut self, about: AboutA) -> Condition {
        let segments = i64::try_from(self.world.segments.len()).unwrap();
        if segments > 0 && self.chance(25) {
            return Condition::Segment(usize::try_from(self.below(segments)).unwrap());
        }
        let periods = i64::try_from(self.world.periods.len()).unwrap();
        if periods > 0 && about != AboutA::Case && self.chance(25) {
            return Condition::StartedIn(usize::try_from(self.below(periods)).unwrap());
        }
        let field = self.field(about);
        self.test_of(field)
    }

    /// A field that a sentence may read.
    fn field(&mut self, about: AboutA) -> usize {
        let may_be_read = |field: &usize| about == AboutA::Start || self.world.fields[*field].place != Place::Opened;
        let fields: Vec<usize> = (0..self.world.fields.len()).filter(may_be_read).collect();
        self.pick(&fields)
    }

    fn test_of(&mut self, field: usize) -> Condition {
        let kind = self.world.fields[field].kind;
        match (self.below(20), kind) {
            (0, _) => return Condition::Known(field),
            (1, _) => return Condition::Unknown(field),
            (2..=14, Kind::Bool) => return Condition::Yes(field),
            (2..=5, kind) if kind != Kind::Bool => return self.one_of(field),
            _ => {}
        }
        let ordered = !matches!(kind, Kind::Bool | Kind::OneOf(_) | Kind::Text);
        let comparison = match ordered {
            true => self.pick(&[
                Comparison::Is,
                Comparison::Is,
                Comparison::IsNot,
                Comparison::AtLeast,
                Comparison::AtMost,
                Comparison::MoreThan,
                Comparison::LessThan,
            ]),
            false => self.pick(&[Comparison::Is, Comparison::Is, Comparison::IsNot]),
        };
        let value = self.pick(&constants(kind));
        Condition::Compare(field, comparison, value)
    }

    fn one_of(&mut self, field: usize) -> Condition {
        let mut values = constants(self.world.fields[field].kind);
        values.retain(|_| self.chance(50));
        if values.is_empty() {
            return Condition::Known(field);
        }
        Condition::In(field, self.chance(60), values)
    }
}

/// The values that a field is compared with.
fn constants(kind: Kind) -> Vec<i64> {
    match kind {
        Kind::Ordered(count) | Kind::OneOf(count) => (0..count).collect(),
        Kind::Bool => vec![0, 1],
        Kind::Number | Kind::Range => vec![2, 4, 6],
        Kind::Money => vec![2, 4],
        Kind::Duration => vec![0, 2, 4],
        Kind::Text => vec![0, 1],
        Kind::Date => vec![2, 4, 5],
    }
}

/// Roughly how long a promise is, in minutes.
fn length(promise: Promise) -> i64 {
    match promise {
        Promise::AtOnce => 0,
        Promise::Minutes(minutes) => minutes,
        Promise::WorkingDays(days) => days * 600,
        Promise::CalendarDays(days) => days * 1_500,
        Promise::DueAt | Promise::NoTarget => i64::MAX,
    }
}
