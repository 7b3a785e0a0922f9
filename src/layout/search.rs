//! The search of phase 4: the cheapest way through a [`Grid`].
//!
//! A* over nodes and directions of arrival. The cost of a way is its length, plus bends, plus crossings, plus frames
//! entered that hold neither end. The estimate of what is left is its length and the bends that it needs at least, so
//! that the search looks at little beside the way that it finds. O(n log n) in the nodes that it looks at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::Grid;
use super::ground::Business;
use super::p4_route::simplified;
use super::ports::{Facing, Port};
use crate::geom::{Point, Rect, point};

/// What a bend costs, in px of detour.
const BEND: u32 = 60;
/// On a line of its own bundle, a px costs one over this.
const OWN_LINE: u32 = 4;
/// What crossing another edge costs.
const CROSSING: u32 = 90;
/// What crossing a border costs that has to be crossed anyhow, so that it is crossed once.
const BORDER: u32 = 24;
/// What entering a container costs that holds neither end.
const FOREIGN: u32 = 120;
/// What entering a foreign band costs: it is a tint, not a place.
const BAND: u32 = 48;
/// Phase 5 sets edges on one line apart: a little dearer than a line of its own (a px more for so many), much cheaper
/// than a crossing.
const SHARED: u32 = 8;

/// The memory of searches: what was not reached in this one counts as unreached.
#[derive(Default)]
pub struct Memory {
    search: u32,
    reached: Vec<Reached>,
    open: BinaryHeap<Reverse<(u32, u32, u32)>>,
}

#[derive(Clone, Copy, Default)]
struct Reached {
    search: u32,
    cost: u32,
    from: u32,
}

/// A node and the direction of arrival, as one number.
type State = usize;

const NOWHERE: u32 = u32::MAX;

const FACINGS: [Facing; 4] = [Facing::Left, Facing::Right, Facing::Up, Facing::Down];

/// The cheapest way from one of the starts to one of the goals, ports included; `None` where there is none.
pub fn find(grid: &Grid, [starts, ends]: [&[Port]; 2], memory: &mut Memory) -> Option<Vec<Point>> {
    // A port that looks off the area has no node.
    let mut goals: Vec<(usize, Port)> =
        ends.iter().filter_map(|port| Some((grid.node(port.outside())?, *port))).collect();
    goals.sort_by_key(|(node, _)| *node);
    let goal = goals.iter().map(|(node, _)| grid.point(*node)).map(|p| Rect::spanning(p, p)).reduce(Rect::union)?;
    memory.search += 1;
    memory.open.clear();
    memory.reached.resize(memory.reached.len().max(grid.len() * 4), Reached::default());
    let discount = if grid.joins { OWN_LINE } else { 1 };
    let mut search = Search { grid, memory, goal, discount };
    for port in starts {
        if let Some(node) = grid.node(port.outside()) {
            search.start(node, *port);
        }
    }
    let (end, last) = search.run(&goals)?;
    let mut points = search.trace(end);
    let first = points.first().copied()?;
    let from = starts.iter().find(|p| p.outside() == first)?;
    points.insert(0, from.at);
    points.push(last.at);
    Some(simplified(points))
}

struct Search<'a> {
    grid: &'a Grid,
    memory: &'a mut Memory,
    /// The box around all goals.
    goal: Rect,
    /// The least that a px of the way there can cost, as one over this.
    discount: u32,
}

