//! The header of a service.

use crate::calendar::{Date, DateRange, Zone};
use crate::diagnostic::did_you_mean;
use crate::graph::Service;
use crate::resolve::faults::{ClauseFault, TimeFault, TypeFault};
use crate::resolve::resolver::Resolver;
use crate::source::Span;
use crate::syntax::tree;
use crate::vocabulary::Currency;

impl Resolver<'_> {
    /// The service: exactly one, with a zone.
    pub fn header(&mut self, declarations: &[&tree::Declaration]) {
        let mut first: Option<&tree::Name> = None;
        for declaration in declarations {
            let tree::Declaration::Service(block) = declaration else { continue };
            if let Some(first) = first {
                self.fault_against(ClauseFault::ServiceTwice, block.name.span, first.span);
                continue;
            }
            first = Some(&block.name);
            self.service(block);
        }
        // A file for others to use has none, and promises nothing itself.
        let promises = declarations
            .iter()
            .any(|declared| matches!(declared, tree::Declaration::Standard(_) | tree::Declaration::Behaviour(_)));
        if first.is_none() && promises && !self.lost_service {
            self.fault(ClauseFault::NoService, Span::default());
        }
    }

    fn service(&mut self, block: &tree::Block<tree::ServiceClause>) {
        let (mut version, mut effective, mut zone) = (None, None, None);
        let (mut currency, mut owner, mut status, mut review) = (None, None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::ServiceClause::Version(text) => self.set_once("version", &mut version, text.node.clone(), at),
                tree::ServiceClause::Effective { from, until } => {
                    if let Some(until) = until.as_ref().filter(|until| until.node < from.node) {
                        let turned = Some(format!("effective {} until {}", until.node, from.node));
                        self.fault(TimeFault::EndsBeforeItBegins { turned }, at);
                    }
                    let last = until.as_ref().map_or(Date::MAX, |until| until.node);
                    let dates = DateRange { first: from.node, last };
                    self.set_once("effective", &mut effective, dates, at);
                }
                tree::ServiceClause::Timezone(name) => self.set_once("timezone", &mut zone, name, at),
                tree::ServiceClause::Currency(code) => match Currency::new(code) {
                    Some(code) => self.set_once("currency", &mut currency, code, at),
                    None => {
                        self.fault(TypeFault::NoSuchCurrency { code: code.node.clone() }, code.span);
                    }
                },
                tree::ServiceClause::Owner(text) => self.set_once("owner", &mut owner, text.node.clone(), at),
                tree::ServiceClause::Status(said) => self.set_once("status", &mut status, status_words(said), at),
                tree::ServiceClause::Source(_) => {}
                tree::ServiceClause::ReviewBefore(date) => self.set_once("review before", &mut review, date.node, at),
                // What it speaks of stands in another version: see `versions`.
                tree::ServiceClause::NoLongerPromises(..) => {}
            }
        }
        if zone.is_none() && !block.broken {
            let of = format!("service `{}`", block.name.node);
            let fault = ClauseFault::MissingClause { of, what: "time zone", write: "timezone \"Asia/Shanghai\"" };
            self.fault(fault, block.name.span);
        }
        if let Some(zone) = zone.and_then(|name| self.named_zone(name.node)) {
            self.graph.vocabulary.zone = zone;
        }
        self.graph.vocabulary.currency = currency.map(|code| code.node);
        self.graph.service = Service {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            version: version.map(|version| version.node),
            effective: effective.map(|dates| dates.node),
            other_versions: Vec::new(),
            currency: self.graph.vocabulary.currency,
            owner: owner.map(|owner| owner.node),
            status: status.map(|status| status.node),
            review_before: review.map(|review| review.node),
            span: block.name.span,
        };
    }

    pub(super) fn named_zone(&mut self, name: &tree::Text) -> Option<Zone> {
        match Zone::named(name) {
            Ok(zone) => Some(zone),
            Err(_) => {
                // `CST` is not a slip for `CET`: a wrong zone would shift every verdict.
                let suggestion = did_you_mean(name, Zone::names()).filter(|_| name.contains('/')).map(str::to_owned);
                self.fault(TimeFault::UnknownZone { name: name.node.clone(), suggestion }, name.span);
                None
            }
        }
    }
}

pub(super) fn status_words(status: &tree::Status) -> String {
    match status {
        tree::Status::Draft => "draft".into(),
        tree::Status::Retired => "retired".into(),
        tree::Status::Approved { by, on } => format!("approved by {} on {}", by.node, on.node),
    }
}
