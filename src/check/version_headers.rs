//! What the header of a version says of itself.

use crate::calendar::{Date, DateRange};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Declaration, ServiceClause};

/// What the header of a version says of itself.
pub struct Header {
    /// The service.
    pub name: String,
    /// The version, or else the service.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
    /// From when on, and until when, it is in force.
    pub effective: Option<Spanned<DateRange>>,
}

impl Header {
    /// What the files of a version say.
    pub fn of(files: &[tree::File]) -> Header {
        let mut header = Header { name: String::new(), title: String::new(), span: Span::default(), effective: None };
        let services = declarations(files).filter_map(|declaration| match declaration {
            Declaration::Service(block) => Some(block),
            _ => None,
        });
        for block in services {
            header.name = block.name.node.clone();
            header.title = header.name.clone();
            header.span = block.name.span;
            for clause in &block.clauses {
                match &clause.node {
                    ServiceClause::Version(version) => header.title = format!("version {}", version.node),
                    ServiceClause::Effective { from, until } => {
                        let last = until.as_ref().map_or(Date::MAX, |until| until.node);
                        header.effective = Some(Spanned::new(DateRange { first: from.node, last }, clause.span));
                    }
                    _ => {}
                }
            }
        }
        header
    }

    /// The days on which it is in force, if it says.
    pub fn days(&self) -> Option<DateRange> {
        self.effective.as_ref().map(|days| days.node)
    }
}

/// All declarations of files.
pub fn declarations(files: &[tree::File]) -> impl Iterator<Item = &Declaration> {
    files.iter().flat_map(|file| &file.declarations).map(|declaration| &declaration.node)
}
