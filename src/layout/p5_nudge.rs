//! Phase 5: sets edges that share a channel apart, in an order that avoids crossings, and centres them in it.
//!
//! Needs: orthogonal routes that may lie on each other (phase 4). Leaves: routes with the same bends; pieces of
//! different bundles that run side by side are `TRACK` px apart where there is room for it, and still apart where
//! there is less. Ends stay where they are.
//!
//! Vertical and horizontal pieces in turn: each piece has an interval in which it may slide without meeting a wall or
//! a border; pieces that overlap lengthwise and whose intervals meet get an order, and a longest-path pass places
//! them, channel by channel.
//! Cost: n log n in the pieces and in the pairs of them that meet; within a channel that is the square of its pieces,
//! of which there are tens, for a channel is as narrow as the gaps of the page.
//! Source: Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009, section 4.

use std::collections::BTreeSet;

use super::ground::{CLEARANCE, Ground};
use super::near::Near;
use super::p2_tracks::TRACK;
use super::p4_route::Route;
use super::turn::Turn;
use crate::geom::{Px, Rect, point};

/// Rounds of vertical and horizontal nudging: the second mends what the first one's moves brought together.
const ROUNDS: usize = 3;
/// How far out a way that turns back may be moved: the room of four tracks.
const FURTHER_OUT: Px = 4 * TRACK;
/// Pieces nearer than this lengthwise have to be set apart.
const NEAR: Px = 6;
/// Distances to try in a channel, the last one whatever comes of it.
const GAPS: [Px; 5] = [TRACK, 10, 8, 6, 4];

pub fn nudge(ground: &Ground, routes: &mut [Route]) {
    for _ in 0..ROUNDS {
        for turn in [Turn::None, Turn::Over] {
            transpose(routes, turn);
            nudge_vertical(&Obstacles { ground, turn }, routes);
            transpose(routes, turn);
        }
    }
}

fn transpose(routes: &mut [Route], turn: Turn) {
    if turn == Turn::Over {
        for p in routes.iter_mut().flat_map(|r| &mut r.points) {
            *p = point(p.y, p.x);
        }
    }
}

struct Obstacles<'a> {
    ground: &'a Ground,
    turn: Turn,
}

