//! The fields of a ClusterConfig that this program knows, and what it says of others.
//!
//! The lists are eksctl's own (userdocs `schema.json`), of the levels that decide the picture. A name that is
//! near a known one is taken for a slip; any other unknown name is passed over, as eksctl grows new fields.

use crate::diag::{Diagnostic, Origin};
use crate::name_map::NameMap;
use crate::spelling;
use crate::syntax::node::{Node, Value};

use super::section::Section;

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Flag,
    Count,
    /// A list of scalars.
    Texts,
    Map,
    /// A list of maps.
    Maps,
    Any,
}

use Shape::{Any, Count, Flag, Map, Maps, Text, Texts};

pub type Known = &'static [(&'static str, Shape)];

pub const TOP: Known = &[
    ("apiVersion", Text),
    ("kind", Text),
    ("metadata", Map),
    ("accessConfig", Any),
    ("addons", Maps),
    ("addonsConfig", Any),
    ("autoModeConfig", Map),
    ("availabilityZones", Texts),
    ("capabilities", Any),
    ("cloudWatch", Map),
    ("controlPlaneScalingConfig", Any),
    ("fargateProfiles", Maps),
    ("git", Any),
    ("gitops", Any),
    ("iam", Any),
    ("iamIdentityMappings", Any),
    ("identityProviders", Any),
    ("karpenter", Map),
    ("kubernetesNetworkConfig", Map),
    ("localZones", Texts),
    ("managedNodeGroups", Maps),
    ("nodeGroups", Maps),
    ("outpost", Map),
    ("privateCluster", Map),
    ("remoteNetworkConfig", Map),
    ("secretsEncryption", Map),
    ("status", Any),
    ("upgradePolicy", Any),
    ("vpc", Map),
    ("zonalShiftConfig", Any),
];

pub const METADATA: Known = &[
    ("name", Text),
    ("region", Text),
    ("version", Text),
    ("accountID", Text),
    ("annotations", Any),
    ("forceUpdateVersion", Any),
    ("tags", Map),
];

pub const VPC: Known = &[
    ("id", Text),
    ("cidr", Text),
    ("autoAllocateIPv6", Flag),
    ("clusterEndpoints", Map),
    ("controlPlaneOnPrivateSubnets", Flag),
    ("controlPlaneEgressMode", Text),
    ("controlPlaneSecurityGroupIDs", Texts),
    ("controlPlaneSubnetIDs", Texts),
    ("extraCIDRs", Texts),
    ("extraIPv6CIDRs", Texts),
    ("hostnameType", Text),
    ("ipv6Cidr", Text),
    ("ipv6Pool", Text),
    ("localZoneSubnets", Map),
    ("manageSharedNodeSecurityGroupRules", Flag),
    ("nat", Map),
    ("publicAccessCIDRs", Texts),
    ("securityGroup", Text),
    ("sharedNodeSecurityGroup", Text),
    ("subnets", Map),
];

pub const SUBNETS: Known = &[("private", Map), ("public", Map)];

pub const SUBNET: Known = &[("id", Text), ("cidr", Text), ("az", Text), ("outpostARN", Text), ("cidrIndex", Any)];

pub const NAT: Known = &[("gateway", Text)];

pub const ENDPOINTS: Known = &[("privateAccess", Flag), ("publicAccess", Flag)];

pub const PRIVATE_CLUSTER: Known =
    &[("enabled", Flag), ("additionalEndpointServices", Texts), ("skipEndpointCreation", Flag)];

pub const AUTO_MODE: Known =
    &[("enabled", Flag), ("nodePools", Texts), ("nodeRoleARN", Text), ("permissionsBoundaryARN", Text)];

pub const FARGATE: Known = &[
    ("name", Text),
    ("podExecutionRoleARN", Text),
    ("selectors", Maps),
    ("status", Any),
    ("subnets", Texts),
    ("tags", Map),
];

