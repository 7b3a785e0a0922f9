//! Phase 4: every edge finds a way from its start to its end, around icons and texts.
//!
//! Needs: boxes (phase 3). Leaves: for each edge an orthogonal line of points from a side of its first end to a side
//! of its second that meets no icon, text or pill and runs along no border. Edges may still lie on each other:
//! phase 5 sets them apart.
//!
//! A* over the sparse orthogonal grid that the sides of all obstacles and all ports span; the cost is length,
//! plus bends, plus crossings, plus entering containers that hold neither end. Two passes: the first finds the
//! side at which each edge meets its ends, then the ends of one side are spread over it in an order that
//! avoids crossings, and the second finds the ways from there.
//! Source: Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Traffic};
use crate::diagram;
use crate::geom::{Point, Px, Rect, point};
use crate::look::FrameLook;
use crate::scene::{ItemIndex, Kind, Scene};

/// An edge keeps this far from what it passes.
pub const CLEARANCE: Px = 8;
/// From an end's border to where an edge may first bend.
const STUB: Px = 12;
/// Least distance of two ports on one side.
const PORT_GAP: Px = 12;

/// What edges have to mind.
pub struct Ground {
    pub page: Rect,
    /// Icons, texts, pills: nothing may pass through them.
    pub walls: Vec<Rect>,
    /// The boxes whose borders may be crossed, but not run along; parents before children.
    pub frames: Vec<(ItemIndex, Rect)>,
}

impl Ground {
    pub fn of(scene: &Scene) -> Ground {
        let mut walls = Vec::new();
        let mut frames = Vec::new();
        for (index, item) in scene.items.iter().enumerate() {
            match &item.kind {
                Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => walls.push(item.rect),
                Kind::Frame(frame) | Kind::Band(frame) if frame.look != FrameLook::Plain => {
                    frames.push((index, item.rect));
                }
                Kind::Frame(_) | Kind::Band(_) | Kind::Edge(_) => {}
            }
        }
        Ground { page: Rect::new(0, 0, scene.size.width, scene.size.height), walls, frames }
    }
}

/// An edge of the diagram with both ends found in the scene.
pub struct Ends<'a> {
    pub edge: &'a diagram::Edge,
    pub from: ItemIndex,
    pub to: ItemIndex,
    /// Edges with the same number may share pieces of line.
    pub bundle: u32,
    /// Containers that it may enter freely: those that hold one of its ends.
    home: BTreeSet<ItemIndex>,
}

/// Edges whose ends are both drawn, in the diagram's order.
pub fn ends<'a>(scene: &Scene, edges: &'a [diagram::Edge]) -> Vec<Ends<'a>> {
    let index: BTreeMap<&str, ItemIndex> = scene.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), i)).collect();
    let mut bundles: BTreeMap<&str, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for edge in edges {
        let (Some(&from), Some(&to)) = (index.get(edge.from.as_str()), index.get(edge.to.as_str())) else { continue };
        let key = edge.bundle.as_deref().unwrap_or(&edge.about.id);
        let next = bundles.len() as u32;
        let bundle = *bundles.entry(key).or_insert(next);
        let home = [from, to].into_iter().flat_map(|end| holders(scene, end)).collect();
        found.push(Ends { edge, from, to, bundle, home });
    }
    found
}

/// The containers of an item, its band included.
fn holders(scene: &Scene, item: ItemIndex) -> Vec<ItemIndex> {
    let mut holders = Vec::new();
    if let Kind::Icon(icon) = &scene.items[item].kind {
        holders.extend(icon.band);
    }
    let mut next = scene.items[item].parent;
    while let Some(parent) = next {
        holders.push(parent);
        next = scene.items[parent].parent;
    }
    holders
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facing {
    Left,
    Right,
    Up,
    Down,
}

impl Facing {
    const ALL: [Facing; 4] = [Facing::Left, Facing::Right, Facing::Up, Facing::Down];

    pub fn is_horizontal(self) -> bool {
        matches!(self, Facing::Left | Facing::Right)
    }

    fn step(self, from: Point, by: Px) -> Point {
        match self {
            Facing::Left => point(from.x - by, from.y),
            Facing::Right => point(from.x + by, from.y),
            Facing::Up => point(from.x, from.y - by),
            Facing::Down => point(from.x, from.y + by),
        }
    }
}

/// Where an edge meets a border: the point on it, and the point where it may first bend.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    pub at: Point,
    pub facing: Facing,
}

impl Port {
    pub fn outside(self) -> Point {
        self.facing.step(self.at, STUB)
    }
}

pub struct Route {
    /// At least two points, no two equal neighbours, no three on one line.
    pub points: Vec<Point>,
    /// What had to be relaxed to find any way at all.
    pub relaxed: Option<&'static str>,
}

pub fn route(ground: &Ground, scene: &Scene, ends: &[Ends]) -> Vec<Route> {
    let free: Vec<[Vec<Port>; 2]> =
        ends.iter().map(|e| [ports(ground, scene, e.from), ports(ground, scene, e.to)]).collect();
    let first = pass(ground, scene, ends, &free);
    let fixed = spread(ground, scene, ends, &first);
    pass(ground, scene, ends, &fixed)
}

/// The middle of each side from which an edge can leave without meeting a wall.
fn ports(ground: &Ground, scene: &Scene, item: ItemIndex) -> Vec<Port> {
    let rect = scene.items[item].rect;
    let all = Facing::ALL.map(|facing| Port { at: side_middle(rect, facing), facing });
    let open: Vec<Port> = all.into_iter().filter(|p| is_open(ground, *p)).collect();
    if open.is_empty() { all.to_vec() } else { open }
}

