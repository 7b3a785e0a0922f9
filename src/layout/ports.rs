//! Part of phase 4: where an edge may meet its ends.
//!
//! Needs: boxes. Leaves: for each end of an edge the ports that it may take, which meet no wall and run along no border.

use super::ground::{BORDER_CLEARANCE, CLEARANCE, Ground, Part};
use crate::geom::{Point, Px, Rect, point};
use crate::scene::ItemIndex;
use crate::theme::ICON;

/// From an end's border to where an edge may first bend, and what the bend costs there: close to an end, the arrow
/// head has no room.
const REACH: [(Px, u32); 3] = [(16, 0), (FAR_REACH, 4), (8, 20)];
const FAR_REACH: Px = 24;
/// Places along a frame's top and bottom at which edges may meet it, and what those off the middle cost.
const SIDE_PARTS: Px = 8;
const OFF_CENTER: u32 = 16;
/// What it costs to meet a frame where a band runs past it: it looks as if the edge met the band. Chosen: more than to
/// cross an edge.
const IN_BAND: u32 = 160;
/// Distance of spare ports, and how many a side has at most.
pub const SPARE_GAP: Px = 8;
const SPARE_MOST: Px = 24;

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

    pub const fn opposite(self) -> Facing {
        match self {
            Facing::Left => Facing::Right,
            Facing::Right => Facing::Left,
            Facing::Up => Facing::Down,
            Facing::Down => Facing::Up,
        }
    }

    /// The direction from a point to another one on its line.
    pub fn of(a: Point, b: Point) -> Facing {
        match (b.x - a.x, b.y - a.y) {
            (0, dy) if dy < 0 => Facing::Up,
            (0, _) => Facing::Down,
            (dx, _) if dx < 0 => Facing::Left,
            _ => Facing::Right,
        }
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
    pub fn all(ground: &Ground, at: Point, facing: Facing) -> Vec<Port> {
        // It has to be able to turn there without running along a border.
        let clear = |p: &Port| {
            let turn = p.outside();
            let aside = if facing.is_horizontal() { point(turn.x, turn.y + 1) } else { point(turn.x + 1, turn.y) };
            ground.may_run(turn, aside)
        };
        // Where gaps are narrow, the next border is nearer than the first bend.
        let near = |p: &Port| !ground.crosses_border(p.facing.step(at, 1), p.outside());
        let ports = REACH.iter().map(|&(reach, price)| Port { at, facing, reach, price });
        let open: Vec<Port> = ports.clone().filter(|port| clear(port) && near(port)).collect();
        let open = if open.is_empty() { ports.clone().filter(clear).collect() } else { open };
        if open.is_empty() { ports.take(1).collect() } else { open }
    }

    /// The same at another place of its side.
    pub fn moved(self, at: Point) -> Port {
        Port { at, ..self }
    }

    pub fn outside(self) -> Point {
        self.facing.step(self.at, self.reach)
    }
}

