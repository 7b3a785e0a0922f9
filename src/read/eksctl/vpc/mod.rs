//! The cluster's network: a VPC that eksctl makes, or one that is there.

mod dedicated;
mod dual_stack;
mod existing;

use ipnet::Ipv4Net;

use crate::diag::{Diagnostic, Known, Origin};
use crate::hashing::HashMap;
use crate::inventory::{Address, Property};

use super::cidr::Uncut;
use super::config::{Config, Family, Zone};
use super::defaults;
use super::draft::{At, Draft, Fields, Making};
use super::section::Section;

/// What eksctl means a subnet for. It decides which subnets nodes get; what the subnet is, its routes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    Public,
    Private,
}

impl Tier {
    /// As in logical ids.
    pub fn word(self) -> &'static str {
        match self {
            Tier::Public => "Public",
            Tier::Private => "Private",
        }
    }

    /// As in a ClusterConfig.
    pub fn key(self) -> &'static str {
        match self {
            Tier::Public => "public",
            Tier::Private => "private",
        }
    }

    /// Load balancers find their subnets by this tag: EKS user guide, "Network load balancing".
    pub fn role_tag(self) -> &'static str {
        match self {
            Tier::Public => "kubernetes.io/role/elb",
            Tier::Private => "kubernetes.io/role/internal-elb",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneKind {
    Availability,
    Local,
}

#[derive(Clone, Debug)]
pub struct Subnet {
    pub address: Address,
    pub tier: Tier,
    pub zone_kind: ZoneKind,
    pub zone: Option<Known<String>>,
    /// The key under `vpc.subnets`; of a made subnet, its zone.
    pub alias: String,
    pub id: Option<String>,
    pub route_table: Option<Address>,
}

#[derive(Clone, Debug)]
pub struct Network {
    pub vpc: Address,
    pub block: Option<Property>,
    subnets: Vec<Subnet>,
    /// The subnets, by number, that go by an alias or an id.
    by_name: HashMap<String, Vec<usize>>,
    /// Those of a named zone.
    by_zone: HashMap<String, Vec<usize>>,
}

/// Writes the VPC down, whoever makes it.
///
/// eksctl uses an existing VPC as soon as its id or any subnet is given: pkg/ctl/create/cluster.go.
pub fn expand(config: &Config, draft: &mut Draft) -> Network {
    let vpc = config.root.section("vpc");
    if let Some(vpc) = vpc.filter(|vpc| vpc.text("id").is_some() || existing::names_subnets(vpc)) {
        return existing::expand(&vpc, draft);
    }
    match config.family {
        Family::Ipv4 => dedicated::expand(config, draft),
        Family::Ipv6 => dual_stack::expand(config, draft),
    }
}

impl Network {
    fn new(vpc: Address, block: Option<Property>) -> Network {
        Network { vpc, block, subnets: Vec::new(), by_name: HashMap::default(), by_zone: HashMap::default() }
    }

    fn push(&mut self, subnet: Subnet) {
        let number = self.subnets.len();
        for name in [Some(&subnet.alias), subnet.id.as_ref()].into_iter().flatten() {
            self.by_name.entry(name.clone()).or_default().push(number);
        }
        if let Some(Known::Yes(zone)) = &subnet.zone {
            self.by_zone.entry(zone.clone()).or_default().push(number);
        }
        self.subnets.push(subnet);
    }

    pub fn subnets(&self) -> &[Subnet] {
        &self.subnets
    }

    pub fn of(&self, tier: Tier, zone_kind: ZoneKind) -> impl Iterator<Item = &Subnet> {
        self.subnets.iter().filter(move |subnet| subnet.tier == tier && subnet.zone_kind == zone_kind)
    }

    pub fn of_zone(&self, zone: &str, tier: Tier, zone_kind: ZoneKind) -> impl Iterator<Item = &Subnet> {
        let numbers = self.by_zone.get(zone).into_iter().flatten();
        let subnets = numbers.filter_map(|number| self.subnets.get(*number));
        subnets.filter(move |subnet| subnet.tier == tier && subnet.zone_kind == zone_kind)
    }

    /// The subnet that a text names: an alias within `tier`, else an alias or an id anywhere.
    pub fn named(&self, text: &str, tier: Tier) -> Option<&Subnet> {
        let numbers = self.by_name.get(text)?;
        let mut subnets = numbers.iter().filter_map(|number| self.subnets.get(*number));
        let in_tier = subnets.clone().find(|subnet| subnet.tier == tier && subnet.alias == text);
        in_tier.or_else(|| subnets.next())
    }

    /// As `named`; a subnet that nothing has described yet is written down as existing.
    pub fn named_or_new(&mut self, name: &Section, tier: Tier, draft: &mut Draft) -> Address {
        let id = name.as_text();
        if let Some(subnet) = self.named(id, tier) {
            return subnet.address.clone();
        }
        let at = At(name.place());
        let fields = Fields::new().with("SubnetId", at.text(id)).with("VpcId", at.reference(&self.vpc));
        let address = draft.put(id, id, "AWS::EC2::Subnet", fields, &name.origin(), Making::Existing);
        self.push(Subnet {
            address: address.clone(),
            tier,
            zone_kind: ZoneKind::Availability,
            zone: None,
            alias: id.to_string(),
            id: Some(id.to_string()),
            route_table: None,
        });
        address
    }
}

/// The VPC's block and the zones to fill, with how the block is cut among them.
struct Plan {
    block: Property,
    /// Availability Zones, then Local Zones.
    zones: Vec<(ZoneKind, Zone)>,
    pieces: Vec<Ipv4Net>,
}

impl Plan {
    fn new(config: &Config, cut: fn(Ipv4Net, usize) -> Result<Vec<Ipv4Net>, Uncut>, draft: &mut Draft) -> Plan {
        let vpc = config.root.section("vpc");
        let given = vpc.and_then(|vpc| vpc.property("cidr"));
        let block = given.unwrap_or_else(|| At(config.metadata.place).text(defaults::VPC_BLOCK));
        let named = |kind: ZoneKind, zones: Vec<Zone>| zones.into_iter().map(move |zone| (kind, zone));
        let zones: Vec<_> =
            named(ZoneKind::Availability, config.zones()).chain(named(ZoneKind::Local, config.local_zones())).collect();
        let pieces = cut_block(&block, zones.len(), cut, draft.diagnostics);
        Plan { block, zones, pieces }
    }

    /// Public subnets take the first pieces, one a zone; private ones the next.
    fn piece(&self, index: usize, tier: Tier) -> usize {
        match tier {
            Tier::Public => index,
            Tier::Private => index + self.zones.len(),
        }
    }

    /// The block of the `index`-th zone's subnet, at the place of the VPC's block.
    fn subnet_block(&self, index: usize, tier: Tier) -> Property {
        let at = At(self.block.place);
        match self.pieces.get(self.piece(index, tier)) {
            Some(piece) => at.text(piece),
            None => at.later("VPC.CidrBlock"),
        }
    }
}

fn cut_block(
    block: &Property,
    zones: usize,
    cut: fn(Ipv4Net, usize) -> Result<Vec<Ipv4Net>, Uncut>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Ipv4Net> {
    let text = block.as_text().unwrap_or_default();
    let origin = Origin::new("vpc.cidr", block.place);
    let Ok(net) = text.parse::<Ipv4Net>() else {
        diagnostics.push(
            Diagnostic::warning("unusable-cidr", format!("`{text}` is no IPv4 block, so no subnet's block is known"))
                .at(origin)
                .hint("write it as `192.168.0.0/16`"),
        );
        return Vec::new();
    };
    if !defaults::VPC_PREFIXES.contains(&net.prefix_len()) {
        diagnostics.push(
            Diagnostic::warning("unusable-cidr", format!("eksctl makes no VPC of {text}"))
                .at(origin.clone())
                .hint("a VPC's block is between /16 and /24 for eksctl"),
        );
    }
    match cut(net, zones) {
        Ok(pieces) => pieces,
        Err(uncut) => {
            let why = match uncut {
                Uncut::TooManyZones => format!("{zones} zones need more than the sixteen subnets that eksctl makes"),
                Uncut::TooSmall => format!("{text} is too small to be cut into subnets"),
            };
            diagnostics.push(Diagnostic::warning("unusable-cidr", why).at(origin));
            Vec::new()
        }
    }
}
