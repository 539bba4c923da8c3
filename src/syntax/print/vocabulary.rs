//! Cases, events and their fields.

use super::Printer;
use super::lines::Line;
use super::page::{Body, PrintedBlock};

use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&self, block: &Block<CaseClause>) -> PrintedBlock {
        let head = Line::row("case", [self.say("case", "个案")]);
        PrintedBlock { head, body: Some(Body::of(&block.clauses, |clause| self.case_clause(clause))) }
    }

    fn case_clause(&self, clause: &CaseClause) -> Line {
        match clause {
            CaseClause::Field(field) => self.field(field),
            CaseClause::Party(path) => {
                let path = self.path(path);
                self.alone(format!("party {path}"), format!("当事人 {path}"))
            }
            CaseClause::Ends { on, after } => {
                let (on, limit, blank) = (self.triggers(on), self.limit(after, after.span), self.blank_behind(after));
                self.alone(format!("ends on {on} after {limit}"), format!("自 {on} 起满 {limit}{blank}结案"))
            }
        }
    }

    fn field(&self, field: &Field) -> Line {
        let kind = match &field.kind.node {
            FieldType::Plain(word) => self.value(Vocabulary::PlainType, word),
            FieldType::Range(least, most) => format!("{least}..{most}"),
            FieldType::OneOf(values) => {
                let values = self.names(values);
                self.say(format!("one of ({values})"), format!("选项（{values}）"))
            }
            FieldType::Ordered(values) => self.ordered(values),
        };
        let optional = if field.optional { self.keyword(["?", "？"]) } else { "" };
        let private = if field.private { self.keyword([" private", " 隐私"]) } else { "" };
        let name = self.path_beside(&field.name, &["private", "隐私"]);
        let name = format!("{name}{}", self.keyword([":", "："]));
        Line::row("field", [name, self.say(format!("{kind}{optional}{private}"), format!("{kind}{optional}{private}"))])
    }

    /// `low < high`; a first value that is called like a type would be read as one.
    fn ordered(&self, values: &[Name]) -> String {
        let types: Vec<&str> = Vocabulary::PlainType.words().iter().flat_map(|(one, other)| [*one, *other]).collect();
        let said = |(place, name): (usize, &Name)| match place {
            0 => self.name_beside(name, &types),
            _ => self.name(name),
        };
        values.iter().enumerate().map(said).collect::<Vec<_>>().join("\n< ")
    }

    pub(super) fn event(&self, event: &Event) -> PrintedBlock {
        let evidence = event.evidence.as_ref().map(|source| {
            let source = self.value(Vocabulary::Evidence, source);
            self.say(format!("from {source}"), format!("来自 {source}"))
        });
        let trust = event.trust.as_ref().map(|condition| {
            let condition = self.condition(condition);
            self.say(format!("trust when {condition}"), format!("采信条件 {condition}"))
        });
        let reaches = event.reaches.as_ref().map(|path| {
            let path = self.path(path);
            self.say(format!("reaches every case with the same {path}"), format!("传至 {path} 相同的所有个案"))
        });
        let tail = [evidence, trust, reaches].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let name = format!("{} {}", self.keyword(["event", "事件"]), self.path(&event.name));
        let head =
            Line::row("event", [name, self.label(event.label.as_ref())]).and(&self.happens_at(event.at.as_ref()));
        if event.fields.is_empty() {
            return PrintedBlock { head: head.and("").and(&tail), body: None };
        }
        let fields = Body::of(&event.fields, |field| self.field(field));
        PrintedBlock { head, body: Some(Body { mark: self.keyword([", ", "，"]), tail, ..fields }) }
    }

    /// ` at hotline`; nothing where no place is said.
    pub(super) fn happens_at(&self, place: Option<&Name>) -> String {
        let place = place.map(|place| self.name(place));
        place.map(|place| self.say(format!("at {place}"), format!("位于 {place}"))).unwrap_or_default()
    }

    pub(super) fn segment(&self, segment: &Segment) -> PrintedBlock {
        let when = self.condition(&segment.when);
        let when = self.say(format!("when {when}"), format!("即 {when}"));
        self.single(["segment", "客群"], &segment.name, segment.label.as_ref(), &[when])
    }
}
