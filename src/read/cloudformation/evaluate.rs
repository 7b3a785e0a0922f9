//! Evaluation of a node: calls become values, everything else is taken as it stands.
//!
//! One evaluator reads all templates of a run, since an import in one is a value in another. It never
//! fails: what cannot be evaluated is a warning and a [`Term::Later`]. Its recursion is bounded by the
//! parser's depth and by [`DEPTH`], its output by [`limits::EVALUATED_BYTES`].

use std::sync::Arc;

use super::call::{self, Argument, Call, Form, Function};
use super::dynamic::dynamic;
use super::imports::Exports;
use super::loops::{self, Binding};
use super::resources::Declared;
use super::telling::Told;
use super::template::Template;
use super::value::{Piece, Term, Value};
use crate::diag::{Diagnostic, Place, Sources};
use crate::hashing::{HashMap, IndexMap};
use crate::limits;
use crate::name_map::NameMap;
use crate::read::Options;
use crate::syntax::node::{Entry, Node, Value as Written};

/// Nested evaluations: those of a value, and of the conditions, parameters and exports that it asks for.
pub const DEPTH: usize = 2 * limits::DEPTH;

#[derive(Clone)]
pub struct Evaluator<'a> {
    pub templates: &'a [Template<'a>],
    pub sources: &'a Sources,
    pub options: &'a Options,
    /// What has been found out, per template.
    pub memory: Vec<Memory<'a>>,
    pub exports: Exports<'a>,
    pub context: Context,
    /// What is being evaluated, outermost first: asking for one of these again is a cycle.
    pub under_way: Vec<Subject>,
    pub depth: usize,
    evaluated_bytes: usize,
    pub told: Told,
}

#[derive(Clone, Default)]
pub struct Memory<'a> {
    pub parameters: HashMap<&'a str, Arc<Kept>>,
    /// Of a condition that depends on the unknown: what is assumed.
    pub conditions: HashMap<&'a str, bool>,
    pub resources: Arc<IndexMap<String, Declared<'a>>>,
    /// Whether the resources are known, or being found.
    pub is_declared: bool,
    /// The nested stacks whose templates are in the run: their indexes, by logical id.
    pub children: HashMap<String, usize>,
    /// Of a nested stack: its outputs, as far as its parent asked for them.
    pub outputs: HashMap<String, Arc<Kept>>,
}

/// A value that may be used many times.
pub struct Kept {
    term: Term,
    weight: usize,
}

/// Whose value is being evaluated.
#[derive(Clone)]
pub struct Context {
    /// Index of the template.
    pub stack: usize,
    /// The name by which diagnostics call it: a logical id, `Conditions.IsProd`.
    pub subject: Arc<str>,
    /// Identifiers of the loops around it.
    pub bindings: Vec<Binding>,
    /// What `AWS::StackName` gives.
    pub stack_name: StackName,
    /// Resources of its own stack that it refers to, by index, with the place that does.
    pub depends: Vec<(usize, Place)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StackName {
    /// The name that the stack has in this run.
    OfRun,
    /// Unknown, as it truly is: so that an export's name can be matched with any stack's.
    Open,
}

/// What can ask for itself. The first field is the template's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Parameter(usize, String),
    Condition(usize, String),
    Mapping(usize, String),
    Export(usize),
    Output(usize, String),
    Property(usize, usize),
}

impl Kept {
    pub fn new(term: Term) -> Arc<Kept> {
        Arc::new(Kept { weight: term.weight(), term })
    }
}

impl Context {
    pub fn of(stack: usize, subject: impl Into<Arc<str>>) -> Context {
        Context {
            stack,
            subject: subject.into(),
            bindings: Vec::new(),
            stack_name: StackName::OfRun,
            depends: Vec::new(),
        }
    }
}

