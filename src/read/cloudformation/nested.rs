//! Stacks within stacks: which templates a template nests, what it hands down to them, what it gets back.

use super::call;
use super::evaluate::{Context, Evaluator, Kept, Subject};
use super::loops::{self, Bound};
use super::resources::{Declared, Presence};
use super::value::{Term, Value};
use crate::diag::{Diagnostic, Origin, Place};
use crate::syntax::node::Node;

/// Types of nested stacks, and the property that says where the template is.
const NESTING: [(&str, &str); 2] =
    [("AWS::CloudFormation::Stack", "TemplateURL"), ("AWS::Serverless::Application", "Location")];

/// A template that a stack nests.
pub struct Wish {
    /// Index of the nesting stack.
    pub stack: usize,
    pub id: String,
    /// Where the template may be found, the surest first: a path, or a URL. What is known only at deployment stands in
    /// it as `<Name>`.
    pub locations: Vec<String>,
    pub place: Place,
}

/// Whether a template may nest others, as far as a look at it tells.
pub fn may_nest(root: &Node) -> bool {
    let is_nesting =
        |node: &Node| node.field("Type").and_then(Node::as_text).is_some_and(|name| property(name).is_some());
    let mut resources = super::template::entries(root, "Resources");
    resources.any(|(key, entry)| loops::is_loop(key) || is_nesting(&entry.node))
}

/// The property that holds the template's location, if this is the type of a nested stack.
fn property(type_name: &str) -> Option<&'static str> {
    NESTING.iter().find(|(name, _)| *name == type_name).map(|(_, property)| *property)
}

impl<'a> Evaluator<'a> {
    /// The templates that the current stack nests.
    pub fn wishes(&mut self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        for index in 0..self.memory().resources.len() {
            let Some((id, declared)) = self.memory().resources.get_index(index) else { continue };
            let Some(property) = property(declared.type_name) else { continue };
            if declared.presence == Presence::Absent {
                continue;
            }
            let (id, node, key, bindings) = (id.clone(), declared.node, declared.key, declared.bindings.clone());
            let url = node.field("Properties").and_then(|properties| properties.field(property));
            let mut context = Context::of(self.context.stack, id.as_str());
            context.bindings = bindings;
            let (location, _) = self.within(context, |this| url.map(|url| this.term(url)));
            let asset = asset(node, property).map(str::to_string);
            let locations = asset.into_iter().chain(location.and_then(shown)).collect();
            wishes.push(Wish { stack: self.context.stack, id, locations, place: url.map_or(key, |url| url.place) });
        }
        wishes
    }

    /// What the parent of the current stack gives a parameter; `None` where it gives nothing.
    pub fn handed_down(&mut self, name: &str) -> Option<Value> {
        let parent = self.template().parent.clone()?;
        let declared = self.memory[parent.stack].resources.get(&parent.id)?;
        let parameters = parameters_of(declared)?;
        let mut context = Context::of(parent.stack, parent.id.as_str());
        context.bindings = declared.bindings.clone();
        let map = parameters.as_map().filter(|map| call::call(parameters).is_none() && !loops::has_loop(map));
        let (value, _) = self.within(context, |this| match map {
            Some(map) => this.value(&map.get(name)?.node),
            None => match this.value(parameters)?.term {
                Term::Map(values) => values.get(name).cloned(),
                _ => None,
            },
        });
        value
    }

    /// Says which parameters the parent of the current stack gives it that it does not have.
    pub fn check_handed_down(&mut self) {
        let Some(parent) = self.template().parent.clone() else { return };
        let Some(parameters) = self.memory[parent.stack].resources.get(&parent.id).and_then(parameters_of) else {
            return;
        };
        let Some(map) = parameters.as_map().filter(|_| call::call(parameters).is_none()) else { return };
        let child = self.template();
        let is_unknown = |name: &str| !child.parameters.contains_key(name) && !loops::is_loop(name);
        let mut unknown = map.iter().filter(|(name, _)| is_unknown(name));
        let Some((first, entry)) = unknown.next() else { return };
        let more = match unknown.count() {
            0 => String::new(),
            1 => ", nor another that is given".to_string(),
            n => format!(", nor {n} others that are given"),
        };
        let message = format!("the template of nested stack `{}` has no parameter `{first}`{more}", parent.id);
        let diagnostic =
            Diagnostic::warning("unknown-parameter", message).at(Origin::new(parent.id.as_str(), entry.key()));
        let diagnostic = self.suggest(diagnostic, first, child.parameters.keys().copied());
        self.tell(diagnostic);
    }

