//! From a run to its view: indices become names, places become text.

use super::view::*;
use super::words::{MASK, anomaly_in_words, approval_view, clean, deed_in_words, fact_in_words, limit_in_words};
use crate::calendar::{Date, DateRange, Instant, zone_database_version};
use crate::engine::{
    Account, ActDetail, ActFault, Anomaly, Deed, Detail, DutyDetail, Evaluation, Evidence, ExcuseFact, ExtensionDetail,
    ExtensionFault, Finding, Rule, Tally, UnknownFact, Verdict, Why,
};
use crate::graph::{Attributes, Behaviour, Graph, Moment, Standard, Touchpoint};
use crate::log::{Intake, Place};
use crate::source::{Sources, Span};

impl View {
    /// The view of a run.
    pub fn new(graph: &Graph, sources: &Sources, intake: &Intake, evaluation: &Evaluation) -> Self {
        let names = Names { graph, sources, intake };
        let population = &evaluation.population;
        let escalations = population.duties.iter().map(|((escalation, level), tally)| {
            names.rule_summary(Rule::Escalation(*escalation, *level), tally, evaluation)
        });
        let acts = population.actions.iter().enumerate();
        let acts = acts.map(|(index, tally)| names.rule_summary(Rule::Action(index), tally, evaluation));
        let approvals = population.approvals.iter().enumerate();
        let approvals = approvals.map(|(index, tally)| names.rule_summary(Rule::Approval(index), tally, evaluation));
        let moments = population.moments.iter().enumerate().filter(|(_, tally)| tally.total() > 0);
        let moments = moments.map(|(index, tally)| names.rule_summary(Rule::Moment(index), tally, evaluation));
        let extensions = population.extensions.iter().enumerate().filter(|(_, tally)| tally.total() > 0);
        let extensions =
            extensions.map(|(index, tally)| names.rule_summary(Rule::Extension(index, 0), tally, evaluation));
        Self {
            mot: Mot { version: env!("CARGO_PKG_VERSION"), zone_database: zone_database_version() },
            service: names.service(),
            as_of: names.when(evaluation.as_of),
            period: evaluation.period.map(|(from, to)| (names.when(from), names.when(to))),
            summary: names.summary(evaluation),
            escalations: escalations.collect(),
            moments: moments.collect(),
            why: names.why(evaluation),
            improve: names.improve(evaluation),
            authority: acts.chain(approvals).chain(extensions).collect(),
            levels: names.levels(evaluation),
            scorecards: names.scorecards(evaluation),
            journeys: names.journeys(evaluation),
            reconciliation: names.reconciliation(evaluation),
            findings: evaluation.findings.iter().map(|finding| names.finding(finding)).collect(),
            anomalies: evaluation.anomalies.iter().map(|anomaly| names.anomaly(anomaly)).collect(),
        }
    }
}

/// Indices to names, places to text.
pub(super) struct Names<'a> {
    pub(super) graph: &'a Graph,
    pub(super) sources: &'a Sources,
    intake: &'a Intake,
}

