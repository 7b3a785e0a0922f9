//! Where lines lead that have more than one place to begin or end.

use super::{Options, compose};
use crate::architecture::sketch::{Row as Resource, drawn, network_and};
use crate::compose::{ClusterView, View};
use crate::diagram::Diagram;
use crate::look::EdgeLook;

const BOTH: &str =
    r#"{"ResourcesVpcConfig": {"SubnetIds": ["@Public", "@PrivateA", "@PrivateB"], "EndpointPrivateAccess": true}}"#;
const PRIVATE: &str = r#"{"ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"],
    "EndpointPublicAccess": false, "EndpointPrivateAccess": true}}"#;

fn diagram(rows: &[Resource]) -> Diagram {
    compose(&drawn(&network_and(rows)).0, &Options::default()).remove(0).diagram
}

fn lines(diagram: &Diagram, look: EdgeLook) -> Vec<(&str, &str)> {
    let lines = diagram.edges.iter().filter(|edge| edge.look == look);
    let mut lines: Vec<_> = lines.map(|edge| (edge.from.as_str(), edge.to.as_str())).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn each_piece_of_a_node_group_leads_to_the_nearest_interfaces_and_these_to_the_api_servers() {
    let diagram = diagram(&[
        ("Eks", "AWS::EKS::Cluster", BOTH),
        (
            "Nodes",
            "AWS::EKS::Nodegroup",
            r#"{"ClusterName": "@Eks", "Subnets": ["@Public", "@PrivateA", "@PrivateB"]}"#,
        ),
    ]);
    assert_eq!(
        lines(&diagram, EdgeLook::NodesToApi),
        [
            ("lab/Eks/enis", "lab/Eks/api"),
            ("lab/Eks/enis#2", "lab/Eks/api"),
            ("lab/Nodes", "lab/Eks/enis"),
            ("lab/Nodes#2", "lab/Eks/enis#2"),
        ]
    );
}

#[test]
fn each_piece_of_a_node_group_leads_where_the_routes_of_its_subnets_lead() {
    let rows = [
        ("Eks", "AWS::EKS::Cluster", r#"{"ResourcesVpcConfig": {"SubnetIds": ["@Public", "@PrivateA", "@PrivateB"]}}"#),
        (
            "Nodes",
            "AWS::EKS::Nodegroup",
            r#"{"ClusterName": "@Eks", "Subnets": ["@Public", "@PrivateA", "@PrivateB"]}"#,
        ),
    ];
    for view in [View::Network, View::Clusters(ClusterView::Endpoint)] {
        let options = Options { view, ..Options::default() };
        let diagram = compose(&drawn(&network_and(&rows)).0, &options).remove(0).diagram;
        let mut from_nodes = lines(&diagram, EdgeLook::NodesToApi);
        from_nodes.retain(|(from, _)| from.starts_with("lab/Nodes"));
        assert_eq!(from_nodes, [("lab/Nodes", "lab/Igw"), ("lab/Nodes#2", "lab/Nat")], "{view:?}");
    }
}

#[test]
fn the_control_plane_reaches_each_piece_of_a_node_group_by_the_nearest_interfaces() {
    let subnets = r#"["@Public", "@PrivateA", "@PrivateB"]"#;
    let nodes = format!(r#"{{"ClusterName": "@Eks", "Subnets": {subnets}}}"#);
    let inner = r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateA", "@PrivateB"]}"#;
    let rows = [
        ("Eks", "AWS::EKS::Cluster", BOTH),
        ("Nodes", "AWS::EKS::Nodegroup", nodes.as_str()),
        ("Inner", "AWS::EKS::Nodegroup", inner),
    ];
    let options = Options { view: View::Clusters(ClusterView::DataPlane), ..Options::default() };
    let diagram = compose(&drawn(&network_and(&rows)).0, &options).remove(0).diagram;
    assert_eq!(
        lines(&diagram, EdgeLook::ControlPlaneToNodes),
        [
            ("lab/Eks/api", "lab/Eks/enis"),
            ("lab/Eks/api", "lab/Eks/enis#2"),
            ("lab/Eks/enis", "lab/Nodes"),
            ("lab/Eks/enis#2", "lab/Inner"),
            ("lab/Eks/enis#2", "lab/Nodes#2"),
        ]
    );
}

#[test]
fn a_private_cluster_has_no_endpoint_but_its_interfaces() {
    let has_endpoint = |properties| {
        let diagram = diagram(&[("Eks", "AWS::EKS::Cluster", properties)]);
        lines(&diagram, EdgeLook::Internal).iter().any(|(from, _)| from.ends_with("/endpoint"))
    };
    assert!(has_endpoint(BOTH));
    assert!(!has_endpoint(PRIVATE));
}

fn served(instances: usize) -> usize {
    let names: Vec<String> = (0..instances).map(|n| format!("I{n}")).collect();
    let targets: Vec<String> = names.iter().map(|name| format!(r#"{{"Id": "@{name}"}}"#)).collect();
    let group = format!(r#"{{"Targets": [{}]}}"#, targets.join(","));
    let subnet =
        |n: usize| if n.is_multiple_of(2) { r#"{"SubnetId": "@PrivateA"}"# } else { r#"{"SubnetId": "@PrivateB"}"# };
    let mut rows: Vec<Resource> = vec![
        ("Lb", "AWS::ElasticLoadBalancingV2::LoadBalancer", r#"{"Subnets": ["@Public"], "Scheme": "internal"}"#),
        ("Web", "AWS::ElasticLoadBalancingV2::TargetGroup", &group),
        (
            "Listener",
            "AWS::ElasticLoadBalancingV2::Listener",
            r#"{"LoadBalancerArn": "@Lb", "DefaultActions": [{"Type": "forward", "TargetGroupArn": "@Web"}]}"#,
        ),
    ];
    rows.extend(names.iter().enumerate().map(|(n, name)| (name.as_str(), "AWS::EC2::Instance", subnet(n))));
    let options = Options { folding: super::Folding::Never, ..Options::default() };
    let diagram = compose(&drawn(&network_and(&rows)).0, &options).remove(0).diagram;
    lines(&diagram, EdgeLook::Application).len()
}

#[test]
fn a_load_balancer_that_serves_many_things_leads_to_their_subnets() {
    assert_eq!(served(6), 6);
    assert_eq!(served(24), 24);
    assert_eq!(served(25), 2);
}
