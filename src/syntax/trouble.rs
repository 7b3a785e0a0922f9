//! What the YAML parser says, as a diagnostic that says what to do.
//!
//! The parser names the rule that broke, at the byte where it noticed. The usual causes are few, and the
//! text around that byte tells which one it is.

use granit_parser::{ErrorKind, ScanError};

use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::limits;

pub fn diagnostic(file: FileId, text: &str, error: &ScanError) -> Diagnostic {
    let mut offset = error.marker().byte_offset().unwrap_or_default().min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let spot = Spot { file, text, offset };
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(spot.place(offset, 1));
    }
    let diagnostic = match cause(error.kind(), &spot) {
        Some(diagnostic) => diagnostic,
        None => spot.error(error.info()),
    };
    match engine_hint(&spot) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

pub fn too_deep(place: Place) -> Diagnostic {
    let message = format!("lists and maps are nested more than {} levels deep", limits::DEPTH);
    Diagnostic::error("too-deep", message)
        .at(Origin::new("", place))
        .hint("CloudFormation itself takes far less: is this file damaged?")
}

pub fn too_many_nodes(place: Place) -> Diagnostic {
    let message = format!("the document has more than {} values", limits::NODES);
    Diagnostic::error("too-many-values", message)
        .at(Origin::new("", place))
        .hint("a CloudFormation template has at most 1 MB: is this the right file?")
}

pub fn too_many_copies(place: Place) -> Diagnostic {
    let message = format!("aliases repeat more than {} values", limits::COPIED_NODES);
    Diagnostic::error("too-many-values", message)
        .at(Origin::new("", place))
        .hint("aliases (`*name`) that repeat aliases multiply what they repeat")
}

pub fn odd_key(place: Place, source: &str) -> Diagnostic {
    let message = "a list or a map stands where a key should; it is left out";
    let diagnostic = Diagnostic::warning("key-not-text", message).at(Origin::new("", place));
    if source.starts_with('{') { diagnostic.hint(RENDER_FIRST) } else { diagnostic }
}

const RENDER_FIRST: &str =
    "`{{ .. }}` and `{% .. %}` are of a template engine (Helm, Jinja, Go): render the file first";

/// Where the parser stopped.
struct Spot<'a> {
    file: FileId,
    text: &'a str,
    offset: usize,
}

impl<'a> Spot<'a> {
    fn place(&self, start: usize, chars: usize) -> Place {
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let len: usize = line.chars().take(chars).map(char::len_utf8).sum();
        Place { file: self.file, span: Span { start: start as u32, end: (start + len) as u32 } }
    }

    fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error("yaml-syntax", message).at(Origin::new("", self.place(self.offset, 1)))
    }

    fn line_start(&self) -> usize {
        self.text.get(..self.offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// What stands on the line before the spot.
    fn before(&self) -> &'a str {
        self.text.get(self.line_start()..self.offset).unwrap_or_default()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn line(&self) -> &'a str {
        self.text.get(self.line_start()..).unwrap_or_default().lines().next().unwrap_or_default()
    }

    /// The last line above that is neither empty nor a comment, with its first byte.
    fn line_above(&self) -> Option<(usize, &'a str)> {
        let above = self.text.get(..self.line_start())?;
        let mut end = above.len();
        for line in above.split_inclusive('\n').rev() {
            end -= line.len();
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                return Some((end, line.trim_end()));
            }
        }
        None
    }
}

