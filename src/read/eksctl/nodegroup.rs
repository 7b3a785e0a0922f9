//! Node groups: managed ones are EKS's, self-managed ones are Auto Scaling groups of the account.
//!
//! Source: pkg/cfn/builder/managed_nodegroup.go, nodegroup.go; pkg/vpc/vpc.go, `SelectNodeGroupSubnets`.

use indexmap::IndexSet;

use crate::diag::{Diagnostic, Origin};
use crate::inventory::{Address, Property};
use crate::spelling;

use super::config::Config;
use super::defaults;
use super::draft::{At, Draft, Fields, Making};
use super::launch_template;
use super::section::Section;
use super::security::SecurityGroups;
use super::vpc::{Network, Tier, ZoneKind};

/// What a node group's resources refer to.
pub struct Around<'w> {
    pub config: &'w Config<'w>,
    pub groups: &'w SecurityGroups,
    pub cluster: &'w Address,
}

/// One node group of the ClusterConfig.
pub struct Group<'a> {
    pub section: Section<'a>,
    pub name: String,
    /// Before the logical id in the addresses of its resources: eksctl gives every node group its own stack.
    pub path: String,
    pub tier: Tier,
}

impl<'a> Group<'a> {
    fn new(section: Section<'a>, diagnostics: &mut Vec<Diagnostic>) -> Group<'a> {
        let name = section.text("name").map(str::to_string).unwrap_or_else(|| {
            diagnostics.push(
                Diagnostic::warning("missing-name", "this node group has no name")
                    .at(section.origin())
                    .hint("add `name`"),
            );
            section.path.to_string()
        });
        let tier = if section.flag("privateNetworking") == Some(true) { Tier::Private } else { Tier::Public };
        Group { path: format!("nodegroup-{}", name.replace('/', "-")), name, tier, section }
    }

    pub fn id(&self, logical_id: &str) -> String {
        format!("{}/{logical_id}", self.path)
    }

    pub fn origin(&self) -> Origin {
        self.section.origin()
    }

    /// Whether nodes are to be reached by SSH: a key given means so, unless `allow` says no.
    pub fn ssh(&self) -> Option<Section<'a>> {
        let ssh = self.section.section("ssh")?;
        let has_key = ["publicKey", "publicKeyName", "publicKeyPath"].iter().any(|key| ssh.field(key).is_some());
        ssh.flag("allow").unwrap_or(has_key).then_some(ssh)
    }
}

pub fn expand(around: &Around, network: &mut Network, draft: &mut Draft) {
    for section in around.config.root.sections("nodeGroups") {
        let group = Group::new(section, draft.diagnostics);
        self_managed(&group, around, network, draft);
    }
    for section in around.config.root.sections("managedNodeGroups") {
        let group = Group::new(section, draft.diagnostics);
        managed(&group, around, network, draft);
    }
}

fn managed(group: &Group, around: &Around, network: &mut Network, draft: &mut Draft) {
    let origin = group.origin();
    let section = &group.section;
    let at = At(origin.place);
    let subnets = subnets(group, network, draft);
    let template = launch_template::of_managed(group, around, network, draft);
    let scaling = Scaling::of(section);
    let sizes =
        Fields::new().with("MinSize", scaling.min).with("MaxSize", scaling.max).with("DesiredSize", scaling.desired);
    let spot = section.flag("spot") == Some(true);
    let fields = Fields::new()
        .with("ClusterName", at.reference(around.cluster))
        .with("NodegroupName", at.text(&group.name))
        .with("Subnets", at.references(&subnets))
        .with("ScalingConfig", sizes.at(at.0))
        .with("InstanceTypes", instance_types(section))
        .with("CapacityType", spot.then(|| at.text("SPOT")))
        .with("NodeRole", section.section("iam").and_then(|iam| iam.property("instanceRoleARN")))
        .with("Labels", section.copied("labels"))
        .with("Taints", section.copied("taints"))
        .with("Tags", section.copied("tags"))
        .with("LaunchTemplate", template);
    let path = group.id("ManagedNodeGroup");
    draft.put(&path, &group.name, "AWS::EKS::Nodegroup", fields, &origin, Making::Made);
}

fn self_managed(group: &Group, around: &Around, network: &mut Network, draft: &mut Draft) {
    let origin = group.origin();
    let section = &group.section;
    let at = At(origin.place);
    let subnets = subnets(group, network, draft);
    let template = launch_template::of_self_managed(group, around, network, draft);
    let template = at.map([
        ("LaunchTemplateId", at.reference(&template)),
        ("Version", at.attribute(&template, "LatestVersionNumber")),
    ]);
    let cluster = around.config.name_text();
    let node_name = section.text("instanceName").map(str::to_string);
    let node_name = node_name.unwrap_or_else(|| format!("{cluster}-{}-Node", group.name));
    let prefix = section.text("instancePrefix").map(|prefix| format!("{prefix}-")).unwrap_or_default();
    let tags = [
        ("Name".to_string(), format!("{prefix}{node_name}")),
        (format!("kubernetes.io/cluster/{cluster}"), "owned".to_string()),
    ];
    let tags = tags.map(|(key, value)| {
        at.map([("Key", at.text(key)), ("Value", at.text(value)), ("PropagateAtLaunch", at.text(true))])
    });
    let (template_key, template) = match mixed_instances(section, &template) {
        Some(policy) => ("MixedInstancesPolicy", policy),
        None => ("LaunchTemplate", template),
    };
    let scaling = Scaling::of(section);
    let list = |key: &str| Some(section.texts(key)).filter(|list| !list.is_empty()).map(|list| at.list(list));
    let fields = Fields::new()
        .with("VPCZoneIdentifier", at.references(&subnets))
        .with("MinSize", scaling.min)
        .with("MaxSize", scaling.max)
        .with("DesiredCapacity", scaling.desired)
        .with(template_key, template)
        .with("LoadBalancerNames", list("classicLoadBalancerNames"))
        .with("TargetGroupARNs", list("targetGroupARNs"))
        .with("Tags", at.list(tags));
    let path = group.id("NodeGroup");
    draft.put(&path, &group.name, "AWS::AutoScaling::AutoScalingGroup", fields, &origin, Making::Made);
}

