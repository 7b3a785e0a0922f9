//! What was taken over from a file, in a line.

use std::fmt;

use super::cell::Hand;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub moved: usize,
    pub resized: usize,
    pub restyled: usize,
    pub relabelled: usize,
    pub bent: usize,
    pub rewired: usize,
    /// Cells that a person added, and cells of ours that a person deleted.
    pub added: usize,
    pub deleted: usize,
    /// By their ids: what was not there, what is no more, and what is no more but kept, pale.
    pub new: Vec<String>,
    pub removed: Vec<String>,
    pub greyed: Vec<String>,
}

impl Report {
    pub fn count(&mut self, hand: Hand) {
        let counters = [
            (&mut self.moved, hand.moved),
            (&mut self.resized, hand.resized),
            (&mut self.restyled, hand.restyled),
            (&mut self.relabelled, hand.relabelled),
            (&mut self.bent, hand.bent),
            (&mut self.rewired, hand.rewired),
        ];
        for (counter, is_so) in counters {
            *counter += usize::from(is_so);
        }
    }

    /// Whether a person did anything that stays.
    pub fn has_handwork(&self) -> bool {
        !self.by_hand().is_empty()
    }

    fn by_hand(&self) -> Vec<String> {
        let counts = [
            (self.moved, "moved"),
            (self.resized, "resized"),
            (self.restyled, "restyled"),
            (self.relabelled, "relabelled"),
            (self.bent, "rerouted"),
            (self.rewired, "with other data"),
            (self.added, "added"),
            (self.deleted, "deleted"),
        ];
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect()
    }

    pub fn is_empty(&self) -> bool {
        *self == Report::default()
    }
}

/// How many ids are named.
const NAMED: usize = 5;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |what: &str, ids: &[String]| {
            let named = ids.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
            (!ids.is_empty()).then(|| format!("{what}: {named}{more}"))
        };
        let by_hand = self.by_hand();
        let kept = (!by_hand.is_empty()).then(|| format!("kept by hand: {}", by_hand.join(", ")));
        let parts =
            [kept, listed("new", &self.new), listed("removed", &self.removed), listed("kept, greyed", &self.greyed)];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}
