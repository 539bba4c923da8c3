//! Whether standards are sound: resolve, prove, compare, in order.
//!
//! ```text
//! trees ─► resolve ─► graph ─► proofs, compare ─► diagnostics
//! ```
//!
//! A graph is fit for use only if no diagnostic is an error.

mod standards;
mod undeclared_loosening;
mod version_faults;
mod version_headers;
mod versions;

pub use standards::check;
pub use version_faults::VersionFault;
pub use versions::build_versions;
