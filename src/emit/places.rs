//! Where something stands: `vpc.yaml:12`.

use crate::diag::{Place, Sources};

/// The lines of all sources, counted once.
pub struct Places<'s> {
    sources: &'s Sources,
    /// The bytes at which each source's lines begin.
    lines: Vec<Vec<usize>>,
}

impl<'s> Places<'s> {
    pub fn of(sources: &'s Sources) -> Places<'s> {
        let begins = |text: &str| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        };
        Places { sources, lines: sources.iter().map(|(_, source)| begins(&source.text)).collect() }
    }

    /// The file's name and the line, from 1.
    pub fn shown(&self, place: Place) -> String {
        let file = usize::from(place.file.0);
        let line = self.lines.get(file).map_or(0, |lines| lines.partition_point(|at| *at <= place.span.start as usize));
        match self.sources.iter().nth(file) {
            Some((_, source)) => format!("{}:{line}", source.name),
            None => format!("line {line}"),
        }
    }
}
