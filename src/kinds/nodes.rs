//! Where pods run: managed node groups and Fargate profiles.

use super::drawn::number;
use super::{Count, Drawn, Kind, Launch, Lookup, Shape, WithoutSubnets};
use crate::diag::Known;
use crate::inventory::{Property, Resource};

/// Source: EKS API reference, CreateNodegroup, `instanceTypes`.
const DEFAULT_INSTANCE_TYPE: &str = "t3.medium";

/// Nodes of a managed group without a scaling configuration: least, desired, most.
/// Source: AWS CLI reference, `eks create-nodegroup`, the example without `--scaling-config`.
const DEFAULT_NODES: [u32; 3] = [1, 2, 2];

pub fn managed_node_group<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let launch =
        resource.property("LaunchTemplate").map(|one| Launch::of_specification(one, lookup)).unwrap_or_default();
    let mut drawn = Drawn::new(Kind::ManagedNodeGroup, Shape::Group, WithoutSubnets::Undrawn)
        .in_subnets(resource.property("Subnets"));
    drawn.cluster = resource.property("ClusterName");
    drawn.count = Some(nodes(resource.property("ScalingConfig")));
    drawn.instance_types = resource
        .property("InstanceTypes")
        .map(Property::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Property::shown)
        .collect();
    if drawn.instance_types.is_empty() {
        drawn.instance_types = launch.instance_types;
    }
    if drawn.instance_types.is_empty() {
        drawn.instance_types.push(DEFAULT_INSTANCE_TYPE.into());
    }
    let capacity = resource.property("CapacityType").and_then(Property::as_text);
    if capacity.is_some_and(|capacity| capacity.eq_ignore_ascii_case("SPOT")) {
        drawn.facts.push("spot".into());
    }
    drawn.security_groups = launch.security_groups;
    drawn.public_address = launch.public_address;
    drawn.launch_outside = launch.outside;
    drawn
}

fn nodes(scaling: Option<&Property>) -> Count {
    let size = |key, default: u32| {
        let written = scaling.and_then(|scaling| scaling.field(key)).and_then(number);
        written.or_else(|| scaling.is_none().then_some(Known::Yes(default)))
    };
    let [least, desired, most] = DEFAULT_NODES;
    Count { least: size("MinSize", least), desired: size("DesiredSize", desired), most: size("MaxSize", most) }
}

pub fn fargate_profile(resource: &Resource) -> Drawn<'_> {
    profile(&resource.properties, ["ClusterName", "Subnets", "Selectors", "Namespace"])
}

/// The CDK's own resource, which passes the API's parameters on.
pub fn cdk_fargate_profile(resource: &Resource) -> Drawn<'_> {
    let config = resource.property("Config").unwrap_or(&resource.properties);
    profile(config, ["clusterName", "subnets", "selectors", "namespace"])
}

fn profile<'a>(properties: &'a Property, [cluster, subnets, selectors, namespace]: [&str; 4]) -> Drawn<'a> {
    let mut drawn =
        Drawn::new(Kind::FargateProfile, Shape::Group, WithoutSubnets::Undrawn).in_subnets(properties.field(subnets));
    drawn.cluster = properties.field(cluster);
    let selectors = properties.field(selectors).map(Property::items).unwrap_or_default();
    let namespaces = selectors.iter().filter_map(|selector| selector.field(namespace)?.shown());
    drawn.facts.extend(namespaces.map(|namespace| format!("namespace {namespace}")));
    drawn
}
