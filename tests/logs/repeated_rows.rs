//! A row that stands in two exports is one event; equal rows of one export stay apart; `unique` says otherwise.

use super::{Desk, account, says};

/// Two exports: what happened in the night to February stands in both.
const JANUARY: &str = "case,event,time,by,role,amount\n\
    1,opened,2026-01-31 09:00,ada,agent,\n\
    1,transferred,2026-01-31 09:30,ada,agent,\n\
    1,refunded,2026-01-31 10:00,ada,agent,80 EUR\n\
    1,resolved,2026-01-31 11:00,ada,agent,\n";
const FEBRUARY: &str = "case,event,time,by,role,amount\n\
    1,transferred,2026-01-31 09:30,ada,agent,\n\
    1,refunded,2026-01-31 10:00,ada,agent,80 EUR\n\
    1,resolved,2026-01-31 11:00,ada,agent,\n\
    2,opened,2026-02-01 09:00,ada,agent,\n\
    2,resolved,2026-02-01 10:00,ada,agent,\n";

const STANDARDS: &str = r#"service desk { timezone "Europe/Berlin" currency EUR }
role agent
case { ends on resolved after 1 calendar days }
event opened
event resolved
event transferred
event refunded { amount: money }
standard resolve { from opened to resolved within 4h }
behaviour few { at most 1 transferred }
action refund is refunded costs amount
empower agent { may refund up to 100 EUR per case }
level refunds { count of refunded less than 2 per month }
"#;

const MAPPING: &str = "timezone: Europe/Berlin\ncase: case\nevent: event\ntime: time\nactor: by\nrole: role\n";

fn desk(more: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new("");
    desk.write("desk.mot", STANDARDS).write("mapping.yaml", format!("{MAPPING}{more}"));
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    for (name, text) in files {
        desk.write(name, text);
    }
    desk.write("mot.yaml", format!("standards: desk.mot\nmapping: mapping.yaml\nlog: [{}]\n", names.join(", ")));
    desk
}

