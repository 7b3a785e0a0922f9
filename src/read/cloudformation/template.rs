//! The sections of a template, as written: nothing is evaluated here.

use std::sync::Arc;

use indexmap::IndexMap;

use super::pseudo;
use crate::diag::Place;
use crate::name_map::NameMap;
use crate::read::Options;
use crate::syntax::node::{Entry, Node};

/// A template of this run, and the name under which its stack goes in it.
pub struct Template<'a> {
    /// Of a nested stack, its parent's name, a slash and the logical id that it has there.
    pub stack: Arc<str>,
    pub root: &'a Node,
    /// Of a nested stack, where it is nested.
    pub parent: Option<Parent>,
    /// Another stack of the run is made from the same text.
    pub is_repeated: bool,
    pub parameters: IndexMap<&'a str, Parameter<'a>>,
    /// What the user said, else what the template's own zones say.
    pub region: Option<String>,
    pub account: Option<String>,
    pub macros: Vec<Macro<'a>>,
}

/// The stack that nests another one.
#[derive(Clone, Debug)]
pub struct Parent {
    /// Index of its template.
    pub stack: usize,
    /// The logical id that the nested stack has in it.
    pub id: String,
}

pub struct Parameter<'a> {
    pub node: &'a Node,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// `CommaDelimitedList`, `List<..>`.
    List,
    /// `AWS::SSM::Parameter::Value<..>`: what is given is only the name of the value.
    LookedUp,
    /// `NoEcho`: its value is never shown, so it is never read.
    Secret,
}

/// Something outside the template that rewrites it before it is deployed.
pub struct Macro<'a> {
    pub name: &'a str,
    pub place: Place,
}

impl<'a> Template<'a> {
    /// The template of a stack that nests in none.
    pub fn new(stack: &str, root: &'a Node, options: &Options) -> Template<'a> {
        let mut template = Template::plain(stack, root, options);
        template.region = options.region.clone().or_else(|| pseudo::region_of(&template, options));
        template
    }

    /// The template of a nested stack, which is in its parent's region.
    pub fn nested(
        stack: &str,
        root: &'a Node,
        options: &Options,
        parent: Parent,
        around: &Template<'_>,
    ) -> Template<'a> {
        let mut template = Template { parent: Some(parent), ..Template::plain(stack, root, options) };
        let region = options.region.clone().or_else(|| around.region.clone());
        template.region = region.or_else(|| pseudo::region_of(&template, options));
        template
    }

    fn plain(stack: &str, root: &'a Node, options: &Options) -> Template<'a> {
        let parameters = entries(root, "Parameters")
            .map(|(name, entry)| (name, Parameter { node: &entry.node, kind: Kind::of(&entry.node) }))
            .collect();
        Template {
            stack: stack.into(),
            root,
            parent: None,
            is_repeated: false,
            parameters,
            region: None,
            account: options.account.clone(),
            macros: macros(root),
        }
    }

    pub fn section(&self, name: &str) -> Option<&'a NameMap<Entry>> {
        self.root.field(name)?.as_map()
    }

    /// Whether names may exist that only a macro would add.
    pub fn is_rewritten(&self) -> bool {
        !self.macros.is_empty()
    }
}

impl Kind {
    fn of(parameter: &Node) -> Kind {
        let text = |key| parameter.field(key).and_then(Node::as_text).unwrap_or_default();
        let kind = text("Type");
        if text("NoEcho").eq_ignore_ascii_case("true") {
            Kind::Secret
        } else if kind.starts_with("AWS::SSM::Parameter::Value<") {
            Kind::LookedUp
        } else if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            Kind::List
        } else {
            Kind::Text
        }
    }
}

/// The entries of a section; none where the section is missing or is no map.
pub fn entries<'a>(root: &'a Node, section: &str) -> impl Iterator<Item = (&'a str, &'a Entry)> + use<'a> {
    let map = root.field(section).and_then(Node::as_map);
    map.into_iter().flat_map(NameMap::iter).map(|(key, entry)| (&**key, entry))
}

/// `AWS::LanguageExtensions` is none of them: what it adds (`Fn::ForEach`, `Fn::Length`) is evaluated here.
fn macros(root: &Node) -> Vec<Macro<'_>> {
    let Some(transform) = root.field("Transform") else { return Vec::new() };
    let items = transform.as_list().unwrap_or(std::slice::from_ref(transform));
    items
        .iter()
        .filter_map(|item| {
            let name = item.as_text().or_else(|| item.field("Name")?.as_text())?;
            (name != "AWS::LanguageExtensions").then_some(Macro { name, place: item.place })
        })
        .collect()
}
