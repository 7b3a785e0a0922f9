//! The VPC endpoints of a fully private cluster: what its nodes reach AWS by.
//!
//! Source: pkg/cfn/builder/vpc_endpoint.go, pkg/apis/eksctl.io/v1alpha5/endpoint_service.go.

use crate::diag::{Known, Origin};
use crate::inventory::{Address, Property};

use super::config::{Config, Openness};
use super::draft::{At, Draft, Fields};
use super::section::Section;
use super::security::SecurityGroups;
use super::vpc::{Network, Tier, ZoneKind};

/// What every fully private cluster gets.
const REQUIRED: [&str; 5] = ["ec2", "ecr.api", "ecr.dkr", "s3", "sts"];

/// In addition, where the control plane is on an Outpost.
const ON_OUTPOSTS: [&str; 4] = ["ssm", "ssmmessages", "ec2messages", "secretsmanager"];

/// Services whose names carry the prefix `cn.` in the China regions.
const CHINA_PREFIXED: [&str; 6] = ["ec2", "ecr.api", "ecr.dkr", "sts", "cloudformation", "autoscaling"];

pub fn expand(config: &Config, network: &Network, groups: &SecurityGroups, draft: &mut Draft) {
    let Some(section) = config.root.section("privateCluster") else { return };
    if config.openness == Openness::Open || section.flag("skipEndpointCreation") == Some(true) {
        return;
    }
    let origin = section.origin();
    let mut services: Vec<(String, Origin)> = REQUIRED.map(|service| (service.to_string(), origin.clone())).into();
    if config.outpost.is_some() {
        services.extend(ON_OUTPOSTS.map(|service| (service.to_string(), origin.clone())));
    }
    let asked = section.scalars("additionalEndpointServices");
    services.extend(asked.iter().map(|service| (service.as_text().to_string(), service.origin())));
    if let Some(logging) = logging(config) {
        services.push(("logs".to_string(), logging.origin()));
    }
    let mut seen: Vec<String> = Vec::new();
    for (service, origin) in services {
        if !service.is_empty() && !seen.contains(&service) {
            endpoint(config, &service, &origin, network, groups, draft);
            seen.push(service);
        }
    }
}

/// Logging of the control plane, where it is on: it makes the endpoint for logs needed.
fn logging<'a>(config: &Config<'a>) -> Option<Section<'a>> {
    let logging = config.root.section("cloudWatch")?.section("clusterLogging")?;
    logging.part("enableTypes").filter(|types| types.node.as_list().is_none_or(|types| !types.is_empty()))
}

fn endpoint(
    config: &Config,
    service: &str,
    origin: &Origin,
    network: &Network,
    groups: &SecurityGroups,
    draft: &mut Draft,
) {
    let at = At(origin.place);
    let subnets = || network.of(Tier::Private, ZoneKind::Availability);
    let fields =
        Fields::new().with("ServiceName", service_name(config, service, at)).with("VpcId", at.reference(&network.vpc));
    let fields = if service == "s3" {
        let tables: Vec<&Address> = subnets().filter_map(|subnet| subnet.route_table.as_ref()).collect();
        let tables = (!tables.is_empty()).then(|| at.references(tables));
        fields.with("VpcEndpointType", at.text("Gateway")).with("RouteTableIds", tables)
    } else {
        fields
            .with("VpcEndpointType", at.text("Interface"))
            .with("SubnetIds", at.references(subnets().map(|subnet| &subnet.address)))
            .with("SecurityGroupIds", at.references([&groups.shared]))
            .with("PrivateDnsEnabled", at.text(true))
    };
    let logical_id = format!("VPCEndpoint{}", service.replace('.', "").to_uppercase());
    draft.add(&logical_id, "AWS::EC2::VPCEndpoint", fields, origin);
}

fn service_name(config: &Config, service: &str, at: At) -> Property {
    match &config.region {
        Known::Yes(region) if region.starts_with("cn-") && CHINA_PREFIXED.contains(&service) => {
            at.text(format!("cn.com.amazonaws.{region}.{service}"))
        }
        Known::Yes(region) => at.text(format!("com.amazonaws.{region}.{service}")),
        Known::Later(region) => at.mixed(format!("com.amazonaws.<{region}>.{service}")),
    }
}
