//! Names that are paths (the Name tags of the CDK: `Stack/Vpc/PublicSubnet1`), without what goes without saying.
//!
//! Needs: VPCs with all that stands in them. Leaves: in a VPC, names without the VPC's own path or the one
//! that all have in it; of VPCs, names without the path that all have in the picture. Names that differed still do, and
//! the whole one is kept in [`Identity::path`].

use std::collections::BTreeMap;

use super::{Architecture, Identity, Vpc};

pub fn shorten(architecture: &mut Architecture) {
    let mut vpcs: Vec<&mut Vpc> = architecture.regions.iter_mut().flat_map(|region| &mut region.vpcs).collect();
    let mut names: Vec<String> = Vec::new();
    for vpc in &mut vpcs {
        let here: Vec<String> = identities(vpc).iter().map(|identity| identity.name.clone()).collect();
        for path in [format!("{}/", vpc.identity.name), common_path(&here)] {
            cut(&path, identities(vpc).split_off(1));
        }
        names.extend(here);
    }
    cut(&common_path(&names), vpcs.into_iter().flat_map(identities).collect());
}

/// The VPC's first, then those of all that stands in it or on its border.
fn identities(vpc: &mut Vpc) -> Vec<&mut Identity> {
    let mut identities = vec![&mut vpc.identity];
    for subnet in &mut vpc.subnets {
        identities.push(&mut subnet.identity);
        identities.extend(subnet.things.iter_mut().map(|thing| &mut thing.identity));
    }
    identities.extend(vpc.gateways.iter_mut().map(|gateway| &mut gateway.identity));
    identities.extend(vpc.endpoints.iter_mut().map(|endpoint| &mut endpoint.identity));
    identities.extend(vpc.groups.iter_mut().map(|group| &mut group.identity));
    identities.extend(vpc.things.iter_mut().map(|thing| &mut thing.identity));
    identities
}

/// The segments, each with its slash, with which all names begin that are paths; none of them wholly. Empty for a
/// single name, of which nothing tells which part is its own.
fn common_path(names: &[String]) -> String {
    let mut paths = names.iter().filter(|name| name.contains('/') && !name.starts_with('<'));
    let Some(first) = paths.next() else { return String::new() };
    let mut common = &first[..first.rfind('/').map_or(0, |slash| slash + 1)];
    let mut others = 0;
    for path in paths.filter(|path| *path != first) {
        others += 1;
        while !(path.starts_with(common) && path.len() > common.len()) {
            let shorter = common[..common.len() - 1].rfind('/');
            common = &common[..shorter.map_or(0, |slash| slash + 1)];
        }
    }
    if others == 0 { String::new() } else { common.to_string() }
}

