//! Groups of nodes: whose they are, which addresses they get, which security groups are theirs.

use super::admission::SecurityGroup;
use super::facts::Facts;
use super::{BrokenPath, listing};
use crate::architecture::{Architecture, Because, Cluster, Group, PathKind, Stop, Subnet, Vpc};
use crate::diag::Known;
use crate::hashing::HashMap;
use crate::inventory::{Address, Resource};
use crate::kinds::{self, Drawn, Kind, Lookup};

pub struct Nodes<'a> {
    pub group: &'a Group,
    pub vpc: &'a Vpc,
    /// The cluster that they join, which the input may only name.
    pub cluster: Option<&'a Cluster>,
    /// What the resource says of itself; none stands for the nodes of EKS Auto Mode.
    written: Option<(&'a Resource, Drawn<'a>)>,
}

/// The public addresses that nodes get in a subnet.
pub enum PublicAddresses {
    Given(Because),
    Withheld(Because),
    Unknown(String),
}

impl<'a> Nodes<'a> {
    pub fn all(architecture: &'a Architecture, lookup: &Lookup<'a>) -> Vec<Nodes<'a>> {
        let mut all = Vec::new();
        for region in &architecture.regions {
            let clusters: HashMap<&Address, &Cluster> =
                region.clusters.iter().map(|cluster| (&cluster.identity.address, cluster)).collect();
            for vpc in &region.vpcs {
                let groups = vpc.groups.iter().filter(|group| group.kind.is_nodes());
                all.extend(groups.map(|group| {
                    Nodes {
                        group,
                        vpc,
                        cluster: group.cluster.as_ref().and_then(|cluster| clusters.get(cluster).copied()),
                        written: lookup
                            .resource(&group.identity.address)
                            .and_then(|resource| Some((resource, kinds::drawn(resource, lookup)?))),
                    }
                }));
            }
        }
        all
    }

    pub fn name(&self) -> &'a str {
        &self.group.identity.name
    }

    /// Whether they are instances of the account, which may have public addresses.
    pub fn are_instances(&self) -> bool {
        matches!(self.group.kind, Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup)
    }

    pub fn subnets<'f>(&self, facts: &'f Facts<'a>) -> impl Iterator<Item = &'a Subnet> + use<'a, 'f> {
        self.group.subnets.iter().filter_map(|subnet| facts.subnet(subnet))
    }

    /// What will say the subnets, where they are not all known.
    pub fn unknown_subnets(&self) -> Option<String> {
        let named = self.group.unknown_subnets.as_deref();
        let none = || self.group.subnets.is_empty().then_some("Subnets");
        named.or_else(none).map(|name| format!("the subnets of {} are {}", self.name(), listing::later(name)))
    }

    pub fn path_to_api(&self) -> Option<BrokenPath> {
        Some(BrokenPath {
            kind: PathKind::NodesToApi,
            start: Stop::At(self.group.identity.address.clone()),
            cluster: self.cluster?.identity.address.clone(),
        })
    }

    /// What their launch template says, else the subnet. Source: EC2 user guide, "Public IPv4 addresses".
    pub fn public_addresses(&self, facts: &Facts<'a>, subnet: &Subnet) -> PublicAddresses {
        let drawn = self.written.as_ref().map(|(_, drawn)| drawn);
        let asked = drawn.and_then(|drawn| drawn.public_address.clone());
        match asked {
            Some(Known::Yes(asks)) => {
                let says = if asks { "asks for" } else { "refuses" };
                let text = format!("what launches {} {says} public addresses", self.name());
                return given(asks, Because { text, origin: Some(self.group.identity.origin.clone()) });
            }
            Some(Known::Later(name)) => {
                let name = listing::later(&name);
                return PublicAddresses::Unknown(format!(
                    "whether {} asks for public addresses is {name}",
                    self.name()
                ));
            }
            None => {}
        }
        if let Some(template) = drawn.and_then(|drawn| drawn.launch_outside.as_ref()) {
            let template = listing::later(template);
            return PublicAddresses::Unknown(format!("the launch template of {} is {template}", self.name()));
        }
        let address = &subnet.identity.address;
        // A default subnet is no resource of the input, and gives them.
        let maps = match subnet.maps_public_addresses {
            Some(maps) => Known::Yes(maps),
            None => facts.flag(address, MAPS, false),
        };
        match maps {
            Known::Yes(maps) => {
                let text = format!("{MAPS} of {} is {}", subnet.identity.name, if maps { "on" } else { "off" });
                let origin = facts.place_of(address, MAPS).unwrap_or_else(|| subnet.identity.origin.clone());
                given(maps, Because { text, origin: Some(origin) })
            }
            Known::Later(name) if subnet.identity.external => {
                PublicAddresses::Unknown(format!("{} is not in the input", listing::later(&name)))
            }
            Known::Later(name) => {
                PublicAddresses::Unknown(format!("{MAPS} of {} is {}", subnet.identity.name, listing::later(&name)))
            }
        }
    }

    /// Source: EKS user guide, "View Amazon EKS security group requirements for clusters": nodes that EKS launches have
    /// the cluster's own group, unless their launch template names others.
    pub fn security_groups(&self, facts: &Facts<'a>) -> Known<Vec<SecurityGroup>> {
        let of_cluster = || match self.cluster {
            Some(cluster) => Known::Yes(vec![SecurityGroup::OfCluster(cluster.identity.address.clone())]),
            None => Known::Later(format!("the cluster of {}", self.name())),
        };
        let Some((resource, drawn)) = &self.written else {
            return of_cluster();
        };
        if let Some(template) = &drawn.launch_outside {
            return Known::Later(format!("the launch template {}", listing::later(template)));
        }
        let named = facts.security.named(&facts.lookup, resource, &drawn.security_groups);
        if !named.is_empty() {
            return Known::Yes(named);
        }
        match self.group.kind {
            Kind::SelfManagedNodeGroup => Known::Yes(vec![SecurityGroup::DefaultOf(self.vpc.identity.address.clone())]),
            _ => of_cluster(),
        }
    }
}

const MAPS: &str = "MapPublicIpOnLaunch";

fn given(asks: bool, because: Because) -> PublicAddresses {
    if asks { PublicAddresses::Given(because) } else { PublicAddresses::Withheld(because) }
}
