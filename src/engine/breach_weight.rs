//! How much a breach weighs: the rows of a rule's attributes that hold in a case.

use super::finding::BreachWeight;
use super::truth::{Facts, Truth};

use crate::graph::{Attributes, Row};

/// The grade that attributes give, as things stand.
pub fn weight_of(attributes: &Attributes, facts: Facts<'_>) -> BreachWeight {
    let material = attributes.material.as_ref();
    BreachWeight {
        severity: word(&attributes.severity, facts),
        material: material.is_some_and(|condition| facts.holds(condition.as_ref()) == Truth::True),
        control: word(&attributes.control, facts),
    }
}

/// The grade of what speaks of no single case: the rows without a condition.
pub fn grade_without_a_case(attributes: &Attributes) -> BreachWeight {
    let word = |rows: &[Row]| rows.iter().find(|row| row.condition.is_none()).map(|row| row.word.clone());
    BreachWeight {
        severity: word(&attributes.severity),
        material: attributes.material == Some(None),
        control: word(&attributes.control),
    }
}

/// The word of the first row that holds; a row that cannot be told is passed over, for a grade decides
/// no verdict.
fn word(rows: &[Row], facts: Facts<'_>) -> Option<String> {
    let holds = |row: &&Row| facts.holds(row.condition.as_ref()) == Truth::True;
    rows.iter().find(holds).map(|row| row.word.clone())
}
