//! `--format`: the formats of a document, as its list names them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::report::Format;

/// The format of a document that somebody chose.
pub type Chosen<D> = &'static dyn Format<D>;

/// Takes one of some formats by its name.
pub fn among<D: ?Sized + 'static>(formats: &'static [Chosen<D>]) -> impl TypedValueParser<Value = Chosen<D>> {
    let names = formats.iter().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(names)
        .try_map(|name| formats.iter().find(|format| format.name() == name).copied().ok_or("there is no such format"))
}
