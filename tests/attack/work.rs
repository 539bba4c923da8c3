//! Standards and mappings that make work without end: all of it grows with what is written, or is refused.

use super::{MAPPING, Place, STANDARDS};

/// A project of whose case fields a segment doubles itself, time and again.
fn doubled() -> Place {
    let segments: String = (1..=60).map(|n| format!("segment s{n} when s{} or s{}\n", n - 1, n - 1)).collect();
    let place = Place::empty();
    place.write(
        "desk.mot",
        format!(
            "service desk {{ timezone \"Asia/Shanghai\" }}\ncase {{ visits: number? }}\nevent opened\nevent resolved\n\
             segment s0 when visits is more than 1\n{segments}\
             standard resolve {{\n  from opened to resolved\n  within 1h when s60\n  within 4h otherwise\n}}\n\
             cause much for resolve {{ kind staffing  when s60 and overshoot is at least 1m }}\n\
             remedy sorry for resolve {{ offer \"Call\" when not s60 }}\n\
             level in_time {{ at least 90% of resolve per day }}\n\
             scenario \"late\" {{\n  given {{ visits: 2 }}\n  2026-03-02 09:00 opened\n  2026-03-02 12:00 resolved\n  \
             expect breached resolve\n}}\n"
        ),
    );
    place.write("log.csv", "case,event,time,visits\nT1,opened,2026-03-02 09:00,1\nT1,resolved,2026-03-02 20:00,1\nT2,opened,2026-03-02 09:00,\n");
    place.write("mapping.yaml", MAPPING);
    place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
    place
}

#[test]
fn a_segment_that_doubles_itself_is_decided_once() {
    let place = doubled();
    for (arguments, code) in [
        (&["check"][..], 0),
        (&["graph", "desk.mot"], 0),
        (&["graph", "desk.mot", "--format", "dot"], 0),
        (&["graph", "desk.mot", "--format", "json"], 0),
        (&["test"], 0),
        (&["test", "--coverage"], 0),
        (&["eval"], 1),
        (&["eval", "--stories", "all"], 1),
        (&["eval", "--format", "json"], 1),
        (&["diff", "desk.mot", "desk.mot"], 0),
        (&["fmt", "--check"], 1),
        (&["sample", "desk.mot", "--out", "made", "--cases", "20"], 0),
    ] {
        let ran = place.mot(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}{}", ran.out, ran.err);
    }
}

/// Five hundred rows over twenty fields: more combinations than anybody can look through.
#[test]
fn a_table_beyond_all_bounds_is_proved_in_part_and_that_is_told() {
    let fields: String = (0..20).map(|field| format!("  f{field}: number\n")).collect();
    let rows: String = (0..500)
        .map(|row| {
            let field = |step: usize| (row * step + step) % 20;
            format!(
                "  within {}m when (f{} is more than {} or f{} is less than {}) and f{} is {row}\n",
                row % 97 + 1,
                field(3),
                row % 50,
                field(7),
                row % 40,
                field(11)
            )
        })
        .collect();
    let place = Place::empty();
    place.write(
        "desk.mot",
        format!(
            "service desk {{ timezone \"Asia/Shanghai\" }}\ncase {{\n{fields}}}\nevent opened\nevent resolved\n\
             standard resolve {{\n  from opened to resolved\n{rows}  within 9h otherwise\n}}\n"
        ),
    );
    let ran = place.mot(&["check"]);
    assert!(ran.err.contains("proof/undecided"), "{}{}", ran.out, ran.err);
}

