//! The sparse orthogonal visibility graph of phase 4: the part of the page that one edge sees, as lines and steps.
//!
//! Needs: a [`Domain`], the ports of one edge, and the ways of those routed before it. Leaves: a graph whose lines run
//! beside every side of every wall and frame and through every port, whose nodes are their crossings, and whose
//! steps know whether they are free, what they enter and whom they meet.
//!
//! Cost: the product of its lines either way, of which a domain has a few hundred at most, because crowded frames that an
//! edge has no business in are one wall each.
//! Source: Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009, section 3.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::ground::{BORDER_CLEARANCE, Business, CLEARANCE, Domain};
use crate::geom::{Point, Px, Rect, point};

/// Two edges nearer than this on their way have to be set apart by phase 5.
const SIDE_BY_SIDE: Px = 9;

/// What crossing a border costs, in px of detour, that has to be crossed anyhow, so that it is crossed once.
const BORDER: u32 = 24;
/// What entering a container costs that holds neither end.
const FOREIGN: u32 = 180;
/// What entering a foreign band costs: it is a tint, not a place.
const BAND: u32 = 48;

/// Most nodes of a grid: a bound on memory that only hostile input meets. Beyond it, lines along walls are left out.
const MOST_NODES: usize = 1_000_000;

/// What is known of the step from a node to the next one.
#[derive(Clone, Copy, Default)]
pub struct Step {
    pub closed: bool,
    /// Edges of other bundles on this way.
    pub strangers: u8,
    /// Edges of other bundles that this step crosses.
    pub crossed: u8,
}

/// All lines and steps. Nodes are numbered row by row.
#[derive(Default)]
pub struct Grid {
    pub xs: Vec<Px>,
    pub ys: Vec<Px>,
    /// From each node to the right, and from each node down.
    right: Vec<Step>,
    down: Vec<Step>,
    /// The innermost frame of each node, as its number in the domain and one more; 0 outside all.
    inside: Vec<u16>,
    business: Vec<Business>,
    /// In how many foreign bands each node is.
    bands: Vec<u8>,
}

/// The ways that other edges take already.
#[derive(Default)]
pub struct Ways<'a> {
    pub strangers: Vec<&'a [Point]>,
    /// Those of the edge's own bundle, each towards the end that it shares with them.
    pub own: Vec<Vec<Point>>,
}

impl Grid {
    /// Makes the grid anew in the memory of the one before.
    pub fn rebuild(&mut self, domain: &Domain, doors: &[Point], ways: &Ways, closed: &[Rect]) {
        self.lines(domain, doors, ways);
        let nodes = self.xs.len() * self.ys.len();
        for steps in [&mut self.right, &mut self.down] {
            steps.clear();
            steps.resize(nodes, Step::default());
        }
        self.inside.clear();
        self.inside.resize(nodes, 0);
        self.bands.clear();
        self.bands.resize(nodes, 0);
        self.business.clear();
        for (number, (rect, business)) in domain.frames.iter().enumerate().take(usize::from(u16::MAX) - 1) {
            self.business.push(*business);
            self.fill(*rect, |frame, _| *frame = number as u16 + 1);
            self.block_along(*rect);
        }
        for (rect, business) in &domain.bands {
            if *business == Business::Foreign {
                self.fill(*rect, |_, bands| *bands = bands.saturating_add(1));
            }
            self.block_along(*rect);
        }
        for wall in &domain.walls {
            self.block(wall.grown(CLEARANCE - 2));
        }
        for piece in closed {
            self.close(*piece);
        }
        for pair in ways.strangers.iter().flat_map(|points| points.windows(2)) {
            self.meet(pair[0], pair[1]);
        }
    }

    fn lines(&mut self, domain: &Domain, doors: &[Point], ways: &Ways) {
        let Grid { xs, ys, .. } = self;
        let area = domain.area.grown(-CLEARANCE);
        for with_walls in [true, false] {
            xs.clear();
            ys.clear();
            let walls = domain.walls.iter().filter(|_| with_walls).map(|wall| wall.grown(CLEARANCE));
            let frames = domain
                .frames
                .iter()
                .chain(&domain.bands)
                .flat_map(|(rect, _)| [rect.grown(CLEARANCE), rect.grown(-CLEARANCE)]);
            for beside in walls.chain(frames) {
                xs.extend([beside.left, beside.right]);
                ys.extend([beside.top, beside.bottom]);
            }
            for point in ways.own.iter().flatten().chain(doors) {
                xs.push(point.x);
                ys.push(point.y);
            }
            xs.retain(|x| area.left <= *x && *x <= area.right);
            ys.retain(|y| area.top <= *y && *y <= area.bottom);
            for lines in [&mut *xs, &mut *ys] {
                lines.sort_unstable();
                lines.dedup();
            }
            if xs.len() * ys.len() <= MOST_NODES {
                break;
            }
        }
    }

