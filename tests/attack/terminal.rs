//! Letters that a terminal obeys, planted wherever a file can bring text in: none comes out as it went in.

use mot::report::{differences, drawing, evaluation, scenarios};

use super::{Place, is_raw};

/// Colours, the bell, a step back, a control letter of the second kind, turns of direction, letters without width,
/// ends of lines and paragraphs, a mark of byte order, a tag. (A zero byte is no text to any of the readers.)
const PLANTED: &str = "<\u{1b}[31m\u{1b}[2J\u{1b}]0;t\u{7}\u{8}\u{b}\u{c}\u{7f}\u{85}\u{9b}31m\u{202e}\u{2066}\u{61c}\
                       \u{200b}\u{200d}\u{2028}\u{2029}\u{feff}\u{ad}\u{e0041}>";
/// The same with line breaks and tabs, for what a cell may hold; and what would be a line of a report.
const FORGED: &str = "forged\r\n\t\n  forged sums\nforged breaches\n";

fn standards(version: &str) -> String {
    format!(
        r#"# a comment {P}
service desk "Desk {P}" {{ version "{version} {P}" timezone "Asia/Shanghai" owner "Owner {P}" currency CNY }}
role agent "Agent {P}"
role lead "Lead {P}" leads agent
calendar office "Office {P}" {{ mon, tue, wed, thu, fri, sat, sun 00:00-24:00 }}
period spring "Spring {P}" 2026-03-01..2026-03-31
case {{
  note: text?
  tier: one of (basic, gold)
  `odd {P} name`: text?
}}
event opened "Opened {P}"
event resolved "Resolved {P}"
event told {{ to: role }}
event rated {{ score: 1..5 }}
segment vip "Vip {P}" when tier is gold or note is "Note {P}"
touchpoint phone "Phone {P}" {{ stage use  channel phone  environment remote  owner "Team {P}" }}
moment answer_it "Answer {P}" at phone {{ kind peak  impact high  expects "Soon {P}" }}
standard resolve "Resolve {P}" for answer_it {{
  from opened to resolved
  counting office
  within 1h when note is "Urgent {P}"
  within 2h when vip
  within 4h otherwise
  source "Clause {P}"
  severity major
}}
behaviour rated_after "Rated {P}" {{ after resolved, rated within 2h }}
level in_time "In time {P}" {{ at least 90% of resolve per day }}
escalate resolve, seen as told {{ at 50% to lead within 15m }}
cause slow "Slow {P}" for resolve {{ kind staffing  when overshoot is at least 1m }}
remedy sorry "Sorry {P}" for resolve {{ offer "Call {P}" }}
scenario "Kept {P}" {{
  2026-03-02 09:00  opened {{ note: "N {P}" }}
  2026-03-02 09:01  resolved
  expect met resolve
}}
scenario "Not kept {P}" {{
  2026-03-02 09:00  opened
  2026-03-02 19:01  resolved
  expect met resolve
}}
"#,
        P = PLANTED
    )
}

/// A cell of a CSV file, with whatever in it.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn log() -> String {
    let planted = |what: &str| cell(&format!("{what} {PLANTED}{FORGED}"));
    let mut log = "case,event,time,note,tier,who,role,to,score\n".to_owned();
    let (case, who) = (planted("C"), planted("Li Lei"));
    for (event, time, note, tier, role, score) in [
        ("opened", "2026-03-02 09:00", planted("Note"), "basic".to_owned(), "agent".to_owned(), String::new()),
        ("opened", "2026-03-02 10:00", planted("Note"), planted("tin"), planted("boss"), String::new()),
        ("resolved", "2026-03-02 20:00", String::new(), String::new(), "lead".to_owned(), String::new()),
        ("rated", "2026-03-02 20:30", String::new(), String::new(), "lead".to_owned(), planted("five")),
        ("resolved", &planted("soon"), String::new(), String::new(), "lead".to_owned(), String::new()),
        (&planted("resolvd"), "2026-03-02 21:00", String::new(), String::new(), "lead".to_owned(), String::new()),
        ("told", "2026-03-02 21:00", String::new(), String::new(), planted("boss"), String::new()),
    ] {
        log += &format!("{case},{event},{time},{note},{tier},{who},{role},{role},{score}\n");
    }
    let case = planted("Late");
    for (event, time) in [("opened", "2026-03-02 09:00"), ("resolved", "2026-03-02 19:00")] {
        log += &format!("{case},{event},{time},{},gold,{who},agent,agent,\n", planted("Note"));
    }
    log
}

