//! Askings and grants.

use super::Demanded;
use super::amounts::{empowered, is_negative, money_of};
use super::{Approving, Asked, Asker, Authority, Daily, Granted, Named, Power};

use crate::engine::finding::{ApprovalDetail, ApprovalFault, UnknownFact, Verdict};
use crate::engine::truth::{Facts, Own, Truth};
use crate::engine::words;
use crate::log::Event;
use crate::vocabulary::Reading;

impl<'p, 'l> Authority<'p, 'l> {
    pub(super) fn ask(&mut self, approval: usize, event: &'l Event, facts: Facts<'_>, demanded: &Demanded) {
        let Some(action) = self.action_of(approval) else { return };
        let amount = self.amount(approval, event);
        let (verdict, daily, grants, unknown) = self.judge_asking(approval, action, event, facts, demanded);
        let fault = match verdict {
            Verdict::Met => None,
            Verdict::Breached => Some(ApprovalFault::Needless),
            _ => Some(ApprovalFault::NotSaid),
        };
        self.asked.push(Asked { approval, event, amount, finding: self.approvals.len() });
        let detail = ApprovalDetail {
            amount: amount.known(),
            fault,
            asking: true,
            beyond_alone: self.is_beyond_alone(approval, action, event, facts),
            lost: None,
            grants,
            unknown,
        };
        self.approvals.push(Approving { approval, asked: Some(event), answered: None, verdict, detail, daily });
    }

