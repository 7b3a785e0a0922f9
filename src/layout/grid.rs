//! The sparse orthogonal visibility graph of phase 4: the part of the page that one edge sees, as lines and steps.
//!
//! Needs: a [`Domain`], the ports of one edge, and the ways of those routed before it. Leaves: a graph whose lines run
//! beside every side of every wall and frame and through every port, whose nodes are their crossings, and whose
//! steps know whether they are free, what they enter, whom they meet, and whether there is room beside those.
//!
//! Cost: its lines either way, of which a domain has a few hundred at most, because crowded frames that an edge has no
//! business in are one wall each; the crossings of walls and lines; and for each line that a search comes to, its stops,
//! the walls that it meets, and the frames and the other ways of the domain.
//! Source: Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009, section 3.

mod view;

use std::ops::Range;

use super::bits;
use super::ground::{Business, CLEARANCE, Domain, Seen};
use super::turn::Turn;
use crate::geom::{Point, Px, Rect, point};
use view::{BESIDE_BLOCK, Step, View};

/// What crossing a border costs, in px of detour, that has to be crossed anyhow, so that it is crossed once.
const BORDER: u32 = 24;
/// What entering a container costs that holds neither end.
const FOREIGN: u32 = 300;
/// What it costs where another line of the edge's bundle begins or ends at the container: one would be taken for the other.
const MATES: u32 = 900;
/// What entering a zone costs that holds neither end. Chosen: more than a bend and less than two, so that a line between two
/// rows of subnets runs straight on.
const ZONE: u32 = 100;
/// What entering a foreign band costs: it is a tint, not a place.
const BAND: u32 = 48;

/// Most nodes of a grid: a bound on memory that only hostile input meets. Beyond it, lines along walls are left out.
const MOST_NODES: usize = 1_000_000;

/// All lines and steps. Nodes are numbered row by row. What is known of a row or column is found out when a search first
/// comes there: it comes to few of them.
#[derive(Default)]
pub struct Grid {
    pub xs: Vec<Px>,
    pub ys: Vec<Px>,
    /// The steps of the rows, from each node to the right.
    right: Steps,
    /// Those of the columns, from each node down.
    down: Steps,
    places: Places,
    sights: Sights,
}

/// The steps of those rows or columns that were looked at.
#[derive(Default)]
struct Steps {
    lines: Lines,
    /// A bit a step: whether it is closed.
    closed: Vec<u64>,
    /// The lines on which other edges are met.
    met: Lines,
    steps: Vec<Step>,
}

/// Where the nodes are of those rows that were looked at.
#[derive(Default)]
struct Places {
    lines: Lines,
    /// The innermost frame of each node, as its number in the domain and one more; 0 outside all.
    inside: Vec<u16>,
    /// In how many foreign bands each node is.
    bands: Vec<u8>,
}

/// Where each row or column that was looked at begins among those looked at: memory is taken for no others.
#[derive(Default)]
pub struct Lines {
    firsts: Vec<u32>,
    count: usize,
    length: usize,
}

const UNSEEN: u32 = u32::MAX;

impl Lines {
    /// So many lines of such a length, of which none was looked at.
    pub fn forget(&mut self, lines: usize, length: usize) {
        self.firsts.clear();
        self.firsts.resize(lines, UNSEEN);
        (self.count, self.length) = (0, length);
    }

    /// Where a line begins; `None` where it was not looked at.
    pub fn first(&self, line: usize) -> Option<usize> {
        let first = self.firsts[line];
        (first != UNSEEN).then_some(first as usize)
    }

    /// Gives a line its place behind those looked at: where it begins and where it ends.
    pub fn look_at(&mut self, line: usize) -> Range<usize> {
        let first = self.count * self.length;
        self.firsts[line] = first as u32;
        self.count += 1;
        first..first + self.length
    }
}

/// What there is to mind.
#[derive(Default)]
struct Sights {
    frames: Vec<Seen>,
    bands: Vec<(Rect, Business)>,
    level: View,
    /// On the page turned over.
    upright: View,
}

