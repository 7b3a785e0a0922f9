//! Phase 6: puts the edges into the scene, with their labels and the hops where they cross.
//!
//! Needs: final routes (phase 5). Leaves: a complete scene; a label stands on or beside a straight piece of its edge and
//! touches no icon, no text, no border and no other edge. A label that fits nowhere is left to the tooltip, and the
//! scene says so.

use super::p1_measure::{self as measure, Lines};
use super::p3_place::baseline;
use super::p4_route::{Ends, Ground, Route};
use super::p5_nudge::pieces;
use crate::diagram::Words;
use crate::geom::{Point, Px, Rect, point};
use crate::look::{Ink, TextSize, Weight};
use crate::scene::{Align, Edge, Item, Kind, Line, Scene, Text, TextRole};
use crate::theme::UNIT;

/// Free line on both sides of a label that stands on it.
const LINE_BESIDE: Px = 14;
/// From a label that stands beside a line to that line.
const BESIDE_GAP: Px = 8;
/// A crossing nearer than this to a bend gets no hop: there is no room to draw it.
const HOP_ROOM: Px = 10;

pub fn finish(ground: &Ground, scene: &mut Scene, ends: &[Ends], routes: Vec<Route>) {
    let lines: Vec<(u32, Vec<Point>)> =
        ends.iter().zip(&routes).map(|(e, route)| (e.bundle, route.points.clone())).collect();
    let mut taken = ground.walls.clone();
    let mut labels = Vec::new();
    for (i, (e, route)) in ends.iter().zip(routes).enumerate() {
        let index = scene.items.len();
        scene.relaxed.extend(route.relaxed.map(|what| format!("{}: {what}", e.edge.about.id)));
        let hops = hops(&lines, i);
        scene.items.push(edge_item(e, route.points, hops));
        let Some(label) = &e.edge.label else { continue };
        let ink = Ink::Edge(e.edge.look);
        let words = Words { text: label.clone(), size: TextSize::Small, weight: Weight::Regular, ink };
        let text = measure::words(&[words], 240, 1);
        match spot(ground, &lines, i, &taken, &text) {
            Some(rect) => {
                taken.push(rect);
                labels.push((index, rect, text));
            }
            None => scene.relaxed.push(format!("{}: no room for its label", e.edge.about.id)),
        }
    }
    for (edge, rect, text) in labels {
        let item = label_item(scene, edge, rect, &text);
        scene.items.push(item);
    }
}

fn edge_item(e: &Ends, points: Vec<Point>, hops: Vec<Point>) -> Item {
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
            bundle: e.edge.bundle.clone(),
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
    let line = text.0.first().cloned().unwrap_or_default();
    let at = point(rect.left, rect.top + baseline(line.height, line.runs.first().map(|r| r.size)));
    Item {
        id: format!("{}#label", scene.items[edge].id),
        parent: Some(edge),
        kind: Kind::Text(Text {
            role: TextRole::EdgeLabel,
            align: Align::Start,
            lines: vec![Line { at, width: line.width, runs: line.runs }],
            plate: true,
        }),
        type_name: "text".to_string(),
        rect,
        tooltip: String::new(),
        facts: Vec::new(),
        origin: None,
    }
}

/// Where edge `i` runs level across an unrelated one.
fn hops(lines: &[(u32, Vec<Point>)], i: usize) -> Vec<Point> {
    let (bundle, points) = &lines[i];
    let mut hops = Vec::new();
    for (a, b) in pieces(points).filter(|(a, b)| a.y == b.y) {
        let (left, right) = (a.x.min(b.x) + HOP_ROOM, a.x.max(b.x) - HOP_ROOM);
        for (_, other) in lines.iter().filter(|(other, _)| other != bundle) {
            for (c, d) in pieces(other).filter(|(c, d)| c.x == d.x) {
                if left <= c.x && c.x <= right && c.y.min(d.y) < a.y && a.y < c.y.max(d.y) {
                    hops.push(point(c.x, a.y));
                }
            }
        }
    }
    hops.sort();
    hops.dedup();
    hops
}

/// The best free place for a label along its edge.
fn spot(ground: &Ground, lines: &[(u32, Vec<Point>)], i: usize, taken: &[Rect], text: &Lines) -> Option<Rect> {
    let (bundle, points) = &lines[i];
    let mut by_length: Vec<_> = pieces(points).collect();
    by_length.sort_by_key(|(a, b)| -((a.x - b.x).abs() + (a.y - b.y).abs()));
    let free = |rect: &Rect, own: bool| {
        let near = rect.grown(3);
        let stranger = |(other, line): &&(u32, Vec<Point>)| own || other != bundle || std::ptr::eq(line, points);
        !taken.iter().any(|wall| wall.overlaps(near))
            && !ground.frames.iter().any(|(_, frame)| cuts(*frame, near))
            && !lines
                .iter()
                .filter(stranger)
                .any(|(other, line)| (own || other != bundle) && pieces(line).any(|(a, b)| touches(near, a, b)))
            && ground.page.grown(-8).contains(near)
    };
    let on_line = by_length.iter().flat_map(|(a, b)| on(*a, *b, text)).find(|rect| free(rect, false));
    on_line.or_else(|| by_length.iter().flat_map(|(a, b)| beside(*a, *b, text)).find(|rect| free(rect, true)))
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

/// Whether one of the frame's borders runs through the box.
fn cuts(frame: Rect, rect: Rect) -> bool {
    frame.overlaps(rect) && !frame.contains(rect)
}

fn touches(rect: Rect, a: Point, b: Point) -> bool {
    let line = Rect::spanning(a, b).grown(1);
    rect.overlaps(line)
}
