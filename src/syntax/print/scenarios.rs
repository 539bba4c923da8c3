//! Scenarios.

use super::Voice;
use super::declarations::date_time;
use super::lines::Line;
use super::names::list;
use super::page::{Body, Said};
use crate::source::Spanned;
use crate::syntax::tree::*;

impl Voice<'_> {
    pub(super) fn scenario(&self, scenario: &Scenario) -> Said {
        let head = Line::row("scenario", [format!("scenario {}", self.text(&scenario.title))]);
        Said { head, body: Some(Body::of(&scenario.clauses, |clause| self.scenario_clause(clause))) }
    }

    fn scenario_clause(&self, clause: &ScenarioClause) -> Line {
        match clause {
            ScenarioClause::Given { case, fields } => {
                let case = case.as_ref().map(|case| format!(" {}", self.name(case)));
                Line::alone(format!("given{} {}", case.unwrap_or_default(), self.field_values(fields)))
            }
            ScenarioClause::Event(event) => self.scenario_event(event),
            ScenarioClause::AsOf(time) => Line::alone(format!("as of {}", date_time(time.node))),
            ScenarioClause::Expect(expectation) => {
                let case = expectation.case.as_ref().map(|case| format!(" for {}", self.name(case)));
                Line::alone(format!("expect {}{}", self.expected(&expectation.what), case.unwrap_or_default()))
            }
        }
    }

    fn field_values(&self, fields: &[Spanned<FieldValue>]) -> String {
        if fields.is_empty() {
            return "{ }".to_owned();
        }
        let said = fields.iter().map(|field| format!("{}: {}", self.path(&field.field), self.literal(&field.value)));
        format!("{{ {} }}", list(said))
    }

    fn scenario_event(&self, event: &ScenarioEvent) -> Line {
        let mut said = vec![format!(" {}", self.path(&event.event))];
        if !event.fields.is_empty() {
            said.push(self.field_values(&event.fields));
        }
        said.extend(event.by.as_ref().map(|by| format!("by {}", self.name(by))));
        // `as of` and the time on the next line would be read as one.
        said.extend(event.role.as_ref().map(|role| format!("as {}", self.name_beside(role, &["of"]))));
        said.extend(event.case.as_ref().map(|case| format!("for {}", self.name(case))));
        Line::row("scenario event", [date_time(event.at.node), said.join("\n")])
    }

    fn expected(&self, expected: &Expected) -> String {
        match expected {
            Expected::Verdict { verdict, promise, late, key } => {
                let verdict = if verdict.node == "no_target" { "no target" } else { &verdict.node };
                let late = late.as_ref().map(|late| format!(", {} late", self.duration(late.node, late.span)));
                let key = key.as_ref().map(|key| format!(" of {}", self.literal(key)));
                format!("{verdict} {}{}{}", self.name(promise), late.unwrap_or_default(), key.unwrap_or_default())
            }
            Expected::Due { at, standard } => format!("due {} of {}", date_time(at.node), self.name(standard)),
            Expected::MissingEscalation { of, to } => {
                format!("missing escalation of {} to {}", self.name(of), self.name(to))
            }
            Expected::Remedy(remedy) => format!("remedy {}", self.name(remedy)),
            Expected::Cause(cause) => format!("cause {}", self.name(cause)),
            Expected::Unexplained(promise) => format!("unexplained {}", self.name(promise)),
            Expected::NoBreach(None) => "no breach".to_owned(),
            Expected::NoBreach(Some(promise)) => format!("no breach of {}", self.name(promise)),
            Expected::NeedlessApproval(action) => format!("needless approval of {}", self.name(action)),
            Expected::Score { score, of } => format!("score {} of {}", score.node, self.name(of)),
        }
    }
}
