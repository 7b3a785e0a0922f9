//! Part of phase 4: where edges meet their ends.
//!
//! Needs: boxes, and for [`spread`] a first way of each edge. Leaves: for each end of each edge the ports that it may
//! take, which meet no wall and run along no border; the edges of one side spread evenly over it, in an order that
//! avoids crossings.

use std::collections::BTreeMap;

use super::p4_route::{CLEARANCE, Ends, Ground, Route};
use crate::geom::{Point, Px, Rect, point};
use crate::scene::{Item, ItemIndex, Kind, Scene};

/// From an end's border to where an edge may first bend, and what the bend costs there: close to an end, the arrow
/// head has no room.
const REACH: [(Px, u32); 3] = [(16, 0), (24, 4), (8, 20)];
/// Places along a frame's top and bottom at which edges may meet it, and what those off the middle cost.
const SIDE_PARTS: Px = 8;
const OFF_CENTER: u32 = 16;
/// Ends nearer to one level than this are worth levelling.
const JOG: Px = 20;
/// Distance of two ports on one side, where the side is long enough.
const PORT_GAP: Px = 16;

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

/// Where an edge meets a border: the point on it, and how far outside it may first bend.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    pub at: Point,
    pub facing: Facing,
    reach: Px,
    /// What meeting the item here costs, in px of detour.
    pub price: u32,
}

impl Port {
    /// The ways to leave a border at `at`: with the first bend at each distance that stands clear of other borders.
    fn all(ground: &Ground, at: Point, facing: Facing) -> Vec<Port> {
        let clear = |p: &Port| ground.may_turn(p.outside(), facing);
        let ports = REACH.iter().map(|&(reach, price)| Port { at, facing, reach, price });
        let open: Vec<Port> = ports.clone().filter(clear).collect();
        if open.is_empty() { ports.take(1).collect() } else { open }
    }

    pub fn outside(self) -> Point {
        self.facing.step(self.at, self.reach)
    }
}

/// Where an edge to `other` may meet an item: the middle of each open side; of a frame also the place level with the
/// other end, so that the edge can run straight, and, for a little more, places all along its top and bottom; of an
/// icon on a border only the side that faces the other end, for a gateway is a door: who is inside meets its inner
/// side.
pub fn ports(ground: &Ground, scene: &Scene, item: ItemIndex, other: ItemIndex) -> Vec<Port> {
    let rect = scene.items[item].rect;
    let anchor = anchor(scene, item);
    let at = |with: Point, facing: Facing| Port::all(ground, side_at(rect, with, facing), facing);
    let mut all: Vec<Port> = Facing::ALL.iter().flat_map(|&f| at(anchor, f)).collect();
    match &scene.items[item].kind {
        Kind::Icon(icon) if icon.on_border => {
            let facing = door(scene, item, other);
            all.retain(|p| facing.is_none_or(|f| p.facing == f));
        }
        Kind::Frame(_) | Kind::Band(_) => {
            let level = self::anchor(scene, other);
            let inner = rect.grown(-2 * CLEARANCE);
            if inner.top < level.y && level.y < inner.bottom {
                all.extend([Facing::Left, Facing::Right].into_iter().flat_map(|f| at(level, f)));
            }
            if inner.left < level.x && level.x < inner.right {
                all.extend([Facing::Up, Facing::Down].into_iter().flat_map(|f| at(level, f)));
            }
            for part in 1..SIDE_PARTS {
                let spot = point(rect.left + rect.width() * part / SIDE_PARTS, anchor.y);
                for port in [Facing::Up, Facing::Down].into_iter().flat_map(|f| at(spot, f)) {
                    all.push(Port { price: port.price + OFF_CENTER, ..port });
                }
            }
        }
        Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => {}
    }
    let open: Vec<Port> = all.iter().copied().filter(|p| is_open(ground, *p)).collect();
    if open.is_empty() { all } else { open }
}

/// What an edge aims at: an icon's middle; of a frame or band with icons, the line on which its first one stands.
fn anchor(scene: &Scene, item: ItemIndex) -> Point {
    let center = scene.items[item].rect.center();
    let is_member = |(index, other): (ItemIndex, &Item)| match &other.kind {
        Kind::Icon(icon) => index != item && (icon.band == Some(item) || other.parent == Some(item)) && !icon.on_border,
        _ => false,
    };
    let member = match scene.items[item].kind {
        Kind::Frame(_) | Kind::Band(_) => scene.items.iter().enumerate().find(|entry| is_member(*entry)),
        _ => None,
    };
    member.map_or(center, |(_, icon)| point(center.x, icon.rect.center().y))
}

/// The side of an icon on its parent's border that looks at the other end.
fn door(scene: &Scene, item: ItemIndex, other: ItemIndex) -> Option<Facing> {
    let parent = scene.items[item].parent?;
    let frame = scene.items[parent].rect;
    let center = scene.items[item].rect.center();
    let (outer, inner) = match () {
        () if center.x == frame.right => (Facing::Right, Facing::Left),
        () if center.x == frame.left => (Facing::Left, Facing::Right),
        () if center.y == frame.bottom => (Facing::Down, Facing::Up),
        () if center.y == frame.top => (Facing::Up, Facing::Down),
        () => return None,
    };
    Some(if holders(scene, other).contains(&parent) { inner } else { outer })
}

