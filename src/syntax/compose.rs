//! Events of the YAML parser → trees: aliases and merge keys are expanded, later keys win.
//!
//! Works on a stack of its own, so that no nesting can exhaust the program's; what aliases may multiply is
//! counted before it is copied.

mod json;
mod texts;

use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use super::node::{Entry, Node, Value};
use super::trouble;
use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::hashing::HashMap;
use crate::limits;
use crate::name_map::NameMap;
use texts::Texts;

/// Duplicate keys that are told one by one; the rest are counted. Stops: a million repetitions of a key
/// that become a million messages.
const DUPLICATES_TOLD: usize = 50;

pub struct Composed {
    pub documents: Result<Vec<Node>, Diagnostic>,
    /// Holds what JSON has not and people write in YAML only: a plain key, a short tag.
    pub is_yaml_flow: bool,
}

/// The documents of a text.
pub fn documents(file: FileId, text: &str, warnings: &mut Vec<Diagnostic>) -> Composed {
    let mut composer = Composer::of(file, text, 0, warnings);
    let outcome = composer.run();
    composer.tell_uncounted_duplicates();
    let is_yaml_flow = composer.is_yaml_flow;
    Composed { documents: outcome.map(|()| composer.documents), is_yaml_flow }
}

/// The documents of a text that is JSON without fault, and begins at byte `start` of the file's.
pub fn json(file: FileId, text: &str, start: usize, warnings: &mut Vec<Diagnostic>) -> Result<Vec<Node>, Diagnostic> {
    let mut composer = Composer::of(file, text, start, warnings);
    let outcome = composer.run_json();
    composer.tell_uncounted_duplicates();
    outcome.map(|()| composer.documents)
}

impl<'a> Composer<'a> {
    fn of(file: FileId, text: &'a str, start: usize, warnings: &'a mut Vec<Diagnostic>) -> Composer<'a> {
        Composer {
            file,
            text,
            base: start,
            warnings,
            stack: Vec::new(),
            anchors: HashMap::default(),
            texts: Texts::default(),
            tags: HashMap::default(),
            documents: Vec::new(),
            nodes: 0,
            copied: 0,
            duplicates: 0,
            is_yaml_flow: false,
        }
    }
}

struct Composer<'a> {
    file: FileId,
    text: &'a str,
    /// The byte of the file at which the text begins.
    base: usize,
    warnings: &'a mut Vec<Diagnostic>,
    /// The open lists and maps, outermost first.
    stack: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    texts: Texts,
    /// The tags so far.
    tags: HashMap<String, Arc<String>>,
    documents: Vec<Node>,
    /// Made so far, copies among them.
    nodes: usize,
    /// Copied so far, to aliases or to be ready for them.
    copied: usize,
    duplicates: usize,
    is_yaml_flow: bool,
}

struct Open {
    content: Content,
    tag: Option<Arc<String>>,
    start: usize,
    /// Where the last child ends; of a list or map in block style the end of the whole.
    end: usize,
    anchor: usize,
    /// [`Composer::nodes`] when this was opened.
    nodes_before: usize,
    /// Levels of nesting below this one.
    height: usize,
}

enum Content {
    List(Vec<Node>),
    Map { entries: NameMap<Entry>, merged: Vec<Node>, key: Option<Key> },
}

/// A key whose value is still to come.
enum Key {
    Text(Arc<str>, Place),
    /// `<<`
    Merge,
    /// A list or a map: the entry is dropped.
    Odd,
}

/// A node that an alias may repeat.
struct Anchored {
    node: Node,
    nodes: usize,
    height: usize,
}

