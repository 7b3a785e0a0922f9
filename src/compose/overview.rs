//! The overview of many VPCs: each as a small frame with what is in it in numbers, and what joins them.

use std::collections::BTreeMap;

use super::fold::fold;
use super::headings::{made_up, name, plain, small};
use super::signs::Signs;
use super::{Captions, Context, Options, Page, captions, edges, finish, network, section, things};
use crate::architecture::{Architecture, Cluster, Region, Vpc};
use crate::diagram::{Block, Icon, Matrix, Pill, Row, Section, Side};
use crate::drift::Drift;
use crate::kinds::Kind;
use crate::lang::{Phrases, count, fill};
use crate::look::{Glyph, Ink, Tone};

/// Most icons in a VPC's frame; hovering tells of the rest. Chosen: four frames side by side fit a screen.
const ICONS: usize = 4;

pub fn compose(architecture: &Architecture, drift: &Drift, options: &Options) -> Page {
    let p = options.language.phrases();
    let between = between(architecture);
    let (between, folds) = fold(&between, options.folding, &drift.signs);
    let signs = Signs::of(drift, architecture, &folds, options.language).summed_up(drift, architecture);
    let context = Context { names: BTreeMap::new(), signs, ..Context::of(&between, folds, options) };
    let mut diagram = network::cloud(&between, &context, |strays, n| {
        let before: usize = architecture.regions.iter().take(n).map(|region| region.vpcs.len()).sum();
        let region = architecture.regions.get(n);
        let vpcs = region.into_iter().flat_map(|region| region.vpcs.iter().map(move |vpc| (region, vpc)));
        // The overview is the first page.
        let frames = (before + 2..).zip(vpcs).map(|(page, (region, vpc))| frame(vpc, region, page, &context));
        network::strays(strays.clusters.iter(), &context).into_iter().chain(frames).collect()
    });
    edges::add(&between, &mut diagram, &context);
    captions::add(&mut diagram, architecture, p.overview_view, options.title.as_deref(), &context);
    context.signs.mark(&mut diagram);
    Page { name: p.overview.to_string(), ..finish(diagram, &Captions::new(), options, &context) }
}

/// What is in no VPC.
fn between(architecture: &Architecture) -> Architecture {
    let is_stray = |region: &Region, cluster: &Cluster| {
        let of_cluster = |vpc: &Vpc| cluster.vpc.as_ref() == Some(&vpc.identity.address);
        !region.vpcs.iter().any(of_cluster)
    };
    let between = |region: &Region| Region {
        name: region.name.clone(),
        account: region.account.clone(),
        vpcs: Vec::new(),
        clusters: region.clusters.iter().filter(|c| is_stray(region, c)).cloned().collect(),
        transit_gateways: region.transit_gateways.clone(),
        connections: region.connections.clone(),
        services: region.services.clone(),
        paths: Vec::new(),
    };
    Architecture { regions: architecture.regions.iter().map(between).collect(), ..Architecture::default() }
}

fn frame(vpc: &Vpc, region: &Region, page: usize, context: &Context) -> Block {
    let p = context.phrases;
    let contents = contents(vpc, region, context);
    let mut heading = section::vpc_heading(vpc, context);
    let mut numbers = vec![count(p.count_subnets, vpc.subnets.len())];
    numbers.extend((!vpc.zones.is_empty()).then(|| count(p.count_zones, vpc.zones.len())));
    heading.title.push(plain(&numbers.join(", "), Ink::Secondary));
    let told = contents.iter().map(|(_, n, first)| if *n == 1 { first.name.clone() } else { first.counted(*n, p) });
    let told: Vec<String> = numbers.iter().cloned().chain(told).collect();
    heading.about.tooltip = format!("{}\n{}", heading.about.tooltip, told.join("\n"));
    heading.pills.push(Pill { tone: Tone::Neutral, text: fill(p.page, &[&page.to_string()]), tooltip: String::new() });
    let icons = contents.iter().take(ICONS).map(|(_, n, first)| Block::Icon(first.icon(*n, vpc, p))).collect();
    let rows = if contents.is_empty() { Vec::new() } else { vec![Row::Span(icons)] };
    // What joins VPCs with each other and with the world; that a gateway endpoint is there, its own page tells.
    let mut border = section::border(vpc, region, context);
    border.retain(|icon| icon.side != Side::Bottom);
    border.iter_mut().for_each(|icon| icon.icon.label.truncate(1));
    Block::Matrix(Matrix { columns: Vec::new(), sections: vec![Section { heading, zones: Vec::new(), rows, border }] })
}

