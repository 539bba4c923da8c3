//! Diagnostics as people and machines read them: a file a format.

mod line;
#[cfg(feature = "cli")]
mod picture;

pub use line::line;

use super::Diagnostic;
use crate::source::Sources;

/// A diagnostic for a person: a picture of the source, `width` columns wide, or without the feature `cli` a line.
/// Whatever it quotes may be shown as it is; only our own colours are for the terminal.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: bool, width: usize) -> String {
    #[cfg(feature = "cli")]
    return picture::picture(diagnostic, sources, colour, width);
    #[cfg(not(feature = "cli"))]
    {
        let _ = (colour, width);
        line(diagnostic, sources)
    }
}
