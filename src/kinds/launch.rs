//! What new instances are made from: launch templates, launch configurations, mixed instances.

use super::{Lookup, drawn};
use crate::diag::Known;
use crate::inventory::{Property, Resource};

/// What a launch template or configuration says of the instances that it starts.
#[derive(Debug, Default)]
pub struct Launch<'a> {
    pub instance_types: Vec<String>,
    pub user_data: Option<&'a Property>,
    pub security_groups: Vec<&'a Property>,
    pub public_address: Option<Known<bool>>,
    pub spot: bool,
    /// The launch template or configuration that the input only names: what it says is not known.
    pub outside: Option<String>,
}

impl<'a> Launch<'a> {
    /// Of an Auto Scaling group, whichever of the three ways it uses.
    pub fn of_auto_scaling_group(resource: &'a Resource, lookup: &Lookup<'a>) -> Launch<'a> {
        if let Some(mixed) = resource.property("MixedInstancesPolicy") {
            return Launch::of_mixed_instances(mixed, lookup);
        }
        if let Some(specification) = resource.property("LaunchTemplate") {
            return Launch::of_specification(specification, lookup);
        }
        let Some(name) = resource.property("LaunchConfigurationName") else { return Launch::default() };
        match lookup.referred(name, "AWS::AutoScaling::LaunchConfiguration") {
            Some(configuration) => Launch::of_configuration(configuration),
            None => Launch::of_outside(name),
        }
    }

    /// Of a `LaunchTemplateSpecification`: a template by id or by name.
    pub fn of_specification(specification: &'a Property, lookup: &Lookup<'a>) -> Launch<'a> {
        let keys = ["LaunchTemplateId", "LaunchTemplateName", "Id", "Name"];
        let named: Vec<&Property> = keys.iter().filter_map(|key| specification.field(key)).collect();
        match named.iter().find_map(|template| lookup.referred(template, "AWS::EC2::LaunchTemplate")) {
            Some(template) => template.property("LaunchTemplateData").map(Launch::of_template_data).unwrap_or_default(),
            None => named.first().map(|template| Launch::of_outside(template)).unwrap_or_default(),
        }
    }

    fn of_outside(name: &Property) -> Launch<'a> {
        Launch { outside: name.shown(), ..Launch::default() }
    }

    fn of_mixed_instances(mixed: &'a Property, lookup: &Lookup<'a>) -> Launch<'a> {
        let mut launch = mixed
            .path(&["LaunchTemplate", "LaunchTemplateSpecification"])
            .map(|specification| Launch::of_specification(specification, lookup))
            .unwrap_or_default();
        let overrides: Vec<String> = mixed
            .path(&["LaunchTemplate", "Overrides"])
            .map(Property::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|one| one.field("InstanceType").and_then(Property::shown))
            .collect();
        if !overrides.is_empty() {
            launch.instance_types = overrides;
        }
        let on_demand =
            mixed.path(&["InstancesDistribution", "OnDemandPercentageAboveBaseCapacity"]).and_then(Property::as_number);
        launch.spot |= on_demand.is_some_and(|percentage| percentage < 100);
        launch
    }

    fn of_template_data(data: &'a Property) -> Launch<'a> {
        let interfaces = data.field("NetworkInterfaces").map(Property::items).unwrap_or_default();
        Launch {
            instance_types: data.field("InstanceType").and_then(Property::shown).into_iter().collect(),
            user_data: data.field("UserData"),
            security_groups: [data.field("SecurityGroupIds"), data.field("SecurityGroups")]
                .into_iter()
                .chain(interfaces.iter().map(|interface| interface.field("Groups")))
                .flatten()
                .collect(),
            public_address: interfaces
                .iter()
                .find_map(|interface| interface.field("AssociatePublicIpAddress").and_then(drawn::flag)),
            spot: data.path(&["InstanceMarketOptions", "MarketType"]).and_then(Property::as_text) == Some("spot"),
            outside: None,
        }
    }

    fn of_configuration(resource: &'a Resource) -> Launch<'a> {
        Launch {
            instance_types: resource.property("InstanceType").and_then(Property::shown).into_iter().collect(),
            user_data: resource.property("UserData"),
            security_groups: resource.property("SecurityGroups").into_iter().collect(),
            public_address: resource.property("AssociatePublicIpAddress").and_then(drawn::flag),
            spot: resource.property("SpotPrice").is_some(),
            outside: None,
        }
    }
}
