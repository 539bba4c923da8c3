//! What a name in standards may stand for.

use std::fmt;

/// What a name stands for, or is meant to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// What staff may give.
    Action,
    /// The promise that nobody goes beyond what they may.
    Authority,
    /// What must, or must never, happen.
    Behaviour,
    /// Business hours.
    Calendar,
    /// Why a promise is broken.
    Cause,
    /// Who is told when a promise slips.
    Escalation,
    /// What may happen.
    Event,
    /// What excuses a breach.
    Exemption,
    /// A field of an event.
    Field,
    /// A field of the case.
    CaseField,
    /// The way through the touchpoints.
    Journey,
    /// How often a promise must be kept.
    Level,
    /// A line of a scorecard.
    Line,
    /// A moment of truth.
    Moment,
    /// Some days.
    Period,
    /// Whatever is promised: a standard, a behaviour, a level, a scorecard, an authority.
    Promise,
    /// What is offered after a breach.
    Remedy,
    /// Who may do what.
    Role,
    /// A score of many promises.
    Scorecard,
    /// Whom a condition means.
    Segment,
    /// A name in a condition.
    SegmentOrField,
    /// How fast.
    Standard,
    /// What a rule may be about: a standard, or all of a place.
    StandardOrPlace,
    /// Where the customer meets the service.
    Touchpoint,
    /// Where a promise belongs.
    Place,
    /// A value of a choice.
    Value,
}

impl Kind {
    /// As people call it: `event`, `field of the case`.
    pub fn word(self) -> &'static str {
        self.with_article().split_once(' ').map_or(self.with_article(), |(_, word)| word)
    }

    /// The same with its article: `an event`, `a field of the case`.
    pub fn with_article(self) -> &'static str {
        match self {
            Kind::Action => "an action",
            Kind::Authority => "an authority",
            Kind::Behaviour => "a behaviour",
            Kind::Calendar => "a calendar",
            Kind::Cause => "a cause",
            Kind::Escalation => "an escalation",
            Kind::Event => "an event",
            Kind::Exemption => "an exempt",
            Kind::Field => "a field",
            Kind::CaseField => "a field of the case",
            Kind::Journey => "a journey",
            Kind::Level => "a level",
            Kind::Line => "a line",
            Kind::Moment => "a moment",
            Kind::Period => "a period",
            Kind::Promise => "a promise",
            Kind::Remedy => "a remedy",
            Kind::Role => "a role",
            Kind::Scorecard => "a scorecard",
            Kind::Segment => "a segment",
            Kind::SegmentOrField => "a segment or field",
            Kind::Standard => "a standard",
            Kind::StandardOrPlace => "a standard, touchpoint or moment",
            Kind::Touchpoint => "a touchpoint",
            Kind::Place => "a touchpoint or moment",
            Kind::Value => "a value",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
