//! EKS clusters: those that the input makes, in whichever type, and those that it only names.
//!
//! Source: EKS API reference, CreateCluster; EKS user guide, "Control network access to cluster API server
//! endpoint".

use std::collections::BTreeMap;

use super::placements::Placement;
use super::regions::{Part, stack_of};
use super::residence::unique;
use super::targets::{self, Extent, Outside, Target, external_address};
use super::{Because, Cluster, EndpointAccess, Identity, interfaces, names};
use crate::diag::{Known, Origin};
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource, Value};
use crate::kinds::Lookup;

/// A cluster of the input. Types that pass the API's parameters on (the CDK's custom resource) write them in
/// camel case, below `Config`.
pub struct Source<'a> {
    pub resource: &'a Resource,
    config: &'a Property,
    pub subnets: Vec<Target<'a>>,
    pub security_groups: Vec<&'a Property>,
}

/// The clusters of a region, by what may be written to mean them.
pub struct Sources<'a> {
    pub made: BTreeMap<Address, Source<'a>>,
    by_name: HashMap<String, Address>,
}

impl<'a> Sources<'a> {
    pub fn read(part: &Part<'a>) -> Sources<'a> {
        let mut sources = Sources { made: BTreeMap::new(), by_name: HashMap::default() };
        for resource in &part.resources {
            let Some(source) = Source::read(part.lookup, resource) else { continue };
            if let Some(name) = source.field("Name").and_then(Property::shown) {
                sources.by_name.entry(name).or_insert_with(|| resource.address.clone());
            }
            sources.made.insert(resource.address.clone(), source);
        }
        sources
    }

    /// The cluster that a node group names, by reference or by the same text.
    pub fn named(&self, property: &Property, owner: &Resource) -> Option<Address> {
        if let Some(address) = property.as_reference().filter(|address| self.made.contains_key(*address)) {
            return Some(address.clone());
        }
        self.called(&property.shown()?, owner)
    }

    /// The cluster with this logical id in whichever stack: a text keeps only that of a reference.
    fn only_one_with(&self, id: &str) -> Option<&Address> {
        let mut clusters = self.made.keys().filter(|address| address.rsplit('/').next() == Some(id));
        clusters.next().filter(|_| clusters.next().is_none())
    }

    /// The cluster of this name, which may be `<Id>` of a cluster in the owner's stack or another; an address of its own
    /// for a name that no cluster of the input has.
    pub fn called(&self, shown: &str, owner: &Resource) -> Option<Address> {
        let shown = shown.trim();
        let by_id = || {
            let id = shown.strip_prefix('<')?.strip_suffix('>')?;
            let address = format!("{}/{id}", stack_of(&owner.address));
            let own = self.made.get_key_value(address.as_str()).map(|(address, _)| address);
            own.or_else(|| self.only_one_with(id)).cloned()
        };
        let made = self.by_name.get(shown).cloned().or_else(by_id);
        made.or_else(|| (!shown.is_empty()).then(|| external_address("cluster", shown)))
    }
}

fn is_cluster_type(type_name: &str) -> bool {
    matches!(type_name, "AWS::EKS::Cluster" | "AWSQS::EKS::Cluster") || type_name.starts_with("Custom::")
}

impl<'a> Source<'a> {
    /// `None` for what is no cluster; of custom resources only a cluster has a VPC configuration of EKS's shape.
    pub fn read(lookup: &Lookup<'a>, resource: &'a Resource) -> Option<Source<'a>> {
        if !is_cluster_type(&resource.type_name) {
            return None;
        }
        let config = resource.property("Config").unwrap_or(&resource.properties);
        let network = either(config, "ResourcesVpcConfig");
        if network.is_none() && resource.type_name.starts_with("Custom::") {
            return None;
        }
        let subnets: Vec<&Property> = network.and_then(|network| either(network, "SubnetIds")).into_iter().collect();
        Some(Source {
            resource,
            config,
            subnets: targets::all(lookup, resource, &subnets, "AWS::EC2::Subnet", Extent::Many),
            security_groups: network.and_then(|network| either(network, "SecurityGroupIds")).into_iter().collect(),
        })
    }

