//! Puts every placement where it is drawn: into its subnet, across its subnets, or into its VPC.

use super::clusters::Sources;
use super::exposure::{Exposed, Openings, WayIn};
use super::hosts::{self, Surroundings};
use super::networks::Networks;
use super::placements::{self, Placement};
use super::regions::Part;
use super::residence::{Place, residence};
use super::routes::Routes;
use super::{Because, Group, RouteTarget, Thing, Tier, names};
use crate::diag::Known;
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Property, Resource};
use crate::kinds::{Kind, Scheme, Shape};
use crate::threads;

/// With no more placements than this a thread, another one is not worth its start.
const FEW: usize = 512;

/// What the paths need to know of what was placed.
pub struct Resident {
    pub address: Address,
    pub kind: Kind,
    pub subnets: Vec<Address>,
    pub vpc: Address,
    pub cluster: Option<Address>,
    pub scheme: Option<Scheme>,
    /// It holds hosts on which people work, or through which they come in.
    pub host: Option<Because>,
    /// It has kubectl.
    pub tool: bool,
    /// Who outside may use SSH.
    pub way_in: Option<WayIn>,
    /// It may have a public address.
    pub public: bool,
}

/// Everything that decides what a placement is, read once.
pub struct Context<'a, 'p> {
    pub part: &'p Part<'a>,
    pub clusters: &'p Sources<'a>,
    openings: Openings,
    elastic: HashSet<Address>,
    /// Instances that default routes lead to, and by which route.
    routed: HashMap<Address, Because>,
    /// Network interfaces that an instance of the input uses.
    attached: HashSet<Address>,
}

impl<'a, 'p> Context<'a, 'p> {
    pub fn read(part: &'p Part<'a>, clusters: &'p Sources<'a>, routes: &Routes) -> Context<'a, 'p> {
        let mut routed = HashMap::default();
        for exit in routes.tables.values().flat_map(|table| &table.exits) {
            if let RouteTarget::NatInstance(instance) = &exit.route.target {
                routed.entry(instance.clone()).or_insert_with(|| exit.route.because.clone());
            }
        }
        let attached = routes.attached.keys().cloned().collect();
        Context { part, clusters, openings: Openings::read(part), elastic: elastic(part, routes), routed, attached }
    }

    /// Draws all placements; the residents are in the order of addresses.
    pub fn place(&self, placements: &[Placement], networks: &mut Networks) -> Vec<Resident> {
        let inner: HashSet<Address> = vpcs_with_inner_subnets(networks);
        let is_drawn = |placement: &&Placement| {
            placement.drawn.kind != Kind::NetworkInterface || !self.attached.contains(&placement.resource.address)
        };
        let place = |placement| Some((placement, residence(self.part.lookup, placement, self.clusters, networks)?));
        let placed: Vec<(&Placement, Place)> = placements.iter().filter(is_drawn).filter_map(place).collect();
        let mut desks = vec![(); threads::worth(placed.len(), FEW)];
        let described = threads::map(&placed, &mut desks, |(placement, place), ()| {
            self.describe(placement, place, &inner, networks)
        });
        let add =
            |((placement, place), (resident, role, exposed)): ((&Placement, Place), (Resident, Role, Exposed))| {
                let is_thing = match placement.drawn.shape {
                    Shape::Thing => true,
                    Shape::Group => false,
                    Shape::ByItsSubnets => place.subnets.len() < 2 && place.unknown.is_none(),
                };
                if is_thing {
                    self.add_thing(placement, role, exposed, place, networks);
                } else {
                    self.add_group(placement, role, exposed, place, networks);
                }
                resident
            };
        placed.into_iter().zip(described).map(add).collect()
    }