/// The ways that other edges take already.
#[derive(Default)]
pub struct Ways<'a> {
    /// With the bundle of each.
    pub strangers: Vec<(&'a [Point], u32)>,
    /// Those of the edge's own bundle, each towards the end that it shares with them.
    pub own: Vec<Vec<Point>>,
}

impl Grid {
    /// Makes the grid anew in the memory of the one before.
    pub fn rebuild(&mut self, domain: Domain, doors: &[Point], ways: &Ways, closed: &[Rect]) {
        self.lines(&domain, doors, ways);
        let (columns, rows) = (self.xs.len(), self.ys.len());
        self.right.forget(rows, columns);
        self.down.forget(columns, rows);
        self.places.lines.forget(rows, columns);
        for (turn, view) in self.sights.views() {
            view.renew(turn, &domain, ways, closed);
        }
        self.sights.put_up(&domain.walls, &self.xs, &self.ys);
        self.sights.pass(ways.own.iter().flatten().chain(doors), &self.xs, &self.ys);
        self.sights.frames = domain.frames;
        self.sights.frames.truncate(usize::from(u16::MAX) - 1);
        self.sights.bands = domain.bands;
    }

    /// Where the lines of the domain are: beside walls and borders, and through points.
    fn lines(&mut self, domain: &Domain, doors: &[Point], ways: &Ways) {
        let Grid { xs, ys, .. } = self;
        let area = domain.area.grown(-CLEARANCE);
        for with_walls in [true, false] {
            xs.clear();
            ys.clear();
            let mut along = |x: Px, y: Px| {
                xs.extend((area.left <= x && x <= area.right).then_some(x));
                ys.extend((area.top <= y && y <= area.bottom).then_some(y));
            };
            let mut beside = |rect: Rect| {
                along(rect.left, rect.top);
                along(rect.right, rect.bottom);
            };
            if with_walls {
                domain.walls.iter().for_each(|wall| beside(wall.grown(CLEARANCE)));
            }
            for rect in domain.borders() {
                beside(rect.grown(CLEARANCE));
                beside(rect.grown(-CLEARANCE));
            }
            ways.own.iter().flatten().chain(doors).for_each(|point| along(point.x, point.y));
            for lines in [&mut *xs, &mut *ys] {
                lines.sort_unstable();
                lines.dedup();
            }
            if xs.len() * ys.len() <= MOST_NODES {
                break;
            }
        }
    }

    /// The nodes on a straight piece.
    pub fn nodes_on(&self, a: Point, b: Point) -> Vec<usize> {
        let (piece, columns) = (Rect::spanning(a, b), self.xs.len());
        let (xs, ys) = (covered(&self.xs, piece.left, piece.right), covered(&self.ys, piece.top, piece.bottom));
        ys.flat_map(|y| xs.clone().map(move |x| y * columns + x)).collect()
    }

    pub fn node(&self, p: Point) -> Option<usize> {
        Some(self.ys.binary_search(&p.y).ok()? * self.xs.len() + self.xs.binary_search(&p.x).ok()?)
    }

    pub fn point(&self, node: usize) -> Point {
        point(self.xs[node % self.xs.len()], self.ys[node / self.xs.len()])
    }

    /// The step from a node to the right, if it is free.
    pub fn step_right(&mut self, x: usize, y: usize) -> Option<Step> {
        self.right.step(y, x, &mut self.sights.level, &self.xs, self.ys[y])
    }

    /// The step from a node down, if it is free.
    pub fn step_down(&mut self, x: usize, y: usize) -> Option<Step> {
        self.down.step(x, y, &mut self.sights.upright, &self.ys, self.xs[x])
    }

    /// The number of the innermost frame that a node is in; 0 outside all.
    pub fn frame(&mut self, x: usize, y: usize) -> usize {
        let row = self.row(y);
        usize::from(self.places.inside[row + x])
    }

