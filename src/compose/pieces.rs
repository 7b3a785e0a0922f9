//! Groups whose band is in pieces: what leads from the group leads from each piece, or along a route from those of which
//! the subnets have that route, and what leads to it leads to the piece that is nearest. The control plane reaches them all.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{PathKind, Region, Stop};
use crate::diagram::{Block, Diagram, Edge, Frame, Row};
use crate::hashing::HashMap;
use crate::look::EdgeLook;

/// A matrix's section and row, counted through the diagram.
type Place = (usize, usize);

/// From a subnet to where one of its routes leads first, by their ids.
type Hop = (String, String);

/// `regions` have all routes, also those that are not drawn.
pub fn join<'r>(regions: impl IntoIterator<Item = &'r Region>, diagram: &mut Diagram) {
    let edges = std::mem::take(&mut diagram.edges);
    let mut rows = Rows::default();
    diagram.body.iter().for_each(|block| rows.read(block));
    rows.pieces.retain(|_, pieces| pieces.len() > 1);
    diagram.edges = if rows.pieces.is_empty() { edges } else { rows.joined(edges, &hops(regions)) };
}

fn hops<'r>(regions: impl IntoIterator<Item = &'r Region>) -> BTreeSet<Hop> {
    let paths = regions.into_iter().flat_map(|region| &region.paths);
    let first = paths.filter(|path| path.kind == PathKind::Egress).filter_map(|path| match path.stops.as_slice() {
        [Stop::At(subnet), Stop::At(hop), ..] => Some((subnet.to_string(), hop.to_string())),
        _ => None,
    });
    first.collect()
}

/// Each edge from each of its pieces; from where it begins already, where there are none.
fn split<'p>(edges: Vec<Edge>, pieces: impl Fn(&Edge) -> Vec<&'p str>) -> Vec<Edge> {
    once_a_piece(edges, pieces, |edge, piece| edge.from = piece)
}

/// Each edge to each of its pieces; to where it ends already, where there are none.
fn spread<'p>(edges: Vec<Edge>, pieces: impl Fn(&Edge) -> Vec<&'p str>) -> Vec<Edge> {
    once_a_piece(edges, pieces, |edge, piece| edge.to = piece)
}

fn once_a_piece<'p>(
    edges: Vec<Edge>,
    pieces: impl Fn(&Edge) -> Vec<&'p str>,
    join: impl Fn(&mut Edge, String),
) -> Vec<Edge> {
    let mut all = Vec::new();
    for edge in edges {
        let pieces = pieces(&edge);
        for (n, piece) in pieces.iter().enumerate() {
            let mut edge = nth(&edge, n);
            join(&mut edge, piece.to_string());
            all.push(edge);
        }
        all.extend(pieces.is_empty().then_some(edge));
    }
    all
}

/// The edge once more, for the n-th piece: said once what it carries.
fn nth(edge: &Edge, n: usize) -> Edge {
    let mut edge = edge.clone();
    if n > 0 {
        edge.about.id = format!("{}#{}", edge.about.id, n + 1);
        edge.label = None;
    }
    edge
}

/// Who goes a way: a person comes to a host by SSH and goes on from there with kubectl.
const fn traveller(look: EdgeLook) -> EdgeLook {
    match look {
        EdgeLook::Administration | EdgeLook::KubectlDns => EdgeLook::Kubectl,
        EdgeLook::NodesDns => EdgeLook::NodesToApi,
        look => look,
    }
}

/// Where bands and cells are.
#[derive(Default)]
struct Rows<'a> {
    /// The bands of each group, by the id of the first one.
    pieces: BTreeMap<&'a str, Vec<&'a str>>,
    places: HashMap<&'a str, Place>,
    /// The subnets in which members of each band stand.
    subnets: HashMap<&'a str, Vec<&'a str>>,
    sections: usize,
}

impl<'a> Rows<'a> {
    fn read(&mut self, block: &'a Block) {
        match block {
            Block::Icon(_) | Block::Plate(_) => {}
            Block::Frame(Frame { blocks, .. }) => blocks.iter().for_each(|block| self.read(block)),
            Block::Matrix(matrix) => {
                for section in &matrix.sections {
                    self.sections += 1;
                    let rows = section.rows.iter().enumerate();
                    rows.for_each(|(row, content)| self.read_row((self.sections, row), content));
                }
            }
        }
    }

