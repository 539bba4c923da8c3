//! The table of what is asked of service standards: each row names the line that says it, or why none does.
//!
//! ```text
//! | 61 | Progress updates while waiting | [`bank/bank.mot:120`](bank/bank.mot#L120) `standard tell_delay` |
//! | 47 | Streaming evaluation | not said in a standard: … |
//! ```

use super::library;

/// How many rows there are.
const ROWS: usize = 189;

struct Row {
    number: usize,
    said: Option<Said>,
}

/// A line of the library.
struct Said {
    file: String,
    line: usize,
    /// How the line begins.
    begins: String,
    /// The cell as written.
    link: String,
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.trim().strip_prefix('|')?.strip_suffix('|')?.split(" | ").map(str::trim).collect();
    let [number, _, said] = cells.as_slice() else { return None };
    let number = number.parse().ok()?;
    if said.starts_with("not said") {
        return Some(Row { number, said: None });
    }
    let (link, begins) = said.split_once(") `").unwrap_or_else(|| panic!("row {number} points to no line: {said}"));
    let place = link.strip_prefix("[`").and_then(|link| link.split('`').next()).unwrap();
    let (file, line) = place.split_once(':').unwrap();
    let said = Said {
        file: file.to_owned(),
        line: line.parse().unwrap(),
        begins: begins.trim_end_matches('`').to_owned(),
        link: format!("{link})"),
    };
    Some(Row { number, said: Some(said) })
}

fn catalogue() -> (std::path::PathBuf, String) {
    let path = library().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

#[test]
fn each_row_points_to_a_line_that_says_it() {
    let (path, text) = catalogue();
    let mut mended = text.clone();
    let mut wrong = Vec::new();
    for Row { number, said } in text.lines().filter_map(row) {
        let Some(said) = said else { continue };
        let standards = std::fs::read_to_string(library().join(&said.file)).unwrap_or_default();
        let found = |line: &str| line.trim_start().starts_with(&said.begins);
        if standards.lines().nth(said.line.wrapping_sub(1)).is_some_and(found) {
            continue;
        }
        match standards.lines().position(found) {
            Some(line) => {
                let (file, line) = (&said.file, line + 1);
                mended = mended.replace(
                    &format!("{} `{}`", said.link, said.begins),
                    &format!("[`{file}:{line}`]({file}#L{line}) `{}`", said.begins),
                );
                wrong.push(format!("{number}: it stands in line {line}"));
            }
            None => wrong.push(format!("{number}: no line of {} begins with `{}`", said.file, said.begins)),
        }
    }
    if std::env::var_os("UPDATE_CATALOGUE").is_some() {
        std::fs::write(path, mended).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong:#?}\nUPDATE_CATALOGUE=1 mends what stands in another line");
}

#[test]
fn each_row_is_there_once() {
    let numbers: Vec<usize> = catalogue().1.lines().filter_map(row).map(|row| row.number).collect();
    assert_eq!(numbers, (1..=ROWS).collect::<Vec<_>>());
}
