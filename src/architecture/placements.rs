//! What stands in a VPC, with the places it names resolved: the input of everything that is drawn there.

use super::clusters::Sources;
use super::names;
use super::regions::Part;
use super::targets::{self, Extent, Target};
use crate::inventory::{Address, Property, Resource};
use crate::kinds::{self, Drawn, Lookup, Shape};
use crate::threads;

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
        self.drawn.user_data.and_then(Property::script).unwrap_or_default()
    }
}

/// Resources that a thread looks at together; with no more than these, another one is not worth its start.
const FEW: usize = 512;

/// All that the region's resources put into VPCs, in the order of addresses.
pub fn placements<'a>(part: &Part<'a>, clusters: &Sources<'a>) -> Vec<Placement<'a>> {
    let mut desks = vec![(); threads::worth(part.resources.len(), FEW)];
    let parts: Vec<&[&Resource]> = part.resources.chunks(FEW).collect();
    let placed = |resources: &&[&'a Resource], (): &mut ()| {
        resources.iter().filter_map(|resource| placement(part, resource, clusters)).collect::<Vec<_>>()
    };
    let placed: Vec<Vec<Placement>> = threads::map(&parts, &mut desks, placed).collect();
    let mut all = Vec::with_capacity(placed.iter().map(Vec::len).sum());
    all.extend(placed.into_iter().flatten());
    all
}

fn placement<'a>(part: &Part<'a>, resource: &'a Resource, clusters: &Sources<'a>) -> Option<Placement<'a>> {
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

/// The name of the cluster that self-managed nodes join: of their tag, else what their user data says.
fn joined_cluster(placement: &Placement) -> Option<String> {
    node_sign(placement)?;
    let tagged =
        tag_keys(placement.resource).into_iter().find_map(|key| Some(key.strip_prefix(CLUSTER_TAG)?.to_string()));
    tagged.or_else(|| told_cluster(&placement.user_data()))
}

fn tag_keys(resource: &Resource) -> Vec<String> {
    let tags = resource.property("Tags").map(Property::items).unwrap_or_default();
    tags.iter().filter_map(|tag| tag.field("Key")?.shown()).collect()
}

/// The cluster's name as nodes are told it. Source: EKS user guide, "Self-managed nodes"; for `nodeadm`,
/// awslabs.github.io/amazon-eks-ami, "nodeadm"; for Bottlerocket, its "Settings reference".
fn told_cluster(user_data: &str) -> Option<String> {
    let behind = |sign: &str| user_data.split_once(sign).map(|(_, rest)| rest);
    let word = |text: &str| text.lines().next().and_then(|line| line.split_whitespace().next()).map(str::to_string);
    let of_script = || word(behind("/etc/eks/bootstrap.sh")?);
    let of_windows = || word(behind("-EKSClusterName")?);
    let of_bottlerocket = || word(behind("cluster-name")?.trim_start().strip_prefix('=')?);
    let of_nodeadm = || {
        let cluster = behind("node.eks.aws")?.split_once("cluster:").map(|(_, rest)| rest)?;
        cluster.lines().find_map(|line| word(line.trim().strip_prefix("name:")?))
    };
    let name = of_script().or_else(of_windows).or_else(of_bottlerocket).or_else(of_nodeadm)?;
    let name = name.trim_matches(['"', '\'']);
    (!name.is_empty() && !name.starts_with(['-', '$', '%'])).then(|| name.to_string())
}

/// A name for a placement in a sentence.
pub fn name(placement: &Placement) -> String {
    names::name(placement.resource)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, network_and};
    use crate::kinds::Kind;

    #[test]
    fn nodes_are_told_the_cluster_s_name_in_the_way_of_their_system() {
        for (user_data, name) in [
            ("#!/bin/bash\n/etc/eks/bootstrap.sh myeks --kubelet-extra-args '--node-labels=a=b'\n", Some("myeks")),
            ("/etc/eks/bootstrap.sh '<Cluster>' $ARGS", Some("<Cluster>")),
            ("& $EKSBootstrapScriptFile -EKSClusterName \"myeks\" -KubeletExtraArgs x", Some("myeks")),
            ("[settings.kubernetes]\ncluster-name = \"myeks\"\napi-server = \"x\"\n", Some("myeks")),
            (
                "apiVersion: node.eks.aws/v1alpha1\nspec:\n  cluster:\n    cidr: 10.0.0.0/16\n    name: myeks\n",
                Some("myeks"),
            ),
            ("/etc/eks/bootstrap.sh $CLUSTER", None),
            ("/etc/eks/bootstrap.sh", None),
            ("nodeadm init", None),
            ("echo hello", None),
        ] {
            assert_eq!(told_cluster(user_data).as_deref(), name, "{user_data}");
        }
    }

    #[test]
    fn what_a_group_runs_when_it_starts_tells_that_it_is_of_nodes() {
        let template = r#"{"LaunchTemplateData": {"InstanceType": "m5.large",
            "UserData": "apiVersion: node.eks.aws/v1alpha1\n  cluster:\n    name: myeks\n"}}"#;
        let configuration = r#"{"InstanceType": "m5.large", "UserData": "/etc/eks/bootstrap.sh myeks\n"}"#;
        for (kind, made, how) in [
            ("AWS::EC2::LaunchTemplate", template, r#""LaunchTemplate": {"LaunchTemplateId": "@Launch"}"#),
            ("AWS::AutoScaling::LaunchConfiguration", configuration, r#""LaunchConfigurationName": "@Launch""#),
        ] {
            let nodes = format!(r#"{{"VPCZoneIdentifier": ["@PrivateA"], {how}}}"#);
            let inventory = network_and(&[
                ("Eks", "AWS::EKS::Cluster", r#"{"Name": "myeks"}"#),
                ("Launch", kind, made),
                ("Nodes", "AWS::AutoScaling::AutoScalingGroup", &nodes),
            ]);
            let group = drawn(&inventory).0.regions.remove(0).vpcs.remove(0).groups.remove(0);
            assert_eq!((group.kind, group.cluster.as_deref()), (Kind::SelfManagedNodeGroup, Some("lab/Eks")), "{kind}");
        }
    }
}