#[test]
fn nothing_is_nested_so_deep_that_it_would_not_end_well() {
    let place = Place::new();
    let aliases: String = (1..5_000).map(|n| format!("segment s{n} when s{}\n", n - 1)).collect();
    let stacked: String = (1..5_000).map(|n| format!("segment s{n} when s{} or visits is {n}\n", n - 1)).collect();
    let circle: String = (0..5_000).map(|n| format!("segment s{n} when s{} or vip\n", (n + 1) % 5_000)).collect();
    let roles: String =
        (1..60).map(|n| format!("role a{n} leads a{0}, b{0}\nrole b{n} leads a{0}, b{0}\n", n - 1)).collect();
    for (text, code) in [
        (format!("case {{ visits: number }}\nsegment s0 when visits is 0\n{aliases}"), 0),
        (format!("case {{ visits: number }}\nsegment s0 when visits is 0\n{stacked}"), 2),
        (format!("case {{ vip: bool }}\n{circle}"), 2),
        (format!("role a0\nrole b0\n{roles}"), 0),
        (format!("case {{ vip: bool }}\nsegment s when {}vip{}\n", "(".repeat(20_000), ")".repeat(20_000)), 2),
        (format!("case {{ vip: bool }}\nsegment s when {}vip\n", "not ".repeat(20_000)), 2),
        (format!("event x {{ a: {} }}\n", "one of (".repeat(10_000)), 2),
        ("{".repeat(20_000), 2),
        ("\"".repeat(20_001), 2),
        ("standard ".repeat(10_000), 2),
    ] {
        place.write("desk.mot", format!("{STANDARDS}{text}"));
        for command in [&["check"][..], &["eval", "--fail-on", "never"], &["fmt", "--check"]] {
            let ran = place.mot(command);
            let wanted = if command[0] == "fmt" { ran.code } else { code };
            assert_eq!(ran.code, wanted, "{command:?} {}…: {}", text.chars().take(60).collect::<String>(), ran.err);
        }
    }
}

#[test]
fn more_kinds_of_events_than_can_be_told_apart_are_refused() {
    let place = Place::new();
    let many = |count: usize, one: fn(usize) -> String| (0..count).map(one).collect::<String>();
    for text in [
        many(65_540, |n| format!("event e{n}\n")),
        format!("case {{\n{}}}\n", many(65_540, |n| format!("  f{n}: number?\n"))),
        format!("event wide {{\n{}}}\n", many(65_540, |n| format!("  f{n}: number?\n"))),
    ] {
        place.write("desk.mot", format!("{STANDARDS}{text}"));
        let ran = place.mot(&["check"]);
        assert!(
            ran.code == 2 && ran.err.contains("event/too-many"),
            "{}",
            ran.err.chars().take(2000).collect::<String>()
        );
    }
}

#[test]
fn a_mapping_of_many_thousand_keys_is_read_like_any() {
    let place = Place::new();
    let events: String = (0..30_000).map(|n| format!("  raw{n}: {}\n", ["opened", "resolved"][n % 2])).collect();
    place.write("mapping.yaml", format!("{MAPPING}events:\n{events}"));
    let ran = place.mot(&["eval"]);
    assert!(ran.code <= 3, "{}", ran.err);
    let unknown: String = (0..20_000).map(|n| format!("nonsense{n}: 1\n")).collect();
    place.write("mapping.yaml", format!("{MAPPING}{unknown}"));
    assert_eq!(place.mot(&["eval"]).code, 3);
    place.write("mapping.yaml", format!("{MAPPING}events: {}\n", "[".repeat(50_000)));
    assert_eq!(place.mot(&["eval"]).code, 3);
    place.write("mapping.yaml", format!("{MAPPING}fields: {}\n", "{a: ".repeat(50_000)));
    assert_eq!(place.mot(&["eval"]).code, 3);
    // Aliases that double each other, nine times over ten.
    let laughs: String =
        (1..10).map(|n| format!("l{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 10].join(", "))).collect();
    place.write("mapping.yaml", format!("l0: &l0 [lol]\n{laughs}{MAPPING}"));
    assert_eq!(place.mot(&["eval"]).code, 3);
}

/// Each reopening hands on why it cannot be told that the clock runs: once, or sixty rows fill the memory.
#[test]
fn what_cannot_be_told_is_handed_on_once() {
    let place = Place::empty();
    let standards = "service desk { timezone \"Asia/Shanghai\" }\ncase { vip: bool? }\nevent opened\nevent closed\nevent again\n\
         standard mend {\n  from opened where vip to closed\n  reopen on again where vip\n  within 4h\n}\n";
    place.write("desk.mot", standards);
    let again: String = (2..60).map(|minute| format!("T1,again,2026-03-02 09:{minute:02}\n")).collect();
    place.write("log.csv", format!("case,event,time\nT1,opened,2026-03-02 09:00\nT1,closed,2026-03-02 09:01\n{again}"));
    place.write("mapping.yaml", MAPPING);
    place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
    let ran = place.mot(&["eval"]);
    assert!(ran.out.contains("1 undetermined"), "{}{}", ran.out, ran.err);
}
