//! Quotation marks that stand where they may not, and cells of many lines: rows must not vanish into one cell.

use crate::cli::Desk;
use crate::logs::{account, says};

fn opened(rows: usize) -> String {
    (0..rows).map(|row| format!("T{row},opened,2026-03-02 09:00,\n")).collect()
}

fn log(rows: &str) -> String {
    format!(
        "case,event,time,note\n{}{rows}{}",
        opened(2),
        "T0,resolved,2026-03-02 10:00,\nT1,resolved,2026-03-02 10:00,\n"
    )
}

#[test]
fn text_behind_a_closing_quotation_mark_is_no_cell() {
    let ran = Desk::new(&log("T2,\"opened\"x,2026-03-02 09:00,\nT3,opened,2026-03-02 09:00,\"a\" b\n")).mot(&["eval"]);
    says(
        account(&ran),
        &[
            "6 read = 4 mapped + 2 set aside",
            "log.csv:4 text behind a closing quotation mark: T2,\"opened\"x,2026-03-02 09:00,",
            "log.csv:5 text behind a closing quotation mark",
        ],
    );
}

#[test]
fn a_lone_quotation_mark_is_no_cell_either() {
    let ran = Desk::new(&log("T2,opened,2026-03-02 09:00,5\" disk\nT3, \"opened\",2026-03-02 09:00,\n")).mot(&["eval"]);
    let lone = "a quotation mark in a cell that is not in quotation marks";
    says(
        account(&ran),
        &["6 read = 4 mapped + 2 set aside", &format!("log.csv:4 {lone}"), &format!("log.csv:5 {lone}")],
    );
}

#[test]
fn a_mark_that_is_never_closed_is_told_on_the_last_line_too() {
    let ran = Desk::new(&format!("{}T2,opened,2026-03-02 09:00,\"note\n", log(""))).mot(&["eval"]);
    says(account(&ran), &["log.csv:6 a quotation mark is never closed: T2"]);
}

#[test]
fn a_mark_that_is_not_closed_swallows_no_rows() {
    let rows = format!("T2,\"opened,2026-03-02 09:00,\n{}T3,\"opened\",2026-03-02 09:00,\n", opened(50));
    let ran = Desk::new(&log(&rows)).mot(&["eval"]);
    says(
        account(&ran),
        &["56 read = 55 mapped + 1 set aside", "log.csv:4 text behind a closing quotation mark: T2,\"opened,"],
    );
    let open = rows.replace("T3,\"opened\"", "T3,opened");
    let ran = Desk::new(&log(&open)).mot(&["eval"]);
    says(
        account(&ran),
        &["56 read = 55 mapped + 1 set aside", "log.csv:4 a quotation mark is never closed: T2,\"opened,"],
    );
}

#[test]
fn a_cell_of_many_lines_is_told_and_refused_by_strict_beyond_twenty() {
    let noted = |lines: usize| log(&format!("T2,opened,2026-03-02 09:00,\"{}\"\n", "a line\n".repeat(lines - 1)));
    let ran = Desk::new(&noted(20)).mot(&["eval", "--strict", "--fail-on", "never"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    says(account(&ran), &["5 read = 5 mapped", "rows of several lines: 1, the longest of 20 lines at log.csv:4"]);
    let ran = Desk::new(&noted(51)).mot(&["eval", "--strict"]);
    assert_eq!(ran.code, 3);
    says(&ran.err, &["a row takes 51 lines, more than 20, at log.csv:4"]);
}

#[test]
fn quotation_marks_that_stand_where_they_may_are_no_fault() {
    let rows =
        "\"T2\",\"opened\",\"2026-03-02 09:00\",\"\"\"a\"\", \"\"\"\"\"\r\n\"T3\",opened,2026-03-02 09:00,\"\"\r\n";
    let ran = Desk::new(&log(rows)).mot(&["eval"]);
    says(account(&ran), &["6 read = 6 mapped"]);
}

#[test]
fn a_header_with_an_open_mark_is_told_as_that() {
    let ran = Desk::new(&log("").replacen("case", "\"case", 1)).mot(&["eval"]);
    assert_eq!(ran.code, 3);
    says(
        &ran.err,
        &["the first line, with the names of the columns, cannot be read: a quotation mark is never closed"],
    );
}
