//! The header, people and time, what the log may say, the map, and when it goes wrong.

use mot::calendar::{DateRange, Interval, MinuteOfDay};
use mot::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::*;
use super::promises::{attribute, behaviour, level, scorecard, standard, status};
use super::scenarios::scenario;
use super::{a_name, a_path, at, block, label, name, names, path, text, word};

const CAUSES: &[&str] = &["empowerment", "training", "communication", "staffing", "process", "product", "external"];

pub fn declaration() -> BoxedStrategy<Declaration> {
    prop_oneof![
        block(service_clause()).prop_map(Declaration::Service),
        text().prop_map(Declaration::Use),
        (a_name(), label(), prop_oneof![Just(Vec::new()), names().boxed()])
            .prop_map(|(name, label, leads)| Declaration::Role(Role { name, label, leads })),
        block(calendar_clause()).prop_map(Declaration::Calendar),
        (a_name(), label(), vec(date_range().prop_map(at), 1..3))
            .prop_map(|(name, label, days)| Declaration::Period(Period { name, label, days })),
        block(exempt_clause()).prop_map(Declaration::Exempt),
        vec(case_clause().prop_map(at), 0..5).prop_map(|clauses| Declaration::Case(Block {
            name: at("case".into()),
            label: None,
            clauses,
            broken: false
        })),
        event().prop_map(Declaration::Event),
        (a_name(), label(), condition().prop_map(at)).prop_map(|(name, label, when)| Declaration::Segment(Segment {
            name,
            label,
            when
        })),
        prop_oneof![
            block(touchpoint_clause()).prop_map(Declaration::Touchpoint),
            (block(moment_clause()), a_name()).prop_map(|(block, at)| Declaration::Moment(Moment { block, at })),
            block(journey_clause()).prop_map(Declaration::Journey),
        ],
        prop_oneof![
            2 => standard().prop_map(Declaration::Standard),
            1 => behaviour().prop_map(Declaration::Behaviour),
            1 => level().prop_map(Declaration::Level),
            1 => scorecard().prop_map(Declaration::Scorecard),
        ],
        prop_oneof![
            escalate().prop_map(Declaration::Escalate),
            action().prop_map(Declaration::Action),
            empower().prop_map(Declaration::Empower),
            approve().prop_map(Declaration::Approve),
            (block(attribute()), names())
                .prop_map(|(block, actions)| Declaration::Authority(Authority { block, actions })),
            (block(cause_clause()).prop_map(when_first), names())
                .prop_map(|(block, promises)| Declaration::Cause(Cause { block, promises })),
            (block(remedy_clause()), names())
                .prop_map(|(block, promises)| Declaration::Remedy(Remedy { block, promises })),
        ],
        scenario().prop_map(Declaration::Scenario),
    ]
    .boxed()
}

// ── Header ──────────────────────────────────────────────────────────────────────────────────────

fn service_clause() -> BoxedStrategy<ServiceClause> {
    prop_oneof![
        text().prop_map(ServiceClause::Version),
        (date().prop_map(at), option::of(date().prop_map(at)))
            .prop_map(|(from, until)| ServiceClause::Effective { from, until }),
        text().prop_map(ServiceClause::Timezone),
        word(&["CNY", "EUR"]).prop_map(ServiceClause::Currency),
        text().prop_map(ServiceClause::Owner),
        status().prop_map(ServiceClause::Status),
        text().prop_map(ServiceClause::Source),
        date().prop_map(|date| ServiceClause::ReviewBefore(at(date))),
        (a_name(), text()).prop_map(|(promise, why)| ServiceClause::NoLongerPromises(promise, why)),
    ]
    .boxed()
}

// ── People and time ─────────────────────────────────────────────────────────────────────────────

fn date_range() -> BoxedStrategy<DateRange> {
    prop_oneof![date().prop_map(DateRange::day), (date(), date()).prop_map(|(first, last)| DateRange { first, last }),]
        .boxed()
}

fn minute() -> BoxedStrategy<MinuteOfDay> {
    (0u16..=1440).prop_map(|minute| MinuteOfDay::new(minute).unwrap()).boxed()
}

