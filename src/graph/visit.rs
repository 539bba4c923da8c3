//! One walk over all that a graph says: whoever looks for something in it, or gives it another number, says what to do
//! with that and nothing else.
//!
//! Every type is taken apart with all its fields named: what a new clause says does not compile before it is
//! walked through here. The compiler then asks for `..`; name the field instead.
//!
//! ```
//! use mot::graph::visit::{self, Visitor};
//! struct Conditions(usize);
//! impl Visitor for Conditions {
//!     fn condition(&mut self, condition: &mot::graph::Condition) {
//!         self.0 += 1;
//!         visit::condition(self, condition);
//!     }
//! }
//! let text = "service desk { version \"1\"  effective 2026-01-01  timezone \"UTC\" }
//!     event asked { vip: bool }  event told  standard answer { from asked where vip to told within 1h }";
//! let standards = mot::Standards::parse("desk.mot", text).unwrap();
//! let mut found = Conditions(0);
//! visit::rules(&mut found, standards.graph());
//! assert_eq!(found.0, 1);
//! ```

use super::{
    Action, Approval, Attributes, Authority, Behaviour, CaseEnd, Cause, Condition, Conduct, CountingRow, Escalation,
    EscalationLevel, Exemption, Extension, Fact, Grant, Graph, Group, Journey, Level, LevelEscalation, Limit, Measure,
    Moment, OfferAction, OfferText, Operand, Pause, Promise, PromiseId, Remedy, Reopen, Row, ScoreLine, Scorecard,
    Segment, Standard, TargetRow, Touchpoint, Trigger,
};

use crate::vocabulary::Value;

