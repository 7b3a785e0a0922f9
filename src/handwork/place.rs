//! Room for what is new among what a person put somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Hand, is_same};
use super::page::{Cells, corner};
use super::style;
use crate::mxfile::{Cell, Form, Geometry, Spot};

/// Between two boxes that were not placed by layout.
const GAP: f64 = 8.0;
/// Below the top of a box that holds others, for its title.
const TITLE: f64 = 32.0;
/// Below an icon, for two lines of its label.
const LABEL: f64 = 36.0;
/// How many boxes a free place is looked for beside. Stops: a search that takes the cube of a crowded subnet.
const BESIDE: usize = 60;

pub struct Plan<'a> {
    pub base: &'a Cells,
    pub theirs: &'a Cells,
    pub today: &'a Cells,
    pub hands: &'a BTreeMap<String, Hand>,
    /// Today's cells by the order in which they are painted.
    pub rank: &'a BTreeMap<&'a str, usize>,
}

/// A box in its parent's coordinates.
#[derive(Clone, Copy, Debug)]
struct Room {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Room {
    fn of(cell: &Cell) -> Option<Room> {
        let Geometry { x, y, width, height, .. } = cell.geometry.as_ref().filter(|geometry| !geometry.relative)?;
        let label = if style::value(&cell.style, "verticalLabelPosition") == Some("bottom") { LABEL } else { 0.0 };
        Some(Room { left: *x, top: *y, right: x + width, bottom: y + height + label })
    }

    fn overlaps(self, other: Room) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(self, other: Room) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }

    fn grown(self, by: f64) -> Room {
        Room { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    fn at(self, [x, y]: Spot) -> Room {
        Room { left: x, top: y, right: x + self.right - self.left, bottom: y + self.bottom - self.top }
    }

    fn distance(self, [x, y]: Spot) -> f64 {
        (self.left - x).abs() + (self.top - y).abs()
    }
}

impl Plan<'_> {
    /// Gives each cell that the layout places today a place that is free, and each cell the room that it needs.
    ///
    /// From the inside out: a cell makes way, and others for it, with the size that it has in the end. What is asked
    /// here of a cell has the same answer when the page is drawn over once more.
    pub fn place(&self, cells: &mut Cells) {
        let mut families: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for cell in cells.values().filter(|cell| takes_room(cell)) {
            families.entry(cell.parent.clone().unwrap_or_default()).or_default().push(cell.id.clone());
        }
        let depth = |cells: &Cells, id: &str| {
            std::iter::successors(cells.get(id), |cell| cells.get(cell.parent.as_deref()?)).count()
        };
        let mut inside_out: Vec<&String> = families.keys().collect();
        inside_out.sort_by_key(|id| std::cmp::Reverse(depth(cells, id)));
        for parent in inside_out {
            self.make_way(cells, parent, &families[parent]);
            self.grow(cells, parent, &families[parent]);
        }
        self.free_lines(cells);
    }

    fn hand(&self, id: &str) -> Hand {
        self.hands.get(id).copied().unwrap_or_default()
    }

    /// Whether a cell stands otherwise than the layout has it because a person wants it so.
    fn is_by_hand(&self, cells: &Cells, id: &str) -> bool {
        let hand = self.hand(id);
        (hand.moved || hand.resized) && area(cells, id) != area(self.today, id)
    }

    /// Whether a cell stands otherwise than it was written.
    fn is_placed_today(&self, cells: &Cells, id: &str) -> bool {
        area(self.base, id) != area(cells, id)
    }

    /// Whether the layout itself puts one over the other: a band over its subnets.
    fn overlap_by_intent(&self, one: &str, other: &str) -> bool {
        let room = |id: &str| self.today.get(id).and_then(Room::of);
        matches!((room(one), room(other)), (Some(one), Some(other)) if one.overlaps(other))
    }

    /// Moves what the layout places in a cell out of the way of what stands there by hand.
    fn make_way(&self, cells: &mut Cells, parent: &str, children: &[String]) {
        if !children.iter().any(|id| self.is_by_hand(cells, id)) {
            return;
        }
        let over = self.overlays(cells, children);
        let beside: Vec<&String> = children.iter().filter(|id| !over.contains(*id)).collect();
        let by_hand: Vec<&String> = beside.iter().copied().filter(|id| self.is_by_hand(cells, id)).collect();
        for &id in beside.iter().filter(|id| !by_hand.contains(id)) {
            if !self.is_placed_today(cells, id) {
                continue;
            }
            let Some(room) = cells.get(id).and_then(Room::of) else { continue };
            let rooms = |others: &[&String]| -> Vec<Room> {
                let bars = |other: &&&String| **other != id && !self.overlap_by_intent(id, other);
                others.iter().filter(bars).filter_map(|other| cells.get(*other).and_then(Room::of)).collect()
            };
            if !rooms(&by_hand).iter().any(|other| room.overlaps(*other)) {
                continue;
            }
            let added = over.iter().filter(|id| !self.today.contains_key(*id));
            let others: Vec<&String> = beside.iter().copied().chain(added).collect();
            let mut taken: Vec<Room> = rooms(&others).iter().map(|other| other.grown(GAP)).collect();
            let wanted = [room.left, room.top];
            taken.sort_by(|a, b| a.distance(wanted).total_cmp(&b.distance(wanted)));
            let within = cells.get(parent).filter(|cell| cell.form == Form::Vertex);
            let within = within.and_then(|cell| inside(cell, self.hand(parent).resized));
            let [x, y] = free_place(room, &taken, within);
            if let Some(geometry) = cells.get_mut(id).and_then(|cell| cell.geometry.as_mut()) {
                (geometry.x, geometry.y) = (x, y);
            }
        }
    }

    /// Which of siblings are there to lie over others: by layout over one that is painted before, by hand over one of
    /// ours that is still there.
    fn overlays(&self, cells: &Cells, children: &[String]) -> BTreeSet<String> {
        let page = |id: &str| if self.today.contains_key(id) { self.today } else { cells };
        let room = |id: &str| page(id).get(id).and_then(Room::of);
        let is_below = |other: &str, id: &str, over: Room| match self.rank.get(id) {
            Some(rank) => self.rank.get(other).is_some_and(|other| other < rank),
            None => self.base.get(other).and_then(Room::of).is_some_and(|other| over.overlaps(other)),
        };
        let lies_over = |id: &&String| {
            let Some(over) = room(id) else { return false };
            let overlaps = |other: &String| room(other).is_some_and(|other| over.overlaps(other));
            children.iter().any(|other| is_below(other, id, over) && overlaps(other))
        };
        children.iter().filter(lies_over).cloned().collect()
    }

    /// Makes a cell large enough for what was inside of it by hand, or was moved out of the way.
    fn grow(&self, cells: &mut Cells, parent: &str, children: &[String]) {
        let Some(size) =
            cells.get(parent).filter(|cell| cell.form == Form::Vertex).and_then(|cell| cell.geometry.clone())
        else {
            return;
        };
        let was = self.theirs.get(parent).and_then(|cell| cell.geometry.clone());
        // What a person left beside a cell that was inside.
        let left_beside = |id: &str| {
            let cell = self.theirs.get(id).filter(|cell| cell.parent.as_deref() == Some(parent));
            let (room, was) = (cell.and_then(Room::of)?, was.as_ref()?);
            let beside = [was.width - room.right, was.height - room.bottom];
            beside.iter().all(|gap| *gap >= 0.0).then(|| beside.map(|gap| gap.min(GAP)))
        };
        let (mut width, mut height) = (size.width, size.height);
        for id in children {
            let Some(room) = cells.get(id).and_then(Room::of) else { continue };
            let stands = |ours: Room| is_same([ours.left, ours.top], [room.left, room.top]);
            let is_aside = self.today.get(id).and_then(Room::of).is_some_and(|ours| !stands(ours));
            let gap = match self.is_by_hand(cells, id) {
                true => left_beside(id),
                false => (is_aside || self.hand(parent).resized).then_some([GAP, GAP]),
            };
            if let Some(gap) = gap {
                width = width.max(room.right + if room.right > size.width { gap[0] } else { 0.0 });
                height = height.max(room.bottom + if room.bottom > size.height { gap[1] } else { 0.0 });
            }
        }
        if let Some(geometry) = cells.get_mut(parent).and_then(|cell| cell.geometry.as_mut()) {
            (geometry.width, geometry.height) = (width, height);
        }
    }

    /// Lets draw.io find the way of a line of which the layout's bends lead to where an end is no more.
    fn free_lines(&self, cells: &mut Cells) {
        let strayed = |cells: &Cells, id: &str| {
            let (is, was) = (corner(cells, id), corner(self.today, id));
            [is[0] - was[0], is[1] - was[1]]
        };
        let is_bent_anew = |cell: &Cell| {
            let points = |cells: &Cells| cells.get(&cell.id).and_then(|c| Some(c.geometry.as_ref()?.points.clone()));
            points(self.base) != points(self.today)
        };
        let lost: BTreeSet<String> = cells
            .values()
            .filter(|cell| cell.form == Form::Edge && self.today.contains_key(&cell.id) && !self.hand(&cell.id).bent)
            .filter(|cell| is_bent_anew(cell))
            .filter(|cell| {
                let by = cell.parent.as_deref().map_or([0.0, 0.0], |parent| strayed(cells, parent));
                [&cell.source, &cell.target].into_iter().flatten().any(|end| !is_same(strayed(cells, end), by))
            })
            .map(|cell| cell.id.clone())
            .collect();
        for id in lost {
            if let Some(geometry) = cells.get_mut(&id).and_then(|cell| cell.geometry.as_mut()) {
                geometry.points.clear();
            }
        }
    }
}

/// Whether a cell has an area of its own among its siblings: it is no line, nothing that rides on one, no mark on
/// another, and no overlay.
fn takes_room(cell: &Cell) -> bool {
    let says = |name: &str| style::value(&cell.style, name) == Some("0");
    cell.form == Form::Vertex
        && cell.geometry.as_ref().is_some_and(|geometry| !geometry.relative)
        && !says("connectable")
        && !says("dropTarget")
}

/// In which cell one stands, where, and how large it is.
fn area<'a>(cells: &'a Cells, id: &str) -> Option<(Option<&'a str>, [f64; 4])> {
    let cell = cells.get(id)?;
    let Geometry { x, y, width, height, .. } = cell.geometry.as_ref()?;
    Some((cell.parent.as_deref(), [*x, *y, *width, *height]))
}