/// The subnets of a node group: those of its zones and those that it names, else all of its tier.
fn subnets(group: &Group, network: &mut Network, draft: &mut Draft) -> Vec<Address> {
    let section = &group.section;
    let local = section.scalars("localZones");
    let (zones, zone_kind) = match local.is_empty() {
        true => (section.scalars("availabilityZones"), ZoneKind::Availability),
        false => (local, ZoneKind::Local),
    };
    let mut chosen: IndexSet<Address> = IndexSet::new();
    for zone in &zones {
        let in_zone = network.of_zone(zone.as_text(), group.tier, zone_kind);
        let in_zone: Vec<Address> = in_zone.map(|subnet| subnet.address.clone()).collect();
        if in_zone.is_empty() {
            draft.diagnostics.push(no_subnet_in(zone, group));
        }
        chosen.extend(in_zone);
    }
    for name in section.scalars("subnets") {
        chosen.extend(named(&name, group, network, draft));
    }
    if chosen.is_empty() {
        return network.of(group.tier, ZoneKind::Availability).map(|subnet| subnet.address.clone()).collect();
    }
    // Nodes with an Elastic Fabric Adapter all stand in one subnet.
    if section.flag("efaEnabled") == Some(true) {
        chosen.truncate(1);
    }
    chosen.into_iter().collect()
}

fn named(name: &Section, group: &Group, network: &mut Network, draft: &mut Draft) -> Option<Address> {
    let text = name.as_text();
    if network.named(text, group.tier).is_none() && !text.starts_with("subnet-") {
        let message = format!("node group `{}` stands in subnet `{text}`, which this VPC does not have", group.name);
        let aliases = network.subnets().iter().map(|subnet| subnet.alias.as_str());
        let hint = match spelling::nearest(text, aliases) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name a subnet's alias under `vpc.subnets`, or its id".to_string(),
        };
        draft.diagnostics.push(Diagnostic::warning("unknown-subnet", message).at(name.origin()).hint(hint));
        return None;
    }
    Some(network.named_or_new(name, group.tier, draft))
}

fn no_subnet_in(zone: &Section, group: &Group) -> Diagnostic {
    let (group, tier, zone_name) = (&group.name, group.tier.key(), zone.as_text());
    let message = format!("node group `{group}` wants zone {zone_name}, where this VPC has no {tier} subnet");
    Diagnostic::warning("unknown-subnet", message)
        .at(zone.origin())
        .hint("list the cluster's zones under `availabilityZones` at the top")
}

struct Scaling {
    min: Property,
    max: Property,
    desired: Property,
}

impl Scaling {
    /// What is not given follows from what is: pkg/cfn/builder/nodegroup.go, `AddAllResources`.
    fn of(section: &Section) -> Scaling {
        let size = |key: &str| section.count(key).map(|(count, place)| At(place).text(count));
        let desired = size("desiredCapacity");
        let default = At(section.place()).text(defaults::NODE_COUNT);
        let min = size("minSize").or_else(|| desired.clone()).unwrap_or(default);
        let max = size("maxSize").or_else(|| desired.clone()).unwrap_or_else(|| min.clone());
        Scaling { desired: desired.unwrap_or_else(|| min.clone()), min, max }
    }
}

/// The instance types of a managed group, in the order of preference.
fn instance_types(section: &Section) -> Option<Property> {
    let at = At(section.place());
    let mut types = section.texts("instanceTypes");
    types.extend(section.property("instanceType").filter(|kind| kind.as_text() != Some("mixed")));
    if !types.is_empty() {
        return Some(at.list(types));
    }
    if let Some(selector) = section.section("instanceSelector") {
        let at = At(selector.place());
        return Some(at.list([at.later("instanceSelector")]));
    }
    // The launch template of somebody else says it.
    if section.section("launchTemplate").is_some() {
        return None;
    }
    Some(at.list([at.text(defaults::INSTANCE_TYPE)]))
}

fn mixed_instances(section: &Section, template: &Property) -> Option<Property> {
    let distribution = section.section("instancesDistribution")?;
    let at = At(distribution.place());
    let overrides = distribution.texts("instanceTypes").into_iter().map(|kind| at.map([("InstanceType", kind)]));
    let template = at.map([("LaunchTemplateSpecification", template.clone()), ("Overrides", at.list(overrides))]);
    let spread = Fields::new()
        .with("OnDemandBaseCapacity", distribution.property("onDemandBaseCapacity"))
        .with("OnDemandPercentageAboveBaseCapacity", distribution.property("onDemandPercentageAboveBaseCapacity"))
        .with("SpotAllocationStrategy", distribution.property("spotAllocationStrategy"))
        .with("SpotInstancePools", distribution.property("spotInstancePools"))
        .with("SpotMaxPrice", distribution.property("maxPrice"));
    Some(at.map([("LaunchTemplate", template), ("InstancesDistribution", spread.at(at.0))]))
}
