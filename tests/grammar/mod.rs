//! The language reference keeps its word: every example on `grammar/README.md` checks, and its log comes
//! to the result that stands below it.
//!
//! `UPDATE_REFERENCE=1 cargo test grammar` writes the results anew; review them as a reader would.

use super::eval;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/README.md");

#[test]
fn every_example_comes_to_what_the_page_says() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let blocks = blocks(&page);
    let frame = blocks.iter().find(|block| block.kind == "mot frame").unwrap().text.clone();
    let mut results: Vec<(usize, String)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if block.kind == "mot" || block.kind == "mot alone" {
            let standards = if block.kind == "mot" { format!("{frame}{}", block.text) } else { block.text.clone() };
            let log = blocks.get(index + 1).filter(|next| next.kind == "log").map_or("", |log| log.text.as_str());
            let told = eval::judge(&format!("{standards}--- log\n{log}"));
            if let Some(result) = blocks.get(index + 2).filter(|next| !log.is_empty() && next.kind == "result") {
                results.push((result.first_line, format!("{told}\n")));
                if std::env::var_os("UPDATE_REFERENCE").is_none() {
                    assert_eq!(told, result.text.trim_end(), "the example at line {} of {PAGE}", block.first_line);
                }
            }
        }
    }
    assert!(results.len() > 25, "the page has its examples");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(PAGE, rewritten(&page, &results)).unwrap();
    }
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

/// The page with other results.
fn rewritten(page: &str, results: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut in_result = false;
    for (number, line) in page.lines().enumerate() {
        if let Some((_, result)) = results.iter().find(|(first, _)| *first == number) {
            text += result;
            in_result = true;
        }
        in_result &= !line.starts_with("```");
        if !in_result {
            text += &format!("{line}\n");
        }
    }
    text
}
