//! All rules: whether the cluster's traffic gets through, what its network is like, who may come in.

use super::Rule;
use super::rules::{
    cluster_in_one_zone, cluster_subnet_full, cluster_subnet_outside_zones, cluster_subnet_small,
    endpoint_closed_to_nodes, endpoint_without_private_dns, endpoints_missing, endpoints_perhaps_missing,
    host_not_admitted, no_control_plane_logs, nodes_in_isolated_subnet, nodes_with_public_addresses,
    nodes_without_public_addresses, nodes_without_route, one_nat_gateway, private_endpoint_out_of_reach,
    private_endpoint_without_dns, private_subnet_isolated, public_cidrs_exclude_nodes, public_endpoint_open,
    secrets_without_key, ssh_open, subnet_outside_vpc, subnets_overlap, subnets_without_role_tags, zone_not_supported,
};

pub static RULES: [&Rule; 26] = [
    // Reach.
    &nodes_without_route::RULE,
    &nodes_without_public_addresses::RULE,
    &public_cidrs_exclude_nodes::RULE,
    &private_endpoint_without_dns::RULE,
    &host_not_admitted::RULE,
    &private_endpoint_out_of_reach::RULE,
    &endpoints_missing::RULE,
    &endpoints_perhaps_missing::RULE,
    &endpoint_closed_to_nodes::RULE,
    &endpoint_without_private_dns::RULE,
    // Shape.
    &cluster_in_one_zone::RULE,
    &cluster_subnet_full::RULE,
    &cluster_subnet_small::RULE,
    &zone_not_supported::RULE,
    &cluster_subnet_outside_zones::RULE,
    &subnet_outside_vpc::RULE,
    &subnets_overlap::RULE,
    &nodes_in_isolated_subnet::RULE,
    &private_subnet_isolated::RULE,
    &one_nat_gateway::RULE,
    &subnets_without_role_tags::RULE,
    // Exposure.
    &public_endpoint_open::RULE,
    &ssh_open::RULE,
    &nodes_with_public_addresses::RULE,
    &secrets_without_key::RULE,
    &no_control_plane_logs::RULE,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_rules_share_a_code() {
        let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
    }

    #[test]
    fn every_rule_cites_a_page_of_aws() {
        for rule in RULES {
            assert!(rule.source.url.starts_with("https://docs.aws.amazon.com/"), "{}", rule.code);
            assert!(!rule.source.title.is_empty() && rule.meaning.ends_with('.') && rule.remedy.ends_with('.'));
        }
    }
}
