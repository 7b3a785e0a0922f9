//! Links from a thing to the line of the input that makes it.

use std::fmt::Write;

use crate::diag::Sources;
use crate::scene::Item;
use crate::write::Options;

pub struct Links<'a> {
    sources: &'a Sources,
    base: Option<&'a str>,
}

impl<'a> Links<'a> {
    pub fn of(sources: &'a Sources, options: &'a Options) -> Links<'a> {
        Links { sources, base: options.link_base.as_deref() }
    }

    pub const fn none(sources: &'a Sources) -> Links<'a> {
        Links { sources, base: None }
    }

    /// Where an item's line is shown. Nothing where its file has no place below the base: standard input, a path from
    /// the root or out of the folder.
    pub fn to(&self, item: &Item) -> Option<String> {
        let (base, origin) = (self.base?, item.origin.as_ref()?);
        let (_, source) = self.sources.iter().find(|(file, _)| *file == origin.place.file)?;
        let path = below(&source.name)?;
        let (line, _) = self.sources.line_column(origin.place);
        Some(format!("{}/{path}#L{line}", base.trim_end_matches('/')))
    }
}

/// A relative path as part of an address.
fn below(name: &str) -> Option<String> {
    let is_outside = name == "-" || name.starts_with(['/', '<']) || name.contains([':', '\\']);
    if is_outside || name.split('/').any(|part| part == "..") {
        return None;
    }
    let parts = name.split('/').filter(|part| !part.is_empty() && *part != ".").map(escaped);
    Some(parts.collect::<Vec<_>>().join("/"))
}

fn escaped(part: &str) -> String {
    let mut out = String::new();
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_below_the_base_has_an_address_and_one_outside_has_none() {
        assert_eq!(below("./stacks/my net.yaml").as_deref(), Some("stacks/my%20net.yaml"));
        for outside in ["-", "<stdin>", "/etc/x.yaml", "../x.yaml", "a/../../x.yaml", "C:\\x.yaml"] {
            assert_eq!(below(outside), None, "{outside}");
        }
    }
}
