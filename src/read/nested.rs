//! Which stacks a run has: one for each template that is given, and one for each time that a template nests another.
//!
//! Where a template lies may depend on a parameter that is handed down to it, so stacks are found level by level, each
//! with an evaluation of those above. A template that is given and nested as well is only a nested stack.

#[cfg(test)]
mod tests;

use super::cloudformation::{self, Parent, Template, Wish};
use super::documents::{Document, Documents};
use super::format::{self, Format};
use super::{Loader, Options};
use crate::diag::{Diagnostic, FileId, Origin, Sources};
use crate::hashing::{HashMap, HashSet};
use crate::limits;

/// A template in one of its uses.
pub struct Stack {
    /// Index of its document.
    document: usize,
    name: String,
    parent: Option<Parent>,
    /// Index of the stack that it is nested in at last, or its own.
    root: usize,
    /// How many stacks it is nested in.
    depth: usize,
}

/// The stacks of the run, each behind the one that nests it.
pub fn arrange(
    documents: &mut Documents,
    sources: &mut Sources,
    options: &Options,
    loader: Option<&mut dyn Loader>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Stack> {
    let mut search =
        Search { documents, sources, options, loader, found: HashMap::default(), nested: HashSet::default() };
    loop {
        let nested = search.nested.len();
        let mut said = Vec::new();
        let stacks = search.explore(&mut said, diagnostics);
        // Until no input turns out to be nested, since such a one is no stack by itself.
        if search.nested.len() == nested {
            diagnostics.append(&mut said);
            return stacks;
        }
    }
}

/// By the index of a given document: its stack and those nested in it, by their indexes.
pub fn by_root(stacks: &[Stack]) -> HashMap<usize, Vec<usize>> {
    let mut by_root: HashMap<usize, Vec<usize>> = HashMap::default();
    for (index, stack) in stacks.iter().enumerate() {
        by_root.entry(stacks[stack.root].document).or_default().push(index);
    }
    by_root
}

/// The templates of stacks, in their order.
pub fn templates<'a>(stacks: &[Stack], documents: &'a [Document], options: &Options) -> Vec<Template<'a>> {
    let mut templates: Vec<Template<'a>> = Vec::with_capacity(stacks.len());
    let mut used = HashSet::default();
    for stack in stacks {
        let Some(document) = documents.get(stack.document) else { continue };
        let root = format::body(&document.node);
        let around = stack.parent.as_ref().and_then(|parent| Some((parent.clone(), templates.get(parent.stack)?)));
        let mut template = match around {
            Some((parent, around)) => Template::nested(&stack.name, root, options, parent, around),
            None => Template::new(&stack.name, root, options),
        };
        template.is_repeated = !used.insert(stack.document);
        templates.push(template);
    }
    templates
}

struct Search<'s, 'l> {
    documents: &'s mut Documents,
    sources: &'s mut Sources,
    options: &'s Options,
    loader: Option<&'l mut dyn Loader>,
    /// What was sought, by the file that asks and the location.
    found: HashMap<(FileId, String), Outcome>,
    /// Inputs that another one nests.
    nested: HashSet<usize>,
}

#[derive(Clone)]
enum Outcome {
    Document(usize),
    /// A file without a template; why, is said.
    Unusable,
    Refused(Diagnostic),
    Nothing,
}

impl Search<'_, '_> {
    /// Finds all stacks, as far as it is known which inputs are nested; finds out more of these on the way.
    fn explore(&mut self, said: &mut Vec<Diagnostic>, of_files: &mut Vec<Diagnostic>) -> Vec<Stack> {
        let mut stacks = self.roots();
        let roots = stacks.len();
        let mut missing = Vec::new();
        let mut explored = 0;
        while explored < stacks.len() {
            let wishes = self.wishes(&stacks, explored);
            explored = stacks.len();
            for wish in wishes {
                let (root, depth) = (stacks[wish.stack].root, stacks[wish.stack].depth + 1);
                if self.nested.contains(&stacks[root].document) {
                    continue;
                }
                let document = match self.find(&wish, stacks[wish.stack].document, of_files) {
                    Outcome::Document(document) => document,
                    Outcome::Unusable => continue,
                    Outcome::Refused(diagnostic) => {
                        say(said, diagnostic.at(origin(&wish)));
                        continue;
                    }
                    Outcome::Nothing => {
                        missing.push(wish);
                        continue;
                    }
                };
                if is_within(document, wish.stack, &stacks) {
                    say(said, recursive(&wish));
                } else if depth > limits::NESTING || stacks.len() - roots >= limits::NESTED_STACKS {
                    say(said, too_many(&wish));
                } else if stacks.iter().any(|stack| stack.document == document && stack.parent.is_none()) {
                    self.nested.insert(document);
                } else {
                    let name = format!("{}/{}", stacks[wish.stack].name, wish.id);
                    let parent = Some(Parent { stack: wish.stack, id: wish.id });
                    stacks.push(Stack { document, name, parent, root, depth });
                }
            }
        }
        said.extend(not_found(missing, self.loader.is_some()));
        stacks
    }

    /// The given templates that no other one nests.
    fn roots(&self) -> Vec<Stack> {
        let inputs = self.documents.all.iter().enumerate().filter(|(index, document)| {
            document.format == Format::CloudFormation
                && self.sources.source(document.file).is_input()
                && !self.nested.contains(index)
        });
        let stack = |(root, (document, input)): (usize, (usize, &Document))| Stack {
            document,
            name: input.name.clone(),
            parent: None,
            root,
            depth: 0,
        };
        inputs.enumerate().map(stack).collect()
    }

