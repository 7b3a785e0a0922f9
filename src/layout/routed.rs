//! The ways found so far, by place and by bundle, so that an edge asks only those that lie in what it sees.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::{Point, Px, Rect};
use crate::hashing::HashMap;

/// Side of the squares by which ways are kept: about a subnet's.
const SQUARE: Px = 512;

/// Edges by the squares that their ways pass, and those of each bundle.
#[derive(Default)]
pub struct Routed {
    squares: HashMap<(Px, Px), Vec<usize>>,
    bundles: BTreeMap<u32, BTreeSet<usize>>,
    edges: BTreeSet<usize>,
}

impl Routed {
    pub fn add(&mut self, edge: usize, way: &[Point], bundle: u32) {
        if way.is_empty() {
            return;
        }
        for square in squares_of(way) {
            self.squares.entry(square).or_default().push(edge);
        }
        self.bundles.entry(bundle).or_default().insert(edge);
        self.edges.insert(edge);
    }

    pub fn remove(&mut self, edge: usize, way: &[Point], bundle: u32) {
        for square in squares_of(way) {
            if let Some(edges) = self.squares.get_mut(&square) {
                edges.retain(|other| *other != edge);
            }
        }
        if let Some(edges) = self.bundles.get_mut(&bundle) {
            edges.remove(&edge);
        }
        self.edges.remove(&edge);
    }

    /// The edges of a bundle, in their order.
    pub fn of_bundle(&self, bundle: u32) -> impl Iterator<Item = usize> {
        self.bundles.get(&bundle).into_iter().flatten().copied()
    }

    /// Edges that pass a square that the area shares, each once, in their order.
    pub fn near(&self, area: Rect) -> Vec<usize> {
        let squares = squares(area);
        if squares.0.len() * squares.1.len() > self.edges.len() {
            return self.edges.iter().copied().collect();
        }
        let all = squares.0.flat_map(|x| squares.1.clone().map(move |y| (x, y)));
        let mut found: Vec<usize> = all.filter_map(|square| self.squares.get(&square)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn squares(area: Rect) -> (std::ops::Range<Px>, std::ops::Range<Px>) {
    let range = |low: Px, high: Px| low.div_euclid(SQUARE)..high.div_euclid(SQUARE) + 1;
    (range(area.left, area.right), range(area.top, area.bottom))
}

/// Each square that a way passes, once.
fn squares_of(way: &[Point]) -> BTreeSet<(Px, Px)> {
    let pieces = way.windows(2).map(|pair| squares(Rect::spanning(pair[0], pair[1])));
    pieces.flat_map(|(xs, ys)| xs.flat_map(move |x| ys.clone().map(move |y| (x, y)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::point;

    #[test]
    fn it_finds_the_ways_that_asking_all_would_find() {
        let mut routed = Routed::default();
        let way = |n: i32| [point(n * 700, 0), point(n * 700, 900), point(n * 700 + 300, 900)];
        (0..40).for_each(|n| routed.add(n as usize, &way(n), n as u32 % 3));
        routed.remove(7, &way(7), 1);
        let near = routed.near(Rect::new(4200, 100, 1500, 50));
        let touched: Vec<usize> =
            (0..40).filter(|n| *n != 7 && (4200..=5700).contains(&(n * 700))).map(|n| n as usize).collect();
        assert!(touched.iter().all(|edge| near.contains(edge)), "{near:?}");
        assert!(!near.contains(&7) && near.len() < 8);
        assert_eq!(routed.of_bundle(1).take(3).collect::<Vec<_>>(), [1, 4, 10]);
    }
}
