//! The tree of a document: every node knows its place, scalars keep their text.
//!
//! A large document has millions of nodes, so that they are kept small.

use std::sync::Arc;

use crate::diag::{Place, Span};
use crate::name_map::NameMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub value: Value,
    /// A YAML short tag without its exclamation mark: `Ref`, `Sub`, `GetAtt`.
    pub tag: Option<Arc<String>>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An empty or explicit null.
    Null,
    /// As written, escapes and folding resolved: `true`, `2010-09-09`, `012345678901`.
    Scalar(Arc<str>),
    List(Box<[Node]>),
    Map(NameMap<Entry>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where the key stands, in the file of the node.
    pub key: Span,
    pub node: Node,
    /// What entries of the same name before it say, which do not count.
    earlier: Option<Box<Superseded>>,
}

/// Of few entries: so boxed, it takes little of all others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Superseded(Vec<Node>);

impl Entry {
    pub fn new(key: Span, node: Node) -> Entry {
        Entry { key, node, earlier: None }
    }

    /// The place of the key.
    pub fn key(&self) -> Place {
        Place { file: self.node.place.file, span: self.key }
    }

    /// Takes the place of an entry of the same name.
    pub fn supersede(&mut self, before: Entry) {
        let mut earlier = before.earlier.unwrap_or_else(|| Box::new(Superseded(Vec::new())));
        earlier.0.push(before.node);
        self.earlier = Some(earlier);
    }

    /// What was said under the name, the last of it last, which alone counts.
    pub fn all(&self) -> impl Iterator<Item = &Node> {
        self.earlier.iter().flat_map(|earlier| &earlier.0).chain([&self.node])
    }
}

impl Node {
    pub fn field(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key).map(|entry| &entry.node)
    }

    pub fn as_map(&self) -> Option<&NameMap<Entry>> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }
}
