//! A VPC as a section of the matrix: rows of subnets, lanes for groups, gateways on the border.

use std::collections::{BTreeMap, BTreeSet};

use super::edges::accepter_id;
use super::endpoint::machines;
use super::headings::{about, heading, made_up, name, note, plain, small};
use super::rows::{RowOfSubnets, rows};
use super::{Context, Machines, order, things};
use crate::architecture::{
    Connection, ConnectionEnd, ConnectionKind, Endpoint, EndpointKind, GatewayKind, Group, Region, Stop, Subnet, Vpc,
    Zone,
};
use crate::diagram::{Band, Block, BorderIcon, Cell, Cells, Heading, Icon, Row, Section, Side, Words};
use crate::inventory::Address;
use crate::kinds::Kind;
use crate::lang::fill;
use crate::look::{FrameLook, Glyph, Ink};

/// How many bands each group has been given so far.
type Pieces = BTreeMap<Address, usize>;

pub type Ends<'a> = BTreeSet<&'a Address>;

/// `ends` are those of its region.
pub fn vpc(vpc: &Vpc, region: &Region, ends: &Ends, zones: &[Zone], columns: usize, context: &Context) -> Section {
    let mut pieces = Pieces::new();
    let mut rows: Vec<Cells> =
        rows(&vpc.subnets, zones).iter().map(|row| cells(vpc, row, ends, &mut pieces, context)).collect();
    rows.iter_mut().flat_map(|row| &mut row.bands).for_each(|band| say_part(band, &pieces, context));
    if let Some(icons) = loose(vpc, context) {
        add_loose(&mut rows, icons, vpc, columns - 1, context);
    }
    let rows = rows.into_iter().map(Row::Cells).collect();
    let mut through: Vec<bool> = zones.iter().map(|zone| vpc.zones.contains(zone)).collect();
    through.resize(columns, false);
    Section { heading: vpc_heading(vpc, context), zones: through, rows, border: border(vpc, region, context) }
}

/// What paths of a region lead from, through or to.
pub fn ends(region: &Region) -> Ends<'_> {
    let stops = region.paths.iter().flat_map(|path| &path.stops);
    stops.filter_map(|stop| if let Stop::At(address) = stop { Some(address) } else { None }).collect()
}

/// Of a group in several bands, each says that it is not the whole.
fn say_part(band: &mut Band, pieces: &Pieces, context: &Context) {
    let id = band.heading.about.id.as_str();
    let (group, part) = id.split_once('#').unwrap_or((id, "1"));
    if let Some(all) = pieces.get(group).filter(|all| **all > 1) {
        let words = fill(context.phrases.part_of, &[part, &all.to_string()]);
        band.heading.title.push(Words { ink: Ink::Frame(band.heading.look), ..small(&words) });
    }
}

pub fn vpc_heading(vpc: &Vpc, context: &Context) -> Heading {
    let look = if vpc.identity.external { FrameLook::ExternalVpc } else { FrameLook::Vpc };
    let blocks: Vec<String> = vpc.cidrs.iter().cloned().chain(vpc.ipv6.clone()).collect();
    let mut about = about(&vpc.identity, &[&blocks.join(", ")]);
    about.facts.push(("cidr", blocks.join(", ")));
    let mut title = vec![name(&vpc.identity.name, Ink::Frame(look))];
    if !blocks.is_empty() {
        title.push(plain(&blocks.join(", "), Ink::Secondary));
    }
    if vpc.identity.external {
        title.push(plain(context.phrases.external, Ink::Secondary));
    }
    title.extend(note(&vpc.identity));
    let mut heading = heading(about, look, Some(Glyph::GroupVpc), title);
    heading.external = vpc.identity.external;
    heading
}

/// A row of subnets with its lanes: what stands alone first, then each group in a lane of its own, where
/// groups that share no column share a lane. What edges lead to lies nearest to the top, where they come from.
fn cells(vpc: &Vpc, row: &RowOfSubnets, ends: &Ends, pieces: &mut Pieces, context: &Context) -> Cells {
    let filled: Vec<usize> = row.iter().map(|(column, _)| *column).collect();
    let mut groups: Vec<(&Group, Vec<usize>)> = vpc.groups.iter().map(|g| (g, columns_of(g, row))).collect();
    groups.retain(|(_, columns)| !columns.is_empty());
    let is_door = |group: &Group| group.kind == Kind::ClusterInterface;
    groups.sort_by_key(|(g, columns)| (!ends.contains(&g.identity.address), !is_door(g), columns[0]));
    let spans: Vec<(usize, usize)> =
        groups.iter().map(|(_, columns)| (columns[0], columns[columns.len() - 1])).collect();
    let mut bands: Vec<(Band, &Group)> = Vec::new();
    let mut lanes = 1;
    for ((group, columns), lane) in groups.into_iter().zip(order::lanes(&spans)) {
        let lane = lane + 1;
        lanes = lanes.max(lane + 1);
        for columns in order::pieces(&columns, &filled) {
            let piece = pieces.entry(group.identity.address.clone()).or_insert(0);
            *piece += 1;
            let heading = things::band_heading(group, *piece, context);
            bands.push((Band { heading, lane, columns }, group));
        }
    }
    let cells = row
        .iter()
        .map(|(column, subnet)| {
            let mut content: Vec<Vec<Block>> = vec![Vec::new(); lanes];
            content[0] = things::in_subnet(vpc, subnet, context).into_iter().map(Block::Icon).collect();
            for (band, group) in &bands {
                let within = (band.columns.0..=band.columns.1).contains(column);
                if within && group.subnets.contains(&subnet.identity.address) {
                    content[band.lane].push(member(group, subnet, &band.heading.about.id, context));
                }
            }
            Cell { heading: super::headings::subnet(subnet, context), column: *column, lanes: content }
        })
        .collect();
    Cells { cells, lanes, bands: bands.into_iter().map(|(band, _)| band).collect() }
}

