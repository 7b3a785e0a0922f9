//! A template in JSON that says what one in YAML says: calls are written out, every scalar is a string.

use eksdiagram::diag::FileId;
use eksdiagram::syntax::{self, node};
use serde_json::{Value, json};

pub fn json(yaml: &str) -> String {
    let nodes = syntax::parse(FileId(0), yaml, &mut Vec::new()).expect("the template parses");
    serde_json::to_string_pretty(&value(&nodes[0])).expect("it is made of strings")
}

fn value(node: &node::Node) -> Value {
    let value = match &node.value {
        node::Value::Null => Value::Null,
        node::Value::Scalar(text) => Value::from(&**text),
        node::Value::List(items) => items.iter().map(value).collect(),
        node::Value::Map(map) => map.iter().map(|(key, entry)| (key.to_string(), value(&entry.node))).collect(),
    };
    match node.tag.as_deref().map(String::as_str) {
        None => value,
        Some("Ref") => json!({ "Ref": value }),
        Some("GetAtt") => {
            let path = value.as_str().expect("a name and an attribute");
            json!({ "Fn::GetAtt": path.splitn(2, '.').collect::<Vec<_>>() })
        }
        Some(function) => json!({ format!("Fn::{function}"): value }),
    }
}
