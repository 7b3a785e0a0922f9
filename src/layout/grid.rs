//! The sparse orthogonal grid of phase 4, and the search on it.
//!
//! Lines run beside every side of every obstacle and container and through every port; nodes are their
//! crossings. Cost of a search: O(n log n) in the nodes, of which there are at most (4 boxes + ports) squared, and never
//! more than [`MOST_NODES`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use super::p4_route::{BORDER_CLEARANCE, CLEARANCE, Ground, simplified};
use super::ports::{Facing, Port};
use crate::geom::{Point, Px, Rect, point};
use crate::scene::ItemIndex;

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

type Steps = Vec<Vec<bool>>;

pub struct Grid {
    xs: Vec<Px>,
    ys: Vec<Px>,
    /// `right[y][x]`: whether one can go from column line x to x + 1 along row line y.
    right: Steps,
    /// `down[y][x]`: whether one can go from row line y to y + 1 along column line x.
    down: Steps,
    /// The innermost container of each node, by row line and column line.
    inside: Vec<Vec<Option<ItemIndex>>>,
    bands: BTreeSet<ItemIndex>,
}

/// The lines that edges already take.
#[derive(Default)]
pub struct Traffic {
    /// By (vertical?, line, step): the bundles on that step.
    steps: HashMap<(bool, usize, usize), Vec<u32>>,
    /// All bundles that have a way already.
    bundles: BTreeSet<u32>,
}

impl Traffic {
    pub fn add(&mut self, grid: &Grid, points: &[Point], bundle: u32) {
        self.bundles.insert(bundle);
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            let vertical = a.x == b.x;
            let (line, steps) = grid.steps_between(a, b);
            for step in steps {
                let bundles = self.steps.entry((vertical, line, step)).or_default();
                if !bundles.contains(&bundle) {
                    bundles.push(bundle);
                }
            }
        }
    }

    fn strangers(&self, vertical: bool, line: usize, step: usize, bundle: u32) -> usize {
        self.steps.get(&(vertical, line, step)).map_or(0, |b| b.iter().filter(|b| **b != bundle).count())
    }

    fn has(&self, vertical: bool, line: usize, step: usize, bundle: u32) -> bool {
        self.steps.get(&(vertical, line, step)).is_some_and(|b| b.contains(&bundle))
    }
}

/// Pieces of line that single edges may not take any more, because there was no room for them.
#[derive(Default)]
pub struct Closed(BTreeMap<usize, Vec<Rect>>);

impl Closed {
    pub fn close(&mut self, edge: usize, a: Point, b: Point) {
        self.0.entry(edge).or_default().push(Rect::spanning(a, b));
    }

    pub fn of(&self, edge: usize) -> &[Rect] {
        self.0.get(&edge).map_or(&[], Vec::as_slice)
    }
}

/// What one edge has to mind on its way.
pub struct Errand<'a> {
    /// Its two ends, which it may not pass through.
    pub boxes: [Rect; 2],
    /// Containers that it may enter freely.
    pub home: &'a BTreeSet<ItemIndex>,
    pub bundle: u32,
    /// Pieces of line that it may not take.
    pub closed: &'a [Rect],
    pub traffic: &'a Traffic,
}

impl Errand<'_> {
    fn forbids(&self, a: Point, b: Point) -> bool {
        let step = Rect::spanning(a, b);
        let lies_on = |piece: &Rect| match (piece.left == piece.right, step.left == step.right) {
            (true, true) => piece.left == step.left && piece.top < step.bottom && step.top < piece.bottom,
            (false, false) => piece.top == step.top && piece.left < step.right && step.left < piece.right,
            _ => false,
        };
        self.boxes.iter().any(|rect| rect.crossed_by(a, b)) || self.closed.iter().any(lies_on)
    }
}

