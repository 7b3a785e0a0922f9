//! A part of a ClusterConfig with the path by which the user knows it (`vpc.subnets.public`).
//!
//! Reads are silent: `schema` has already said what is misspelled or of the wrong type, so that what
//! does not fit is simply absent here. An explicit null counts as absent.

use std::sync::Arc;

use crate::diag::{Origin, Place};
use crate::inventory::{self, Property};
use crate::name_map::NameMap;
use crate::syntax::node::{Node, Value};

/// Most often a map; a list's item or a scalar where an origin is wanted for it.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    pub node: &'a Node,
    pub path: Arc<str>,
}

impl<'a> Section<'a> {
    pub fn new(node: &'a Node, path: impl Into<Arc<str>>) -> Section<'a> {
        Section { node, path: path.into() }
    }

    pub fn place(&self) -> Place {
        self.node.place
    }

    /// The top level has no path: it goes by its kind.
    pub fn origin(&self) -> Origin {
        let name: Arc<str> = if self.path.is_empty() { "ClusterConfig".into() } else { self.path.clone() };
        Origin::new(name, self.place())
    }

    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_string() } else { format!("{}.{key}", self.path) }
    }

    pub fn field(&self, key: &str) -> Option<&'a Node> {
        self.node.field(key).filter(|node| !node.is_null())
    }

    /// The value of a field, whatever its type, under its own path.
    pub fn part(&self, key: &str) -> Option<Section<'a>> {
        Some(Section::new(self.field(key)?, self.path_of(key)))
    }

    /// A field that is a map.
    pub fn section(&self, key: &str) -> Option<Section<'a>> {
        self.part(key).filter(|part| part.node.as_map().is_some())
    }

    /// The entries of this map, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Section<'a>)> {
        let section = self.clone();
        let map = self.node.as_map();
        map.into_iter().flat_map(NameMap::iter).map(move |(key, entry)| {
            let part = Section::new(&entry.node, section.path_of(key));
            (&**key, part)
        })
    }

    /// The items of a field that is a list, each under its own path (`nodeGroups[0]`).
    pub fn items(&self, key: &str) -> Vec<Section<'a>> {
        let items = self.field(key).and_then(Node::as_list).unwrap_or_default();
        let path = self.path_of(key);
        items.iter().enumerate().map(|(i, item)| Section::new(item, format!("{path}[{i}]"))).collect()
    }

    /// The items that are maps; node groups keep the number that they have in the file.
    pub fn sections(&self, key: &str) -> Vec<Section<'a>> {
        self.items(key).into_iter().filter(|item| item.node.as_map().is_some()).collect()
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.field(key)?.as_text()
    }

    pub fn property(&self, key: &str) -> Option<Property> {
        let node = self.field(key)?;
        Some(Property::text(node.as_text()?, node.place))
    }

    pub fn flag(&self, key: &str) -> Option<bool> {
        self.property(key)?.as_bool()
    }

    pub fn count(&self, key: &str) -> Option<(i64, Place)> {
        let property = self.property(key)?;
        Some((property.as_number()?, property.place))
    }

    /// The scalars of a field that is a list, each under its own path.
    pub fn scalars(&self, key: &str) -> Vec<Section<'a>> {
        self.items(key).into_iter().filter(|item| item.node.as_text().is_some()).collect()
    }

    /// The same, as values.
    pub fn texts(&self, key: &str) -> Vec<Property> {
        self.scalars(key).iter().map(|item| Property::text(item.as_text(), item.place())).collect()
    }

    /// A field that is a scalar.
    pub fn scalar(&self, key: &str) -> Option<Section<'a>> {
        self.part(key).filter(|part| part.node.as_text().is_some())
    }

    /// A scalar's own text; empty for anything else.
    pub fn as_text(&self) -> &'a str {
        self.node.as_text().unwrap_or_default()
    }

    /// The whole value as it stands. Recursion is bounded by the parser's `limits::DEPTH`.
    pub fn copied(&self, key: &str) -> Option<Property> {
        self.field(key).map(property_of)
    }
}

fn property_of(node: &Node) -> Property {
    let value = match &node.value {
        Value::Null => inventory::Value::Null,
        Value::Scalar(scalar) => inventory::Value::Text(scalar.clone()),
        Value::List(items) => inventory::Value::List(items.iter().map(property_of).collect()),
        Value::Map(map) => {
            inventory::Value::Map(map.iter().map(|(key, entry)| (key.clone(), property_of(&entry.node))).collect())
        }
    };
    Property { value, place: node.place }
}
