//! The `mot` command.

fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let mut sources = mot::source::Sources::new();
    let id = sources.add(mot::source::SourceFile::new(path, text));
    let Some(file) = sources.get(id).cloned() else { return };
    let (tree, mut faults) = mot::syntax::parse(id, &file);
    let (graph, more) = mot::graph::build(&[tree], &sources);
    faults.extend(more);
    println!("{} standards, {} faults", graph.standards.len(), faults.len());
    for fault in faults {
        println!("{}", mot::diagnostic::render(&fault, &sources, false, 100));
    }
}
