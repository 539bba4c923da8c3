//! Which lines of the standards any scenario exercises: a line nobody tried is a line nobody proved.
//!
//! To cover a new construct: one more [`Point`], one more loop in [`points`], one more line in
//! [`exercised`].

use std::collections::BTreeSet;

use crate::engine::{Detail, Evaluation, Finding, LevelFinding, Rule, Undecided, Verdict, Why};
use crate::graph::{Graph, Measure, PromiseId, Remedy};
use crate::source::Span;

/// A line of the standards that a run can exercise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Point {
    /// A target row: (standard, row).
    Target(usize, usize),
    /// A row of `beyond expectation`: (standard, row).
    Beyond(usize, usize),
    /// A `counting` row: (standard, row).
    Counting(usize, usize),
    /// An `extend` line: (standard, line).
    Extension(usize, usize),
    /// An exemption.
    Exemption(usize),
    /// A level of an escalation: (escalation, level).
    Escalation(usize, usize),
    /// What a role may do.
    Grant(usize),
    /// How asking and granting look.
    Approval(usize),
    /// What must, or must never, happen.
    Behaviour(usize),
    /// A level.
    Level(usize),
    /// Who must be told when a level is missed.
    LevelEscalation(usize),
    /// A line of a scorecard: (scorecard, line).
    Scored(usize, usize),
    /// A journey.
    Journey(usize),
    /// How a moment gets out of control.
    Moment(usize),
    /// A cause.
    Cause(usize),
    /// A text that a remedy offers: (remedy, row).
    Text(usize, usize),
    /// An action that a remedy offers: (remedy, row).
    Offer(usize, usize),
}

impl Point {
    /// What such lines are called, one and many.
    pub fn kind(self) -> (&'static str, &'static str) {
        match self {
            Point::Target(..) => ("target row", "target rows"),
            Point::Beyond(..) => ("line beyond expectation", "lines beyond expectation"),
            Point::Counting(..) => ("counting row", "counting rows"),
            Point::Extension(..) => ("extension", "extensions"),
            Point::Exemption(_) => ("exemption", "exemptions"),
            Point::Escalation(..) | Point::LevelEscalation(_) => ("escalation level", "escalation levels"),
            Point::Grant(_) => ("power", "powers"),
            Point::Approval(_) => ("approval", "approvals"),
            Point::Behaviour(_) => ("behaviour", "behaviours"),
            Point::Level(_) => ("level", "levels"),
            Point::Scored(..) => ("line of points", "lines of points"),
            Point::Journey(_) => ("journey", "journeys"),
            Point::Moment(_) => ("moment out of control", "moments out of control"),
            Point::Cause(_) => ("cause", "causes"),
            Point::Text(..) | Point::Offer(..) => ("offer", "offers"),
        }
    }
}

/// A point, what it belongs to, and where it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The point.
    pub point: Point,
    /// The declaration it stands in.
    pub of: String,
    /// Where.
    pub span: Span,
}

/// Everything that scenarios could exercise, in the order declared.
pub fn points(graph: &Graph) -> Vec<Place> {
    let mut points = Vec::new();
    let mut add = |point: Point, of: &str, span: Span| points.push(Place { point, of: of.to_owned(), span });
    for (index, standard) in graph.standards.iter().enumerate() {
        let of = &standard.name;
        rows(&standard.targets, |row, found| add(Point::Target(index, row), of, found.span));
        rows(&standard.beyond, |row, found| add(Point::Beyond(index, row), of, found.span));
        rows(&standard.counting, |row, found| add(Point::Counting(index, row), of, found.span));
        rows(&standard.extensions, |line, found| add(Point::Extension(index, line), of, found.span));
    }
    rows(&graph.exemptions, |index, found| add(Point::Exemption(index), &found.name, found.span));
    for (index, escalation) in graph.escalations.iter().enumerate() {
        // What is said once of several standards is one line.
        if graph.declared_as(index) == index {
            rows(&escalation.levels, |level, found| add(Point::Escalation(index, level), &escalation.of, found.span));
        }
    }
    for (index, grant) in graph.grants.iter().enumerate() {
        let of = graph.roles.get(grant.role).map(|role| role.name.as_str()).unwrap_or_default();
        add(Point::Grant(index), of, grant.span);
    }
    for (index, approval) in graph.approvals.iter().enumerate() {
        let of = graph.actions.get(approval.action).map(|action| action.name.as_str()).unwrap_or_default();
        add(Point::Approval(index), of, approval.span);
    }
    rows(&graph.behaviours, |index, found| add(Point::Behaviour(index), &found.name, found.span));
    rows(&graph.levels, |index, found| add(Point::Level(index), &found.name, found.span));
    for (index, escalation) in graph.level_escalations.iter().enumerate() {
        let of = graph.levels.get(escalation.level).map(|level| level.name.as_str()).unwrap_or_default();
        add(Point::LevelEscalation(index), of, escalation.span);
    }
    for (index, scorecard) in graph.scorecards.iter().enumerate() {
        rows(&scorecard.lines, |line, found| add(Point::Scored(index, line), &scorecard.name, found.span));
    }
    rows(&graph.journeys, |index, found| add(Point::Journey(index), &found.name, found.span));
    for (index, moment) in graph.moments.iter().enumerate().filter(|(_, moment)| moment.out_of_control.is_some()) {
        add(Point::Moment(index), &moment.name, moment.span);
    }
    rows(&graph.causes, |index, found| add(Point::Cause(index), &found.name, found.span));
    for (index, remedy) in graph.remedies.iter().enumerate() {
        rows(&remedy.texts, |row, found| add(Point::Text(index, row), &remedy.name, found.span));
        rows(&remedy.offers, |row, found| add(Point::Offer(index, row), &remedy.name, found.span));
    }
    points.sort_by_key(|place| place.span);
    points
}

