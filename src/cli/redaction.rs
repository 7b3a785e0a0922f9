//! `--redact`: what is masked is masked in the inputs, before they are read.

use super::{Inputs, input};
use crate::diag::{Diagnostic, Sources};
use crate::read::{self, Given, Loader, Options};
use crate::redact::Masks;

/// Masks the sources, and what was said of them so far.
///
/// The inputs are read once only to find the templates that they nest: a mask has its number among all that is masked.
pub fn redact(
    inputs: &Inputs,
    sources: &mut Sources,
    folders: &mut dyn Loader,
    diagnostics: &mut [Diagnostic],
) -> Masks {
    let options = input::options(inputs, sources, &mut Vec::new());
    read::read(sources, &options, Some(folders), &mut Vec::new());
    let given = inputs.parameters.iter().map(|(_, value)| value).chain(&inputs.account);
    let written = sources.iter().flat_map(|(_, source)| [&source.name, &source.text]);
    let masks = Masks::of(written.chain(given).map(String::as_str));
    sources.rewrite(|text| masks.masked(text));
    for diagnostic in diagnostics {
        diagnostic.message = masks.masked(&diagnostic.message);
    }
    masks
}

/// Masks what was given on the command line. What files give is masked in them.
pub fn redact_given(options: &mut Options, masks: &Masks) {
    for Given { value, .. } in options.parameters.iter_mut().filter(|given| given.origin.is_none()) {
        *value = masks.masked(value);
    }
    options.account = options.account.take().map(|account| masks.masked(&account));
}
