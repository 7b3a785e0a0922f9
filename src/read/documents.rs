//! The documents of the files: what each is, and what its stack is called.

use std::collections::BTreeMap;

use super::format::{self, Format};
use super::secrets;
use crate::diag::{Diagnostic, FileId, Role, Severity, Sources, Span};
use crate::hashing::HashSet;
use crate::syntax;
use crate::syntax::node::Node;

/// A document that can be read.
pub struct Document {
    pub file: FileId,
    /// The name of its stack, which no other has; of an answer of the AWS CLI, the stem of its file.
    pub name: String,
    pub format: Format,
    pub node: Node,
}

/// All documents of a run, in the order of the files.
pub struct Documents {
    pub(super) all: Vec<Document>,
    names: HashSet<String>,
    /// Documents that cannot be read: what in them is secret is still never shown.
    unreadable: Vec<(FileId, Node)>,
}

/// What to say of a file without a document that can be read.
#[derive(Clone, Copy)]
enum Importance {
    /// The user gave it to be drawn.
    Error,
    /// It lies in a folder that the user gave to be drawn.
    Found,
    /// A template nests it.
    Warning,
}

impl Documents {
    pub fn of_inputs(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Documents {
        let mut documents = Documents { all: Vec::new(), names: HashSet::default(), unreadable: Vec::new() };
        for (file, source) in sources.inputs() {
            let importance = match source.role {
                Role::Found => Importance::Found,
                Role::Named | Role::Beside | Role::Parameters => Importance::Error,
            };
            documents.add(file, sources, importance, diagnostics);
        }
        documents
    }

    /// Adds what a file holds that a template nests.
    pub fn add_nested(&mut self, file: FileId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        self.add(file, sources, Importance::Warning, diagnostics);
    }

    fn add(&mut self, file: FileId, sources: &Sources, importance: Importance, diagnostics: &mut Vec<Diagnostic>) {
        let said = diagnostics.len();
        let source = sources.source(file);
        match syntax::parse(file, &source.text, diagnostics) {
            Ok(nodes) if nodes.is_empty() => diagnostics.push(format::nothing(file)),
            Ok(nodes) => self.add_nodes(file, &source.name, nodes, importance, diagnostics),
            Err(error) => diagnostics.push(error),
        }
        match importance {
            Importance::Error => {}
            Importance::Found | Importance::Warning => {
                for diagnostic in diagnostics.iter_mut().skip(said) {
                    diagnostic.severity = diagnostic.severity.min(Severity::Warning);
                }
            }
        }
    }

    fn add_nodes(
        &mut self,
        file: FileId,
        source: &str,
        nodes: Vec<Node>,
        importance: Importance,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut unreadable = Vec::new();
        let mut readable = 0;
        for node in nodes {
            match format::of(&node) {
                Ok(format) => {
                    readable += 1;
                    let name = match format {
                        // Answers make no stack of their own.
                        Format::Account => stem(source),
                        Format::CloudFormation | Format::ClusterConfig => unique(&stem(source), &mut self.names),
                    };
                    self.all.push(Document { file, name, format, node });
                }
                Err(trouble) => {
                    unreadable.push(trouble);
                    self.unreadable.push((file, node));
                }
            }
        }
        // Beside a document that can be read, another kind of document is no reason to draw nothing.
        diagnostics.extend(unreadable.into_iter().map(|trouble| match (importance, readable) {
            (Importance::Found, _) => trouble.into_note(),
            (Importance::Error | Importance::Warning, 0) => trouble.into_error(),
            (Importance::Error | Importance::Warning, _) => trouble.into_warning(),
        }));
    }

    /// What of each file is never shown, in the order of its text.
    pub fn secrets(&self) -> BTreeMap<FileId, Vec<Span>> {
        let readable = self.all.iter().map(|document| (document.file, &document.node));
        let mut spans: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
        for (file, node) in readable.chain(self.unreadable.iter().map(|(file, node)| (*file, node))) {
            spans.entry(file).or_default().extend(secrets::spans(file, node));
        }
        spans.values_mut().for_each(|spans| spans.sort());
        spans
    }

    /// The template of a file: the first, if it holds several.
    pub fn template_in(&self, file: FileId) -> Option<usize> {
        self.all.iter().position(|document| document.file == file && document.format == Format::CloudFormation)
    }
}

/// `vpc` of `network/vpc.yaml`.
fn stem(name: &str) -> String {
    if name == "-" {
        return "stdin".to_string();
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_string(),
        _ => file.to_string(),
    }
}

fn unique(stem: &str, taken: &mut HashSet<String>) -> String {
    let mut name = stem.to_string();
    let mut n = 1;
    while !taken.insert(name.clone()) {
        n += 1;
        name = format!("{stem}~{n}");
    }
    name
}
