//! What load balancers send traffic to: by listeners and their rules to target groups, and from these to instances and
//! groups that are registered in them. What Kubernetes registers is in no template.
//!
//! Source: CloudFormation user guide, the types of Elastic Load Balancing and `AWS::AutoScaling::AutoScalingGroup`.

use std::collections::BTreeMap;

use super::regions::Part;
use super::{Because, names};
use crate::inventory::{Address, Property, Resource};

const LOAD_BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const CLASSIC: &str = "AWS::ElasticLoadBalancing::LoadBalancer";
const LISTENER: &str = "AWS::ElasticLoadBalancingV2::Listener";
const RULE: &str = "AWS::ElasticLoadBalancingV2::ListenerRule";
const TARGET_GROUP: &str = "AWS::ElasticLoadBalancingV2::TargetGroup";

/// What each load balancer sends traffic to, and what says so.
pub type Targets = BTreeMap<Address, BTreeMap<Address, Because>>;

pub fn targets(part: &Part) -> Targets {
    let members = members(part);
    let mut targets = Targets::new();
    for listener in part.of_type(LISTENER) {
        if let Some(balancer) = referred(part, listener, "LoadBalancerArn", LOAD_BALANCER) {
            forward(part, listener, "DefaultActions", &balancer.address, &members, &mut targets);
        }
    }
    for rule in part.of_type(RULE) {
        let listener = referred(part, rule, "ListenerArn", LISTENER);
        if let Some(balancer) = listener.and_then(|one| referred(part, one, "LoadBalancerArn", LOAD_BALANCER)) {
            forward(part, rule, "Actions", &balancer.address, &members, &mut targets);
        }
    }
    classic(part, &mut targets);
    targets
}

/// What is registered in each target group.
fn members(part: &Part) -> BTreeMap<Address, Vec<Address>> {
    let mut members: BTreeMap<Address, Vec<Address>> = BTreeMap::new();
    for group in part.of_type(TARGET_GROUP) {
        let ids = items(group, "Targets").iter().filter_map(|target| target.field("Id"));
        let found = ids.filter_map(|id| part.lookup.behind(id)).map(|target| target.address.clone());
        members.entry(group.address.clone()).or_default().extend(found);
    }
    for group in part.of_type("AWS::AutoScaling::AutoScalingGroup") {
        for property in items(group, "TargetGroupARNs") {
            if let Some(target_group) = part.lookup.referred(property, TARGET_GROUP) {
                members.entry(target_group.address.clone()).or_default().push(group.address.clone());
            }
        }
    }
    for service in part.of_type("AWS::ECS::Service") {
        for property in items(service, "LoadBalancers").iter().filter_map(|one| one.field("TargetGroupArn")) {
            if let Some(target_group) = part.lookup.referred(property, TARGET_GROUP) {
                members.entry(target_group.address.clone()).or_default().push(service.address.clone());
            }
        }
    }
    members
}

/// Follows the `forward` actions of a listener or rule.
fn forward(
    part: &Part,
    from: &Resource,
    key: &str,
    balancer: &Address,
    members: &BTreeMap<Address, Vec<Address>>,
    targets: &mut Targets,
) {
    for action in items(from, key) {
        let weighted = action.path(&["ForwardConfig", "TargetGroups"]).map(Property::items).unwrap_or_default();
        let properties =
            weighted.iter().filter_map(|one| one.field("TargetGroupArn")).chain(action.field("TargetGroupArn"));
        for property in properties {
            let Some(group) = part.lookup.referred(property, TARGET_GROUP) else { continue };
            let because = Because {
                text: format!("{} forwards to the target group {}", said(from), names::name(group)),
                origin: Some(names::origin_in(from, property.place)),
            };
            for member in members.get(&group.address).into_iter().flatten() {
                let entry = targets.entry(balancer.clone()).or_default().entry(member.clone());
                entry.or_insert_with(|| because.clone());
            }
        }
    }
}

