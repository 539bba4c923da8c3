//! What is told of a promise that must be at least as strict as another, and the words for it.

use super::differences::{Incomparable, Looser, Side};

use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// Something between a promise and the one that it must be at least as strict as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StrictnessFault {
    /// It asks less.
    Laxer {
        /// The promise.
        promise: String,
        /// The other.
        than: String,
        /// In which way.
        way: Looser,
    },
    /// The two cannot be compared.
    Undecided {
        /// The promise.
        promise: String,
        /// The other.
        than: String,
        /// Why.
        why: Incomparable,
    },
    /// The two are of different kinds.
    OtherKind {
        /// The promise.
        promise: String,
        /// The other.
        than: String,
    },
}

impl Fault for StrictnessFault {
    fn code(&self) -> Code {
        match self {
            StrictnessFault::Laxer { .. } => codes::PROMISE_LAXER_THAN,
            StrictnessFault::Undecided { .. } => codes::PROMISE_NOT_COMPARED,
            StrictnessFault::OtherKind { .. } => codes::PROMISE_OTHER_KIND,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            StrictnessFault::Undecided { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        !matches!(self, StrictnessFault::OtherKind { .. })
    }

    fn words(&self) -> Words {
        match self {
            StrictnessFault::Laxer { promise, than, way } => {
                let phrase = way.phrase();
                Words {
                    message: format!(
                        "whoever keeps `{promise}` may still break `{than}`: {} {}, and by `{than}` it {}",
                        phrase.about,
                        phrase.of(Side::Mine),
                        phrase.of(Side::Other),
                    ),
                    label: format!("less than `{than}` asks"),
                    other: format!("`{than}` asks this"),
                    help: Some(mend(way, than)),
                }
            }
            StrictnessFault::Undecided { promise, than, why } => Words {
                message: format!(
                    "it is not proved that `{promise}` is at least as strict as `{than}`: {}",
                    why.words()
                ),
                label: "this".into(),
                other: "against this".into(),
                help: Some(format!(
                    "nobody is told when keeping `{promise}` breaks `{than}`: say both in the same words, or look at it with \
                     care and take out `at least as strict as {than}`"
                )),
            },
            StrictnessFault::OtherKind { promise, than } => Words {
                message: format!("`{promise}` and `{than}` are promises of two kinds: neither is stricter"),
                label: "another kind of promise".into(),
                other: "than this".into(),
                help: Some("name a promise of the same kind: a standard, a behaviour, a level".into()),
            },
        }
    }
}

/// What to write instead.
fn mend(way: &Looser, than: &str) -> String {
    match way {
        Looser::Target { case, other, .. } => match case {
            Some(case) => format!("promise such a case no more time, in a first row: `{other} when {case}`"),
            None => format!("promise no more time: `{other}`"),
        },
        Looser::Due { .. } => format!("count the hours that `{than}` counts, or promise less time"),
        Looser::Waits { case, .. } => format!("say what is due then, in a first row: `within … when {case}`"),
        Looser::Event { does, event, case } => does_mend(*does, event, case.as_deref(), than),
        Looser::Delay { .. } => "let the clock begin no later".into(),
        Looser::FirstOnly => "take out `first`".into(),
        Looser::NotPer { field } => format!("add `per {field}`"),
        Looser::Extension { by } => format!("take out `extend {by} …`"),
        Looser::Exempt { name } => {
            format!("name the standards that `{name}` is for, without this one: `for …`; or write `never exempt` here")
        }
        Looser::Escalation { at, to } => format!("add a level to its escalation: `at {at} to {to} within …`"),
        Looser::NotJudged { .. } => "take out the status, or `at least as strict as`".into(),
        Looser::Bound { other, .. } => format!("say it as `{than}` does: `{other}`"),
        Looser::Wider { other, .. } => format!("tell it apart `{other}`"),
        Looser::Leaves { .. } => "add it".into(),
    }
}

fn does_mend(does: super::Does, event: &str, case: Option<&str>, than: &str) -> String {
    use super::Does;
    let with = case.map(|case| format!(" where {case}")).unwrap_or_default();
    match does {
        Does::Starts => format!("let it start the clock here too: `from … or {event}{with}`"),
        Does::Resumes => format!("let it end the pause here too: `resume on … or {event}{with}`"),
        Does::Reopens => format!("add `reopen on {event}{with}`"),
        Does::Stops | Does::Cancels | Does::Pauses | Does::Restarts | Does::Ends => {
            format!("take `{event}` out here, or narrow it with `where`, as `{than}` does")
        }
        Does::Asked => format!("ask it of `{event}{with}` too, as `{than}` does"),
        Does::Passes => format!("let it fail here too: narrow what must hold of `{event}`"),
        Does::Answers => format!("accept no more than `{than}` does: narrow `{event}` with `where`, or take it out"),
    }
}
