//! A line of a source as it may be shown: with stars for what is secret, and with nothing in it that steers a terminal.

use std::ops::Range;

use crate::diag::{Role, Source};
use crate::{secrets, visible};

pub struct Cited {
    pub text: String,
    /// Bytes of `text` that are pointed at.
    pub span: Range<usize>,
}

/// The bytes `shown` of a source, of which `span` is pointed at.
pub fn cited(source: &Source, shown: Range<usize>, span: Range<usize>) -> Cited {
    let starred = starred(source, shown.clone());
    let (start, end) = (span.start - shown.start, span.end - shown.start);
    let [before, at, behind] =
        [0..start, start..end, end..starred.len()].map(|part| visible(starred.get(part).unwrap_or_default()));
    Cited { span: before.len()..before.len() + at.len(), text: [before, at, behind].concat() }
}

/// Tabs stay: they are drawn as spaces.
fn visible(part: &str) -> String {
    part.split('\t').map(visible::line).collect::<Vec<_>>().join("\t")
}

/// As long as the source's own in bytes.
fn starred(source: &Source, shown: Range<usize>) -> String {
    let text = source.text.get(shown.clone()).unwrap_or_default();
    let hidden: Vec<Range<usize>> = match (&source.hidden, source.role) {
        (Some(hidden), _) => {
            let ranges = hidden.iter().map(|span| span.start as usize..span.end as usize);
            let within = ranges.filter(|range| range.start < shown.end && range.end > shown.start);
            within
                .map(|range| range.start.max(shown.start) - shown.start..range.end.min(shown.end) - shown.start)
                .collect()
        }
        // Which parameters are secret, only the templates say.
        (None, Role::Parameters) => vec![value(text)],
        // A text that was not understood: where its secrets are is not known, only whether it speaks of any.
        (None, _) if secrets::are_mentioned(&source.text) => vec![value(text)],
        (None, _) => Vec::new(),
    };
    secrets::starred(text, hidden)
}

/// What stands behind a line's first key; all of a line without one.
fn value(line: &str) -> Range<usize> {
    let start = line.find([':', '=']).map_or(line.len() - line.trim_start().len(), |at| at + 1);
    start..line.len()
}
