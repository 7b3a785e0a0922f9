//! What the network view says of small networks.

use super::{Legend, Options, compose};
use crate::architecture::sketch::{Row as Resource, drawn, sketch};
use crate::diagram::{Block, Cells, Diagram, Icon, Matrix, Row, Section};
use crate::look::{FrameLook, Glyph};
use crate::scene::Swatch;

const VPC: Resource = ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#);

fn subnet<'s>(id: &'s str, properties: &'s str) -> Resource<'s> {
    (id, "AWS::EC2::Subnet", properties)
}

fn diagram(resources: &[Resource]) -> Diagram {
    drawn_with(resources, Options::default())
}

fn drawn_with(resources: &[Resource], options: Options) -> Diagram {
    compose(&drawn(&sketch(resources)).0, &options).remove(0).diagram
}

fn matrices(diagram: &Diagram) -> Vec<&Matrix> {
    fn collect<'d>(block: &'d Block, found: &mut Vec<&'d Matrix>) {
        match block {
            Block::Matrix(matrix) => found.push(matrix),
            Block::Frame(frame) => frame.blocks.iter().for_each(|b| collect(b, found)),
            Block::Icon(_) => {}
        }
    }
    let mut found = Vec::new();
    diagram.body.iter().for_each(|b| collect(b, &mut found));
    found
}

fn sections(diagram: &Diagram) -> Vec<&Section> {
    matrices(diagram).into_iter().flat_map(|m| &m.sections).collect()
}

fn rows<'d>(section: &'d Section) -> Vec<&'d Cells> {
    let cells = |row: &'d Row| match row {
        Row::Cells(cells) => Some(cells),
        Row::Span(_) => None,
    };
    section.rows.iter().filter_map(cells).collect()
}

/// Each row's cells, as (column, name).
fn named(section: &Section) -> Vec<Vec<(usize, String)>> {
    let name = |icon: &crate::diagram::Cell| (icon.column, icon.heading.title[0].text.clone());
    rows(section).iter().map(|row| row.cells.iter().map(name).collect()).collect()
}

fn icons(section: &Section) -> Vec<&Icon> {
    rows(section).iter().flat_map(|row| &row.cells).flat_map(|cell| cell.lanes.iter().flatten()).collect()
}

const A: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"}"#;
const B: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "eu-west-1b"}"#;
const A2: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.3.0/24", "AvailabilityZone": "eu-west-1a"}"#;
const B2: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.4.0/24", "AvailabilityZone": "eu-west-1b"}"#;

#[test]
fn zones_are_columns_and_subnets_of_like_names_are_one_row() {
    let diagram = diagram(&[VPC, subnet("App1", A), subnet("App2", B), subnet("Data1", A2), subnet("Data2", B2)]);
    let rows = named(sections(&diagram)[0]);
    let row = |a: &str, b: &str| vec![(0, a.to_string()), (1, b.to_string())];
    assert_eq!(rows, [row("App1", "App2"), row("Data1", "Data2")]);
}

#[test]
fn a_subnet_without_a_default_route_is_drawn_as_isolated_and_says_so() {
    let diagram = diagram(&[VPC, subnet("PublicSubnet", A)]);
    let heading = &rows(sections(&diagram)[0])[0].cells[0].heading;
    assert_eq!(heading.look, FrameLook::IsolatedSubnet);
    assert_eq!(heading.footer[0].text, "isolated: no default route");
    assert!(heading.about.tooltip.contains("route"), "{}", heading.about.tooltip);
}

#[test]
fn subnets_whose_zone_is_not_known_stand_side_by_side() {
    let one = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.1.0/24"}"#;
    let two = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.2.0/24"}"#;
    let diagram = diagram(&[VPC, subnet("One", one), subnet("Two", two)]);
    assert_eq!(named(sections(&diagram)[0]), [[(0, "One".to_string()), (1, "Two".to_string())]]);
    assert!(matrices(&diagram)[0].columns.iter().all(|column| column.zone.is_none()));
}