impl<'a> Evaluator<'a> {
    pub fn over(templates: &'a [Template<'a>], sources: &'a Sources, options: &'a Options) -> Evaluator<'a> {
        let mut memory: Vec<Memory<'a>> = templates.iter().map(|_| Memory::default()).collect();
        for (stack, template) in templates.iter().enumerate() {
            if let Some(parent) = &template.parent {
                memory[parent.stack].children.insert(parent.id.clone(), stack);
            }
        }
        Evaluator {
            templates,
            sources,
            options,
            memory,
            exports: Exports::default(),
            context: Context::of(0, ""),
            under_way: Vec::new(),
            depth: 0,
            evaluated_bytes: 0,
            told: Told::default(),
        }
    }

    /// Whether what these found out, beginning with the same, is what one of them would have found out alone: nothing
    /// hangs on who asked first, and no bound would have been met.
    pub fn agree(all: &[Evaluator<'a>]) -> bool {
        let bytes = all.iter().fold(0usize, |sum, one| sum.saturating_add(one.evaluated_bytes));
        bytes <= limits::EVALUATED_BYTES
            && Told::is_within_bounds(all.iter().map(|one| &one.told))
            && !all.iter().any(|one| one.told.hangs_on_order)
    }

    pub fn template(&self) -> &'a Template<'a> {
        &self.templates[self.context.stack]
    }

    pub fn memory(&self) -> &Memory<'a> {
        &self.memory[self.context.stack]
    }

    pub fn memory_mut(&mut self) -> &mut Memory<'a> {
        &mut self.memory[self.context.stack]
    }

    /// Runs `work` in another context; returns its result and the context that it leaves.
    pub fn within<T>(&mut self, context: Context, work: impl FnOnce(&mut Self) -> T) -> (T, Context) {
        let outer = std::mem::replace(&mut self.context, context);
        let result = work(self);
        (result, std::mem::replace(&mut self.context, outer))
    }

    /// The value of a node; `None` where it is `AWS::NoValue`.
    pub fn value(&mut self, node: &'a Node) -> Option<Value> {
        self.called(call::call(node), node)
    }

    /// What a call gives; the content of the node, if there is none.
    fn called(&mut self, call: Option<Call<'a>>, node: &'a Node) -> Option<Value> {
        match call {
            None => self.content(node),
            Some(Call::To(function, argument)) => {
                let term = self.bounded(node.place, |this| this.call(function, argument, node.place))?;
                Some(Value { term, place: node.place })
            }
            Some(Call::Unknown(name)) => Some(Value { term: self.unknown_function(&name, node), place: node.place }),
        }
    }

    /// The value of a node as it stands: its own tag does not count.
    pub fn content(&mut self, node: &'a Node) -> Option<Value> {
        let term = match &node.value {
            Written::Null => Term::Null,
            Written::Scalar(text) => self.scalar(text),
            Written::List(items) => self.bounded(node.place, |this| {
                let mut values = Vec::with_capacity(items.len());
                values.extend(items.iter().filter_map(|item| this.value(item)));
                Some(Term::List(values))
            })?,
            Written::Map(map) => self.bounded(node.place, |this| Some(this.map(map)))?,
        };
        // What is written once is within the parser's limits; what a loop or a second stack repeats is not.
        if !self.context.bindings.is_empty() || self.template().is_repeated {
            let own = match &term {
                Term::List(_) | Term::Map(_) => Term::Null.weight(),
                scalar => scalar.weight(),
            };
            self.spend(own, node.place);
        }
        Some(Value { term, place: node.place })
    }

    /// The value of a function's argument.
    pub fn argument(&mut self, argument: Argument<'a>) -> Option<Value> {
        match argument.form {
            Form::Short => self.called(call::written_out(argument.node), argument.node),
            Form::Long => self.value(argument.node),
        }
    }

    /// The value of one of a function's arguments; null where it is `AWS::NoValue`.
    pub fn term(&mut self, node: &'a Node) -> Term {
        self.value(node).map_or(Term::Null, |value| value.term)
    }

    fn map(&mut self, map: &'a NameMap<Entry>) -> Term {
        let mut values = NameMap::with_capacity(map.len());
        if !loops::has_loop(map) {
            for (key, entry) in map.iter() {
                if &**key == "Fn::Transform" {
                    self.tell_macro(&entry.node);
                } else if let Some(value) = self.value(&entry.node) {
                    values.append(key.clone(), value);
                }
            }
            return Term::Map(values);
        }
        for bound in self.unrolled(map) {
            let outer = std::mem::replace(&mut self.context.bindings, bound.bindings);
            if let Some(value) = self.value(&bound.entry.node) {
                values.insert(bound.key, value);
            }
            self.context.bindings = outer;
        }
        Term::Map(values)
    }

    fn scalar(&self, text: &Arc<str>) -> Term {
        if self.context.bindings.is_empty() && !text.contains('{') {
            return Term::Text(text.clone());
        }
        let bound = loops::fill_in(text, &self.context.bindings);
        dynamic(vec![Piece::Text(bound.into_owned())])
    }

    /// `None` is `AWS::NoValue`.
    fn call(&mut self, function: Function, argument: Argument<'a>, place: Place) -> Option<Term> {
        Some(match function {
            Function::Ref => return self.reference(argument),
            Function::If => return self.branch(argument, place),
            Function::And | Function::Or | Function::Not | Function::Equals | Function::Condition => {
                self.condition_call(function, argument, place).into_term()
            }
            Function::GetAtt => self.attribute(argument),
            Function::FindInMap => self.find_in_map(argument, place),
            Function::ImportValue => self.import(argument, place),
            Function::Sub => self.substitute(argument, place),
            Function::Join => self.join(argument, place),
            Function::Split => self.split(argument, place),
            Function::ToJsonString => self.json_string(argument, place),
            // Encoded it could not be looked into; what a script says is what counts.
            Function::Base64 => self.argument(argument)?.term,
            Function::Select => self.select(argument, place),
            Function::GetAZs => self.zones(argument),
            Function::Cidr => self.cidr(argument, place),
            Function::Length => self.length(argument),
            Function::Transform => self.tell_macro(argument.node),
        })
    }

    /// Runs `work` one level deeper; [`Term::Later`] where that is too deep.
    pub fn bounded(&mut self, place: Place, work: impl FnOnce(&mut Self) -> Option<Term>) -> Option<Term> {
        if self.depth >= DEPTH {
            let message = format!("values refer to values more than {DEPTH} levels deep");
            self.warn(Diagnostic::warning("too-deep", message), place);
            self.told.hangs_on_order = true;
            return Some(Term::Later("too deep".to_string()));
        }
        self.depth += 1;
        let term = work(self);
        self.depth -= 1;
        term
    }

    /// Takes what a value weighs from what may be evaluated in all; false once that is used up.
    pub fn spend(&mut self, bytes: usize, place: Place) -> bool {
        let before = self.evaluated_bytes;
        self.evaluated_bytes = before.saturating_add(bytes);
        if self.is_spent() && before <= limits::EVALUATED_BYTES {
            let message = format!("the values of this run take more than {} MiB", limits::EVALUATED_BYTES >> 20);
            let diagnostic = Diagnostic::warning("too-many-values", message);
            self.warn(diagnostic.hint("values that repeat values multiply; the rest is shown as unknown"), place);
        }
        !self.is_spent()
    }

    /// Whether nothing more may be evaluated than what is written out.
    pub fn is_spent(&self) -> bool {
        self.evaluated_bytes > limits::EVALUATED_BYTES
    }

    /// A value kept in memory, as it is used again at `place`.
    pub fn copied(&mut self, kept: &Kept, place: Place) -> Term {
        if self.is_spent() || !self.spend(kept.weight, place) {
            return too_much();
        }
        match &kept.term {
            Term::List(items) => {
                Term::List(items.iter().map(|item| Value { term: item.term.clone(), place }).collect())
            }
            term => term.clone(),
        }
    }

    /// The scalar that the pieces make, `{{resolve:..}}` in it set apart; too long a text is not built.
    pub fn assembled(&mut self, pieces: Vec<Piece>, place: Place) -> Term {
        let len: usize = pieces.iter().map(Piece::len).sum();
        if len > limits::STRING_BYTES {
            let message = format!("this text grows beyond {} KiB", limits::STRING_BYTES >> 10);
            self.warn(Diagnostic::warning("text-too-long", message).hint("it is shown as unknown"), place);
            return Term::Later("long text".to_string());
        }
        if self.spend(len, place) { dynamic(pieces) } else { too_much() }
    }
}

/// In place of what [`limits::EVALUATED_BYTES`] leaves no room for.
pub fn too_much() -> Term {
    Term::Later("too much".to_string())
}