fn hours() -> BoxedStrategy<Vec<mot::source::Spanned<Interval>>> {
    vec((minute(), minute()).prop_map(|(opens, closes)| at(Interval { opens, closes })), 1..3).boxed()
}

fn calendar_clause() -> BoxedStrategy<CalendarClause> {
    prop_oneof![
        (vec(0usize..7, 1..9), hours(), any::<bool>()).prop_map(|(days, hours, not_working)| CalendarClause::Weekly {
            days,
            hours,
            not_working
        }),
        (date_range().prop_map(at), label()).prop_map(|(days, label)| CalendarClause::Closed { days, label }),
        (date_range().prop_map(at), hours(), label()).prop_map(|(days, hours, label)| CalendarClause::Opened {
            days,
            hours,
            label
        }),
        minute().prop_map(|time| CalendarClause::ReceivedAfter(at(time))),
        text().prop_map(CalendarClause::Timezone),
        text().prop_map(CalendarClause::Source),
    ]
    .boxed()
}

fn exempt_clause() -> BoxedStrategy<ExemptClause> {
    let end = || prop_oneof![date().prop_map(DayOrTime::Day), date_time().prop_map(DayOrTime::Time)].prop_map(at);
    prop_oneof![
        (end(), end()).prop_map(|(from, to)| ExemptClause::Window { from, to }),
        condition().prop_map(|condition| ExemptClause::When(at(condition))),
        names().prop_map(ExemptClause::For),
        Just(ExemptClause::Excuse),
        Just(ExemptClause::StopTheClock),
        operand().prop_map(|operand| ExemptClause::Proof(at(operand))),
        text().prop_map(ExemptClause::Source),
    ]
    .boxed()
}

// ── What the log may say ────────────────────────────────────────────────────────────────────────

fn case_clause() -> BoxedStrategy<CaseClause> {
    prop_oneof![
        4 => field().prop_map(CaseClause::Field),
        1 => a_path().prop_map(CaseClause::Party),
        1 => (triggers(), limit().prop_map(at)).prop_map(|(on, after)| CaseClause::Ends { on, after }),
    ]
    .boxed()
}

fn field() -> BoxedStrategy<Field> {
    let types = vec!["text", "number", "bool", "money", "duration", "time", "date", "role", "touchpoint"];
    let kind = prop_oneof![
        select(types).prop_map(|word| FieldType::Plain(word.to_owned())),
        (number(), number()).prop_map(|(least, most)| FieldType::Range(least, most)),
        names().prop_map(FieldType::OneOf),
        vec(a_name(), 2..5).prop_map(FieldType::Ordered),
    ];
    (a_path(), kind.prop_map(at), any::<bool>(), any::<bool>())
        .prop_map(|(name, kind, optional, private)| Field { name, kind, optional, private })
        .boxed()
}

fn event() -> BoxedStrategy<Event> {
    let evidence = word(&["log", "survey", "interview", "inspection", "market", "model"]);
    let fields = vec(field().prop_map(at), 0..4);
    let trust = option::of(condition().prop_map(at));
    let place = option::weighted(0.3, a_name());
    (a_path(), label(), place, fields, option::of(evidence), trust, option::of(a_path()))
        .prop_map(|(name, label, place, fields, evidence, trust, reaches)| Event {
            name,
            label,
            at: place,
            fields,
            broken: false,
            evidence,
            trust,
            reaches,
        })
        .boxed()
}

// ── The map ─────────────────────────────────────────────────────────────────────────────────────

fn touchpoint_clause() -> BoxedStrategy<TouchpointClause> {
    prop_oneof![
        word(&["pre_purchase", "purchase", "use", "after_sales"]).prop_map(TouchpointClause::Stage),
        names().prop_map(TouchpointClause::Channel),
        word(&["human", "physical", "remote", "digital"]).prop_map(TouchpointClause::Environment),
        attribute().prop_map(TouchpointClause::Attribute),
    ]
    .boxed()
}

