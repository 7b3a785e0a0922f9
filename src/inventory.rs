//! The resources of a run, all in CloudFormation's schema, whatever input said them.
//!
//! After `read`, no intrinsic function, condition or shorthand is left: a property is a value, a reference
//! to another resource of the inventory, or a name for what is known only at deployment.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Known, Origin, Place};
use crate::hashing::IndexMap;
use crate::name_map::NameMap;
use crate::threads;

/// Names a resource within a run: `<stack>/<logical id>`, where the stack is called after its input's file
/// stem. Stable across runs and independent of the order of resources.
pub type Address = Arc<str>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    pub value: Value,
    /// Where the value was written; of a parameter's default, the place that uses it.
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    /// Every scalar, as written: `true`, `8080`, `2010-09-09` and `012345678901` stay text.
    Text(Arc<str>),
    List(Vec<Property>),
    Map(NameMap<Property>),
    /// `Ref` or `Fn::GetAtt` of a resource that is in the inventory.
    Reference {
        to: Address,
        attribute: Option<String>,
    },
    /// Known only at deployment: the name of the parameter, export, SSM key or attribute, without brackets.
    Later(String),
    /// A text of which parts are known only at deployment; these stand in it as `<Name>`: `<Env>-vpc`.
    Mixed(Arc<str>),
    /// A text that is never shown: a script, a variable of a container, a password.
    Hidden(Arc<str>),
}

/// One resource, with CloudFormation's type and property names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    pub address: Address,
    /// `AWS::EC2::Subnet`.
    pub type_name: String,
    /// Always a [`Value::Map`].
    pub properties: Property,
    /// The name a reader of the template would use: a CDK path or an eksctl alias; else the logical id.
    pub name: String,
    /// Named by the input but not made by it (an existing VPC in a ClusterConfig); drawn dashed
    /// unless another input makes it.
    pub existing: bool,
    /// An account has it, and none of its stacks does; false where that is not known.
    pub in_no_stack: bool,
    pub origin: Origin,
}

/// What one input (a stack, a ClusterConfig) says of where its resources live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// File stem, unique in the run.
    pub name: String,
    pub region: Option<Known<String>>,
    pub account: Option<Known<String>>,
}

/// Why a name stands in place of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The stack that says the name.
    pub stack: Arc<str>,
    /// As [`Value::Later`] has it.
    pub name: String,
    /// `parameter without a value`.
    pub why: &'static str,
    pub place: Place,
}

#[derive(Clone, Debug, Default)]
pub struct Inventory {
    pub stacks: Vec<Stack>,
    pub resources: IndexMap<Address, Resource>,
    /// Names that stand for what is known only at deployment, in the order in which they were met.
    pub unknown: Vec<Unknown>,
    /// Of an account: the types of which it was asked whether there are any. What a template makes, it makes, and there
    /// is `None`.
    pub asked: Option<BTreeSet<&'static str>>,
}

impl Inventory {
    pub fn of_type<'a>(&'a self, type_name: &'a str) -> impl Iterator<Item = &'a Resource> + 'a {
        self.resources.values().filter(move |r| r.type_name == type_name)
    }
}

/// With no more resources than this a thread, another one is not worth its start.
const FEW: usize = 1024;

/// Does `work` to each resource, on as many threads as they are worth.
pub fn each(resources: &mut IndexMap<Address, Resource>, work: impl Fn(&mut Resource) + Sync) {
    let mut all: Vec<&mut Resource> = resources.values_mut().collect();
    let threads = threads::worth(all.len(), FEW);
    threads::each(&mut all, threads, |resource| work(resource));
}

impl Property {
    pub fn text(value: impl Into<Arc<str>>, place: Place) -> Property {
        Property { value: Value::Text(value.into()), place }
    }

    /// The entry `key` of a map; `None` for anything else and for an explicit null.
    pub fn field(&self, key: &str) -> Option<&Property> {
        match &self.value {
            Value::Map(map) => map.get(key).filter(|p| p.value != Value::Null),
            _ => None,
        }
    }

    /// Follows `field` through nested maps.
    pub fn path(&self, keys: &[&str]) -> Option<&Property> {
        keys.iter().try_fold(self, |property, key| property.field(key))
    }

    /// A scalar that is known to the last character.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; a single value counts as a list of itself, as CloudFormation accepts.
    pub fn items(&self) -> &[Property] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.as_text()? {
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<i64> {
        self.as_text()?.trim().parse().ok()
    }

    /// The resource that this refers to, if it is in the inventory.
    pub fn as_reference(&self) -> Option<&Address> {
        match &self.value {
            Value::Reference { to, .. } => Some(to),
            _ => None,
        }
    }

    /// Whether nothing in the value waits for deployment, at any depth.
    pub fn is_exact(&self) -> bool {
        match &self.value {
            Value::Null | Value::Text(_) | Value::Hidden(_) => true,
            Value::List(items) => items.iter().all(Property::is_exact),
            Value::Map(map) => map.values().all(Property::is_exact),
            Value::Reference { .. } | Value::Later(_) | Value::Mixed(_) => false,
        }
    }

    /// A scalar as it is shown to a reader: what is unknown stands in angle brackets.
    pub fn shown(&self) -> Option<String> {
        self.known().map(|known| known.to_string())
    }

    /// The scalar as text, or the name under which it will be known. A [`Value::Mixed`] counts as text,
    /// since its brackets are in it already.
    pub fn known(&self) -> Option<Known<String>> {
        match &self.value {
            Value::Text(text) | Value::Mixed(text) => Some(Known::Yes(text.to_string())),
            Value::Later(name) => Some(Known::Later(name.clone())),
            Value::Reference { to, attribute } => {
                let logical = to.rsplit('/').next().unwrap_or(to);
                Some(Known::Later(match attribute {
                    Some(attribute) => format!("{logical}.{attribute}"),
                    None => logical.to_string(),
                }))
            }
            Value::Null | Value::List(_) | Value::Map(_) | Value::Hidden(_) => None,
        }
    }

    /// A script, to be searched for what it does and never shown.
    pub fn script(&self) -> Option<String> {
        match &self.value {
            Value::Hidden(text) => Some(text.to_string()),
            _ => self.shown(),
        }
    }
}

impl Resource {
    /// `Properties.<key>`.
    pub fn property(&self, key: &str) -> Option<&Property> {
        self.properties.field(key)
    }

    /// The value of a tag, in either of CloudFormation's shapes (a list of Key/Value, or a map).
    pub fn tag(&self, key: &str) -> Option<&Property> {
        let tags = self.property("Tags")?;
        match &tags.value {
            Value::Map(map) => map.get(key),
            _ => tags
                .items()
                .iter()
                .find(|tag| tag.field("Key").and_then(Property::as_text) == Some(key))
                .and_then(|tag| tag.field("Value")),
        }
    }
}