    /// Takes out every step that meets the inside of the box.
    fn block(&mut self, area: Rect) {
        let columns = self.xs.len();
        let (inner_x, touched_x) =
            (between(&self.xs, area.left, area.right), touching(&self.xs, area.left, area.right));
        let (inner_y, touched_y) =
            (between(&self.ys, area.top, area.bottom), touching(&self.ys, area.top, area.bottom));
        for y in inner_y {
            self.right[y * columns..][touched_x.clone()].iter_mut().for_each(|step| step.closed = true);
        }
        for y in touched_y {
            self.down[y * columns..][inner_x.clone()].iter_mut().for_each(|step| step.closed = true);
        }
    }

    /// Takes out the steps that run beside one of the box's four sides.
    fn block_along(&mut self, rect: Rect) {
        let columns = self.xs.len();
        for at in [rect.left, rect.right] {
            let beside = between(&self.xs, at - BORDER_CLEARANCE, at + BORDER_CLEARANCE);
            for y in touching(&self.ys, rect.top, rect.bottom) {
                self.down[y * columns..][beside.clone()].iter_mut().for_each(|step| step.closed = true);
            }
        }
        let touched = touching(&self.xs, rect.left, rect.right);
        for at in [rect.top, rect.bottom] {
            for y in between(&self.ys, at - BORDER_CLEARANCE, at + BORDER_CLEARANCE) {
                self.right[y * columns..][touched.clone()].iter_mut().for_each(|step| step.closed = true);
            }
        }
    }

    /// Takes out a piece of line for which there was no room.
    fn close(&mut self, piece: Rect) {
        let columns = self.xs.len();
        if piece.left == piece.right {
            for y in touching(&self.ys, piece.top, piece.bottom) {
                for x in between(&self.xs, piece.left - SIDE_BY_SIDE, piece.left + SIDE_BY_SIDE) {
                    self.down[y * columns + x].closed = true;
                }
            }
        } else {
            for y in between(&self.ys, piece.top - SIDE_BY_SIDE, piece.top + SIDE_BY_SIDE) {
                for x in touching(&self.xs, piece.left, piece.right) {
                    self.right[y * columns + x].closed = true;
                }
            }
        }
    }

    /// Marks the frame and the bands of every node in the box.
    fn fill(&mut self, rect: Rect, mark: impl Fn(&mut u16, &mut u8)) {
        let columns = self.xs.len();
        let inner = between(&self.xs, rect.left, rect.right);
        for y in between(&self.ys, rect.top, rect.bottom) {
            let row = y * columns;
            for node in row + inner.start..row + inner.end {
                mark(&mut self.inside[node], &mut self.bands[node]);
            }
        }
    }

    /// The nodes on a straight piece.
    pub fn nodes_on(&self, a: Point, b: Point) -> Vec<usize> {
        let (piece, columns) = (Rect::spanning(a, b), self.xs.len());
        let (xs, ys) = (covered(&self.xs, piece.left, piece.right), covered(&self.ys, piece.top, piece.bottom));
        ys.flat_map(|y| xs.clone().map(move |x| y * columns + x)).collect()
    }

    /// Marks a piece of an unrelated edge on the steps beside it and on those that cross it.
    fn meet(&mut self, a: Point, b: Point) {
        let (piece, columns) = (Rect::spanning(a, b), self.xs.len());
        if a.x == b.x {
            let beside = between(&self.xs, a.x - SIDE_BY_SIDE, a.x + SIDE_BY_SIDE);
            for y in touching(&self.ys, piece.top, piece.bottom) {
                for x in beside.clone() {
                    let step = &mut self.down[y * columns + x];
                    step.strangers = step.strangers.saturating_add(1);
                }
            }
            let Some(x) = crossing(&self.xs, a.x) else { return };
            for y in between(&self.ys, piece.top, piece.bottom) {
                let step = &mut self.right[y * columns + x];
                step.crossed = step.crossed.saturating_add(1);
            }
        } else {
            for y in between(&self.ys, a.y - SIDE_BY_SIDE, a.y + SIDE_BY_SIDE) {
                for x in touching(&self.xs, piece.left, piece.right) {
                    let step = &mut self.right[y * columns + x];
                    step.strangers = step.strangers.saturating_add(1);
                }
            }
            let Some(y) = crossing(&self.ys, a.y) else { return };
            for x in between(&self.xs, piece.left, piece.right) {
                let step = &mut self.down[y * columns + x];
                step.crossed = step.crossed.saturating_add(1);
            }
        }
    }

