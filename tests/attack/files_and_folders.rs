//! Links, pipes and devices: a folder is walked once, one file is one file whatever it is called, and nothing is read
//! that blocks or has no end.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::cli::Desk;
use crate::cli::LATE;
use crate::logs::says;

fn desk_of(standards: usize) -> Desk {
    let desk = Desk::new(LATE);
    for number in 1..standards {
        desk.write(&format!("{number}.mot"), format!("service s{number} {{ timezone \"UTC\" }}\n"));
    }
    desk
}

fn link(desk: &Desk, to: &str, name: &str) {
    symlink(to, desk.folder.path().join(name)).unwrap();
}

fn pipe(desk: &Desk, name: &str) {
    assert!(Command::new("mkfifo").arg(desk.folder.path().join(name)).status().unwrap().success());
}

#[test]
fn links_to_a_folder_are_not_followed_in_a_circle() {
    let desk = desk_of(2);
    link(&desk, ".", "one");
    link(&desk, ".", "two");
    let ran = desk.mot(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
}

#[test]
fn one_file_under_several_names_is_one_file() {
    let desk = desk_of(2);
    link(&desk, "1.mot", "a-link.mot");
    fs::hard_link(desk.folder.path().join("1.mot"), desk.folder.path().join("z.mot")).unwrap();
    assert_eq!(desk.mot(&["check"]).out.lines().count(), 2);
    assert_eq!(desk.mot(&["check", "1.mot", "./1.mot", "a-link.mot"]).out.lines().count(), 1);
    // Used under one name and found under another, it is used all the same.
    desk.write("main.mot", "use \"1.mot\"\nevent opened\n");
    let ran = desk.mot(&["check"]);
    assert!(ran.out.lines().all(|line| !line.starts_with("a-link.mot") && !line.starts_with("1.mot")), "{}", ran.out);
    // A log under two names is given twice.
    link(&desk, "log.csv", "again.csv");
    let ran = desk.mot(&["eval", "-l", "log.csv", "-l", "again.csv"]);
    assert_eq!(ran.code, 3);
    says(&ran.err, &["`again.csv`: the same log as `log.csv`, given twice"]);
    // The same standards named twice are one version.
    assert_eq!(desk.mot(&["eval", "-s", "desk.mot", "-s", "./desk.mot"]).code, 1);
}

#[test]
fn a_file_that_uses_itself_by_a_link_is_a_circle() {
    let desk = desk_of(1);
    link(&desk, "self.mot", "link.mot");
    desk.write("self.mot", "use \"link.mot\"\nservice s { timezone \"UTC\" }\n");
    let ran = desk.mot(&["check", "self.mot"]);
    assert_eq!(ran.code, 2);
    says(&ran.err, &["graph/cycle"]);
}

#[test]
fn pipes_and_devices_are_told_and_not_read() {
    let why = "this is a pipe or a device, not a file";
    let desk = desk_of(1);
    pipe(&desk, "pipe.mot");
    let ran = desk.mot(&["check"]);
    assert_eq!(ran.code, 2);
    says(&ran.err, &[why]);
    pipe(&desk, "pipe.csv");
    for flags in [["-l", "pipe.csv"], ["-l", "/dev/zero"], ["-m", "/dev/zero"], ["-s", "/dev/zero"]] {
        let ran = desk.mot(&[&["eval", "-s", "desk.mot"], &flags[..]].concat());
        assert!(ran.code == 2 || ran.code == 3, "{flags:?} {}", ran.err);
        says(&ran.err, &[why]);
    }
}

#[test]
fn what_a_shell_opens_is_read() {
    let desk = desk_of(1);
    desk.write("mapping.yaml", format!("{}format: csv\n", desk.read("mapping.yaml")));
    let mot = assert_cmd::cargo::cargo_bin("mot");
    for line in
        ["cat log.csv | $MOT eval -l /dev/stdin", "$MOT eval -l <(cat log.csv)", "$MOT eval -l /dev/stdin < log.csv"]
    {
        let run = Command::new("bash").args(["-c", line]).env("MOT", &mot).current_dir(desk.folder.path()).output();
        let run = run.unwrap();
        assert_eq!(run.status.code(), Some(1), "{line}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn a_file_beyond_the_bound_is_not_read() {
    let desk = desk_of(1);
    for (name, bytes) in [("huge.mot", mot::project::MOST_TEXT + 1), ("huge.csv", mot::project::MOST_LOG + 1)] {
        // It takes no room: nothing is in it.
        fs::File::create(desk.folder.path().join(name)).unwrap().set_len(bytes).unwrap();
    }
    says(&desk.mot(&["check", "huge.mot"]).err, &["it holds more than 64 MiB"]);
    says(&desk.mot(&["eval", "-s", "desk.mot", "-l", "huge.csv"]).err, &["it holds more than 4096 MiB"]);
}

#[test]
fn a_mapping_of_many_keys_is_read() {
    let desk = desk_of(1);
    let names: String = (0..100_000).map(|number| format!("  \"name {number}\": opened\n")).collect();
    desk.write("mapping.yaml", format!("{}events:\n{names}", desk.read("mapping.yaml")));
    assert_eq!(desk.mot(&["eval"]).code, 1);
}
