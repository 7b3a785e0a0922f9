//! The names that CloudFormation's types give their properties, as far as the program looks into them.

use std::sync::OnceLock;

use crate::hashing::HashMap;

/// A line a type, or a property of one that has properties itself: `AWS::EKS::Cluster.ResourcesVpcConfig: ..`.
const PROPERTIES: &str = include_str!("schema/properties.txt");

/// All properties of a type, or of what a path of properties leads to in it; `None` where they are not listed.
pub fn properties(path: &str) -> Option<&'static [&'static str]> {
    static BY_PATH: OnceLock<HashMap<&str, Vec<&str>>> = OnceLock::new();
    let by_path = BY_PATH.get_or_init(|| {
        let lines = PROPERTIES.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once(": ")).map(|(path, names)| (path, names.split(' ').collect())).collect()
    });
    by_path.get(path).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_and_what_is_in_it_have_their_properties() {
        assert!(properties("AWS::EC2::Subnet").is_some_and(|names| names.contains(&"MapPublicIpOnLaunch")));
        let inner = properties("AWS::EKS::Cluster.ResourcesVpcConfig");
        assert!(inner.is_some_and(|names| names.contains(&"SubnetIds")));
        assert_eq!(properties("Custom::Thing"), None);
    }

    #[test]
    fn every_line_is_a_path_and_names_in_their_order() {
        for line in PROPERTIES.lines().filter(|line| !line.starts_with('#')) {
            let (path, names) = line.split_once(": ").expect(line);
            assert!(path.starts_with("AWS::"), "{line}");
            let names: Vec<&str> = names.split(' ').collect();
            assert!(!names.is_empty() && names.is_sorted() && names.iter().all(|name| !name.is_empty()), "{line}");
        }
    }
}
