//! Part of phase 4: the edges of one side spread over it.
//!
//! Needs: a first way of each edge. Leaves: for each end the ports of one place on the side that the first way met, evenly
//! spread, in an order that avoids crossings; more ports for an end that may as well go elsewhere. Edges of a bundle share
//! a place on a side, unless they come to a frame's from far apart.

use std::collections::BTreeMap;

use super::ground::{Ground, Part};
use super::p4_route::{Ends, Route};
use super::ports::{Facing, Port, door, is_open, side_at};
use super::straighten::straighten;
use crate::geom::{Point, Px, point};
use crate::hashing::HashMap;
use crate::scene::ItemIndex;

/// Ends of a bundle further from each other than this, along a frame's side, do not meet it at one point. Chosen: less
/// than neighbouring icons are apart.
const FAR_AWAY: Px = 64;
/// Distance of two ports on one side, where the side is long enough.
const PORT_GAP: Px = 16;

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

/// Sorts edges of one side so that they need not cross: those that turn towards the side's start first, the
/// nearest turn foremost; then the straight ones; then those that turn towards its end, the nearest last.
fn turn_of(points: &[Point], facing: Facing) -> (i8, Px) {
    let [a, b, c, ..] = *points else { return (0, 0) };
    let run = (b.x - a.x).abs() + (b.y - a.y).abs();
    let side = if facing.is_horizontal() { c.y - b.y } else { c.x - b.x };
    if side < 0 { (-1, run) } else { (1, -run) }
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
