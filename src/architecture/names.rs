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
    tag.or_else(|| name_property(resource)).unwrap_or_else(|| resource.name.clone())
}

fn name_property(resource: &Resource) -> Option<String> {
    NAME_PROPERTIES
        .iter()
        .filter(|key| !is_name_of_another(&resource.type_name, key))
        .find_map(|key| resource.property(key).and_then(telling))
}

fn telling(property: &Property) -> Option<String> {
    match &property.value {
        Value::Text(text) | Value::Mixed(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Null | Value::List(_) | Value::Map(_) | Value::Reference { .. } | Value::Later(_) => None,
    }
}

pub fn identity(resource: &Resource) -> Identity {
    Identity {
        address: resource.address.clone(),
        name: name(resource),
        type_name: resource.type_name.clone(),
        origin: resource.origin.clone(),
        external: resource.existing,
    }
}

/// Who a thing is that the input only names.
pub fn external(address: Address, name: String, type_name: &str, origin: Origin) -> Identity {
    Identity { address, name, type_name: type_name.to_string(), origin, external: true }
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
    fn words_end_at_separators_and_camel_case() {
        assert!(has_word("myeks-PrivateSubnet1", &["private"]));
        assert!(has_word("work_host", &["host"]));
        assert!(!has_word("publication", &["public"]));
    }
}
