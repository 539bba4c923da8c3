//! What can be wrong with a level, and the words for it.

use crate::diagnostic::{Code, Fault, Words, codes};
use crate::vocabulary::Kind;

/// A fault in the meaning of a level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LevelFault {
    /// A second measure in one level.
    SecondMeasure,
    /// A share of a promise that has no verdict in a case.
    NoVerdicts {
        /// The promise.
        promise: String,
    },
    /// A statistic of the time that something takes, where it is no clock.
    NoClock {
        /// The promise.
        promise: String,
        /// What it is: `a behaviour`.
        kind: Kind,
    },
    /// A number of another unit than the measure.
    OtherUnit {
        /// What was written.
        written: String,
        /// What the measure is told in: `percent`.
        unit: &'static str,
        /// How to write it.
        example: String,
    },
    /// A statistic of scores, where a clock is named.
    ScoresOfAClock {
        /// The statistic.
        statistic: &'static str,
        /// The standard.
        standard: String,
    },
    /// A number that the measure can never reach, or never miss.
    BeyondReach {
        /// What was written: `at least 6`.
        written: String,
        /// Whether it always holds; else it never does.
        always: bool,
        /// From where to where the measure goes.
        reach: String,
    },
    /// A field of another type than the statistic needs.
    Scores {
        /// The statistic.
        statistic: &'static str,
        /// The field.
        field: String,
        /// Its type, as the language spells it.
        kind: String,
        /// What it needs, and what to declare.
        needed: &'static str,
    },
    /// A segment named as what a level is told apart by.
    GroupIsSegment {
        /// The segment.
        segment: String,
    },
    /// A private field named as what a level is told apart by.
    PrivateGroup {
        /// The field.
        field: String,
    },
    /// A field named twice among the groups.
    GroupTwice {
        /// The field.
        field: String,
    },
    /// `of due` or `of stop` where no clock is measured.
    NoAnchor {
        /// The anchor.
        anchor: &'static str,
    },
    /// A rolling window of something else than whole days.
    NotDays {
        /// The limit as written.
        written: String,
        /// The days that come nearest.
        days: u32,
    },
    /// A clause that says nothing of this measure.
    Idle {
        /// The clause.
        clause: &'static str,
        /// What it speaks of.
        speaks_of: &'static str,
    },
    /// A row of an attribute that asks for a case.
    NoCase,
}

impl Fault for LevelFault {
    fn code(&self) -> Code {
        match self {
            LevelFault::SecondMeasure => codes::LEVEL_SECOND_MEASURE,
            LevelFault::NoVerdicts { .. } => codes::LEVEL_NO_VERDICTS,
            LevelFault::NoClock { .. } => codes::LEVEL_NO_CLOCK,
            LevelFault::OtherUnit { .. } => codes::LEVEL_OTHER_UNIT,
            LevelFault::BeyondReach { .. } => codes::LEVEL_BEYOND_REACH,
            LevelFault::Scores { .. } | LevelFault::ScoresOfAClock { .. } => codes::LEVEL_SCORES,
            LevelFault::GroupIsSegment { .. } | LevelFault::PrivateGroup { .. } | LevelFault::GroupTwice { .. } => {
                codes::LEVEL_GROUP
            }
            LevelFault::NoAnchor { .. } | LevelFault::NotDays { .. } => codes::LEVEL_WINDOW,
            LevelFault::Idle { .. } => codes::LEVEL_IDLE_CLAUSE,
            LevelFault::NoCase => codes::LEVEL_NO_CASE,
        }
    }

