//! The rules of the house: files form no circle, no room knows one above it, and a long file says why it is long.
//!
//! What counts is every path by which a file names another, in `use` and in code. What a module offers of its own children
//! (`pub use`) is its face, and no import; tests are left out, and so are paths within macros.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, UseTree, VisRestricted, Visibility};

/// The rooms from the lowest up: each knows only rooms before it.
const ROOMS: [&str; 18] = [
    "source",
    "diagnostic",
    "calendar",
    "vocabulary",
    "graph",
    "syntax",
    "log",
    "resolve",
    "proofs",
    "compare",
    "check",
    "engine",
    "scenario",
    "report",
    "sample",
    "project",
    "api",
    "cli",
];

/// A longer file is two rooms, or says at its head why it is not.
const LONG: usize = 500;

/// A module by its path: `["engine", "case", "apply"]`.
type Module = Vec<String>;

#[test]
fn files_form_no_circle() {
    let imports = imports();
    let circles: Vec<String> = circles(&imports).iter().map(|circle| shown(circle, &imports)).collect();
    assert!(circles.is_empty(), "files import each other:\n{}", circles.join("\n"));
}

#[test]
fn no_room_knows_one_above_it() {
    let height = |module: &Module| {
        let room = module.first()?;
        Some(ROOMS.iter().position(|known| known == room).unwrap_or_else(|| panic!("`{room}` is none of the rooms")))
    };
    let mut upwards = Vec::new();
    for (module, imported) in imports() {
        for other in imported {
            if height(&module) < height(&other) && height(&module).is_some() {
                upwards.push(format!("{} imports {}", module.join("/"), other.join("/")));
            }
        }
    }
    assert!(upwards.is_empty(), "{}", upwards.join("\n"));
}

#[test]
fn a_long_file_says_why() {
    let mut long = Vec::new();
    for (path, text) in files() {
        let says_why = text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains("Long, for"));
        if text.lines().count() > LONG && !says_why {
            long.push(path.display().to_string());
        }
    }
    assert!(long.is_empty(), "more than {LONG} lines, and no `//! Long, for …` at the head: {long:?}");
}

#[test]
fn recipes_name_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("src/recipes.md")).unwrap();
    let is_path = |said: &&str| {
        let begins = ["src/", "grammar/", "tests/"].iter().any(|folder| said.starts_with(folder));
        begins && !said.contains("NAME")
    };
    let named: Vec<&str> = text.split('`').filter(is_path).collect();
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(missing.is_empty(), "the recipes name files that are not there: {missing:?}");
}

#[test]
fn each_format_is_a_file_and_a_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // Where the list stands, and what a file of a format says.
    let lists = [
        ("report/evaluation", "impl Format<"),
        ("report/scenarios", "impl Format<"),
        ("report/differences", "impl Format<"),
        ("report/drawing", "impl Format<"),
        ("log/formats", "pub const FORMAT: Format"),
    ];
    for (folder, sign) in lists {
        let list = fs::read_to_string(root.join(folder).join("mod.rs")).unwrap();
        let (_, list) = list.split_once("pub const FORMATS").or(list.split_once("pub const ALL")).unwrap();
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let is_file = path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("mod.rs");
            if is_file && fs::read_to_string(&path).unwrap().contains(sign) {
                let name = path.file_stem().unwrap().to_str().unwrap();
                assert!(list.contains(&format!("{name}::")), "`{name}` is in no list of {folder}");
            }
        }
    }
}

#[test]
fn circles_are_found() {
    let module = |name: &str| vec![name.to_owned()];
    let graph = [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["a", "d"]), ("d", vec![])];
    let graph: BTreeMap<Module, BTreeSet<Module>> =
        graph.iter().map(|(from, to)| (module(from), to.iter().map(|to| module(to)).collect())).collect();
    assert_eq!(circles(&graph), [BTreeSet::from(["a", "b", "c"].map(module))]);
}

