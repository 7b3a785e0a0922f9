//! Many VPCs on a page each.

use super::{Options, Page, Resource, compose, icon_of, sections};
use crate::architecture::sketch::{drawn, sketch};
use crate::look::Glyph;

/// `Vpc1`, `Vpc2`, ... each peered with the one before it.
fn many_vpcs(n: usize) -> Vec<Page> {
    let names: Vec<[String; 4]> = (1..=n)
        .map(|n| [format!("Vpc{n}"), format!("10.{n}.0.0/16"), format!("Peering{n}"), format!("Sub{n}")])
        .collect();
    let texts: Vec<(String, String, String)> = names
        .iter()
        .enumerate()
        .map(|(before, [vpc, cidr, ..])| {
            let peering = format!(r#"{{"VpcId": "@{vpc}", "PeerVpcId": "@Vpc{before}"}}"#);
            let inside = format!(r#"{{"VpcId": "@{vpc}", "CidrBlock": "{cidr}", "AvailabilityZone": "eu-west-1a"}}"#);
            (format!(r#"{{"CidrBlock": "{cidr}"}}"#), peering, inside)
        })
        .collect();
    let mut resources: Vec<Resource> = Vec::new();
    for ([vpc, _, peering, inside], (cidr, ends, properties)) in names.iter().zip(&texts) {
        resources.push((vpc, "AWS::EC2::VPC", cidr));
        resources.push((inside, "AWS::EC2::Subnet", properties));
        if vpc != "Vpc1" {
            resources.push((peering, "AWS::EC2::VPCPeeringConnection", ends));
        }
    }
    compose(&drawn(&sketch(&resources)).0, &Options::default())
}

#[test]
fn seven_vpcs_have_a_page_each_behind_an_overview() {
    assert_eq!(many_vpcs(6).len(), 1);
    let pages = many_vpcs(7);
    let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names, ["Overview", "Vpc1", "Vpc2", "Vpc3", "Vpc4", "Vpc5", "Vpc6", "Vpc7"]);
    let frames = sections(&pages[0].diagram);
    assert_eq!(
        frames[0].heading.title.iter().map(|w| w.text.as_str()).collect::<Vec<_>>()[1..],
        ["10.1.0.0/16", "1 subnet, 1 Availability Zone"]
    );
    assert_eq!(frames[2].heading.pills[0].text, "page 4");
    assert_eq!(pages[0].diagram.edges.len(), 6);
    assert!(pages.iter().all(|page| page.left_out.is_empty()));
}

#[test]
fn on_its_own_page_a_vpc_shows_its_peers_as_outside() {
    let pages = many_vpcs(7);
    let outside =
        |page: usize| pages[page].diagram.left.iter().map(|a| icon_of(a).label[0].text.clone()).collect::<Vec<_>>();
    assert_eq!(
        (outside(1), outside(2), outside(7)),
        (vec!["Vpc2".to_string()], vec!["Vpc1".to_string(), "Vpc3".to_string()], vec!["Vpc6".to_string()])
    );
    assert_eq!(icon_of(&pages[1].diagram.left[0]).glyph, Glyph::GroupVpc);
    assert_eq!(sections(&pages[3].diagram).len(), 1);
}
