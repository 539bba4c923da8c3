//! What a report must carry, so that whoever holds it can count every verdict again.

use super::{Desk, Ran};

const STANDARDS: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" currency CNY }
role agent
role team_lead leads agent
calendar office "Office hours" {
  mon..fri 09:00-17:00
  sat 10:00-12:00 not a working day
  received after 16:30 counts as the next open day
  closed 2026-03-05..2026-03-06 "Stocktaking"
  opened 2026-03-08 09:00-12:00
}
case { priority: low < high  product: text?  ends on ticket.closed after 2 calendar days }
event opened
event updated
event resolved
event refunded { amount: money }
event ticket.closed
touchpoint care "Care" { stage after_sales  channel phone  environment remote }
moment works_again "It works again" at care { kind end  impact high  expects "It works" }
exempt recall "Recall of product 5" {
  from 2026-03-02 to 2026-03-31
  when product is known and product is "Product 5"
  for resolve
  excuse
}
standard resolve "Resolve" for works_again {
  from opened to resolved
  counting office
  within 1h when priority is high
  within 4h otherwise
  warn at 50%
}
behaviour closed_in_the_end "Closed in the end" for works_again { exactly one resolved }
action refund is refunded costs amount
empower team_lead { may refund up to 100 CNY per case }
level in_time "In time" { at least 90% of resolve per day }
level quick "Quick" { median of resolve at most 1h per day }
scorecard care_taken "How well it was served" { 60 points for time: resolve  40 points for order: closed_in_the_end  pass 70 }
journey whole "From call to close" { through care  ends with works_again  score at least 0 }
"#;

const LOG: &str = "\
case,event,time,priority,product,amount,actor,role
raised,opened,2026-03-02 09:00,low,,,ann,agent
raised,updated,2026-03-02 11:00,high,,,,
raised,resolved,2026-03-02 11:30,,,,ann,agent
excused,opened,2026-03-02 10:00,low,Product 5,,,
excused,resolved,2026-03-02 15:00,,,,ann,agent
unresolved,opened,2026-03-02 10:30,high,,,,
unresolved,refunded,2026-03-02 10:40,,,20 CNY,ann,agent
unresolved,refunded,2026-03-02 10:50,,,120 CNY,tom,team_lead
unresolved,ticket.closed,2026-03-03 09:00,,,,ann,agent
smooth,opened,2026-03-03 09:00,low,,,,
smooth,resolved,2026-03-03 09:30,,,,ann,agent
soon,opened,2026-03-10 13:00,low,,,,
later,opened,2026-03-10 15:00,middling,,,,
";

fn desk() -> Desk {
    let desk = Desk::new(LOG);
    desk.write("desk.mot", STANDARDS);
    desk.write(
        "mapping.yaml",
        "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\nactor: actor\nrole: role\n",
    );
    desk
}

fn report(arguments: &[&str]) -> Ran {
    desk().mot(&[&["eval", "--as-of", "2026-03-10 15:30"], arguments].concat())
}

fn data() -> serde_json::Value {
    serde_json::from_str(&report(&["--format", "json"]).out).unwrap()
}

/// The lines of a section.
fn section<'r>(report: &'r str, heading: &str) -> &'r str {
    let begins = report.find(&format!("\n{heading}")).unwrap_or_else(|| panic!("no {heading} in {report}")) + 1;
    let section = &report[begins..];
    let ends = ["\nCalendars", "\nReconciliation", "\nBreaches", "\nScorecards", "\nJourneys", "\nExempt", "\nOpen"];
    let ends = ends.iter().filter_map(|next| section[1..].find(next)).min().map_or(section.len(), |end| end + 1);
    &section[..ends]
}

#[test]
fn all_that_it_takes_to_count_again() {
    let ran = report(&["--stories", "all"]);
    insta::with_settings!({filters => vec![(r"mot \d+\.\d+\.\d+ · zones \w+", "mot … · zones …")]}, {
        insta::assert_snapshot!(ran.out);
    });
}

#[test]
fn the_hours_that_counted_the_time() {
    let few = report(&[]).out;
    assert!(section(&few, "Calendars").contains("closed days: 2, opened days: 1"), "{few}");
    insta::assert_snapshot!(serde_json::to_string_pretty(&data()["calendars"]).unwrap());
}

