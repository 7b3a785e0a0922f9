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
use crate::diagram::Disc;
use crate::geom::{Point, Px, Rect, Size, point, size};
use crate::look::{EdgeLook, FrameLook, Ink, Tone};
use crate::scene::{Align, Edge, Item, Kind, Line, Scene, Text, TextRole};
use crate::theme::{UNIT, is_filled};

/// Free line on both sides of a label that stands on it.
const LINE_BESIDE: Px = 12;
/// From a label that stands beside a line to that line.
const BESIDE_GAP: Px = 8;
/// A crossing nearer than this to a bend gets no hop: there is no room to draw it.
const HOP_ROOM: Px = 10;
/// From a label to lines that it does not tell of, where there is room for it: nearer, and it seems to tell of them.
const APART: Px = 2 * UNIT;
/// The least of it.
const NEAREST: Px = 3;
/// Heights at which labels stand beside upright lines: so they are level with each other, and fit between frames.
const RASTER: Px = UNIT / 2;
/// Of a disc, what is beside its number. Chosen: two digits are 12 px wide.
const DISC_SIDE: Px = 3;
/// From a label to the borders around it.
const BORDER_GAP: Px = 7;

pub fn finish(ground: &Ground, scene: &mut Scene, ends: &[Ends], routes: Vec<Route>) {
    let lines = Drawn::of(ground, &routes);
    let mut bundles: BTreeMap<u32, &str> = BTreeMap::new();
    for e in ends {
        bundles.entry(e.bundle).or_insert(e.edge.bundle.as_deref().unwrap_or(&e.edge.about.id));
    }
    let mut taken = Vec::new();
    let (mut labels, mut discs) = (Vec::new(), Vec::new());
    for (e, route) in ends.iter().zip(routes) {
        scene.relaxed.extend(route.relaxed.map(|what| format!("{}: {what}", e.edge.about.id)));
        if route.points.is_empty() {
            continue;
        }
        let index = scene.items.len();
        let hops = lines.hops(&route);
        if let Some(disc) = e.edge.disc {
            match lines.disc_spot(&route, &taken) {
                Some(rect) => {
                    taken.push(rect);
                    discs.push((index, rect, e.edge.look, disc));
                }
                None => scene.relaxed.push(format!("{}: no room for its {}", e.edge.about.id, name(disc))),
            }
        }
        if let Some(label) = &e.edge.label {
            let ink = e.edge.about.sign.map_or(Ink::Edge(e.edge.look), Ink::Sign);
            match measure::edge_label(label, ink)
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
    for (edge, rect, look, disc) in discs {
        add_disc(scene, edge, rect, look, disc);
    }
    for (edge, rect, text) in labels {
        let plate = ground_look(ground, scene, rect.center());
        let item = label_item(scene, edge, rect, &text, plate);
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
        sign: about.sign,
    }
}

/// The look of the innermost filled frame around a point.
fn ground_look(ground: &Ground, scene: &Scene, at: Point) -> FrameLook {
    let frames = std::iter::successors(ground.innermost(at), |frame| scene.items[*frame].parent);
    let mut looks = frames.filter_map(|frame| match &scene.items[frame].kind {
        Kind::Frame(frame) => Some(frame.look),
        _ => None,
    });
    looks.find(|look| is_filled(*look)).unwrap_or(FrameLook::Plain)
}

fn label_item(scene: &Scene, edge: usize, rect: Rect, text: &Lines, plate: FrameLook) -> Item {
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
        kind: Kind::Text(Text { role: TextRole::EdgeLabel, align: Align::Middle, lines, plate: Some(plate) }),
        type_name: "text".to_string(),
        rect,
        tooltip: String::new(),
        facts: Vec::new(),
        origin: None,
        sign: None,
    }
}

/// What a disc is called in ids, and as a type.
const fn name(disc: Disc) -> &'static str {
    match disc {
        Disc::Step(_) => "step",
        Disc::Sign(_) => "sign",
    }
}

