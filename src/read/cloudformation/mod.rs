//! CloudFormation templates → resources: every function is evaluated, every condition decided.
//!
//! In two passes over all templates of a run: first what each declares (resources with their conditions,
//! exports), then what the resources say, so that references find what stands behind them in the file, and
//! imports what stands in another one.

mod call;
mod conditions;
mod cycles;
mod dynamic;
mod evaluate;
mod imports;
mod lists;
mod loops;
mod names;
mod nested;
mod parameters;
mod properties;
mod pseudo;
mod references;
mod resources;
mod setting;
mod telling;
mod template;
mod text;
mod value;

#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;

pub use nested::{Wish, may_nest};
pub use template::{Parent, Template};

use crate::diag::{Diagnostic, Known, Origin, Place, Severity, Sources};
use crate::inventory::{Inventory, Stack, Unknown};
use crate::read::Options;
use crate::syntax::node::Node;
use crate::threads;
use evaluate::{Context, Evaluator};
use resources::Declared;
use telling::Once;

/// The templates of a run, read together.
pub struct Reader<'a> {
    /// One a thread. All know what the templates declare; what values come to, each finds out for itself.
    evaluators: Vec<Evaluator<'a>>,
    once: Once,
    unknown: Vec<Unknown>,
}

impl<'a> Reader<'a> {
    /// Learns what the templates declare.
    pub fn over(
        templates: &'a [Template<'a>],
        sources: &'a Sources,
        options: &'a Options,
        threads: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Reader<'a> {
        let mut evaluator = Evaluator::over(templates, sources, options);
        parameters::check_names(templates, options, diagnostics);
        for (stack, template) in templates.iter().enumerate() {
            tell_of_template(template, diagnostics);
            evaluator.within(Context::of(stack, "Resources"), Evaluator::declare);
        }
        for stack in 0..templates.len() {
            evaluator.within(Context::of(stack, "Parameters"), Evaluator::check_handed_down);
            evaluator.within(Context::of(stack, "Outputs"), Evaluator::collect_exports);
        }
        let (mut once, mut unknown) = (Once::default(), Vec::new());
        once.pass(evaluator.told.take(), diagnostics, &mut unknown);
        Reader { evaluators: vec![evaluator; threads.max(1)], once, unknown }
    }

    /// Why names stand in place of values, in all that was read.
    pub fn unknown(self) -> Vec<Unknown> {
        self.unknown
    }

    /// Whether what several threads read is what one alone would have read.
    pub fn is_settled(&self) -> bool {
        self.evaluators.len() == 1 || Evaluator::agree(&self.evaluators)
    }

    /// Reads one template's stack into the inventory.
    pub fn read(&mut self, stack: usize, diagnostics: &mut Vec<Diagnostic>, inventory: &mut Inventory) {
        let [evaluator, ..] = self.evaluators.as_slice() else { return };
        let Some(template) = evaluator.templates.get(stack) else { return };
        inventory.stacks.push(Stack {
            name: template.stack.to_string(),
            region: template.region.clone().map(Known::Yes),
            account: template.account.clone().map(Known::Yes),
        });
        let declared = evaluator.memory[stack].resources.clone();
        let declared: Vec<_> = declared.iter().collect();
        let mut depends = Vec::with_capacity(declared.len());
        inventory.resources.reserve(declared.len());
        let read = |(id, resource): &(&String, &Declared<'a>), evaluator: &mut Evaluator<'a>| {
            evaluator.read(stack, id, resource)
        };
        for read in threads::map(&declared, &mut self.evaluators, read) {
            self.once.pass(read.said, diagnostics, &mut self.unknown);
            depends.push(read.depends);
            inventory.resources.extend(read.resource.map(|resource| (resource.address.clone(), resource)));
        }
        if let [evaluator, ..] = self.evaluators.as_mut_slice() {
            evaluator.within(Context::of(stack, "Resources"), |evaluator| cycles::tell(evaluator, &depends));
            self.once.pass(evaluator.told.take(), diagnostics, &mut self.unknown);
        }
    }
}

/// The templates that stacks nest, from the stack with this index on.
pub fn wishes(templates: &[Template<'_>], from: usize, sources: &Sources, options: &Options) -> Vec<Wish> {
    let mut evaluator = Evaluator::over(templates, sources, options);
    for stack in 0..templates.len() {
        evaluator.within(Context::of(stack, "Resources"), Evaluator::declare);
    }
    let of_stack = |stack| evaluator.within(Context::of(stack, "Resources"), Evaluator::wishes).0;
    (from..templates.len()).flat_map(of_stack).collect()
}

/// What is wrong with, or missing from, the template as a whole.
fn tell_of_template(template: &Template<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for macro_ in &template.macros {
        diagnostics.push(macro_not_run(macro_.name).at(Origin::new("Transform", macro_.place)));
    }
    if template.section("Resources").is_none_or(|resources| resources.is_empty()) {
        diagnostics.push(no_resources(template));
    }
}

fn macro_not_run(name: &str) -> Diagnostic {
    let message = format!("the macro `{name}` is not run: what it would add or change is not drawn");
    Diagnostic::warning("macro-not-run", message).hint(PROCESSED)
}

const PROCESSED: &str =
    "to draw it, give the processed template (`aws cloudformation get-template --template-stage Processed`)";

fn no_resources(template: &Template<'_>) -> Diagnostic {
    let written = template.root.as_map().and_then(|sections| sections.get("Resources"));
    let (message, place) = match written {
        Some(entry) if !entry.node.is_null() && entry.node.as_map().is_none() => {
            ("the template's `Resources` are not a map", entry.node.place)
        }
        Some(entry) => ("the template's `Resources` are empty: there is nothing to draw", entry.key()),
        None => ("the template has no resources: there is nothing to draw", start(template.root)),
    };
    let mut diagnostic = Diagnostic::error("no-resources", message).at(Origin::new("Resources", place));
    if template.parent.is_some() {
        diagnostic.severity = Severity::Warning;
    }
    let misspelled = template.root.as_map().and_then(|map| {
        map.keys().find(|key| *key != "Resources" && crate::spelling::nearest(key, ["Resources"]).is_some())
    });
    match misspelled {
        Some(key) => diagnostic.hint(format!("`{key}` is spelled `Resources`")),
        None => diagnostic,
    }
}

/// The first key of a document: the whole would underline everything.
fn start(root: &Node) -> Place {
    root.as_map().and_then(|map| map.values().next()).map_or(root.place, |entry| entry.key())
}
