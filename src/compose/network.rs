//! The network view: regions, and in each its VPCs as one matrix where they share zones.

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{heading, made_up, plain};
use super::rows::{columns_without_zone, rows};
use super::{Context, control_plane, edges, order, section, things};
use crate::architecture::{Architecture, Cluster, Region, Vpc, Zone, ZoneKind};
use crate::diagram::{Block, Column, Diagram, Flow, Frame, Matrix, Section};
use crate::lang::fill;
use crate::look::{FrameLook, Glyph, Ink};
use crate::threads;

pub fn compose(architecture: &Architecture, context: &Context) -> Diagram {
    let mut diagram = cloud(architecture, context, |region, _| matrices(region, context));
    edges::add(architecture, &mut diagram, context);
    diagram
}

/// The cloud with its regions; what stands for the VPCs of a region, and of the how manieth, is the view's.
pub fn cloud(architecture: &Architecture, context: &Context, vpcs: impl Fn(&Region, usize) -> Vec<Block>) -> Diagram {
    let p = context.phrases;
    let regions = architecture.regions.iter().enumerate();
    let blocks = regions.map(|(n, region)| Block::Frame(region_frame(region, n, vpcs(region, n), context))).collect();
    let about = made_up("cloud", "cloud", p.aws_cloud);
    let ink = Ink::Frame(FrameLook::Cloud);
    let cloud = Frame {
        heading: heading(about, FrameLook::Cloud, Some(Glyph::GroupAwsCloud), vec![plain(p.aws_cloud, ink)]),
        flow: Flow::Column,
        blocks,
        band: None,
    };
    Diagram { body: vec![Block::Frame(cloud)], ..Diagram::default() }
}

fn region_frame(region: &Region, n: usize, mut vpcs: Vec<Block>, context: &Context) -> Frame {
    let p = context.phrases;
    let shown = region.name.to_string();
    let title = match p.region_place(&shown) {
        Some(place) => format!("{} ({place})", fill(p.region, &[&shown])),
        None => fill(p.region, &[&shown]),
    };
    let mut words = vec![plain(&title, Ink::Frame(FrameLook::Region))];
    if let Some(account) = &region.account {
        words.push(plain(&format!("· {}", fill(p.account, &[&account.to_string()])), Ink::Secondary));
    }
    let about = made_up(format!("region/{n}/{shown}"), "region", title);
    let mut blocks = Vec::new();
    match vpcs.len() {
        0 | 1 => blocks.append(&mut vpcs),
        _ => blocks.push(unframed(&format!("{}/vpcs", about.id), Flow::Shelves, vpcs)),
    }
    if !region.transit_gateways.is_empty() {
        let flow = if blocks.is_empty() { Flow::Row } else { Flow::Hubs };
        blocks.extend(region.transit_gateways.iter().map(|t| Block::Icon(things::icon(t, context))));
        blocks = vec![unframed(&format!("{}/transit-gateways", about.id), flow, blocks)];
    }
    if let Some(services) = things::services(&region.services, &about.id, context) {
        blocks.push(Block::Frame(services));
    }
    let heading = heading(about, FrameLook::Region, Some(Glyph::GroupRegion), words);
    Frame { heading, flow: Flow::Main, blocks, band: None }
}

/// Blocks that stand together without a box around them.
fn unframed(id: &str, flow: Flow, blocks: Vec<Block>) -> Block {
    let heading = heading(made_up(id, "row", ""), FrameLook::Plain, None, Vec::new());
    Block::Frame(Frame { heading, flow, blocks, band: None })
}

/// With no more matrices than this a thread, another one is not worth its start.
const FEW: usize = 8;

/// One matrix for VPCs that share zones, directly or by way of others, one for every other VPC, and one for clusters
/// whose VPC is not known.
fn matrices(region: &Region, context: &Context) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let drawn: BTreeSet<_> = region.vpcs.iter().map(|v| v.identity.address.clone()).collect();
    let homeless = region.clusters.iter().filter(|c| c.vpc.as_ref().is_none_or(|vpc| !drawn.contains(vpc)));
    blocks.extend(strays(homeless, context));
    let ends = section::ends(region);
    let groups = sharing_zones(&region.vpcs);
    let mut desks = vec![(); threads::worth(groups.len(), FEW)];
    blocks.extend(threads::map(&groups, &mut desks, |group, ()| Block::Matrix(matrix(region, group, &ends, context))));
    blocks
}