/// A number in a disc of the edge's colour, or a sign in one of its own.
fn add_disc(scene: &mut Scene, edge: usize, rect: Rect, look: EdgeLook, disc: Disc) {
    let plate = scene.items.len();
    let item = |id: String, parent, rect, kind, type_name: &str| Item {
        id,
        parent: Some(parent),
        kind,
        type_name: type_name.to_string(),
        rect,
        tooltip: String::new(),
        facts: Vec::new(),
        origin: None,
        sign: None,
    };
    let id = format!("{}#{}", scene.items[edge].id, name(disc));
    let (text, tone) = match disc {
        Disc::Step(number) => (number.to_string(), Tone::Step(look)),
        Disc::Sign(sign) => (sign.mark().to_string(), Tone::Sign(sign)),
    };
    let text = measure::disc(&text, tone);
    let line = text.0.first().cloned().unwrap_or_default();
    let top = rect.center().y - line.height / 2;
    let at = point(rect.center().x, top + baseline(line.height, line.runs.first().map(|r| r.size)));
    let words = Rect::new(at.x - line.width / 2, top, line.width, line.height);
    let lines = vec![Line { at, width: line.width, runs: line.runs }];
    let number = Text { role: TextRole::Pill, align: Align::Middle, lines, plate: None };
    scene.items.push(item(id.clone(), edge, rect, Kind::Pill(tone), name(disc)));
    scene.items.push(item(format!("{id}#text"), plate, words, Kind::Text(number), "text"));
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

    /// A free place for a disc on its edge: in the middle of the longest piece that has one.
    fn disc_spot(&self, route: &Route, taken: &[Rect]) -> Option<Rect> {
        let mut by_length: Vec<_> = pieces(&route.points).collect();
        by_length.sort_by_key(|(a, b)| -((a.x - b.x).abs() + (a.y - b.y).abs()));
        let disc = size(measure::DISC, measure::DISC);
        let spots = by_length.iter().flat_map(|(a, b)| {
            let along = Some(Direction::of(Rect::spanning(*a, *b)));
            on(*a, *b, disc).into_iter().map(move |rect| (rect, along))
        });
        let spots: Vec<_> = spots.collect();
        // A disc may cover a border and be close to other lines, a number may not.
        let ways = [(NEAREST, BORDER_GAP, BORDER_GAP), (0, BORDER_GAP, BORDER_GAP), (0, -DISC_SIDE, 0)];
        let spot = ways.into_iter().find_map(|(others, beside, above)| {
            let is_free = |(rect, along): &&(Rect, _)| {
                let clear = Rect {
                    left: rect.left - beside,
                    top: rect.top - above,
                    right: rect.right + beside,
                    bottom: rect.bottom + above,
                };
                self.is_free(route, taken, rect, *along, others) && !self.is_on_border(clear)
            };
            spots.iter().find(is_free)
        });
        spot.map(|(rect, _)| *rect)
    }

    fn is_on_border(&self, rect: Rect) -> bool {
        self.ground.sides.any(rect, |_, ()| true)
    }

    /// Whether nothing is in a box but its own line, `others` px around it.
    fn is_free(&self, route: &Route, taken: &[Rect], rect: &Rect, lies_along: Option<Direction>, others: Px) -> bool {
        let near = rect.grown(NEAREST);
        // Along its own line a label may lie, but on no branch of it.
        let meets = |line: Rect, bundle: u32| match bundle == route.bundle {
            true => lies_along != Some(Direction::of(line)) && near.overlaps(line.grown(1)),
            false => rect.grown(others).overlaps(line.grown(1)),
        };
        self.ground.page.grown(-8).contains(near)
            && !taken.iter().any(|label| label.overlaps(near))
            && !self.ground.walls.any(near, |wall, ()| wall.overlaps(near))
            && !self.pieces.any(rect.grown(others + 1), meets)
    }

    /// The best free place for a label along its edge: on its longest straight pieces, else beside them; well apart from
    /// the lines of others, else close to them.
    fn spot(&self, route: &Route, taken: &[Rect], text: &Lines) -> Option<Rect> {
        let mut by_length: Vec<_> = pieces(&route.points).collect();
        by_length.sort_by_key(|(a, b)| -((a.x - b.x).abs() + (a.y - b.y).abs()));
        let free = |rect: &Rect, along: Option<Direction>, others: Px| {
            self.is_free(route, taken, rect, along, others) && !self.is_on_border(rect.grown(BORDER_GAP))
        };
        [APART, NEAREST].into_iter().find_map(|others| {
            let on_line = by_length.iter().find_map(|(a, b)| {
                let along = Some(Direction::of(Rect::spanning(*a, *b)));
                on(*a, *b, text.size()).into_iter().find(|rect| free(rect, along, others))
            });
            let mut beside = by_length.iter().flat_map(|(a, b)| beside(*a, *b, text));
            on_line.or_else(|| beside.find(|rect| free(rect, None, others)))
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Level,
    Upright,
}

impl Direction {
    fn of(line: Rect) -> Direction {
        if line.top == line.bottom { Direction::Level } else { Direction::Upright }
    }
}

/// Places along a piece of this length, from its middle outwards; at most a few hundred.
fn along(length: Px) -> impl Iterator<Item = Px> {
    let step = (length / 1024 + 1) * RASTER;
    (0..=length / 2 / step).flat_map(move |k| [length / 2 - k * step, length / 2 + k * step])
}

fn on_raster(y: Px) -> Px {
    y - y.rem_euclid(RASTER)
}

/// Boxes in the middle of a piece's line.
fn on(a: Point, b: Point, size: Size) -> Vec<Rect> {
    let line = Rect::spanning(a, b);
    let covered = if a.y == b.y { size.width } else { size.height };
    let room = line.width() + line.height() - covered - 2 * LINE_BESIDE;
    if room < 0 {
        return Vec::new();
    }
    let center = |d: Px| match a.y == b.y {
        true => point(line.left + LINE_BESIDE + d + size.width / 2, a.y),
        false => point(a.x, on_raster(line.top + LINE_BESIDE + d) + size.height / 2),
    };
    let around = |at: Point| Rect::new(at.x - size.width / 2, at.y - size.height / 2, size.width, size.height);
    along(room).map(|d| around(center(d))).collect()
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
                boxes.push(Rect::new(left, on_raster(y - size.height / 2), size.width, size.height));
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
