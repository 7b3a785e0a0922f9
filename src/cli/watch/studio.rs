//! What was read, and what was drawn of it.
//!
//! An input that cannot be drawn is said, and the last one that could be stays on show.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::cli::drawing::{self, Understood};
use crate::cli::{Drawing, EndpointName, Inputs, LanguageName, ViewName, input};
use crate::diag::{Diagnostic, Sources};
use crate::write::Page;

pub struct Studio {
    inputs: Inputs,
    endpoint: Option<EndpointName>,
    state: Mutex<State>,
    read_anew: Condvar,
}

#[derive(Default)]
struct State {
    /// How often the inputs were found to be others than before.
    reading: u64,
    /// What the last reading said.
    said: Arc<Said>,
    /// The last reading of which something could be drawn.
    drawable: Option<Drawable>,
}

struct Drawable {
    understood: Understood,
    said: Arc<Said>,
    drawn: BTreeMap<(ViewName, LanguageName), Arc<Drawn>>,
}

/// Files, and what there is to say of them.
#[derive(Default)]
pub struct Said {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
}

/// A view in a language; without pages where the input has nothing that the view shows.
pub struct Drawn {
    pub pages: Vec<Page>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What a page shows.
pub struct Show {
    pub reading: u64,
    /// What is on show, and the files that it was made from; `None` before the first input that can be drawn.
    pub drawn: Option<(Arc<Drawn>, Arc<Said>)>,
    /// What the last reading said, where it is not what is on show.
    pub stale: Option<Arc<Said>>,
}

impl Studio {
    /// Reads the inputs for the first time.
    pub fn open(inputs: Inputs, endpoint: Option<EndpointName>) -> Studio {
        let studio = Studio { inputs, endpoint, state: Mutex::default(), read_anew: Condvar::new() };
        studio.read();
        studio
    }

    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What the last reading said, with all files that it read.
    pub fn said(&self) -> Arc<Said> {
        self.lock().said.clone()
    }

    /// Reads the inputs again. Where they are what they were before, nothing happens.
    pub fn read(&self) {
        let mut diagnostics = Vec::new();
        let mut files = input::read(&self.inputs.inputs, &mut diagnostics);
        let understood = drawing::understand(&self.inputs, self.endpoint, &mut files, &mut diagnostics);
        let drawable = understood.filter(|understood| match drawing::nothing_to_draw(understood) {
            Some(nothing) => {
                diagnostics.push(nothing);
                false
            }
            None => true,
        });
        let said = Arc::new(Said { sources: files.sources, diagnostics });
        let mut state = self.lock();
        if state.reading > 0 && is_same(&state.said, &said) {
            return;
        }
        state.reading += 1;
        state.said = said.clone();
        if let Some(understood) = drawable {
            state.drawable = Some(Drawable { understood, said, drawn: BTreeMap::new() });
        }
        self.read_anew.notify_all();
    }

    /// The number of the last reading: at once where it is not `known`, else when there is another or the time is over.
    pub fn reading(&self, known: u64, most: Duration) -> u64 {
        let state = self.lock();
        let waited = self.read_anew.wait_timeout_while(state, most, |state| state.reading == known);
        waited.unwrap_or_else(PoisonError::into_inner).0.reading
    }

    /// What a page with this view shows, drawn if it was not yet.
    pub fn show(&self, wish: &Drawing) -> Show {
        let mut state = self.lock();
        let State { reading, said, drawable } = &mut *state;
        let drawn = drawable.as_mut().map(|drawable| (drawable.draw(wish), drawable.said.clone()));
        let is_shown = drawn.as_ref().is_some_and(|(_, shown)| Arc::ptr_eq(shown, said));
        Show { reading: *reading, drawn, stale: Some(said.clone()).filter(|_| !is_shown) }
    }

    /// A drawing that panicked has changed nothing that others see.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drawable {
    fn draw(&mut self, wish: &Drawing) -> Arc<Drawn> {
        let understood = &self.understood;
        let draw = || {
            let mut diagnostics = Vec::new();
            let composed = drawing::compose(understood, wish, &mut diagnostics).unwrap_or_default();
            Arc::new(Drawn { pages: drawing::lay_out(&composed, &mut diagnostics), diagnostics })
        };
        self.drawn.entry((wish.view, wish.lang)).or_insert_with(draw).clone()
    }
}

/// Whether the same is said of the same files.
fn is_same(one: &Said, other: &Said) -> bool {
    let [one_files, other_files] =
        [one, other].map(|said| said.sources.iter().map(|(_, source)| (&source.name, &source.text)));
    one.diagnostics == other.diagnostics && one_files.eq(other_files)
}
