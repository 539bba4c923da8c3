//! More time: what extensions give.

use super::{ClockRun, Extended};

use crate::calendar::Instant;
use crate::engine::plan::Plan;
use crate::engine::stopwatch::{Budget, Goal};
use crate::engine::truth::Facts;
use crate::graph::{Condition, Limit, Operand, Promise, TargetRow};
use crate::log::Event;

impl<'p> ClockRun<'p> {
    /// A goal with the time that was granted beside the table.
    pub(super) fn with_extensions(&self, plan: &Plan<'_>, goal: Goal) -> Goal {
        let goal = match self.extended.to {
            Some(to) => self.budget(plan, to).map_or(Goal::Never, Goal::Counted),
            None => goal,
        };
        self.extended.more.iter().fold(goal, |goal, (limit, counted)| match goal {
            Goal::Counted(budget) => Goal::Counted(Budget {
                amount: budget.amount.saturating_add(counted.amount),
                is_open: if matches!(limit, Limit::Exact(_)) { budget.is_open } else { counted.is_open },
            }),
            Goal::Fixed(at) => plan.another_end(*limit, self.calendar, at).map_or(goal, Goal::Fixed),
            Goal::Never => Goal::Never,
        })
    }

    /// Gives the time of an extension, if it gives any: whether it does.
    pub fn extend(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, line: usize, event: &Event) -> bool {
        let now = event.time;
        let extension = plan.graph.standards.get(self.standard).and_then(|standard| standard.extensions.get(line));
        let (Some(extension), Some(goal)) = (extension, self.due.map(|due| due.goal)) else { return false };
        let longer = if extension.another {
            self.more_time(plan, extension.by, goal, now).map(|counted| {
                let mut longer = self.extended.clone();
                longer.more.push((extension.by, counted));
                longer
            })
        } else {
            let longer = Extended { to: Some(extension.by), more: Vec::new(), lines: self.extended.lines.clone() };
            self.is_longer(plan, extension.by, goal, now).then_some(longer)
        };
        let Some(mut longer) = longer else { return false };
        longer.lines.push(line);
        self.extended = longer;
        self.retarget(plan, facts, (now, event.place));
        true
    }

    /// When it is due; while it stands still, when it would be if its time ran again from `now` on.
    pub fn due_if_resumed(&self, now: Instant) -> Option<Instant> {
        let due = self.due?;
        due.at.or_else(|| self.watch.arrival_if_resumed(due.goal, now))
    }

    /// The counted time that `another` limit adds to the due in force; none if it adds nothing.
    fn more_time(&self, plan: &Plan<'_>, limit: Limit, goal: Goal, now: Instant) -> Option<Budget> {
        let until = |due: Instant, up: Instant| {
            let end = plan.another_end(limit, self.calendar, due).filter(|end| *end > due)?;
            Some(plan.budget_until(end, self.calendar, up))
        };
        match (goal, limit) {
            (Goal::Fixed(_) | Goal::Counted(_), Limit::Exact(amount)) => {
                Some(Budget::exactly(amount)).filter(|more| !more.amount.is_zero())
            }
            (Goal::Fixed(at), _) => until(at, at.time_is_up()),
            (Goal::Counted(budget), _) => {
                let due = self.watch.arrival_if_resumed(goal, now)?;
                let up = if budget.is_open { due.just_after() } else { due };
                until(due, up).filter(|more| !more.amount.is_zero())
            }
            (Goal::Never, _) => None,
        }
    }

    /// Whether a new total is more than what is in force.
    fn is_longer(&self, plan: &Plan<'_>, to: Limit, goal: Goal, now: Instant) -> bool {
        let Some(total) = self.budget(plan, to) else { return true };
        match goal {
            Goal::Counted(budget) => total.most() > budget.most(),
            Goal::Fixed(at) => {
                self.watch.arrival_if_resumed(Goal::Counted(total), now).is_none_or(|arrival| arrival > at)
            }
            Goal::Never => false,
        }
    }

    /// Whether it may have less time if it begins anew: without what was granted, by what the restarting event says,
    /// or to the close of a day without the pauses before.
    pub(super) fn may_be_shorter_anew(&self, plan: &Plan<'_>) -> bool {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return false };
        let runs_to_a_day =
            |row: &TargetRow| matches!(row.promise, Promise::Within(Limit::WorkingDays(_) | Limit::CalendarDays(..)));
        let reads_the_start = |condition: &Condition| {
            condition.operands(plan.graph).iter().any(|operand| matches!(operand, Operand::Own(_)))
        };
        let rows = standard.targets.iter().filter_map(|row| row.condition.as_ref());
        let hours = standard.counting.iter().filter_map(|row| row.condition.as_ref());
        !self.extended.lines.is_empty()
            || standard.targets.iter().any(runs_to_a_day)
            || standard.targets.iter().any(|row| matches!(row.promise, Promise::DueAt(Operand::Own(_))))
            || rows.chain(hours).any(reads_the_start)
    }
}
