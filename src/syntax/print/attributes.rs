//! What any promise or place may carry.

use super::Printer;
use super::lines::Line;

use crate::syntax::language::Language;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn belongs_to(&self, place: Option<&Name>) -> String {
        place.map(|place| self.bears_on(&self.name(place))).unwrap_or_default()
    }

    /// `for a, b`
    pub(super) fn bears_on(&self, names: &str) -> String {
        self.say(format!("for {names}"), format!("适用于 {names}"))
    }

    // ── What any promise may carry ──────────────────────────────────────────────────────────────

    pub(super) fn attribute(&self, attribute: &Attribute) -> Line {
        match attribute {
            Attribute::Source(text) => self.word(["source", "依据"], self.text(text)),
            Attribute::Owner(text) => self.word(["owner", "责任部门"], self.text(text)),
            Attribute::Severity(severity, row) => {
                self.graded(["severity", "严重程度"], self.value(Vocabulary::Severity, severity), row.as_ref())
            }
            Attribute::Material(None) => self.alone("material", "列为重要"),
            Attribute::Material(Some(condition)) => {
                let when = self.when(condition);
                self.row("word", ["material".into(), when.clone()], [format!("{when} 列为重要")])
            }
            Attribute::Symptom(symptom) => self.word(["symptom", "表现"], self.value(Vocabulary::Symptom, symptom)),
            Attribute::Element(element) => self.word(["element", "要素"], self.value(Vocabulary::Element, element)),
            Attribute::Status(status) => self.word(["status", "状态"], self.status(status)),
            Attribute::ReviewBefore(date) => self.review_before(date),
            Attribute::Control(control, row) => {
                self.graded(["control", "可控程度"], self.value(Vocabulary::Control, control), row.as_ref())
            }
            Attribute::NeverExempt => self.alone("never exempt", "不得豁免"),
            Attribute::AtLeastAsStrict(than) => {
                let than = self.name(than);
                self.alone(format!("at least as strict as {than}"), format!("不宽于 {than}"))
            }
            Attribute::LooserThanBefore(why) => {
                let why = self.text(why);
                self.alone(format!("looser than before {why}"), format!("比以前宽松 {why}"))
            }
        }
    }

    /// A word that may have rows: `severity major when vip`.
    fn graded(&self, keyword: [&'static str; 2], grade: String, row: Option<&RowCondition>) -> Line {
        let word = self.word(keyword, grade.clone());
        let Some(row) = row else { return word };
        let (keyword, row) = (self.keyword(keyword), self.row_condition(Some(row)));
        match self.language {
            Language::English => word.and(&row),
            Language::Chinese => Line::row("graded", [row, format!("{keyword} {grade}")]).firm(),
        }
    }
}
