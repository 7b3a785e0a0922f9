//! What the AWS CLI says of a live account: saved answers of `describe-*` and `list-*`, or a snapshot of many.
//!
//! Every kind has a table that renames the API's fields to CloudFormation's properties, so that everything behind the
//! reader is the same for an account as for the template that made it.

mod answers;
mod asides;
mod balancers;
mod computers;
mod databases;
mod default_vpc;
mod draft;
mod eks;
mod groups;
mod hints;
mod homes;
mod interfaces;
mod item;
mod links;
mod members;
mod missing;
mod network;
mod security;
mod services;
mod snapshot;
mod stacks;
mod table;
#[cfg(test)]
mod tests;
mod user_data;

use super::Options;
use crate::diag::{Diagnostic, Known, Origin};
use crate::hashing::HashMap;
use crate::inventory::{Inventory, Stack};
use crate::syntax::node::Node;

use answers::Answers;
pub use answers::is_answer;
use draft::{Draft, NOWHERE};
use homes::Homes;
use members::Members;

/// Reads all answers as one account, into a stack for each region. Each document comes with its file's name.
pub fn read<'n>(
    documents: impl IntoIterator<Item = (&'n Node, &'n str)>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
    inventory: &mut Inventory,
) {
    let mut answers = Answers::default();
    for (node, name) in documents {
        if let Some(version) = snapshot::later_version(node) {
            diagnostics.push(later_snapshot(node, version));
        }
        answers.read(node, name);
    }
    let (homes, members) = (Homes::of(&answers), Members::of(&answers));
    let stacks: HashMap<&str, String> = homes.regions().map(|region| (region, free_name(region, inventory))).collect();
    let mut draft = Draft::new(&answers, &members, &homes, &stacks);
    draft.make_all();
    draft.resolve();
    missing::say(&answers, diagnostics);
    default_vpc::fold(&mut draft, diagnostics);
    diagnostics.extend(draft.blackholes.drain(..).map(blackhole));
    let account = match answers.asides.accounts.first() {
        Some(account) if answers.asides.accounts.len() == 1 => Some(Known::Yes(account.to_string())),
        _ => options.account.clone().map(Known::Yes),
    };
    for region in homes.regions() {
        let name = stacks[region].clone();
        inventory.stacks.push(Stack { name, region: Some(Known::Yes(region.to_string())), account: account.clone() });
    }
    if homes.regions().next().is_none() {
        let region = options.region.clone().map(Known::Yes);
        inventory.stacks.push(Stack { name: NOWHERE.to_string(), region, account });
    }
    inventory.resources.append(&mut draft.resources);
    inventory.asked = Some(answers.asked_types());
}

/// A stack's name that no input has.
fn free_name(name: &str, inventory: &Inventory) -> String {
    let mut free = name.to_string();
    while inventory.stacks.iter().any(|stack| stack.name == free) {
        free.push('~');
    }
    free
}

fn later_snapshot(node: &Node, version: &str) -> Diagnostic {
    let message =
        format!("this snapshot has version {version}, which a later eksdiagram wrote; what is new in it is not read");
    Diagnostic::warning("later-snapshot", message)
        .at(Origin::new("", node.place))
        .hint("update eksdiagram, or collect again with this one")
}

fn blackhole(blackhole: draft::Blackhole) -> Diagnostic {
    let draft::Blackhole { destination, table, origin } = blackhole;
    let message = format!("the route {destination} in {table} leads nowhere: what it leads to is gone");
    Diagnostic::warning("blackhole-route", message)
        .at(origin)
        .hint("what uses it has no way out; the picture is drawn without the route")
}
