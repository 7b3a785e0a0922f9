//! The search of phase 4: the cheapest way through a [`Grid`].
//!
//! A* over nodes and directions of arrival, from one end to the other or to any place of a line of the edge's own bundle,
//! which leads there already. The cost of a way is its length, plus bends, plus crossings, plus frames
//! entered that hold neither end. The estimate of what is left is its length and the bends that it needs at least, so
//! that the search looks at little beside the way that it finds; far from the goal it counts for more than it is, and the
//! way is the cheapest but for one part in [`HASTE`]. O(n log n) in the nodes that it looks at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::grid::{Grid, Lines};
use super::p4_route::simplified;
use super::ports::{Facing, Port};
use crate::geom::{Point, Px, Rect, point};

/// What a bend costs, in px of detour.
const BEND: u32 = 60;
/// On lines of its own bundle, a way costs one over this.
const OWN_LINE: u32 = 4;
/// What crossing another edge costs.
const CROSSING: u32 = 90;
/// Phase 5 sets edges on one line apart: a little dearer than a line of its own (a px more for so many), much cheaper
/// than a crossing.
const SHARED: u32 = 24;
/// What a px costs where phase 5 has no room to do so, in px of detour.
const FULL: u32 = 4;

/// An own way cannot be joined nearer than this to its ends, where its arrow heads are.
const HEAD_ROOM: Px = 16;
/// The estimate looks at so many goals, the nearest ones.
const MOST_TARGETS: usize = 24;

/// A way further than this to go is searched in haste: what is left counts for more than it is, by one in so many, and the
/// way found is at most that much longer than the best one. Else a page that is a hundred screens wide is searched in
/// all its breadth for one bend less.
const FAR: u32 = 2048;
const HASTE: u32 = 128;

/// So many nodes beside each other are remembered together: memory is taken, and cleared, for few that are not come to.
const TOGETHER: usize = 4;

/// The memory of a search, used again in the next.
#[derive(Default)]
pub struct Memory {
    /// The pieces of rows that were come to, each of [`TOGETHER`] nodes.
    pieces: Lines,
    /// Of each of their nodes, by the direction of arrival.
    reached: Vec<[Reached; 4]>,
    open: BinaryHeap<Reverse<(u64, State)>>,
    /// The best of those found last, not sorted in: mostly a step straight on, which is the next to be looked at.
    next: Option<Reverse<(u64, State)>>,
}

impl Memory {
    fn push(&mut self, way: Reverse<(u64, State)>) {
        match self.next.replace(way) {
            Some(other) if other > way => {
                self.open.push(way);
                self.next = Some(other);
            }
            Some(other) => self.open.push(other),
            None => {}
        }
    }

    fn pop(&mut self) -> Option<Reverse<(u64, State)>> {
        match self.next.take() {
            Some(next) if self.open.peek().is_none_or(|first| *first <= next) => Some(next),
            Some(next) => {
                let first = self.open.pop();
                self.open.push(next);
                first
            }
            None => self.open.pop(),
        }
    }
}

#[derive(Clone, Copy)]
struct Reached {
    cost: u32,
    from: State,
}

impl Reached {
    const NOT: Reached = Reached { cost: u32::MAX, from: NOWHERE };
}

/// A node and the direction of arrival, as one number.
type State = u32;

const NOWHERE: State = State::MAX;

const FACINGS: [Facing; 4] = [Facing::Left, Facing::Right, Facing::Up, Facing::Down];

/// A node's column and row, and the direction of arrival there.
#[derive(Clone, Copy)]
struct Step {
    x: usize,
    y: usize,
    facing: Facing,
}

/// Where a way may end.
struct Goal {
    node: usize,
    /// Arriving like this, it has to bend once more; arriving against this it may not end here.
    facing: Facing,
    /// What is still to pay from there.
    rest: u32,
    /// The points from there on.
    after: After,
}

#[derive(Clone, Copy)]
enum After {
    Port(Port),
    /// The n-th own piece.
    Own(usize),
}

