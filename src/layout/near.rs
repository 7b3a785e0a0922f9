//! Boxes by place: what lies near a box, without asking all others.
//!
//! A uniform grid. Building it costs the squares that the boxes cover, a question those that its box covers; there are
//! about as many squares as boxes, so that n questions about n boxes take about n steps.

use std::iter::StepBy;
use std::ops::Range;

use crate::geom::{Px, Rect};

/// The least side of a square, in px.
const SMALLEST: i64 = 16;

pub struct Near<T> {
    /// The squares' side, as a power of two.
    square: u32,
    columns: Px,
    rows: Px,
    /// Where each square's boxes begin in `held`; one more at the end.
    starts: Vec<u32>,
    held: Vec<u32>,
    boxes: Vec<(Rect, T)>,
    bounds: Rect,
}

impl<T: Copy> Near<T> {
    pub fn new(boxes: Vec<(Rect, T)>) -> Near<T> {
        let bounds = boxes.iter().map(|(rect, _)| *rect).reduce(Rect::union).unwrap_or_default();
        let area = i64::from(bounds.width().max(1)) * i64::from(bounds.height().max(1));
        let side = (area / boxes.len().max(1) as i64).isqrt().max(SMALLEST);
        let square = side.ilog2();
        let (columns, rows) = ((bounds.width() >> square) + 1, (bounds.height() >> square) + 1);
        let mut near = Near { square, columns, rows, starts: Vec::new(), held: Vec::new(), boxes, bounds };
        let mut starts = vec![0u32; columns as usize * rows as usize + 1];
        for (rect, _) in &near.boxes {
            near.squares(*rect).for_each(|s| starts[s + 1] += 1);
        }
        for s in 1..starts.len() {
            starts[s] += starts[s - 1];
        }
        let mut next = starts.clone();
        let mut held = vec![0u32; starts.last().map_or(0, |n| *n as usize)];
        for (index, (rect, _)) in near.boxes.iter().enumerate() {
            for s in near.squares(*rect) {
                held[next[s] as usize] = index as u32;
                next[s] += 1;
            }
        }
        near.starts = starts;
        near.held = held;
        near
    }

    /// The boxes that share at least a point with `rect`, each once, in the order in which they were given.
    pub fn touching(&self, rect: Rect) -> Vec<(Rect, T)> {
        let mut found: Vec<u32> = Vec::new();
        for held in self.rows(rect) {
            found.extend(held.iter().filter(|index| touch(self.boxes[**index as usize].0, rect)));
        }
        // A box may cover several squares.
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| self.boxes[index as usize]).collect()
    }

    /// Whether any box that shares at least a point with `rect` is what is asked for.
    pub fn any(&self, rect: Rect, mut asked: impl FnMut(Rect, T) -> bool) -> bool {
        self.rows(rect).any(|held| {
            held.iter().any(|&index| {
                let (other, what) = self.boxes[index as usize];
                touch(other, rect) && asked(other, what)
            })
        })
    }

    /// What the squares hold that `rect` covers: those of a row lie in one piece.
    fn rows(&self, rect: Rect) -> impl Iterator<Item = &[u32]> {
        let (columns, rows) = self.covered(rect);
        rows.map(move |row| {
            let (first, last) = (row + columns.start, row + columns.end.max(columns.start));
            &self.held[self.starts[first] as usize..self.starts[last] as usize]
        })
    }

    fn squares(&self, rect: Rect) -> impl Iterator<Item = usize> + use<T> {
        let (columns, rows) = self.covered(rect);
        rows.flat_map(move |row| columns.clone().map(move |column| row + column))
    }

    /// The columns of the squares that `rect` covers, and where their rows begin.
    fn covered(&self, rect: Rect) -> (Range<usize>, StepBy<Range<usize>>) {
        let column = |x: Px| ((x - self.bounds.left) >> self.square).clamp(0, self.columns - 1) as usize;
        let row = |y: Px| ((y - self.bounds.top) >> self.square).clamp(0, self.rows - 1) as usize;
        let columns = self.columns as usize;
        let rows = row(rect.top) * columns..(row(rect.bottom) + 1) * columns;
        (column(rect.left)..column(rect.right) + 1, rows.step_by(columns))
    }
}

fn touch(a: Rect, b: Rect) -> bool {
    a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_asking_all_would_find() {
        let boxes: Vec<(Rect, usize)> = (0..400)
            .map(|i| (Rect::new((i * 97) % 1000, (i * 61) % 700, (i * 13) % 90, (i * 7) % 50), i as usize))
            .collect();
        let near = Near::new(boxes.clone());
        for (rect, _) in &boxes {
            let all: Vec<usize> = boxes.iter().filter(|(other, _)| touch(*other, *rect)).map(|(_, i)| *i).collect();
            let found: Vec<usize> = near.touching(*rect).into_iter().map(|(_, i)| i).collect();
            assert_eq!(found, all);
        }
    }

    #[test]
    fn nothing_is_near_nothing() {
        assert!(Near::<u8>::new(Vec::new()).touching(Rect::new(0, 0, 9, 9)).is_empty());
    }
}