const MAPPING: &str = "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\nactor: who\nrole: role\n";

/// A text in YAML's quotation marks.
fn in_yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f")
}

fn place() -> Place {
    let place = Place::empty();
    place
        .write("desk.mot", standards("1"))
        .write("later.mot", standards("2").replace("within 2h when", "within 3h when"));
    place.write("log.csv", log()).write("mapping.yaml", MAPPING);
    place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\nrejected: at most 20%\n");
    place
}

/// No line of a text is one that a cell brought along.
fn nothing_is_forged(text: &str, told: &str) {
    assert!(!text.lines().any(|line| line.trim().starts_with("forged")), "{told}: {text}");
}

#[test]
fn nothing_planted_reaches_a_terminal_by_any_command() {
    let place = place();
    let of_formats = [
        (&["graph", "desk.mot"][..], drawing::FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>()),
        (&["test", "desk.mot"], scenarios::FORMATS.iter().map(|format| format.name()).collect()),
        (&["diff", "desk.mot", "later.mot"], differences::FORMATS.iter().map(|format| format.name()).collect()),
        (&["eval"], evaluation::FORMATS.iter().map(|format| format.name()).collect()),
    ];
    let in_each = |(command, formats): (&[&'static str], Vec<&'static str>)| {
        formats.into_iter().map(|format| [command, &["--format", format]].concat()).collect::<Vec<_>>()
    };
    let others = [
        &["check"][..],
        &["check", "desk.mot", "later.mot"],
        &["test", "desk.mot", "--coverage"],
        &["fmt", "--check"],
        &["eval", "-s", "desk.mot"],
        &["eval", "--stories", "all"],
        &["eval", "--strict"],
        &["eval", "--out", "report.txt"],
        &["eval", "--format", "json", "--out", "report.json"],
        &["sample", "desk.mot", "--out", "made"],
    ];
    for arguments in of_formats.into_iter().flat_map(in_each).chain(others.map(<[_]>::to_vec)) {
        let ran = place.mot(&arguments);
        assert!(ran.code < 2 || arguments.contains(&"--strict"), "{arguments:?}: {}", ran.err);
        nothing_is_forged(&format!("{}{}", ran.out, ran.err), &format!("{arguments:?}"));
    }
    for name in ["report.txt", "report.txt.manifest.json", "report.json", "report.json.manifest.json"] {
        let text = place.read(name);
        assert!(!text.contains(|letter| letter != '\n' && is_raw(letter)), "{name}");
        nothing_is_forged(&text, name);
    }
    // What was planted is all there, told by its number in text and exactly in data.
    let told = place.mot(&["eval", "--stories", "all"]).out;
    assert!(told.contains("<U+001B>[31m") && told.contains("<U+202E>") && told.contains("<U+000A>"), "{told}");
    let data: serde_json::Value = serde_json::from_str(&place.mot(&["eval", "--format", "json"]).out).unwrap();
    assert_eq!(data["findings"][0]["case"], format!("C {PLANTED}{FORGED}").trim());
    assert_eq!(data["service"]["title"], format!("Desk {PLANTED}"));
}

#[test]
fn nothing_planted_in_what_is_at_fault_reaches_a_terminal() {
    let names = [
        format!("event x {{ a: one of (b, `c {PLANTED}`) }}\nsegment s when a is `d {PLANTED}`"),
        format!("segment s when `x {PLANTED}` is 1"),
        format!("standard `s {PLANTED}` {{ from `a {PLANTED}` to b within 1h }}"),
        format!("use \"no {PLANTED} such\n file.mot\""),
        format!("service d {{ timezone \"Asia/{PLANTED}\" currency `{PLANTED}` }}"),
        PLANTED.to_owned(),
        format!("event a{PLANTED}"),
        format!("touchpoint t {{ stage `{PLANTED}` }}"),
        format!("scenario \"s {PLANTED}\" {{ 2026-03-02 09:00 `x {PLANTED}` }}"),
        format!("\"never closed {PLANTED}\n"),
    ];
    let place = place();
    for text in names {
        place.write("bad.mot", format!("service desk {{ timezone \"Asia/Shanghai\" }}\n{text}\n"));
        for arguments in [
            &["check", "bad.mot"][..],
            &["eval", "-s", "bad.mot"],
            &["graph", "bad.mot"],
            &["fmt", "--check", "bad.mot"],
        ] {
            let ran = place.mot(arguments);
            nothing_is_forged(&ran.err, &text);
        }
    }
    let planted = in_yaml(&format!("x {PLANTED}{FORGED}"));
    for mapping in [
        format!("{planted}: 1\n"),
        format!("{MAPPING}events:\n  {planted}: opened\n"),
        format!("{MAPPING}events:\n  a: {planted}\n"),
        format!("timezone: {planted}\ncase: case\nevent: event\ntime: time\n"),
        format!("timezone: Asia/Shanghai\ncase: {planted}\nevent: event\ntime: time\n"),
        format!("{MAPPING}format: {planted}\n"),
        format!("{MAPPING}fields:\n  {planted}: {planted}\n"),
        format!("[ {PLANTED}"),
        format!("a: b: {PLANTED}"),
    ] {
        place.write("bad.yaml", &mapping);
        nothing_is_forged(&place.mot(&["eval", "-m", "bad.yaml"]).err, &mapping);
    }
    for settings in [
        format!("standards: {planted}\nlog: log.csv\nmapping: mapping.yaml\n"),
        format!("standards: desk.mot\nlog: {planted}\nmapping: mapping.yaml\n"),
        format!("standards: desk.mot\nlog: log.csv\nmapping: {planted}\n"),
        format!("{planted}: 1\n"),
        format!("severity:\n  {planted}: ignore\n"),
        format!("standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\nas_of: {planted}\n"),
        format!("standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\nperiod: {planted}\n"),
    ] {
        place.write("mot.yaml", &settings);
        nothing_is_forged(&place.mot(&["eval"]).err, &settings);
        nothing_is_forged(&place.mot(&["check", "desk.mot"]).err, &settings);
    }
}

#[test]
fn nothing_planted_in_names_of_files_and_columns_reaches_a_terminal() {
    let place = place();
    // No file may have a zero byte or a slash in its name; a line break, and all else, it may.
    let name = |end: &str| format!("odd {}{}{end}", PLANTED.replace('\u{9b}', ""), FORGED.replace('/', ""));
    let (standards_file, log_file, mapping_file) = (name(".mot"), name(".csv"), name(".yaml"));
    place.write(&standards_file, standards("1")).write(&log_file, log()).write(&mapping_file, MAPPING);
    let all = ["eval", "-s", &standards_file, "-l", &log_file, "-m", &mapping_file];
    for more in [&[][..], &["--format", "json"], &["--strict"], &["--out", &name(".out")]] {
        let ran = place.mot(&[&all, more].concat());
        nothing_is_forged(&format!("{}{}", ran.out, ran.err), "names of files");
    }
    for arguments in [
        &["check"][..],
        &["test"],
        &["fmt", "--check"],
        &["fmt"],
        &["graph", &standards_file],
        &["test", "--format", "json"],
    ] {
        let ran = place.mot(arguments);
        nothing_is_forged(&format!("{}{}", ran.out, ran.err), "names of files");
    }
    place.write(&log_file, format!("{},b,c\n1,2,3\n", cell(&name(""))));
    nothing_is_forged(&place.mot(&all).err, "columns");
    for gone in [
        &["eval", "-l", &name("gone")][..],
        &["check", &name("gone")],
        &["fmt", &name("gone")],
        &["test", &name("gone")],
    ] {
        let ran = place.mot(gone);
        nothing_is_forged(&ran.err, "a file that is not there");
        assert_eq!(ran.code, 3);
    }
}

#[test]
fn nothing_planted_in_arguments_reaches_a_terminal() {
    let place = place();
    let planted = format!("x {PLANTED}{FORGED}");
    for arguments in [
        &[planted.as_str()][..],
        &["eval", "--format", &planted],
        &["eval", "--as-of", &planted],
        &["eval", "--period", &planted],
        &["eval", "--stories", &planted],
        &["explain", &planted],
        &["test", "desk.mot", "--filter", &planted],
        &["test", "desk.mot", "--threshold", &planted],
        &["sample", "desk.mot", "--out", "made", "--from", &planted],
        &["completions", &planted],
    ] {
        let ran = place.mot(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn a_formatter_in_a_pipe_hands_every_letter_on() {
    let place = place();
    let mut command = place.command(&["fmt", "-"]);
    let output = command.write_stdin(standards("1")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches(PLANTED).count(), standards("1").matches(PLANTED).count());
}
