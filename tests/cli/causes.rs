//! Why promises were broken, as the reports tell it.

use super::Desk;

const STANDARDS: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" currency CNY }
role agent
role team_lead leads agent
case { name: text private }
event opened
event asked { amount: money? }
event granted { amount: money? }
event refunded { amount: money }
event resolved
touchpoint mail "Mail" { stage after_sales }
moment closure "Closing the case" at mail {
  out of control when time from opened to resolved is more than 8h and name is "Li Lei"
}
standard resolve "Resolve" for closure { from opened to resolved within 4h severity major }
action refund is refunded costs amount
empower agent { may refund up to 100 CNY per case }
empower team_lead { may refund }
approve refund { asked by asked granted by granted }
authority refunds_within_limits "Refunds within limits" for refund { severity critical }
cause no_authority "The agent had to ask before acting" for resolve {
  kind empowerment
  when waiting for approval is more than 1h
}
cause a_friend for resolve, refunds_within_limits {
  kind communication
  when name is "Li Lei"
}
remedy raise_the_limit for resolve {
  caused by no_authority
  offer "Raise the agent's limit"
  improve empowerment
}
remedy talk for refunds_within_limits { offer "Talk it over" improve communication }
"#;

const LOG: &str = "\
case,event,time,actor,role,amount,name
T1,opened,2026-03-02 09:00,ann,agent,,Han Mei
T1,asked,2026-03-02 09:10,ann,agent,500,
T1,granted,2026-03-02 12:10,lee,team_lead,500,
T1,resolved,2026-03-02 15:00,ann,agent,,
T2,opened,2026-03-02 09:00,ann,agent,,Li Lei
T2,refunded,2026-03-02 10:00,ann,agent,80,
T2,refunded,2026-03-02 11:00,ann,agent,50,
T2,resolved,2026-03-02 20:00,ann,agent,,
T3,opened,2026-03-02 09:00,ann,agent,,Han Mei
T3,resolved,2026-03-02 14:00,ann,agent,,
T4,opened,2026-03-02 09:00,ann,agent,,
T4,resolved,2026-03-02 14:30,ann,agent,,
";

fn desk() -> Desk {
    let desk = Desk::new(LOG);
    let mapping = "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\nactor: actor\nrole: role\n";
    desk.write("desk.mot", STANDARDS).write("mapping.yaml", mapping);
    desk
}

#[test]
fn the_report_says_why_and_what_to_improve() {
    let ran = desk().mot(&["eval"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn the_data_say_why_too_and_nothing_private() {
    let ran = desk().mot(&["eval", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let (why, improve) = (&report["why"], &report["improve"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&serde_json::json!([why, improve])).unwrap());
    let breached: Vec<_> =
        report["findings"].as_array().unwrap().iter().filter(|found| found["verdict"] == "breached").collect();
    let causes: Vec<_> = breached.iter().map(|found| (&found["rule"], &found["case"], &found["causes"])).collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&causes).unwrap());
    assert!(!ran.out.contains("Li Lei") && !ran.out.contains("Han Mei"), "{}", ran.out);
}
