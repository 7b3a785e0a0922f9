//! The ways that traffic takes, found by walking the routes.
//!
//! A path says only what the routes allow: where they lead nowhere there is no path.
//! Source: EKS user guide, "Control network access to cluster API server endpoint" and "View Amazon EKS
//! networking requirements".

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Resident;
use super::interfaces;
use super::load_balancing::Targets;
use super::networks::Networks;
use super::targets::external_address;
use super::transit_routes::Exit;
use super::{
    Because, Cluster, Connection, ConnectionEnd, ConnectionKind, GatewayKind, Path, PathKind, RouteTarget, Stop, Tier,
};
use crate::diag::Known;
use crate::hashing::{HashMap, HashSet};
use crate::inventory::Address;
use crate::kinds::Scheme;

/// The mode in which a control plane's own traffic takes the customer's routes.
pub const CUSTOMER_ROUTED: &str = "CUSTOMER_ROUTED";

pub fn paths(
    networks: &Networks,
    clusters: &[Cluster],
    residents: &[Resident],
    connections: &[Connection],
    served: &Targets,
    exits: &BTreeMap<Address, Exit>,
) -> Vec<Path> {
    let by_address: HashMap<&Address, &Cluster> =
        clusters.iter().map(|cluster| (&cluster.identity.address, cluster)).collect();
    let walk = Walk::new(networks, residents, connections, exits);
    let placed: HashSet<&Address> = residents.iter().map(|resident| &resident.address).collect();
    let mut paths = Vec::new();
    for subnet in networks.subnets.values() {
        paths.extend(walk.egress(&subnet.identity.address));
    }
    paths.extend(walk.behind_gateways());
    for resident in residents {
        paths.extend(walk.administration(resident));
        paths.extend(walk.application(resident));
        paths.extend(served_by(resident, served, &placed));
        let cluster = resident.cluster.as_ref().and_then(|address| by_address.get(address));
        if let (Some(cluster), true) = (cluster, resident.kind.is_nodes()) {
            paths.extend(walk.to_api(PathKind::NodesToApi, resident, cluster));
            paths.extend(to_nodes(resident, cluster));
        }
    }
    let hosts: Vec<&Resident> = residents.iter().filter(|one| one.tool && one.host.is_some()).collect();
    for cluster in clusters {
        paths.extend(walk.kubectl(cluster, &hosts));
        paths.extend(control_plane_egress(cluster));
        paths.extend(from_hybrid_nodes(cluster));
    }
    paths
}

/// From a load balancer to what it serves.
fn served_by(balancer: &Resident, served: &Targets, placed: &HashSet<&Address>) -> Vec<Path> {
    let targets = served.get(&balancer.address).into_iter().flatten().filter(|(target, _)| placed.contains(target));
    let path = |(target, because): (&Address, &Because)| Path {
        kind: PathKind::Application,
        stops: vec![Stop::At(balancer.address.clone()), Stop::At(target.clone())],
        because: vec![because.clone()],
    };
    targets.map(path).collect()
}

/// From the control plane to kubelet: always by the cluster's interfaces, whatever the endpoint's mode.
fn to_nodes(nodes: &Resident, cluster: &Cluster) -> Option<Path> {
    if cluster.subnets.is_empty() || cluster.vpc.as_ref() != Some(&nodes.vpc) {
        return None;
    }
    let text = "the control plane reaches kubelet through the cluster's network interfaces: logs, exec, port-forward";
    Some(Path {
        kind: PathKind::ControlPlaneToNodes,
        stops: vec![
            Stop::ApiServers(cluster.identity.address.clone()),
            Stop::At(interfaces::address(cluster)),
            Stop::At(nodes.address.clone()),
        ],
        because: vec![Because { text: text.into(), origin: None }],
    })
}

/// What the control plane itself asks for (webhooks, identity providers), where it leaves through its interfaces and on by
/// the routes of the cluster's subnets. Source: EKS user guide, "Configuring control plane egress routing".
fn control_plane_egress(cluster: &Cluster) -> Option<Path> {
    if cluster.egress_mode.as_deref() != Some(CUSTOMER_ROUTED) || cluster.subnets.is_empty() {
        return None;
    }
    let text = "the control plane leaves through its interfaces, by the routes of the cluster's subnets";
    Some(Path {
        kind: PathKind::Egress,
        stops: vec![Stop::ApiServers(cluster.identity.address.clone()), Stop::At(interfaces::address(cluster))],
        because: vec![Because { text: text.into(), origin: None }],
    })
}

