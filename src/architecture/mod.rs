//! Inventory → [`Architecture`]: what the network is, with a reason for every fact.
//!
//! Route tables, associations and attachments are no longer objects here: they have become tiers,
//! containment and paths. Everything is in a stable order that does not depend on the order of the input.

mod auto_mode;
pub(crate) mod blocks;
pub(crate) mod clusters;
mod connections;
mod endpoint_mode;
mod endpoints;
pub(crate) mod exposure;
mod externals;
mod gateways;
mod groups;
mod hosts;
mod interfaces;
mod load_balancing;
mod model;
mod names;
mod networks;
mod order;
mod paths;
mod placements;
mod regions;
mod rename;
mod residence;
mod routes;
mod services;
mod short_names;
#[cfg(test)]
pub(crate) mod sketch;
pub(crate) mod targets;
mod tiers;
mod transit_routes;
mod zones;

pub use endpoint_mode::EndpointMode;
pub use interfaces::group as interface_group;
pub use model::{model, model_as};
pub use names::{is_named, name, name_property};
pub use order::again as order_again;
pub use paths::CUSTOMER_ROUTED;
pub use rename::rename;

use std::collections::BTreeMap;

use crate::diag::{Known, Origin};
use crate::inventory::Address;
pub use crate::kinds::Count;
use crate::kinds::Kind;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Architecture {
    pub regions: Vec<Region>,
    /// How many resources of each type are in the input but not in the picture.
    pub undrawn: BTreeMap<String, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// `ap-northeast-2`; `Later("AWS::Region")` where the input does not say.
    pub name: Known<String>,
    pub account: Option<Known<String>>,
    pub vpcs: Vec<Vpc>,
    pub clusters: Vec<Cluster>,
    pub transit_gateways: Vec<Thing>,
    pub connections: Vec<Connection>,
    /// Resources that stand in no VPC and are worth a picture: repositories, buckets, queues.
    pub services: Vec<Thing>,
    pub paths: Vec<Path>,
}

/// Who a drawn thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub address: Address,
    /// The Name tag, else the name property, else the CDK path or alias, else the logical id.
    pub name: String,
    /// The whole name, where `name` is but its end.
    pub path: Option<String>,
    pub type_name: String,
    pub origin: Origin,
    /// Named by the input but not made by it.
    pub external: bool,
    /// An account has it, and none of its CloudFormation stacks does.
    pub in_no_stack: bool,
    /// The name under which the user wants it drawn as one with others.
    pub grouped: Option<String>,
    /// What the user says of it.
    pub note: Option<String>,
}

impl Identity {
    pub fn whole_name(&self) -> &str {
        self.path.as_ref().unwrap_or(&self.name)
    }
}

/// Why something is so, in a sentence, and the place that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    pub text: String,
    pub origin: Option<Origin>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    pub identity: Identity,
    /// All IPv4 blocks, the primary one first, as they are shown: `10.0.0.0/16`, `<VpcBlock>`.
    pub cidrs: Vec<String>,
    /// `Some("IPv6")` for a block that Amazon provides, else the block.
    pub ipv6: Option<String>,
    pub dns_support: Option<bool>,
    pub dns_hostnames: Option<bool>,
    /// The zones of its subnets, in the account's order.
    pub zones: Vec<Zone>,
    pub subnets: Vec<Subnet>,
    pub gateways: Vec<Gateway>,
    pub endpoints: Vec<Endpoint>,
    /// What spans subnets: node groups, Auto Scaling groups, load balancers, databases.
    pub groups: Vec<Group>,
    /// What is in the VPC, in no subnet that the input names.
    pub things: Vec<Thing>,
}

/// A zone as far as the input names it. Ordered as the account lists zones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The n-th zone of the region, from 1.
    Nth(u32),
    /// `ap-northeast-2a`, `us-west-2-lax-1a` (a Local Zone).
    Named(String),
    /// A parameter's name, and whose: the same name in another stack may mean another zone.
    Later {
        name: String,
        stack: String,
    },
    Outpost(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    Availability,
    Local,
    Wavelength,
    Outpost,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    pub identity: Identity,
    pub cidr: Option<Known<String>>,
    pub ipv6: Option<String>,
    pub zone: Option<Zone>,
    pub tier: Tier,
    pub because: Because,
    /// The table that its routes come from: an explicit association's, else the VPC's main one.
    pub route_table: Option<Address>,
    pub default_routes: Vec<DefaultRoute>,
    pub maps_public_addresses: Option<bool>,
    pub things: Vec<Thing>,
}

