//! Groups that only their members or their machinery tell of.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::item::Item;
use super::members::Stray;
use crate::inventory::{Address, Property, Value};

const NODE_GROUP: &str = "AWS::EKS::Nodegroup";
const AUTO_SCALING_GROUP: &str = "AWS::AutoScaling::AutoScalingGroup";

/// A managed node group that was not described is known by its Auto Scaling group, which EKS tags.
pub fn become_node_group(item: &Item, address: &Address, draft: &mut Draft) {
    let (Some(cluster), Some(name)) = (item.tag("eks:cluster-name"), item.tag("eks:nodegroup-name")) else { return };
    let Some(group) = draft.resources.get_mut(address) else { return };
    let sizes = [("MinSize", "MinSize"), ("DesiredCapacity", "DesiredSize"), ("MaxSize", "MaxSize")];
    let sizes = sizes.into_iter().filter_map(|(key, size)| Some((size, item.copy(key)?)));
    let kept = [("VPCZoneIdentifier", "Subnets"), ("LaunchTemplate", "LaunchTemplate"), ("Instances", "Instances")];
    let kept = kept.into_iter().filter_map(|(key, property)| Some((property, group.property(key)?.clone())));
    let types = item.copy("MixedInstancesPolicy.LaunchTemplate.Overrides[].InstanceType");
    let fields = [
        ("ClusterName", item.property(cluster)),
        ("NodegroupName", item.property(name)),
        ("ScalingConfig", item.map(sizes)),
    ];
    let types = types.map(|types| ("InstanceTypes", types));
    group.properties = item.map(fields.into_iter().chain(kept.collect::<Vec<_>>()).chain(types));
    group.type_name = NODE_GROUP.to_string();
    group.name = name.to_string();
}

/// Groups in no answer: their members say where they are and how many.
pub fn make_strays(draft: &mut Draft) {
    let members = draft.members;
    for (stray, instances) in &members.strays {
        let Some(first) = instances.first() else { continue };
        let all = |path: &str| {
            let values: BTreeSet<&str> = instances.iter().filter_map(|instance| instance.text(path)).collect();
            first.with(Value::List(values.into_iter().map(|value| first.property(value)).collect()))
        };
        let (type_name, own) = match (node_group(first), stray) {
            (Some([cluster, name]), _) => {
                let size = first.map([("DesiredSize", first.property(&instances.len().to_string()))]);
                let fields = vec![
                    ("ClusterName", first.property(cluster)),
                    ("NodegroupName", first.property(name)),
                    ("Subnets", all("SubnetId")),
                    ("ScalingConfig", size),
                    ("InstanceTypes", all("InstanceType")),
                ];
                (NODE_GROUP, fields)
            }
            (None, Stray::AutoScalingGroup(name) | Stray::NodePool(name)) => {
                let fields = vec![
                    ("AutoScalingGroupName", first.property(name)),
                    ("VPCZoneIdentifier", all("SubnetId")),
                    ("DesiredCapacity", first.property(&instances.len().to_string())),
                    ("MixedInstancesPolicy", policy(first, all("InstanceType"))),
                    ("Tags", cluster_tags(first)),
                ];
                (AUTO_SCALING_GROUP, fields)
            }
        };
        let address = draft.add(&stray.local_id(), type_name, first, first.map(own));
        draft.list_members(first, &address);
    }
}

fn node_group<'n>(item: &Item<'n>) -> Option<[&'n str; 2]> {
    Some([item.tag("eks:cluster-name")?, item.tag("eks:nodegroup-name")?])
}

/// The instance types of a group, as CloudFormation writes them where there are several.
fn policy(item: &Item, types: Property) -> Property {
    let overrides = types.items().iter().map(|one| item.map([("InstanceType", one.clone())])).collect();
    item.map([("LaunchTemplate", item.map([("Overrides", item.with(Value::List(overrides)))]))])
}

/// The tags by which nodes say their cluster.
fn cluster_tags(item: &Item) -> Property {
    let tags = item.tags().filter(|(key, _)| key.starts_with("kubernetes.io/cluster/"));
    let tags = tags.map(|(key, value)| item.map([("Key", item.property(key)), ("Value", item.property(value))]));
    item.with(Value::List(tags.collect()))
}