    /// A field of the API's request, in either spelling.
    pub fn field(&self, key: &str) -> Option<&'a Property> {
        either(self.config, key)
    }

    fn identity(&self) -> Identity {
        let mut identity = names::identity(self.resource);
        if let Some(Property { value: Value::Text(name) | Value::Mixed(name), .. }) = self.field("Name") {
            identity.name = name.to_string();
        }
        identity
    }

    pub fn is_auto_mode(&self) -> Option<bool> {
        either(self.field("ComputeConfig")?, "Enabled").and_then(Property::as_bool)
    }

    /// Whether it says that Auto Mode is to have no built-in node pool.
    pub fn has_no_node_pool(&self) -> bool {
        let pools = self.field("ComputeConfig").and_then(|compute| either(compute, "NodePools"));
        pools.is_some_and(|pools| matches!(&pools.value, Value::List(pools) if pools.is_empty()))
    }

    fn egress_mode(&self) -> Option<String> {
        either(self.field("ResourcesVpcConfig")?, "ControlPlaneEgressMode").and_then(Property::shown)
    }

    /// Source: EKS API reference, RemoteNetworkConfigRequest.
    fn hybrid_nodes(&self) -> Vec<String> {
        let networks = self.field("RemoteNetworkConfig").and_then(|remote| either(remote, "RemoteNodeNetworks"));
        let blocks = networks.map(Property::items).unwrap_or_default().iter();
        let blocks = blocks.filter_map(|network| either(network, "Cidrs"));
        blocks.flat_map(|blocks| blocks.items()).filter_map(Property::shown).collect()
    }

    /// Source: EKS API reference, OutpostConfigRequest: one Outpost, by its ARN.
    fn outpost(&self) -> Option<String> {
        let arns = either(self.field("OutpostConfig")?, "OutpostArns")?;
        let shown = arns.items().first().map_or_else(|| arns.shown(), Property::shown)?;
        Some(super::zones::outpost_name(&shown).to_string())
    }

    fn endpoint(&self) -> EndpointAccess {
        let network = self.field("ResourcesVpcConfig");
        let setting = |key| network.and_then(|network| either(network, key));
        endpoint_access(
            setting("EndpointPublicAccess"),
            setting("EndpointPrivateAccess"),
            setting("PublicAccessCidrs"),
            &self.resource.origin,
        )
    }
}

/// A property in CloudFormation's spelling, or in the API's.
pub fn either<'a>(property: &'a Property, key: &str) -> Option<&'a Property> {
    property.field(key).or_else(|| {
        let mut letters = key.chars();
        let first = letters.next()?;
        property.field(&format!("{}{}", first.to_lowercase(), letters.as_str()))
    })
}

/// Who may reach the API server: by default everyone, over the internet only.
/// Source: EKS API reference, VpcConfigRequest.
fn endpoint_access(
    public: Option<&Property>,
    private: Option<&Property>,
    cidrs: Option<&Property>,
    cluster: &Origin,
) -> EndpointAccess {
    let access = |setting: Option<&Property>, default: bool| match setting {
        None => Known::Yes(default),
        Some(setting) => match setting.as_bool() {
            Some(value) => Known::Yes(value),
            None => Known::Later(setting.shown().unwrap_or_default().trim_matches(['<', '>']).to_string()),
        },
    };
    let mut public_cidrs: Vec<String> =
        cidrs.map(Property::items).unwrap_or_default().iter().filter_map(Property::shown).collect();
    if public_cidrs.is_empty() {
        public_cidrs.push("0.0.0.0/0".into());
    }
    let (public_access, private_access) = (access(public, true), access(private, false));
    let because = match public.or(private) {
        None => Because {
            text: "endpoint access is not set: EKS's default is public only".into(),
            origin: Some(cluster.clone()),
        },
        Some(setting) => Because {
            text: format!("{}, {}", said("public", &public_access, public), said("private", &private_access, private)),
            origin: Some(Origin { name: cluster.name.clone(), place: setting.place }),
        },
    };
    EndpointAccess { public: public_access, private: private_access, public_cidrs, because }
}

