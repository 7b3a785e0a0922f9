//! What holds for edges and their labels.

use super::sketch::{assert_lawful, cell, edge, heading, icon, member, network, points, rect, row};
use crate::diagram::{Band, Edge};
use crate::geom::{Point, Px, Rect};
use crate::layout::ground::Ground;
use crate::layout::p4_route::Ends;
use crate::layout::ports::{Facing, Port, ports};
use crate::layout::straighten::straighten;
use crate::layout::{check, lay_out};
use crate::look::{EdgeLook, FrameLook};
use crate::scene::{Kind, TextRole};

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
fn meeting_a_subnet_where_a_band_runs_past_it_is_dearer_than_beside_it() {
    let above = vec![cell("s0", 0, vec![vec![icon("nat")]])];
    let inner = [0, 1].map(|n| cell(&format!("p{n}"), n, vec![vec![member(&format!("m{n}"), "band")]]));
    let band = Band { heading: heading("band", FrameLook::NodeGroup, "band"), lane: 0, columns: (0, 1) };
    let scene = lay_out(&network(2, vec![row(above, vec![]), row(inner.into(), vec![band])], vec![]));
    let [subnet, nat] = ["p1", "nat"].map(|id| scene.items.iter().position(|item| item.id == id).expect("drawn"));
    let band = rect(&scene, "band");
    let ports = ports(&Ground::of(&scene), subnet, nat);
    let is_in_band = |port: &&Port| band.contains(Rect::spanning(port.outside(), port.outside()));
    let within = ports.iter().filter(is_in_band).map(|port| port.price).min();
    let beside = ports.iter().filter(|port| !is_in_band(port)).map(|port| port.price).max();
    assert!(within.is_some() && beside.is_some() && beside < within, "{ports:?}");
}

/// The levels, from the icons' middle, to which [`straighten`] brings the ends of edges from a left icon to a right one,
/// where further edges meet the left icon and the right one.
fn levelled<const N: usize>(edges: [[Px; 2]; N], at_left: &[Px], at_right: &[Px]) -> [[Px; 2]; N] {
    let cells = vec![cell("s0", 0, vec![vec![icon("left"), icon("right"), icon("other")]])];
    let scene = lay_out(&network(1, vec![row(cells, vec![])], vec![]));
    let [left, right, other] =
        ["left", "right", "other"].map(|id| scene.items.iter().position(|item| item.id == id).expect("drawn"));
    let ground = Ground::of(&scene);
    let port = |item, to, facing, by| {
        let mut port = *ports(&ground, item, to).iter().find(|port| port.facing == facing).expect("a side is open");
        port.at.y += by;
        vec![port]
    };
    let own = edges.iter().map(|[from, to]| {
        (left, right, [port(left, right, Facing::Right, *from), port(right, left, Facing::Left, *to)])
    });
    let aside = |item, to, facing, level: &Px| {
        (other, item, [port(other, item, Facing::Up, 0), port(item, to, facing, *level)])
    };
    let at_left = at_left.iter().map(|level| aside(left, right, Facing::Right, level));
    let at_right = at_right.iter().map(|level| aside(right, left, Facing::Left, level));
    let all: Vec<_> = own.chain(at_left).chain(at_right).collect();
    let edge = edge("left", "right");
    let ends: Vec<Ends> = all
        .iter()
        .enumerate()
        .map(|(n, (from, to, _))| Ends { edge: &edge, from: *from, to: *to, bundle: n as u32 })
        .collect();
    let mut places: Vec<_> = all.into_iter().map(|(_, _, places)| places).collect();
    straighten(&ground, &ends, &mut places);
    let middle = ground.rect(left).center().y;
    std::array::from_fn(|n| places[n].each_ref().map(|ports| ports[0].at.y - middle))
}

#[test]
fn ends_are_levelled_where_their_sides_have_room() {
    assert_eq!(levelled([[-8, -12], [8, 0]], &[], &[12]), [[-12, -12], [0, 0]]);
}

