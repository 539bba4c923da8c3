//! `mot sample`: a plausible log for a standards file, to try it out before there is a log of its own.

use std::path::{Path, PathBuf};

use crate::calendar::Date;
use crate::graph::Graph;
use crate::project::{InputFile, Standards, shown, together};
use crate::sample::{Outcome as Played, Request, Sample, first_day, sample};

use super::options::{complain, print};
use super::{Outcome, faults};

/// Make up a plausible log for a standards file, breaches included
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Writes log.csv and mapping.yaml, and a mot.yaml if there is none; then `mot eval DIR` runs it.
The same seed writes the same bytes.

Examples:
  mot sample standards/bank/bank.mot --out try-bank
  mot sample bank.mot --out try-bank --cases 50 --breaches 30 --from 2026-06-01 --days 30

Exit codes: 0 written, 2 faults in the standards, 3 something cannot be read or written.")]
pub struct SampleLog {
    /// The standards file
    #[arg(value_name = "FILE")]
    standards: PathBuf,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// How many cases
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    cases: u32,
    /// How many of a hundred clocks are meant to be late
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    breaches: u8,
    /// The first day [default: 2026-03-02, or the first day in force if that is another time]
    #[arg(long, value_name = "DATE", value_parser = super::times::date)]
    from: Option<Date>,
    /// How many days
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: u32,
    /// Another seed, another log
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
}

impl SampleLog {
    /// Makes the log up and writes it.
    pub fn run(&self) -> Outcome {
        let standards = Standards::load(&self.standards);
        faults::show(&standards.diagnostics, &standards.sources);
        if standards.has_errors() {
            return Outcome::Faults;
        }
        let sample = sample(&standards.graph, &self.request(&standards.graph));
        match self.write(&sample, &standards.inputs) {
            Ok(()) => {
                print(&self.summary(&sample));
                Outcome::Well
            }
            Err(words) => {
                complain(&format!("{words}\n"));
                Outcome::Unusable
            }
        }
    }

    fn request(&self, graph: &Graph) -> Request {
        Request {
            seed: self.seed,
            cases: usize::try_from(self.cases).unwrap_or(usize::MAX),
            from: self.from.unwrap_or_else(|| first_day(graph)),
            days: self.days,
            breaches: f64::from(self.breaches) / 100.0,
        }
    }

    fn write(&self, sample: &Sample, inputs: &[InputFile]) -> Result<(), String> {
        let files = [("log.csv", &sample.csv), ("mapping.yaml", &sample.mapping)]
            .map(|(name, text)| (self.out.join(name), text));
        for (path, _) in &files {
            if path.exists() && !self.force {
                return Err(format!("`{}` is there already: `--force` writes over it", shown(path)));
            }
        }
        std::fs::create_dir_all(&self.out).map_err(|error| format!("cannot write `{}`: {error}", shown(&self.out)))?;
        let mut files: Vec<(&Path, &str)> = files.iter().map(|(path, text)| (path.as_path(), text.as_str())).collect();
        let settings = self.out.join("mot.yaml");
        let text = format!("standards: {}\nlog: log.csv\nmapping: mapping.yaml\n", self.standards_from_there());
        if !settings.exists() {
            files.push((&settings, &text));
        }
        together(&files, inputs)
    }

    /// The standards file as seen from the folder that is written.
    fn standards_from_there(&self) -> String {
        let (folder, file) = (self.out.canonicalize(), self.standards.canonicalize());
        let (Ok(folder), Ok(file)) = (folder, file) else { return shown(&self.standards) };
        let mut up = PathBuf::new();
        for ancestor in folder.ancestors() {
            if let Ok(rest) = file.strip_prefix(ancestor) {
                return shown(&up.join(rest));
            }
            up.push("..");
        }
        shown(&file)
    }

    fn summary(&self, sample: &Sample) -> String {
        format!(
            "{}: {} events of {} cases; clocks meant to be in time {}, late {}, cancelled {}, open at the end {}\n\
             run `mot eval {}`\n",
            shown(&self.out.join("log.csv")),
            sample.events,
            self.cases,
            sample.count(Played::InTime),
            sample.count(Played::Late),
            sample.count(Played::Cancelled),
            sample.count(Played::Open),
            shown(&self.out),
        )
    }
}
