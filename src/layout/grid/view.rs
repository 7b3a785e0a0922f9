//! What the lines of a grid in one direction have to mind: which of their steps are closed, whom they meet, and where there
//! is room for one more.

use std::ops::Range;

use super::Ways;
use crate::geom::{Px, Rect};
use crate::layout::bits;
use crate::layout::ground::{BORDER_CLEARANCE, CLEARANCE, Domain};
use crate::layout::lists::Lists;
use crate::layout::turn::Turn;

/// Two edges nearer than this on their way have to be set apart by phase 5.
const SIDE_BY_SIDE: Px = 9;

/// The least distance at which phase 5 sets two edges apart.
pub const LANE: Px = 4;
/// With so much to spare beside a line on one side, there is room for as many edges as come.
const ROOM: Px = 4 * LANE;

/// From what a wall blocks to the line beside it.
pub const BESIDE_BLOCK: Px = 2;

/// What is known of a free step from a node to the next one.
#[derive(Clone, Copy, Default)]
pub struct Step {
    /// Whether those on this way leave no room for one more beside them.
    pub full: bool,
    /// Edges of other bundles on this way.
    pub strangers: u8,
    /// Edges of other bundles that this step crosses.
    pub crossed: u8,
}

/// What lines in one direction have to mind.
#[derive(Default)]
pub struct View {
    /// By line, the steps that walls are in the way of, with the distance that is kept from them.
    blocked: Lists<(u32, u32)>,
    /// By line, what it runs beside, and the ports and bends of ways of the edge's own bundle on it.
    beside: Lists<Beside>,
    /// Frames and bands.
    borders: Vec<Rect>,
    /// Pieces of line for which there was no room.
    closed: Vec<Rect>,
    /// Pieces of edges of other bundles that run as the lines do, from the first of them on, each with its bundle.
    along: Vec<(Rect, u32)>,
    /// Those that run across, likewise.
    across: Vec<Rect>,
    /// What one line runs beside, from where to where: memory that is used again for the next one.
    sides: Vec<(Px, Px)>,
    /// What the steps of one line have to spare, and who shares them, by bundle, from where to where: likewise.
    spare: Vec<Spare>,
    shared: Vec<(u32, Px, Px)>,
}

/// What a line has beside it.
#[derive(Clone, Copy)]
struct Beside {
    low: Px,
    high: Px,
    /// On which side a wall is, and how far off beyond the distance that is kept from it; `None` of a point on the line.
    wall: Option<(Flank, Px)>,
}

#[derive(Clone, Copy)]
enum Flank {
    Before,
    Behind,
}

/// The room beside one step of a line, by [`Flank`], [`ROOM`] at most, and the bundles in it.
#[derive(Clone, Copy)]
struct Spare {
    room: [Px; 2],
    bundles: Px,
    last: Option<u32>,
}

impl View {
    pub fn renew(&mut self, turn: Turn, domain: &Domain, ways: &Ways, closed: &[Rect]) {
        let View { borders, closed: shut, along, across, .. } = self;
        borders.clear();
        borders.extend(domain.borders().map(|rect| turn.rect(rect)));
        shut.clear();
        shut.extend(closed.iter().map(|piece| turn.rect(*piece)).filter(|piece| piece.top == piece.bottom));
        along.clear();
        across.clear();
        for (points, bundle) in &ways.strangers {
            for piece in points.windows(2).map(|pair| turn.rect(Rect::spanning(pair[0], pair[1]))) {
                if piece.top == piece.bottom {
                    along.push((piece, *bundle));
                } else {
                    across.push(piece);
                }
            }
        }
        along.sort_unstable_by_key(|(piece, _)| piece.top);
        across.sort_unstable_by_key(|piece| piece.top);
    }

    /// So many lines with nothing on them and nothing beside them.
    pub fn forget(&mut self, lines: usize) {
        self.blocked.renew(lines);
        self.beside.renew(lines);
    }

    /// Puts a point on a line.
    pub fn pass(&mut self, line: usize, at: Px) {
        self.beside.push(line, Beside { low: at, high: at, wall: None });
    }

    /// Puts up a wall with lines beside it, across `across` of all lines, between whose sides the stops `within` are.
    pub fn put_up(&mut self, beside: Rect, lines: &[Px], across: Range<usize>, within: Range<usize>) {
        let steps = (within.start.saturating_sub(1) as u32, within.end as u32);
        across.clone().for_each(|line| self.blocked.push(line, steps));
        let Rect { left: low, right: high, top, bottom } = beside;
        let before = lines[..across.start].iter().enumerate().rev().skip_while(|(_, at)| **at > top);
        for (line, at) in before.take_while(|(_, at)| top - **at < ROOM) {
            self.beside.push(line, Beside { low, high, wall: Some((Flank::Behind, top - at)) });
        }
        let behind = lines.iter().enumerate().skip(across.end).skip_while(|(_, at)| **at < bottom);
        for (line, at) in behind.take_while(|(_, at)| **at - bottom < ROOM) {
            self.beside.push(line, Beside { low, high, wall: Some((Flank::Before, at - bottom)) });
        }
    }

