//! The lines of edges as a reader is to see them: what edges of one bundle share is one line, with a joint where a
//! branch leaves it.
//!
//! An edge draws what no edge of its bundle has drawn before it, cut at the joints. So the dashes of one edge never
//! fill the gaps of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::{Point, Px, point};
use crate::look::EdgeLook;
use crate::scene::{Arrows, Edge, ItemIndex, Kind, Scene};
use crate::theme;

/// What one edge draws of its bundle; each thing is drawn by one edge alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    pub parts: Vec<Part>,
    pub joints: Vec<Point>,
    /// Where the edge begins at a box, for only a dot tells that it does not merely pass.
    pub tail: Option<Point>,
    /// Arrow heads: a point on the line before the tip, and the tip.
    pub heads: Vec<(Point, Point)>,
    /// Crosses where the way ends: a point on the line before it, and the line's end.
    pub crosses: Vec<(Point, Point)>,
    /// Hops of any edge of the bundle that lie on the parts.
    pub hops: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub points: Vec<Point>,
    /// Whether an arrow head covers the first point, and the last.
    pub headed: [bool; 2],
}

/// What each edge of the scene draws.
pub fn drawn(scene: &Scene) -> BTreeMap<ItemIndex, Drawn> {
    let mut bundles: BTreeMap<(EdgeLook, &str), Vec<(ItemIndex, &Edge)>> = BTreeMap::new();
    for (index, item) in scene.items.iter().enumerate() {
        if let Kind::Edge(edge) = &item.kind {
            let bundle = edge.bundle.as_deref().unwrap_or(&item.id);
            bundles.entry((edge.look, bundle)).or_default().push((index, edge));
        }
    }
    bundles.into_values().flat_map(|edges| shared_out(scene, &edges)).collect()
}

fn shared_out(scene: &Scene, edges: &[(ItemIndex, &Edge)]) -> Vec<(ItemIndex, Drawn)> {
    let net = Net::of(edges);
    let all_hops: BTreeSet<Point> = edges.iter().flat_map(|(_, edge)| edge.hops.iter().copied()).collect();
    let (mut steps, mut joints, mut tips) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (index, edge) in edges {
        let walk = net.walk(&edge.points);
        let parts = parts(&walk, |a, b| steps.insert((a.min(b), a.max(b))), |at| net.is_joint(at));
        let hops = all_hops.iter().copied().filter(|hop| parts.iter().any(|part| lies_on(*hop, part)));
        let drawn = Drawn {
            hops: hops.collect(),
            joints: walk.iter().copied().filter(|at| net.is_joint(*at) && joints.insert(*at)).collect(),
            tail: tail(scene, edge).filter(|at| !net.is_near_a_joint(*at)),
            crosses: cross(edge).into_iter().collect(),
            heads: heads(edge).into_iter().filter(|(_, tip)| tips.insert(*tip)).collect(),
            parts: parts.into_iter().map(|points| net.part(points)).collect(),
        };
        out.push((*index, drawn));
    }
    out
}

/// The stretches of a walk whose steps are taken, cut where `is_cut` says so.
fn parts(
    walk: &[Point],
    mut takes: impl FnMut(Point, Point) -> bool,
    is_cut: impl Fn(Point) -> bool,
) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut goes_on = false;
    for pair in walk.windows(2) {
        let &[a, b] = pair else { continue };
        if !takes(a, b) {
            goes_on = false;
            continue;
        }
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) => part.push(b),
            None => parts.push(vec![a, b]),
        }
        goes_on = !is_cut(b);
    }
    parts
}

fn tail(scene: &Scene, edge: &Edge) -> Option<Point> {
    let from = scene.items.get(edge.from).map(|item| &item.kind);
    let begins_at_a_box = matches!(edge.arrows, Arrows::End | Arrows::Cross)
        && match from {
            Some(Kind::Band(_)) => true,
            // A plate is one thing, as an icon is.
            Some(Kind::Frame(frame)) => !frame.look.is_plate(),
            _ => false,
        };
    edge.points.first().copied().filter(|_| begins_at_a_box)
}

fn cross(edge: &Edge) -> Option<(Point, Point)> {
    match (edge.points.as_slice(), edge.arrows) {
        ([.., from, end], Arrows::Cross) => Some((*from, *end)),
        _ => None,
    }
}

