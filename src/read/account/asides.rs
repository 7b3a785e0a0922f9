//! Answers that are about things that other answers describe: their tags, their targets, the stacks that hold them.

use std::collections::{BTreeMap, BTreeSet};

use super::hints::Hinted;
use super::item::{Call, Item};
use super::stacks::Stacks;
use crate::hashing::HashMap;
use crate::syntax::node::Node;

#[derive(Default)]
pub struct Asides<'n> {
    /// The ids of accounts that were asked.
    pub accounts: BTreeSet<&'n str>,
    /// DNS settings, by VPC and property.
    attributes: BTreeMap<(&'n str, &'static str), &'n str>,
    /// `describe-tags` of load balancers, by the balancer's ARN or name.
    tags: HashMap<&'n str, Item<'n>>,
    /// The highest version of each launch template, with its number.
    versions: HashMap<&'n str, (u64, Item<'n>)>,
    targets: Hinted<'n>,
    routes: Hinted<'n>,
    pub stacks: Stacks<'n>,
    /// Names of clusters that are only listed.
    pub clusters: BTreeSet<&'n str>,
    /// Names of parts of clusters that are only listed, by the key of the list.
    pub names: BTreeMap<&'static str, BTreeSet<&'n str>>,
}

/// Keys of answers that are taken aside. The last ones say nothing that is drawn, and are known so that nobody wonders.
const KEYS: [&str; 23] = [
    "TagDescriptions",
    "LaunchTemplateVersions",
    "TargetHealthDescriptions",
    "StackResources",
    "StackResourceSummaries",
    "Stacks",
    "StackSummaries",
    "EnableDnsSupport",
    "EnableDnsHostnames",
    "clusters",
    "nodegroups",
    "fargateProfileNames",
    "addons",
    "accessEntries",
    "AvailabilityZones",
    "NetworkAcls",
    "DhcpOptions",
    "Regions",
    "AutoScalingInstances",
    "PrefixLists",
    "Volumes",
    "Images",
    "KeyPairs",
];

/// DNS settings of a VPC, which have a call each.
const ATTRIBUTES: [&str; 2] = ["EnableDnsSupport", "EnableDnsHostnames"];

/// Keys of lists of names that belong to a cluster, which the list does not name.
const LISTS: [&str; 2] = ["nodegroups", "fargateProfileNames"];

/// What an item says of something else.
pub enum Aside<'n> {
    StackResource,
    Stack,
    /// A version of a launch template.
    Version {
        template: &'n str,
        number: u64,
    },
    /// What is registered in a target group.
    Target,
    /// A route of a transit gateway.
    Route,
    /// Tags of a load balancer.
    Tags(&'n str),
}

impl<'n> Aside<'n> {
    /// What an item is by its fields.
    pub fn of(item: &Item<'n>) -> Option<Aside<'n>> {
        if item.at("PhysicalResourceId").is_some() && item.at("LogicalResourceId").is_some() {
            return Some(Aside::StackResource);
        }
        if item.at("StackName").is_some() && item.at("StackStatus").is_some() {
            return Some(Aside::Stack);
        }
        if let (Some(template), Some(number)) = (item.text("LaunchTemplateId"), item.text("VersionNumber")) {
            return Some(Aside::Version { template, number: number.parse().unwrap_or_default() });
        }
        if item.at("Target.Id").is_some() {
            return Some(Aside::Target);
        }
        if item.at("TransitGatewayAttachments").is_some() {
            return Some(Aside::Route);
        }
        item.at("Tags")?;
        item.text("ResourceArn").or_else(|| item.text("LoadBalancerName")).map(Aside::Tags)
    }
}

impl<'n> Asides<'n> {
    /// Whether something is taken aside under this key. A list of names may be a list of descriptions as well.
    pub fn has(key: &str, node: &Node) -> bool {
        let is_names = || node.as_list().is_some_and(|items| items.iter().all(|item| item.as_text().is_some()));
        let is_list = || node.as_list().is_some();
        match key {
            "clusters" | "nodegroups" | "fargateProfileNames" | "addons" | "accessEntries" => is_names(),
            "Routes" => node
                .as_list()
                .is_some_and(|items| items.iter().all(|item| item.field("TransitGatewayAttachments").is_some())),
            _ if ATTRIBUTES.contains(&key) => node.field("Value").is_some(),
            _ => KEYS.contains(&key) && is_list(),
        }
    }

