//! Scenarios.

use super::Printer;
use super::exemptions::{date_time, day_or_time};
use super::lines::Line;
use super::page::{Body, PrintedBlock};

use crate::source::Spanned;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn scenario(&self, scenario: &Scenario) -> PrintedBlock {
        let title = self.text(&scenario.title);
        let head = self.row("scenario", [format!("scenario {title}")], [format!("验证场景 {title}")]);
        PrintedBlock { head, body: Some(Body::of(&scenario.clauses, |clause| self.scenario_clause(clause))) }
    }

    fn scenario_clause(&self, clause: &ScenarioClause) -> Line {
        match clause {
            ScenarioClause::Given { case, fields } => {
                let given = self.keyword(["given", "已知"]);
                let given = case.as_ref().map_or(given.to_owned(), |case| format!("{given} {}", self.name(case)));
                Line::row("given", [given, self.field_values(fields)])
            }
            ScenarioClause::Event(event) => self.scenario_event(event),
            ScenarioClause::AsOf(time) => {
                let time = day_or_time(&time.node);
                self.alone(format!("as of {time}"), format!("截至 {time}"))
            }
            ScenarioClause::Expect(Expectation { what, case }) => {
                let what = self.expected(what);
                let case = case.as_ref().map(|case| format!(" {}", self.in_case(case))).unwrap_or_default();
                self.alone(format!("expect {what}{case}"), format!("应得 {what}{case}"))
            }
        }
    }

    fn in_case(&self, case: &Name) -> String {
        format!("{} {}", self.keyword(["for", "个案"]), self.name(case))
    }

    fn field_values(&self, fields: &[Spanned<FieldValue>]) -> String {
        let [colon, comma] = [self.keyword([": ", "："]), self.keyword([",\n", "，\n\n"])];
        let said =
            fields.iter().map(|field| format!("{}{colon}{}", self.path(&field.field), self.literal(&field.value)));
        let said = said.collect::<Vec<_>>().join(comma);
        if said.is_empty() { "{ }".to_owned() } else { format!("{{ {said} }}") }
    }

    fn scenario_event(&self, event: &ScenarioEvent) -> Line {
        let fields = if event.fields.is_empty() { String::new() } else { self.field_values(&event.fields) };
        let by = event.by.as_ref().map(|by| format!("{} {}", self.keyword(["by", "由"]), self.name(by)));
        let role = event.role.as_ref().map(|role| {
            // `as of` and the time on the next line would be read as one.
            let role = self.name_beside(role, &["of"]);
            self.say(format!("as {role}"), format!("以 {role} 身份"))
        });
        let case = event.case.as_ref().map(|case| self.in_case(case));
        let mut cells = vec![date_time(event.at.node), format!(" {}", self.path(&event.event)), fields];
        cells.extend([by, role, case].map(Option::unwrap_or_default));
        Line::row("scenario event", cells)
    }

    fn expected(&self, expected: &Expected) -> String {
        match expected {
            Expected::Verdict { verdict, promise, late, key } => {
                let verdict = match verdict.as_str() {
                    "no_target" => self.say("no target", "不设时限"),
                    word => self.value(Vocabulary::Verdict, word),
                };
                let promise = self.name(promise);
                let key = key.as_ref().map(|key| self.literal(key));
                let key = key.map(|key| self.say(format!(" of {key}"), format!(" 之 {key}"))).unwrap_or_default();
                let late = late.as_ref().map(|late| self.duration(late.node, late.span));
                let late = late.map(|late| self.say(format!(", {late} late"), format!("，超时 {late}")));
                let late = late.unwrap_or_default();
                self.say(format!("{verdict} {promise}{late}{key}"), format!("{verdict} {promise}{key}{late}"))
            }
            Expected::Due { at, standard } => {
                let at = match at.node {
                    DayOrTime::Day(day) => self.say(format!("end of {day}"), format!("{day} 日终")),
                    DayOrTime::Time(time) => date_time(time),
                };
                let standard = self.name(standard);
                self.say(format!("due {at} of {standard}"), format!("到期 {at} {standard}"))
            }
            Expected::MissingEscalation { of, to } => {
                let (of, to) = (self.name(of), self.name(to));
                self.say(format!("missing escalation of {of} to {to}"), format!("未向 {to} 升级 {of}"))
            }
            Expected::Remedy(remedy) => format!("{} {}", self.keyword(["remedy", "补救"]), self.name(remedy)),
            Expected::Cause(cause) => format!("{} {}", self.keyword(["cause", "原因"]), self.name(cause)),
            Expected::Unexplained(promise) => {
                format!("{} {}", self.keyword(["unexplained", "原因不明"]), self.name(promise))
            }
            Expected::NoBreach(None) => self.say("no breach", "全无未达标"),
            Expected::NoBreach(Some(promise)) => {
                let promise = self.name(promise);
                self.say(format!("no breach of {promise}"), format!("无未达标 {promise}"))
            }
            Expected::NeedlessApproval(action) => {
                let action = self.name(action);
                self.say(format!("needless approval of {action}"), format!("多余审批 {action}"))
            }
            Expected::Score { score, most, of } => {
                let most =
                    most.as_ref().map(|most| self.say(format!(" to {}", most.node), format!(" 至 {}", most.node)));
                let (score, of) = (format!("{}{}", score.node, most.unwrap_or_default()), self.name(of));
                self.say(format!("score {score} of {of}"), format!("得分 {score} {of}"))
            }
        }
    }
}
