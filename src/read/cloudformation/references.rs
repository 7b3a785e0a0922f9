//! What names something: `Ref`, `GetAtt`, `FindInMap`.

use super::call::{Argument, Form, Function};
use super::evaluate::{Evaluator, StackName, Subject, too_much};
use super::pseudo;
use super::resources::Presence;
use super::telling::or_hint;
use super::value::{Term, Value};
use crate::diag::{Diagnostic, Place};
use crate::name_map::NameMap;
use crate::syntax::node::{Entry, Node, Value as Written};

impl<'a> Evaluator<'a> {
    /// `None` is `AWS::NoValue`.
    pub fn reference(&mut self, argument: Argument<'a>) -> Option<Term> {
        let place = argument.node.place;
        let name = match argument.node.as_text() {
            Some(name) => Term::Text(name.into()),
            // Functions within `Ref` are one of the language extensions.
            None => self.argument(argument).map_or(Term::Null, |value| value.term),
        };
        match name.exact() {
            Some(name) => self.named(name, place),
            None => Some(self.malformed(Function::Ref, "the name of a parameter or resource", place)),
        }
    }

    /// What a name stands for; `None` for `AWS::NoValue`.
    pub fn named(&mut self, name: &str, place: Place) -> Option<Term> {
        if let Some(binding) = self.context.bindings.iter().rev().find(|binding| binding.name == name) {
            return Some(Term::Text(binding.item.as_str().into()));
        }
        if name == "AWS::NoValue" {
            return None;
        }
        if name == "AWS::StackName" && self.context.stack_name == StackName::Open {
            return Some(Term::Later(name.to_string()));
        }
        if let Some(term) = pseudo::value(name, self.template()) {
            return Some(term);
        }
        if self.template().parameters.contains_key(name) {
            return Some(self.parameter(name, place));
        }
        Some(self.resource(name, None, place))
    }

    pub fn attribute(&mut self, argument: Argument<'a>) -> Term {
        let place = argument.node.place;
        let takes = "a logical id and an attribute, as `Id.Attribute` or as a list";
        if let Some(items) = argument.items() {
            let parts: Vec<Term> = items.iter().map(|item| self.term(item)).collect();
            let Some((Term::Text(id), attribute)) = parts.split_first() else {
                return self.malformed(Function::GetAtt, takes, place);
            };
            let attribute: Vec<String> = attribute.iter().map(Term::plain).collect();
            return self.attribute_of(id, &attribute.join("."), place);
        }
        let text = match argument.form {
            Form::Short => argument.node.as_text().map(str::to_string),
            Form::Long => self.term(argument.node).exact().map(str::to_string),
        };
        match text.as_deref().and_then(|text| text.split_once('.')) {
            Some((id, attribute)) => self.attribute_of(id, attribute, place),
            None => self.malformed(Function::GetAtt, takes, place),
        }
    }

    pub fn attribute_of(&mut self, id: &str, attribute: &str, place: Place) -> Term {
        self.resource(id, Some(attribute), place)
    }

    /// A reference to a resource of the template, if there is one.
    fn resource(&mut self, name: &str, attribute: Option<&str>, place: Place) -> Term {
        if let Some((index, _, declared)) = self.memory().resources.get_full(name) {
            let (to, presence) = (declared.address.clone(), declared.presence);
            return match presence {
                Presence::Present => {
                    self.context.depends.push((index, place));
                    if let Some(output) = attribute.and_then(|attribute| self.output(name, attribute, place)) {
                        return output;
                    }
                    Term::Reference { to, attribute: attribute.map(str::to_string) }
                }
                Presence::Absent => self.absent(name, place),
            };
        }
        // `Module.Resource` names what a module or a macro adds.
        if let Some((owner, rest)) = name.split_once('.')
            && let Some(declared) = self.memory().resources.get(owner)
            && (declared.is_module() || self.template().is_rewritten())
        {
            let attribute = attribute.map_or_else(|| rest.to_string(), |attribute| format!("{rest}.{attribute}"));
            return Term::Reference { to: declared.address.clone(), attribute: Some(attribute) };
        }
        let full = attribute.map_or_else(|| name.to_string(), |attribute| format!("{name}.{attribute}"));
        if self.template().is_rewritten() {
            return self.later(&full, "what a macro would add", place);
        }
        self.unresolved(name, place);
        self.later(&full, "no parameter or resource is called so", place)
    }

    fn absent(&mut self, name: &str, place: Place) -> Term {
        let message = format!("`{name}` is referred to, but its condition leaves it out");
        let diagnostic = Diagnostic::warning("reference-to-absent", message)
            .hint("wrap the reference in `Fn::If` with the same condition");
        let condition = self.memory().resources.get(name).and_then(|declared| declared.node.field("Condition"));
        let diagnostic = match condition {
            Some(condition) => {
                let origin = crate::diag::Origin::new(name, condition.place);
                diagnostic.related("left out by this condition", origin)
            }
            None => diagnostic,
        };
        self.warn(diagnostic, place);
        Term::Null
    }

    fn unresolved(&mut self, name: &str, place: Place) {
        // Behind what can be a name may stand what a shell puts in its place: `${PASSWORD:-secret}`.
        let end =
            name.find(|c: char| !c.is_alphanumeric() && !"_-. ".contains(c)).filter(|_| !name.starts_with("AWS::"));
        let more = if end.is_some() { "…" } else { "" };
        let message = format!("no parameter or resource is called `{}{more}`", &name[..end.unwrap_or(name.len())]);
        let diagnostic = Diagnostic::warning("unresolved-reference", message);
        let mut names: Vec<String> = self.template().parameters.keys().map(|name| name.to_string()).collect();
        names.extend(pseudo::NAMES.map(str::to_string));
        names.extend(self.memory().resources.keys().cloned());
        let diagnostic = self.suggest(diagnostic, name, names.iter().map(String::as_str));
        self.warn(or_hint(diagnostic, "its value is shown as unknown"), place);
    }

