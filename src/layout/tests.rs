//! What holds for placed pictures, on small diagrams made by hand and on random ones.

use proptest::prelude::*;

use super::{check, lay_out};
use crate::diagram::{
    About, Actor, Band, Block, BorderIcon, Cell, Cells, Column, Diagram, Edge, Flow, Frame, Heading, Icon, Matrix, Row,
    Section, Side, Words,
};
use crate::geom::{Point, Rect};
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, TextSize, Weight};
use crate::scene::{Arrows, Item, Kind, Scene, TextRole};

fn about(id: &str) -> About {
    About { id: id.to_string(), type_name: "test".to_string(), ..About::default() }
}

fn words(text: &str) -> Vec<Words> {
    let words =
        |text: &str| Words { text: text.to_string(), size: TextSize::Body, weight: Weight::Regular, ink: Ink::Primary };
    if text.is_empty() { Vec::new() } else { vec![words(text)] }
}

fn heading(id: &str, look: FrameLook, title: &str) -> Heading {
    Heading {
        about: about(id),
        look,
        badge: Some(Glyph::GroupVpc),
        external: false,
        title: words(title),
        aside: None,
        pills: Vec::new(),
        footer: Vec::new(),
    }
}

fn icon(id: &str) -> Icon {
    named_icon(id, id)
}

fn named_icon(id: &str, name: &str) -> Icon {
    let label = words(name);
    Icon { about: about(id), glyph: Glyph::Instance, external: false, label, pills: Vec::new(), band: None }
}

fn member(id: &str, band: &str) -> Icon {
    Icon { band: Some(band.to_string()), ..icon(id) }
}

fn edge(from: &str, to: &str) -> Edge {
    Edge {
        about: about(&format!("{from}>{to}")),
        look: EdgeLook::Egress,
        from: from.to_string(),
        to: to.to_string(),
        arrows: Arrows::End,
        label: None,
        bundle: None,
    }
}

fn cell(id: &str, column: usize, lanes: Vec<Vec<Icon>>) -> Cell {
    Cell { heading: heading(id, FrameLook::PublicSubnet, id), column, lanes }
}

/// A VPC with these rows in columns that are all zones, and a gateway on its right border.
fn network(columns: usize, rows: Vec<Cells>, edges: Vec<Edge>) -> Diagram {
    let zone = |c| Column { zone: Some(heading(&format!("zone{c}"), FrameLook::Zone, &format!("Zone {c}"))) };
    let section = Section {
        heading: heading("vpc", FrameLook::Vpc, "vpc 10.0.0.0/16"),
        zones: vec![true; columns],
        rows: rows.into_iter().map(Row::Cells).collect(),
        border: vec![BorderIcon { icon: icon("gateway"), side: Side::Right }],
    };
    let matrix = Matrix { columns: (0..columns).map(zone).collect(), sections: vec![section] };
    let cloud = Frame {
        heading: heading("cloud", FrameLook::Cloud, "Cloud"),
        flow: Flow::Column,
        blocks: vec![Block::Matrix(matrix)],
    };
    Diagram {
        title: "Test".to_string(),
        body: vec![Block::Frame(cloud)],
        right: vec![Actor { icon: icon("internet"), level_with: Some("gateway".to_string()) }],
        edges,
        ..Diagram::default()
    }
}

fn row(cells: Vec<Cell>, bands: Vec<Band>) -> Cells {
    let lanes = cells.iter().map(|c| c.lanes.len()).max().unwrap_or(1);
    Cells { cells, lanes, bands }
}

fn item<'a>(scene: &'a Scene, id: &str) -> &'a Item {
    scene.items.iter().find(|i| i.id == id).unwrap_or_else(|| panic!("{id} is not in the scene"))
}

fn rect(scene: &Scene, id: &str) -> Rect {
    item(scene, id).rect
}

fn points(scene: &Scene, id: &str) -> Vec<Point> {
    match &item(scene, id).kind {
        Kind::Edge(edge) => edge.points.clone(),
        _ => panic!("{id} is no edge"),
    }
}

