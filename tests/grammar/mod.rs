//! The language reference keeps its word: every example on `grammar/README.md` checks, its Chinese twin
//! says the same, and its log comes to the result that stands below it.
//!
//! `UPDATE_REFERENCE=1 cargo test grammar` writes twins and results anew; review them as a reader would.

use mot::source::{SourceFile, Sources};
use mot::syntax::language::Language;
use mot::syntax::print::format;
use mot::syntax::tree::File;

use super::eval;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/README.md");

#[test]
fn every_example_comes_to_what_the_page_says() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let blocks = blocks(&page);
    let frame = blocks.iter().find(|block| block.kind == "mot frame").unwrap().text.clone();
    let update = std::env::var_os("UPDATE_REFERENCE").is_some();
    let mut anew: Vec<(usize, String)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let standards = match block.kind.as_str() {
            "mot" => format!("{frame}{}", block.text),
            "mot alone" | "mot versions" => block.text.clone(),
            _ => continue,
        };
        let mut behind =
            blocks[index + 1..].iter().take_while(|next| !next.kind.starts_with("mot") || next.kind == TWIN);
        let behind: Vec<&Block> = behind.by_ref().take(3).collect();
        let of_kind = |kind: &str| behind.iter().find(|next| next.kind == kind);
        let at = format!("the example at line {} of the page", block.first_line);
        if let Some(twin) = of_kind(TWIN) {
            let written = format(&SourceFile::new("twin.mot", block.text.as_str()), Some(Language::Chinese)).unwrap();
            anew.push((twin.first_line, written));
            if !update {
                assert_eq!(tree(&twin.text), tree(&block.text), "the Chinese twin of {at}");
            }
        }
        let log = of_kind("log").map_or("", |log| log.text.as_str());
        let told = eval::judge(&format!("{standards}--- log\n{log}"));
        if let Some(result) = of_kind("result") {
            anew.push((result.first_line, format!("{told}\n")));
            if !update {
                assert_eq!(told, result.text.trim_end(), "{at}");
            }
        }
    }
    assert!(anew.len() > 60, "the page has its examples");
    if update {
        std::fs::write(PAGE, rewritten(&page, &anew)).unwrap();
    }
}

const TWIN: &str = "mot 中文";

fn tree(text: &str) -> File {
    let mut sources = Sources::new();
    let file = SourceFile::new("example.mot", text);
    let id = sources.add(file.clone());
    let (tree, faults) = mot::syntax::parse(id, &file);
    assert!(faults.is_empty(), "{faults:#?}");
    tree
}

/// A fenced block of the page.
struct Block {
    kind: String,
    /// The number of its first line behind the fence, from 0.
    first_line: usize,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(kind), None) => {
                open = Some(Block { kind: kind.to_owned(), first_line: number + 1, text: String::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
}

/// The page with other twins and results.
fn rewritten(page: &str, anew: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut in_block = false;
    for (number, line) in page.lines().enumerate() {
        if let Some((_, written)) = anew.iter().find(|(first, _)| *first == number) {
            text += written;
            in_block = true;
        }
        in_block &= !line.starts_with("```");
        if !in_block {
            text += &format!("{line}\n");
        }
    }
    text
}
