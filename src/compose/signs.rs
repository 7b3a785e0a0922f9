//! Signs in a picture of two states: what was added, removed and changed, on boxes, icons, bands and lines.
//!
//! A sign is a plate with a mark in it, a colour, and a dash where something is no more: one of them survives any theme
//! and any eye. Of what changed, the plate says what, where that is short, and hovering always does.

use std::collections::BTreeMap;

use super::fold::Folds;
use super::marks::{self, Kind};
use crate::architecture::{Architecture, Endpoint, EndpointKind, Path, PathKind, Stop};
use crate::diagram::{About, Diagram, Disc, Pill};
use crate::drift::{Change, Drift, Otherwise};
use crate::inventory::Address;
use crate::lang::Language;
use crate::look::{Sign, Tone};
use crate::text::clean;

/// Characters of a plate. Chosen: no wider than the name of a subnet.
const PLATE: usize = 32;

/// What became of what is drawn.
#[derive(Default)]
pub struct Signs {
    /// By the id of what is drawn: its sign, what its plate says, and what hovering tells.
    of: BTreeMap<String, Said>,
    paths: BTreeMap<(PathKind, Vec<Stop>), Option<Sign>>,
    /// How many of each sign the drift has.
    counts: BTreeMap<Sign, usize>,
}

#[derive(Clone)]
struct Said {
    sign: Sign,
    plate: String,
    tooltip: Vec<String>,
}

impl Signs {
    /// Of a part of a drift's architecture, as it is folded.
    pub fn of(drift: &Drift, part: &Architecture, folds: &Folds, language: Language) -> Signs {
        let mut signs = Signs::default();
        let changes: BTreeMap<&Address, &Change> = drift.changes.iter().map(|one| (&one.address, one)).collect();
        for (address, sign) in &drift.signs {
            let facts = changes.get(address).map(|change| change.facts.as_slice()).unwrap_or_default();
            signs.add(&folds.drawn(address), *sign, facts, language);
        }
        for change in &drift.changes {
            *signs.counts.entry(change.sign).or_default() += 1;
        }
        signs.add_interface_endpoints(drift, part);
        for path in part.regions.iter().flat_map(|region| &region.paths) {
            let sign = drift.paths.get(&(path.kind, path.stops.clone())).copied();
            let known = signs.paths.entry((path.kind, folds.stops(&path.stops))).or_insert(sign);
            // What only some of the folded ways have become, all of them have not.
            if *known != sign {
                *known = None;
            }
        }
        signs
    }

    fn add(&mut self, address: &Address, sign: Sign, facts: &[Otherwise], language: Language) {
        let lines = facts.iter().map(|fact| told(fact, sign));
        match self.of.get_mut(&**address) {
            // One of several that are drawn as one.
            Some(said) => said.tooltip.extend(lines),
            None => {
                let tooltip = if facts.is_empty() { vec![word(sign)] } else { lines.collect() };
                self.of.insert(address.to_string(), Said { sign, plate: plate(sign, facts, language), tooltip });
            }
        }
    }

    /// Interface endpoints of a subnet are drawn as one icon.
    fn add_interface_endpoints(&mut self, drift: &Drift, part: &Architecture) {
        for vpc in part.regions.iter().flat_map(|region| &region.vpcs) {
            for subnet in &vpc.subnets {
                let here = |endpoint: &&Endpoint| {
                    endpoint.kind != EndpointKind::Gateway && endpoint.subnets.contains(&subnet.identity.address)
                };
                let all: Vec<_> = vpc.endpoints.iter().filter(here).collect();
                let signed: Vec<(Sign, &str)> = all
                    .iter()
                    .filter_map(|one| Some((*drift.signs.get(&one.identity.address)?, one.service.as_str())))
                    .collect();
                let Some((first, _)) = signed.first() else { continue };
                let is_all = signed.len() == all.len() && signed.iter().all(|(sign, _)| sign == first);
                let sign = if is_all { *first } else { Sign::Changed };
                let tooltip = signed.iter().map(|(sign, service)| format!("{} {service}", sign.mark())).collect();
                let said = Said { sign, plate: sign.mark().to_string(), tooltip };
                self.of.insert(format!("{}/endpoints", subnet.identity.address), said);
            }
        }
    }

