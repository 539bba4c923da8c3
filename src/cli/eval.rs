//! `mot eval`: run standards over a log.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::format::{Chosen, among};
use super::options::{colour_out, complain, print_report};
use super::times::{instant, period};
use super::{Outcome, faults};
use crate::diagnostic::{in_a_line, in_a_report};
use crate::engine::{self, Evaluation, Verdict};
use crate::graph::{Graph, Percent};
use crate::log::{self, ImportSummary, Input, Log, Mapping, ReadFault, yaml::Node};
use crate::project::{InputFile, Settings, Standards, each_once, read, read_log, roots, shown, together};
use crate::report::evaluation::{FORMATS, View, manifest};
use crate::report::{Paint, Style};
use crate::source::{SourceFile, Sources};

/// Run standards over a log and report every breach with its evidence
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot eval                                        the folder's mot.yaml says it all
  mot eval examples/contact-centre --stories 5
  mot eval -s bank.mot -l q1.csv.gz -m mapping.yaml --period 2026-01-01..2026-03-31 --as-of 2026-04-15
  mot eval --format json --out report.json        also writes report.json.manifest.json
  mot eval -s 2025.mot -s 2026.mot …              each rule by the version in force when it begins

Exit codes: 0 no breaches, 1 breaches or levels missed, 2 faults in the standards, 3 unusable input, wrong usage, more
rows lost than allowed, or a run that does not reconcile.")]
pub struct Eval {
    /// A folder with a `mot.yaml`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The standards file; several are versions of one service, each for its own dates
    #[arg(short, long, value_name = "FILE")]
    standards: Vec<PathBuf>,
    /// A log: CSV or NDJSON, plain or gzip; may be given several times
    #[arg(short, long, value_name = "FILE")]
    log: Vec<PathBuf>,
    /// The mapping from the log's columns to the standards' words
    #[arg(short, long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The instant at which things are judged [default: the last event]: `2026-03-31` (its end), `2026-03-31 18:00`
    /// (or with seconds, in the service's zone) or `2026-03-31T18:00:00+08:00`
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Judge only what starts on these dates, both included: `2026-01-01..2026-03-31`
    #[arg(long, value_name = "FROM..TO")]
    period: Option<String>,
    /// How many rows of the log may be lost before the run is worth nothing [default: 1%, or `rejected` in mot.yaml]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    max_rejected: Option<Percent>,
    /// How to write the report
    #[arg(long, default_value = "text", value_parser = among(FORMATS))]
    format: Chosen<[View]>,
    /// Write the report here, and a manifest beside it
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// When to exit with 1
    #[arg(long, value_enum, default_value_t = FailOn::Breach)]
    fail_on: FailOn,
    /// Refuse a log with anything odd in it: unknown events, unreadable rows, ties, disorder
    #[arg(long)]
    strict: bool,
    /// Judge also by standards, and by single rules, that are a draft, or retired
    #[arg(long)]
    draft: bool,
    /// How many stories of each kind the text tells: a number, or `all`
    #[arg(long, value_name = "N", default_value = "20", value_parser = stories)]
    stories: Stories,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum FailOn {
    /// When there is a breach
    Breach,
    /// Never
    Never,
}

/// How many stories to tell; none is all.
#[derive(Clone, Copy, Debug)]
struct Stories(Option<usize>);

fn share(text: &str) -> Result<Percent, String> {
    text.parse().map_err(|()| "a share of the rows, such as `1%` or `0.5%`".into())
}

fn stories(text: &str) -> Result<Stories, String> {
    match text {
        "all" => Ok(Stories(None)),
        number => number.parse().map(|count| Stories(Some(count))).map_err(|_| "a number, or `all`".into()),
    }
}

/// Why a run ended before its report; it has been told.
struct Told(Outcome);

/// Tells one line and ends the run.
fn unusable(words: &str) -> Told {
    complain(&format!("{words}\n"));
    Told(Outcome::Unusable)
}

impl Eval {
    /// Runs, reports, and tells how it ended.
    pub fn run(&self, words: &[OsString]) -> Outcome {
        match self.evaluate(words) {
            Ok(outcome) | Err(Told(outcome)) => outcome,
        }
    }

