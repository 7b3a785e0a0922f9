//! Phase 5: sets edges that share a channel apart, in an order that avoids crossings, and centres them in it.
//!
//! Needs: orthogonal routes that may lie on each other (phase 4). Leaves: routes with the same bends; pieces of
//! different bundles that run side by side are `TRACK` px apart where there is room for it, and still apart where
//! there is less. Ends stay where they are.
//!
//! Vertical and horizontal pieces in turn: each piece has an interval in which it may slide without meeting a wall or
//! a border; pieces that overlap lengthwise get an order, and a longest-path pass places them.
//! Quadratic in the pieces of one picture's edges, of which a readable picture has at most a few hundred.
//! Source: Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009, section 4.

use super::p2_tracks::TRACK;
use super::p4_route::{CLEARANCE, Ground, Route};
use crate::geom::{Point, Px, Rect, point};

/// Rounds of vertical and horizontal nudging: the second mends what the first one's moves brought together.
const ROUNDS: usize = 3;
/// How far out a way that turns back may be moved: the room of four tracks.
const FURTHER_OUT: Px = 4 * TRACK;
/// Pieces nearer than this lengthwise have to be set apart.
const NEAR: Px = 6;

pub fn nudge(ground: &Ground, bundles: &[u32], routes: &mut [Route]) {
    let upright = Obstacles::of(ground, |rect| rect);
    let turned = Obstacles::of(ground, transposed);
    for _ in 0..ROUNDS {
        nudge_vertical(&upright, bundles, routes);
        transpose(routes);
        nudge_vertical(&turned, bundles, routes);
        transpose(routes);
    }
}

/// Least distance at which two edges side by side are told apart.
const APART: Px = 4;

/// An edge, and the first point of one of its pieces.
pub type Conflict = (usize, usize);

/// Pieces that lie on a piece of another bundle: of each such pair the edge that comes later.
pub fn conflicts(bundles: &[u32], routes: &[Route]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (i, later) in routes.iter().enumerate() {
        for (k, (a, b)) in pieces(&later.points).enumerate().filter(|(_, (a, b))| a != b) {
            let clash = |(j, other): (usize, &Route)| {
                bundles[j] != bundles[i] && pieces(&other.points).any(|(c, d)| c != d && lie_together(a, b, c, d))
            };
            if routes[..i].iter().enumerate().any(clash) {
                found.push((i, k));
            }
        }
    }
    found
}

fn lie_together(a: Point, b: Point, c: Point, d: Point) -> bool {
    let (s, t) = (Rect::spanning(a, b), Rect::spanning(c, d));
    if a.x == b.x && c.x == d.x {
        (a.x - c.x).abs() < APART && s.top < t.bottom && t.top < s.bottom
    } else if a.y == b.y && c.y == d.y {
        (a.y - c.y).abs() < APART && s.left < t.right && t.left < s.right
    } else {
        false
    }
}

fn transposed(r: Rect) -> Rect {
    Rect { left: r.top, top: r.left, right: r.bottom, bottom: r.right }
}

fn transpose(routes: &mut [Route]) {
    for p in routes.iter_mut().flat_map(|r| &mut r.points) {
        *p = point(p.y, p.x);
    }
}

struct Obstacles {
    walls: Vec<Rect>,
    frames: Vec<Rect>,
    page: Rect,
}

impl Obstacles {
    fn of(ground: &Ground, turn: impl Fn(Rect) -> Rect) -> Obstacles {
        Obstacles {
            walls: ground.walls.iter().map(|r| turn(*r)).collect(),
            frames: ground.frames.iter().map(|(_, r)| turn(*r)).collect(),
            page: turn(ground.page),
        }
    }

