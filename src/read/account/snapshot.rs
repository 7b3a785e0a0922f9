//! The file that `eksdiagram collect` writes: every call with its answer, or with what refused it.

use super::item::{Call, Item};
use crate::syntax::node::Node;

/// The version that is written, and the highest that is read.
pub const VERSION: u32 = 1;

/// A call that gave no answer.
pub struct Refusal<'n> {
    /// `ec2 describe-route-tables`.
    pub command: String,
    pub why: &'n str,
    pub node: &'n Node,
}

pub enum Said<'n> {
    Output(&'n Node, Call<'n>),
    Refusal(Refusal<'n>),
}

pub fn is_snapshot(node: &Node) -> bool {
    node.field("eksdiagram").is_some() && node.field("calls").is_some_and(|calls| calls.as_list().is_some())
}

/// The version of a snapshot that a later program wrote.
pub fn later_version(node: &Node) -> Option<&str> {
    let version = node.field("eksdiagram").filter(|_| is_snapshot(node))?.as_text()?;
    (version.parse::<u32>().ok().is_none_or(|version| version > VERSION)).then_some(version)
}

pub fn calls<'n>(node: &'n Node) -> impl Iterator<Item = Said<'n>> {
    let snapshot = Item { node, call: Call::default() };
    snapshot.list("calls").filter_map(|call| {
        let command = || Some(format!("{} {}", call.text("service")?, call.text("operation")?));
        match (call.at("output"), call.text("error")) {
            (Some(output), _) => {
                let hint = call.text("of").unwrap_or_default();
                Some(Said::Output(output, Call { region: call.text("region"), hint }))
            }
            (None, Some(why)) => Some(Said::Refusal(Refusal { command: command()?, why, node: call.node })),
            (None, None) => None,
        }
    })
}
