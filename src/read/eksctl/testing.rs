//! ClusterConfigs for tests, written as JSON without places.

use serde_json::Value as Json;

use crate::diag::{Diagnostic, Place, Span};
use crate::inventory::{Inventory, Property, Resource, Value};
use crate::read::Options;
use crate::syntax::node::{Entry, Node, Value as NodeValue};

pub fn node(json: &Json) -> Node {
    let value = match json {
        Json::Null => NodeValue::Null,
        Json::String(text) => NodeValue::Scalar(text.as_str().into()),
        Json::Bool(_) | Json::Number(_) => NodeValue::Scalar(json.to_string().into()),
        Json::Array(items) => NodeValue::List(items.iter().map(node).collect()),
        Json::Object(map) => {
            let entry = |(key, value): (&String, &Json)| (key.clone(), Entry::new(Span::default(), node(value)));
            NodeValue::Map(map.iter().map(entry).collect())
        }
    };
    Node { value, tag: None, place: Place::default() }
}

/// The config under the stack name `c`.
pub fn expand(config: Json) -> (Inventory, Vec<Diagnostic>) {
    let (mut inventory, mut diagnostics) = (Inventory::default(), Vec::new());
    super::read(&node(&config), &Options::default(), "c", &mut diagnostics, &mut inventory);
    (inventory, diagnostics)
}

pub fn codes(config: Json) -> Vec<&'static str> {
    expand(config).1.iter().map(|diagnostic| diagnostic.code).collect()
}

/// `code path: hint` of every diagnostic.
pub fn messages(config: Json) -> Vec<String> {
    let said = |diagnostic: &Diagnostic| {
        let path = diagnostic.origin.as_ref().map(|origin| origin.name.to_string()).unwrap_or_default();
        format!("{} {path}: {}", diagnostic.code, diagnostic.hints.join("; "))
    };
    expand(config).1.iter().map(said).collect()
}

/// The resource of an address within the stack.
pub fn resource<'a>(inventory: &'a Inventory, path: &str) -> &'a Resource {
    let address = format!("c/{path}");
    inventory.resources.get(address.as_str()).unwrap_or_else(|| {
        let all: Vec<&str> = inventory.resources.keys().map(|key| key.as_ref()).collect();
        panic!("no {address} among {all:?}")
    })
}

/// A property as short text: `[@SubnetPrivateAZ1, @…]`, `<AZ 1>`, `true`.
pub fn shown(property: &Property) -> String {
    match &property.value {
        Value::Null => "null".into(),
        Value::Text(text) | Value::Mixed(text) | Value::Hidden(text) => text.to_string(),
        Value::Later(name) => format!("<{name}>"),
        Value::Reference { to, attribute } => {
            let path = to.split_once('/').map_or(to.as_ref(), |(_, path)| path);
            attribute.as_ref().map_or(format!("@{path}"), |attribute| format!("@{path}.{attribute}"))
        }
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The property at a dotted path, shown; empty where there is none.
pub fn said(inventory: &Inventory, path: &str, keys: &str) -> String {
    let keys: Vec<&str> = keys.split('.').collect();
    resource(inventory, path).properties.path(&keys).map(shown).unwrap_or_default()
}

/// How many resources of a type there are.
pub fn count(inventory: &Inventory, type_name: &str) -> usize {
    inventory.of_type(type_name).count()
}
