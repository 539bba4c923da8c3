//! `mot eval`: each `.case` file here is a rule of the language, told as a small log and what came of it.
//!
//! A case is standards (versions of them, between lines `--- version`), a line `--- log`, and one event a line: date, time, case, event, then
//! `field=value` pairs, `by ACTOR` and `as ROLE`; a time `??:??` cannot be read. A line `--- as of DATE TIME` may follow.
//! The snapshot
//! lists every finding, so that a reader who knows the field can check it by hand.

use mot::engine::{self, Detail, Evaluation, Options, Verdict};
use mot::log::{Input, Log, Mapping};
use mot::report::evaluation::{LevelResult, LevelView, ScoreView, View};
use mot::source::{SourceFile, Sources};

#[test]
fn each_rule_comes_to_what_it_says() {
    insta::glob!("*.case", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(judge(&text));
    });
}

/// The findings of a case, one a line, by version.
pub fn judge(text: &str) -> String {
    let (standards, rest) = text.split_once("--- log\n").unwrap();
    let (events, as_of) = rest.split_once("--- as of ").map_or((rest, None), |(events, at)| (events, Some(at.trim())));
    let mut sources = Sources::new();
    let mut trees = Vec::new();
    for version in standards.split("--- version\n") {
        let file = SourceFile::new("case.mot", version);
        let id = sources.add(file.clone());
        let (tree, faults) = mot::syntax::parse(id, &file);
        assert!(faults.is_empty(), "{faults:#?}");
        trees.push([tree]);
    }
    let versions: Vec<_> = trees.iter().map(|version| version.as_slice()).collect();
    let versions = mot::check::build_versions(&versions, &sources);
    let judged = versions.iter().map(|(graph, faults)| {
        // A rule is tried here also where nobody would want it so.
        assert!(!faults.iter().any(|fault| fault.is_error() && !fault.is_configurable()), "{faults:#?}");
        judge_by(graph, &sources, events, as_of)
    });
    judged.collect::<Vec<_>>().join("\n--- by the next version\n")
}

fn judge_by(graph: &mot::graph::Graph, sources: &Sources, events: &str, as_of: Option<&str>) -> String {
    let zone = &graph.vocabulary.zone;
    let log = read(events, &graph.vocabulary);
    let as_of = as_of.map(|at| zone.opening(at.replace(' ', "T").parse().unwrap()));
    let options = Options { as_of, period: None, allowed_loss: None, shards: 2 };
    let evaluation = engine::evaluate(graph, &log, &options);
    let view = View::new(graph, sources, &log.intake, &evaluation);
    assert!(view.reconciliation.reconciles);
    let mut lines: Vec<String> = view.findings.iter().zip(&evaluation.findings).map(told).collect();
    lines.extend(view.levels.iter().flat_map(|level| level.results.iter().map(|result| measured(level, result))));
    lines.extend(odd(&evaluation, &view));
    lines.join("\n")
}

