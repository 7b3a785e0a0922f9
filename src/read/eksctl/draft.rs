//! Writing resources down: property values at a place, and the stack under construction.

use std::sync::Arc;

use crate::diag::{Diagnostic, Origin, Place};
use crate::hashing::HashMap;
use crate::inventory::{Address, Inventory, Property, Resource, Value};

/// Makes properties that all point at one place.
#[derive(Clone, Copy, Debug)]
pub struct At(pub Place);

impl At {
    fn with(self, value: Value) -> Property {
        Property { value, place: self.0 }
    }

    pub fn text(self, text: impl ToString) -> Property {
        self.with(Value::Text(text.to_string().into()))
    }

    pub fn later(self, name: impl Into<String>) -> Property {
        self.with(Value::Later(name.into()))
    }

    /// A text in which the unknown stands as `<Name>`.
    pub fn mixed(self, text: impl Into<Arc<str>>) -> Property {
        self.with(Value::Mixed(text.into()))
    }

    pub fn reference(self, to: &Address) -> Property {
        self.with(Value::Reference { to: to.clone(), attribute: None })
    }

    pub fn attribute(self, to: &Address, attribute: &str) -> Property {
        self.with(Value::Reference { to: to.clone(), attribute: Some(attribute.to_string()) })
    }

    pub fn list(self, items: impl IntoIterator<Item = Property>) -> Property {
        self.with(Value::List(items.into_iter().collect()))
    }

    pub fn references<'a>(self, to: impl IntoIterator<Item = &'a Address>) -> Property {
        self.list(to.into_iter().map(|address| self.reference(address)))
    }

    pub fn map<'k>(self, entries: impl IntoIterator<Item = (&'k str, Property)>) -> Property {
        self.with(Value::Map(entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect()))
    }

    pub fn tag(self, key: &str, value: impl ToString) -> Property {
        self.map([("Key", self.text(key)), ("Value", self.text(value))])
    }
}

/// Named properties of a resource, in order; absent ones are left out.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(&'static str, Property)>);

impl Fields {
    pub fn new() -> Fields {
        Fields::default()
    }

    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Option<Property>>) -> Fields {
        if let Some(value) = value.into() {
            self.0.push((key, value));
        }
        self
    }

    pub fn at(self, place: Place) -> Property {
        At(place).map(self.0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a ClusterConfig makes a resource or only names one that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    Made,
    Existing,
}

/// The stack under construction.
pub struct Draft<'a> {
    pub stack: &'a str,
    /// CloudFormation's name for the cluster's stack, by which eksctl names what it makes.
    pub stack_name: String,
    pub inventory: &'a mut Inventory,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// The last number given to an address that was taken.
    numbers: HashMap<Address, usize>,
}

impl<'a> Draft<'a> {
    pub fn new(
        stack: &'a str,
        cluster: &str,
        inventory: &'a mut Inventory,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Draft<'a> {
        let stack_name = format!("eksctl-{cluster}-cluster");
        Draft { stack, stack_name, inventory, diagnostics, numbers: HashMap::default() }
    }

    /// Adds a resource that eksctl makes, under eksctl's own logical id.
    pub fn add(&mut self, logical_id: &str, type_name: &str, fields: Fields, origin: &Origin) -> Address {
        self.put(logical_id, logical_id, type_name, fields, origin, Making::Made)
    }

    /// As `add`, with a `Name` tag as eksctl gives it: pkg/cfn/builder/api.go, `maybeSetNameTag`.
    pub fn add_tagged(&mut self, logical_id: &str, type_name: &str, fields: Fields, origin: &Origin) -> Address {
        let at = At(origin.place);
        let tags = at.list([at.tag("Name", format!("{}/{logical_id}", self.stack_name))]);
        self.add(logical_id, type_name, fields.with("Tags", tags), origin)
    }

    /// Adds a resource under the last part of `path`, with the name that the user gave it.
    pub fn put(
        &mut self,
        path: &str,
        name: &str,
        type_name: &str,
        fields: Fields,
        origin: &Origin,
        making: Making,
    ) -> Address {
        let address = self.free_address(path);
        let resource = Resource {
            address: address.clone(),
            type_name: type_name.to_string(),
            properties: fields.at(origin.place),
            name: name.to_string(),
            existing: making == Making::Existing,
            in_no_stack: false,
            origin: origin.clone(),
        };
        self.inventory.resources.insert(address.clone(), resource);
        address
    }

    /// Two node groups of one name, two aliases that differ only in hyphens: the later ones are numbered.
    fn free_address(&mut self, path: &str) -> Address {
        let first: Address = Arc::from(format!("{}/{path}", self.stack));
        if !self.inventory.resources.contains_key(&first) {
            return first;
        }
        let number = self.numbers.entry(first.clone()).or_insert(1);
        loop {
            *number += 1;
            let next: Address = Arc::from(format!("{first}~{number}"));
            if !self.inventory.resources.contains_key(&next) {
                return next;
            }
        }
    }
}