fn assert_lawful(scene: &Scene) {
    let broken: Vec<String> = check::check(scene).iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

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
fn a_gateway_is_met_from_inside_at_its_inner_side_and_from_outside_at_its_outer_one() {
    let cells = vec![cell("s0", 0, vec![vec![icon("host")]])];
    let edges = vec![edge("host", "gateway"), edge("gateway", "internet")];
    let scene = lay_out(&network(1, vec![row(cells, vec![])], edges));
    let gateway = rect(&scene, "gateway");
    assert_eq!(points(&scene, "host>gateway").last().map(|p| p.x), Some(gateway.left));
    assert_eq!(points(&scene, "gateway>internet").first().map(|p| p.x), Some(gateway.right));
    assert_lawful(&scene);
}

#[test]
fn an_edge_goes_around_the_icon_that_stands_between_its_ends() {
    let cells = vec![cell("s0", 0, vec![vec![icon("left"), icon("middle"), icon("right")]])];
    let scene = lay_out(&network(1, vec![row(cells, vec![])], vec![edge("left", "right")]));
    assert!(points(&scene, "left>right").len() > 2);
    assert_lawful(&scene);
}

#[test]
fn edges_that_take_one_way_stay_side_by_side_and_do_not_cross() {
    let cells = vec![cell("s0", 0, vec![vec![icon("host"), icon("a neighbour with a name")]])];
    let mut edges = vec![edge("host", "gateway"), edge("gateway", "host")];
    edges[1].look = EdgeLook::Administration;
    let scene = lay_out(&network(1, vec![row(cells, vec![])], edges));
    assert_eq!(check::metrics(&scene).crossings, 0);
    assert_lawful(&scene);
}

#[test]
fn edges_of_one_bundle_run_together_into_their_common_end() {
    let cells = (0..3).map(|n| cell(&format!("s{n}"), n, vec![vec![icon(&format!("nat{n}"))]])).collect();
    let mut edges: Vec<Edge> = (0..3).map(|n| edge(&format!("nat{n}"), "gateway")).collect();
    for edge in &mut edges {
        edge.bundle = Some("egress".to_string());
    }
    let scene = lay_out(&network(3, vec![row(cells, vec![])], edges));
    let ends: Vec<_> = (0..3).map(|n| points(&scene, &format!("nat{n}>gateway")).last().copied()).collect();
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    assert_lawful(&scene);
}

#[test]
fn an_actor_stands_level_with_its_gateway_so_that_the_edge_runs_straight() {
    let cells = vec![cell("s0", 0, vec![vec![icon("host")]])];
    let scene = lay_out(&network(1, vec![row(cells, vec![])], vec![edge("gateway", "internet")]));
    assert_eq!(points(&scene, "gateway>internet").len(), 2);
}

#[test]
fn an_edge_may_pass_a_border_beside_its_gateway() {
    let cells = vec![cell("s0", 0, vec![vec![icon("host")]])];
    let scene = lay_out(&network(1, vec![row(cells, vec![])], vec![edge("host", "internet")]));
    assert_eq!(scene.relaxed, Vec::<String>::new());
}

#[test]
fn a_label_stands_clear_of_every_text_icon_and_border() {
    let cells = vec![cell("s0", 0, vec![vec![icon("host")]])];
    let mut edges = vec![edge("host", "gateway")];
    edges[0].label = Some("HTTPS 443".to_string());
    let scene = lay_out(&network(1, vec![row(cells, vec![])], edges));
    let labels = scene.items.iter().filter(|i| matches!(&i.kind, Kind::Text(t) if t.role == TextRole::EdgeLabel));
    assert_eq!(labels.count(), 1);
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

/// Names as they occur: nothing, short, long, without a place to break, Korean.
fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a".to_string()),
        Just("PublicSubnet1".to_string()),
        Just("a-very-long-name-of-a-resource-in-a-stack-of-stacks-and-more".to_string()),
        Just("Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww".to_string()),
        Just("퍼블릭 서브넷 하나와 긴 이름을 가진 리소스".to_string()),
    ]
}

prop_compose! {
    /// A VPC with up to four zones and three rows, some cells missing, bands over any run of columns, up to five
    /// icons a cell, and edges between anything.
    fn a_network()(
        columns in 1usize..5,
        shape in prop::collection::vec((prop::collection::vec((any::<bool>(), 0usize..5), 4), prop::option::of((0usize..4, 0usize..4))), 1..4),
        names in prop::collection::vec(a_name(), 64),
        pairs in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..8),
    ) -> Diagram {
        let mut ids = vec!["gateway".to_string(), "internet".to_string()];
        let mut name = names.into_iter().cycle();
        let mut rows = Vec::new();
        for (r, (cells, band)) in shape.into_iter().enumerate() {
            let band = band.map(|(a, b)| (a.min(b), a.max(b))).filter(|(_, last)| *last < columns);
            let mut made = Vec::new();
            for (c, (there, icons)) in cells.into_iter().enumerate().take(columns) {
                let id = format!("s{r}{c}");
                let within = band.is_some_and(|(first, last)| (first..=last).contains(&c));
                if !there && !within {
                    continue;
                }
                let mut lanes = vec![Vec::new(), Vec::new()];
                for n in 0..icons {
                    let icon_id = format!("{id}i{n}");
                    lanes[0].push(named_icon(&icon_id, &name.next().unwrap_or_default()));
                    ids.push(icon_id);
                }
                if within {
                    lanes[1].push(member(&format!("{id}m"), &format!("band{r}")));
                }
                let mut cell = cell(&id, c, lanes);
                cell.heading.title = words(&name.next().unwrap_or_default());
                made.push(cell);
            }
            let bands = band.map(|columns| {
                ids.push(format!("band{r}"));
                let title = name.next().unwrap_or_default();
                Band { heading: heading(&format!("band{r}"), FrameLook::NodeGroup, &title), lane: 1, columns }
            });
            if !made.is_empty() {
                rows.push(Cells { cells: made, lanes: 2, bands: bands.into_iter().collect() });
            }
        }
        let mut edges: Vec<Edge> = Vec::new();
        for (a, b) in pairs {
            let made = edge(a.get(&ids[..]).as_str(), b.get(&ids[..]).as_str());
            if made.from != made.to && edges.iter().all(|e| e.about.id != made.about.id) {
                edges.push(made);
            }
        }
        network(columns, rows, edges)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_networks_without_edges_obey_all_laws(diagram in a_network()) {
        let scene = lay_out(&Diagram { edges: Vec::new(), ..diagram });
        let broken: Vec<String> = check::check(&scene).iter().map(ToString::to_string).collect();
        prop_assert!(broken.is_empty(), "{broken:#?}");
    }

    #[test]
    fn edges_of_random_networks_obey_all_laws_or_the_scene_says_what_was_relaxed(diagram in a_network()) {
        let scene = lay_out(&diagram);
        let broken: Vec<String> = check::check(&scene).iter().map(ToString::to_string).collect();
        prop_assert!(broken.is_empty() || !scene.relaxed.is_empty(), "{broken:#?}");
    }
}