/// Of self-managed and managed node groups alike; which of the two takes a field is eksctl's to say.
pub const NODE_GROUP: Known = &[
    ("name", Text),
    ("additionalVolumes", Any),
    ("ami", Text),
    ("amiFamily", Text),
    ("asgMetricsCollection", Any),
    ("asgSuspendProcesses", Any),
    ("availabilityZones", Texts),
    ("bottlerocket", Any),
    ("capacityReservation", Any),
    ("classicLoadBalancerNames", Texts),
    ("clusterDNS", Any),
    ("containerRuntime", Text),
    ("cpuCredits", Text),
    ("desiredCapacity", Count),
    ("disableIMDSv1", Flag),
    ("disablePodIMDS", Flag),
    ("ebsOptimized", Flag),
    ("efaEnabled", Flag),
    ("enableDetailedMonitoring", Flag),
    ("iam", Map),
    ("instanceMarketOptions", Any),
    ("instanceName", Text),
    ("instancePrefix", Text),
    ("instanceSelector", Map),
    ("instanceType", Text),
    ("instanceTypes", Texts),
    ("instancesDistribution", Map),
    ("kubeletExtraConfig", Any),
    ("labels", Map),
    ("launchTemplate", Map),
    ("localZones", Texts),
    ("maxInstanceLifetime", Any),
    ("maxPodsPerNode", Count),
    ("maxSize", Count),
    ("minSize", Count),
    ("nodeRepairConfig", Any),
    ("outpostARN", Text),
    ("overrideBootstrapCommand", Text),
    ("placement", Map),
    ("preBootstrapCommands", Texts),
    ("privateNetworking", Flag),
    ("propagateASGTags", Flag),
    ("releaseVersion", Text),
    ("securityGroups", Map),
    ("spot", Flag),
    ("ssh", Map),
    ("subnets", Texts),
    ("tags", Map),
    ("taints", Any),
    ("targetGroupARNs", Texts),
    ("updateConfig", Any),
    ("volumeEncrypted", Flag),
    ("volumeIOPS", Count),
    ("volumeKmsKeyID", Text),
    ("volumeName", Text),
    ("volumeSize", Count),
    ("volumeThroughput", Count),
    ("volumeType", Text),
];

/// Warns of misspelled fields and of values of the wrong type, through the whole ClusterConfig.
pub fn check(root: &Section, diagnostics: &mut Vec<Diagnostic>) {
    check_fields(root, TOP, diagnostics);
    for (key, known) in
        [("metadata", METADATA), ("vpc", VPC), ("privateCluster", PRIVATE_CLUSTER), ("autoModeConfig", AUTO_MODE)]
    {
        if let Some(section) = root.section(key) {
            check_fields(&section, known, diagnostics);
        }
    }
    for (key, known) in [("nodeGroups", NODE_GROUP), ("managedNodeGroups", NODE_GROUP), ("fargateProfiles", FARGATE)] {
        for section in root.sections(key) {
            check_fields(&section, known, diagnostics);
        }
    }
    if let Some(vpc) = root.section("vpc") {
        check_vpc(&vpc, diagnostics);
    }
}

fn check_vpc(vpc: &Section, diagnostics: &mut Vec<Diagnostic>) {
    for (key, known) in [("nat", NAT), ("clusterEndpoints", ENDPOINTS)] {
        if let Some(section) = vpc.section(key) {
            check_fields(&section, known, diagnostics);
        }
    }
    for subnets in ["subnets", "localZoneSubnets"].iter().filter_map(|key| vpc.section(key)) {
        check_fields(&subnets, SUBNETS, diagnostics);
        for tier in ["public", "private"].iter().filter_map(|key| subnets.section(key)) {
            for (_, subnet) in tier.entries() {
                if subnet.node.as_map().is_some() {
                    check_fields(&subnet, SUBNET, diagnostics);
                } else if !subnet.node.is_null() {
                    diagnostics.push(wrong_type(&subnet, Map));
                }
            }
        }
    }
}

