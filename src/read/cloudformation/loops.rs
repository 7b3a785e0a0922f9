//! `Fn::ForEach`: entries of a map, written once for every item of a collection.
//!
//! Source: CloudFormation template reference, "Fn::ForEach".

use std::borrow::Cow;

use crate::name_map::NameMap;

use super::evaluate::Evaluator;
use super::value::Term;
use crate::diag::{Diagnostic, Place};
use crate::syntax::node::{Entry, Node};

const KEY: &str = "Fn::ForEach::";

/// What a pass of a loop costs of what may be evaluated, however small its body.
const PASS: usize = 1024;

/// A loop's identifier and its item in this pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub name: String,
    pub item: String,
}

/// An entry of a map, after its loops have run.
pub struct Bound<'a> {
    pub key: String,
    pub entry: &'a Entry,
    pub bindings: Vec<Binding>,
}

pub fn is_loop(key: &str) -> bool {
    key.starts_with(KEY)
}

pub fn has_loop(map: &NameMap<Entry>) -> bool {
    map.keys().any(|key| key.starts_with(KEY))
}

/// Replaces `${Identifier}`, and `&{Identifier}`, which keeps only letters and digits of the item.
pub fn fill_in<'t>(text: &'t str, bindings: &[Binding]) -> Cow<'t, str> {
    let mut filled = Cow::Borrowed(text);
    for Binding { name, item } in bindings {
        if filled.contains(&format!("${{{name}}}")) {
            filled = Cow::Owned(filled.replace(&format!("${{{name}}}"), item));
        }
        if filled.contains(&format!("&{{{name}}}")) {
            let word: String = item.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            filled = Cow::Owned(filled.replace(&format!("&{{{name}}}"), &word));
        }
    }
    filled
}

impl<'a> Evaluator<'a> {
    /// The entries of a map, loops among them written out.
    pub fn unrolled(&mut self, map: &'a NameMap<Entry>) -> Vec<Bound<'a>> {
        let mut bound = Vec::with_capacity(map.len());
        for (key, entry) in map.iter() {
            if key.starts_with(KEY) {
                let place = entry.key();
                // The term is of no interest: what counts is that a loop in a loop is one level deeper.
                self.bounded(place, |this| {
                    this.unroll(entry, &mut bound);
                    None
                });
            } else {
                let bindings = self.context.bindings.clone();
                bound.push(Bound { key: fill_in(key, &bindings).into_owned(), entry, bindings });
            }
        }
        bound
    }

    fn unroll(&mut self, entry: &'a Entry, bound: &mut Vec<Bound<'a>>) {
        let Some([name, collection, body]) = entry.node.as_list() else {
            return self.malformed_loop(entry.key());
        };
        let (Some(name), Some(body)) = (name.as_text(), body.as_map()) else {
            return self.malformed_loop(entry.key());
        };
        if self.is_spent() {
            return;
        }
        for item in self.collection(name, collection) {
            if !self.spend(PASS, entry.key()) {
                return;
            }
            self.context.bindings.push(Binding { name: name.to_string(), item });
            bound.append(&mut self.unrolled(body));
            self.context.bindings.pop();
        }
    }

    /// The items that are known; of one that is not, a loop cannot make a name.
    fn collection(&mut self, name: &str, node: &'a Node) -> Vec<String> {
        let term = self.term(node);
        let items = match &term {
            Term::List(items) => items.iter().map(|item| item.term.exact().map(str::to_string)).collect(),
            _ => None,
        };
        items.unwrap_or_else(|| {
            let message = format!("the loop over `{name}` is left out: what it runs over is known only at deployment");
            let hint = "give the list with `--parameter`";
            self.warn(Diagnostic::warning("unknown-collection", message).hint(hint), node.place);
            Vec::new()
        })
    }

    fn malformed_loop(&mut self, place: Place) {
        let message = "`Fn::ForEach` takes an identifier, a list and a map; it is left out";
        self.warn(Diagnostic::warning("malformed-function", message), place);
    }
}
