//! Declarations and their clauses.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{Builder, Clauses, child, children, only_child};
use crate::calendar::{DateRange, Interval, MinuteOfDay};
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::{Vocabulary, half_width};

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
            Rule::source => ServiceClause::Source(self.text_in(&clause)?),
            Rule::review => ServiceClause::ReviewBefore(self.date(&child(&clause, Rule::date)?)?),
            Rule::no_longer => ServiceClause::NoLongerPromises(self.promise_in(&clause)?, self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn status(&mut self, clause: &Pair<'i, Rule>) -> Option<Status> {
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
        let text = half_width(pair.as_str());
        let (hour, minute) = text.split_once(':')?;
        let time = MinuteOfDay::from_clock(hour.parse().ok()?, minute.parse().ok()?);
        self.or_fault(pair, time, |found| SyntaxFault::NoSuchDate { found })
    }

    fn date_range(&mut self, clause: &Pair<'i, Rule>) -> Option<Spanned<DateRange>> {
        self.dates(&child(clause, Rule::date_range)?)
    }

    fn dates(&mut self, range: &Pair<'i, Rule>) -> Option<Spanned<DateRange>> {
        let first = self.date(&child(range, Rule::date)?)?;
        let last = self.last_date(range)?.unwrap_or(first);
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

    pub(super) fn period(&mut self, pair: &Pair<'i, Rule>) -> Option<Period> {
        let ranges: Vec<_> = children(pair, Rule::date_range).collect();
        let days = ranges.iter().map(|range| self.dates(range)).collect::<Option<_>>()?;
        Some(Period { name: self.name_in(pair)?, label: self.label_in(pair), days })
    }

    pub(super) fn exempt_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ExemptClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::exempt_window => {
                let mut ends = children(&clause, Rule::day_or_time);
                let (from, to) = (ends.next()?, ends.next()?);
                ExemptClause::Window { from: self.day_or_time(&from)?, to: self.day_or_time(&to)? }
            }
            Rule::exempt_when => ExemptClause::When(self.condition(&child(&clause, Rule::condition)?)?),
            Rule::exempt_for => ExemptClause::For(self.names_of(&clause, Rule::place)?),
            Rule::excuse => ExemptClause::Excuse,
            Rule::stop_the_clock => ExemptClause::StopTheClock,
            Rule::proof => ExemptClause::Proof(self.operand(&child(&clause, Rule::operand)?)?),
            Rule::source => ExemptClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn day_or_time(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<DayOrTime>> {
        let inner = only_child(pair)?;
        let said = match inner.as_rule() {
            Rule::date_time => DayOrTime::Time(self.date_time(&inner)?.node),
            _ => DayOrTime::Day(self.date(&inner)?.node),
        };
        Some(self.spanned(&inner, said))
    }

    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&mut self, pair: &Pair<'i, Rule>) -> Block<CaseClause> {
        let Clauses { clauses, broken } = self.clauses(pair, Self::case_clause);
        let span = only_child(pair).map_or_else(|| self.span(pair), |word| self.span(&word));
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
            Rule::plain_type => FieldType::Plain(Vocabulary::PlainType.english(inner.as_str()).to_owned()),
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
        let Clauses { clauses: fields, broken } = match child(pair, Rule::event_fields) {
            Some(block) => self.clauses(&block, Self::field),
            None => Clauses { clauses: Vec::new(), broken: false },
        };
        let trust = match child(pair, Rule::trust) {
            Some(trust) => Some(self.condition(&child(&trust, Rule::condition)?)?),
            None => None,
        };
        let reaches = match child(pair, Rule::reaches) {
            Some(reaches) => Some(self.path_in(&reaches)?),
            None => None,
        };
        Some(Event {
            trust,
            reaches,
            name: self.path_in(pair)?,
            label: self.label_in(pair),
            fields,
            broken,
            evidence: child(pair, Rule::evidence).and_then(|evidence| self.word(&evidence, Rule::evidence_source)),
        })
    }

    pub(super) fn segment(&mut self, pair: &Pair<'i, Rule>) -> Option<Segment> {
        Some(Segment {
            name: self.name_in(pair)?,
            label: self.label_in(pair),
            when: self.condition(&child(pair, Rule::condition)?)?,
        })
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
    Vocabulary::Weekday.words().iter().position(|(english, chinese)| *english == word || *chinese == word)
}
