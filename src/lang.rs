//! Every word of ours in a picture, a table a language. Names are the user's and are never translated.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
}

/// The words of one language. `{}` stands for a name or a number.
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
    pub unknown_zone: &'static str,
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
    pub count_clusters: (&'static str, &'static str),
    pub count_nodes: (&'static str, &'static str),
    pub count_instances: (&'static str, &'static str),
}

static ENGLISH: Phrases = Phrases {
    aws_cloud: "AWS Cloud",
    account: "Account {}",
    region: "Region {}",
    availability_zone: "Availability Zone {}",
    local_zone: "Local Zone {}",
    wavelength_zone: "Wavelength Zone {}",
    outpost: "Outpost {}",
    control_plane: "EKS control plane",
    aws_managed: "AWS-managed VPC",
    on_outpost: "on Outpost {}",
    eks_cluster: "EKS cluster",
    api_endpoint: "API endpoint",
    api_servers: "API servers",
    api_server: "API server",
    scheduler: "scheduler",
    controllers: "controllers",
    etcd: "etcd",
    endpoint_public: "Endpoint: public",
    endpoint_private: "Endpoint: private",
    endpoint_both: "Endpoint: public and private",
    endpoint_unknown: "Endpoint: not known",
    auto_mode: "Auto Mode",
    internet: "Internet",
    administrator: "Administrator",
    clients: "Clients",
    internet_gateway: "Internet gateway",
    egress_only_gateway: "Egress-only gateway",
    vpn_gateway: "VPN gateway",
    gateway_endpoint: "Gateway endpoint",
    interface_endpoint: "VPC endpoint",
    interface_endpoints: "{} VPC endpoints",
    nat_gateway: "NAT gateway",
    nat_instance: "NAT instance",
    bastion: "work host",
    bastions: "work hosts",
    worker_node: "worker node",
    worker_nodes: "worker nodes",
    task: "task",
    tasks: "tasks",
    instance: "instance",
    instances: "instances",
    candidate: "candidate",
    managed_node_group: "managed node group",
    self_managed_node_group: "self-managed node group",
    auto_mode_nodes: "Auto Mode nodes",
    fargate_profile: "Fargate profile",
    auto_scaling_group: "Auto Scaling group",
    application_load_balancer: "Application Load Balancer",
    network_load_balancer: "Network Load Balancer",
    gateway_load_balancer: "Gateway Load Balancer",
    classic_load_balancer: "Classic Load Balancer",
    transit_gateway: "Transit gateway",
    transit_gateway_attachment: "Transit gateway attachment",
    ssh_from: "SSH 22 from {}",
    site_to_site_vpn: "Site-to-Site VPN",
    peering: "VPC peering",
    regional_services: "Regional services",
    without_subnet: "subnet not in the input",
    unknown_zone: "zone not in the input",
    external: "not made by this input",
    tier_public: "public: {}",
    tier_private: "private: {}",
    tier_isolated: "isolated: {}",
    tier_unknown: "tier unknown: {}",
    no_default_route: "no default route",
    routes_not_in_input: "its routes are not in the input",
    exposed: "{} from {}",
    open_to: "from {}",
    via_interfaces: "through the EKS-owned ENIs",
    cluster_interfaces: "EKS-owned ENIs",
    cluster_interfaces_candidates: "candidates: EKS makes 2 to 4 in all",
    path_administration: "SSH to the work host",
    path_kubectl: "kubectl to the API",
    path_nodes_to_api: "nodes to the API",
    path_control_plane_to_nodes: "control plane to the nodes",
    path_egress: "default route",
    path_application: "application traffic",
    path_internal: "inside the control plane",
    path_connection: "standing connection",
    subnet_public: "public subnet",
    subnet_private: "private subnet",
    subnet_isolated: "isolated subnet",
    subnet_unknown: "subnet of unknown tier",
    node_group: "node group",
    load_balancer: "load balancer",
    database: "database",
    legend: "Legend",
    title_cluster: "EKS cluster {}",
    title_vpc: "VPC {}",
    title_network: "AWS network",
    title_page: "{}: {}",
    overview: "Overview",
    overview_view: "Overview, each VPC on a page of its own",
    page: "page {}",
    and_more: "{} and {} more",
    network_view: "Network view",
    count_vpcs: ("{} VPC", "{} VPCs"),
    count_zones: ("{} Availability Zone", "{} Availability Zones"),
    count_subnets: ("{} subnet", "{} subnets"),
    count_clusters: ("{} cluster", "{} clusters"),
    count_nodes: ("{} worker node", "{} worker nodes"),
    count_instances: ("{} instance", "{} instances"),
};

impl Language {
    pub fn phrases(self) -> &'static Phrases {
        match self {
            Language::English => &ENGLISH,
        }
    }
}

/// Puts the values into the places of a phrase, in order.
pub fn fill(phrase: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut values = values.iter();
    let mut rest = phrase;
    while let Some(at) = rest.find("{}") {
        out.push_str(&rest[..at]);
        out.push_str(values.next().unwrap_or(&""));
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    out
}

/// `1 subnet`, `4 subnets`.
pub fn count((one, many): (&str, &str), n: usize) -> String {
    fill(if n == 1 { one } else { many }, &[&n.to_string()])
}

/// The city or state after which AWS names a region.
///
/// Source: AWS General Reference, "Regions and endpoints".
pub fn region_place(region: &str) -> Option<&'static str> {
    Some(match region {
        "us-east-1" => "N. Virginia",
        "us-east-2" => "Ohio",
        "us-west-1" => "N. California",
        "us-west-2" => "Oregon",
        "af-south-1" => "Cape Town",
        "ap-east-1" => "Hong Kong",
        "ap-south-1" => "Mumbai",
        "ap-south-2" => "Hyderabad",
        "ap-southeast-1" => "Singapore",
        "ap-southeast-2" => "Sydney",
        "ap-southeast-3" => "Jakarta",
        "ap-southeast-4" => "Melbourne",
        "ap-northeast-1" => "Tokyo",
        "ap-northeast-2" => "Seoul",
        "ap-northeast-3" => "Osaka",
        "ca-central-1" => "Canada",
        "ca-west-1" => "Calgary",
        "eu-central-1" => "Frankfurt",
        "eu-central-2" => "Zurich",
        "eu-west-1" => "Ireland",
        "eu-west-2" => "London",
        "eu-west-3" => "Paris",
        "eu-south-1" => "Milan",
        "eu-south-2" => "Spain",
        "eu-north-1" => "Stockholm",
        "il-central-1" => "Tel Aviv",
        "me-south-1" => "Bahrain",
        "me-central-1" => "UAE",
        "sa-east-1" => "São Paulo",
        "cn-north-1" => "Beijing",
        "cn-northwest-1" => "Ningxia",
        "us-gov-east-1" => "GovCloud US-East",
        "us-gov-west-1" => "GovCloud US-West",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_places_of_a_phrase_in_order() {
        assert_eq!(fill("{} from {}", &["SSH 22", "0.0.0.0/0"]), "SSH 22 from 0.0.0.0/0");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(ENGLISH.count_subnets, 1), "1 subnet");
        assert_eq!(count(ENGLISH.count_subnets, 4), "4 subnets");
    }
}