    /// What a step from one node to another costs for the border on it.
    pub fn border(&mut self, from: (usize, usize), to: (usize, usize)) -> u32 {
        let (from, to) = (self.row(from.1) + from.0, self.row(to.1) + to.0);
        let (was, is) = (self.places.inside[from], self.places.inside[to]);
        let frame = if was == is { 0 } else { self.sights.entering(usize::from(is)) };
        if self.places.bands[to] > self.places.bands[from] { frame + BAND } else { frame }
    }

    /// Where the places of a row begin.
    fn row(&mut self, y: usize) -> usize {
        self.places.lines.first(y).unwrap_or_else(|| {
            let nodes = self.places.lines.look_at(y);
            self.sights.row(&self.xs, self.ys[y], nodes.clone(), &mut self.places);
            nodes.start
        })
    }

    /// By a frame's number, the least that borders cost on a way from it to a place in the box, however long the way
    /// is and bands aside.
    pub fn borders_to(&self, goal: Rect) -> Vec<u32> {
        self.sights.borders_to(goal)
    }
}

impl Steps {
    /// So many lines of so many steps, of which none was looked at.
    fn forget(&mut self, lines: usize, steps: usize) {
        self.lines.forget(lines, bits::words(steps));
        self.met.forget(lines, steps);
    }

    /// A step of a line, which lies at `at` and is looked at where it was not.
    fn step(&mut self, line: usize, step: usize, view: &mut View, stops: &[Px], at: Px) -> Option<Step> {
        let first = self.lines.first(line).unwrap_or_else(|| self.look(line, view, stops, at));
        if bits::is_set(&self.closed[first..], step) {
            return None;
        }
        Some(self.met.first(line).map_or_else(Step::default, |first| self.steps[first + step]))
    }

    /// Looks at a line; returns where it begins.
    fn look(&mut self, line: usize, view: &mut View, stops: &[Px], at: Px) -> usize {
        let words = self.lines.look_at(line);
        self.closed.resize(self.closed.len().max(words.end), 0);
        let closed = &mut self.closed[words.clone()];
        closed.fill(0);
        view.close(stops, at, line, closed);
        if view.meets(at) {
            let steps = self.met.look_at(line);
            self.steps.resize(self.steps.len().max(steps.end), Step::default());
            view.meet(stops, at, line, &mut self.steps[steps]);
        }
        words.start
    }
}

impl Sights {
    fn views(&mut self) -> impl Iterator<Item = (Turn, &mut View)> {
        [(Turn::None, &mut self.level), (Turn::Over, &mut self.upright)].into_iter()
    }

    /// Tells each line of the walls across it and beside it.
    fn put_up(&mut self, walls: &[Rect], xs: &[Px], ys: &[Px]) {
        let Sights { level, upright, .. } = self;
        for (view, lines) in [(&mut *level, ys), (&mut *upright, xs)] {
            view.forget(lines.len());
        }
        for wall in walls {
            let block = wall.grown(CLEARANCE - BESIDE_BLOCK);
            let (columns, rows) = (between(xs, block.left, block.right), between(ys, block.top, block.bottom));
            let beside = wall.grown(CLEARANCE);
            level.put_up(beside, ys, rows.clone(), columns.clone());
            upright.put_up(Turn::Over.rect(beside), xs, columns, rows);
        }
    }

