//! One item of an answer, and the properties that are made of its fields.

use crate::diag::Origin;
use crate::inventory::{Property, Value};
use crate::name_map::NameMap;
use crate::syntax::node::{self, Node};

/// Where an answer comes from: what it does not say itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call<'n> {
    pub region: Option<&'n str>,
    /// Names that may say whose it is: of its file, of its key, of the call's parameters.
    pub hint: &'n str,
}

/// A VPC, an instance, a cluster, as the API describes it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'n> {
    pub node: &'n Node,
    pub call: Call<'n>,
}

impl<'n> Item<'n> {
    /// Follows `Placement.AvailabilityZone`; explicit nulls are nothing.
    pub fn at(&self, path: &str) -> Option<&'n Node> {
        let found = path.split('.').try_fold(self.node, |node, key| node.field(key))?;
        (!found.is_null()).then_some(found)
    }

    pub fn text(&self, path: &str) -> Option<&'n str> {
        self.at(path).and_then(Node::as_text).filter(|text| !text.is_empty())
    }

    pub fn is(&self, path: &str, value: &str) -> bool {
        self.text(path) == Some(value)
    }

    /// The items of a list, each in the same call.
    pub fn list(&self, path: &str) -> impl Iterator<Item = Item<'n>> + use<'n> {
        let call = self.call;
        let items = self.at(path).and_then(Node::as_list).unwrap_or_default();
        items.iter().map(move |node| Item { node, call })
    }

    /// The value of a tag, in a list of `Key` and `Value` or in a map.
    pub fn tag(&self, key: &str) -> Option<&'n str> {
        self.tags().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    pub fn tags(&self) -> impl Iterator<Item = (&'n str, &'n str)> + use<'n> {
        let named = |tag: &'n Node| Some((tag.field("Key")?.as_text()?, tag.field("Value")?.as_text()?));
        let listed = self.node.field("Tags").and_then(Node::as_list).unwrap_or_default().iter().filter_map(named);
        let listed = listed.filter(|(key, _)| !key.is_empty());
        let mapped = self
            .node
            .field("tags")
            .and_then(Node::as_map)
            .into_iter()
            .flat_map(|tags| tags.iter().filter_map(|(key, entry)| Some((&**key, entry.node.as_text()?))));
        listed.chain(mapped)
    }

    pub fn origin(&self, name: &str) -> Origin {
        Origin::new(name, self.node.place)
    }

    /// A text at the item's place.
    pub fn property(&self, text: &str) -> Property {
        Property::text(text, self.node.place)
    }

    pub fn with(&self, value: Value) -> Property {
        Property { value, place: self.node.place }
    }

    pub fn map<'k>(&self, entries: impl IntoIterator<Item = (&'k str, Property)>) -> Property {
        self.with(Value::Map(entries.into_iter().collect()))
    }

    /// What lies at the end of a path, `[]` standing for each item of a list: `AvailabilityZones[].SubnetId`.
    /// Nothing where it is empty.
    pub fn copy(&self, path: &str) -> Option<Property> {
        match path.split_once("[]") {
            None => copied(self.at(path)?, Keys::AsTheyAre),
            Some((list, inner)) => {
                let inner = inner.trim_start_matches('.');
                let items: Vec<Property> = self.list(list).filter_map(|item| item.copy(inner)).collect();
                (!items.is_empty()).then(|| self.with(Value::List(items)))
            }
        }
    }

    /// The same with keys as CloudFormation spells them, where the API begins them with a small letter.
    pub fn capitalised(&self, path: &str) -> Option<Property> {
        copied(self.at(path)?, Keys::Capitalised)
    }
}

#[derive(Clone, Copy)]
enum Keys {
    AsTheyAre,
    Capitalised,
}

/// Recursion is bounded by the depth of a document.
fn copied(node: &Node, keys: Keys) -> Option<Property> {
    let value = match &node.value {
        node::Value::Null => return None,
        node::Value::Scalar(scalar) => Value::Text(scalar.clone()),
        node::Value::List(items) if items.is_empty() => return None,
        node::Value::List(items) => Value::List(items.iter().filter_map(|item| copied(item, keys)).collect()),
        node::Value::Map(map) => {
            let mut fields = NameMap::with_capacity(map.len());
            for (key, entry) in map.iter() {
                let Some(property) = copied(&entry.node, keys) else { continue };
                match keys {
                    Keys::AsTheyAre => fields.insert(key.clone(), property),
                    Keys::Capitalised => fields.insert(capitalised(key), property),
                };
            }
            Value::Map(fields)
        }
    };
    Some(Property { value, place: node.place })
}

/// `InstanceTypes` of `instanceTypes`.
fn capitalised(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