fn group(subnets: &str, count: u32) -> String {
    format!(
        r#"{{"VPCZoneIdentifier": [{subnets}], "MinSize": "{count}", "MaxSize": "{count}", "DesiredCapacity": "{count}"}}"#
    )
}

#[test]
fn a_group_over_both_zones_is_one_band_with_a_member_in_each() {
    let group = group(r#""@App1", "@App2""#, 2);
    let diagram =
        diagram(&[VPC, subnet("App1", A), subnet("App2", B), ("Group", "AWS::AutoScaling::AutoScalingGroup", &group)]);
    let row = rows(sections(&diagram)[0])[0];
    assert_eq!(row.bands.iter().map(|b| b.columns).collect::<Vec<_>>(), [(0, 1)]);
    let members = icons(sections(&diagram)[0]).into_iter().filter(|icon| icon.band.is_some());
    assert_eq!(members.map(|icon| icon.label[0].text.as_str()).collect::<Vec<_>>(), ["instance", "instance"]);
}

#[test]
fn a_band_is_broken_where_it_would_run_over_a_stranger() {
    const C: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.5.0/24", "AvailabilityZone": "eu-west-1c"}"#;
    let group = group(r#""@App1", "@App3""#, 2);
    let diagram = diagram(&[
        VPC,
        subnet("App1", A),
        subnet("App2", B),
        subnet("App3", C),
        ("Group", "AWS::AutoScaling::AutoScalingGroup", &group),
    ]);
    let bands = &rows(sections(&diagram)[0])[0].bands;
    assert_eq!(bands.iter().map(|b| b.columns).collect::<Vec<_>>(), [(0, 0), (2, 2)]);
    assert_ne!(bands[0].heading.about.id, bands[1].heading.about.id);
    assert_eq!(bands[0].heading.title[0].text, bands[1].heading.title[0].text);
}

#[test]
fn three_instances_over_two_zones_are_one_or_two_in_each() {
    let group = group(r#""@App1", "@App2""#, 3);
    let diagram =
        diagram(&[VPC, subnet("App1", A), subnet("App2", B), ("Group", "AWS::AutoScaling::AutoScalingGroup", &group)]);
    let section = sections(&diagram)[0];
    let member = icons(section).into_iter().find(|icon| icon.band.is_some()).expect("a member");
    assert_eq!(member.label[0].text, "1–2 instances");
    assert_eq!(member.glyph, Glyph::Instances);
}

#[test]
fn seven_instances_of_one_subnet_are_one_icon_that_counts_and_names_them() {
    let properties = r#"{"SubnetId": "@App1", "InstanceType": "t3.micro"}"#;
    let ids: Vec<String> = (1..=7).map(|n| format!("Host{n}")).collect();
    let mut resources = vec![VPC, subnet("App1", A)];
    resources.extend(ids.iter().map(|id| (id.as_str(), "AWS::EC2::Instance", properties)));
    let diagram = diagram(&resources);
    let icons = icons(sections(&diagram)[0]);
    assert_eq!(icons.len(), 1);
    assert_eq!(icons[0].label[0].text, "7 × instances");
    assert!(ids.iter().all(|id| icons[0].about.tooltip.contains(id.as_str())));
}

const CLUSTER: Resource =
    ("Cluster", "AWS::EKS::Cluster", r#"{"Name": "lab", "ResourcesVpcConfig": {"SubnetIds": ["@App1", "@App2"]}}"#);

#[test]
fn the_control_plane_is_a_section_of_its_own_and_never_in_the_vpc() {
    let diagram = diagram(&[VPC, subnet("App1", A), subnet("App2", B), CLUSTER]);
    let looks: Vec<FrameLook> = sections(&diagram).iter().map(|s| s.heading.look).collect();
    assert_eq!(looks, [FrameLook::ControlPlane, FrameLook::Vpc]);
    assert_eq!(sections(&diagram)[0].heading.pills[0].text, "Endpoint: public");
    assert_eq!(sections(&diagram)[0].zones, [false, false]);
}

#[test]
fn a_vpc_that_the_input_only_names_is_external() {
    let named = r#"{"VpcId": "<VpcId>", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"}"#;
    let diagram = diagram(&[subnet("App1", named)]);
    let heading = &sections(&diagram)[0].heading;
    assert_eq!((heading.look, heading.external), (FrameLook::ExternalVpc, true));
}

#[test]
fn vpcs_that_share_a_zone_by_name_share_its_column() {
    let peer = ("Peer", "AWS::EC2::VPC", r#"{"CidrBlock": "10.9.0.0/16"}"#);
    let inside = r#"{"VpcId": "@Peer", "CidrBlock": "10.9.1.0/24", "AvailabilityZone": "eu-west-1a"}"#;
    let diagram = diagram(&[VPC, peer, subnet("App1", A), subnet("App2", B), subnet("Data1", inside)]);
    assert_eq!(matrices(&diagram).len(), 1);
    assert_eq!(matrices(&diagram)[0].columns.len(), 2);
    assert_eq!(sections(&diagram).iter().map(|s| s.zones.clone()).collect::<Vec<_>>(), [[true, true], [true, false]]);
}

#[test]
fn the_legend_explains_each_line_and_band_once_and_can_be_left_out() {
    let group = group(r#""@App1", "@App2""#, 2);
    let resources =
        [VPC, subnet("App1", A), subnet("App2", B), ("Group", "AWS::AutoScaling::AutoScalingGroup", &*group)];
    let diagram = diagram(&resources);
    let bands = diagram.legend.iter().filter(|(s, _)| *s == Swatch::Frame(FrameLook::AutoScalingGroup));
    assert_eq!(bands.count(), 1);
    let without = Options { legend: Legend::Off, ..Options::default() };
    assert!(drawn_with(&resources, without).legend.is_empty());
}

#[test]
fn ways_into_a_nat_gateway_run_together_but_never_with_the_way_out_of_it() {
    const RESOURCES: &[Resource] = &[
        VPC,
        ("Igw", "AWS::EC2::InternetGateway", "{}"),
        ("Attachment", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "InternetGatewayId": "@Igw"}"#),
        ("Public", "AWS::EC2::Subnet", A),
        ("App1", "AWS::EC2::Subnet", A2),
        ("App2", "AWS::EC2::Subnet", B2),
        ("Nat", "AWS::EC2::NatGateway", r#"{"SubnetId": "@Public"}"#),
        ("Out", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
        ("In", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
        (
            "OutRoute",
            "AWS::EC2::Route",
            r#"{"RouteTableId": "@Out", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Igw"}"#,
        ),
        (
            "InRoute",
            "AWS::EC2::Route",
            r#"{"RouteTableId": "@In", "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "@Nat"}"#,
        ),
        ("A0", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@Public", "RouteTableId": "@Out"}"#),
        ("A1", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@App1", "RouteTableId": "@In"}"#),
        ("A2", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@App2", "RouteTableId": "@In"}"#),
    ];
    let diagram = diagram(RESOURCES);
    let bundle = |from: &str, to: &str| {
        let edge = diagram.edges.iter().find(|e| e.from.ends_with(from) && e.to.ends_with(to));
        edge.expect("the edge is drawn").bundle.clone()
    };
    assert_eq!(bundle("App1", "Nat"), bundle("App2", "Nat"));
    assert_ne!(bundle("App1", "Nat"), bundle("Nat", "Igw"));
}

#[test]
fn names_from_the_input_are_cleaned_of_what_would_disturb_the_picture() {
    let vpc = (
        "Vpc",
        "AWS::EC2::VPC",
        "{\"CidrBlock\": \"10.0.0.0/16\", \"Tags\": [{\"Key\": \"Name\", \"Value\": \"safe\\u202ename\\u0007\"}]}",
    );
    let diagram = diagram(&[vpc]);
    assert_eq!(sections(&diagram)[0].heading.title[0].text, "safename");
}
