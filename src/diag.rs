//! What went wrong or is worth knowing, with the place in the input that shows it.
//!
//! A diagnostic's `code` is a kebab-case slug with a heading in docs/diagnostics.md. Nothing here prints:
//! `cli` renders diagnostics for a terminal.

use std::sync::Arc;

/// One input, in the order in which the inputs were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// Bytes `start..end` of an input's decoded text (UTF-8, without a byte-order mark).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A piece of an input's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    pub file: FileId,
    pub span: Span,
}

/// Where a fact comes from: the place, and the name by which the user knows it
/// (a logical id, a path in a ClusterConfig).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub name: Arc<str>,
    pub place: Place,
}

impl Origin {
    pub fn new(name: impl Into<Arc<str>>, place: Place) -> Origin {
        Origin { name: name.into(), place }
    }
}

/// A value that the input gives, or the name under which it will be known only when it is deployed
/// (a parameter without a default, an import, a lookup): shown as `<name>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known<T> {
    Yes(T),
    Later(String),
}

impl<T> Known<T> {
    pub fn yes(&self) -> Option<&T> {
        match self {
            Known::Yes(value) => Some(value),
            Known::Later(_) => None,
        }
    }
}

impl<T: std::fmt::Display> std::fmt::Display for Known<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Known::Yes(value) => value.fmt(f),
            Known::Later(name) => write!(f, "<{name}>"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    /// Where it shows.
    pub origin: Option<Origin>,
    /// Other places that explain it, each with what it says ("first defined here").
    pub related: Vec<(String, Origin)>,
    pub hints: Vec<String>,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message.into())
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, message.into())
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Note, message.into())
    }

    fn new(code: &'static str, severity: Severity, message: String) -> Diagnostic {
        Diagnostic { code, severity, message, origin: None, related: Vec::new(), hints: Vec::new() }
    }

    #[must_use]
    pub fn at(mut self, origin: Origin) -> Diagnostic {
        self.origin = Some(origin);
        self
    }

    #[must_use]
    pub fn related(mut self, what: impl Into<String>, origin: Origin) -> Diagnostic {
        self.related.push((what.into(), origin));
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// A file's name as the user gave it, and its decoded text.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: String,
    pub role: Role,
}

impl Source {
    pub fn is_input(&self) -> bool {
        match self.role {
            Role::Named | Role::Found => true,
            Role::Beside => false,
        }
    }
}

/// How a file came into the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Given to be drawn.
    Named,
    /// Found in a folder that was given to be drawn, where other files may lie as well.
    Found,
    /// What an input names, or what the user says of the inputs.
    Beside,
}

/// The files of a run; a [`FileId`] is an index into them.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds an input.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(Source { name: name.into(), text: text.into(), role: Role::Named })
    }

    /// Adds a file of a folder that is an input.
    pub fn add_found(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(Source { name: name.into(), text: text.into(), role: Role::Found })
    }

    /// Adds a file that is no input: a nested stack's template, a file of parameters.
    pub fn add_beside(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(Source { name: name.into(), text: text.into(), role: Role::Beside })
    }

    /// Makes what is here no input of what is read next.
    pub fn set_aside(&mut self) {
        self.0.iter_mut().for_each(|source| source.role = Role::Beside);
    }

    fn push(&mut self, source: Source) -> FileId {
        self.0.push(source);
        FileId((self.0.len() - 1) as u16)
    }

    /// The same files under other names.
    #[must_use]
    pub fn renamed(&self, name: impl Fn(&str) -> String) -> Sources {
        Sources(self.0.iter().map(|source| Source { name: name(&source.name), ..source.clone() }).collect())
    }

    pub fn source(&self, file: FileId) -> &Source {
        &self.0[file.0 as usize]
    }

    pub fn inputs(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.iter().filter(|(_, source)| source.is_input())
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.0.iter().enumerate().map(|(i, source)| (FileId(i as u16), source))
    }

    /// Line and column of a place's start, both from 1; the column counts characters.
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let text = &self.source(place.file).text;
        let start = (place.span.start as usize).min(text.len());
        let before = &text.as_bytes()[..start];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        (line, column)
    }
}
