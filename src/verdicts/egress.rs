//! Whether a subnet's traffic gets out of its VPC, by the egress paths of the architecture.

use crate::architecture::{Architecture, Because, Path, PathKind, RouteTarget, Stop, Subnet, Thing, Tier};
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Inventory, Property};
use crate::kinds::Kind;

/// Where a subnet's default routes lead in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayOut {
    Internet,
    Nowhere(Because),
    Unknown(String),
}

pub struct Egress<'a> {
    /// The ways out of each subnet, as the architecture walked them.
    paths: HashMap<&'a Address, Vec<&'a Path>>,
    /// Where each NAT gateway or instance stands.
    standing: HashMap<&'a Address, (&'a Thing, &'a Subnet)>,
    /// NAT gateways that lead into other networks only.
    private: HashSet<&'a Address>,
    /// NAT gateways that stand in the VPC and not in a subnet of it, and in all of its zones.
    regional: HashSet<&'a Address>,
    /// Route tables that take routes over from a VPN gateway.
    propagating: HashSet<&'a Address>,
}

impl<'a> Egress<'a> {
    pub fn read(inventory: &'a Inventory, architecture: &'a Architecture) -> Egress<'a> {
        let mut paths: HashMap<&Address, Vec<&Path>> = HashMap::default();
        let mut standing = HashMap::default();
        for region in &architecture.regions {
            for path in region.paths.iter().filter(|path| path.kind == PathKind::Egress) {
                if let Some(Stop::At(subnet)) = path.stops.first() {
                    paths.entry(subnet).or_default().push(path);
                }
            }
            for subnet in region.vpcs.iter().flat_map(|vpc| &vpc.subnets) {
                let translators = subnet.things.iter().filter(|thing| {
                    matches!(thing.kind, Kind::NatGateway | Kind::NatInstance | Kind::NetworkInterface)
                });
                standing.extend(translators.map(|thing| (&thing.identity.address, (thing, subnet))));
            }
        }
        let says = |key, word: &str, nat: &Property| {
            nat.field(key).and_then(Property::as_text).is_some_and(|text| text.eq_ignore_ascii_case(word))
        };
        let nats = || inventory.of_type("AWS::EC2::NatGateway");
        let private = nats().filter(|nat| says("ConnectivityType", "private", &nat.properties));
        let regional = nats().filter(|nat| says("AvailabilityMode", "regional", &nat.properties));
        let propagations = inventory.of_type("AWS::EC2::VPNGatewayRoutePropagation");
        let tables = propagations.filter_map(|one| one.property("RouteTableIds")).flat_map(Property::items);
        Egress {
            paths,
            standing,
            private: private.map(|nat| &nat.address).collect(),
            regional: regional.map(|nat| &nat.address).collect(),
            propagating: tables.filter_map(Property::as_reference).collect(),
        }
    }

    /// Whether a NAT gateway stands in every zone of its VPC. Source: VPC user guide, "Regional NAT gateways".
    pub fn is_regional(&self, nat: &Address) -> bool {
        self.regional.contains(nat)
    }

    /// What the picture calls a NAT gateway or another hop.
    pub fn name_of<'s>(&'s self, hop: &'s Address) -> &'s str {
        match self.standing.get(hop) {
            Some((thing, _)) => &thing.identity.name,
            None => hop.rsplit('/').next().unwrap_or(hop),
        }
    }

    pub fn way_out(&self, subnet: &Subnet) -> WayOut {
        match subnet.tier {
            Tier::Public => WayOut::Internet,
            Tier::Unknown(_) => WayOut::Unknown(unsaid(subnet)),
            Tier::Isolated if self.takes_routes_over(subnet) => {
                WayOut::Unknown(format!("a VPN gateway may give the routes of {} a default", subnet.identity.name))
            }
            Tier::Isolated => WayOut::Nowhere(subnet.because.clone()),
            Tier::Private => self.beyond(subnet),
        }
    }

    /// Whether the input shows that a subnet has no default route.
    pub fn is_isolated(&self, subnet: &Subnet) -> bool {
        subnet.tier == Tier::Isolated && !self.takes_routes_over(subnet)
    }

    fn takes_routes_over(&self, subnet: &Subnet) -> bool {
        subnet.route_table.as_ref().is_some_and(|table| self.propagating.contains(table))
    }

    /// The best of the ways that a private subnet's routes lead.
    fn beyond(&self, subnet: &Subnet) -> WayOut {
        let paths = self.paths.get(&subnet.identity.address).map(Vec::as_slice).unwrap_or_default();
        let mut nowhere = None;
        let mut unknown = None;
        for path in paths {
            match self.end(path) {
                WayOut::Internet => return WayOut::Internet,
                WayOut::Nowhere(because) => nowhere = nowhere.or(Some(because)),
                WayOut::Unknown(why) => unknown = unknown.or(Some(why)),
            }
        }
        match (unknown, nowhere) {
            (Some(why), _) => WayOut::Unknown(why),
            (None, Some(because)) => WayOut::Nowhere(because),
            (None, None) => WayOut::Unknown(unsaid(subnet)),
        }
    }

    fn end(&self, path: &Path) -> WayOut {
        let hops = path.stops.iter().skip(1).filter_map(|stop| match stop {
            Stop::At(address) => Some(address),
            Stop::Administrator(_)
            | Stop::Clients
            | Stop::Internet
            | Stop::ApiEndpoint(_)
            | Stop::ApiServers(_)
            | Stop::Outside(_) => None,
        });
        if let Some(nat) = hops.clone().find(|hop| self.private.contains(hop)) {
            return WayOut::Unknown(format!(
                "{} is a private NAT gateway, which leads into other networks only",
                self.name_of(nat)
            ));
        }
        if path.stops.contains(&Stop::Internet) || hops.clone().any(|hop| self.regional.contains(hop)) {
            return WayOut::Internet;
        }
        match path.stops.last() {
            Some(Stop::At(last)) => match self.standing.get(last) {
                Some((_, subnet)) => self.behind(last, subnet),
                None => WayOut::Unknown(format!("what is beyond {} is not in the input", self.name_of(last))),
            },
            Some(Stop::Outside(shown)) => WayOut::Unknown(format!("what is beyond {shown} is not in the input")),
            _ => WayOut::Unknown("where the routes lead is not in the input".into()),
        }
    }

    /// What is behind a NAT gateway or instance from which no route leads on to the internet.
    fn behind(&self, nat: &Address, subnet: &Subnet) -> WayOut {
        let leads_back = |route: &RouteTarget| match route {
            RouteTarget::NatGateway(hop) | RouteTarget::NatInstance(hop) | RouteTarget::NetworkInterface(hop) => {
                hop == nat
            }
            RouteTarget::InternetGateway(_)
            | RouteTarget::EgressOnlyGateway(_)
            | RouteTarget::VpnGateway(_)
            | RouteTarget::TransitGateway(_)
            | RouteTarget::Peering(_)
            | RouteTarget::FirewallEndpoint(_)
            | RouteTarget::Unresolved(_) => false,
        };
        let in_a_circle = subnet.default_routes.iter().all(|route| leads_back(&route.target));
        if self.is_isolated(subnet) || (subnet.tier == Tier::Private && in_a_circle) {
            let text = format!("{} stands in {}, which has no way out itself", self.name_of(nat), subnet.identity.name);
            return WayOut::Nowhere(Because { text, origin: subnet.because.origin.clone() });
        }
        WayOut::Unknown(format!(
            "where {} leads, in which {} stands, is not in the input",
            subnet.identity.name,
            self.name_of(nat)
        ))
    }
}

/// Why it is not known where a subnet's traffic goes.
pub fn unsaid(subnet: &Subnet) -> String {
    format!("where {} leads is not in the input", subnet.identity.name)
}
