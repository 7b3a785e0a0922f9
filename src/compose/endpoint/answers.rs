//! What DNS answers to whoever asks for the API server, and which VPC endpoints nodes need that cannot leave.
//!
//! Sources: Amazon EKS user guide, "Cluster API server endpoint" and "Deploy private clusters with limited internet
//! access".

use crate::architecture::{Cluster, EndpointMode, Region, Vpc};
use crate::compose::Context;
use crate::compose::headings::{made_up, name, plain, small};
use crate::diagram::{Block, Plate, Words};
use crate::lang::fill;
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, Tone};
use crate::verdicts::{BY_USE, OF_INSTANCES};

/// The id of the card that says what is answered inside the VPC.
pub fn inside_id(cluster: &str) -> String {
    format!("{cluster}/dns/inside")
}

/// The same of anywhere else.
pub fn outside_id(cluster: &str) -> String {
    format!("{cluster}/dns/outside")
}

/// The public name of a cluster's API server. EKS makes the id; only a live account knows it.
fn dns_name(region: &Region) -> String {
    format!("<id>.gr7.{}.eks.amazonaws.com", region.name)
}

fn card(id: String, glyph: Glyph, title: &str, region: &Region, answer: Words) -> Block {
    let dns_name = dns_name(region);
    Block::Plate(Plate {
        about: made_up(id, "dns", format!("{title}\n{dns_name}\n{}", answer.text)),
        look: FrameLook::Card,
        glyph,
        words: vec![name(title, Ink::Frame(FrameLook::Card)), plain(&dns_name, Ink::Primary), answer],
    })
}

/// In a VPC with private access the cluster's hosted zone answers, else the public one.
pub fn inside(cluster: &Cluster, region: &Region, context: &Context) -> Block {
    let p = context.phrases;
    let id = inside_id(&cluster.identity.address);
    match cluster.endpoint.private.yes() {
        Some(true) => {
            let answer = name(&fill(p.dns_is, &[p.cluster_interface]), Ink::Edge(EdgeLook::NodesToApi));
            card(id, Glyph::HostedZone, p.private_hosted_zone, region, answer)
        }
        _ => {
            let answer = name(&fill(p.dns_is, &[p.public_address]), Ink::Edge(EdgeLook::NodesToApi));
            card(id, Glyph::Resolver, p.resolver, region, answer)
        }
    }
}

/// Of a private endpoint the public DNS gives the private addresses, of use only to who has a way to them.
pub fn outside(cluster: &Cluster, region: &Region, context: &Context) -> Block {
    let p = context.phrases;
    let answer = match EndpointMode::of(&cluster.endpoint) {
        Some(EndpointMode::Private) => p.cluster_interface,
        _ => p.public_address,
    };
    let answer = name(&fill(p.dns_is, &[answer]), Ink::Edge(EdgeLook::Kubectl));
    card(outside_id(&cluster.identity.address), Glyph::Route53, p.public_dns, region, answer)
}

/// How nodes come to a service whose endpoint is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    Internet,
    Cut,
}

/// Which of the endpoints that nodes need the VPC has. It is a fault that one is missing only where nodes have no other
/// way to its service.
pub fn endpoints(vpc: &Vpc, otherwise: Otherwise, context: &Context) -> Block {
    let p = context.phrases;
    let missing = match otherwise {
        Otherwise::Internet => Ink::Secondary,
        Otherwise::Cut => Ink::Tone(Tone::Danger),
    };
    let has = |service: &str| vpc.endpoints.iter().any(|endpoint| endpoint.service == service);
    let line = |service: &str, missing: Ink| match has(service) {
        true => Words { ink: Ink::Tone(Tone::Good), ..small(&fill(p.endpoint_there, &[service])) },
        false => Words { ink: missing, ..small(&fill(p.endpoint_missing, &[service])) },
    };
    let needed = OF_INSTANCES.iter().map(|service| line(service, missing));
    let by_use = BY_USE.iter().map(|(service, _)| line(service, Ink::Secondary));
    let title = name(p.needed_endpoints, Ink::Frame(FrameLook::Card));
    Block::Plate(Plate {
        about: made_up(format!("{}/needed-endpoints", vpc.identity.address), "endpoints", p.needed_endpoints),
        look: FrameLook::Card,
        glyph: Glyph::EndpointInterface,
        words: std::iter::once(title).chain(needed).chain(by_use).collect(),
    })
}