    fn evaluate(&self, words: &[OsString]) -> Result<Outcome, Told> {
        let mut run = Run::default();
        let settings = run.settings(&self.folder, self.standards.is_empty() || self.log.is_empty())?;
        let named = if self.standards.is_empty() { &settings.standards } else { &self.standards };
        let versions = run.versions(named, &self.folder, self.draft)?;
        let views: Vec<View> =
            versions.iter().map(|version| self.judge(&mut run, &settings, version)).collect::<Result<_, _>>()?;
        self.write(&views, &run.inputs, words)?;
        Ok(self.outcome(&views))
    }

    /// Judges the log by one version of the standards.
    fn judge(&self, run: &mut Run, settings: &Settings, standards: &Standards) -> Result<View, Told> {
        let graph = &standards.graph;
        let zone = &graph.vocabulary.zone;
        let as_of = self.as_of.as_deref().or(settings.as_of.as_ref().map(|text| text.node.as_str()));
        let as_of = as_of.map(|text| instant(text, zone).map_err(|why| unusable(&why))).transpose()?;
        let span = self.period.as_deref().or(settings.period.as_ref().map(|text| text.node.as_str()));
        let span = span.map(|text| period(text, zone).map_err(|why| unusable(&why))).transpose()?;
        let mapping = run.mapping(self.mapping.as_deref(), settings, standards)?;
        let files = if self.log.is_empty() { &settings.log.files } else { &self.log };
        let log = run.log(files, &mapping, graph)?;
        if self.strict {
            refuse_oddities(&log)?;
        }
        if log.events.is_empty() {
            return Err(nothing_to_judge(&log.intake));
        }
        let allowed_loss = self.max_rejected.or(settings.rejected);
        let options = engine::Options { as_of, period: span, allowed_loss, shards: 1 };
        let evaluation = evaluate(graph, &log, &options);
        Ok(View::new(graph, &standards.sources, &log.intake, &evaluation))
    }

    fn write(&self, views: &[View], inputs: &[InputFile], words: &[OsString]) -> Result<(), Told> {
        let paint = Paint { on: self.out.is_none() && colour_out() };
        let style = Style { paint, stories: self.stories.0, ..Style::default() };
        let report = self.format.write(views, style).map_err(|error| unusable(&error.to_string()))?;
        let Some(path) = &self.out else {
            print_report(&report, paint);
            return Ok(());
        };
        let report = in_a_report(&report);
        let output = InputFile::of("report", &shown(path), report.as_bytes());
        // The program's own path is the machine's business, not the report's.
        let command = std::iter::once("mot".to_owned())
            .chain(words.iter().skip(1).map(|word| word.to_string_lossy().into_owned()))
            .collect();
        let manifest = manifest::manifest(views, command, inputs.iter().map(record).collect(), record(&output))
            .map_err(|error| unusable(&error.to_string()))?;
        let beside = {
            let mut name = path.clone().into_os_string();
            name.push(".manifest.json");
            PathBuf::from(name)
        };
        together(&[(path, &report), (&beside, &manifest)], inputs).map_err(|why| unusable(&why))
    }

    fn outcome(&self, views: &[View]) -> Outcome {
        if views.iter().any(|view| !view.reconciliation.reconciles) {
            complain("this run does not reconcile: see the sums in the report\n");
            return Outcome::Unusable;
        }
        if let Some(lost) = views.iter().find_map(|view| view.too_much_lost.as_ref()) {
            complain(&format!("{lost}\n"));
            return Outcome::Unusable;
        }
        let breached = views.iter().any(|view| view.count(Verdict::Breached) > 0 || view.levels_missed() > 0);
        if breached && self.fail_on == FailOn::Breach { Outcome::Breaches } else { Outcome::Well }
    }
}

fn record(file: &InputFile) -> manifest::FileRecord<'_> {
    manifest::FileRecord { role: file.role, name: &file.name, bytes: file.bytes, blake3: &file.digest }
}

