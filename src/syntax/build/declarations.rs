//! Declarations and their clauses.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{Builder, Clauses, child, children, only_child};
use crate::calendar::{DateRange, Interval, MinuteOfDay};
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> Builder<'i> {
    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn service_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ServiceClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::version => ServiceClause::Version(self.text_in(&clause)?),
            Rule::effective => ServiceClause::Effective {
                from: self.date(&child(&clause, Rule::date)?)?,
                until: self.last_date(&clause)?,
            },
            Rule::timezone => ServiceClause::Timezone(self.text_in(&clause)?),
            Rule::currency => {
                let code = child(&clause, Rule::currency_code)?;
                ServiceClause::Currency(self.spanned(&code, code.as_str().to_owned()))
            }
            Rule::owner => ServiceClause::Owner(self.text_in(&clause)?),
            Rule::approval_status => ServiceClause::Status(self.status(&clause)?),
            _ => return None,
        })
    }

    fn status(&mut self, clause: &Pair<'i, Rule>) -> Option<Status> {
        if let Some(approved) = child(clause, Rule::approved) {
            let on = self.date(&child(&approved, Rule::date)?)?;
            return Some(Status::Approved { by: self.text_in(&approved)?, on });
        }
        let draft = child(clause, Rule::word_draft).is_some();
        Some(if draft { Status::Draft } else { Status::Retired })
    }

    // ── People and time ─────────────────────────────────────────────────────────────────────────

    pub(super) fn role(&mut self, pair: &Pair<'i, Rule>) -> Option<Role> {
        let leads = child(pair, Rule::leads).map(|leads| self.names_in(&leads)).unwrap_or_default();
        Some(Role { name: self.name_in(pair)?, label: self.label_in(pair), leads })
    }

    pub(super) fn calendar_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CalendarClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::weekly_hours => CalendarClause::Weekly {
                days: weekdays(&child(&clause, Rule::weekdays)?),
                hours: self.hours(&clause)?,
                not_working: child(&clause, Rule::not_a_working_day).is_some(),
            },
            Rule::closed_days => {
                CalendarClause::Closed { days: self.date_range(&clause)?, label: self.label_in(&clause) }
            }
            Rule::opened_days => CalendarClause::Opened {
                days: self.date_range(&clause)?,
                hours: self.hours(&clause)?,
                label: self.label_in(&clause),
            },
            Rule::received_after => {
                CalendarClause::ReceivedAfter(self.time_of_day(&child(&clause, Rule::time_of_day)?)?)
            }
            Rule::timezone => CalendarClause::Timezone(self.text_in(&clause)?),
            Rule::source => CalendarClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    fn hours(&mut self, clause: &Pair<'i, Rule>) -> Option<Vec<Spanned<Interval>>> {
        let hours = child(clause, Rule::hours)?;
        let mut intervals = Vec::new();
        for pair in children(&hours, Rule::opening_hours) {
            let mut times = children(&pair, Rule::time_of_day);
            let opens = self.time_of_day(&times.next()?)?.node;
            let closes = self.time_of_day(&times.next()?)?.node;
            intervals.push(self.spanned(&pair, Interval { opens, closes }));
        }
        Some(intervals)
    }

    fn time_of_day(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<MinuteOfDay>> {
        let text = pair.as_str().replace('：', ":");
        let (hour, minute) = text.split_once(':')?;
        let time = MinuteOfDay::from_clock(hour.parse().ok()?, minute.parse().ok()?);
        self.or_fault(pair, time, |found| SyntaxFault::NoSuchDate { found })
    }

    fn date_range(&mut self, clause: &Pair<'i, Rule>) -> Option<Spanned<DateRange>> {
        let range = child(clause, Rule::date_range)?;
        let first = self.date(&child(&range, Rule::date)?)?;
        let last = self.last_date(&range)?.unwrap_or(first);
        Some(Spanned::new(DateRange { first: first.node, last: last.node }, first.span.to(last.span)))
    }

    /// `Some(None)` where there is no last date, `None` where it cannot be read.
    fn last_date(&mut self, pair: &Pair<'i, Rule>) -> Option<Option<Spanned<Date>>> {
        match child(pair, Rule::last_date) {
            Some(last) => self.date(&child(&last, Rule::date)?).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn date(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Date>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::NoSuchDate { found })
    }

    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&mut self, pair: &Pair<'i, Rule>) -> Block<CaseClause> {
        let Clauses { clauses, broken } = self.clauses(pair, Self::case_clause);
        let span = child(pair, Rule::word_case).map_or_else(|| self.span(pair), |word| self.span(&word));
        Block { name: Spanned::new("case".to_owned(), span), label: None, clauses, broken }
    }

    fn case_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CaseClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::field => CaseClause::Field(self.field(clause)?),
            Rule::party => CaseClause::Party(self.path_in(&clause)?),
            Rule::case_end => {
                CaseClause::Ends { on: self.triggers(&clause)?, after: self.limit(&child(&clause, Rule::limit)?)? }
            }
            _ => return None,
        })
    }

    fn field(&mut self, pair: Pair<'i, Rule>) -> Option<Field> {
        let kind = child(&pair, Rule::field_type)?;
        Some(Field {
            name: self.path_in(&pair)?,
            kind: self.field_type(&kind)?,
            optional: child(&pair, Rule::may_be_missing).is_some(),
            private: child(&pair, Rule::word_private).is_some(),
        })
    }

    fn field_type(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<FieldType>> {
        let inner = only_child(pair)?;
        let kind = match inner.as_rule() {
            Rule::plain_type => FieldType::Plain(inner.as_str().to_owned()),
            Rule::number_range => {
                let mut bounds = children(&inner, Rule::number);
                FieldType::Range(self.number(&bounds.next()?)?.node, self.number(&bounds.next()?)?.node)
            }
            Rule::one_of => FieldType::OneOf(self.names_in(&inner)),
            Rule::ordered => FieldType::Ordered(self.names_in(&inner)),
            _ => return None,
        };
        Some(self.spanned(&inner, kind))
    }

    pub(super) fn event(&mut self, pair: &Pair<'i, Rule>) -> Option<Event> {
        let evidence = child(pair, Rule::evidence).and_then(|evidence| child(&evidence, Rule::evidence_source));
        let Clauses { clauses: fields, broken } = match child(pair, Rule::event_fields) {
            Some(block) => self.clauses(&block, Self::field),
            None => Clauses { clauses: Vec::new(), broken: false },
        };
        Some(Event {
            name: self.path_in(pair)?,
            label: self.label_in(pair),
            fields,
            broken,
            evidence: evidence.map(|source| self.spanned(&source, source.as_str().to_owned())),
        })
    }

    pub(super) fn segment(&mut self, pair: &Pair<'i, Rule>) -> Option<Segment> {
        let when = child(pair, Rule::when)?;
        Some(Segment {
            name: self.name_in(pair)?,
            label: self.label_in(pair),
            when: self.condition(&child(&when, Rule::condition)?)?,
        })
    }

    // ── The map ─────────────────────────────────────────────────────────────────────────────────

    pub(super) fn touchpoint_clause(&mut self, pair: Pair<'i, Rule>) -> Option<TouchpointClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::stage => TouchpointClause::Stage(self.word(&clause, Rule::stage_name)?),
            Rule::channel => TouchpointClause::Channel(self.names_in(&clause)),
            Rule::environment => TouchpointClause::Environment(self.word(&clause, Rule::environment_name)?),
            Rule::owner => TouchpointClause::Owner(self.text_in(&clause)?),
            Rule::source => TouchpointClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn moment(&mut self, pair: &Pair<'i, Rule>) -> Option<Moment> {
        let at = self.name_in(&child(pair, Rule::place)?)?;
        Some(Moment { block: self.block(pair, Self::moment_clause)?, at })
    }

    fn moment_clause(&mut self, pair: Pair<'i, Rule>) -> Option<MomentClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::moment_kind => MomentClause::Kind(self.word(&clause, Rule::moment_kind_name)?),
            Rule::impact => MomentClause::Impact(self.word(&clause, Rule::impact_name)?),
            Rule::expects => MomentClause::Expects(self.text_in(&clause)?),
            Rule::owner => MomentClause::Owner(self.text_in(&clause)?),
            Rule::source => MomentClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    // ── Promises ────────────────────────────────────────────────────────────────────────────────

    pub(super) fn standard(&mut self, pair: &Pair<'i, Rule>) -> Option<Standard> {
        let place = child(pair, Rule::belongs_to).and_then(|belongs| child(&belongs, Rule::place));
        let belongs_to = place.and_then(|place| self.name_in(&place));
        Some(Standard { block: self.block(pair, Self::standard_clause)?, belongs_to })
    }

    fn standard_clause(&mut self, pair: Pair<'i, Rule>) -> Option<StandardClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::clock => self.clock(&clause)?,
            Rule::cancel => StandardClause::Cancel(self.triggers(&clause)?),
            Rule::pause => StandardClause::Pause {
                on: self.triggers(&child(&clause, Rule::pausing)?)?,
                resume: self.triggers(&child(&clause, Rule::resuming)?)?,
            },
            Rule::restart => StandardClause::Restart(self.triggers(&clause)?),
            Rule::reopen => StandardClause::Reopen {
                on: self.triggers(&clause)?,
                within: match child(&clause, Rule::reopen_within) {
                    Some(within) => Some(self.limit(&child(&within, Rule::limit)?)?),
                    None => None,
                },
            },
            Rule::each_start => StandardClause::Each,
            Rule::first_start => StandardClause::First,
            Rule::per_key => StandardClause::Per(self.path_in(&clause)?),
            Rule::counting => StandardClause::Counting {
                calendar: self.name_in(&child(&clause, Rule::calendar_name)?)?,
                when: self.row_condition(&clause)?,
            },
            Rule::target => StandardClause::Target {
                beyond: child(&clause, Rule::beyond).is_some(),
                promise: self.promise(&clause)?,
                when: self.row_condition(&clause)?,
            },
            Rule::warn => {
                let percents: Vec<_> = children(&clause, Rule::percent).collect();
                StandardClause::Warn(percents.iter().map(|pair| self.percent(pair)).collect::<Option<_>>()?)
            }
            Rule::severity => StandardClause::Severity(self.word(&clause, Rule::severity_name)?),
            Rule::symptom => StandardClause::Symptom(self.word(&clause, Rule::symptom_name)?),
            Rule::owner => StandardClause::Owner(self.text_in(&clause)?),
            Rule::source => StandardClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    fn clock(&mut self, clause: &Pair<'i, Rule>) -> Option<StandardClause> {
        let start = child(clause, Rule::start)?;
        let delay = match child(&start, Rule::delay) {
            Some(delay) => Some(self.duration(&child(&delay, Rule::duration)?)?),
            None => None,
        };
        let from = self.triggers(&start)?;
        let to = self.triggers(&child(clause, Rule::stop)?)?;
        Some(StandardClause::Clock { delay, from, to })
    }

    fn promise(&mut self, clause: &Pair<'i, Rule>) -> Option<Spanned<Promise>> {
        let kinds = [Rule::within_limit, Rule::at_once, Rule::due_at, Rule::no_target];
        let pair = clause.clone().into_inner().find(|pair| kinds.contains(&pair.as_rule()))?;
        let promise = match pair.as_rule() {
            Rule::within_limit => Promise::Within(self.limit(&child(&pair, Rule::limit)?)?.node),
            Rule::at_once => Promise::AtOnce,
            Rule::due_at => Promise::DueAt(self.operand(&child(&pair, Rule::operand)?)?),
            _ => Promise::NoTarget,
        };
        Some(self.spanned(&pair, promise))
    }

    /// `Some(None)` where the row has no condition, `None` where it cannot be read.
    fn row_condition(&mut self, clause: &Pair<'i, Rule>) -> Option<Option<RowCondition>> {
        let Some(row) = child(clause, Rule::row_condition) else { return Some(None) };
        let inner = only_child(&row)?;
        Some(Some(match inner.as_rule() {
            Rule::when => RowCondition::When(Box::new(self.condition(&child(&inner, Rule::condition)?)?)),
            _ => RowCondition::Otherwise,
        }))
    }

    fn limit(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Limit>> {
        let inner = only_child(pair)?;
        let limit = match inner.as_rule() {
            Rule::duration => Limit::Exact(self.duration(&inner)?.node),
            Rule::working_days => Limit::WorkingDays(self.count(&child(&inner, Rule::count)?)?),
            Rule::calendar_days => Limit::CalendarDays {
                days: self.count(&child(&inner, Rule::count)?)?,
                moved: child(&inner, Rule::moved).and_then(|moved| self.name_in(&moved)),
            },
            _ => return None,
        };
        Some(self.spanned(&inner, limit))
    }

    // ── When it goes wrong ──────────────────────────────────────────────────────────────────────

    pub(super) fn escalate(&mut self, pair: &Pair<'i, Rule>) -> Option<Escalate> {
        let promise = self.name_in(&child(pair, Rule::promise)?)?;
        let seen_as = self.path_in(pair)?;
        let Clauses { clauses: levels, broken } = self.clauses(pair, Self::escalation_level);
        Some(Escalate { promise, seen_as, levels, broken })
    }

    fn escalation_level(&mut self, pair: Pair<'i, Rule>) -> Option<EscalationLevel> {
        Some(EscalationLevel {
            at: self.percent(&child(&pair, Rule::percent)?)?,
            to: self.name_in(&pair)?,
            within: self.limit(&child(&pair, Rule::limit)?)?,
        })
    }

    pub(super) fn action(&mut self, pair: &Pair<'i, Rule>) -> Option<Action> {
        let costs = match child(pair, Rule::costs) {
            Some(costs) => Some(self.path_in(&costs)?),
            None => None,
        };
        Some(Action { name: self.name_in(pair)?, label: self.label_in(pair), event: self.path_in(pair)?, costs })
    }

    pub(super) fn empower(&mut self, pair: &Pair<'i, Rule>) -> Option<Empower> {
        let role = self.name_in(pair)?;
        let Clauses { clauses: grants, broken } = self.clauses(pair, Self::may);
        Some(Empower { role, grants, broken })
    }

    fn may(&mut self, pair: Pair<'i, Rule>) -> Option<May> {
        let mut limits = Vec::new();
        if let Some(up_to) = child(&pair, Rule::up_to) {
            for limit in children(&up_to, Rule::spending_limit) {
                let amount = self.money(&child(&limit, Rule::money)?)?.node;
                let per_day = child(&limit, Rule::word_day).is_some();
                let per = if per_day { LimitScope::Day } else { LimitScope::Case };
                limits.push(self.spanned(&limit, SpendingLimit { amount, per }));
            }
        }
        let when = match child(&pair, Rule::when) {
            Some(when) => Some(self.condition(&child(&when, Rule::condition)?)?),
            None => None,
        };
        Some(May { action: self.name_in(&pair)?, limits, when })
    }

    pub(super) fn approve_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ApproveClause> {
        let clause = only_child(&pair)?;
        let path = self.path_in(&clause)?;
        Some(match clause.as_rule() {
            Rule::asked_by => ApproveClause::Asked(path),
            Rule::granted_by => ApproveClause::Granted(path),
            Rule::refused_by => ApproveClause::Refused(path),
            Rule::approved_amount => ApproveClause::Amount(path),
            _ => return None,
        })
    }

    pub(super) fn remedy(&mut self, pair: &Pair<'i, Rule>) -> Option<Remedy> {
        let promises: Vec<_> = children(pair, Rule::promise).collect();
        let promises = promises.iter().map(|promise| self.name_in(promise)).collect::<Option<_>>()?;
        Some(Remedy { block: self.block(pair, Self::remedy_clause)?, promises })
    }

    fn remedy_clause(&mut self, pair: Pair<'i, Rule>) -> Option<RemedyClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::offer => RemedyClause::Offer { what: self.offer(&clause)?, when: self.row_condition(&clause)? },
            Rule::improve => RemedyClause::Improve(self.word(&clause, Rule::cause_kind)?),
            Rule::owner => RemedyClause::Owner(self.text_in(&clause)?),
            Rule::source => RemedyClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    fn offer(&mut self, clause: &Pair<'i, Rule>) -> Option<Offer> {
        let Some(action) = child(clause, Rule::offered_action) else {
            return self.text_in(clause).map(Offer::Text);
        };
        let amount = match child(&action, Rule::money) {
            Some(money) => Some(self.money(&money)?),
            None => None,
        };
        Some(Offer::Action { action: self.name_in(&action)?, amount })
    }
}

/// The days of `mon..wed, sat`, Monday first; a span may run over the week's end (`sat..mon`).
fn weekdays(pair: &Pair<'_, Rule>) -> Vec<usize> {
    let mut days = Vec::new();
    for range in children(pair, Rule::weekday_range) {
        let ends: Vec<usize> = children(&range, Rule::weekday).filter_map(|day| weekday(day.as_str())).collect();
        if let (Some(first), Some(last)) = (ends.first(), ends.last()) {
            let length = (last + 7 - first) % 7;
            days.extend((0..=length).map(|step| (first + step) % 7));
        }
    }
    days
}

fn weekday(word: &str) -> Option<usize> {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|day| *day == word)
}
