//! What holds for boxes.

use super::sketch::{assert_lawful, cell, heading, icon, member, network, rect, row};
use crate::diagram::{Band, Block, Row, Section};
use crate::layout::lay_out;
use crate::look::FrameLook;

#[test]
fn zones_are_equally_wide_whatever_they_hold() {
    let full = vec![vec![icon("a"), icon("b"), icon("c")]];
    let scene = lay_out(&network(2, vec![row(vec![cell("s0", 0, full), cell("s1", 1, vec![vec![]])], vec![])], vec![]));
    assert_eq!(rect(&scene, "zone0").width(), rect(&scene, "zone1").width());
    assert_lawful(&scene);
}

#[test]
fn a_row_has_one_top_and_one_bottom_in_every_column() {
    let cells = vec![cell("s0", 0, vec![vec![icon("a")]]), cell("s1", 1, vec![vec![]])];
    let scene = lay_out(&network(2, vec![row(cells, vec![])], vec![]));
    let (a, b) = (rect(&scene, "s0"), rect(&scene, "s1"));
    assert_eq!((a.top, a.bottom), (b.top, b.bottom));
}

#[test]
fn a_band_is_one_rectangle_over_its_zones_with_its_members_inside() {
    let lanes = |n: usize| vec![vec![icon(&format!("nat{n}"))], vec![member(&format!("node{n}"), "band")]];
    let cells = vec![cell("s0", 0, lanes(0)), cell("s1", 1, lanes(1))];
    let band = Band { heading: heading("band", FrameLook::NodeGroup, "nodes"), lane: 1, columns: (0, 1) };
    let scene = lay_out(&network(2, vec![row(cells, vec![band])], vec![]));
    let band = rect(&scene, "band");
    assert!(band.contains(rect(&scene, "node0")) && band.contains(rect(&scene, "node1")));
    assert!(!band.overlaps(rect(&scene, "nat0")) && !band.overlaps(rect(&scene, "nat1")));
    assert_lawful(&scene);
}

#[test]
fn a_matrix_without_columns_is_as_wide_as_its_heading() {
    let mut diagram = network(0, vec![], vec![]);
    diagram.right.clear();
    assert_lawful(&lay_out(&diagram));
}

#[test]
fn a_zone_of_two_vpcs_is_one_frame_through_both() {
    let mut diagram = network(2, vec![row(vec![cell("s0", 0, vec![vec![icon("a")]])], vec![])], vec![]);
    let Some(Block::Frame(cloud)) = diagram.body.first_mut() else { panic!("the cloud") };
    let Some(Block::Matrix(matrix)) = cloud.blocks.first_mut() else { panic!("the matrix") };
    matrix.sections.push(Section {
        heading: heading("peer", FrameLook::Vpc, "another vpc 10.9.0.0/16"),
        zones: vec![true, false],
        rows: vec![Row::Cells(row(vec![cell("p0", 0, vec![vec![icon("b")]])], vec![]))],
        border: Vec::new(),
    });
    let scene = lay_out(&diagram);
    let zone = rect(&scene, "zone0");
    assert!(zone.contains(rect(&scene, "s0")) && zone.contains(rect(&scene, "p0")));
    assert!(rect(&scene, "zone1").bottom < rect(&scene, "peer").bottom);
    assert_lawful(&scene);
}
