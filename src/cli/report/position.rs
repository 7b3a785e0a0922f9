//! A place in lines and columns.

use serde::Serialize;

use crate::diag::{Place, Sources, Span};

/// All of them from 1; columns count characters, and `end_column` is that of the first character behind.
#[derive(Clone, Copy, Serialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Position {
    pub fn of(place: Place, sources: &Sources) -> Position {
        let (line, column) = sources.line_column(place);
        let end = place.span.end.max(place.span.start);
        let (end_line, end_column) = sources.line_column(Place { span: Span { start: end, end }, ..place });
        Position { line, column, end_line, end_column }
    }
}
