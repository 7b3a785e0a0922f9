//! Secrets are found where a tree says what belongs to what, and are shown from then on by nobody.

use crate::diag::{FileId, Place, Span};
use crate::inventory::{self, Inventory, Property, Value};
use crate::secrets::{is_harmless, is_hidden, without_passwords};
use crate::syntax::node::{Node, Value as Tree};

/// What of a document is never shown: values, and not their keys.
pub fn spans(file: FileId, document: &Node) -> Vec<Span> {
    let mut spans = Vec::new();
    find(document, "", false, &mut |place| spans.push(place));
    spans.into_iter().filter(|place| place.file == file).map(|place| place.span).collect()
}

/// Recursion is bounded by the depth of a document.
fn find(node: &Node, parent: &str, is_secret: bool, found: &mut dyn FnMut(Place)) {
    match &node.value {
        Tree::Map(map) => {
            let has_no_echo = || node.field("NoEcho").and_then(Node::as_text).is_some_and(|flag| flag != "false");
            for (key, entry) in map.iter() {
                let is_default = &**key == "Default" && has_no_echo();
                // What a stack hands down may be secret where it arrives.
                let is_handed_down = parent == "Properties" && &**key == "Parameters";
                let is_secret = is_secret || is_default || is_handed_down || is_hidden(parent, key);
                for value in entry.all() {
                    find(value, key, is_secret, found);
                }
            }
        }
        Tree::List(items) => items.iter().for_each(|item| find(item, parent, is_secret, found)),
        Tree::Scalar(scalar) => {
            let is_reference = matches!(node.tag.as_deref().map(String::as_str), Some("Ref" | "GetAtt"));
            if is_secret && !is_reference && !is_harmless(scalar) {
                found(node.place);
            }
        }
        Tree::Null => {}
    }
}

/// Makes [`Value::Hidden`] of every text that is never shown, and takes the passwords out of addresses that were put
/// together from parts.
pub fn hide(inventory: &mut Inventory) {
    inventory::each(&mut inventory.resources, |resource| {
        // What a stack hands down may be secret where it arrives.
        let hands_down = resource.type_name == "AWS::CloudFormation::Stack";
        if let Value::Map(properties) = &mut resource.properties.value {
            for (key, property) in properties.iter_mut() {
                let is_secret = is_hidden("Properties", key) || (hands_down && &**key == "Parameters");
                hide_in(property, key, is_secret);
            }
        }
    });
}

/// Recursion is bounded by the depth of a document.
fn hide_in(property: &mut Property, key: &str, is_secret: bool) {
    match &mut property.value {
        Value::List(items) => items.iter_mut().for_each(|item| hide_in(item, key, is_secret)),
        Value::Map(map) => {
            for (own, value) in map.iter_mut() {
                hide_in(value, own, is_secret || is_hidden(key, own));
            }
        }
        Value::Text(text) | Value::Mixed(text) if is_secret => {
            if !is_harmless(text) {
                property.value = Value::Hidden(text.clone());
            }
        }
        Value::Text(text) | Value::Mixed(text) => {
            if let std::borrow::Cow::Owned(starred) = without_passwords(text) {
                *text = starred.into();
            }
        }
        Value::Null | Value::Later(_) | Value::Reference { .. } | Value::Hidden(_) => {}
    }
}
