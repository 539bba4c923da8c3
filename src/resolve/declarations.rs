//! Header, people, time, vocabulary, map: what is declared before anything is promised.

use crate::calendar::{Date, DateRange, Zone};
use crate::diagnostic::did_you_mean;
use crate::graph::cycles::{Circle, circles, closed, segments_in, those_used_first};
use crate::graph::{CaseEnd, Condition, Job, Limit, Moment, Role, Segment, Service, Touchpoint};
use crate::resolve::conditions::{CASE_ONLY, Scope};
use crate::resolve::faults::{DaysOf, GraphFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Currency, EventKind, Field, Type};
use std::collections::{BTreeSet, HashMap};

impl Resolver<'_> {
    /// The service: exactly one, with a zone.
    pub fn header(&mut self, declarations: &[&tree::Declaration]) {
        let mut first: Option<&tree::Name> = None;
        for declaration in declarations {
            let tree::Declaration::Service(block) = declaration else { continue };
            if let Some(first) = first {
                self.fault_against(GraphFault::ServiceTwice, block.name.span, first.span);
                continue;
            }
            first = Some(&block.name);
            self.service(block);
        }
        // A file for others to use has none, and promises nothing itself.
        let promises = declarations
            .iter()
            .any(|declared| matches!(declared, tree::Declaration::Standard(_) | tree::Declaration::Behaviour(_)));
        if first.is_none() && promises && !self.lost_service {
            self.fault(GraphFault::NoService, Span::default());
        }
    }

    fn service(&mut self, block: &tree::Block<tree::ServiceClause>) {
        let (mut version, mut effective, mut zone) = (None, None, None);
        let (mut currency, mut owner, mut status, mut review) = (None, None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::ServiceClause::Version(text) => self.once("version", &mut version, text.node.clone(), at),
                tree::ServiceClause::Effective { from, until } => {
                    if let Some(until) = until.as_ref().filter(|until| until.node < from.node) {
                        let turned = Some(format!("effective {} until {}", until.node, from.node));
                        self.fault(GraphFault::EndsBeforeItBegins { turned }, at);
                    }
                    let last = until.as_ref().map_or(Date::MAX, |until| until.node);
                    let dates = DateRange { first: from.node, last };
                    self.once("effective", &mut effective, dates, at);
                }
                tree::ServiceClause::Timezone(name) => self.once("timezone", &mut zone, name, at),
                tree::ServiceClause::Currency(code) => match Currency::new(code) {
                    Some(code) => self.once("currency", &mut currency, code, at),
                    None => {
                        self.fault(GraphFault::NoSuchCurrency { code: code.node.clone() }, code.span);
                    }
                },
                tree::ServiceClause::Owner(text) => self.once("owner", &mut owner, text.node.clone(), at),
                tree::ServiceClause::Status(said) => self.once("status", &mut status, status_words(said), at),
                tree::ServiceClause::Source(_) => {}
                tree::ServiceClause::ReviewBefore(date) => self.once("review before", &mut review, date.node, at),
                // What it speaks of stands in another version: see `versions`.
                tree::ServiceClause::NoLongerPromises(..) => {}
            }
        }
        if zone.is_none() && !block.broken {
            let of = format!("service `{}`", block.name.node);
            let fault = GraphFault::Missing { of, what: "time zone", write: "timezone \"Asia/Shanghai\"" };
            self.fault(fault, block.name.span);
        }
        if let Some(zone) = zone.and_then(|name| self.named_zone(name.node)) {
            self.graph.vocabulary.zone = zone;
        }
        self.graph.vocabulary.currency = currency.map(|code| code.node);
        self.graph.service = Service {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            version: version.map(|version| version.node),
            effective: effective.map(|dates| dates.node),
            other_versions: Vec::new(),
            currency: self.graph.vocabulary.currency,
            owner: owner.map(|owner| owner.node),
            status: status.map(|status| status.node),
            review_before: review.map(|review| review.node),
            span: block.name.span,
        };
    }

    pub(super) fn named_zone(&mut self, name: &tree::Text) -> Option<Zone> {
        match Zone::named(name) {
            Ok(zone) => Some(zone),
            Err(_) => {
                // `CST` is not a slip for `CET`: a wrong zone would shift every verdict.
                let suggestion = did_you_mean(name, Zone::names()).filter(|_| name.contains('/')).map(str::to_owned);
                self.fault(GraphFault::UnknownZone { name: name.node.clone(), suggestion }, name.span);
                None
            }
        }
    }

    /// Roles, then whom they lead: a role may be named before it is declared.
    pub fn roles(&mut self, declarations: &[&tree::Declaration]) {
        let mut declared = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Role(role) = declaration else { continue };
            if !self.declare("role", &role.name, declared.len()) {
                continue;
            }
            self.graph.roles.push(Role {
                name: role.name.node.clone(),
                label: role.label.as_ref().map(|label| label.node.clone()),
                leads: Vec::new(),
                span: role.name.span,
            });
            declared.push(role);
        }
        self.graph.vocabulary.roles = self.graph.roles.iter().map(|role| role.name.clone()).collect();
        let leads: Vec<Vec<usize>> =
            declared.iter().map(|role| role.leads.iter().filter_map(|led| self.role(led)).collect()).collect();
        let circles = circles(&leads);
        for Circle { way, .. } in &circles {
            let path = way.iter().filter_map(|role| self.graph.roles.get(*role)).map(|role| role.name.clone());
            let path = closed(path.collect());
            let at = way.last().and_then(|role| declared.get(*role)).map(|role| role.name.span);
            self.fault(GraphFault::Cycle { what: "roles lead each other", path }, at.unwrap_or_default());
        }
        let in_a_circle: BTreeSet<usize> = circles.into_iter().flat_map(|circle| circle.members).collect();
        for (index, (role, leads)) in self.graph.roles.iter_mut().zip(leads).enumerate() {
            // A role in a circle leads nobody here: the fault is told, and no later walk goes round.
            role.leads = if in_a_circle.contains(&index) { Vec::new() } else { leads };
        }
    }

    /// Case fields and events. The types of an event's fields may name roles, so roles come first.
    pub fn vocabulary(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            match declaration {
                tree::Declaration::Case(block) => self.case_fields(block),
                tree::Declaration::Event(event) => self.event_kind(event),
                _ => {}
            }
        }
        // Only now are all events known.
        for declaration in declarations {
            match declaration {
                tree::Declaration::Case(block) => self.case_rules(block),
                tree::Declaration::Event(event) => self.event_rules(event),
                _ => {}
            }
        }
    }

    /// Kinds of events (those that clocks bring about included) and fields are numbered, and each number is one.
    pub fn all_can_be_told_apart(&mut self) {
        let vocabulary = &self.graph.vocabulary;
        let kinds = vocabulary.events.len() + self.graph.virtuals.len();
        let of_events = self.declared_at.event_fields.iter().filter_map(|fields| fields.get(MOST));
        let too_many: Vec<(&'static str, Span)> = (self.declared_at.case_fields.get(MOST).into_iter())
            .map(|at| ("fields of the case", *at))
            .chain(of_events.map(|at| ("fields of one event", *at)))
            .chain((kinds > MOST).then(|| {
                let events = &self.declared_at.events;
                ("kinds of events", events.get(MOST).or(events.last()).copied().unwrap_or_default())
            }))
            .collect();
        for (what, at) in too_many {
            self.fault(GraphFault::TooMany { what, most: MOST }, at);
        }
    }

    /// What must hold of an event before it is believed, and which cases it reaches.
    fn event_rules(&mut self, declared: &tree::Event) {
        if !self.is_declared("event", &declared.name) {
            return;
        }
        let Some((event, _)) = self.names.get("event").and_then(|names| names.get(&declared.name)) else { return };
        let events = [event];
        let scope = Scope { events: &events, ..CASE_ONLY };
        let trust = declared.trust.as_ref().and_then(|trust| self.condition_for(Job::Trust, trust, scope));
        let reaches = declared.reaches.as_ref().and_then(|field| self.reached(event, field));
        if let Some(slot) = self.graph.trust.get_mut(event) {
            *slot = trust;
        }
        if let Some(slot) = self.graph.reaches.get_mut(event) {
            *slot = reaches;
        }
    }

    /// The field that an event and the cases that it reaches have in common, of one type.
    fn reached(&mut self, event: usize, field: &tree::Name) -> Option<(usize, usize)> {
        let of_event = self.event_field(event, field);
        if of_event.is_none() {
            self.unknown_field_of(field, event);
        }
        let of_case = self.find("field of the case", field);
        let ((slot, kind, declared), case_field) = (of_event?, of_case?);
        let other = self.graph.vocabulary.case_fields.get(case_field)?;
        if other.kind != kind {
            let fault =
                GraphFault::TwoTypes { field: field.node.clone(), kinds: [kind.spelling(), other.kind.spelling()] };
            self.fault_against(fault, field.span, declared);
            return None;
        }
        Some((slot, case_field))
    }

    fn case_fields(&mut self, block: &tree::Block<tree::CaseClause>) {
        for clause in &block.clauses {
            let tree::CaseClause::Field(field) = &clause.node else { continue };
            if !self.declare("field of the case", &field.name, self.graph.vocabulary.case_fields.len()) {
                continue;
            }
            let field_declared = self.field(field);
            self.graph.vocabulary.case_fields.push(field_declared);
            self.declared_at.case_fields.push(field.name.span);
        }
    }

    fn case_rules(&mut self, block: &tree::Block<tree::CaseClause>) {
        let (mut party, mut end_of_case) = (None, None);
        for clause in &block.clauses {
            match &clause.node {
                tree::CaseClause::Party(name) => {
                    let field = self.find("field of the case", name);
                    self.once("party", &mut party, field, clause.span);
                }
                tree::CaseClause::Ends { on, after } => {
                    let after = self.case_limit(after);
                    let end = after.map(|after| CaseEnd { on: self.triggers(on), after });
                    self.once("ends on", &mut end_of_case, end, clause.span);
                }
                tree::CaseClause::Field(_) => {}
            }
        }
        self.graph.party = self.graph.party.or(party.and_then(|said: Spanned<_>| said.node));
        self.graph.case_end = self.graph.case_end.take().or(end_of_case.and_then(|said: Spanned<_>| said.node));
    }

    /// How long after its last event a case is over: no rule says which days would be working days.
    fn case_limit(&mut self, after: &Spanned<tree::Limit>) -> Option<Limit> {
        if let tree::Limit::WorkingDays(days) = after.node {
            self.fault(GraphFault::NoCalendar { limit: self.said(after.span), of: DaysOf::Case }, after.span);
            return Some(Limit::CalendarDays(days, None));
        }
        self.limit(after, false)
    }

    fn event_kind(&mut self, event: &tree::Event) {
        if !self.declare("event", &event.name, self.graph.vocabulary.events.len()) {
            return;
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut declared: HashMap<&str, Span> = HashMap::new();
        for field in &event.fields {
            if let Some(first) = declared.get(field.name.node.as_str()).copied() {
                let fault = GraphFault::Twice { kind: "field", name: field.name.node.clone() };
                self.fault_against(fault, field.name.span, first);
                continue;
            }
            declared.insert(&field.name.node, field.name.span);
            fields.push(self.field(field));
            spans.push(field.name.span);
        }
        self.graph.vocabulary.events.push(EventKind {
            name: event.name.node.clone(),
            fields,
            stands_alone: event.reaches.is_some(),
        });
        self.graph.event_labels.push(event.label.as_ref().map(|label| label.node.clone()));
        self.declared_at.events.push(event.name.span);
        self.declared_at.event_fields.push(spans);
        self.graph.trust.push(None);
        self.graph.reaches.push(None);
    }

    fn field(&mut self, field: &tree::Field) -> Field {
        let kind = match &field.kind.node {
            tree::FieldType::Plain(word) => plain_type(word),
            tree::FieldType::Range(least, most) => {
                if most < least {
                    let fault = GraphFault::EmptyRange { least: least.to_string(), most: most.to_string() };
                    self.fault(fault, field.kind.span);
                }
                // Read as it was likely meant, so that nothing else is told of the same slip.
                Type::Range(*least.min(most), *least.max(most))
            }
            tree::FieldType::OneOf(values) => self.choice_type(false, values),
            tree::FieldType::Ordered(values) => self.choice_type(true, values),
        };
        Field { name: field.name.node.clone(), kind, optional: field.optional, private: field.private }
    }

    fn choice_type(&mut self, ordered: bool, values: &[tree::Name]) -> Type {
        let mut declared: HashMap<&str, Span> = HashMap::new();
        for value in values {
            if let Some(first) = declared.get(value.node.as_str()).copied() {
                let fault = GraphFault::Twice { kind: "value", name: value.node.clone() };
                self.fault_against(fault, value.span, first);
            } else {
                declared.insert(&value.node, value.span);
            }
        }
        Type::Choice { ordered, values: values.iter().map(|value| value.node.clone()).collect() }
    }

    /// Segments; one may use another, in any order, but never in a circle.
    pub fn segments(&mut self, declarations: &[&tree::Declaration]) {
        let mut declared: Vec<&tree::Segment> = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Segment(segment) = declaration else { continue };
            if !self.declare("segment", &segment.name, declared.len()) {
                continue;
            }
            self.graph.segments.push(Segment {
                name: segment.name.node.clone(),
                label: segment.label.as_ref().map(|label| label.node.clone()),
                condition: Condition::Any(Vec::new()),
                rests_on_others: false,
                span: segment.name.span,
            });
            declared.push(segment);
        }
        let conditions: Vec<Option<Condition>> =
            declared.iter().map(|segment| self.condition_for(Job::Segment, &segment.when, CASE_ONLY)).collect();
        let uses: Vec<Vec<usize>> =
            conditions.iter().map(|condition| condition.as_ref().map(segments_in).unwrap_or_default()).collect();
        let circles = circles(&uses);
        for Circle { way, .. } in &circles {
            let path = way.iter().filter_map(|segment| self.graph.segments.get(*segment));
            let path = closed(path.map(|segment| segment.name.clone()).collect());
            let at = way.last().and_then(|segment| declared.get(*segment)).map(|segment| segment.name.span);
            self.fault(GraphFault::Cycle { what: "segments use each other", path }, at.unwrap_or_default());
        }
        let standings = standings(&conditions, &uses);
        for ((segment, condition), standing) in self.graph.segments.iter_mut().zip(conditions).zip(&standings) {
            // What is at fault stands as a condition without parts: nothing opens it up.
            let Some(condition) = condition.filter(|_| standing.depth <= DEEPEST) else { continue };
            segment.rests_on_others = !segments_in(&condition).is_empty();
            segment.condition = standing.meant.map_or(condition, Condition::Segment);
        }
        for (segment, standing) in declared.iter().zip(standings) {
            if standing.depth == DEEPEST + 1 && standing.meant.is_none() {
                self.fault(GraphFault::TooDeep { segment: segment.name.node.clone() }, segment.name.span);
            }
        }
    }

    /// Touchpoints and moments.
    pub fn map(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Touchpoint(block) = declaration {
                self.touchpoint(block);
            }
        }
        for declaration in declarations {
            if let tree::Declaration::Moment(moment) = declaration {
                self.moment(moment);
            }
        }
    }

    fn touchpoint(&mut self, block: &tree::Block<tree::TouchpointClause>) {
        if !self.declare("touchpoint", &block.name, self.graph.touchpoints.len()) {
            return;
        }
        let (mut stage, mut channels, mut environment) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::TouchpointClause::Stage(name) => self.once("stage", &mut stage, name.node.clone(), at),
                tree::TouchpointClause::Channel(names) => {
                    let names = names.iter().map(|name| name.node.clone()).collect();
                    self.once("channel", &mut channels, names, at);
                }
                tree::TouchpointClause::Environment(name) => {
                    self.once("environment", &mut environment, name.node.clone(), at);
                }
                tree::TouchpointClause::Attribute(_) => {}
            }
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::TouchpointClause::Attribute(attribute) => Some((attribute, clause.span)),
            _ => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        self.graph.touchpoints.push(Touchpoint {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            stage: stage.map(|stage| stage.node),
            channels: channels.map(|channels| channels.node).unwrap_or_default(),
            environment: environment.map(|environment| environment.node),
            attributes,
            span: block.name.span,
        });
    }

    fn moment(&mut self, moment: &tree::Moment) {
        let block = &moment.block;
        if !self.declare("moment", &block.name, self.graph.moments.len()) {
            return;
        }
        if let Some((_, first)) = self.names.get("touchpoint").and_then(|names| names.get(&block.name)) {
            // `for NAME` could mean either.
            let meanings = ["a moment", "a touchpoint"];
            let fault = GraphFault::TwoMeanings { name: block.name.node.clone(), meanings };
            self.fault_against(fault, block.name.span, first);
        }
        let (mut kind, mut impact, mut expects) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::MomentClause::Kind(name) => self.once("kind", &mut kind, name.node.clone(), at),
                tree::MomentClause::Impact(name) => self.once("impact", &mut impact, name.node.clone(), at),
                tree::MomentClause::Expects(text) => self.once("expects", &mut expects, text.node.clone(), at),
                // Read once all promises are known.
                tree::MomentClause::OutOfControl(_) | tree::MomentClause::Attribute(_) => {}
            }
        }
        let touchpoint = self.find("touchpoint", &moment.at);
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::MomentClause::Attribute(attribute) => Some((attribute, clause.span)),
            _ => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        self.graph.moments.push(Moment {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            kind: kind.map(|kind| kind.node),
            impact: impact.map(|impact| impact.node),
            expects: expects.map(|expects| expects.node),
            out_of_control: None,
            attributes,
            span: block.name.span,
        });
    }
}

