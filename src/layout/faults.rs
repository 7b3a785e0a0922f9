//! What is still wrong with routes: pieces that lie on pieces of other bundles, meet walls or follow borders.
//!
//! Needs: routes, nudged or not. Leaves: every fault with the pieces that make it; none means that laws 4 to 6 hold. Costs
//! for each piece what lies near it.

use super::ground::Ground;
use super::near::Near;
use super::p4_route::{Ends, Route};
use crate::geom::{Point, Px, Rect};

/// Least distance at which two edges side by side are told apart.
const APART: Px = 4;
/// Nearer to a border than this, a piece beside it is taken for it.
const BESIDE: Px = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The edge that should make way, and the first point of the piece.
    pub edge: usize,
    pub piece: usize,
    /// The edge on which it lies, where it is that.
    pub other: Option<usize>,
    pub others_piece: Option<usize>,
}

pub fn faults(ground: &Ground, ends: &[Ends], routes: &[Route]) -> Vec<Fault> {
    let mut all: Vec<(Rect, (usize, usize))> = Vec::new();
    let mut found = Vec::new();
    for (edge, route) in routes.iter().enumerate() {
        if route.points.len() < 2 {
            found.push(Fault { edge, piece: 0, other: None, others_piece: None });
        }
        for (piece, pair) in route.points.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
            all.push((Rect::spanning(pair[0], pair[1]), (edge, piece)));
            let boxes = [ground.rect(ends[edge].from), ground.rect(ends[edge].to)];
            if is_unlawful(ground, boxes, pair[0], pair[1]) {
                found.push(Fault { edge, piece, other: None, others_piece: None });
            }
        }
    }
    let near = Near::new(all.clone());
    for (rect, (edge, piece)) in all {
        for (other_rect, (other, others_piece)) in near.touching(rect.grown(APART)) {
            if other < edge && routes[other].bundle != routes[edge].bundle && lie_together(rect, other_rect) {
                found.push(Fault { edge, piece, other: Some(other), others_piece: Some(others_piece) });
            }
        }
    }
    found
}

fn is_unlawful(ground: &Ground, ends: [Rect; 2], a: Point, b: Point) -> bool {
    let piece = Rect::spanning(a, b);
    let crosses = |wall: Rect| match ends.contains(&wall) {
        true => wall.crossed_by(a, b),
        false => wall.grown(1).crossed_by(a, b),
    };
    let follows = |side: Rect| match a.y == b.y {
        true => {
            side.top == side.bottom
                && (side.top - a.y).abs() < BESIDE
                && piece.left < side.right
                && side.left < piece.right
        }
        false => {
            side.left == side.right
                && (side.left - a.x).abs() < BESIDE
                && piece.top < side.bottom
                && side.top < piece.bottom
        }
    };
    a.x != b.x && a.y != b.y
        || !ground.page.contains(piece)
        || ground.walls.any(piece.grown(1), |wall, ()| crosses(wall))
        || ground.sides.any(piece.grown(BESIDE), |side, ()| follows(side))
}

fn lie_together(a: Rect, b: Rect) -> bool {
    let level = |r: Rect| r.top == r.bottom;
    match (level(a), level(b)) {
        (true, true) => (a.top - b.top).abs() < APART && a.left < b.right && b.left < a.right,
        (false, false) => (a.left - b.left).abs() < APART && a.top < b.bottom && b.top < a.bottom,
        _ => false,
    }
}
