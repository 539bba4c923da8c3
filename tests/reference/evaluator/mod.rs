//! The evaluator: walks a case minute by minute and does what the language page says.

mod book;
mod exemption;
mod extension;
mod instance;
mod passing;
mod rules;
mod scene;

use std::collections::VecDeque;

use self::book::Book;
use self::scene::{Scene, Surroundings};
use super::model::*;

/// What came of a clock or of a duty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    Met,
    Breached,
    Exempt,
    Cancelled,
    Undetermined,
    NoTarget,
    Running,
    AtRisk,
    Paused,
}

/// What was found in a case.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Found {
    pub clocks: Vec<Clock>,
    pub grants: Vec<Grant>,
}

/// What came of one clock.
#[derive(Clone, PartialEq, Debug)]
pub struct Clock {
    pub standard: usize,
    pub key: Key,
    pub start: Minute,
    pub ordinal: usize,
    pub verdict: Verdict,
    pub due: Option<Minute>,
    pub stop: Option<Minute>,
    pub elapsed: Minute,
    pub overshoot: Minute,
    pub duties: Vec<Duty>,
}

/// The `per` value of a clock; one for all without `per`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Key {
    Whole,
    /// Before all others, as the engine has them.
    Unknown,
    Leg(i64),
}

/// What came of an escalation that fell due.
#[derive(Clone, PartialEq, Debug)]
pub struct Duty {
    pub level: usize,
    pub due: Minute,
    pub verdict: Verdict,
}

/// What came of a grant of more time that was spoken to a running clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Grant {
    pub standard: usize,
    /// Which of the standard's `extend` lines.
    pub line: usize,
    pub key: Key,
    pub at: Minute,
    pub came_to: GrantOutcome,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GrantOutcome {
    Extended,
    /// It cannot be told whether it was one, or by whom.
    NotSaid,
    Late,
    NotAuthorised,
    Twice,
    ExtendsNothing,
}

/// Judges every case of a world.
pub fn judge(world: &World) -> Vec<Found> {
    let times = || world.cases.iter().flatten().map(|event| event.at);
    let (Some(first), Some(last)) = (times().min(), times().max()) else {
        return vec![Found::default(); world.cases.len()];
    };
    let around = Surroundings::of(world, first, last);
    world.cases.iter().map(|events| Case::judge(&around, events)).collect()
}

/// Something that happened: an event of the log, or what came of a standard.
#[derive(Clone, Debug)]
struct Happening {
    at: Minute,
    what: What,
    /// Whether it is known that it happened at all.
    is_sure: bool,
    own: Own,
    /// The leg of which it speaks, if it speaks of one and not of all.
    leg: Option<Value>,
    /// Who decided it: the role that its own field names, else the one in which somebody did it.
    role: Option<usize>,
}

/// Fires one thing at a minute, if there is any.
type Fire<'w> = fn(&mut Book<'w>, &Scene<'_>, Minute) -> bool;

/// A case as it stands.
struct Case<'w> {
    scene: Scene<'w>,
    /// In the order in which the standards are written.
    books: Vec<Book<'w>>,
}

impl<'w> Case<'w> {
    fn judge(around: &'w Surroundings<'w>, events: &[Event]) -> Found {
        let books = around.world.as_written().into_iter().map(|standard| Book::of(around.world, standard)).collect();
        let mut case = Case { scene: Scene::before_all(around), books };
        let Some(first) = events.first() else { return Found::default() };
        let mut events = events.iter().peekable();
        for minute in first.at..=around.as_of {
            case.end_the_day(minute);
            while let Some(event) = events.next_if(|event| event.at == minute) {
                case.apply(event);
            }
            // What is due exactly at `as of` is open.
            if minute < around.as_of {
                case.fire(minute);
                case.tick(minute);
            }
        }
        let mut found = Found::default();
        for book in &case.books {
            book.settle(&case.scene, &mut found);
        }
        found
    }

    /// Case fields take the event's values, targets and exemptions follow, then it acts on the clocks.
    fn apply(&mut self, event: &Event) {
        let happening = self.scene.take(event);
        for book in &mut self.books {
            book.follow_targets(&self.scene, event.at);
        }
        let breaches = self.news();
        for book in &mut self.books {
            book.look_at_exemptions(&self.scene, event.at);
        }
        self.act(&happening);
        let consequences = breaches.into_iter().chain(self.news()).collect();
        self.deliver(consequences);
    }

    /// What fires at an instant, after its events. A promise that waits for another one hears of it before
    /// its own time is over: what stops it at due is in time.
    fn fire(&mut self, now: Minute) {
        for book in &mut self.books {
            book.pass_edges(&self.scene, now);
        }
        for depth in 0..self.books.len() {
            while self.fire_one(depth, now) {
                let consequences = self.news();
                self.deliver(consequences);
            }
        }
    }

    /// What is over with the end of a day is so before anything of the next day happens.
    fn end_the_day(&mut self, now: Minute) {
        let fire: [Fire<'w>; 2] = [Book::fall_due_with_the_day, Book::end_duty_with_the_day];
        for depth in 0..self.books.len() {
            while self.fire_one_of(depth, now, &fire) {
                let consequences = self.news();
                self.deliver(consequences);
            }
        }
    }

    /// The first thing that fires of the promises that wait for so many others, if anything does: time is
    /// over, a part of it is, a level is reached, a duty is over, a delayed clock starts.
    fn fire_one(&mut self, depth: usize, now: Minute) -> bool {
        let fire: [Fire<'w>; 5] =
            [Book::fall_due, Book::pass_part, Book::pass_level, Book::end_duty, Book::start_delayed];
        self.fire_one_of(depth, now, &fire)
    }

    fn fire_one_of(&mut self, depth: usize, now: Minute, what: &[Fire<'w>]) -> bool {
        let scene = &self.scene;
        what.iter().any(|fire| {
            let mut books = self.books.iter_mut().filter(|book| book.depth == depth);
            books.any(|book| fire(book, scene, now))
        })
    }

    /// What came about happens to the clocks in its turn, and so does what it brings about itself.
    fn deliver(&mut self, mut queue: VecDeque<Happening>) {
        while let Some(happening) = queue.pop_front() {
            self.act(&happening);
            queue.extend(self.news());
        }
    }

    fn act(&mut self, happening: &Happening) {
        for book in &mut self.books {
            book.act(&self.scene, happening);
        }
    }

    /// What has come about in the meantime, `met` last.
    fn news(&mut self) -> VecDeque<Happening> {
        let mut news = VecDeque::new();
        for book in &mut self.books {
            news.extend(book.fallen.drain(..));
        }
        for book in &mut self.books {
            news.extend(book.met.drain(..));
        }
        news
    }

    fn tick(&mut self, minute: Minute) {
        for book in &mut self.books {
            book.tick(&self.scene, minute);
        }
    }
}
