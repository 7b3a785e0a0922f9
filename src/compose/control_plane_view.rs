//! The control plane from within: what AWS runs for a cluster, over three zones.
//!
//! Source: Amazon EKS user guide, "Amazon EKS architecture": at least two API server instances and three etcd instances
//! over three zones, each group behind a load balancer. Which zones these are, the input cannot say: drawn are those of
//! the cluster's subnets, and as many more as are wanting.

use super::control_plane::{api_servers_id, etcd_id, heading_of};
use super::edges::between;
use super::endpoint::machines::{Process, machine};
use super::headings::{self, heading, made_up, name, plain, small};
use super::{Context, network};
use crate::architecture::{Architecture, Cluster, Region, Zone, ZoneKind};
use crate::diag::Known;
use crate::diagram::{Band, Block, Cell, Cells, Column, Diagram, Icon, Matrix, Plate, Row, Section, Words};
use crate::lang::fill;
use crate::look::{EdgeLook, FrameLook, Glyph, Ink};
use crate::scene::Arrows;

/// Zones of a control plane.
const ZONES: usize = 3;

/// A picture of one cluster of a region.
pub fn compose((region, cluster): (&Region, &Cluster), context: &Context) -> Diagram {
    let alone = Region {
        vpcs: Vec::new(),
        clusters: vec![cluster.clone()],
        transit_gateways: Vec::new(),
        connections: Vec::new(),
        services: Vec::new(),
        paths: Vec::new(),
        ..region.clone()
    };
    let alone = Architecture { regions: vec![alone], ..Architecture::default() };
    let mut diagram = network::cloud(&alone, context, |_, _| vec![Block::Matrix(matrix(region, cluster, context))]);
    let address = &cluster.identity.address;
    let ids = [balancer_id(address), api_servers_id(address), inner_balancer_id(address), etcd_id(address)];
    diagram.edges =
        ids.windows(2).map(|pair| between(EdgeLook::Internal, &pair[0], &pair[1], Arrows::End, "")).collect();
    diagram
}

fn balancer_id(cluster: &str) -> String {
    format!("{cluster}/balancer")
}

fn inner_balancer_id(cluster: &str) -> String {
    format!("{cluster}/inner-balancer")
}

fn matrix(region: &Region, cluster: &Cluster, context: &Context) -> Matrix {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let mut columns: Vec<Column> = zones(region, cluster, context);
    columns.push(Column { zone: None });
    let servers = [
        Process { name: "api-server", glyph: Glyph::K8sApiServer, word: p.api_server, look: FrameLook::Process },
        Process { name: "scheduler", glyph: Glyph::K8sScheduler, word: p.scheduler, look: FrameLook::Process },
        Process {
            name: "controllers",
            glyph: Glyph::K8sControllerManager,
            word: p.controllers,
            look: FrameLook::Process,
        },
    ];
    let etcd = [Process { name: "etcd", glyph: Glyph::K8sEtcd, word: p.etcd, look: FrameLook::Process }];
    let instances = |id: &str, processes: &[Process]| -> Vec<Block> {
        let instance = |n: usize| {
            let about = made_up(format!("{id}/{n}"), "instance", p.ec2_instance);
            let title = vec![plain(p.ec2_instance, Ink::Frame(FrameLook::Instance))];
            machine(about, title, processes, Some(id.to_string()))
        };
        (0..ZONES).map(instance).collect()
    };
    let balancers = |id: &str, glyph: Glyph, word: &str| -> Vec<Block> {
        let icon = |n: usize| {
            Block::Icon(Icon {
                about: made_up(format!("{id}/{n}"), "load-balancer", word),
                glyph,
                external: false,
                label: Vec::new(),
                pills: Vec::new(),
                band: Some(id.to_string()),
            })
        };
        (0..ZONES).map(icon).collect()
    };
    let title = |word: &str, more: &str, look| {
        let kind = if more.is_empty() { "" } else { p.auto_scaling_group };
        vec![name(word, Ink::Frame(look)), plain(kind, Ink::Frame(look)), small(more)]
    };
    let (balancer, inner, group) = (FrameLook::LoadBalancer, FrameLook::LoadBalancer, FrameLook::ManagedGroup);
    let (balancer_id, inner_id) = (balancer_id(address), inner_balancer_id(address));
    let (api, etcd_group) = (api_servers_id(address), etcd_id(address));
    let mut rows = vec![
        row(
            &balancer_id,
            balancer,
            title(p.network_load_balancer, "", balancer),
            balancers(&balancer_id, Glyph::LoadBalancerNetwork, p.network_load_balancer),
        ),
        row(&api, group, title(p.api_servers, p.api_servers_care, group), instances(&api, &servers)),
        row(
            &inner_id,
            inner,
            title(p.elastic_load_balancing, "", inner),
            balancers(&inner_id, Glyph::LoadBalancerClassic, p.elastic_load_balancing),
        ),
        row(&etcd_group, group, title(p.etcd, p.etcd_care, group), instances(&etcd_group, &etcd)),
    ];
    rows[1].cells.push(cell(&format!("{address}/facts"), columns.len() - 1, vec![facts(cluster, context)]));
    let mut through = vec![true; ZONES];
    through.push(false);
    let section = Section {
        heading: heading_of(cluster, context),
        zones: through,
        rows: rows.into_iter().map(Row::Cells).collect(),
        border: Vec::new(),
    };
    Matrix { columns, sections: vec![section] }
}

