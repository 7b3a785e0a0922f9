//! What is said of a thing, as far as two sides can agree on it or not.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::entries::{Any, Entry};
use crate::architecture::{
    Cluster, Endpoint, EndpointKind, EndpointMode, Exposure, Group, Identity, RouteTarget, Subnet, Thing, Tier, Vpc,
    Zone, is_named,
};
use crate::diag::Known;
use crate::inventory::{Address, Property};
use crate::kinds::Kind;

/// What one side says of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It does not say.
    Nothing,
    /// Only a deployment knows.
    Later,
    This {
        /// What is compared.
        key: String,
        /// What is shown.
        shown: String,
    },
}

impl Told {
    fn text(text: impl Into<String>) -> Told {
        let text = text.into();
        if text.contains('<') { Told::Later } else { Told::This { key: text.clone(), shown: text } }
    }

    fn of(text: Option<impl Into<String>>) -> Told {
        text.map_or(Told::Nothing, Told::text)
    }

    fn flag(flag: Option<bool>) -> Told {
        Told::of(flag.map(|flag| if flag { "on" } else { "off" }))
    }

    fn known<T: std::fmt::Display>(value: Option<&Known<T>>) -> Told {
        match value {
            None => Told::Nothing,
            Some(Known::Later(_)) => Told::Later,
            Some(Known::Yes(value)) => Told::text(value.to_string()),
        }
    }

    /// Several, in no order; `none` stands for an empty list.
    fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> Told {
        let texts: BTreeSet<&str> = texts.into_iter().collect();
        if texts.is_empty() {
            return Told::text("none");
        }
        Told::text(texts.into_iter().collect::<Vec<_>>().join(", "))
    }
}

/// A fact's name, and what one side says of it.
pub type Fact = (&'static str, Told);

/// Says what one side knows; the addresses of both sides are those of the drift.
pub struct Witness<'w> {
    pub side: Side<'w>,
    pub other: Side<'w>,
    /// What things are called, by address.
    pub names: BTreeMap<&'w Address, String>,
    /// The address that a thing has in its inventory.
    pub own: &'w dyn Fn(&Address) -> Address,
}

