//! TOML → figures. A key of a figure is an option of the command line by the same name, or says what is shown otherwise.
//!
//! Options become the words that the command line would have, so that there is one definition of what each may be.

use std::path::PathBuf;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::Listed;
use crate::cli::figure::{self, Output};
use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::presentation::{ACTORS, Overrides, Selector};
use crate::spelling::nearest;
use crate::write::Format;

/// Keys of a figure that are no options.
const OWN: [&str; 8] = ["inputs", "outputs", "rename", "hide", "group", "note", "vpc-order", "actors"];

/// The figures that the text lists; what is wrong with it is among the diagnostics.
pub fn figures(text: &str, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Vec<Listed> {
    let mut reader = Reader { file, faults: Vec::new() };
    let figures = match DeTable::parse(text) {
        Ok(table) => reader.figures(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            let fault = Diagnostic::error("toml-syntax", error.message()).at(reader.origin(span));
            reader.faults.push(fault);
            Vec::new()
        }
    };
    // A file that is half understood makes nothing.
    let is_sound = reader.faults.is_empty();
    diagnostics.append(&mut reader.faults);
    if is_sound { figures } else { Vec::new() }
}

struct Reader {
    file: FileId,
    faults: Vec<Diagnostic>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn origin(&self, span: std::ops::Range<usize>) -> Origin {
        Origin::new("", Place { file: self.file, span: Span { start: span.start as u32, end: span.end as u32 } })
    }

    fn fault(&mut self, code: &'static str, message: String, span: std::ops::Range<usize>, hint: &str) {
        let origin = self.origin(span);
        let fault = Diagnostic::error(code, message).at(origin);
        self.faults.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let hint = match nearest(key.get_ref(), known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.fault("unknown-key", format!("there is no key `{}`", key.get_ref()), key.span(), &hint);
    }

    fn figures(&mut self, table: &DeTable) -> Vec<Listed> {
        let mut figures = Vec::new();
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("figure", DeValue::Array(list)) => figures.extend(list.iter().filter_map(|value| self.figure(value))),
                ("figure", _) => self.fault("wrong-type", "`figure` is a list".into(), value.span(), "[[figure]]"),
                _ => self.unknown(key, &["figure"]),
            }
        }
        if figures.is_empty() && self.faults.is_empty() {
            self.fault("figure-arguments", "no figure is listed".into(), 0..0, "begin one with [[figure]]");
        }
        figures
    }

    fn figure(&mut self, value: &Value) -> Option<Listed> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault("wrong-type", "a figure is a table".into(), value.span(), "[[figure]]");
            return None;
        };
        let (mut words, mut inputs, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
        let mut overrides = Overrides::default();
        let options = figure::options();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "inputs" => inputs = self.texts(value),
                "outputs" => outputs = self.outputs(value),
                "rename" => overrides.rename = self.named(value),
                "note" => overrides.note = self.named(value),
                "hide" => overrides.hide = self.selectors(value),
                "vpc-order" => overrides.vpc_order = self.selectors(value),
                "group" => overrides.group = self.groups(value),
                "actors" => overrides.actors = self.actors(value),
                name if options.iter().any(|option| option == name) => words.extend(self.option(name, value)),
                _ => {
                    let known: Vec<&str> = OWN.into_iter().chain(options.iter().map(String::as_str)).collect();
                    self.unknown(key, &known);
                }
            }
        }
        for (list, name) in [(inputs.is_empty(), "inputs"), (outputs.is_empty(), "outputs")] {
            if list && self.faults.is_empty() {
                self.fault(
                    "figure-arguments",
                    format!("a figure has no `{name}`"),
                    value.span(),
                    "it is a list of files",
                );
            }
        }
        // An input may begin with a hyphen.
        words.push("--".to_string());
        words.extend(inputs);
        match figure::parsed(words) {
            Ok(figure) => Some(Listed {
                figure: crate::cli::Figure { overrides, ..figure },
                outputs,
                origin: self.origin(value.span()),
            }),
            Err(fault) => {
                let origin = self.origin(value.span());
                self.faults.push(fault.at(origin));
                None
            }
        }
    }

    /// The words of an option; a value that it does not take is a fault at its place.
    fn option(&mut self, name: &str, value: &Value) -> Vec<String> {
        let word = |value: String| format!("--{name}={value}");
        let words = match value.get_ref() {
            DeValue::Boolean(true) => vec![format!("--{name}")],
            DeValue::Boolean(false) => Vec::new(),
            DeValue::Array(list) => list.iter().filter_map(|value| self.scalar(value)).map(word).collect(),
            DeValue::Table(table) => table
                .iter()
                .filter_map(|(key, value)| Some(word(format!("{}={}", key.get_ref(), self.scalar(value)?))))
                .collect(),
            _ => self.scalar(value).map(word).into_iter().collect(),
        };
        let alone = words.iter().cloned().chain(["--".to_string(), "input".to_string()]).collect();
        if let Err(fault) = figure::parsed(alone) {
            let origin = self.origin(value.span());
            self.faults.push(fault.at(origin));
            return Vec::new();
        }
        words
    }

    fn scalar(&mut self, value: &Value) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().to_string()),
            DeValue::Float(number) => Some(number.as_str().to_string()),
            DeValue::Boolean(truth) => Some(truth.to_string()),
            DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.fault("wrong-type", "a text or a number is expected".into(), value.span(), "");
                None
            }
        }
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.fault("wrong-type", "a text in quotes is expected".into(), value.span(), "");
                None
            }
        }
    }

    fn list<'v, 't>(&mut self, value: &'v Value<'t>) -> &'v [Value<'t>] {
        match value.get_ref() {
            DeValue::Array(list) => list,
            _ => {
                self.fault("wrong-type", "a list is expected".into(), value.span(), "[\"...\", \"...\"]");
                &[]
            }
        }
    }

    fn texts(&mut self, value: &Value) -> Vec<String> {
        self.list(value).iter().filter_map(|value| self.text(value)).collect()
    }

    fn selectors(&mut self, value: &Value) -> Vec<Selector> {
        let selector = |value: &Value| Some(Selector { name: self.text(value)?, origin: self.origin(value.span()) });
        match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(selector).collect(),
            _ => {
                self.list(value);
                Vec::new()
            }
        }
    }

    /// The entries of a table.
    fn entries<'v, 't>(&mut self, value: &'v Value<'t>) -> Vec<(Selector, &'v Value<'t>)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault("wrong-type", "a table is expected".into(), value.span(), "{ name = \"...\" }");
            return Vec::new();
        };
        let key = |key: &Spanned<std::borrow::Cow<'_, str>>| Selector {
            name: key.get_ref().to_string(),
            origin: self.origin(key.span()),
        };
        table.iter().map(|(name, value)| (key(name), value)).collect()
    }

    fn named(&mut self, value: &Value) -> Vec<(Selector, String)> {
        let entries = self.entries(value);
        entries.into_iter().filter_map(|(selector, value)| Some((selector, self.text(value)?))).collect()
    }

    fn groups(&mut self, value: &Value) -> Vec<(String, Vec<Selector>)> {
        let entries = self.entries(value);
        entries.into_iter().map(|(selector, value)| (selector.name, self.selectors(value))).collect()
    }

    fn actors(&mut self, value: &Value) -> std::collections::BTreeMap<String, String> {
        if let DeValue::Table(table) = value.get_ref() {
            for (key, _) in table.iter().filter(|(key, _)| !ACTORS.contains(&key.get_ref().as_ref())) {
                self.unknown(key, &ACTORS);
            }
        }
        self.named(value).into_iter().map(|(selector, name)| (selector.name, name)).collect()
    }

    fn outputs(&mut self, value: &Value) -> Vec<Output> {
        let mut outputs = Vec::new();
        for value in self.list(value) {
            let Some(path) = self.text(value).map(PathBuf::from) else { continue };
            match Format::from_path(&path) {
                Some(format) => outputs.push(Output { path, format, theme: None }),
                None => {
                    let hint = ".svg, .png, .drawio, .drawio.svg, .drawio.png or .json";
                    self.fault("figure-picture", format!("no format ends so: {}", path.display()), value.span(), hint);
                }
            }
        }
        outputs
    }
}
