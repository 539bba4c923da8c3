//! Rows that cannot be read: what can still be said of them.

use super::{PLAIN, read_csv, story, try_read};

use crate::calendar::Instant;
use crate::log::{Log, RowCase};

fn at(time: &str) -> Instant {
    Instant::from_timestamp(time.parse().unwrap())
}

/// `line: case, between … and …` of every row that cannot be read.
fn told(log: &Log) -> Vec<String> {
    let end =
        |time: Instant| if [Instant::MIN, Instant::MAX].contains(&time) { "…".into() } else { time.to_string() };
    let told = log.unreadable.iter().map(|row| {
        let case = match row.case {
            RowCase::Known(case) => log.cases[case as usize].to_string(),
            RowCase::WithoutEvents(_) => "one without events".to_owned(),
            RowCase::Unknown => "any case".to_owned(),
        };
        let kinds = row.kinds.as_ref().map_or("any event".to_owned(), |kinds| format!("{} event", kinds.len()));
        format!("{}: {kinds} of {case}, {}..{}", row.place.line, end(row.between.0), end(row.between.1))
    });
    told.collect()
}

#[test]
fn in_a_file_in_order_a_row_happened_between_its_readable_neighbours() {
    let log = read_csv(
        PLAIN,
        "id,what,at\n1,ticket.opened,?\n1,ticket.opened,2026-01-01\n1,ticket.closed,soon\n2,ticket.opened,later\n\
         1,ticket.closed,2026-01-03\n1,ticket.closed,2026-01-99\n",
    );
    assert_eq!(
        told(&log),
        [
            format!("2: 1 event of 1, …..{}", at("2026-01-01T00:00:00Z")),
            format!("4: 1 event of 1, {}..{}", at("2026-01-01T00:00:00Z"), at("2026-01-03T00:00:00Z")),
            format!("5: 1 event of one without events, {}..{}", at("2026-01-01T00:00:00Z"), at("2026-01-03T00:00:00Z")),
            format!("7: 1 event of 1, {}..…", at("2026-01-03T00:00:00Z")),
        ]
    );
}

#[test]
fn in_a_file_out_of_order_it_happened_at_any_time() {
    let log =
        read_csv(PLAIN, "id,what,at\n1,ticket.opened,2026-01-03\n1,ticket.closed,soon\n1,ticket.closed,2026-01-01\n");
    assert_eq!(told(&log), ["3: 1 event of 1, …..…"]);
}

#[test]
fn a_row_keeps_what_can_be_read_of_it() {
    let log = read_csv(
        PLAIN,
        "id,what,at\n,ticket.opened,2026-01-01\n1,,2026-01-02\n1,ticket.opened,2026-01-03\n1,ticket.opened\n\
         9,ticket.opened\n1,ticket.opened,2026-01-04,more\n",
    );
    assert_eq!(
        told(&log),
        [
            format!("2: 1 event of any case, {0}..{0}", at("2026-01-01T00:00:00Z")),
            format!("3: any event of 1, {0}..{0}", at("2026-01-02T00:00:00Z")),
            // One that is cut short names the case that it seems to, if that is known.
            format!("5: any event of 1, {}..…", at("2026-01-03T00:00:00Z")),
            format!("6: any event of any case, {}..…", at("2026-01-03T00:00:00Z")),
            format!("7: any event of any case, {}..…", at("2026-01-03T00:00:00Z")),
        ]
    );
}

#[test]
fn a_row_that_is_cut_short_may_be_the_first_of_its_case() {
    let log = read_csv(PLAIN, "id,what,at\n1,ticket.opened\n1,ticket.opened,2026-01-03\n");
    assert_eq!(told(&log), [format!("2: any event of 1, …..{}", at("2026-01-03T00:00:00Z"))]);
}

#[test]
fn a_row_that_is_cut_short_and_seems_to_say_another_time_than_those_around_it_may_be_of_any() {
    let log = read_csv(
        PLAIN,
        "id,what,at,note\n1,ticket.opened,2026-01-02,x\n1,ticket.closed,2026-01-05,x\n1,ticket.closed,2026-01-03\n",
    );
    assert_eq!(told(&log), ["4: any event of 1, …..…"]);
}

#[test]
fn a_row_whose_quotation_marks_are_wrong_keeps_the_cells_before_them() {
    let log = read_csv(
        PLAIN,
        "id,what,at\n1,ticket.opened,2026-01-01\n1,ticket.closed,\"2026-01-02\n1,ticket \"x,2026-01-02\n\
         \"1\"x,ticket.closed,2026-01-02\n1,ticket.opened,2026-01-03\n",
    );
    let between = format!("{}..{}", at("2026-01-01T00:00:00Z"), at("2026-01-03T00:00:00Z"));
    assert_eq!(
        told(&log),
        [
            format!("3: any event of 1, {between}"),
            format!("4: any event of 1, {between}"),
            format!("5: any event of any case, {between}"),
        ]
    );
}

#[test]
fn a_cell_that_is_no_text_spoils_only_itself() {
    let rows = b"id,what,at,priority\n1,ticket.opened,2026-01-01,hi\xffgh\n1,ticket.cl\xffosed,2026-01-02,\n";
    let log = try_read(PLAIN, &[("log.csv", rows)]).unwrap();
    assert_eq!(story(&log), ["1 ticket.opened@2"]);
    assert_eq!(told(&log), [format!("3: any event of 1, {0}..{0}", at("2026-01-02T00:00:00Z"))]);
    assert_eq!(log.intake.set_aside[0].reason.to_string(), "column `what` is not UTF-8 text");
}
