//! A cell: a vertex, an edge, or a layer.

use super::{Attributes, Element};

/// A place or a distance. draw.io's numbers are fractions where a person dragged without the grid.
pub type Spot = [f64; 2];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    Vertex,
    Edge,
    /// A layer, where its parent is the root; else what only groups.
    #[default]
    Bare,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub id: String,
    /// HTML where the style says `html=1`.
    pub label: String,
    pub object: Option<Object>,
    pub style: String,
    pub form: Form,
    pub parent: Option<String>,
    pub source: Option<String>,
    pub target: Option<String>,
    /// What else its element says: `connectable`, `visible`.
    pub attributes: Attributes,
    pub geometry: Option<Geometry>,
    /// Elements in it that are not understood.
    pub others: Vec<Element>,
}

/// The element that wraps a cell which has more to say than a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub name: String,
    /// All but id and label: tooltip, link, tags, and facts of any name.
    pub facts: Attributes,
}

impl Object {
    pub fn new(facts: Attributes) -> Object {
        Object { name: "UserObject".to_string(), facts }
    }
}

/// Where a cell is, from the corner of its parent; on an edge in parts of its length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Geometry {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub relative: bool,
    /// Where an edge bends, in its parent's coordinates.
    pub points: Vec<Spot>,
    /// Where an end is that holds on to no cell.
    pub source: Option<Spot>,
    pub target: Option<Spot>,
    pub offset: Option<Spot>,
    /// Elements in it that are not understood.
    pub others: Vec<Element>,
}

/// The farthest that anything may lie from the corner that it is told from, in px.
pub const FARTHEST: f64 = 1e9;

impl Geometry {
    /// Leaves nothing beyond [`FARTHEST`]: what is told from another corner may come to lie there.
    pub fn bound(&mut self) {
        let Geometry { x, y, width, height, relative: _, points, source, target, offset, others: _ } = self;
        let spots = points.iter_mut().chain(source).chain(target).chain(offset).flatten();
        for number in [x, y, width, height].into_iter().chain(spots) {
            *number = number.clamp(-FARTHEST, FARTHEST);
        }
    }
}

impl Cell {
    pub fn is_layer(&self) -> bool {
        self.form == Form::Bare && self.parent.as_deref() == Some(super::ROOT)
    }
}
