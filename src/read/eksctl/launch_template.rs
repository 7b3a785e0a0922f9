//! What a node group's instances start from, with the security groups that are made for it.
//!
//! Source: pkg/cfn/builder/managed_launch_template.go, nodegroup.go, vpc.go.

use crate::inventory::{Address, Property};

use super::defaults;
use super::draft::{At, Draft, Fields, Making};
use super::nodegroup::{Around, Group};
use super::security;
use super::vpc::{Network, Tier};

const TEMPLATE: &str = "AWS::EC2::LaunchTemplate";

/// The `LaunchTemplate` property of a managed group: its own template, or the one that the user names.
pub fn of_managed(group: &Group, around: &Around, network: &Network, draft: &mut Draft) -> Option<Property> {
    let at = At(group.section.place());
    if let Some(given) = group.section.section("launchTemplate") {
        let fields = Fields::new().with("Id", given.property("id")).with("Version", given.property("version"));
        return (!fields.is_empty()).then(|| fields.at(given.place()));
    }
    let mut groups = vec![at.attribute(around.cluster, "ClusterSecurityGroupId")];
    groups.extend(attached(group, network, draft));
    if let Some(ssh) = ssh_rules(group, network) {
        let fields = Fields::new()
            .with("GroupDescription", at.text("Allow SSH access"))
            .with("VpcId", at.reference(&network.vpc))
            .with("SecurityGroupIngress", ssh);
        let path = group.id("SSH");
        let address = draft.put(&path, "SSH", "AWS::EC2::SecurityGroup", fields, &group.origin(), Making::Made);
        groups.push(at.reference(&address));
    }
    let data = data(group, Fields::new().with("SecurityGroupIds", at.list(groups)));
    let fields = Fields::new().with("LaunchTemplateData", data);
    let path = group.id("LaunchTemplate");
    let template = draft.put(&path, "LaunchTemplate", TEMPLATE, fields, &group.origin(), Making::Made);
    Some(at.map([("Id", at.reference(&template))]))
}

pub fn of_self_managed(group: &Group, around: &Around, network: &Network, draft: &mut Draft) -> Address {
    let at = At(group.section.place());
    let chosen = group.section.section("securityGroups");
    let wants = |key: &str| chosen.as_ref().and_then(|groups| groups.flag(key)) != Some(false);
    let mut groups = attached(group, network, draft);
    if wants("withShared") {
        groups.push(at.reference(&around.groups.shared));
    }
    if wants("withLocal") {
        let local = local_group(group, around, network, draft);
        groups.push(at.reference(&local));
    }
    let instance_type =
        group.section.section("instancesDistribution").and_then(|d| d.texts("instanceTypes").into_iter().next());
    let instance_type = instance_type
        .or_else(|| group.section.property("instanceType").filter(|kind| kind.as_text() != Some("mixed")))
        .or_else(|| group.section.section("instanceSelector").map(|s| At(s.place()).later("instanceSelector")))
        .unwrap_or_else(|| at.text(defaults::INSTANCE_TYPE));
    let interface = at.map([("DeviceIndex", at.text(0)), ("Groups", at.list(groups))]);
    let own = Fields::new()
        .with("InstanceType", instance_type)
        .with(
            "ImageId",
            group.section.property("ami").filter(|ami| ami.as_text().is_some_and(|a| a.starts_with("ami-"))),
        )
        .with("NetworkInterfaces", at.list([interface]));
    let fields = Fields::new().with("LaunchTemplateData", data(group, own));
    let path = group.id("NodeGroupLaunchTemplate");
    draft.put(&path, "NodeGroupLaunchTemplate", TEMPLATE, fields, &group.origin(), Making::Made)
}

