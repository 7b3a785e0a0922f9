//! Phase 4: every edge finds a way from its start to its end, around icons and texts.
//!
//! Needs: boxes (phase 3). Leaves: for each edge an orthogonal line of points from a side of its first end to a side
//! of its second that meets no icon, text or pill and runs along no border, and that lies on no edge of another bundle
//! once phase 5 has set edges apart.
//!
//! Two passes: in the first each edge takes its own best way, which tells the side at which it meets its ends; then
//! the ends of one side are spread over it in an order that avoids crossings, and in the second edges go from there and
//! mind those before them. Where a channel turns out to be too narrow, edges are taken up and sent another way; those that
//! then have room to run straight do.
//!
//! What is relaxed where there is no lawful way, in this order: edges of one look with a common end become one bundle;
//! an edge is left out, and the scene says so. Nothing is ever drawn through a text.
//!
//! Cost: a search an edge and pass in the part of the page that it sees (see [`Ground::domain`]); the ways that an edge
//! minds are all those in that part.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::faults::{Fault, faults};
use super::grid::{Grid, Ways};
use super::ground::{Business, Domain, Ground, Sight};
use super::p5_nudge;
use super::ports::{Port, ports, spare_ports};
use super::routed::Routed;
use super::search::{self, Memory};
use super::spread::spread;
use super::straighten::straighten;
use crate::diagram;
use crate::geom::{Point, Px, Rect};
use crate::hashing::{HashMap, HashSet};
use crate::scene::{ItemIndex, Scene};
use crate::threads;

/// An edge of the diagram with both ends found in the scene.
pub struct Ends<'a> {
    pub edge: &'a diagram::Edge,
    pub from: ItemIndex,
    pub to: ItemIndex,
    /// Edges with the same number may share pieces of line.
    pub bundle: u32,
}

/// Edges whose ends are both drawn, in the diagram's order, and the ids of the others.
pub fn ends<'a>(scene: &Scene, edges: &'a [diagram::Edge]) -> (Vec<Ends<'a>>, Vec<&'a str>) {
    let index: HashMap<&str, ItemIndex> =
        scene.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), i)).collect();
    let mut bundles: HashMap<&str, u32> = HashMap::default();
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for edge in edges {
        match (index.get(edge.from.as_str()), index.get(edge.to.as_str())) {
            (Some(&from), Some(&to)) if from != to => {
                let next = bundles.len() as u32;
                let bundle = *bundles.entry(edge.bundle.as_deref().unwrap_or(&edge.about.id)).or_insert(next);
                found.push(Ends { edge, from, to, bundle });
            }
            _ => lost.push(edge.about.id.as_str()),
        }
    }
    (found, lost)
}

#[derive(Clone, Default)]
pub struct Route {
    /// No two equal neighbours, no three on one line; none where the edge is left out.
    pub points: Vec<Point>,
    /// The bundle that it belongs to in the end.
    pub bundle: u32,
    /// What had to be relaxed.
    pub relaxed: Option<&'static str>,
}

/// Times that edges for which there is no room are sent another way, and times more after some were joined.
const RETRIES: usize = 5;
const RETRIES_JOINED: usize = 2;

/// With no more ways to find than this a thread, another one is not worth its start.
const FEW_WAYS: usize = 64;

/// The same of the second pass, and how many edges ahead it looks for such as do not mind each other.
const FEW_APART: usize = 8;
const AHEAD: usize = 128;

