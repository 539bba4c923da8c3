//! What resolving finds at fault, by what it is about.

mod clauses;
mod empowerment;
mod escalations;
mod names;
mod remedies;
mod rules;
mod time;
mod types;

pub use clauses::ClauseFault;
pub use empowerment::EmpowermentFault;
pub use escalations::EscalationFault;
pub use names::NameFault;
pub use remedies::RemedyFault;
pub use rules::RuleFault;
pub use time::{DaysOf, TimeFault};
pub use types::TypeFault;
