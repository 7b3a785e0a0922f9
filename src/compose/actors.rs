//! Those outside the cloud by the names that the user gives them.

use std::collections::BTreeMap;

use crate::diagram::{Block, Diagram, Words};
use crate::text::clean;

/// `names` is by the id of the actor, or by what it begins with: `internet`, `hybrid-nodes`.
pub fn rename(diagram: &mut Diagram, names: &BTreeMap<String, String>) {
    for actor in diagram.left.iter_mut().chain(&mut diagram.right) {
        let Some(who) = actor.block.about().map(|about| about.id.split('/').next().unwrap_or_default()) else {
            continue;
        };
        let Some(name) = names.get(who) else { continue };
        let words: &mut Vec<Words> = match &mut actor.block {
            Block::Icon(icon) => &mut icon.label,
            Block::Plate(plate) => &mut plate.words,
            Block::Frame(_) | Block::Matrix(_) => continue,
        };
        if let Some(first) = words.first_mut() {
            first.text = clean(name);
        }
    }
}
