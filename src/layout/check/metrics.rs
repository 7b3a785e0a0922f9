//! What is measured of a scene and kept low, without being a law.

use std::collections::BTreeSet;

use super::parts::{Parts, Piece};
use crate::geom::{Point, Px, Rect, point};
use crate::scene::{ItemIndex, Kind, Scene};

/// Side of the squares in which empty ground is counted.
const SQUARE: Px = 16;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    pub edges: usize,
    /// Places at which two edges of different bundles cross.
    pub crossings: usize,
    /// Edges through texts that do not label them, each pair once. A law forbids them; counted for comparison.
    pub hits: usize,
    pub bends: usize,
    /// Length of all edges, in px.
    pub edge_length: i64,
    /// Borders that an edge crosses though they go around neither of its ends.
    pub foreign_borders: usize,
    /// Percent of the page on which, or next to which, nothing stands.
    pub empty_percent: usize,
    /// Width of the page in percent of its height.
    pub aspect_percent: i64,
}

impl std::fmt::Display for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bends_of_ten = 10 * self.bends / self.edges.max(1);
        write!(
            f,
            "{} edges, {} crossings, {} hits, {}.{} bends an edge, {} px of line, {} foreign borders crossed, {} % empty, \
             aspect {}.{:02}",
            self.edges,
            self.crossings,
            self.hits,
            bends_of_ten / 10,
            bends_of_ten % 10,
            self.edge_length,
            self.foreign_borders,
            self.empty_percent,
            self.aspect_percent / 100,
            self.aspect_percent % 100
        )
    }
}

pub fn metrics(scene: &Scene) -> Metrics {
    let parts = Parts::of(scene);
    Metrics {
        edges: parts.edges().count(),
        crossings: crossings(&parts).len(),
        hits: super::hits(&parts).len(),
        bends: parts.edges().map(|(_, edge)| edge.points.windows(3).filter(|three| bends(three)).count()).sum(),
        edge_length: parts.all_pieces.iter().map(|piece| i64::from(piece.rect().width() + piece.rect().height())).sum(),
        foreign_borders: foreign_borders(&parts),
        empty_percent: empty_percent(&parts),
        aspect_percent: i64::from(scene.size.width) * 100 / i64::from(scene.size.height.max(1)),
    }
}

fn bends(three: &[Point]) -> bool {
    match three {
        [a, b, c] => (b.x - a.x).signum() * (c.y - b.y).signum() != (b.y - a.y).signum() * (c.x - b.x).signum(),
        _ => false,
    }
}

/// Where a horizontal and a vertical piece of two unbundled edges cross, each place once.
fn crossings(parts: &Parts) -> BTreeSet<Point> {
    let mut places = BTreeSet::new();
    for level in parts.all_pieces.iter().filter(|piece| piece.is_horizontal()) {
        for (_, upright) in parts.pieces.touching(level.rect()) {
            if upright.is_vertical() && !parts.one_bundle(level.edge, upright.edge) {
                let at = point(upright.a.x, level.a.y);
                if is_inside(*level, at) && is_inside(upright, at) {
                    places.insert(at);
                }
            }
        }
    }
    places
}

/// Whether `at` is on the piece, and not one of its ends.
fn is_inside(piece: Piece, at: Point) -> bool {
    let rect = piece.rect();
    at != piece.a && at != piece.b && rect.contains(Rect::spanning(at, at))
}

fn foreign_borders(parts: &Parts) -> usize {
    let surrounds = |owner: ItemIndex, end: ItemIndex| {
        let is_member =
            matches!(parts.item(end).map(|item| &item.kind), Some(Kind::Icon(icon)) if icon.band == Some(owner));
        is_member || parts.is_within(end, owner)
    };
    let joins = |edge: ItemIndex, owner: ItemIndex| match parts.item(edge).map(|item| &item.kind) {
        Some(Kind::Edge(edge)) => surrounds(owner, edge.from) || surrounds(owner, edge.to),
        _ => true,
    };
    let crosses = |piece: &Piece, side: Rect| {
        let upright = side.left == side.right;
        let at = if upright { point(side.left, piece.a.y) } else { point(piece.a.x, side.top) };
        let square = if upright { piece.is_horizontal() } else { piece.is_vertical() };
        square && is_inside(*piece, at) && side.contains(Rect::spanning(at, at))
    };
    let crossed = parts.all_pieces.iter().map(|piece| {
        let borders = parts.borders.touching(piece.rect());
        borders.into_iter().filter(|(side, border)| crosses(piece, *side) && !joins(piece.edge, border.owner)).count()
    });
    crossed.sum()
}

/// Squares of the page that no icon, word, pill, legend or line comes near.
fn empty_percent(parts: &Parts) -> usize {
    let size = parts.scene.size;
    let (columns, rows) = ((size.width / SQUARE).max(1) as usize, (size.height / SQUARE).max(1) as usize);
    let mut taken = vec![false; columns * rows];
    let mut take = |rect: Rect| {
        let rect = rect.grown(SQUARE / 2);
        let square = |px: Px, count: usize| (px.max(0) / SQUARE).min(count as Px - 1) as usize;
        for row in square(rect.top, rows)..=square(rect.bottom, rows) {
            for column in square(rect.left, columns)..=square(rect.right, columns) {
                if let Some(square) = taken.get_mut(row * columns + column) {
                    *square = true;
                }
            }
        }
    };
    for item in &parts.scene.items {
        match item.kind {
            Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => take(item.rect),
            Kind::Frame(_) | Kind::Band(_) | Kind::Edge(_) => {}
        }
    }
    for piece in &parts.all_pieces {
        take(piece.rect());
    }
    taken.iter().filter(|taken| !**taken).count() * 100 / taken.len().max(1)
}