/// Routes and nudges all edges; those for which a channel has no room look for another one.
pub fn route(ground: &Ground, ends: &[Ends]) -> Vec<Route> {
    let mut desks: Vec<Desk> = Vec::new();
    desks.resize_with(threads::worth(ends.len(), FEW_WAYS), Desk::default);
    let mut router = Router::new(ground, ends, &mut desks);
    router.first_pass(&mut desks);
    router.second_pass(&mut desks);
    let mut best: Option<(Vec<Fault>, Vec<Route>)> = None;
    for round in 0..RETRIES + RETRIES_JOINED {
        let (faults, routes) = router.nudged();
        let done = faults.is_empty();
        if best.as_ref().is_none_or(|(fewest, _)| faults.len() < fewest.len()) {
            best = Some((faults.clone(), routes));
        }
        if done || faults.iter().all(|fault| router.hopeless.contains(&fault.edge)) {
            break;
        }
        if round >= RETRIES {
            router.join(&faults);
        }
        router.send_another_way(&faults, round, &mut desks[0]);
    }
    let (mut faults_left, mut routes) = best.unwrap_or_default();
    if faults_left.is_empty() && router.straighten(&mut desks[0]) {
        let (faults, straight) = router.nudged();
        routes = if faults.is_empty() { straight } else { routes };
    }
    while let Some(worst) = most_at_fault(&faults_left) {
        routes[worst] = Route { relaxed: Some("left out, for there is no room for its line"), ..Route::default() };
        faults_left.retain(|fault| fault.edge != worst && fault.other != Some(worst));
    }
    for route in &mut routes {
        route.points = simplified(std::mem::take(&mut route.points));
    }
    routes
}

/// The edge without which the most faults are gone; of several the last.
fn most_at_fault(faults: &[Fault]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for fault in faults {
        for edge in [Some(fault.edge), fault.other].into_iter().flatten() {
            *counts.entry(edge).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(edge, count)| (*count, *edge)).map(|(edge, _)| edge)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

struct Router<'a> {
    ground: &'a Ground,
    ends: &'a [Ends<'a>],
    /// The frames around both ends of each edge.
    within: Vec<Vec<ItemIndex>>,
    /// Where each edge may meet its two ends.
    ports: Vec<[Vec<Port>; 2]>,
    /// The ways before phase 5.
    routes: Vec<Route>,
    /// Those of them that others mind.
    routed: Routed,
    /// Pieces of line that single edges may not take any more.
    closed: BTreeMap<usize, Vec<Rect>>,
    /// Edges for which there is no way from any port.
    hopeless: BTreeSet<usize>,
    /// The edges that begin or end at each item.
    at: HashMap<ItemIndex, Vec<usize>>,
}

/// The memory of one search, used again in the next.
#[derive(Default)]
struct Desk {
    grid: Grid,
    memory: Memory,
}