fn check_fields(section: &Section, known: Known, diagnostics: &mut Vec<Diagnostic>) {
    for (key, entry) in section.node.as_map().into_iter().flat_map(NameMap::iter) {
        let Some((_, shape)) = known.iter().find(|(name, _)| **name == **key) else {
            if let Some(meant) = spelling::nearest(key, known.iter().map(|(name, _)| *name)) {
                let origin = Origin::new(section.path_of(key), entry.key);
                diagnostics.push(
                    Diagnostic::warning("unknown-field", format!("eksctl knows no field `{key}` here"))
                        .at(origin)
                        .hint(format!("did you mean `{meant}`?")),
                );
            }
            continue;
        };
        let part = Section::new(&entry.node, section.path_of(key));
        if !fits(part.node, *shape) {
            diagnostics.push(wrong_type(&part, *shape));
            continue;
        }
        if *shape == Maps {
            let strays = section.items(key).into_iter().filter(|item| !fits(item.node, Map));
            diagnostics.extend(strays.map(|item| wrong_type(&item, Map)));
        }
    }
}

fn fits(node: &Node, shape: Shape) -> bool {
    match (&node.value, shape) {
        (Value::Null, _) | (_, Any) | (Value::Scalar(_), Text) | (Value::Map(_), Map) | (Value::List(_), Maps) => true,
        (Value::Scalar(scalar), Flag) => ["true", "false"].iter().any(|flag| scalar.text.eq_ignore_ascii_case(flag)),
        (Value::Scalar(scalar), Count) => scalar.text.trim().parse::<i64>().is_ok(),
        (Value::List(items), Texts) => items.iter().all(|item| matches!(item.value, Value::Scalar(_) | Value::Null)),
        (Value::Scalar(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}

fn wrong_type(part: &Section, shape: Shape) -> Diagnostic {
    let wanted = match shape {
        Text => "a text",
        Flag => "true or false",
        Count => "a whole number",
        Texts => "a list of texts",
        Map => "a map",
        Maps => "a list of maps",
        Any => "a value",
    };
    let found = match &part.node.value {
        Value::Null => "nothing".to_string(),
        Value::Scalar(scalar) => format!("`{}`", shortened(&scalar.text)),
        Value::List(_) => "a list".to_string(),
        Value::Map(_) => "a map".to_string(),
    };
    let diagnostic = Diagnostic::warning("wrong-type", format!("`{}` is {found}; {wanted} belongs here", part.path))
        .at(part.origin());
    match (&part.node.value, shape) {
        (Value::Scalar(scalar), Texts) => diagnostic.hint(format!("write `[{}]`", shortened(&scalar.text))),
        _ => diagnostic.hint("the field is ignored"),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 { line.to_string() } else { line.chars().take(39).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::eksctl::testing::{codes, messages};
    use serde_json::json;

    #[test]
    fn a_misspelled_field_is_named_with_the_one_that_was_meant() {
        let said = messages(json!({ "metadata": { "name": "c" }, "managedNodegroup": [] }));
        assert_eq!(said, ["unknown-field managedNodegroup: did you mean `managedNodeGroups`?"]);
    }

    #[test]
    fn a_field_like_no_known_one_is_passed_over() {
        assert!(codes(json!({ "metadata": { "name": "c" }, "quantumMode": true })).is_empty());
    }

    #[test]
    fn a_text_where_a_list_belongs_is_said_with_the_way_to_write_it() {
        let said = messages(json!({ "metadata": { "name": "c" }, "availabilityZones": "us-west-2a" }));
        assert_eq!(said, ["wrong-type availabilityZones: write `[us-west-2a]`"]);
    }

    #[test]
    fn the_lists_hold_no_field_twice() {
        for known in [TOP, METADATA, VPC, NODE_GROUP, FARGATE] {
            for (i, (name, _)) in known.iter().enumerate() {
                assert!(known[..i].iter().all(|(other, _)| other != name), "{name}");
            }
        }
    }
}
