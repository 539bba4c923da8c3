//! Files and rows that are not as they should be: each has a clear outcome.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::{PLAIN, fault, parse, read_csv, read_ndjson, story, try_read, vocabulary};

use crate::log::{Input, formats, read};

const ROWS: &str = "id,what,at\n1,ticket.opened,2026-01-01\n1,ticket.closed,2026-01-02\n";

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// `line: reason` of every row set aside.
fn aside(log: &crate::log::Log) -> Vec<String> {
    log.intake.set_aside.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect()
}

#[test]
fn marks_line_ends_and_blank_lines_do_not_matter() {
    let windows = format!("\u{feff}{}", ROWS.replace("\n1", "\r\n\r\n1").trim_end());
    let log = read_csv(PLAIN, &windows);
    assert_eq!(story(&log), ["1 ticket.opened@3", "1 ticket.closed@5"]);
    let old = read_csv(PLAIN, &ROWS.replace('\n', "\r"));
    assert_eq!(story(&old), ["1 ticket.opened@2", "1 ticket.closed@3"]);
}

#[test]
fn a_quoted_cell_may_hold_lines() {
    let log = read_csv(
        PLAIN,
        "id,what,at,note\n1,ticket.opened,2026-01-01,\"a\r\nb, \"\"c\"\"\"\n1,ticket.closed,2026-01-02,\n",
    );
    assert_eq!(story(&log), ["1 ticket.opened@2", "1 ticket.closed@4"]);
}

#[test]
fn gzip_is_known_by_its_content() {
    let packed = gzip(ROWS);
    let log = try_read(PLAIN, &[("log.csv.gz", &packed)]).unwrap();
    assert_eq!(log.events.len(), 2);
}

#[test]
fn a_broken_archive_says_how_far_it_read() {
    let packed = gzip(&ROWS.repeat(2000));
    let words = fault(PLAIN, &[("log.csv.gz", &packed[..packed.len() - 9])]);
    assert!(words.starts_with("`log.csv.gz`: the compressed file breaks off or is damaged: "), "{words}");
}

#[test]
fn files_that_are_no_logs_are_told_apart() {
    assert_eq!(fault(PLAIN, &[("a.csv", b"")]), "`a.csv`: the file is empty");
    assert_eq!(fault(PLAIN, &[("a.ndjson", b"\n \n")]), "`a.ndjson`: the file is empty");
    assert!(fault(PLAIN, &[("a.csv", b"PK\x03\x04\0\0")]).contains("not text in UTF-8"));
    assert!(fault(PLAIN, &[("a.xyz", b"id")]).contains("add `format: csv` to the mapping"));
}

#[test]
fn a_header_alone_is_a_log_without_events() {
    let log = read_csv(PLAIN, "id,what,at\n");
    assert_eq!((log.intake.rows_read, log.events.len()), (0, 0));
}

#[test]
fn rows_that_cannot_be_used_are_set_aside_with_their_line() {
    let mut csv = ROWS.as_bytes().to_vec();
    csv.extend(b"2,ticket.opened\n");
    csv.extend(b",ticket.opened,2026-01-01\n");
    csv.extend(b"2,,2026-01-01\n");
    csv.extend(b"2,ticket.opened,\n");
    csv.extend(b"2,ticket.opened,soon\n");
    csv.extend(b"\xff,ticket.opened,2026-01-01\n");
    csv.extend(b"2,\"ticket.opened,2026-01-01\n2,x,y\n");
    let log = try_read(PLAIN, &[("log.csv", &csv)]).unwrap();
    assert_eq!(log.events.len(), 2);
    assert_eq!(
        aside(&log),
        [
            "4: 2 cells where the header has 3",
            "5: it names no case",
            "6: it names no event",
            "7: column `at` holds no time",
            "8: `soon` in column `at` cannot be read as a time",
            "9: column `id` is not UTF-8 text",
            "10: a quotation mark is never closed",
        ]
    );
    assert_eq!(log.intake.set_aside[0].text.as_deref(), Some("2,ticket.opened"));
}

