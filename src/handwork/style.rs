//! Lists of names with values, of which each side may have changed some.

use crate::mxfile::Attributes;

/// `ours`, but with each name that `theirs` changed since `base` as it is in `theirs`.
///
/// In the order of `ours`; what only `theirs` has stands last.
pub fn merged(base: &Attributes, theirs: &Attributes, ours: &Attributes) -> Attributes {
    let of = |list: &Attributes, name: &str| list.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let is_changed = |name: &str| of(base, name) != of(theirs, name);
    let names = ours.iter().chain(theirs.iter().filter(|(name, _)| of(ours, name).is_none()));
    let value = |name: &str| if is_changed(name) { of(theirs, name) } else { of(ours, name) };
    names.filter_map(|(name, _)| Some((name.clone(), value(name)?))).collect()
}

/// The parts of a style: `rounded=1;html=1;text;`. A part without a value is the name of a style.
pub fn parts(style: &str) -> Attributes {
    let parts = style.split(';').filter(|part| !part.is_empty());
    // Of a name that stands twice the last value counts.
    let mut list = Attributes::new();
    for part in parts {
        let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
        let value = value.map_or_else(String::new, |value| format!("={value}"));
        match list.iter_mut().find(|(key, _)| key == name) {
            Some(known) => known.1 = value,
            None => list.push((name.to_string(), value)),
        }
    }
    list
}

pub fn joined(parts: &Attributes) -> String {
    parts.iter().map(|(name, value)| format!("{name}{value};")).collect()
}

/// The style with this part.
pub fn with(style: &str, name: &str, value: &str) -> String {
    let mut parts = parts(style);
    parts.retain(|(key, _)| key != name);
    parts.push((name.to_string(), format!("={value}")));
    joined(&parts)
}

pub fn value<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style.split(';').rev().find_map(|part| part.split_once('=').filter(|(key, _)| *key == name)).map(|(_, value)| value)
}
