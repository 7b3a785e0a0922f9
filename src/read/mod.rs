//! Nodes → Inventory: one schema, CloudFormation's, for every input.

mod account;
mod cloudformation;
mod documents;
mod eksctl;
mod format;
mod meet;
mod nested;
mod parameter_file;
mod secrets;
mod stacks;

#[cfg(test)]
mod tests;

use crate::diag::{Diagnostic, FileId, Origin, Place, Sources};
use crate::inventory::Inventory;
use crate::threads;
pub use nested::base_name;
pub use parameter_file::parameters;

pub use documents::Documents;
use format::Format;
use stacks::Inputs;

/// Bytes of input from which on searching it for secrets is worth a thread's start.
const LARGE: usize = 100_000;

/// What the user said beside the inputs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// CloudFormation parameters; a later one wins.
    pub parameters: Vec<Given>,
    pub region: Option<String>,
    pub account: Option<String>,
}

/// A parameter's value, from the command line or a file of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub name: String,
    pub value: String,
    /// Where a file says it.
    pub origin: Option<Origin>,
}

impl Given {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Given {
        Given { name: name.into(), value: value.into(), origin: None }
    }

    fn at(self, place: Place) -> Given {
        Given { origin: Some(Origin::new(self.name.as_str(), place)), ..self }
    }
}

/// Fetches the templates of nested stacks: whoever calls the reader decides what may be read.
pub trait Loader {
    /// The file that `location`, a path or a URL, means in the file `parent`: one of the sources, or one that this
    /// adds to them. `None` if there is none; an error where it is there and is not to be read.
    fn load(&mut self, sources: &mut Sources, parent: FileId, location: &str) -> Result<Option<FileId>, Diagnostic>;
}

/// Reads all inputs into one inventory. Inputs that fit no format are errors among the diagnostics.
///
/// Templates of nested stacks are sought among the inputs, and through `loader` where there is one; what that finds is
/// added to the sources.
pub fn read(
    sources: &mut Sources,
    options: &Options,
    loader: Option<&mut dyn Loader>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Inventory {
    read_keeping(sources, options, loader, diagnostics).0
}

/// [`read`], for a caller that has a better time to free the documents. The inventory shares texts with them, so that
/// freeing them leaves small holes all over the memory, which slow down whatever comes next.
pub fn read_keeping(
    sources: &mut Sources,
    options: &Options,
    loader: Option<&mut dyn Loader>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Inventory, Documents) {
    let mut documents = Documents::of_inputs(sources, diagnostics);
    let stacks = nested::arrange(&mut documents, sources, options, loader, diagnostics);
    let size: usize = sources.iter().map(|(_, source)| source.text.len()).sum();
    let (secrets, mut inventory) = threads::both(
        size > LARGE,
        || documents.secrets(),
        || inventory(&documents, &stacks, sources, options, diagnostics),
    );
    secrets.into_iter().for_each(|(file, spans)| sources.hide(file, spans));
    meet::meet(&mut inventory, diagnostics);
    secrets::hide(&mut inventory);
    (inventory, documents)
}

fn inventory(
    documents: &Documents,
    stacks: &[nested::Stack],
    sources: &Sources,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Inventory {
    let templates = nested::templates(stacks, &documents.all, options);
    let inputs = Inputs { documents, stacks, templates: &templates, sources, options };
    let mut inventory = inputs.read(diagnostics);
    // All of them together: an account is told by many answers.
    let answers = documents.all.iter().filter(|document| document.format == Format::Account);
    let mut answers = answers.map(|answer| (&answer.node, answer.name.as_str())).peekable();
    if answers.peek().is_some() {
        account::read(answers, options, diagnostics, &mut inventory);
    }
    inventory
}
