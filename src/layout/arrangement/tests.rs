//! What suits the page, as numbers and on small diagrams made by hand.

use super::*;
use crate::diagram::{
    About, Actor, Band, Block, BorderIcon, Cell, Cells, Column, Diagram, Edge, Flow, Frame, Heading, Icon, Matrix, Row,
    Section, Side, Words,
};
use crate::geom::{Rect, size};
use crate::layout::gaps::Slack;
use crate::layout::{check, lay_out, p3_place};
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, TextSize, Weight};
use crate::scene::{Arrows, Scene};

fn about(id: &str) -> About {
    About { id: id.to_string(), ..About::default() }
}

fn words(text: &str) -> Vec<Words> {
    vec![Words { text: text.to_string(), size: TextSize::Body, weight: Weight::Regular, ink: Ink::Primary }]
}

fn heading(id: &str, look: FrameLook) -> Heading {
    let (badge, title) = (Some(Glyph::GroupVpc), words(id));
    Heading {
        about: about(id),
        look,
        badge,
        external: false,
        title,
        aside: None,
        pills: Vec::new(),
        footer: Vec::new(),
    }
}

fn icon(id: &str) -> Icon {
    let label = words(id);
    Icon { about: about(id), glyph: Glyph::Instance, external: false, label, pills: Vec::new(), band: None }
}

fn frame(id: &str, look: FrameLook, flow: Flow, blocks: Vec<Block>) -> Block {
    Block::Frame(Frame { heading: heading(id, look), flow, blocks, band: None })
}

/// A VPC of two zones under its control plane; each zone has one cell of so many icons, and a lane for each band.
fn network(name: &str, icons: usize, bands: usize) -> Block {
    let id = |part: &str| format!("{name}{part}");
    let cell = |c: usize| {
        let mut lanes = vec![(0..icons).map(|n| Block::Icon(icon(&id(&format!("i{c}{n}"))))).collect()];
        lanes.extend((0..bands).map(|b| {
            let member = icon(&id(&format!("m{c}{b}")));
            vec![Block::Icon(Icon { band: Some(id(&format!("band{b}"))), ..member })]
        }));
        Cell { heading: heading(&id(&format!("s{c}")), FrameLook::PublicSubnet), column: c, lanes }
    };
    let band =
        |b| Band { heading: heading(&id(&format!("band{b}")), FrameLook::NodeGroup), lane: b + 1, columns: (0, 1) };
    let cells = Cells { cells: vec![cell(0), cell(1)], lanes: bands + 1, bands: (0..bands).map(band).collect() };
    let plane = ["cluster", "etcd", "api", "endpoint"].map(|part| Block::Icon(icon(&id(part))));
    let sections = vec![
        Section {
            heading: heading(&id("plane"), FrameLook::ControlPlane),
            zones: vec![false, false],
            rows: vec![Row::Span(plane.to_vec())],
            border: Vec::new(),
        },
        Section {
            heading: heading(&id("vpc"), FrameLook::Vpc),
            zones: vec![true, true],
            rows: vec![Row::Cells(cells)],
            border: vec![BorderIcon { icon: icon(&id("gateway")), side: Side::Right }],
        },
    ];
    let zone = |c| Column { zone: Some(heading(&id(&format!("zone{c}")), FrameLook::Zone)) };
    Block::Matrix(Matrix { columns: vec![zone(0), zone(1)], sections })
}

fn page(main: Block, services: usize) -> Diagram {
    let services = (0..services).map(|n| Block::Icon(icon(&format!("service{n}")))).collect();
    let services = frame("services", FrameLook::Services, Flow::Row, services);
    Diagram {
        title: "Test".to_string(),
        body: vec![frame("region", FrameLook::Region, Flow::Main, vec![main, services])],
        right: vec![Actor { block: Block::Icon(icon("internet")), level_with: None }],
        ..Diagram::default()
    }
}

fn rect(scene: &Scene, id: &str) -> Rect {
    scene.items.iter().find(|i| i.id == id).unwrap_or_else(|| panic!("{id} is not in the scene")).rect
}

