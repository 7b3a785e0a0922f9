//! One cell as it was written, as it is, and as it would be written today.

use super::style;
use crate::mxfile::{Attributes, Cell, Form, Geometry, Object, Spot};

/// What of a cell a person made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    pub moved: bool,
    pub resized: bool,
    pub restyled: bool,
    pub relabelled: bool,
    /// An edge's way, or the place of words on it.
    pub bent: bool,
    /// Its data, or what an edge joins.
    pub rewired: bool,
}

/// Less than draw.io's own rounding.
const SAME: f64 = 0.01;

pub fn is_same(a: Spot, b: Spot) -> bool {
    (a[0] - b[0]).abs() < SAME && (a[1] - b[1]).abs() < SAME
}

fn are_same(a: &[Spot], b: &[Spot]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(*a, *b))
}

fn is_same_end(a: Option<Spot>, b: Option<Spot>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => is_same(a, b),
        (a, b) => a.is_none() == b.is_none(),
    }
}

/// Today's cell with what a person changed since it was written; its parent is where its geometry is told from.
pub fn merged(base: &Cell, theirs: &Cell, ours: &Cell) -> (Cell, Hand) {
    let mut hand = Hand::default();
    let mut cell = ours.clone();
    if base.style != theirs.style {
        let [was, is] = [base, theirs].map(|cell| style::parts(&cell.style));
        hand.restyled = sorted(&was) != sorted(&is);
        cell.style = style::joined(&style::merged(&was, &is, &style::parts(&ours.style)));
    }
    if base.label != theirs.label {
        hand.relabelled = true;
        cell.label.clone_from(&theirs.label);
    }
    let facts = |cell: &Cell| cell.object.as_ref().map(|object| object.facts.clone()).unwrap_or_default();
    if sorted(&facts(base)) != sorted(&facts(theirs)) {
        hand.rewired = true;
        let facts = style::merged(&facts(base), &facts(theirs), &facts(ours));
        let name = [theirs, ours].into_iter().find_map(|cell| cell.object.as_ref().map(|object| object.name.clone()));
        cell.object = Some(Object { name: name.unwrap_or_else(|| Object::new(Vec::new()).name), facts });
    }
    for (end, [was, is]) in
        [(&mut cell.source, [&base.source, &theirs.source]), (&mut cell.target, [&base.target, &theirs.target])]
    {
        if was != is {
            hand.rewired = true;
            end.clone_from(is);
        }
    }
    if sorted(&base.attributes) != sorted(&theirs.attributes) {
        hand.rewired = true;
        cell.attributes = style::merged(&base.attributes, &theirs.attributes, &ours.attributes);
    }
    cell.others.clone_from(&theirs.others);
    if let (Some(was), Some(is), Some(today)) = (&base.geometry, &theirs.geometry, &ours.geometry) {
        cell.geometry = Some(geometry(was, is, today, ours.form, &mut hand));
    }
    let stands = |like: &Cell| {
        let same = |(a, b): (&Geometry, &Geometry)| is_same_place(a, b);
        like.parent == theirs.parent && like.geometry.as_ref().zip(theirs.geometry.as_ref()).is_none_or(same)
    };
    if ours.form == Form::Vertex && base.parent != theirs.parent && !stands(ours) {
        hand.moved = true;
        cell.parent.clone_from(&theirs.parent);
        if let (Some(cell), Some(is)) = (&mut cell.geometry, &theirs.geometry) {
            (cell.x, cell.y) = (is.x, is.y);
        }
    }
    (cell, hand)
}

fn sorted(list: &Attributes) -> Attributes {
    let mut list = list.clone();
    list.sort();
    list
}

fn is_same_place(a: &Geometry, b: &Geometry) -> bool {
    is_same([a.x, a.y], [b.x, b.y]) && is_same_end(a.offset, b.offset)
}

fn is_same_size(a: &Geometry, b: &Geometry) -> bool {
    is_same([a.width, a.height], [b.width, b.height])
}

fn is_same_way(a: &Geometry, b: &Geometry) -> bool {
    are_same(&a.points, &b.points) && is_same_end(a.source, b.source) && is_same_end(a.target, b.target)
}

/// What today's layout does as well is no handwork: next time nobody could tell that it was.
fn geometry(base: &Geometry, theirs: &Geometry, ours: &Geometry, form: Form, hand: &mut Hand) -> Geometry {
    let mut geometry = ours.clone();
    geometry.others.clone_from(&theirs.others);
    if ![base, ours].iter().any(|like| is_same_place(like, theirs)) {
        (geometry.x, geometry.y, geometry.offset) = (theirs.x, theirs.y, theirs.offset);
        // What rides on an edge, or an edge, has no place of its own on the page.
        if form == Form::Vertex && !ours.relative { hand.moved = true } else { hand.bent = true }
    }
    if ![base, ours].iter().any(|like| is_same_size(like, theirs)) {
        hand.resized = true;
        (geometry.width, geometry.height) = (theirs.width, theirs.height);
    }
    if ![base, ours].iter().any(|like| is_same_way(like, theirs)) {
        hand.bent = true;
        geometry.points.clone_from(&theirs.points);
        (geometry.source, geometry.target) = (theirs.source, theirs.target);
    }
    geometry
}

/// A cell whose thing is gone, to be seen as such.
pub fn greyed(cell: &Cell) -> Cell {
    let style = style::with(&style::with(&cell.style, "opacity", "30"), "textOpacity", "40");
    Cell { style, ..cell.clone() }
}
