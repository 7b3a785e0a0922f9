//! The VPC endpoints of a fully private cluster: what its nodes reach AWS by.
//!
//! Source: pkg/cfn/builder/vpc_endpoint.go, pkg/apis/eksctl.io/v1alpha5/endpoint_service.go.

use crate::diag::Known;
use crate::inventory::{Address, Property};

use super::config::{Config, Openness};
use super::draft::{At, Draft, Fields};
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
    let at = At(origin.place);
    let mut services: Vec<Property> = REQUIRED.iter().map(|service| at.text(service)).collect();
    if config.outpost.is_some() {
        services.extend(ON_OUTPOSTS.iter().map(|service| at.text(service)));
    }
    services.extend(section.texts("additionalEndpointServices"));
    if has_logging(config) {
        services.push(at.text("logs"));
    }
    let mut seen: Vec<String> = Vec::new();
    for service in services {
        let name = service.as_text().unwrap_or_default();
        if !name.is_empty() && !seen.iter().any(|other| other == name) {
            seen.push(name.to_string());
            endpoint(config, name, At(service.place), network, groups, draft);
        }
    }
}

/// `cloudWatch.clusterLogging.enableTypes` makes the endpoint for logs needed.
fn has_logging(config: &Config) -> bool {
    let logging = config.root.section("cloudWatch").and_then(|watch| watch.section("clusterLogging"));
    logging.is_some_and(|logging| !logging.items("enableTypes").is_empty())
}

fn endpoint(config: &Config, service: &str, at: At, network: &Network, groups: &SecurityGroups, draft: &mut Draft) {
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
    let origin = crate::diag::Origin::new("privateCluster", at.0);
    draft.add(&logical_id, "AWS::EC2::VPCEndpoint", fields, &origin);
}

fn service_name(config: &Config, service: &str, at: At) -> Property {
    match &config.region {
        Known::Yes(region) if region.starts_with("cn-") && CHINA_PREFIXED.contains(&service) => {
            at.text(format!("cn.com.amazonaws.{region}.{service}"))
        }
        Known::Yes(region) => at.text(format!("com.amazonaws.{region}.{service}")),
        Known::Later(region) => at.later(format!("com.amazonaws.{region}.{service}")),
    }
}
