//! Functions that make and take apart texts: `Sub`, `Join`, `Split`, `ToJsonString`.

use super::call::{Argument, Function};
use super::evaluate::{Evaluator, too_much};
use super::loops;
use super::value::{Piece, Term, Value};
use crate::diag::{Diagnostic, Place, Span};
use crate::hashing::HashMap;
use crate::name_map::NameMap;
use crate::syntax::node::Node;

impl<'a> Evaluator<'a> {
    pub fn substitute(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let (template, variables) = match argument.items() {
            Some([template, variables, ..]) => (template.as_text(), Some(variables)),
            Some([template]) => (template.as_text(), None),
            Some([]) => (None, None),
            None => (argument.node.as_text(), None),
        };
        let Some(template) = template else {
            return match self.argument(argument) {
                // A function in place of the text, such as `Fn::Transform`.
                Some(value) if matches!(value.term, Term::Text(_) | Term::Later(_) | Term::Mixed(_)) => value.term,
                _ => self.malformed(Function::Sub, "a text, or a text and a map of variables", place),
            };
        };
        let template = &*loops::fill_in(template, &self.context.bindings);
        let mut own: HashMap<&str, Term> = HashMap::default();
        for (name, entry) in variables.and_then(Node::as_map).into_iter().flat_map(NameMap::iter) {
            own.insert(name, self.term(&entry.node));
        }
        let mut pieces = Vec::new();
        for part in parts(template) {
            match part {
                Part::Text(text) => pieces.push(Piece::Text(text.to_string())),
                Part::Variable(name) => match own.get(name) {
                    Some(term) => pieces.extend(flat(term.clone())),
                    None => {
                        let term = self.variable(name, place);
                        pieces.extend(flat(term));
                    }
                },
            }
        }
        self.assembled(pieces, place)
    }

    /// `${Name}` or `${Name.Attribute}`.
    fn variable(&mut self, name: &str, place: Place) -> Term {
        let place = self.place_of(&format!("${{{name}}}"), place);
        match name.trim().split_once('.') {
            Some((id, attribute)) => self.attribute_of(id, attribute, place),
            None => self.named(name.trim(), place).unwrap_or(Term::Null),
        }
    }

    /// Where `written` stands within `place`; `place` itself where it is not found as written.
    fn place_of(&self, written: &str, place: Place) -> Place {
        let span = place.span;
        let source = self.sources.source(place.file).text.get(span.start as usize..span.end as usize);
        match source.and_then(|source| source.find(written)) {
            Some(at) => {
                let start = span.start + at as u32;
                Place { span: Span { start, end: start + written.len() as u32 }, ..place }
            }
            None => place,
        }
    }

    pub fn join(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let Some([delimiter, list]) = argument.items() else {
            return self.malformed(Function::Join, "a delimiter and a list", place);
        };
        let Some(delimiter) = self.term(delimiter).into_pieces() else {
            return self.malformed(Function::Join, "a text as its delimiter", place);
        };
        let written = [list];
        match self.term(list) {
            Term::List(items) => {
                let mut pieces = Vec::new();
                for (i, item) in items.into_iter().enumerate() {
                    if i > 0 {
                        pieces.extend(delimiter.iter().cloned());
                    }
                    pieces.extend(flat(item.term));
                }
                self.assembled(pieces, place)
            }
            Term::Map(_) => self.malformed_value(Function::Join, "a delimiter and a list", &written, place),
            Term::Text(text) => {
                let message = "`Join` takes a delimiter and a list, and this is a text";
                let diagnostic = Diagnostic::warning("malformed-function", message);
                let diagnostic = self.cite(diagnostic.hint("it is taken for a list of this one item"), &written);
                self.warn(diagnostic, place);
                Term::Text(text)
            }
            // A list that is known only at deployment.
            unknown => unknown,
        }
    }

