//! The command as scripts see it: exit codes, what is written and what is not.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

const UNTIDY: &str = "event  opened\nrole agent # who\n";
const TIDY: &str = "event opened\nrole agent  # who\n";
const FAULTY: &str = "event opened\nstandard {\n";

/// A folder of files, and `mot` run in it.
struct Desk {
    folder: TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        for (name, text) in files {
            let path = desk.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn mot(&self, arguments: &[&str]) -> Ran {
        self.mot_on(arguments, "")
    }

    fn mot_on(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = Command::cargo_bin("mot").unwrap();
        command.current_dir(self.folder.path()).arg("fmt").args(arguments).write_stdin(input);
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

#[test]
fn files_are_written_in_form_and_named() {
    // Also a file that another uses.
    let desk = Desk::new(&[("a.mot", "use  \"below/b.mot\"\n"), ("below/b.mot", UNTIDY), ("below/c.mot", TIDY)]);
    let ran = desk.mot(&[]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "formatted a.mot\nformatted below/b.mot\n", ""));
    assert_eq!(desk.read("below/b.mot"), TIDY);
    let names: Vec<_> = fs::read_dir(desk.folder.path().join("below")).unwrap().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let again = desk.mot(&["below", "a.mot"]);
    assert_eq!((again.code, again.out.as_str()), (0, "3 files in the canonical form\n"));
}

#[test]
fn a_check_writes_nothing_and_shows_what_would_change() {
    let desk = Desk::new(&[("b.mot", UNTIDY), ("c.mot", TIDY)]);
    let ran = desk.mot(&["--check"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out);
    assert_eq!(desk.read("b.mot"), UNTIDY);
    assert_eq!(desk.mot(&["--check", "c.mot"]).code, 0);
}

#[test]
fn a_file_with_faults_stays_and_the_others_do_not_wait_for_it() {
    let desk = Desk::new(&[("a.mot", FAULTY), ("b.mot", UNTIDY)]);
    let ran = desk.mot(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "formatted b.mot\n"));
    assert!(ran.err.contains("a.mot:2"), "{}", ran.err);
    assert_eq!(desk.read("a.mot"), FAULTY);
    let no_text = Desk::new(&[]);
    fs::write(no_text.folder.path().join("a.mot"), b"role a\n\xff").unwrap();
    assert_eq!(no_text.mot(&[]).code, 2);
    assert_eq!(desk.mot(&["nowhere"]).code, 3);
    assert_eq!(Desk::new(&[]).mot(&[]).code, 3);
}

#[test]
fn what_may_mean_something_else_is_not_settled_unseen() {
    let doubtful = "standard see {\n  from arrived to seen\n  within 30m\n  when urgent within 5m\n}\n";
    let desk = Desk::new(&[("a.mot", doubtful)]);
    let ran = desk.mot(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("put it behind: `within 5m when urgent`"), "{}", ran.err);
    assert_eq!(desk.read("a.mot"), doubtful);
}

#[test]
fn standard_input_comes_out_in_form() {
    let desk = Desk::new(&[]);
    let ran = desk.mot_on(&["-"], UNTIDY);
    assert_eq!((ran.code, ran.out.as_str()), (0, TIDY));
    assert_eq!(desk.mot_on(&["-"], TIDY).out, TIDY);
    let check = desk.mot_on(&["--check", "-"], UNTIDY);
    assert!(check.code == 1 && check.out.contains("+event opened"), "{}", check.out);
    let faulty = desk.mot_on(&["-"], FAULTY);
    assert_eq!((faulty.code, faulty.out.as_str()), (2, ""));
}

#[test]
fn line_ends_stay_as_they_are() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let desk = Desk::new(&[("a.mot", &windows(UNTIDY)), ("b.mot", &windows(TIDY))]);
    assert_eq!(desk.mot(&[]).out, "formatted a.mot\n");
    assert_eq!(desk.read("a.mot"), windows(TIDY));
    // The ancient ones are not kept; nor is a mark at the beginning.
    let ancient = Desk::new(&[("a.mot", &UNTIDY.replace('\n', "\r")), ("b.mot", &format!("\u{FEFF}{TIDY}"))]);
    assert_eq!(ancient.mot(&[]).code, 0);
    assert_eq!((ancient.read("a.mot"), ancient.read("b.mot")), (TIDY.to_owned(), TIDY.to_owned()));
}

#[cfg(unix)]
#[test]
fn what_a_file_is_beside_its_text_stays() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new(&[("real/a.mot", UNTIDY)]);
    let (real, link) = (desk.folder.path().join("real/a.mot"), desk.folder.path().join("a.mot"));
    symlink(&real, &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(desk.mot(&["a.mot"]).code, 0);
    assert!(link.is_symlink());
    assert_eq!(desk.read("real/a.mot"), TIDY);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}
