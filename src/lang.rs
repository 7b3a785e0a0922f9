//! Every word of ours in a picture, a table a language. Names are the user's and are never translated; sentences
//! that say why stay English, as messages do.

mod english;
mod korean;
#[cfg(test)]
mod tests;

use english::ENGLISH;
use korean::KOREAN;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Korean,
}

/// Declares the table, so that tests can walk through it: each field is a phrase, or a pair of them.
macro_rules! table {
    ($(#[$meta:meta])* pub struct Phrases { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub struct Phrases { $($(#[$doc])* pub $field: $type,)* }

        #[cfg(test)]
        impl Phrases {
            /// Every phrase with its name.
            pub fn each(&self) -> Vec<(&'static str, &'static str)> {
                let mut each = Vec::new();
                $(each.extend(tests::Phrase::words(&self.$field).into_iter().map(|words| (stringify!($field), words)));)*
                each
            }
        }
    };
}

table! {
/// The words of one language. `{}` stands for a name or a number: the next of the values that are put in. Where a
/// language says them in another order, it numbers them: `{1}`, `{0}`.
#[derive(Debug)]
pub struct Phrases {
    pub aws_cloud: &'static str,
    pub account: &'static str,
    pub region: &'static str,
    pub availability_zone: &'static str,
    pub local_zone: &'static str,
    pub wavelength_zone: &'static str,
    pub outpost: &'static str,
    pub control_plane: &'static str,
    pub aws_managed: &'static str,
    pub on_outpost: &'static str,
    pub eks_cluster: &'static str,
    pub api_endpoint: &'static str,
    pub api_servers: &'static str,
    pub api_server: &'static str,
    pub scheduler: &'static str,
    pub controllers: &'static str,
    pub etcd: &'static str,
    pub endpoint_public: &'static str,
    pub endpoint_private: &'static str,
    pub endpoint_both: &'static str,
    pub endpoint_unknown: &'static str,
    pub auto_mode: &'static str,
    pub internet: &'static str,
    pub administrator: &'static str,
    pub clients: &'static str,
    pub internet_gateway: &'static str,
    pub egress_only_gateway: &'static str,
    pub vpn_gateway: &'static str,
    pub gateway_endpoint: &'static str,
    pub interface_endpoint: &'static str,
    pub interface_endpoints: &'static str,
    pub nat_gateway: &'static str,
    pub nat_instance: &'static str,
    pub bastion: &'static str,
    pub bastions: &'static str,
    pub worker_node: &'static str,
    pub worker_nodes: &'static str,
    pub task: &'static str,
    pub tasks: &'static str,
    pub instance: &'static str,
    pub instances: &'static str,
    pub candidate: &'static str,
    pub managed_node_group: &'static str,
    pub self_managed_node_group: &'static str,
    pub auto_mode_nodes: &'static str,
    pub fargate_profile: &'static str,
    pub auto_scaling_group: &'static str,
    pub application_load_balancer: &'static str,
    pub network_load_balancer: &'static str,
    pub gateway_load_balancer: &'static str,
    pub classic_load_balancer: &'static str,
    pub transit_gateway: &'static str,
    pub transit_gateway_attachment: &'static str,
    pub peering: &'static str,
    pub ssh_from: &'static str,
    pub site_to_site_vpn: &'static str,
    pub regional_services: &'static str,
    pub without_subnet: &'static str,
    pub external: &'static str,
    pub tier_public: &'static str,
    pub tier_private: &'static str,
    pub tier_isolated: &'static str,
    pub tier_unknown: &'static str,
    pub no_default_route: &'static str,
    pub routes_not_in_input: &'static str,
    pub exposed: &'static str,
    pub open_to: &'static str,
    pub via_interfaces: &'static str,
    pub cluster_interfaces: &'static str,
    pub cluster_interfaces_candidates: &'static str,
    pub path_administration: &'static str,
    pub path_kubectl: &'static str,
    pub path_nodes_to_api: &'static str,
    pub path_control_plane_to_nodes: &'static str,
    pub path_egress: &'static str,
    pub path_application: &'static str,
    pub path_internal: &'static str,
    pub path_connection: &'static str,
    pub subnet_public: &'static str,
    pub subnet_private: &'static str,
    pub subnet_isolated: &'static str,
    pub subnet_unknown: &'static str,
    pub node_group: &'static str,
    pub load_balancer: &'static str,
    pub database: &'static str,
    pub path_dns: &'static str,
    pub path_broken: &'static str,
    pub title_endpoint: &'static str,
    pub mode_public: &'static str,
    pub mode_private: &'static str,
    pub mode_both: &'static str,
    pub mode_unknown: &'static str,
    pub endpoint_view_public: &'static str,
    pub endpoint_view_both: &'static str,
    pub endpoint_view_private: &'static str,
    pub endpoint_view_unknown: &'static str,
    pub api_servers_where: &'static str,
    pub ec2_instance: &'static str,
    pub pod_sample: &'static str,
    pub kubectl: &'static str,
    pub dns_is: &'static str,
    pub cluster_interface: &'static str,
    pub public_address: &'static str,
    pub private_hosted_zone: &'static str,
    pub resolver: &'static str,
    pub public_dns: &'static str,
    pub needed_endpoints: &'static str,
    pub endpoint_there: &'static str,
    pub endpoint_missing: &'static str,
    pub step_dns: &'static str,
    pub step_managed_gateway: &'static str,
    pub answers_aws: &'static str,
    pub answers_customer: &'static str,
    pub api_servers_care: &'static str,
    pub etcd_care: &'static str,
    pub elastic_load_balancing: &'static str,
    pub further_zone: &'static str,
    pub kubernetes_version: &'static str,
    pub endpoint_open_to: &'static str,
    pub secrets_with_key: &'static str,
    pub secrets_without_key: &'static str,
    pub secrets_unknown: &'static str,
    pub logging_off: &'static str,
    pub logging_on: &'static str,
    pub control_plane_view: &'static str,
    pub data_plane_view: &'static str,
    pub kubernetes_view: &'static str,
    pub modes_view: &'static str,
    pub title_view: &'static str,
    pub view_control_plane: &'static str,
    pub view_data_plane: &'static str,
    pub view_kubernetes: &'static str,
    pub view_modes: &'static str,
    pub kubernetes_cluster: &'static str,
    pub master_node: &'static str,
    pub kubeconfig: &'static str,
    pub container_runtime: &'static str,
    pub container: &'static str,
    pub client: &'static str,
    pub legend_dot: &'static str,
    pub legend_pale: &'static str,
    pub legend_danger: &'static str,
    pub legend_no_stack: &'static str,
    /// On what none of the account's stacks holds.
    pub no_stack: &'static str,
    pub legend_added: &'static str,
    pub legend_removed: &'static str,
    pub legend_changed: &'static str,
    pub egress_mode: &'static str,
    pub hybrid_nodes: &'static str,
    pub fargate_machine: &'static str,
    pub controller_manager: &'static str,
    pub path_nodes_dns: &'static str,
    pub part_of: &'static str,
    pub legend: &'static str,
    pub title_cluster: &'static str,
    pub title_vpc: &'static str,
    pub title_network: &'static str,
    pub title_page: &'static str,
    pub overview: &'static str,
    pub overview_view: &'static str,
    pub page: &'static str,
    pub and_more: &'static str,
    pub network_view: &'static str,
    pub count_vpcs: (&'static str, &'static str),
    pub count_zones: (&'static str, &'static str),
    pub count_subnets: (&'static str, &'static str),
    pub count_public: (&'static str, &'static str),
    pub count_private: (&'static str, &'static str),
    pub count_isolated: (&'static str, &'static str),
    pub count_unknown: (&'static str, &'static str),
    pub count_clusters: (&'static str, &'static str),
    pub count_nodes: (&'static str, &'static str),
    pub count_instances: (&'static str, &'static str),
    pub count_hidden: (&'static str, &'static str),
    pub ssh: &'static str,
    pub https: &'static str,
    /// Between the last two of several.
    pub and: &'static str,
    /// A number and what there is so many of.
    pub so_many: &'static str,
    pub private_nat: &'static str,
    pub elastic_ip: &'static str,
    pub multi_az: &'static str,
    pub spot: &'static str,
    pub serverless: &'static str,
    pub internal: &'static str,
    pub internet_facing: &'static str,
    pub all_ports: &'static str,
    pub default_vpc: &'static str,
    pub unknown_vpc: &'static str,
    pub default_subnet: &'static str,
    pub namespace: &'static str,
    /// Regions, each with the city or state after which AWS names it.
    pub places: &'static [(&'static str, &'static str)],
}
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Korean];

    pub fn phrases(self) -> &'static Phrases {
        match self {
            Language::English => &ENGLISH,
            Language::Korean => &KOREAN,
        }
    }

    /// Source: IETF BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Korean => "ko",
        }
    }
}

impl Phrases {
    /// Source: AWS General Reference, "Regions and endpoints", in its languages.
    pub fn region_place(&self, region: &str) -> Option<&'static str> {
        self.places.iter().find(|(name, _)| *name == region).map(|(_, place)| *place)
    }
}

/// Puts the values into the places of a phrase.
pub fn fill(phrase: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = phrase;
    let mut next = 0;
    while let Some((before, (number, after))) = rest.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?))) {
        let at = number.parse().unwrap_or(next);
        out.push_str(before);
        out.push_str(values.get(at).unwrap_or(&""));
        next = at + 1;
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `1 subnet`, `4 subnets`.
pub fn count((one, many): (&str, &str), n: usize) -> String {
    fill(if n == 1 { one } else { many }, &[&n.to_string()])
}
