//! Declarations as lines of the canonical form, so that neither comments nor layout nor language make a difference.

use super::Version;

use crate::syntax::language::Language;
use crate::syntax::print::print;
use crate::syntax::tree;

/// The word that a declaration begins with, and its name.
pub type Heading = (String, String);

/// The declarations of two versions, those of one heading together: first all of the new one, in its order, then those
/// that are gone.
pub fn paired(old: Version<'_>, new: Version<'_>) -> Vec<(Heading, [Option<Vec<String>>; 2])> {
    let mut before = declared(old.trees);
    let mut pairs: Vec<(Heading, [Option<Vec<String>>; 2])> = Vec::new();
    for (heading, lines) in declared(new.trees) {
        let same = before.iter().position(|(known, _)| *known == heading);
        let before = same.map(|index| before.remove(index).1);
        pairs.push((heading, [before, Some(lines)]));
    }
    pairs.extend(before.into_iter().map(|(heading, lines)| (heading, [Some(lines), None])));
    pairs
}

/// The lines that only the one has, and those that only the other has, each in their order.
pub fn between(before: Vec<String>, now: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut put_in = now;
    let mut taken_out = Vec::new();
    for line in before {
        match put_in.iter().position(|known| *known == line) {
            Some(index) => {
                put_in.remove(index);
            }
            None => taken_out.push(line),
        }
    }
    (taken_out, put_in)
}

fn declared(files: &[tree::File]) -> Vec<(Heading, Vec<String>)> {
    let mut all: Vec<(Heading, Vec<String>)> = Vec::new();
    for declaration in files.iter().flat_map(|file| &file.declarations) {
        if matches!(declaration.node, tree::Declaration::Scenario(_) | tree::Declaration::Use(_)) {
            continue;
        }
        let alone = tree::File { declarations: vec![declaration.clone()], ..tree::File::default() };
        let text = print(&alone, "", Language::English);
        let lines: Vec<String> = text.lines().flat_map(clauses).collect();
        let heading = lines.first().map(|line| heading(line)).unwrap_or_default();
        match all.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, known)) => known.extend(lines),
            None => all.push((heading, lines)),
        }
    }
    all
}

/// The clauses on a line, without the marks of the block and the blanks that align them.
fn clauses(line: &str) -> Vec<String> {
    let one_blank = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = one_blank.trim_end_matches('{').trim_end_matches('}').trim();
    if line.is_empty() { Vec::new() } else { vec![line.to_owned()] }
}

/// `standard answer "Answer promptly" for hotline` is `standard` and `answer`.
fn heading(line: &str) -> Heading {
    let mut words = line.split_whitespace();
    let kind = words.next().unwrap_or_default().to_owned();
    let name = words.next().unwrap_or_default().trim_matches(|mark| [',', '`'].contains(&mark));
    (kind, name.to_owned())
}
