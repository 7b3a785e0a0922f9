//! What stands in a VPC, with the places it names resolved: the input of everything that is drawn there.

use super::clusters::Sources;
use super::names;
use super::regions::Part;
use super::targets::{self, Extent, Target};
use crate::inventory::{Address, Property, Resource};
use crate::kinds::{self, Drawn, Lookup, Shape};

pub struct Placement<'a> {
    pub resource: &'a Resource,
    pub drawn: Drawn<'a>,
    pub subnets: Vec<Target<'a>>,
    /// The VPCs that it or its security groups name, the surest first.
    pub vpcs: Vec<Target<'a>>,
    /// The cluster that its nodes join, in the input or not.
    pub cluster: Option<Address>,
}

impl Placement<'_> {
    /// What its instances run when they start, as far as it is written.
    pub fn user_data(&self) -> String {
        self.drawn.user_data.and_then(Property::shown).unwrap_or_default()
    }
}

/// All that the region's resources put into VPCs, in the order of addresses.
pub fn placements<'a>(part: &Part<'a>, clusters: &Sources<'a>) -> Vec<Placement<'a>> {
    part.resources
        .iter()
        .filter_map(|resource| {
            let drawn = kinds::drawn(resource, part.lookup)?;
            let extent = match drawn.shape {
                Shape::Thing => Extent::One,
                Shape::Group | Shape::ByItsSubnets => Extent::Many,
            };
            let subnets = targets::all(part.lookup, resource, &drawn.subnets, "AWS::EC2::Subnet", extent);
            let mut vpcs = vpcs_of_groups(part.lookup, resource, &drawn.security_groups);
            vpcs.splice(0..0, drawn.vpc.and_then(|vpc| targets::one(part.lookup, resource, vpc, "AWS::EC2::VPC")));
            let mut placement = Placement { resource, drawn, subnets, vpcs, cluster: None };
            placement.cluster = match placement.drawn.cluster {
                Some(name) => clusters.named(name, resource),
                None => joined_cluster(&placement).and_then(|name| clusters.called(&name, resource)),
            };
            Some(placement)
        })
        .collect()
}

/// The VPCs of security groups.
pub fn vpcs_of_groups<'a>(lookup: &Lookup<'a>, owner: &Resource, groups: &[&'a Property]) -> Vec<Target<'a>> {
    targets::all(lookup, owner, groups, "AWS::EC2::SecurityGroup", Extent::Many)
        .iter()
        .filter_map(|group| match group {
            Target::Inside(group) => targets::one(lookup, group, group.property("VpcId")?, "AWS::EC2::VPC"),
            Target::Outside(_) => None,
        })
        .collect()
}

/// Starts of what a self-managed node runs to join its cluster: Amazon Linux 2, Amazon Linux 2023, Windows and
/// Bottlerocket. Source: EKS user guide, "Self-managed nodes".
const BOOTSTRAPS: [&str; 5] =
    ["/etc/eks/bootstrap.sh", "nodeadm", "node.eks.aws", "Start-EKSBootstrap", "[settings.kubernetes]"];

const CLUSTER_TAG: &str = "kubernetes.io/cluster/";

/// Tags of clusters that run their own control plane on instances (kOps), and use the cluster tag as well.
const OWN_CONTROL_PLANE: [&str; 3] = ["KubernetesCluster", "k8s.io/role/", "kops.k8s.io/"];

/// Whether the instances of an Auto Scaling group are nodes of an EKS cluster, and by which sign.
pub fn node_sign(placement: &Placement) -> Option<String> {
    if placement.resource.type_name != "AWS::AutoScaling::AutoScalingGroup" {
        return None;
    }
    let keys = tag_keys(placement.resource);
    if keys.iter().any(|key| OWN_CONTROL_PLANE.iter().any(|own| key.starts_with(own))) {
        return None;
    }
    if let Some(key) = keys.into_iter().find(|key| key.starts_with(CLUSTER_TAG)) {
        return Some(format!("tagged {key}"));
    }
    let user_data = placement.user_data();
    let bootstrap = BOOTSTRAPS.iter().find(|bootstrap| user_data.contains(**bootstrap))?;
    Some(format!("runs {bootstrap} in its user data"))
}

/// The name of the cluster that self-managed nodes join: of their tag, else what they pass to the bootstrap
/// script.
fn joined_cluster(placement: &Placement) -> Option<String> {
    node_sign(placement)?;
    let tagged =
        tag_keys(placement.resource).into_iter().find_map(|key| Some(key.strip_prefix(CLUSTER_TAG)?.to_string()));
    tagged.or_else(|| bootstrap_argument(&placement.user_data()))
}

fn tag_keys(resource: &Resource) -> Vec<String> {
    let tags = resource.property("Tags").map(Property::items).unwrap_or_default();
    tags.iter().filter_map(|tag| tag.field("Key")?.shown()).collect()
}

/// The cluster's name in `/etc/eks/bootstrap.sh [options] NAME`.
fn bootstrap_argument(user_data: &str) -> Option<String> {
    let (_, arguments) = user_data.split_once("/etc/eks/bootstrap.sh")?;
    let line = arguments.lines().next()?;
    let name = line.split_whitespace().next()?.trim_matches(['"', '\'']);
    (!name.starts_with('-') && !name.starts_with('$')).then(|| name.to_string())
}

/// A name for a placement in a sentence.
pub fn name(placement: &Placement) -> String {
    names::name(placement.resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bootstrap_script_is_told_the_cluster_s_name() {
        let script = "#!/bin/bash\n/etc/eks/bootstrap.sh myeks --kubelet-extra-args '--node-labels=a=b'\n";
        assert_eq!(bootstrap_argument(script).as_deref(), Some("myeks"));
        assert_eq!(bootstrap_argument("/etc/eks/bootstrap.sh $CLUSTER"), None);
        assert_eq!(bootstrap_argument("echo hello"), None);
    }
}
