//! Part of phase 4: where edges meet their ends.
//!
//! Needs: boxes, and for [`spread`] a first way of each edge. Leaves: for each end of each edge the ports that it may
//! take, which meet no wall and run along no border; the edges of one side spread evenly over it, in an order that
//! avoids crossings. Edges of a bundle share a place on a side, unless they come to a frame's from far apart.

use std::collections::BTreeMap;

use super::ground::{BORDER_CLEARANCE, CLEARANCE, Ground, Part};
use super::p4_route::{Ends, Route};
use crate::geom::{Point, Px, Rect, point};
use crate::hashing::HashMap;
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
/// Ends of a bundle further from each other than this, along a frame's side, do not meet it at one point. Chosen: less
/// than neighbouring icons are apart.
const FAR_AWAY: Px = 64;
/// Ends nearer to one level than this are worth levelling.
const JOG: Px = 20;
/// Distance of two ports on one side, where the side is long enough.
const PORT_GAP: Px = 16;
/// The same where it lets an edge run straight: arrow heads still stand clear of each other.
const LEVEL_GAP: Px = 12;
/// Distance of spare ports, and how many a side has at most.
const SPARE_GAP: Px = 8;
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
    fn all(ground: &Ground, at: Point, facing: Facing) -> Vec<Port> {
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
fn door(ground: &Ground, item: ItemIndex, other: ItemIndex) -> Option<Facing> {
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
fn side_at(rect: Rect, with: Point, facing: Facing) -> Point {
    match facing {
        Facing::Left => point(rect.left, with.y),
        Facing::Right => point(rect.right, with.y),
        Facing::Up => point(with.x, rect.top),
        Facing::Down => point(with.x, rect.bottom),
    }
}

/// Whether the piece from a port of the box to its first bend meets no other wall, nor a badge in its corner, and runs
/// along no border.
fn is_open(ground: &Ground, of: Rect, port: Port) -> bool {
    let (a, b) = (port.facing.step(port.at, 1), port.outside());
    let near = Rect::spanning(a, b).grown(2);
    !ground.walls.any(near, |wall, ()| wall.overlaps(near) && wall != of) && ground.may_run(a, b)
}

/// One end of one edge, on one side of an item.
struct Meeting {
    edge: usize,
    end: usize,
    bundle: u32,
    /// Which of its bundle's places on the side.
    part: usize,
    /// Where along the side the first pass met it.
    wish: Px,
    turn: (i8, Px),
    /// Orders edges that take the same way, so that they stay side by side from end to end.
    hand: i64,
    facing: Facing,
    beside_door: bool,
}

/// Keeps the sides that the first pass chose among the `free` ports and spreads the edges of a side: around the middle
/// of an icon's, around where the first pass met a frame's.
pub fn spread(ground: &Ground, ends: &[Ends], free: &[[Vec<Port>; 2]], routes: &[Route]) -> Vec<[Vec<Port>; 2]> {
    let mut fixed = free.to_vec();
    for ((item, side), mut meetings) in sides(ground, ends, routes) {
        let rect = ground.rect(item);
        let is_icon = matches!(ground.part(item), Part::Icon | Part::Gateway);
        let along = |p: Point| if side.is_horizontal() { p.y } else { p.x };
        if is_icon {
            let middle = along(rect.center());
            // Beside a door, edges stay on their side of the border.
            meetings.iter_mut().filter(|m| !m.beside_door).for_each(|m| m.wish = middle);
        }
        meetings.sort_by_key(|m| (m.wish, m.turn, m.hand, m.edge));
        if !is_icon {
            split(&mut meetings);
        }
        let bundles = bundles(&meetings);
        let (low, high) = (along(point(rect.left, rect.top)), along(point(rect.right, rect.bottom)));
        let wishes: Vec<Px> = bundles.iter().map(|(_, wish)| *wish).collect();
        let places = set_apart(&wishes, PORT_GAP.min((high - low) / (wishes.len() as Px + 1)), low, high);
        for m in meetings {
            let rank = bundles.iter().position(|(bundle, _)| *bundle == (m.bundle, m.part)).unwrap_or(0);
            let at = side_at(rect, point(places[rank], places[rank]), side);
            let open: Vec<Port> =
                Port::all(ground, at, m.facing).into_iter().filter(|p| is_open(ground, rect, *p)).collect();
            if !open.is_empty() {
                fixed[m.edge][m.end] = open;
            }
        }
    }
    straighten(ground, ends, &mut fixed);
    keep_free(ends, free, &mut fixed);
    fixed
}

/// An end that is the only one of its bundle at an item keeps the ports on other sides that are clear of the other ends:
/// one of those may be nearer to the bundle's line than the side of the edge's own best way. One end an item, for the
/// others are held.
fn keep_free(ends: &[Ends], free: &[[Vec<Port>; 2]], fixed: &mut [[Vec<Port>; 2]]) {
    let bundles = count(ends.iter().map(|e| e.bundle));
    let mut at: BTreeMap<ItemIndex, Vec<(usize, usize)>> = BTreeMap::new();
    for (edge, e) in ends.iter().enumerate() {
        at.entry(e.from).or_default().push((edge, 0));
        at.entry(e.to).or_default().push((edge, 1));
    }
    for met in at.into_values() {
        let here = count(met.iter().map(|(edge, _)| ends[*edge].bundle));
        let is_wanted =
            |(edge, _): &&(usize, usize)| bundles[&ends[*edge].bundle] > 1 && here[&ends[*edge].bundle] == 1;
        let Some(&(edge, end)) = met.iter().find(is_wanted) else { continue };
        let others = met.iter().filter(|(other, _)| *other != edge);
        let taken: Vec<Point> = others.flat_map(|(edge, end)| &fixed[*edge][*end]).map(|port| port.at).collect();
        let is_clear =
            |port: &Port| taken.iter().all(|at| (at.x - port.at.x).abs() + (at.y - port.at.y).abs() >= PORT_GAP);
        let own = fixed[edge][end].first().map(|port| port.facing);
        let more = free[edge][end].iter().filter(|port| Some(port.facing) != own && is_clear(port));
        fixed[edge][end].extend(more);
    }
}

fn count(bundles: impl Iterator<Item = u32>) -> HashMap<u32, usize> {
    let mut counts = HashMap::default();
    bundles.for_each(|bundle| *counts.entry(bundle).or_default() += 1);
    counts
}

/// Lets ends of a bundle that are far from each other meet a frame each where it is: a common line would run along the
/// whole frame, over what stands before it.
fn split(sorted: &mut [Meeting]) {
    let mut last: BTreeMap<u32, (Px, usize)> = BTreeMap::new();
    for meeting in sorted {
        let (wish, part) = last.get(&meeting.bundle).copied().unwrap_or((meeting.wish, 0));
        let part = if meeting.wish - wish > FAR_AWAY { part + 1 } else { part };
        last.insert(meeting.bundle, (meeting.wish, part));
        meeting.part = part;
    }
}

/// The bundles of a side in their order, each with its wish: a bundle comes where the middle one of its edges does.
fn bundles(sorted: &[Meeting]) -> Vec<((u32, usize), Px)> {
    let mut places: BTreeMap<(u32, usize), Vec<usize>> = BTreeMap::new();
    for (place, meeting) in sorted.iter().enumerate() {
        places.entry((meeting.bundle, meeting.part)).or_default().push(place);
    }
    let mut middles: Vec<usize> = places.values().map(|places| places[(places.len() - 1) / 2]).collect();
    middles.sort_unstable();
    middles.into_iter().map(|middle| ((sorted[middle].bundle, sorted[middle].part), sorted[middle].wish)).collect()
}

/// Which edges meet which side of which item.
fn sides(ground: &Ground, ends: &[Ends], routes: &[Route]) -> BTreeMap<(ItemIndex, Facing), Vec<Meeting>> {
    let mut sides: BTreeMap<(ItemIndex, Facing), Vec<Meeting>> = BTreeMap::new();
    for (edge, (e, route)) in ends.iter().zip(routes).enumerate() {
        for end in 0..2 {
            let (item, other) = if end == 0 { (e.from, e.to) } else { (e.to, e.from) };
            let mut points = route.points.clone();
            if end == 1 {
                points.reverse();
            }
            let [a, b, ..] = points[..] else { continue };
            let facing = Facing::of(a, b);
            let side = if ground.holds(item, other) { facing.opposite() } else { facing };
            let begins = (end == 0) == (e.from < e.to);
            let left_first = matches!(facing, Facing::Right | Facing::Up) == begins;
            let hand = if left_first { i64::from(e.bundle) } else { -i64::from(e.bundle) };
            let wish = if side.is_horizontal() { points[0].y } else { points[0].x };
            let turn = turn_of(&points, facing);
            let door = if ground.part(item) == Part::Gateway { door(ground, item, other) } else { None };
            let beside_door = door.is_some_and(|door| door != side);
            sides.entry((item, side)).or_default().push(Meeting {
                beside_door,
                edge,
                end,
                bundle: e.bundle,
                part: 0,
                wish,
                turn,
                hand,
                facing,
            });
        }
    }
    sides
}

/// Places at least `gap` apart, in the order of the ascending wishes and as near to them as that allows, within
/// `low` and `high`: wishes that are too near to each other are spread around their mean.
fn set_apart(wishes: &[Px], gap: Px, low: Px, high: Px) -> Vec<Px> {
    /// How many places, and twice their middle.
    type Cluster = (Px, Px);
    let half = |n: Px| (n - 1) * gap;
    let mut clusters: Vec<Cluster> = Vec::new();
    for &wish in wishes {
        let mut last: Cluster = (1, 2 * wish);
        while let Some(&(n, middle)) = clusters.last() {
            if middle + half(n) + 2 * gap <= last.1 - half(last.0) {
                break;
            }
            let all = n + last.0;
            last = (all, (middle * n + last.1 * last.0) / all);
            clusters.pop();
        }
        let reach = half(last.0);
        last.1 = last.1.min(2 * (high - gap) - reach).max(2 * (low + gap) + reach);
        clusters.push(last);
    }
    let places = clusters.into_iter().flat_map(|(n, middle)| (0..n).map(move |k| (middle - half(n)) / 2 + k * gap));
    places.collect()
}

/// Brings the ends of edges to one level, where that spares them a jog and their sides have room for it. Edges of a bundle
/// that meet at one place stay together; rather than those, an end is moved that is there alone.
pub fn straighten(ground: &Ground, ends: &[Ends], ports: &mut [[Vec<Port>; 2]]) {
    let mut sides: BTreeMap<Side, Vec<Met>> = BTreeMap::new();
    for (edge, both) in ports.iter().enumerate() {
        for end in 0..2 {
            let Some((side, along)) = met(&ends[edge], end, both) else { continue };
            sides.entry(side).or_default().push(Met { edge, end, along });
        }
    }
    // Twice, since one that moves may make room for another.
    for edge in (0..ports.len()).chain(0..ports.len()) {
        let [Some(from), Some(to)] = [0, 1].map(|end| met(&ends[edge], end, &ports[edge])) else { continue };
        let (a, b) = (range(ground, from.0), range(ground, to.0));
        let (low, high) = (a.0.max(b.0), a.1.min(b.1));
        if from.0.1 != to.0.1 || !(1..JOG).contains(&(from.1 - to.1).abs()) || low > high {
            continue;
        }
        let mut choices = [to.1, from.1].map(|level| {
            let level = level.clamp(low, high);
            let moved = [from, to].into_iter().filter(|(_, old)| *old != level);
            moved.map(|place| Move::of(place, level, ends[edge].bundle, ends, &sides)).collect::<Vec<_>>()
        });
        choices.sort_by_key(|moves| moves.iter().map(|m| m.together.len()).sum::<usize>());
        let is_straight = |m: &Met, level: Px| {
            let other = met(&ends[m.edge], 1 - m.end, &ports[m.edge]);
            m.edge != edge && other.is_some_and(|other| other.0.1 == from.0.1 && other.1 == level)
        };
        let is_free = |m: &Move| {
            m.has_room(ground)
                && m.together.iter().all(|met| !is_straight(met, m.old) && !m.levelled(ground, ports, met).is_empty())
        };
        let Some(moves) = choices.into_iter().find(|moves| moves.iter().all(is_free)) else { continue };
        for moved in moves {
            for met in &moved.together {
                ports[met.edge][met.end] = moved.levelled(ground, ports, met);
            }
            let Move { side, together, mut others, level, .. } = moved;
            others.extend(together.into_iter().map(|met| Met { along: level, ..met }));
            sides.insert(side, others);
        }
    }
}

/// The ends of a bundle at one place of a side, which are to go to another place there.
struct Move {
    side: Side,
    together: Vec<Met>,
    /// What else meets the side.
    others: Vec<Met>,
    old: Px,
    level: Px,
}

impl Move {
    fn of((side, old): (Side, Px), level: Px, bundle: u32, ends: &[Ends], sides: &BTreeMap<Side, Vec<Met>>) -> Move {
        let is_together = |m: &&Met| m.along == old && ends[m.edge].bundle == bundle;
        let (together, others) = sides[&side].iter().partition(is_together);
        Move { side, together, others, old, level }
    }

    /// The ports of one of the ends at the new place, those that are open there.
    fn levelled(&self, ground: &Ground, ports: &[[Vec<Port>; 2]], met: &Met) -> Vec<Port> {
        let Move { side: (item, is_upright, across), level, .. } = *self;
        let at = if is_upright { point(across, level) } else { point(level, across) };
        let of_side = |port: &&Port| {
            port.facing.is_horizontal() == is_upright && across == if is_upright { port.at.x } else { port.at.y }
        };
        let moved = ports[met.edge][met.end].iter().filter(of_side).map(|port| Port { at, ..*port });
        moved.filter(|port| is_open(ground, ground.rect(item), *port)).collect()
    }

    /// It comes too near to none, and passes none.
    fn has_room(&self, ground: &Ground) -> bool {
        let (low, high) = range(ground, self.side);
        let gap = LEVEL_GAP.min((high - low) / 3);
        let clear = |m: &Met| (self.level - m.along).abs() >= gap && (self.level < m.along) == (self.old < m.along);
        self.others.iter().all(clear)
    }
}

/// Where along a side edges may meet it: clear of its corners.
fn range(ground: &Ground, side: Side) -> (Px, Px) {
    let rect = ground.rect(side.0);
    let (low, high) = if side.1 { (rect.top, rect.bottom) } else { (rect.left, rect.right) };
    (low + SPARE_GAP / 2, high - SPARE_GAP / 2)
}

/// One of an item's sides: whether it is an upright one, and where it is.
type Side = (ItemIndex, bool, Px);

/// An end of an edge on a side.
#[derive(Clone, Copy)]
struct Met {
    edge: usize,
    end: usize,
    along: Px,
}

/// The side that an end of an edge meets first, and where along it.
fn met(of: &Ends, end: usize, ports: &[Vec<Port>; 2]) -> Option<(Side, Px)> {
    let item = if end == 0 { of.from } else { of.to };
    let port = ports[end].first()?;
    Some(match port.facing.is_horizontal() {
        true => ((item, true, port.at.x), port.at.y),
        false => ((item, false, port.at.y), port.at.x),
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
