//! What evaluation says: each thing once, under the name of whose value it is, with a suggestion where a name
//! is misspelled.

use super::call::{self, Function};
use super::evaluate::{Evaluator, Subject};
use super::value::Term;
use crate::diag::{Diagnostic, Origin, Place};
use crate::hashing::HashSet;
use crate::inventory::Unknown;
use crate::spelling;
use crate::syntax::node::Node;

/// Misspelled names for which a suggestion is searched. Cost of each: all names of the template.
const SUGGESTIONS: usize = 200;

/// Messages that cite where a value was set. Cost of each: the value, evaluated once more.
const CITING: usize = 200;

/// What has been said, and how much of it costs.
#[derive(Clone, Default)]
pub struct Told {
    new: Said,
    suggestions: usize,
    citing: usize,
    /// Whether a value hangs on what had been evaluated before: a cycle begins where it is entered, and what is known
    /// already needs no more depth.
    pub hangs_on_order: bool,
}

/// What evaluation says beside values.
#[derive(Clone, Default)]
pub struct Said {
    /// With what each is about.
    diagnostics: Vec<(About, Diagnostic)>,
    /// Why names stand in place of values, with their stacks.
    unknown: Vec<(usize, Unknown)>,
}

/// What a message is said of once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum About {
    Place(Place),
    /// All of this stack.
    Stack(usize),
}

/// Lets pass what has not been said before.
#[derive(Default)]
pub struct Once {
    diagnostics: HashSet<(&'static str, About, String)>,
    unknown: HashSet<(usize, String)>,
}

impl Once {
    /// Adds to both lists what is new of what was said.
    pub fn pass(&mut self, said: Said, diagnostics: &mut Vec<Diagnostic>, unknown: &mut Vec<Unknown>) {
        for (about, diagnostic) in said.diagnostics {
            if self.diagnostics.insert((diagnostic.code, about, diagnostic.message.clone())) {
                diagnostics.push(diagnostic);
            }
        }
        for (stack, one) in said.unknown {
            if self.unknown.insert((stack, one.name.clone())) {
                unknown.push(one);
            }
        }
    }
}

impl Told {
    /// Takes out what has been said since this was last asked for.
    pub fn take(&mut self) -> Said {
        std::mem::take(&mut self.new)
    }

    /// Whether, of all that was said by several, nobody met a bound that one for all of them would have met.
    pub fn is_within_bounds<'t>(all: impl Iterator<Item = &'t Told> + Clone) -> bool {
        all.clone().map(|told| told.suggestions).sum::<usize>() <= SUGGESTIONS
            && all.map(|told| told.citing).sum::<usize>() <= CITING
    }
}

impl<'a> Evaluator<'a> {
    /// A value that is known only at deployment, under this name and for this reason.
    pub fn later(&mut self, name: &str, why: &'static str, place: Place) -> Term {
        let unknown = Unknown { stack: self.template().stack.clone(), name: name.to_string(), why, place };
        self.told.new.unknown.push((self.context.stack, unknown));
        Term::Later(name.to_string())
    }

    pub fn unknown_function(&mut self, written: &str, node: &Node) -> Term {
        let (code, what, bare) = match written.strip_prefix('!') {
            Some(tag) => ("unknown-tag", "tag", tag.trim_start_matches("Fn::")),
            None => ("unknown-function", "function", written.trim_start_matches("Fn::")),
        };
        let nearest = spelling::nearest(bare, call::names())
            .or_else(|| call::names().find(|name| bare.len() >= 2 && name.starts_with(bare)));
        let diagnostic = Diagnostic::warning(code, format!("CloudFormation has no {what} `{written}`"));
        self.warn(
            match nearest {
                Some(name) if what == "tag" => diagnostic.hint(format!("did you mean `!{name}`?")),
                Some(name) => diagnostic.hint(format!("did you mean `Fn::{name}`?")),
                None if bare.contains("::") => {
                    diagnostic.hint("it is another tool's: give the template that this writes")
                }
                None => diagnostic.hint("its value is shown as unknown"),
            },
            node.place,
        );
        Term::Later(written.to_string())
    }