fn said(which: &str, access: &Known<bool>, setting: Option<&Property>) -> String {
    let value = match access {
        Known::Yes(true) => "on".to_string(),
        Known::Yes(false) => "off".to_string(),
        Known::Later(_) => access.to_string(),
    };
    match setting {
        Some(_) => format!("{which} access is {value}"),
        None => format!("{which} access is {value} by default"),
    }
}

/// All clusters of the region, in the order of names. `vpc_of` is the VPC of each subnet.
pub fn clusters(
    part: &Part,
    sources: &Sources,
    placements: &[Placement],
    vpc_of: &HashMap<Address, Address>,
) -> Vec<Cluster> {
    let mut addons = addons(part, sources);
    let mut clusters: BTreeMap<Address, Cluster> = BTreeMap::new();
    for (address, source) in &sources.made {
        clusters.insert(address.clone(), made(source, addons.remove(address).unwrap_or_default(), vpc_of));
    }
    for placement in placements {
        let Some(address) = placement.cluster.as_ref().filter(|address| !sources.made.contains_key(*address)) else {
            continue;
        };
        let vpc = placement.subnets.iter().find_map(|subnet| vpc_of.get(&subnet.address("subnet")).cloned());
        let cluster = clusters.entry(address.clone()).or_insert_with(|| named(address, placement));
        cluster.vpc = cluster.vpc.take().or(vpc);
    }
    let mut clusters: Vec<Cluster> = clusters.into_values().collect();
    interfaces::find(part, &mut clusters, vpc_of);
    clusters.sort_by(|a, b| {
        a.identity.external.cmp(&b.identity.external).then_with(|| super::order::by_name(&a.identity, &b.identity))
    });
    clusters
}

fn made(source: &Source, addons: Vec<String>, vpc_of: &HashMap<Address, Address>) -> Cluster {
    let named = source.subnets.iter().map(|subnet| subnet.address("subnet"));
    let subnets = unique(named.filter(|subnet| vpc_of.contains_key(subnet)));
    Cluster {
        identity: source.identity(),
        version: source.field("Version").and_then(Property::shown),
        endpoint: source.endpoint(),
        vpc: subnets.iter().find_map(|subnet| vpc_of.get(subnet).cloned()),
        unknown_subnets: unknown(&source.subnets),
        subnets,
        interfaces: Vec::new(),
        addons,
        auto_mode: source.is_auto_mode(),
        egress_mode: source.egress_mode(),
        hybrid_nodes: source.hybrid_nodes(),
        outpost: source.outpost(),
        secrets_encrypted: Some(encrypts_secrets(source)),
        logging: logging(source),
    }
}

/// The name of what will say the subnets, where they are not all known.
pub fn unknown(subnets: &[Target]) -> Option<String> {
    subnets.iter().find_map(|subnet| match subnet {
        Target::Outside(Outside { shown, extent: Extent::Many, .. }) => {
            Some(shown.trim_matches(['<', '>']).to_string())
        }
        Target::Outside(_) | Target::Inside(_) => None,
    })
}

