//! What the whole ClusterConfig says: name, region, zones, how open the cluster is.

use crate::diag::{Diagnostic, Known, Origin};
use crate::inventory::Property;
use crate::read::Options;

use super::defaults;
use super::draft::At;
use super::section::Section;

/// Whether the nodes may reach the internet at all (`privateCluster.enabled`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    Open,
    FullyPrivate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Ipv4,
    Ipv6,
}

#[derive(Debug)]
pub struct Config<'a> {
    pub root: Section<'a>,
    pub name: Property,
    pub region: Known<String>,
    pub openness: Openness,
    pub family: Family,
    /// The Outpost that holds the control plane.
    pub outpost: Option<Property>,
    /// Where the name stands: the cause of what is said nowhere.
    pub metadata: Origin,
}

impl<'a> Config<'a> {
    pub fn new(root: Section<'a>, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Config<'a> {
        let metadata = root.section("metadata").unwrap_or_else(|| root.clone());
        let origin = metadata.origin();
        let name = metadata.property("name").unwrap_or_else(|| {
            diagnostics.push(
                Diagnostic::warning("missing-name", "this ClusterConfig does not name its cluster")
                    .at(origin.clone())
                    .hint("add `metadata.name`"),
            );
            At(origin.place).later("cluster name")
        });
        let region = metadata.text("region").or(options.region.as_deref()).unwrap_or(defaults::REGION);
        let fully_private = root.section("privateCluster").and_then(|private| private.flag("enabled")) == Some(true);
        let network = root.section("kubernetesNetworkConfig");
        let ipv6 = network.and_then(|network| network.text("ipFamily")).is_some_and(|f| f.eq_ignore_ascii_case("ipv6"));
        Config {
            name,
            region: region_of(region),
            openness: if fully_private { Openness::FullyPrivate } else { Openness::Open },
            family: if ipv6 { Family::Ipv6 } else { Family::Ipv4 },
            outpost: root.section("outpost").and_then(|outpost| outpost.property("controlPlaneOutpostARN")),
            metadata: origin,
            root,
        }
    }

    pub fn account(&self, options: &Options) -> Option<Known<String>> {
        let written = self.root.section("metadata").and_then(|metadata| metadata.text("accountID"));
        written.or(options.account.as_deref()).map(|account| Known::Yes(account.to_string()))
    }

    /// The name as part of other names.
    pub fn name_text(&self) -> String {
        self.name.known().map_or_else(String::new, |name| name.to_string())
    }

    /// The zones of a new VPC: those given, else the first ones of the region, unnamed.
    ///
    /// eksctl lets the region pick; a control plane on an Outpost has that Outpost's one zone.
    pub fn zones(&self) -> Vec<Zone> {
        let given = self.root.scalars("availabilityZones");
        if !given.is_empty() {
            return given.iter().map(Zone::named).collect();
        }
        let count = match self.outpost {
            Some(_) => 1,
            None => defaults::zone_count(self.region.yes().map(String::as_str)),
        };
        (1..=count).map(|n| Zone { name: Known::Later(format!("AZ {n}")), origin: self.metadata.clone() }).collect()
    }

    pub fn local_zones(&self) -> Vec<Zone> {
        self.root.scalars("localZones").iter().map(Zone::named).collect()
    }
}

/// A zone of the VPC, named or the n-th of its region (`AZ 2`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    pub name: Known<String>,
    pub origin: Origin,
}

impl Zone {
    fn named(zone: &Section) -> Zone {
        Zone { name: Known::Yes(zone.as_text().to_string()), origin: zone.origin() }
    }

    pub fn property(&self) -> Property {
        match &self.name {
            Known::Yes(name) => At(self.origin.place).text(name),
            Known::Later(name) => At(self.origin.place).later(name),
        }
    }

    /// The part of a logical id: pkg/cfn/builder/vpc_ipv4.go, `makeAZResourceName`.
    pub fn id_part(&self) -> String {
        match &self.name {
            Known::Yes(name) | Known::Later(name) => id_part(name),
        }
    }
}

/// `us-west-2a` → `USWEST2A`; anything else that no logical id may hold is dropped too.
pub fn id_part(name: &str) -> String {
    name.to_uppercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `us-west-2`, `us-gov-east-1`.
pub fn is_region(text: &str) -> bool {
    text.find('-') == Some(2)
        && text.split('-').count() >= 3
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Templated regions (`${AWS_REGION}`, `<region>`) are known only when somebody fills them in.
fn region_of(text: &str) -> Known<String> {
    if is_region(text) {
        return Known::Yes(text.to_string());
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    Known::Later(if bare.is_empty() { "region".to_string() } else { bare.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_templated_region_is_known_later_by_its_own_name() {
        assert_eq!(region_of("${AWS_REGION}"), Known::Later("AWS_REGION".into()));
        assert_eq!(region_of("us-gov-west-1"), Known::Yes("us-gov-west-1".into()));
    }

    #[test]
    fn a_logical_id_holds_letters_and_digits_only() {
        assert_eq!(id_part("us-west-2-lax-1a"), "USWEST2LAX1A");
        assert_eq!(id_part("AZ 2"), "AZ2");
    }
}
