//! Conditions under the parameters' values.
//!
//! Three-valued: what depends on something known only at deployment is unknown. A *named* condition that is
//! unknown is assumed to hold, so that what it guards is drawn, and a note says so; conditions that ask
//! for it build on that, so that `CreateVpc` and `Not CreateVpc` do not both hold.

use super::call::{self, Argument, Call, Form, Function};
use super::evaluate::{Context, Evaluator, Subject};
use super::value::{Term, could_be_equal};
use crate::diag::{Diagnostic, Origin, Place};
use crate::syntax::node::Node;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    Yes,
    No,
    /// Depends on this, which is known only at deployment.
    Unknown(String),
}

impl Truth {
    pub fn into_term(self) -> Term {
        match self {
            Truth::Yes => Term::Text("true".into()),
            Truth::No => Term::Text("false".into()),
            Truth::Unknown(name) => Term::Later(name),
        }
    }

    fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown(name) => Truth::Unknown(name),
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Whether a named condition holds, or is assumed to.
    pub fn holds(&mut self, name: &str, place: Place) -> bool {
        if let Some(known) = self.memory().conditions.get(name) {
            return *known;
        }
        let Some((key, entry)) = self.template().section("Conditions").and_then(|all| all.get_key_value(name)) else {
            let names = self.template().section("Conditions").into_iter().flat_map(|all| all.keys());
            let diagnostic = Diagnostic::warning("unresolved-reference", format!("no condition is called `{name}`"));
            let diagnostic = self.suggest(diagnostic, name, names);
            self.warn(diagnostic.hint("it is taken to hold"), place);
            return true;
        };
        let subject = Subject::Condition(self.context.stack, name.to_string());
        if self.is_cyclic(&subject, place) {
            return true;
        }
        self.under_way.push(subject);
        let context = Context::of(self.context.stack, format!("Conditions.{name}"));
        let (holds, _) = self.within(context, |this| match this.truth(&entry.node) {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown(cause) => {
                this.assume(name, &cause, entry.key());
                true
            }
        });
        self.under_way.pop();
        self.memory_mut().conditions.insert(key, holds);
        holds
    }

    fn assume(&mut self, name: &str, cause: &str, place: Place) {
        let message = format!("condition `{name}` depends on `{cause}`, which is not known: it is taken to hold");
        let note = Diagnostic::note("assumed-condition", message);
        let parameter = self.template().section("Parameters").and_then(|parameters| parameters.get(cause));
        let note = if let Some(entry) = parameter {
            note.related("declared here, without a value", Origin::new(cause, entry.key()))
                .hint(format!("give it a value: `--parameter {cause}=..`"))
        } else if cause == "AWS::Region" {
            note.hint("give the region: `--region ..`")
        } else {
            note
        };
        self.warn(note, place);
    }

    /// The truth of a condition's node.
    fn truth(&mut self, node: &'a Node) -> Truth {
        let mut truth = Truth::Unknown(String::new());
        let too_deep = self.bounded(node.place, |this| {
            truth = this.truth_of(node);
            None
        });
        match too_deep {
            Some(term) => Truth::Unknown(term.plain()),
            None => truth,
        }
    }

    fn truth_of(&mut self, node: &'a Node) -> Truth {
        if node.tag.is_none()
            && let Some(name) = node.field("Condition").and_then(Node::as_text)
        {
            return Truth::of(self.holds(name, node.place));
        }
        if let Some(Call::To(function, argument)) = call::call(node)
            && is_logical(function)
        {
            return self.condition_call(function, argument, node.place);
        }
        let term = self.term(node);
        match term.exact() {
            Some(text) if text.eq_ignore_ascii_case("true") => Truth::Yes,
            Some(text) if text.eq_ignore_ascii_case("false") => Truth::No,
            Some(_) => {
                let message = "a condition is made of `And`, `Or`, `Not`, `Equals` and other conditions";
                self.warn(Diagnostic::warning("malformed-function", message), node.place);
                Truth::Unknown(term.plain())
            }
            None => Truth::Unknown(term.plain()),
        }
    }

