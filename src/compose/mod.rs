//! Architecture + view → Diagram: what is drawn, in which words. Total, and without a coordinate.
//!
//! The only stage that sees both AWS and boxes. One file a view; what views share has a file of its own.

mod captions;
mod control_plane;
mod edges;
mod headings;
mod legend;
mod network;
mod order;
mod rows;
mod section;
#[cfg(test)]
mod tests;
mod things;

use std::collections::BTreeMap;

use crate::architecture::Architecture;
use crate::diagram::Diagram;
use crate::inventory::Address;
use crate::lang::{Language, Phrases};

/// What the user asked of the picture.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub view: View,
    pub language: Language,
    /// Instead of the title made from the cluster's or VPC's name.
    pub title: Option<String>,
    pub legend: Legend,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// VPCs as a matrix of zones and tiers.
    #[default]
    Network,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Legend {
    /// Where the picture has lines or bands that need one.
    #[default]
    Auto,
    On,
    Off,
}

pub fn compose(architecture: &Architecture, options: &Options) -> Diagram {
    let context = Context { phrases: options.language.phrases(), names: names(architecture) };
    let mut diagram = match options.view {
        View::Network => network::compose(architecture, &context),
    };
    if let Some(title) = &options.title {
        diagram.title = crate::text::clean(title);
    }
    legend::add(&mut diagram, options.legend, &context);
    diagram
}

/// What every part of composing needs to know.
struct Context {
    phrases: &'static Phrases,
    /// The names of things in subnets, by address: what routes lead to.
    names: BTreeMap<Address, String>,
}

fn names(architecture: &Architecture) -> BTreeMap<Address, String> {
    let subnets = architecture.regions.iter().flat_map(|r| &r.vpcs).flat_map(|v| &v.subnets);
    let things = subnets.flat_map(|s| &s.things);
    things.map(|t| (t.identity.address.clone(), crate::text::clean(&t.identity.name))).collect()
}