/// The containers of an item, its band included.
pub fn holders(scene: &Scene, item: ItemIndex) -> Vec<ItemIndex> {
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

/// The point on a side of the box that is level or plumb with `with`.
fn side_at(rect: Rect, with: Point, facing: Facing) -> Point {
    match facing {
        Facing::Left => point(rect.left, with.y),
        Facing::Right => point(rect.right, with.y),
        Facing::Up => point(with.x, rect.top),
        Facing::Down => point(with.x, rect.bottom),
    }
}

/// Whether the piece from a port to its first bend meets no wall and runs along no border.
fn is_open(ground: &Ground, port: Port) -> bool {
    let (a, b) = (port.facing.step(port.at, 1), port.outside());
    let near = Rect::spanning(a, b).grown(2);
    let met = |wall: &Rect| wall.overlaps(near) && !wall.contains(Rect::spanning(port.at, port.at));
    !ground.walls.iter().any(met) && ground.may_run(a, b)
}

/// Keeps the sides that the first pass chose among the `free` ports and spreads the edges of a side evenly around its
/// middle.
pub fn spread(
    ground: &Ground,
    scene: &Scene,
    ends: &[Ends],
    free: &[[Vec<Port>; 2]],
    routes: &[Route],
) -> Vec<[Vec<Port>; 2]> {
    /// One end of one edge, on one side of an item.
    struct Meeting {
        edge: usize,
        end: usize,
        bundle: u32,
        turn: (i8, Px),
        /// Orders edges that take the same way, so that they stay side by side from end to end.
        hand: i64,
        /// Where the first pass met the side.
        at: Point,
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
            let begins = (end == 0) == (e.from < e.to);
            let left_first = matches!(facing, Facing::Right | Facing::Up) == begins;
            let hand = if left_first { i64::from(e.bundle) } else { -i64::from(e.bundle) };
            let turn = turn_of(&points, facing);
            let meeting = Meeting { edge: i, end, bundle: e.bundle, turn, hand, at: points[0] };
            sides.entry((item, facing)).or_default().push(meeting);
        }
    }
    let mut fixed = free.to_vec();
    for ((item, facing), mut meetings) in sides {
        meetings.sort_by_key(|m| (m.turn, m.hand, m.edge));
        let mut order: Vec<u32> = Vec::new();
        for m in &meetings {
            if !order.contains(&m.bundle) {
                order.push(m.bundle);
            }
        }
        let rect = scene.items[item].rect;
        let length = if facing.is_horizontal() { rect.height() } else { rect.width() };
        let n = order.len() as Px;
        let gap = PORT_GAP.min(length / (n + 1));
        // An icon is met at the middle of its side, a frame where the first pass met it.
        let middle = match meetings.first() {
            Some(first) if !matches!(scene.items[item].kind, Kind::Icon(_)) => first.at,
            _ => side_at(rect, rect.center(), facing),
        };
        for m in meetings {
            let rank = order.iter().position(|b| *b == m.bundle).unwrap_or(0) as Px;
            let offset = (2 * rank - (n - 1)) * gap / 2;
            let at = if facing.is_horizontal() {
                point(middle.x, middle.y + offset)
            } else {
                point(middle.x + offset, middle.y)
            };
            let open: Vec<Port> = Port::all(ground, at, facing).into_iter().filter(|p| is_open(ground, *p)).collect();
            if !open.is_empty() {
                fixed[m.edge][m.end] = open;
            }
        }
    }
    straighten(&mut fixed);
    fixed
}

/// Moves an end that has its side for itself to the level of the other end, where that spares the edge a jog.
fn straighten(ports: &mut [[Vec<Port>; 2]]) {
    let mut crowd: BTreeMap<(Facing, Px, Px), usize> = BTreeMap::new();
    let spot = |p: &Port| match p.facing.is_horizontal() {
        true => (p.facing, p.at.x, p.at.y / (2 * JOG)),
        false => (p.facing, p.at.y, p.at.x / (2 * JOG)),
    };
    for port in ports.iter().flatten().filter_map(|ports| ports.first()) {
        *crowd.entry(spot(port)).or_default() += 1;
    }
    for [from, to] in ports.iter_mut() {
        let (Some(a), Some(b)) = (from.first().copied(), to.first().copied()) else { continue };
        let horizontal = a.facing.is_horizontal();
        let apart = if horizontal { (a.at.y - b.at.y).abs() } else { (a.at.x - b.at.x).abs() };
        if horizontal != b.facing.is_horizontal() || apart >= JOG {
            continue;
        }
        let (moved, level) = match (crowd[&spot(&a)], crowd[&spot(&b)]) {
            (_, 1) => (to, a.at),
            (1, _) => (from, b.at),
            _ => continue,
        };
        for port in moved {
            port.at = if horizontal { point(port.at.x, level.y) } else { point(level.x, port.at.y) };
        }
    }
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
