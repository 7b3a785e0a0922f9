//! The endpoint view: a cluster's two doors, who comes in by which, and what DNS says to whom.
//!
//! Both VPCs stand in one matrix, so that a zone is one column through the AWS-managed one and the customer's.

pub mod answers;
pub mod focus;
pub mod machines;
pub mod managed;
pub mod ways;

use std::collections::BTreeSet;

use crate::architecture::{Architecture, Cluster, EndpointMode, PathKind, Region, Stop, Tier, Vpc};
use crate::compose::headings::{heading, made_up};
use crate::compose::marks::{self, Broken};
use crate::compose::{Context, network, section};
use crate::diagram::{Actor, Block, Cell, Cells, Column, Diagram, Matrix, Row, Section};
use crate::inventory::Address;
use crate::kinds::Kind;
use crate::look::FrameLook;
use crate::verdicts::Verdict;
use answers::Otherwise;
use machines::Owners;
use managed::Doors;
use ways::{Answers, Captions, Steps};

/// The kinds of path that this view tells of.
const PATHS: [PathKind; 6] = [
    PathKind::Kubectl,
    PathKind::NodesToApi,
    PathKind::ControlPlaneToNodes,
    PathKind::Administration,
    PathKind::Application,
    PathKind::Egress,
];

/// A picture of one cluster of a region.
pub fn compose(
    (region, cluster): (&Region, &Cluster),
    steps: Steps,
    verdicts: &[Verdict],
    context: &Context,
) -> (Diagram, Captions) {
    let seen = focus::on(cluster, region, &PATHS);
    let whole = region.vpcs.iter().find(|vpc| cluster.vpc.as_ref() == Some(&vpc.identity.address));
    let mut diagram = network::cloud(&seen, context, |region, _| {
        let (vpc, cards) = (region.vpcs.first(), cards(cluster, region, whole, context));
        let parts = Parts { vpc, cluster, cards, doors: Doors::Drawn, owners: Owners::Untold };
        vec![Block::Matrix(matrix(region, parts, context))]
    });
    let broken = of_cluster(marks::broken(verdicts), cluster);
    let captions = ways::add((&seen, region), (steps, Answers::Drawn), &broken, &mut diagram, context);
    if seen.regions.iter().any(|region| ways::from_outside(region, cluster)) {
        let level =
            diagram.right.iter().find(|actor| actor.block.about().is_some_and(|about| about.id == ways::KUBECTL));
        let level_with = level.map(|_| ways::KUBECTL.to_string());
        diagram.right.push(Actor { block: answers::outside(cluster, region, context), level_with });
    }
    for host in hosts(&seen) {
        marks::tell(&mut diagram, host, context.phrases.kubectl);
    }
    (diagram, captions)
}

/// From where kubectl runs inside of the network.
fn hosts(seen: &Architecture) -> BTreeSet<&Address> {
    let paths = seen.regions.iter().flat_map(|region| &region.paths);
    let kubectl = paths.filter(|path| path.kind == PathKind::Kubectl);
    kubectl.filter_map(|path| if let Some(Stop::At(host)) = path.stops.first() { Some(host) } else { None }).collect()
}

/// The ways to this cluster's API only.
pub fn of_cluster(mut broken: Vec<Broken>, cluster: &Cluster) -> Vec<Broken> {
    broken.retain(|way| way.cluster == cluster.identity.address);
    broken
}

/// What stands in the customer's VPC in no zone: what DNS answers there, and what nodes need that cannot leave.
fn cards(cluster: &Cluster, region: &Region, vpc: Option<&Vpc>, context: &Context) -> Vec<Block> {
    let mut cards = vec![answers::inside(cluster, region, context)];
    let is_private = EndpointMode::of(&cluster.endpoint) == Some(EndpointMode::Private);
    if let Some(vpc) = vpc.filter(|vpc| is_private || has_isolated_nodes(vpc)) {
        let otherwise = if has_isolated_nodes(vpc) { Otherwise::Cut } else { Otherwise::Internet };
        cards.push(answers::endpoints(vpc, otherwise, context));
    }
    cards
}

/// Whether nodes stand in subnets without a way out.
fn has_isolated_nodes(vpc: &Vpc) -> bool {
    let is_isolated =
        |subnet: &_| vpc.subnets.iter().any(|s| s.identity.address == *subnet && s.tier == Tier::Isolated);
    let nodes = vpc.groups.iter().filter(|group| group.kind.is_nodes());
    nodes.into_iter().any(|group| group.subnets.iter().any(is_isolated))
}

/// What a picture of both VPCs shows.
pub struct Parts<'a> {
    /// The customer's, where it is known.
    pub vpc: Option<&'a Vpc>,
    pub cluster: &'a Cluster,
    /// In the customer's VPC, beside the zones.
    pub cards: Vec<Block>,
    pub doors: Doors,
    pub owners: Owners,
}

/// Both VPCs over the zones of the customer's.
pub fn matrix(region: &Region, parts: Parts, context: &Context) -> Matrix {
    let Parts { vpc, cluster, cards, doors, owners } = parts;
    let vpcs: Vec<&Vpc> = vpc.into_iter().collect();
    let zones = network::zones(&vpcs);
    let mut columns = network::columns(&vpcs, &zones, context);
    if columns.is_empty() {
        // The API servers stand somewhere, also where no zone is known.
        columns.push(Column { zone: None });
    }
    let of_zones = columns.len();
    if doors == Doors::Drawn || !cards.is_empty() {
        columns.push(Column { zone: None });
    }
    let count = columns.len();
    let mut sections = vec![managed::section(cluster, &zones, count, (doors, owners), context)];
    if let Some(vpc) = vpc {
        let mut section = section::vpc(vpc, region, &section::ends(region), &zones, of_zones, context);
        section.zones.resize(count, false);
        add_cards(&mut section, cards, vpc, count - 1);
        sections.push(section);
    }
    Matrix { columns, sections }
}

/// Into the last column, level with the nodes if there are any.
fn add_cards(section: &mut Section, cards: Vec<Block>, vpc: &Vpc, column: usize) {
    if cards.is_empty() {
        return;
    }
    let of_nodes = |cells: &Cells| {
        let mut bands = cells.bands.iter();
        bands.any(|band| vpc.groups.iter().any(|g| g.kind.is_nodes() && *g.identity.address == *band.heading.about.id))
    };
    let at = section.rows.iter().position(|row| matches!(row, Row::Cells(cells) if of_nodes(cells))).unwrap_or(0);
    if section.rows.is_empty() {
        section.rows.push(Row::Cells(Cells { cells: Vec::new(), lanes: 1, bands: Vec::new() }));
    }
    let Row::Cells(cells) = &mut section.rows[at] else { return };
    let mut lanes = vec![Vec::new(); cells.lanes];
    let lane = cells.bands.iter().find(|band| {
        vpc.groups.iter().any(|g| g.kind != Kind::ClusterInterface && *g.identity.address == *band.heading.about.id)
    });
    lanes[lane.map_or(0, |band| band.lane)] = cards;
    let about = made_up(format!("{}/answers", vpc.identity.address), "cell", "");
    cells.cells.push(Cell { heading: heading(about, FrameLook::Plain, None, Vec::new()), column, lanes });
}