/// A group with one member in each zone.
fn row(id: &str, look: FrameLook, title: Vec<Words>, members: Vec<Block>) -> Cells {
    let title = title.into_iter().filter(|words| !words.text.is_empty()).collect();
    let badge = match look {
        FrameLook::LoadBalancer => Glyph::GroupLoadBalancer,
        _ => Glyph::GroupAutoScaling,
    };
    let band = Band {
        heading: heading(made_up(id, "managed-group", ""), look, Some(badge), title),
        lane: 1,
        columns: (0, ZONES - 1),
    };
    let cells = members.into_iter().enumerate();
    let cells = cells.map(|(column, member)| cell(&format!("{id}/cell/{column}"), column, vec![member])).collect();
    Cells { cells, lanes: 2, bands: vec![band] }
}

fn cell(id: &str, column: usize, blocks: Vec<Block>) -> Cell {
    let heading = heading(made_up(id, "cell", ""), FrameLook::Plain, None, Vec::new());
    Cell { heading, column, lanes: vec![Vec::new(), blocks] }
}

fn zones(region: &Region, cluster: &Cluster, context: &Context) -> Vec<Column> {
    let p = context.phrases;
    let vpc = region.vpcs.iter().find(|vpc| cluster.vpc.as_ref() == Some(&vpc.identity.address));
    let mut known: Vec<&Zone> = vpc.iter().flat_map(|vpc| &vpc.zones).collect();
    known.retain(|zone| zone.kind() == ZoneKind::Availability);
    let id = |n: usize| format!("{}/control-plane/zone/{n}", cluster.identity.address);
    let column = |n: usize| {
        let heading = match known.get(n) {
            Some(zone) => headings::zone(id(n), zone, context),
            None => {
                let words = vec![plain(p.further_zone, Ink::Frame(FrameLook::Zone))];
                heading(made_up(id(n), "zone", p.further_zone), FrameLook::Zone, None, words)
            }
        };
        Column { zone: Some(heading) }
    };
    (0..ZONES).map(column).collect()
}

/// What the input says of the control plane.
fn facts(cluster: &Cluster, context: &Context) -> Block {
    let p = context.phrases;
    let mut words = vec![name(&cluster.identity.name, Ink::Primary)];
    words.extend(cluster.version.iter().map(|version| small(&fill(p.kubernetes_version, &[version]))));
    if cluster.endpoint.public != Known::Yes(false) {
        words.push(small(&fill(p.endpoint_open_to, &[&cluster.endpoint.public_cidrs.join(", ")])));
    }
    words.push(small(match cluster.secrets_encrypted {
        Some(true) => p.secrets_with_key,
        Some(false) => p.secrets_without_key,
        None => p.secrets_unknown,
    }));
    words.push(small(&match cluster.logging.is_empty() {
        true => p.logging_off.to_string(),
        false => fill(p.logging_on, &[&cluster.logging.join(", ")]),
    }));
    let about = headings::about(&cluster.identity, &[&cluster.endpoint.because.text]);
    Block::Plate(Plate { about, look: FrameLook::Card, glyph: Glyph::Eks, words })
}
