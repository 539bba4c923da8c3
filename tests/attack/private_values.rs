//! What fills a private field is in no output and in no message, whatever goes wrong with the log.

use mot::report::evaluation::FORMATS;

use crate::cli::{Desk, Ran};
use crate::logs::says;

/// Stands in every cell that nobody may see; of a time, its hour and minute.
const SECRET: &str = "Zanzibar";
const SECRET_TIMES: [&str; 3] = ["13:37", "05:37", "13:36"];

const STANDARDS: &str = r#"service desk { timezone "Asia/Shanghai" currency CNY }
role agent
role team_lead leads agent
role boss leads team_lead
case {
  customer: text private
  agent_name: text? private
  word: text? private
  level: low < high private
  birthday: date? private
  income: money? private
  party customer
}
event opened { promised: time? private  phone: number? private }
event resolved
event closed { phone: number? private }
event told { to: role }
event refunded { sum: money private }
event asked { sum: money private }
event granted
event more
standard keep { from opened to resolved due at promised warn at 50% }
standard quick { from opened to resolved within 1h when level is high within 2h otherwise }
standard again { from opened to closed per phone within 1h }
escalate keep, seen as told { at 80% to team_lead within 15m  at 100% to boss within 15m }
cause late for keep { kind process when overshoot is more than 10m }
behaviour once { on opened, level must be high }
behaviour same { every granted must be by someone other than asked }
action refund is refunded costs sum
empower agent { may refund up to 1 CNY per case }
approve refund { asked by asked  granted by granted }
"#;

const MAPPING: &str = "timezone: Asia/Shanghai\ncase: customer\nevent: word\ntime: time\nactor: agent_name\nrole: role\n\
    events: {Zanzibar-o: opened, Zanzibar-r: resolved, Zanzibar-f: refunded, Zanzibar-a: asked, Zanzibar-g: granted, \
    Zanzibar-t: told}\nignore: [Zanzibar-i]\n";

const HEADER: &str = "customer,word,time,agent_name,role,level,birthday,income,promised,phone,sum,to\n";

/// All goes as it should, but for a promise that is broken, an act too large, and a word that nobody knows.
const ROWS: &str = "Zanzibar-1,Zanzibar-o,2026-03-02 09:00,Zanzibar A,agent,high,1990-01-01,7 CNY,2026-03-02 13:37,5550137,,\n\
    Zanzibar-1,Zanzibar-f,2026-03-02 10:00,Zanzibar A,agent,high,1990-01-01,7 CNY,,,4242 CNY,\n\
    Zanzibar-1,Zanzibar-a,2026-03-02 10:01,Zanzibar A,agent,high,,,,,4242 CNY,\n\
    Zanzibar-1,Zanzibar-g,2026-03-02 10:02,Zanzibar A,agent,high,,,,,,\n\
    Zanzibar-1,Zanzibar-t,2026-03-02 14:01,Zanzibar A,agent,high,,,,,,team_lead\n\
    Zanzibar-1,Zanzibar-r,2026-03-02 20:00,Zanzibar A,agent,high,,,,,,\n\
    Zanzibar-2,Zanzibar-o,2026-03-02 09:10,Zanzibar B,agent,low,,,2026-03-02 13:37,5550137,,\n\
    Zanzibar-2,Zanzibar-i,2026-03-02 09:10,Zanzibar B,agent,low,,,,,,\n\
    Zanzibar-2,Zanzibar-x,2026-03-02 09:30,Zanzibar B,agent,low,,,,,,\n\
    Zanzibar-3,Zanzibar-r,2026-03-03 09:30,Zanzibar B,agent,low,,,,,,\n";

/// Cells of private fields that cannot be read, and rows that cannot be used.
const DAMAGE: &str = "Zanzibar-4,Zanzibar-o,2026-03-02 09:00,Zanzibar C,clerk,Zanzibar,Zanzibar,Zanzibar,Zanzibar,Zanzibar,,\n\
    Zanzibar-5,Zanzibar-o,later,Zanzibar C,agent,low,,,,,,\n\
    Zanzibar-6,Zanzibar-o\n\
    Zanzibar-7,\"Zanzibar-o\"x,2026-03-02 09:00,Zanzibar C,agent,low,,,,,,\n\
    Zanzibar-8,Zanzibar-f,2026-03-02 09:00,Zanzibar C,agent,low,,,,,Zanzibar,\n\
    Zanzibar-8,Zanzibar-f,2026-03-02 09:00,Zanzibar C,agent,low,,,,,Zanzibar,\n\
    ,,2026-03-02 09:00,Zanzibar C,agent,low,,,,,,\n\
    Zanzibar-9,Zanzibar-o,2026-03-02 09:00,\"Zanzibar\n";

fn desk(log: &str) -> Desk {
    let desk = Desk::new(log);
    desk.write("desk.mot", STANDARDS).write("mapping.yaml", MAPPING);
    desk
}

/// Runs in every format, and strictly; fails where a secret shows.
fn tells_nothing(desk: &Desk, code: &[i32]) {
    for format in FORMATS {
        for more in [&[][..], &["--stories", "all"], &["--strict"], &["--period", "2026-03-01..2026-03-31"]] {
            let ran = desk.mot(&[&["eval", "--format", format.name()], more].concat());
            assert!(code.contains(&ran.code) && !ran.err.contains("panicked"), "{} {}", ran.code, ran.err);
            assert_hides(&ran);
        }
    }
    desk.mot(&["eval", "--format", "json", "--out", "report.json"]);
    let written = ["report.json", "report.json.manifest.json"].map(|name| desk.folder.path().join(name));
    for text in written.iter().filter_map(|path| std::fs::read_to_string(path).ok()) {
        assert_hides(&Ran { code: 0, out: text, err: String::new() });
    }
}