/// Every file of `src`, with its text.
fn files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// What each module imports of the others; tests apart.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files();
    let modules: BTreeMap<Module, &String> =
        files.iter().map(|(path, text)| (module_of(path.strip_prefix(&root).unwrap()), text)).collect();
    let modules: BTreeMap<Module, &String> =
        modules.into_iter().filter(|(module, _)| !module.iter().any(|part| part == "tests")).collect();
    let imported = |module: &Module, text: &str| {
        let mut named = Named::default();
        named.visit_file(&syn::parse_file(text).unwrap());
        let paths = named.0;
        let targets = paths.iter().filter_map(|path| target(module, path, |known| modules.contains_key(known)));
        targets.filter(|target| target != module).collect::<BTreeSet<Module>>()
    };
    modules.iter().map(|(module, text)| (module.clone(), imported(module, text))).collect()
}

/// The paths that a file names.
#[derive(Default)]
struct Named(Vec<Module>);

impl Visit<'_> for Named {
    fn visit_item_use(&mut self, item: &ItemUse) {
        let mut paths = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut paths);
        let is_face = !matches!(item.vis, Visibility::Inherited);
        let is_elsewhere = |path: &Module| path.first().is_some_and(|first| first == "crate");
        self.0.extend(paths.into_iter().filter(|path| !is_face || is_elsewhere(path)));
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let parts: Module = path.segments.iter().map(|part| part.ident.to_string()).collect();
        // A path that begins otherwise names what an import names.
        if parts.first().is_some_and(|first| first == "crate" || first == "super") {
            self.0.push(parts);
        }
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        if !item.attrs.iter().any(is_for_tests) {
            visit::visit_item_mod(self, item);
        }
    }

    /// `pub(super)` names nobody.
    fn visit_vis_restricted(&mut self, _: &VisRestricted) {}
}

fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|asked| asked.is_ident("test"))
}

/// `engine/case/mod.rs` is the module `engine::case`; `lib.rs` and `main.rs` are the roots.
fn module_of(path: &Path) -> Module {
    let mut parts: Module = path.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib" && parts.len() == 1) {
        parts.pop();
    }
    parts
}

fn flatten(tree: &UseTree, before: &mut Module, paths: &mut Vec<Module>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, paths);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, paths)),
        UseTree::Name(name) => paths.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        UseTree::Rename(name) => paths.push([before.as_slice(), &[name.ident.to_string()]].concat()),
        UseTree::Glob(_) => paths.push(before.clone()),
    }
}

/// The file that a path names: the longest part of it that is one.
fn target(module: &Module, path: &Module, is_module: impl Fn(&Module) -> bool) -> Option<Module> {
    let mut here = module.clone();
    let mut rest = path.as_slice();
    match rest.first()?.as_str() {
        "crate" => {
            here.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {}
        // A child, or another crate.
        child if is_module(&[module.as_slice(), &[child.to_owned()]].concat()) => {}
        _ => return None,
    }
    while rest.first().is_some_and(|part| part == "super") {
        here.pop();
        rest = &rest[1..];
    }
    let mut found = [here.as_slice(), rest].concat();
    while !is_module(&found) {
        found.pop()?;
    }
    Some(found)
}

/// The groups of modules each of which leads to each: what is reached from it, and reaches it.
fn circles(graph: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<Module>> {
    let reached = |from: &Module| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&Module> = graph.get(from).into_iter().flatten().collect();
        while let Some(module) = next.pop() {
            if seen.insert(module.clone()) {
                next.extend(graph.get(module).into_iter().flatten());
            }
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> = graph.keys().map(|module| (module, reached(module))).collect();
    let mut found: Vec<BTreeSet<Module>> = Vec::new();
    for (module, others) in &reached {
        let is_back = |other: &&Module| reached.get(other).is_some_and(|back| back.contains(*module));
        let circle: BTreeSet<Module> = others.iter().filter(is_back).cloned().collect();
        if !circle.is_empty() && !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

fn shown(circle: &BTreeSet<Module>, imports: &BTreeMap<Module, BTreeSet<Module>>) -> String {
    let line = |module: &Module| {
        let others = imports[module].intersection(circle).map(|other| other.join("::"));
        format!("  {} imports {}", module.join("::"), others.collect::<Vec<_>>().join(", "))
    };
    circle.iter().map(line).collect::<Vec<_>>().join("\n")
}
