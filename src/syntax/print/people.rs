//! Roles, and whom they lead.

use super::Printer;
use super::page::PrintedBlock;

use crate::syntax::tree::*;

impl Printer<'_> {
    // ── People and time ─────────────────────────────────────────────────────────────────────────

    pub(super) fn role(&self, role: &Role) -> PrintedBlock {
        let led = self.names(&role.leads);
        let leads = if led.is_empty() { led } else { self.say(format!("leads {led}"), format!("管辖 {led}")) };
        self.single(["role", "岗位"], &role.name, role.label.as_ref(), &[leads])
    }
}
