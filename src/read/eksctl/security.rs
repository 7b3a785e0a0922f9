//! The cluster's security groups: the control plane's, and the one that all nodes share.
//!
//! Source: pkg/cfn/builder/cluster.go, `addResourcesForSecurityGroups`.

use crate::diag::{Origin, Place};
use crate::inventory::{Address, Property};

use super::config::Config;
use super::draft::{At, Draft, Fields, Making};
use super::section::Section;
use super::vpc::Network;

#[derive(Clone, Debug)]
pub struct SecurityGroups {
    /// Given to the EKS API; the first is the control plane's own.
    pub control_plane: Vec<Address>,
    pub shared: Address,
}

pub fn expand(config: &Config, network: &Network, draft: &mut Draft) -> SecurityGroups {
    let vpc = config.root.section("vpc");
    let origin = vpc.as_ref().map_or_else(|| config.metadata.clone(), |vpc| vpc.origin());
    let mut given: Vec<Section> = vpc.iter().filter_map(|vpc| vpc.scalar("securityGroup")).collect();
    if given.is_empty() {
        given = vpc.iter().flat_map(|vpc| vpc.scalars("controlPlaneSecurityGroupIDs")).collect();
    }
    let mut control_plane: Vec<Address> = given.iter().map(|id| existing(id, network, draft)).collect();
    if control_plane.is_empty() {
        control_plane.push(own(config, network, &origin, draft));
    }
    let shared = match vpc.as_ref().and_then(|vpc| vpc.scalar("sharedNodeSecurityGroup")) {
        Some(id) => existing(&id, network, draft),
        None => shared(network, &origin, draft),
    };
    SecurityGroups { control_plane, shared }
}

/// The rules between the shared group and the one that EKS makes with the cluster. They refer to the
/// cluster, so they come after it.
pub fn expand_cluster_rules(config: &Config, groups: &SecurityGroups, cluster: &Address, draft: &mut Draft) {
    let vpc = config.root.section("vpc");
    if vpc.as_ref().and_then(|vpc| vpc.flag("manageSharedNodeSecurityGroupRules")) == Some(false) {
        return;
    }
    let origin = vpc.map_or_else(|| config.metadata.clone(), |vpc| vpc.origin());
    let at = At(origin.place);
    let shared = at.reference(&groups.shared);
    let of_cluster = at.attribute(cluster, "ClusterSecurityGroupId");
    let rule = all_ports(at, shared.clone(), of_cluster.clone());
    draft.add("IngressDefaultClusterToNodeSG", INGRESS, rule, &origin);
    draft.add("IngressNodeToDefaultClusterSG", INGRESS, all_ports(at, of_cluster, shared), &origin);
}

/// A security group known by its id only; the same id is one resource.
pub fn existing(id: &Section, network: &Network, draft: &mut Draft) -> Address {
    let text = id.as_text();
    let known = draft.inventory.resources.get(format!("{}/{text}", draft.stack).as_str());
    if let Some(known) = known.filter(|known| known.existing && known.type_name == GROUP) {
        return known.address.clone();
    }
    let at = At(id.place());
    let fields = Fields::new().with("GroupId", at.text(text)).with("VpcId", at.reference(&network.vpc));
    draft.put(text, text, GROUP, fields, &id.origin(), Making::Existing)
}

const GROUP: &str = "AWS::EC2::SecurityGroup";
const INGRESS: &str = "AWS::EC2::SecurityGroupIngress";

fn own(config: &Config, network: &Network, origin: &Origin, draft: &mut Draft) -> Address {
    let at = At(origin.place);
    let fields = Fields::new()
        .with("GroupDescription", at.text("Communication between the control plane and worker nodegroups"))
        .with("VpcId", at.reference(&network.vpc));
    let group = draft.add_tagged("ControlPlaneSecurityGroup", GROUP, fields, origin);
    let vpc = config.root.section("vpc");
    for (list, property, id) in [
        ("extraCIDRs", "CidrIp", "IngressControlPlaneExtraCIDR"),
        ("extraIPv6CIDRs", "CidrIpv6", "IngressControlPlaneExtraIPv6CIDR"),
    ] {
        for (i, block) in vpc.iter().flat_map(|vpc| vpc.scalars(list)).enumerate() {
            let at = At(block.place());
            let rule = Fields::new()
                .with("GroupId", at.reference(&group))
                .with("IpProtocol", at.text("tcp"))
                .with("FromPort", at.text(443))
                .with("ToPort", at.text(443))
                .with(property, at.text(block.as_text()));
            draft.add(&format!("{id}{i}"), INGRESS, rule, &block.origin());
        }
    }
    group
}

fn shared(network: &Network, origin: &Origin, draft: &mut Draft) -> Address {
    let at = At(origin.place);
    let fields = Fields::new()
        .with("GroupDescription", at.text("Communication between all nodes in the cluster"))
        .with("VpcId", at.reference(&network.vpc));
    let group = draft.add_tagged("ClusterSharedNodeSecurityGroup", GROUP, fields, origin);
    let rule = all_ports(at, at.reference(&group), at.reference(&group));
    draft.add("IngressInterNodeGroupSG", INGRESS, rule, origin);
    group
}

fn all_ports(at: At, to: Property, from: Property) -> Fields {
    Fields::new()
        .with("GroupId", to)
        .with("SourceSecurityGroupId", from)
        .with("IpProtocol", at.text("-1"))
        .with("FromPort", at.text(0))
        .with("ToPort", at.text(65535))
}

/// TCP port 22 from a block or a group, as an entry of `SecurityGroupIngress`.
pub fn ssh_from(place: Place, property: &'static str, source: Property) -> Property {
    let at = At(place);
    let rule = Fields::new()
        .with("IpProtocol", at.text("tcp"))
        .with("FromPort", at.text(22))
        .with("ToPort", at.text(22))
        .with(property, source);
    rule.at(place)
}
