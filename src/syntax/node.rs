//! The tree of a document: every node knows its place, scalars keep their text.

use std::sync::Arc;

use crate::diag::Place;
use crate::name_map::NameMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub value: Value,
    /// A YAML short tag without its exclamation mark: `Ref`, `Sub`, `GetAtt`.
    pub tag: Option<Arc<str>>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An empty or explicit null.
    Null,
    Scalar(Scalar),
    List(Vec<Node>),
    Map(NameMap<Entry>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// As written, escapes and folding resolved: `true`, `2010-09-09`, `012345678901`.
    pub text: Arc<str>,
    /// Unquoted, so that a reader may take it for a number or a boolean.
    pub plain: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: Place,
    pub node: Node,
    /// What entries of the same name before it say, which do not count.
    pub earlier: Vec<Node>,
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
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }
}