    /// A call of one of the logical functions.
    pub fn condition_call(&mut self, function: Function, argument: Argument<'a>, place: Place) -> Truth {
        let arguments = match (function, argument.form) {
            (Function::Condition, _) => {
                let name = self.argument(argument).map(|value| value.term.plain()).unwrap_or_default();
                return Truth::of(self.holds(&name, place));
            }
            // `!Not condition` without a list is common enough to be meant.
            (Function::Not, Form::Long) if argument.node.as_list().is_none() => std::slice::from_ref(argument.node),
            _ => argument.items().unwrap_or_default(),
        };
        match (function, arguments) {
            (Function::Equals, [a, b]) => self.equals(a, b),
            (Function::Not, [condition]) => self.truth(condition).not(),
            (Function::And, [_, ..]) => self.first_of(arguments, &Truth::No),
            (Function::Or, [_, ..]) => self.first_of(arguments, &Truth::Yes),
            _ => {
                let takes = match function {
                    Function::Equals => "a list of two values",
                    Function::Not => "a list of one condition",
                    _ => "a list of conditions",
                };
                Truth::Unknown(self.malformed(function, takes, place).plain())
            }
        }
    }

    /// `decisive` if one of the conditions is that, else the first unknown one, else the other truth.
    fn first_of(&mut self, conditions: &'a [Node], decisive: &Truth) -> Truth {
        let mut all = decisive.clone().not();
        for condition in conditions {
            match self.truth(condition) {
                truth if truth == *decisive => return truth,
                truth @ Truth::Unknown(_) if !matches!(all, Truth::Unknown(_)) => all = truth,
                _ => {}
            }
        }
        all
    }

    fn equals(&mut self, a: &'a Node, b: &'a Node) -> Truth {
        let (a, b) = (self.term(a), self.term(b));
        if a == b {
            return Truth::Yes;
        }
        // What a resource is called or has is never empty.
        if let (Term::Reference { .. }, Term::Text(text)) | (Term::Text(text), Term::Reference { .. }) = (&a, &b)
            && text.is_empty()
        {
            return Truth::No;
        }
        let unknown = [&a, &b].into_iter().find_map(unknown_in);
        let Some(unknown) = unknown else { return Truth::No };
        // To be in one certain region or account is the exception that a template provides for.
        if unknown.starts_with("AWS::") {
            return Truth::No;
        }
        match (a.into_pieces(), b.into_pieces()) {
            (Some(a), Some(b)) if !could_be_equal(&a, &b) => Truth::No,
            _ => Truth::Unknown(unknown),
        }
    }

    /// `None` is `AWS::NoValue`.
    pub fn branch(&mut self, argument: Argument<'a>, place: Place) -> Option<Term> {
        let (condition, yes, no) = match argument.items() {
            Some([condition, yes, no]) => (condition, yes, Some(no)),
            Some([condition, yes]) => (condition, yes, None),
            _ => {
                return Some(self.malformed(Function::If, "a condition's name and two values", place));
            }
        };
        let holds = match condition.as_text().filter(|_| condition.tag.is_none()) {
            Some(name) => self.holds(name, condition.place),
            None => self.truth(condition) != Truth::No,
        };
        match (holds, no) {
            (true, _) => self.value(yes).map(|value| value.term),
            (false, Some(no)) => self.value(no).map(|value| value.term),
            (false, None) => {
                self.malformed(Function::If, "a condition's name and two values", place);
                None
            }
        }
    }
}

fn is_logical(function: Function) -> bool {
    matches!(function, Function::And | Function::Or | Function::Not | Function::Equals | Function::Condition)
}

/// The name of something unknown in a value.
fn unknown_in(term: &Term) -> Option<String> {
    match term {
        Term::Null | Term::Text(_) => None,
        Term::Later(name) => Some(name.clone()),
        Term::Reference { .. } => Some(term.plain()),
        Term::Mixed(pieces) => {
            pieces.iter().find(|piece| !matches!(piece, super::value::Piece::Text(_))).map(|piece| piece.plain())
        }
        Term::List(items) => items.iter().find_map(|item| unknown_in(&item.term)),
        Term::Map(map) => map.values().find_map(|value| unknown_in(&value.term)),
    }
}
