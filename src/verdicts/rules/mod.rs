//! The rules, each in a file of its own.

pub mod cluster_in_one_zone;
pub mod cluster_subnet_full;
pub mod cluster_subnet_outside_zones;
pub mod cluster_subnet_small;
pub mod endpoint_closed_to_nodes;
pub mod endpoint_without_private_dns;
pub mod endpoints_missing;
pub mod endpoints_perhaps_missing;
pub mod host_not_admitted;
pub mod no_control_plane_logs;
pub mod nodes_in_isolated_subnet;
pub mod nodes_with_public_addresses;
pub mod nodes_without_public_addresses;
pub mod nodes_without_route;
pub mod one_nat_gateway;
mod pages;
pub mod private_endpoint_out_of_reach;
pub mod private_endpoint_without_dns;
pub mod private_subnet_isolated;
pub mod public_cidrs_exclude_nodes;
pub mod public_endpoint_open;
pub mod secrets_without_key;
pub mod ssh_open;
pub mod subnet_outside_vpc;
pub mod subnets_overlap;
pub mod subnets_without_role_tags;
pub mod zone_not_supported;