    fn describe(
        &self,
        placement: &Placement,
        place: &Place,
        inner: &HashSet<Address>,
        networks: &Networks,
    ) -> (Resident, Role, Exposed) {
        let drawn = &placement.drawn;
        let exposed = match drawn.kind {
            Kind::Instance
            | Kind::Bastion
            | Kind::AutoScalingGroup
            | Kind::ManagedNodeGroup
            | Kind::NetworkInterface => Exposed::read(self.part, &self.openings, placement),
            _ => Exposed::none(),
        };
        let public = self.is_public(placement, place, networks);
        let surroundings = Surroundings { public, has_inner_subnets: inner.contains(&place.vpc) };
        let role = self.role(placement, &exposed, &surroundings);
        let resident = Resident {
            address: placement.resource.address.clone(),
            kind: role.kind,
            subnets: place.subnets.clone(),
            vpc: place.vpc.clone(),
            cluster: placement.cluster.clone(),
            scheme: drawn.scheme,
            host: (role.member == Kind::Bastion).then(|| role.because.clone()).flatten(),
            tool: hosts::tool(placement).is_some(),
            way_in: exposed.way_in.clone(),
            public,
        };
        (resident, role, exposed)
    }

    fn add_thing(&self, placement: &Placement, role: Role, exposed: Exposed, place: Place, networks: &mut Networks) {
        let mut facts = placement.drawn.facts.clone();
        if self.elastic.contains(&placement.resource.address) {
            facts.push("Elastic IP".into());
        }
        let mut identity = names::identity(placement.resource);
        let subnet = place.subnets.first().and_then(|subnet| networks.subnets.get(subnet));
        if subnet.is_some_and(|subnet| subnet.identity.name == identity.name) {
            // The CDK tags a NAT gateway with its subnet's name.
            identity.name = names::readable(&placement.resource.name);
        }
        let thing = Thing {
            identity,
            kind: role.kind,
            facts,
            exposures: exposed.exposures,
            because: role.because.or(place.because),
        };
        let home = match place.subnets.first().and_then(|subnet| networks.subnets.get_mut(subnet)) {
            Some(subnet) => Some(&mut subnet.things),
            None => networks.vpcs.get_mut(&place.vpc).map(|vpc| &mut vpc.things),
        };
        if let Some(things) = home {
            things.push(thing);
        }
    }

    fn add_group(&self, placement: &Placement, role: Role, exposed: Exposed, place: Place, networks: &mut Networks) {
        let Some(vpc) = networks.vpcs.get_mut(&place.vpc) else { return };
        vpc.groups.push(Group {
            identity: names::identity(placement.resource),
            kind: role.kind,
            member: role.member,
            subnets: place.subnets,
            unknown_subnets: place.unknown,
            count: placement.drawn.count.clone(),
            instance_types: placement.drawn.instance_types.clone(),
            facts: placement.drawn.facts.clone(),
            cluster: placement.cluster.clone(),
            exposures: exposed.exposures,
            because: with_members(role.because, placement.resource),
        });
    }
}

/// How many members a reason lists before it counts.
const LISTED: usize = 12;

/// A group's reason, with the instances that run in it, which only an account knows.
fn with_members(because: Option<Because>, group: &Resource) -> Option<Because> {
    let members: Vec<&str> = group
        .property("Instances")
        .map(Property::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Property::as_text)
        .collect();
    if members.is_empty() {
        return because;
    }
    let listed = members.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    let more = match members.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count =
        if members.len() == 1 { "1 instance runs".to_string() } else { format!("{} instances run", members.len()) };
    let said = format!("{count}: {listed}{more}");
    Some(match because {
        Some(because) => Because { text: format!("{}; {said}", because.text), ..because },
        None => Because { text: said, origin: Some(group.origin.clone()) },
    })
}

struct Role {
    kind: Kind,
    member: Kind,
    because: Option<Because>,
}