    pub fn node(&self, p: Point) -> Option<usize> {
        Some(self.ys.binary_search(&p.y).ok()? * self.xs.len() + self.xs.binary_search(&p.x).ok()?)
    }

    pub fn point(&self, node: usize) -> Point {
        point(self.xs[node % self.xs.len()], self.ys[node / self.xs.len()])
    }

    pub fn len(&self) -> usize {
        self.xs.len() * self.ys.len()
    }

    pub fn step_right(&self, node: usize) -> Step {
        self.right[node]
    }

    pub fn step_down(&self, node: usize) -> Step {
        self.down[node]
    }

    /// The number of the innermost frame that a node is in; 0 outside all.
    pub fn frame(&self, node: usize) -> usize {
        usize::from(self.inside[node])
    }

    /// What a step from one node to another costs for the border on it.
    pub fn border(&self, from: usize, to: usize) -> u32 {
        let (was, is) = (self.frame(from), self.frame(to));
        let frame = if was == is { 0 } else { self.entering(is) };
        if self.bands[to] > self.bands[from] { frame + BAND } else { frame }
    }

    /// What it costs to come into a frame, from a neighbour or from within.
    fn entering(&self, frame: usize) -> u32 {
        match frame.checked_sub(1).map(|number| self.business[number]) {
            None | Some(Business::Home) => BORDER,
            Some(Business::Foreign) => FOREIGN,
        }
    }

    /// All borders that a free step crosses.
    pub fn borders(&self) -> Borders<'_> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut last = (0, 0);
        for node in 0..self.len() {
            for (next, step) in [(node + 1, self.right[node]), (node + self.xs.len(), self.down[node])] {
                let Some(next) = self.inside.get(next) else { continue };
                let pair = (self.frame(node), usize::from(*next));
                if pair.0 != pair.1 && pair != last && !step.closed {
                    pairs.extend([pair, (pair.1, pair.0)]);
                    last = pair;
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Borders { grid: self, pairs }
    }
}

/// Which frames meet.
pub struct Borders<'a> {
    grid: &'a Grid,
    /// Each pair both ways, sorted.
    pairs: Vec<(usize, usize)>,
}

impl Borders<'_> {
    /// By a frame's number, the least that borders cost on a way from it into one of the `goals`, however long it is;
    /// bands aside;
    /// [`u32::MAX`] where there is none.
    pub fn to(&self, goals: impl IntoIterator<Item = usize>) -> Rc<[u32]> {
        let mut costs = vec![u32::MAX; self.grid.business.len() + 1];
        let mut open: BinaryHeap<_> = goals.into_iter().map(|goal| (Reverse(0), goal)).collect();
        while let Some((Reverse(cost), frame)) = open.pop() {
            if cost >= costs[frame] {
                continue;
            }
            costs[frame] = cost;
            let first = self.pairs.partition_point(|(is, _)| *is < frame);
            for (_, was) in self.pairs[first..].iter().take_while(|(is, _)| *is == frame) {
                open.push((Reverse(cost + self.grid.entering(frame)), *was));
            }
        }
        costs.into_iter().collect()
    }
}

/// Indices of the lines strictly between the two values.
fn between(lines: &[Px], low: Px, high: Px) -> std::ops::Range<usize> {
    let first = lines.partition_point(|l| *l <= low);
    let last = lines.partition_point(|l| *l < high);
    first..last.max(first)
}

/// Indices of the steps (from a line to the next) that meet the open interval.
fn touching(lines: &[Px], low: Px, high: Px) -> std::ops::Range<usize> {
    let first = lines.partition_point(|l| *l <= low).saturating_sub(1);
    let last = lines.partition_point(|l| *l < high);
    first..last.max(first)
}

/// Indices of the lines in the closed interval.
fn covered(lines: &[Px], low: Px, high: Px) -> std::ops::Range<usize> {
    let first = lines.partition_point(|l| *l < low);
    let last = lines.partition_point(|l| *l <= high);
    first..last.max(first)
}

/// The step that passes a value, or ends at it coming from below.
fn crossing(lines: &[Px], at: Px) -> Option<usize> {
    let next = lines.partition_point(|l| *l < at);
    (0 < next && next < lines.len()).then(|| next - 1)
}
