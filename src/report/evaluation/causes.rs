//! Why promises were broken: causes in words, how often each held, and what that says to improve.

use std::collections::BTreeMap;

use serde::Serialize;

use super::labels::Labels;
use super::text::Page;
use super::{FindingView, View};

use crate::engine::{Because, Bound, Detail, DisplayValue, Evaluation, Finding, Rule, Verdict};
use crate::graph::{Comparison, Fact};
use crate::report::colour::Table;
use crate::report::words::{MASK, fact_in_words};

/// A cause of a breach.
#[derive(Clone, Debug, Serialize)]
pub struct CauseView {
    /// Its name.
    pub cause: String,
    /// Its title.
    #[serde(skip)]
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Whether it holds; else it cannot be told.
    pub holds: bool,
    /// What makes it hold, or keeps it from being told, in words.
    pub because: Vec<String>,
}

/// The breaches of a rule by their causes.
#[derive(Clone, Debug, Serialize)]
pub struct WhyView {
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Its breaches: those with a cause, and those without.
    pub breached: u64,
    /// How many no cause explains.
    pub unexplained: u64,
    /// How many of the unexplained have a cause that cannot be told.
    pub untold: u64,
    /// How often each cause held; several may hold of one breach.
    pub causes: Vec<CauseCount>,
}

/// How often a cause held.
#[derive(Clone, Debug, Serialize)]
pub struct CauseCount {
    /// Its name.
    pub cause: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Of how many breaches.
    pub breaches: u64,
}

/// What breaches say to improve.
#[derive(Clone, Debug, Serialize)]
pub struct ImproveView {
    /// The kind of cause.
    pub kind: String,
    /// Of how many breaches a cause of that kind held.
    pub breaches: u64,
    /// The remedies that improve it, and for how many breaches each was proposed.
    pub remedies: Vec<(String, u64)>,
}

impl Labels<'_> {
    /// The causes of a breach, those that hold first.
    pub(super) fn causes(&self, finding: &Finding) -> Vec<CauseView> {
        let private = match &finding.detail {
            Detail::Clock(account) => self.due_is_private(finding.rule, account),
            _ => false,
        };
        let mut causes: Vec<CauseView> = finding
            .causes
            .iter()
            .filter_map(|fact| Some((fact, self.graph.causes.get(fact.cause)?)))
            .map(|(fact, cause)| CauseView {
                cause: cause.name.clone(),
                title: cause.label.clone().unwrap_or_else(|| cause.name.clone()),
                kind: cause.kind.clone(),
                holds: fact.holds,
                because: self.reasons_but_for(private, &fact.because),
            })
            .collect();
        causes.sort_by_key(|cause| !cause.holds);
        causes
    }

    /// What a condition read, in words; how late it was is not told, if the due is private.
    fn reasons_but_for(&self, private: bool, because: &[Because]) -> Vec<String> {
        let is_late = |because: &Because| {
            because.fact.and_then(|fact| self.graph.facts.get(fact)).is_some_and(|fact| *fact == Fact::Overshoot)
        };
        let reason = |because| match private && is_late(because) {
            true => format!("{MASK} beyond due"),
            false => self.because(because),
        };
        because.iter().map(reason).collect()
    }

    /// What a condition read, in words.
    pub(super) fn reasons(&self, because: &[Because]) -> Vec<String> {
        because.iter().map(|because| self.because(because)).collect()
    }

    /// `waited 2h10m for approval, more than 1h`, `reassignments is 7, more than 3 (log.csv:17)`
    fn because(&self, because: &Because) -> String {
        let said = self.said(because);
        let bound = match because.said.shown {
            DisplayValue::Value(_) => because.bound.as_ref().and_then(bound_in_words),
            _ => None,
        };
        let place = because.said.place.map(|place| format!(" ({})", self.place(place)));
        format!("{said}{}{}", bound.unwrap_or_default(), place.unwrap_or_default())
    }

    fn said(&self, because: &Because) -> String {
        let Some(fact) = because.fact.and_then(|fact| self.graph.facts.get(fact)) else {
            return fact_in_words(&because.said);
        };
        let DisplayValue::Value(value) = &because.said.shown else {
            return match fact {
                Fact::TimeFrom(..) => format!("no {} is known", because.said.name),
                _ => format!("{} is not known", because.said.name),
            };
        };
        let event = |event: usize| self.graph.event_name(event);
        match fact {
            Fact::Overshoot => format!("{value} beyond due"),
            Fact::Paused => format!("paused {value}"),
            Fact::Handovers => counted(value, "handover"),
            Fact::CountOf(of) => format!("{} {}", event(*of), counted(value, "time")),
            Fact::TimeFrom(from, to) => format!("{value} from {} to {}", event(*from), event(*to)),
            Fact::WaitingForApproval => format!("waited {value} for approval"),
        }
    }

    /// The breaches of each rule that has causes, by cause.
    pub(super) fn why(&self, evaluation: &Evaluation) -> Vec<WhyView> {
        let breached = evaluation.findings.iter().filter(|finding| finding.verdict == Verdict::Breached);
        let explained = breached.filter(|finding| finding.is_unexplained(self.graph) || !finding.causes.is_empty());
        let mut rules: BTreeMap<Rule, Vec<&Finding>> = BTreeMap::new();
        explained.for_each(|finding| rules.entry(finding.rule).or_default().push(finding));
        rules.into_iter().map(|(rule, breaches)| self.why_of(rule, &breaches)).collect()
    }

    fn why_of(&self, rule: Rule, breaches: &[&Finding]) -> WhyView {
        let count = |holds: &dyn Fn(&Finding) -> bool| breaches.iter().filter(|finding| holds(finding)).count() as u64;
        let mut causes: Vec<usize> =
            rule.promises(self.graph).iter().flat_map(|promise| self.graph.causes_of(*promise)).collect();
        causes.sort_unstable();
        causes.dedup();
        let causes = causes.into_iter().filter_map(|index| {
            let cause = self.graph.causes.get(index)?;
            let holds = |finding: &Finding| finding.causes.iter().any(|fact| fact.cause == index && fact.holds);
            Some(CauseCount {
                cause: cause.name.clone(),
                title: cause.label.clone().unwrap_or_else(|| cause.name.clone()),
                kind: cause.kind.clone(),
                breaches: count(&holds),
            })
        });
        WhyView {
            rule: rule.name(self.graph),
            title: self.title(rule),
            breached: breaches.len() as u64,
            unexplained: count(&|finding| finding.is_unexplained(self.graph)),
            untold: count(&|finding| finding.is_unexplained(self.graph) && !finding.causes.is_empty()),
            causes: causes.collect(),
        }
    }

    /// What to improve, the most frequent first: the kinds of causes that held, and what the remedies
    /// that were proposed improve.
    pub(super) fn improve(&self, evaluation: &Evaluation) -> Vec<ImproveView> {
        let mut kinds: BTreeMap<&str, (u64, BTreeMap<usize, u64>)> = BTreeMap::new();
        for finding in evaluation.findings.iter().filter(|finding| finding.verdict == Verdict::Breached) {
            let holding = finding.causes.iter().filter(|fact| fact.holds);
            let mut of_finding: Vec<&str> =
                holding.filter_map(|fact| self.graph.causes.get(fact.cause)).map(|cause| cause.kind.as_str()).collect();
            of_finding.sort_unstable();
            of_finding.dedup();
            of_finding.into_iter().for_each(|kind| kinds.entry(kind).or_default().0 += 1);
            for proposal in &finding.remedies {
                let remedy = self.graph.remedies.get(proposal.remedy);
                if let Some(kind) = remedy.and_then(|remedy| remedy.improves.as_deref()) {
                    *kinds.entry(kind).or_default().1.entry(proposal.remedy).or_default() += 1;
                }
            }
        }
        let name = |remedy: usize| self.graph.remedies.get(remedy).map(|remedy| remedy.name.clone());
        let improve = kinds.into_iter().map(|(kind, (breaches, remedies))| ImproveView {
            kind: kind.to_owned(),
            breaches,
            remedies: remedies.into_iter().filter_map(|(remedy, count)| Some((name(remedy)?, count))).collect(),
        });
        let mut improve: Vec<ImproveView> = improve.collect();
        improve.sort_by_key(|improve| std::cmp::Reverse(improve.breaches));
        improve
    }
}