/// The cheapest way from one of the starts to one of the goals, ports included; `None` where there is none.
pub fn find(
    grid: &mut Grid,
    [starts, ends]: [&[Port]; 2],
    own: &[Vec<Point>],
    memory: &mut Memory,
) -> Option<Vec<Point>> {
    let own = pieces_of(own);
    let mut goals = goals(grid, ends, &own);
    goals.sort_by_key(|goal| goal.node);
    let start = starts.first().map_or(point(0, 0), |port| port.at);
    let targets = targets(grid, &goals, &own, start);
    memory.open.clear();
    memory.next = None;
    memory.pieces.forget((grid.ys.len() * grid.xs.len()).div_ceil(TOGETHER), TOGETHER);
    let mut search = Search { grid, memory, targets };
    for port in starts {
        // A port that looks off the area has no node.
        if let Some(node) = search.grid.node(port.outside()) {
            search.start(node, *port);
        }
    }
    let (end, after) = search.run(&goals)?;
    let mut points = search.trace(end);
    let first = points.first().copied()?;
    let from = starts.iter().find(|p| p.outside() == first)?;
    points.insert(0, from.at);
    match after {
        After::Port(port) => points.push(port.at),
        After::Own(n) => points.extend(own[n].after),
    }
    Some(simplified(points))
}

/// A piece of a line of the edge's own bundle.
struct Own<'a> {
    a: Point,
    b: Point,
    /// The points from `b` on, and how long the way along them is.
    after: &'a [Point],
    length: Px,
    /// Both ends of the whole line.
    ends: [Point; 2],
}

/// The pieces of all ways, each place once.
fn pieces_of(ways: &[Vec<Point>]) -> Vec<Own<'_>> {
    let mut pieces: Vec<Own> = Vec::new();
    for points in ways {
        let mut length = 0;
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else { continue };
        for i in (1..points.len()).rev() {
            let (a, b) = (points[i - 1], points[i]);
            let covers = |own: &Own| own.b == b && Rect::spanning(own.a, own.b).contains(Rect::spanning(a, b));
            if !pieces.iter().any(covers) {
                pieces.push(Own { a, b, after: &points[i..], length, ends: [first, last] });
            }
            length += (a.x - b.x).abs() + (a.y - b.y).abs();
        }
    }
    pieces
}

fn goals(grid: &Grid, ends: &[Port], own: &[Own]) -> Vec<Goal> {
    let port = |port: &Port| {
        let node = grid.node(port.outside())?;
        Some(Goal { node, facing: port.facing.opposite(), rest: port.price, after: After::Port(*port) })
    };
    let mut goals: Vec<Goal> = ends.iter().filter_map(port).collect();
    for (n, piece) in own.iter().enumerate() {
        for node in grid.nodes_on(piece.a, piece.b) {
            let p = grid.point(node);
            let to = |q: Point| (q.x - p.x).abs() + (q.y - p.y).abs();
            if piece.ends.iter().all(|end| to(*end) >= HEAD_ROOM) {
                let rest = (piece.length + to(piece.b)) as u32 / OWN_LINE;
                goals.push(Goal { node, facing: Facing::of(piece.a, piece.b), rest, after: After::Own(n) });
            }
        }
    }
    goals
}

struct Search<'a> {
    grid: &'a mut Grid,
    memory: &'a mut Memory,
    targets: Vec<Target>,
}

/// A straight piece or box of goals at which one arrives alike.
struct Target {
    area: Rect,
    facing: Facing,
    /// The least that is to pay from there on, with the end at which that is so and what a px further away from it costs
    /// in quarters.
    rest: u32,
    end: Option<Point>,
    /// By the number of the frame that one is in, the least that borders cost from there.
    borders: Vec<u32>,
}

impl Target {
    /// How far it is across and along from a point; 0 where the point is level or plumb with the goals.
    #[inline]
    fn away(&self, p: Point) -> (Px, Px) {
        let away = |low: Px, high: Px, at: Px| (at - high).max(low - at).max(0);
        (away(self.area.left, self.area.right, p.x), away(self.area.top, self.area.bottom, p.y))
    }

