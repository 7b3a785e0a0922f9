//! What is said of many figures, each with sources of its own, as one report.

use crate::diag::{Diagnostic, FileId, Origin, Place, Source, Sources};
use crate::hashing::HashSet;

#[derive(Default)]
pub struct Said {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    /// What was taken, by code, message and place.
    taken: HashSet<(&'static str, String, Option<Place>)>,
}

impl Said {
    /// Adds what was said with places in `from`. What two figures of one input both say is said once.
    pub fn take(&mut self, diagnostics: Vec<Diagnostic>, from: &Sources) {
        for mut diagnostic in diagnostics {
            let origins = diagnostic.related.iter_mut().map(|(_, origin)| origin).chain(&mut diagnostic.origin);
            origins.for_each(|origin: &mut Origin| origin.place.file = self.file(from.source(origin.place.file)));
            let place = diagnostic.origin.as_ref().map(|origin| origin.place);
            if self.taken.insert((diagnostic.code, diagnostic.message.clone(), place)) {
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn file(&mut self, wanted: &Source) -> FileId {
        let known = self.sources.iter().find(|(_, source)| source.name == wanted.name && source.text == wanted.text);
        match known {
            Some((file, _)) => file,
            None => self.sources.add(wanted.name.as_str(), wanted.text.as_str()),
        }
    }
}
