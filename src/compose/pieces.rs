//! Groups whose band is in pieces: what leads from the group leads from each piece, and what leads to it leads to the
//! piece that is nearest.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Block, Diagram, Edge, Frame, Row};
use crate::hashing::HashMap;

/// A matrix's section and row, counted through the diagram.
type Place = (usize, usize);

pub fn join(diagram: &mut Diagram) {
    let edges = std::mem::take(&mut diagram.edges);
    let mut rows = Rows::default();
    diagram.body.iter().for_each(|block| rows.read(block));
    rows.pieces.retain(|_, pieces| pieces.len() > 1);
    diagram.edges = if rows.pieces.is_empty() { edges } else { rows.joined(edges) };
}

/// Each edge from each of its pieces; from where it begins already, where there are none.
fn split<'p>(edges: Vec<Edge>, pieces: impl Fn(&Edge) -> Vec<&'p str>) -> Vec<Edge> {
    let from_pieces = |edge: Edge| match pieces(&edge).as_slice() {
        [] => vec![edge],
        pieces => pieces.iter().enumerate().map(|(n, piece)| leading_from(piece, n, &edge)).collect(),
    };
    edges.into_iter().flat_map(from_pieces).collect()
}

/// The edge as it leads from the n-th piece: said once what it carries.
fn leading_from(piece: &str, n: usize, edge: &Edge) -> Edge {
    let mut edge = Edge { from: piece.to_string(), ..edge.clone() };
    if n > 0 {
        edge.about.id = format!("{}#{}", edge.about.id, n + 1);
        edge.label = None;
    }
    edge
}

/// Where bands and cells are.
#[derive(Default)]
struct Rows<'a> {
    /// The bands of each group, by the id of the first one.
    pieces: BTreeMap<&'a str, Vec<&'a str>>,
    places: HashMap<&'a str, Place>,
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
            let icons = cell.lanes.iter().flatten().filter_map(Block::about);
            self.places.extend(icons.chain([&cell.heading.about]).map(|about| (about.id.as_str(), place)));
        }
    }

    fn joined(&self, edges: Vec<Edge>) -> Vec<Edge> {
        let led_to: BTreeSet<String> = edges.iter().map(|edge| edge.to.clone()).collect();
        let all =
            |edge: &Edge| if led_to.contains(&edge.from) { Vec::new() } else { self.pieces_of(&edge.from).to_vec() };
        let mut edges = split(edges, all);
        let mut met: BTreeSet<String> = BTreeSet::new();
        for edge in &mut edges {
            let pieces = self.pieces_of(&edge.to);
            if !pieces.is_empty() {
                edge.to = self.nearest(pieces, &edge.from).to_string();
                met.insert(edge.to.clone());
            }
        }
        // Where something leads to a piece, it leads on from there.
        let led_on = |edge: &Edge| {
            let pieces = self.pieces_of(&edge.from).iter().copied();
            if led_to.contains(&edge.from) { pieces.filter(|piece| met.contains(*piece)).collect() } else { Vec::new() }
        };
        split(edges, led_on)
    }

    fn pieces_of(&self, group: &str) -> &[&'a str] {
        self.pieces.get(group).map_or(&[], Vec::as_slice)
    }

    /// The piece in the row that is nearest to an edge's start.
    fn nearest(&self, pieces: &[&'a str], from: &str) -> &'a str {
        let Some((section, row)) = self.places.get(from) else { return pieces[0] };
        let distance = |piece: &&&str| {
            let (other_section, other_row) = self.places[**piece];
            (section.abs_diff(other_section), row.abs_diff(other_row))
        };
        pieces.iter().min_by_key(distance).copied().unwrap_or(pieces[0])
    }
}