    /// The bends at least on a way to one of the goals.
    #[inline]
    fn bends(&self, p: Point, facing: Facing) -> u32 {
        let (across, along) = self.away(p);
        // Whether all of it lies behind, and whether none of it lies on the line.
        let (behind, aside) = match facing {
            Facing::Left => (p.x < self.area.left, along > 0),
            Facing::Right => (p.x > self.area.right, along > 0),
            Facing::Up => (p.y < self.area.top, across > 0),
            Facing::Down => (p.y > self.area.bottom, across > 0),
        };
        let mut bends = if behind { 2 } else { u32::from(aside) };
        // A bend changes between level and plumb.
        if (bends % 2 == 1) != (facing.is_horizontal() != self.facing.is_horizontal()) {
            bends += 1;
        }
        if bends == 0 && facing != self.facing { 2 } else { bends }
    }

    /// The least that a way to one of the goals costs, bends aside: its length, and what is to pay from there on.
    #[inline]
    fn straight(&self, p: Point) -> u32 {
        let (across, along) = self.away(p);
        let rest = self.end.map_or(0, |end| {
            let (x, y) = (p.x.clamp(self.area.left, self.area.right), p.y.clamp(self.area.top, self.area.bottom));
            ((end.x - x).abs() + (end.y - y).abs()) as u32 / OWN_LINE
        });
        (across + along) as u32 + self.rest + rest
    }

    fn least(&self, p: Point, facing: Facing) -> u32 {
        self.straight(p) + BEND * self.bends(p, facing)
    }
}

/// The goals gathered into targets, of which the search looks at the best from the start.
fn targets(grid: &mut Grid, goals: &[Goal], own: &[Own], start: Point) -> Vec<Target> {
    let mut doors: BTreeMap<(Facing, usize), (Rect, u32)> = BTreeMap::new();
    for goal in goals.iter().filter(|goal| matches!(goal.after, After::Port(_))) {
        let p = grid.point(goal.node);
        let (area, rest) = doors
            .entry((goal.facing, grid.frame(goal.node % grid.xs.len(), goal.node / grid.xs.len())))
            .or_insert((Rect::spanning(p, p), goal.rest));
        (*area, *rest) = (area.union(Rect::spanning(p, p)), goal.rest.min(*rest));
    }
    let door = |((facing, _), (area, rest))| Target { area, facing, rest, end: None, borders: Vec::new() };
    let mut targets: Vec<Target> = doors.into_iter().map(door).collect();
    targets.extend(own.iter().map(|piece| Target {
        area: Rect::spanning(piece.a, piece.b),
        facing: Facing::of(piece.a, piece.b),
        rest: piece.length as u32 / OWN_LINE,
        end: Some(piece.b),
        borders: Vec::new(),
    }));
    let least = |target: &Target| FACINGS.iter().map(|facing| target.least(start, *facing)).min();
    targets.sort_by_cached_key(least);
    targets.truncate(MOST_TARGETS);
    for target in &mut targets {
        target.borders = grid.borders_to(target.area);
    }
    targets
}