/// The first of a kind in a VPC.
struct First {
    name: String,
    /// What it is, in a word; and what several are.
    word: String,
    words: String,
    type_name: String,
    glyph: Glyph,
}

impl First {
    fn counted(&self, n: usize, p: &Phrases) -> String {
        match self.glyph {
            Glyph::Instance => fill(p.so_many, &[&n.to_string(), &self.words]),
            _ => format!("{n} × {}", self.words),
        }
    }

    /// One by its name, several by their number.
    fn icon(&self, n: usize, vpc: &Vpc, p: &Phrases) -> Icon {
        let label = match n {
            1 => vec![name(&self.name, Ink::Primary), small(&self.word)],
            n => vec![name(&self.counted(n, p), Ink::Primary)],
        };
        let tooltip = label.iter().map(|words| words.text.clone()).collect::<Vec<_>>().join("\n");
        let id = format!("{}/has/{}", vpc.identity.address, self.word);
        let mut about = made_up(id, &self.type_name, tooltip);
        about.facts.push(("count", n.to_string()));
        let glyph = match self.glyph {
            Glyph::Instance if n > 1 => Glyph::Instances,
            Glyph::WorkerNode if n > 1 => Glyph::WorkerNodes,
            glyph => glyph,
        };
        Icon { about, glyph, external: false, label, pills: Vec::new(), band: None }
    }
}

/// What a VPC holds, by kind: clusters, then groups, then what stands alone; with their numbers.
fn contents(vpc: &Vpc, region: &Region, context: &Context) -> Vec<(u8, usize, First)> {
    let p = context.phrases;
    let mut contents: Vec<(u8, usize, First)> = Vec::new();
    let mut add = |rank: u8, first: First| match contents.iter_mut().find(|(_, _, known)| known.word == first.word) {
        Some((_, n, _)) => *n += 1,
        None => contents.push((rank, 1, first)),
    };
    for cluster in region.clusters.iter().filter(|c| c.vpc.as_ref() == Some(&vpc.identity.address)) {
        let (name, type_name) = (cluster.identity.name.clone(), cluster.identity.type_name.clone());
        let word = p.eks_cluster.to_string();
        add(0, First { name, words: word.clone(), word, type_name, glyph: Glyph::Eks });
    }
    for group in vpc.groups.iter().filter(|group| group.kind != Kind::ClusterInterface) {
        let (name, type_name) = (group.identity.name.clone(), group.identity.type_name.clone());
        let word = things::group_kind(group, p).to_string();
        add(1, First { name, words: word.clone(), word, type_name, glyph: group.member.glyph() });
    }
    for thing in vpc.subnets.iter().flat_map(|subnet| &subnet.things).chain(&vpc.things) {
        let (name, type_name) = (thing.identity.name.clone(), thing.identity.type_name.clone());
        let rank = match thing.kind {
            Kind::ClusterInterface => continue,
            Kind::NetworkInterface | Kind::NatGateway | Kind::NatInstance => 3,
            _ => 2,
        };
        let (word, words) = match thing.kind {
            Kind::Instance => (p.instance.to_string(), p.instances.to_string()),
            _ => (things::thing_kind(thing, p), things::thing_kind(thing, p)),
        };
        add(rank, First { name, word, words, type_name, glyph: thing.kind.glyph() });
    }
    contents.sort_by_key(|(rank, ..)| *rank);
    contents
}
