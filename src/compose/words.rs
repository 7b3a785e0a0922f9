//! The few words that the model says itself, in the picture's language: facts, and names of what no resource names.
//!
//! Reasons stay as they are: they are sentences.

use std::borrow::Cow;

use crate::architecture::{Architecture, Exposure, Identity};
use crate::lang::{Language, Phrases, fill};

/// The architecture in a language.
pub fn of_the_model(architecture: &Architecture, language: Language) -> Cow<'_, Architecture> {
    match language {
        Language::English => Cow::Borrowed(architecture),
        Language::Korean => Cow::Owned(said_in(architecture.clone(), language.phrases())),
    }
}

fn said_in(mut architecture: Architecture, p: &Phrases) -> Architecture {
    for region in &mut architecture.regions {
        for vpc in &mut region.vpcs {
            name(&mut vpc.identity, p);
            vpc.gateways.iter_mut().for_each(|gateway| name(&mut gateway.identity, p));
            vpc.subnets.iter_mut().for_each(|subnet| name(&mut subnet.identity, p));
            for thing in vpc.subnets.iter_mut().flat_map(|subnet| &mut subnet.things).chain(&mut vpc.things) {
                name(&mut thing.identity, p);
                facts(&mut thing.facts, p);
                exposures(&mut thing.exposures, p);
            }
            for group in &mut vpc.groups {
                name(&mut group.identity, p);
                facts(&mut group.facts, p);
                exposures(&mut group.exposures, p);
            }
        }
        region.services.iter_mut().for_each(|service| facts(&mut service.facts, p));
    }
    architecture
}

/// Of what the input does not make, and of the nodes and interfaces that a cluster makes: other names are the user's.
fn name(identity: &mut Identity, p: &Phrases) {
    let made_by_eks = identity.address.ends_with("/auto-mode") || identity.address.contains("/eni");
    if !identity.external && !made_by_eks {
        return;
    }
    let word = match identity.name.as_str() {
        "Auto Mode nodes" => p.auto_mode_nodes,
        "EKS-owned ENI" => p.cluster_interfaces,
        "Internet gateway" => p.internet_gateway,
        "VPC (not in the input)" => p.unknown_vpc,
        "default VPC" => p.default_vpc,
        "default subnet" => p.default_subnet,
        _ => return,
    };
    identity.name = word.to_string();
}

fn facts(facts: &mut [String], p: &Phrases) {
    for fact in facts {
        *fact = match fact.as_str() {
            "spot" => p.spot.to_string(),
            "private" => p.private_nat.to_string(),
            "Elastic IP" => p.elastic_ip.to_string(),
            "Multi-AZ" => p.multi_az.to_string(),
            "serverless" => p.serverless.to_string(),
            "internal" => p.internal.to_string(),
            "internet-facing" => p.internet_facing.to_string(),
            "candidate" => p.candidate.to_string(),
            other => match other.strip_prefix("namespace ") {
                Some(namespace) => fill(p.namespace, &[namespace]),
                None => continue,
            },
        };
    }
}

fn exposures(exposures: &mut [Exposure], p: &Phrases) {
    for exposure in exposures.iter_mut().filter(|exposure| exposure.port == "all ports") {
        exposure.port = p.all_ports.to_string();
    }
}
