//! The stage itself: one region after the other, each fact from those before it.
//!
//! Needs: an inventory without intrinsic functions. Leaves: an [`Architecture`] in a stable order.
//! Every step is one pass over the resources it is about; nothing looks for a resource by searching.

use super::clusters::{self, Sources};
use super::externals;
use super::groups::Context;
use super::networks::Networks;
use super::regions::{self, Part};
use super::rename;
use super::routes::Routes;
use super::{Architecture, EndpointMode, Identity, Region};
use super::{
    auto_mode, blocks, connections, endpoints, gateways, interfaces, load_balancing, order, paths, placements,
    services, short_names, tiers, transit_routes,
};
use crate::diag::Diagnostic;
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Inventory};
use crate::kinds::Lookup;

/// What the inventory's network is. Total: what is not understood is counted, or said in a diagnostic.
pub fn model(inventory: &Inventory, diagnostics: &mut Vec<Diagnostic>) -> Architecture {
    model_as(inventory, None, diagnostics)
}

/// The same, as if the endpoint of every cluster were in the assumed mode.
pub fn model_as(
    inventory: &Inventory,
    assumed: Option<EndpointMode>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Architecture {
    let lookup = Lookup::new(inventory);
    let mut architecture = Architecture::default();
    let mut elsewhere = HashSet::default();
    for part in regions::parts(&lookup) {
        let mut region = region(&part, assumed, diagnostics);
        let drawn = drawn(&region);
        services::undrawn(&part, &drawn, &mut architecture.undrawn);
        tell_apart(&mut region, drawn, &mut elsewhere);
        architecture.regions.push(region);
    }
    short_names::shorten(&mut architecture);
    architecture
}

/// What several regions or accounts name (a shared VPC or transit gateway) stands in each of them, and has an address of its
/// own in each.
fn tell_apart(region: &mut Region, here: HashSet<Address>, elsewhere: &mut HashSet<Address>) {
    let is_taken = |address: &Address| here.contains(address) || elsewhere.contains(address);
    let free = |address: &Address| (2..).map(|n| format!("{address}~{n}").into()).find(|free| !is_taken(free));
    let twice = here.iter().filter(|address| elsewhere.contains(*address));
    let names: HashMap<Address, Address> =
        twice.filter_map(|address| Some((address.clone(), free(address)?))).collect();
    if !names.is_empty() {
        rename::region(region, &|address| names.get(address).unwrap_or(address).clone());
    }
    elsewhere.extend(here.into_iter().map(|address| names.get(&address).cloned().unwrap_or(address)));
}

fn region(part: &Part, assumed: Option<EndpointMode>, diagnostics: &mut Vec<Diagnostic>) -> Region {
    let sources = Sources::read(part);
    let placements = placements::placements(part, &sources);
    let mut networks = Networks::made(part);
    blocks::check(part, &networks, diagnostics);
    externals::settle(part, &externals::claims(part, &placements, &sources), &mut networks);
    let routes = Routes::read(part, &networks);
    gateways::attach(part, &routes, &mut networks, diagnostics);
    tiers::decide(part, &routes, &mut networks, diagnostics);
    endpoints::add(part, &mut networks);
    let connections = connections::connections(part, &mut networks);
    let mut residents = Context::read(part, &sources, &routes).place(&placements, &mut networks);
    residents.extend(auto_mode::nodes(&sources, &mut networks));
    let mut clusters = clusters::clusters(part, &sources, &placements, &networks.vpc_of);
    if let Some(mode) = assumed {
        clusters.iter_mut().for_each(|cluster| cluster.endpoint = mode.assumed(&cluster.endpoint));
    }
    interfaces::add(&clusters, &mut networks);
    let served = load_balancing::targets(part);
    let exits = transit_routes::exits(part, &networks);
    let paths = paths::paths(&networks, &clusters, &residents, &connections, &served, &exits);
    let placed: HashSet<Address> = residents.iter().map(|resident| resident.address.clone()).collect();
    let mut services = services::services(part, &placed);
    if networks.vpcs.is_empty() && clusters.is_empty() {
        services.extend(services::nested_stacks(part));
    }
    let mut region = Region {
        name: part.name.clone(),
        account: part.account.clone(),
        vpcs: order::vpcs(networks),
        clusters,
        transit_gateways: connections::transit_gateways(part),
        connections,
        services,
        paths,
    };
    order::region(&mut region);
    region
}

/// The addresses of everything that has an icon or a box.
fn drawn(region: &Region) -> HashSet<Address> {
    let mut drawn: HashSet<Address> = HashSet::default();
    let mut add = |identity: &Identity| _ = drawn.insert(identity.address.clone());
    for vpc in &region.vpcs {
        add(&vpc.identity);
        vpc.gateways.iter().for_each(|gateway| add(&gateway.identity));
        vpc.endpoints.iter().for_each(|endpoint| add(&endpoint.identity));
        vpc.groups.iter().for_each(|group| add(&group.identity));
        vpc.subnets.iter().for_each(|subnet| add(&subnet.identity));
        vpc.subnets.iter().flat_map(|subnet| &subnet.things).chain(&vpc.things).for_each(|thing| add(&thing.identity));
    }
    region.clusters.iter().for_each(|cluster| add(&cluster.identity));
    region.services.iter().chain(&region.transit_gateways).for_each(|thing| add(&thing.identity));
    region.connections.iter().for_each(|connection| add(&connection.identity));
    drawn
}
