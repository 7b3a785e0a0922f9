//! Load balancers of both generations.

use super::{Drawn, Kind, Scheme, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

/// Application, network and gateway load balancers.
pub fn second_generation(resource: &Resource) -> Drawn<'_> {
    let kind = match resource.property("Type").and_then(Property::as_text) {
        Some("network") => Kind::NetworkLoadBalancer,
        Some("gateway") => Kind::GatewayLoadBalancer,
        _ => Kind::ApplicationLoadBalancer,
    };
    let mut drawn = balancer(resource, kind);
    let mappings = resource.property("SubnetMappings").map(Property::items).unwrap_or_default();
    drawn.subnets.extend(mappings.iter().filter_map(|mapping| mapping.field("SubnetId")));
    drawn
}

pub fn classic(resource: &Resource) -> Drawn<'_> {
    let mut drawn = balancer(resource, Kind::ClassicLoadBalancer);
    drawn.zones.extend(resource.property("AvailabilityZones"));
    drawn
}

fn balancer(resource: &Resource, kind: Kind) -> Drawn<'_> {
    let mut drawn = Drawn::new(kind, Shape::ByItsSubnets, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("Subnets"))
        .with_groups(resource.property("SecurityGroups"));
    let (scheme, fact) = match (kind, resource.property("Scheme").and_then(Property::shown)) {
        (Kind::GatewayLoadBalancer, _) => (Scheme::Internal, None),
        // Source: ELB API references, CreateLoadBalancer: `internet-facing` is the default of both generations.
        (_, None) => (Scheme::InternetFacing, Some("internet-facing".to_string())),
        (_, Some(scheme)) if scheme == "internet-facing" => (Scheme::InternetFacing, Some(scheme)),
        (_, Some(scheme)) => (Scheme::Internal, Some(scheme)),
    };
    drawn.scheme = Some(scheme);
    drawn.facts.extend(fact);
    drawn.facts.extend(kubernetes(resource));
    drawn
}

/// What in Kubernetes a controller made a load balancer for, by its tags: an Ingress or a Service, with its namespace.
/// Sources: AWS Load Balancer Controller's documentation, "Resource Tags"; Kubernetes, the AWS cloud provider's
/// `kubernetes.io/service-name`.
fn kubernetes(resource: &Resource) -> Option<String> {
    const MADE_FOR: [(&str, &str); 3] = [
        ("ingress.k8s.aws/stack", "Ingress"),
        ("service.k8s.aws/stack", "Service"),
        ("kubernetes.io/service-name", "Service"),
    ];
    MADE_FOR.iter().find_map(|(tag, what)| Some(format!("{what} {}", resource.tag(tag)?.shown()?)))
}
