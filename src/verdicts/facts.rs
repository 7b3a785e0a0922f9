//! What the rules ask, indexed once: every question is answered without a search.

use super::BrokenPath;
use super::admission::SecurityGroups;
use super::egress::Egress;
use super::nodes::Nodes;
use super::room;
use crate::architecture::clusters::Source;
use crate::architecture::{Architecture, Cluster, ConnectionEnd, PathKind, Region, Stop, Subnet, Thing, Vpc};
use crate::diag::{Known, Origin};
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Inventory, Property, Resource};
use crate::kinds::Lookup;

pub struct Facts<'a> {
    pub architecture: &'a Architecture,
    pub lookup: Lookup<'a>,
    pub security: SecurityGroups<'a>,
    pub egress: Egress<'a>,
    pub nodes: Vec<Nodes<'a>>,
    nodes_by_cluster: HashMap<&'a Address, Vec<usize>>,
    nodes_by_vpc: HashMap<&'a Address, Vec<usize>>,
    subnets: HashMap<&'a Address, &'a Subnet>,
    vpcs: HashMap<&'a Address, &'a Vpc>,
    sources: HashMap<&'a Address, Source<'a>>,
    /// From where kubectl reaches the API servers of a cluster by its network interfaces.
    kubectl: HashMap<&'a Address, Vec<&'a Stop>>,
    /// The types of which there are resources.
    types: HashSet<&'a str>,
    /// VPCs from which a peering connection or a transit gateway leads to other networks.
    connected: HashSet<&'a Address>,
    /// Clusters whose pods get roles by EKS Pod Identity, by reference or by name.
    pod_identities: HashSet<String>,
    /// Instances and network interfaces with an Elastic IP.
    elastic: HashSet<&'a Address>,
    /// How many interface endpoints have a network interface in a subnet.
    endpoints: HashMap<&'a Address, u64>,
}

impl<'a> Facts<'a> {
    pub fn new(inventory: &'a Inventory, architecture: &'a Architecture) -> Facts<'a> {
        let lookup = Lookup::new(inventory);
        let regions = &architecture.regions;
        let vpcs = || regions.iter().flat_map(|region| &region.vpcs);
        let connections = regions.iter().flat_map(|region| &region.connections);
        let connected = connections.flat_map(|connection| match &connection.to {
            ConnectionEnd::Inside(to) => vec![&connection.from, to],
            ConnectionEnd::Outside(_) => vec![&connection.from],
        });
        let mut endpoints: HashMap<&Address, u64> = HashMap::default();
        vpcs().flat_map(room::interfaces).for_each(|subnet| *endpoints.entry(subnet).or_default() += 1);
        let nodes = Nodes::all(architecture, &lookup);
        let mut nodes_by_cluster: HashMap<&Address, Vec<usize>> = HashMap::default();
        let mut nodes_by_vpc: HashMap<&Address, Vec<usize>> = HashMap::default();
        for (i, one) in nodes.iter().enumerate() {
            nodes_by_vpc.entry(&one.vpc.identity.address).or_default().push(i);
            if let Some(cluster) = one.cluster {
                nodes_by_cluster.entry(&cluster.identity.address).or_default().push(i);
            }
        }
        let sources = inventory.resources.values().filter_map(|resource| Source::read(&lookup, resource));
        Facts {
            architecture,
            security: SecurityGroups::read(&lookup),
            egress: Egress::read(inventory, architecture),
            nodes,
            nodes_by_cluster,
            nodes_by_vpc,
            subnets: vpcs().flat_map(|vpc| &vpc.subnets).map(|subnet| (&subnet.identity.address, subnet)).collect(),
            vpcs: vpcs().map(|vpc| (&vpc.identity.address, vpc)).collect(),
            sources: sources.map(|source| (&source.resource.address, source)).collect(),
            kubectl: kubectl(architecture),
            types: inventory.resources.values().map(|resource| resource.type_name.as_str()).collect(),
            connected: connected.collect(),
            endpoints,
            elastic: elastic(inventory),
            pod_identities: pod_identities(inventory),
            lookup,
        }
    }

    /// Clusters that the input makes: of others it does not say enough to judge them.
    pub fn clusters(&self) -> impl Iterator<Item = (&'a Region, &'a Cluster)> {
        let regions = self.architecture.regions.iter();
        let clusters = regions.flat_map(|region| region.clusters.iter().map(move |cluster| (region, cluster)));
        clusters.filter(|(_, cluster)| !cluster.identity.external)
    }

    pub fn vpcs(&self) -> impl Iterator<Item = (&'a Region, &'a Vpc)> {
        self.architecture.regions.iter().flat_map(|region| region.vpcs.iter().map(move |vpc| (region, vpc)))
    }

    pub fn vpc(&self, address: &Address) -> Option<&'a Vpc> {
        self.vpcs.get(address).copied()
    }

    pub fn vpc_of(&self, cluster: &Cluster) -> Option<&'a Vpc> {
        self.vpc(cluster.vpc.as_ref()?)
    }

    /// The cluster as it is written.
    pub fn source(&self, cluster: &Cluster) -> Option<&Source<'a>> {
        self.sources.get(&cluster.identity.address)
    }

    pub fn subnet(&self, address: &Address) -> Option<&'a Subnet> {
        self.subnets.get(address).copied()
    }

    pub fn subnets_of(&self, cluster: &'a Cluster) -> impl Iterator<Item = &'a Subnet> {
        cluster.subnets.iter().filter_map(|subnet| self.subnet(subnet))
    }

    pub fn nodes_of(&self, cluster: &Cluster) -> impl Iterator<Item = &Nodes<'a>> {
        indexed(&self.nodes, self.nodes_by_cluster.get(&cluster.identity.address))
    }

    pub fn nodes_in(&self, vpc: &Address) -> impl Iterator<Item = &Nodes<'a>> {
        indexed(&self.nodes, self.nodes_by_vpc.get(vpc))
    }

    pub fn resource(&self, address: &Address) -> Option<&'a Resource> {
        self.lookup.resource(address)
    }

    pub fn has_pod_identities(&self, cluster: &Cluster) -> bool {
        let identity = &cluster.identity;
        self.pod_identities.contains(&*identity.address) || self.pod_identities.contains(&identity.name)
    }

    /// The ways of kubectl by a cluster's interfaces.
    pub fn kubectl(&self, cluster: &Cluster) -> impl Iterator<Item = BrokenPath> + use<'_, 'a> {
        let address = cluster.identity.address.clone();
        self.kubectl.get(&address).into_iter().flatten().map(move |start| BrokenPath {
            kind: PathKind::Kubectl,
            start: (*start).clone(),
            cluster: address.clone(),
        })
    }

    pub fn has_any(&self, type_name: &str) -> bool {
        self.types.contains(type_name)
    }

    pub fn has_elastic_ip(&self, instance: &Address) -> bool {
        self.elastic.contains(instance)
    }

    pub fn endpoints_in(&self, subnet: &Address) -> u64 {
        self.endpoints.get(subnet).copied().unwrap_or_default()
    }

    pub fn is_connected(&self, vpc: &Vpc) -> bool {
        self.connected.contains(&vpc.identity.address)
    }

    /// A flag of a VPC or subnet that the input makes, or what is to be known for it; `default` where it is not set.
    pub fn flag(&self, address: &Address, key: &str, default: bool) -> Known<bool> {
        let Some(resource) = self.resource(address) else {
            return Known::Later(format!("{address} is not in the input"));
        };
        match resource.property(key) {
            None => Known::Yes(default),
            Some(property) => crate::kinds::flag(property).unwrap_or(Known::Yes(default)),
        }
    }

    /// The place of a property, else of its resource.
    pub fn place_of(&self, address: &Address, key: &str) -> Option<Origin> {
        let resource = self.resource(address)?;
        let place = resource.property(key).map_or(resource.origin.place, |property| property.place);
        Some(Origin::new(&*resource.origin.name, place))
    }
}