    /// Finds the steps along a line that are not free.
    pub fn close(&mut self, stops: &[Px], at: Px, line: usize, closed: &mut [u64]) {
        for (first, end) in self.blocked.of(line) {
            bits::set(closed, first as usize..end as usize);
        }
        let mut close = |rect: &Rect| bits::set(closed, touching(stops, rect.left, rect.right));
        let sides = &mut self.sides;
        sides.clear();
        let is_along = |beside: &Beside| beside.wall.is_none_or(|(_, spare)| spare == 0);
        sides.extend(self.beside.of(line).filter(is_along).map(|beside| (beside.low, beside.high)));
        for rect in &self.borders {
            let away = (rect.top - at).abs().min((rect.bottom - at).abs());
            if away < BORDER_CLEARANCE {
                close(rect);
            } else if away == CLEARANCE {
                sides.push((rect.left - CLEARANCE, rect.right + CLEARANCE));
            }
        }
        self.closed.iter().filter(|piece| (piece.top - at).abs() < SIDE_BY_SIDE).for_each(&mut close);
        close_out_of_sight(sides, stops, closed);
    }

    /// Whether a line crosses edges of other bundles or runs beside some.
    pub fn meets(&self, at: Px) -> bool {
        self.crossed(at).next().is_some() || !beside(&self.along, at).is_empty()
    }

    /// The pieces of other edges that cross a line.
    fn crossed(&self, at: Px) -> impl Iterator<Item = &Rect> {
        self.across.iter().take_while(move |piece| piece.top < at).filter(move |piece| at < piece.bottom)
    }

    /// Finds out what the steps along a line meet.
    pub fn meet(&mut self, stops: &[Px], at: Px, line: usize, steps: &mut [Step]) {
        steps.fill(Step::default());
        for piece in self.crossed(at) {
            if let Some(step) = crossing(stops, piece.left) {
                steps[step].crossed = steps[step].crossed.saturating_add(1);
            }
        }
        let beside = beside(&self.along, at);
        let mut is_shared = false;
        for (piece, _) in &self.along[beside.clone()] {
            for step in &mut steps[touching(stops, piece.left, piece.right)] {
                step.strangers = step.strangers.saturating_add(1);
                is_shared = true;
            }
        }
        if is_shared {
            self.fill(stops, at, line, beside, steps);
        }
    }

    /// Finds the steps of a shared line beside which phase 5 could not put one edge more.
    fn fill(&mut self, stops: &[Px], at: Px, line: usize, beside: Range<usize>, steps: &mut [Step]) {
        let spare = &mut self.spare;
        spare.clear();
        spare.resize(steps.len(), Spare { room: [ROOM; 2], bundles: 0, last: None });
        let mut narrow = |low: Px, high: Px, flank: Flank, room: Px| {
            for step in &mut spare[touching(stops, low, high)] {
                step.room[flank as usize] = step.room[flank as usize].min(room);
            }
        };
        for beside in self.beside.of(line) {
            if let Some((flank, room)) = beside.wall {
                narrow(beside.low, beside.high, flank, room);
            }
        }
        for rect in &self.borders {
            for side in [rect.top, rect.bottom] {
                let (flank, room) = if side < at { (Flank::Before, at - side) } else { (Flank::Behind, side - at) };
                if (CLEARANCE..CLEARANCE + ROOM).contains(&room) {
                    narrow(rect.left, rect.right, flank, room - CLEARANCE);
                }
            }
        }
        let shared = &mut self.shared;
        shared.clear();
        shared.extend(self.along[beside].iter().map(|(piece, bundle)| (*bundle, piece.left, piece.right)));
        // Bundle by bundle, to be counted.
        shared.sort_unstable();
        for (bundle, low, high) in shared {
            for step in &mut spare[touching(stops, *low, *high)] {
                step.bundles += Px::from(step.last.replace(*bundle) != Some(*bundle));
            }
        }
        for (step, spare) in steps.iter_mut().zip(spare) {
            let [before, behind] = spare.room;
            step.full = before < ROOM && behind < ROOM && spare.bundles > (before + behind) / LANE;
        }
    }
}

/// The pieces that run so near to a line at `at` that phase 5 has to set them apart.
fn beside(along: &[(Rect, u32)], at: Px) -> Range<usize> {
    let first = along.partition_point(|(piece, _)| piece.top <= at - SIDE_BY_SIDE);
    let last = along.partition_point(|(piece, _)| piece.top < at + SIDE_BY_SIDE);
    first..last.max(first)
}

/// A line is there as far as one sees along it from what it runs beside: further on, what is beside it is another one's.
fn close_out_of_sight(sides: &[(Px, Px)], stops: &[Px], closed: &mut [u64]) {
    let Some(last) = stops.len().checked_sub(1) else { return };
    // None goes on from the last stop.
    bits::set(closed, last..last + 1);
    let mut from = 0;
    while let Some(run) = bits::unset(closed, from, last) {
        from = run.end;
        let is_in_sight = |(low, high): &(Px, Px)| *low <= stops[run.end] && stops[run.start] <= *high;
        if !sides.iter().any(is_in_sight) {
            bits::set(closed, run);
        }
    }
}

/// Indices of the steps (from a line to the next) that meet the open interval.
fn touching(lines: &[Px], low: Px, high: Px) -> Range<usize> {
    let first = lines.partition_point(|l| *l <= low).saturating_sub(1);
    let last = lines.partition_point(|l| *l < high);
    first..last.max(first)
}

/// The step that passes a value, or ends at it coming from below.
fn crossing(lines: &[Px], at: Px) -> Option<usize> {
    let next = lines.partition_point(|l| *l < at);
    (0 < next && next < lines.len()).then(|| next - 1)
}
