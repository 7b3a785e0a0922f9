//! Nodes → Inventory: one schema, CloudFormation's, for every input.

mod cloudformation;
mod eksctl;
mod format;
mod meet;
pub(crate) mod spelling;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::diag::{Diagnostic, Sources};
use crate::inventory::Inventory;
use crate::syntax;
use crate::syntax::node::Node;
use format::Format;

/// What the user said beside the inputs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// CloudFormation parameters, `--parameter K=V`; a later one wins.
    pub parameters: Vec<(String, String)>,
    pub region: Option<String>,
    pub account: Option<String>,
}

/// A document of one of the files.
struct Input {
    /// The name of its stack.
    name: String,
    format: Format,
    node: Node,
}

/// The trees that an inventory was read from. It shares texts with them, so that freeing them leaves small holes all
/// over the memory, which slow down whatever comes next.
pub struct Documents(#[expect(dead_code, reason = "kept, or freed, and nothing else")] Vec<Input>);

/// Reads all inputs into one inventory. Inputs that fit no format are errors among the diagnostics.
pub fn read(sources: &Sources, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Inventory {
    read_keeping(sources, options, diagnostics).0
}

/// [`read`], for a caller that has a better time to free the documents.
pub fn read_keeping(sources: &Sources, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> (Inventory, Documents) {
    let inputs = inputs(sources, diagnostics);
    let inventory = inventory(&inputs, sources, options, diagnostics);
    (inventory, Documents(inputs))
}

fn inventory(inputs: &[Input], sources: &Sources, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Inventory {
    let templates: Vec<cloudformation::Template<'_>> = inputs
        .iter()
        .filter(|input| input.format == Format::CloudFormation)
        .map(|input| cloudformation::Template::new(&input.name, format::body(&input.node), options))
        .collect();
    let mut reader = cloudformation::Reader::over(&templates, sources, options, diagnostics);
    let mut inventory = Inventory::default();
    let mut stacks = 0..templates.len();
    for input in inputs {
        match input.format {
            Format::CloudFormation => {
                if let Some(stack) = stacks.next() {
                    reader.read(stack, diagnostics, &mut inventory);
                }
            }
            Format::ClusterConfig => {
                eksctl::read(&input.node, options, &input.name, diagnostics, &mut inventory);
            }
        }
    }
    meet::meet(&mut inventory, diagnostics);
    inventory
}

/// The documents that can be read, each with a stack name that no other has.
fn inputs(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut names = HashSet::new();
    for (file, source) in sources.iter() {
        let documents = match syntax::parse(file, &source.text, diagnostics) {
            Ok(documents) => documents,
            Err(error) => {
                diagnostics.push(error);
                continue;
            }
        };
        let mut unreadable = Vec::new();
        let mut readable = 0;
        if documents.is_empty() {
            diagnostics.push(format::nothing(file));
        }
        for node in documents {
            match format::of(&node) {
                Ok(format) => {
                    readable += 1;
                    inputs.push(Input { name: unique(&stem(&source.name), &mut names), format, node });
                }
                Err(trouble) => unreadable.push(trouble),
            }
        }
        // Beside a document that can be read, another kind of document is no reason to draw nothing.
        diagnostics.extend(unreadable.into_iter().map(|trouble| match readable {
            0 => trouble.into_error(),
            _ => trouble.into_warning(),
        }));
    }
    inputs
}

/// `vpc` of `network/vpc.yaml`.
fn stem(name: &str) -> String {
    if name == "-" {
        return "stdin".to_string();
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_string(),
        _ => file.to_string(),
    }
}

fn unique(stem: &str, taken: &mut HashSet<String>) -> String {
    let mut name = stem.to_string();
    let mut n = 1;
    while !taken.insert(name.clone()) {
        n += 1;
        name = format!("{stem}~{n}");
    }
    name
}