fn side_middle(rect: Rect, facing: Facing) -> Point {
    let center = rect.center();
    match facing {
        Facing::Left => point(rect.left, center.y),
        Facing::Right => point(rect.right, center.y),
        Facing::Up => point(center.x, rect.top),
        Facing::Down => point(center.x, rect.bottom),
    }
}

fn is_open(ground: &Ground, port: Port) -> bool {
    let stub = Rect::spanning(port.facing.step(port.at, 1), port.facing.step(port.at, STUB)).grown(2);
    !ground.walls.iter().any(|wall| wall.overlaps(stub) && !wall.contains(Rect::spanning(port.at, port.at)))
}

/// Finds all ways, one after the other: short ones first, so that long ones make way.
fn pass(ground: &Ground, scene: &Scene, ends: &[Ends], ports: &[[Vec<Port>; 2]]) -> Vec<Route> {
    let all_ports = ports.iter().flatten().flatten().copied();
    let grid = Grid::new(ground, all_ports);
    let mut traffic = Traffic::default();
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by_key(|&i| (span(scene, &ends[i]), i));
    let mut routes: Vec<Option<Route>> = ends.iter().map(|_| None).collect();
    for i in order {
        let e = &ends[i];
        let closed = [scene.items[e.from].rect, scene.items[e.to].rect];
        let points = grid.find(&ports[i], &closed, &e.home, e.bundle, &traffic);
        let route = match points {
            Some(points) => Route { points, relaxed: None },
            None => Route { points: straight(&ports[i]), relaxed: Some("an edge has no free way and runs straight") },
        };
        traffic.add(&grid, &route.points, e.bundle);
        routes[i] = Some(route);
    }
    routes.into_iter().flatten().collect()
}

fn span(scene: &Scene, ends: &Ends) -> Px {
    let (a, b) = (scene.items[ends.from].rect.center(), scene.items[ends.to].rect.center());
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The way of last resort: one bend, through whatever lies there.
fn straight(ports: &[Vec<Port>; 2]) -> Vec<Point> {
    let [Some(from), Some(to)] = [ports[0].first(), ports[1].first()] else { return Vec::new() };
    simplified(vec![from.at, point(to.at.x, from.at.y), to.at])
}

/// Without repeated points and points inside straight pieces.
pub fn simplified(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if out.last() == Some(&p) {
            continue;
        }
        if let [.., a, b] = out[..]
            && (a.x == b.x && b.x == p.x || a.y == b.y && b.y == p.y)
        {
            out.pop();
        }
        out.push(p);
    }
    out
}

/// Keeps the sides that the first pass chose and spreads the edges of a side evenly around its middle.
fn spread(ground: &Ground, scene: &Scene, ends: &[Ends], routes: &[Route]) -> Vec<[Vec<Port>; 2]> {
    /// One end of one edge, on one side of an item.
    struct Meeting {
        edge: usize,
        end: usize,
        bundle: u32,
        turn: (i8, Px),
    }
    let mut sides: BTreeMap<(ItemIndex, Facing), Vec<Meeting>> = BTreeMap::new();
    for (i, (e, route)) in ends.iter().zip(routes).enumerate() {
        for end in 0..2 {
            let item = if end == 0 { e.from } else { e.to };
            let mut points = route.points.clone();
            if end == 1 {
                points.reverse();
            }
            let Some(facing) = facing_of(&points) else { continue };
            let meeting = Meeting { edge: i, end, bundle: e.bundle, turn: turn_of(&points, facing) };
            sides.entry((item, facing)).or_default().push(meeting);
        }
    }
    let mut fixed: Vec<[Vec<Port>; 2]> =
        ends.iter().map(|e| [ports(ground, scene, e.from), ports(ground, scene, e.to)]).collect();
    for ((item, facing), mut meetings) in sides {
        meetings.sort_by_key(|m| (m.turn, m.bundle, m.edge));
        let mut order: Vec<u32> = Vec::new();
        for m in &meetings {
            if !order.contains(&m.bundle) {
                order.push(m.bundle);
            }
        }
        let rect = scene.items[item].rect;
        let length = if facing.is_horizontal() { rect.height() } else { rect.width() };
        let n = order.len() as Px;
        let gap = PORT_GAP.max(16.min(length / (n + 1))).min(length / (n + 1));
        for m in meetings {
            let rank = order.iter().position(|b| *b == m.bundle).unwrap_or(0) as Px;
            let offset = (2 * rank - (n - 1)) * gap / 2;
            let middle = side_middle(rect, facing);
            let at = if facing.is_horizontal() {
                point(middle.x, middle.y + offset)
            } else {
                point(middle.x + offset, middle.y)
            };
            fixed[m.edge][m.end] = vec![Port { at, facing }];
        }
    }
    fixed
}

fn facing_of(points: &[Point]) -> Option<Facing> {
    let [a, b, ..] = *points else { return None };
    Some(match (b.x - a.x, b.y - a.y) {
        (0, dy) if dy < 0 => Facing::Up,
        (0, _) => Facing::Down,
        (dx, _) if dx < 0 => Facing::Left,
        _ => Facing::Right,
    })
}

/// Sorts edges of one side so that they need not cross: those that turn towards the side's start first, the
/// nearest turn foremost; then the straight ones; then those that turn towards its end, the nearest last.
fn turn_of(points: &[Point], facing: Facing) -> (i8, Px) {
    let [a, b, c, ..] = *points else { return (0, 0) };
    let run = (b.x - a.x).abs() + (b.y - a.y).abs();
    let side = if facing.is_horizontal() { c.y - b.y } else { c.x - b.x };
    if side < 0 { (-1, run) } else { (1, -run) }
}
