//! The name by which a reader of the template would call a resource.

use crate::syntax::node::Node;

/// What the AWS CDK calls a resource in its program, else the logical id.
pub fn of(id: &str, type_name: &str, node: &Node) -> String {
    let path = node.field("Metadata").and_then(|metadata| metadata.field("aws:cdk:path")).and_then(Node::as_text);
    path.and_then(|path| from_path(path, type_name)).unwrap_or_else(|| id.to_string())
}

/// `Vpc` of `Stack/Vpc/Resource`, `PublicSubnet1` of `Stack/Vpc/PublicSubnet1/Subnet`,
/// `PublicSubnet1 NATGateway` of `Stack/Vpc/PublicSubnet1/NATGateway`.
fn from_path(path: &str, type_name: &str) -> Option<String> {
    let (_, within_stack) = path.split_once('/')?;
    let mut segments: Vec<&str> = within_stack.split('/').collect();
    // Names that the CDK's own constructs give to the one resource that they are made for.
    while segments.len() > 1 && matches!(segments.last(), Some(&("Resource" | "Default"))) {
        segments.pop();
    }
    let (last, before) = segments.split_last()?;
    let kind = type_name.rsplit("::").next().unwrap_or_default();
    let name = match before.last() {
        Some(parent) if parent.to_lowercase().contains(&last.to_lowercase()) => (*parent).to_string(),
        Some(parent) if last.eq_ignore_ascii_case(kind) || is_abbreviation(last, kind) => format!("{parent} {last}"),
        _ => (*last).to_string(),
    };
    let name = name.strip_suffix(".NestedStackResource").unwrap_or(&name);
    (!name.is_empty()).then(|| name.to_string())
}

/// `EIP` of `EIP`, `IGW` of `InternetGateway`: capitals that stand for the kind's words.
fn is_abbreviation(name: &str, kind: &str) -> bool {
    let capitals: String = kind.chars().filter(char::is_ascii_uppercase).collect();
    name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase()) && name.starts_with(&capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cdk_path_gives_the_name_that_its_author_chose() {
        for (path, kind, name) in [
            ("Net/Vpc/Resource", "AWS::EC2::VPC", "Vpc"),
            ("Net/Vpc/PublicSubnet1/Subnet", "AWS::EC2::Subnet", "PublicSubnet1"),
            ("Net/Vpc/PublicSubnet1/NATGateway", "AWS::EC2::NatGateway", "PublicSubnet1 NATGateway"),
            ("Net/Vpc/IGW", "AWS::EC2::InternetGateway", "Vpc IGW"),
            ("App/Cluster/Resource/Resource/Default", "Custom::AWSCDK-EKS-Cluster", "Cluster"),
            ("App/Net.NestedStack/Net.NestedStackResource", "AWS::CloudFormation::Stack", "Net"),
        ] {
            assert_eq!(from_path(path, kind).as_deref(), Some(name), "{path}");
        }
    }
}