#[test]
fn what_two_exports_share_is_taken_once() {
    let desk = desk("", &[("jan.csv", JANUARY), ("feb.csv", FEBRUARY)]);
    let ran = desk.mot(&["eval"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    says(
        account(&ran),
        &[
            "rows    9 read = 6 mapped + 3 repeated",
            "repeated  3 rows, the first feb.csv:2, the same as jan.csv:3: taken once",
        ],
    );
    assert_eq!(desk.mot(&["eval", "--strict"]).code, 0);
    let data: serde_json::Value = serde_json::from_str(&desk.mot(&["eval", "--format", "json"]).out).unwrap();
    let repeated = &data["reconciliation"]["repeated"][0];
    assert_eq!(
        (&repeated["count"], &repeated["first"], &repeated["of"]),
        (&3.into(), &"feb.csv:2".into(), &"jan.csv:3".into())
    );
    assert_eq!(data["reconciliation"]["rows_repeated"], 3);
}

#[test]
fn the_order_of_columns_and_the_format_do_not_matter() {
    let other_order = "note,amount,role,by,time,event,case\n,80 EUR,agent,ada,2026-01-31 10:00,refunded,1\n";
    let objects = "{\"case\": 1, \"event\": \"refunded\", \"amount\": \"80 EUR\", \"note\": null, \
                   \"time\": \"2026-01-31 10:00\", \"by\": \"ada\", \"role\": \"agent\"}\n";
    for (name, text) in [("feb.csv", other_order), ("feb.ndjson", objects)] {
        let ran = desk("", &[("jan.csv", JANUARY), (name, text)]).mot(&["eval"]);
        assert_eq!(ran.code, 0, "{}", ran.out);
        says(account(&ran), &["rows    5 read = 4 mapped + 1 repeated"]);
    }
}

#[test]
fn another_cell_is_another_row() {
    let noted = FEBRUARY.replacen("amount\n", "amount,note\n", 1).replace("EUR\n", "EUR,again\n");
    let noted = noted.replace("agent,\n", "agent,,\n");
    let ran = desk("", &[("jan.csv", JANUARY), ("feb.csv", &noted)]).mot(&["eval"]);
    says(account(&ran), &["9 read = 7 mapped + 2 repeated"]);
    says(&ran.out, &["beyond authority"]);
}

#[test]
fn a_row_counts_as_often_as_the_export_that_has_it_most() {
    let twice = FEBRUARY.replacen("2,opened", "1,transferred,2026-01-31 09:30,ada,agent,\n2,opened", 1);
    let ran = desk("", &[("jan.csv", JANUARY), ("feb.csv", &twice)]).mot(&["eval"]);
    says(account(&ran), &["10 read = 7 mapped + 3 repeated", "1 row says the same as an earlier row"]);
    let ran = desk("", &[("feb.csv", &twice), ("jan.csv", JANUARY)]).mot(&["eval"]);
    says(account(&ran), &["10 read = 7 mapped + 3 repeated"]);
}

#[test]
fn a_file_given_twice_is_an_error_that_names_both() {
    let ran = desk("", &[("jan.csv", JANUARY), ("copy.csv", JANUARY)]).mot(&["eval"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    says(&ran.err, &["`copy.csv`: the same log as `jan.csv`, given twice"]);
    let ran = desk("", &[("jan.csv", JANUARY)]).mot(&["eval", "-l", "jan.csv", "-l", "./jan.csv"]);
    assert_eq!(ran.code, 3);
    says(&ran.err, &["given twice"]);
}

#[test]
fn equal_rows_of_one_file_stay_apart_and_are_told() {
    let twice = JANUARY.replacen("1,resolved", "1,refunded,2026-01-31 10:00,ada,agent,80 EUR\n1,resolved", 1);
    let desk_of = |more: &str| desk(more, &[("jan.csv", &twice)]);
    let ran = desk_of("").mot(&["eval"]);
    assert_eq!(ran.code, 1);
    says(
        account(&ran),
        &[
            "5 read = 5 mapped",
            "1 row says the same as an earlier row in all that is read, the first jan.csv:5: each counts",
        ],
    );
    let strict = desk_of("").mot(&["eval", "--strict"]);
    assert_eq!(strict.code, 3);
    says(&strict.err, &["1 row says the same as an earlier row in all that is read, first at jan.csv:5"]);
    let unique = desk_of("unique: row\n").mot(&["eval", "--strict"]);
    assert_eq!(unique.code, 0, "{}{}", unique.out, unique.err);
    says(account(&unique), &["5 read = 4 mapped + 1 repeated", "the first jan.csv:5, the same as jan.csv:4"]);
}

#[test]
fn of_each_key_the_first_row_counts() {
    let log = "id,case,event,time,by,role,amount\n\
        a,1,opened,2026-01-31 09:00,ada,agent,\n\
        b,1,refunded,2026-01-31 10:00,ada,agent,80 EUR\n\
        b,1,refunded,2026-01-31 10:00,ada,agent,80 EUR\n\
        c,1,refunded,2026-01-31 10:00,ada,agent,10 EUR\n\
        c,1,refunded,2026-01-31 10:00,ada,agent,90 EUR\n\
        ,1,resolved,2026-01-31 11:00,ada,agent,\n";
    let desk_of = || desk("unique: id\n", &[("log.csv", log)]);
    let ran = desk_of().mot(&["eval"]);
    says(
        account(&ran),
        &[
            "6 read = 4 mapped + 2 repeated",
            "repeated  1 row, the first log.csv:4, the same as log.csv:3: taken once",
            "repeated  1 row with the key of an earlier row and other cells, the first log.csv:6, against log.csv:5",
            "1 rows that say nothing in the columns of `unique`",
        ],
    );
    assert!(!ran.out.contains("beyond authority"), "{}", ran.out);
    let strict = desk_of().mot(&["eval", "--strict"]);
    assert_eq!(strict.code, 3);
    says(
        &strict.err,
        &[
            "1 row has the key of an earlier row and other cells, first at log.csv:6, against log.csv:5",
            "1 row says nothing in the columns of `unique`",
        ],
    );
}

#[test]
fn a_key_may_be_several_columns_and_must_be_in_the_log() {
    let ran = desk("unique: [case, event]\n", &[("jan.csv", JANUARY), ("feb.csv", FEBRUARY)]).mot(&["eval"]);
    says(account(&ran), &["9 read = 6 mapped + 3 repeated"]);
    let ran = desk("unique: number\n", &[("jan.csv", JANUARY)]).mot(&["eval"]);
    assert_eq!(ran.code, 3);
    says(&ran.err, &["mapping/missing-column", "no column `number`"]);
}