    /// With a sign on each VPC in which something became another: of an overview, on which that is not drawn.
    pub fn summed_up(mut self, drift: &Drift, architecture: &Architecture) -> Signs {
        for vpc in architecture.regions.iter().flat_map(|region| &region.vpcs) {
            let address = &vpc.identity.address;
            let within: Vec<&Change> =
                drift.changes.iter().filter(|change| change.vpc.as_ref() == Some(address)).collect();
            if within.is_empty() || self.of.contains_key(&**address) {
                continue;
            }
            let line = |change: &&Change| clean(&format!("{} {} {}", change.sign.mark(), change.noun, change.name));
            let counts: Vec<String> = Sign::ALL
                .iter()
                .map(|sign| (sign, within.iter().filter(|change| change.sign == *sign).count()))
                .filter(|(_, n)| *n > 0)
                .map(|(sign, n)| format!("{}{n}", sign.mark()))
                .collect();
            let tooltip = within.iter().map(line).collect();
            self.of.insert(address.to_string(), Said { sign: Sign::Changed, plate: counts.join(" "), tooltip });
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub fn has(&self, sign: Sign) -> bool {
        self.counts.contains_key(&sign)
    }

    /// `+1 −2 ~3`; `None` where nothing became another.
    pub fn counted(&self) -> Option<String> {
        let counts: Vec<String> = self.counts.iter().map(|(sign, n)| format!("{}{n}", sign.mark())).collect();
        (!counts.is_empty()).then(|| counts.join(" "))
    }

    /// What became of a way, by its drawn stops.
    pub fn of_path(&self, path: &Path) -> Option<Sign> {
        self.paths.get(&(path.kind, path.stops.clone())).copied().flatten()
    }

    /// What became of a line that is there with a thing.
    pub fn of_line(&self, thing: &Address) -> Option<Sign> {
        self.of.get(&**thing).map(|said| said.sign).filter(|sign| *sign != Sign::Changed)
    }

    /// Puts all signs onto what is drawn.
    pub fn mark(&self, diagram: &mut Diagram) {
        if self.is_empty() {
            return;
        }
        for kind in [Kind::Thing, Kind::Border, Kind::Cell] {
            marks::each(diagram, kind, &mut |about, pills| self.mark_one(about, pills));
        }
        self.mark_edges(diagram);
    }

    fn mark_one(&self, about: &mut About, pills: &mut Vec<Pill>) {
        let id = about.id.split_once('#').map_or(about.id.as_str(), |(id, _)| id);
        if let Some(said) = self.of.get(id) {
            let text = said.plate.clone();
            pills.insert(0, Pill { tone: Tone::Sign(said.sign), text, tooltip: said.tooltip.join("\n") });
            about.sign = Some(said.sign);
            about.facts.push(("became", said.tooltip.join("; ")));
            about.tooltip = format!("{}\n{}", about.tooltip, said.tooltip.join("\n"));
            return;
        }
        // A part of a thing came or went with it.
        let owner = id.match_indices('/').nth(1).and_then(|(at, _)| self.of.get(&id[..at]));
        about.sign = owner.map(|said| said.sign).filter(|sign| *sign != Sign::Changed);
    }

    /// Lines that run together say once what became of them.
    fn mark_edges(&self, diagram: &mut Diagram) {
        let mut said: Vec<(Option<String>, Sign)> = Vec::new();
        for edge in &mut diagram.edges {
            let Some(sign) = edge.about.sign else { continue };
            edge.about.tooltip = format!("{}\n{}", edge.about.tooltip, word(sign)).trim_start().to_string();
            let of = (edge.bundle.clone(), sign);
            if said.contains(&of) {
                continue;
            }
            match (edge.label.take(), edge.disc) {
                (Some(words), _) => edge.label = Some(format!("{} {words}", sign.mark())),
                (None, None) => edge.disc = Some(Disc::Sign(sign)),
                (None, Some(_)) => edge.label = Some(sign.mark().to_string()),
            }
            said.push(of);
        }
    }
}

fn word(sign: Sign) -> String {
    format!("{} {}", sign.mark(), sign.name())
}

/// `~ tier: private → isolated`.
fn told(fact: &Otherwise, sign: Sign) -> String {
    let shown = |said: &Option<String>| said.clone().unwrap_or_else(|| "not said".to_string());
    clean(&format!("{} {}: {} → {}", sign.mark(), fact.fact, shown(&fact.was), shown(&fact.is)))
}

/// The mark, and behind it as much as is short. Facts are English, as reasons are.
fn plate(sign: Sign, facts: &[Otherwise], language: Language) -> String {
    let Some(first) = facts.first().filter(|_| language == Language::English) else { return sign.mark().to_string() };
    let whole = told(first, sign);
    let more = if facts.len() > 1 { format!(", +{}", facts.len() - 1) } else { String::new() };
    let brief = if whole.chars().count() <= PLATE { whole } else { format!("{} {}", sign.mark(), first.fact) };
    format!("{brief}{more}")
}