impl Composer<'_> {
    fn run(&mut self) -> Result<(), Diagnostic> {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: limits::DEPTH,
            block_nesting_limit: limits::DEPTH,
            simple_key_max_lookahead: 1 << 16,
        };
        for next in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = next.map_err(|error| trouble::diagnostic(self.file, self.text, &error))?;
            let start = span.tag_start.unwrap_or(span.start).byte_offset().unwrap_or_default();
            let end = span.end.byte_offset().unwrap_or_default();
            self.take(event, start, end)?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), start, end)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(Content::List(Vec::new()), anchor, tag.as_deref(), start, end)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                let content = Content::Map { entries: NameMap::new(), merged: Vec::new(), key: None };
                self.open(content, anchor, tag.as_deref(), start, end)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end)?,
            Event::Alias(anchor) => {
                self.is_yaml_flow = true;
                self.repeat(anchor, start, end)?;
            }
            Event::DocumentStart(..) => self.anchors.clear(),
            // Comments and anchor names are not asked for; the stream's ends say nothing.
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        start: usize,
        end: usize,
    ) -> Result<(), Diagnostic> {
        self.spend(1, start)?;
        let forced_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str") || tag.suffix().is_empty());
        let plain = style == ScalarStyle::Plain && !forced_text;
        let value = match text {
            "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
            _ => Value::Scalar(self.texts.shared(text)),
        };
        // A block scalar reaches to the next line with content: point at what is written only.
        let written = self.text.get(start..end).unwrap_or_default().trim_end().len();
        let node = Node { value, tag: self.short(tag), place: self.at(start, start + written) };
        self.keep(anchor, &node, 1, 0)?;
        self.place(node, plain, 0);
        Ok(())
    }

    /// The name of a local tag; YAML's own types (`!!str`) say nothing that matters here.
    fn short(&mut self, tag: Option<&Tag>) -> Option<Arc<String>> {
        let name = tag.filter(|tag| tag.handle() == "!" && !tag.suffix().is_empty())?.suffix();
        self.is_yaml_flow = true;
        if let Some(known) = self.tags.get(name) {
            return Some(known.clone());
        }
        let shared = Arc::new(name.to_string());
        self.tags.insert(name.to_string(), shared.clone());
        Some(shared)
    }

    fn open(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        start: usize,
        end: usize,
    ) -> Result<(), Diagnostic> {
        if self.stack.len() >= limits::DEPTH {
            return Err(trouble::too_deep(self.at(start, end)));
        }
        let nodes_before = self.nodes;
        self.spend(1, start)?;
        let tag = self.short(tag);
        self.stack.push(Open { content, tag, start, end, anchor, nodes_before, height: 0 });
        Ok(())
    }

    fn close(&mut self, start: usize, end: usize) -> Result<(), Diagnostic> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        // The end of a block is where the next thing begins, far behind its last child.
        let end = if end > start { end } else { open.end };
        let value = match open.content {
            Content::List(items) => Value::List(items.into()),
            Content::Map { entries, merged, .. } => Value::Map(merge(entries, merged)),
        };
        let node = Node { value, tag: open.tag, place: self.at(open.start, end) };
        self.keep(open.anchor, &node, self.nodes - open.nodes_before, open.height + 1)?;
        self.place(node, false, open.height + 1);
        Ok(())
    }

    /// Copies an anchored node to its alias.
    fn repeat(&mut self, anchor: usize, start: usize, end: usize) -> Result<(), Diagnostic> {
        let place = self.at(start, end);
        let Some(anchored) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside the value that it repeats";
            return Err(Diagnostic::error("yaml-syntax", message).at(Origin::new("", place)));
        };
        let (nodes, height) = (anchored.nodes, anchored.height);
        if self.stack.len() + height > limits::DEPTH {
            return Err(trouble::too_deep(place));
        }
        self.copy(nodes, start)?;
        let node = self.anchors.get(&anchor).map(|anchored| anchored.node.clone());
        if let Some(node) = node {
            self.place(node, false, height);
        }
        Ok(())
    }

    fn keep(&mut self, anchor: usize, node: &Node, nodes: usize, height: usize) -> Result<(), Diagnostic> {
        if anchor == 0 {
            return Ok(());
        }
        self.copy(nodes, (node.place.span.start as usize).saturating_sub(self.base))?;
        self.anchors.insert(anchor, Anchored { node: node.clone(), nodes, height });
        Ok(())
    }

    fn spend(&mut self, nodes: usize, start: usize) -> Result<(), Diagnostic> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > limits::NODES { Err(trouble::too_many_nodes(self.at(start, start))) } else { Ok(()) }
    }

    fn copy(&mut self, nodes: usize, start: usize) -> Result<(), Diagnostic> {
        self.copied = self.copied.saturating_add(nodes);
        if self.copied > limits::COPIED_NODES {
            return Err(trouble::too_many_copies(self.at(start, start)));
        }
        self.spend(nodes, start)
    }

    /// Puts a finished node where it belongs: into the innermost open list or map, or among the documents.
    /// A plain scalar, one without quotes, may be a key that means something.
    fn place(&mut self, node: Node, plain: bool, height: usize) {
        let Some(parent) = self.stack.last_mut() else {
            if !node.is_null() {
                self.documents.push(node);
            }
            return;
        };
        parent.height = parent.height.max(height);
        parent.end = parent.end.max((node.place.span.end as usize).saturating_sub(self.base));
        let duplicate = match &mut parent.content {
            Content::List(items) => {
                items.push(node);
                None
            }
            Content::Map { key: None, .. } => return self.begin_entry(node, plain),
            Content::Map { key, entries, merged } => match key.take() {
                Some(Key::Text(text, place)) => insert(entries, text, Entry::new(place.span, node)),
                Some(Key::Merge) => {
                    merged.push(node);
                    None
                }
                Some(Key::Odd) | None => None,
            },
        };
        if let Some(duplicate) = duplicate {
            self.tell_duplicate(&duplicate);
        }
    }

    fn begin_entry(&mut self, node: Node, plain: bool) {
        let new = self.key(node, plain);
        if let Some(Open { content: Content::Map { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(new);
        }
    }

    fn key(&mut self, node: Node, plain: bool) -> Key {
        let place = node.place;
        match node.value {
            Value::Scalar(text) if plain && &*text == "<<" => Key::Merge,
            Value::Scalar(text) => {
                self.is_yaml_flow |= plain && is_word(&text);
                Key::Text(text, place)
            }
            Value::Null => Key::Text(self.source(place).into(), place),
            Value::List(_) | Value::Map(_) => {
                let warning = trouble::odd_key(place, self.source(place));
                self.warnings.push(warning);
                Key::Odd
            }
        }
    }

    fn tell_duplicate(&mut self, Duplicate { key, place, first }: &Duplicate) {
        self.duplicates += 1;
        if self.duplicates > DUPLICATES_TOLD {
            return;
        }
        self.warnings.push(
            Diagnostic::warning("duplicate-key", format!("`{key}` is defined twice; the last one counts"))
                .at(Origin::new(key.clone(), *place))
                .related("first defined here", Origin::new(key.clone(), *first))
                .hint("remove or rename one of them"),
        );
    }

    fn tell_uncounted_duplicates(&mut self) {
        if let Some(more) = self.duplicates.checked_sub(DUPLICATES_TOLD).filter(|more| *more > 0) {
            let message = format!("{more} more keys are defined twice; of each, the last one counts");
            self.warnings.push(Diagnostic::warning("duplicate-key", message));
        }
    }

    fn at(&self, start: usize, end: usize) -> Place {
        let span = Span { start: (self.base + start) as u32, end: (self.base + end.max(start)) as u32 };
        Place { file: self.file, span }
    }

    fn source(&self, place: Place) -> &str {
        let within = |byte: u32| (byte as usize).saturating_sub(self.base);
        self.text.get(within(place.span.start)..within(place.span.end)).unwrap_or_default()
    }
}

struct Duplicate {
    key: Arc<str>,
    place: Place,
    first: Place,
}

/// Sets a key; says so if it was set before.
fn insert(entries: &mut NameMap<Entry>, key: Arc<str>, entry: Entry) -> Option<Duplicate> {
    let place = entry.key();
    let before = entries.insert(key.clone(), entry)?;
    let first = before.key();
    if let Some(entry) = entries.get_mut(&key) {
        entry.supersede(before);
    }
    Some(Duplicate { key, place, first })
}

/// Adds what `<<` names: the map's own keys win over it, earlier maps over later ones.
/// Source: "Merge Key Language-Independent Type for YAML 1.1".
fn merge(mut entries: NameMap<Entry>, merged: Vec<Node>) -> NameMap<Entry> {
    let sources = merged.into_iter().flat_map(|node| match node.value {
        Value::List(items) => items.into_vec(),
        _ => vec![node],
    });
    for source in sources {
        if let Value::Map(map) = source.value {
            for (key, entry) in map {
                if !entries.contains_key(&key) {
                    entries.insert(key, entry);
                }
            }
        }
    }
    entries.shrink_to_fit();
    entries
}

/// A key that nobody would write in broken JSON: `Resources`, `Fn::Join`, not `// comment`.
fn is_word(key: &str) -> bool {
    key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/'))
}