fn heads(edge: &Edge) -> Vec<(Point, Point)> {
    let mut heads = Vec::new();
    if let ([.., from, tip], Arrows::End | Arrows::Both) = (edge.points.as_slice(), edge.arrows) {
        heads.push((*from, *tip));
    }
    if let ([tip, from, ..], Arrows::Both) = (edge.points.as_slice(), edge.arrows) {
        heads.push((*from, *tip));
    }
    heads
}

fn lies_on(at: Point, part: &[Point]) -> bool {
    let between = |at: Px, a: Px, b: Px| a.min(b) <= at && at <= a.max(b);
    part.windows(2).any(|pair| between(at.x, pair[0].x, pair[1].x) && between(at.y, pair[0].y, pair[1].y))
}

/// All lines of a bundle: the points where one of them begins, ends or turns, and what these are joined to.
struct Net {
    /// The points on each level line, by y, and on each upright one, by x.
    level: BTreeMap<Px, BTreeSet<Px>>,
    upright: BTreeMap<Px, BTreeSet<Px>>,
    neighbours: BTreeMap<Point, BTreeSet<Point>>,
    tips: BTreeSet<Point>,
}

impl Net {
    fn of(edges: &[(ItemIndex, &Edge)]) -> Net {
        let mut net = Net {
            level: BTreeMap::new(),
            upright: BTreeMap::new(),
            neighbours: BTreeMap::new(),
            tips: edges.iter().flat_map(|(_, edge)| heads(edge)).map(|(_, tip)| tip).collect(),
        };
        for at in edges.iter().flat_map(|(_, edge)| &edge.points) {
            net.level.entry(at.y).or_default().insert(at.x);
            net.upright.entry(at.x).or_default().insert(at.y);
        }
        for (_, edge) in edges {
            for pair in net.walk(&edge.points).windows(2) {
                net.neighbours.entry(pair[0]).or_default().insert(pair[1]);
                net.neighbours.entry(pair[1]).or_default().insert(pair[0]);
            }
        }
        net
    }

    /// The points of a line and all others of the net that lie on it, in its order.
    fn walk(&self, points: &[Point]) -> Vec<Point> {
        let mut walk: Vec<Point> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let &[a, b] = pair else { continue };
            let mut on: Vec<Point> = match (self.level.get(&a.y), self.upright.get(&a.x)) {
                (Some(xs), _) if a.y == b.y => xs.range(a.x.min(b.x)..=a.x.max(b.x)).map(|x| point(*x, a.y)).collect(),
                (_, Some(ys)) if a.x == b.x => ys.range(a.y.min(b.y)..=a.y.max(b.y)).map(|y| point(a.x, *y)).collect(),
                _ => vec![a, b],
            };
            if on.first() != Some(&a) {
                on.reverse();
            }
            walk.extend(on.into_iter().skip(1));
        }
        walk
    }

    /// Where lines part. An arrow's head covers those beneath it.
    fn is_joint(&self, at: Point) -> bool {
        let beneath = |tip: &Point| length(at, *tip) < theme::ARROW + theme::JOINT / 2;
        self.neighbours.get(&at).is_some_and(|around| around.len() > 2) && !self.tips.iter().any(beneath)
    }

    /// Whether a joint follows so closely that two dots would be one blot.
    fn is_near_a_joint(&self, at: Point) -> bool {
        let around = self.neighbours.get(&at).into_iter().flatten();
        around.copied().any(|joint| self.is_joint(joint) && length(at, joint) < 2 * theme::JOINT)
    }

    fn part(&self, points: Vec<Point>) -> Part {
        let headed = [points.first(), points.last()].map(|end| end.is_some_and(|end| self.tips.contains(end)));
        Part { points, headed }
    }
}

