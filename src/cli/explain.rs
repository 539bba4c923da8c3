//! `mot explain`: what a code means, why it matters, and how to mend it.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::Outcome;
use super::options::{colour_out, complain, print_painted};
use crate::diagnostic::pages::{self, Page};
use crate::report::Paint;

/// Explain the code of a fault: what it means, why it matters, how to mend it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot explain                            every code in a line
  mot explain table/dead-row             one code, with a file that has it, and mended
  mot explain table/dead-row name/twice | less

Exit codes: 0 explained, 3 no such code.")]
pub struct Explain {
    /// Codes, as they stand above a fault; none lists them all
    #[arg(value_name = "CODE", value_parser = Codes, hide_possible_values = true)]
    codes: Vec<String>,
}

impl Explain {
    /// Prints the pages of the codes, or the list of all codes.
    pub fn run(&self) -> Outcome {
        let paint = Paint { on: colour_out() };
        if self.codes.is_empty() {
            print_painted(&list(paint));
            return Outcome::Well;
        }
        let mut outcome = Outcome::Well;
        for (at, code) in self.codes.iter().enumerate() {
            match pages::find(code) {
                Some(page) => print_painted(&format!("{}{}", if at == 0 { "" } else { "\n" }, written(page, paint))),
                None => {
                    complain(&unknown(code));
                    outcome = Outcome::Unusable;
                }
            }
        }
        outcome
    }
}

fn unknown(code: &str) -> String {
    let help = match pages::nearest(code) {
        Some(meant) => format!("did you mean `mot explain {meant}`?"),
        None => "`mot explain` lists them all".into(),
    };
    format!("there is no code `{code}`: {help}\n")
}

/// Every code with its title, family by family.
fn list(paint: Paint) -> String {
    let width = pages::all().iter().map(|page| page.code.len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut family = "";
    for page in pages::all() {
        if page.family() != family {
            family = page.family();
            text += &format!("{}{}\n", if text.is_empty() { "" } else { "\n" }, paint.heading(family));
        }
        text += &format!("  {:width$}  {}\n", page.code, page.title);
    }
    text + "\n`mot explain CODE` says more of one.\n"
}

/// A page for a terminal: headings bold, files indented under their names, what differs between the
/// wrong files and the mended ones coloured.
fn written(page: &Page, paint: Paint) -> String {
    let (wrong, mended) = page.text.split_once(MENDED).unwrap_or((page.text, ""));
    let only_in = |other: &str, line: &str| !line.is_empty() && other.lines().all(|found| found.trim() != line.trim());
    let of_wrong = |line: &str| if only_in(mended, line) { paint.bad(line) } else { line.to_owned() };
    let of_mended = |line: &str| if only_in(wrong, line) { paint.good(line) } else { line.to_owned() };
    let heading = paint.heading(MENDED.trim_start_matches("## "));
    format!("{}{heading}{}", section(wrong, paint, &of_wrong), section(mended, paint, &of_mended))
}

const MENDED: &str = "## Mended";

/// A part of a page; `in_file` writes a line of a file.
fn section(markdown: &str, paint: Paint, in_file: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    let (mut inside, mut just_behind) = (false, false);
    for line in markdown.lines() {
        if let Some(name) = line.strip_prefix("```") {
            (inside, just_behind) = (!inside, inside);
            if let Some((_, name)) = name.split_once(' ') {
                text += &format!("    {}\n", paint.faint(name));
            }
            continue;
        }
        if std::mem::take(&mut just_behind) && !line.is_empty() {
            text.push('\n');
        }
        let heading = line.strip_prefix("## ").or_else(|| line.strip_prefix("# "));
        match heading.filter(|_| !inside) {
            Some(heading) => text += &paint.heading(heading),
            None if inside && !line.is_empty() => text += &format!("    {}", in_file(line)),
            None => text += line,
        }
        text.push('\n');
    }
    text
}

/// Any word is a code until it is looked up; a shell completes those that there are.
#[derive(Clone)]
struct Codes;

impl TypedValueParser for Codes {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        word: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, word)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(pages::all().iter().map(|page| PossibleValue::new(page.code))))
    }
}
