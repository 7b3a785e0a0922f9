//! The resources of a run with their properties as they were evaluated, and why a value is not known yet.

use super::places::Places;
use super::{add_line, quoted};
use crate::diag::{Place, Sources};
use crate::hashing::HashMap;
use crate::inventory::{Inventory, Property, Resource, Unknown, Value};

/// Every resource, in the order of the input: its address, its type, its properties. References are `-> address`, what
/// is known only at deployment is in angle brackets, with the reason behind it.
pub fn inventory(inventory: &Inventory, sources: &Sources) -> String {
    let mut page = Page { text: String::new(), places: Places::of(sources), unknown: HashMap::default() };
    for unknown in &inventory.unknown {
        page.unknown.entry(&unknown.name).or_default().push(unknown);
    }
    let (resources, stacks) = (inventory.resources.len(), inventory.stacks.len());
    page.line(0, &format!("{} in {}", counted(resources, "resource"), counted(stacks, "stack")), None);
    for stack in &inventory.stacks {
        let said = |what: &str, known: &Option<crate::diag::Known<String>>| {
            known.as_ref().map(|known| format!(", {what} {known}")).unwrap_or_default()
        };
        let place = said("region", &stack.region) + &said("account", &stack.account);
        page.line(0, &format!("stack {}{place}", quoted(&stack.name)), None);
    }
    for resource in inventory.resources.values() {
        page.resource(resource);
    }
    page.text
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

struct Page<'a> {
    text: String,
    places: Places<'a>,
    /// By name; of several stacks, as many.
    unknown: HashMap<&'a str, Vec<&'a Unknown>>,
}

impl Page<'_> {
    fn line(&mut self, depth: usize, text: &str, comment: Option<String>) {
        let comment = comment.map(|comment| format!("  # {comment}")).unwrap_or_default();
        add_line(&mut self.text, depth, &format!("{text}{comment}"));
    }

    fn resource(&mut self, resource: &Resource) {
        let existing = if resource.existing { ", only named" } else { "" };
        let name = match resource.address.rsplit('/').next() == Some(&resource.name) {
            true => String::new(),
            false => format!(" {}", quoted(&resource.name)),
        };
        let text = format!("{}: {}{name}{existing}", scalar(&resource.address), scalar(&resource.type_name));
        self.line(0, "", None);
        self.line(0, &text, Some(self.places.shown(resource.origin.place)));
        if let Value::Map(map) = &resource.properties.value {
            for (key, property) in map.iter() {
                self.property(1, &format!("{}:", scalar(key)), property, resource);
            }
        }
    }

    /// A property behind its key or its dash; as deep as the input nests, which has a limit.
    fn property(&mut self, depth: usize, before: &str, property: &Property, owner: &Resource) {
        match &property.value {
            Value::List(items) if !items.is_empty() => {
                self.line(depth, before, None);
                for item in items {
                    self.property(depth + 1, "-", item, owner);
                }
            }
            Value::Map(map) if !map.is_empty() => {
                self.line(depth, before, None);
                for (key, value) in map.iter() {
                    self.property(depth + 1, &format!("{}:", scalar(key)), value, owner);
                }
            }
            value => {
                let (shown, symbols) = leaf(value);
                let comment = (!symbols.is_empty()).then(|| self.reason(&symbols, property.place, owner));
                self.line(depth, &format!("{before} {shown}"), comment);
            }
        }
    }

    /// Where a value is used, and why its symbols are not known.
    fn reason(&self, symbols: &[&str], place: Place, owner: &Resource) -> String {
        let mut reasons: Vec<String> = symbols.iter().map(|symbol| self.why(symbol, owner)).collect();
        reasons.dedup();
        format!("{}: {}", self.places.shown(place), reasons.join("; "))
    }

    fn why(&self, symbol: &str, owner: &Resource) -> String {
        let base = symbol.split('[').next().unwrap_or(symbol);
        let said = self.unknown.get(symbol).or_else(|| self.unknown.get(base));
        let nearest = said.and_then(|said| {
            said.iter().max_by_key(|unknown| {
                let is_around = owner.address.strip_prefix(&*unknown.stack).is_some_and(|rest| rest.starts_with('/'));
                if is_around { unknown.stack.len() } else { 0 }
            })
        });
        match nearest {
            Some(unknown) => format!("{} ({})", unknown.why, self.places.shown(unknown.place)),
            None if symbol == "AWS::Region" => "not in the input; --region says it".to_string(),
            None if symbol == "AWS::AccountId" => "not in the input; --account says it".to_string(),
            None if symbol.starts_with("AZ ") => "which zones the account sees is not in the input".to_string(),
            None if symbol.contains(':') && !symbol.contains("::") => "looked up at deployment".to_string(),
            None => "known only at deployment".to_string(),
        }
    }
}

/// A value without parts as it is written here, and the names in it that are not known.
fn leaf(value: &Value) -> (String, Vec<&str>) {
    match value {
        Value::Null => ("null".to_string(), Vec::new()),
        Value::Text(text) => (scalar(text), Vec::new()),
        Value::Later(name) => (format!("<{name}>"), vec![name.as_str()]),
        Value::Mixed(text) => (scalar_with_symbols(text), symbols(text)),
        Value::Hidden(_) => ("(hidden)".to_string(), Vec::new()),
        Value::Reference { to, attribute: None } => (format!("-> {to}"), Vec::new()),
        Value::Reference { to, attribute: Some(attribute) } => (format!("-> {to}.{attribute}"), Vec::new()),
        Value::List(_) => ("[]".to_string(), Vec::new()),
        Value::Map(_) => ("{}".to_string(), Vec::new()),
    }
}

/// The text as it is, if it cannot be taken for anything else; in quotes otherwise.
fn scalar(text: &str) -> String {
    match text.starts_with('<') {
        true => quoted(text),
        false => scalar_with_symbols(text),
    }
}

fn scalar_with_symbols(text: &str) -> String {
    let is_plain = !text.is_empty()
        && !text.starts_with([' ', '"', '[', '{', '-', '#'])
        && !text.ends_with(' ')
        && !text.contains("  #")
        && !text.chars().any(char::is_control)
        && text != "null";
    if is_plain { text.to_string() } else { quoted(text) }
}

/// The names in angle brackets.
fn symbols(text: &str) -> Vec<&str> {
    text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name).collect()
}