impl Context<'_, '_> {
    fn role(&self, placement: &Placement, exposed: &Exposed, surroundings: &Surroundings) -> Role {
        let drawn = &placement.drawn;
        match drawn.kind {
            Kind::Instance => {
                let route = self.routed.get(&placement.resource.address);
                if let Some(because) = hosts::nat_instance(placement, route) {
                    return Role { kind: Kind::NatInstance, member: Kind::NatInstance, because: Some(because) };
                }
                let host = hosts::host(placement, exposed, surroundings);
                let kind = if host.is_some() { Kind::Bastion } else { Kind::Instance };
                Role { kind, member: kind, because: host }
            }
            Kind::AutoScalingGroup => {
                if let Some(sign) = placements::node_sign(placement) {
                    let because = Because {
                        text: format!("self-managed node group: {sign}"),
                        origin: Some(placement.resource.origin.clone()),
                    };
                    let kind = Kind::SelfManagedNodeGroup;
                    return Role { kind, member: kind, because: Some(because) };
                }
                let host = hosts::host(placement, exposed, surroundings);
                let member = if host.is_some() { Kind::Bastion } else { Kind::Instance };
                Role { kind: Kind::AutoScalingGroup, member, because: host }
            }
            Kind::Bastion => {
                let because = hosts::host(placement, exposed, surroundings);
                Role { kind: Kind::Bastion, member: Kind::Bastion, because }
            }
            kind => Role { kind, member: kind, because: None },
        }
    }

    fn is_public(&self, placement: &Placement, place: &Place, networks: &Networks) -> bool {
        let has_elastic = self.elastic.contains(&placement.resource.address);
        let asks = placement.drawn.public_address.as_ref().and_then(Known::yes).copied();
        place.subnets.iter().filter_map(|subnet| networks.subnets.get(subnet)).any(|subnet| {
            let maps = subnet.maps_public_addresses.unwrap_or(subnet.identity.external);
            // Hosts of an Auto Scaling group often take their Elastic IP when they start.
            let may_take_one = placement.drawn.shape == Shape::Group && asks != Some(false);
            subnet.tier == Tier::Public && (has_elastic || asks.unwrap_or(maps) || may_take_one)
        })
    }
}

fn vpcs_with_inner_subnets(networks: &Networks) -> HashSet<Address> {
    let inner = networks.subnets.iter().filter(|(_, subnet)| match subnet.tier {
        Tier::Private | Tier::Isolated => true,
        Tier::Public | Tier::Unknown(_) => false,
    });
    inner.filter_map(|(address, _)| networks.vpc_of.get(address).cloned()).collect()
}

