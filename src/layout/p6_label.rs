//! Phase 6: puts the edges into the scene, with their labels and the hops where they cross.
//!
//! Needs: final routes (phase 5). Leaves: a complete scene; a label stands on or beside a straight piece of its edge and
//! touches no icon, no text, no border and no other edge. A label that fits nowhere is left to the tooltip, and the
//! scene says so.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::near::Near;
use super::p1_measure::{self as measure, Lines};
use super::p3_place::baseline;
use super::p4_route::{Ends, Route};
use crate::geom::{Point, Px, Rect, point};
use crate::look::Ink;
use crate::scene::{Align, Edge, Item, Kind, Line, Scene, Text, TextRole};
use crate::theme::UNIT;

/// Free line on both sides of a label that stands on it.
const LINE_BESIDE: Px = 14;
/// From a label that stands beside a line to that line.
const BESIDE_GAP: Px = 8;
/// A crossing nearer than this to a bend gets no hop: there is no room to draw it.
const HOP_ROOM: Px = 10;
/// From a label to the borders around it.
const BORDER_GAP: Px = 7;

pub fn finish(ground: &Ground, scene: &mut Scene, ends: &[Ends], routes: Vec<Route>) {
    let lines = Drawn::of(ground, &routes);
    let mut bundles: BTreeMap<u32, &str> = BTreeMap::new();
    for e in ends {
        bundles.entry(e.bundle).or_insert(e.edge.bundle.as_deref().unwrap_or(&e.edge.about.id));
    }
    let mut taken = Vec::new();
    let mut labels = Vec::new();
    for (e, route) in ends.iter().zip(routes) {
        scene.relaxed.extend(route.relaxed.map(|what| format!("{}: {what}", e.edge.about.id)));
        if route.points.is_empty() {
            continue;
        }
        let index = scene.items.len();
        let hops = lines.hops(&route);
        if let Some(label) = &e.edge.label {
            match measure::edge_label(label, Ink::Edge(e.edge.look))
                .into_iter()
                .find_map(|text| Some((lines.spot(&route, &taken, &text)?, text)))
            {
                Some((rect, text)) => {
                    taken.push(rect);
                    labels.push((index, rect, text));
                }
                None => scene.relaxed.push(format!("{}: no room for its label", e.edge.about.id)),
            }
        }
        let bundle = bundles.get(&route.bundle).map(|name| (*name).to_string());
        scene.items.push(edge_item(e, route.points, hops, bundle));
    }
    for (edge, rect, text) in labels {
        let item = label_item(scene, edge, rect, &text);
        scene.items.push(item);
    }
}

fn edge_item(e: &Ends, points: Vec<Point>, hops: Vec<Point>, bundle: Option<String>) -> Item {
    let rect = points.iter().map(|p| Rect::spanning(*p, *p)).reduce(Rect::union).unwrap_or_default();
    let about = &e.edge.about;
    Item {
        id: about.id.clone(),
        parent: None,
        kind: Kind::Edge(Edge {
            look: e.edge.look,
            from: e.from,
            to: e.to,
            points,
            arrows: e.edge.arrows,
            bundle,
            hops,
        }),
        type_name: about.type_name.clone(),
        rect,
        tooltip: about.tooltip.clone(),
        facts: about.facts.clone(),
        origin: about.origin.clone(),
    }
}

fn label_item(scene: &Scene, edge: usize, rect: Rect, text: &Lines) -> Item {
    let mut lines = Vec::new();
    let mut y = rect.top;
    for line in &text.0 {
        let at = point(rect.center().x, y + baseline(line.height, line.runs.first().map(|r| r.size)));
        lines.push(Line { at, width: line.width, runs: line.runs.clone() });
        y += line.height;
    }
    Item {
        id: format!("{}#label", scene.items[edge].id),
        parent: Some(edge),
        kind: Kind::Text(Text { role: TextRole::EdgeLabel, align: Align::Middle, lines, plate: true }),
        type_name: "text".to_string(),
        rect,
        tooltip: String::new(),
        facts: Vec::new(),
        origin: None,
    }
}

/// The straight pieces of all edges by place, each with its bundle.
struct Drawn<'a> {
    ground: &'a Ground,
    pieces: Near<u32>,
}