/// `the listener HTTP 80`, `the rule ShopRule`.
fn said(from: &Resource) -> String {
    let shown = |key| from.property(key).and_then(Property::shown);
    match (shown("Protocol"), shown("Port")) {
        (Some(protocol), Some(port)) => format!("the listener {protocol} {port}"),
        _ if from.type_name == LISTENER => format!("the listener {}", from.name),
        _ => format!("the rule {}", from.name),
    }
}

/// Classic load balancers know their instances, or their groups know them.
fn classic(part: &Part, targets: &mut Targets) {
    for balancer in part.of_type(CLASSIC) {
        for property in items(balancer, "Instances") {
            if let Some(instance) = part.lookup.behind(property) {
                add_classic(balancer, instance, balancer, property, targets);
            }
        }
    }
    for group in part.of_type("AWS::AutoScaling::AutoScalingGroup") {
        for property in items(group, "LoadBalancerNames") {
            if let Some(balancer) = part.lookup.referred(property, CLASSIC) {
                add_classic(balancer, group, group, property, targets);
            }
        }
    }
}

fn add_classic(balancer: &Resource, target: &Resource, said_by: &Resource, at: &Property, targets: &mut Targets) {
    let because = Because {
        text: format!("{} is registered with the load balancer {}", names::name(target), names::name(balancer)),
        origin: Some(names::origin_in(said_by, at.place)),
    };
    targets.entry(balancer.address.clone()).or_default().insert(target.address.clone(), because);
}

fn items<'a>(resource: &'a Resource, key: &str) -> &'a [Property] {
    resource.property(key).map(Property::items).unwrap_or_default()
}

fn referred<'a>(part: &Part<'a>, owner: &Resource, key: &str, type_name: &'static str) -> Option<&'a Resource> {
    part.lookup.referred(owner.property(key)?, type_name)
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{drawn, network_and};
    use crate::architecture::{PathKind, Stop};

    const BALANCER: (&str, &str, &str) =
        ("Lb", "AWS::ElasticLoadBalancingV2::LoadBalancer", r#"{"Subnets": ["@Public"], "Scheme": "internal"}"#);

    fn served(rows: &[(&str, &str, &str)]) -> Vec<(Stop, Stop)> {
        let region = drawn(&network_and(rows)).0.regions.remove(0);
        let paths = region.paths.into_iter().filter(|path| path.kind == PathKind::Application);
        paths.map(|path| (path.stops[0].clone(), path.stops[1].clone())).collect()
    }

    #[test]
    fn a_listener_leads_to_the_group_that_its_target_group_holds() {
        let rows = [
            BALANCER,
            ("Web", "AWS::ElasticLoadBalancingV2::TargetGroup", "{}"),
            (
                "Listener",
                "AWS::ElasticLoadBalancingV2::Listener",
                r#"{"LoadBalancerArn": "@Lb", "DefaultActions": [{"Type": "forward", "TargetGroupArn": "@Web"}]}"#,
            ),
            (
                "Workers",
                "AWS::AutoScaling::AutoScalingGroup",
                r#"{"VPCZoneIdentifier": ["@PrivateA", "@PrivateB"], "TargetGroupARNs": ["@Web"]}"#,
            ),
        ];
        assert_eq!(served(&rows), [(Stop::At("lab/Lb".into()), Stop::At("lab/Workers".into()))]);
    }

    #[test]
    fn a_target_group_that_no_listener_names_is_served_by_none() {
        let rows = [
            BALANCER,
            ("Web", "AWS::ElasticLoadBalancingV2::TargetGroup", "{}"),
            (
                "Workers",
                "AWS::AutoScaling::AutoScalingGroup",
                r#"{"VPCZoneIdentifier": ["@PrivateA", "@PrivateB"], "TargetGroupARNs": ["@Web"]}"#,
            ),
        ];
        assert!(served(&rows).is_empty());
    }
}
