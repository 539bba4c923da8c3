//! Several versions of a service in one run.

use super::Desk;

const FIRST: &str = r#"service desk { version "1" timezone "Asia/Shanghai" effective 2026-01-01 until 2026-03-31 }
calendar office { mon..fri 09:00-17:00 }
event opened { by_phone: bool? }
event resolved
standard resolve "Resolve" { counting office from opened to resolved within 4h }
"#;
const SECOND: &str = r#"service desk { version "2" timezone "Asia/Shanghai" effective 2026-04-01 }
calendar office { mon..fri 08:00-20:00 }
event opened { by_phone: bool? }
event resolved
standard resolve "Resolve" { counting office from opened to resolved within 2h }
standard thank "Thank" { status draft from resolved to opened within 1h }
"#;
const LOG: &str = "case,event,time\nT1,opened,2026-03-31 09:00\nT1,resolved,2026-03-31 12:00\n\
                   T2,opened,2026-04-01 09:00\nT2,resolved,2026-04-01 12:00\n";

fn desk(first: &str, second: &str) -> Desk {
    let desk = Desk::new(LOG);
    desk.write("first.mot", first).write("second.mot", second);
    desk.write("mot.yaml", "standards: [first.mot, second.mot]\nlog: log.csv\nmapping: mapping.yaml\n");
    desk
}

#[test]
fn each_rule_is_judged_by_the_version_in_force_when_it_begins() {
    let ran = desk(FIRST, SECOND).mot(&["eval"]);
    assert_eq!(ran.code, 1);
    insta::with_settings!({filters => vec![(r"mot \d+\.\d+\.\d+ · zones \w+", "mot … · zones …")]}, {
        insta::assert_snapshot!(ran.out);
    });
}

#[test]
fn each_finding_names_its_version() {
    let desk = desk(FIRST, SECOND);
    let lines = desk.mot(&["eval", "--format", "ndjson"]).out;
    let versions: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|finding| format!("{} {} {}", finding["case"], finding["version"], finding["verdict"]))
        .collect();
    assert_eq!(versions, [r#""T1" "1" "met""#, r#""T2" "2" "breached""#]);
    assert_eq!(desk.mot(&["eval", "--format", "json", "--out", "report.json"]).code, 1);
    let document: serde_json::Value = serde_json::from_str(&desk.read("report.json")).unwrap();
    assert_eq!(document["versions"].as_array().map(Vec::len), Some(2));
    let manifest: serde_json::Value = serde_json::from_str(&desk.read("report.json.manifest.json")).unwrap();
    assert_eq!(manifest["standards"].as_array().map(Vec::len), Some(2));
}

#[test]
fn drafts_are_judged_on_request() {
    let desk = desk(FIRST, SECOND);
    assert!(!desk.mot(&["eval"]).out.contains("  Thank"));
    assert!(desk.mot(&["eval", "--draft"]).out.contains("  Thank"));
}

#[test]
fn versions_that_claim_the_same_days() {
    let ran = desk(&FIRST.replace(" until 2026-03-31", ""), SECOND).mot(&["eval"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn versions_that_do_not_fit_together() {
    let first = FIRST.replace("2026-03-31", "2026-03-20").replace("Asia/Shanghai", "Europe/Rome");
    let ran = desk(&first, &SECOND.replace("by_phone: bool?", "by_phone: text?")).mot(&["eval"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn versions_without_days_or_of_two_services() {
    let first = FIRST.replace(" effective 2026-01-01 until 2026-03-31", "");
    let ran = desk(&first, &SECOND.replace("service desk", "service shop")).mot(&["eval"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}
