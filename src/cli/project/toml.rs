//! TOML → figures. A key of a figure is an option of the command line by the same name, or says what is shown otherwise.
//!
//! Options become the words that the command line would have, so that there is one definition of what each may be.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::Listed;
use crate::cli::Figure;
use crate::cli::figure::{self, Output};
use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::presentation::{ACTORS, Overrides, Selector};
use crate::spelling::nearest;
use crate::write::Format;

/// Keys of a figure that are no options.
const OWN: [&str; 8] = ["inputs", "outputs", "rename", "hide", "group", "note", "vpc-order", "actors"];

/// The figures that the text lists: all, or none where anything is wrong with it, which is among the diagnostics.
pub fn figures(text: &str, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Vec<Listed> {
    let mut reader = Reader { file, faults: Vec::new() };
    let figures = match DeTable::parse(text) {
        Ok(table) => reader.figures(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            reader.fault(Diagnostic::error("toml-syntax", error.message()), span);
            Vec::new()
        }
    };
    let is_sound = reader.faults.is_empty();
    diagnostics.append(&mut reader.faults);
    if is_sound { figures } else { Vec::new() }
}

struct Reader {
    file: FileId,
    faults: Vec<Diagnostic>,
}

type Key<'t> = Spanned<Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::new("", Place { file: self.file, span: Span { start: span.start as u32, end: span.end as u32 } })
    }

    fn fault(&mut self, fault: Diagnostic, span: Range<usize>) {
        let origin = self.origin(span);
        self.faults.push(fault.at(origin));
    }

    /// Something else stands here than what is expected.
    fn wrong(&mut self, expected: &str, value: &Value) {
        self.fault(Diagnostic::error("wrong-type", format!("expected here is {expected}")), value.span());
    }

    fn unknown(&mut self, key: &Key, known: &[&str]) {
        let fault = Diagnostic::error("unknown-key", format!("there is no key `{}`", key.get_ref()));
        let fault = match nearest(key.get_ref(), known.iter().copied()) {
            Some(meant) => fault.hint(format!("did you mean `{meant}`?")),
            None => fault.hint(format!("the keys are {}", known.join(", "))),
        };
        self.fault(fault, key.span());
    }

    fn figures(&mut self, table: &DeTable) -> Vec<Listed> {
        let mut figures = Vec::new();
        for (key, value) in table {
            match (&**key.get_ref(), value.get_ref()) {
                ("figure", DeValue::Array(list)) => figures.extend(list.iter().filter_map(|value| self.figure(value))),
                ("figure", _) => self.wrong("a list of tables, each begun with [[figure]]", value),
                _ => self.unknown(key, &["figure"]),
            }
        }
        if table.is_empty() {
            let fault = Diagnostic::error("figure-arguments", "no figure is listed");
            self.fault(fault.hint("begin one with [[figure]]"), 0..0);
        }
        figures
    }

    fn figure(&mut self, value: &Value) -> Option<Listed> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("a table, begun with [[figure]]", value);
            return None;
        };
        let (mut words, mut inputs, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
        let mut overrides = Overrides::default();
        let options = figure::options();
        for (key, value) in table {
            match &**key.get_ref() {
                "inputs" => inputs = self.texts(value),
                "outputs" => outputs = self.outputs(value),
                "rename" => overrides.rename = self.named(value),
                "note" => overrides.note = self.named(value),
                "hide" => overrides.hide = self.selectors(value),
                "vpc-order" => overrides.vpc_order = self.selectors(value),
                "group" => overrides.group = self.groups(value),
                "actors" => overrides.actors = self.actors(value),
                name if options.iter().any(|option| option == name) => words.extend(self.option(name, value)),
                _ => self.unknown(key, &OWN.into_iter().chain(options.iter().map(String::as_str)).collect::<Vec<_>>()),
            }
        }
        for (files, name) in [(inputs.len(), "inputs"), (outputs.len(), "outputs")] {
            if files == 0 {
                self.fault(Diagnostic::error("figure-arguments", format!("a figure has no `{name}`")), value.span());
            }
        }
        // An input may begin with a hyphen.
        words.push("--".to_string());
        words.extend(inputs);
        let figure = figure::parsed(words).map_err(|fault| self.fault(fault, value.span())).ok()?;
        Some(Listed { figure: Figure { overrides, ..figure }, outputs, origin: self.origin(value.span()) })
    }

    /// The words of an option; a value that it does not take is a fault at its place.
    fn option(&mut self, name: &str, value: &Value) -> Vec<String> {
        let word = |value: String| format!("--{name}={value}");
        let words: Vec<String> = match value.get_ref() {
            DeValue::Boolean(true) => vec![format!("--{name}")],
            DeValue::Boolean(false) => Vec::new(),
            DeValue::Array(list) => list.iter().filter_map(|value| self.scalar(value)).map(word).collect(),
            DeValue::Table(table) => {
                let pair = |(key, value): (&Key, &Value)| Some(format!("{}={}", key.get_ref(), self.scalar(value)?));
                table.iter().filter_map(pair).map(word).collect()
            }
            _ => self.scalar(value).map(word).into_iter().collect(),
        };
        let alone = words.iter().cloned().chain(["--".to_string(), "input".to_string()]).collect();
        match figure::parsed(alone) {
            Ok(_) => words,
            Err(fault) => {
                self.fault(fault, value.span());
                Vec::new()
            }
        }
    }

    fn scalar(&mut self, value: &Value) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().to_string()),
            DeValue::Float(number) => Some(number.as_str().to_string()),
            DeValue::Boolean(truth) => Some(truth.to_string()),
            DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong("a text or a number", value);
                None
            }
        }
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_string);
        if text.is_none() {
            self.wrong("a text in quotes", value);
        }
        text
    }

    fn list<'v, 't>(&mut self, value: &'v Value<'t>) -> &'v [Value<'t>] {
        match value.get_ref() {
            DeValue::Array(list) => list,
            _ => {
                self.wrong("a list: [\"...\", \"...\"]", value);
                &[]
            }
        }
    }

    /// The entries of a table, with where their keys stand.
    fn entries<'v, 't>(&mut self, value: &'v Value<'t>) -> Vec<(Selector, &'v Value<'t>)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong("a table: { \"name\" = ... }", value);
            return Vec::new();
        };
        let selector = |key: &Key| Selector { name: key.get_ref().to_string(), origin: self.origin(key.span()) };
        table.iter().map(|(key, value)| (selector(key), value)).collect()
    }

    fn texts(&mut self, value: &Value) -> Vec<String> {
        self.list(value).iter().filter_map(|value| self.text(value)).collect()
    }

    fn selectors(&mut self, value: &Value) -> Vec<Selector> {
        let list = self.list(value).iter();
        list.filter_map(|value| Some(Selector { name: self.text(value)?, origin: self.origin(value.span()) })).collect()
    }

    fn named(&mut self, value: &Value) -> Vec<(Selector, String)> {
        let entries = self.entries(value).into_iter();
        entries.filter_map(|(selector, value)| Some((selector, self.text(value)?))).collect()
    }

    fn groups(&mut self, value: &Value) -> Vec<(String, Vec<Selector>)> {
        let entries = self.entries(value).into_iter();
        entries.map(|(selector, value)| (selector.name, self.selectors(value))).collect()
    }

    fn actors(&mut self, value: &Value) -> BTreeMap<String, String> {
        let named = self.named(value);
        if let DeValue::Table(table) = value.get_ref() {
            let unknown = table.keys().filter(|key| !ACTORS.contains(&&**key.get_ref()));
            unknown.for_each(|key| self.unknown(key, &ACTORS));
        }
        named.into_iter().map(|(selector, name)| (selector.name, name)).collect()
    }

    fn outputs(&mut self, value: &Value) -> Vec<Output> {
        let mut outputs = Vec::new();
        for value in self.list(value) {
            let Some(path) = self.text(value).map(PathBuf::from) else { continue };
            match Format::from_path(&path) {
                Some(format) => outputs.push(Output { path, format, theme: None }),
                None => {
                    let fault = Diagnostic::error("figure-picture", format!("{}: no format ends so", path.display()));
                    self.fault(fault.hint(".svg, .png, .drawio, .drawio.svg, .drawio.png or .json"), value.span());
                }
            }
        }
        outputs
    }
}
