//! Zones: how a subnet names its own, which kind it is, and which region a zone's name implies.

use std::cmp::Ordering;

use super::{Zone, ZoneKind};
use crate::diag::Known;
use crate::inventory::{Property, Resource, Value};
use crate::kinds::Lookup;

/// What a reader calls the n-th zone of a region whose zones it cannot know.
const ORDINAL: &str = "AZ ";

/// Zones are followed through other resources (`GetAtt Subnet.AvailabilityZone`) at most this often.
const HOPS: usize = 4;

/// The zone of a subnet.
pub fn of_subnet(lookup: &Lookup, subnet: &Resource) -> Option<Zone> {
    if let Some(outpost) = subnet.property("OutpostArn").and_then(Property::shown) {
        return Some(Zone::Outpost(outpost_name(&outpost).to_string()));
    }
    of_property(lookup, subnet, written(subnet)?)
}

/// What an Outpost's ARN ends with.
pub fn outpost_name(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// Where a resource writes its zone.
fn written(resource: &Resource) -> Option<&Property> {
    ["AvailabilityZone", "AvailabilityZoneId"].iter().find_map(|key| resource.property(key))
}

/// The zone that a property of `owner` names, itself or by way of another resource that does.
pub fn of_property<'a>(lookup: &Lookup<'a>, owner: &'a Resource, property: &'a Property) -> Option<Zone> {
    let (mut owner, mut property) = (owner, property);
    for _ in 0..HOPS {
        let Some(other) = lookup.behind(property) else { break };
        let Some(next) = written(other) else { break };
        (owner, property) = (other, next);
    }
    match &property.value {
        Value::Text(name) | Value::Mixed(name) if name.trim().is_empty() => None,
        Value::Text(name) | Value::Mixed(name) => Some(Zone::Named(name.trim().to_string())),
        Value::Later(name) => Some(match name.strip_prefix(ORDINAL).and_then(|n| n.parse().ok()) {
            Some(n) => Zone::Nth(n),
            None => later(owner, name),
        }),
        Value::Reference { .. } => match property.known()? {
            Known::Yes(name) | Known::Later(name) => Some(later(owner, &name)),
        },
        Value::Null | Value::List(_) | Value::Map(_) | Value::Hidden(_) => None,
    }
}

fn later(owner: &Resource, name: &str) -> Zone {
    // What a nested stack does not know is its outermost parent's to say.
    let stack = owner.address.split('/').next().unwrap_or_default();
    Zone::Later { name: name.to_string(), stack: stack.to_string() }
}

/// The region that a zone's name begins with: `us-west-2` of `us-west-2a`, `us-west-2-lax-1a` and
/// `us-west-2-wl1-las-wlz-1`. Source: EC2 user guide, "Regions and Zones".
pub fn region_of(zone: &str) -> Option<&str> {
    let (region, _) = split(zone)?;
    Some(region)
}

/// A zone's name as its region and what follows.
fn split(zone: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    for (words, segment) in zone.split('-').enumerate() {
        let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let (region, rest) = zone.split_at(start + digits);
            return (words >= 2 && zone.len() >= 3 && zone.as_bytes().get(2) == Some(&b'-')).then_some((region, rest));
        }
        if segment.is_empty() || !segment.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        start += segment.len() + 1;
    }
    None
}

impl Zone {
    /// A zone that is not named is taken for an Availability Zone, as nearly all are.
    pub fn kind(&self) -> ZoneKind {
        match self {
            Zone::Outpost(_) => ZoneKind::Outpost,
            Zone::Nth(_) | Zone::Later { .. } => ZoneKind::Availability,
            Zone::Named(name) => match split(name) {
                Some((_, rest)) if rest.starts_with("-wl") => ZoneKind::Wavelength,
                Some((_, rest)) if rest.starts_with('-') => ZoneKind::Local,
                _ => ZoneKind::Availability,
            },
        }
    }
}

