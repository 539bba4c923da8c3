//! Files that are versions of one service.

use std::path::PathBuf;

use super::Standards;

/// Reads and checks each of some files, with its path; those that are versions of one service, each for days of its
/// own, are read together.
pub fn load_all(files: &[PathBuf]) -> Vec<(PathBuf, Standards)> {
    let mut loaded: Vec<(PathBuf, Standards)> =
        files.iter().map(|file| (file.clone(), Standards::load(file))).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in 0..loaded.len() {
        let joins = |group: &&mut Vec<usize>| group.iter().all(|other| are_versions(&loaded, *other, index));
        match groups.iter_mut().find(joins) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    for group in groups.iter().filter(|group| group.len() > 1) {
        let paths: Vec<PathBuf> = group.iter().filter_map(|index| files.get(*index).cloned()).collect();
        for (index, standards) in group.iter().zip(Standards::load_versions(&paths)) {
            if let Some((_, alone)) = loaded.get_mut(*index) {
                *alone = standards;
            }
        }
    }
    loaded
}

/// Whether two files speak of one service, each on days of its own.
fn are_versions(loaded: &[(PathBuf, Standards)], one: usize, other: usize) -> bool {
    let service = |index: usize| loaded.get(index).map(|(_, standards)| &standards.graph.service);
    let Some((one, other)) = service(one).zip(service(other)) else { return false };
    match (one.effective, other.effective) {
        (Some(first), Some(second)) => {
            one.name == other.name && (first.last < second.first || second.last < first.first)
        }
        _ => false,
    }
}
