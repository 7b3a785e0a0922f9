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

use super::grid::{Closed, Errand, Grid, Memory, Traffic};
use super::p5_nudge::{self, Conflict};
use super::ports::{Facing, Port, holders, ports, spread};
use crate::diagram;
use crate::geom::{Point, Px, Rect, point};
use crate::look::FrameLook;
use crate::scene::{ItemIndex, Kind, Scene};
use crate::theme::BADGE;

/// An edge keeps this far from what it passes.
pub const CLEARANCE: Px = 8;
/// How near an edge may come to a border that runs beside it.
pub const BORDER_CLEARANCE: Px = 6;

/// What edges have to mind.
pub struct Ground {
    pub page: Rect,
    /// Icons, texts, pills, badges: nothing may pass through them.
    pub walls: Vec<Rect>,
    /// The boxes whose borders may be crossed, but not run along; parents before children.
    pub frames: Vec<(ItemIndex, Rect)>,
    /// Which of them are bands.
    pub bands: BTreeSet<ItemIndex>,
}

impl Ground {
    /// Whether the straight piece from `a` to `b` keeps its distance from all borders that run beside it.
    pub fn may_run(&self, a: Point, b: Point) -> bool {
        let s = Rect::spanning(a, b);
        let clear = |border: Px, along: Px| (border - along).abs() >= BORDER_CLEARANCE;
        self.frames.iter().all(|(_, r)| match a.y == b.y {
            true => s.right < r.left || r.right < s.left || clear(r.top, a.y) && clear(r.bottom, a.y),
            false => s.bottom < r.top || r.bottom < s.top || clear(r.left, a.x) && clear(r.right, a.x),
        })
    }

    /// Whether an edge that comes out of a box towards `facing` may turn at `p`.
    pub fn may_turn(&self, p: Point, facing: Facing) -> bool {
        match facing.is_horizontal() {
            true => self.may_run(p, point(p.x, p.y + 1)),
            false => self.may_run(p, point(p.x + 1, p.y)),
        }
    }

    pub fn of(scene: &Scene) -> Ground {
        let mut walls = Vec::new();
        let mut frames = Vec::new();
        for (index, item) in scene.items.iter().enumerate() {
            match &item.kind {
                Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => walls.push(item.rect),
                Kind::Frame(frame) | Kind::Band(frame) if frame.look != FrameLook::Plain => {
                    if frame.badge.is_some() {
                        walls.push(Rect::new(item.rect.left, item.rect.top, BADGE, BADGE));
                    }
                    frames.push((index, item.rect));
                }
                Kind::Frame(_) | Kind::Band(_) | Kind::Edge(_) => {}
            }
        }
        let bands = frames.iter().map(|(i, _)| *i).filter(|i| matches!(scene.items[*i].kind, Kind::Band(_))).collect();
        Ground { page: Rect::new(0, 0, scene.size.width, scene.size.height), walls, frames, bands }
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
    let index: BTreeMap<&str, ItemIndex> =
        scene.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), i)).collect();
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

#[derive(Clone)]
pub struct Route {
    /// At least two points, no two equal neighbours, no three on one line.
    pub points: Vec<Point>,
    /// What had to be relaxed to find any way at all.
    pub relaxed: Option<&'static str>,
}

/// Times that edges which still lie on each other after nudging are sent another way.
const RETRIES: usize = 6;

/// Routes and nudges all edges; those for which a channel has no room look for another one.
pub fn route(ground: &Ground, scene: &Scene, ends: &[Ends]) -> Vec<Route> {
    let free: Vec<[Vec<Port>; 2]> =
        ends.iter().map(|e| [ports(ground, scene, e.from, e.to), ports(ground, scene, e.to, e.from)]).collect();
    let mut closed = Closed::default();
    let first = pass(ground, scene, ends, &free, Others::Unseen, &closed);
    let mut fixed = spread(ground, scene, ends, &free, &first);
    let bundles: Vec<u32> = ends.iter().map(|e| e.bundle).collect();
    let mut best: Option<(Vec<Conflict>, Vec<Route>)> = None;
    for _ in 0..RETRIES {
        let rough = pass(ground, scene, ends, &fixed, Others::Minded, &closed);
        let mut routes = rough.clone();
        p5_nudge::nudge(ground, &bundles, &mut routes);
        let conflicts = p5_nudge::conflicts(&bundles, &routes);
        for (edge, piece) in &conflicts {
            closed.close(*edge, rough[*edge].points[*piece], rough[*edge].points[*piece + 1]);
            fixed[*edge].clone_from(&free[*edge]);
        }
        let done = conflicts.is_empty();
        if best.as_ref().is_none_or(|(fewest, _)| conflicts.len() < fewest.len()) {
            best = Some((conflicts, routes));
        }
        if done {
            break;
        }
    }
    let (conflicts, mut routes) = best.unwrap_or_default();
    for (edge, _) in conflicts {
        routes[edge].relaxed = Some("no room for a line of its own");
    }
    for route in &mut routes {
        route.points = simplified(std::mem::take(&mut route.points));
    }
    routes
}

/// Whether an edge minds those that were routed before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    /// Each takes its own best way: that tells at which side it should meet its ends.
    Unseen,
    Minded,
}

/// Finds all ways, one after the other: short ones first, so that long ones make way.
fn pass(
    ground: &Ground,
    scene: &Scene,
    ends: &[Ends],
    ports: &[[Vec<Port>; 2]],
    others: Others,
    closed: &Closed,
) -> Vec<Route> {
    let all_ports = ports.iter().flatten().flatten().copied();
    let grid = Grid::new(ground, all_ports);
    let mut traffic = Traffic::default();
    let mut memory = Memory::default();
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by_key(|&i| (span(scene, &ends[i]), i));
    let mut routes: Vec<Option<Route>> = ends.iter().map(|_| None).collect();
    for i in order {
        let e = &ends[i];
        let boxes = [scene.items[e.from].rect, scene.items[e.to].rect];
        let errand = Errand { boxes, home: &e.home, bundle: e.bundle, closed: closed.of(i), traffic: &traffic };
        // Always from the same end, so that the way there and the way back are one way.
        let points = if e.from < e.to {
            grid.find([&ports[i][0], &ports[i][1]], &errand, &mut memory)
        } else {
            grid.find([&ports[i][1], &ports[i][0]], &errand, &mut memory)
                .map(|points| points.into_iter().rev().collect())
        };
        let route = match points {
            Some(points) => Route { points, relaxed: None },
            None => Route { points: straight(&ports[i]), relaxed: Some("no free way, so it runs straight") },
        };
        if others == Others::Minded {
            traffic.add(&grid, &route.points, e.bundle);
        }
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