    fn read_row(&mut self, place: Place, row: &'a Row) {
        let Row::Cells(cells) = row else { return };
        for band in &cells.bands {
            let id = band.heading.about.id.as_str();
            self.pieces.entry(id.split_once('#').map_or(id, |(group, _)| group)).or_default().push(id);
            self.places.insert(id, place);
        }
        for cell in &cells.cells {
            let subnet = cell.heading.about.id.as_str();
            let bands = cell.lanes.iter().flatten().filter_map(|block| match block {
                Block::Icon(icon) => icon.band.as_deref(),
                Block::Frame(frame) => frame.band.as_deref(),
                Block::Plate(_) | Block::Matrix(_) => None,
            });
            bands.for_each(|band| self.subnets.entry(band).or_default().push(subnet));
            let icons = cell.lanes.iter().flatten().filter_map(Block::about);
            self.places.extend(icons.chain([&cell.heading.about]).map(|about| (about.id.as_str(), place)));
        }
    }

    fn joined(&self, edges: Vec<Edge>, hops: &BTreeSet<Hop>) -> Vec<Edge> {
        let (down, edges) = edges.into_iter().partition(|edge| edge.look == EdgeLook::ControlPlaneToNodes);
        [self.led(edges, hops), self.reached(down)].concat()
    }

    /// From the control plane to each piece of the nodes, by the piece of the interfaces that is nearest to it.
    fn reached(&self, edges: Vec<Edge>) -> Vec<Edge> {
        let met: BTreeSet<String> = edges.iter().map(|edge| edge.to.clone()).collect();
        let (last, first) = edges.into_iter().partition(|edge| met.contains(&edge.from));
        let mut last = spread(last, |edge| self.pieces_of(&edge.to).to_vec());
        for edge in &mut last {
            let pieces = self.pieces_of(&edge.from);
            if !pieces.is_empty() {
                edge.from = self.nearest(pieces, &edge.to).to_string();
            }
        }
        let leads_on: BTreeSet<&str> = last.iter().map(|edge| edge.from.as_str()).collect();
        let first = spread(first, |edge| {
            self.pieces_of(&edge.to).iter().copied().filter(|piece| leads_on.contains(piece)).collect()
        });
        [first, last].concat()
    }

    fn led(&self, edges: Vec<Edge>, hops: &BTreeSet<Hop>) -> Vec<Edge> {
        let led_to: BTreeSet<(String, EdgeLook)> = edges.iter().map(|e| (e.to.clone(), traveller(e.look))).collect();
        let goes_on = |edge: &Edge| led_to.contains(&(edge.from.clone(), traveller(edge.look)));
        let from = |edge: &Edge| if goes_on(edge) { Vec::new() } else { self.leading(edge, hops) };
        let mut edges = split(edges, from);
        let mut met: BTreeSet<(String, EdgeLook)> = BTreeSet::new();
        for edge in &mut edges {
            let pieces = self.pieces_of(&edge.to);
            if !pieces.is_empty() {
                edge.to = self.nearest(pieces, &edge.from).to_string();
                met.insert((edge.to.clone(), traveller(edge.look)));
            }
        }
        // Where something leads to a piece, it leads on from there.
        let led_on = |edge: &Edge| {
            let is_met = |piece: &&str| met.contains(&(piece.to_string(), traveller(edge.look)));
            if goes_on(edge) { self.pieces_of(&edge.from).iter().copied().filter(is_met).collect() } else { Vec::new() }
        };
        split(edges, led_on)
    }

    /// The pieces from which an edge leads: those with the route that it takes, or all where it takes none of theirs.
    fn leading(&self, edge: &Edge, hops: &BTreeSet<Hop>) -> Vec<&'a str> {
        let pieces = self.pieces_of(&edge.from);
        let routed = |piece: &&str| {
            let mut subnets = self.subnets.get(piece).into_iter().flatten();
            subnets.any(|subnet| hops.contains(&(subnet.to_string(), edge.to.clone())))
        };
        let routed: Vec<&str> = pieces.iter().copied().filter(routed).collect();
        if routed.is_empty() { pieces.to_vec() } else { routed }
    }

    fn pieces_of(&self, group: &str) -> &[&'a str] {
        self.pieces.get(group).map_or(&[], Vec::as_slice)
    }

    /// The piece in the row that is nearest to an edge's other end.
    fn nearest(&self, pieces: &[&'a str], end: &str) -> &'a str {
        let Some((section, row)) = self.places.get(end) else { return pieces[0] };
        let distance = |piece: &&&str| {
            let (other_section, other_row) = self.places[**piece];
            (section.abs_diff(other_section), row.abs_diff(other_row))
        };
        pieces.iter().min_by_key(distance).copied().unwrap_or(pieces[0])
    }
}