#[test]
fn lines_that_are_no_objects_are_set_aside() {
    let log = read_ndjson(
        PLAIN,
        "{\"id\":1,\"what\":\"ticket.opened\",\"at\":\"2026-01-01\"}\n[1]\n{\"id\": }\n{\"id\":1} 2\ntext\n\
         {\"id\":1,\"what\":\"\\ud800\",\"at\":2}\n",
    );
    assert_eq!(
        aside(&log),
        [
            "2: the line is not a JSON object",
            "3: the JSON breaks at byte 8",
            "4: the JSON breaks at byte 10",
            "5: the line is not a JSON object",
            "6: the JSON breaks at byte 23",
        ]
    );
}

#[test]
fn a_long_row_is_cut_short() {
    let log = read_csv(PLAIN, &format!("id,what,at\n{}\n", "号".repeat(5000)));
    assert_eq!(log.intake.set_aside[0].text.as_ref().unwrap().chars().count(), 201);
}

#[test]
fn a_private_field_is_never_shown() {
    let mut vocabulary = vocabulary();
    vocabulary.case_fields[0].private = true;
    let mapping = parse(PLAIN).1.unwrap();
    let csv = format!("{},priority\n2,ticket.opened\n3,ticket.opened,2026-01-01,secret\n", "id,what,at");
    let input = Input { name: "log.csv".into(), bytes: csv.as_bytes() };
    let log = read(&[input], &mapping, &vocabulary, &|_| ()).unwrap();
    assert_eq!(log.intake.malformed["priority"].seen.count, 1);
    assert!(!format!("{:?}", log.intake).contains("secret"));
    assert_eq!(log.intake.set_aside[0].text, None);
}

#[test]
fn a_column_that_the_log_lacks_is_an_error() {
    let words = |header: &str| {
        let mapping = parse(PLAIN).1.unwrap();
        let input = Input { name: "log.csv".into(), bytes: header.as_bytes() };
        let faults = read(&[input], &mapping, &vocabulary(), &|_| ()).map(|_| ()).unwrap_err();
        let crate::log::ReadFault::Mapping(fault) = &faults[0] else { panic!("{faults:?}") };
        format!("{}: {}", fault.words().message, fault.words().help.clone().unwrap())
    };
    let lacking = "`log.csv` has no column `id`: what is read from it would be missing in every row";
    assert_eq!(words("idd,what,at\n"), format!("{lacking}: did you mean `idd`?"));
    assert_eq!(words("number,what,at\n"), format!("{lacking}: its columns are `number`, `what`, `at`"));
    assert_eq!(words("id;what;at\n"), format!("{lacking}: the log has one column; add `delimiter: \";\"`?"));
}

#[test]
fn a_member_that_no_record_has_is_an_error() {
    let words = fault(PLAIN, &[("log.ndjson", b"{\"id\":1,\"what\":\"ticket.opened\",\"time\":\"2026-01-01\"}\n")]);
    assert_eq!(words, "`log.ndjson` has no column `at`: what is read from it would be missing in every row");
}

#[test]
fn a_column_that_stands_twice_matters_only_if_it_is_used() {
    let used = fault(PLAIN, &[("log.csv", b"id,what,at,at\n")]);
    assert_eq!(used, "`log.csv` has 2 columns called `at`: which of them counts would be a guess");
    let unused = read_csv(PLAIN, "id,what,at,x,x\n1,ticket.opened,2026-01-01,,\n");
    assert_eq!(unused.events.len(), 1);
}

#[test]
fn local_times_without_a_zone_are_told_once_with_their_count() {
    let words = fault("case: id\nevent: what\ntime: at\n", &[("log.csv", ROWS.as_bytes())]);
    let told = "2 times in column `at` of `log.csv` without a time zone, so who was late would be a guess; \
                the first at line 2: `2026-01-01`";
    assert_eq!(words, told);
}