/// What stands for a group in one of its subnets.
fn member(group: &Group, subnet: &Subnet, band: &str, context: &Context) -> Block {
    match context.machines {
        Machines::Boxes(owners) if group.kind.is_nodes() => machines::node(group, subnet, band, owners, context),
        Machines::Boxes(_) | Machines::Icons => Block::Icon(things::member(group, subnet, band, context)),
    }
}

/// The columns of a row in which a group has subnets.
pub fn columns_of(group: &Group, row: &RowOfSubnets) -> Vec<usize> {
    row.iter().filter(|(_, s)| group.subnets.contains(&s.identity.address)).map(|(column, _)| *column).collect()
}

/// Whether anything is in the VPC, but in no subnet that the input names.
pub fn has_loose(vpc: &Vpc) -> bool {
    !vpc.things.is_empty() || vpc.groups.iter().any(|g| is_loose(vpc, g))
}

fn is_loose(vpc: &Vpc, group: &Group) -> bool {
    !vpc.subnets.iter().any(|s| group.subnets.contains(&s.identity.address))
}

fn loose(vpc: &Vpc, context: &Context) -> Option<Vec<Block>> {
    let things = vpc.things.iter().map(|t| things::icon(t, context));
    let groups = vpc.groups.iter().filter(|g| is_loose(vpc, g)).map(|g| things::loose_group(g, context));
    Some(things.chain(groups).map(Block::Icon).collect()).filter(|blocks: &Vec<Block>| !blocks.is_empty())
}

/// Puts what has no subnet into a cell of the last column: in the first row that has none there, else in a new one.
fn add_loose(rows: &mut Vec<Cells>, icons: Vec<Block>, vpc: &Vpc, column: usize, context: &Context) {
    let free = rows.iter().position(|row| row.cells.iter().all(|cell| cell.column != column));
    let at = free.unwrap_or_else(|| {
        rows.push(Cells { cells: Vec::new(), lanes: 1, bands: Vec::new() });
        rows.len() - 1
    });
    let row = &mut rows[at];
    let mut lanes = vec![Vec::new(); row.lanes];
    lanes[0] = icons;
    let p = context.phrases;
    let about = made_up(format!("{}/without-subnet", vpc.identity.address), "without-subnet", p.without_subnet);
    let look = FrameLook::Services;
    let heading = heading(about, look, None, vec![plain(p.without_subnet, Ink::Frame(look))]);
    row.cells.push(Cell { heading, column, lanes });
}

pub fn border(vpc: &Vpc, region: &Region, context: &Context) -> Vec<BorderIcon> {
    let p = context.phrases;
    let mut border = Vec::new();
    for gateway in &vpc.gateways {
        let (glyph, word, side) = match gateway.kind {
            GatewayKind::Internet => (Glyph::InternetGateway, p.internet_gateway, Side::Right),
            GatewayKind::EgressOnly => (Glyph::EgressOnlyGateway, p.egress_only_gateway, Side::Right),
            GatewayKind::Vpn => (Glyph::VpnGateway, p.vpn_gateway, Side::Left),
        };
        let mut icon = things::border_icon(&gateway.identity, glyph, word);
        if gateway.identity.name == vpc.identity.name {
            // As the CDK tags it; the frame says it already.
            icon.label.truncate(1);
        }
        border.push(BorderIcon { icon, side });
    }
    for endpoint in vpc.endpoints.iter().filter(|e| e.kind == EndpointKind::Gateway) {
        border.push(BorderIcon { icon: gateway_endpoint(endpoint, context), side: Side::Bottom });
    }
    for connection in &region.connections {
        border.extend(connection_icon(vpc, connection, context).map(|icon| BorderIcon { icon, side: Side::Left }));
    }
    border
}

/// Where a connection meets this VPC: a peering has an icon on either VPC's border, an attachment on its own VPC's.
fn connection_icon(vpc: &Vpc, connection: &Connection, context: &Context) -> Option<Icon> {
    let p = context.phrases;
    let (glyph, word) = match connection.kind {
        ConnectionKind::Peering => (Glyph::Peering, p.peering),
        ConnectionKind::TransitGatewayAttachment => (Glyph::TransitGatewayAttachment, p.transit_gateway_attachment),
        ConnectionKind::Vpn => return None,
    };
    let accepts = matches!(&connection.to, ConnectionEnd::Inside(inside) if *inside == vpc.identity.address);
    if !accepts && connection.from != vpc.identity.address {
        return None;
    }
    let mut icon = things::border_icon(&connection.identity, glyph, word);
    if accepts {
        icon.about.id = accepter_id(&icon.about.id);
    }
    Some(icon)
}

fn gateway_endpoint(endpoint: &Endpoint, context: &Context) -> Icon {
    let mut icon = things::border_icon(&endpoint.identity, Glyph::EndpointGateway, context.phrases.gateway_endpoint);
    icon.label = vec![name(&endpoint.service, Ink::Primary), small(context.phrases.gateway_endpoint)];
    icon
}
