//! NDJSON: a member that stands twice makes a row malformed, and one number is one case however it is spelled.

use crate::cli::Desk;
use crate::logs::{account, says};

fn eval(lines: &[&str], more: &str) -> crate::cli::Ran {
    let desk = Desk::new("");
    desk.write("mapping.yaml", format!("timezone: UTC\ncase: case\nevent: event\ntime: time\n{more}"));
    desk.write("log.ndjson", lines.join("\n")).mot(&["eval", "-l", "log.ndjson"])
}

#[test]
fn a_member_that_stands_twice_makes_its_row_malformed() {
    let ran = eval(
        &[
            r#"{"case": 1, "event": "opened", "time": "2026-03-02 09:00"}"#,
            r#"{"case": 1, "event": "resolved", "time": "2026-03-02 10:00", "time": "2026-03-02 20:00"}"#,
            r#"{"case": 2, "event": "opened", "time": "2026-03-02 09:00", "by": {"name": "a"}, "by": {"name": "b"}}"#,
            r#"{"case": 3, "event": "opened", "time": "2026-03-02 09:00", "by": {"name": "a", "name": "b"}}"#,
            r#"{"case": 4, "event": "opened", "time": "2026-03-02 09:00", "by": {"name": "a"}, "by.name": "b"}"#,
        ],
        "actor: by.name\n",
    );
    says(
        account(&ran),
        &[
            "5 read = 1 mapped + 4 set aside",
            "log.ndjson:2 `time` stands twice",
            "log.ndjson:3 `by` stands twice",
            "log.ndjson:4 `by.name` stands twice",
            "log.ndjson:5 `by.name` stands twice",
        ],
    );
}

#[test]
fn a_whole_number_is_one_case_with_and_without_its_zero() {
    let ran = eval(
        &[
            r#"{"case": 1, "event": "opened", "time": "2026-03-02 09:00"}"#,
            r#"{"case": 1.0, "event": "resolved", "time": "2026-03-02 10:00"}"#,
            r#"{"case": "1.0", "event": "opened", "time": "2026-03-02 10:00"}"#,
            r#"{"case": 1.10, "event": "opened", "time": "2026-03-02 10:00"}"#,
        ],
        "",
    );
    says(account(&ran), &["cases   3 = 3 judged"]);
    says(&ran.out, &["case 1.0", "case 1.10"]);
}