    /// Whether a whole map is taken aside.
    pub fn is_whole(node: &Node) -> bool {
        ["UserId", "Account", "Arn"].iter().all(|key| node.field(key).and_then(Node::as_text).is_some())
    }

    pub fn take_whole(&mut self, node: &'n Node) -> bool {
        let item = Item { node, call: Call::default() };
        if Asides::is_whole(node) {
            self.accounts.extend(item.text("Account"));
            return true;
        }
        let Some(vpc) = item.text("VpcId") else { return false };
        for attribute in ATTRIBUTES {
            if let Some(value) = item.text(&format!("{attribute}.Value")) {
                self.attributes.insert((vpc, attribute), value);
            }
        }
        false
    }

    pub fn take(&mut self, key: &str, node: &'n Node, call: Call<'n>) {
        if let Some(list) = LISTS.iter().find(|list| **list == key).filter(|_| Asides::has(key, node)) {
            let names = node.as_list().unwrap_or_default().iter().filter_map(Node::as_text);
            self.names.entry(list).or_default().extend(names);
            return;
        }
        if matches!(key, "StackResources" | "StackResourceSummaries") {
            self.stacks.take_call(call);
        }
        let items = node.as_list().unwrap_or_default().iter().map(|node| Item { node, call });
        match key {
            "clusters" => {
                self.clusters.extend(items.filter_map(|item| item.node.as_text()).filter(|name| !name.contains(':')))
            }
            _ => items.for_each(|item| {
                self.take_item(item);
            }),
        }
    }

    /// Takes an item that is known by its fields.
    pub fn take_item(&mut self, item: Item<'n>) -> bool {
        match Aside::of(&item) {
            None => return false,
            Some(Aside::StackResource) => self.stacks.take_resource(&item),
            Some(Aside::Stack) => self.stacks.take_stack(&item),
            Some(Aside::Version { template, number }) => {
                let latest = self.versions.entry(template).or_insert((number, item));
                if number > latest.0 {
                    *latest = (number, item);
                }
            }
            Some(Aside::Target) => self.targets.push(item),
            Some(Aside::Route) => self.routes.push(item),
            Some(Aside::Tags(of)) => {
                self.tags.insert(of, item);
            }
        }
        true
    }

    /// Whether something belongs to another account, which shares it with this one.
    pub fn is_foreign(&self, owner: &str) -> bool {
        !self.accounts.is_empty() && !self.accounts.contains(owner)
    }

    pub fn attributes_of(&self, vpc: &'n str) -> impl Iterator<Item = (&'static str, &'n str)> {
        ATTRIBUTES.into_iter().filter_map(move |name| Some((name, *self.attributes.get(&(vpc, name))?)))
    }

    pub fn tags_of(&self, balancer: &str) -> Option<Item<'n>> {
        self.tags.get(balancer).copied()
    }

    pub fn latest_version(&self, template: &str) -> Option<Item<'n>> {
        self.versions.get(template).map(|(_, item)| *item)
    }

    /// Targets of the group that their call names, in the order of their ids.
    pub fn targets_of(&self, arn: &str, name: &str) -> Vec<Item<'n>> {
        once(self.targets.of([arn, name]), "Target.Id")
    }

    /// The targets of whichever group: what names none is of the only one that there is.
    pub fn targets(&self) -> Vec<Item<'n>> {
        once(self.targets.all(), "Target.Id")
    }

    pub fn routes_of(&self, table: &str) -> Vec<Item<'n>> {
        once(self.routes.of([table]), "DestinationCidrBlock")
    }
}

/// Each item once, by a field of theirs: the last of those that are alike.
fn once<'n>(items: impl Iterator<Item = Item<'n>>, by: &str) -> Vec<Item<'n>> {
    let sorted: BTreeMap<&str, Item<'n>> = items.filter_map(|item| Some((item.text(by)?, item))).collect();
    sorted.into_values().collect()
}