/// Length of an axis-parallel stretch.
fn length(a: Point, b: Point) -> Px {
    (b.x - a.x).abs() + (b.y - a.y).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;
    use crate::look::FrameLook;
    use crate::scene::{Frame, Item};

    fn edge(points: &[(Px, Px)], bundle: &str) -> Item {
        let edge = Edge {
            look: EdgeLook::Connection,
            from: 0,
            to: 0,
            points: points.iter().map(|(x, y)| point(*x, *y)).collect(),
            arrows: Arrows::End,
            bundle: Some(bundle.to_string()),
            hops: Vec::new(),
        };
        Item {
            id: format!("{points:?}"),
            parent: None,
            kind: Kind::Edge(edge),
            type_name: "edge".to_string(),
            rect: Rect::default(),
            tooltip: String::new(),
            facts: Vec::new(),
            origin: None,
            sign: None,
        }
    }

    fn drawn_of(items: Vec<Item>) -> Vec<Drawn> {
        drawn(&Scene { items, ..Scene::default() }).into_values().collect()
    }

    fn parts_of(drawn: &Drawn) -> Vec<Vec<(Px, Px)>> {
        drawn.parts.iter().map(|part| part.points.iter().map(|p| (p.x, p.y)).collect()).collect()
    }

    #[test]
    fn what_a_bundle_shares_is_drawn_once_and_a_joint_stands_where_a_branch_leaves_it() {
        let (there, aside) = ([(0, 0), (100, 0)], [(40, 50), (40, 0), (100, 0)]);
        let drawn = drawn_of(vec![edge(&there, "b"), edge(&aside, "b")]);
        assert_eq!(parts_of(&drawn[0]), [[(0, 0), (40, 0)], [(40, 0), (100, 0)]]);
        assert_eq!(parts_of(&drawn[1]), [[(40, 50), (40, 0)]]);
        assert_eq!([&drawn[0].joints, &drawn[1].joints], [&vec![point(40, 0)], &vec![]]);
        assert_eq!([drawn[0].heads.len(), drawn[1].heads.len()], [1, 0]);
    }

    #[test]
    fn lines_of_two_bundles_are_each_drawn_whole() {
        let (there, aside) = ([(0, 0), (100, 0)], [(40, 50), (40, 0), (100, 0)]);
        let drawn = drawn_of(vec![edge(&there, "b"), edge(&aside, "c")]);
        assert_eq!(parts_of(&drawn[1]), [[(40, 50), (40, 0), (100, 0)]]);
        assert!(drawn.iter().all(|drawn| drawn.joints.is_empty()));
    }

    #[test]
    fn lines_of_a_bundle_that_merely_cross_have_no_joint() {
        let drawn = drawn_of(vec![edge(&[(0, 0), (100, 0)], "b"), edge(&[(40, -50), (40, 50)], "b")]);
        assert!(drawn.iter().all(|drawn| drawn.joints.is_empty()));
    }

    #[test]
    fn a_branch_that_joins_under_an_arrows_head_needs_no_joint() {
        let drawn = drawn_of(vec![edge(&[(0, 0), (100, 0)], "b"), edge(&[(92, 50), (92, 0), (100, 0)], "b")]);
        assert!(drawn.iter().all(|drawn| drawn.joints.is_empty()));
    }

    #[test]
    fn a_dot_tells_where_an_edge_begins_at_a_box_unless_a_joint_is_next_to_it() {
        let frame = Frame {
            look: FrameLook::PublicSubnet,
            badge: None,
            overlay: false,
            external: false,
            column: None,
            row: None,
            band: None,
        };
        let tail_at = |y: Px| {
            let subnet = Item { kind: Kind::Frame(frame), ..edge(&[], "none") };
            let aside = edge(&[(40, y), (40, 0), (100, 0)], "b");
            drawn_of(vec![subnet, edge(&[(0, 0), (100, 0)], "b"), aside]).remove(1).tail
        };
        assert_eq!(tail_at(50), Some(point(40, 50)));
        assert_eq!(tail_at(8), None);
    }

    #[test]
    fn a_hop_of_any_edge_is_drawn_by_the_one_that_draws_its_line() {
        let mut second = edge(&[(40, 50), (40, 0), (100, 0)], "b");
        if let Kind::Edge(edge) = &mut second.kind {
            edge.hops = vec![point(70, 0)];
        }
        let drawn = drawn_of(vec![edge(&[(0, 0), (100, 0)], "b"), second]);
        assert_eq!([&drawn[0].hops, &drawn[1].hops], [&vec![point(70, 0)], &vec![]]);
    }
}