impl<'a> Router<'a> {
    fn new(ground: &'a Ground, ends: &'a [Ends<'a>], desks: &mut [Desk]) -> Router<'a> {
        let ports = threads::map(ends, desks, |e, _| [ports(ground, e.from, e.to), ports(ground, e.to, e.from)]);
        let ports = ports.collect();
        let routes = ends.iter().map(|e| Route { bundle: e.bundle, ..Route::default() }).collect();
        let mut at: HashMap<ItemIndex, Vec<usize>> = HashMap::default();
        for (edge, e) in ends.iter().enumerate() {
            [e.from, e.to].into_iter().for_each(|item| at.entry(item).or_default().push(edge));
        }
        Router {
            ground,
            ends,
            within: ends.iter().map(|e| ground.around_both(e.from, e.to).collect()).collect(),
            ports,
            routes,
            routed: Routed::default(),
            closed: BTreeMap::new(),
            hopeless: BTreeSet::new(),
            at,
        }
    }

    /// No edge minds another, so that those between the same ends go the same way, and it is all one on how many
    /// threads ways are searched.
    fn first_pass(&mut self, desks: &mut [Desk]) {
        let mut alike: BTreeMap<(ItemIndex, ItemIndex), Vec<usize>> = BTreeMap::new();
        for (edge, e) in self.ends.iter().enumerate() {
            alike.entry((e.from.min(e.to), e.from.max(e.to))).or_default().push(edge);
        }
        let alike: Vec<Vec<usize>> = alike.into_values().collect();
        let this = &*self;
        let ways = threads::map(&alike, desks, |edges, desk| this.find(edges[0], false, desk));
        for (edges, way) in alike.iter().zip(ways) {
            for &edge in edges {
                let mut points = way.clone();
                if self.ends[edge].from != self.ends[edges[0]].from {
                    points.reverse();
                }
                self.routes[edge].points = points;
            }
        }
    }

    /// Short edges first, so that long ones make way.
    fn second_pass(&mut self, desks: &mut [Desk]) {
        self.ports = spread(self.ground, self.ends, &self.ports, &self.routes);
        self.routes.iter_mut().for_each(|route| route.points.clear());
        let mut order: Vec<usize> = (0..self.ends.len()).collect();
        order.sort_by_key(|&edge| (self.span(edge), edge));
        let mut left = VecDeque::from(order);
        while !left.is_empty() {
            let next = self.next_apart(&mut left);
            let this = &*self;
            let worth = threads::worth(next.len(), FEW_APART).min(desks.len());
            let ways = threads::map(&next, &mut desks[..worth], |edge, desk| this.find(*edge, true, desk));
            next.into_iter().zip(ways).for_each(|(edge, way)| self.take(edge, way));
        }
    }

    /// Takes from the next edges those that mind none of the others before them: of other bundles, in other frames.
    fn next_apart(&self, left: &mut VecDeque<usize>) -> Vec<usize> {
        let mut before: Vec<(Rect, u32)> = Vec::new();
        let (apart, others): (Vec<usize>, Vec<usize>) = left.drain(..left.len().min(AHEAD)).partition(|&edge| {
            let e = &self.ends[edge];
            let area = self.ground.common(e.from, e.to).map_or(self.ground.page, |frame| self.ground.rect(frame));
            let bundle = self.routes[edge].bundle;
            let is_apart = before.iter().all(|(other, theirs)| *theirs != bundle && !touch(*other, area));
            before.push((area, bundle));
            is_apart
        });
        others.into_iter().rev().for_each(|edge| left.push_front(edge));
        apart
    }

    /// What phase 5 makes of the ways, and what is at fault then.
    fn nudged(&self) -> (Vec<Fault>, Vec<Route>) {
        let mut routes = self.routes.clone();
        p5_nudge::nudge(self.ground, &mut routes);
        (faults(self.ground, self.ends, &routes), routes)
    }

    /// Spares edges a jog where others have made way; says whether it did.
    fn straighten(&mut self, desk: &mut Desk) -> bool {
        for (ports, route) in self.ports.iter_mut().zip(&self.routes) {
            let [Some(first), Some(last)] = [route.points.first(), route.points.last()] else { continue };
            ports[0].retain(|port| port.at == *first);
            ports[1].retain(|port| port.at == *last);
        }
        let mut level = self.ports.clone();
        straighten(self.ground, self.ends, &mut level);
        let place = |ports: &[Vec<Port>; 2]| ports.each_ref().map(|ports| ports.first().map(|port| port.at));
        let mut moved: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for edge in (0..level.len()).filter(|&edge| place(&level[edge]) != place(&self.ports[edge])) {
            moved.entry(self.routes[edge].bundle).or_default().push(edge);
        }
        let mut is_any = false;
        for edges in moved.into_values() {
            let points = |this: &Self| edges.iter().map(|&edge| this.routes[edge].points.len()).sum::<usize>();
            let bends = points(self);
            let before: Vec<_> = edges
                .iter()
                .map(|&edge| {
                    let ports = std::mem::replace(&mut self.ports[edge], std::mem::take(&mut level[edge]));
                    let way = self.routes[edge].points.clone();
                    self.give_up(edge);
                    (ports, way)
                })
                .collect();
            for &edge in &edges {
                let way = self.find(edge, true, desk);
                self.take(edge, way);
            }
            if points(self) < bends && edges.iter().all(|&edge| !self.routes[edge].points.is_empty()) {
                is_any = true;
                continue;
            }
            for (&edge, (ports, way)) in edges.iter().zip(before) {
                self.ports[edge] = ports;
                self.take(edge, way);
            }
        }
        is_any
    }

    /// Gives an edge its way, which others mind from now on.
    fn take(&mut self, edge: usize, way: Vec<Point>) {
        self.give_up(edge);
        self.routed.add(edge, &way, self.routes[edge].bundle);
        self.routes[edge].points = way;
    }

    fn give_up(&mut self, edge: usize) {
        let way = std::mem::take(&mut self.routes[edge].points);
        self.routed.remove(edge, &way, self.routes[edge].bundle);
    }

    /// Orders items, larger ones last.
    fn size(&self, item: ItemIndex) -> (Px, ItemIndex) {
        let rect = self.ground.rect(item);
        (rect.width() + rect.height(), item)
    }

    fn span(&self, edge: usize) -> Px {
        let (a, b) = (self.ground.rect(self.ends[edge].from).center(), self.ground.rect(self.ends[edge].to).center());
        (a.x - b.x).abs() + (a.y - b.y).abs()
    }

    /// The best way of an edge, or none.
    fn find(&self, edge: usize, minding: bool, Desk { grid, memory }: &mut Desk) -> Vec<Point> {
        let e = &self.ends[edge];
        let shared = if minding { self.shared_end(edge) } else { None };
        // Towards the end that the bundle shares; else towards the smaller one, of which the search knows better how far it
        // is. Always from the same end, so that the way there and the way back are one way.
        let turned = shared.map_or_else(|| self.size(e.from) < self.size(e.to), |end| end == End::From);
        let [from, to] = &self.ports[edge];
        let between = if turned { [&to[..], &from[..]] } else { [&from[..], &to[..]] };
        let doors: Vec<Point> = between.iter().flat_map(|ports| ports.iter()).map(|port| port.outside()).collect();
        let closed = self.closed.get(&edge).map_or(&[][..], Vec::as_slice);
        let way = Sight::ALL.into_iter().find_map(|sight| {
            let mut domain = self.ground.domain(e.from, e.to, sight)?;
            if shared.is_some() {
                self.mark_mates(edge, &mut domain);
            }
            let ways = if minding { self.ways(edge, &domain, shared) } else { Ways::default() };
            grid.rebuild(domain, &doors, &ways, closed);
            search::find(grid, between, &ways.own, memory)
        });
        let mut points = way.unwrap_or_default();
        if turned {
            points.reverse();
        }
        points
    }

    /// The end that an edge shares with all of its bundle that have a way.
    fn shared_end(&self, edge: usize) -> Option<End> {
        let e = &self.ends[edge];
        let bundle = self.routes[edge].bundle;
        let others = || self.routed.of_bundle(bundle).filter(|other| *other != edge).map(|other| &self.ends[other]);
        match others().next() {
            Some(_) if others().all(|o| o.to == e.to) => Some(End::To),
            Some(_) if others().all(|o| o.from == e.from) => Some(End::From),
            _ => None,
        }
    }

    /// Marks the frames at which other lines of an edge's bundle begin or end.
    fn mark_mates(&self, edge: usize, domain: &mut Domain) {
        let mates = self.routed.of_bundle(self.routes[edge].bundle).map(|other| &self.ends[other]);
        let frames: HashSet<Rect> = mates.flat_map(|e| [e.from, e.to]).map(|item| self.ground.rect(item)).collect();
        let foreign = domain.frames.iter_mut().filter(|frame| frame.business == Business::Foreign);
        foreign.filter(|frame| frames.contains(&frame.rect)).for_each(|frame| frame.business = Business::Mates);
    }

    /// The ways of all other edges in the domain, but for those that go on within a frame that is shut.
    fn ways(&self, edge: usize, domain: &Domain, shared: Option<End>) -> Ways<'_> {
        let (bundle, area) = (self.routes[edge].bundle, domain.area);
        let mut ways = Ways::default();
        for other in self.routed.near(area).into_iter().filter(|other| *other != edge) {
            let route = &self.routes[other];
            let is_behind = |frame: &ItemIndex| {
                domain.shut.contains(frame)
                    && route.points.iter().all(|p| self.ground.rect(*frame).contains(Rect::spanning(*p, *p)))
            };
            if self.within[other].iter().any(is_behind)
                || !route.points.windows(2).any(|p| touch(Rect::spanning(p[0], p[1]), area))
            {
                continue;
            }
            match shared {
                _ if route.bundle != bundle => ways.strangers.push((&route.points, route.bundle)),
                Some(End::To) => ways.own.push(route.points.clone()),
                Some(End::From) => ways.own.push(route.points.iter().rev().copied().collect()),
                None => {}
            }
        }
        ways
    }

    /// Takes up the edges at fault and routes them anew, elsewhere.
    fn send_another_way(&mut self, faults: &[Fault], round: usize, desk: &mut Desk) {
        let mut victims: BTreeSet<usize> = BTreeSet::new();
        for fault in faults {
            // Of two, one makes way and the next time the other.
            let victim = match fault.other {
                Some(other) if round % 2 == 1 => other,
                _ => fault.edge,
            };
            if self.hopeless.contains(&victim) {
                continue;
            }
            victims.insert(victim);
            let points = &self.routes[victim].points;
            let piece = if victim == fault.edge { Some(fault.piece) } else { fault.others_piece };
            if let Some(pair) = piece.and_then(|piece| points.get(piece..piece + 2)) {
                self.closed.entry(victim).or_default().push(Rect::spanning(pair[0], pair[1]));
            }
        }
        for &victim in &victims {
            self.give_up(victim);
        }
        for &victim in &victims {
            let e = &self.ends[victim];
            self.ports[victim] = [self.untaken(victim, e.from, e.to), self.untaken(victim, e.to, e.from)];
            let way = self.find(victim, true, desk);
            self.take(victim, way);
            if self.routes[victim].points.is_empty() {
                self.hopeless.insert(victim);
            }
        }
    }

    /// Ports of an item where no edge of another bundle ends.
    fn untaken(&self, edge: usize, item: ItemIndex, other: ItemIndex) -> Vec<Port> {
        let bundle = self.routes[edge].bundle;
        let mut taken = Vec::new();
        for &other in self.at.get(&item).into_iter().flatten() {
            let (e, route) = (&self.ends[other], &self.routes[other]);
            if route.bundle != bundle {
                taken.extend(route.points.first().filter(|_| e.from == item));
                taken.extend(route.points.last().filter(|_| e.to == item));
            }
        }
        spare_ports(self.ground, item, other, &taken)
    }

    /// Makes edges that are in each other's way one bundle, where they look the same and begin or end at one thing.
    fn join(&mut self, faults: &[Fault]) {
        for fault in faults {
            let Some(other) = fault.other else { continue };
            let (a, b) = (&self.ends[fault.edge], &self.ends[other]);
            if a.edge.look == b.edge.look && (a.from == b.from || a.to == b.to) {
                let way = std::mem::take(&mut self.routes[fault.edge].points);
                self.routed.remove(fault.edge, &way, self.routes[fault.edge].bundle);
                self.routes[fault.edge].bundle = self.routes[other].bundle;
                self.take(fault.edge, way);
                self.routes[fault.edge].relaxed = Some("bundled with another line, for there is no room for its own");
                self.closed.remove(&fault.edge);
            }
        }
    }
}

fn touch(a: Rect, b: Rect) -> bool {
    a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

/// Without repeated points and points inside straight pieces.
pub fn simplified(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if out.last() == Some(&p) {
            continue;
        }
        if let [.., a, b] = out[..]
            && (a.x == b.x && b.x == p.x || a.y == b.y && b.y == p.y)
        {
            out.pop();
        }
        out.push(p);
    }
    out
}