/// Instances and interfaces that have an Elastic IP.
fn elastic(part: &Part, routes: &Routes) -> HashSet<Address> {
    let mut elastic: HashSet<Address> = HashSet::default();
    let resources = part.of_type("AWS::EC2::EIP").iter().chain(part.of_type("AWS::EC2::EIPAssociation"));
    for resource in resources {
        for key in ["InstanceId", "NetworkInterfaceId"] {
            let Some(end) = resource.property(key).and_then(Property::as_reference) else { continue };
            elastic.insert(routes.attached.get(end).unwrap_or(end).clone());
        }
    }
    elastic
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{drawn, network_and, region};
    use crate::architecture::{Region, Vpc};
    use crate::diag::Known;
    use crate::kinds::Kind;

    fn lab(rows: &[(&str, &str, &str)]) -> Region {
        drawn(&network_and(rows)).0.regions.remove(0)
    }

    fn ids(vpc: &Vpc, group: usize) -> Vec<&str> {
        vpc.groups[group].subnets.iter().map(|subnet| subnet.as_ref()).collect()
    }

    #[test]
    fn an_auto_scaling_group_runs_across_its_subnets() {
        let region = lab(&[
            (
                "Group",
                "AWS::AutoScaling::AutoScalingGroup",
                r#"{"VPCZoneIdentifier": ["@PrivateB", "@PrivateA"], "MinSize": 1, "MaxSize": "<Most>",
                    "LaunchTemplate": {"LaunchTemplateId": "@Template"}}"#,
            ),
            ("Template", "AWS::EC2::LaunchTemplate", r#"{"LaunchTemplateData": {"InstanceType": "t3.large"}}"#),
        ]);
        let group = &region.vpcs[0].groups[0];
        assert_eq!(group.subnets.len(), 2);
        assert_eq!(group.instance_types, ["t3.large"]);
        let count = group.count.as_ref().unwrap();
        assert_eq!((&count.least, &count.most), (&Some(Known::Yes(1)), &Some(Known::Later("Most".into()))));
    }

    #[test]
    fn a_tagged_auto_scaling_group_is_a_self_managed_node_group() {
        let region = lab(&[(
            "Group",
            "AWS::AutoScaling::AutoScalingGroup",
            r#"{"VPCZoneIdentifier": ["@PrivateA"], "Tags": [{"Key": "kubernetes.io/cluster/myeks", "Value": "owned"}]}"#,
        )]);
        let group = &region.vpcs[0].groups[0];
        assert_eq!(group.kind, Kind::SelfManagedNodeGroup);
        assert_eq!(group.cluster.as_deref(), Some("external/cluster/myeks"));
    }

    #[test]
    fn an_auto_scaling_group_of_bastions_says_so() {
        let region = lab(&[
            (
                "BastionGroup",
                "AWS::AutoScaling::AutoScalingGroup",
                r#"{"VPCZoneIdentifier": ["@Public"], "LaunchConfigurationName": "@Launch"}"#,
            ),
            ("Launch", "AWS::AutoScaling::LaunchConfiguration", r#"{"InstanceType": "t2.micro"}"#),
        ]);
        let group = &region.vpcs[0].groups[0];
        assert_eq!((group.kind, group.member), (Kind::AutoScalingGroup, Kind::Bastion));
    }

    #[test]
    fn a_group_names_the_instances_that_run_in_it() {
        let group = |instances: &str| {
            let properties = format!(r#"{{"ClusterName": "c", "Subnets": ["@PrivateA"], "Instances": {instances}}}"#);
            let region = lab(&[("Nodes", "AWS::EKS::Nodegroup", &properties)]);
            region.vpcs[0].groups[0].because.as_ref().map(|because| because.text.clone())
        };
        assert_eq!(group("[]"), None);
        assert_eq!(group(r#"["i-1"]"#).as_deref(), Some("1 instance runs: i-1"));
        assert_eq!(group(r#"["i-1", "i-2"]"#).as_deref(), Some("2 instances run: i-1, i-2"));
    }

    #[test]
    fn a_node_group_has_eks_s_defaults() {
        let region = lab(&[("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "c", "Subnets": ["@PrivateA"]}"#)]);
        let group = &region.vpcs[0].groups[0];
        assert_eq!(group.instance_types, ["t3.medium"]);
        assert_eq!(group.count.as_ref().unwrap().desired, Some(Known::Yes(2)));
    }

    #[test]
    fn a_database_stands_in_the_subnets_of_its_group() {
        let region = lab(&[
            ("Db", "AWS::RDS::DBInstance", r#"{"Engine": "postgres", "DBSubnetGroupName": "@DbSubnets"}"#),
            ("DbSubnets", "AWS::RDS::DBSubnetGroup", r#"{"SubnetIds": ["@PrivateA", "@PrivateB"]}"#),
        ]);
        assert_eq!(region.vpcs[0].groups[0].kind, Kind::Rds);
        assert_eq!(ids(&region.vpcs[0], 0), ["lab/PrivateA", "lab/PrivateB"]);
    }

    const DB_SUBNETS: (&str, &str, &str) =
        ("DbSubnets", "AWS::RDS::DBSubnetGroup", r#"{"SubnetIds": ["@PrivateA", "@PrivateB"]}"#);

    /// The names of databases that are icons, each with its subnet.
    fn databases_in_subnets(region: &Region) -> Vec<(&str, &str)> {
        let subnets = region.vpcs[0].subnets.iter();
        let things = subnets.flat_map(|subnet| subnet.things.iter().map(|thing| (thing, &*subnet.identity.name)));
        things.filter(|(thing, _)| thing.kind == Kind::Rds).map(|(thing, at)| (&*thing.identity.name, at)).collect()
    }

    #[test]
    fn a_database_in_one_zone_stands_in_the_subnet_that_its_group_has_there() {
        let zone = |zone: &str| format!(r#"{{"DBSubnetGroupName": "@DbSubnets", "AvailabilityZone": "{zone}"}}"#);
        let region = lab(&[
            DB_SUBNETS,
            ("Named", "AWS::RDS::DBInstance", &zone("eu-west-1b")),
            ("Taken", "AWS::RDS::DBInstance", &zone("@PrivateA.AvailabilityZone")),
        ]);
        assert_eq!(databases_in_subnets(&region), [("Taken", "PrivateA"), ("Named", "PrivateB")]);
        let thing = region.vpcs[0].subnets.iter().flat_map(|subnet| &subnet.things).last().unwrap();
        let because = thing.because.as_ref().map(|because| because.text.as_str());
        assert_eq!(because, Some("in one zone only: placed in eu-west-1b, not Multi-AZ"));
    }

    #[test]
    fn a_database_that_may_be_in_several_zones_runs_across_them() {
        for more in [
            r#""MultiAZ": true"#,
            r#""MultiAZ": "<Multi>", "AvailabilityZone": "eu-west-1a""#,
            r#""AvailabilityZone": "eu-west-1c""#,
            r#""AvailabilityZone": "<Zone>""#,
        ] {
            let properties = format!(r#"{{"DBSubnetGroupName": "@DbSubnets", {more}}}"#);
            let region = lab(&[DB_SUBNETS, ("Db", "AWS::RDS::DBInstance", &properties)]);
            assert_eq!(ids(&region.vpcs[0], 0), ["lab/PrivateA", "lab/PrivateB"], "{more}");
        }
    }

    #[test]
    fn a_balancer_that_kubernetes_made_says_for_which_service_or_ingress() {
        let facts = |type_name: &str, tag: &str, value: &str| {
            let properties = format!(r#"{{"Subnets": ["@Public"], "Tags": [{{"Key": "{tag}", "Value": "{value}"}}]}}"#);
            let vpc = lab(&[("Lb", type_name, &properties)]).vpcs.remove(0);
            let mut things = vpc.subnets.iter().flat_map(|subnet| &subnet.things);
            things.find(|thing| &*thing.identity.address == "lab/Lb").expect("it is drawn").facts.clone()
        };
        let second = "AWS::ElasticLoadBalancingV2::LoadBalancer";
        let classic = "AWS::ElasticLoadBalancing::LoadBalancer";
        assert_eq!(facts(second, "ingress.k8s.aws/stack", "shop/web"), ["internet-facing", "Ingress shop/web"]);
        assert_eq!(facts(second, "service.k8s.aws/stack", "shop/api"), ["internet-facing", "Service shop/api"]);
        assert_eq!(facts(classic, "kubernetes.io/service-name", "shop/old"), ["internet-facing", "Service shop/old"]);
        assert_eq!(facts(second, "Name", "x"), ["internet-facing"]);
    }

    #[test]
    fn a_load_balancer_in_one_subnet_is_a_thing() {
        let region = lab(&[(
            "Lb",
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            r#"{"Type": "network", "SubnetMappings": [{"SubnetId": "@Public"}]}"#,
        )]);
        assert!(region.vpcs[0].groups.is_empty());
        let things = region.vpcs[0].subnets.iter().flat_map(|subnet| &subnet.things);
        assert!(things.into_iter().any(|thing| thing.kind == Kind::NetworkLoadBalancer));
    }

    #[test]
    fn a_nat_gateway_that_is_tagged_like_its_subnet_keeps_a_name_of_its_own() {
        let tags = r#""Tags": [{"Key": "Name", "Value": "Stack/Vpc/PublicSubnet1"}]"#;
        let (subnet, nat) = (format!(r#"{{"VpcId": "@Vpc", {tags}}}"#), format!(r#"{{"SubnetId": "@One", {tags}}}"#));
        let region =
            lab(&[("One", "AWS::EC2::Subnet", &subnet), ("OneNATGateway6C95E38E", "AWS::EC2::NatGateway", &nat)]);
        let things = region.vpcs[0].subnets.iter().flat_map(|subnet| &subnet.things);
        assert!(things.into_iter().any(|thing| thing.identity.name == "OneNATGateway"));
    }

    #[test]
    fn a_fargate_profile_without_subnets_runs_in_the_cluster_s_private_ones() {
        let region = lab(&[
            (
                "Eks",
                "AWS::EKS::Cluster",
                r#"{"ResourcesVpcConfig": {"SubnetIds": ["@Public", "@PrivateA", "@PrivateB"]}}"#,
            ),
            (
                "Profile",
                "AWS::EKS::FargateProfile",
                r#"{"ClusterName": "@Eks", "Selectors": [{"Namespace": "default"}]}"#,
            ),
        ]);
        assert_eq!(ids(&region.vpcs[0], 0), ["lab/PrivateA", "lab/PrivateB"]);
        assert_eq!(region.vpcs[0].groups[0].facts, ["namespace default"]);
    }

    #[test]
    fn auto_mode_has_nodes_in_the_cluster_s_subnets() {
        let region = lab(&[(
            "Eks",
            "AWS::EKS::Cluster",
            r#"{"ComputeConfig": {"Enabled": true}, "ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"]}}"#,
        )]);
        assert_eq!(region.vpcs[0].groups[0].kind, Kind::AutoModeNodes);
        assert_eq!(region.clusters[0].auto_mode, Some(true));
    }

    #[test]
    fn auto_mode_without_a_node_pool_has_no_nodes_of_which_the_subnets_are_known() {
        let region = lab(&[(
            "Eks",
            "AWS::EKS::Cluster",
            r#"{"ComputeConfig": {"Enabled": true, "NodePools": []},
                "ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"]}}"#,
        )]);
        assert!(region.vpcs[0].groups.iter().all(|group| group.kind != Kind::AutoModeNodes));
        assert_eq!(region.clusters[0].auto_mode, Some(true));
    }

    #[test]
    fn a_group_that_names_only_zones_is_in_the_default_vpc() {
        let region = region(&[(
            "Group",
            "AWS::AutoScaling::AutoScalingGroup",
            r#"{"AvailabilityZones": ["<AZ 2>", "<AZ 1>"]}"#,
        )]);
        assert_eq!(region.vpcs[0].identity.name, "default VPC");
        assert_eq!(region.vpcs[0].zones.len(), 2);
        assert_eq!(region.vpcs[0].groups[0].subnets.len(), 2);
    }

    #[test]
    fn an_elastic_ip_and_a_private_address_are_facts_of_an_instance() {
        let region = lab(&[
            (
                "Host",
                "AWS::EC2::Instance",
                r#"{"InstanceType": "t3.medium",
                    "NetworkInterfaces": [{"SubnetId": "@Public", "PrivateIpAddress": "10.0.0.100"}]}"#,
            ),
            ("HostIp", "AWS::EC2::EIP", r#"{"InstanceId": "@Host"}"#),
        ]);
        let things = region.vpcs[0].subnets.iter().flat_map(|subnet| &subnet.things);
        let host = things.into_iter().find(|thing| &*thing.identity.address == "lab/Host").unwrap();
        assert_eq!(host.facts, ["t3.medium", "10.0.0.100", "Elastic IP"]);
    }
}
