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
}

impl Entry {
    /// The place of the key.
    pub fn key(&self) -> Place {
        Place { file: self.node.place.file, span: self.key }
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