    /// How far the upright piece may slide to either side.
    fn interval(&self, x: Px, low: Px, high: Px) -> (Px, Px) {
        let (mut left, mut right) = (self.page.left + CLEARANCE, self.page.right - CLEARANCE);
        // Where a piece stands nearer than the clearance already, it may stay but come no nearer.
        let mut keep_off = |low: Px, high: Px| {
            if high <= x {
                left = left.max((high + CLEARANCE).min(x));
            } else if low >= x {
                right = right.min((low - CLEARANCE).max(x));
            }
        };
        for wall in &self.walls {
            if wall.top < high + CLEARANCE && low - CLEARANCE < wall.bottom {
                keep_off(wall.left, wall.right);
            }
        }
        for frame in &self.frames {
            if frame.top <= high && low <= frame.bottom {
                keep_off(frame.left, frame.left);
                keep_off(frame.right, frame.right);
            }
        }
        (left.min(x), right.max(x))
    }
}

/// Pieces of one bundle that lie on one line and touch: they move as one.
struct Group {
    /// Route and index of each piece's first point.
    pieces: Vec<(usize, usize)>,
    bundle: u32,
    x: Px,
    low: Px,
    high: Px,
    /// Interval in which it may stand; both its own place where an end holds it.
    left: Px,
    right: Px,
    /// Where the way goes on at its upper and at its lower end: -1 left, 1 right, 0 nowhere.
    turns: (i32, i32),
}

fn nudge_vertical(obstacles: &Obstacles, bundles: &[u32], routes: &mut [Route]) {
    let groups = groups(obstacles, bundles, routes);
    let order = order(&groups);
    for gap in [TRACK, 10, 8, 6, 4] {
        if let Some(places) = places(&groups, &order, gap) {
            for (group, x) in groups.iter().zip(places) {
                for (route, piece) in &group.pieces {
                    routes[*route].points[*piece].x = x;
                    routes[*route].points[*piece + 1].x = x;
                }
            }
            return;
        }
    }
}

fn groups(obstacles: &Obstacles, bundles: &[u32], routes: &[Route]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (r, route) in routes.iter().enumerate() {
        let points = &route.points;
        for i in 0..points.len().saturating_sub(1) {
            let (a, b) = (points[i], points[i + 1]);
            if a.x != b.x || a.y == b.y {
                continue;
            }
            let (low, high) = (a.y.min(b.y), a.y.max(b.y));
            let held = i == 0 || i + 2 == points.len() || route.relaxed.is_some();
            let (left, right) = if held { (a.x, a.x) } else { obstacles.interval(a.x, low, high) };
            let (left, right) = match (i > 0, points.get(i + 2)) {
                (true, Some(next)) if !held => between_neighbours(a.x, points[i - 1].x, next.x, left, right),
                _ => (left, right),
            };
            let before = if i > 0 { (points[i - 1].x - a.x).signum() } else { 0 };
            let after = points.get(i + 2).map_or(0, |p| (p.x - a.x).signum());
            let turns = if a.y < b.y { (before, after) } else { (after, before) };
            groups.push(Group { pieces: vec![(r, i)], bundle: bundles[r], x: a.x, low, high, left, right, turns });
        }
    }
    groups.sort_by_key(|g| (g.bundle, g.x, g.low, g.high));
    let mut merged: Vec<Group> = Vec::new();
    for group in groups {
        match merged.last_mut() {
            Some(last) if last.bundle == group.bundle && last.x == group.x && group.low <= last.high => {
                last.pieces.extend(group.pieces);
                if group.high > last.high {
                    last.high = group.high;
                    last.turns.1 = group.turns.1;
                }
                last.left = last.left.max(group.left);
                last.right = last.right.min(group.right);
            }
            _ => merged.push(group),
        }
    }
    merged
}

/// How far a piece may slide without turning a neighbouring piece around: between the two far ends where the way
/// goes on to the other side; where it turns back, not nearer than it bends, and only a little further out.
fn between_neighbours(x: Px, before: Px, after: Px, left: Px, right: Px) -> (Px, Px) {
    let (low, high) = (before.min(after), before.max(after));
    if low < x && x < high {
        (left.max(low), right.min(high))
    } else if high <= x {
        (left.max((high + CLEARANCE).min(x)), right.min(x + FURTHER_OUT))
    } else {
        (left.max(x - FURTHER_OUT), right.min((low - CLEARANCE).max(x)))
    }
}

