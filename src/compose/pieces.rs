//! Groups whose band is in pieces: what leads from the group leads from each piece, and what leads to it leads to the
//! piece that is nearest.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Block, Diagram, Edge, Frame, Row};

/// A matrix's section and row, counted through the diagram.
type Place = (usize, usize);

pub fn join(diagram: &mut Diagram) {
    let mut rows = Rows::default();
    diagram.body.iter().for_each(|block| rows.read(block));
    rows.pieces.retain(|_, pieces| pieces.len() > 1);
    let edges = std::mem::take(&mut diagram.edges);
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut to_pieces = Vec::new();
    for mut edge in edges {
        if let Some(pieces) = rows.pieces.get(&edge.to) {
            edge.to = rows.nearest(pieces, &edge.from).to_string();
            met.insert(edge.to.clone());
        }
        to_pieces.push(edge);
    }
    for edge in to_pieces {
        let pieces = rows.pieces.get(&edge.from).map(Vec::as_slice).unwrap_or_default();
        // Where something leads to a piece, it leads on from there.
        let is_met = |piece: &&String| pieces.iter().all(|other| !met.contains(other)) || met.contains(*piece);
        let from: Vec<&String> = pieces.iter().filter(is_met).collect();
        if from.is_empty() {
            diagram.edges.push(edge);
            continue;
        }
        diagram.edges.extend(from.into_iter().enumerate().map(|(n, piece)| leading_from(piece, n, &edge)));
    }
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
struct Rows {
    /// The bands of each group, by the id of the first one.
    pieces: BTreeMap<String, Vec<String>>,
    places: BTreeMap<String, Place>,
    sections: usize,
}

impl Rows {
    fn read(&mut self, block: &Block) {
        match block {
            Block::Icon(_) => {}
            Block::Frame(Frame { blocks, .. }) => blocks.iter().for_each(|block| self.read(block)),
            Block::Matrix(matrix) => {
                for section in &matrix.sections {
                    self.sections += 1;
                    for (row, content) in section.rows.iter().enumerate() {
                        let Row::Cells(cells) = content else { continue };
                        let place = (self.sections, row);
                        for band in &cells.bands {
                            let id = &band.heading.about.id;
                            let group = id.split_once('#').map_or(id.as_str(), |(group, _)| group);
                            self.pieces.entry(group.to_string()).or_default().push(id.clone());
                            self.places.insert(id.clone(), place);
                        }
                        for cell in &cells.cells {
                            self.places.insert(cell.heading.about.id.clone(), place);
                            for icon in cell.lanes.iter().flatten() {
                                self.places.insert(icon.about.id.clone(), place);
                            }
                        }
                    }
                }
            }
        }
    }

    /// The piece in the row that is nearest to an edge's start.
    fn nearest<'p>(&self, pieces: &'p [String], from: &str) -> &'p str {
        let Some(&(section, row)) = self.places.get(from) else { return &pieces[0] };
        let distance = |piece: &String| {
            let (other_section, other_row) = self.places[piece];
            (section.abs_diff(other_section), row.abs_diff(other_row))
        };
        pieces.iter().min_by_key(|piece| distance(piece)).map_or(&pieces[0], |piece| piece)
    }
}
