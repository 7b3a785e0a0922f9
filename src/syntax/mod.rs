//! Bytes → [`node::Node`].
//!
//! [`decode`] makes text of bytes, [`parse`] makes a tree of text. YAML and JSON go through one parser, so
//! that every value of either knows its place; a text that is meant as JSON is held to JSON's rules first.
//! After this no encodings, anchors, merge keys or duplicate keys are left, and the tree's depth and size
//! are within [`crate::limits`].

mod compose;
mod encoding;
mod json;
pub mod node;
mod trouble;

#[cfg(test)]
mod tests;

pub use encoding::decode;

use crate::diag::{Diagnostic, FileId};
use node::Node;

/// The documents of a file, in order. Empty documents are left out, so that a file of comments has none.
///
/// Fails with the one error that stopped the parser; warnings (duplicate keys) go to `diagnostics`.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Node>, Diagnostic> {
    let not_json = match json::is_meant(text).then(|| json::check(text)) {
        None => None,
        Some(Ok(())) => return compose::json(file, text, 0, diagnostics),
        Some(Err(error)) => Some(error),
    };
    if let Some(values) = not_json.as_ref().and_then(|_| json::stream(text)) {
        return values.into_iter().try_fold(Vec::new(), |mut nodes, value| {
            let start = value.start;
            let part = text.get(value).unwrap_or_default();
            nodes.append(&mut compose::json(file, part, start, diagnostics)?);
            Ok(nodes)
        });
    }
    let mut warnings = Vec::new();
    let composed = compose::documents(file, text, &mut warnings);
    if let Some(error) = not_json
        && !(composed.is_yaml_flow && composed.documents.is_ok())
    {
        return Err(json::trouble(file, text, &error));
    }
    diagnostics.append(&mut warnings);
    composed.documents
}
