//! Instances, what starts them and what keeps their number.
//!
//! Source: EC2 and EC2 Auto Scaling API references; CloudFormation, the types of the same names.

use super::draft::Draft;
use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use super::{groups, user_data};
use crate::inventory::{Address, Property, Value};

pub const INSTANCE: Table = Table {
    command: "ec2 describe-instances",
    keys: &["Instances"],
    marks: &["InstanceId", "ImageId"],
    id: &["InstanceId"],
    type_name: "AWS::EC2::Instance",
    fields: &[
        Same("InstanceType"),
        Same("SubnetId"),
        Same("PrivateIpAddress"),
        Same("SourceDestCheck"),
        As("Placement.AvailabilityZone", "AvailabilityZone"),
        As("SecurityGroups[].GroupId", "SecurityGroupIds"),
        Same("Tags"),
    ],
    gone: ("State.Name", &["terminated", "shutting-down"]),
    is_kept: |item, draft| item.text("InstanceId").is_none_or(|id| !draft.members.has(id)),
    more: |item, address, draft| {
        let is_public = if item.text("PublicIpAddress").is_some() { "true" } else { "false" };
        let interface = item.map([("AssociatePublicIpAddress", item.property(is_public))]);
        draft.set(address, "NetworkInterfaces", item.with(Value::List(vec![interface])));
    },
    ..PLAIN
};

pub const LAUNCH_TEMPLATE: Table = Table {
    command: "ec2 describe-launch-templates",
    keys: &["LaunchTemplates"],
    marks: &["LaunchTemplateId", "LatestVersionNumber"],
    id: &["LaunchTemplateId"],
    type_name: "AWS::EC2::LaunchTemplate",
    fields: &[Same("LaunchTemplateName"), Same("Tags")],
    more: |item, address, draft| {
        let id = item.text("LaunchTemplateId").unwrap_or_default();
        if let Some(version) = draft.answers.asides.latest_version(id) {
            draft.set_if(address, "LaunchTemplateData", launch_data(&version));
        }
    },
    ..PLAIN
};

/// What a version of a launch template says of network and machines.
fn launch_data(version: &Item) -> Option<Property> {
    let keys = ["InstanceType", "SecurityGroupIds", "SecurityGroups", "NetworkInterfaces", "InstanceMarketOptions"];
    let data = Item { node: version.at("LaunchTemplateData")?, call: version.call };
    let fields = keys.into_iter().filter_map(|key| Some((key, data.copy(key)?)));
    let user_data = user_data::decoded(&data).map(|text| ("UserData", data.property(&text)));
    Some(data.map(fields.chain(user_data)))
}

pub const LAUNCH_CONFIGURATION: Table = Table {
    command: "autoscaling describe-launch-configurations",
    keys: &["LaunchConfigurations"],
    marks: &["LaunchConfigurationName", "ImageId"],
    id: &["LaunchConfigurationName"],
    noun: "launch",
    type_name: "AWS::AutoScaling::LaunchConfiguration",
    fields: &[
        Same("LaunchConfigurationName"),
        Same("InstanceType"),
        Same("SecurityGroups"),
        Same("AssociatePublicIpAddress"),
        Same("SpotPrice"),
    ],
    more: |item, address, draft| {
        let text = user_data::decoded(item).map(|text| item.property(&text));
        draft.set_if(address, "UserData", text);
    },
    ..PLAIN
};

pub const AUTO_SCALING_GROUP: Table = Table {
    command: "autoscaling describe-auto-scaling-groups",
    keys: &["AutoScalingGroups"],
    marks: &["AutoScalingGroupName", "MinSize"],
    id: &["AutoScalingGroupName"],
    noun: "group",
    type_name: "AWS::AutoScaling::AutoScalingGroup",
    fields: &[
        Same("AutoScalingGroupName"),
        Same("MinSize"),
        Same("MaxSize"),
        Same("DesiredCapacity"),
        Same("LaunchTemplate"),
        Same("LaunchConfigurationName"),
        Same("MixedInstancesPolicy"),
        Same("TargetGroupARNs"),
        Same("LoadBalancerNames"),
        Same("Tags"),
    ],
    is_kept: |item, draft| item.text("AutoScalingGroupName").is_none_or(|name| !draft.members.is_of_node_group(name)),
    more: auto_scaling_group,
    ..PLAIN
};

fn auto_scaling_group(item: &Item, address: &Address, draft: &mut Draft) {
    let subnets: Vec<Property> = subnets(item).map(|subnet| item.property(subnet)).collect();
    if subnets.is_empty() {
        draft.set_if(address, "AvailabilityZones", item.copy("AvailabilityZones"));
    } else {
        draft.set(address, "VPCZoneIdentifier", item.with(Value::List(subnets)));
    }
    draft.list_members(item, address);
    groups::become_node_group(item, address, draft);
}

/// The ids in `subnet-1,subnet-2`.
fn subnets<'n>(item: &Item<'n>) -> impl Iterator<Item = &'n str> {
    item.text("VPCZoneIdentifier").unwrap_or_default().split(',').map(str::trim).filter(|id| !id.is_empty())
}