fn cause(kind: &ErrorKind, spot: &Spot) -> Option<Diagnostic> {
    if let Some(tab) = indent(spot.line()).find('\t') {
        let tab = Spot { offset: spot.line_start() + tab, ..*spot };
        return Some(tab.error("this line is indented with a tab").hint("indent with spaces: YAML takes no tabs"));
    }
    match kind {
        ErrorKind::UnclosedQuotedScalar => {
            Some(spot.error("this quote is never closed").hint("add the closing quote, or remove this one"))
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar => Some(after_quote(spot, '"')),
        ErrorKind::InvalidTrailingSingleQuotedScalar => Some(after_quote(spot, '\'')),
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => Some(star(spot)),
        ErrorKind::UnexpectedCharacter { character } => {
            Some(spot.error(format!("a value cannot begin with `{character}`")).hint("put the value in quotes"))
        }
        ErrorKind::MappingValueNotAllowed => Some(second_colon(spot)),
        ErrorKind::ExpectedBlockMappingKey if spot.rest().starts_with('!') => Some(
            spot.error("two short tags follow each other")
                .hint("write the outer one in its long form: `Fn::Base64: !Sub ..`"),
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed => Some(misaligned(spot)),
        ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnclosedFlowCollection { .. } => Some(
            spot.error("this does not fit into the brackets around it")
                .hint("is a comma, a `]` or a `}` missing before this?"),
        ),
        _ => None,
    }
}

fn indent(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Text behind a closing quote: as a rule the quote opened instead, because one above was never closed.
fn after_quote(spot: &Spot, quote: char) -> Diagnostic {
    let diagnostic = spot
        .error("text follows a closing quote")
        .hint("close the quote above; to have a quote in a quoted text, double it (') or write \\\" (\")");
    let above = spot.text.get(..spot.line_start()).unwrap_or_default();
    let mut start = above.len();
    for line in above.split_inclusive('\n').rev() {
        start -= line.len();
        if line.matches(quote).count() % 2 == 1 {
            let at = start + line.rfind(quote).unwrap_or_default();
            return diagnostic.related("this quote may be the one left open", Origin::new("", spot.place(at, 1)));
        }
    }
    diagnostic
}

fn star(spot: &Spot) -> Diagnostic {
    let name: String = spot.rest().chars().take_while(|c| !c.is_whitespace()).take(40).collect();
    spot.error(format!("`{name}` reads as an alias, and nothing is anchored under that name"))
        .hint("put the value in quotes if it is meant as text")
}

/// A colon where no key can be: a value with a colon in it, a line too deep, or a line above without a colon.
fn second_colon(spot: &Spot) -> Diagnostic {
    if spot.before().contains(": ") {
        return spot
            .error("a second `: ` stands on this line")
            .hint("put the value in quotes if the colon belongs to it");
    }
    let Some((start, above)) = spot.line_above() else { return spot.error("no key can stand here") };
    let origin = Origin::new("", spot.place(start + indent(above).len(), usize::MAX));
    if above.contains(':') {
        spot.error("this line is indented deeper than the line above, which already has a value")
            .related("the line above", origin)
            .hint(format!("indent it with {} spaces, like the line above", indent(above).len()))
    } else {
        spot.error("the line above has no colon").related("the line above", origin).hint("end the key with `:`")
    }
}

fn misaligned(spot: &Spot) -> Diagnostic {
    if !spot.before().trim().is_empty() {
        return spot.error("a key cannot begin here").hint("put the value before this in quotes, or break the line");
    }
    let diagnostic = spot.error("this line's indentation fits no line above it");
    let mut depths: Vec<usize> = Vec::new();
    let above = spot.text.get(..spot.line_start()).unwrap_or_default();
    for line in above.lines().rev().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let depth = indent(line).len();
        if depths.last().is_none_or(|last| depth < *last) {
            depths.push(depth);
        }
        if depth == 0 {
            break;
        }
    }
    let depths: Vec<String> = depths.iter().rev().map(usize::to_string).collect();
    diagnostic.hint(format!("indent it with one of {} spaces, as the keys above are", depths.join(", ")))
}

/// Brackets that are not YAML's: of a template engine anywhere, of a shell on the line of the error.
fn engine_hint(spot: &Spot) -> Option<&'static str> {
    let is_engine = |line: &str| line.trim_start().starts_with("{{") || line.trim_start().starts_with("{%");
    if spot.text.lines().any(is_engine) {
        return Some(RENDER_FIRST);
    }
    spot.line().contains("[${").then_some("`${..}` is of a shell: fill it in first, as with `envsubst`")
}