/// A cluster that only its nodes name.
fn named(address: &Address, placement: &Placement) -> Cluster {
    let origin = placement.resource.origin.clone();
    let name = address.splitn(3, '/').last().unwrap_or(address).to_string();
    let unknown = |name: &str| Known::Later(name.to_string());
    Cluster {
        identity: names::external(address.clone(), name, "AWS::EKS::Cluster", origin.clone()),
        version: None,
        endpoint: EndpointAccess {
            public: unknown("EndpointPublicAccess"),
            private: unknown("EndpointPrivateAccess"),
            public_cidrs: Vec::new(),
            because: Because { text: "the cluster is not in the input".into(), origin: Some(origin) },
        },
        vpc: None,
        subnets: Vec::new(),
        unknown_subnets: None,
        interfaces: Vec::new(),
        addons: Vec::new(),
        auto_mode: None,
        egress_mode: None,
        hybrid_nodes: Vec::new(),
        outpost: None,
        secrets_encrypted: None,
        logging: Vec::new(),
    }
}

fn addons(part: &Part, sources: &Sources) -> HashMap<Address, Vec<String>> {
    let mut addons: HashMap<Address, Vec<String>> = HashMap::default();
    for addon in part.of_type("AWS::EKS::Addon") {
        let cluster = addon.property("ClusterName").and_then(|name| sources.named(name, addon));
        let name = addon.property("AddonName").and_then(Property::shown);
        if let (Some(cluster), Some(name)) = (cluster, name) {
            addons.entry(cluster).or_default().push(name);
        }
    }
    for names in addons.values_mut() {
        names.sort();
        names.dedup();
    }
    addons
}

fn encrypts_secrets(source: &Source) -> bool {
    let configurations = source.field("EncryptionConfig").map(Property::items).unwrap_or_default();
    configurations.iter().any(|one| {
        let resources = either(one, "Resources").map(Property::items).unwrap_or_default();
        resources.iter().any(|resource| resource.as_text() == Some("secrets"))
    })
}

