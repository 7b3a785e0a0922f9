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
    /// What of the text is never shown, in the order of the text; `None` where nobody knows.
    pub hidden: Option<Vec<Span>>,
}

impl Source {
    pub fn is_input(&self) -> bool {
        match self.role {
            Role::Named | Role::Found => true,
            Role::Beside | Role::Parameters => false,
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
    /// What an input names.
    Beside,
    /// Values that the user gives to the inputs' parameters.
    Parameters,
}

/// The files of a run; a [`FileId`] is an index into them.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds an input.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(name.into(), text.into(), Role::Named)
    }

    /// Adds a file of a folder that is an input.
    pub fn add_found(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(name.into(), text.into(), Role::Found)
    }

    /// Adds a file that is no input: a nested stack's template.
    pub fn add_beside(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(name.into(), text.into(), Role::Beside)
    }

    /// Adds a file of parameters.
    pub fn add_parameters(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(name.into(), text.into(), Role::Parameters)
    }

    fn push(&mut self, name: String, text: String, role: Role) -> FileId {
        self.0.push(Source { name, text, role, hidden: None });
        FileId((self.0.len() - 1) as u16)
    }

    /// Makes what is here no input of what is read next.
    pub fn set_aside(&mut self) {
        self.0.iter_mut().filter(|source| source.is_input()).for_each(|source| source.role = Role::Beside);
    }

    /// Says what of a file is never shown.
    pub fn hide(&mut self, file: FileId, hidden: Vec<Span>) {
        if let Some(source) = self.0.get_mut(usize::from(file.0)) {
            source.hidden = Some(hidden);
        }
    }

    /// Writes names and texts anew, from the `first` file on. Places in them are those of before no more.
    pub fn rewrite(&mut self, first: usize, anew: impl Fn(&str) -> String) {
        for source in self.0.iter_mut().skip(first) {
            (source.name, source.text, source.hidden) = (anew(&source.name), anew(&source.text), None);
        }
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