impl Witness<'_> {
    /// In a fixed order for each noun: both sides say the same facts.
    pub fn facts(&self, entry: &Entry) -> Vec<Fact> {
        let mut facts = vec![("name", self.name(entry))];
        facts.extend(match entry.thing {
            Any::Vpc(vpc) => self.vpc(vpc),
            Any::Subnet(subnet) => self.subnet(subnet),
            Any::Endpoint(endpoint) => self.endpoint(endpoint),
            Any::Group(group) => self.group(group),
            Any::Thing(thing) => self.thing(thing, entry),
            Any::Cluster(cluster) => self.cluster(cluster),
            Any::Gateway(_) | Any::Connection(_) => Vec::new(),
        });
        facts
    }

    /// Whether the other side is of another nature: what a service fills in, and what scales by itself, is no news then.
    fn is_of_another_nature(&self) -> bool {
        self.side.is_account() != self.other.is_account()
    }

    /// What AWS does where a template says nothing.
    fn by_default(&self, flag: Option<bool>, default: bool) -> Told {
        Told::flag(flag.or_else(|| (!self.side.is_account()).then_some(default)))
    }

    /// A name that somebody gave; a logical id is none.
    fn name(&self, entry: &Entry) -> Told {
        let resource = self.side.inventory.resources.get(&(self.own)(&entry.identity.address));
        let named = resource.filter(|resource| is_named(resource) && !self.is_of_another_nature());
        Told::of(named.map(|_| {
            self.side.name(&Identity { address: (self.own)(&entry.identity.address), ..entry.identity.clone() })
        }))
    }

    fn called(&self, address: &Address) -> String {
        let last = || address.rsplit('/').next().unwrap_or(address).to_string();
        self.names.get(address).cloned().unwrap_or_else(last)
    }

    fn places(&self, addresses: &[Address], unknown: Option<&String>) -> Told {
        if unknown.is_some() || addresses.iter().any(|address| self.is_open(address)) {
            return Told::Later;
        }
        let key: BTreeSet<&str> = addresses.iter().map(|address| &**address).collect();
        let names: Vec<String> = addresses.iter().map(|address| self.called(address)).collect();
        let shown = if names.is_empty() { "none".to_string() } else { names.join(", ") };
        Told::This { key: key.into_iter().collect::<Vec<_>>().join(" "), shown }
    }

    /// Whether only a deployment knows what an address stands for.
    fn is_open(&self, address: &Address) -> bool {
        address.starts_with("external/") && address.contains('<')
    }

    fn vpc(&self, vpc: &Vpc) -> Vec<Fact> {
        if vpc.identity.external {
            return ["CIDR blocks", "IPv6", "DNS resolution", "DNS host names"]
                .map(|name| (name, Told::Nothing))
                .into();
        }
        vec![
            ("CIDR blocks", Told::list(vpc.cidrs.iter().map(String::as_str))),
            ("IPv6", Told::flag(Some(vpc.ipv6.is_some()))),
            ("DNS resolution", self.by_default(vpc.dns_support, true)),
            ("DNS host names", self.by_default(vpc.dns_hostnames, false)),
        ]
    }

    fn subnet(&self, subnet: &Subnet) -> Vec<Fact> {
        let is_only_named = subnet.identity.external;
        let tier = match subnet.tier {
            Tier::Public => Told::text("public"),
            Tier::Private => Told::text("private"),
            Tier::Isolated => Told::text("isolated"),
            Tier::Unknown(_) => Told::Later,
        };
        let routes = if tier == Told::Later { Told::Later } else { self.routes(subnet) };
        let ipv6 = (!is_only_named).then_some(subnet.ipv6.is_some());
        let public = if is_only_named { Told::Nothing } else { self.by_default(subnet.maps_public_addresses, false) };
        vec![
            ("tier", tier),
            ("default route", routes),
            ("CIDR block", Told::known(subnet.cidr.as_ref())),
            ("IPv6", Told::flag(ipv6)),
            ("zone", zone(subnet.zone.as_ref())),
            ("public addresses", public),
        ]
    }

    fn routes(&self, subnet: &Subnet) -> Told {
        let (mut keys, mut shown) = (BTreeSet::new(), BTreeSet::new());
        for route in &subnet.default_routes {
            let (key, name) = match &route.target {
                RouteTarget::InternetGateway(address)
                | RouteTarget::EgressOnlyGateway(address)
                | RouteTarget::NatGateway(address)
                | RouteTarget::NatInstance(address)
                | RouteTarget::NetworkInterface(address)
                | RouteTarget::VpnGateway(address)
                | RouteTarget::TransitGateway(address)
                | RouteTarget::Peering(address)
                | RouteTarget::FirewallEndpoint(address) => {
                    if self.is_open(address) {
                        return Told::Later;
                    }
                    (address.to_string(), self.called(address))
                }
                RouteTarget::Unresolved(shown) => {
                    if shown.contains('<') {
                        return Told::Later;
                    }
                    (shown.clone(), shown.clone())
                }
            };
            if route.destination.contains('<') {
                return Told::Later;
            }
            keys.insert(format!("{} {key}", route.destination));
            shown.insert(format!("{} by {name}", route.destination));
        }
        let join = |texts: BTreeSet<String>| texts.into_iter().collect::<Vec<_>>().join(", ");
        if keys.is_empty() { Told::text("none") } else { Told::This { key: join(keys), shown: join(shown) } }
    }

    fn endpoint(&self, endpoint: &Endpoint) -> Vec<Fact> {
        let kind = match endpoint.kind {
            EndpointKind::Gateway => "gateway",
            EndpointKind::Interface => "interface",
            EndpointKind::GatewayLoadBalancer => "gateway load balancer",
        };
        let private_dns = match endpoint.kind {
            EndpointKind::Interface => self.by_default(endpoint.private_dns, false),
            EndpointKind::Gateway | EndpointKind::GatewayLoadBalancer => Told::Nothing,
        };
        vec![
            ("kind", Told::text(kind)),
            ("subnets", self.places(&endpoint.subnets, None)),
            ("private DNS", private_dns),
        ]
    }

    fn group(&self, group: &Group) -> Vec<Fact> {
        let count = group.count.as_ref();
        let desired = match self.is_of_another_nature() {
            // It is what scaling moves.
            true => Told::Nothing,
            false => Told::known(count.and_then(|count| count.desired.as_ref())),
        };
        vec![
            ("subnets", self.places(&group.subnets, group.unknown_subnets.as_ref())),
            ("instance types", self.instance_types(group)),
            ("least instances", Told::known(count.and_then(|count| count.least.as_ref()))),
            ("desired instances", desired),
            ("most instances", Told::known(count.and_then(|count| count.most.as_ref()))),
            ("details", Told::list(group.facts.iter().map(String::as_str))),
            ("open to the internet", self.exposures(&group.exposures)),
        ]
    }

    /// Where a launch template is to say, and the account was not asked for it, nobody knows.
    fn instance_types(&self, group: &Group) -> Told {
        let resource = self.side.inventory.resources.get(&(self.own)(&group.identity.address));
        let launched = resource.is_some_and(|resource| resource.property("LaunchTemplate").is_some());
        if group.instance_types.is_empty() || launched && !self.side.was_asked("AWS::EC2::LaunchTemplate") {
            return Told::Nothing;
        }
        Told::list(group.instance_types.iter().map(String::as_str))
    }

    fn exposures(&self, exposures: &[Exposure]) -> Told {
        if !self.side.was_asked("AWS::EC2::SecurityGroup") || !self.other.was_asked("AWS::EC2::SecurityGroup") {
            return Told::Nothing;
        }
        let open: Vec<String> = exposures.iter().map(|one| format!("{} from {}", one.port, one.from)).collect();
        Told::list(open.iter().map(String::as_str))
    }

    fn thing(&self, thing: &Thing, entry: &Entry) -> Vec<Fact> {
        let place = match entry.subnets.as_slice() {
            [] => Told::Nothing,
            subnets => self.places(&subnets.iter().map(|one| (*one).clone()).collect::<Vec<_>>(), None),
        };
        let mut facts = vec![("subnet", place)];
        match thing.kind {
            Kind::Instance | Kind::Bastion | Kind::NatInstance => {
                let resource = self.side.inventory.resources.get(&(self.own)(&thing.identity.address));
                let told = |key: &str| resource.and_then(|resource| resource.property(key)).and_then(Property::shown);
                facts.push(("instance type", Told::of(told("InstanceType"))));
                facts.push(("private address", Told::of(told("PrivateIpAddress"))));
            }
            _ => facts.push(("details", Told::list(thing.facts.iter().map(String::as_str)))),
        }
        facts.push(("open to the internet", self.exposures(&thing.exposures)));
        facts
    }

    fn cluster(&self, cluster: &Cluster) -> Vec<Fact> {
        let access = &cluster.endpoint;
        let endpoint = match (access.is_known(), EndpointMode::of(access)) {
            (false, _) => Told::Later,
            (true, Some(EndpointMode::Public)) => Told::text("public"),
            (true, Some(EndpointMode::Both)) => Told::text("public and private"),
            (true, Some(EndpointMode::Private)) => Told::text("private"),
            (true, None) => Told::text("closed"),
        };
        let from = match access.public.yes() {
            Some(true) => Told::list(access.public_cidrs.iter().map(String::as_str)),
            Some(false) | None => Told::Nothing,
        };
        vec![
            ("endpoint", endpoint),
            ("public access from", from),
            ("Kubernetes version", Told::of(cluster.version.clone())),
            ("subnets", self.places(&cluster.subnets, cluster.unknown_subnets.as_ref())),
            ("Auto Mode", Told::flag(cluster.auto_mode.or_else(|| (!self.side.is_account()).then_some(false)))),
            ("secrets with a key of one's own", Told::flag(cluster.secrets_encrypted)),
            ("control plane logs", Told::list(cluster.logging.iter().map(String::as_str))),
            ("add-ons", self.addons(cluster)),
            ("nodes outside of AWS", Told::list(cluster.hybrid_nodes.iter().map(String::as_str))),
            ("Outpost", Told::of(cluster.outpost.clone())),
        ]
    }

    /// A cluster may have some without anybody asking for them.
    fn addons(&self, cluster: &Cluster) -> Told {
        let is_asked = self.side.was_asked("AWS::EKS::Addon") && self.other.was_asked("AWS::EKS::Addon");
        if !is_asked || self.is_of_another_nature() {
            return Told::Nothing;
        }
        Told::list(cluster.addons.iter().map(String::as_str))
    }
}

/// Where a template counts zones or leaves them to a deployment, it does not say which.
fn zone(zone: Option<&Zone>) -> Told {
    match zone {
        None => Told::Nothing,
        Some(Zone::Named(name) | Zone::Outpost(name)) => Told::text(name.clone()),
        Some(Zone::Nth(n)) => Told::text(format!("zone {n}")),
        Some(Zone::Later { .. }) => Told::Later,
    }
}