/// From nodes outside of AWS: to the public endpoint by the internet, else over a private connection to the interfaces.
/// Source: EKS user guide, "Prepare networking for hybrid nodes".
fn from_hybrid_nodes(cluster: &Cluster) -> Option<Path> {
    if cluster.hybrid_nodes.is_empty() {
        return None;
    }
    let address = || cluster.identity.address.clone();
    let to = match (cluster.endpoint.public.yes(), interfaces::door(cluster)) {
        (Some(true), _) => vec![Stop::ApiEndpoint(address())],
        (_, Some(door)) => vec![Stop::At(door), Stop::ApiServers(address())],
        (_, None) => return None,
    };
    let start = Stop::Outside(cluster.hybrid_nodes.join(", "));
    Some(Path {
        kind: PathKind::NodesToApi,
        stops: std::iter::once(start).chain(to).collect(),
        because: vec![cluster.endpoint.because.clone()],
    })
}

/// A way out of a subnet, from behind the subnet on.
#[derive(Clone)]
struct Way {
    stops: Vec<Stop>,
    because: Vec<Because>,
    reaches_internet: bool,
}

/// The network as a walker needs it.
struct Walk<'n> {
    networks: &'n Networks,
    /// The subnet of each thing that stands in one.
    subnet_of: HashMap<&'n Address, &'n Address>,
    /// The far end of each VPN gateway, transit gateway and peering connection.
    beyond: BTreeMap<&'n Address, String>,
    /// The attachment by which a VPC reaches a transit gateway.
    attachments: BTreeMap<(&'n Address, Address), &'n Address>,
    exits: &'n BTreeMap<Address, Exit>,
}