/// One finding in a line or two.
fn told((view, finding): (&mot::report::evaluation::FindingView, &engine::Finding)) -> String {
    let key = view.key.as_ref().map(|(name, value)| format!(" {name} {}", or_unknown(value))).unwrap_or_default();
    let again = if view.ordinal > 0 && view.clock.is_some() { " (reopened)" } else { "" };
    let mut line = format!("{} {}{key}{again}: {}", view.case, view.rule, finding.verdict.spelling());
    if let Some(clock) = &view.clock {
        let beyond = if clock.beyond_expectation == Some(true) { ", beyond expectation" } else { "" };
        let late = match finding.verdict {
            Verdict::Breached => format!(", late {} ({} on the wall)", clock.overshoot, clock.overshoot_on_wall),
            _ => String::new(),
        };
        let due = clock.due.as_ref().map(|due| format!(", due {}", due.local)).unwrap_or_default();
        let open = if clock.open { ", still running" } else { "" };
        line += &format!("{beyond}, from {}{due}, elapsed {}{late}{open}", view.start.local, clock.elapsed);
        if let Some(target) = &clock.target {
            line += &format!("\n    {target}");
        }
        for (why, pause) in clock.pauses.iter().filter_map(|pause| Some((pause.exemption.as_ref()?, pause))) {
            let to = pause.to.as_ref().map_or("now", |to| to.local.as_str());
            line += &format!("\n    stood still from {} to {to}: {why}", pause.from.local);
        }
        if let Some(excuse) = &clock.excused_by {
            line += &format!("\n    excused: {excuse}");
        }
    }
    for (line_of, change) in view.evidence.iter().filter_map(|line| Some((line, line.change.as_ref()?))) {
        line += &format!("\n    retargeted {} ({}): {change}", line_of.at.local, line_of.place);
    }
    if let (Some(duty), Detail::Duty(_)) = (&view.escalation, &finding.detail) {
        let end = match (&duty.done, &duty.ended) {
            (Some(done), _) => format!(", told {}", done.local),
            (_, Some(ended)) => format!(", not needed after {}", ended.local),
            _ => String::new(),
        };
        let due = duty.due.as_ref().map(|due| due.local.clone()).unwrap_or_default();
        line += &format!(", tell {} from {} by {due}{end}", duty.to, view.start.local);
    }
    if let Some(act) = &view.act {
        let amount = act.amount.as_ref().map(|amount| format!(" of {amount}")).unwrap_or_default();
        let fault = act.fault.as_ref().map(|fault| format!(": {fault}")).unwrap_or_default();
        let lost = act.lost.map(|lost| format!(", {lost} lost")).unwrap_or_default();
        line += &format!(", {}{amount} at {}{fault}{lost}", act.kind, view.start.local);
    }
    if let Some(conduct) = &view.conduct {
        let due = conduct.due.as_ref().map(|due| format!(", due {}", due.local)).unwrap_or_default();
        let decided = conduct.decided.as_ref().map(|at| format!(", decided {}", at.local)).unwrap_or_default();
        let severity = view.severity.as_ref().map(|severity| format!(" ({severity})")).unwrap_or_default();
        line += &format!("{severity}, from {}{due}{decided}", view.start.local);
        if let Some(fault) = &conduct.fault {
            line += &format!("\n    {fault}");
        }
    }
    if !view.out_of_control.is_empty() {
        line += &format!(", out of control at {}: {}", view.start.local, view.out_of_control.join("; "));
    }
    if !view.under.is_empty() {
        let severity = view.severity.as_ref().map(|severity| format!(", {severity}")).unwrap_or_default();
        line += &format!("\n    under {}{severity}", view.under.join(", "));
    }
    for before in view.evidence.iter().filter(|evidence| ["before", "returned"].contains(&evidence.did)) {
        let how = if before.did == "before" { "counting" } else { "without what came back" };
        let amount = before.amount.as_deref().unwrap_or("an untold amount");
        line += &format!("\n    {how} {amount} of {} ({})", before.at.local, before.place);
    }
    for cause in &view.causes {
        let untold = if cause.holds { "" } else { ", which cannot be told" };
        line += &format!("\n    cause {} ({}){untold}: {}", cause.cause, cause.kind, cause.because.join("; "));
    }
    if view.unexplained {
        line += "\n    unexplained";
    }
    if let Some(score) = &view.score {
        line += &scored(score);
    }
    if let Some(journey) = &view.journey {
        let end = journey.end.map_or_else(|| "open".to_owned(), |end| end.to_string());
        let peak = journey.peak.as_ref().map(|(moment, value)| format!(", peak {value} at {moment}"));
        let score = journey.score.clone().unwrap_or_else(|| "no score".to_owned());
        line += &format!(", {score}{}, end {end}", peak.unwrap_or_default());
    }
    for unknown in &view.unknown {
        line += &format!("\n    {unknown}");
    }
    for unread in &view.unread {
        line += &format!("\n    {unread}");
    }
    for remedy in &view.remedies {
        let gifts = remedy.gifts.iter().map(|gift| {
            let holder = match gift.holder_may {
                Some(true) => ", and so may whoever holds the case",
                Some(false) => "",
                None => ", and whoever holds the case perhaps",
            };
            format!("{} by {}{holder}", gift.gift, gift.by.as_deref().unwrap_or("nobody"))
        });
        let offers: Vec<String> = remedy.offers.iter().cloned().chain(gifts).collect();
        line += &format!("\n    {}: {}", remedy.remedy, offers.join("; "));
    }
    line
}

/// What a case weighs on a scorecard.
fn scored(score: &ScoreView) -> String {
    let ends = score.ends.as_ref().map(|(least, most)| format!(", from {least} to {most}")).unwrap_or_default();
    let fatal = if score.fatal.is_empty() { "" } else { ", fatal" };
    let mut told = format!(", {} of 100{ends}{fatal}", score.score.as_deref().unwrap_or("nothing"));
    for line in &score.lines {
        told += &format!("\n    {}: {} of {} lost, {} met", line.group, line.lost, line.points, line.met);
        for (count, words) in
            [(line.breached.len() as u64, "breached"), (line.undetermined, "undetermined"), (line.open, "open")]
        {
            if count > 0 {
                told += &format!(", {count} {words}");
            }
        }
    }
    told
}