/// The part of a cell in which others may stand. One that a person resized has no end: it grows with all that is in it,
/// and next time its size is a person's, too.
fn inside(cell: &Cell, is_resized: bool) -> Option<Room> {
    let geometry = cell.geometry.as_ref()?;
    let [right, bottom] = if is_resized { [f64::INFINITY; 2] } else { [geometry.width - GAP, geometry.height - GAP] };
    Some(Room { left: GAP, top: TITLE, right, bottom })
}

/// The place nearest to where a box was to be that is free of the others; below all of them where there is none inside.
fn free_place(room: Room, taken: &[Room], within: Option<Room>) -> Spot {
    let (width, height) = (room.right - room.left, room.bottom - room.top);
    let beside = || taken.iter().take(BESIDE);
    let columns: Vec<f64> = beside().flat_map(|other| [other.left - width, other.right]).chain([room.left]).collect();
    let rows: Vec<f64> = beside().flat_map(|other| [other.top - height, other.bottom]).chain([room.top]).collect();
    let mut places: Vec<Spot> = columns.iter().flat_map(|x| rows.iter().map(move |y| [*x, *y])).collect();
    places.sort_by(|a, b| {
        room.distance(*a).total_cmp(&room.distance(*b)).then(a[1].total_cmp(&b[1])).then(a[0].total_cmp(&b[0]))
    });
    let is_free = |at: &&Spot| {
        let there = room.at(**at);
        within.is_none_or(|within| within.holds(there)) && !taken.iter().any(|other| there.overlaps(*other))
    };
    let lowest = taken.iter().map(|other| other.bottom).fold(room.top, f64::max);
    places.iter().find(is_free).copied().unwrap_or([room.left, lowest])
}