    pub fn find_in_map(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let Some([map, top, second, options @ ..]) = argument.items() else {
            return self.malformed(Function::FindInMap, "a mapping and two keys", place);
        };
        let written = [map, top, second];
        let (map, top, second) = (self.term(map), self.term(top), self.term(second));
        let default = options.first().and_then(|options| options.field("DefaultValue"));
        let found = self.look_up(&map, &top, &second);
        match (found, default) {
            (Found::Value(node), _) => self.mapped(&map.plain(), node, place),
            (Found::Missing(_, _), Some(default)) => self.term(default),
            (Found::Missing(diagnostic, name), None) => {
                let diagnostic = self.cite(*diagnostic, &written);
                self.warn(diagnostic, place);
                Term::Later(name)
            }
            (Found::Unknown, _) => Term::Later(format!("{}.{}.{}", map.plain(), top.plain(), second.plain())),
        }
    }

    /// The value of a mapping's leaf; a function in it (which CloudFormation would refuse) may ask for itself.
    fn mapped(&mut self, map: &str, node: &'a Node, place: Place) -> Term {
        let subject = Subject::Mapping(self.context.stack, map.to_string());
        if self.is_cyclic(&subject, place) {
            return Term::Later(map.to_string());
        }
        if self.is_spent() {
            return too_much();
        }
        self.under_way.push(subject);
        let term = self.term(node);
        self.under_way.pop();
        self.spend(term.weight(), place);
        match term {
            Term::List(items) => Term::List(items.into_iter().map(|item| Value { place, ..item }).collect()),
            term => term,
        }
    }

    fn look_up(&mut self, map: &Term, top: &Term, second: &Term) -> Found<'a> {
        let Some(map_name) = map.exact() else { return Found::Unknown };
        let mappings = self.template().section("Mappings");
        let Some(entries) = mappings.and_then(|mappings| mappings.get(map_name)?.node.as_map()) else {
            let names = mappings.into_iter().flat_map(NameMap::keys);
            let message = format!("no mapping is called `{map_name}`");
            let diagnostic = self.suggest(Diagnostic::warning("unresolved-reference", message), map_name, names);
            return Found::missing(diagnostic, map_name.to_string());
        };
        let Some(second) = second.exact() else { return Found::Unknown };
        let Some(top) = top.exact() else { return the_same_in_all(entries, second) };
        match entries.get(top).map(|entry| entry.node.as_map()) {
            Some(Some(inner)) => match inner.get(second) {
                Some(entry) => Found::Value(&entry.node),
                None => self.no_key(map_name, inner, second, format!("{map_name}.{top}.{second}")),
            },
            _ => self.no_key(map_name, entries, top, format!("{map_name}.{top}.{second}")),
        }
    }

    /// The node that two keys of a mapping lead to.
    pub fn leaf(&mut self, map: &Term, top: &Term, second: &Term) -> Option<&'a Node> {
        match self.look_up(map, top, second) {
            Found::Value(node) => Some(node),
            Found::Missing(..) | Found::Unknown => None,
        }
    }

    fn no_key(&mut self, map: &str, entries: &'a NameMap<Entry>, key: &str, name: String) -> Found<'a> {
        const SHOWN: usize = 5;
        let diagnostic = Diagnostic::warning("missing-map-key", format!("mapping `{map}` has no key `{key}`"));
        let suggested = self.suggest(diagnostic, key, entries.keys());
        if !suggested.hints.is_empty() {
            return Found::missing(suggested, name);
        }
        let mut keys: Vec<String> = entries.keys().take(SHOWN).map(|key| format!("`{key}`")).collect();
        if entries.len() > SHOWN {
            keys.push("..".to_string());
        }
        Found::missing(suggested.hint(format!("it has {}", keys.join(", "))), name)
    }
}

enum Found<'a> {
    Value(&'a Node),
    /// With the name under which the value is shown.
    Missing(Box<Diagnostic>, String),
    /// A key is known only at deployment.
    Unknown,
}

impl Found<'_> {
    fn missing(diagnostic: Diagnostic, name: String) -> Self {
        Found::Missing(Box::new(diagnostic), name)
    }
}

/// The value under an unknown first key, where every first key leads to the same.
fn the_same_in_all<'a>(entries: &'a NameMap<Entry>, second: &str) -> Found<'a> {
    let mut values = entries.values().map(|entry| entry.node.field(second));
    match values.next().flatten() {
        Some(first) if values.all(|other| other.is_some_and(|other| is_same(first, other))) => Found::Value(first),
        _ => Found::Unknown,
    }
}

/// Whether two nodes say the same, wherever they stand. Their depth is bounded by the parser.
fn is_same(a: &Node, b: &Node) -> bool {
    a.tag == b.tag
        && match (&a.value, &b.value) {
            (Written::Null, Written::Null) => true,
            (Written::Scalar(a), Written::Scalar(b)) => a == b,
            (Written::List(a), Written::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
            (Written::Map(a), Written::Map(b)) => {
                a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(&a.node, &b.node)))
            }
            (Written::Null | Written::Scalar(_) | Written::List(_) | Written::Map(_), _) => false,
        }
}
