//! Values of parameters: given, by default, or known only at deployment.

use super::evaluate::{Context, Evaluator, Kept, Subject};
use super::template::{Kind, Template};
use super::text;
use super::value::{Piece, Term, Value};
use crate::diag::{Diagnostic, Origin, Place};
use crate::read::{Given, Options};
use crate::spelling;
use crate::syntax::node::Node;

impl<'a> Evaluator<'a> {
    /// The value of a declared parameter.
    pub fn parameter(&mut self, name: &str, place: Place) -> Term {
        if let Some(kept) = self.memory().parameters.get(name).cloned() {
            return self.copied(&kept, place);
        }
        let Some((name, parameter)) = self.template().parameters.get_key_value(name) else {
            return Term::Later(name.to_string());
        };
        let subject = Subject::Parameter(self.context.stack, name.to_string());
        if self.is_cyclic(&subject, place) {
            return Term::Later(name.to_string());
        }
        self.under_way.push(subject);
        let context = Context::of(self.context.stack, format!("Parameters.{name}"));
        let (term, _) = self.within(context, |this| this.initial(name, parameter.kind, parameter.node));
        self.under_way.pop();
        let kept = Kept::new(term);
        self.memory_mut().parameters.insert(name, kept.clone());
        self.copied(&kept, place)
    }

    fn initial(&mut self, name: &str, kind: Kind, node: &'a Node) -> Term {
        match kind {
            Kind::LookedUp => return self.later(name, "looked up in SSM at deployment", node.place),
            Kind::Secret => return self.later(name, "secret parameter", node.place),
            Kind::Text | Kind::List => {}
        }
        let given = match self.template().parent {
            Some(_) => self.handed_down(name),
            None => self.told(name).map(|given| {
                let place = given.origin.as_ref().map_or(node.place, |origin| origin.place);
                Value::text(given.value.as_str(), place)
            }),
        };
        let (term, place) = match (given, node.field("Default")) {
            (Some(value), _) => (value.term, value.place),
            (None, Some(default)) => (self.default(default), default.place),
            (None, None) => return self.later(name, "parameter without a value", node.place),
        };
        let term = match (kind, term) {
            (Kind::List, term @ (Term::Text(_) | Term::Mixed(_))) => Term::List(comma_delimited(term, place)),
            // A list that a parent hands down to a text.
            (Kind::Text, list @ Term::List(_)) => Term::from_pieces(text::flat(list)),
            (_, term) => term,
        };
        self.check_allowed(name, &term, node, place);
        term
    }

    /// What the user says a parameter is.
    pub fn told(&self, name: &str) -> Option<&'a Given> {
        self.options.parameters.iter().rev().find(|given| given.name == name)
    }

    /// A default is a literal; a function in it, which CloudFormation refuses, is taken at its word.
    fn default(&mut self, node: &'a Node) -> Term {
        match self.term(node) {
            Term::Null => Term::Text("".into()),
            term => term,
        }
    }

    fn check_allowed(&mut self, name: &str, term: &Term, node: &'a Node, place: Place) {
        let Some(allowed) = node.field("AllowedValues") else { return };
        let texts: Vec<&str> = allowed.as_list().unwrap_or_default().iter().filter_map(Node::as_text).collect();
        let values: Vec<&str> = match term {
            Term::Text(text) => vec![text],
            Term::List(items) => items.iter().filter_map(|item| item.term.exact()).collect(),
            _ => Vec::new(),
        };
        // An unquoted null among them is read as no text at all.
        if texts.len() != allowed.as_list().unwrap_or_default().len() {
            return;
        }
        if let Some(value) = values.into_iter().find(|value| !texts.contains(value)) {
            let message = format!("`{value}` is not among the values allowed for parameter `{name}`");
            let origin = Origin::new(name, allowed.place);
            let mut diagnostic =
                Diagnostic::warning("parameter-not-allowed", message).related("these are allowed", origin);
            if let Some(nearest) = spelling::nearest(value, texts) {
                diagnostic = diagnostic.hint(format!("did you mean `{nearest}`?"));
            }
            self.warn(diagnostic, place);
        }
    }
}

/// Source: CloudFormation user guide, "Parameters": each item is space trimmed.
fn comma_delimited(term: Term, place: Place) -> Vec<Value> {
    if term.exact().is_some_and(|text| text.trim().is_empty()) {
        return Vec::new();
    }
    let segments = text::segments(term.into_pieces().unwrap_or_default(), ",");
    let items = segments.into_iter().map(Term::from_pieces);
    items.map(|item| Value { term: trimmed(item), place }).collect()
}

fn trimmed(term: Term) -> Term {
    match term {
        Term::Text(text) => Term::Text(text.trim().into()),
        Term::Mixed(mut pieces) => {
            if let Some(Piece::Text(text)) = pieces.first_mut() {
                *text = text.trim_start().into();
            }
            if let Some(Piece::Text(text)) = pieces.last_mut() {
                *text = text.trim_end().into();
            }
            Term::from_pieces(pieces)
        }
        term => term,
    }
}

/// Says which `--parameter` names no template has. Those of nested stacks are for their parents to give.
pub fn check_names(templates: &[Template<'_>], options: &Options, diagnostics: &mut Vec<Diagnostic>) {
    for (i, Given { name, origin, .. }) in options.parameters.iter().enumerate() {
        let is_repeated = options.parameters.iter().take(i).any(|other| other.name == *name);
        let roots = templates.iter().filter(|template| template.parent.is_none());
        if is_repeated || roots.clone().any(|template| template.parameters.contains_key(name.as_str())) {
            continue;
        }
        if let Some(nested) = templates.iter().find(|template| template.parameters.contains_key(name.as_str())) {
            let message =
                format!("`{name}` is a parameter of the nested stack `{}`: its parent gives it", nested.stack);
            let diagnostic = Diagnostic::warning("unknown-parameter", message).hint("it has no effect");
            diagnostics.push(Diagnostic { origin: origin.clone(), ..diagnostic });
            continue;
        }
        let names = roots.flat_map(|template| template.parameters.keys().copied());
        let diagnostic = Diagnostic::warning("unknown-parameter", format!("no template has a parameter `{name}`"));
        let diagnostic = Diagnostic { origin: origin.clone(), ..diagnostic };
        diagnostics.push(match spelling::nearest(name, names) {
            Some(nearest) => diagnostic.hint(format!("did you mean `{nearest}`?")),
            None => diagnostic.hint("it has no effect"),
        });
    }
}
