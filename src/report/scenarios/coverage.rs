//! What scenarios exercise, for people and programs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::Graph;
use crate::report::Share;
use crate::scenario::coverage::{exercised, points};
use crate::scenario::Run;
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
    lines: BTreeMap<(String, usize), (&'static str, GapView, bool)>,
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

impl CoverageView {
    /// What some runs exercise of a file and the files it uses.
    pub fn new(graph: &Graph, sources: &Sources, runs: &[Run]) -> Self {
        let tried: BTreeSet<_> = runs.iter().flat_map(|run| exercised(graph, &run.evaluation)).collect();
        let mut lines = BTreeMap::new();
        for place in points(graph) {
            let file = sources.get(place.span.file).map(|file| file.name().to_owned()).unwrap_or_default();
            let (kind, kinds) = place.point.kind();
            let said = sources.slice(place.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let gap = GapView { written: sources.location(place.span), kind, of: place.of, said };
            lines.insert((file, place.span.start), (kinds, gap, tried.contains(&place.point)));
        }
        Self::of(lines)
    }

    /// Several together: a line that two files use is exercised if it is in either.
    pub fn together<'a>(views: impl IntoIterator<Item = &'a CoverageView>) -> Self {
        let mut lines: BTreeMap<(String, usize), (&'static str, GapView, bool)> = BTreeMap::new();
        for (place, (kinds, gap, tried)) in views.into_iter().flat_map(|view| &view.lines) {
            let known = lines.entry(place.clone()).or_insert_with(|| (*kinds, gap.clone(), false));
            known.2 |= tried;
        }
        Self::of(lines)
    }

    fn of(lines: BTreeMap<(String, usize), (&'static str, GapView, bool)>) -> Self {
        let mut exercised = Share::default();
        let mut kinds: Vec<KindView> = Vec::new();
        for (kind, _, tried) in lines.values() {
            let index = kinds.iter().position(|known| known.kind == *kind).unwrap_or_else(|| {
                kinds.push(KindView { kind: *kind, exercised: Share::default() });
                kinds.len() - 1
            });
            for share in kinds.get_mut(index).map(|kind| &mut kind.exercised).into_iter().chain([&mut exercised]) {
                share.part += u64::from(*tried);
                share.whole += 1;
            }
        }
        let gaps = lines.values().filter(|(_, _, tried)| !tried).map(|(_, gap, _)| gap.clone());
        Self { exercised, kinds, not_exercised: gaps.collect(), lines }
    }
}
