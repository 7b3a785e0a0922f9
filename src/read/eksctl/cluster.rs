//! The cluster itself: `ControlPlane`.
//!
//! Source: pkg/cfn/builder/cluster.go, `addResourcesForControlPlane`.

use crate::inventory::{Address, Property};

use super::config::{Config, Family, Openness};
use super::defaults;
use super::draft::{At, Draft, Fields};
use super::section::Section;
use super::security::SecurityGroups;
use super::vpc::{Network, Tier, ZoneKind};

pub fn expand(config: &Config, network: &mut Network, groups: &SecurityGroups, draft: &mut Draft) -> Address {
    let origin = config.metadata.clone();
    let metadata = config.root.section("metadata");
    let subnets = subnets(config, network, draft);
    let tags = metadata.as_ref().and_then(|metadata| metadata.section("tags")).map(|tags| tags_of(&tags));
    let iam = config.root.section("iam");
    let fields = Fields::new()
        .with("Name", config.name.clone())
        .with("Version", metadata.as_ref().and_then(|metadata| metadata.property("version")))
        .with("RoleArn", iam.and_then(|iam| iam.property("serviceRoleARN")))
        .with("ResourcesVpcConfig", vpc_config(config, subnets, groups))
        .with("KubernetesNetworkConfig", network_config(config))
        .with("EncryptionConfig", encryption(config))
        .with("Logging", logging(config))
        .with("ComputeConfig", auto_mode(config))
        .with("RemoteNetworkConfig", remote_networks(config))
        .with("OutpostConfig", outpost(config))
        .with("Tags", tags);
    draft.add("ControlPlane", "AWS::EKS::Cluster", fields, &origin)
}

/// The subnets for the cluster's network interfaces: those given, else public and private ones alike.
///
/// Local Zones hold none, and an Outpost's control plane goes by the private ones where there are any.
fn subnets(config: &Config, network: &mut Network, draft: &mut Draft) -> Vec<Address> {
    let vpc = config.root.section("vpc");
    let given = vpc.as_ref().map(|vpc| vpc.scalars("controlPlaneSubnetIDs")).unwrap_or_default();
    if !given.is_empty() {
        return given.iter().map(|id| network.named_or_new(id, Tier::Private, draft)).collect();
    }
    let addresses = |tier| network.of(tier, ZoneKind::Availability).map(|subnet| subnet.address.clone());
    let private: Vec<Address> = addresses(Tier::Private).collect();
    let private_only = vpc.and_then(|vpc| vpc.flag("controlPlaneOnPrivateSubnets")) == Some(true)
        || (config.outpost.is_some() && !private.is_empty());
    if private_only { private } else { addresses(Tier::Public).chain(private).collect() }
}

fn vpc_config(config: &Config, subnets: Vec<Address>, groups: &SecurityGroups) -> Property {
    let vpc = config.root.section("vpc");
    let endpoints = vpc.as_ref().and_then(|vpc| vpc.section("clusterEndpoints"));
    let endpoint = |key: &str| endpoints.as_ref().and_then(|endpoints| endpoints.property(key));
    let cause = match config.openness {
        Openness::Open => config.metadata.place,
        Openness::FullyPrivate => config.root.section("privateCluster").map_or(config.metadata.place, |s| s.place()),
    };
    let at = At(cause);
    let (public, private) = match config.openness {
        Openness::Open => (
            endpoint("publicAccess").filter(is_flag).unwrap_or_else(|| at.text(true)),
            endpoint("privateAccess").filter(is_flag).unwrap_or_else(|| at.text(false)),
        ),
        Openness::FullyPrivate => (at.text(false), at.text(true)),
    };
    let from: Vec<Property> = vpc.iter().flat_map(|vpc| vpc.texts("publicAccessCIDRs")).collect();
    Fields::new()
        .with("SubnetIds", at.references(&subnets))
        .with("SecurityGroupIds", at.references(&groups.control_plane))
        .with("EndpointPublicAccess", public)
        .with("EndpointPrivateAccess", private)
        .with("ControlPlaneEgressMode", vpc.as_ref().and_then(|vpc| vpc.property("controlPlaneEgressMode")))
        .with("PublicAccessCidrs", (!from.is_empty()).then(|| at.list(from)))
        .at(at.0)
}