fn moment_clause() -> BoxedStrategy<MomentClause> {
    prop_oneof![
        word(&["peak", "valley", "end"]).prop_map(MomentClause::Kind),
        word(&["low", "medium", "high", "critical"]).prop_map(MomentClause::Impact),
        text().prop_map(MomentClause::Expects),
        condition().prop_map(|condition| MomentClause::OutOfControl(at(condition))),
        attribute().prop_map(MomentClause::Attribute),
    ]
    .boxed()
}

fn journey_clause() -> BoxedStrategy<JourneyClause> {
    prop_oneof![
        names().prop_map(JourneyClause::Through),
        a_name().prop_map(JourneyClause::EndsWith),
        (bound(), number().prop_map(at)).prop_map(|(bound, number)| JourneyClause::Score(bound, number)),
        Just(JourneyClause::PerParty),
        attribute().prop_map(JourneyClause::Attribute),
    ]
    .boxed()
}

// ── When it goes wrong ──────────────────────────────────────────────────────────────────────────

fn escalate() -> BoxedStrategy<Escalate> {
    let time = prop_oneof![3 => percent().prop_map(LevelTime::Part), 1 => duration().prop_map(LevelTime::After)];
    let level = (time.prop_map(at), a_name(), limit().prop_map(at));
    let level = level.prop_map(|(time, to, within)| at(EscalationLevel { at: time, to, within }));
    (vec(a_name(), 1..4), a_path(), vec(level, 0..4))
        .prop_map(|(promises, seen_as, levels)| Escalate { promises, seen_as, levels, broken: false })
        .boxed()
}

fn action() -> BoxedStrategy<Action> {
    (a_name(), label(), a_path(), option::of(a_path()), vec((a_path(), a_path()), 0..3))
        .prop_map(|(name, label, event, costs, returns)| Action { name, label, event, costs, returns })
        .boxed()
}

fn empower() -> BoxedStrategy<Empower> {
    let scope = select(&[LimitScope::Case, LimitScope::Day][..]);
    let limit = (money(), scope).prop_map(|(amount, per)| at(SpendingLimit { amount, per }));
    let grant = (a_name(), vec(limit, 0..3), option::of(condition().prop_map(at)));
    let grant = grant.prop_map(|(action, limits, when)| at(May { action, limits, when }));
    let requires = option::weighted(0.3, condition().prop_map(at));
    (a_name(), option::weighted(0.3, a_name()), requires, vec(grant, 0..4))
        .prop_map(|(role, place, requires, grants)| Empower { role, at: place, requires, grants, broken: false })
        .boxed()
}

fn approve() -> BoxedStrategy<Block<ApproveClause>> {
    let clause = prop_oneof![
        a_path().prop_map(ApproveClause::Asked),
        a_path().prop_map(ApproveClause::Granted),
        a_path().prop_map(ApproveClause::Refused),
        path().prop_map(|path| ApproveClause::Amount(at(path))),
    ];
    (name(), vec(clause.prop_map(at), 0..5))
        .prop_map(|(name, clauses)| Block { name: at(name), label: None, clauses, broken: false })
        .boxed()
}

fn cause_clause() -> BoxedStrategy<CauseClause> {
    prop_oneof![
        word(CAUSES).prop_map(CauseClause::Kind),
        condition().prop_map(|condition| CauseClause::When(at(condition))),
        attribute().prop_map(CauseClause::Attribute),
    ]
    .boxed()
}

/// `when` behind an attribute that may take a `when` itself is read as its own: a file cannot say it.
fn when_first(mut block: Block<CauseClause>) -> Block<CauseClause> {
    block.clauses.sort_by_key(|clause| !matches!(clause.node, CauseClause::When(_)));
    block
}

fn remedy_clause() -> BoxedStrategy<RemedyClause> {
    let offer = prop_oneof![
        text().prop_map(Offer::Text),
        (a_name(), option::of(money().prop_map(at))).prop_map(|(action, amount)| Offer::Action { action, amount }),
    ];
    prop_oneof![
        3 => (offer, row_condition()).prop_map(|(what, when)| RemedyClause::Offer { what, when }),
        1 => word(CAUSES).prop_map(RemedyClause::Improve),
        1 => names().prop_map(RemedyClause::CausedBy),
        1 => attribute().prop_map(RemedyClause::Attribute),
    ]
    .boxed()
}