fn meet(a: &Group, b: &Group) -> bool {
    a.bundle != b.bundle && a.low < b.high + NEAR && b.low < a.high + NEAR
}

/// Whether `a` has to stand left of `b`: by where they stand, or, on one line, by where the one that ends first
/// turns to.
fn stands_left(a: &Group, b: &Group) -> bool {
    if a.x != b.x {
        return a.x < b.x;
    }
    let upper = match a.low.cmp(&b.low) {
        std::cmp::Ordering::Less => -b.turns.0,
        std::cmp::Ordering::Greater => a.turns.0,
        std::cmp::Ordering::Equal => (a.turns.0 - b.turns.0).signum(),
    };
    let lower = match a.high.cmp(&b.high) {
        std::cmp::Ordering::Less => a.turns.1,
        std::cmp::Ordering::Greater => -b.turns.1,
        std::cmp::Ordering::Equal => (a.turns.1 - b.turns.1).signum(),
    };
    match upper + lower {
        0 => (a.bundle, a.low) < (b.bundle, b.low),
        pull => pull < 0,
    }
}

/// The groups from left to right, such that of two that meet the one that has to stand left comes first.
fn order(groups: &[Group]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut waiting: Vec<usize> = (0..groups.len()).collect();
    waiting.sort_by_key(|&i| (groups[i].x, i));
    while !waiting.is_empty() {
        let next = waiting
            .iter()
            .position(|&i| {
                let same = waiting.iter().take_while(|&&j| groups[j].x <= groups[i].x);
                !same
                    .into_iter()
                    .any(|&j| j != i && meet(&groups[i], &groups[j]) && stands_left(&groups[j], &groups[i]))
            })
            .unwrap_or(0);
        order.push(waiting.remove(next));
    }
    order
}

/// A place for each group, at least `gap` px from its neighbours and as central as they allow; `None` if some
/// interval is too narrow.
fn places(groups: &[Group], order: &[usize], gap: Px) -> Option<Vec<Px>> {
    let n = groups.len();
    let mut least: Vec<Px> = groups.iter().map(|g| g.left).collect();
    let mut most: Vec<Px> = groups.iter().map(|g| g.right).collect();
    let (mut before, mut after) = (vec![0; n], vec![0; n]);
    for (k, &j) in order.iter().enumerate() {
        for &i in order[..k].iter().filter(|&&i| meet(&groups[i], &groups[j])) {
            if groups[i].right + gap <= groups[j].left {
                continue;
            }
            least[j] = least[j].max(least[i] + gap);
            before[j] = before[j].max(before[i] + 1);
        }
    }
    for (k, &i) in order.iter().enumerate().rev() {
        for &j in order[k + 1..].iter().filter(|&&j| meet(&groups[i], &groups[j])) {
            if groups[i].right + gap <= groups[j].left {
                continue;
            }
            most[i] = most[i].min(most[j] - gap);
            after[i] = after[i].max(after[j] + 1);
        }
    }
    // Two ends that are held nearer than the gap cannot be helped here.
    let stuck = |i: usize| groups[i].left == groups[i].right;
    if (0..n).any(|i| least[i] > most[i] && !stuck(i)) && gap > 4 {
        return None;
    }
    let mut places = vec![0; n];
    for (k, &j) in order.iter().enumerate() {
        let g = &groups[j];
        if stuck(j) {
            places[j] = g.x;
            continue;
        }
        let wish = (g.left + g.right) / 2 + (before[j] - after[j]) * gap / 2;
        let pushed = order[..k].iter().filter(|&&i| meet(&groups[i], g) && groups[i].right + gap > g.left);
        let floor = pushed.map(|&i| places[i] + gap).max().unwrap_or(g.left).max(g.left);
        places[j] = wish.max(floor).min(most[j].max(floor)).clamp(g.left, g.right);
    }
    Some(places)
}

/// The straight pieces of a line.
pub fn pieces(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    points.windows(2).map(|pair| (pair[0], pair[1]))
}
