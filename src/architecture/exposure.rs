//! What security groups open to the whole internet, and by which of them people get in.
//!
//! Source: VPC user guide, "Security group rules"; CloudFormation, `AWS::EC2::SecurityGroup` Ingress.

use ipnet::IpNet;

use super::placements::Placement;
use super::regions::Part;
use super::targets::{self, Extent, Target};
use super::{Because, Exposure, names};
use crate::diag::Origin;
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource};

/// Ports through which people administer a host, as they are named in the picture.
const ADMINISTRATION: [(u16, &str); 2] = [(SSH, "SSH 22"), (3389, "RDP 3389")];
pub const SSH: u16 = 22;

/// Blocks to which the internet does not lead. Source: RFC 1918, RFC 6598, RFC 4193.
const INNER_NETWORKS: [&str; 5] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];

/// The name of an exposure of every port.
const ALL_PORTS: &str = "all ports";

/// A range of ports that is open to a block of addresses.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Both ends inclusive.
    ports: (u16, u16),
    from: String,
    origin: Origin,
    group: String,
}

impl Opening {
    /// Whether people outside may be meant: not where the block is one of private networks.
    fn is_to_outside(&self) -> bool {
        let inner = INNER_NETWORKS.iter().filter_map(|inner| inner.parse::<IpNet>().ok());
        self.from.trim().parse::<IpNet>().map_or(true, |block| !inner.into_iter().any(|inner| inner.contains(&block)))
    }

    fn opens(&self, port: u16) -> bool {
        (self.ports.0..=self.ports.1).contains(&port)
    }

    /// Whether it serves nothing but SSH and RDP.
    fn is_for_administration(&self) -> bool {
        self.ports.0 == self.ports.1 && ADMINISTRATION.iter().any(|(port, _)| self.opens(*port))
    }
}

/// Open ports by security group.
#[derive(Default)]
pub struct Openings(HashMap<Address, Vec<Opening>>);

impl Openings {
    pub fn read(part: &Part) -> Openings {
        let mut openings = Openings::default();
        for group in part.of_type("AWS::EC2::SecurityGroup") {
            let rules = group.property("SecurityGroupIngress").map(Property::items).unwrap_or_default();
            let opened = rules.iter().filter_map(|rule| opening(rule, group, &group.name));
            openings.0.entry(group.address.clone()).or_default().extend(opened);
        }
        for rule in part.of_type("AWS::EC2::SecurityGroupIngress") {
            let group = ["GroupId", "GroupName"].iter().find_map(|key| rule.property(key)?.as_reference());
            let Some(group) = group.and_then(|group| part.lookup.resource(group)) else { continue };
            let opened = opening(&rule.properties, rule, &group.name);
            openings.0.entry(group.address.clone()).or_default().extend(opened);
        }
        openings
    }

    /// All that is open on the way to a placement.
    fn of(&self, part: &Part, placement: &Placement) -> Vec<&Opening> {
        let groups = &placement.drawn.security_groups;
        let groups = targets::all(part.lookup, placement.resource, groups, "AWS::EC2::SecurityGroup", Extent::Many);
        groups
            .iter()
            .filter_map(|group| match group {
                Target::Inside(group) => self.0.get(&group.address),
                Target::Outside(_) => None,
            })
            .flatten()
            .collect()
    }
}

/// A rule, if it lets a block of addresses in by TCP. A port that is not known opens nothing, nor does the block of
/// something in the input: of a VPC, of a subnet.
fn opening(rule: &Property, owner: &Resource, group: &str) -> Option<Opening> {
    let blocks = ["CidrIp", "CidrIpv6"].iter().filter_map(|key| rule.field(key));
    let blocks = blocks.filter(|block| block.as_reference().is_none()).filter_map(Property::shown);
    let from = blocks.min_by_key(|block| !is_everyone(block))?;
    let ports = tcp_ports(rule)?;
    let origin = names::origin_in(owner, rule.place);
    Some(Opening { ports, from, origin, group: group.to_string() })
}

/// The TCP ports that a rule is about, both ends inclusive; `None` where it is about none, or they are not known.
pub fn tcp_ports(rule: &Property) -> Option<(u16, u16)> {
    let protocol = rule.field("IpProtocol")?.as_text()?;
    let port = |key| rule.field(key).and_then(Property::as_number);
    match protocol.to_ascii_lowercase().as_str() {
        "-1" | "all" => Some((0, u16::MAX)),
        "tcp" | "6" => match (port("FromPort")?, port("ToPort")?) {
            (-1, -1) => Some((0, u16::MAX)),
            (first, last) => Some((u16::try_from(first).ok()?, u16::try_from(last).ok()?)),
        },
        _ => None,
    }
}

/// Whether a range of addresses is the whole internet, or a half of it.
pub fn is_everyone(block: &str) -> bool {
    matches!(block.trim(), "0.0.0.0/0" | "::/0" | "0.0.0.0/1" | "128.0.0.0/1")
}

/// What a placement's security groups open, as it is drawn and as hosts are told by it.
pub struct Exposed {
    pub exposures: Vec<Exposure>,
    /// Whether everyone may use SSH.
    pub ssh: Option<Because>,
    /// Who of those outside may use SSH.
    pub way_in: Option<WayIn>,
    /// Whether people get in, and nothing else does.
    pub only_administration: bool,
}

/// The block of addresses from which people get in by SSH.
#[derive(Clone)]
pub struct WayIn {
    /// `None` is everyone.
    pub from: Option<String>,
    pub because: Because,
}