fn nothing_to_judge(intake: &ImportSummary) -> Told {
    let mut words = format!("nothing to judge: {} rows were read and none gave an event", intake.rows_read);
    if let Some((name, seen)) = intake.unknown_events.iter().next() {
        let place = intake.place(*seen);
        words +=
            &format!("\n  neither mapping nor standards know events such as `{}`, first at {place}", in_a_line(name));
    }
    if let Some(row) = intake.set_aside.first() {
        words += &format!(
            "\n  {} rows could not be used, the first at line {}: {}",
            intake.rows_set_aside(),
            row.line,
            in_a_line(&row.reason.to_string())
        );
    }
    unusable(&words)
}

fn refuse_oddities(log: &Log) -> Result<(), Told> {
    let faults = log.intake.strict_faults();
    if faults.is_empty() {
        return Ok(());
    }
    let list: String = faults.iter().map(|fault| format!("  {}\n", in_a_line(&fault.to_string()))).collect();
    Err(unusable(format!("--strict refuses this log:\n{list}").trim_end()))
}

/// Judges, with a spinner while a person is watching.
fn evaluate(graph: &Graph, log: &Log, options: &engine::Options) -> Evaluation {
    let spinner = progress(ProgressBar::new_spinner(), "judging {elapsed}");
    let evaluation = engine::evaluate(graph, log, options);
    spinner.finish_and_clear();
    evaluation
}

/// A progress bar that only a person at a terminal sees.
fn progress(bar: ProgressBar, template: &str) -> ProgressBar {
    if !stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}

/// The inputs of a run, as they are read.
#[derive(Default)]
struct Run {
    /// Settings and mapping, for diagnostics on their lines.
    sources: Sources,
    inputs: Vec<InputFile>,
}

impl Run {
    /// The folder's `mot.yaml`; needed only where flags do not say it all.
    fn settings(&mut self, folder: &Path, needed: bool) -> Result<Settings, Told> {
        let path = folder.join("mot.yaml");
        if !path.exists() {
            let words = format!(
                "there is no `mot.yaml` in `{}`: name the standards with -s, the log with -l and the mapping with -m",
                shown(folder)
            );
            return if needed { Err(unusable(&words)) } else { Ok(Settings::default()) };
        }
        let text = self.text("settings", &path)?;
        let file = self.sources.add(SourceFile::new(shown(&path), text.as_str()));
        Settings::parse(&path, &text, file).map_err(|faults| {
            faults::show(&faults, &self.sources);
            Told(Outcome::Unusable)
        })
    }

    /// Remembers what was read; each version reads mapping and log, and they are one file all the same.
    fn record(&mut self, input: InputFile) {
        if !self.inputs.contains(&input) {
            self.inputs.push(input);
        }
    }

    fn text(&mut self, role: &'static str, path: &Path) -> Result<String, Told> {
        let bytes = read(path).map_err(|why| unusable(&format!("cannot read `{}`: {why}", shown(path))))?;
        self.record(InputFile::of(role, &shown(path), &bytes));
        String::from_utf8(bytes).map_err(|_| unusable(&format!("`{}` is not text in UTF-8", shown(path))))
    }

    /// The standards: one file, or several versions of them.
    fn versions(&mut self, named: &[PathBuf], folder: &Path, drafts: bool) -> Result<Vec<Standards>, Told> {
        let paths = if named.is_empty() { vec![only_standards(folder)?] } else { each_once(named.to_vec()) };
        if let Some(missing) = paths.iter().find(|path| !path.exists()) {
            return Err(unusable(&format!("cannot read the standards `{}`: there is no such file", shown(missing))));
        }
        let mut versions = Standards::load_versions(&paths);
        for (path, version) in paths.iter().zip(&mut versions) {
            faults::show(&version.diagnostics, &version.sources);
            if version.has_errors() {
                let counted = faults::counted(&version.diagnostics).unwrap_or_default();
                complain(&format!("{}: {counted}\n", shown(path)));
            }
            version.inputs.iter().for_each(|input| self.record(input.clone()));
        }
        if versions.iter().any(Standards::has_errors) {
            return Err(Told(Outcome::Faults));
        }
        if !drafts {
            versions.iter_mut().try_for_each(leave_out_drafts)?;
        }
        Ok(versions)
    }

