//! The three modes of one cluster's endpoint side by side: in each, what the ways of nodes and of kubectl lead through.

use super::control_plane::{api_servers_id, endpoint_id, has_endpoint, heading_of};
use super::endpoint::managed::gateway;
use super::endpoint::ways::{self, Answers, Steps};
use super::endpoint::{focus, of_cluster};
use super::headings::{about, heading, made_up, name, plain, small};
use super::{Context, marks, section, things};
use crate::architecture::{Cluster, EndpointMode, Group, PathKind, Region, Thing, Vpc};
use crate::diagram::{About, Block, Diagram, Edge, Flow, Frame, Icon, Matrix, Row, Section};
use crate::kinds::Kind;
use crate::look::{FrameLook, Glyph, Ink};
use crate::verdicts::Verdict;

/// A cluster as it is modelled in a mode, and what is to be said of it then.
#[derive(Clone, Copy)]
pub struct Mode<'a> {
    pub mode: EndpointMode,
    pub region: &'a Region,
    pub cluster: &'a Cluster,
    pub verdicts: &'a [Verdict],
}

/// A picture of one cluster, as it is modelled in each mode.
pub fn compose(modes: &[Mode], context: &Context) -> Diagram {
    let mut diagram = Diagram::default();
    let mut panels = Vec::new();
    for mode in modes {
        let (panel, edges) = panel(mode, context);
        panels.push(panel);
        diagram.edges.extend(edges);
    }
    let heading = heading(made_up("modes", "row", ""), FrameLook::Plain, None, Vec::new());
    diagram.body = vec![Block::Frame(Frame { heading, flow: Flow::Line, blocks: panels, band: None })];
    diagram
}

/// A mode's name over the cloud with both VPCs, and kubectl outside of it; and the edges in it.
fn panel(of: &Mode, context: &Context) -> (Block, Vec<Edge>) {
    let p = context.phrases;
    let Mode { mode, region, cluster, verdicts } = *of;
    let (word, how) = match mode {
        EndpointMode::Public => (p.mode_public, p.endpoint_view_public),
        EndpointMode::Both => (p.mode_both, p.endpoint_view_both),
        EndpointMode::Private => (p.mode_private, p.endpoint_view_private),
    };
    let seen = focus::on(cluster, region, &[PathKind::Kubectl, PathKind::NodesToApi]);
    let mut drawn = Diagram::default();
    for region in &seen.regions {
        let mut sections = vec![control_plane(cluster, context)];
        sections.extend(region.vpcs.iter().map(|vpc| customers(vpc, region, context)));
        let ink = Ink::Frame(FrameLook::Cloud);
        let about = made_up("cloud", "cloud", p.aws_cloud);
        let heading = heading(about, FrameLook::Cloud, Some(Glyph::GroupAwsCloud), vec![plain(p.aws_cloud, ink)]);
        let blocks = vec![Block::Matrix(Matrix { columns: Vec::new(), sections })];
        drawn.body.push(Block::Frame(Frame { heading, flow: Flow::Column, blocks, band: None }));
    }
    let broken = of_cluster(marks::broken(verdicts), cluster);
    ways::add((&seen, region), (Steps::Unnumbered, Answers::Left), &broken, &mut drawn, context);
    let mut blocks = std::mem::take(&mut drawn.body);
    blocks.extend(drawn.right.into_iter().map(|actor| actor.block));
    let title = vec![name(word, Ink::Primary)];
    let mut heading = heading(made_up("mode", "mode", how), FrameLook::Services, None, title);
    heading.footer = vec![small(how)];
    let mut panel = Block::Frame(Frame { heading, flow: Flow::Row, blocks, band: None });
    let mut edges = drawn.edges;
    rename(&mut panel, &mut edges, &format!("{}/{mode:?}", cluster.identity.address).to_lowercase());
    (panel, edges)
}

fn control_plane(cluster: &Cluster, context: &Context) -> Section {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let icon = |id: String, glyph, word: &str| {
        Block::Icon(Icon {
            about: made_up(id, "process", word),
            glyph,
            external: false,
            label: vec![plain(word, Ink::Primary)],
            pills: Vec::new(),
            band: None,
        })
    };
    let mut blocks = vec![icon(api_servers_id(address), Glyph::K8sApiServer, p.api_servers)];
    let mut border = Vec::new();
    if has_endpoint(cluster) {
        blocks.push(icon(endpoint_id(address), Glyph::LoadBalancerNetwork, p.network_load_balancer));
        border.push(gateway(cluster, context));
    }
    let mut heading = heading_of(cluster, context);
    heading.pills.clear();
    Section { heading, zones: Vec::new(), rows: vec![Row::Span(blocks)], border }
}

/// The customer's VPC without its subnets: nodes, interfaces, hosts, and what they leave by.
fn customers(vpc: &Vpc, region: &Region, context: &Context) -> Section {
    let mut blocks: Vec<Block> = vpc.groups.iter().map(|group| Block::Icon(of_group(group, context))).collect();
    let things = vpc.subnets.iter().flat_map(|subnet| &subnet.things).chain(&vpc.things);
    let is_door = |thing: &&Thing| thing.kind != Kind::ClusterInterface;
    blocks.extend(things.filter(is_door).map(|thing| Block::Icon(things::icon(thing, context))));
    let heading = section::vpc_heading(vpc, context);
    Section { heading, zones: Vec::new(), rows: vec![Row::Span(blocks)], border: section::border(vpc, region, context) }
}

fn of_group(group: &Group, context: &Context) -> Icon {
    let glyph = match group.kind {
        Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup | Kind::AutoModeNodes => Glyph::WorkerNodes,
        kind => kind.glyph(),
    };
    let title =
        if group.kind == Kind::ClusterInterface { context.phrases.cluster_interfaces } else { &group.identity.name };
    let mut label = vec![name(title, Ink::Primary)];
    if group.kind != Kind::ClusterInterface {
        label.push(small(things::group_kind(group, context.phrases)));
    }
    Icon {
        about: about(&group.identity, &[]),
        glyph,
        external: group.identity.external,
        label,
        pills: Vec::new(),
        band: None,
    }
}

/// Ids are unique in a picture, and each thing is in all three panels.
fn rename(block: &mut Block, edges: &mut [Edge], prefix: &str) {
    let renamed = |id: &mut String| *id = format!("{prefix}/{id}");
    fn each(block: &mut Block, rename: &dyn Fn(&mut About)) {
        match block {
            Block::Icon(icon) => rename(&mut icon.about),
            Block::Plate(plate) => rename(&mut plate.about),
            Block::Frame(frame) => {
                rename(&mut frame.heading.about);
                frame.blocks.iter_mut().for_each(|block| each(block, rename));
            }
            Block::Matrix(matrix) => {
                for section in &mut matrix.sections {
                    rename(&mut section.heading.about);
                    section.border.iter_mut().for_each(|border| rename(&mut border.icon.about));
                    for row in &mut section.rows {
                        match row {
                            Row::Span(blocks) => blocks.iter_mut().for_each(|block| each(block, rename)),
                            Row::Cells(_) => {}
                        }
                    }
                }
            }
        }
    }
    each(block, &|about| renamed(&mut about.id));
    for edge in edges {
        renamed(&mut edge.about.id);
        renamed(&mut edge.from);
        renamed(&mut edge.to);
        edge.bundle.iter_mut().for_each(renamed);
    }
}