    /// `GetAtt Id.Outputs.Name` of a nested stack whose template is in the run; `None` for anything else.
    pub fn output(&mut self, id: &str, attribute: &str, place: Place) -> Option<Term> {
        let Some(name) = attribute.strip_prefix("Outputs.") else {
            self.check_outputs(id, attribute, place);
            return None;
        };
        let child = *self.memory().children.get(id)?;
        if let Some(kept) = self.memory[child].outputs.get(name).cloned() {
            return Some(self.copied(&kept, place));
        }
        let unknown = Term::Later(format!("{id}.{attribute}"));
        let subject = Subject::Output(child, name.to_string());
        if self.is_cyclic(&subject, place) {
            return Some(unknown);
        }
        self.under_way.push(subject);
        self.within(Context::of(child, "Resources"), Evaluator::declare);
        let (found, _) =
            self.within(Context::of(child, format!("Outputs.{name}")), |this| this.output_called(name, place));
        self.under_way.pop();
        let term = match found {
            Found::Value(term) => term,
            Found::LeftOut(condition) => {
                let message = format!("output `{name}` of `{id}` is asked for, but its condition leaves it out");
                let origin = Origin::new(format!("Outputs.{name}"), condition);
                let diagnostic = Diagnostic::warning("reference-to-absent", message);
                self.warn_first(diagnostic.related("left out by this condition", origin), place);
                Term::Null
            }
            Found::Nothing => {
                let template = &self.templates[child];
                if !template.is_rewritten() {
                    let message = format!("the template of `{id}` has no output `{name}`");
                    let diagnostic = Diagnostic::warning("unresolved-reference", message);
                    let names = template.section("Outputs").into_iter().flat_map(|outputs| outputs.keys());
                    let diagnostic = self.suggest(diagnostic, name, names);
                    self.warn_first(diagnostic, place);
                }
                unknown
            }
        };
        let kept = Kept::new(term);
        self.memory[child].outputs.insert(name.to_string(), kept.clone());
        Some(self.copied(&kept, place))
    }

    /// Says that an attribute of a nested stack is spelled nearly like its outputs.
    fn check_outputs(&mut self, id: &str, attribute: &str, place: Place) {
        let declared = self.memory().resources.get(id);
        if declared.is_none_or(|declared| property(declared.type_name).is_none()) {
            return;
        }
        let (section, rest) = attribute.split_once('.').unwrap_or((attribute, ""));
        if section == "Outputs" || self.nearest(section, ["Outputs"]).is_none() {
            return;
        }
        let message = format!("nested stack `{id}` has no attribute `{attribute}`");
        let name = if rest.is_empty() { "<name of the output>" } else { rest };
        let hint = format!("did you mean `{id}.Outputs.{name}`?");
        self.warn(Diagnostic::warning("unresolved-reference", message).hint(hint), place);
    }

    /// The output of the current stack.
    fn output_called(&mut self, name: &str, place: Place) -> Found {
        let Some(section) = self.template().section("Outputs") else { return Found::Nothing };
        let output = if loops::has_loop(section) {
            let outputs = self.unrolled(section);
            self.spend(outputs.len() * Term::Null.weight(), place);
            outputs.into_iter().find(|output| output.key == name)
        } else {
            section.get(name).map(|entry| Bound { key: name.to_string(), entry, bindings: Vec::new() })
        };
        let Some(output) = output else { return Found::Nothing };
        let node = &output.entry.node;
        self.context.bindings = output.bindings;
        if let Some(condition) = node.field("Condition")
            && condition.as_text().is_some_and(|name| !self.holds(name, condition.place))
        {
            return Found::LeftOut(condition.place);
        }
        let value = node.field("Value");
        let term = value.and_then(|value| self.bounded(value.place, |this| Some(this.term(value))));
        Found::Value(term.unwrap_or(Term::Null))
    }
}

enum Found {
    Value(Term),
    /// By the condition that stands here.
    LeftOut(Place),
    Nothing,
}

fn parameters_of<'a>(declared: &Declared<'a>) -> Option<&'a Node> {
    declared.node.field("Properties")?.field("Parameters")
}

/// The file that the CDK, or the AWS CLI when it packages a template, says beside the resource.
fn asset<'a>(node: &'a Node, property: &str) -> Option<&'a str> {
    let metadata = node.field("Metadata")?;
    let is_template = metadata.field("aws:asset:property").and_then(Node::as_text) == Some(property);
    metadata.field("aws:asset:path").and_then(Node::as_text).filter(|_| is_template)
}

/// A location as it is shown.
fn shown(term: Term) -> Option<String> {
    let pieces = term.into_pieces()?;
    Some(pieces.iter().map(super::value::Piece::shown).collect()).filter(|shown: &String| !shown.trim().is_empty())
}