pub(super) fn status_words(status: &tree::Status) -> String {
    match status {
        tree::Status::Draft => "draft".into(),
        tree::Status::Retired => "retired".into(),
        tree::Status::Approved { by, on } => format!("approved by {} on {}", by.node, on.node),
    }
}

fn plain_type(word: &str) -> Type {
    match word {
        "number" => Type::Number,
        "bool" => Type::Bool,
        "money" => Type::Money,
        "duration" => Type::Duration,
        "time" => Type::Time,
        "date" => Type::Date,
        "role" => Type::Role,
        _ => Type::Text,
    }
}

/// How many kinds of events, fields of the case, or fields of one event there may be.
const MOST: usize = u16::MAX as usize;

/// How deep segments may rest on others.
const DEEPEST: usize = 64;

/// How a segment stands to the others.
#[derive(Clone, Copy)]
struct Standing {
    /// How many stand under it, one on the other; without end in a circle and on one.
    depth: usize,
    /// The one that it is another name for, directly or by other names.
    meant: Option<usize>,
}

/// How each segment stands to the others. Nothing recurses: a chain of names may be as long as a file.
fn standings(conditions: &[Option<Condition>], uses: &[Vec<usize>]) -> Vec<Standing> {
    let mut standings = vec![Standing { depth: usize::MAX, meant: None }; uses.len()];
    for index in those_used_first(uses) {
        let of = |segment: &usize| standings.get(*segment).copied();
        let used = uses.get(index).map(Vec::as_slice).unwrap_or_default();
        let standing = match conditions.get(index) {
            Some(Some(Condition::Segment(other))) => {
                of(other).map(|Standing { depth, meant }| Standing { depth, meant: meant.or(Some(*other)) })
            }
            _ => {
                let deepest = used.iter().filter_map(of).map(|under| under.depth).max();
                Some(Standing { depth: deepest.map_or(0, |depth| depth.saturating_add(1)), meant: None })
            }
        };
        if let (Some(slot), Some(standing)) = (standings.get_mut(index), standing) {
            *slot = standing;
        }
    }
    standings
}
