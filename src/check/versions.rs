//! Several versions of a service, judged in one run.
//!
//! A rule is judged by the version in force when it begins. Calendars and exemptions are those of the version
//! in force on each date, whichever version asks; so each graph is built of its own files and of what the
//! others bring to it: the hours and exemptions of their days, and the words that only they declare, for
//! all read the same log.

use std::collections::BTreeSet;

use super::standards::check;
use super::version_faults::VersionFault;
use super::version_headers::{Header, declarations};

use crate::calendar::{Date, DateRange, Hours};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::source::{Sources, Spanned};
use crate::syntax::tree::{self, DayOrTime, Declaration, ExemptClause};

/// Builds the graph of each version of a service from its own files, and tells the faults of each.
///
/// With one version this is [`check`](super::check()).
pub fn build_versions(versions: &[&[tree::File]], sources: &Sources) -> Vec<(Graph, Vec<Diagnostic>)> {
    if let [only] = versions {
        return vec![check(only, sources)];
    }
    let headers: Vec<Header> = versions.iter().map(|files| Header::of(files)).collect();
    let mut built: Vec<(Graph, Vec<Diagnostic>)> = (0..versions.len())
        .map(|index| {
            let files = with_what_others_bring(index, versions, &headers);
            let (graph, mut faults) = check(&files, sources);
            let own = files_of(versions.get(index).copied().unwrap_or_default());
            // What others bring may mean nothing here, and is warned of where it stands.
            faults.retain(|fault| fault.is_error() || own.contains(&fault.at.file));
            (graph, faults)
        })
        .collect();
    share_calendars(&mut built, &headers);
    compare(&mut built, versions, &headers);
    // What does not fit together is mended first.
    let fit = !built.iter().flat_map(|(_, faults)| faults).any(Diagnostic::is_error);
    let loosened = if fit { super::undeclared_loosening::loosened(versions, &headers, sources) } else { Vec::new() };
    for (index, fault) in loosened {
        if let Some((_, told)) = built.get_mut(index) {
            told.push(fault);
        }
    }
    tell_once(&mut built);
    built
}

fn files_of(files: &[tree::File]) -> BTreeSet<crate::source::FileId> {
    files.iter().flat_map(|file| &file.declarations).map(|declaration| declaration.span.file).collect()
}

// ── What others bring ───────────────────────────────────────────────────────────────────────────────

/// The files of a version, its exemptions cut to its own days, and a file more of what others bring.
fn with_what_others_bring(index: usize, versions: &[&[tree::File]], headers: &[Header]) -> Vec<tree::File> {
    let mut files = versions.get(index).copied().unwrap_or_default().to_vec();
    if let Some(days) = headers.get(index).and_then(Header::days) {
        for file in &mut files {
            file.declarations.retain_mut(|declaration| is_of_days(declaration, days));
        }
    }
    files.push(tree::File::default());
    let others = versions.iter().zip(headers).enumerate().filter(|(other, _)| *other != index);
    for (_, (theirs, header)) in others {
        for declaration in theirs.iter().flat_map(|file| &file.declarations) {
            let Some(more) = brought(&mut files, &declaration.node, header) else { continue };
            if let Some(last) = files.last_mut() {
                last.declarations.push(Spanned::new(more, declaration.span));
            }
        }
    }
    files
}

/// What a declaration of another version brings to those known already.
fn brought(known: &mut [tree::File], declaration: &Declaration, header: &Header) -> Option<Declaration> {
    match declaration {
        Declaration::Role(role) => (!is_known_role(known, role)).then(|| declaration.clone()),
        Declaration::Case(block) => unknown_fields(known, block).map(Declaration::Case),
        Declaration::Event(event) => (!is_known_event(known, event)).then(|| declaration.clone()),
        Declaration::Exempt(block) => exemption(known, block, header).map(Declaration::Exempt),
        _ => None,
    }
}

fn is_known_role(known: &[tree::File], role: &tree::Role) -> bool {
    declarations(known)
        .any(|declared| matches!(declared, Declaration::Role(known) if known.name.node == role.name.node))
}

/// Whether an event is known; it is given the fields that it lacks.
fn is_known_event(known: &mut [tree::File], event: &tree::Event) -> bool {
    let mut events = known.iter_mut().flat_map(|file| &mut file.declarations).filter_map(|declared| {
        let Declaration::Event(known) = &mut declared.node else { return None };
        (known.name.node == event.name.node).then_some(known)
    });
    let Some(known) = events.next() else { return false };
    let lacking: Vec<_> = event.fields.iter().filter(|field| !has_field(known, field)).cloned().collect();
    known.fields.extend(lacking);
    true
}

fn has_field(event: &tree::Event, field: &tree::Field) -> bool {
    event.fields.iter().any(|known| known.node.name.node == field.name.node)
}