    /// Whether the asker may not do it unasked, whatever else was done in the case and on the day.
    fn is_beyond_alone(&self, approval: usize, action: usize, event: &Event, facts: Facts<'_>) -> bool {
        let amount = self.amount(approval, event);
        let Some(role) = event.role.role().filter(|_| amount != Named::Untold) else { return false };
        let (kind, fields) = self.foretold(action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        self.power(role, action, facts).covers(amount.known(), None) == Truth::False
    }

    /// Whether an asking was needed: its verdict, its standing to the asker's day, the grants that hold, and what
    /// cannot be told.
    fn judge_asking(
        &self,
        approval: usize,
        action: usize,
        event: &Event,
        facts: Facts<'_>,
        demanded: &Demanded,
    ) -> (Verdict, Option<Daily>, Vec<usize>, Vec<UnknownFact>) {
        // To tell somebody was due, whatever the asker might have done alone.
        if demanded.truth == Truth::True {
            return (Verdict::Met, None, Vec::new(), Vec::new());
        }
        let not_said = |grants, unknown: Vec<UnknownFact>| {
            let unknown = if unknown.is_empty() { self.unsaid_of_approval(approval, event) } else { unknown };
            (Verdict::Undetermined, None, grants, unknown)
        };
        let amount = self.amount(approval, event);
        let negative = amount.known().is_some_and(|amount| is_negative(amount.amount));
        let Some(role) = event.role.role().filter(|_| amount != Named::Untold && !negative) else {
            return not_said(Vec::new(), Vec::new());
        };
        let (kind, fields) = self.foretold(action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        let amount = amount.known();
        let (uncounted, may_be_less) = self.uncounted(role, action);
        let power = self.power(role, action, facts);
        let before = self.before(role, action, &power, amount);
        let grants = power.grants.clone();
        let covers = power.covers(amount, before);
        let is_limited = power.per_case.is_some() && power.may == Truth::True && !uncounted.is_empty();
        match covers {
            Truth::True | Truth::False
                if is_limited
                    && (may_be_less || covers == Truth::True)
                    && power.covers(amount, None) != Truth::False =>
            {
                not_said(grants, uncounted)
            }
            Truth::False => (Verdict::Met, None, grants, Vec::new()),
            // The asker's day may yet show that it was needed.
            Truth::True if demanded.truth == Truth::Unknown => {
                (Verdict::Undetermined, Some(power.daily()), grants, demanded.unknown.clone())
            }
            Truth::True if power.per_day.is_some() && event.actor.is_none() => not_said(grants, Vec::new()),
            Truth::True => {
                let unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
                (Verdict::Breached, Some(power.daily()), grants, unknown)
            }
            Truth::Unknown => {
                let unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
                not_said(grants, unknown)
            }
        }
    }

    /// What the log does not say of an asking or a grant.
    fn unsaid_of_approval(&self, approval: usize, event: &Event) -> Vec<UnknownFact> {
        let slot = self.amount_slot(approval, event);
        let amount = self.amount(approval, event);
        let is_told = amount.known().is_some_and(|amount| !is_negative(amount.amount));
        let unsaid = self.unsaid(event, slot.filter(|_| !is_told));
        // An amount that is said, in a currency that no limit has.
        if unsaid.is_empty() { self.unsaid(event, slot) } else { unsaid }
    }

    /// The oldest asking that waits is answered.
    pub(super) fn answer(&mut self, approval: usize, event: &'l Event) -> Option<Asked<'l>> {
        let index = self.asked.iter().position(|asked| asked.approval == approval)?;
        let asked = self.asked.remove(index);
        if let Some(finding) = self.approvals.get_mut(asked.finding) {
            finding.answered = Some(event);
            finding.detail.lost = Some(event.time.since(asked.event.time));
        }
        Some(asked)
    }

    pub(super) fn grant(&mut self, approval: usize, event: &'l Event, facts: Facts<'_>) {
        let Some(declared) = self.graph.approvals.get(approval) else { return };
        let (kind, fields) = self.foretold(declared.action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        let asked = self.answer(approval, event);
        let amount = match self.amount(approval, event) {
            Named::Nothing => asked.as_ref().map_or(Named::Nothing, |asked| asked.amount),
            said => said,
        };
        let to = match asked.as_ref().map(|asked| asked.event.actor.clone()) {
            Some(Some(asker)) => Asker::Known(asker),
            Some(None) => Asker::Unnamed,
            None => Asker::Nobody,
        };
        let own_act = matches!(&to, Asker::Known(asker) if Some(asker) == event.actor.as_ref());
        let power = event.role.role().map(|role| self.power(role, declared.action, facts));
        let negative = amount.known().is_some_and(|amount| is_negative(amount.amount));
        let may = power.as_ref().filter(|_| !negative && amount != Named::Untold);
        let may = may.map_or(Truth::Unknown, |power| power.covers(amount.known(), None));
        let (verdict, fault) = match may {
            _ if own_act => (Verdict::Breached, Some(ApprovalFault::OwnAct)),
            Truth::True if matches!(to, Asker::Known(_)) && event.actor.is_some() => (Verdict::Met, None),
            Truth::False => (Verdict::Breached, Some(ApprovalFault::NoPower)),
            Truth::True | Truth::Unknown => (Verdict::Undetermined, Some(ApprovalFault::NotSaid)),
        };
        let grants = power.as_ref().map(|power| power.grants.clone()).unwrap_or_default();
        let asked = asked.map(|asked| asked.event);
        let unknown = match fault {
            Some(ApprovalFault::NotSaid) => self.grant_unsaid(approval, event, asked, power.as_ref()),
            _ => Vec::new(),
        };
        if verdict != Verdict::Breached && !negative {
            let within = power.and_then(|power| power.per_case);
            // Who granted it may be the one who asked.
            let is_sure = may == Truth::True && event.actor.is_some() && !matches!(to, Asker::Unnamed);
            let doubts = if is_sure { Vec::new() } else { unknown.clone() };
            self.granted.push(Granted { action: declared.action, to, left: amount, within, doubts });
        }
        let amount = amount.known();
        let detail = ApprovalDetail { amount, fault, asking: false, beyond_alone: false, lost: None, grants, unknown };
        self.approvals.push(Approving { approval, asked, answered: Some(event), verdict, detail, daily: None });
    }

    /// Why it cannot be told whether a grant is one.
    fn grant_unsaid(
        &self,
        approval: usize,
        event: &Event,
        asked: Option<&Event>,
        power: Option<&Power>,
    ) -> Vec<UnknownFact> {
        let fields = power.map(|power| power.unknown.clone()).unwrap_or_default();
        let mut unknown: Vec<UnknownFact> = fields.into_iter().map(|field| empowered(field, event)).collect();
        let is_told = self.amount(approval, event) != Named::Untold;
        unknown.extend(self.unsaid(event, self.amount_slot(approval, event).filter(|_| !is_told)));
        let asking = self.graph.approvals.get(approval).map(|declared| declared.asked);
        match (asked, asking) {
            (Some(asked), _) if asked.actor.is_none() => {
                unknown.push(empowered(words::not_said("actor", self.graph, usize::from(asked.kind)), asked));
            }
            (None, Some(asking)) => unknown.push(words::nothing_before(self.graph, asking, event)),
            _ => {}
        }
        if unknown.is_empty() { self.unsaid_of_approval(approval, event) } else { unknown }
    }

    /// Where an event of an approval names its amount.
    fn amount_slot(&self, approval: usize, event: &Event) -> Option<usize> {
        let kind = usize::from(event.kind);
        let declared = self.graph.approvals.get(approval)?;
        declared.amount.iter().find(|(of, _)| *of == kind).map(|(_, slot)| *slot)
    }

    /// The amount that an event names.
    fn amount(&self, approval: usize, event: &Event) -> Named {
        let kind = usize::from(event.kind);
        let Some(slot) = self.amount_slot(approval, event) else { return Named::Nothing };
        let field = self.graph.vocabulary.events.get(kind).and_then(|kind| kind.fields.get(slot));
        match event.fields.get(slot) {
            reading if money_of(reading).is_some() => money_of(reading).map_or(Named::Untold, Named::Amount),
            None | Some(Reading::Missing) if field.is_some_and(|field| field.optional) => Named::Nothing,
            _ => Named::Untold,
        }
    }
}
