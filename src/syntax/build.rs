//! From what the grammar matched to the tree.
//!
//! One function a rule, each found by the rule's name. A part that should be there and is not makes
//! the clause unreadable (`None`), never a panic.

use jiff::civil::Date;
use pest::iterators::{Pair, Pairs};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::faults::SyntaxFault;
use super::grammar::Rule;
use super::tree::*;
use super::unreadable;
use crate::calendar::{DateRange, Duration, Interval, MinuteOfDay};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span, Spanned};
use crate::vocabulary::{Currency, Money};

/// Builds the tree of one file and collects its faults.
pub struct Builder<'i> {
    file: FileId,
    text: &'i str,
    faults: Vec<Diagnostic>,
}

/// What a block held: its clauses, and whether all could be read.
struct Clauses<T> {
    clauses: Vec<Spanned<T>>,
    broken: bool,
}

impl<'i> Builder<'i> {
    pub fn new(file: FileId, text: &'i str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.faults
    }

    pub fn file(&mut self, pairs: Pairs<'i, Rule>) -> File {
        let mut tree = File::default();
        for pair in pairs.flat_map(Pair::into_inner) {
            match pair.as_rule() {
                Rule::declaration => match only_child(&pair).and_then(|inner| self.declaration(inner)) {
                    Some(declaration) => tree.declarations.push(declaration),
                    None => tree.lost.extend(unreadable::declared_name(pair.as_str())),
                },
                Rule::bad_declaration => {
                    let slice = self.span(&pair);
                    tree.lost.extend(unreadable::declared_name(pair.as_str()));
                    self.faults.push(unreadable::declaration(slice, self.text));
                }
                _ => {}
            }
        }
        tree
    }

    fn declaration(&mut self, pair: Pair<'i, Rule>) -> Option<Declaration> {
        Some(match pair.as_rule() {
            Rule::service => Declaration::Service(self.block(&pair, Self::service_clause)?),
            Rule::use_file => Declaration::Use(self.text_in(&pair)?),
            Rule::role => Declaration::Role(self.role(&pair)?),
            Rule::calendar => Declaration::Calendar(self.block(&pair, Self::calendar_clause)?),
            Rule::case => Declaration::Case(self.case(&pair)),
            Rule::event => Declaration::Event(self.event(&pair)?),
            Rule::segment => Declaration::Segment(self.segment(&pair)?),
            Rule::touchpoint => Declaration::Touchpoint(self.block(&pair, Self::touchpoint_clause)?),
            Rule::moment => Declaration::Moment(self.moment(&pair)?),
            Rule::standard => Declaration::Standard(self.standard(&pair)?),
            Rule::escalate => Declaration::Escalate(self.escalate(&pair)?),
            Rule::action => Declaration::Action(self.action(&pair)?),
            Rule::empower => Declaration::Empower(self.empower(&pair)?),
            Rule::approve => Declaration::Approve(self.block(&pair, Self::approve_clause)?),
            Rule::remedy => Declaration::Remedy(self.remedy(&pair)?),
            _ => return None,
        })
    }

    // ── Blocks ──────────────────────────────────────────────────────────────────────────────────

