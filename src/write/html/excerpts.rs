//! The lines of the inputs that things and messages come from.

use std::collections::BTreeMap;

use crate::diag::{FileId, Place, Sources};
use crate::visible;

/// Characters of a line that are shown. Stops: a template in one line, shown once for each thing in it.
const SHOWN: usize = 160;

/// A place of an input, to be shown.
pub struct Excerpt<'s> {
    pub file: &'s str,
    /// From 1.
    pub line: usize,
    /// What stands there, without its indentation.
    pub text: String,
}

/// The lines of all sources, found once.
pub struct Excerpts<'s> {
    files: BTreeMap<FileId, File<'s>>,
}

struct File<'s> {
    name: &'s str,
    text: &'s str,
    /// The bytes at which lines begin.
    lines: Vec<usize>,
}

impl<'s> Excerpts<'s> {
    pub fn of(sources: &'s Sources) -> Excerpts<'s> {
        let file = |(id, source): (FileId, &'s crate::diag::Source)| {
            let ends = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            let lines = std::iter::once(0).chain(ends).collect();
            (id, File { name: &source.name, text: &source.text, lines })
        };
        Excerpts { files: sources.iter().map(file).collect() }
    }

    /// `None` where the place is in no source.
    pub fn at(&self, place: Place) -> Option<Excerpt<'s>> {
        let file = self.files.get(&place.file)?;
        let line = file.lines.partition_point(|begin| *begin <= place.span.start as usize);
        let begin = file.lines.get(line.checked_sub(1)?).copied()?;
        let whole = file.text.get(begin..)?.lines().next().unwrap_or_default().trim();
        let shown: String = whole.chars().take(SHOWN).collect();
        let mut text = visible::line(&shown.replace('\t', " ")).into_owned();
        if shown.len() < whole.len() {
            text.push('…');
        }
        Some(Excerpt { file: file.name, line, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    #[test]
    fn a_place_is_shown_by_its_line_and_a_long_line_by_its_beginning() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", format!("한글:\n  Vpc: {}\n", "x".repeat(500)));
        let at = |start| Excerpts::of(&sources).at(Place { file, span: Span { start, end: start } }).expect("a line");
        assert_eq!((at(0).line, at(0).text), (1, "한글:".to_string()));
        assert_eq!((at(10).file, at(10).line), ("a.yaml", 2));
        assert_eq!(at(10).text.chars().count(), SHOWN + 1);
        assert!(at(10).text.starts_with("Vpc: x") && at(10).text.ends_with('…'));
    }
}
