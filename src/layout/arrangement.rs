//! Which of several arrangements suits the page: measuring is cheap, so phase 2 tries them and takes the best.

use crate::geom::{Px, Size};

/// What may be arranged one way or another; the default is how one would draw it with a page of any shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrangement {
    pub cells: Shape,
    /// Sections without zones stand at the right of those that have some, not among them.
    pub sections_beside: bool,
    /// Columns are so wide that bands have their words beside their icons, and lanes are lower.
    pub titles_beside: bool,
    /// In a frame of [`Flow::Main`](crate::diagram::Flow::Main), the rest stands at the right of the main block.
    pub rest_beside: bool,
    /// How many blocks of a frame of [`Flow::Shelves`](crate::diagram::Flow::Shelves) stand in a line.
    pub across: usize,
    /// The legend stands where it does not by default: below the body where it would be at its right, or at its right.
    pub legend_moved: bool,
}

/// The shape of a block of many icons in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Even,
    Narrow,
    Wide,
}

impl Shape {
    /// Icons a line. A few stand side by side in any shape.
    pub fn per_line(self, count: usize) -> usize {
        let (few, wide, high) = match self {
            Shape::Narrow => (2, 1, 2),
            Shape::Even => (3, 3, 2),
            Shape::Wide => (4, 3, 1),
        };
        if count <= few {
            return count.max(1);
        }
        // Squares are as good as roots, and whole.
        (1..=count).find(|n| n * n * high >= count * wide).unwrap_or(count).max(few)
    }
}

impl Default for Arrangement {
    fn default() -> Arrangement {
        Arrangement {
            cells: Shape::Even,
            sections_beside: false,
            titles_beside: false,
            rest_beside: false,
            legend_moved: false,
            across: 1,
        }
    }
}

/// Most blocks side by side that are tried.
const ACROSS_MOST: usize = 16;
/// What a departure from the first arrangement costs, in thousandths of the page's aspect.
const DEPARTURE: Px = 40;
/// How much worse it is that a page is too high or too wide than that it is larger by as much.
const ILL: i64 = 2;
/// What a page costs that is all empty places, in the same measure.
const HOLE: Px = 400;
/// The pages that need no mending lie between these: width to height.
const NARROWEST: (Px, Px) = (4, 3);
const WIDEST: (Px, Px) = (16, 9);
/// By which part of its width a page may be widened to be wide enough.
const WIDER: Px = 6;

impl Arrangement {
    /// All that are tried, for at most `across` blocks side by side; those that depart least come first.
    pub fn all(across: usize) -> Vec<Arrangement> {
        let mut all = Vec::new();
        for cells in [Shape::Even, Shape::Narrow, Shape::Wide] {
            // A bit for each of the rest: moved from where it stands by default, or not.
            for moved in 0..16 {
                let [sections_beside, titles_beside, rest_beside, legend_moved] =
                    [1, 2, 4, 8].map(|bit| moved & bit > 0);
                let how = Arrangement { cells, sections_beside, titles_beside, rest_beside, legend_moved, across: 1 };
                all.extend((1..=across.clamp(1, ACROSS_MOST)).map(|across| Arrangement { across, ..how }));
            }
        }
        all.sort_by_key(Arrangement::departures);
        all
    }

    fn departures(&self) -> Px {
        let moved = [self.sections_beside, self.titles_beside, self.rest_beside, self.legend_moved];
        Px::from(self.cells != Shape::Even) + moved.map(Px::from).iter().sum::<Px>()
    }

    /// As much of it as matters to a matrix: two that agree in this give the same matrix.
    pub fn of_matrices(&self) -> Arrangement {
        Arrangement { rest_beside: false, legend_moved: false, across: 1, ..*self }
    }

    /// What empty places in the last line of `shelved` blocks cost: a page with a hole in it is not at rest.
    pub fn cost_of_gaps(&self, shelved: usize) -> Px {
        let places = shelved.next_multiple_of(self.across.max(1));
        let empty = (places - shelved) * HOLE as usize / places.max(1);
        Px::try_from(empty).unwrap_or(HOLE)
    }

    /// How ill it suits, if the page becomes this large, and with the first arrangement that large.
    pub fn cost(&self, page: Size, first: Size) -> Px {
        let excess = |a: (Px, Px), b: (Px, Px)| {
            let product = |(x, y): (Px, Px)| i64::from(x) * i64::from(y);
            product(a) * 1000 / product(b).max(1) - 1000
        };
        let too_high = excess((NARROWEST.0, page.height), (NARROWEST.1, page.width));
        let too_wide = excess((WIDEST.1, page.width), (WIDEST.0, page.height));
        let larger = excess((page.width, page.height), (first.width, first.height));
        let ill = ILL * too_high.max(too_wide).max(0) + larger;
        Px::try_from(ill).unwrap_or(Px::MAX - 5 * DEPARTURE) + DEPARTURE * self.departures()
    }
}

/// What the body may be wider than it must, so that a page that is nearly wide enough is.
pub fn lacking_width(page: Size) -> Px {
    let least = (page.height * NARROWEST.0 + NARROWEST.1 - 1) / NARROWEST.1;
    (least - page.width).clamp(0, page.width / WIDER)
}

#[cfg(test)]
mod tests;
