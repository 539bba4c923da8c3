//! What is wrong with a rule of a case: a clock, a behaviour, an exemption.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// What is wrong with a rule of a case: a clock, a behaviour, an exemption.
#[derive(Clone, PartialEq, Debug)]
pub enum RuleFault {
    /// A warning that does not come after the one before.
    WarningOrder {
        /// This one.
        at: String,
        /// The one before.
        before: String,
    },
    /// A warning that comes when the promise is broken already.
    WarnsTooLate {
        /// The part of the target.
        at: String,
    },
    /// A `per` field that an event of the clock does not have.
    KeyMissing {
        /// The field.
        field: String,
        /// The event.
        event: String,
    },
    /// A second sentence in a behaviour.
    SecondSentence {
        /// The behaviour.
        name: String,
        /// The second sentence, as written.
        said: String,
    },
    /// A number of times that is none.
    NoTimes {
        /// What says the same in words; none if it says nothing at all.
        never: Option<String>,
    },
    /// An event that must come behind one of its own kind, or must not.
    AgainstItself {
        /// The event.
        event: String,
        /// What says the same in words, if anything does.
        instead: Option<String>,
    },
    /// `started in` where nothing starts.
    NothingStarts,
    /// `at hotline` of something of which nothing tells where it happens.
    NowhereTold {
        /// The touchpoint or moment.
        place: String,
        /// The event of the sentence; none if it is about the case.
        event: Option<String>,
    },
    /// A fact about a breach where there is none.
    FactOutside {
        /// The fact, as written.
        fact: String,
    },
    /// A segment named as a proof.
    SegmentIsNoProof {
        /// The segment.
        segment: String,
    },
    /// An exemption for a standard that nothing exempts.
    NeverExempt {
        /// The standard.
        standard: String,
    },
}

impl Fault for RuleFault {
    fn code(&self) -> Code {
        match self {
            RuleFault::WarningOrder { .. } => codes::CLOCK_WARNING_ORDER,
            RuleFault::WarnsTooLate { .. } => codes::CLOCK_WARNS_TOO_LATE,
            RuleFault::KeyMissing { .. } => codes::CLOCK_KEY_MISSING,
            RuleFault::SecondSentence { .. } => codes::BEHAVIOUR_SECOND_SENTENCE,
            RuleFault::NoTimes { .. } => codes::BEHAVIOUR_NO_TIMES,
            RuleFault::AgainstItself { .. } => codes::BEHAVIOUR_AGAINST_ITSELF,
            RuleFault::NothingStarts => codes::CONDITION_NOTHING_STARTS,
            RuleFault::NowhereTold { .. } => codes::CONDITION_NOWHERE_TOLD,
            RuleFault::FactOutside { .. } => codes::CONDITION_FACT_OUTSIDE,
            RuleFault::SegmentIsNoProof { .. } => codes::EXEMPT_NO_PROOF,
            RuleFault::NeverExempt { .. } => codes::EXEMPT_NEVER,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            RuleFault::WarningOrder { .. } | RuleFault::WarnsTooLate { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        self.severity() == Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            RuleFault::WarningOrder { at, before } => Words {
                message: format!(
                    "a warning at {at} does not come after one at {before}: who reads it takes {before} for the first"
                ),
                label: "these warnings".into(),
                help: Some("put them in order, the earliest first: `warn at 50%, 80%`".into()),
                ..Words::default()
            },
            RuleFault::WarnsTooLate { at } => Words {
                message: format!(
                    "a warning at {at} comes when the promise is broken already: nobody can act on it while it helps the \
                     customer"
                ),
                label: "too late to warn".into(),
                help: Some("warn before the due, `warn at 50%, 80%`; whom to tell afterwards, `escalate` says".into()),
                ..Words::default()
            },
            RuleFault::KeyMissing { field, event } => Words {
                message: format!(
                    "`{event}` has no field `{field}`: nobody could tell which `{field}` is served and which still waits"
                ),
                label: format!("one clock per `{field}`"),
                other: "this event starts or stops it".into(),
                help: Some(format!("declare it: `event {event} {{ {field}: text }}`")),
            },
            RuleFault::SecondSentence { name, said } => Words {
                message: format!("behaviour `{name}` says two things: its findings could not tell which was broken"),
                label: "the second".into(),
                other: "the first".into(),
                help: Some(format!("give it a behaviour of its own: `behaviour NAME {{ {said} }}`")),
            },
            RuleFault::NoTimes { never } => Words {
                message: match never {
                    Some(_) => "no times at all is said with `never`".into(),
                    None => "nothing happens fewer than 0 times: this always holds, and asks nothing of anybody".into(),
                },
                label: "this number".into(),
                help: Some(match never {
                    Some(never) => format!("write `{never}`"),
                    None => "write `at least one`, or leave the behaviour out".into(),
                }),
                ..Words::default()
            },
            RuleFault::AgainstItself { event, instead } => Words {
                message: match instead {
                    Some(_) => {
                        format!("`{event}` must never come after one of its own: each from the second on breaks this")
                    }
                    None => format!("the first `{event}` of a case never has one before it, so this is always broken"),
                },
                label: match instead {
                    Some(_) => "the same on both sides".into(),
                    None => "what must come first is itself one of these".into(),
                },
                help: Some(match instead {
                    Some(instead) => format!("write `{instead}`"),
                    None => "name the event that must come first, or tell the two apart with `where`".into(),
                }),
                ..Words::default()
            },
            RuleFault::NothingStarts => Words {
                message:
                    "nothing starts here that could lie in a period: nobody could tell a customer whether this holds"
                        .into(),
                label: "of what?".into(),
                help: Some("say it where something starts: in a target row, a `where`, a severity".into()),
                ..Words::default()
            },
            RuleFault::NowhereTold { place, event } => Words {
                message: match event {
                    Some(event) => {
                        format!(
                            "nothing says where `{event}` happens: nobody could ever tell whether it is at `{place}`"
                        )
                    }
                    None => format!("nothing says where a case is: nobody could ever tell whether it is at `{place}`"),
                },
                label: "told by what?".into(),
                help: Some(match event {
                    Some(event) => format!(
                        "say `event {event} at {place}` where it is declared, or give it or the case a field `touchpoint: touchpoint?`"
                    ),
                    None => "give the case a field `touchpoint: touchpoint?`".into(),
                }),
                ..Words::default()
            },
            RuleFault::FactOutside { fact } => Words {
                message: format!("`{fact}` is a fact about a breach, and here is none: it could not be known in time"),
                label: "of which breach?".into(),
                help: Some(format!(
                    "ask for it in the `when` of a `cause`, or in `out of control when`; if a field is meant, write it in backticks: \u{60}{fact}\u{60}"
                )),
                ..Words::default()
            },
            RuleFault::SegmentIsNoProof { segment } => Words {
                message: format!(
                    "`{segment}` is a segment, and a proof is a field that the log carries: an auditor would find no evidence"
                ),
                label: "this proves nothing".into(),
                other: "declared here".into(),
                help: Some("name a field: `proof notice.id`".into()),
            },
            RuleFault::NeverExempt { standard } => Words {
                message: format!("`{standard}` says `never exempt`: customers were promised that nothing excuses it"),
                label: "an exemption for it".into(),
                other: "declared here".into(),
                help: Some("take it out of this list, or take `never exempt` out of the standard".into()),
            },
        }
    }
}