impl Page<'_> {
    pub(super) fn why(&mut self, view: &View) {
        let lines = lines(view);
        if !lines.is_empty() {
            let why =
                if view.why.is_empty() { "What to improve" } else { "Why promises were broken, and what to improve" };
            self.heading(why);
            lines.iter().for_each(|line| self.line(line));
        }
    }

    /// Why a promise was broken, as far as its causes tell.
    pub(super) fn causes(&mut self, finding: &FindingView) {
        for cause in &finding.causes {
            let because = cause.because.join("; ");
            let title = format!("{} ({})", cause.title, cause.kind);
            if cause.holds {
                self.item("cause", &format!("{title}: {because}"));
            } else {
                self.item("cause?", &format!("{title}, which cannot be told: {because}"));
            }
        }
        if finding.unexplained {
            let held = if finding.causes.is_empty() { "holds" } else { "is known to hold" };
            self.item("cause", &format!("unexplained: no cause of this rule {held}"));
        }
    }
}

/// `, more than 1h`; nothing of what is exactly so.
fn bound_in_words(bound: &Bound) -> Option<String> {
    let negated = if bound.negated { "not " } else { "" };
    let compared = bound.comparison.words().strip_prefix("is")?.trim_start();
    let exactly = matches!(bound.comparison, Comparison::Is) && !bound.negated;
    (!exactly).then(|| format!(", {negated}{compared} {}", bound.value).replace("  ", " "))
}

/// `1 handover`, `3 handovers`
fn counted(number: &str, one: &str) -> String {
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {one}{plural}")
}

/// Why, and what to improve, as the lines of a report; none if no rule has causes and nothing improves.
fn lines(view: &View) -> Vec<String> {
    let mut table = Table::default();
    for why in &view.why {
        table.row([format!("  {}", why.title), breaches(why.breached)]);
        for cause in why.causes.iter().filter(|cause| cause.breaches > 0) {
            table.row([format!("    {} ({})", cause.title, cause.kind), cause.breaches.to_string()]);
        }
        if why.unexplained > 0 {
            let untold = match why.untold {
                0 => String::new(),
                untold => format!(" (of {untold} of them a cause cannot be told)"),
            };
            table.row([format!("    unexplained{untold}"), why.unexplained.to_string()]);
        }
    }
    let mut lines = table.lines();
    for improve in &view.improve {
        let mut words = Vec::new();
        if improve.breaches > 0 {
            words.push(format!("a cause of {}", breaches(improve.breaches)));
        }
        for (remedy, times) in &improve.remedies {
            words.push(format!("`{remedy}` improves it, proposed for {}", breaches(*times)));
        }
        lines.push(format!("  improve {}: {}", improve.kind, words.join("; ")));
    }
    lines
}

fn breaches(count: u64) -> String {
    if count == 1 { "1 breach".into() } else { format!("{count} breaches") }
}
