//! Egress of several zones that hangs on one NAT gateway.

use std::collections::BTreeSet;

use crate::architecture::{RouteTarget, Subnet, Vpc, Zone};
use crate::diag::Severity;
use crate::inventory::Address;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Page, Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "one-nat-gateway",
    severity: Severity::Warning,
    meaning: "A NAT gateway stands in one zone. When that zone is lost, the private subnets of all others lose their way \
              out too; and what crosses zones is paid for.",
    source: Page {
        title: "Amazon VPC user guide, NAT gateway basics",
        url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    },
    remedy: "Put a NAT gateway into every zone and route each zone's subnets to its own (eksctl: `vpc.nat.gateway: \
             HighlyAvailable`).",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.vpcs().filter_map(|(_, vpc)| of_vpc(facts, vpc)).collect()
}

fn of_vpc(facts: &Facts<'_>, vpc: &Vpc) -> Option<Verdict> {
    let led: Vec<(&Subnet, &Address)> =
        vpc.subnets.iter().filter_map(|subnet| Some((subnet, nat_of(subnet)?))).collect();
    let nats: BTreeSet<&Address> = led.iter().map(|(_, nat)| *nat).collect();
    let [nat] = nats.into_iter().collect::<Vec<_>>()[..] else { return None };
    if facts.egress.is_regional(nat) {
        return None;
    }
    let zones: BTreeSet<&Zone> = led.iter().filter_map(|(subnet, _)| subnet.zone.as_ref()).collect();
    let unsaid = led.iter().filter(|(subnet, _)| subnet.zone.is_none()).count();
    let origin = facts.resource(nat)?.origin.clone();
    let name = facts.egress.name_of(nat);
    let addresses = led.iter().map(|(subnet, _)| &subnet.identity.address);
    let about = [nat].into_iter().chain(addresses);
    if zones.len() < 2 {
        let may_be_several = zones.len() + unsaid >= 2;
        let asked = format!("whether several zones have {name} as their only way out");
        let why = format!("the zones of {unsaid} of its subnets are not in the input");
        return may_be_several
            .then(|| Verdict::unknown(&RULE, asked, why).shown("the NAT gateway", &origin).about(about));
    }
    let message =
        format!("the private subnets of {} zones have one NAT gateway, {name}, as their only way out", zones.len());
    let verdict = Verdict::fails(&RULE, message).shown("the NAT gateway", &origin);
    let routes = led.iter().flat_map(|(subnet, _)| &subnet.default_routes).take(1);
    Some(verdict.because(routes.map(|route| route.because.clone())).about(about))
}

/// The NAT gateway by which a subnet gets out.
fn nat_of(subnet: &Subnet) -> Option<&Address> {
    subnet.default_routes.iter().find_map(|route| match &route.target {
        RouteTarget::NatGateway(nat) => Some(nat),
        RouteTarget::InternetGateway(_)
        | RouteTarget::EgressOnlyGateway(_)
        | RouteTarget::NatInstance(_)
        | RouteTarget::NetworkInterface(_)
        | RouteTarget::VpnGateway(_)
        | RouteTarget::TransitGateway(_)
        | RouteTarget::Peering(_)
        | RouteTarget::FirewallEndpoint(_)
        | RouteTarget::Unresolved(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::said;

    #[test]
    fn two_zones_behind_one_nat_gateway_are_told() {
        let message = "fails: the private subnets of 2 zones have one NAT gateway, Nat, as their only way out";
        assert_eq!(said(&RULE, &[]), [message]);
    }

    #[test]
    fn a_regional_nat_gateway_stands_in_every_zone() {
        let regional: Row = ("Nat", "AWS::EC2::NatGateway", r#"{"VpcId": "@Vpc", "AvailabilityMode": "regional"}"#);
        assert!(said(&RULE, &[regional]).is_empty());
    }
}