/// The group of these nodes alone: they and the control plane reach one another.
fn local_group(group: &Group, around: &Around, network: &Network, draft: &mut Draft) -> Address {
    let origin = group.origin();
    let at = At(origin.place);
    let tag = at.tag(&format!("kubernetes.io/cluster/{}", around.config.name_text()), "owned");
    let description = format!("Communication between the control plane and worker nodes in group {}", group.name);
    let fields = Fields::new()
        .with("GroupDescription", at.text(description))
        .with("VpcId", at.reference(&network.vpc))
        .with("SecurityGroupIngress", ssh_rules(group, network))
        .with("Tags", at.list([tag]));
    let address = draft.put(&group.id("SG"), "SG", "AWS::EC2::SecurityGroup", fields, &origin, Making::Made);
    let Some(control_plane) = around.groups.control_plane.first() else { return address };
    // The kubelet and the workloads' ports, then HTTPS of extension API servers; and the API itself.
    for (logical_id, to, from, first, last) in [
        ("IngressInterCluster", &address, control_plane, 1025, 65535),
        ("IngressInterClusterAPI", &address, control_plane, 443, 443),
        ("IngressInterClusterCP", control_plane, &address, 443, 443),
    ] {
        let rule = Fields::new()
            .with("GroupId", at.reference(to))
            .with("SourceSecurityGroupId", at.reference(from))
            .with("IpProtocol", at.text("tcp"))
            .with("FromPort", at.text(first))
            .with("ToPort", at.text(last));
        let path = group.id(logical_id);
        draft.put(&path, logical_id, "AWS::EC2::SecurityGroupIngress", rule, &origin, Making::Made);
    }
    address
}

/// `securityGroups.attachIDs`.
fn attached(group: &Group, network: &Network, draft: &mut Draft) -> Vec<Property> {
    let chosen = group.section.section("securityGroups");
    let ids = chosen.map(|groups| groups.scalars("attachIDs")).unwrap_or_default();
    ids.iter().map(|id| At(id.place()).reference(&security::existing(id, network, draft))).collect()
}

/// SSH is open to the groups that are named, else to the VPC for private nodes and to the world for others.
fn ssh_rules(group: &Group, network: &Network) -> Option<Property> {
    let ssh = group.ssh()?;
    let place = ssh.place();
    let at = At(place);
    let sources = ssh.texts("sourceSecurityGroupIds");
    if !sources.is_empty() {
        let rules = sources.into_iter().map(|id| security::ssh_from(place, "SourceSecurityGroupId", id));
        return Some(at.list(rules));
    }
    Some(match group.tier {
        Tier::Private => {
            let block = network.block.clone().unwrap_or_else(|| at.attribute(&network.vpc, "CidrBlock"));
            at.list([security::ssh_from(place, "CidrIp", block)])
        }
        Tier::Public => at.list([
            security::ssh_from(place, "CidrIp", at.text("0.0.0.0/0")),
            security::ssh_from(place, "CidrIpv6", at.text("::/0")),
        ]),
    })
}

/// What both kinds of template hold, after `fields`.
fn data(group: &Group, fields: Fields) -> Property {
    let section = &group.section;
    let at = At(section.place());
    let size =
        section.count("volumeSize").map_or_else(|| at.text(defaults::VOLUME_SIZE), |(n, place)| At(place).text(n));
    let volume = Fields::new()
        .with("VolumeSize", size)
        .with("VolumeType", section.property("volumeType").unwrap_or_else(|| at.text(defaults::VOLUME_TYPE)))
        .with("Encrypted", section.property("volumeEncrypted"))
        .with("KmsKeyId", section.property("volumeKmsKeyID"));
    let device = section.property("volumeName").unwrap_or_else(|| at.text(defaults::VOLUME_NAME));
    let device = at.map([("DeviceName", device), ("Ebs", volume.at(at.0))]);
    let placement = section.section("placement").and_then(|placement| placement.property("groupName"));
    let key = group.ssh().and_then(|ssh| ssh.property("publicKeyName"));
    fields
        .with("KeyName", key)
        .with("BlockDeviceMappings", at.list([device]))
        .with("Placement", placement.map(|group| at.map([("GroupName", group)])))
        .at(at.0)
}
