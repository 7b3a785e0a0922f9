//! `--redact`: what is masked is masked in the inputs, before they are read.

use super::{Inputs, input};
use crate::diag::Diagnostic;
use crate::read::{self, Given, Loader, Options};
use crate::redact::Masks;

/// Masks the sources, and what was said of them so far.
///
/// The inputs are read once only to find the templates that they nest: a mask has its number among all that is masked.
pub fn redact(inputs: &Inputs, files: &mut input::Files, folders: &mut dyn Loader, diagnostics: &mut [Diagnostic]) {
    let options = input::options(inputs, &files.sources, &mut Vec::new());
    read::read(&mut files.sources, &options, Some(folders), &mut Vec::new());
    let given = inputs.parameters.iter().map(|(_, value)| value).chain(&inputs.account);
    let written = files.sources.iter().skip(files.masked).flat_map(|(_, source)| [&source.name, &source.text]);
    files.masks.learn(written.chain(given).map(String::as_str));
    files.sources.rewrite(files.masked, |text| files.masks.masked(text));
    files.masked = files.sources.iter().count();
    for diagnostic in diagnostics {
        diagnostic.message = files.masks.masked(&diagnostic.message);
    }
}

/// Masks what was given on the command line. What files give is masked in them.
pub fn redact_given(options: &mut Options, masks: &Masks) {
    for Given { value, .. } in options.parameters.iter_mut().filter(|given| given.origin.is_none()) {
        *value = masks.masked(value);
    }
    options.account = options.account.take().map(|account| masks.masked(&account));
}