impl<'n> Walk<'n> {
    fn new(
        networks: &'n Networks,
        residents: &'n [Resident],
        connections: &'n [Connection],
        exits: &'n BTreeMap<Address, Exit>,
    ) -> Walk<'n> {
        let subnet_of = residents.iter().filter_map(|one| Some((&one.address, one.subnets.first()?))).collect();
        let mut beyond = BTreeMap::new();
        let mut attachments = BTreeMap::new();
        for connection in connections {
            let end = match &connection.to {
                ConnectionEnd::Outside(shown) => shown.clone(),
                ConnectionEnd::Inside(address) => {
                    networks.vpcs.get(address).map_or_else(|| address.to_string(), |vpc| vpc.identity.name.clone())
                }
            };
            match connection.kind {
                ConnectionKind::Vpn => beyond.insert(&connection.from, end),
                ConnectionKind::Peering => beyond.insert(&connection.identity.address, end),
                ConnectionKind::TransitGatewayAttachment => {
                    if let ConnectionEnd::Inside(gateway) = &connection.to {
                        attachments.insert((&connection.from, gateway.clone()), &connection.identity.address);
                    }
                    None
                }
            };
        }
        Walk { networks, subnet_of, beyond, attachments, exits }
    }

    /// Every way out of a subnet, one for each distinct target.
    fn ways(&self, subnet: &Address) -> Vec<Way> {
        let Some(found) = self.networks.subnets.get(subnet) else { return Vec::new() };
        let mut targets: BTreeSet<&RouteTarget> = BTreeSet::new();
        let distinct = found.default_routes.iter().filter(|route| targets.insert(&route.target));
        let mut ways: Vec<Way> = distinct
            .map(|route| {
                let mut way = Way { stops: Vec::new(), because: vec![route.because.clone()], reaches_internet: false };
                self.follow(&route.target, self.networks.vpc_of.get(subnet), &mut way);
                way
            })
            .collect();
        if ways.is_empty() && found.tier == Tier::Public {
            ways.extend(self.way_of_default_subnet(subnet, &found.because));
        }
        ways
    }

    /// A default subnet has no table in the input, and is public all the same.
    fn way_of_default_subnet(&self, subnet: &Address, because: &Because) -> Option<Way> {
        let gateway = self.internet_gateway(self.networks.vpc_of.get(subnet)?)?;
        let stops = vec![Stop::At(gateway.clone()), Stop::Internet];
        Some(Way { stops, because: vec![because.clone()], reaches_internet: true })
    }

    /// Adds the stops behind a route's target, until the internet, another network, nothing more, or a circle.
    fn follow(&self, target: &'n RouteTarget, vpc: Option<&'n Address>, way: &mut Way) {
        let (mut target, mut vpc) = (target, vpc);
        loop {
            match target {
                RouteTarget::InternetGateway(gateway) | RouteTarget::EgressOnlyGateway(gateway) => {
                    way.stops.extend([Stop::At(gateway.clone()), Stop::Internet]);
                    way.reaches_internet = true;
                    return;
                }
                RouteTarget::NatGateway(hop)
                | RouteTarget::NatInstance(hop)
                | RouteTarget::NetworkInterface(hop)
                | RouteTarget::FirewallEndpoint(hop) => {
                    let stop = Stop::At(hop.clone());
                    if way.stops.contains(&stop) {
                        return;
                    }
                    way.stops.push(stop);
                    let subnet = self.subnet_of.get(hop).and_then(|subnet| self.networks.subnets.get(*subnet));
                    let Some(next) = subnet.and_then(|subnet| subnet.default_routes.first()) else { return };
                    way.because.push(next.because.clone());
                    target = &next.target;
                }
                RouteTarget::TransitGateway(hop) => {
                    let attachment = self.attachment(vpc, hop.clone());
                    way.stops.extend(attachment.cloned().map(Stop::At));
                    way.stops.push(Stop::At(hop.clone()));
                    let exit = attachment.and_then(|attachment| self.exits.get(attachment));
                    let Some((exit, next)) = exit.and_then(|exit| Some((exit, self.behind(exit, way)?))) else {
                        return;
                    };
                    vpc = exit.subnets.first().and_then(|subnet| self.networks.vpc_of.get(subnet));
                    target = next;
                }
                RouteTarget::VpnGateway(hop) => {
                    way.stops.push(Stop::At(hop.clone()));
                    way.stops.extend(self.beyond.get(hop).cloned().map(Stop::Outside));
                    return;
                }
                RouteTarget::Peering(connection) => {
                    way.stops.extend(self.beyond.get(connection).cloned().map(Stop::Outside));
                    return;
                }
                RouteTarget::Unresolved(shown) => {
                    let attachment = self.attachment(vpc, external_address("transit-gateway", shown));
                    way.stops.extend(attachment.cloned().map(Stop::At));
                    way.stops.push(Stop::Outside(shown.clone()));
                    return;
                }
            }
        }
    }

    fn attachment(&self, vpc: Option<&Address>, gateway: Address) -> Option<&'n Address> {
        self.attachments.get(&(vpc?, gateway)).copied()
    }

    /// Goes on from a transit gateway into the subnet where it leaves; what that one's default route leads to.
    fn behind(&self, exit: &'n Exit, way: &mut Way) -> Option<&'n RouteTarget> {
        let stop = Stop::At(exit.attachment.clone());
        if way.stops.contains(&stop) {
            return None;
        }
        way.stops.push(stop);
        way.because.push(exit.because.clone());
        let subnet = self.networks.subnets.get(exit.subnets.first()?)?;
        way.stops.push(Stop::At(subnet.identity.address.clone()));
        let next = subnet.default_routes.first()?;
        way.because.push(next.because.clone());
        Some(&next.target)
    }

    /// From where a transit gateway leaves into each subnet that its attachment is in.
    fn behind_gateways(&self) -> Vec<Path> {
        let into = |exit: &'n Exit| {
            exit.subnets.iter().map(|subnet| Path {
                kind: PathKind::Egress,
                stops: vec![Stop::At(exit.attachment.clone()), Stop::At(subnet.clone())],
                because: vec![exit.because.clone()],
            })
        };
        self.exits.values().flat_map(into).collect()
    }

    fn egress(&self, subnet: &Address) -> Vec<Path> {
        let from_subnet = |way: Way| Path {
            kind: PathKind::Egress,
            stops: [Stop::At(subnet.clone())].into_iter().chain(way.stops).collect(),
            because: way.because,
        };
        self.ways(subnet).into_iter().map(from_subnet).collect()
    }

    fn internet_gateway(&self, vpc: &Address) -> Option<&'n Address> {
        let gateways = &self.networks.vpcs.get(vpc)?.gateways;
        gateways.iter().find(|gateway| gateway.kind == GatewayKind::Internet).map(|gateway| &gateway.identity.address)
    }

    /// SSH from outside to a host that is open to it.
    fn administration(&self, resident: &Resident) -> Option<Path> {
        let (host, way_in) = (resident.host.as_ref()?, resident.way_in.as_ref()?);
        let gateway = self.internet_gateway(&resident.vpc).filter(|_| resident.public)?;
        let inside = &self.networks.vpcs.get(&resident.vpc)?.cidrs;
        if way_in.from.as_ref().is_some_and(|block| inside.contains(block)) {
            return None;
        }
        Some(Path {
            kind: PathKind::Administration,
            stops: vec![
                Stop::Administrator(way_in.from.clone()),
                Stop::Internet,
                Stop::At(gateway.clone()),
                Stop::At(resident.address.clone()),
            ],
            because: vec![host.clone(), way_in.because.clone()],
        })
    }

    fn application(&self, resident: &Resident) -> Option<Path> {
        if resident.scheme != Some(Scheme::InternetFacing) {
            return None;
        }
        let gateway = self.internet_gateway(&resident.vpc)?;
        let because = Because { text: "the load balancer is internet-facing".into(), origin: None };
        Some(Path {
            kind: PathKind::Application,
            stops: vec![Stop::Clients, Stop::Internet, Stop::At(gateway.clone()), Stop::At(resident.address.clone())],
            because: vec![because],
        })
    }

    /// From nodes or a work host to the API server: by the cluster's interfaces where private access is on,
    /// else out of the VPC to the public endpoint, as far as the routes allow.
    fn to_api(&self, kind: PathKind, from: &Resident, cluster: &Cluster) -> Vec<Path> {
        let start = Stop::At(from.address.clone());
        let access = &cluster.endpoint;
        if access.private == Known::Yes(true) {
            let resolved =
                "private access is on: inside the VPC the endpoint's name resolves to the cluster's interfaces";
            if cluster.vpc.as_ref() != Some(&from.vpc) {
                return Vec::new();
            }
            return vec![Path {
                kind,
                stops: [start]
                    .into_iter()
                    .chain(interfaces::door(cluster).map(Stop::At))
                    .chain([Stop::ApiServers(cluster.identity.address.clone())])
                    .collect(),
                because: vec![access.because.clone(), Because { text: resolved.into(), origin: None }],
            }];
        }
        if access.public != Known::Yes(true) || access.private != Known::Yes(false) {
            return Vec::new();
        }
        let ways = from.subnets.iter().flat_map(|subnet| self.ways(subnet)).filter(|way| way.reaches_internet);
        let mut paths: BTreeMap<Vec<Stop>, Path> = BTreeMap::new();
        for way in ways {
            // Behind the gateway the traffic stays on Amazon's network.
            let through = way.stops.into_iter().filter(|stop| *stop != Stop::Internet);
            let end = Stop::ApiEndpoint(cluster.identity.address.clone());
            let stops: Vec<Stop> = [start.clone()].into_iter().chain(through).chain([end]).collect();
            let because = [access.because.clone()].into_iter().chain(way.because).collect();
            paths.entry(stops.clone()).or_insert(Path { kind, stops, because });
        }
        paths.into_values().collect()
    }

    /// From the work hosts beside the cluster; without any, from the administrator's own machine.
    fn kubectl(&self, cluster: &Cluster, hosts: &[&Resident]) -> Vec<Path> {
        if cluster.identity.external {
            return Vec::new();
        }
        let beside = |host: &&&Resident| cluster.vpc.as_ref().is_none_or(|vpc| *vpc == host.vpc);
        let hosts: Vec<&&Resident> = hosts.iter().filter(beside).collect();
        let mut paths: Vec<Path> =
            hosts.iter().flat_map(|host| self.to_api(PathKind::Kubectl, host, cluster)).collect();
        if hosts.is_empty() && cluster.endpoint.public == Known::Yes(true) {
            let end = Stop::ApiEndpoint(cluster.identity.address.clone());
            paths.push(Path {
                kind: PathKind::Kubectl,
                stops: vec![Stop::Administrator(None), Stop::Internet, end],
                because: vec![cluster.endpoint.because.clone()],
            });
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{Row, drawn, network_and};

    const SG: Row = (
        "Sg",
        "AWS::EC2::SecurityGroup",
        r#"{"VpcId": "@Vpc",
            "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]}"#,
    );
    const HOST: Row = (
        "Host",
        "AWS::EC2::Instance",
        r#"{"SubnetId": "@Public", "SecurityGroupIds": ["@Sg"], "UserData": "install kubectl"}"#,
    );

    fn shown(stop: &Stop) -> String {
        match stop {
            Stop::Administrator(_) => "administrator".into(),
            Stop::Clients => "clients".into(),
            Stop::Internet => "internet".into(),
            Stop::At(address) => address.trim_start_matches("lab/").to_string(),
            Stop::ApiEndpoint(_) => "API".into(),
            Stop::ApiServers(_) => "API servers".into(),
            Stop::Outside(name) => format!("({name})"),
        }
    }

    fn ways(kind: PathKind, rows: &[Row]) -> Vec<String> {
        let region = drawn(&network_and(rows)).0.regions.remove(0);
        let paths = region.paths.iter().filter(|path| path.kind == kind);
        paths.map(|path| path.stops.iter().map(shown).collect::<Vec<_>>().join(" > ")).collect()
    }

    fn cluster(access: &str) -> Vec<(&'static str, &'static str, String)> {
        vec![
            (
                "Eks",
                "AWS::EKS::Cluster",
                format!(r#"{{"ResourcesVpcConfig": {{"SubnetIds": ["@PrivateA", "@PrivateB"]{access}}}}}"#),
            ),
            (
                "Nodes",
                "AWS::EKS::Nodegroup",
                r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateA", "@PrivateB"]}"#.into(),
            ),
        ]
    }

    fn cluster_ways(kind: PathKind, access: &str, more: &[Row]) -> Vec<String> {
        let rows = cluster(access);
        let mut rows: Vec<Row> = rows.iter().map(|(id, type_name, text)| (*id, *type_name, text.as_str())).collect();
        rows.extend(more);
        ways(kind, &rows)
    }

    const PRIVATE: &str = r#", "EndpointPublicAccess": false, "EndpointPrivateAccess": true"#;
    const BOTH: &str = r#", "EndpointPrivateAccess": true"#;

    #[test]
    fn a_private_subnet_leaves_by_the_nat_gateway_and_its_internet_gateway() {
        assert_eq!(
            ways(PathKind::Egress, &[]),
            ["PrivateA > Nat > Igw > internet", "PrivateB > Nat > Igw > internet", "Public > Igw > internet"]
        );
    }

    #[test]
    fn nodes_reach_a_public_endpoint_by_their_routes() {
        assert_eq!(cluster_ways(PathKind::NodesToApi, "", &[]), ["Nodes > Nat > Igw > API"]);
    }

    #[test]
    fn nodes_reach_an_endpoint_with_private_access_by_the_cluster_s_interfaces() {
        assert_eq!(cluster_ways(PathKind::NodesToApi, PRIVATE, &[]), ["Nodes > Eks/enis > API servers"]);
        assert_eq!(cluster_ways(PathKind::NodesToApi, BOTH, &[]), ["Nodes > Eks/enis > API servers"]);
    }

    #[test]
    fn isolated_nodes_do_not_reach_a_public_endpoint() {
        let rows: [Row; 3] = [
            ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("Eks", "AWS::EKS::Cluster", "{}"),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@Inner"]}"#),
        ];
        assert!(ways(PathKind::NodesToApi, &rows).is_empty());
    }

    #[test]
    fn kubectl_runs_on_the_work_host() {
        assert_eq!(cluster_ways(PathKind::Kubectl, "", &[SG, HOST]), ["Host > Igw > API"]);
        assert_eq!(cluster_ways(PathKind::Kubectl, PRIVATE, &[SG, HOST]), ["Host > Eks/enis > API servers"]);
    }

    #[test]
    fn without_a_work_host_kubectl_runs_outside_if_the_endpoint_is_public() {
        assert_eq!(cluster_ways(PathKind::Kubectl, "", &[]), ["administrator > internet > API"]);
        assert!(cluster_ways(PathKind::Kubectl, PRIVATE, &[]).is_empty());
    }

    #[test]
    fn an_administrator_reaches_a_host_that_is_open_and_has_a_public_address() {
        assert_eq!(ways(PathKind::Administration, &[SG, HOST]), ["administrator > internet > Igw > Host"]);
        let inner =
            ("Host", HOST.1, r#"{"SubnetId": "@PrivateA", "SecurityGroupIds": ["@Sg"], "UserData": "kubectl"}"#);
        assert!(ways(PathKind::Administration, &[SG, inner]).is_empty());
    }

    #[test]
    fn an_administrator_comes_from_the_block_that_the_security_group_names() {
        let group = |from: &str| {
            format!(
                r#"{{"SecurityGroupIngress": [{{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "{from}"}}]}}"#
            )
        };
        let ways_from = |from: &str| {
            let group = group(from);
            let (architecture, _) = drawn(&network_and(&[("Sg", SG.1, &group), HOST]));
            let paths = architecture.regions.into_iter().flat_map(|region| region.paths);
            paths
                .filter(|path| path.kind == PathKind::Administration)
                .map(|path| path.stops[0].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ways_from("203.0.113.0/24"), [Stop::Administrator(Some("203.0.113.0/24".into()))]);
        assert_eq!(ways_from("<Office>"), [Stop::Administrator(Some("<Office>".into()))]);
        for inside in ["10.8.0.0/16", "100.64.0.0/16", "@Vpc.CidrBlock"] {
            assert!(ways_from(inside).is_empty(), "the internet gateway does not lead to {inside}");
        }
    }

    #[test]
    fn clients_reach_an_internet_facing_load_balancer() {
        let balancer = |scheme: &'static str| -> Vec<String> {
            ways(PathKind::Application, &[("Lb", "AWS::ElasticLoadBalancingV2::LoadBalancer", scheme)])
        };
        assert_eq!(balancer(r#"{"Subnets": ["@Public"]}"#), ["clients > internet > Igw > Lb"]);
        assert!(balancer(r#"{"Subnets": ["@Public"], "Scheme": "internal"}"#).is_empty());
    }

    #[test]
    fn a_default_route_in_a_circle_ends() {
        let rows: [Row; 5] = [
            ("S", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("Box", "AWS::EC2::Instance", r#"{"SubnetId": "@S"}"#),
            ("T", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
            (
                "R",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@T", "DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "@Box"}"#,
            ),
            ("L", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@S", "RouteTableId": "@T"}"#),
        ];
        assert!(ways(PathKind::Egress, &rows).contains(&"S > Box".to_string()));
    }

    #[test]
    fn a_way_to_a_transit_gateway_leaves_the_vpc_by_its_attachment() {
        for gateway in ["@Tgw", "tgw-1"] {
            let attachment = format!(r#"{{"VpcId": "@Vpc", "TransitGatewayId": "{gateway}"}}"#);
            let route = format!(
                r#"{{"RouteTableId": "@PrivateTable", "DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "{gateway}"}}"#
            );
            let (architecture, _) = drawn(&network_and(&[
                ("Tgw", "AWS::EC2::TransitGateway", "{}"),
                ("Join", "AWS::EC2::TransitGatewayAttachment", &attachment),
                ("Out", "AWS::EC2::Route", &route),
            ]));
            let paths = architecture.regions[0].paths.iter();
            let hops = paths.filter(|path| path.stops.contains(&Stop::At("lab/Join".into())));
            assert_eq!(hops.map(|path| shown(&path.stops[1])).collect::<Vec<_>>(), ["Join", "Join"], "{gateway}");
        }
    }
}