impl Search<'_> {
    /// The least that is still to pay from a point on, when one arrives there in this direction.
    fn rest(&self, p: Point, facing: Facing) -> u32 {
        let goal = self.goal;
        let (left, right) = (p.x - goal.right, goal.left - p.x);
        let (up, down) = (p.y - goal.bottom, goal.top - p.y);
        let length = (left.max(right).max(0) + up.max(down).max(0)) as u32;
        // `ahead`: how far the nearest goal lies ahead, `behind`: whether all goals lie behind, `aside`: whether none
        // lies on the line.
        let (behind, aside) = match facing {
            Facing::Left => (goal.left > p.x, up.max(down) > 0),
            Facing::Right => (goal.right < p.x, up.max(down) > 0),
            Facing::Up => (goal.top > p.y, left.max(right) > 0),
            Facing::Down => (goal.bottom < p.y, left.max(right) > 0),
        };
        let bends = if behind { 2 } else { u32::from(aside) };
        length / self.discount + BEND * bends
    }

    fn state(node: usize, facing: Facing) -> State {
        node * 4 + FACINGS.iter().position(|g| *g == facing).unwrap_or(0)
    }

    fn cost(&self, state: State) -> u32 {
        let reached = self.memory.reached[state];
        if reached.search == self.memory.search { reached.cost } else { u32::MAX }
    }

    fn reach(&mut self, state: State, at: Point, facing: Facing, cost: u32, from: u32) {
        if cost < self.cost(state) {
            self.memory.reached[state] = Reached { search: self.memory.search, cost, from };
            let estimate = cost + self.rest(at, facing);
            self.memory.open.push(Reverse((estimate, u32::MAX - cost, state as u32)));
        }
    }

    fn start(&mut self, node: usize, port: Port) {
        // Of sides that are equally good, edges take the same one all over the picture.
        let cost = port.price
            + match port.facing {
                Facing::Right | Facing::Up => 0,
                Facing::Left => 2,
                Facing::Down => 4,
            };
        self.reach(Self::state(node, port.facing), self.grid.point(node), port.facing, cost, NOWHERE);
    }

    fn run(&mut self, goals: &[(usize, Port)]) -> Option<(State, Port)> {
        let mut best: Option<(u32, State, Port)> = None;
        while let Some(Reverse((estimate, cost, state))) = self.memory.open.pop() {
            let (cost, state) = (u32::MAX - cost, state as State);
            if best.as_ref().is_some_and(|(b, ..)| *b <= estimate) {
                break;
            }
            if cost > self.cost(state) {
                continue;
            }
            let (node, facing) = (state / 4, FACINGS[state % 4]);
            let here = goals.partition_point(|(n, _)| *n < node);
            for (_, port) in goals[here..].iter().take_while(|(n, _)| *n == node) {
                if facing == port.facing {
                    continue;
                }
                let total = cost + port.price + if facing == port.facing.opposite() { 0 } else { BEND };
                if best.as_ref().is_none_or(|(b, ..)| total < *b) {
                    best = Some((total, state, *port));
                }
            }
            let (x, y) = (node % self.grid.xs.len(), node / self.grid.xs.len());
            for next in FACINGS {
                if next != facing.opposite() {
                    self.go(state, cost, (x, y, facing), next);
                }
            }
        }
        best.map(|(_, state, port)| (state, port))
    }

    fn go(&mut self, state: State, cost: u32, (x, y, facing): (usize, usize, Facing), next: Facing) {
        let (grid, columns) = (self.grid, self.grid.xs.len());
        let node = y * columns + x;
        let (to, step) = match next {
            Facing::Left if x > 0 => (node - 1, grid.step_right(node - 1)),
            Facing::Right if x + 1 < columns => (node + 1, grid.step_right(node)),
            Facing::Up if y > 0 => (node - columns, grid.step_down(node - columns)),
            Facing::Down if y + 1 < grid.ys.len() => (node + columns, grid.step_down(node)),
            _ => return,
        };
        if step.closed {
            return;
        }
        let (a, b) = (point(grid.xs[x], grid.ys[y]), grid.point(to));
        let length = ((a.x - b.x).abs() + (a.y - b.y).abs()) as u32;
        let mut total = cost + if step.own { length.div_ceil(OWN_LINE) } else { length };
        if next != facing {
            total += BEND;
        }
        total += length / SHARED * u32::from(step.strangers) + CROSSING * u32::from(step.crossed);
        total += match grid.entered(node, to) {
            None => 0,
            Some(None | Some(Business::Home)) => BORDER,
            Some(Some(Business::ForeignBand)) => BAND,
            Some(Some(Business::Foreign)) => FOREIGN,
        };
        self.reach(Self::state(to, next), b, next, total, state as u32);
    }

    fn trace(&self, end: State) -> Vec<Point> {
        let mut points = Vec::new();
        let mut state = end;
        loop {
            points.push(self.grid.point(state / 4));
            match self.memory.reached[state].from {
                NOWHERE => break,
                before => state = before as usize,
            }
        }
        points.reverse();
        points
    }
}