/// The fields of a case that nobody knows yet; what else a case says, the version's own header says.
fn unknown_fields(
    known: &[tree::File],
    block: &tree::Block<tree::CaseClause>,
) -> Option<tree::Block<tree::CaseClause>> {
    let names: BTreeSet<&str> =
        declarations(known).flat_map(case_fields).map(|field| field.name.node.as_str()).collect();
    let is_new = |clause: &&Spanned<tree::CaseClause>| match &clause.node {
        tree::CaseClause::Field(field) => !names.contains(field.name.node.as_str()),
        _ => false,
    };
    let clauses: Vec<_> = block.clauses.iter().filter(is_new).cloned().collect();
    (!clauses.is_empty()).then(|| tree::Block { clauses, ..block.clone() })
}

fn case_fields(declaration: &Declaration) -> Vec<&tree::Field> {
    let Declaration::Case(block) = declaration else { return Vec::new() };
    let fields = block.clauses.iter().filter_map(|clause| match &clause.node {
        tree::CaseClause::Field(field) => Some(field),
        _ => None,
    });
    fields.collect()
}

// ── Exemptions ──────────────────────────────────────────────────────────────────────────────────────

/// Cuts a version's own exemption to its days; whether anything of it is left.
fn is_of_days(declaration: &mut Spanned<Declaration>, days: DateRange) -> bool {
    match &mut declaration.node {
        Declaration::Exempt(block) => cut(block, days),
        _ => true,
    }
}

/// An exemption of another version, for its days and for the promises that are known here.
fn exemption(
    files: &[tree::File],
    block: &tree::Block<ExemptClause>,
    header: &Header,
) -> Option<tree::Block<ExemptClause>> {
    let mut theirs = block.clone();
    if !cut(&mut theirs, header.days()?) {
        return None;
    }
    theirs.name.node = format!("{} of {}", block.name.node, header.title);
    let known: BTreeSet<&str> = declarations(files).filter_map(promise_or_place).collect();
    for clause in &mut theirs.clauses {
        if let ExemptClause::For(names) = &mut clause.node {
            names.retain(|name| known.contains(name.node.as_str()));
            if names.is_empty() {
                return None;
            }
        }
    }
    Some(theirs)
}

fn promise_or_place(declaration: &Declaration) -> Option<&str> {
    match declaration {
        Declaration::Standard(standard) => Some(&standard.block.name.node),
        Declaration::Touchpoint(touchpoint) => Some(&touchpoint.name.node),
        Declaration::Moment(moment) => Some(&moment.block.name.node),
        _ => None,
    }
}

/// Cuts an exemption to some days; whether anything of it is left.
fn cut(block: &mut tree::Block<ExemptClause>, days: DateRange) -> bool {
    let windows = block.clauses.iter_mut().filter_map(|clause| match &mut clause.node {
        ExemptClause::Window { from, to } => Some((from, to)),
        _ => None,
    });
    let mut has_window = false;
    for (from, to) in windows {
        has_window = true;
        if to.node.day() < days.first || days.last < from.node.day() {
            return false;
        }
        if from.node.day() < days.first {
            from.node = DayOrTime::Day(days.first);
        }
        if days.last < to.node.day() {
            to.node = DayOrTime::Day(days.last);
        }
    }
    if !has_window {
        let at = block.name.span;
        let day = |date| Spanned::new(DayOrTime::Day(date), at);
        let window = ExemptClause::Window { from: day(days.first), to: day(days.last) };
        block.clauses.push(Spanned::new(window, at));
    }
    true
}

// ── Calendars ───────────────────────────────────────────────────────────────────────────────────────

/// On the days of another version its calendar of the same name holds.
fn share_calendars(built: &mut [(Graph, Vec<Diagnostic>)], headers: &[Header]) {
    let hours: Vec<Vec<(String, Hours)>> = built
        .iter()
        .map(|(graph, _)| graph.calendars.iter().map(|known| (known.name.clone(), known.hours.clone())).collect())
        .collect();
    for (index, (graph, _)) in built.iter_mut().enumerate() {
        let others = headers.iter().zip(&hours).enumerate().filter(|(other, _)| *other != index);
        for (_, (header, theirs)) in others {
            let Some(days) = header.days() else { continue };
            graph.service.other_versions.push(days);
            for calendar in &mut graph.calendars {
                let same = theirs.iter().find(|(name, _)| *name == calendar.name);
                calendar.hours.replaced.extend(same.map(|(_, hours)| (days, hours.clone())));
            }
        }
    }
}

// ── What must agree ─────────────────────────────────────────────────────────────────────────────────

