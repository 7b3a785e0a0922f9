//! Edges whose ends are not in the picture: they are told of, not lost.

use std::collections::BTreeSet;

use crate::diagram::{Block, Diagram, Row, Section};

/// Takes the edges out that lead from or to nothing that is drawn, and says which they are.
pub fn leave_out(diagram: &mut Diagram) -> Vec<String> {
    let drawn = drawn(diagram);
    let (kept, lost): (Vec<_>, Vec<_>) =
        diagram.edges.drain(..).partition(|edge| drawn.contains(&edge.from) && drawn.contains(&edge.to));
    diagram.edges = kept;
    lost.into_iter().map(|edge| format!("{} from {} to {}", edge.look.name(), edge.from, edge.to)).collect()
}

/// The ids of everything at which an edge can end.
pub fn drawn(diagram: &Diagram) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    ids.extend(diagram.left.iter().chain(&diagram.right).filter_map(|actor| Some(actor.block.about()?.id.clone())));
    diagram.body.iter().for_each(|block| collect(block, &mut ids));
    ids
}

fn collect(block: &Block, ids: &mut BTreeSet<String>) {
    match block {
        Block::Icon(icon) => drop(ids.insert(icon.about.id.clone())),
        Block::Plate(plate) => drop(ids.insert(plate.about.id.clone())),
        Block::Frame(frame) => {
            ids.insert(frame.heading.about.id.clone());
            frame.blocks.iter().for_each(|block| collect(block, ids));
        }
        Block::Matrix(matrix) => {
            let zones = matrix.columns.iter().filter_map(|column| column.zone.as_ref());
            ids.extend(zones.map(|zone| zone.about.id.clone()));
            matrix.sections.iter().for_each(|section| collect_section(section, ids));
        }
    }
}

fn collect_section(section: &Section, ids: &mut BTreeSet<String>) {
    ids.insert(section.heading.about.id.clone());
    ids.extend(section.border.iter().map(|icon| icon.icon.about.id.clone()));
    for row in &section.rows {
        match row {
            Row::Span(blocks) => blocks.iter().for_each(|block| collect(block, ids)),
            Row::Cells(cells) => {
                ids.extend(cells.bands.iter().map(|band| band.heading.about.id.clone()));
                ids.extend(cells.cells.iter().map(|cell| cell.heading.about.id.clone()));
                let blocks = cells.cells.iter().flat_map(|cell| cell.lanes.iter().flatten());
                blocks.for_each(|block| collect(block, ids));
            }
        }
    }
}
