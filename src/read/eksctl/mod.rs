//! A ClusterConfig → the CloudFormation resources that eksctl would make of it.
//!
//! The resources carry eksctl's own logical ids and CloudFormation's property names, so that nothing after
//! this knows of eksctl. Every resource points at the part of the file that caused it; what is caused by
//! silence points at `metadata`. The source cited throughout is github.com/eksctl-io/eksctl.

mod cidr;
mod cluster;
mod config;
mod defaults;
mod draft;
mod endpoints;
mod extras;
mod launch_template;
mod nodegroup;
mod schema;
mod section;
mod security;
mod vpc;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::diag::Diagnostic;
use crate::inventory::{Inventory, Stack};
use crate::syntax::node::Node;

use config::Config;
use draft::Draft;
use section::Section;

/// Adds the resources of one ClusterConfig, and its stack, to the inventory.
///
/// `stack` is the file's stem, unique in the run. What is not understood is a warning and is left out.
pub fn read(
    node: &Node,
    options: &super::Options,
    stack: &str,
    diagnostics: &mut Vec<Diagnostic>,
    inventory: &mut Inventory,
) {
    let root = Section::new(node, "");
    schema::check(&root, diagnostics);
    let config = Config::new(root, options, diagnostics);
    inventory.stacks.push(Stack {
        name: stack.to_string(),
        region: Some(config.region.clone()),
        account: config.account(options),
    });
    let mut draft = Draft::new(stack, &config.name_text(), inventory, diagnostics);
    let mut network = vpc::expand(&config, &mut draft);
    let groups = security::expand(&config, &network, &mut draft);
    endpoints::expand(&config, &network, &groups, &mut draft);
    let cluster = cluster::expand(&config, &mut network, &groups, &mut draft);
    security::expand_cluster_rules(&config, &groups, &cluster, &mut draft);
    let around = nodegroup::Around { config: &config, groups: &groups, cluster: &cluster };
    nodegroup::expand(&around, &mut network, &mut draft);
    extras::expand(&config, &cluster, &mut network, &mut draft);
}