    /// What the stacks from `explored` on nest.
    fn wishes(&self, stacks: &[Stack], explored: usize) -> Vec<Wish> {
        let may_nest = |stack: &Stack| {
            let document = self.documents.all.get(stack.document);
            document.is_some_and(|document| cloudformation::may_nest(format::body(&document.node)))
        };
        if !stacks.iter().skip(explored).any(may_nest) {
            return Vec::new();
        }
        let templates = templates(stacks, &self.documents.all, self.options);
        cloudformation::wishes(&templates, explored, self.sources, self.options)
    }

    fn find(&mut self, wish: &Wish, document: usize, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
        let file = self.documents.all[document].file;
        for location in &wish.locations {
            let key = (file, location.clone());
            let outcome = match self.found.get(&key) {
                Some(outcome) => outcome.clone(),
                None => self.look_for(location, file, diagnostics),
            };
            self.found.insert(key, outcome.clone());
            if !matches!(outcome, Outcome::Nothing) {
                return outcome;
            }
        }
        Outcome::Nothing
    }

    fn look_for(&mut self, location: &str, parent: FileId, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
        let loaded = match &mut self.loader {
            Some(loader) => loader.load(self.sources, parent, location),
            None => Ok(None),
        };
        match loaded {
            Ok(Some(file)) => self.document_of(file, diagnostics),
            Ok(None) => match self.input_called(base_name(location)) {
                Some(document) => Outcome::Document(document),
                None => Outcome::Nothing,
            },
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    fn document_of(&mut self, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
        let is_read = |documents: &Documents| documents.all.iter().any(|document| document.file == file);
        if !self.sources.source(file).is_input() && !is_read(self.documents) {
            self.documents.add_nested(file, self.sources, diagnostics);
        }
        self.documents.template_in(file).map_or(Outcome::Unusable, Outcome::Document)
    }

    /// The template among the inputs whose file is called so, if there is only one.
    fn input_called(&self, name: &str) -> Option<usize> {
        let is_called = |document: &&Document| base_name(&self.sources.source(document.file).name) == name;
        let is_input = |document: &&Document| self.sources.source(document.file).is_input();
        let mut called = self.documents.all.iter().filter(is_input).filter(is_called);
        let file = called.next().filter(|_| !name.is_empty())?.file;
        called.all(|other| other.file == file).then(|| self.documents.template_in(file))?
    }
}

/// `vpc.yaml` of `https://bucket.s3.amazonaws.com/templates/vpc.yaml?versionId=1`; nothing of a URL without a path.
pub fn base_name(location: &str) -> &str {
    let path = match location.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => location,
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Whether a stack, or one that it is nested in, is made from this document.
fn is_within(document: usize, stack: usize, stacks: &[Stack]) -> bool {
    let mut around = stacks.get(stack);
    while let Some(stack) = around {
        if stack.document == document {
            return true;
        }
        around = stack.parent.as_ref().and_then(|parent| stacks.get(parent.stack));
    }
    false
}

/// Messages of one kind that are told one by one.
const TOLD: usize = 20;

fn say(said: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    if said.iter().filter(|other| other.code == diagnostic.code).count() < TOLD {
        said.push(diagnostic);
    }
}

fn origin(wish: &Wish) -> Origin {
    Origin::new(wish.id.as_str(), wish.place)
}

fn recursive(wish: &Wish) -> Diagnostic {
    let message =
        format!("nested stack `{}` is made from a template that nests it, so that it would have no end", wish.id);
    Diagnostic::warning("recursive-stack", message).at(origin(wish)).hint("name another template; it is left out")
}

fn too_many(wish: &Wish) -> Diagnostic {
    let message = format!(
        "nested stack `{}` is one of more than {}, or more than {} levels deep",
        wish.id,
        limits::NESTED_STACKS,
        limits::NESTING
    );
    Diagnostic::warning("too-many-stacks", message).at(origin(wish)).hint("what it makes is left out")
}

/// One message for each template that nests others which are not there.
fn not_found(missing: Vec<Wish>, is_sought: bool) -> Vec<Diagnostic> {
    const SHOWN: usize = 3;
    let mut diagnostics = Vec::new();
    for wishes in missing.chunk_by(|a, b| a.stack == b.stack) {
        let Some(first) = wishes.first() else { continue };
        let name = |wish: &Wish| match wish.locations.last().map(|location| base_name(location)) {
            Some(name) if !name.is_empty() && !name.contains('<') => format!("`{name}` of `{}`", wish.id),
            Some(_) => format!("that of `{}`, whose file is known only at deployment", wish.id),
            None => format!("that of `{}`, which names no file", wish.id),
        };
        let mut names: Vec<String> = wishes.iter().take(SHOWN).map(name).collect();
        if wishes.len() > SHOWN {
            names.push("..".to_string());
        }
        let (subject, verb) = match wishes.len() {
            1 => ("the template of a nested stack is".to_string(), "it makes"),
            n => (format!("the templates of {n} nested stacks are"), "they make"),
        };
        let (what, names) = (if is_sought { "not found" } else { "not given" }, names.join("; "));
        let message = format!("{subject} {what}, and what {verb} is not drawn: {names}");
        let diagnostic = match is_sought {
            true => Diagnostic::warning("nested-template", message),
            false => Diagnostic::note("nested-template", message),
        };
        let hint =
            "put it beside the template that nests it, under the name that its URL ends with, or give it as an input";
        diagnostics.push(diagnostic.at(origin(first)).hint(hint));
    }
    diagnostics
}
