//! Inventory and [`Architecture`] → verdicts: can the cluster work, and who may come in?
//!
//! A rule is a file in `rules/`: what it means, the page it comes from, the function that judges, what to do. A rule
//! that holds gives no verdict; one that lacks a fact says so and guesses nothing.

mod admission;
mod egress;
mod facts;
mod listing;
mod nodes;
mod registry;
mod room;
mod rules;
mod services;
#[cfg(test)]
mod testing;

use std::cmp::Reverse;

pub use registry::RULES;
pub use services::{BY_USE, OF_INSTANCES};

use crate::architecture::{Architecture, Because, PathKind, Stop};
use crate::diag::{Origin, Severity};
use crate::inventory::{Address, Inventory};
use facts::Facts;

/// A rule of AWS or of good sense, and how to judge by it.
#[derive(Debug)]
pub struct Rule {
    /// A kebab-case slug with a heading in docs/verdicts.md.
    pub code: &'static str,
    /// How bad it is where the rule is broken.
    pub severity: Severity,
    /// Why the rule is there, in a sentence or two.
    pub meaning: &'static str,
    pub source: Page,
    /// What to do.
    pub remedy: &'static str,
    judge: for<'f> fn(&Facts<'f>) -> Vec<Verdict>,
}

/// A page of documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub title: &'static str,
    pub url: &'static str,
}

/// What a rule says of one thing in the input.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub rule: &'static Rule,
    pub state: State,
    pub message: String,
    /// The facts that it rests on, the most telling first.
    pub because: Vec<Because>,
    /// What of the picture it is about: subnets, groups, hosts, endpoints, clusters, VPCs.
    pub about: Vec<Address>,
    /// The paths that it breaks.
    pub breaks: Vec<BrokenPath>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Fails,
    /// A fact is missing, which only a deployment or another input will say.
    Unknown {
        why: String,
    },
}

/// A way that traffic would have to take and cannot. Where the routes lead nowhere there is no
/// [`Path`](crate::architecture::Path) of this kind and start to the cluster, and the picture may still draw one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenPath {
    pub kind: PathKind,
    pub start: Stop,
    /// The cluster whose API it should reach.
    pub cluster: Address,
}

/// Judges by all rules. What fails comes first, the worst before the rest; then what is unknown. Within these, the
/// order is that of [`RULES`] and of the architecture.
pub fn judge(inventory: &Inventory, architecture: &Architecture) -> Vec<Verdict> {
    let facts = Facts::new(inventory, architecture);
    let mut verdicts: Vec<Verdict> = RULES.iter().flat_map(|rule| (rule.judge)(&facts)).collect();
    verdicts.sort_by_key(|verdict| (verdict.is_unknown(), Reverse(verdict.rule.severity)));
    verdicts
}

impl Verdict {
    fn fails(rule: &'static Rule, message: impl Into<String>) -> Verdict {
        Verdict {
            rule,
            state: State::Fails,
            message: message.into(),
            because: Vec::new(),
            about: Vec::new(),
            breaks: Vec::new(),
        }
    }

    fn unknown(rule: &'static Rule, message: impl Into<String>, why: impl Into<String>) -> Verdict {
        Verdict { state: State::Unknown { why: why.into() }, ..Verdict::fails(rule, message) }
    }

    #[must_use]
    fn because(mut self, because: impl IntoIterator<Item = Because>) -> Verdict {
        self.because.extend(because);
        self
    }

    /// A fact and the place that shows it.
    #[must_use]
    fn shown(self, text: impl Into<String>, origin: &Origin) -> Verdict {
        self.because([Because { text: text.into(), origin: Some(origin.clone()) }])
    }

    #[must_use]
    fn about<'a>(mut self, addresses: impl IntoIterator<Item = &'a Address>) -> Verdict {
        self.about.extend(addresses.into_iter().cloned());
        self
    }

    #[must_use]
    fn breaks(mut self, paths: impl IntoIterator<Item = BrokenPath>) -> Verdict {
        self.breaks.extend(paths);
        self
    }

    pub fn is_unknown(&self) -> bool {
        match self.state {
            State::Fails => false,
            State::Unknown { .. } => true,
        }
    }

    /// The place that shows it best.
    pub fn origin(&self) -> Option<&Origin> {
        self.because.iter().find_map(|because| because.origin.as_ref())
    }
}