    pub fn tell_macro(&mut self, node: &Node) -> Term {
        let name = node.field("Name").and_then(Node::as_text).unwrap_or("Fn::Transform");
        self.warn(super::macro_not_run(name), node.place);
        Term::Later(name.to_string())
    }

    /// A function's arguments are not what it takes.
    pub fn malformed(&mut self, function: Function, takes: &str, place: Place) -> Term {
        self.malformed_value(function, takes, &[], place)
    }

    /// A function's arguments are of the kind that it takes, but this value of theirs is not.
    pub fn malformed_value(&mut self, function: Function, takes: &str, nodes: &[&'a Node], place: Place) -> Term {
        let name = function.name();
        let diagnostic = Diagnostic::warning("malformed-function", format!("`{name}` takes {takes}"));
        let diagnostic = self.cite(diagnostic.hint("its value is shown as unknown"), nodes);
        self.warn(diagnostic, place);
        Term::Later(name.to_string())
    }

    pub fn origin(&self, place: Place) -> Origin {
        Origin::new(self.context.subject.clone(), place)
    }

    /// Says it at a place within the current subject.
    pub fn warn(&mut self, diagnostic: Diagnostic, place: Place) {
        let origin = self.origin(place);
        self.tell(diagnostic.at(origin));
    }

    /// Says it of its place; [`Once`] drops what several resources ask for, which is evaluated for each of them.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.origin.as_ref().map_or_else(Place::default, |origin| origin.place);
        self.tell_of(About::Place(place), diagnostic);
    }

    /// Says it at the first place of the current stack that asks for it.
    pub fn warn_first(&mut self, diagnostic: Diagnostic, place: Place) {
        let origin = self.origin(place);
        self.tell_of(About::Stack(self.context.stack), diagnostic.at(origin));
    }

    fn tell_of(&mut self, about: About, diagnostic: Diagnostic) {
        self.told.new.diagnostics.push((about, diagnostic));
    }

    /// Adds "did you mean" to a diagnostic about a misspelled name.
    pub fn suggest<'n>(
        &mut self,
        diagnostic: Diagnostic,
        name: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Diagnostic {
        match self.nearest(name, candidates) {
            Some(nearest) => diagnostic.hint(format!("did you mean `{nearest}`?")),
            None => diagnostic,
        }
    }

    /// Whether one more message may cite where a value was set.
    pub fn may_cite(&mut self) -> bool {
        self.told.citing += 1;
        self.told.citing <= CITING
    }

    /// The name that a misspelled one stands for.
    pub fn nearest<'n>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        self.told.suggestions += 1;
        if self.told.suggestions > SUGGESTIONS { None } else { spelling::nearest(name, candidates) }
    }

    /// Says that `subject` asks for itself, if it is under way; the cycle is everything since.
    pub fn is_cyclic(&mut self, subject: &Subject, place: Place) -> bool {
        let Some(start) = self.under_way.iter().position(|other| other == subject) else { return false };
        let mut names: Vec<&str> = self.under_way[start..].iter().map(Subject::name).collect();
        names.push(subject.name());
        let message = format!("`{}` refers to itself: {}", subject.name(), names.join(" → "));
        let hint = "break the cycle; until then its value is unknown";
        self.warn(Diagnostic::warning("cyclic-reference", message).hint(hint), place);
        self.told.hangs_on_order = true;
        true
    }
}

/// Adds a hint where there is none.
pub fn or_hint(diagnostic: Diagnostic, hint: &str) -> Diagnostic {
    if diagnostic.hints.is_empty() { diagnostic.hint(hint) } else { diagnostic }
}

impl Subject {
    fn name(&self) -> &str {
        match self {
            Subject::Parameter(_, name) | Subject::Condition(_, name) | Subject::Mapping(_, name) => name,
            Subject::Output(_, name) => name,
            Subject::Export(_) => "an export",
            Subject::Property(..) => "a property",
        }
    }
}
