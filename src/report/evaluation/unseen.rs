//! What rows and cells that cannot be read may have begun, and no finding speaks of.

use serde::Serialize;

use super::UnreadView;
use super::View;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{Rule, Unseen};
use crate::report::words::case_title;

/// Something that a row that cannot be read may have begun: there would be a finding if it did.
#[derive(Clone, Debug, Serialize)]
pub struct UnseenView {
    /// The rule; none if it may be any.
    pub rule: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The case; none if that cannot be told, or nothing else is known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The row.
    pub unread: UnreadView,
}

impl Labels<'_> {
    pub(super) fn unseen(&self, unseen: &Unseen) -> UnseenView {
        UnseenView {
            rule: unseen.rule.map(|rule| rule.name(self.graph)),
            title: unseen.rule.map(|rule| self.title_of_unseen(rule)),
            case: unseen.case.as_ref().map(ToString::to_string),
            unread: self.unread(unseen.rule, &unseen.row),
        }
    }
}

impl Labels<'_> {
    fn title_of_unseen(&self, rule: Rule) -> String {
        match rule {
            Rule::Approval(_) => format!("{}: asked or granted", self.title(rule)),
            _ => self.title(rule),
        }
    }
}

impl Page<'_> {
    /// What may have begun, behind what is undetermined: it is in no sum.
    pub(super) fn unseen(&mut self, view: &View, limit: Option<usize>) {
        if view.unseen.is_empty() {
            return;
        }
        let count = view.unseen.len();
        self.heading(&format!("Perhaps begun ({count}), by what cannot be read: no sum counts it"));
        // A row stands once, with all that it may have begun.
        let rows: Vec<&[UnseenView]> = view
            .unseen
            .chunk_by(|one, next| (&one.unread.place, &one.case) == (&next.unread.place, &next.case))
            .collect();
        let told = limit.unwrap_or(rows.len());
        for begun in rows.iter().take(told) {
            let Some(first) = begun.first() else { continue };
            let case = first.case.as_ref().map(|case| format!(" — {}", case_title(case)));
            let case = case.unwrap_or_else(|| " — in a case that cannot be told".to_owned());
            let rules: Vec<&str> = begun.iter().map(|unseen| unseen.title.as_deref().unwrap_or("anything")).collect();
            self.line(&format!("  {}{case}", rules.join(", ")));
            self.item("unread", &first.unread.to_string());
        }
        self.left_out(rows.len(), told);
    }
}