impl Grid {
    pub fn new(ground: &Ground, ports: impl Iterator<Item = Port>) -> Grid {
        let (xs, ys) = lines(ground, ports);
        let mut grid = Grid {
            right: vec![vec![true; xs.len()]; ys.len()],
            down: vec![vec![true; xs.len()]; ys.len()],
            inside: vec![vec![None; xs.len()]; ys.len()],
            bands: ground.bands.clone(),
            xs,
            ys,
        };
        for wall in &ground.walls {
            grid.block(wall.grown(CLEARANCE - 2));
        }
        for (item, rect) in &ground.frames {
            grid.fill(*rect, *item);
            grid.block_along(*rect);
        }
        grid
    }

    /// Takes out every step that meets the inside of the box.
    fn block(&mut self, area: Rect) {
        for y in between(&self.ys, area.top, area.bottom) {
            for x in touching(&self.xs, area.left, area.right) {
                self.right[y][x] = false;
            }
        }
        for x in between(&self.xs, area.left, area.right) {
            for y in touching(&self.ys, area.top, area.bottom) {
                self.down[y][x] = false;
            }
        }
    }

    /// Takes out the steps that run beside one of the box's four sides.
    fn block_along(&mut self, rect: Rect) {
        for at in [rect.left, rect.right] {
            for x in between(&self.xs, at - BORDER_CLEARANCE, at + BORDER_CLEARANCE) {
                for y in touching(&self.ys, rect.top, rect.bottom) {
                    self.down[y][x] = false;
                }
            }
        }
        for at in [rect.top, rect.bottom] {
            for y in between(&self.ys, at - BORDER_CLEARANCE, at + BORDER_CLEARANCE) {
                for x in touching(&self.xs, rect.left, rect.right) {
                    self.right[y][x] = false;
                }
            }
        }
    }

    fn fill(&mut self, rect: Rect, item: ItemIndex) {
        for y in between(&self.ys, rect.top, rect.bottom) {
            for x in between(&self.xs, rect.left, rect.right) {
                self.inside[y][x] = Some(item);
            }
        }
    }

    fn steps_between(&self, a: Point, b: Point) -> (usize, std::ops::Range<usize>) {
        let at = |lines: &[Px], v: Px| lines.partition_point(|l| *l < v);
        if a.x == b.x {
            (at(&self.xs, a.x), at(&self.ys, a.y.min(b.y))..at(&self.ys, a.y.max(b.y)))
        } else {
            (at(&self.ys, a.y), at(&self.xs, a.x.min(b.x))..at(&self.xs, a.x.max(b.x)))
        }
    }

    fn node(&self, p: Point) -> Option<(usize, usize)> {
        Some((self.xs.binary_search(&p.x).ok()?, self.ys.binary_search(&p.y).ok()?))
    }