impl Obstacles<'_> {
    /// How far the upright piece may slide to either side.
    fn interval(&self, x: Px, low: Px, high: Px) -> (Px, Px) {
        let page = self.turn.rect(self.ground.page);
        let ends = (page.left + CLEARANCE, page.right - CLEARANCE);
        let mut reach = 8 * TRACK;
        loop {
            let window = (ends.0.max(x - reach), ends.1.min(x + reach));
            let (left, right) = self.interval_within(x, low, high, window);
            if (left > window.0 || window.0 == ends.0) && (right < window.1 || window.1 == ends.1) {
                return (left.min(x), right.max(x));
            }
            reach *= 4;
        }
    }

    fn interval_within(&self, x: Px, low: Px, high: Px, window: (Px, Px)) -> (Px, Px) {
        let (mut left, mut right) = window;
        // Where a piece stands nearer than the clearance already, it may stay but come no nearer.
        let mut keep_off = |low: Px, high: Px| {
            if high <= x {
                left = left.max((high + CLEARANCE).min(x));
            } else if low >= x {
                right = right.min((low - CLEARANCE).max(x));
            }
        };
        let channel = |along: Px| {
            let (left, right) = (window.0 - CLEARANCE, window.1 + CLEARANCE);
            self.turn.rect(Rect { left, top: low - along, right, bottom: high + along })
        };
        self.ground.walls.any(channel(CLEARANCE - 1), |wall, ()| {
            let wall = self.turn.rect(wall);
            keep_off(wall.left, wall.right);
            false
        });
        self.ground.sides.any(channel(0), |side, ()| {
            let side = self.turn.rect(side);
            if side.left == side.right {
                keep_off(side.left, side.left);
            }
            false
        });
        (left, right)
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

fn nudge_vertical(obstacles: &Obstacles, routes: &mut [Route]) {
    let groups = groups(obstacles, routes);
    for channel in channels(&groups) {
        let places = GAPS.iter().find_map(|&gap| channel.places(&groups, gap)).unwrap_or_default();
        for (&group, x) in channel.order.iter().zip(places) {
            for (route, piece) in &groups[group].pieces {
                routes[*route].points[*piece].x = x;
                routes[*route].points[*piece + 1].x = x;
            }
        }
    }
}

fn groups(obstacles: &Obstacles, routes: &[Route]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (r, route) in routes.iter().enumerate() {
        let points = &route.points;
        for i in 0..points.len().saturating_sub(1) {
            let (a, b) = (points[i], points[i + 1]);
            if a.x != b.x || a.y == b.y {
                continue;
            }
            let (low, high) = (a.y.min(b.y), a.y.max(b.y));
            let held = i == 0 || i + 2 == points.len();
            let (left, right) = if held { (a.x, a.x) } else { obstacles.interval(a.x, low, high) };
            let (left, right) = match (i > 0, points.get(i + 2)) {
                (true, Some(next)) if !held => between_neighbours(a.x, points[i - 1].x, next.x, left, right),
                _ => (left, right),
            };
            let before = if i > 0 { (points[i - 1].x - a.x).signum() } else { 0 };
            let after = points.get(i + 2).map_or(0, |p| (p.x - a.x).signum());
            let turns = if a.y < b.y { (before, after) } else { (after, before) };
            groups.push(Group { pieces: vec![(r, i)], bundle: route.bundle, x: a.x, low, high, left, right, turns });
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

/// Groups that have to mind each other.
struct Channel {
    /// From left to right, such that of two that meet the one that has to stand left comes first.
    order: Vec<usize>,
    /// For each place in the order, the earlier places whose groups it meets.
    meets: Vec<Vec<usize>>,
}

fn channels(groups: &[Group]) -> Vec<Channel> {
    let reach =
        |g: &Group| Rect { left: g.left - TRACK, top: g.low - NEAR, right: g.right + TRACK, bottom: g.high + NEAR };
    let near = Near::new(groups.iter().enumerate().map(|(i, g)| (reach(g), i)).collect());
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (i, a) in groups.iter().enumerate() {
        for (_, j) in near.touching(reach(a)) {
            if i < j && meet(a, &groups[j]) {
                let (left, right) = if stands_left(a, &groups[j]) { (i, j) } else { (j, i) };
                after[left].push(right);
                before[right].push(left);
            }
        }
    }
    let mut seen = vec![false; groups.len()];
    let mut channels = Vec::new();
    for first in 0..groups.len() {
        if seen[first] {
            continue;
        }
        seen[first] = true;
        let mut members = vec![first];
        let mut next = 0;
        while let Some(&member) = members.get(next) {
            next += 1;
            for &other in after[member].iter().chain(&before[member]) {
                if !std::mem::replace(&mut seen[other], true) {
                    members.push(other);
                }
            }
        }
        channels.push(ordered(groups, &members, &after, &before));
    }
    channels
}

/// Puts the members into an order; where they want to stand left of each other in a circle, it is cut at the leftmost.
fn ordered(groups: &[Group], members: &[usize], after: &[Vec<usize>], before: &[Vec<usize>]) -> Channel {
    let mut open: BTreeSet<(usize, Px, usize)> = members.iter().map(|&m| (before[m].len(), groups[m].x, m)).collect();
    let mut waits: std::collections::BTreeMap<usize, usize> = members.iter().map(|&m| (m, before[m].len())).collect();
    let mut channel = Channel { order: Vec::new(), meets: Vec::new() };
    let mut place = std::collections::BTreeMap::new();
    while let Some((_, _, member)) = open.pop_first() {
        waits.remove(&member);
        for &other in &after[member] {
            if let Some(count) = waits.get_mut(&other) {
                open.remove(&(*count, groups[other].x, other));
                *count -= 1;
                open.insert((*count, groups[other].x, other));
            }
        }
        let met = after[member].iter().chain(&before[member]).filter_map(|other| place.get(other)).copied().collect();
        place.insert(member, channel.order.len());
        channel.order.push(member);
        channel.meets.push(met);
    }
    channel
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

impl Channel {
    /// A place for each group, at least `gap` px from its neighbours and as central as they allow; `None` if some
    /// interval is too narrow and there is a smaller gap to try.
    fn places(&self, all: &[Group], gap: Px) -> Option<Vec<Px>> {
        let group = |k: usize| &all[self.order[k]];
        let n = self.order.len();
        let mut least: Vec<Px> = (0..n).map(|k| group(k).left).collect();
        let mut most: Vec<Px> = (0..n).map(|k| group(k).right).collect();
        let (mut before, mut after) = (vec![0; n], vec![0; n]);
        let minds = |i: usize, j: usize| group(i).right + gap > group(j).left;
        for j in 0..n {
            for &i in self.meets[j].iter().filter(|&&i| minds(i, j)) {
                least[j] = least[j].max(least[i] + gap);
                before[j] = before[j].max(before[i] + 1);
            }
        }
        for j in (0..n).rev() {
            for &i in self.meets[j].iter().filter(|&&i| minds(i, j)) {
                most[i] = most[i].min(most[j] - gap);
                after[i] = after[i].max(after[j] + 1);
            }
        }
        // Two ends that are held nearer than the gap cannot be helped here.
        let is_held = |k: usize| group(k).left == group(k).right;
        if Some(&gap) != GAPS.last() && (0..n).any(|k| least[k] > most[k] && !is_held(k)) {
            return None;
        }
        let mut places: Vec<Px> = Vec::with_capacity(n);
        for j in 0..n {
            let g = group(j);
            if is_held(j) {
                places.push(g.x);
                continue;
            }
            let wish = (g.left + g.right) / 2 + (before[j] - after[j]) * gap / 2;
            let pushed = self.meets[j].iter().filter(|&&i| minds(i, j)).map(|&i| places[i] + gap).max();
            let floor = pushed.unwrap_or(g.left).max(g.left);
            places.push(wish.max(floor).min(most[j].max(floor)).clamp(g.left, g.right));
        }
        Some(places)
    }
}