    /// Tells each line of the points on it.
    fn pass<'p>(&mut self, points: impl Iterator<Item = &'p Point>, xs: &[Px], ys: &[Px]) {
        for point in points {
            if let Ok(row) = ys.binary_search(&point.y) {
                self.level.pass(row, point.x);
            }
            if let Ok(column) = xs.binary_search(&point.x) {
                self.upright.pass(column, point.y);
            }
        }
    }

    /// Finds out about the nodes at a height.
    fn row(&self, xs: &[Px], at: Px, nodes: Range<usize>, places: &mut Places) {
        let end = places.inside.len().max(nodes.end);
        places.inside.resize(end, 0);
        places.bands.resize(end, 0);
        let (inside, bands) = (&mut places.inside[nodes.clone()], &mut places.bands[nodes]);
        inside.fill(0);
        bands.fill(0);
        for (number, frame) in self.frames.iter().enumerate() {
            if frame.rect.top < at && at < frame.rect.bottom {
                inside[between(xs, frame.rect.left, frame.rect.right)].fill(number as u16 + 1);
            }
        }
        for (rect, business) in &self.bands {
            if *business == Business::Foreign && rect.top < at && at < rect.bottom {
                bands[between(xs, rect.left, rect.right)].iter_mut().for_each(|n| *n = n.saturating_add(1));
            }
        }
    }

    /// What it costs to come into a frame, from a neighbour or from within.
    fn entering(&self, frame: usize) -> u32 {
        match frame.checked_sub(1).map(|number| self.frames[number].business) {
            None | Some(Business::Home) => BORDER,
            Some(Business::Foreign) => FOREIGN,
            Some(Business::Zone) => ZONE,
            Some(Business::Mates) => MATES,
        }
    }

    /// Frames lie in each other like the branches of a tree, and the cheapest way from one to another one is along it.
    fn borders_to(&self, goal: Rect) -> Vec<u32> {
        let mut costs = vec![u32::MAX; self.frames.len() + 1];
        let holder = self.frames.iter().rposition(|frame| frame.rect.contains(goal)).map_or(0, |number| number + 1);
        costs[holder] = 0;
        for (number, frame) in self.frames.iter().enumerate() {
            if frame.rect.overlaps(goal) && !frame.rect.contains(goal) {
                costs[number + 1] = 0;
            }
        }
        for (number, frame) in self.frames.iter().enumerate().rev() {
            let parent = frame.parent.map_or(0, |parent| parent + 1);
            let through = costs[number + 1].saturating_add(self.entering(number + 1));
            costs[parent] = costs[parent].min(through);
        }
        for (number, frame) in self.frames.iter().enumerate() {
            let parent = frame.parent.map_or(0, |parent| parent + 1);
            let entering = if frame.overlay { 0 } else { self.entering(parent) };
            costs[number + 1] = costs[number + 1].min(costs[parent].saturating_add(entering));
        }
        costs
    }
}

/// Indices of the lines strictly between the two values.
fn between(lines: &[Px], low: Px, high: Px) -> Range<usize> {
    let first = lines.partition_point(|l| *l <= low);
    let last = lines.partition_point(|l| *l < high);
    first..last.max(first)
}

/// Indices of the lines in the closed interval.
fn covered(lines: &[Px], low: Px, high: Px) -> Range<usize> {
    let first = lines.partition_point(|l| *l < low);
    let last = lines.partition_point(|l| *l <= high);
    first..last.max(first)
}

#[cfg(test)]
mod tests {
    use super::view::LANE;
    use super::*;

    /// Whether one more edge has room in a channel as wide as this, beside so many of other bundles.
    fn has_room(width: Px, bundles: &[u32]) -> bool {
        let walls = vec![Rect::new(0, 0, 400, 100), Rect::new(0, 100 + width, 400, 100)];
        let domain = Domain { area: Rect::new(-100, -100, 600, 500), walls, ..Domain::default() };
        let way = [point(-50, 108), point(450, 108)];
        let ways = Ways { strangers: bundles.iter().map(|bundle| (&way[..], *bundle)).collect(), own: Vec::new() };
        let mut grid = Grid::default();
        grid.rebuild(domain, &[point(-50, 108), point(450, 108)], &ways, &[]);
        let (x, y) = (grid.xs.binary_search(&-8).unwrap(), grid.ys.binary_search(&108).unwrap());
        grid.step_right(x, y).is_some_and(|step| !step.full)
    }

    #[test]
    fn a_channel_is_full_where_its_edges_could_not_be_set_apart() {
        assert!(has_room(2 * CLEARANCE, &[]));
        assert!(!has_room(2 * CLEARANCE, &[1]));
        assert!(has_room(2 * CLEARANCE + LANE, &[1]));
        assert!(!has_room(2 * CLEARANCE + LANE, &[1, 2]));
    }

    #[test]
    fn edges_of_one_bundle_take_the_room_of_one() {
        assert!(has_room(2 * CLEARANCE + LANE, &[1, 1, 1]));
    }
}