fn rows<T>(rows: &[T], mut add: impl FnMut(usize, &T)) {
    for (index, row) in rows.iter().enumerate() {
        add(index, row);
    }
}

/// The points that an evaluation exercises.
pub fn exercised(graph: &Graph, evaluation: &Evaluation) -> BTreeSet<Point> {
    let findings = evaluation.findings.iter().flat_map(|finding| exercised_by(graph, finding));
    let levels = evaluation.levels.iter().flat_map(|found| exercised_by_level(graph, found));
    findings.chain(levels).collect()
}

/// A level that was measured, though too few for a verdict, or of cases that are not over: nobody writes thirty
/// cases into a scenario, nor waits for their ends. Of a missed one also who was told of it, and what could be
/// done.
fn exercised_by_level(graph: &Graph, found: &LevelFinding) -> Vec<Point> {
    let mut points = Vec::new();
    let of_cases = graph.levels.get(found.level).is_some_and(|level| {
        let whole = matches!(level.measure, Measure::CasesWith(_) | Measure::CasesKeeping(_));
        whole || matches!(level.measure, Measure::Share(PromiseId::Scorecard(_)))
    });
    let too_few = found.undecided == Some(Undecided::TooFew);
    if is_final(found.verdict) || too_few || (of_cases && !found.members.is_empty()) {
        points.push(Point::Level(found.level));
    }
    points.extend(found.duties.iter().map(|duty| Point::LevelEscalation(duty.escalation)));
    if found.verdict == Verdict::Breached {
        let meant = |remedy: &Remedy| remedy.promises.contains(&PromiseId::Level(found.level));
        let remedies = graph.remedies.iter().enumerate().filter(|(_, remedy)| meant(remedy));
        points.extend(
            remedies.flat_map(|(index, remedy)| (0..remedy.texts.len()).map(move |row| Point::Text(index, row))),
        );
    }
    points
}

/// The points that decided a finding.
fn exercised_by(graph: &Graph, finding: &Finding) -> Vec<Point> {
    let mut points = Vec::new();
    match finding.rule {
        Rule::Standard(standard) => points.extend(by_clock(graph, standard, finding)),
        Rule::Escalation(escalation, level) => points.push(Point::Escalation(graph.declared_as(escalation), level)),
        Rule::Approval(approval) => points.push(Point::Approval(approval)),
        Rule::Action(_) => {}
        // A grant that gave no time tried the line, and did not show that it works.
        Rule::Extension(standard, line) if finding.verdict == Verdict::Met => {
            points.push(Point::Extension(standard, line));
        }
        Rule::Extension(..) => {}
        Rule::Behaviour(behaviour) => points.extend(is_final(finding.verdict).then_some(Point::Behaviour(behaviour))),
        Rule::Journey(journey) => points.extend(is_final(finding.verdict).then_some(Point::Journey(journey))),
        Rule::Scorecard(scorecard) => points.extend(by_scorecard(scorecard, finding)),
        Rule::Moment(moment) => points.extend(is_final(finding.verdict).then_some(Point::Moment(moment))),
    }
    points.extend(finding.causes.iter().filter(|cause| cause.holds).map(|cause| Point::Cause(cause.cause)));
    if let Detail::Act(act) = &finding.detail {
        points.extend(act.grants.iter().map(|grant| Point::Grant(*grant)));
    }
    for proposal in &finding.remedies {
        points.extend(proposal.gifts.iter().map(|gift| Point::Offer(proposal.remedy, gift.row)));
        let texts = graph.remedies.get(proposal.remedy).map(|remedy| remedy.texts.as_slice()).unwrap_or_default();
        let offered = texts.iter().enumerate().filter(|(_, offer)| proposal.texts.contains(&offer.text));
        points.extend(offered.map(|(row, _)| Point::Text(proposal.remedy, row)));
    }
    points
}

/// Whether a rule came to its end.
fn is_final(verdict: Verdict) -> bool {
    !verdict.is_open() && verdict != Verdict::Undetermined
}

/// The lines of a scorecard that had something to weigh.
fn by_scorecard(scorecard: usize, finding: &Finding) -> Vec<Point> {
    let Detail::Score(score) = &finding.detail else { return Vec::new() };
    let decided = score.lines.iter().filter(|line| line.met > 0 || !line.breached.is_empty());
    decided.map(|line| Point::Scored(scorecard, line.line)).collect()
}

fn by_clock(graph: &Graph, standard: usize, finding: &Finding) -> Vec<Point> {
    let Detail::Clock(account) = &finding.detail else { return Vec::new() };
    let mut points = Vec::new();
    points.extend(account.target.row.map(|row| Point::Target(standard, row)));
    points.extend(account.beyond_row.map(|row| Point::Beyond(standard, row)));
    // Two rows with one calendar are not told apart: they say the same.
    let counting = graph.standards.get(standard).map(|found| found.counting.as_slice()).unwrap_or_default();
    let changes = finding.evidence.iter().filter_map(|evidence| evidence.change.as_ref());
    let calendars: Vec<Option<usize>> =
        changes.map(|change| change.before.calendar).chain([account.calendar]).collect();
    let counted = counting.iter().enumerate().filter(|(_, row)| calendars.contains(&Some(row.calendar)));
    points.extend(counted.map(|(row, _)| Point::Counting(standard, row)));
    points.extend(account.excused.iter().map(|excused| Point::Exemption(excused.exemption)));
    points.extend(account.pauses.iter().filter_map(|pause| match pause.why {
        Why::Exempt(exemption) => Some(Point::Exemption(exemption)),
        _ => None,
    }));
    points
}