#[test]
fn a_change_of_target_says_from_what_to_what() {
    let data = data();
    let of = |finding: &&serde_json::Value| finding["case"] == "raised" && finding["rule"] == "resolve";
    let finding = data["findings"].as_array().unwrap().iter().find(of).unwrap();
    let change = finding["evidence"].as_array().unwrap().iter().find(|line| line["did"] == "retargeted").unwrap();
    assert_eq!(change["change"]["from"], "within 4h otherwise");
    assert_eq!(change["change"]["was_due"], "2026-03-02T13:00:00+08:00");
    assert_eq!(change["change"]["to"], "within 1h when priority is high");
    assert_eq!(finding["clock"]["because"][0]["place"], "log.csv:3");
}

#[test]
fn what_is_open_is_listed_as_far_as_stories_are_told() {
    let one = report(&["--stories", "1"]).out;
    let open = section(&one, "Open");
    assert!(open.contains("at risk  due 2026-03-10 17:00"), "{one}");
    assert!(open.contains("… and 5 more"), "{one}");
}

#[test]
fn no_story_and_every_level_has_its_line() {
    let none = report(&["--stories", "0"]).out;
    let levels = section(&none, "Levels");
    assert!(levels.contains("In time: 1 missed, 1 running, 1 met"), "{none}");
    assert!(levels.contains("… and 3 more windows (1 missed, 1 running, 1 met)"), "{none}");
    let one = report(&["--stories", "1"]).out;
    let levels = section(&one, "Levels");
    assert!(levels.contains("missed       2026-03-02"), "{one}");
    assert!(levels.contains("… and 2 more windows (1 running, 1 met)"), "{one}");
}

#[test]
fn a_level_names_the_unit_of_its_fraction() {
    let data = data();
    let levels = data["levels"].as_array().unwrap();
    let first = |level: usize| (&levels[level]["results"][0]["exact"], &levels[level]["results"][0]["unit"]);
    assert_eq!(first(0), (&"0".into(), &"percent".into()));
    assert_eq!(first(1), (&"13500".into(), &"seconds".into()));
}

#[test]
fn a_line_of_data_is_a_finding_or_a_window_of_a_level() {
    let lines = report(&["--format", "ndjson"]).out;
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let data = data();
    let count = |of: &str| data[of].as_array().unwrap().len();
    let (levels, findings): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.get("level").is_some());
    let windows = data["levels"].as_array().unwrap().iter().map(|level| level["results"].as_array().unwrap().len());
    assert_eq!((findings.len(), levels.len()), (count("findings"), windows.sum()));
    assert_eq!((&levels[0]["level"], &levels[0]["window"]), (&"in_time".into(), &"2026-03-02".into()));
    assert_eq!((&levels[0]["verdict"], &levels[0]["version"]), (&"breached".into(), &"1".into()));
}

#[test]
fn the_reconciliation_tells_what_began_outside_the_period() {
    let ran = report(&["--period", "2026-03-03..2026-03-09"]);
    insta::assert_snapshot!(section(&ran.out, "Reconciliation"));
}

#[test]
fn a_value_that_its_field_does_not_know_is_told_in_a_sentence() {
    let out = report(&[]).out;
    assert!(out.contains("unknown value  `middling` of the field `priority`, once, first at log.csv:14"), "{out}");
}

/// Whoever recounts comes to the same number: every line that was counted is told, and each once.
#[test]
fn the_lines_of_all_that_are_too_many_are_told_once_each() {
    const COUNTED: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
case { ends on closed after 1 calendar day }
event called
event texted
event closed
behaviour once { exactly one called or texted }
behaviour few { at most one called or texted }
"#;
    let log = "case,event,time\nT1,called,2026-03-02 09:00\nT1,texted,2026-03-02 10:00\nT1,called,2026-03-02 11:00\n";
    let desk = Desk::new(log);
    desk.write("desk.mot", COUNTED);
    let report = desk.mot(&["eval"]).out;
    fn lines_of(breach: &str) -> Vec<&str> {
        let happened = breach.lines().filter(|line| line.trim_start().starts_with("happened"));
        happened.map(|line| line.rsplit("log.csv:").next().unwrap().trim_end_matches(')')).collect()
    }
    let breaches: Vec<_> = report.split(": not kept").skip(1).map(lines_of).collect();
    assert_eq!(breaches, [vec!["2", "3"], vec!["2", "3"], vec!["2", "3", "4"]], "{report}");
}
