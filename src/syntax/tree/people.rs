//! Roles, and whom they lead.

use super::{Name, Text};

/// `role team_lead leads agent`
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// The role.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// The roles it leads.
    pub leads: Vec<Name>,
}
