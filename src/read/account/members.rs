//! Which instances are members of a group, and which groups are the machinery of a node group: neither stands alone.
//!
//! Source: EC2 Auto Scaling user guide, "Tag Auto Scaling groups and instances" (`aws:autoscaling:groupName`); EKS user
//! guide, "Managed node groups" (`eks:nodegroup-name`); Karpenter's documentation, "NodePools" (`karpenter.sh/nodepool`).

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::answers::Answers;
use super::item::Item;
use super::table::Table;
use super::{computers, eks, interfaces};
use crate::hashing::HashMap;

/// Bits of the blocks that the VPC CNI takes for pods. Source: EKS user guide, "Assign more IP addresses to nodes with
/// prefixes".
const POD_PREFIX: u8 = 28;

#[derive(Default)]
pub struct Members<'n> {
    /// The local id of the group of each member.
    of_instance: HashMap<&'n str, String>,
    of_group: BTreeMap<String, BTreeSet<&'n str>>,
    /// By the name of an Auto Scaling group, the local id of the node group that it serves.
    node_groups: HashMap<&'n str, String>,
    /// Members whose group is in no answer.
    pub strays: BTreeMap<Stray<'n>, Vec<Item<'n>>>,
    /// Instances by VPC and private address.
    by_address: HashMap<(&'n str, &'n str), &'n str>,
    by_prefix: HashMap<(&'n str, Ipv4Net), &'n str>,
}

/// A group that only its members name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stray<'n> {
    AutoScalingGroup(&'n str),
    /// Of Karpenter or EKS Auto Mode.
    NodePool(&'n str),
}

impl Stray<'_> {
    pub fn local_id(&self) -> String {
        match self {
            Stray::AutoScalingGroup(name) => local_id(&computers::AUTO_SCALING_GROUP, name),
            Stray::NodePool(name) => format!("pool.{name}"),
        }
    }
}

/// What an item is called within its stack, where an address has no slashes.
pub fn local_id(table: &Table, id: &str) -> String {
    let id = id.replace('/', ":");
    if table.noun.is_empty() { id } else { format!("{}.{id}", table.noun) }
}

impl<'n> Members<'n> {
    pub fn of(answers: &Answers<'n>) -> Members<'n> {
        let mut members = Members::default();
        members.find_node_groups(answers);
        for group in answers.of(&computers::AUTO_SCALING_GROUP) {
            let Some(name) = group.text("AutoScalingGroupName") else { continue };
            let home = members.group_called(name);
            for id in group.list("Instances").filter_map(|instance| instance.text("InstanceId")) {
                members.add(id, home.clone());
            }
        }
        for instance in answers.of(&computers::INSTANCE) {
            members.find_home(&instance, answers);
            members.find_addresses(&instance, instance.text("InstanceId"));
        }
        for interface in answers.of(&interfaces::NETWORK_INTERFACE) {
            members.add_addresses(&interface, interface.text("Attachment.InstanceId"));
        }
        members
    }

    fn find_node_groups(&mut self, answers: &Answers<'n>) {
        for item in answers.of(&eks::NODE_GROUP) {
            let Some(id) = eks::NODE_GROUP.id_of(&item) else { continue };
            for name in item.list("resources.autoScalingGroups").filter_map(|group| group.text("name")) {
                self.node_groups.insert(name, local_id(&eks::NODE_GROUP, &id));
            }
        }
        for item in answers.of(&computers::AUTO_SCALING_GROUP) {
            let described = node_group_of(&item).filter(|id| answers.has(&eks::NODE_GROUP, id));
            if let (Some(name), Some(id)) = (item.text("AutoScalingGroupName"), described) {
                self.node_groups.insert(name, local_id(&eks::NODE_GROUP, &id));
            }
        }
    }

    fn group_called(&self, name: &str) -> String {
        let of_node_group = self.node_groups.get(name).cloned();
        of_node_group.unwrap_or_else(|| local_id(&computers::AUTO_SCALING_GROUP, name))
    }

    fn find_home(&mut self, instance: &Item<'n>, answers: &Answers<'n>) {
        let Some(id) = instance.text("InstanceId").filter(|id| !self.has(id)) else { return };
        if let Some(node_group) = node_group_of(instance).filter(|id| answers.has(&eks::NODE_GROUP, id)) {
            self.add(id, local_id(&eks::NODE_GROUP, &node_group));
            return;
        }
        let scaled = instance.tag("aws:autoscaling:groupName").map(Stray::AutoScalingGroup);
        let pooled = || instance.tag("karpenter.sh/nodepool").map(Stray::NodePool);
        let Some(stray) = scaled.or_else(pooled) else { return };
        let home = match stray {
            Stray::AutoScalingGroup(name) => self.group_called(name),
            Stray::NodePool(_) => stray.local_id(),
        };
        if home == stray.local_id() {
            // A group that is described lists its members, but perhaps this one came later.
            let is_described = match stray {
                Stray::AutoScalingGroup(name) => answers.has(&computers::AUTO_SCALING_GROUP, name),
                Stray::NodePool(_) => false,
            };
            if !is_described {
                self.strays.entry(stray).or_default().push(*instance);
            }
        }
        self.add(id, home);
    }

    fn find_addresses(&mut self, instance: &Item<'n>, id: Option<&'n str>) {
        self.add_addresses(instance, id);
        for interface in instance.list("NetworkInterfaces") {
            self.add_addresses(&interface, id);
        }
    }

    fn add_addresses(&mut self, item: &Item<'n>, instance: Option<&'n str>) {
        let (Some(vpc), Some(instance)) = (item.text("VpcId"), instance) else { return };
        let more = item.list("PrivateIpAddresses").filter_map(|one| one.text("PrivateIpAddress"));
        for address in more.chain(item.text("PrivateIpAddress")) {
            self.by_address.insert((vpc, address), instance);
        }
        for prefix in item.list("Ipv4Prefixes").filter_map(|one| one.text("Ipv4Prefix")?.parse().ok()) {
            self.by_prefix.insert((vpc, prefix), instance);
        }
    }

    fn add(&mut self, instance: &'n str, group: String) {
        self.of_group.entry(group.clone()).or_default().insert(instance);
        self.of_instance.insert(instance, group);
    }

    pub fn has(&self, instance: &str) -> bool {
        self.of_instance.contains_key(instance)
    }

    /// All members, each with the local id of its group.
    pub fn all(&self) -> impl Iterator<Item = (&'n str, &str)> {
        self.of_instance.iter().map(|(instance, group)| (*instance, group.as_str()))
    }

    /// The members of a group, by its local id.
    pub fn of_group(&self, local_id: &str) -> impl Iterator<Item = &'n str> {
        self.of_group.get(local_id).into_iter().flatten().copied()
    }

    pub fn is_of_node_group(&self, auto_scaling_group: &str) -> bool {
        self.node_groups.contains_key(auto_scaling_group)
    }

    /// The instance that has a private address, itself or for a pod.
    pub fn behind_address(&self, vpc: &str, address: &str) -> Option<&'n str> {
        let in_prefix = || {
            let block = Ipv4Net::new(address.parse::<Ipv4Addr>().ok()?, POD_PREFIX).ok()?;
            self.by_prefix.get(&(vpc, block.trunc())).copied()
        };
        self.by_address.get(&(vpc, address)).copied().or_else(in_prefix)
    }
}

/// The id of the node group that tags name.
pub fn node_group_of(item: &Item) -> Option<String> {
    Some(format!("{}.{}", item.tag("eks:cluster-name")?, item.tag("eks:nodegroup-name")?))
}
