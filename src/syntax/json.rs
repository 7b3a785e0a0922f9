//! Holds a text that is meant as JSON to JSON's rules, which the YAML parser would not: YAML takes
//! trailing commas, for one, and AWS does not.

use std::ops::Range;

use serde::de::IgnoredAny;

use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::limits::STREAM;

/// A text that begins with a brace or a bracket. It may still be YAML in flow style; only what begins with
/// a placeholder of a template engine (`{{`, `{%`) is not meant as JSON for sure.
pub fn is_meant(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '[']) && !text.starts_with("{{") && !text.starts_with("{%")
}

pub fn check(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(|_| ())
}

/// The places of several values that stand one behind the other, as a paginated or concatenated output has them;
/// `None` for a text that is not made of such.
pub fn stream(text: &str) -> Option<Vec<Range<usize>>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut places = Vec::new();
    let mut start = 0;
    while let Some(value) = values.next() {
        value.ok().filter(|_| places.len() < STREAM)?;
        places.push(start..values.byte_offset());
        start = values.byte_offset();
    }
    (places.len() > 1).then_some(places)
}

/// The error of [`check`], with its place and what to do.
pub fn trouble(file: FileId, text: &str, error: &serde_json::Error) -> Diagnostic {
    let offset = offset(text, error.line(), error.column());
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full);
    let found = text.get(offset..).and_then(|rest| rest.chars().next());
    if let Some(comma) = trailing_comma(text, offset, found) {
        return diagnostic(file, (comma, comma + 1), "a comma stands before the closing bracket")
            .hint("remove the comma: JSON takes none after the last item");
    }
    let is_comment = ["//", "/*", "#"].iter().any(|mark| text.get(offset..).is_some_and(|rest| rest.starts_with(mark)));
    let message = if is_comment { "a comment stands here" } else { message };
    let end = offset + found.map_or(0, char::len_utf8);
    let diagnostic = diagnostic(file, (offset, end), message);
    match hint(text, offset, found) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

fn diagnostic(file: FileId, (start, end): (usize, usize), message: &str) -> Diagnostic {
    let span = Span { start: start as u32, end: end as u32 };
    Diagnostic::error("json-syntax", format!("this is not JSON: {message}")).at(Origin::new("", Place { file, span }))
}

/// The byte at serde_json's line (from 1) and column (in bytes, from 1; 0 before a line's first byte).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn trailing_comma(text: &str, offset: usize, found: Option<char>) -> Option<usize> {
    let before = text.get(..offset)?.trim_end();
    (matches!(found, Some('}' | ']')) && before.ends_with(',')).then(|| before.len() - 1)
}

fn hint(text: &str, offset: usize, found: Option<char>) -> Option<&'static str> {
    let rest = text.get(offset..).unwrap_or_default();
    match found {
        None => Some("a bracket or a quote is still open at the end: is the file complete?"),
        Some('/') if rest.starts_with("//") || rest.starts_with("/*") => Some("remove the comment: JSON has none"),
        Some('#') => Some("remove the comment: JSON has none"),
        Some('\'') => Some("use double quotes: JSON has no single ones"),
        Some('"' | '{' | '[') => Some("is a comma or a colon missing before this?"),
        Some('\n' | '\r' | '\t') => {
            Some("write a line break or a tab in a string as `\\n` or `\\t`; or close the quote")
        }
        Some(_) if ["True", "False", "None"].iter().any(|word| rest.starts_with(word)) => {
            Some("this is how Python prints it: write it out with `json.dumps`")
        }
        Some(_) => None,
    }
}
