//! What a resource is called in the picture.

use super::Identity;
use crate::diag::{Origin, Place};
use crate::inventory::{Address, Property, Resource, Value};

/// Properties that name a resource, for types without a Name tag, in the order in which they are asked.
const NAME_PROPERTIES: [&str; 20] = [
    "ClusterName",
    "NodegroupName",
    "FargateProfileName",
    "AutoScalingGroupName",
    "LoadBalancerName",
    "DBInstanceIdentifier",
    "DBClusterIdentifier",
    "ReplicationGroupId",
    "ClusterIdentifier",
    "DomainName",
    "BrokerName",
    "FunctionName",
    "ServiceName",
    "ComputeEnvironmentName",
    "RepositoryName",
    "BucketName",
    "QueueName",
    "TopicName",
    "TableName",
    "Name",
];

/// Properties of these types that say whose they are, not what they are called.
fn is_name_of_another(type_name: &str, key: &str) -> bool {
    matches!(
        (type_name, key),
        ("AWS::EKS::Nodegroup" | "AWS::EKS::FargateProfile" | "AWS::EKS::Addon", "ClusterName")
            | ("AWS::EC2::VPCEndpoint", "ServiceName")
            | ("AWS::RDS::DBInstance", "DBClusterIdentifier")
    )
}

/// The Name tag, else the name property, else the name that the input's reader gave it. A name that is wholly
/// unknown (`<AWS::StackName>`) tells less than the logical id, and is passed over.
pub fn name(resource: &Resource) -> String {
    let tag = resource.tag("Name").and_then(telling);
    tag.or_else(|| name_property(resource)).unwrap_or_else(|| readable(&resource.name))
}

/// Whether somebody named it, by a tag or a property, to the last character.
pub fn is_named(resource: &Resource) -> bool {
    let name = resource.tag("Name").and_then(telling).or_else(|| name_property(resource));
    name.is_some_and(|name| !name.contains('<'))
}

/// The property that names it, where a tag may say another name.
pub fn name_property(resource: &Resource) -> Option<String> {
    NAME_PROPERTIES
        .iter()
        .filter(|key| !is_name_of_another(&resource.type_name, key))
        .find_map(|key| resource.property(key).and_then(telling))
}

fn telling(property: &Property) -> Option<String> {
    match &property.value {
        Value::Text(text) | Value::Mixed(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Reference { .. } | Value::Later(_) | Value::Hidden(_) => {
            None
        }
    }
}

pub fn identity(resource: &Resource) -> Identity {
    Identity {
        address: resource.address.clone(),
        name: name(resource),
        path: None,
        type_name: resource.type_name.clone(),
        origin: resource.origin.clone(),
        external: resource.existing,
        in_no_stack: resource.in_no_stack,
        grouped: None,
        note: None,
    }
}

/// Who a thing is that the input only names.
pub fn external(address: Address, name: String, type_name: &str, origin: Origin) -> Identity {
    Identity {
        address,
        name: readable(&name),
        path: None,
        type_name: type_name.to_string(),
        origin,
        external: true,
        in_no_stack: false,
        grouped: None,
        note: None,
    }
}

/// How the CDK begins the names of its exports.
const CDK_EXPORTS: [&str; 2] = ["ExportsOutputRef", "ExportsOutputFnGetAtt"];

/// A name without what the CDK adds for machines: the hash at the end of a logical id, and the frame around an
/// exported one. Source: CDK developer guide, "Identifiers and the AWS CDK", logical IDs.
pub fn readable(name: &str) -> String {
    if let Some((stack, id)) = CDK_EXPORTS.iter().find_map(|frame| name.split_once(frame)) {
        let (id, end) = id.strip_suffix('>').map_or((id, ""), |id| (id, ">"));
        return format!("{stack}{}{end}", without_hash(without_hash(id)));
    }
    without_hash(name).to_string()
}

/// `Vpc` of `Vpc8378EB38`.
fn without_hash(id: &str) -> &str {
    let Some((name, hash)) = id.len().checked_sub(8).and_then(|cut| id.split_at_checked(cut)) else { return id };
    let is_hash = hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'))
        && hash.bytes().any(|b| b.is_ascii_digit())
        && hash.bytes().any(|b| b.is_ascii_uppercase());
    if is_hash && name.ends_with(|c: char| c.is_ascii_alphanumeric()) { name } else { id }
}

/// A place within a resource, under the resource's name.
pub fn origin_in(resource: &Resource, place: Place) -> Origin {
    Origin::new(resource.name.as_str(), place)
}

/// Whether `words` stand in `name` as whole words: split at anything but letters, and at camel-case borders.
pub fn has_word(name: &str, words: &[&str]) -> bool {
    let mut word = String::new();
    let mut before = ' ';
    for c in name.chars().chain([' ']) {
        let ends = !c.is_alphabetic() || c.is_uppercase() && before.is_lowercase();
        if ends && !word.is_empty() {
            if words.contains(&word.as_str()) {
                return true;
            }
            word.clear();
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::sketch;

    #[test]
    fn the_name_tag_comes_first() {
        let inventory = sketch(&[("Vpc", "AWS::EC2::VPC", r#"{"Tags": [{"Key": "Name", "Value": "lab"}]}"#)]);
        assert_eq!(name(&inventory.resources["lab/Vpc"]), "lab");
    }

    #[test]
    fn a_name_that_is_known_only_at_deployment_yields_to_the_logical_id() {
        let inventory = sketch(&[("Vpc", "AWS::EC2::VPC", r#"{"Tags": [{"Key": "Name", "Value": "<Stack>"}]}"#)]);
        assert_eq!(name(&inventory.resources["lab/Vpc"]), "Vpc");
    }

    #[test]
    fn a_node_group_is_not_called_after_its_cluster() {
        let inventory = sketch(&[("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "myeks"}"#)]);
        assert_eq!(name(&inventory.resources["lab/Nodes"]), "Nodes");
    }

    #[test]
    fn the_hashes_of_the_cdk_are_not_shown() {
        assert_eq!(readable("VpcPublicSubnet1RouteTable6C95E38E"), "VpcPublicSubnet1RouteTable");
        assert_eq!(
            readable("<Net:ExportsOutputRefVpcprivateSubnet1SubnetCEAD37168693D373>"),
            "<Net:VpcprivateSubnet1Subnet>"
        );
        assert_eq!(readable("Release20240131"), "Release20240131");
    }

    #[test]
    fn words_end_at_separators_and_camel_case() {
        assert!(has_word("myeks-PrivateSubnet1", &["private"]));
        assert!(has_word("work_host", &["host"]));
        assert!(!has_word("publication", &["public"]));
    }
}