/// What came of a level in a window.
fn measured(level: &LevelView, result: &LevelResult) -> String {
    let group: String = result.group.iter().map(|(field, value)| format!(", {field} {}", or_unknown(value))).collect();
    let verdict = match result.undecided {
        Some(why) => format!("{} ({why})", result.verdict.spelling()),
        None => result.verdict.spelling().to_owned(),
    };
    let value = result.value.as_ref().map(|value| format!(", {value}")).unwrap_or_default();
    let of = match (result.part, result.whole) {
        (Some(part), Some(whole)) => format!(" ({part} of {whole})"),
        (None, Some(whole)) => format!(" (of {whole})"),
        _ => String::new(),
    };
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "any".into());
    let ends = result.ends.as_ref().map(|ends| format!(", from {} to {}", end(&ends.0), end(&ends.1)));
    let mut line =
        format!("{} {}{group}: {verdict}{value}{of}{}", level.level, result.window, ends.unwrap_or_default());
    for (standing, count) in &result.counts {
        line += &format!(", {count} {standing}");
    }
    if result.unknown > 0 {
        line += &format!(", {} unknown", result.unknown);
    }
    if result.without_value > 0 {
        line += &format!(", {} without a value", result.without_value);
    }
    for duty in &result.escalated {
        let due = duty.due.as_ref().map(|due| format!(" by {}", due.local)).unwrap_or_default();
        let told = duty.told_by.as_ref().map(|(at, _)| format!(", {}", at.local)).unwrap_or_default();
        line += &format!("\n    tell {}{due}: {}{told}", duty.to, duty.verdict.spelling());
    }
    for (cause, count) in &result.why {
        line += &format!("\n    why: {cause} {count}");
    }
    for (remedy, texts) in &result.remedies {
        line += &format!("\n    {remedy}: {}", texts.join("; "));
    }
    if let Some(apart) = &result.from_benchmark {
        line += &format!(", {apart} from the benchmark");
    }
    line
}

/// Starts and stops without a partner.
fn odd(evaluation: &Evaluation, view: &View) -> Vec<String> {
    assert_eq!(evaluation.anomalies.len(), view.anomalies.len());
    let odd = view.anomalies.iter();
    let odd = odd.map(|odd| format!("odd: {} {} {} {}", odd.at.local, odd.case, odd.event, odd.what));
    let unseen = view.unseen.iter().map(|unseen| {
        let case = unseen.case.as_deref().unwrap_or("a case that cannot be told");
        format!("perhaps begun: {} of {case}: {}", unseen.rule.as_deref().unwrap_or("anything"), unseen.unread)
    });
    odd.chain(unseen).collect()
}

/// The events of a case, through CSV and a mapping as a user's log would come.
fn read(events: &str, vocabulary: &mot::vocabulary::Vocabulary) -> Log {
    let mut fields: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for line in events.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap_or_default().to_owned();
        let mut row = vec![format!("{} {}", next(), next()), next(), next(), String::new(), String::new()];
        // An event that stands alone.
        if row[1] == "-" {
            row[1].clear();
        }
        while let Some(word) = words.next() {
            match word {
                "by" => row[3] = words.next().unwrap().to_owned(),
                "as" => row[4] = words.next().unwrap().to_owned(),
                pair => {
                    let (name, value) = pair.split_once('=').unwrap();
                    let column = fields.iter().position(|field| field == name).unwrap_or_else(|| {
                        fields.push(name.to_owned());
                        fields.len() - 1
                    });
                    row.resize(row.len().max(6 + column), String::new());
                    row[5 + column] = value.replace('_', " ");
                    if !matches!(name, "amount" | "deadline" | "promised") {
                        row[5 + column] = value.to_owned();
                    }
                }
            }
        }
        rows.push(row);
    }
    let mut csv =
        format!("time,case,event,actor,role{}\n", fields.iter().map(|field| format!(",{field}")).collect::<String>());
    for mut row in rows {
        row.resize(5 + fields.len(), String::new());
        csv += &(row.join(",") + "\n");
    }
    let mapping = format!(
        "timezone: {}\ncase: case\nevent: event\ntime: time\nactor: actor\nrole: role\n",
        vocabulary.zone.name()
    );
    let mapping = Mapping::parse(&mapping, Default::default(), vocabulary).unwrap();
    let input = Input { name: "case.csv".into(), bytes: csv.as_bytes() };
    let log = mot::log::read(&[input], &mapping, vocabulary, &|_| {}).unwrap();
    let unreadable = events.lines().filter(|line| line.contains("??:??")).count() as u64;
    assert_eq!((log.intake.rows_set_aside(), log.intake.rows_not_mapped()), (unreadable, 0), "{:?}", log.intake);
    log
}

/// A value that tells clocks or groups apart, or `unknown` where the log does not say it.
fn or_unknown(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("unknown")
}
