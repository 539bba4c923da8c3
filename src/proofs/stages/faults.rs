//! Stages that take longer than the whole, and the words for it.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// Stages that may be in time, each of them, while the whole is late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StageFault {
    /// The promise over all stages.
    pub whole: String,
    /// What it promises, as written.
    pub promised: String,
    /// The stages in order: name, and what is promised, as written.
    pub stages: Vec<(String, String)>,
    /// What they come to.
    pub together: String,
    /// A case for which that is so; none if any will do.
    pub example: Option<String>,
}

impl Fault for StageFault {
    fn code(&self) -> Code {
        codes::CLOCK_STAGES_ADD_UP
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn is_configurable(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        let Self { whole, promised, stages, together, example } = self;
        let names: Vec<String> = stages.iter().map(|(name, _)| format!("`{name}`")).collect();
        let rows: Vec<String> = stages.iter().map(|(_, row)| format!("`{row}`")).collect();
        let case = example.as_ref().map_or("a case".to_owned(), |example| format!("a case with `{example}`"));
        Words {
            message: format!(
                "{} may take {together} together, which is more than `{whole}` promises: its customer waits too long \
                 while every stage is in time",
                listed(&names)
            ),
            label: "the whole".into(),
            other: "the longest of its stages".into(),
            help: Some(format!(
                "{case} that takes all the time of {} breaks `{promised}`; give a stage less, or the whole {together}",
                listed(&rows)
            )),
        }
    }
}

/// `one`, `two` and `three`
fn listed(names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}
