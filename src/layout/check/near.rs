//! Boxes by place: what lies near a box, without asking all others.
//!
//! A uniform grid. Building it costs the cells that the boxes cover, a question those that its box covers; there are
//! about as many cells as boxes, so that a scene of n things is checked in about n steps.

use crate::geom::{Px, Rect};

pub struct Near<T> {
    cell: Px,
    columns: Px,
    rows: Px,
    buckets: Vec<Vec<usize>>,
    boxes: Vec<(Rect, T)>,
    bounds: Rect,
}

impl<T: Copy> Near<T> {
    pub fn new(boxes: Vec<(Rect, T)>) -> Near<T> {
        let bounds = boxes.iter().map(|(rect, _)| *rect).reduce(Rect::union).unwrap_or_default();
        let area = f64::from(bounds.width().max(1)) * f64::from(bounds.height().max(1));
        let cell = ((area / (boxes.len().max(1) as f64)).sqrt() as Px).max(16);
        let (columns, rows) = (bounds.width() / cell + 1, bounds.height() / cell + 1);
        let mut near = Near { cell, columns, rows, buckets: Vec::new(), boxes, bounds };
        let mut buckets = vec![Vec::new(); columns as usize * rows as usize];
        for (index, (rect, _)) in near.boxes.iter().enumerate() {
            for bucket in near.cells(*rect) {
                if let Some(bucket) = buckets.get_mut(bucket) {
                    bucket.push(index);
                }
            }
        }
        near.buckets = buckets;
        near
    }

    /// The boxes that share at least a point with `rect`, each once, in the order in which they were given.
    pub fn touching(&self, rect: Rect) -> Vec<(Rect, T)> {
        let mut found: Vec<usize> =
            self.cells(rect).filter_map(|cell| self.buckets.get(cell)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|index| self.boxes.get(index))
            .filter(|(other, _)| touch(*other, rect))
            .copied()
            .collect()
    }

    fn cells(&self, rect: Rect) -> impl Iterator<Item = usize> + use<T> {
        let column = |x: Px| ((x - self.bounds.left) / self.cell).clamp(0, self.columns - 1);
        let row = |y: Px| ((y - self.bounds.top) / self.cell).clamp(0, self.rows - 1);
        let (left, right, columns) = (column(rect.left), column(rect.right), self.columns);
        (row(rect.top)..=row(rect.bottom))
            .flat_map(move |row| (left..=right).map(move |column| (row * columns + column) as usize))
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
