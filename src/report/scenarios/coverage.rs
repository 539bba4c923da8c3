//! What scenarios exercise, for people and programs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::Graph;
use crate::report::Share;
use crate::scenario::Run;
use crate::scenario::coverage::{Place, exercised, points};
use crate::source::Sources;

/// What the scenarios of a file, or of all files, exercise.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CoverageView {
    /// Lines that a scenario exercises, among all that one could.
    pub exercised: Share,
    /// The same, by kind of line.
    pub kinds: Vec<KindView>,
    /// The lines that no scenario exercises.
    pub not_exercised: Vec<GapView>,
    /// Every line, by place, with whether it is exercised.
    #[serde(skip)]
    lines: BTreeMap<(String, usize), Line>,
}

/// What is exercised of one kind of line.
#[derive(Clone, Debug, Serialize)]
pub struct KindView {
    /// The kind.
    pub kind: &'static str,
    /// Exercised among all.
    pub exercised: Share,
}

/// A line that no scenario exercises.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    /// Where it is written.
    pub written: String,
    /// What kind of line it is.
    pub kind: &'static str,
    /// The declaration it stands in.
    pub of: String,
    /// What it says.
    pub said: String,
}

/// A line that a scenario could exercise.
#[derive(Clone, Debug)]
struct Line {
    kinds: &'static str,
    view: GapView,
    tried: bool,
}

impl CoverageView {
    /// What some runs exercise of a file and the files it uses.
    pub fn new(graph: &Graph, sources: &Sources, runs: &[Run]) -> Self {
        let tried: BTreeSet<_> = runs.iter().flat_map(|run| exercised(graph, &run.evaluation)).collect();
        let line = |place: Place| {
            let file = sources.get(place.span.file).map(|file| file.name().to_owned()).unwrap_or_default();
            let (kind, kinds) = place.point.kind();
            let said = sources.slice(place.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let view = GapView { written: sources.location(place.span), kind, of: place.of, said };
            ((file, place.span.start), Line { kinds, view, tried: tried.contains(&place.point) })
        };
        Self::of(points(graph).into_iter().map(line).collect())
    }

    /// Several together: a line that two files use is exercised if it is in either.
    pub fn together<'a>(views: impl IntoIterator<Item = &'a CoverageView>) -> Self {
        let mut lines: BTreeMap<(String, usize), Line> = BTreeMap::new();
        for (place, line) in views.into_iter().flat_map(|view| &view.lines) {
            let known = lines.entry(place.clone()).or_insert_with(|| line.clone());
            known.tried |= line.tried;
        }
        Self::of(lines)
    }

    fn of(lines: BTreeMap<(String, usize), Line>) -> Self {
        let mut exercised = Share::default();
        let mut kinds: Vec<KindView> = Vec::new();
        for line in lines.values() {
            count(&mut exercised, line.tried);
            match kinds.iter_mut().find(|known| known.kind == line.kinds) {
                Some(known) => count(&mut known.exercised, line.tried),
                None => {
                    let mut first = Share::default();
                    count(&mut first, line.tried);
                    kinds.push(KindView { kind: line.kinds, exercised: first });
                }
            }
        }
        let not_exercised = lines.values().filter(|line| !line.tried).map(|line| line.view.clone()).collect();
        Self { exercised, kinds, not_exercised, lines }
    }
}

fn count(share: &mut Share, tried: bool) {
    share.part += u64::from(tried);
    share.whole += 1;
}
