//! What the user wants shown otherwise than the input says: names, what is hidden, drawn as one or commented, and the
//! order of VPCs. Architecture → Architecture, between the model and what is drawn of it.
//!
//! Verdicts are made of the architecture as it is: hiding a fault does not mend it.

mod hide;
mod select;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::architecture::Architecture;
use crate::diag::Diagnostic;
use crate::inventory::Address;
pub use select::Selector;
use select::{Names, identities};

#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Who is called otherwise, and how.
    pub rename: Vec<(Selector, String)>,
    /// What is not drawn, nor what stands in it or leads to it.
    pub hide: Vec<Selector>,
    /// The things that are drawn as one where they stand in one place, by its name.
    pub group: Vec<(String, Vec<Selector>)>,
    /// What is written at a thing.
    pub note: Vec<(Selector, String)>,
    /// The first VPCs of a region, in their order.
    pub vpc_order: Vec<Selector>,
    /// Names for those outside the cloud, by who they are ([`ACTORS`]).
    pub actors: BTreeMap<String, String>,
}

impl Overrides {
    /// Whether an architecture stays as it is: names of actors are no part of it.
    pub fn is_empty(&self) -> bool {
        let Overrides { rename, hide, group, note, vpc_order, actors: _ } = self;
        rename.is_empty() && hide.is_empty() && group.is_empty() && note.is_empty() && vpc_order.is_empty()
    }
}

/// Who can stand outside the cloud.
pub const ACTORS: [&str; 7] =
    ["administrator", "client", "clients", "hybrid-nodes", "internet", "kubeconfig", "kubectl"];

/// Changes the architecture, and gives how many things are hidden. A name that nothing has is among the diagnostics.
pub fn apply(overrides: &Overrides, architecture: &mut Architecture, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let names = Names::of(architecture);
    let mut find = |selector: &Selector| names.find(selector, diagnostics);
    let hidden = overrides.hide.iter().flat_map(&mut find).collect();
    let renamed: Vec<_> = overrides.rename.iter().map(|(selector, name)| (find(selector), name)).collect();
    let noted: Vec<_> = overrides.note.iter().map(|(selector, note)| (find(selector), note)).collect();
    let grouped = overrides.group.iter();
    let grouped: Vec<(Vec<Address>, &String)> =
        grouped.map(|(name, selectors)| (selectors.iter().flat_map(&mut find).collect(), name)).collect();
    let order: Vec<Address> = overrides.vpc_order.iter().flat_map(&mut find).collect();

    let hidden = hide::hide(hidden, architecture);
    for identity in identities(architecture) {
        let of = |list: &[(Vec<Address>, &String)]| {
            list.iter().find(|(addresses, _)| addresses.contains(&identity.address)).map(|(_, text)| (*text).clone())
        };
        let (name, note, group) = (of(&renamed), of(&noted), of(&grouped));
        if let Some(name) = name {
            identity.name = name;
            identity.path = None;
        }
        identity.note = note;
        identity.grouped = group;
    }
    for region in &mut architecture.regions {
        let place = |address: &Address| order.iter().position(|first| first == address).unwrap_or(order.len());
        region.vpcs.sort_by_key(|vpc| place(&vpc.identity.address));
    }
    hidden
}