/// Takes the path from the front of names, unless one that was another would then be the same.
fn cut(path: &str, identities: Vec<&mut Identity>) {
    if path.is_empty() {
        return;
    }
    let mut short: BTreeMap<&str, &str> = BTreeMap::new();
    for identity in &identities {
        let Some(rest) = identity.name.strip_prefix(path) else { continue };
        if short.insert(rest, identity.whole_name()).is_some_and(|other| other != identity.whole_name()) {
            return;
        }
    }
    if identities.iter().any(|one| short.get(&*one.name).is_some_and(|other| *other != one.whole_name())) {
        return;
    }
    for identity in identities {
        if let Some(rest) = identity.name.strip_prefix(path).map(str::to_string) {
            let before = std::mem::replace(&mut identity.name, rest);
            identity.path.get_or_insert(before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, sketch};

    /// The VPC's name and those of its subnets, where each is tagged with this name.
    fn names(vpc: &str, subnets: &[&str]) -> Vec<(String, Option<String>)> {
        let tagged = |name: &str, more: &str| format!(r#"{{{more}"Tags": [{{"Key": "Name", "Value": "{name}"}}]}}"#);
        let mut rows = vec![("Vpc".to_string(), "AWS::EC2::VPC", tagged(vpc, ""))];
        let subnet =
            |(n, name): (usize, &&str)| (format!("S{n}"), "AWS::EC2::Subnet", tagged(name, r#""VpcId": "@Vpc", "#));
        rows.extend(subnets.iter().enumerate().map(subnet));
        let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(id, kind, p)| (id.as_str(), *kind, p.as_str())).collect();
        let (mut architecture, _) = drawn(&sketch(&rows));
        let mut vpc = architecture.regions.remove(0).vpcs.remove(0);
        identities(&mut vpc).into_iter().map(|i| (i.name.clone(), i.path.clone())).collect()
    }

    fn short(vpc: &str, subnets: &[&str]) -> Vec<String> {
        names(vpc, subnets).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_subnet_does_not_repeat_the_path_of_its_vpc_and_the_vpc_not_its_stack() {
        let names = names("Stack/Vpc", &["Stack/Vpc/PublicSubnet1", "Stack/Vpc/PublicSubnet2"]);
        let cut = |name: &str, path: &str| (name.to_string(), Some(path.to_string()));
        assert_eq!(
            names,
            [
                cut("Vpc", "Stack/Vpc"),
                cut("PublicSubnet1", "Stack/Vpc/PublicSubnet1"),
                cut("PublicSubnet2", "Stack/Vpc/PublicSubnet2")
            ]
        );
    }

    #[test]
    fn of_several_vpcs_each_keeps_the_path_that_tells_it_from_the_others() {
        let tag = |name: &str| format!(r#"{{"Tags": [{{"Key": "Name", "Value": "{name}"}}]}}"#);
        let subnet = r#"{"VpcId": "@A", "Tags": [{"Key": "Name", "Value": "eksctl-a-cluster/SubnetPublic"}]}"#;
        let (a, b) = (tag("eksctl-a-cluster/VPC"), tag("eksctl-b-cluster/VPC"));
        let rows = [("A", "AWS::EC2::VPC", a.as_str()), ("B", "AWS::EC2::VPC", &b), ("S", "AWS::EC2::Subnet", subnet)];
        let vpcs = drawn(&sketch(&rows)).0.regions.remove(0).vpcs;
        assert_eq!(
            vpcs.iter().map(|vpc| &*vpc.identity.name).collect::<Vec<_>>(),
            ["eksctl-a-cluster/VPC", "eksctl-b-cluster/VPC"]
        );
        assert_eq!(vpcs[0].subnets[0].identity.name, "SubnetPublic");
    }

    #[test]
    fn subnets_of_several_vpcs_may_have_one_name_and_a_gateway_its_vpc_s() {
        let tag = |name: &str, more: &str| format!(r#"{{{more}"Tags": [{{"Key": "Name", "Value": "{name}"}}]}}"#);
        let (a, b) = (tag("Stack/A", ""), tag("Stack/B", ""));
        let (s, t) = (tag("Stack/A/Public1", r#""VpcId": "@A", "#), tag("Stack/B/Public1", r#""VpcId": "@B", "#));
        let join = r#"{"VpcId": "@A", "InternetGatewayId": "@Igw"}"#;
        let rows = [
            ("A", "AWS::EC2::VPC", a.as_str()),
            ("B", "AWS::EC2::VPC", &b),
            ("S", "AWS::EC2::Subnet", &s),
            ("T", "AWS::EC2::Subnet", &t),
            ("Igw", "AWS::EC2::InternetGateway", &a),
            ("Join", "AWS::EC2::VPCGatewayAttachment", join),
        ];
        let mut vpcs = drawn(&sketch(&rows)).0.regions.remove(0).vpcs;
        let names = vpcs.iter_mut().flat_map(identities).map(|identity| identity.name.clone());
        assert_eq!(names.collect::<Vec<_>>(), ["A", "Public1", "A", "B", "Public1"]);
    }

    #[test]
    fn only_whole_segments_that_all_paths_share_are_dropped() {
        assert_eq!(short("lab/vpc", &["lab/public-a", "lab/public-b"]), ["vpc", "public-a", "public-b"]);
        assert_eq!(short("lab/vpc", &["labor/public-a"]), ["lab/vpc", "labor/public-a"]);
        assert_eq!(short("lab/vpc", &["plain"]), ["lab/vpc", "plain"]);
    }

    #[test]
    fn names_that_differ_stay_different() {
        assert_eq!(short("lab/vpc", &["lab/a", "a"]), ["lab/vpc", "a", "lab/a"]);
    }
}
