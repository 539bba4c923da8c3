//! What differs between two versions of standards, for people who have to agree to it.
//!
//! Of each promise: in which ways it asks less or more, each with a case that shows it. Of every declaration: the
//! lines that were taken out and put in, comments and layout aside. Scenarios promise nothing, and are left out.

mod json;
mod lines;
mod text;

use serde::Serialize;

use crate::compare::{Found, Looser, PromiseChange, Side, changes};
use crate::graph::{Graph, PromiseId};
use crate::report::Format;
use crate::source::{Sources, Span};
use crate::syntax::tree;

/// The formats of comparisons; the first is the usual one.
pub const FORMATS: &[&dyn Format<[Differences]>] = &[&text::Text, &json::Json];

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Version<'v> {
    /// Its rules.
    pub graph: &'v Graph,
    /// Its texts.
    pub sources: &'v Sources,
    /// Its files.
    pub trees: &'v [tree::File],
}

/// What differs between two versions of a service.
#[derive(Clone, Debug, Serialize)]
pub struct Differences {
    /// The service.
    pub service: String,
    /// How many promises ask less in some way, or are gone.
    pub looser: usize,
    /// How many ask more in some way, or are new.
    pub stricter: usize,
    /// How many differ in a way that cannot be told.
    pub unclear: usize,
    /// What differs.
    pub differences: Vec<Difference>,
    /// How many declarations say the same in both.
    pub same: usize,
}

/// What became of one declaration.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The word that it begins with.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether it is new, gone, or in both.
    pub became: Became,
    /// The ways in which it asks less.
    pub looser: Vec<WayView>,
    /// The ways in which it asks more.
    pub stricter: Vec<WayView>,
    /// Why something cannot be compared.
    pub unclear: Vec<String>,
    /// Lines that were taken out.
    pub taken_out: Vec<String>,
    /// Lines that were put in.
    pub put_in: Vec<String>,
}

/// Whether a declaration is in one version or in both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// Only in the new one.
    New,
    /// Only in the old one.
    Gone,
    /// In both.
    Changed,
}

/// One way in which a promise asks less or more.
#[derive(Clone, Debug, Serialize)]
pub struct WayView {
    /// A case that shows it, in words.
    pub about: String,
    /// What was so.
    pub before: String,
    /// What is so now.
    pub now: String,
    /// Where the old version says so.
    pub old_place: String,
    /// Where the new one does.
    pub new_place: String,
}

impl Differences {
    /// What differs from the old version to the new one.
    pub fn between(old: Version<'_>, new: Version<'_>) -> Self {
        let promises = changes(new.graph, old.graph);
        let mut differences = Vec::new();
        let mut same = 0;
        for (heading, [before, now]) in lines::paired(old, new) {
            let change = promises.iter().find(|change| {
                let promise =
                    change.new.map(|promise| (new.graph, promise)).or(change.old.map(|promise| (old.graph, promise)));
                promise.is_some_and(|(graph, promise)| {
                    heading.0 == kind(promise) && heading.1 == graph.promise_name(promise)
                })
            });
            let difference = Difference::of(heading, before, now, change, (old, new));
            if difference.says_nothing() {
                same += 1;
            } else {
                differences.push(difference);
            }
        }
        let count = |such: fn(&Difference) -> bool| differences.iter().filter(|one| such(one)).count();
        Self {
            service: new.graph.service.name.clone(),
            looser: count(Difference::asks_less),
            stricter: count(Difference::asks_more),
            unclear: count(|one| !one.unclear.is_empty()),
            differences,
            same,
        }
    }
}

impl Difference {
    fn of(
        (kind, name): (String, String),
        before: Option<Vec<String>>,
        now: Option<Vec<String>>,
        change: Option<&PromiseChange>,
        (old, new): (Version<'_>, Version<'_>),
    ) -> Self {
        let became = match (&before, &now) {
            (None, _) => Became::New,
            (_, None) => Became::Gone,
            _ => Became::Changed,
        };
        let (taken_out, put_in) = lines::between(before.unwrap_or_default(), now.unwrap_or_default());
        let way = |found: &Found<Looser>, new_side: Side| {
            let phrase = found.what.phrase();
            let (old_side, old_span, new_span) = match new_side {
                Side::Mine => (Side::Other, found.other, found.mine),
                Side::Other => (Side::Mine, found.mine, found.other),
            };
            WayView {
                about: phrase.about.clone(),
                before: phrase.of(old_side).to_owned(),
                now: phrase.of(new_side).to_owned(),
                old_place: place(old.sources, old_span),
                new_place: place(new.sources, new_span),
            }
        };
        let looser = change.map(|change| change.looser.iter().map(|found| way(found, Side::Mine)).collect());
        let stricter = change.map(|change| change.stricter.iter().map(|found| way(found, Side::Other)).collect());
        let mut unclear: Vec<String> = Vec::new();
        for doubt in change.iter().flat_map(|change| &change.undecided) {
            let words = doubt.what.words();
            if !unclear.contains(&words) {
                unclear.push(words);
            }
        }
        let (looser, stricter) = (looser.unwrap_or_default(), stricter.unwrap_or_default());
        Self { kind, name, became, looser, stricter, unclear, taken_out, put_in }
    }

    /// Whether it is a promise.
    pub fn is_a_promise(&self) -> bool {
        ["standard", "behaviour", "level", "scorecard", "authority"].contains(&self.kind.as_str())
    }

    /// Whether it asks less, in some way.
    pub fn asks_less(&self) -> bool {
        !self.looser.is_empty() || (self.is_a_promise() && self.became == Became::Gone)
    }

    /// Whether it asks more, in some way.
    pub fn asks_more(&self) -> bool {
        !self.stricter.is_empty() || (self.is_a_promise() && self.became == Became::New)
    }

    fn says_nothing(&self) -> bool {
        self.became == Became::Changed
            && self.taken_out.is_empty()
            && self.put_in.is_empty()
            && self.looser.is_empty()
            && self.stricter.is_empty()
    }
}

/// The word that the declaration of a promise begins with.
fn kind(promise: PromiseId) -> &'static str {
    match promise {
        PromiseId::Standard(_) => "standard",
        PromiseId::Behaviour(_) => "behaviour",
        PromiseId::Level(_) => "level",
        PromiseId::Scorecard(_) => "scorecard",
        PromiseId::Authority(_) => "authority",
    }
}

fn place(sources: &Sources, span: Span) -> String {
    sources.location(span)
}