impl Names<'_> {
    pub(super) fn when(&self, at: Instant) -> When {
        When::new(at, &self.graph.vocabulary.zone)
    }

    pub(super) fn place(&self, place: Place) -> String {
        let source = self.intake.sources.get(usize::from(place.source));
        format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), place.line)
    }

    pub(super) fn role(&self, role: usize) -> String {
        self.graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default()
    }

    pub(super) fn event(&self, event: usize) -> String {
        self.graph.event_name(event)
    }

    fn standard(&self, rule: Rule) -> Option<&Standard> {
        let index = match rule {
            Rule::Standard(index) => index,
            Rule::Escalation(escalation, _) => self.graph.escalations.get(escalation)?.standard,
            Rule::Extension(index, _) => index,
            Rule::Action(_)
            | Rule::Approval(_)
            | Rule::Moment(_)
            | Rule::Behaviour(_)
            | Rule::Scorecard(_)
            | Rule::Journey(_) => return None,
        };
        self.graph.standards.get(index)
    }

    /// Whether a rule is judged over all cases of a party.
    fn is_per_party(&self, rule: Rule) -> bool {
        match rule {
            Rule::Behaviour(index) => self.graph.behaviours.get(index).is_some_and(|found| found.per_party),
            Rule::Scorecard(index) => self.graph.scorecards.get(index).is_some_and(|found| found.per_party),
            Rule::Journey(index) => self.graph.journeys.get(index).is_some_and(|found| found.per_party),
            _ => self.standard(rule).is_some_and(|standard| standard.per_party),
        }
    }

    fn behaviour(&self, rule: Rule) -> Option<&Behaviour> {
        match rule {
            Rule::Behaviour(index) => self.graph.behaviours.get(index),
            _ => None,
        }
    }

    /// What the standards say of a rule beside what it asks: of an act, what its authority says.
    fn attributes(&self, rule: Rule) -> Option<&Attributes> {
        match rule {
            Rule::Action(action) => {
                let authority = self.graph.authorities_over(action).next()?;
                Some(&self.graph.authorities.get(authority)?.attributes)
            }
            Rule::Moment(index) => Some(&self.graph.moments.get(index)?.attributes),
            Rule::Behaviour(_) => Some(&self.behaviour(rule)?.attributes),
            Rule::Scorecard(index) => Some(&self.graph.scorecards.get(index)?.attributes),
            Rule::Journey(index) => Some(&self.graph.journeys.get(index)?.attributes),
            _ => Some(&self.standard(rule)?.attributes),
        }
    }

    /// The touchpoint and the moment that a rule belongs to.
    fn belongs(&self, rule: Rule) -> (Option<&Touchpoint>, Option<&Moment>) {
        let (touchpoint, moment) = match rule {
            Rule::Moment(index) => (self.graph.moments.get(index).and_then(|moment| moment.touchpoint), Some(index)),
            Rule::Behaviour(_) => {
                self.behaviour(rule).map(|found| (found.touchpoint, found.moment)).unwrap_or_default()
            }
            Rule::Scorecard(index) => {
                self.graph.scorecards.get(index).map(|found| (found.touchpoint, found.moment)).unwrap_or_default()
            }
            _ => self.standard(rule).map(|found| (found.touchpoint, found.moment)).unwrap_or_default(),
        };
        let touchpoint = touchpoint.and_then(|index| self.graph.touchpoints.get(index));
        (touchpoint, moment.and_then(|index| self.graph.moments.get(index)))
    }

    fn span(&self, rule: Rule) -> Option<Span> {
        Some(match rule {
            Rule::Standard(index) => self.graph.standards.get(index)?.span,
            Rule::Escalation(escalation, level) => self.graph.escalations.get(escalation)?.levels.get(level)?.span,
            Rule::Action(index) => self.graph.actions.get(index)?.span,
            Rule::Moment(index) => self.graph.moments.get(index)?.span,
            Rule::Scorecard(index) => self.graph.scorecards.get(index)?.span,
            Rule::Journey(index) => self.graph.journeys.get(index)?.span,
            Rule::Approval(index) => self.graph.approvals.get(index)?.span,
            Rule::Behaviour(index) => self.graph.behaviours.get(index)?.span,
            Rule::Extension(standard, line) => self.graph.standards.get(standard)?.extensions.get(line)?.span,
        })
    }

    pub(super) fn title(&self, rule: Rule) -> String {
        let label = match rule {
            Rule::Standard(_) => self.standard(rule).and_then(|standard| standard.label.clone()),
            Rule::Action(index) => self.graph.actions.get(index).and_then(|action| action.label.clone()),
            Rule::Moment(index) => self.graph.moments.get(index).and_then(|moment| moment.label.clone()),
            Rule::Behaviour(_) => self.behaviour(rule).and_then(|behaviour| behaviour.label.clone()),
            Rule::Scorecard(index) => self.graph.scorecards.get(index).and_then(|found| found.label.clone()),
            Rule::Journey(index) => self.graph.journeys.get(index).and_then(|found| found.label.clone()),
            Rule::Extension(standard, _) => return format!("{}: more time", self.title(Rule::Standard(standard))),
            Rule::Escalation(escalation, level) => {
                let to = self.graph.escalations.get(escalation).and_then(|found| found.levels.get(level));
                let to = to.map(|level| self.role(level.to)).unwrap_or_default();
                return format!("{}: {to} told", rule.name(self.graph));
            }
            Rule::Approval(index) => {
                let action = self.graph.approvals.get(index).map(|found| Rule::Action(found.action));
                return action.map(|action| self.title(action)).unwrap_or_default();
            }
        };
        label.unwrap_or_else(|| rule.name(self.graph))
    }

    /// The titles of the authorities that a rule bears on.
    fn under(&self, rule: Rule) -> Vec<String> {
        let Rule::Action(action) = rule else { return Vec::new() };
        let authorities = self.graph.authorities_over(action).filter_map(|index| self.graph.authorities.get(index));
        authorities.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).collect()
    }

    fn service(&self) -> Service {
        let service = &self.graph.service;
        Service {
            name: service.name.clone(),
            title: service.label.clone().unwrap_or_else(|| service.name.clone()),
            version: service.version.clone(),
            owner: service.owner.clone(),
            status: service.status.clone(),
            effective: service
                .effective
                .map(|DateRange { first, last }| (first.to_string(), (last < Date::MAX).then(|| last.to_string()))),
            timezone: self.graph.vocabulary.zone.name().to_owned(),
        }
    }

    fn summary(&self, evaluation: &Evaluation) -> Vec<TouchpointSummary> {
        let touchpoints = (0..self.graph.touchpoints.len()).map(Some).chain([None]);
        let summary = touchpoints.map(|touchpoint| {
            let found = touchpoint.and_then(|index| self.graph.touchpoints.get(index));
            let standards = self.graph.standards.iter().zip(&evaluation.population.standards).enumerate();
            let standards = standards
                .filter(|(_, (standard, _))| {
                    standard.touchpoint == touchpoint && standard.attributes.left_out.is_none()
                })
                .map(|(index, (_, tally))| self.rule_summary(Rule::Standard(index), tally, evaluation));
            let behaviours = self.graph.behaviours.iter().zip(&evaluation.population.behaviours).enumerate();
            let behaviours = behaviours
                .filter(|(_, (behaviour, _))| {
                    behaviour.touchpoint == touchpoint && behaviour.attributes.left_out.is_none()
                })
                .map(|(index, (_, tally))| self.rule_summary(Rule::Behaviour(index), tally, evaluation));
            TouchpointSummary {
                touchpoint: found.map(|found| found.name.clone()),
                title: found.map_or_else(
                    || "no touchpoint".to_owned(),
                    |found| found.label.clone().unwrap_or_else(|| found.name.clone()),
                ),
                standards: standards.collect(),
                behaviours: behaviours.collect(),
            }
        });
        summary.filter(|found| !found.standards.is_empty() || !found.behaviours.is_empty()).collect()
    }

    fn rule_summary(&self, rule: Rule, tally: &Tally, evaluation: &Evaluation) -> RuleSummary {
        let has_beyond = match rule {
            Rule::Standard(_) => self.standard(rule).is_some_and(|standard| !standard.beyond.is_empty()),
            _ => false,
        };
        let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict, tally.of(verdict)));
        let worst = evaluation.findings.iter().filter(|finding| finding.rule == rule).filter_map(|finding| {
            match (&finding.detail, finding.verdict) {
                (Detail::Clock(account), Verdict::Breached) => {
                    Some((account.overshoot, account.overshoot_on_wall, clean(&finding.case)))
                }
                _ => None,
            }
        });
        // Of equal overshoots the first case; of none counted (a stop out of hours) the time on the wall.
        let worst = worst.reduce(|worst, next| if (next.0, next.1) > (worst.0, worst.1) { next } else { worst });
        let worst = worst.map(|(counted, wall, case)| (if counted.is_zero() { wall } else { counted }, case));
        let title = match rule {
            Rule::Approval(_) => format!("{}: asked and granted", self.title(rule)),
            _ => self.title(rule),
        };
        RuleSummary {
            rule: rule.name(self.graph),
            title,
            under: self.under(rule),
            verdicts: verdicts.filter(|(_, count)| *count > 0).collect(),
            total: tally.total(),
            share_met: tally.share_met().map(|(part, whole)| Share { part, whole }),
            beyond_expectation: has_beyond.then_some(tally.beyond_expectation),
            worst_overshoot: worst.map(|(overshoot, case)| (Length(overshoot), case)),
        }
    }

    fn reconciliation(&self, evaluation: &Evaluation) -> Reconciliation {
        let (intake, population) = (self.intake, &evaluation.population);
        let noted = |what: &String, seen: &crate::log::Seen| Noted {
            what: clean(what),
            count: seen.count,
            first: intake.place(*seen),
        };
        let unknown_values = intake.unknown_values.iter().flat_map(|(field, values)| {
            values.iter().map(move |(value, seen)| noted(&format!("{field}: {value}"), seen))
        });
        let malformed = intake.malformed.iter().map(|(field, malformed)| {
            let example = malformed.example.as_ref().map(|example| format!("{field}: {example}"));
            noted(&example.unwrap_or_else(|| field.clone()), &malformed.seen)
        });
        let sum = |counts: &[u64]| counts.iter().sum::<u64>();
        Reconciliation {
            rows_read: intake.rows_read,
            rows_mapped: intake.rows_mapped,
            rows_set_aside: intake.rows_set_aside(),
            rows_unknown: intake.unknown_events.values().map(|seen| seen.count).sum(),
            rows_ignored: intake.ignored.values().sum(),
            rows_folded: intake.rows_folded,
            rows_without_time: intake.rows_without_time,
            events: population.events,
            events_after_as_of: population.events_after,
            cases: population.cases,
            cases_judged: population.cases_judged,
            cases_without_a_clock: population.cases - population.cases_judged,
            outside_effective: population.outside.of_none,
            of_other_versions: population.outside.of_other_versions,
            windows_outside: population.windows_outside,
            cases_without_party: population.without_party.iter().map(|case| clean(case)).collect(),
            left_out: self.graph.left_out().map(|(rule, status)| (rule.to_owned(), status.to_owned())).collect(),
            reviews_due: self.reviews_due(evaluation.as_of),
            clocks_started: sum(&population.started),
            clocks_judged: sum(&population.found),
            behaviours_asked: sum(&population.asked),
            behaviours_judged: sum(&population.behaviours_found),
            flow: population.flow.map(|flow| FlowView {
                open_before: flow.open_before,
                started: flow.started,
                finished: flow.finished,
                open_after: flow.open_after,
            }),
            reconciles: intake.reconciles() && population.reconciles() && intake.events == population.events,
            set_aside: intake.set_aside.iter().map(|row| self.set_aside(row)).collect(),
            unknown_events: intake.unknown_events.iter().map(|(name, seen)| noted(name, seen)).collect(),
            malformed: malformed.collect(),
            unknown_values: unknown_values.collect(),
            missing_columns: intake.missing_columns.iter().cloned().collect(),
            ties: intake.ties,
            ties_by_file_order: intake.ties_by_file_order,
            out_of_order: intake.out_of_order_in_case,
            odd_local_times: intake.times_in_gap_or_fold,
        }
    }

    fn reviews_due(&self, as_of: Instant) -> Vec<(String, String)> {
        let today = self.graph.vocabulary.zone.date_of(as_of);
        self.graph.reviews_due(today).map(|(rule, before)| (rule.to_owned(), before.to_string())).collect()
    }

    fn set_aside(&self, row: &crate::log::SetAside) -> SetAsideView {
        let source = self.intake.sources.get(usize::from(row.source));
        SetAsideView {
            place: format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), row.line),
            reason: clean(&row.reason.to_string()),
            text: row.text.as_deref().map(clean),
        }
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let standard = self.standard(finding.rule);
        let (touchpoint, moment) = self.belongs(finding.rule);
        let held_by = finding.holder.as_ref().and_then(|holder| {
            let role = holder.role.map(|role| self.role(role));
            match (&holder.actor, role) {
                (Some(actor), Some(role)) => Some(format!("{} ({role})", clean(actor))),
                (Some(actor), None) => Some(clean(actor)),
                (None, role) => role,
            }
        });
        FindingView {
            id: finding.id.clone(),
            rule: finding.rule.name(self.graph),
            title: self.title(finding.rule),
            written: self.span(finding.rule).map(|span| self.sources.location(span)).unwrap_or_default(),
            version: self.graph.service.version.clone(),
            under: self.under(finding.rule),
            case: clean(&finding.case),
            per_party: self.is_per_party(finding.rule),
            key: self.key(standard, finding),
            verdict: finding.verdict,
            severity: finding.grade.severity.clone(),
            material: finding.grade.material,
            control: finding.grade.control.clone(),
            symptom: self.attributes(finding.rule).and_then(|attributes| attributes.symptom.clone()),
            touchpoint: touchpoint.map(|touchpoint| touchpoint.name.clone()),
            moment: moment.map(|moment| moment.name.clone()),
            place: moment
                .map(|moment| moment.label.clone().unwrap_or_else(|| moment.name.clone()))
                .or(touchpoint.map(|place| place.label.clone().unwrap_or_else(|| place.name.clone()))),
            segments: finding
                .segments
                .iter()
                .filter_map(|segment| self.graph.segments.get(*segment))
                .map(|segment| segment.name.clone())
                .collect(),
            held_by,
            start: self.when(finding.start),
            ordinal: finding.ordinal,
            clock: match &finding.detail {
                Detail::Clock(account) => Some(self.clock(finding.rule, account)),
                _ => None,
            },
            escalation: match &finding.detail {
                Detail::Duty(duty) => Some(self.duty(finding.rule, duty)),
                _ => None,
            },
            act: match &finding.detail {
                Detail::Act(act) => Some(self.masked(finding.rule, self.act(act))),
                Detail::Approval(approval) => Some(self.masked(finding.rule, approval_view(approval))),
                Detail::Extension(extension) => Some(self.extension(extension)),
                _ => None,
            },
            score: match &finding.detail {
                Detail::Score(score) => Some(self.score(finding.rule, score)),
                _ => None,
            },
            journey: match &finding.detail {
                Detail::Journey(journey) => Some(self.journey(journey)),
                _ => None,
            },
            conduct: match &finding.detail {
                Detail::Conduct(detail) => {
                    self.behaviour(finding.rule).map(|behaviour| self.conduct(behaviour, finding, detail))
                }
                _ => None,
            },
            out_of_control: match &finding.detail {
                Detail::Moment(moment) if finding.verdict == Verdict::Breached => self.reasons(&moment.because),
                _ => Vec::new(),
            },
            unknown: match &finding.detail {
                Detail::Clock(account) => account.unknown.iter().map(|unknown| self.unknown(unknown)).collect(),
                Detail::Conduct(detail) => detail.unknown.iter().map(|unknown| self.unknown(unknown)).collect(),
                Detail::Moment(moment) if finding.verdict == Verdict::Undetermined => self.reasons(&moment.because),
                _ => Vec::new(),
            },
            evidence: finding.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            causes: self.causes(finding),
            unexplained: finding.is_unexplained(self.graph),
            remedies: self.remedies(finding),
        }
    }

    /// The `per` field and its value, masked where the field is private.
    fn key(&self, standard: Option<&Standard>, finding: &Finding) -> Option<(String, String)> {
        let (key, value) = (standard?.key.as_ref()?, finding.key.as_ref()?);
        let fields = self.graph.vocabulary.events.iter().zip(&key.slots);
        let private = fields.filter_map(|(event, slot)| event.fields.get((*slot)?)).any(|field| field.private);
        let value = if private { MASK.to_owned() } else { clean(value) };
        Some((key.name.clone(), value))
    }

    fn clock(&self, rule: Rule, account: &Account) -> ClockView {
        let row = account.target.row.and_then(|row| self.standard(rule)?.targets.get(row));
        ClockView {
            target: row.map(|row| row.said.clone()),
            target_written: row.map(|row| self.sources.location(row.span)),
            because: account.target.fields.iter().map(fact_in_words).collect(),
            budget: account.target.budget.map(Length),
            calendar: account
                .calendar
                .and_then(|calendar| self.graph.calendars.get(calendar))
                .map(|calendar| calendar.name.clone()),
            due: account.due.map(|at| self.when(at)),
            stop: account.stop.map(|at| self.when(at)),
            open: account.open,
            elapsed: Length(account.elapsed),
            elapsed_on_wall: Length(account.elapsed_on_wall),
            overshoot: Length(account.overshoot),
            overshoot_on_wall: Length(account.overshoot_on_wall),
            pauses: account
                .pauses
                .iter()
                .map(|pause| PauseView {
                    from: self.when(pause.from),
                    to: pause.to.map(|at| self.when(at)),
                    reopened: pause.why == Why::Gap,
                    exemption: match pause.why {
                        Why::Exempt(index) => Some(self.exemption(index)),
                        Why::Paused | Why::Gap => None,
                    },
                })
                .collect(),
            beyond_expectation: account.beyond_expectation,
            excused_by: account.excused.as_ref().map(|excused| self.excuse(excused)),
        }
    }

    fn exemption(&self, index: usize) -> String {
        let found = self.graph.exemptions.get(index);
        found.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).unwrap_or_default()
    }

    /// `Typhoon, all sites closed; notice.id is N-7`
    fn excuse(&self, excused: &ExcuseFact) -> String {
        let proof = excused.proof.as_ref().map(|proof| format!("; {}", fact_in_words(proof)));
        format!("{}{}", self.exemption(excused.exemption), proof.unwrap_or_default())
    }

    fn extension(&self, extension: &ExtensionDetail) -> ActView {
        let due = extension.due_before.map(|at| self.when(at).as_end()).unwrap_or_default();
        let needed = extension.needed.map(|role| self.role(role)).unwrap_or_default();
        let by = extension.by.map(|role| self.role(role)).unwrap_or_default();
        let fault = extension.fault.map(|fault| match fault {
            ExtensionFault::Late => format!("too late: it was due {due}"),
            ExtensionFault::Twice => "the same line gave more time before".to_owned(),
            ExtensionFault::NotAuthorised => format!("{by} granted it, and it takes {needed} or above"),
            ExtensionFault::ExtendsNothing => "it gives no more time than there was".to_owned(),
            ExtensionFault::NotSaid => "the log does not say who granted it, or whether it was".to_owned(),
        });
        ActView { kind: "extension", amount: None, fault, acts_before: 0, lost: None }
    }

    fn duty(&self, rule: Rule, duty: &DutyDetail) -> DutyView {
        let standard = self.standard(rule);
        let of = standard.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).unwrap_or_default();
        DutyView {
            of,
            clock: duty.clock.clone(),
            at: duty.at.to_string(),
            to: self.role(duty.to),
            within: limit_in_words(duty.within),
            due: duty.due.map(|at| self.when(at)),
            done: duty.done.map(|at| self.when(at)),
            ended: duty.ended.map(|at| self.when(at)),
        }
    }

    fn act(&self, act: &ActDetail) -> ActView {
        let per = if act.per_day { "a day" } else { "a case" };
        let fault = act.fault.map(|fault| match fault {
            ActFault::NoPower => "nothing empowers this role to it".to_owned(),
            ActFault::BeyondLimit => {
                let limit = act.limit.map(|limit| format!("up to {limit} {per}")).unwrap_or_default();
                let before = act.spent_before.filter(|before| !before.amount.is_zero());
                match before {
                    Some(before) => format!("the role may go {limit}, and {before} were spent before"),
                    None => format!("the role may go {limit}"),
                }
            }
            ActFault::TwoCurrencies => "what it cost and what the role may spend are in two currencies".to_owned(),
            ActFault::PowerUnknown => {
                "it cannot be told whether the role may: a field it depends on is not in the log".to_owned()
            }
            ActFault::NoRole => "the log does not say in which role".to_owned(),
            ActFault::NoAmount => "the log does not say for how much, or not as an amount with its currency".to_owned(),
            ActFault::NoActor => "the log does not say who acted".to_owned(),
        });
        let amount = act.cost.map(|cost| cost.to_string());
        ActView { kind: "act", amount, fault, acts_before: act.acts_before, lost: None }
    }

    /// An act without its amounts, where the field that holds them is private.
    fn masked(&self, rule: Rule, act: ActView) -> ActView {
        let slots: Vec<(usize, usize)> = match rule {
            Rule::Action(index) => {
                let action = self.graph.actions.get(index);
                action.and_then(|action| Some((action.event, action.cost?))).into_iter().collect()
            }
            Rule::Approval(index) => {
                self.graph.approvals.get(index).map(|approval| approval.amount.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let private = slots.iter().any(|(event, slot)| {
            let event = self.graph.vocabulary.events.get(*event);
            event.and_then(|event| event.fields.get(*slot)).is_some_and(|field| field.private)
        });
        if !private {
            return act;
        }
        let amount = act.amount.map(|_| MASK.to_owned());
        let fault = act.fault.map(|_| "more than the role may, or not to be told; the amount is private".to_owned());
        ActView { amount, fault, ..act }
    }

    fn unknown(&self, unknown: &UnknownFact) -> String {
        let fact = fact_in_words(&unknown.field);
        let what = match unknown.about {
            Deed::Started => "whether the clock starts",
            Deed::Counted => "which calendar it counts",
            Deed::Targeted | Deed::Retargeted => "which target holds",
            Deed::Stopped => "whether it stopped",
            Deed::Cancelled => "whether it was cancelled",
            Deed::Paused => "whether it was paused",
            Deed::Resumed => "whether it was resumed",
            Deed::Restarted => "whether it was restarted",
            Deed::Exempted => "whether an exemption holds",
            Deed::Extended => "whether it was given more time",
            Deed::Happened => "whether this event counts",
            Deed::Required => "whether what must hold does",
            Deed::Acted => "by whom it was done",
            _ => "what happened",
        };
        match unknown.place {
            Some(place) => format!("{fact} ({}): it cannot be told {what}", self.place(place)),
            None => format!("{fact}: it cannot be told {what}"),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> EvidenceView {
        let role = evidence.role.map(|role| self.role(role));
        EvidenceView {
            did: deed_in_words(evidence.deed),
            event: self.event(evidence.event),
            at: self.when(evidence.at),
            by: match (&evidence.actor, role) {
                (Some(actor), Some(role)) => Some(format!("{} as {role}", clean(actor))),
                (Some(actor), None) => Some(clean(actor)),
                (None, role) => role,
            },
            told: evidence.told.map(|role| self.role(role)),
            place: self.place(evidence.place),
        }
    }

    fn remedies(&self, finding: &Finding) -> Vec<ProposalView> {
        let gift = |gift: &crate::engine::Gift| {
            let action = self.graph.actions.get(gift.action).map(|action| action.name.clone()).unwrap_or_default();
            GiftView {
                gift: gift.amount.map_or_else(|| action.clone(), |amount| format!("{action} {amount}")),
                by: gift.by.map(|role| self.role(role)),
                holder_may: gift.holder_may,
            }
        };
        let proposal = |proposal: &crate::engine::Proposal| ProposalView {
            remedy: self.graph.remedies.get(proposal.remedy).map(|remedy| remedy.name.clone()).unwrap_or_default(),
            offers: proposal.texts.clone(),
            gifts: proposal.gifts.iter().map(gift).collect(),
        };
        finding.remedies.iter().map(proposal).collect()
    }

    fn anomaly(&self, anomaly: &Anomaly) -> AnomalyView {
        AnomalyView {
            what: anomaly_in_words(anomaly.kind),
            standard: anomaly.standard.map(|standard| Rule::Standard(standard).name(self.graph)),
            case: clean(&anomaly.case),
            event: self.event(anomaly.event),
            at: self.when(anomaly.at),
            place: self.place(anomaly.place),
        }
    }
}