#[test]
fn ends_are_not_levelled_where_they_would_come_too_near_to_others() {
    assert_eq!(levelled([[8, 0]], &[], &[]), [[0, 0]]);
    assert_eq!(levelled([[8, 0]], &[-4], &[]), [[8, 8]]);
    assert_eq!(levelled([[8, 0]], &[-4], &[12]), [[8, 0]]);
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
fn edges_of_one_bundle_meet_a_band_where_each_comes_to_it_if_that_is_far_apart() {
    let members = [0, 1].map(|n| cell(&format!("s{n}"), n, vec![vec![member(&format!("m{n}"), "band")]]));
    let targets = [0, 1].map(|n| cell(&format!("t{n}"), n, vec![vec![icon(&format!("host{n}"))]]));
    let band = Band { heading: heading("band", FrameLook::NodeGroup, "band"), lane: 0, columns: (0, 1) };
    let mut edges = vec![edge("band", "host0"), edge("band", "host1")];
    for edge in &mut edges {
        edge.bundle = Some("targets".to_string());
    }
    let scene = lay_out(&network(2, vec![row(members.into(), vec![band]), row(targets.into(), vec![])], edges));
    for n in 0..2 {
        let [begin, end] = points(&scene, &format!("band>host{n}"))[..] else { panic!("not straight") };
        assert_eq!([begin.x, end.x], [rect(&scene, &format!("host{n}")).center().x; 2]);
    }
    assert_lawful(&scene);
}

/// Edges of one bundle from each of these to `to`.
fn bundled(from: &[&str], to: &str) -> Vec<Edge> {
    let bundle = Some("egress".to_string());
    from.iter().map(|from| Edge { bundle: bundle.clone(), ..edge(from, to) }).collect()
}

/// Whether a line comes into a box.
fn enters(points: &[Point], rect: Rect) -> bool {
    points.windows(2).any(|pair| Rect::spanning(pair[0], pair[1]).overlaps(rect.grown(-1)))
}

#[test]
fn a_line_of_a_bundle_leaves_its_box_by_the_side_that_is_nearest_to_the_bundle_s_line() {
    for others in [vec![], vec![edge("s1", "host1")], vec![edge("gateway", "s1")]] {
        let above = vec![cell("p0", 0, vec![vec![icon("nat")]]), cell("p1", 1, vec![vec![icon("a neighbour")]])];
        let below = [0, 1].map(|n| cell(&format!("s{n}"), n, vec![vec![icon(&format!("host{n}"))]]));
        let edges = [bundled(&["s0", "s1"], "nat"), others].concat();
        let scene = lay_out(&network(2, vec![row(above, vec![]), row(below.into(), vec![])], edges));
        let begin = points(&scene, "s1>nat")[0];
        assert_eq!(begin.y, rect(&scene, "s1").top, "{begin:?}");
        assert_lawful(&scene);
    }
}

#[test]
fn a_line_goes_around_a_box_where_another_of_its_bundle_begins() {
    let rows = ["nat", "app", "pods"].map(|id| {
        let beside: Vec<_> = (0..if id == "nat" { 3 } else { 0 }).collect();
        let more = |at: &str| beside.iter().map(|n| icon(&format!("{at} {n}"))).collect::<Vec<_>>();
        let lane = [more("left"), vec![icon(id)], more("right")].concat();
        row(vec![cell(&format!("s-{id}"), 0, vec![lane])], vec![])
    });
    let scene = lay_out(&network(1, rows.into(), bundled(&["s-app", "s-pods"], "nat")));
    assert!(!enters(&points(&scene, "s-pods>nat"), rect(&scene, "s-app")));
    assert_lawful(&scene);
}

#[test]
fn a_line_between_rows_runs_straight_on_through_the_zones() {
    let cells =
        |of: &str| (0..3).map(|n| cell(&format!("{of}{n}"), n, vec![vec![icon(&format!("{of} {n}"))]])).collect();
    let rows = vec![row(cells("public"), vec![]), row(cells("private"), vec![])];
    let edges = bundled(&["private0", "private1", "private2"], "gateway");
    let scene = lay_out(&network(3, rows, edges));
    for n in 0..3 {
        let lowest = points(&scene, &format!("private{n}>gateway")).iter().map(|point| point.y).max();
        assert!(lowest <= Some(rect(&scene, "private0").bottom), "{n} goes around below: {lowest:?}");
    }
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
