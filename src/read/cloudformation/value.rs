//! Evaluated values, while they are still being worked on.
//!
//! They differ from the inventory's in one thing: a text with unknown parts keeps its parts, so that
//! `Split` gets the very references back that `Join` put together.

use std::sync::Arc;

use crate::diag::Place;
use crate::inventory::{self, Address, Property};
use crate::name_map::NameMap;

#[derive(Clone, Debug)]
pub struct Value {
    pub term: Term,
    /// Where it is used; of a parameter's value, the `Ref`.
    pub place: Place,
}

/// Compared without places: what counts is the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Null,
    Text(Arc<str>),
    /// See [`inventory::Value::Later`].
    Later(String),
    Reference {
        to: Address,
        attribute: Option<String>,
    },
    /// At least two pieces, one of them not a text, no two texts side by side.
    Mixed(Vec<Piece>),
    List(Vec<Value>),
    Map(NameMap<Value>),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    Text(String),
    Later(String),
    Reference { to: Address, attribute: Option<String> },
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.term == other.term
    }
}

impl Value {
    pub fn text(text: impl Into<Arc<str>>, place: Place) -> Value {
        Value { term: Term::Text(text.into()), place }
    }

    pub fn into_property(self) -> Property {
        let value = match self.term {
            Term::Null => inventory::Value::Null,
            Term::Text(text) => inventory::Value::Text(text),
            Term::Later(name) => inventory::Value::Later(name),
            Term::Reference { to, attribute } => inventory::Value::Reference { to, attribute },
            Term::Mixed(pieces) => inventory::Value::Mixed(pieces.iter().map(Piece::shown).collect::<String>().into()),
            Term::List(items) => inventory::Value::List(items.into_iter().map(Value::into_property).collect()),
            Term::Map(map) => inventory::Value::Map(map.map(Value::into_property)),
        };
        Property { value, place: self.place }
    }
}

impl Term {
    /// A scalar that is known to the last character.
    pub fn exact(&self) -> Option<&str> {
        match self {
            Term::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The parts of a scalar; none of null; `None` for a list or a map.
    pub fn into_pieces(self) -> Option<Vec<Piece>> {
        match self {
            Term::Null => Some(Vec::new()),
            Term::Text(text) => Some(vec![Piece::Text(text.to_string())]),
            Term::Later(name) => Some(vec![Piece::Later(name)]),
            Term::Reference { to, attribute } => Some(vec![Piece::Reference { to, attribute }]),
            Term::Mixed(pieces) => Some(pieces),
            Term::List(_) | Term::Map(_) => None,
        }
    }

    /// The scalar that these parts make: a single part is what it is, texts side by side become one.
    pub fn from_pieces(pieces: Vec<Piece>) -> Term {
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces {
            match (joined.last_mut(), piece) {
                (_, Piece::Text(text)) if text.is_empty() => {}
                (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
                (_, piece) => joined.push(piece),
            }
        }
        match joined.len() {
            0 => Term::Text("".into()),
            1 => joined.pop().map_or(Term::Null, Term::from),
            _ => Term::Mixed(joined),
        }
    }

    /// As part of a name: without brackets.
    pub fn plain(&self) -> String {
        match self {
            Term::Null => String::new(),
            Term::Text(text) => text.to_string(),
            Term::Later(name) => name.clone(),
            Term::Reference { to, attribute } => reference_name(to, attribute.as_deref()),
            Term::Mixed(pieces) => pieces.iter().map(Piece::plain).collect(),
            Term::List(_) => "list".to_string(),
            Term::Map(_) => "map".to_string(),
        }
    }

    /// The `index`th item of a list that is known only at deployment.
    pub fn item_later(&self, index: usize) -> Term {
        match self {
            Term::Reference { to, attribute: Some(attribute) } => {
                Term::Reference { to: to.clone(), attribute: Some(format!("{attribute}[{index}]")) }
            }
            _ => Term::Later(format!("{}[{index}]", self.plain())),
        }
    }

    /// Bytes that a copy of this takes, roughly.
    pub fn weight(&self) -> usize {
        const NODE: usize = 64;
        NODE + match self {
            Term::Null => 0,
            Term::Text(text) => text.len(),
            Term::Later(name) => name.len(),
            Term::Reference { attribute, .. } => attribute.as_ref().map_or(0, String::len),
            Term::Mixed(pieces) => pieces.iter().map(|piece| NODE + piece.len()).sum(),
            Term::List(items) => items.iter().map(|item| item.term.weight()).sum(),
            Term::Map(map) => map.iter().map(|(key, value)| NODE + key.len() + value.term.weight()).sum(),
        }
    }
}

impl From<Piece> for Term {
    fn from(piece: Piece) -> Term {
        match piece {
            Piece::Text(text) => Term::Text(text.into()),
            Piece::Later(name) => Term::Later(name),
            Piece::Reference { to, attribute } => Term::Reference { to, attribute },
        }
    }
}

impl Piece {
    pub fn plain(&self) -> String {
        match self {
            Piece::Text(text) | Piece::Later(text) => text.clone(),
            Piece::Reference { to, attribute } => reference_name(to, attribute.as_deref()),
        }
    }

    /// As part of a text: what is unknown stands in brackets.
    pub fn shown(&self) -> String {
        match self {
            Piece::Text(text) => text.clone(),
            Piece::Later(_) | Piece::Reference { .. } => format!("<{}>", self.plain()),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Piece::Text(text) | Piece::Later(text) => text.len(),
            Piece::Reference { to, attribute } => to.len() + attribute.as_ref().map_or(0, String::len),
        }
    }
}

fn reference_name(to: &Address, attribute: Option<&str>) -> String {
    let logical = to.rsplit('/').next().unwrap_or(to);
    match attribute {
        Some(attribute) => format!("{logical}.{attribute}"),
        None => logical.to_string(),
    }
}

/// Characters up to which two texts with unknown parts are compared.
const COMPARED: usize = 1000;

/// Whether the two scalars can be the same text, whatever their unknown parts turn out to be; of very long
/// ones, assumed. Cost: the product of the lengths.
pub fn could_be_equal(a: &[Piece], b: &[Piece]) -> bool {
    let (a, b) = (symbols(a), symbols(b));
    if a.len().max(b.len()) > COMPARED {
        return true;
    }
    // row[j]: whether the rest of `a` from here and the rest of `b` from j can be equal.
    let ends_open = |rest: &[Option<char>]| rest.iter().all(Option::is_none);
    let mut row: Vec<bool> = (0..=b.len()).map(|j| ends_open(&b[j..])).collect();
    for (i, x) in a.iter().enumerate().rev() {
        let mut next = vec![false; b.len() + 1];
        next[b.len()] = ends_open(&a[i..]);
        for (j, y) in b.iter().enumerate().rev() {
            next[j] = match (x, y) {
                (Some(x), Some(y)) => x == y && row[j + 1],
                _ => row[j] || next[j + 1],
            };
        }
        row = next;
    }
    row.first().copied().unwrap_or_default()
}

/// Characters, and `None` for what may be any text.
fn symbols(pieces: &[Piece]) -> Vec<Option<char>> {
    pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Text(text) => text.chars().map(Some).collect(),
            Piece::Later(_) | Piece::Reference { .. } => vec![None],
        })
        .collect()
}
