//! The header of a service.

use jiff::civil::Date;

use super::{Name, Text};

use crate::source::Spanned;

/// A clause of `service`.
#[derive(Clone, PartialEq, Debug)]
pub enum ServiceClause {
    /// `version "2026.1"`
    Version(Text),
    /// `effective 2026-01-01 until 2026-12-31`
    Effective {
        /// First day in force.
        from: Spanned<Date>,
        /// Last day in force.
        until: Option<Spanned<Date>>,
    },
    /// `timezone "Asia/Shanghai"`
    Timezone(Text),
    /// `currency CNY`
    Currency(Name),
    /// `owner "Customer care"`
    Owner(Text),
    /// `status …`
    Status(Status),
    /// `source "…"`
    Source(Text),
    /// `review before 2027-01-01`
    ReviewBefore(Spanned<Date>),
    /// `no longer promises call_back "the line is closed"`
    NoLongerPromises(Name, Text),
}

/// How far a standards file is on its way.
#[derive(Clone, PartialEq, Debug)]
pub enum Status {
    /// `draft`
    Draft,
    /// `retired`
    Retired,
    /// `approved by "…" on DATE`
    Approved {
        /// Who approved.
        by: Text,
        /// When.
        on: Spanned<Date>,
    },
}
