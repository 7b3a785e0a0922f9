//! The network as it was understood: regions, VPCs, zones, rows with their tiers and why, groups, clusters, paths.

use std::fmt::Debug;

use super::places::Places;
use super::{add_line, quoted};
use crate::architecture::{
    Architecture, Because, Cluster, ConnectionEnd, Count, Endpoint, Exposure, Group, Identity, Path, Region,
    RouteTarget, Stop, Subnet, Thing, Tier, Vpc, Zone, name,
};
use crate::diag::Sources;
use crate::hashing::HashMap;
use crate::inventory::{Address, Inventory};

/// All facts, in the order of the architecture; what was counted and not drawn comes last.
pub fn architecture(architecture: &Architecture, inventory: &Inventory, sources: &Sources) -> String {
    let mut page =
        Page { text: String::new(), depth: 0, places: Places::of(sources), names: HashMap::default(), inventory };
    architecture.regions.iter().for_each(|region| page.learn_names(region));
    architecture.regions.iter().for_each(|region| page.region(region));
    if !architecture.undrawn.is_empty() {
        page.line("not drawn");
        page.inner(|page| {
            architecture.undrawn.iter().for_each(|(type_name, count)| page.line(&format!("{count} {type_name}")));
        });
    }
    page.text
}

struct Page<'a> {
    text: String,
    depth: usize,
    places: Places<'a>,
    /// What each thing is, and its name.
    names: HashMap<&'a str, (String, &'a str)>,
    inventory: &'a Inventory,
}

impl<'a> Page<'a> {
    fn learn_names(&mut self, region: &'a Region) {
        for vpc in &region.vpcs {
            self.learn("VPC", &vpc.identity);
            vpc.gateways.iter().for_each(|one| self.learn(&format!("{} gateway", words(&one.kind)), &one.identity));
            vpc.endpoints.iter().for_each(|one| self.learn(&format!("{} endpoint", words(&one.kind)), &one.identity));
            vpc.groups.iter().for_each(|group| self.learn(&words(&group.kind), &group.identity));
            vpc.subnets.iter().for_each(|subnet| self.learn("subnet", &subnet.identity));
            let things = vpc.subnets.iter().flat_map(|subnet| &subnet.things).chain(&vpc.things);
            things.for_each(|thing| self.learn(&words(&thing.kind), &thing.identity));
        }
        region.clusters.iter().for_each(|cluster| self.learn("cluster", &cluster.identity));
        let beside = region.transit_gateways.iter().chain(&region.services);
        beside.for_each(|thing| self.learn(&words(&thing.kind), &thing.identity));
        region.connections.iter().for_each(|one| self.learn(&words(&one.kind), &one.identity));
    }

    fn learn(&mut self, what: &str, identity: &'a Identity) {
        self.names.insert(&identity.address, (what.to_string(), &identity.name));
    }

    fn line(&mut self, text: &str) {
        add_line(&mut self.text, self.depth, text);
    }

    /// What is said within the line before.
    fn inner(&mut self, say: impl FnOnce(&mut Self)) {
        self.depth += 1;
        say(self);
        self.depth -= 1;
    }

    fn called(&self, address: &Address) -> String {
        if let Some((_, name)) = self.names.get(&**address) {
            return quoted(name);
        }
        match self.inventory.resources.get(address) {
            Some(resource) => quoted(&name(resource)),
            None => quoted(address.splitn(3, '/').last().unwrap_or(address)),
        }
    }