/// Ordered from the outside in, as rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    Public,
    /// A default route that is not an internet gateway.
    Private,
    /// No default route.
    Isolated,
    /// The route table is not in the input; what the subnet seems to be by its lesser signs.
    Unknown(Guess),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guess {
    Public,
    Private,
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultRoute {
    /// `0.0.0.0/0` or `::/0`.
    pub destination: String,
    pub target: RouteTarget,
    pub because: Because,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteTarget {
    InternetGateway(Address),
    EgressOnlyGateway(Address),
    NatGateway(Address),
    NatInstance(Address),
    NetworkInterface(Address),
    VpnGateway(Address),
    TransitGateway(Address),
    Peering(Address),
    FirewallEndpoint(Address),
    /// Not in the input, or not understood; as it is shown.
    Unresolved(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    pub identity: Identity,
    pub kind: GatewayKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayKind {
    Internet,
    EgressOnly,
    Vpn,
}

/// A VPC endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub identity: Identity,
    /// The service without the region's prefix: `s3`, `ecr.api`.
    pub service: String,
    pub kind: EndpointKind,
    /// Of an interface endpoint: where its network interfaces stand.
    pub subnets: Vec<Address>,
    pub private_dns: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointKind {
    Gateway,
    Interface,
    GatewayLoadBalancer,
}

/// Something with an icon of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    pub identity: Identity,
    pub kind: Kind,
    /// What is written under the name: `t3.medium`, `192.168.1.100`.
    pub facts: Vec<String>,
    pub exposures: Vec<Exposure>,
    /// Why it has its kind (a work host is told by its user data), or stands where it does.
    pub because: Option<Because>,
}

/// A port that its security groups open to the whole internet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// `SSH 22`.
    pub port: String,
    /// `0.0.0.0/0`.
    pub from: String,
    pub because: Because,
}

/// Something that runs across subnets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub identity: Identity,
    pub kind: Kind,
    /// What stands in each of its subnets: itself, or hosts (an Auto Scaling group of bastions).
    pub member: Kind,
    /// Its subnets, those that the input only names among them.
    pub subnets: Vec<Address>,
    /// Where its subnets are not all known: the parameter or import that will say.
    pub unknown_subnets: Option<String>,
    /// How many instances; `None` for what has none (a load balancer).
    pub count: Option<Count>,
    /// `t3.medium`.
    pub instance_types: Vec<String>,
    /// More for the second line of its title: `spot`, `internet-facing`.
    pub facts: Vec<String>,
    /// The cluster that its nodes join.
    pub cluster: Option<Address>,
    pub exposures: Vec<Exposure>,
    pub because: Option<Because>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub identity: Identity,
    pub version: Option<String>,
    pub endpoint: EndpointAccess,
    /// The VPC of its subnets.
    pub vpc: Option<Address>,
    /// Where EKS may put its network interfaces.
    pub subnets: Vec<Address>,
    pub unknown_subnets: Option<String>,
    /// The network interfaces that EKS has made, in the order of addresses: only an account knows them.
    pub interfaces: Vec<Interface>,
    pub addons: Vec<String>,
    pub auto_mode: Option<bool>,
    /// How the control plane's own traffic leaves, where the input says: `AWS_MANAGED`, `CUSTOMER_ROUTED`.
    pub egress_mode: Option<String>,
    /// The blocks of nodes outside of AWS that join the cluster.
    pub hybrid_nodes: Vec<String>,
    /// The Outpost on which a local cluster's control plane runs.
    pub outpost: Option<String>,
    pub secrets_encrypted: Option<bool>,
    pub logging: Vec<String>,
}

/// A network interface that EKS made for a cluster's control plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub identity: Identity,
    pub subnet: Address,
    /// `10.0.1.15`.
    pub private_address: Option<String>,
}

/// Who may reach the API server, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointAccess {
    pub public: Known<bool>,
    pub private: Known<bool>,
    /// `0.0.0.0/0` by default.
    pub public_cidrs: Vec<String>,
    pub because: Because,
}

impl EndpointAccess {
    /// Whether the input says both who may reach it from outside and who from inside.
    pub fn is_known(&self) -> bool {
        self.public.yes().is_some() && self.private.yes().is_some()
    }
}

/// A standing connection between networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub identity: Identity,
    pub kind: ConnectionKind,
    /// The VPC or gateway on this side.
    pub from: Address,
    pub to: ConnectionEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConnectionKind {
    Peering,
    TransitGatewayAttachment,
    Vpn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectionEnd {
    /// A VPC or gateway of the input.
    Inside(Address),
    /// A VPC or network that the input only names, as it is shown.
    Outside(String),
}

/// A way that traffic takes, stop by stop, found by walking the routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub kind: PathKind,
    pub stops: Vec<Stop>,
    pub because: Vec<Because>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathKind {
    /// An administrator's SSH to a host that is open to the internet.
    Administration,
    /// kubectl on a work host, or on the administrator's machine, to the API server.
    Kubectl,
    /// kubelet to the API server.
    NodesToApi,
    /// The control plane to kubelet, by the cluster's network interfaces: logs, exec, port-forward, webhooks.
    ControlPlaneToNodes,
    /// A subnet's default route out of the VPC.
    Egress,
    /// Clients to an internet-facing load balancer, and a load balancer to what it serves.
    Application,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// A person with SSH or kubectl, and the addresses from which alone they may come.
    Administrator(Option<String>),
    /// People who use an application.
    Clients,
    Internet,
    /// A gateway, thing, group or subnet.
    At(Address),
    /// A cluster's API endpoint, by its public name.
    ApiEndpoint(Address),
    /// A cluster's API servers, behind its network interfaces.
    ApiServers(Address),
    /// A network at the other end of a VPN, peering or transit gateway, as it is shown.
    Outside(String),
}
