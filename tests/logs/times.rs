//! Times that prove themselves wrong: an order of day and month that a value disproves, two epochs in one column, one
//! year that is mistyped, and whole minutes held to twenty seconds.

use super::{Desk, Ran, account, says};

fn eval(mapping: &str, log: &str, flags: &[&str]) -> Ran {
    let desk = Desk::new(log);
    desk.write("mapping.yaml", format!("timezone: UTC\ncase: case\nevent: event\ntime: time\n{mapping}"));
    desk.mot(&[&["eval"], flags].concat())
}

fn log(times: &[(&str, &str)]) -> String {
    let rows = (1..).zip(times).map(|(case, (from, to))| format!("{case},opened,{from}\n{case},resolved,{to}\n"));
    format!("case,event,time\n{}", rows.collect::<String>())
}

const DAY_FIRST: &str = "time_format: \"%d/%m/%Y %H:%M\"\n";
const MONTH_FIRST: &str = "time_format: \"%m/%d/%Y %H:%M\"\n";
const EITHER: &str = "time_format: [\"%d/%m/%Y %H:%M\", \"%m/%d/%Y %H:%M\"]\n";

#[test]
fn an_order_of_day_and_month_that_a_value_disproves_is_an_error() {
    let american = log(&[("03/04/2026 09:00", "03/04/2026 10:00"), ("04/25/2026 09:00", "04/25/2026 10:00")]);
    let british = log(&[("03/04/2026 09:00", "03/04/2026 10:00"), ("25/04/2026 09:00", "25/04/2026 10:00")]);
    for (mapping, log, words) in [
        (
            DAY_FIRST,
            &american,
            "read as day before month (`03/04/2026 09:00`), and line 4 (`04/25/2026 09:00`) can only be",
        ),
        (
            MONTH_FIRST,
            &british,
            "read as month before day (`03/04/2026 09:00`), and line 4 (`25/04/2026 09:00`) can only be",
        ),
        (
            EITHER,
            &american,
            "read as day before month (`03/04/2026 09:00`), and line 4 (`04/25/2026 09:00`) can only be",
        ),
    ] {
        let ran = eval(mapping, log, &[]);
        assert_eq!(ran.code, 3, "{}", ran.out);
        // The message is broken into lines.
        let words: Vec<&str> = words.split(' ').collect();
        let told = ran.err.replace("\n  │ ", " ");
        says(&told, &["mapping/day-and-month", &words.join(" ")]);
    }
    assert_eq!(eval(DAY_FIRST, &british, &["--strict"]).code, 0);
    assert_eq!(eval(MONTH_FIRST, &american, &["--strict"]).code, 0);
}

#[test]
fn one_mistyped_date_among_many_that_prove_the_order_is_one_row() {
    let mistyped = log(&[("03/04/2026 09:00", "03/04/2026 10:00"), ("25/04/2026 09:00", "04/25/2026 10:00")]);
    let ran = eval(DAY_FIRST, &mistyped, &[]);
    says(
        account(&ran),
        &[
            "4 read = 3 mapped + 1 set aside",
            "2 times of `time` fit both orders and are read as day before month, though 1 can only be month before day",
        ],
    );
    assert_eq!(eval(DAY_FIRST, &mistyped, &["--strict"]).code, 3);
}

#[test]
fn a_guess_that_nothing_proves_is_told() {
    let open = log(&[("03/04/2026 09:00", "03/04/2026 10:00"), ("05/05/2026 09:00", "06/05/2026 10:00")]);
    let ran = eval(EITHER, &open, &[]);
    says(account(&ran), &["3 times of `time` fit both orders of `time_format` and are read as day before month"]);
    let strict = eval(EITHER, &open, &["--strict"]);
    assert_eq!(strict.code, 3);
    says(&strict.err, &["nothing in the column proves it, first at log.csv:2"]);
    // Who names one order knows it.
    assert!(!eval(DAY_FIRST, &open, &[]).out.contains("doubtful"));
}

#[test]
fn seconds_and_milliseconds_in_one_column_are_told_apart_by_their_size() {
    let mixed = log(&[("1772438400", "1772456400"), ("1772438400000", "1772456400000")]);
    for formats in ["[epoch ms, epoch s]", "[epoch s, epoch ms]"] {
        let ran = eval(&format!("time_format: {formats}\n"), &mixed, &["--strict"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        says(&ran.out, &["Breaches (2)", "5h on the wall"]);
    }
    let ran = eval("time_format: epoch ms\n", &mixed, &[]);
    says(account(&ran), &["2 times of `time` are read as milliseconds, before March 1973, and may be seconds"]);
    assert_eq!(eval("time_format: epoch ms\n", &mixed, &["--strict"]).code, 3);
}

#[test]
fn a_format_that_stands_twice_is_never_tried_again() {
    let ran = eval("time_format: [epoch s, \"%d/%m/%Y\", epoch s]\n", &log(&[("1", "2")]), &[]);
    assert_eq!(ran.code, 3);
    says(&ran.err, &["mapping/never-tried", "`epoch s` stands twice"]);
}

const MISTYPED: &str = "case,event,time\n1,opened,2026-03-02 09:00\n1,resolved,2026-03-02 10:00\n2,opened,2026-03-02 10:30\n\
    3,opened,2026-03-02 10:40\n4,opened,2026-03-02 10:00\n4,resolved,2062-03-02 11:00\n";

#[test]
fn one_year_that_is_mistyped_does_not_move_as_of() {
    let ran = eval("", MISTYPED, &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    says(&ran.out, &["as of 2026-03-02 18:40", "Open (3)"]);
    says(account(&ran), &["1 event stands years after all others, 2062-03-02 19:00 (log.csv:7)"]);
    let strict = eval("", MISTYPED, &["--strict"]);
    assert_eq!(strict.code, 3);
    says(&strict.err, &["1 event stands years after all others, at log.csv:7"]);
    let before = MISTYPED.replace("2062", "1926");
    let ran = eval("", &before, &[]);
    says(account(&ran), &["1 event stands years before all others, 1926-03-02 19:00 (log.csv:7)"]);
    // A log that ends with a quiet year is no wonder, nor is one of few events.
    let years = MISTYPED.replacen("2026", "2020", 1).replace("2062", "2031");
    assert!(!eval("", &years, &[]).out.contains("far away"));
    assert!(!eval("", &MISTYPED.replacen("1,opened,2026-03-02 09:00\n", "", 1), &[]).out.contains("far away"));
}

#[test]
fn whole_minutes_held_to_twenty_seconds_are_told() {
    let desk = Desk::new(&log(&[
        ("2026-03-02 09:00", "2026-03-02 09:00"),
        ("2026-03-02 09:05", "2026-03-02 09:06"),
        ("2026-03-02 09:10", "2026-03-02 09:12"),
    ]));
    let standards = "service desk { timezone \"Asia/Shanghai\" }\nevent opened\nevent resolved\n\
                     standard answer \"Answer\" { from opened to resolved within 20s }\n\
                     standard end { from opened to resolved within 1 calendar day }\n";
    desk.write("desk.mot", standards);
    let ran = desk.mot(&["eval"]);
    says(
        account(&ran),
        &["all times are whole minutes: verdicts less than one minute from their target hang on it: 2 of Answer"],
    );
    // One time to the second, and the log is told to the second.
    desk.write(
        "log.csv",
        log(&[("2026-03-02 09:00", "2026-03-02 09:00"), ("2026-03-02 09:05:07", "2026-03-02 09:06")]),
    );
    assert!(!desk.mot(&["eval"]).out.contains("coarse"));
}
