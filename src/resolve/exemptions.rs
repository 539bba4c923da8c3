//! Spans of time: periods that conditions name, and exemptions.

use crate::calendar::{Date, DateRange, Instant};
use crate::graph::{ConditionRole, Exemption, Operand, Period};
use crate::resolve::conditions::{Meaning, Scope};
use crate::resolve::faults::{ClauseFault, RuleFault, TimeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, DayOrTime};
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Named spans of days.
    pub fn periods(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Period(period) = declaration else { continue };
            if !self.declare(Kind::Period, &period.name, self.graph.periods.len()) {
                continue;
            }
            let spans = period.days.iter().map(|days| self.span_of_days(days)).collect();
            self.graph.periods.push(Period {
                name: period.name.node.clone(),
                label: period.label.as_ref().map(|label| label.node.clone()),
                spans,
                span: period.name.span,
            });
        }
    }

    fn span_of_days(&mut self, days: &Spanned<DateRange>) -> (Instant, Instant) {
        self.in_order(days);
        self.within_time(days.first, days.span);
        self.within_time(days.last, days.span);
        // Read as it was likely meant, so that nothing else is told of the same slip.
        let (first, last) = (days.first.min(days.last), days.first.max(days.last));
        (self.zone().start_of_day(first), self.zone().end_of_day(last))
    }

    /// Time has an end: what lies behind it would be cut off there, and nobody would know.
    pub(super) fn within_time(&mut self, date: Date, at: Span) -> bool {
        let is_within = Instant::YEARS.contains(&date.year());
        if !is_within {
            let fault =
                ClauseFault::OutOfBounds { what: self.said(at), allowed: "times lie in the years 1678 to 2261" };
            self.fault(fault, at);
        }
        is_within
    }

    /// Exemptions; all standards are known.
    pub fn exemptions(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Exempt(block) = declaration else { continue };
            if self.declare(Kind::Exemption, &block.name, self.graph.exemptions.len()) {
                let exemption = self.exemption(block);
                self.graph.exemptions.push(exemption);
            }
        }
    }

    fn exemption(&mut self, block: &tree::Block<tree::ExemptClause>) -> Exemption {
        let (mut window, mut condition, mut proof) = (None, None, None);
        let (mut effect, mut places) = (None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::ExemptClause::Window { from, to } => {
                    let said = self.exempt_window(from, to);
                    self.set_once("from … to", &mut window, said, at);
                }
                tree::ExemptClause::When(when) => {
                    // Any clock may ask: no event is plain from the sentence.
                    let said = self.condition_for(ConditionRole::Exempt, when, Scope::of_a_start(&[]));
                    self.set_once("when", &mut condition, said, at);
                }
                tree::ExemptClause::Proof(operand) => {
                    let said = self.proof(operand);
                    self.set_once("proof", &mut proof, said, at);
                }
                tree::ExemptClause::For(names) => self.set_once("for", &mut places, names, at),
                tree::ExemptClause::Excuse => self.set_once("excuse` or `stop the clock", &mut effect, false, at),
                tree::ExemptClause::StopTheClock => self.set_once("excuse` or `stop the clock", &mut effect, true, at),
                tree::ExemptClause::Source(_) => {}
            }
        }
        let of = || format!("exempt `{}`", block.name.node);
        if effect.is_none() && !block.broken {
            let fault = ClauseFault::MissingClause { of: of(), what: "effect", write: "excuse` or `stop the clock" };
            self.fault(fault, block.name.span);
        }
        if window.is_none() && condition.is_none() && !block.broken {
            let what = "window of time or condition";
            let fault = ClauseFault::MissingClause { of: of(), what, write: "from 2026-08-02 to 2026-08-04" };
            self.fault(fault, block.name.span);
        }
        let named = places.as_ref().map(|places| places.node.as_slice());
        Exemption {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            window: window.map(|window| window.node),
            condition: condition.and_then(|condition| condition.node),
            proof: proof.and_then(|proof| proof.node),
            stops_the_clock: effect.is_some_and(|effect| effect.node),
            standards: self.exempted(named),
            span: block.name.span,
        }
    }

    fn exempt_window(&mut self, from: &Spanned<DayOrTime>, to: &Spanned<DayOrTime>) -> (Instant, Instant) {
        // An end that is not written stands where something else does.
        let is_written =
            |edge: &&Spanned<DayOrTime>| self.said(edge.span).starts_with(|letter: char| letter.is_ascii_digit());
        let written: Vec<_> = [from, to].into_iter().filter(is_written).collect();
        for edge in written {
            self.within_time(edge.node.day(), edge.span);
        }
        let begins = match from.node {
            DayOrTime::Day(day) => self.zone().start_of_day(day),
            DayOrTime::Time(local) => self.zone().opening(local),
        };
        let ends = match to.node {
            DayOrTime::Day(day) => self.zone().end_of_day(day),
            DayOrTime::Time(local) => self.zone().closing(local),
        };
        if ends <= begins {
            let (from_said, to_said) = (self.said(from.span), self.said(to.span));
            let turned = (from_said != to_said).then(|| format!("from {to_said} to {from_said}"));
            self.fault(TimeFault::EndsBeforeItBegins { turned }, from.span.to(to.span));
        }
        (begins, ends)
    }

    fn proof(&mut self, operand: &Spanned<tree::Operand>) -> Option<Operand> {
        match self.meaning(operand, Scope::of_a_start(&[]))? {
            Meaning::Field(field, ..) => Some(field),
            Meaning::Segment(segment) => {
                let (declared, segment) = (self.segment_span(segment), self.said(operand.span));
                self.fault_against(RuleFault::SegmentIsNoProof { segment }, operand.span, declared);
                None
            }
        }
    }

    /// The standards that an exemption is for, in order: those named, and those of places named; all but
    /// the ones that nothing exempts.
    fn exempted(&mut self, names: Option<&[tree::Name]>) -> Vec<usize> {
        let within_reach = |resolver: &Self, standard: usize| {
            resolver.graph.standards.get(standard).is_some_and(|standard| !standard.attributes.never_exempt)
        };
        let all = 0..self.graph.standards.len();
        let Some(names) = names else { return all.filter(|standard| within_reach(self, *standard)).collect() };
        let mut chosen = Vec::new();
        for name in names {
            chosen.extend(self.standards_of(name));
        }
        all.filter(|standard| chosen.contains(standard) && within_reach(self, *standard)).collect()
    }

    /// A standard of that name, or those that belong to a touchpoint or moment of that name.
    fn standards_of(&mut self, name: &tree::Name) -> Vec<usize> {
        let index = |kind: Kind| Some(self.names.get(&kind)?.get(name)?.0);
        if let Some(standard) = index(Kind::Standard) {
            if let Some(never) = self.graph.standards.get(standard).filter(|standard| standard.attributes.never_exempt)
            {
                let (fault, declared) = (RuleFault::NeverExempt { standard: never.name.clone() }, never.span);
                self.fault_against(fault, name.span, declared);
            }
            return vec![standard];
        }
        let (touchpoint, moment) = (index(Kind::Touchpoint), index(Kind::Moment));
        if touchpoint.is_none() && moment.is_none() {
            self.unknown(Kind::StandardOrPlace, name);
        }
        let belongs = |standard: &&crate::graph::Standard| match moment {
            Some(_) => standard.moment == moment,
            None => touchpoint.is_some() && standard.touchpoint == touchpoint,
        };
        let standards = self.graph.standards.iter().enumerate();
        standards.filter(|(_, standard)| belongs(standard)).map(|(index, _)| index).collect()
    }
}
