//! What the network view says of small networks.

use super::{Detail, Folding, Legend, Options, Page};
use crate::architecture::Architecture;
use crate::architecture::sketch::{Row as Resource, add, drawn, sketch};
use crate::diag::Known;
use crate::diagram::{Actor, Block, Cells, Diagram, Icon, Matrix, Row, Sample, Section};
use crate::look::{EdgeLook, FrameLook, Glyph};
use crate::scene::Swatch;

mod folding;
mod lines;
mod pages;
mod stackless;
mod words;

/// The network view asks for no verdicts.
fn compose(architecture: &Architecture, options: &Options) -> Vec<Page> {
    super::compose(architecture, &[], options)
}

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
            Block::Icon(_) | Block::Plate(_) => {}
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
    let blocks = rows(section).into_iter().flat_map(|row| &row.cells).flat_map(|cell| cell.lanes.iter().flatten());
    blocks.map(icon_in).collect()
}

fn icon_in(block: &Block) -> &Icon {
    let Block::Icon(icon) = block else { panic!("the network view draws icons") };
    icon
}

fn icon_of(actor: &Actor) -> &Icon {
    icon_in(&actor.block)
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
fn a_subnet_with_two_default_routes_says_both() {
    let footer = |igw6: &str| {
        let route = format!(r#"{{"RouteTableId": "@Table", "DestinationIpv6CidrBlock": "::/0", {igw6}}}"#);
        let drawn = diagram(&[
            VPC,
            subnet("A", r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a"}"#),
            ("Gateway", "AWS::EC2::InternetGateway", "{}"),
            ("Attachment", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "InternetGatewayId": "@Gateway"}"#),
            ("EgressOnly", "AWS::EC2::EgressOnlyInternetGateway", r#"{"VpcId": "@Vpc"}"#),
            ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
            ("Association", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@A", "RouteTableId": "@Table"}"#),
            (
                "Out",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Gateway"}"#,
            ),
            ("Out6", "AWS::EC2::Route", &route),
        ]);
        let sections = sections(&drawn);
        rows(sections[0])[0].cells[0].heading.footer[0].text.clone()
    };
    assert_eq!(footer(r#""GatewayId": "@Gateway""#), "public: 0.0.0.0/0 and ::/0 → internet gateway");
    assert_eq!(
        footer(r#""EgressOnlyInternetGatewayId": "@EgressOnly""#),
        "public: 0.0.0.0/0 → internet gateway, ::/0 → egress-only internet gateway"
    );
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

const C: &str = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.5.0/24", "AvailabilityZone": "eu-west-1c"}"#;

/// A band's name and its columns.
type Named = (String, (usize, usize));

/// The bands of the first row of three zones in which each group has these two subnets, and the columns' order.
fn bands_over(groups: &[(&str, [&str; 2])]) -> (Vec<Named>, Vec<String>) {
    let written = groups.iter().map(|(id, [a, b])| (*id, group(&format!(r#""@{a}", "@{b}""#), 2))).collect::<Vec<_>>();
    let mut resources = vec![VPC, subnet("App1", A), subnet("App2", B), subnet("App3", C)];
    resources.extend(written.iter().map(|(id, group)| (*id, "AWS::AutoScaling::AutoScalingGroup", group.as_str())));
    let diagram = diagram(&resources);
    let row = rows(sections(&diagram)[0])[0];
    let name = |band: &crate::diagram::Band| band.heading.title[0].text.clone();
    let ids: Vec<&str> = row.bands.iter().map(|band| band.heading.about.id.as_str()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<std::collections::BTreeSet<_>>().len(), "{ids:?}");
    let bands = row.bands.iter().map(|band| (name(band), band.columns)).collect();
    (bands, row.cells.iter().map(|cell| cell.heading.title[0].text.clone()).collect())
}

#[test]
fn zones_change_places_where_that_keeps_a_band_whole() {
    let (bands, cells) = bands_over(&[("Outer", ["App1", "App3"])]);
    assert_eq!(bands, [("Outer".to_string(), (0, 1))]);
    assert_eq!(cells, ["App1", "App3", "App2"]);
}

#[test]
fn where_no_order_of_zones_keeps_all_bands_whole_one_is_drawn_in_pieces_of_one_name() {
    let (bands, cells) =
        bands_over(&[("First", ["App1", "App2"]), ("Last", ["App2", "App3"]), ("Outer", ["App1", "App3"])]);
    let band = |name: &str, columns| (name.to_string(), columns);
    assert_eq!(bands, [band("First", (0, 1)), band("Outer", (0, 0)), band("Outer", (2, 2)), band("Last", (1, 2))]);
    assert_eq!(cells, ["App1", "App2", "App3"]);
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
    assert_eq!(icons[0].label[0].text, "7 instances");
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

/// How many columns each matrix has, and through which of them each VPC's zones run.
fn shared(inventory: &crate::inventory::Inventory) -> (Vec<usize>, Vec<Vec<bool>>) {
    let diagram = compose(&drawn(inventory).0, &Options::default()).remove(0).diagram;
    let columns = matrices(&diagram).iter().map(|matrix| matrix.columns.len()).collect();
    (columns, sections(&diagram).iter().map(|section| section.zones.clone()).collect())
}

const PEER: Resource = ("Peer", "AWS::EC2::VPC", r#"{"CidrBlock": "10.9.0.0/16"}"#);

#[test]
fn vpcs_that_share_a_zone_share_its_column_however_it_is_named() {
    for zone in ["eu-west-1a", "<AZ 1>", "<FirstZone>"] {
        let inside = |vpc: &str, zone: &str| format!(r#"{{"VpcId": "@{vpc}", "AvailabilityZone": "{zone}"}}"#);
        let (here, there, own) = (inside("Vpc", zone), inside("Peer", zone), inside("Vpc", "eu-west-1f"));
        let resources = [VPC, PEER, subnet("App1", &here), subnet("App2", &own), subnet("Data1", &there)];
        let (columns, zones) = shared(&sketch(&resources));
        assert_eq!(columns, [2], "{zone}");
        assert_eq!((zones[0].as_slice(), zones[1].iter().filter(|z| **z).count()), ([true, true].as_slice(), 1));
    }
}

#[test]
fn a_parameter_of_another_input_names_no_shared_zone() {
    let zone = r#"{"VpcId": "@Vpc", "AvailabilityZone": "<FirstZone>"}"#;
    let mut inventory = sketch(&[VPC, subnet("App1", zone)]);
    add(&mut inventory, "other", &[VPC, subnet("App1", zone)]);
    assert_eq!(shared(&inventory).0, [1, 1]);
}

#[test]
fn vpcs_that_share_no_zone_are_joined_by_one_that_shares_with_both() {
    let b = r#"{"VpcId": "@Peer", "AvailabilityZone": "eu-west-1b"}"#;
    let both = ("Transit", "AWS::EC2::VPC", r#"{"CidrBlock": "10.10.0.0/16"}"#);
    let [first, second] = ["a", "b"].map(|z| format!(r#"{{"VpcId": "@Transit", "AvailabilityZone": "eu-west-1{z}"}}"#));
    let apart = [VPC, PEER, subnet("App1", A), subnet("Data1", b)];
    assert_eq!(shared(&sketch(&apart)).0, [1, 1]);
    let mut joined = apart.to_vec();
    joined.extend([both, subnet("T1", &first), subnet("T2", &second)]);
    assert_eq!(shared(&sketch(&joined)), (vec![2], vec![vec![true, false], vec![false, true], vec![true, true]]));
}

#[test]
fn vpcs_that_would_make_a_tower_stand_apart_though_they_share_zones() {
    let ids = ["Web", "App", "Queue", "Batch", "Cache", "Data"];
    let there = r#"{"VpcId": "@Peer", "AvailabilityZone": "eu-west-1a"}"#;
    let vpcs = |rows: usize| {
        let subnets = ids.into_iter().map(|id| subnet(id, A)).take(rows);
        shared(&sketch(&[VPC, PEER, subnet("Peer1", there)].into_iter().chain(subnets).collect::<Vec<_>>())).0
    };
    assert_eq!((vpcs(3), vpcs(6)), (vec![1], vec![1, 1]));
}

#[test]
fn subnets_whose_names_do_not_tell_stand_in_one_row_with_those_of_their_route_table() {
    let table = ("Inner", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#);
    let other = ("Other", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#);
    let link = |id, subnet, table| (id, "AWS::EC2::SubnetRouteTableAssociation", (subnet, table));
    let links =
        [link("L1", "S1", "Inner"), link("L2", "S2", "Other"), link("L3", "S3", "Other"), link("L4", "S4", "Inner")];
    let links: Vec<(&str, &str, String)> = links
        .iter()
        .map(|(id, kind, (s, t))| (*id, *kind, format!(r#"{{"SubnetId": "@{s}", "RouteTableId": "@{t}"}}"#)))
        .collect();
    let mut resources = vec![VPC, table, other, subnet("S1", A), subnet("S2", A2), subnet("S3", B), subnet("S4", B2)];
    resources.extend(links.iter().map(|(id, kind, properties)| (*id, *kind, properties.as_str())));
    let rows = named(sections(&diagram(&resources))[0]);
    let row = |a: &str, b: &str| vec![(0, a.to_string()), (1, b.to_string())];
    assert_eq!(rows, [row("S1", "S4"), row("S2", "S3")]);
}

#[test]
fn subnets_are_of_like_names_whatever_way_the_name_tells_the_zone() {
    let named = |cidr: &str, zone: &str, name: &str| {
        format!(
            r#"{{"VpcId": "@Vpc", "CidrBlock": "10.0.{cidr}.0/24", "AvailabilityZone": "us-east-1{zone}",
                "Tags": [{{"Key": "Name", "Value": "{name}"}}]}}"#
        )
    };
    for (app, data) in [
        (["app-a", "app-b"], ["data-a", "data-b"]),
        (["AppSubnetA", "AppSubnetB"], ["DataSubnetA", "DataSubnetB"]),
        (["AppUSEAST1A", "AppUSEAST1B"], ["DataUSEAST1A", "DataUSEAST1B"]),
        (["lab app us-east-1a", "lab app us-east-1b"], ["lab data us-east-1a", "lab data us-east-1b"]),
    ] {
        // In the second zone, the blocks are in another order than in the first.
        let properties =
            [named("1", "a", app[0]), named("4", "b", app[1]), named("2", "a", data[0]), named("3", "b", data[1])];
        let mut resources = vec![VPC];
        resources.extend(["S1", "S2", "S3", "S4"].into_iter().zip(&properties).map(|(id, p)| subnet(id, p)));
        let rows = self::named(sections(&diagram(&resources))[0]);
        let row = |[a, b]: [&str; 2]| vec![(0, a.to_string()), (1, b.to_string())];
        assert_eq!(rows, [row(app), row(data)]);
    }
}

#[test]
fn the_legend_explains_each_line_and_band_once_and_can_be_left_out() {
    let group = group(r#""@App1", "@App2""#, 2);
    let resources =
        [VPC, subnet("App1", A), subnet("App2", B), ("Group", "AWS::AutoScaling::AutoScalingGroup", &*group)];
    let diagram = diagram(&resources);
    let bands = diagram.legend.iter().filter(|(s, _)| *s == Sample::Swatch(Swatch::Frame(FrameLook::AutoScalingGroup)));
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
    assert_eq!(sections(&diagram)[0].heading.title[0].text, "safe□name□");
}

const PEERING: Resource = ("Peering", "AWS::EC2::VPCPeeringConnection", r#"{"VpcId": "@Vpc", "PeerVpcId": "@Peer"}"#);

fn border(section: &Section) -> Vec<&str> {
    section.border.iter().map(|icon| icon.icon.about.id.as_str()).collect()
}

fn connections(diagram: &Diagram) -> Vec<(&str, &str)> {
    let edges = diagram.edges.iter().filter(|edge| edge.look == EdgeLook::Connection);
    edges.map(|edge| (edge.from.as_str(), edge.to.as_str())).collect()
}

#[test]
fn a_peering_leads_from_one_vpc_s_border_to_the_other_s() {
    let diagram = diagram(&[VPC, PEER, PEERING]);
    let borders: Vec<_> = sections(&diagram).into_iter().map(border).collect();
    assert_eq!(borders, [["lab/Peering"], ["lab/Peering/accepter"]]);
    assert_eq!(connections(&diagram), [("lab/Peering", "lab/Peering/accepter")]);
}

#[test]
fn an_attachment_stands_on_its_vpc_s_border_and_leads_to_the_transit_gateway() {
    let gateway = ("Tgw", "AWS::EC2::TransitGateway", "{}");
    let join = |gateway: &str| format!(r#"{{"VpcId": "@Vpc", "TransitGatewayId": "{gateway}"}}"#);
    let (inside, outside) = (join("@Tgw"), join("tgw-1"));
    let made = diagram(&[VPC, gateway, ("Join", "AWS::EC2::TransitGatewayAttachment", &inside)]);
    assert_eq!(border(sections(&made)[0]), ["lab/Join"]);
    assert_eq!(connections(&made), [("lab/Join", "lab/Tgw")]);
    let named = diagram(&[VPC, ("Join", "AWS::EC2::TransitGatewayAttachment", &outside)]);
    assert_eq!(connections(&named), [("lab/Join", "external/transit-gateway/tgw-1")]);
}

#[test]
fn only_availability_zones_are_counted_as_such_and_those_of_each_region() {
    let zone = |zone: &str| format!(r#"{{"VpcId": "@Vpc", "AvailabilityZone": "{zone}"}}"#);
    let (first, local) = (zone("<AZ 1>"), zone("us-west-2-lax-1a"));
    let mut inventory = sketch(&[VPC, subnet("App1", &first), subnet("Edge", &local)]);
    add(&mut inventory, "far", &[VPC, subnet("App1", &first)]);
    inventory.stacks[0].region = Some(Known::Yes("us-west-2".into()));
    inventory.stacks[1].region = Some(Known::Yes("eu-west-1".into()));
    let diagram = compose(&drawn(&inventory).0, &Options::default()).remove(0).diagram;
    assert!(diagram.subtitle.contains("2 Availability Zones"), "{}", diagram.subtitle);
}

#[test]
fn every_line_of_a_diagram_joins_what_is_in_it() {
    let vgw = ("Vpn", "AWS::EC2::VPNConnection", r#"{"VpnGatewayId": "vgw-1", "CustomerGatewayId": "cgw-1"}"#);
    let page = compose(&drawn(&sketch(&[VPC, subnet("App1", A), vgw])).0, &Options::default()).remove(0);
    let drawn = super::undrawn::drawn(&page.diagram);
    assert!(page.diagram.edges.iter().all(|edge| drawn.contains(&edge.from) && drawn.contains(&edge.to)));
    assert_eq!(page.left_out.len(), 1, "{:?}", page.left_out);
}

#[test]
fn low_detail_is_names_and_high_detail_is_all_that_hovering_tells() {
    let host = ("Host", "AWS::EC2::Instance", r#"{"SubnetId": "@App1", "InstanceType": "t3.micro"}"#);
    let resources = [VPC, subnet("App1", A), subnet("App2", B), CLUSTER, host];
    let drawn = |detail| drawn_with(&resources, Options { detail, ..Options::default() });
    let low = drawn(Detail::Low);
    let vpc = sections(&low)[1];
    assert!(icons(vpc).iter().all(|icon| icon.label.len() == 1));
    assert!(rows(vpc)[0].cells.iter().all(|cell| cell.heading.footer.is_empty()));
    assert!(low.edges.iter().all(|edge| edge.look != crate::look::EdgeLook::Internal));
    let Row::Span(blocks) = &sections(&low)[0].rows[0] else { panic!("a control plane is a span") };
    assert!(blocks.iter().all(|block| matches!(block, Block::Icon(_))));

    let high = drawn(Detail::High);
    let footer: Vec<&str> =
        rows(sections(&high)[1])[0].cells[0].heading.footer.iter().map(|words| words.text.as_str()).collect();
    let because = &rows(sections(&high)[1])[0].cells[0].heading.about.tooltip;
    assert!(because.ends_with(&footer.join(" ")), "{footer:?} is not the whole of {because}");
    assert!(footer.len() > 1);
}

const OUTPOST: &str = "arn:aws:outposts:eu-west-1:111122223333:outpost/op-1";

#[test]
fn a_local_cluster_s_control_plane_is_on_its_outpost_and_not_said_to_be_in_a_vpc_of_aws() {
    let cluster = format!(
        r#"{{"Name": "edge", "ResourcesVpcConfig": {{"SubnetIds": ["@App1"]}},
            "OutpostConfig": {{"OutpostArns": ["{OUTPOST}"]}}}}"#
    );
    let diagram = diagram(&[VPC, subnet("App1", A), ("Cluster", "AWS::EKS::Cluster", &cluster)]);
    let heading = &sections(&diagram)[0].heading;
    assert_eq!(heading.title[1].text, "on Outpost op-1");
    assert_ne!(heading.badge, Some(Glyph::GroupManagedVpc));
}

#[test]
fn a_default_route_over_an_attachment_goes_on_to_the_transit_gateway_and_is_the_one_line_there() {
    let route = r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "@Tgw"}"#;
    let diagram = diagram(&[
        VPC,
        subnet("App1", A),
        ("Tgw", "AWS::EC2::TransitGateway", "{}"),
        ("Join", "AWS::EC2::TransitGatewayAttachment", r#"{"VpcId": "@Vpc", "TransitGatewayId": "@Tgw"}"#),
        ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
        ("Association", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@App1", "RouteTableId": "@Table"}"#),
        ("Out", "AWS::EC2::Route", route),
    ]);
    let lines: Vec<_> = diagram.edges.iter().map(|edge| (edge.look, edge.from.as_str(), edge.to.as_str())).collect();
    let egress = EdgeLook::Egress;
    assert_eq!(lines, [(egress, "lab/App1", "lab/Join"), (egress, "lab/Join", "lab/Tgw")]);
}
