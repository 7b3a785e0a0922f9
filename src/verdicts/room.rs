//! How many addresses a subnet has left.

use ipnet::Ipv4Net;

use super::facts::Facts;
use super::listing;
use crate::architecture::{EndpointKind, Subnet, Vpc};
use crate::diag::Known;
use crate::kinds::Kind;

/// The first four addresses of a subnet's block and the last. Source: VPC user guide, "Subnet CIDR blocks".
const RESERVED: u64 = 5;

/// Addresses left in a subnet when all that the input puts there one by one has its own: nodes and load balancers,
/// which come and go, and EKS's own interfaces are not counted.
pub fn free(facts: &Facts, subnet: &Subnet) -> Result<u64, String> {
    let unsaid = |what: String| Err(format!("the block of {} is {what}", subnet.identity.name));
    let block = match &subnet.cidr {
        None if subnet.identity.external => return unsaid("not in the input".into()),
        // A subnet of IPv6 addresses only has more than anyone counts.
        None => return Ok(u64::MAX),
        Some(Known::Later(name)) => return unsaid(listing::later(name)),
        Some(Known::Yes(block)) => block,
    };
    let Ok(net) = block.trim().parse::<Ipv4Net>() else { return unsaid(format!("{block}, which is no block")) };
    let all = 1u64 << (32 - u32::from(net.prefix_len()));
    let things = subnet.things.iter().filter(|thing| thing.kind != Kind::ClusterInterface).count() as u64;
    Ok(all.saturating_sub(RESERVED + things + facts.endpoints_in(&subnet.identity.address)))
}

/// Interface endpoints of a VPC, each with the subnets of its network interfaces.
pub fn interfaces(vpc: &Vpc) -> impl Iterator<Item = &crate::inventory::Address> {
    let interface = vpc.endpoints.iter().filter(|endpoint| endpoint.kind == EndpointKind::Interface);
    interface.flat_map(|endpoint| &endpoint.subnets)
}