#[test]
fn malformed_cells_are_counted_with_the_first_as_example() {
    let log = read_csv(PLAIN, "id,what,at,amount\n1,refund.issued,2026-01-01,lots\n1,refund.issued,2026-01-02,more\n");
    let malformed = &log.intake.malformed["amount of refund.issued"];
    assert_eq!((malformed.seen.count, malformed.seen.line, malformed.example.as_deref()), (2, 2, Some("lots")));
}

#[test]
fn odd_local_times_are_counted() {
    let yaml = PLAIN.replace("UTC", "Europe/Berlin");
    let log = read_csv(&yaml, "id,what,at\n1,ticket.opened,2026-03-29 02:30\n1,ticket.closed,2026-10-25 02:30\n");
    assert_eq!(log.intake.times_in_gap_or_fold, 2);
}

#[test]
fn a_field_that_must_be_there_and_has_no_column_is_listed() {
    let mut vocabulary = vocabulary();
    vocabulary.case_fields[0].optional = false;
    vocabulary.events[1].fields[0].optional = false;
    let mapping = parse(PLAIN).1.unwrap();
    let lists = |csv: &str| {
        let input = Input { name: "log.csv".into(), bytes: csv.as_bytes() };
        read(&[input], &mapping, &vocabulary, &|_| ()).unwrap().intake.missing_columns
    };
    assert_eq!(lists(ROWS), ["priority".to_owned()].into());
    let resolved = lists("id,what,at\n1,ticket.resolved,2026-01-01\n");
    assert_eq!(resolved, ["confirmed of ticket.resolved".to_owned(), "priority".to_owned()].into());
}

#[test]
fn a_strict_run_names_all_that_it_does_not_accept() {
    let log = read_csv(
        PLAIN,
        "id,what,at,amount,priority\n\
         1,ticket.closed,2026-01-02,,\n\
         1,refund.issued,2026-01-01,lots,high\n\
         1,ticket.opened,2026-01-01,,\n\
         1,Call,2026-01-01,,\n\
         1,ticket.opened,,,\n",
    );
    assert_eq!(
        log.intake.strict_faults(),
        [
            "1 row could not be used",
            "1 row of the unknown event `Call`, first at log.csv:5",
            "1 event shares case and time with another, and only the file tells their order",
            "1 row is older than the row before it of its case",
            "1 cell of `amount of refund.issued` cannot be read, first at log.csv:3",
            "1 value of `priority` that it does not have, `high`, first at log.csv:3",
        ]
    );
    assert!(read_csv(PLAIN, ROWS).intake.strict_faults().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a file holds, reading it ends, and an account of it reconciles.
    #[test]
    fn every_row_is_accounted_for(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        format in prop::sample::select(formats::ALL),
        snapshots in any::<bool>(),
    ) {
        let start: &[u8] = if format.name == "csv" { b"id,what,at\n" } else { b"" };
        let bytes = [start, &pieces.concat()].concat();
        let yaml = format!("{PLAIN}{}", if snapshots { "snapshots: {by: at}\n" } else { "" });
        let mapping = parse(&yaml).1.unwrap();
        let input = Input { name: format!("log.{}", format.endings[0].0), bytes: &bytes };
        if let Ok(log) = read(&[input], &mapping, &vocabulary(), &|_| ()) {
            prop_assert!(log.intake.reconciles());
            let places: BTreeSet<_> = log.events.iter().map(|event| event.place).collect();
            prop_assert_eq!(places.len(), log.events.len());
            prop_assert!(log.events.is_sorted_by_key(|event| (event.time, event.place)));
        }
    }
}

const PIECES: &[&[u8]] = &[
    b"1,ticket.opened,2026-01-01\n",
    b"1,ticket.closed,2026-01-01 10:00\r\n",
    b"{\"id\":1,\"what\":\"ticket.opened\",\"at\":\"2026-01-01\"}\n",
    b"2,Call,2026-01-03\n",
    b"\n",
    b"\r",
    b"\"",
    b",",
    b"{",
    b"}",
    b"\xff",
    b"\xef\xbb\xbf",
    "客户".as_bytes(),
];