    fn mapping(&mut self, named: Option<&Path>, settings: &Settings, standards: &Standards) -> Result<Mapping, Told> {
        let vocabulary = &standards.graph.vocabulary;
        let inline: Option<&Node> = settings.log.mapping.as_ref();
        let parsed = match (named.or(settings.mapping.as_deref()), inline) {
            (Some(path), inline) if named.is_some() || inline.is_none() => {
                let text = self.text("mapping", path)?;
                let file = self.sources.add(SourceFile::new(shown(path), text.as_str()));
                Mapping::parse(&text, file, vocabulary)
            }
            (_, Some(node)) => Mapping::from_node(node, vocabulary),
            _ => {
                return Err(unusable(
                    "there is no mapping: name it with -m, or as `mapping: mapping.yaml` in mot.yaml",
                ));
            }
        };
        parsed.map_err(|faults| {
            faults::show(&faults, &self.sources);
            Told(Outcome::Unusable)
        })
    }

    fn log(&mut self, files: &[PathBuf], mapping: &Mapping, graph: &Graph) -> Result<Log, Told> {
        if files.is_empty() {
            return Err(unusable("there is no log: name it with -l, or as `log: log.csv` in mot.yaml"));
        }
        let mut contents = Vec::new();
        for path in files {
            let bytes = read_log(path).map_err(|why| unusable(&format!("cannot read `{}`: {why}", shown(path))))?;
            self.record(InputFile::of("log", &shown(path), &bytes));
            contents.push((shown(path), bytes));
        }
        let inputs: Vec<Input<'_>> = contents.iter().map(|(name, bytes)| Input { name: name.clone(), bytes }).collect();
        let whole = contents.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let bar = progress(ProgressBar::new(whole), "reading {bar:30} {bytes} of {total_bytes}");
        let log = log::read(&inputs, mapping, &graph.vocabulary, &|read| bar.set_position(read));
        bar.finish_and_clear();
        log.map_err(|faults| {
            let of_mapping = |fault: &ReadFault| match fault {
                ReadFault::Mapping(diagnostic) => Some(diagnostic.clone()),
                ReadFault::Input { .. } => None,
            };
            faults::show(&faults.iter().filter_map(of_mapping).collect::<Vec<_>>(), &self.sources);
            for fault in faults.iter().filter(|fault| of_mapping(fault).is_none()) {
                complain(&format!("{}\n", in_a_line(&fault.to_string())));
            }
            Told(Outcome::Unusable)
        })
    }
}

/// Single rules that are a draft are left out and told of in the report; a draft as a whole is refused.
fn leave_out_drafts(version: &mut Standards) -> Result<(), Told> {
    match version.graph.service.unfit() {
        Some(status) => Err(unusable(&format!("these standards are {status}: `--draft` judges by them all the same"))),
        None => {
            version.graph.leave_out_drafts();
            Ok(())
        }
    }
}

/// The one standards file of a folder.
fn only_standards(folder: &Path) -> Result<PathBuf, Told> {
    let files = roots(&[folder.to_path_buf()])
        .map_err(|(path, why)| unusable(&format!("cannot read `{}`: {why}", shown(&path))))?;
    match files.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(unusable(&format!("there is no `.mot` file in `{}`: name one with -s", shown(folder)))),
        several => {
            let names: Vec<String> = several.iter().map(|file| format!("`{}`", shown(file))).collect();
            Err(unusable(&format!("which standards? name one with -s: {}", names.join(", "))))
        }
    }
}