impl Exposed {
    pub fn none() -> Exposed {
        Exposed { exposures: Vec::new(), ssh: None, way_in: None, only_administration: false }
    }

    pub fn read(part: &Part, openings: &Openings, placement: &Placement) -> Exposed {
        let remote = remote_access(placement);
        let mut all: Vec<&Opening> = openings.of(part, placement);
        all.extend(&remote);
        let because = |opening: &Opening| Because {
            text: format!("SSH open to {}", opening.from),
            origin: Some(opening.origin.clone()),
        };
        let mut ways_in: Vec<&&Opening> = all.iter().filter(|one| one.opens(SSH) && one.is_to_outside()).collect();
        ways_in.sort_by_key(|one| !is_everyone(&one.from));
        let way_in = ways_in
            .first()
            .map(|one| WayIn { from: (!is_everyone(&one.from)).then(|| one.from.clone()), because: because(one) });
        let open: Vec<&Opening> = all.into_iter().filter(|opening| is_everyone(&opening.from)).collect();
        Exposed {
            exposures: exposures(&open),
            ssh: open.iter().find(|opening| opening.opens(SSH)).map(|opening| because(opening)),
            way_in,
            only_administration: !open.is_empty() && open.iter().all(|opening| opening.is_for_administration()),
        }
    }
}

fn exposures(open: &[&Opening]) -> Vec<Exposure> {
    let exposure = |port: &str, opening: &Opening| Exposure {
        port: port.to_string(),
        from: opening.from.clone(),
        because: Because {
            text: format!("{} lets {} in by {port}", opening.group, opening.from),
            origin: Some(opening.origin.clone()),
        },
    };
    let mut exposures: Vec<Exposure> = Vec::new();
    for opening in open {
        if opening.ports == (0, u16::MAX) {
            exposures.push(exposure(ALL_PORTS, opening));
            continue;
        }
        let ports = ADMINISTRATION.iter().filter(|(port, _)| opening.opens(*port));
        exposures.extend(ports.map(|(_, name)| exposure(name, opening)));
    }
    exposures.sort_by(|a, b| (&a.port, &a.from).cmp(&(&b.port, &b.from)));
    exposures.dedup_by(|a, b| (&a.port, &a.from) == (&b.port, &b.from));
    exposures
}

/// A managed node group with a key pair and no source security group opens SSH to everyone.
/// Source: EKS API reference, RemoteAccessConfig.
fn remote_access(placement: &Placement) -> Option<Opening> {
    if placement.resource.type_name != "AWS::EKS::Nodegroup" {
        return None;
    }
    let access = placement.resource.property("RemoteAccess")?;
    let key = access.field("Ec2SshKey")?;
    if access.field("SourceSecurityGroups").is_some() {
        return None;
    }
    Some(Opening {
        ports: (SSH, SSH),
        from: "0.0.0.0/0".into(),
        origin: names::origin_in(placement.resource, key.place),
        group: "remote access without a source security group".into(),
    })
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{Row, drawn, network_and};

    fn exposed(group: &str, more: &[Row]) -> Vec<String> {
        let mut rows = vec![
            ("Sg", "AWS::EC2::SecurityGroup", group),
            ("Host", "AWS::EC2::Instance", r#"{"SubnetId": "@Public", "SecurityGroupIds": ["@Sg.GroupId"]}"#),
        ];
        rows.extend(more);
        let region = drawn(&network_and(&rows)).0.regions.remove(0);
        let things = region.vpcs.iter().flat_map(|vpc| &vpc.subnets).flat_map(|subnet| &subnet.things);
        let host = things.into_iter().find(|thing| &*thing.identity.address == "lab/Host").expect("the host");
        host.exposures.iter().map(|exposure| format!("{} from {}", exposure.port, exposure.from)).collect()
    }

    #[test]
    fn a_range_that_contains_port_22_exposes_ssh() {
        let group =
            r#"{"SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 20, "ToPort": 25, "CidrIp": "0.0.0.0/0"}]}"#;
        assert_eq!(exposed(group, &[]), ["SSH 22 from 0.0.0.0/0"]);
    }

    #[test]
    fn every_protocol_exposes_all_ports() {
        let group = r#"{"SecurityGroupIngress": {"IpProtocol": "-1", "CidrIpv6": "::/0"}}"#;
        assert_eq!(exposed(group, &[]), ["all ports from ::/0"]);
    }

    #[test]
    fn a_rule_may_be_a_resource_of_its_own() {
        let rule = r#"{"GroupId": "@Sg.GroupId", "IpProtocol": 6, "FromPort": "3389", "ToPort": "3389", "CidrIp": "0.0.0.0/0"}"#;
        assert_eq!(exposed("{}", &[("Rule", "AWS::EC2::SecurityGroupIngress", rule)]), ["RDP 3389 from 0.0.0.0/0"]);
    }

    #[test]
    fn of_a_rule_with_two_blocks_the_open_one_counts() {
        let group = r#"{"SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "CidrIp": "10.0.0.0/8", "CidrIpv6": "::/0"}]}"#;
        assert_eq!(exposed(group, &[]), ["SSH 22 from ::/0"]);
    }

    #[test]
    fn an_office_network_or_an_unknown_one_is_no_exposure() {
        let group = r#"{"SecurityGroupIngress": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "203.0.113.0/24"},
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "<Office>"},
            {"IpProtocol": "udp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]}"#;
        assert!(exposed(group, &[]).is_empty());
    }
}
