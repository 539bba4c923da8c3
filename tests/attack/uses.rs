//! Standards that name other files, many of them or any.

use super::{Place, STANDARDS};

/// What no message may show.
const SECRET: &str = "s3cret-of-another";

/// A project in a folder, and beside it what is none of its business.
fn beside_a_secret() -> Place {
    let place = Place::empty();
    place.write("secret.txt", SECRET).write("secret.mot", format!("# {SECRET}\nevent {SECRET} {SECRET}\n"));
    place.write("shared/calendars.mot", "calendar office { mon..fri 09:00-18:00 }\n");
    place
}

fn using(file: &str) -> String {
    format!("use \"{file}\"\n{STANDARDS}")
}

#[test]
fn nothing_outside_of_the_project_is_read() {
    let place = beside_a_secret();
    for outside in [
        "../secret.mot",
        "../secret.txt",
        "/etc/passwd",
        "/etc/hostname",
        "/dev/zero",
        "../shared/calendars.mot",
        "../no-such-file.mot",
        "folder/../../secret.mot",
    ] {
        place.write("project/desk.mot", using(outside));
        let ran = place.mot(&["check", "project/desk.mot"]);
        assert!(ran.code == 2 && ran.err.contains("use/outside"), "{outside}: {}", ran.err);
        assert!(!ran.err.contains(SECRET) && !ran.err.contains("root:"), "{outside}: {}", ran.err);
    }
}

#[test]
fn what_is_not_called_standards_is_not_read_inside_of_it_either() {
    let place = beside_a_secret();
    place.write("project/.env", SECRET).write("project/desk.mot", using(".env"));
    let ran = place.mot(&["check", "project/desk.mot"]);
    assert!(ran.code == 2 && ran.err.contains("use/cannot-read") && !ran.err.contains(SECRET), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn nor_is_it_read_through_links() {
    use std::os::unix::fs::symlink;
    let place = beside_a_secret();
    place.write("project/.env", SECRET);
    symlink(place.path("secret.mot"), place.path("project/a.mot")).unwrap();
    symlink(place.path("secret.txt"), place.path("project/b.mot")).unwrap();
    symlink(place.path("shared"), place.path("project/shared")).unwrap();
    symlink(".env", place.path("project/c.mot")).unwrap();
    for (link, code) in [
        ("a.mot", "use/outside"),
        ("b.mot", "use/outside"),
        ("shared/calendars.mot", "use/outside"),
        ("c.mot", "use/cannot-read"),
    ] {
        place.write("project/desk.mot", using(link));
        let ran = place.mot(&["check", "project/desk.mot"]);
        assert!(ran.code == 2 && ran.err.contains(code) && !ran.err.contains(SECRET), "{link}: {}", ran.err);
    }
}

#[test]
fn a_project_may_allow_a_folder_or_be_a_larger_one() {
    let place = beside_a_secret();
    place.write("project/desk.mot", using("../shared/calendars.mot"));
    assert_eq!(place.mot(&["check", "project/desk.mot"]).code, 2);
    place.write("project/mot.yaml", "outside: ../shared\n");
    let ran = place.mot(&["check", "project/desk.mot"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    std::fs::remove_file(place.path("project/mot.yaml")).unwrap();
    place.write("mot.yaml", "outside: []\n");
    let ran = place.mot(&["check", "project/desk.mot"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn a_file_that_is_no_standards_is_not_quoted() {
    use std::os::unix::fs::symlink;
    let place = beside_a_secret();
    symlink(place.path("secret.txt"), place.path("linked.mot")).unwrap();
    for named in ["secret.txt", "linked.mot"] {
        let ran = place.mot(&["check", named]);
        assert!(ran.code == 2 && !ran.err.contains(SECRET), "{named}: {}", ran.err);
        place.write("mot.yaml", format!("standards: {named}\nlog: log.csv\nmapping: mapping.yaml\n"));
        let ran = place.mot(&["eval"]);
        assert!(ran.code == 2 && !ran.err.contains(SECRET), "{named}: {}", ran.err);
    }
}

#[test]
#[cfg(unix)]
fn a_folder_is_walked_through_once_and_pipes_are_not_read() {
    use std::os::unix::fs::symlink;
    let place = Place::empty();
    place.write("desk.mot", STANDARDS);
    symlink(".", place.path("one")).unwrap();
    symlink(".", place.path("two")).unwrap();
    for arguments in [&["fmt"][..], &["check"], &["fmt", "--check"]] {
        let ran = place.mot(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(!ran.out.contains("one/") && !ran.out.contains("2 files"), "{}", ran.out);
    }
    symlink("/dev/zero", place.path("zero.mot")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(place.path("pipe.mot")).status().unwrap();
    assert!(pipe.success());
    for named in ["pipe.mot", "zero.mot", "."] {
        for command in ["check", "fmt", "graph", "sample"].into_iter().take(if named == "." { 2 } else { 4 }) {
            let more: &[&str] = if command == "sample" { &["--out", "made"] } else { &[] };
            let ran = place.mot(&[&[command, named], more].concat());
            assert!(ran.code >= 2 && ran.err.contains("this is a pipe or a device"), "{command} {named}: {}", ran.err);
        }
    }
}

#[test]
fn a_chain_of_ten_thousand_files_is_read_like_any() {
    let place = Place::empty();
    place.write("desk.mot", using("f0.mot"));
    let files = 10_000;
    for file in 0..files - 1 {
        place.write(format!("f{file}.mot"), format!("use \"f{}.mot\"\n", file + 1));
    }
    place.write(format!("f{}.mot", files - 1), "# the last\n");
    for arguments in [&["check"][..], &["graph", "desk.mot"]] {
        let ran = place.mot(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    }
    place.write(format!("f{}.mot", files - 1), "use \"f0.mot\"\n");
    // Without a file that none uses, the circle is found all the same.
    std::fs::remove_file(place.path("desk.mot")).unwrap();
    let ran = place.mot(&["check"]);
    assert!(ran.code == 2 && ran.err.contains("graph/cycle"), "{}", ran.err);
}