    fn all_called<'b>(&self, addresses: impl IntoIterator<Item = &'b Address>) -> String {
        let names: Vec<String> = addresses.into_iter().map(|address| self.called(address)).collect();
        names.join(", ")
    }

    /// A line about something with an identity: what, its name, more; and where it comes from.
    fn headed(&mut self, what: &str, identity: &Identity, more: &[String]) {
        let only_named = if identity.external { " (only named)" } else { "" };
        let in_no_stack = if identity.in_no_stack { " (in no stack)" } else { "" };
        let more: String = more.iter().filter(|fact| !fact.is_empty()).map(|fact| format!(", {fact}")).collect();
        let place = self.places.shown(identity.origin.place);
        self.line(&format!(
            "{what} {}{only_named}{in_no_stack}{more}  # {}, {place}",
            quoted(&identity.name),
            identity.address
        ));
    }

    fn because(&mut self, because: &Because) {
        let place = because.origin.as_ref().map(|origin| format!("  # {}", self.places.shown(origin.place)));
        self.line(&format!("because: {}{}", because.text, place.unwrap_or_default()));
    }

    fn region(&mut self, region: &Region) {
        let account = region.account.as_ref().map(|account| format!(", account {account}")).unwrap_or_default();
        self.line(&format!("region {}{account}", region.name));
        self.inner(|page| {
            region.vpcs.iter().for_each(|vpc| page.vpc(vpc));
            region.clusters.iter().for_each(|cluster| page.cluster(cluster));
            region.transit_gateways.iter().chain(&region.services).for_each(|thing| page.thing(thing));
            for connection in &region.connections {
                let to = match &connection.to {
                    ConnectionEnd::Inside(address) => page.called(address),
                    ConnectionEnd::Outside(shown) => shown.clone(),
                };
                let ends = format!("from {} to {to}", page.called(&connection.from));
                page.headed(&words(&connection.kind), &connection.identity, &[ends]);
            }
            page.paths(&region.paths);
        });
    }

    fn vpc(&mut self, vpc: &Vpc) {
        let ipv6 = vpc.ipv6.iter().map(|block| if block == "IPv6" { block.clone() } else { format!("IPv6 {block}") });
        let said = |what: &str, value: Option<bool>| match value {
            Some(true) => format!("{what} on"),
            Some(false) => format!("{what} off"),
            None => String::new(),
        };
        let mut facts: Vec<String> = vpc.cidrs.iter().cloned().chain(ipv6).collect();
        facts.extend([said("DNS support", vpc.dns_support), said("DNS host names", vpc.dns_hostnames)]);
        self.headed("VPC", &vpc.identity, &facts);
        self.inner(|page| {
            if !vpc.zones.is_empty() {
                let zones: Vec<String> = vpc.zones.iter().map(zone).collect();
                page.line(&format!("zones {}", zones.join(", ")));
            }
            for gateway in &vpc.gateways {
                page.headed(&format!("{} gateway", words(&gateway.kind)), &gateway.identity, &[]);
            }
            let mut tiers: Vec<Tier> = vpc.subnets.iter().map(|subnet| subnet.tier).collect();
            tiers.sort();
            tiers.dedup();
            for tier in tiers {
                page.line(&format!("{} row", tier_words(tier)));
                let row = vpc.subnets.iter().filter(|subnet| subnet.tier == tier);
                page.inner(|page| row.for_each(|subnet| page.subnet(subnet)));
            }
            vpc.endpoints.iter().for_each(|endpoint| page.endpoint(endpoint));
            vpc.groups.iter().for_each(|group| page.group(group));
            vpc.things.iter().for_each(|thing| page.thing(thing));
        });
    }

    fn subnet(&mut self, subnet: &Subnet) {
        let cidr = subnet.cidr.as_ref().map(ToString::to_string).unwrap_or_default();
        let public = if subnet.maps_public_addresses == Some(true) { "maps public addresses" } else { "" };
        let ipv6 = subnet.ipv6.as_ref().map(|block| format!("IPv6 {block}")).unwrap_or_default();
        let place = subnet.zone.as_ref().map(|it| format!("in {}", zone(it))).unwrap_or_default();
        self.headed("subnet", &subnet.identity, &[place, cidr, ipv6, public.to_string()]);
        self.inner(|page| {
            page.because(&subnet.because);
            if let Some(table) = &subnet.route_table {
                page.line(&format!("route table {}", page.called(table)));
            }
            for route in &subnet.default_routes {
                page.line(&format!("{} to {}", route.destination, page.target(&route.target)));
            }
            subnet.things.iter().for_each(|thing| page.thing(thing));
        });
    }

    fn target(&self, target: &RouteTarget) -> String {
        let (what, address) = match target {
            RouteTarget::InternetGateway(address) => ("internet gateway", address),
            RouteTarget::EgressOnlyGateway(address) => ("egress-only gateway", address),
            RouteTarget::NatGateway(address) => ("NAT gateway", address),
            RouteTarget::NatInstance(address) => ("NAT instance", address),
            RouteTarget::NetworkInterface(address) => ("network interface", address),
            RouteTarget::VpnGateway(address) => ("VPN gateway", address),
            RouteTarget::TransitGateway(address) => ("transit gateway", address),
            RouteTarget::Peering(address) => ("peering", address),
            RouteTarget::FirewallEndpoint(address) => ("firewall endpoint", address),
            RouteTarget::Unresolved(shown) => return shown.clone(),
        };
        format!("{what} {}", self.called(address))
    }

    fn endpoint(&mut self, endpoint: &Endpoint) {
        let subnets = if endpoint.subnets.is_empty() {
            String::new()
        } else {
            format!("in {}", self.all_called(&endpoint.subnets))
        };
        let kind = format!("{} endpoint", words(&endpoint.kind));
        self.headed(&kind, &endpoint.identity, &[endpoint.service.clone(), subnets]);
    }

    fn thing(&mut self, thing: &Thing) {
        self.headed(&words(&thing.kind), &thing.identity, &thing.facts);
        self.inner(|page| {
            thing.because.iter().for_each(|because| page.because(because));
            page.exposures(&thing.exposures);
        });
    }

    fn exposures(&mut self, exposures: &[Exposure]) {
        for exposure in exposures {
            self.line(&format!("open: {} from {}", exposure.port, exposure.from));
            self.inner(|page| page.because(&exposure.because));
        }
    }

    fn group(&mut self, group: &Group) {
        let mut facts: Vec<String> = group.count.iter().map(count).collect();
        facts.extend(group.instance_types.iter().chain(&group.facts).cloned());
        self.headed(&words(&group.kind), &group.identity, &facts);
        self.inner(|page| {
            if group.member != group.kind {
                page.line(&format!("of: {}", words(&group.member)));
            }
            page.line(&format!("in: {}", page.all_called(&group.subnets)));
            group.unknown_subnets.iter().for_each(|name| page.line(&format!("in subnets that <{name}> will say")));
            group.cluster.iter().for_each(|cluster| page.line(&format!("joins {}", page.called(cluster))));
            group.because.iter().for_each(|because| page.because(because));
            page.exposures(&group.exposures);
        });
    }

    fn cluster(&mut self, cluster: &Cluster) {
        let on = |is_on: Option<bool>, what: &str| is_on.filter(|on| *on).map(|_| what.to_string());
        let mut facts: Vec<String> = cluster.version.iter().map(|version| format!("version {version}")).collect();
        facts.extend(cluster.outpost.iter().map(|outpost| format!("on Outpost {outpost}")));
        facts.extend(on(cluster.auto_mode, "Auto Mode"));
        facts.extend(cluster.egress_mode.iter().map(|mode| format!("egress {mode}")));
        facts.extend(cluster.hybrid_nodes.iter().map(|block| format!("hybrid nodes {block}")));
        facts.extend(on(cluster.secrets_encrypted, "secrets encrypted"));
        self.headed("cluster", &cluster.identity, &facts);
        self.inner(|page| {
            let endpoint = &cluster.endpoint;
            page.line(&format!("endpoint: public {}, private {}", endpoint.public, endpoint.private));
            page.inner(|page| {
                page.because(&endpoint.because);
                page.line(&format!("from {}", endpoint.public_cidrs.join(", ")));
            });
            cluster.vpc.iter().for_each(|vpc| page.line(&format!("VPC {}", page.called(vpc))));
            page.line(&format!("in: {}", page.all_called(&cluster.subnets)));
            cluster.unknown_subnets.iter().for_each(|name| page.line(&format!("in subnets that <{name}> will say")));
            for (what, list) in [("addons", &cluster.addons), ("logs", &cluster.logging)] {
                if !list.is_empty() {
                    page.line(&format!("{what}: {}", list.join(", ")));
                }
            }
        });
    }

    /// By their words and not by addresses, so that another telling of the same network gives the same.
    fn paths(&mut self, paths: &[Path]) {
        let mut told: Vec<(String, &Path)> = paths
            .iter()
            .map(|path| {
                let stops: Vec<String> = path.stops.iter().map(|stop| self.stop(stop)).collect();
                (format!("path {}: {}", words(&path.kind), stops.join(" → ")), path)
            })
            .collect();
        told.sort_by(|(a, one), (b, other)| one.kind.cmp(&other.kind).then_with(|| a.cmp(b)));
        for (text, path) in told {
            self.line(&text);
            self.inner(|page| path.because.iter().for_each(|because| page.because(because)));
        }
    }

    fn stop(&self, stop: &Stop) -> String {
        match stop {
            Stop::Administrator(None) => "administrator".to_string(),
            Stop::Administrator(Some(from)) => format!("administrator from {from}"),
            Stop::Clients => "clients".to_string(),
            Stop::Internet => "internet".to_string(),
            Stop::At(address) => match self.names.get(&**address) {
                Some((what, name)) => format!("{what} {}", quoted(name)),
                None => self.called(address),
            },
            Stop::ApiEndpoint(cluster) => format!("API endpoint of {}", self.called(cluster)),
            Stop::ApiServers(cluster) => format!("API servers of {}", self.called(cluster)),
            Stop::Outside(shown) => shown.clone(),
        }
    }
}

fn zone(zone: &Zone) -> String {
    match zone {
        Zone::Nth(n) => format!("AZ {n}"),
        Zone::Named(name) => name.clone(),
        Zone::Later { name, .. } => format!("<{name}>"),
        Zone::Outpost(name) => format!("Outpost {name}"),
    }
}

fn tier_words(tier: Tier) -> String {
    match tier {
        Tier::Public | Tier::Private | Tier::Isolated => words(&tier),
        Tier::Unknown(guess) => format!("unknown tier, {} by guess", words(&guess)),
    }
}

fn count(count: &Count) -> String {
    let said = |what: &str, n: &Option<crate::diag::Known<u32>>| n.as_ref().map(|n| format!("{what} {n}"));
    let parts = [said("least", &count.least), said("desired", &count.desired), said("most", &count.most)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A variant's name in words: `managed node group` of `ManagedNodeGroup`.
fn words(variant: &impl Debug) -> String {
    let mut words = String::new();
    for c in format!("{variant:?}").chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