macro_rules! walks {
    ($($mutable:tt)?) => {
        /// What to do with each thing that is met on the way; left out, it is walked through.
        pub trait Visitor {
            /// An event, by its number.
            fn event(&mut self, _event: &$($mutable)? usize) {}
            /// A field of an event, by the numbers of both.
            fn field(&mut self, field: &$($mutable)? (usize, usize)) {
                self.event(&$($mutable)? field.0);
            }
            /// A role.
            fn role(&mut self, _role: &$($mutable)? usize) {}
            /// An action.
            fn action(&mut self, _action: &$($mutable)? usize) {}
            /// A calendar.
            fn calendar(&mut self, _calendar: &$($mutable)? usize) {}
            /// A period.
            fn period(&mut self, _period: &$($mutable)? usize) {}
            /// A segment.
            fn segment(&mut self, _segment: &$($mutable)? usize) {}
            /// A standard.
            fn standard(&mut self, _standard: &$($mutable)? usize) {}
            /// A promise that something is said of.
            fn promise(&mut self, _promise: &$($mutable)? PromiseId) {}
            /// A value that a field is compared with.
            fn value(&mut self, _field: &Operand, _value: &$($mutable)? Value) {}
            /// A field that is read.
            fn operand(&mut self, read: &$($mutable)? Operand) {
                operand(self, read);
            }
            /// A length of time.
            fn limit(&mut self, length: &$($mutable)? Limit) {
                limit(self, length);
            }
            /// A condition.
            fn condition(&mut self, asked: &$($mutable)? Condition) {
                condition(self, asked);
            }
            /// What any promise may carry.
            fn attributes(&mut self, said: &$($mutable)? Attributes) {
                attributes(self, said);
            }
            /// What happens, and may be waited for.
            fn trigger(&mut self, awaited: &$($mutable)? Trigger) {
                trigger(self, awaited);
            }
        }

        /// Everything that rules say, but scenarios, which only speak of them.
        pub fn rules<V: Visitor>(visitor: &mut V, graph: &$($mutable)? Graph) {
            let Graph {
                service: _, vocabulary: _, event_labels: _, roles, calendars: _, periods: _, exemptions, party: _,
                case_end, trust, reaches: _, derived_events, places: _, segments, touchpoints, moments, standards, behaviours,
                escalations, level_escalations, actions, grants, approvals, authorities, facts, causes, remedies,
                levels, scorecards, journeys, scenarios: _,
            } = graph;
            for role in roles {
                for led in &$($mutable)? role.leads {
                    visitor.role(led);
                }
            }
            for found in exemptions {
                exemption(visitor, found);
            }
            if let Some(CaseEnd { on, after }) = case_end {
                triggers(visitor, on);
                visitor.limit(after);
            }
            for asked in trust {
                condition_if_any(visitor, asked);
            }
            for derived in derived_events {
                visitor.standard(&$($mutable)? derived.standard);
            }
            for found in segments {
                segment(visitor, found);
            }
            for found in touchpoints {
                let Touchpoint {
                    name: _, label: _, stage: _, channels: _, environment: _, attributes: said, span: _,
                } = found;
                visitor.attributes(said);
            }
            for found in moments {
                let Moment {
                    name: _, label: _, touchpoint: _, kind: _, impact: _, expects: _, out_of_control, attributes: said,
                    span: _,
                } = found;
                condition_if_any(visitor, out_of_control);
                visitor.attributes(said);
            }
            for found in standards {
                standard(visitor, found);
            }
            for found in behaviours {
                behaviour(visitor, found);
            }
            for found in escalations {
                escalation(visitor, found);
            }
            for found in level_escalations {
                let LevelEscalation { level: _, event, role_field: _, groups: _, to, within, span: _ } = found;
                visitor.event(event);
                visitor.role(to);
                visitor.limit(within);
            }
            for found in actions {
                let Action { name: _, label: _, event, cost: _, returns, span: _ } = found;
                visitor.event(event);
                for field in returns {
                    visitor.field(field);
                }
            }
            for found in grants {
                let Grant { role, action, at: _, limits: _, condition: asked, span: _ } = found;
                visitor.role(role);
                visitor.action(action);
                condition_if_any(visitor, asked);
            }
            for found in approvals {
                let Approval { action, asked, granted, refused, amount, span: _ } = found;
                visitor.action(action);
                visitor.event(asked);
                visitor.event(granted);
                if let Some(refused) = refused {
                    visitor.event(refused);
                }
                for field in amount {
                    visitor.field(field);
                }
            }
            for found in authorities {
                authority(visitor, found);
            }
            for found in facts {
                match found {
                    Fact::CountOf(event) => visitor.event(event),
                    Fact::TimeFrom(from, to) => {
                        visitor.event(from);
                        visitor.event(to);
                    }
                    Fact::Overshoot | Fact::Paused | Fact::Handovers | Fact::WaitingForApproval => {}
                }
            }
            for found in causes {
                let Cause {
                    name: _, label: _, promises, kind: _, condition, facts: _, attributes: said, span: _,
                } = found;
                self::promises(visitor, promises);
                visitor.condition(condition);
                visitor.attributes(said);
            }
            for found in remedies {
                remedy(visitor, found);
            }
            for found in levels {
                level(visitor, found);
            }
            for found in scorecards {
                scorecard(visitor, found);
            }
            for found in journeys {
                let Journey {
                    name: _, label: _, touchpoints: _, end: _, score: _, per_party: _, attributes: said, span: _,
                } = found;
                visitor.attributes(said);
            }
        }

        /// An exemption.
        pub fn exemption<V: Visitor>(visitor: &mut V, found: &$($mutable)? Exemption) {
            let Exemption {
                name: _, label: _, window: _, condition: asked, proof, stops_the_clock: _, standards, span: _,
            } = found;
            condition_if_any(visitor, asked);
            if let Some(proof) = proof {
                visitor.operand(proof);
            }
            for standard in standards {
                visitor.standard(standard);
            }
        }

        /// A segment.
        pub fn segment<V: Visitor>(visitor: &mut V, found: &$($mutable)? Segment) {
            let Segment { name: _, label: _, condition, rests_on_others: _, span: _ } = found;
            visitor.condition(condition);
        }

        /// A standard.
        pub fn standard<V: Visitor>(visitor: &mut V, found: &$($mutable)? Standard) {
            let Standard {
                name: _, label: _, touchpoint: _, moment: _, delay: _, starts, stops, cancels, pauses, restarts,
                reopens, extensions, per_party: _, first: _, key: _, counting, hours_fixed: _, targets, beyond,
                warnings: _, attributes: said, span: _,
            } = found;
            triggers(visitor, starts);
            triggers(visitor, stops);
            triggers(visitor, cancels);
            for Pause { on, resume } in pauses {
                triggers(visitor, on);
                triggers(visitor, resume);
            }
            triggers(visitor, restarts);
            for Reopen { on, within } in reopens {
                triggers(visitor, on);
                if let Some(within) = within {
                    visitor.limit(within);
                }
            }
            for Extension { another: _, by, on, approved_by, span: _ } in extensions {
                visitor.limit(by);
                triggers(visitor, on);
                if let Some(role) = approved_by {
                    visitor.role(role);
                }
            }
            for CountingRow { condition: asked, calendar, span: _ } in counting {
                condition_if_any(visitor, asked);
                visitor.calendar(calendar);
            }
            for row in targets {
                target_row(visitor, row);
            }
            for row in beyond {
                target_row(visitor, row);
            }
            visitor.attributes(said);
        }

        fn target_row<V: Visitor>(visitor: &mut V, row: &$($mutable)? TargetRow) {
            let TargetRow { condition: asked, promise, said: _, span: _ } = row;
            condition_if_any(visitor, asked);
            match promise {
                Promise::Within(length) => visitor.limit(length),
                Promise::DueAt(field) => visitor.operand(field),
                Promise::AtOnce | Promise::NoTarget => {}
            }
        }

        /// A behaviour.
        pub fn behaviour<V: Visitor>(visitor: &mut V, found: &$($mutable)? Behaviour) {
            let Behaviour {
                name: _, label: _, touchpoint: _, moment: _, sentence, said: _, calendar, per_party: _, attributes:
                said, span: _,
            } = found;
            if let Some(calendar) = calendar {
                visitor.calendar(calendar);
            }
            conduct(visitor, sentence);
            visitor.attributes(said);
        }

        fn conduct<V: Visitor>(visitor: &mut V, sentence: &$($mutable)? Conduct) {
            match sentence {
                Conduct::NeedsBefore { every: one, needs: other }
                | Conduct::NeverAfter { never: one, after: other }
                | Conduct::NeverWithout { never: one, without: other }
                | Conduct::OtherThan { every: one, other } => {
                    triggers(visitor, one);
                    triggers(visitor, other);
                }
                Conduct::Follows { after, then, within } => {
                    triggers(visitor, after);
                    triggers(visitor, then);
                    if let Some(within) = within {
                        visitor.limit(within);
                    }
                }
                Conduct::NeverWithin { never, within, after } => {
                    triggers(visitor, never);
                    triggers(visitor, after);
                    visitor.limit(within);
                }
                Conduct::Never(of) | Conduct::Times { times: _, count: _, of } => triggers(visitor, of),
                Conduct::AtLeastEvery { from, to, keeps, every } => {
                    triggers(visitor, from);
                    triggers(visitor, to);
                    triggers(visitor, keeps);
                    visitor.limit(every);
                }
                Conduct::MustHold { on, condition } => {
                    triggers(visitor, on);
                    visitor.condition(condition);
                }
                Conduct::ByRole { every, role } => {
                    triggers(visitor, every);
                    visitor.role(role);
                }
            }
        }

        /// An escalation of a standard.
        pub fn escalation<V: Visitor>(visitor: &mut V, found: &$($mutable)? Escalation) {
            let Escalation { standard, of: _, event, role_field: _, levels, span: _ } = found;
            visitor.standard(standard);
            visitor.event(event);
            for EscalationLevel { at: _, to, within, span: _ } in levels {
                visitor.role(to);
                visitor.limit(within);
            }
        }

        /// An authority.
        pub fn authority<V: Visitor>(visitor: &mut V, found: &$($mutable)? Authority) {
            let Authority { name: _, label: _, actions, attributes: said, span: _ } = found;
            for action in actions {
                visitor.action(action);
            }
            visitor.attributes(said);
        }

        fn remedy<V: Visitor>(visitor: &mut V, found: &$($mutable)? Remedy) {
            let Remedy {
                name: _, label: _, promises, caused_by: _, texts, offers, improves: _, attributes: said, span: _,
            } = found;
            self::promises(visitor, promises);
            for OfferText { text: _, condition: asked, span: _ } in texts {
                condition_if_any(visitor, asked);
            }
            for OfferAction { action, amount: _, condition: asked, span: _ } in offers {
                visitor.action(action);
                condition_if_any(visitor, asked);
            }
            visitor.attributes(said);
        }

        /// A level.
        pub fn level<V: Visitor>(visitor: &mut V, found: &$($mutable)? Level) {
            let Level {
                name: _, label: _, touchpoint: _, moment: _, measure, comparison: _, bound: _, window: _, groups,
                cancelled: _, undetermined: _, untouched_excluded: _, least: _, benchmark: _, attributes: said, said: _,
                span: _,
            } = found;
            match measure {
                Measure::Share(promise) | Measure::CasesKeeping(promise) => visitor.promise(promise),
                Measure::Elapsed(_, standard) => visitor.standard(standard),
                Measure::Field(_, field) => visitor.field(field),
                Measure::Count(of) => triggers(visitor, of),
                Measure::Rate(of, against) => {
                    triggers(visitor, of);
                    triggers(visitor, against);
                }
                Measure::CasesWith(condition) => visitor.condition(condition),
            }
            for Group { name: _, field } in groups {
                visitor.operand(field);
            }
            visitor.attributes(said);
        }

        /// A scorecard.
        pub fn scorecard<V: Visitor>(visitor: &mut V, found: &$($mutable)? Scorecard) {
            let Scorecard {
                name: _, label: _, touchpoint: _, moment: _, lines, fatal, pass: _, per_party: _, attributes: said,
                span: _,
            } = found;
            for ScoreLine { points: _, group: _, promises, span: _ } in lines {
                self::promises(visitor, promises);
            }
            self::promises(visitor, fatal);
            visitor.attributes(said);
        }

        /// What any promise may carry.
        pub fn attributes<V: Visitor + ?Sized>(visitor: &mut V, said: &$($mutable)? Attributes) {
            let Attributes {
                sources: _, owner: _, severity, material, symptom: _, element: _, status: _, left_out: _, review_before:
                _, control, never_exempt: _, looser_than_before: _, as_strict_as,
            } = said;
            for Row { condition: asked, word: _ } in severity {
                condition_if_any(visitor, asked);
            }
            if let Some(asked) = material {
                condition_if_any(visitor, asked);
            }
            for Row { condition: asked, word: _ } in control {
                condition_if_any(visitor, asked);
            }
            if let Some((promise, _)) = as_strict_as {
                visitor.promise(promise);
            }
        }

        fn promises<V: Visitor>(visitor: &mut V, named: &$($mutable)? [PromiseId]) {
            for promise in named {
                visitor.promise(promise);
            }
        }

        fn triggers<V: Visitor>(visitor: &mut V, awaited: &$($mutable)? [Trigger]) {
            for trigger in awaited {
                visitor.trigger(trigger);
            }
        }

        fn condition_if_any<V: Visitor + ?Sized>(visitor: &mut V, asked: &$($mutable)? Option<Condition>) {
            if let Some(condition) = asked {
                visitor.condition(condition);
            }
        }

        /// What happens, and for which cases.
        pub fn trigger<V: Visitor + ?Sized>(visitor: &mut V, awaited: &$($mutable)? Trigger) {
            let Trigger { event, filter, span: _ } = awaited;
            visitor.event(event);
            if let Some(condition) = filter {
                visitor.condition(condition);
            }
        }

        /// The parts of a condition. A value comes before the field that it is compared with.
        pub fn condition<V: Visitor + ?Sized>(visitor: &mut V, asked: &$($mutable)? Condition) {
            match asked {
                Condition::All(parts) | Condition::Any(parts) => {
                    for part in parts {
                        visitor.condition(part);
                    }
                }
                Condition::Not(inner) => visitor.condition(inner),
                Condition::Segment(segment) => visitor.segment(segment),
                Condition::StartedIn(period) => visitor.period(period),
                Condition::IsTrue(field) | Condition::Known(field) => visitor.operand(field),
                Condition::Compare(field, _, value) => {
                    visitor.value(field, value);
                    visitor.operand(field);
                }
                Condition::OneOf(field, values) => {
                    for value in values {
                        visitor.value(field, value);
                    }
                    visitor.operand(field);
                }
            }
        }

        /// The events that a field is read of.
        pub fn operand<V: Visitor + ?Sized>(visitor: &mut V, read: &$($mutable)? Operand) {
            match read {
                Operand::Case(_) | Operand::Fact(_) | Operand::Here => {}
                Operand::Latest(event, _) => visitor.event(event),
                Operand::Own(slots) => {
                    for (event, _) in slots {
                        visitor.event(event);
                    }
                }
            }
        }

        /// The calendar that moves the end of a length of time.
        pub fn limit<V: Visitor + ?Sized>(visitor: &mut V, length: &$($mutable)? Limit) {
            match length {
                Limit::CalendarDays(_, Some(calendar)) => visitor.calendar(calendar),
                Limit::Exact(_) | Limit::WorkingDays(_) | Limit::CalendarDays(_, None) => {}
            }
        }
    };
}

walks!();

/// The same walk, for what changes things.
pub mod mutable {
    use super::*;

    walks!(mut);
}