/// The order of columns: Availability Zones first, then by name as people count (`Zones[2]` before `Zones[10]`).
impl Ord for Zone {
    fn cmp(&self, other: &Zone) -> Ordering {
        let rank = |zone: &Zone| match zone {
            Zone::Nth(_) => 0,
            Zone::Named(_) => 1,
            Zone::Later { .. } => 2,
            Zone::Outpost(_) => 3,
        };
        let by_name = || match (self, other) {
            (Zone::Nth(a), Zone::Nth(b)) => a.cmp(b),
            (Zone::Later { name: a, stack: s }, Zone::Later { name: b, stack: t }) => {
                natural(a, b).then_with(|| s.cmp(t))
            }
            (Zone::Named(a) | Zone::Outpost(a), Zone::Named(b) | Zone::Outpost(b)) => natural(a, b),
            // Told apart by kind and rank.
            _ => Ordering::Equal,
        };
        self.kind().cmp(&other.kind()).then(rank(self).cmp(&rank(other))).then_with(by_name)
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Zone) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares texts with the numbers in them as numbers; equal only for equal texts.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        let ordering = match (number(left), number(right)) {
            (Some((a, rest_a)), Some((b, rest_b))) => {
                (left, right) = (rest_a, rest_b);
                a.len().cmp(&b.len()).then(a.cmp(b))
            }
            _ => {
                let (mut a, mut b) = (left.chars(), right.chars());
                let (first_a, first_b) = (a.next(), b.next());
                if first_a.is_none() && first_b.is_none() {
                    return one.cmp(other);
                }
                (left, right) = (a.as_str(), b.as_str());
                first_a.cmp(&first_b)
            }
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// The number that a text begins with, without leading zeros, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    (digits > 0).then(|| (number.trim_start_matches('0'), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{add, drawn, region, sketch};

    #[test]
    fn a_zone_name_implies_its_region() {
        assert_eq!(region_of("ap-northeast-2a"), Some("ap-northeast-2"));
        assert_eq!(region_of("us-gov-west-1b"), Some("us-gov-west-1"));
        assert_eq!(region_of("us-west-2-lax-1a"), Some("us-west-2"));
    }

    #[test]
    fn a_zone_id_implies_no_region() {
        assert_eq!(region_of("use1-az3"), None);
        assert_eq!(region_of("test-zone"), None);
    }

    #[test]
    fn local_and_wavelength_zones_are_told_by_their_names() {
        assert_eq!(Zone::Named("us-west-2-lax-1a".into()).kind(), ZoneKind::Local);
        assert_eq!(Zone::Named("us-east-1-wl1-bos-wlz-1".into()).kind(), ZoneKind::Wavelength);
        assert_eq!(Zone::Named("us-west-2a".into()).kind(), ZoneKind::Availability);
    }

    #[test]
    fn zones_are_counted_as_people_count() {
        let later = |name: &str| Zone::Later { name: name.into(), stack: "lab".into() };
        assert_eq!(later("Zones[2]").cmp(&later("Zones[10]")), Ordering::Less);
        assert_eq!(Zone::Named("us-west-2-lax-1a".into()).cmp(&later("Z")), Ordering::Greater);
    }

    #[test]
    fn a_subnet_may_take_its_zone_from_another() {
        let region = region(&[
            ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#),
            ("A", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "AvailabilityZone": "<AZ 1>"}"#),
            ("B", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "AvailabilityZone": "@A.AvailabilityZone"}"#),
            ("C", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "AvailabilityZone": "@B.AvailabilityZone"}"#),
        ]);
        assert_eq!(region.vpcs[0].zones, [Zone::Nth(1)]);
    }

    #[test]
    fn subnets_that_take_their_zones_from_each_other_have_one_that_is_only_named() {
        let region = region(&[
            ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#),
            ("A", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "AvailabilityZone": "@A.AvailabilityZone"}"#),
        ]);
        assert_eq!(region.vpcs[0].zones, [Zone::Later { name: "A.AvailabilityZone".into(), stack: "lab".into() }]);
    }

    #[test]
    fn a_parameter_of_another_input_is_another_zone() {
        const PLACE: &str = r#"{"VpcId": "@lab/Vpc", "AvailabilityZone": "<FirstZone>"}"#;
        let subnet = ("S", "AWS::EC2::Subnet", PLACE);
        let mut inventory = sketch(&[("Vpc", "AWS::EC2::VPC", "{}"), subnet, ("T", "AWS::EC2::Subnet", PLACE)]);
        assert_eq!(drawn(&inventory).0.regions[0].vpcs[0].zones.len(), 1);
        add(&mut inventory, "other", &[subnet]);
        assert_eq!(drawn(&inventory).0.regions[0].vpcs[0].zones.len(), 2);
    }
}
