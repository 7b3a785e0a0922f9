//! Part of phase 4: ends that are nearly level are brought to one level.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::p4_route::Ends;
use super::ports::{Port, SPARE_GAP, is_open};
use crate::geom::{Px, point};
use crate::scene::ItemIndex;

/// Ends nearer to one level than this are worth levelling.
const JOG: Px = 20;
/// Distance of two ends on one side, at which arrow heads still stand clear of each other.
const LEVEL_GAP: Px = 12;

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
        let moved = ports[met.edge][met.end].iter().filter(of_side).map(|port| port.moved(at));
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