fn is_flag(property: &Property) -> bool {
    property.as_bool().is_some()
}

fn network_config(config: &Config) -> Option<Property> {
    let section = config.root.section("kubernetesNetworkConfig")?;
    let at = At(section.place());
    let family = match config.family {
        Family::Ipv4 => "ipv4",
        Family::Ipv6 => "ipv6",
    };
    let fields =
        Fields::new().with("IpFamily", at.text(family)).with("ServiceIpv4Cidr", section.property("serviceIPv4CIDR"));
    Some(fields.at(at.0))
}

fn encryption(config: &Config) -> Option<Property> {
    let key = config.root.section("secretsEncryption")?.property("keyARN")?;
    let at = At(key.place);
    let provider = at.map([("KeyArn", key)]);
    Some(at.list([at.map([("Provider", provider), ("Resources", at.list([at.text("secrets")]))])]))
}

fn logging(config: &Config) -> Option<Property> {
    let section = config.root.section("cloudWatch")?.section("clusterLogging")?;
    let mut types = section.texts("enableTypes");
    // A single `all` or `*` may stand without a list.
    types.extend(section.property("enableTypes"));
    if types.is_empty() {
        return None;
    }
    let at = At(section.place());
    let all = types.iter().any(|kind| matches!(kind.as_text(), Some("*" | "all")));
    let enabled = if all { defaults::LOG_TYPES.iter().map(|kind| at.text(kind)).collect() } else { types };
    let enabled = at.list(enabled.into_iter().map(|kind| at.map([("Type", kind)])));
    Some(at.map([("ClusterLogging", at.map([("EnabledTypes", enabled)]))]))
}

fn auto_mode(config: &Config) -> Option<Property> {
    let section = config.root.section("autoModeConfig").filter(|auto| auto.flag("enabled") == Some(true))?;
    let at = At(section.place());
    let pools = match section.part("nodePools") {
        Some(pools) if pools.node.as_list().is_some() => section.texts("nodePools"),
        Some(_) | None => defaults::NODE_POOLS.iter().map(|pool| at.text(pool)).collect(),
    };
    let fields = Fields::new()
        .with("Enabled", at.text(true))
        .with("NodePools", at.list(pools))
        .with("NodeRoleArn", section.property("nodeRoleARN"));
    Some(fields.at(at.0))
}

fn remote_networks(config: &Config) -> Option<Property> {
    let section = config.root.section("remoteNetworkConfig")?;
    let networks = |key: &str| -> Option<Property> {
        let items = section.sections(key);
        let place = section.field(key)?.place;
        let item = |item: &Section| {
            let at = At(item.place());
            at.map([("Cidrs", at.list(item.texts("cidrs")))])
        };
        Some(At(place).list(items.iter().map(item)))
    };
    let fields = Fields::new()
        .with("RemoteNodeNetworks", networks("remoteNodeNetworks"))
        .with("RemotePodNetworks", networks("remotePodNetworks"));
    Some(fields.at(section.place()))
}

fn outpost(config: &Config) -> Option<Property> {
    let section = config.root.section("outpost")?;
    let at = At(section.place());
    let group = section.section("controlPlanePlacement").and_then(|placement| placement.property("groupName"));
    let fields = Fields::new()
        .with("OutpostArns", config.outpost.clone().map(|arn| at.list([arn])))
        .with("ControlPlaneInstanceType", section.property("controlPlaneInstanceType"))
        .with("ControlPlanePlacement", group.map(|group| at.map([("GroupName", group)])));
    (!fields.is_empty()).then(|| fields.at(at.0))
}

/// A map of tags as CloudFormation's list.
pub fn tags_of(tags: &Section) -> Property {
    let at = At(tags.place());
    let tag = |(key, value): (&str, Section)| {
        let text = value.node.as_text().unwrap_or_default();
        At(value.place()).tag(key, text)
    };
    at.list(tags.entries().map(tag))
}
