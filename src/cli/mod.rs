//! The commands: arguments in, rooms called in order, text and an exit code out.

mod check;
mod diff;
mod eval;
mod explain;
mod faults;
mod fmt;
mod format;
mod graph;
mod options;
mod sample;
mod test;
mod times;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// How a run ended; the exit code says it to scripts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// All well: 0.
    Well,
    /// Breaches were found, or scenarios failed: 1.
    Breaches,
    /// A promise asks less than before: 1.
    Looser,
    /// Files are not in the canonical form: 1.
    Unformatted,
    /// The standards have faults: 2.
    Faults,
    /// Input that cannot be used, wrong usage, or a run that does not reconcile: 3.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Well => 0,
            Outcome::Breaches | Outcome::Looser | Outcome::Unformatted => 1,
            Outcome::Faults => 2,
            Outcome::Unusable => 3,
        })
    }
}

/// Service standards as code: check them, run them over a log, read every breach with its evidence.
#[derive(Debug, Parser)]
#[command(name = "mot", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  mot check standards/                   are these standards sound?
  mot eval examples/contact-centre       run a folder's standards over its log
  mot explain table/dead-row             what a fault means, and how to mend it
  mot fmt standards/                     write them in the canonical form
  mot graph bank.mot                     draw them
  mot sample bank.mot --out try          make up a log to try them on
  mot test standards/                    do they say what was meant?
  mot diff 2025.mot 2026.mot             what is promised less, and what more?
  mot eval -s bank.mot -l log.csv -m mapping.yaml --as-of '2026-03-31 18:00'

Exit codes: 0 all well, 1 breaches found, scenarios failed, files out of form or less promised, 2 faults in the standards, 3 unusable
input, wrong usage, or a run that does not reconcile.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Diff(diff::Diff),
    Eval(eval::Eval),
    Explain(explain::Explain),
    Fmt(fmt::Format),
    Graph(graph::DrawGraph),
    Sample(sample::SampleLog),
    Test(test::Test),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Runs `mot` with these arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let words: Vec<OsString> = arguments.into_iter().collect();
    let outcome = match Arguments::try_parse_from(&words) {
        Ok(parsed) => obey(parsed.command, &words),
        Err(error) if error.use_stderr() => {
            // It quotes the arguments.
            options::complain(&error.render().to_string());
            Outcome::Unusable
        }
        Err(help) => {
            options::wrote(help.print());
            Outcome::Well
        }
    };
    options::if_written(outcome)
}

fn obey(command: Command, words: &[OsString]) -> Outcome {
    match command {
        Command::Check(check) => check.run(),
        Command::Diff(diff) => diff.run(),
        Command::Eval(eval) => eval.run(words),
        Command::Explain(explain) => explain.run(),
        Command::Fmt(format) => format.run(),
        Command::Graph(graph) => graph.run(),
        Command::Sample(sample) => sample.run(),
        Command::Test(test) => test.run(),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "mot", &mut text);
            options::print(&String::from_utf8_lossy(&text));
            Outcome::Well
        }
    }
}