    /// Unknown parts stay whole: that the delimiter is within one of them is not assumed.
    pub fn split(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let Some([delimiter, source]) = argument.items() else {
            return self.malformed(Function::Split, "a delimiter and a text", place);
        };
        let delimiter = self.term(delimiter);
        let delimiter = delimiter.exact().unwrap_or_default().to_string();
        let source = self.term(source);
        match source {
            Term::Later(_) | Term::Reference { .. } => return source,
            _ => {}
        }
        let Some(pieces) = source.into_pieces().filter(|_| !delimiter.is_empty()) else {
            return self.malformed(Function::Split, "a delimiter and a text", place);
        };
        let segments = segments(pieces, &delimiter);
        if !self.spend(segments.len() * Term::Null.weight(), place) {
            return too_much();
        }
        Term::List(segments.into_iter().map(|pieces| Value { term: Term::from_pieces(pieces), place }).collect())
    }

    pub fn json_string(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let term = self.argument(argument).map_or(Term::Null, |value| value.term);
        let mut pieces = Vec::new();
        write_json(term, &mut pieces);
        self.assembled(pieces, place)
    }
}

enum Part<'t> {
    Text(&'t str),
    Variable(&'t str),
}

/// Cuts a `Sub` text at its variables; `${!Name}` stands for `${Name}` itself.
fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        parts.push(Part::Text(before));
        let Some((name, behind)) = after.split_once('}') else {
            parts.push(Part::Text("${"));
            rest = after;
            continue;
        };
        match name.strip_prefix('!') {
            Some(literal) => parts.extend([Part::Text("${"), Part::Text(literal), Part::Text("}")]),
            None => parts.push(Part::Variable(name)),
        }
        rest = behind;
    }
    parts.push(Part::Text(rest));
    parts
}

/// The names that a `Sub` text asks for.
pub fn variables(template: &str) -> impl Iterator<Item = &str> {
    parts(template).into_iter().filter_map(|part| match part {
        Part::Variable(name) => Some(name.trim()),
        Part::Text(_) => None,
    })
}

/// Cuts pieces at a delimiter that stands in their known parts.
pub fn segments(pieces: Vec<Piece>, delimiter: &str) -> Vec<Vec<Piece>> {
    let mut segments: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let Piece::Text(text) = piece else {
            segments.last_mut().into_iter().for_each(|segment| segment.push(piece.clone()));
            continue;
        };
        for (i, part) in text.split(delimiter).enumerate() {
            if i > 0 {
                segments.push(Vec::new());
            }
            segments.last_mut().into_iter().for_each(|segment| segment.push(Piece::Text(part.to_string())));
        }
    }
    segments
}

/// The pieces of a value in a text; a list's items are parted by commas.
pub fn flat(term: Term) -> Vec<Piece> {
    match term {
        Term::List(items) => {
            let mut pieces = Vec::new();
            for (i, item) in items.into_iter().enumerate() {
                if i > 0 {
                    pieces.push(Piece::Text(",".to_string()));
                }
                pieces.extend(flat(item.term));
            }
            pieces
        }
        term => term.into_pieces().unwrap_or_default(),
    }
}

fn write_json(term: Term, pieces: &mut Vec<Piece>) {
    let text = |text: &str| Piece::Text(text.to_string());
    match term {
        Term::Null => pieces.push(text("null")),
        Term::List(items) => {
            pieces.push(text("["));
            for (i, item) in items.into_iter().enumerate() {
                if i > 0 {
                    pieces.push(text(","));
                }
                write_json(item.term, pieces);
            }
            pieces.push(text("]"));
        }
        Term::Map(map) => {
            pieces.push(text("{"));
            for (i, (key, value)) in map.into_iter().enumerate() {
                let comma = if i > 0 { "," } else { "" };
                pieces.push(Piece::Text(format!("{comma}{}:", serde_json::Value::from(&*key))));
                write_json(value.term, pieces);
            }
            pieces.push(text("}"));
        }
        scalar => {
            pieces.push(text("\""));
            for piece in scalar.into_pieces().unwrap_or_default() {
                pieces.push(match piece {
                    Piece::Text(known) => {
                        let quoted = serde_json::Value::from(known).to_string();
                        text(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default())
                    }
                    unknown => unknown,
                });
            }
            pieces.push(text("\""));
        }
    }
}
