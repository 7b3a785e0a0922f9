//! Load balancers, what they listen to and what they send it to.
//!
//! Source: Elastic Load Balancing API references, both versions; CloudFormation, the types of the same names.

use super::draft::Draft;
use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use crate::inventory::{Address, Property, Value};

pub const LOAD_BALANCER: Table = Table {
    command: "elbv2 describe-load-balancers",
    keys: &["LoadBalancers"],
    marks: &["LoadBalancerArn", "AvailabilityZones"],
    id: &["LoadBalancerArn"],
    type_name: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    fields: &[
        As("LoadBalancerName", "Name"),
        Same("Type"),
        Same("Scheme"),
        As("AvailabilityZones[].SubnetId", "Subnets"),
        Same("SecurityGroups"),
        Same("IpAddressType"),
    ],
    gone: ("State.Code", &["failed"]),
    more: |item, address, draft| tag(item, "LoadBalancerArn", address, draft),
    ..PLAIN
};

/// Tags have a call of their own.
fn tag(item: &Item, id: &str, address: &Address, draft: &mut Draft) {
    let tags = item.text(id).and_then(|id| draft.answers.asides.tags_of(id));
    draft.set_if(address, "Tags", tags.and_then(|tags| tags.copy("Tags")));
}

pub const LISTENER: Table = Table {
    command: "elbv2 describe-listeners",
    keys: &["Listeners"],
    marks: &["ListenerArn", "LoadBalancerArn"],
    id: &["ListenerArn"],
    type_name: "AWS::ElasticLoadBalancingV2::Listener",
    fields: &[Same("LoadBalancerArn"), Same("Port"), Same("Protocol")],
    more: |item, address, draft| draft.set_if(address, "DefaultActions", actions(item, "DefaultActions")),
    ..PLAIN
};

/// Only where they lead: other actions may hold secrets.
fn actions(item: &Item, list: &str) -> Option<Property> {
    let action = |action: Item| {
        let keys = ["Type", "TargetGroupArn", "ForwardConfig"].into_iter();
        action.map(keys.filter_map(|key| Some((key, action.copy(key)?))))
    };
    let actions: Vec<Property> = item.list(list).map(action).collect();
    (!actions.is_empty()).then(|| item.with(Value::List(actions)))
}

pub const RULE: Table = Table {
    command: "elbv2 describe-rules",
    keys: &["Rules"],
    marks: &["RuleArn", "Actions"],
    id: &["RuleArn"],
    type_name: "AWS::ElasticLoadBalancingV2::ListenerRule",
    fields: &[Same("Priority")],
    is_kept: |item, _| !item.is("IsDefault", "true"),
    more: |item, address, draft| {
        draft.set_if(address, "Actions", actions(item, "Actions"));
        let listener = item.text("RuleArn").and_then(listener_of);
        draft.set_if(address, "ListenerArn", listener.map(|arn| item.property(&arn)));
    },
    ..PLAIN
};

/// `arn:..:listener/app/name/1/2` of `arn:..:listener-rule/app/name/1/2/3`.
fn listener_of(rule: &str) -> Option<String> {
    let (listener, _) = rule.rsplit_once('/')?;
    Some(listener.replacen(":listener-rule/", ":listener/", 1))
}

pub const TARGET_GROUP: Table = Table {
    command: "elbv2 describe-target-groups",
    keys: &["TargetGroups"],
    marks: &["TargetGroupArn", "TargetGroupName"],
    id: &["TargetGroupArn"],
    type_name: "AWS::ElasticLoadBalancingV2::TargetGroup",
    fields: &[As("TargetGroupName", "Name"), Same("Port"), Same("Protocol"), Same("VpcId"), Same("TargetType")],
    more: targets,
    ..PLAIN
};

/// What is registered: instances by their ids, pods and machines by their addresses.
fn targets(item: &Item, address: &Address, draft: &mut Draft) {
    let arn = item.text("TargetGroupArn").unwrap_or_default();
    let name = item.text("TargetGroupName").unwrap_or_default();
    let vpc = item.text("VpcId").unwrap_or_default();
    let mut targets: Vec<Property> = Vec::new();
    let is_only_group = draft.answers.of(&TARGET_GROUP).nth(1).is_none();
    let registered =
        if is_only_group { draft.answers.asides.targets() } else { draft.answers.asides.targets_of(arn, name) };
    for target in registered {
        let Some(id) = target.text("Target.Id").filter(|_| !target.is("TargetHealth.State", "draining")) else {
            continue;
        };
        let id = draft.members.behind_address(vpc, id).unwrap_or(id);
        targets.push(target.map([("Id", target.property(id))]));
    }
    if !targets.is_empty() {
        draft.set(address, "Targets", item.with(Value::List(targets)));
    }
}

pub const CLASSIC: Table = Table {
    command: "elb describe-load-balancers",
    keys: &["LoadBalancerDescriptions"],
    marks: &["LoadBalancerName", "ListenerDescriptions"],
    id: &["LoadBalancerName"],
    noun: "balancer",
    type_name: "AWS::ElasticLoadBalancing::LoadBalancer",
    fields: &[
        Same("LoadBalancerName"),
        Same("Scheme"),
        Same("Subnets"),
        Same("SecurityGroups"),
        As("Instances[].InstanceId", "Instances"),
    ],
    more: |item, address, draft| {
        tag(item, "LoadBalancerName", address, draft);
        // Auto Scaling groups name classic load balancers, and nothing else has an id like this.
        draft.call(item.text("LoadBalancerName").unwrap_or_default(), address);
    },
    ..PLAIN
};