impl Search<'_> {
    /// The least that is still to pay from a node on, when one arrives there in this direction.
    fn rest(&mut self, Step { x, y, facing }: Step) -> u32 {
        let frame = self.grid.frame(x, y);
        let at = point(self.grid.xs[x], self.grid.ys[y]);
        let mut rest = if self.targets.is_empty() { 0 } else { u32::MAX };
        for target in &self.targets {
            let straight = target.straight(at).saturating_add(target.borders[frame]);
            if straight < rest {
                rest = rest.min(straight.saturating_add(BEND * target.bends(at, facing)));
            }
        }
        rest.saturating_add(rest.saturating_sub(FAR) / HASTE)
    }

    fn state(&self, step: Step) -> State {
        ((step.y * self.grid.xs.len() + step.x) * 4 + step.facing as usize) as State
    }

    fn step(&self, state: State) -> Step {
        let (node, columns) = (state / 4, self.grid.xs.len() as u32);
        Step { x: (node % columns) as usize, y: (node / columns) as usize, facing: FACINGS[state as usize % 4] }
    }

    /// What is known of the arrivals at a node.
    fn reached(&mut self, x: usize, y: usize) -> &mut [Reached; 4] {
        let node = y * self.grid.xs.len() + x;
        let Memory { pieces, reached, .. } = &mut *self.memory;
        let first = pieces.first(node / TOGETHER).unwrap_or_else(|| {
            let piece = pieces.look_at(node / TOGETHER);
            reached.resize(reached.len().max(piece.end), [Reached::NOT; 4]);
            reached[piece.clone()].fill([Reached::NOT; 4]);
            piece.start
        });
        &mut reached[first + node % TOGETHER]
    }

    fn reach(&mut self, step: Step, cost: u32, from: State) {
        let arrivals = self.reached(step.x, step.y);
        if cost < arrivals[step.facing as usize].cost && !is_beaten(arrivals, step.facing, cost) {
            arrivals[step.facing as usize] = Reached { cost, from };
            let estimate = cost.saturating_add(self.rest(step));
            let state = self.state(step);
            self.memory.push(Reverse((order(estimate, cost), state)));
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
        let columns = self.grid.xs.len();
        self.reach(Step { x: node % columns, y: node / columns, facing: port.facing }, cost, NOWHERE);
    }

    fn run(&mut self, goals: &[Goal]) -> Option<(State, After)> {
        let mut best: Option<(u32, State, After)> = None;
        while let Some(Reverse((order, state))) = self.memory.pop() {
            let (estimate, cost) = ((order >> 32) as u32, u32::MAX - order as u32);
            if best.as_ref().is_some_and(|(b, ..)| *b <= estimate) {
                break;
            }
            let step = self.step(state);
            let arrivals = self.reached(step.x, step.y);
            if cost > arrivals[step.facing as usize].cost || is_beaten(arrivals, step.facing, cost) {
                continue;
            }
            let (node, facing) = (state as usize / 4, step.facing);
            let here = goals.partition_point(|goal| goal.node < node);
            for goal in goals[here..].iter().take_while(|goal| goal.node == node) {
                if facing == goal.facing.opposite() {
                    continue;
                }
                let total = cost + goal.rest + if facing == goal.facing { 0 } else { BEND };
                if best.as_ref().is_none_or(|(b, ..)| total < *b) {
                    best = Some((total, state, goal.after));
                }
            }
            for next in FACINGS {
                if next != facing.opposite() {
                    self.go(step, state, cost, next);
                }
            }
        }
        best.map(|(_, state, after)| (state, after))
    }

    fn go(&mut self, Step { x, y, facing }: Step, state: State, cost: u32, next: Facing) {
        let grid = &mut *self.grid;
        let (to_x, to_y) = match next {
            Facing::Left if x > 0 => (x - 1, y),
            Facing::Right if x + 1 < grid.xs.len() => (x + 1, y),
            Facing::Up if y > 0 => (x, y - 1),
            Facing::Down if y + 1 < grid.ys.len() => (x, y + 1),
            _ => return,
        };
        let step = match next.is_horizontal() {
            true => grid.step_right(x.min(to_x), y),
            false => grid.step_down(x, y.min(to_y)),
        };
        let Some(step) = step else { return };
        let length = grid.xs[x].abs_diff(grid.xs[to_x]) + grid.ys[y].abs_diff(grid.ys[to_y]);
        let mut total = cost + length + if next == facing { 0 } else { BEND };
        total += length / SHARED * u32::from(step.strangers) + CROSSING * u32::from(step.crossed);
        if step.full {
            total += FULL * length;
        }
        total += grid.border((x, y), (to_x, to_y));
        self.reach(Step { x: to_x, y: to_y, facing: next }, total, state);
    }

    fn trace(&mut self, end: State) -> Vec<Point> {
        let mut points = Vec::new();
        let mut state = end;
        while state != NOWHERE {
            let Step { x, y, facing } = self.step(state);
            points.push(point(self.grid.xs[x], self.grid.ys[y]));
            state = self.reached(x, y)[facing as usize].from;
        }
        points.reverse();
        points
    }
}

/// Orders ways by their estimate; of those that look equally good, the one that has come furthest is first.
fn order(estimate: u32, cost: u32) -> u64 {
    u64::from(estimate) << 32 | u64::from(u32::MAX - cost)
}

/// Whether a way that arrives from the side, and bends here, is better all the same.
fn is_beaten(arrivals: &[Reached; 4], facing: Facing, cost: u32) -> bool {
    let aside = if facing.is_horizontal() { [Facing::Up, Facing::Down] } else { [Facing::Left, Facing::Right] };
    aside.into_iter().any(|other| arrivals[other as usize].cost < cost.saturating_sub(BEND))
}