    /// The cheapest way from one of the first ports to one of the second; `None` where there is none.
    pub fn find(&self, [starts, ends]: [&[Port]; 2], errand: &Errand, memory: &mut Memory) -> Option<Vec<Point>> {
        let mut goals: BTreeMap<(usize, usize), Vec<Port>> = BTreeMap::new();
        // A port that looks off the page has no node.
        for port in ends {
            if let Some(node) = self.node(port.outside()) {
                goals.entry(node).or_default().push(*port);
            }
        }
        let around = |p: Point| Rect::spanning(p, p);
        let goal = goals.keys().map(|&(x, y)| around(point(self.xs[x], self.ys[y]))).reduce(Rect::union)?;
        let mut search = Search::new(self, errand, memory, goal);
        for port in starts {
            if let Some((x, y)) = self.node(port.outside()) {
                search.start(x, y, *port);
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

/// Most nodes of a grid. Beside it, lines along obstacles are left out, then those along containers, and at last edges
/// run straight: a picture of thousands of resources is not to take gigabytes.
const MOST_NODES: usize = 2_000_000;

fn lines(ground: &Ground, ports: impl Iterator<Item = Port>) -> (Vec<Px>, Vec<Px>) {
    let outsides: Vec<Point> = ports.map(Port::outside).collect();
    let walls = ground.walls.iter().map(|wall| wall.grown(CLEARANCE));
    let frames = ground.frames.iter().flat_map(|(_, rect)| [rect.grown(CLEARANCE), rect.grown(-CLEARANCE)]);
    let (walls, frames): (Vec<Rect>, Vec<Rect>) = (walls.collect(), frames.collect());
    for (walls, frames) in [(&walls[..], &frames[..]), (&[], &frames[..]), (&[], &[])] {
        let beside = || walls.iter().chain(frames);
        let xs = beside().flat_map(|r| [r.left, r.right]).chain(outsides.iter().map(|p| p.x));
        let ys = beside().flat_map(|r| [r.top, r.bottom]).chain(outsides.iter().map(|p| p.y));
        let (xs, ys) = (on_page(xs, ground.page.right), on_page(ys, ground.page.bottom));
        if xs.len() * ys.len() <= MOST_NODES {
            return (xs, ys);
        }
    }
    (Vec::new(), Vec::new())
}

fn on_page(lines: impl Iterator<Item = Px>, end: Px) -> Vec<Px> {
    let lines: BTreeSet<Px> = lines.filter(|v| *v > CLEARANCE && *v < end - CLEARANCE).collect();
    lines.into_iter().collect()
}

/// A node and the direction of arrival, as one number.
type State = usize;

/// The memory of a search, used again by the next one: what was not reached in this search counts as unreached.
#[derive(Default)]
pub struct Memory {
    search: u32,
    reached_in: Vec<u32>,
    cost: Vec<u32>,
    came_from: Vec<u32>,
}

impl Memory {
    fn begin(&mut self, states: usize) {
        self.search += 1;
        self.reached_in.resize(states, 0);
        self.cost.resize(states, 0);
        self.came_from.resize(states, NOWHERE);
    }

    fn cost(&self, state: State) -> u32 {
        if self.reached_in[state] == self.search { self.cost[state] } else { u32::MAX }
    }

    fn reach(&mut self, state: State, cost: u32, from: u32) {
        self.reached_in[state] = self.search;
        self.cost[state] = cost;
        self.came_from[state] = from;
    }
}

const NOWHERE: u32 = u32::MAX;

struct Search<'a> {
    grid: &'a Grid,
    errand: &'a Errand<'a>,
    memory: &'a mut Memory,
    open: BinaryHeap<Reverse<(u32, u32, State)>>,
    /// The box around all goals, and the least that a px of the way there can cost, as one over this.
    goal: Rect,
    discount: u32,
}

const FACINGS: [Facing; 4] = [Facing::Left, Facing::Right, Facing::Up, Facing::Down];

impl<'a> Search<'a> {
    fn new(grid: &'a Grid, errand: &'a Errand<'a>, memory: &'a mut Memory, goal: Rect) -> Search<'a> {
        memory.begin(grid.xs.len() * grid.ys.len() * 4);
        let discount = if errand.traffic.bundles.contains(&errand.bundle) { OWN_LINE } else { 1 };
        Search { grid, errand, memory, open: BinaryHeap::new(), goal, discount }
    }

    /// The least that is still to pay from a point on.
    fn rest(&self, p: Point) -> u32 {
        let dx = (self.goal.left - p.x).max(p.x - self.goal.right).max(0);
        let dy = (self.goal.top - p.y).max(p.y - self.goal.bottom).max(0);
        (dx + dy) as u32 / self.discount
    }

    fn state(&self, x: usize, y: usize, facing: Facing) -> State {
        let f = FACINGS.iter().position(|g| *g == facing).unwrap_or(0);
        (y * self.grid.xs.len() + x) * 4 + f
    }

    fn place(&self, state: State) -> (usize, usize, Facing) {
        let node = state / 4;
        (node % self.grid.xs.len(), node / self.grid.xs.len(), FACINGS[state % 4])
    }

    fn point(&self, x: usize, y: usize) -> Point {
        point(self.grid.xs[x], self.grid.ys[y])
    }

    fn start(&mut self, x: usize, y: usize, port: Port) {
        let state = self.state(x, y, port.facing);
        // Of sides that are equally good, edges take the same one all over the picture.
        let cost = port.price
            + match port.facing {
                Facing::Right | Facing::Up => 0,
                Facing::Left => 2,
                Facing::Down => 4,
            };
        if cost < self.memory.cost(state) {
            self.memory.reach(state, cost, NOWHERE);
            self.open.push(Reverse((cost + self.rest(self.point(x, y)), cost, state)));
        }
    }

    fn run(&mut self, goals: &BTreeMap<(usize, usize), Vec<Port>>) -> Option<(State, Port)> {
        let mut best: Option<(u32, State, Port)> = None;
        while let Some(Reverse((estimate, cost, state))) = self.open.pop() {
            if best.as_ref().is_some_and(|(b, ..)| *b <= estimate) {
                break;
            }
            if cost > self.memory.cost(state) {
                continue;
            }
            let (x, y, facing) = self.place(state);
            for port in goals.get(&(x, y)).into_iter().flatten() {
                let arrival = opposite(port.facing);
                if facing == port.facing {
                    continue;
                }
                let total = cost + port.price + if facing == arrival { 0 } else { BEND };
                if best.as_ref().is_none_or(|(b, ..)| total < *b) {
                    best = Some((total, state, *port));
                }
            }
            for next in FACINGS {
                if next != opposite(facing) {
                    self.go(state, cost, (x, y, facing), next);
                }
            }
        }
        best.map(|(_, state, port)| (state, port))
    }

    fn go(&mut self, state: State, cost: u32, (x, y, facing): (usize, usize, Facing), next: Facing) {
        let grid = self.grid;
        let (vertical, line, step, nx, ny) = match next {
            Facing::Left if x > 0 => (false, y, x - 1, x - 1, y),
            Facing::Right if x + 1 < grid.xs.len() => (false, y, x, x + 1, y),
            Facing::Up if y > 0 => (true, x, y - 1, x, y - 1),
            Facing::Down if y + 1 < grid.ys.len() => (true, x, y, x, y + 1),
            _ => return,
        };
        let free = if vertical { grid.down[step][x] } else { grid.right[y][step] };
        let (a, b) = (self.point(x, y), self.point(nx, ny));
        if !free || self.errand.forbids(a, b) {
            return;
        }
        let length = ((a.x - b.x).abs() + (a.y - b.y).abs()) as u32;
        let mut total = cost
            + if self.errand.traffic.has(vertical, line, step, self.errand.bundle) {
                length.div_ceil(OWN_LINE)
            } else {
                length
            };
        if next != facing {
            total += BEND;
        }
        // Phase 5 sets edges on one line apart: a little dearer than a line of its own, much cheaper than a crossing.
        total += length / 8 * self.errand.traffic.strangers(vertical, line, step, self.errand.bundle) as u32;
        total += CROSSING * self.crossings(nx, ny, vertical) as u32;
        let (was, is) = (grid.inside[y][x], grid.inside[ny][nx]);
        if was != is {
            total += match is {
                Some(container) if self.errand.home.contains(&container) => BORDER,
                Some(container) if grid.bands.contains(&container) => BAND,
                Some(_) => FOREIGN,
                None => BORDER,
            };
        }
        let reached = self.state(nx, ny, next);
        if total < self.memory.cost(reached) {
            self.memory.reach(reached, total, state as u32);
            self.open.push(Reverse((total + self.rest(b), total, reached)));
        }
    }

    /// Edges of other bundles that pass straight through a node, across the way that we go.
    fn crossings(&self, x: usize, y: usize, vertical: bool) -> usize {
        let (line, step) = if vertical { (y, x) } else { (x, y) };
        self.errand.traffic.strangers(!vertical, line, step, self.errand.bundle)
    }

    fn trace(&self, end: State) -> Vec<Point> {
        let mut points = Vec::new();
        let mut state = end;
        loop {
            let (x, y, _) = self.place(state);
            points.push(self.point(x, y));
            match self.memory.came_from[state] {
                NOWHERE => break,
                before => state = before as usize,
            }
        }
        points.reverse();
        points
    }
}

const fn opposite(facing: Facing) -> Facing {
    match facing {
        Facing::Left => Facing::Right,
        Facing::Right => Facing::Left,
        Facing::Up => Facing::Down,
        Facing::Down => Facing::Up,
    }
}
