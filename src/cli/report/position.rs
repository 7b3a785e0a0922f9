//! A place in lines and columns.

use serde::Serialize;

use crate::diag::{FileId, Place, Sources};

/// All of them from 1; columns count characters, and `end_column` is that of the first character behind.
#[derive(Clone, Copy, Serialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

/// The lines and characters of all sources, counted once: a large input has many places, all in one line at times.
pub struct Positions<'s> {
    sources: &'s Sources,
    counted: Vec<Counted<'s>>,
}

struct Counted<'s> {
    text: &'s str,
    /// The bytes at which lines begin.
    lines: Vec<usize>,
    /// How many characters begin before every [`STEP`]-th byte.
    characters: Vec<usize>,
}

/// Bytes that are read again for every column.
const STEP: usize = 4096;

impl<'s> Positions<'s> {
    pub fn of(sources: &'s Sources) -> Positions<'s> {
        Positions { sources, counted: sources.iter().map(|(_, source)| Counted::of(&source.text)).collect() }
    }

    pub fn file(&self, file: FileId) -> &'s str {
        &self.sources.source(file).name
    }

    pub fn position(&self, place: Place) -> Position {
        let counted = &self.counted[usize::from(place.file.0)];
        let (line, column) = counted.line_column(place.span.start as usize);
        let (end_line, end_column) = counted.line_column(place.span.end.max(place.span.start) as usize);
        Position { line, column, end_line, end_column }
    }
}

impl<'s> Counted<'s> {
    fn of(text: &'s str) -> Counted<'s> {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let mut characters = vec![0];
        for piece in bytes.chunks(STEP) {
            characters.push(characters.last().copied().unwrap_or_default() + begun(piece));
        }
        Counted { text, lines: std::iter::once(0).chain(ends).collect(), characters }
    }

    /// Both from 1.
    fn line_column(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = self.lines.get(line - 1).copied().unwrap_or_default();
        (line, self.characters_before(at) - self.characters_before(begin) + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let steps = at / STEP;
        self.characters[steps] + begun(&self.text.as_bytes()[steps * STEP..at])
    }
}

/// How many characters begin in a piece of UTF-8.
fn begun(piece: &[u8]) -> usize {
    piece.iter().filter(|byte| !matches!(**byte, 0x80..=0xBF)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    #[test]
    fn places_are_where_a_count_from_the_start_finds_them() {
        let text = format!("a: 한글\n{}: 값\n- end", "가나x".repeat(3000));
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text.as_str());
        let positions = Positions::of(&sources);
        for (at, _) in text.char_indices().step_by(97).chain([(text.len(), ' ')]) {
            let place = Place { file, span: Span { start: at as u32, end: at as u32 } };
            let position = positions.position(place);
            assert_eq!((position.line, position.column), sources.line_column(place), "byte {at}");
        }
    }
}
