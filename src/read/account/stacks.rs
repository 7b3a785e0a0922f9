//! What CloudFormation's stacks hold: what their templates call a thing, and which things are in none.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::hints::names_it;
use super::item::{Call, Item};
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Property};

#[derive(Default)]
pub struct Stacks<'n> {
    /// What stacks call a physical id, by the type of what has it: an attachment may have the id of what it attaches.
    /// `None` where two names are given.
    names: HashMap<&'n str, BTreeMap<&'n str, Option<&'n str>>>,
    /// The stacks that there are, each with the region of the call that lists it.
    standing: BTreeSet<(Option<&'n str>, &'n str)>,
    /// Whose resources are listed, likewise: a stack's name, or a hint that has it in it.
    told: BTreeSet<(Option<&'n str>, &'n str)>,
}

impl<'n> Stacks<'n> {
    /// An answer that lists the resources of the stack that its call names.
    pub fn take_call(&mut self, call: Call<'n>) {
        self.told.insert((call.region, call.hint));
    }

    pub fn take_resource(&mut self, item: &Item<'n>) {
        self.told.extend(item.text("StackName").map(|name| (item.call.region, name)));
        let is_gone = item.is("ResourceStatus", "DELETE_COMPLETE") || item.is("ResourceStatus", "DELETE_SKIPPED");
        let (Some(physical), Some(logical)) = (item.text("PhysicalResourceId"), item.text("LogicalResourceId")) else {
            return;
        };
        if !is_gone {
            let of_type = self.names.entry(physical).or_default();
            let known = of_type.entry(item.text("ResourceType").unwrap_or_default()).or_insert(Some(logical));
            *known = known.filter(|known| *known == logical);
        }
    }

    pub fn take_stack(&mut self, item: &Item<'n>) {
        let is_empty = item.is("StackStatus", "DELETE_COMPLETE") || item.is("StackStatus", "REVIEW_IN_PROGRESS");
        if !is_empty {
            self.standing.extend(item.text("StackName").map(|name| (item.call.region, name)));
        }
    }

    /// What its template calls a thing.
    pub fn name_of(&self, physical: &str, type_name: &str) -> Option<&'n str> {
        let of_type = self.names.get(physical)?;
        let only = || of_type.values().next().filter(|_| of_type.len() == 1);
        of_type.get(type_name).or_else(only).copied().flatten()
    }

    pub fn hold(&self, physical: &str) -> bool {
        self.names.contains_key(physical)
    }

    /// The regions, as calls name them, in which it is known of every stack what it holds: of how many regions all
    /// answers are, matters where calls name none.
    pub fn known(&self, regions: usize) -> HashSet<Option<&'n str>> {
        let mut known: HashSet<Option<&str>> = self.standing.iter().map(|(region, _)| *region).collect();
        for (region, _) in self.standing.iter().filter(|stack| !self.is_told(stack)) {
            known.remove(region);
        }
        if regions > 1 {
            known.remove(&None);
        }
        known
    }

    fn is_told(&self, stack: &(Option<&'n str>, &'n str)) -> bool {
        let is_hint = |(region, hint): &(Option<&str>, &str)| *region == stack.0 && names_it(hint, stack.1);
        let is_only_one = self.standing.len() == 1 && !self.told.is_empty();
        is_only_one || self.told.contains(stack) || self.told.iter().any(is_hint)
    }
}

/// What a stack would hold: what people make and a picture shows.
const TYPES: [&str; 21] = [
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::Instance",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::Subnet",
    "AWS::EC2::TransitGateway",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::VPCPeeringConnection",
    "AWS::EC2::VPNGateway",
    "AWS::EKS::Cluster",
    "AWS::EKS::FargateProfile",
    "AWS::EKS::Nodegroup",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Lambda::Function",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
];

/// How the tags begin that CloudFormation puts onto what it makes. Source: CloudFormation user guide, "Resource tag".
const OF_A_STACK: &str = "aws:cloudformation:";

/// How the tags begin of what a service or a controller made and keeps: no stack would hold it.
/// Source: AWS Load Balancer Controller, "Resource tags"; EKS user guide, Auto Mode; Karpenter's documentation.
const OF_A_CONTROLLER: [&str; 7] = [
    "aws:autoscaling:",
    "eks:",
    "elbv2.k8s.aws/",
    "ingress.k8s.aws/",
    "karpenter.sh/",
    "kubernetes.io/service-name",
    "service.k8s.aws/",
];

/// Says of a resource that no stack has it, where that is known.
pub fn tell<'n>(item: &Item<'n>, id: &str, own: &str, address: &Address, draft: &mut Draft<'_, 'n>) {
    let asides = &draft.answers.asides;
    let Some(resource) = draft.resources.get_mut(address) else { return };
    if !TYPES.contains(&resource.type_name.as_str()) {
        return;
    }
    let tags = resource.property("Tags").map(Property::items).unwrap_or_default();
    let tags = tags.iter().filter_map(|tag| tag.field("Key")?.as_text()).chain(item.tags().map(|(key, _)| key));
    let (mut is_held, mut is_kept) = (physical_ids(id, own).any(|id| asides.stacks.hold(&id)), false);
    for key in tags {
        is_held |= key.starts_with(OF_A_STACK);
        is_kept |= OF_A_CONTROLLER.iter().any(|start| key.starts_with(start));
    }
    draft.uses_stacks |= is_held;
    let is_known = draft.known_stacks.contains(&item.call.region);
    let is_foreign = item.text("OwnerId").is_some_and(|owner| asides.is_foreign(owner));
    resource.in_no_stack = is_known && !is_held && !is_kept && !is_foreign;
}

/// What a stack may call an item: by its id, its name, or the name at the end of its ARN; a part of a cluster with the
/// cluster's name before its own. Source: CloudFormation user guide, `Ref` and the primary identifier of each type.
pub fn physical_ids(id: &str, own: &str) -> impl Iterator<Item = String> {
    let whole = (id != own).then(|| [id.to_string(), id.replace('.', "/"), id.replace('.', "|")]);
    let last = own.rsplit(':').next().filter(|last| *last != own);
    [own.to_string()].into_iter().chain(whole.into_iter().flatten()).chain(last.map(str::to_string))
}