    fn block<T>(
        &mut self,
        pair: &Pair<'i, Rule>,
        read: fn(&mut Self, Pair<'i, Rule>) -> Option<T>,
    ) -> Option<Block<T>> {
        let name = self.name_in(pair)?;
        let label = self.label_in(pair);
        let Clauses { clauses, broken } = self.clauses(pair, read);
        Some(Block { name, label, clauses, broken })
    }

    /// The clauses of the block in `pair`: every child that is neither head nor brace.
    fn clauses<T>(&mut self, pair: &Pair<'i, Rule>, read: fn(&mut Self, Pair<'i, Rule>) -> Option<T>) -> Clauses<T> {
        let mut found = Clauses { clauses: Vec::new(), broken: false };
        let mut opened = None;
        for child in pair.clone().into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::block_start => opened = Some(span),
                _ if opened.is_none() => {}
                Rule::block_end => opened = None,
                Rule::no_block_end => {
                    let declaration = unreadable::keyword(pair.as_rule()).to_owned();
                    let at = opened.unwrap_or(span);
                    self.faults.push(Diagnostic::new(SyntaxFault::Unclosed { declaration }, at));
                    opened = None;
                }
                Rule::bad_clause => {
                    found.broken = true;
                    let slice = self.with_its_beginning(span, &mut found.clauses);
                    self.faults.push(unreadable::clause(pair.as_rule(), slice, self.text));
                }
                _ => match read(self, child) {
                    Some(clause) => found.clauses.push(Spanned::new(clause, span)),
                    None => found.broken = true,
                },
            }
        }
        found
    }

    /// A slice that goes on in the line of a clause is the rest of that clause: they are told as one,
    /// and what was read of it does not stand.
    fn with_its_beginning<T>(&self, rest: Span, clauses: &mut Vec<Spanned<T>>) -> Span {
        let Some(last) = clauses.last().map(|clause| clause.span) else { return rest };
        let between = self.text.get(last.end..rest.start).unwrap_or("\n");
        let starts_anew = unreadable::begins_clause(self.text.get(rest.start..rest.end).unwrap_or_default());
        if between.contains('\n') || starts_anew {
            return rest;
        }
        clauses.pop();
        last.to(rest)
    }

    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    fn service_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ServiceClause> {
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

    fn role(&mut self, pair: &Pair<'i, Rule>) -> Option<Role> {
        let leads = child(pair, Rule::leads).map(|leads| self.names_in(&leads)).unwrap_or_default();
        Some(Role { name: self.name_in(pair)?, label: self.label_in(pair), leads })
    }

    fn calendar_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CalendarClause> {
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

    fn date(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Date>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::NoSuchDate { found })
    }

    // ── What the log may say ────────────────────────────────────────────────────────────────────

    fn case(&mut self, pair: &Pair<'i, Rule>) -> Block<CaseClause> {
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

    fn event(&mut self, pair: &Pair<'i, Rule>) -> Option<Event> {
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

    fn segment(&mut self, pair: &Pair<'i, Rule>) -> Option<Segment> {
        let when = child(pair, Rule::when)?;
        Some(Segment {
            name: self.name_in(pair)?,
            label: self.label_in(pair),
            when: self.condition(&child(&when, Rule::condition)?)?,
        })
    }

    // ── The map ─────────────────────────────────────────────────────────────────────────────────

    fn touchpoint_clause(&mut self, pair: Pair<'i, Rule>) -> Option<TouchpointClause> {
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

    fn moment(&mut self, pair: &Pair<'i, Rule>) -> Option<Moment> {
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

    fn standard(&mut self, pair: &Pair<'i, Rule>) -> Option<Standard> {
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

    fn escalate(&mut self, pair: &Pair<'i, Rule>) -> Option<Escalate> {
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

    fn action(&mut self, pair: &Pair<'i, Rule>) -> Option<Action> {
        let costs = match child(pair, Rule::costs) {
            Some(costs) => Some(self.path_in(&costs)?),
            None => None,
        };
        Some(Action { name: self.name_in(pair)?, label: self.label_in(pair), event: self.path_in(pair)?, costs })
    }

    fn empower(&mut self, pair: &Pair<'i, Rule>) -> Option<Empower> {
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

    fn approve_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ApproveClause> {
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

    fn remedy(&mut self, pair: &Pair<'i, Rule>) -> Option<Remedy> {
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

    // ── Events and conditions ───────────────────────────────────────────────────────────────────

    fn triggers(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Trigger>> {
        let triggers: Vec<_> = children(&child(pair, Rule::triggers)?, Rule::trigger).collect();
        triggers.iter().map(|trigger| self.trigger(trigger)).collect()
    }

    fn trigger(&mut self, pair: &Pair<'i, Rule>) -> Option<Trigger> {
        let filter = match child(pair, Rule::filter) {
            Some(filter) => Some(self.term(&only_child(&filter)?)?),
            None => None,
        };
        Some(Trigger { event: self.path_in(pair)?, filter })
    }

    fn condition(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        let terms: Vec<_> = children(pair, Rule::term).collect();
        let mut terms = terms.iter().map(|term| self.term(&only_child(term)?)).collect::<Option<Vec<_>>>()?;
        if terms.len() == 1 {
            return terms.pop();
        }
        let any = child(pair, Rule::word_or).is_some();
        Some(self.spanned(pair, if any { Condition::Any(terms) } else { Condition::All(terms) }))
    }

    fn term(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        match pair.as_rule() {
            Rule::parentheses => self.condition(&child(pair, Rule::condition)?),
            Rule::negation => {
                let term = child(pair, Rule::term)?;
                let negated = self.term(&only_child(&term)?)?;
                Some(self.spanned(pair, Condition::Not(Box::new(negated))))
            }
            Rule::comparison => {
                let operand = self.operand(&child(pair, Rule::operand)?)?;
                let relation = match child(pair, Rule::relation) {
                    Some(relation) => Some(self.relation(&relation)?),
                    None => None,
                };
                Some(self.spanned(pair, Condition::Test { operand, relation }))
            }
            _ => None,
        }
    }

    fn operand(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Operand>> {
        let path = self.path_in(pair)?;
        let operand = match child(pair, Rule::of_event) {
            Some(event) => Operand::FieldOf { field: path, event: self.path_in(&event)? },
            None => Operand::Path(path.node),
        };
        Some(self.spanned(pair, operand))
    }

    fn relation(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Relation>> {
        let inner = only_child(pair)?;
        let relation = match inner.as_rule() {
            Rule::is_in => Relation::In(true, self.values(&inner)?),
            Rule::is_not_in => Relation::In(false, self.values(&inner)?),
            _ => self.is_relation(&inner)?,
        };
        Some(self.spanned(pair, relation))
    }

    fn is_relation(&mut self, pair: &Pair<'i, Rule>) -> Option<Relation> {
        let asked = pair.clone().into_inner().find(|pair| pair.as_rule() != Rule::word_is)?;
        let comparison = match asked.as_rule() {
            Rule::known => return Some(Relation::Known),
            Rule::unknown => return Some(Relation::Unknown),
            Rule::at_least => Comparison::AtLeast,
            Rule::at_most => Comparison::AtMost,
            Rule::more_than => Comparison::MoreThan,
            Rule::less_than => Comparison::LessThan,
            Rule::is_not => Comparison::IsNot,
            _ => Comparison::Is,
        };
        Some(Relation::Compare(comparison, self.value(&child(&asked, Rule::value)?)?))
    }

    fn values(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Spanned<Literal>>> {
        let values: Vec<_> = children(&child(pair, Rule::value_list)?, Rule::value).collect();
        values.iter().map(|value| self.value(value)).collect()
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────────

    fn value(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Literal>> {
        let inner = only_child(pair)?;
        let literal = match inner.as_rule() {
            Rule::date_time => {
                let written = inner.as_str().replace('：', ":");
                let words: Vec<_> = written.split_whitespace().collect();
                let read = words.join("T").parse().ok();
                Literal::DateTime(self.or_fault(&inner, read, |found| SyntaxFault::NoSuchDate { found })?.node)
            }
            Rule::date => Literal::Date(self.date(&inner)?.node),
            Rule::duration => Literal::Duration(self.duration(&inner)?.node),
            Rule::money => Literal::Money(self.money(&inner)?.node),
            Rule::percent => Literal::Percent(self.percent(&inner)?.node),
            Rule::number => Literal::Number(self.number(&inner)?.node),
            Rule::text => Literal::Text(self.text(&inner)?.node),
            Rule::bool => Literal::Bool(inner.as_str() == "true"),
            Rule::path => Literal::Name(unquoted(inner.as_str())),
            _ => return None,
        };
        Some(self.spanned(&inner, literal))
    }

    fn duration(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Duration>> {
        self.or_fault(pair, Duration::parse(pair.as_str()), |found| SyntaxFault::TooLarge { found })
    }

    fn number(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::TooLarge { found })
    }

    fn percent(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        let number = pair.as_str().trim_end_matches('%').parse().ok();
        self.or_fault(pair, number, |found| SyntaxFault::TooLarge { found })
    }

    fn count(&mut self, pair: &Pair<'i, Rule>) -> Option<u32> {
        let days = pair.as_str().parse().ok().filter(|days| *days <= 36_500);
        Some(self.or_fault(pair, days, |found| SyntaxFault::TooLarge { found })?.node)
    }

    fn money(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Money>> {
        let amount = self.number(&child(pair, Rule::number)?)?.node;
        let code = child(pair, Rule::currency_code)?;
        let currency = Currency::new(code.as_str());
        let currency = self.or_fault(&code, currency, |found| SyntaxFault::NoSuchCurrency { found })?.node;
        Some(self.spanned(pair, Money { amount, currency }))
    }

    // ── Names, texts, places ────────────────────────────────────────────────────────────────────

    fn name_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let name = child(pair, Rule::name)?;
        Some(self.spanned(&name, unquoted(name.as_str())))
    }

    fn names_in(&mut self, pair: &Pair<'i, Rule>) -> Vec<Name> {
        children(pair, Rule::name).map(|name| self.spanned(&name, unquoted(name.as_str()))).collect()
    }

    fn path_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let path = child(pair, Rule::path)?;
        Some(self.spanned(&path, unquoted(path.as_str())))
    }

    fn word(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Name> {
        let word = child(pair, rule)?;
        Some(self.spanned(&word, word.as_str().to_owned()))
    }

    fn label_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        child(pair, Rule::label).and_then(|label| self.text_in(&label))
    }

    fn text_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        self.text(&child(pair, Rule::text)?)
    }

    fn text(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        let written = only_child(pair)?;
        let text = match written.as_rule() {
            Rule::straight => written.as_str().replace("\\\"", "\"").replace("\\\\", "\\"),
            _ => written.as_str().to_owned(),
        };
        Some(self.spanned(pair, text))
    }

    fn or_fault<T>(
        &mut self,
        pair: &Pair<'i, Rule>,
        value: Option<T>,
        fault: impl FnOnce(String) -> SyntaxFault,
    ) -> Option<Spanned<T>> {
        let span = self.span(pair);
        if value.is_none() {
            self.faults.push(Diagnostic::new(fault(pair.as_str().to_owned()), span));
        }
        value.map(|value| Spanned::new(value, span))
    }

    fn spanned<T>(&self, pair: &Pair<'i, Rule>, node: T) -> Spanned<T> {
        Spanned::new(node, self.span(pair))
    }

    /// The place of `pair`, without the blanks and comments that a failed optional part leaves at its
    /// end.
    fn span(&self, pair: &Pair<'i, Rule>) -> Span {
        let start = pair.as_span().start();
        Span::new(self.file, start, start + said_length(pair.as_str()))
    }
}

fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    children(pair, rule).next()
}

fn children<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> impl Iterator<Item = Pair<'i, Rule>> + use<'i> {
    pair.clone().into_inner().filter(move |child| child.as_rule() == rule)
}

fn only_child<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().next()
}

/// The length of a text up to its last character that is neither blank nor comment.
fn said_length(text: &str) -> usize {
    let mut end = 0;
    let mut closing = None;
    let mut in_comment = false;
    for (at, letter) in text.char_indices() {
        match (closing, letter) {
            _ if in_comment => in_comment = letter != '\n',
            (None, '#') => in_comment = true,
            (None, blank) if blank.is_whitespace() => {}
            (_, letter) => {
                end = at + letter.len_utf8();
                closing = match (closing, letter) {
                    (None, '"') => Some('"'),
                    (None, '“') => Some('”'),
                    (None, '`') => Some('`'),
                    (Some(quote), letter) if quote == letter => None,
                    (open, _) => open,
                };
            }
        }
    }
    end
}

/// A name without the backticks that quote it or one of its parts, in NFC.
fn unquoted(written: &str) -> String {
    written.chars().filter(|letter| *letter != '`').nfc().collect()
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
