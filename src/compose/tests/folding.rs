//! Much of the same, drawn as one.

use super::{A, B, Folding, Options, Resource, VPC, diagram, drawn_with, group, icons, rows, sections, subnet};
use crate::architecture::sketch::{drawn, network_and};

/// Of an A zone's subnet `App1`, as many instances as asked for, named `Host1`, `Host2`, ...
fn hosts(n: usize) -> Vec<(String, &'static str)> {
    (1..=n).map(|n| (format!("Host{n}"), r#"{"SubnetId": "@App1", "InstanceType": "t3.micro"}"#)).collect()
}

fn with_hosts<'s>(hosts: &'s [(String, &'s str)]) -> Vec<Resource<'s>> {
    let hosts = hosts.iter().map(|(id, properties)| (id.as_str(), "AWS::EC2::Instance", *properties));
    [VPC, subnet("App1", A)].into_iter().chain(hosts).collect()
}

#[test]
fn what_is_folded_can_be_unfolded_or_folded_earlier() {
    let shown = |n: usize, folding| {
        let hosts = hosts(n);
        icons(sections(&drawn_with(&with_hosts(&hosts), Options { folding, ..Options::default() }))[0]).len()
    };
    assert_eq!((shown(6, Folding::Auto), shown(7, Folding::Auto)), (6, 1));
    assert_eq!((shown(40, Folding::Never), shown(2, Folding::From(3)), shown(3, Folding::From(3))), (40, 2, 1));
}

#[test]
fn a_stack_says_what_all_in_it_have_in_common() {
    let mut hosts = hosts(7);
    let label = |hosts: &[(String, &str)]| {
        let label = icons(sections(&diagram(&with_hosts(hosts)))[0])[0].label.clone();
        label.into_iter().map(|words| words.text).collect::<Vec<_>>()
    };
    assert_eq!(label(&hosts), ["7 instances", "t3.micro"]);
    hosts[3].1 = r#"{"SubnetId": "@App1", "InstanceType": "m5.large"}"#;
    assert_eq!(label(&hosts), ["7 instances"]);
}

const SUBNET_GROUP: Resource =
    ("Data", "AWS::RDS::DBSubnetGroup", r#"{"DBSubnetGroupDescription": "x", "SubnetIds": ["@App1", "@App2"]}"#);

fn database(class: &str) -> String {
    format!(r#"{{"DBSubnetGroupName": "@Data", "Engine": "postgres", "DBInstanceClass": "{class}"}}"#)
}

/// Bands of as many databases of one subnet group as there are classes, as their titles.
fn bands_of(classes: &[&str]) -> Vec<String> {
    bands_named(classes, &["Db0", "Db1", "Db2", "Db3", "Db4", "Db5", "Db6"])
}

fn bands_named(classes: &[&str], names: &[&str]) -> Vec<String> {
    let databases: Vec<(String, String)> =
        names.iter().zip(classes).map(|(name, class)| (name.to_string(), database(class))).collect();
    let databases = databases.iter().map(|(id, properties)| (id.as_str(), "AWS::RDS::DBInstance", properties.as_str()));
    let network = [VPC, subnet("App1", A), subnet("App2", B), SUBNET_GROUP];
    let diagram = diagram(&network.into_iter().chain(databases).collect::<Vec<_>>());
    let row = rows(sections(&diagram)[0])[0];
    let titles = row.bands.iter().map(|band| &band.heading.title);
    titles.map(|title| title.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(": ")).collect()
}

#[test]
fn groups_that_say_the_same_of_themselves_are_one_band_from_three_on() {
    assert_eq!(bands_of(&["db.t3.micro", "db.t3.micro", "db.t3.micro"]), ["3 × RDS: postgres, db.t3.micro"]);
    assert_eq!(bands_of(&["db.t3.micro", "db.t3.micro"]).len(), 2);
    assert_eq!(bands_named(&["db.t3.micro"; 3], &["Orders", "Stock", "Users"]).len(), 3);
}

#[test]
fn groups_that_differ_are_one_band_only_where_they_are_many() {
    let classes = ["db.1", "db.2", "db.3", "db.4", "db.5", "db.6", "db.7"];
    assert_eq!(bands_of(&classes[..6]).len(), 6);
    assert_eq!(bands_of(&classes), ["7 × RDS: postgres"]);
}

#[test]
fn node_groups_in_one_band_add_up() {
    let group = group(r#""@App1", "@App2""#, 2);
    let groups: Vec<String> = (1..=3).map(|n| format!("Group{n}")).collect();
    let groups = groups.iter().map(|id| (id.as_str(), "AWS::AutoScaling::AutoScalingGroup", group.as_str()));
    let network = [VPC, subnet("App1", A), subnet("App2", B)];
    let diagram = diagram(&network.into_iter().chain(groups).collect::<Vec<_>>());
    let heading = &rows(sections(&diagram)[0])[0].bands[0].heading;
    assert_eq!(heading.title[0].text, "3 × Auto Scaling group");
    assert_eq!(heading.title[1].text, "6 instances");
    assert_eq!(
        heading.about.tooltip.lines().skip(1).map(str::trim_end).collect::<Vec<_>>(),
        ["Group1", "Group2", "Group3"]
    );
}

/// `Pods1`, `Pods2`, ... in one zone.
fn pods(n: usize) -> Vec<(String, String)> {
    let cidr = |n| format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "10.0.{n}.0/24", "AvailabilityZone": "eu-west-1a"}}"#);
    (1..=n).map(|n| (format!("Pods{n}"), cidr(n))).collect()
}

fn with_pods<'s>(pods: &'s [(String, String)], others: &[Resource<'s>]) -> Vec<Resource<'s>> {
    let pods = pods.iter().map(|(id, properties)| subnet(id, properties));
    [VPC].into_iter().chain(pods).chain(others.iter().copied()).collect()
}

#[test]
fn like_subnets_of_a_zone_are_one_cell_that_names_all() {
    let four = pods(4);
    let diagram = diagram(&with_pods(&four, &[subnet("Db1", B)]));
    let rows = rows(sections(&diagram)[0]);
    assert_eq!(rows.len(), 1);
    let heading = &rows[0].cells[0].heading;
    assert_eq!(heading.title[0].text, "Pods1 and 3 more");
    assert_eq!(heading.aside.as_ref().expect("a block").text, "10.0.1.0/24 …");
    assert!(heading.about.tooltip.contains("Pods4 10.0.4.0/24"), "{}", heading.about.tooltip);
}

#[test]
fn subnets_stay_apart_where_they_are_few_or_hold_different_things() {
    let (three, four) = (pods(3), pods(4));
    let host = ("Host", "AWS::EC2::Instance", r#"{"SubnetId": "@Pods2"}"#);
    let cells = |resources: &[Resource]| rows(sections(&diagram(resources))[0]).len();
    assert_eq!((cells(&with_pods(&three, &[])), cells(&with_pods(&four, &[host]))), (3, 4));
}

#[test]
fn what_several_subnets_of_one_cell_hold_is_one_stack() {
    let four = pods(4);
    let hosts: Vec<(String, String)> =
        (1..=4).map(|n| (format!("Host{n}"), format!(r#"{{"SubnetId": "@Pods{n}"}}"#))).collect();
    let hosts: Vec<Resource> =
        hosts.iter().map(|(id, properties)| (id.as_str(), "AWS::EC2::Instance", properties.as_str())).collect();
    let diagram = diagram(&with_pods(&four, &hosts));
    let icons = icons(sections(&diagram)[0]);
    assert_eq!(icons.iter().map(|icon| icon.label[0].text.as_str()).collect::<Vec<_>>(), ["4 instances"]);
}

#[test]
fn a_line_to_what_was_folded_leads_to_what_it_was_folded_into_and_is_drawn_once() {
    let nats: Vec<(String, String, String)> = (1..=8)
        .map(|n| {
            let route = format!(
                r#"{{"RouteTableId": "@Table{n}", "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "@Nat{n}"}}"#
            );
            let link = format!(r#"{{"SubnetId": "@Pods{n}", "RouteTableId": "@Table{n}"}}"#);
            (n.to_string(), route, link)
        })
        .collect();
    let names: Vec<[String; 4]> =
        nats.iter().map(|(n, ..)| ["Nat", "Table", "Route", "Link"].map(|what| format!("{what}{n}"))).collect();
    let pods = pods(8);
    let mut resources = with_pods(&pods, &[subnet("Public", B)]);
    for ([nat, table, route, link], (_, route_to, links)) in names.iter().zip(&nats) {
        resources.push((nat, "AWS::EC2::NatGateway", r#"{"SubnetId": "@Public"}"#));
        resources.push((table, "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#));
        resources.push((route, "AWS::EC2::Route", route_to));
        resources.push((link, "AWS::EC2::SubnetRouteTableAssociation", links));
    }
    let diagram = diagram(&resources);
    let edges: Vec<(&str, &str)> = diagram.edges.iter().map(|e| (e.from.as_str(), e.to.as_str())).collect();
    assert_eq!(edges.iter().filter(|(_, to)| *to == "lab/Nat1").count(), 8, "{edges:?}");
    assert!(edges.iter().all(|(_, to)| !to.starts_with("lab/Nat") || *to == "lab/Nat1"), "{edges:?}");
}

#[test]
fn an_architecture_in_which_nothing_is_alike_is_drawn_as_it_is() {
    let cluster =
        ("Cluster", "AWS::EKS::Cluster", r#"{"ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"]}}"#);
    let architecture = drawn(&network_and(&[cluster])).0;
    assert_eq!(
        *crate::compose::fold::fold(&architecture, Folding::Auto, &std::collections::BTreeMap::new()).0,
        architecture
    );
}