/// Tells where versions do not fit together, in the later one of each two.
fn compare(built: &mut [(Graph, Vec<Diagnostic>)], versions: &[&[tree::File]], headers: &[Header]) {
    let mut order: Vec<usize> = (0..headers.len()).collect();
    order.sort_by_key(|index| headers.get(*index).and_then(Header::days).map(|days| days.first));
    for (position, later) in order.iter().enumerate() {
        let Some((header, files)) = headers.get(*later).zip(versions.get(*later)) else { continue };
        let mut faults = Vec::new();
        if header.effective.is_none() {
            faults.push(Diagnostic::new(VersionFault::NoDays { version: header.title.clone() }, header.span));
        }
        for earlier in order.iter().take(position) {
            let Some((before, theirs)) = headers.get(*earlier).zip(versions.get(*earlier)) else { continue };
            faults.extend(between(before, header));
            faults.extend(disagreements(theirs, files));
            let graphs = built.get(*earlier).zip(built.get(*later));
            faults.extend(graphs.and_then(|((one, _), (other, _))| header_disagrees(one, other, before, header)));
        }
        let latest = order.iter().take(position).filter_map(|earlier| headers.get(*earlier)?.days()?.last.into());
        faults.extend(gap(latest.max(), header));
        if let Some((_, told)) = built.get_mut(*later) {
            told.extend(faults);
        }
    }
}

/// Two headers of different services, or days that two versions claim.
fn between(earlier: &Header, later: &Header) -> Option<Diagnostic> {
    if earlier.name != later.name {
        let fault = VersionFault::TwoServices { one: earlier.name.clone(), other: later.name.clone() };
        return Some(Diagnostic::new(fault, later.span).against(earlier.span));
    }
    let (before, days) = (earlier.effective.as_ref()?, later.effective.as_ref()?);
    if days.node.first > before.node.last {
        return None;
    }
    let fault = VersionFault::Overlap { earlier: before.node, later: days.node };
    Some(Diagnostic::new(fault, days.span).against(before.span))
}

fn header_disagrees(one: &Graph, other: &Graph, earlier: &Header, later: &Header) -> Option<Diagnostic> {
    let (mine, theirs) = (&one.vocabulary, &other.vocabulary);
    let fault = if mine.zone.name() != theirs.zone.name() {
        VersionFault::TwoHeaders { what: "time zones", one: mine.zone.name().into(), other: theirs.zone.name().into() }
    } else if mine.currency != theirs.currency {
        let spelled = |currency: Option<crate::vocabulary::Currency>| match currency {
            Some(currency) => currency.to_string(),
            None => "none".to_owned(),
        };
        VersionFault::TwoHeaders { what: "currencies", one: spelled(mine.currency), other: spelled(theirs.currency) }
    } else {
        return None;
    };
    Some(Diagnostic::new(fault, later.span).against(earlier.span))
}

/// Days between two versions that belong to none.
fn gap(latest: Option<Date>, later: &Header) -> Option<Diagnostic> {
    let (days, latest) = (later.effective.as_ref()?, latest?);
    let first = latest.tomorrow().ok()?;
    let last = days.node.first.yesterday().ok()?;
    (first <= last).then(|| Diagnostic::new(VersionFault::Gap { days: DateRange { first, last } }, days.span))
}

/// Fields of one name that two versions declare differently.
fn disagreements(earlier: &[tree::File], later: &[tree::File]) -> Vec<Diagnostic> {
    let theirs = fields(earlier);
    let differs = |(name, field): (String, &tree::Field)| {
        let (_, other) = theirs.iter().find(|(known, _)| *known == name)?;
        let same = same_type(&field.kind, &other.kind) && field.private == other.private;
        let fault = VersionFault::TwoFields { field: name };
        (!same).then(|| Diagnostic::new(fault, field.name.span).against(other.name.span))
    };
    fields(later).into_iter().filter_map(differs).collect()
}

/// All fields, by what a person calls them.
fn fields(files: &[tree::File]) -> Vec<(String, &tree::Field)> {
    let mut fields = Vec::new();
    for declaration in declarations(files) {
        fields.extend(case_fields(declaration).into_iter().map(|field| (field.name.node.clone(), field)));
        if let Declaration::Event(event) = declaration {
            let of_event = |field| format!("{field} of {}", event.name.node);
            fields.extend(event.fields.iter().map(|field| (of_event(&field.node.name.node), &field.node)));
        }
    }
    fields
}

fn same_type(one: &tree::FieldType, other: &tree::FieldType) -> bool {
    use tree::FieldType::{OneOf, Ordered, Plain, Range};
    let same = |one: &[tree::Name], other: &[tree::Name]| {
        one.iter().map(|name| &name.node).eq(other.iter().map(|name| &name.node))
    };
    match (one, other) {
        (Plain(one), Plain(other)) => one == other,
        (Range(..), Range(..)) => one == other,
        (OneOf(one), OneOf(other)) | (Ordered(one), Ordered(other)) => same(one, other),
        _ => false,
    }
}

/// What several versions tell of one line is told once.
fn tell_once(built: &mut [(Graph, Vec<Diagnostic>)]) {
    let mut told: Vec<Diagnostic> = Vec::new();
    for (_, faults) in built {
        faults.retain(|fault| !told.contains(fault));
        faults.sort_by_key(|fault| fault.at);
        told.extend(faults.iter().cloned());
    }
}