fn indexed<'f, T>(all: &'f [T], which: Option<&'f Vec<usize>>) -> impl Iterator<Item = &'f T> {
    which.into_iter().flatten().filter_map(|i| all.get(*i))
}

fn kubectl(architecture: &Architecture) -> HashMap<&Address, Vec<&Stop>> {
    let mut kubectl: HashMap<&Address, Vec<&Stop>> = HashMap::default();
    let paths = architecture.regions.iter().flat_map(|region| &region.paths);
    for path in paths.filter(|path| path.kind == PathKind::Kubectl) {
        if let (Some(start), Some(Stop::ApiServers(cluster))) = (path.stops.first(), path.stops.last()) {
            kubectl.entry(cluster).or_default().push(start);
        }
    }
    kubectl
}

fn elastic(inventory: &Inventory) -> HashSet<&Address> {
    let types = ["AWS::EC2::EIP", "AWS::EC2::EIPAssociation"];
    let resources = types.into_iter().flat_map(|type_name| inventory.of_type(type_name));
    let ends = resources.flat_map(|one| ["InstanceId", "NetworkInterfaceId"].map(|key| one.property(key)));
    ends.flatten().filter_map(Property::as_reference).collect()
}

fn pod_identities(inventory: &Inventory) -> HashSet<String> {
    let associations = inventory.of_type("AWS::EKS::PodIdentityAssociation");
    let clusters = associations.filter_map(|association| association.property("ClusterName"));
    let named = clusters.filter_map(|name| match name.as_reference() {
        Some(address) => Some(address.to_string()),
        None => name.shown(),
    });
    named.collect()
}

/// Everything with an icon in a VPC.
pub fn things(vpc: &Vpc) -> impl Iterator<Item = (Option<&Subnet>, &Thing)> {
    let in_subnets = vpc.subnets.iter().flat_map(|subnet| subnet.things.iter().map(move |thing| (Some(subnet), thing)));
    in_subnets.chain(vpc.things.iter().map(|thing| (None, thing)))
}

/// The name of something that a list holds and that is known only later.
pub fn unsaid(list: &[Property]) -> Option<String> {
    list.iter().find(|item| !item.is_exact()).map(|item| item.shown().unwrap_or_else(|| "a value".into()))
}