impl Drawn<'_> {
    fn of<'a>(ground: &'a Ground, routes: &[Route]) -> Drawn<'a> {
        let mut all = Vec::new();
        for route in routes {
            let rects = route.points.windows(2).map(|pair| Rect::spanning(pair[0], pair[1]));
            all.extend(rects.map(|rect| (rect, route.bundle)));
        }
        Drawn { ground, pieces: Near::new(all) }
    }

    /// Where an edge runs level across an unrelated one.
    fn hops(&self, route: &Route) -> Vec<Point> {
        let mut hops = Vec::new();
        for (a, b) in pieces(&route.points).filter(|(a, b)| a.y == b.y) {
            let (left, right) = (a.x.min(b.x) + HOP_ROOM, a.x.max(b.x) - HOP_ROOM);
            for (other, bundle) in self.pieces.touching(Rect::spanning(a, b)) {
                let crosses = other.left == other.right && other.top < a.y && a.y < other.bottom;
                if bundle != route.bundle && crosses && left <= other.left && other.left <= right {
                    hops.push(point(other.left, a.y));
                }
            }
        }
        hops.sort();
        hops.dedup();
        hops
    }

    /// The best free place for a label along its edge: on its longest straight pieces, else beside them.
    fn spot(&self, route: &Route, taken: &[Rect], text: &Lines) -> Option<Rect> {
        let mut by_length: Vec<_> = pieces(&route.points).collect();
        by_length.sort_by_key(|(a, b)| -((a.x - b.x).abs() + (a.y - b.y).abs()));
        let free = |rect: &Rect, beside: bool| {
            let near = rect.grown(3);
            let lies_on = |line: Rect, bundle: u32| (beside || bundle != route.bundle) && near.overlaps(line.grown(1));
            self.ground.page.grown(-8).contains(near)
                && !taken.iter().any(|label| label.overlaps(near))
                && !self.ground.walls.any(near, |wall, ()| wall.overlaps(near))
                && !self.ground.sides.any(rect.grown(BORDER_GAP), |_, ()| true)
                && !self.pieces.any(near.grown(1), lies_on)
        };
        let on_line = by_length.iter().flat_map(|(a, b)| on(*a, *b, text)).find(|rect| free(rect, false));
        on_line.or_else(|| by_length.iter().flat_map(|(a, b)| beside(*a, *b, text)).find(|rect| free(rect, true)))
    }
}

/// Places along a piece of this length, from its middle outwards.
fn along(length: Px) -> impl Iterator<Item = Px> {
    let step = (length / 48).max(UNIT);
    (0..=length / 2 / step).flat_map(move |k| [length / 2 - k * step, length / 2 + k * step])
}

/// Boxes in the middle of a level piece's line.
fn on(a: Point, b: Point, text: &Lines) -> Vec<Rect> {
    let size = text.size();
    if a.y != b.y || (a.x - b.x).abs() < size.width + 2 * LINE_BESIDE {
        return Vec::new();
    }
    let (left, right) = (a.x.min(b.x) + LINE_BESIDE, a.x.max(b.x) - LINE_BESIDE - size.width);
    along(right - left).map(|d| Rect::new(left + d, a.y - size.height / 2, size.width, size.height)).collect()
}

/// Boxes beside a piece: right or left of an upright one, above or below a level one.
fn beside(a: Point, b: Point, text: &Lines) -> Vec<Rect> {
    let size = text.size();
    let mut boxes = Vec::new();
    let line = Rect::spanning(a, b);
    for d in along(line.width() + line.height()) {
        let (x, y) = if a.x == b.x { (a.x, line.top + d) } else { (line.left + d, a.y) };
        if a.x == b.x {
            for left in [x + BESIDE_GAP, x - BESIDE_GAP - size.width] {
                boxes.push(Rect::new(left, y - size.height / 2, size.width, size.height));
            }
        } else {
            for top in [y - BESIDE_GAP - size.height, y + BESIDE_GAP] {
                boxes.push(Rect::new(x - size.width / 2, top, size.width, size.height));
            }
        }
    }
    boxes
}

/// The straight pieces of a line.
fn pieces(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    points.windows(2).map(|pair| (pair[0], pair[1]))
}