/// Where an edge to `other` may meet an item: the middle of each open side; of a frame also the place level with the
/// other end, so that the edge can run straight, and, for a little more, places all along its top and bottom; of an
/// icon on a border only the side that faces the other end, for a gateway is a door: who is inside meets its inner
/// side. A frame is met from inside by what stands in it.
pub fn ports(ground: &Ground, item: ItemIndex, other: ItemIndex) -> Vec<Port> {
    let rect = ground.rect(item);
    let anchor = ground.anchor(item);
    let inward = ground.holds(item, other);
    let at = |with: Point, side: Facing| {
        Port::all(ground, side_at(rect, with, side), if inward { side.opposite() } else { side })
    };
    let mut all: Vec<Port> = Facing::ALL.iter().flat_map(|&side| at(anchor, side)).collect();
    match ground.part(item) {
        Part::Gateway => {
            if let Some(door) = door(ground, item, other) {
                all.retain(|p| p.facing == door);
                if all.iter().any(|p| is_open(ground, rect, *p)) {
                    return all;
                }
                // Where its label stands before the door: beside it, on the same side of the border.
                let beside = door.step(rect.center(), ICON / 2 - SPARE_GAP);
                for side in Facing::ALL.into_iter().filter(|side| side.is_horizontal() != door.is_horizontal()) {
                    all.extend(at(beside, side).into_iter().map(|p| Port { price: p.price + OFF_CENTER, ..p }));
                }
            }
        }
        Part::Frame | Part::Overlay | Part::Band => {
            let level = ground.anchor(other);
            let inner = rect.grown(-2 * CLEARANCE);
            if is_inside(rect, level.y) {
                all.extend([Facing::Left, Facing::Right].into_iter().flat_map(|f| at(level, f)));
            } else if let Some(level) = common_level(ground, item, other) {
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
            let bands = ground.foreign_bands(rect.grown(FAR_REACH), [item, other]);
            let is_in_band = |at: Point| bands.iter().any(|band| band.contains(Rect::spanning(at, at)));
            all.iter_mut().filter(|port| is_in_band(port.outside())).for_each(|port| port.price += IN_BAND);
        }
        Part::Icon | Part::Other => {}
    }
    let open: Vec<Port> = all.iter().copied().filter(|p| is_open(ground, rect, *p)).collect();
    if open.is_empty() { all } else { open }
}

/// In the middle of what two frames have in common from top to bottom, where neither is met level with the other's
/// middle.
fn common_level(ground: &Ground, item: ItemIndex, other: ItemIndex) -> Option<Point> {
    let is_frame = matches!(ground.part(other), Part::Frame | Part::Overlay | Part::Band);
    let [ours, theirs] = [item, other].map(|item| ground.rect(item));
    let (top, bottom) = (ours.top.max(theirs.top) + CLEARANCE, ours.bottom.min(theirs.bottom) - CLEARANCE);
    let is_level = |rect: Rect, with: ItemIndex| is_inside(rect, ground.anchor(with).y);
    let wanted = is_frame && top <= bottom && !is_level(ours, other) && !is_level(theirs, item);
    wanted.then(|| point(ours.left, (top + bottom) / 2))
}

/// Whether a frame may be met at a height without coming near to its corners.
fn is_inside(rect: Rect, y: Px) -> bool {
    rect.top + 2 * CLEARANCE < y && y < rect.bottom - 2 * CLEARANCE
}

/// Where else an edge may meet an item when the middles of its sides are taken: places all along its sides that keep
/// their distance from `taken`.
pub fn spare_ports(ground: &Ground, item: ItemIndex, other: ItemIndex, taken: &[Point]) -> Vec<Port> {
    let rect = ground.rect(item);
    let center = rect.center();
    let inward = ground.holds(item, other);
    let gate = (ground.part(item) == Part::Gateway).then(|| door(ground, item, other)).flatten();
    let mut spare = Vec::new();
    for side in Facing::ALL {
        if gate.is_some_and(|gate| gate == side.opposite()) {
            continue;
        }
        let length = if side.is_horizontal() { rect.height() } else { rect.width() };
        let gap = SPARE_GAP.max(length / SPARE_MOST);
        let facing = if inward { side.opposite() } else { side };
        for k in -(length / 2 / gap)..=length / 2 / gap {
            let with = if side.is_horizontal() {
                point(center.x, center.y + k * gap)
            } else {
                point(center.x + k * gap, center.y)
            };
            let at = side_at(rect, with, side);
            let near_corner = (length / 2 - (k * gap).abs()) < SPARE_GAP / 2;
            let beside_door = gate.is_some_and(|gate| gate != side);
            let behind_border = gate.is_some_and(|gate| beside_door && !is_before(at, rect.center(), gate));
            let is_taken = taken.iter().any(|t| (t.x - at.x).abs() + (t.y - at.y).abs() < SPARE_GAP);
            if near_corner || is_taken || behind_border {
                continue;
            }
            let price = OFF_CENTER / 2 * k.unsigned_abs().min(4) + if beside_door { 4 * OFF_CENTER } else { 0 };
            let ports = Port::all(ground, at, facing).into_iter().filter(|p| is_open(ground, rect, *p));
            spare.extend(ports.map(|port| Port { price: port.price + price, ..port }));
        }
    }
    spare
}

/// Whether a point lies clear of a border through `center`, on the side that a door in it looks to.
fn is_before(at: Point, center: Point, door: Facing) -> bool {
    let by = match door {
        Facing::Left => center.x - at.x,
        Facing::Right => at.x - center.x,
        Facing::Up => center.y - at.y,
        Facing::Down => at.y - center.y,
    };
    by >= BORDER_CLEARANCE
}

/// The side of an icon on its parent's border that looks at the other end.
pub fn door(ground: &Ground, item: ItemIndex, other: ItemIndex) -> Option<Facing> {
    let parent = ground.parent(item)?;
    let frame = ground.rect(parent);
    let center = ground.rect(item).center();
    let (outer, inner) = match () {
        () if center.x == frame.right => (Facing::Right, Facing::Left),
        () if center.x == frame.left => (Facing::Left, Facing::Right),
        () if center.y == frame.bottom => (Facing::Down, Facing::Up),
        () if center.y == frame.top => (Facing::Up, Facing::Down),
        () => return None,
    };
    Some(if ground.holders(other).contains(&parent) { inner } else { outer })
}

/// The point on a side of the box that is level or plumb with `with`.
pub fn side_at(rect: Rect, with: Point, facing: Facing) -> Point {
    match facing {
        Facing::Left => point(rect.left, with.y),
        Facing::Right => point(rect.right, with.y),
        Facing::Up => point(with.x, rect.top),
        Facing::Down => point(with.x, rect.bottom),
    }
}

/// Whether the piece from a port of the box to its first bend meets no other wall, nor a badge in its corner, and runs
/// along no border.
pub fn is_open(ground: &Ground, of: Rect, port: Port) -> bool {
    let (a, b) = (port.facing.step(port.at, 1), port.outside());
    let near = Rect::spanning(a, b).grown(2);
    !ground.walls.any(near, |wall, ()| wall.overlaps(near) && wall != of) && ground.may_run(a, b)
}
