//! Behaviours: what must, or must never, happen.

use super::Printer;
use super::lines::Line;
use super::names::beside;
use super::page::PrintedBlock;

use crate::syntax::tree::*;

impl Printer<'_> {
    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn behaviour(&self, behaviour: &Behaviour) -> PrintedBlock {
        let place = self.belongs_to(behaviour.belongs_to.as_ref());
        self.block(["behaviour", "行为规范"], &behaviour.block, &place, |clause| self.behaviour_clause(clause))
    }

    fn behaviour_clause(&self, clause: &BehaviourClause) -> Line {
        match clause {
            BehaviourClause::Sentence(conduct) => Line::alone(self.conduct(conduct)),
            BehaviourClause::Counting(calendar) => Line::alone(self.counting(calendar)),
            BehaviourClause::PerParty => self.per_party(),
            BehaviourClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    fn conduct(&self, conduct: &Conduct) -> String {
        let event = |triggers: &[Trigger]| self.triggers(triggers);
        match conduct {
            Conduct::NeedsBefore { every, needs } => {
                let (b, a) = (event(every), event(needs));
                self.say(format!("every {b}\nneeds {a} before"), format!("每次 {b}\n前须先 {a}"))
            }
            Conduct::Follows { after, then, within: None } => {
                let (a, b) = (event(after), event(then));
                self.say(format!("after {a},\n{b}"), format!("自 {a} 后\n\n须 {b}"))
            }
            Conduct::Follows { after, then, within: Some(within) } => {
                let (a, b, blank) = (event(after), event(then), self.blank_behind(within));
                let within = self.within(within, within.span);
                self.say(format!("after {a},\n{b}\n{within}"), format!("自 {a} 后 {within}{blank}须 {b}"))
            }
            Conduct::Never(never) => {
                let a = self.never(never);
                self.say(format!("never {a}"), format!("不得 {a}"))
            }
            Conduct::NeverAfter { never, after } => {
                let (a, b) = (self.never(never), event(after));
                self.say(format!("never {a}\nafter {b}"), format!("自 {b} 后\n\n不得 {a}"))
            }
            Conduct::NeverWithout { never, without } => {
                let (a, b) = (self.never(never), event(without));
                self.say(format!("never {a}\nwithout {b}"), format!("未经 {b}\n不得 {a}"))
            }
            Conduct::NeverWithin { never, within, after } => {
                let (a, b, blank) = (self.never(never), event(after), self.blank_behind(within));
                let within = self.within(within, within.span);
                self.say(format!("never {a}\n{within} after {b}"), format!("自 {b} 后 {within}{blank}不得 {a}"))
            }
            Conduct::Times { times, count, of } => self.times(*times, count.node, of),
            Conduct::AtLeastEvery { from, to, keeps, every } => {
                let (a, b, c) = (event(from), event(to), event(keeps));
                let (blank, every) = (self.blank_behind(every), self.limit(every, every.span));
                self.say(
                    format!("between {a} and {b},\n{c} at least every {every}"),
                    format!("自 {a} 至 {b} 期间，\n\n至少每 {every}{blank}一次 {c}"),
                )
            }
            Conduct::MustHold { on, condition } => {
                let (on, must) = (event(on), self.must(condition));
                self.say(format!("on {on},\n{must}"), format!("遇 {on} 时，\n\n{must}"))
            }
            Conduct::OtherThan { every, other } => {
                let (a, b) = (event(every), event(other));
                self.say(
                    format!("every {a} must be by someone other than {b}"),
                    format!("每次 {a} 须由 {b} 经办人以外的人员办理"),
                )
            }
            Conduct::ByRole { every, role } => {
                let (a, role) = (event(every), self.name(role));
                self.say(
                    format!("every {a} must be by {role} or above"),
                    format!("每次 {a} 须由 {role} 及以上岗位办理"),
                )
            }
        }
    }

    /// What must never happen; `never exempt` is another clause.
    fn never(&self, triggers: &[Trigger]) -> String {
        beside(&self.triggers(triggers), &["exempt"])
    }

    fn times(&self, times: Times, count: u32, of: &[Trigger]) -> String {
        let times = self.keyword(match times {
            Times::AtMost => ["at most", "至多"],
            Times::AtLeast => ["at least", "至少"],
            Times::Exactly => ["exactly", "恰好"],
        });
        let of = self.triggers(of);
        match count {
            1 => self.say(format!("{times} one {of}"), format!("{times}一次 {of}")),
            count => self.say(format!("{times} {count} {of}"), format!("{times} {count} 次 {of}")),
        }
    }

    /// `score must be at least 4`; what asks for more than one thing `must hold`.
    fn must(&self, condition: &Condition) -> String {
        let Condition::Test { operand, relation: Some(relation) } = condition else {
            let term = self.term(condition);
            return self.say(format!("{term} must hold"), format!("须 {term}"));
        };
        let (operand, asked) = (self.operand(operand), self.asked(relation));
        match &relation.node {
            Relation::In(true, _) => self.say(format!("{operand} must be {asked}"), format!("{operand} 须{asked}")),
            Relation::In(false, _) => {
                self.say(format!("{operand} must not be {asked}"), format!("{operand} 不得{asked}"))
            }
            Relation::Compare(Comparison::Is, _) => {
                self.say(format!("{operand} must be {asked}"), format!("{operand} 须为 {asked}"))
            }
            Relation::Compare(Comparison::IsNot, _) => {
                self.say(format!("{operand} must not be {asked}"), format!("{operand} 不得为 {asked}"))
            }
            Relation::Known | Relation::Unknown | Relation::Compare(..) => {
                self.say(format!("{operand} must be {asked}"), format!("{operand} 须{asked}"))
            }
        }
    }
}