fn assert_lawful(scene: &Scene) {
    let broken: Vec<String> = check::check(scene).iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

fn assert_well_shaped(scene: &Scene) {
    let page = scene.size;
    assert!(3 * page.width >= 4 * page.height && page.width <= 2 * page.height, "{page:?}");
}

#[test]
fn a_page_between_four_to_three_and_sixteen_to_nine_costs_nothing() {
    let how = Arrangement::default();
    for page in [size(1200, 900), size(1500, 1000), size(1600, 900)] {
        assert_eq!(how.cost(page, page), 0, "{page:?}");
    }
    for page in [size(1000, 1000), size(2000, 1000)] {
        assert!(how.cost(page, page) > 0, "{page:?}");
    }
}

#[test]
fn a_departure_must_be_worth_its_cost() {
    let moved = Arrangement { rest_beside: true, ..Arrangement::default() };
    let (nearly, fully) = (size(1190, 900), size(1200, 900));
    assert!(Arrangement::default().cost(nearly, nearly) < moved.cost(fully, nearly));
}

#[test]
fn of_two_pages_of_one_shape_the_larger_costs_more() {
    let how = Arrangement::default();
    assert!(how.cost(size(1500, 1000), size(1500, 1000)) < how.cost(size(3000, 2000), size(1500, 1000)));
}

#[test]
fn those_that_depart_least_are_tried_first() {
    let all = Arrangement::all(3);
    assert_eq!(all[0], Arrangement::default());
    assert!(all.is_sorted_by_key(Arrangement::departures));
}

#[test]
fn a_narrow_block_of_icons_is_never_wider_than_an_even_one_nor_that_than_a_wide_one() {
    for count in 0..200 {
        let [narrow, even, wide] = [Shape::Narrow, Shape::Even, Shape::Wide].map(|shape| shape.per_line(count));
        assert!(1 <= narrow && narrow <= even && even <= wide && wide <= count.max(1), "{count}");
    }
}

#[test]
fn many_networks_stand_in_lines_that_fill_the_page() {
    for count in [2, 3, 5, 12, 40] {
        let networks = (0..count).map(|n| network(&format!("n{n}"), 4, 1)).collect();
        let scene = lay_out(&page(frame("all", FrameLook::Plain, Flow::Shelves, networks), 3));
        assert_well_shaped(&scene);
        assert_lawful(&scene);
    }
}

#[test]
fn a_tall_network_has_its_control_plane_and_the_services_beside_it_or_lower_lanes() {
    for bands in 0..7 {
        let scene = lay_out(&page(network("n", 4, bands), 5));
        assert_well_shaped(&scene);
        assert_lawful(&scene);
    }
}

#[test]
fn a_hub_stands_left_of_what_it_joins_in_the_middle_of_it() {
    let join = |to: &str| Edge {
        about: about(to),
        look: EdgeLook::Connection,
        from: "hub".to_string(),
        to: to.to_string(),
        arrows: Arrows::Both,
        label: None,
        disc: None,
        bundle: None,
    };
    let mut diagram =
        page(frame("joined", FrameLook::Plain, Flow::Hubs, vec![network("n", 4, 2), Block::Icon(icon("hub"))]), 1);
    diagram.edges = vec![join("ni00"), join("nm01")];
    let scene = lay_out(&diagram);
    let [hub, upper, lower] = ["hub", "ni00", "nm01"].map(|id| rect(&scene, id));
    assert!(hub.right < rect(&scene, "nvpc").left);
    assert_eq!(hub.center().y, (upper.center().y + lower.center().y) / 2);
    assert_lawful(&scene);
}

#[test]
fn words_use_the_room_that_a_cell_has() {
    let long = "words that break in a narrow cell, and not in a wide one";
    let lines = |icons: usize| {
        let mut main = network("n", icons, 0);
        let Block::Matrix(matrix) = &mut main else { panic!("a network is a matrix") };
        let Row::Cells(row) = &mut matrix.sections[1].rows[0] else { panic!("a VPC has cells") };
        row.cells[0].heading.footer = words(long);
        for block in &mut row.cells[0].lanes[0] {
            let Block::Icon(icon) = block else { panic!("a cell of icons") };
            icon.label = words("an icon with a long label");
        }
        let diagram = page(main, 1);
        rect(&lay_out(&diagram), "ns0#footer").height()
    };
    assert!(lines(9) < lines(1));
}

#[test]
fn what_stands_beside_leaves_the_gateways_way_out_free() {
    let diagram = page(network("n", 9, 4), 1);
    let scene = lay_out(&diagram);
    let (gateway, plane) = (rect(&scene, "ngateway"), rect(&scene, "nplane"));
    assert!(plane.left > gateway.right, "the control plane stands beside");
    assert!(plane.top > gateway.bottom);
}

#[test]
fn a_band_with_room_has_its_words_beside_its_icons() {
    let mut diagram = page(network("n", 12, 1), 1);
    diagram.right.clear();
    let scene = lay_out(&diagram);
    let (title, member) = (rect(&scene, "nband0#heading"), rect(&scene, "nm00"));
    assert!(title.right < member.left && title.bottom > member.top, "{title:?} {member:?}");
}

#[test]
fn a_page_that_is_nearly_wide_enough_becomes_so_and_no_other() {
    assert_eq!(lacking_width(size(1300, 1000)), 34);
    assert_eq!(lacking_width(size(1500, 1000)), 0);
    assert_eq!(lacking_width(size(900, 1000)), 150);
}

#[test]
fn slack_makes_room_and_breaks_nothing() {
    let diagram = page(network("n", 4, 2), 2);
    let [tight, roomy] = [0, 24].map(|px| p3_place::place(&diagram, Slack::all(px)));
    assert!(roomy.size.width > tight.size.width && roomy.size.height > tight.size.height);
    assert_lawful(&roomy);
}