fn assert_hides(ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        // What the mapping itself says is no secret; a fault shows the line of the mapping that it is about.
        for line in text.lines().filter(|line| !line.contains("│ ")) {
            for secret in [SECRET, "5550137", "4242", "1990-01-01"].iter().chain(&SECRET_TIMES) {
                assert!(!line.contains(secret), "`{secret}` in {line}\n{text}");
            }
        }
    }
}

#[test]
fn no_report_shows_what_fills_a_private_field() {
    let desk = desk(&format!("{HEADER}{ROWS}"));
    let ran = desk.mot(&["eval"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    says(&ran.out, &["case (private) 1", "due        (private)", "keep, late", "(private) 1 as agent"]);
    tells_nothing(&desk, &[0, 1, 3]);
}

#[test]
fn no_message_about_damage_shows_it_either() {
    tells_nothing(&desk(&format!("{HEADER}{ROWS}{DAMAGE}")), &[1, 3]);
    // Two exports, and rows that contradict each other.
    let two = desk(&format!("{HEADER}{ROWS}"));
    two.write("mapping.yaml", format!("{MAPPING}unique: [customer, word]\n"));
    two.write("b.csv", format!("{HEADER}{}{DAMAGE}", ROWS.replace("team_lead", "agent")));
    two.write("mot.yaml", "standards: desk.mot\nlog: [log.csv, b.csv]\nmapping: mapping.yaml\n");
    tells_nothing(&two, &[1, 3]);
}

#[test]
fn a_row_that_cannot_be_read_is_of_the_same_hidden_person() {
    let standards = "service desk { timezone \"UTC\" currency CNY }\nrole agent\ncase { agent_name: text? private }\n\
        event refunded { sum: money }\naction refund is refunded costs sum\n\
        empower agent { may refund up to 100 CNY per day }\n";
    let rows = "customer,word,time,agent_name,role,sum\n1,refunded,2026-03-02 09:00,Zanzibar A,agent,80 CNY\n\
        2,refunded,2026-03-02 ??:??,Zanzibar A,agent,80 CNY\n3,refunded,2026-03-02 10:00,Zanzibar B,agent,80 CNY\n";
    let desk = Desk::new(rows);
    let mapping = "case: customer\nevent: word\ntime: time\nactor: agent_name\nrole: role\ntimezone: UTC\n";
    desk.write("desk.mot", standards).write("mapping.yaml", mapping);
    let ran = desk.mot(&["eval", "--max-rejected", "50"]);
    says(
        &ran.out,
        &["1         0        0        0       0             1", "refund: act — case 1", "log.csv:3 may hold"],
    );
    assert_hides(&ran);
}

#[test]
fn no_error_shows_it() {
    let objects =
        "{\"customer\": \"Zanzibar\", \"word\": \"Zanzibar-o\", \"time\": \"later\", \"promised\": \"Zanzibar\"}\n";
    for (log, more) in [
        // Without a header, with another delimiter, NDJSON as CSV, and the other way.
        (ROWS.to_owned(), ""),
        (format!("{HEADER}{ROWS}").replace(',', ";"), ""),
        (objects.repeat(2), ""),
        (format!("{HEADER}{ROWS}"), "format: ndjson\n"),
        (objects.repeat(2), "format: ndjson\n"),
        (objects.replace("customer", "client"), "format: ndjson\n"),
        // Nothing to judge.
        (format!("{HEADER}{}", ROWS.replace("Zanzibar-", "Zanzibar+")), ""),
        (format!("{HEADER}{DAMAGE}"), ""),
    ] {
        let desk = desk(&log);
        desk.write("mapping.yaml", format!("{MAPPING}{more}"));
        tells_nothing(&desk, &[0, 1, 3]);
    }
    let desk = desk(&format!("{HEADER}{ROWS}"));
    desk.write("mapping.yaml", MAPPING.replace("timezone: Asia/Shanghai\n", ""));
    tells_nothing(&desk, &[3]);
}

#[test]
fn a_private_column_that_must_be_printed_is_refused() {
    for (mapping, words) in [
        (MAPPING.replace("time: time", "time: promised"), "fills the private field `promised of opened`"),
        (MAPPING.replace("role: role", "role: level"), "fills the private field `level`"),
    ] {
        let desk = desk(&format!("{HEADER}{ROWS}"));
        desk.write("mapping.yaml", mapping);
        let ran = desk.mot(&["eval"]);
        assert_eq!(ran.code, 3);
        says(&ran.err, &["mapping/private-column", words]);
        tells_nothing(&desk, &[3]);
    }
}

#[test]
fn people_whose_names_are_private_are_told_apart_all_the_same() {
    // Zanzibar A asked and granted; had B granted, nothing would be wrong.
    let own = desk(&format!("{HEADER}{ROWS}")).mot(&["eval"]).out;
    says(&own, &["same: not kept"]);
    let other = ROWS.replace("10:02,Zanzibar A", "10:02,Zanzibar B");
    let other = desk(&format!("{HEADER}{other}")).mot(&["eval"]).out;
    assert!(!other.contains("same: not kept"), "{other}");
}
