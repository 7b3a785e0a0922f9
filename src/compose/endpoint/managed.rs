//! The AWS-managed VPC of a cluster with its API servers, one a zone of the picture.
//!
//! Source: Amazon EKS user guide, "Amazon EKS architecture": at least two API servers in different zones, behind a
//! network load balancer. In which zones, the input cannot say.

use super::machines::{Owners, Process, machine};
use crate::architecture::{Cluster, Zone};
use crate::compose::Context;
use crate::compose::control_plane::{api_servers_id, endpoint_id, has_endpoint, heading_of};
use crate::compose::headings::{heading, made_up, plain, small};
use crate::diagram::{Band, Block, BorderIcon, Cell, Cells, Icon, Row, Section, Side};
use crate::lang::fill;
use crate::look::{FrameLook, Glyph, Ink};

/// The id of the gateway by which the internet reaches the API.
pub fn gateway_id(cluster: &str) -> String {
    format!("{cluster}/internet-gateway")
}

/// Whether the way in from the internet is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    Drawn,
    Left,
}

/// `columns` of which the first are those of the zones (one where none is known), and the last one is free for the door.
pub fn section(
    cluster: &Cluster,
    zones: &[Zone],
    columns: usize,
    (doors, owners): (Doors, Owners),
    context: &Context,
) -> Section {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let api = api_servers_id(address);
    let cells = |column: usize| {
        let about = made_up(format!("{api}/{column}"), "instance", p.api_servers_where);
        let server = Process { name: "api-server", glyph: Glyph::K8sApiServer, word: p.api_server, look: owners.aws() };
        let title = vec![plain(p.ec2_instance, Ink::Frame(FrameLook::Instance))];
        cell(&format!("{address}/cell/{column}"), column, vec![machine(about, title, &[server], Some(api.clone()))])
    };
    let servers = zones.len().max(1);
    let mut row: Vec<Cell> = (0..servers).map(cells).collect();
    let is_open = doors == Doors::Drawn && has_endpoint(cluster);
    if is_open {
        row.push(cell(&format!("{address}/cell/endpoint"), columns - 1, vec![Block::Icon(balancer(cluster, context))]));
    }
    let look = FrameLook::ManagedGroup;
    let title = vec![plain(p.api_servers, Ink::Frame(look))];
    let band = heading(made_up(&api, "managed-group", p.api_servers_where), look, None, title);
    let bands = vec![Band { heading: band, lane: 1, columns: (0, servers - 1) }];
    let mut through = vec![true; zones.len()];
    through.resize(columns, false);
    Section {
        heading: heading_of(cluster, context),
        zones: through,
        rows: vec![Row::Cells(Cells { cells: row, lanes: 2, bands })],
        border: is_open.then(|| gateway(cluster, context)).into_iter().collect(),
    }
}

/// A cell without a frame, its things in the lane of the API servers.
fn cell(id: &str, column: usize, blocks: Vec<Block>) -> Cell {
    let heading = heading(made_up(id, "cell", ""), FrameLook::Plain, None, Vec::new());
    Cell { heading, column, lanes: vec![Vec::new(), blocks] }
}

fn balancer(cluster: &Cluster, context: &Context) -> Icon {
    let p = context.phrases;
    let access = &cluster.endpoint;
    let from = access.public.yes().map(|_| small(&fill(p.open_to, &[&access.public_cidrs.join(", ")])));
    Icon {
        about: made_up(endpoint_id(&cluster.identity.address), "endpoint", access.because.text.clone()),
        glyph: Glyph::LoadBalancerNetwork,
        external: false,
        label: [plain(p.network_load_balancer, Ink::Primary)].into_iter().chain(from).collect(),
        pills: Vec::new(),
        band: None,
    }
}

pub fn gateway(cluster: &Cluster, context: &Context) -> BorderIcon {
    let p = context.phrases;
    let icon = Icon {
        about: made_up(gateway_id(&cluster.identity.address), "internet-gateway", p.internet_gateway),
        glyph: Glyph::InternetGateway,
        external: false,
        label: vec![plain(p.internet_gateway, Ink::Primary)],
        pills: Vec::new(),
        band: None,
    };
    BorderIcon { icon, side: Side::Right }
}
