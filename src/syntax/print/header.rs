//! The header of a service.

use super::Printer;
use super::lines::Line;

use crate::syntax::tree::*;

impl Printer<'_> {
    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn service_clause(&self, clause: &ServiceClause) -> Line {
        match clause {
            ServiceClause::Version(text) => self.word(["version", "版本"], self.text(text)),
            ServiceClause::Effective { from, until } => {
                let until = until.as_ref().map(|until| format!(" {} {}", self.keyword(["until", "至"]), until.node));
                self.word(["effective", "施行"], format!("{}{}", from.node, until.unwrap_or_default()))
            }
            ServiceClause::Timezone(name) => self.word(["timezone", "时区"], self.text(name)),
            ServiceClause::Currency(code) => self.word(["currency", "币种"], code.node.clone()),
            ServiceClause::Owner(text) => self.word(["owner", "责任部门"], self.text(text)),
            ServiceClause::Status(status) => self.word(["status", "状态"], self.status(status)),
            ServiceClause::Source(text) => self.word(["source", "依据"], self.text(text)),
            ServiceClause::ReviewBefore(date) => self.review_before(date),
            ServiceClause::NoLongerPromises(promise, why) => {
                let (promise, why) = (self.name(promise), self.text(why));
                self.alone(format!("no longer promises {promise} {why}"), format!("不再承诺 {promise} {why}"))
            }
        }
    }

    pub(super) fn status(&self, status: &Status) -> String {
        match status {
            Status::Draft => self.say("draft", "草案"),
            Status::Retired => self.say("retired", "废止"),
            Status::Approved { by, on } => {
                let (by, on) = (self.text(by), on.node);
                self.say(format!("approved by {by} on {on}"), format!("经 {by} 于 {on} 批准"))
            }
        }
    }

    pub(super) fn review_before(&self, date: &jiff::civil::Date) -> Line {
        self.row("word", ["review".into(), format!("before {date}")], ["复审期限".into(), date.to_string()])
    }
}