/// The kinds of control-plane logs that are on; CloudFormation and the API nest them differently.
fn logging(source: &Source) -> Vec<String> {
    let Some(logging) = source.field("Logging").and_then(|logging| either(logging, "ClusterLogging")) else {
        return Vec::new();
    };
    let mut types = Vec::new();
    for one in logging.field("EnabledTypes").map_or(logging.items(), Property::items) {
        match one.field("Type") {
            Some(name) => types.extend(name.shown()),
            None if either(one, "Enabled").and_then(Property::as_bool) == Some(true) => {
                let listed = either(one, "Types").map(Property::items).unwrap_or_default();
                types.extend(listed.iter().filter_map(Property::shown));
            }
            None => {}
        }
    }
    types.sort();
    types.dedup();
    types
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, network_and, region};

    fn cluster(properties: &str) -> Cluster {
        region(&[("Eks", "AWS::EKS::Cluster", properties)]).clusters.remove(0)
    }

    #[test]
    fn a_cluster_that_says_nothing_of_its_endpoint_is_public_only() {
        let endpoint = cluster("{}").endpoint;
        assert_eq!((endpoint.public, endpoint.private), (Known::Yes(true), Known::Yes(false)));
        assert_eq!(endpoint.public_cidrs, ["0.0.0.0/0"]);
        assert_eq!(endpoint.because.text, "endpoint access is not set: EKS's default is public only");
    }

    #[test]
    fn an_endpoint_that_a_parameter_decides_stays_open() {
        let endpoint = cluster(r#"{"ResourcesVpcConfig": {"EndpointPrivateAccess": "<Private>"}}"#).endpoint;
        assert_eq!(endpoint.private, Known::Later("Private".into()));
        assert_eq!(endpoint.because.text, "public access is on by default, private access is <Private>");
    }

    #[test]
    fn the_cdk_s_custom_resource_is_a_cluster() {
        let inventory = network_and(&[(
            "Eks",
            "Custom::AWSCDK-EKS-Cluster",
            r#"{"Config": {"name": "demo", "version": "1.33", "resourcesVpcConfig":
                {"subnetIds": ["@PrivateA", "@PrivateB"], "endpointPublicAccess": "false",
                 "endpointPrivateAccess": "true"}}}"#,
        )]);
        let cluster = drawn(&inventory).0.regions.remove(0).clusters.remove(0);
        assert_eq!((cluster.identity.name.as_str(), cluster.version.as_deref()), ("demo", Some("1.33")));
        assert_eq!(cluster.subnets.len(), 2);
        assert_eq!((cluster.endpoint.public, cluster.endpoint.private), (Known::Yes(false), Known::Yes(true)));
        assert_eq!(cluster.vpc.as_deref(), Some("lab/Vpc"));
    }

    #[test]
    fn the_quick_start_s_own_type_is_a_cluster() {
        let properties =
            r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@PrivateA"], "EndpointPrivateAccess": true}}"#;
        let inventory = network_and(&[("Eks", "AWSQS::EKS::Cluster", properties)]);
        let cluster = drawn(&inventory).0.regions.remove(0).clusters.remove(0);
        assert_eq!((cluster.identity.name.as_str(), cluster.subnets.len()), ("demo", 1));
        assert_eq!(cluster.endpoint.private, Known::Yes(true));
    }

    #[test]
    fn nodes_that_are_told_a_cluster_of_another_stack_in_a_text_join_it() {
        let mut inventory = network_and(&[("Eks", "AWS::EKS::Cluster", "{}")]);
        let nodes = r#"{"VPCZoneIdentifier": ["@lab/PrivateA"], "Tags": [{"Key": "kubernetes.io/cluster/<Eks>", "Value": "owned"}]}"#;
        crate::architecture::sketch::add(
            &mut inventory,
            "nodes",
            &[("Nodes", "AWS::AutoScaling::AutoScalingGroup", nodes)],
        );
        let region = drawn(&inventory).0.regions.remove(0);
        assert_eq!(region.clusters.len(), 1);
        assert_eq!(region.vpcs[0].groups[0].cluster.as_deref(), Some("lab/Eks"));
    }

    #[test]
    fn a_custom_resource_without_a_vpc_configuration_is_no_cluster() {
        assert!(region(&[("Names", "Custom::GenerateName", "{}")]).clusters.is_empty());
    }

    #[test]
    fn a_node_group_finds_its_cluster_by_the_same_name() {
        let inventory = network_and(&[
            ("Eks", "AWS::EKS::Cluster", r#"{"Name": "myeks"}"#),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "myeks", "Subnets": ["@PrivateA"]}"#),
        ]);
        let region = drawn(&inventory).0.regions.remove(0);
        assert_eq!(region.clusters.len(), 1);
        assert_eq!(region.vpcs[0].groups[0].cluster.as_deref(), Some("lab/Eks"));
    }

    #[test]
    fn a_cluster_that_only_its_nodes_name_is_external() {
        let inventory = network_and(&[(
            "Nodes",
            "AWS::EKS::Nodegroup",
            r#"{"ClusterName": "<ClusterName>", "Subnets": ["@PrivateA"]}"#,
        )]);
        let cluster = drawn(&inventory).0.regions.remove(0).clusters.remove(0);
        assert!(cluster.identity.external);
        assert_eq!(cluster.identity.name, "<ClusterName>");
        assert_eq!(cluster.vpc.as_deref(), Some("lab/Vpc"));
    }

    #[test]
    fn addons_and_logs_are_listed_in_order() {
        let region = region(&[
            (
                "Eks",
                "AWS::EKS::Cluster",
                r#"{"Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}, {"Type": "api"}]}}}"#,
            ),
            ("Cni", "AWS::EKS::Addon", r#"{"ClusterName": "@Eks", "AddonName": "vpc-cni"}"#),
            ("Dns", "AWS::EKS::Addon", r#"{"ClusterName": "@Eks", "AddonName": "coredns"}"#),
        ]);
        assert_eq!(region.clusters[0].logging, ["api", "audit"]);
        assert_eq!(region.clusters[0].addons, ["coredns", "vpc-cni"]);
    }
}
