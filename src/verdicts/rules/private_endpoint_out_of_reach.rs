//! A private endpoint with nobody near it.

use super::pages;
use crate::architecture::{Cluster, GatewayKind, PathKind, Stop, Vpc};
use crate::diag::{Known, Severity};
use crate::kinds::Kind;
use crate::verdicts::facts::{Facts, things};
use crate::verdicts::{BrokenPath, Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "private-endpoint-out-of-reach",
    severity: Severity::Warning,
    meaning: "Without public access, kubectl reaches the API from inside the VPC only, or from a network that is \
              connected with it. The input has no instance, VPN, peering or transit gateway there.",
    source: pages::CLUSTER_ENDPOINT,
    remedy: "Add a bastion or Cloud9 environment, connect a network with the VPC, or turn public access on for your own \
             addresses.",
    judge,
};

/// By it people come into a VPC from anywhere.
const CLIENT_VPN: &str = "AWS::EC2::ClientVpnEndpoint";

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    let access = &cluster.endpoint;
    if access.public == Known::Yes(true) {
        return None;
    }
    let name = &cluster.identity.name;
    let unknown = |why: String| {
        Verdict::unknown(&RULE, format!("whether anyone can use kubectl on {name}"), why)
            .because([access.because.clone()])
            .about([&cluster.identity.address])
    };
    let Some(vpc) = facts.vpc_of(cluster) else {
        return Some(unknown(format!("the VPC of {name} is not in the input")));
    };
    if is_entered(facts, vpc) {
        return None;
    }
    if let Known::Later(_) = access.public {
        return Some(unknown(access.because.text.clone()));
    }
    if vpc.identity.external {
        return Some(unknown(format!("what else is in {} is not in the input", vpc.identity.name)));
    }
    let path = BrokenPath {
        kind: PathKind::Kubectl,
        start: Stop::Administrator(None),
        cluster: cluster.identity.address.clone(),
    };
    let message =
        format!("nobody in sight can use kubectl on {name}: its endpoint is private, and nothing leads into its VPC");
    let verdict = Verdict::fails(&RULE, message).because([access.because.clone()]);
    Some(verdict.about([&cluster.identity.address]).breaks([path]))
}

/// Whether people may come into the VPC: by a host, or by a connected network.
fn is_entered(facts: &Facts<'_>, vpc: &Vpc) -> bool {
    let is_host = |kind| matches!(kind, Kind::Instance | Kind::Bastion | Kind::NatInstance);
    let has_host =
        things(vpc).any(|(_, thing)| is_host(thing.kind)) || vpc.groups.iter().any(|group| is_host(group.member));
    let has_vpn = vpc.gateways.iter().any(|gateway| gateway.kind == GatewayKind::Vpn);
    has_host || has_vpn || facts.is_connected(vpc) || facts.has_any(CLIENT_VPN)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::{cluster, said};

    fn beside(more: &[Row]) -> Vec<String> {
        let eks = cluster(r#", "EndpointPrivateAccess": true, "EndpointPublicAccess": false"#);
        let mut rows: Vec<Row> = vec![("Eks", "AWS::EKS::Cluster", &eks)];
        rows.extend(more);
        said(&RULE, &rows)
    }

    #[test]
    fn a_private_endpoint_needs_someone_inside() {
        assert_eq!(beside(&[]).len(), 1);
        assert!(beside(&[("Host", "AWS::EC2::Instance", r#"{"SubnetId": "@PrivateA"}"#)]).is_empty());
    }

    #[test]
    fn a_connected_network_is_enough() {
        let peering = r#"{"VpcId": "@Vpc", "PeerVpcId": "vpc-office"}"#;
        assert!(beside(&[("Peering", "AWS::EC2::VPCPeeringConnection", peering)]).is_empty());
        let gateway = [
            ("Vgw", "AWS::EC2::VPNGateway", r#"{"Type": "ipsec.1"}"#),
            ("In", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "VpnGatewayId": "@Vgw"}"#),
        ];
        assert!(beside(&gateway).is_empty());
    }
}
