//! `Export` and `ImportValue` across the templates of a run.
//!
//! Exports are commonly called `${AWS::StackName}-VPC`, and the stack's true name is not in the template:
//! an import that no export has letter for letter is matched with the one export that it could mean.

use std::sync::Arc;

use super::call::{Argument, Function};
use super::evaluate::{Context, Evaluator, Kept, StackName, Subject};
use super::loops::{Binding, Bound};
use super::value::{Piece, Term, could_be_equal};
use crate::diag::{Diagnostic, Origin, Place};
use crate::hashing::HashMap;
use crate::syntax::node::Node;

/// Letters that an import's name must have for certain to be matched with an export.
const CERTAIN: usize = 2;

#[derive(Clone, Default)]
pub struct Exports<'a> {
    all: Vec<Export<'a>>,
    by_name: HashMap<String, usize>,
    /// Imports matched already, by the importing stack and their name.
    matched: HashMap<(usize, Vec<Piece>), Option<usize>>,
}

#[derive(Clone)]
struct Export<'a> {
    stack: usize,
    output: String,
    /// Its name, in which the stack's is unknown.
    name: Vec<Piece>,
    value: &'a Node,
    key: Place,
    bindings: Vec<Binding>,
    /// Its value, once it has been imported.
    kept: Option<Arc<Kept>>,
}

impl Export<'_> {
    fn shown(&self) -> String {
        self.name.iter().map(Piece::plain).collect()
    }

    fn origin(&self) -> Origin {
        Origin::new(format!("Outputs.{}", self.output), self.key)
    }
}

impl<'a> Evaluator<'a> {
    /// Finds what the current template exports. Its values are evaluated when they are imported.
    pub fn collect_exports(&mut self) {
        let Some(outputs) = self.template().section("Outputs") else { return };
        for bound in self.unrolled(outputs) {
            self.collect_export(bound);
        }
    }

    fn collect_export(&mut self, bound: Bound<'a>) {
        let output = &bound.entry.node;
        let Some(name) = output.field("Export").and_then(|export| export.field("Name")) else { return };
        let Some(value) = output.field("Value") else { return };
        let stack = self.context.stack;
        let mut context = Context::of(stack, format!("Outputs.{}", bound.key));
        context.bindings = bound.bindings.clone();
        let condition = output.field("Condition").and_then(Node::as_text);
        let (is_left_out, context) =
            self.within(context, |this| condition.is_some_and(|name| !this.holds(name, output.place)));
        if is_left_out {
            return;
        }
        let (full, mut context) = self.within(context, |this| this.term(name));
        context.stack_name = StackName::Open;
        let (open, _) = self.within(context, |this| this.term(name));
        let index = self.exports.all.len();
        if let Some(name) = full.exact() {
            self.exports.by_name.entry(name.to_string()).or_insert(index);
        }
        self.exports.all.push(Export {
            stack,
            output: bound.key,
            name: open.into_pieces().unwrap_or_default(),
            value,
            key: bound.entry.key(),
            bindings: bound.bindings,
            kept: None,
        });
    }

    pub fn import(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let name = self.argument(argument).map_or(Term::Null, |value| value.term);
        let shown = name.plain();
        let Some(pieces) = name.into_pieces().filter(|pieces| !pieces.is_empty()) else {
            return self.malformed(Function::ImportValue, "the name of an export", place);
        };
        match self.find_export(&pieces, &shown, place) {
            Some(export) => self.exported(export, &shown, place),
            None => self.later(&shown, "import that no other input exports", place),
        }
    }

    /// The export of another stack that an import means. What is not told letter for letter is said once.
    fn find_export(&mut self, pieces: &[Piece], shown: &str, place: Place) -> Option<usize> {
        let own = self.context.stack;
        let is_foreign = |index: &usize| self.exports.all.get(*index).is_some_and(|export| export.stack != own);
        let exact = self.exports.by_name.get(shown).copied().filter(is_foreign);
        if exact.is_some() && matches!(pieces, [Piece::Text(_)]) {
            return exact;
        }
        let name = (own, pieces.to_vec());
        if let Some(known) = self.exports.matched.get(&name) {
            return *known;
        }
        let certain: usize = pieces.iter().filter(|piece| matches!(piece, Piece::Text(_))).map(Piece::len).sum();
        let fits = |index: &usize| could_be_equal(pieces, &self.exports.all[*index].name);
        let mut fitting = (0..self.exports.all.len()).filter(is_foreign).filter(fits);
        let found = fitting.next().filter(|_| certain >= CERTAIN && fitting.next().is_none());
        self.exports.matched.insert(name, found);
        let note = match found.and_then(|index| self.exports.all.get(index)) {
            Some(export) => {
                let name = export.shown();
                let message = format!("import `{shown}` is taken to be export `{name}`, the only one that it can be");
                Diagnostic::note("matched-import", message).related("exported here", export.origin())
            }
            None => self.no_export(shown),
        };
        self.warn_first(note, place);
        found
    }

    /// A note, as imports are mostly from stacks that are not drawn; a warning where a name nearly like it is exported.
    fn no_export(&mut self, shown: &str) -> Diagnostic {
        let own = self.context.stack;
        let foreign = self.exports.all.iter().filter(|export| export.stack != own);
        let names: Vec<(String, Origin)> = foreign.map(|export| (export.shown(), export.origin())).collect();
        let message = format!("no other input exports `{shown}`");
        match self.nearest(shown, names.iter().map(|(name, _)| name.as_str())) {
            Some(meant) => {
                let origins = names.iter().filter(|(name, _)| name == meant).map(|(_, origin)| origin.clone());
                let diagnostic = Diagnostic::warning("unresolved-import", message);
                let diagnostic = origins.take(1).fold(diagnostic, |said, origin| said.related("exported here", origin));
                diagnostic.hint(format!("did you mean `{meant}`?"))
            }
            None => Diagnostic::note("unresolved-import", message)
                .hint("give the template that exports it as a further input"),
        }
    }

    /// Where the value of an export of this name is written.
    pub fn export_value(&mut self, name: Term, place: Place) -> Option<Origin> {
        let shown = name.plain();
        let index = self.find_export(&name.into_pieces()?, &shown, place)?;
        let export = self.exports.all.get(index)?;
        Some(Origin::new(format!("Outputs.{}", export.output), export.value.place))
    }

    fn exported(&mut self, index: usize, shown: &str, place: Place) -> Term {
        let Some(export) = self.exports.all.get(index) else { return Term::Later(shown.to_string()) };
        if let Some(kept) = export.kept.clone() {
            return self.copied(&kept, place);
        }
        let (stack, value) = (export.stack, export.value);
        let mut context = Context::of(stack, format!("Outputs.{}", export.output));
        context.bindings = export.bindings.clone();
        let subject = Subject::Export(index);
        if self.is_cyclic(&subject, place) {
            return Term::Later(shown.to_string());
        }
        self.under_way.push(subject);
        let (term, _) =
            self.within(context, |this| this.bounded(value.place, |this| Some(this.term(value))).unwrap_or(Term::Null));
        self.under_way.pop();
        let kept = Kept::new(term);
        if let Some(export) = self.exports.all.get_mut(index) {
            export.kept = Some(kept.clone());
        }
        self.copied(&kept, place)
    }
}
