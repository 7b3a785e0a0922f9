//! An architecture as a list of the things in it that are compared.
//!
//! Not among them is what follows from another thing: the interfaces that EKS makes for a cluster, the nodes of Auto
//! Mode.

use crate::architecture::{
    Architecture, Cluster, Connection, ConnectionKind, Endpoint, EndpointKind, Gateway, GatewayKind, Group, Identity,
    Region, Subnet, Thing, Vpc,
};
use crate::inventory::Address;
use crate::kinds::Kind;

#[derive(Clone, Copy)]
pub enum Any<'a> {
    Vpc(&'a Vpc),
    Subnet(&'a Subnet),
    Gateway(&'a Gateway),
    Endpoint(&'a Endpoint),
    Group(&'a Group),
    Thing(&'a Thing),
    Cluster(&'a Cluster),
    Connection(&'a Connection),
}

pub struct Entry<'a> {
    pub thing: Any<'a>,
    pub identity: &'a Identity,
    /// The VPC that it is in.
    pub vpc: Option<&'a Address>,
    /// The subnets that it is in, in their order.
    pub subnets: Vec<&'a Address>,
}

/// In the order of the architecture: a VPC before its subnets, a subnet before what stands in it.
pub fn of(architecture: &Architecture) -> Vec<Entry<'_>> {
    architecture.regions.iter().flat_map(of_region).collect()
}

fn of_region(region: &Region) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = region.vpcs.iter().flat_map(of_vpc).collect();
    for cluster in &region.clusters {
        let subnets = cluster.subnets.iter().collect();
        entries.push(Entry {
            thing: Any::Cluster(cluster),
            identity: &cluster.identity,
            vpc: cluster.vpc.as_ref(),
            subnets,
        });
    }
    for connection in &region.connections {
        let thing = Any::Connection(connection);
        entries.push(Entry { thing, identity: &connection.identity, vpc: None, subnets: Vec::new() });
    }
    let beside = region.transit_gateways.iter().chain(&region.services);
    entries.extend(beside.map(|thing| of_thing(thing, None, Vec::new())));
    entries
}

fn of_vpc(vpc: &Vpc) -> Vec<Entry<'_>> {
    let here = Some(&vpc.identity.address);
    let plain = |thing, identity| Entry { thing, identity, vpc: here, subnets: Vec::new() };
    let mut entries = vec![Entry { vpc: None, ..plain(Any::Vpc(vpc), &vpc.identity) }];
    for subnet in &vpc.subnets {
        entries.push(plain(Any::Subnet(subnet), &subnet.identity));
        let things = subnet.things.iter().filter(|thing| thing.kind != Kind::ClusterInterface);
        entries.extend(things.map(|thing| of_thing(thing, here, vec![&subnet.identity.address])));
    }
    entries.extend(vpc.gateways.iter().map(|gateway| plain(Any::Gateway(gateway), &gateway.identity)));
    entries.extend(vpc.endpoints.iter().map(|endpoint| Entry {
        subnets: endpoint.subnets.iter().collect(),
        ..plain(Any::Endpoint(endpoint), &endpoint.identity)
    }));
    let groups = vpc.groups.iter().filter(|group| !follows(group.kind));
    entries.extend(
        groups.map(|group| Entry {
            subnets: group.subnets.iter().collect(),
            ..plain(Any::Group(group), &group.identity)
        }),
    );
    entries.extend(vpc.things.iter().map(|thing| of_thing(thing, here, Vec::new())));
    entries
}

fn of_thing<'a>(thing: &'a Thing, vpc: Option<&'a Address>, subnets: Vec<&'a Address>) -> Entry<'a> {
    Entry { thing: Any::Thing(thing), identity: &thing.identity, vpc, subnets }
}

/// Whether a group follows from a cluster.
pub fn follows(kind: Kind) -> bool {
    matches!(kind, Kind::ClusterInterface | Kind::AutoModeNodes)
}

impl Entry<'_> {
    /// What it is, in a word; only things of one word can be the same.
    pub fn noun(&self) -> String {
        match self.thing {
            Any::Vpc(_) => "VPC".into(),
            Any::Subnet(_) => "subnet".into(),
            Any::Gateway(gateway) => match gateway.kind {
                GatewayKind::Internet => "internet gateway".into(),
                GatewayKind::EgressOnly => "egress-only internet gateway".into(),
                GatewayKind::Vpn => "VPN gateway".into(),
            },
            Any::Endpoint(_) => "VPC endpoint".into(),
            Any::Group(group) => of_kind(group.kind, &group.identity.type_name),
            Any::Thing(thing) => of_kind(thing.kind, &thing.identity.type_name),
            Any::Cluster(_) => "cluster".into(),
            Any::Connection(connection) => match connection.kind {
                ConnectionKind::Peering => "peering connection".into(),
                ConnectionKind::TransitGatewayAttachment => "transit gateway attachment".into(),
                ConnectionKind::Vpn => "VPN connection".into(),
            },
        }
    }

    /// What tells it from others of its noun in one place, whatever it is called.
    pub fn sort(&self) -> &str {
        match self.thing {
            Any::Endpoint(endpoint) => &endpoint.service,
            _ => "",
        }
    }

    /// Whether its name says nothing: there is one in a place, or any of them does the same.
    pub fn goes_by_its_place(&self) -> bool {
        match self.thing {
            Any::Gateway(_) | Any::Endpoint(_) | Any::Connection(_) => true,
            Any::Thing(thing) => thing.kind == Kind::NatGateway,
            Any::Vpc(_) | Any::Subnet(_) | Any::Group(_) | Any::Cluster(_) => false,
        }
    }

    /// What it is called in a list.
    pub fn name(&self) -> String {
        match self.thing {
            Any::Endpoint(endpoint) => match endpoint.kind {
                EndpointKind::Gateway => format!("{} (gateway)", endpoint.service),
                EndpointKind::Interface => format!("{} (interface)", endpoint.service),
                EndpointKind::GatewayLoadBalancer => format!("{} (gateway load balancer)", endpoint.service),
            },
            _ => self.identity.name.clone(),
        }
    }
}

fn of_kind(kind: Kind, type_name: &str) -> String {
    match kind {
        // A bastion is an instance by other signs, which only one side may show.
        Kind::Instance | Kind::Bastion | Kind::NatInstance => "instance".into(),
        Kind::NatGateway => "NAT gateway".into(),
        Kind::NetworkInterface => "network interface".into(),
        Kind::ManagedNodeGroup => "managed node group".into(),
        Kind::SelfManagedNodeGroup | Kind::AutoScalingGroup => "Auto Scaling group".into(),
        Kind::FargateProfile => "Fargate profile".into(),
        Kind::ApplicationLoadBalancer
        | Kind::NetworkLoadBalancer
        | Kind::GatewayLoadBalancer
        | Kind::ClassicLoadBalancer => "load balancer".into(),
        Kind::TransitGateway => "transit gateway".into(),
        _ => type_name.split("::").skip(1).collect::<Vec<_>>().join(" "),
    }
}