    fn words(&self) -> Words {
        match self {
            LevelFault::SecondMeasure => Words {
                message: "a level measures one thing: nobody could tell which of two was missed".into(),
                label: "a second measure".into(),
                other: "the first".into(),
                help: Some("make it a level of its own".into()),
            },
            LevelFault::NoVerdicts { promise } => Words {
                message: format!("`{promise}` is a level: it has no verdict in a case that could be counted"),
                label: "a share of what?".into(),
                help: Some("name a standard, a behaviour, an authority or a scorecard".into()),
                ..Words::default()
            },
            LevelFault::NoClock { promise, kind } => Words {
                message: format!(
                    "`{promise}` is {}, and only the clock of a standard takes time: there is nothing to measure",
                    kind.with_article()
                ),
                label: "this takes no time".into(),
                help: Some("name a standard, or a field: `mean of score of survey.answered`".into()),
                ..Words::default()
            },
            LevelFault::OtherUnit { written, unit, example } => Words {
                message: format!(
                    "this is measured in {unit}, and `{written}` is not: nobody could tell whether it was kept"
                ),
                label: "this value".into(),
                help: Some(format!("write a value such as `{example}`")),
                ..Words::default()
            },
            LevelFault::ScoresOfAClock { statistic, standard } => Words {
                message: format!(
                    "`{statistic}` is made of scores, and `{standard}` is a clock: the figure would mean nothing"
                ),
                label: "this takes time".into(),
                help: Some(format!("write `mean of {standard}` or `p90 of {standard}`, or name a field of an event")),
                ..Words::default()
            },
            LevelFault::BeyondReach { written, always, reach } => Words {
                message: match always {
                    true => format!("`{written}` always holds, so nothing is promised: this measure goes {reach}"),
                    false => format!("`{written}` can never hold, whatever people do: this measure goes {reach}"),
                },
                label: "this value".into(),
                help: Some("write a value that the measure can reach and can miss".into()),
                ..Words::default()
            },
            LevelFault::Scores { statistic, field, kind, needed } => Words {
                message: format!(
                    "`{statistic}` is made of {needed}, and `{field}` is `{kind}`: the figure would mean nothing"
                ),
                label: "this field".into(),
                other: "declared here".into(),
                help: Some(match *statistic {
                    "nps" => format!("declare `{field}: 0..10`; for another scale take `mean of {field} of …`"),
                    "csat" => format!("declare `{field}: 1..5`"),
                    _ => format!("declare `{field}: number`, or another field"),
                }),
            },
            LevelFault::GroupIsSegment { segment } => Words {
                message: format!(
                    "`{segment}` is a segment, and groups are told apart by a field: nobody could see whom a result is about"
                ),
                label: "for each what?".into(),
                other: "declared here".into(),
                help: Some("name the field that the segment asks about".into()),
            },
            LevelFault::PrivateGroup { field } => Words {
                message: format!(
                    "`{field}` is private, and a level for each would show it to whoever reads the report"
                ),
                label: "this field".into(),
                other: "declared here".into(),
                help: Some("name a field that may be shown".into()),
            },
            LevelFault::GroupTwice { field } => Words {
                message: format!("`{field}` is named twice: it tells results apart only once"),
                label: "again here".into(),
                help: Some("keep one of them".into()),
                ..Words::default()
            },
            LevelFault::NoAnchor { anchor } => Words {
                message: format!("only a clock has a {anchor}, and this level measures none: no case would count"),
                label: format!("the {anchor} of what?"),
                help: Some(format!("leave `of {anchor}` out")),
                ..Words::default()
            },
            LevelFault::NotDays { written, days } => Words {
                message: format!(
                    "a level looks back over whole calendar days, and `{written}` is none: what counts would hang on the hour"
                ),
                label: "this time".into(),
                help: Some(match days {
                    1 => "write `in any 1 calendar day`, or `per day`".into(),
                    days => format!("write `in any {days} calendar days`"),
                }),
                ..Words::default()
            },
            LevelFault::Idle { clause, speaks_of } => Words {
                message: format!(
                    "`{clause}` says nothing here, and the figure is told without it: it speaks of {speaks_of}"
                ),
                label: "this clause".into(),
                help: Some("take it out".into()),
                ..Words::default()
            },
            LevelFault::NoCase => Words {
                message: "a level speaks of many cases, and `when` asks for one: nobody could say which".into(),
                label: "of which case?".into(),
                help: Some("say it without a condition; `for each FIELD` tells groups apart".into()),
                ..Words::default()
            },
        }
    }
}
