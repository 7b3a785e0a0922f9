//! Resources: which there are, and what their properties say.

use std::sync::Arc;

use super::evaluate::{Context, Evaluator};
use super::loops::Binding;
use super::names;
use super::telling::{Said, or_hint};
use super::value::{Term, Value};
use crate::diag::{Diagnostic, Origin, Place};
use crate::hashing::IndexMap;
use crate::inventory::{Address, Resource};
use crate::name_map::NameMap;
use crate::syntax::node::Node;

/// A resource as the template declares it, loops unrolled and its condition decided.
pub struct Declared<'a> {
    pub key: Place,
    pub node: &'a Node,
    pub type_name: &'a str,
    pub bindings: Vec<Binding>,
    pub address: Address,
    pub presence: Presence,
}

/// A resource as its template says it.
#[derive(Default)]
pub struct Read {
    /// `None` where its condition leaves it out.
    pub resource: Option<Resource>,
    /// As [`Context::depends`].
    pub depends: Vec<(usize, Place)>,
    /// While it was read.
    pub said: Said,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Present,
    /// Its condition does not hold.
    Absent,
}

/// How types end that stand for the resources of a module. Source: CloudFormation user guide, "Modules".
const MODULE: &str = "::MODULE";

impl Declared<'_> {
    pub fn is_module(&self) -> bool {
        self.type_name.ends_with(MODULE)
    }
}

impl<'a> Evaluator<'a> {
    /// Finds the resources of the current template. Conditions are decided here, so that afterwards every
    /// reference knows whether what it names is there.
    pub fn declare(&mut self) {
        if std::mem::replace(&mut self.memory_mut().is_declared, true) {
            return;
        }
        let Some(resources) = self.template().section("Resources") else { return };
        let mut declared = IndexMap::with_capacity_and_hasher(resources.len(), <_>::default());
        for bound in self.unrolled(resources) {
            let (node, key) = (&bound.entry.node, bound.entry.key());
            if bound.key == "Fn::Transform" {
                self.tell_macro(node);
                continue;
            }
            let context = Context::of(self.context.stack, bound.key.as_str());
            let ((type_name, presence), _) =
                self.within(context, |this| (this.type_of(node, key, &bound.key), this.presence(node)));
            let Some(type_name) = type_name else { continue };
            if type_name.ends_with(MODULE) && presence == Presence::Present {
                self.tell_module(type_name, &bound.key, key);
            }
            let address = format!("{}/{}", self.template().stack, bound.key).into();
            declared.insert(bound.key, Declared { key, node, type_name, bindings: bound.bindings, address, presence });
        }
        self.memory_mut().resources = Arc::new(declared);
    }

    fn type_of(&mut self, node: &'a Node, key: Place, id: &str) -> Option<&'a str> {
        let type_name = node.field("Type").and_then(Node::as_text).filter(|name| !name.is_empty());
        if type_name.is_none() {
            let why = if node.as_map().is_some() { "has no `Type`" } else { "is not a map" };
            let message = format!("resource `{id}` {why}; it is left out");
            self.warn(Diagnostic::warning("malformed-resource", message), key);
        }
        type_name
    }

    fn tell_module(&mut self, type_name: &str, id: &str, key: Place) {
        let message = format!("the module `{type_name}` is not run: what it would add is not drawn");
        let origin = Origin::new(id, key);
        self.tell(Diagnostic::warning("macro-not-run", message).at(origin).hint(super::PROCESSED));
    }

    fn presence(&mut self, node: &'a Node) -> Presence {
        let Some(condition) = node.field("Condition") else { return Presence::Present };
        match condition.as_text() {
            Some(name) if !self.holds(name, condition.place) => Presence::Absent,
            _ => Presence::Present,
        }
    }

    /// Evaluates a resource that a stack declares.
    pub fn read(&mut self, stack: usize, id: &str, declared: &Declared<'a>) -> Read {
        if declared.presence == Presence::Absent {
            return Read::default();
        }
        let mut context = Context::of(stack, id);
        context.bindings = declared.bindings.clone();
        let (properties, context) = self.within(context, |this| {
            this.depends_on(declared.node);
            this.properties(declared.node, declared.key, id, declared.type_name)
        });
        let resource = Resource {
            address: declared.address.clone(),
            type_name: declared.type_name.to_string(),
            properties: properties.into_property(),
            name: names::of(id, declared.type_name, declared.node),
            existing: false,
            in_no_stack: false,
            origin: Origin::new(context.subject, declared.key),
        };
        Read { resource: Some(resource), depends: context.depends, said: self.told.take() }
    }

    fn properties(&mut self, node: &'a Node, key: Place, id: &str, type_name: &str) -> Value {
        let nothing = Value { term: Term::Map(NameMap::new()), place: key };
        let Some(properties) = node.field("Properties").filter(|properties| !properties.is_null()) else {
            return nothing;
        };
        self.check_properties(type_name, properties);
        match self.value(properties) {
            Some(value) if matches!(value.term, Term::Map(_)) => value,
            None => nothing,
            Some(_) => {
                let message = format!("the properties of `{id}` are not a map; they are left out");
                self.warn(Diagnostic::warning("malformed-resource", message), properties.place);
                nothing
            }
        }
    }

    fn depends_on(&mut self, node: &'a Node) {
        let Some(names) = node.field("DependsOn") else { return };
        for name in names.as_list().unwrap_or(std::slice::from_ref(names)) {
            let Term::Text(id) = self.term(name) else { continue };
            match self.memory().resources.get_index_of(&*id) {
                Some(index) => self.context.depends.push((index, name.place)),
                None if self.template().is_rewritten() => {}
                None => {
                    let message = format!("`DependsOn` names `{id}`, and no resource is called that");
                    let ids: Vec<String> = self.memory().resources.keys().cloned().collect();
                    let diagnostic = Diagnostic::warning("unresolved-reference", message);
                    let diagnostic = self.suggest(diagnostic, &id, ids.iter().map(String::as_str));
                    self.warn(or_hint(diagnostic, "name a resource of this template, or remove it"), name.place);
                }
            }
        }
    }
}
