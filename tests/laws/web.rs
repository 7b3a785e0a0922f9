//! Random edges between things: alone, as stars around a hub, in chains, several between one pair, there and back.

use std::collections::{BTreeMap, BTreeSet};

use eksdiagram::diagram::{About, Disc, Edge};
use eksdiagram::look::{EdgeLook, Sign};
use eksdiagram::scene::Arrows;

use super::dice::Dice;
use super::generator::Thing;
use super::names;

pub const LOOKS: [EdgeLook; 10] = [
    EdgeLook::Administration,
    EdgeLook::Kubectl,
    EdgeLook::NodesToApi,
    EdgeLook::ControlPlaneToNodes,
    EdgeLook::Egress,
    EdgeLook::Application,
    EdgeLook::Internal,
    EdgeLook::Connection,
    EdgeLook::KubectlDns,
    EdgeLook::Broken,
];

pub fn edges(dice: &mut Dice, things: &[Thing], many: bool) -> Vec<Edge> {
    if things.is_empty() {
        return Vec::new();
    }
    let motifs = if many { dice.between(5, 12) } else { dice.up_to(4) };
    let mut web = Web { edges: Vec::new(), seen: BTreeSet::new() };
    for _ in 0..motifs {
        motif(dice, things, &mut web);
    }
    if dice.percent(85) {
        bundle(&mut web.edges);
    }
    web.edges
}

struct Web {
    edges: Vec<Edge>,
    seen: BTreeSet<(EdgeLook, String, String)>,
}

fn motif(dice: &mut Dice, things: &[Thing], web: &mut Web) {
    let look = *dice.pick(&LOOKS);
    let hub = dice.pick(things);
    match dice.up_to(4) {
        0 => {
            let other = dice.pick(things);
            web.join(dice, look, hub, other);
        }
        1 => {
            for _ in 0..dice.between(2, 8) {
                let from = dice.pick(things);
                web.join(dice, look, from, hub);
            }
        }
        2 => {
            for _ in 0..dice.between(2, 8) {
                let to = dice.pick(things);
                web.join(dice, look, hub, to);
            }
        }
        3 => {
            let mut from = hub;
            for _ in 0..dice.between(2, 5) {
                let to = dice.pick(things);
                web.join(dice, look, from, to);
                from = to;
            }
        }
        _ => {
            let other = dice.pick(things);
            for _ in 0..dice.between(2, 4) {
                let look = *dice.pick(&LOOKS);
                let (from, to) = if dice.percent(50) { (hub, other) } else { (other, hub) };
                web.join(dice, look, from, to);
            }
        }
    }
}

impl Web {
    /// What containment says is not also an edge.
    fn join(&mut self, dice: &mut Dice, look: EdgeLook, from: &Thing, to: &Thing) {
        let nested = from.holders.contains(&to.id) || to.holders.contains(&from.id);
        if from.id == to.id || nested || !self.seen.insert((look, from.id.clone(), to.id.clone())) {
            return;
        }
        let id = format!("{}/{}/{}", look.name(), from.id, to.id);
        self.edges.push(Edge {
            about: About { id, type_name: look.name().to_string(), ..About::default() },
            look,
            from: from.id.clone(),
            to: to.id.clone(),
            arrows: *dice.pick(&[Arrows::End, Arrows::End, Arrows::Both, Arrows::None, Arrows::Cross]),
            label: dice.percent(20).then(|| names::short(dice)),
            disc: disc(dice),
            bundle: None,
        });
    }
}

/// Edges of one meaning that share an end become a bundle, by the end that more of them share: as compose makes them.
fn bundle(edges: &mut [Edge]) {
    let mut shared: BTreeMap<(EdgeLook, bool, String), usize> = BTreeMap::new();
    for edge in edges.iter() {
        *shared.entry((edge.look, true, edge.from.clone())).or_default() += 1;
        *shared.entry((edge.look, false, edge.to.clone())).or_default() += 1;
    }
    for edge in edges {
        let out = shared.get(&(edge.look, true, edge.from.clone()));
        let into = shared.get(&(edge.look, false, edge.to.clone()));
        let name = edge.look.name();
        edge.bundle =
            Some(if out > into { format!("{name}/from/{}", edge.from) } else { format!("{name}/to/{}", edge.to) });
    }
}

fn disc(dice: &mut Dice) -> Option<Disc> {
    match dice.between(0, 19) {
        0..=2 => Some(Disc::Step(dice.between(1, 12) as u8)),
        3 => Some(Disc::Sign(Sign::Added)),
        _ => None,
    }
}