/// Most rows of VPCs under one another. Chosen: six rows of subnets are about as high as three zones are wide; from
/// there on the page becomes a tower, and VPCs are better free to stand side by side, each with its zones.
const TOWER: usize = 6;

/// The VPCs in groups that share zones. Within a region and an account a zone is one, whichever VPC names it.
fn sharing_zones(vpcs: &[Vpc]) -> Vec<Vec<&Vpc>> {
    let share = |a: usize, b: usize| vpcs[a].zones.iter().any(|zone| vpcs[b].zones.contains(zone));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for vpc in 0..vpcs.len() {
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.iter().any(|o| share(vpc, *o)));
        groups = apart;
        let mut group = joined.concat();
        group.push(vpc);
        group.sort_unstable();
        groups.push(group);
    }
    let height = |group: &Vec<usize>| -> usize {
        group.iter().map(|vpc| rows(&vpcs[*vpc].subnets, &vpcs[*vpc].zones).len()).sum()
    };
    let low = |group: Vec<usize>| match height(&group) {
        ..=TOWER => vec![group],
        _ => group.into_iter().map(|vpc| vec![vpc]).collect(),
    };
    let mut groups: Vec<Vec<usize>> = groups.into_iter().flat_map(low).collect();
    groups.sort_unstable();
    groups.into_iter().map(|group| group.into_iter().map(|vpc| &vpcs[vpc]).collect()).collect()
}

/// Clusters whose VPC is not known.
pub fn strays<'a>(clusters: impl Iterator<Item = &'a Cluster>, context: &Context) -> Option<Block> {
    let sections: Vec<Section> = clusters.map(|c| control_plane::section(c, 0, context)).collect();
    (!sections.is_empty()).then_some(Block::Matrix(Matrix { columns: Vec::new(), sections }))
}

fn matrix(region: &Region, vpcs: &[&Vpc], ends: &section::Ends, context: &Context) -> Matrix {
    let zones = zones(vpcs);
    let columns = columns(vpcs, &zones, context);
    let mut sections = Vec::new();
    for vpc in vpcs {
        for cluster in region.clusters.iter().filter(|c| c.vpc.as_ref() == Some(&vpc.identity.address)) {
            sections.push(control_plane::section(cluster, columns.len(), context));
        }
    }
    for vpc in vpcs {
        sections.push(section::vpc(vpc, region, ends, &zones, columns.len(), context));
    }
    Matrix { columns, sections }
}

/// The zones of all VPCs from left to right: in the account's order, unless another one breaks fewer bands.
pub fn zones(vpcs: &[&Vpc]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = vpcs.iter().flat_map(|v| &v.zones).cloned().collect();
    zones.sort();
    zones.dedup();
    let mut runs: BTreeMap<order::Run, usize> = BTreeMap::new();
    for vpc in vpcs {
        for row in rows(&vpc.subnets, &zones) {
            for band in vpc.groups.iter().map(|group| section::columns_of(group, &row)).filter(|b| b.len() > 1) {
                *runs.entry(order::Run { row: row.iter().map(|(c, _)| *c).collect(), band }).or_default() += 1;
            }
        }
    }
    let kinds: Vec<ZoneKind> = zones.iter().map(Zone::kind).collect();
    order::columns(&kinds, &runs).into_iter().map(|n| zones[n].clone()).collect()
}

/// A column a zone, and behind them what subnets need whose zone the input does not say, and things whose subnet.
pub fn columns(vpcs: &[&Vpc], zones: &[Zone], context: &Context) -> Vec<Column> {
    let first = vpcs.first().map_or("", |v| &*v.identity.address);
    let mut columns: Vec<Column> = zones
        .iter()
        .enumerate()
        .map(|(n, zone)| Column { zone: Some(super::headings::zone(format!("{first}/zone/{n}"), zone, context)) })
        .collect();
    let behind = vpcs.iter().map(|v| columns_without_zone(&v.subnets).max(usize::from(section::has_loose(v)))).max();
    columns.extend((0..behind.unwrap_or(0)).map(|_| Column { zone: None }));
    columns
}
