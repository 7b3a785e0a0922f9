//! The order of columns and of lanes, so that bands are whole rectangles.
//!
//! Needs: which columns each row fills, and which of them each band of that row covers. Leaves: a permutation of the
//! columns, and a lane for each band. Pure numbers: what a column or a band stands for is not known here.

use std::collections::BTreeMap;

/// Up to this many columns every order is tried: 7! is 5,040, and a region has at most six Availability Zones.
const EXACT: usize = 7;

/// Up to this many columns are sifted, in time n³ for each run; more are no region of AWS's, and stay as they are.
const SIFTED: usize = 24;

/// Most rounds of sifting. Chosen: the second one rarely moves anything.
const ROUNDS: usize = 4;

/// A band in its row, both as columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    pub row: Vec<usize>,
    pub band: Vec<usize>,
}

/// The band's pieces, as first and last column: it breaks where a column of its row that is not its own lies between.
/// A column that the row leaves free does not break it. Both lists ascend.
pub fn pieces(band: &[usize], row: &[usize]) -> Vec<(usize, usize)> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut whole = false;
    for column in row {
        let mine = band.binary_search(column).is_ok();
        match pieces.last_mut() {
            Some((_, last)) if mine && whole => *last = *column,
            _ if mine => pieces.push((*column, *column)),
            _ => {}
        }
        whole = mine;
    }
    pieces
}

/// The columns from left to right. `classes` are the columns in their natural order, and ascend; columns of different
/// classes keep that order. `runs` are counted: how many bands are broken alike.
///
/// Fewest pieces of bands first, then nearest to the natural order: a reader looks for zones where the account has them.
pub fn columns<C: Ord>(classes: &[C], runs: &BTreeMap<Run, usize>) -> Vec<usize> {
    let natural: Vec<usize> = (0..classes.len()).collect();
    if cost(&natural, runs).0 == runs.values().sum::<usize>() {
        return natural;
    }
    match classes.len() {
        n if n <= EXACT => exact(natural, classes, runs),
        n if n <= SIFTED => sift(natural, classes, runs),
        _ => natural,
    }
}

/// Pieces of bands, then pairs of columns that stand the other way round than in the natural order.
fn cost(order: &[usize], runs: &BTreeMap<Run, usize>) -> (usize, usize) {
    let places = places(order);
    let placed = |columns: &[usize]| {
        // Columns behind those that are ordered stay where they are.
        let mut placed: Vec<usize> = columns.iter().map(|c| places.get(*c).copied().unwrap_or(*c)).collect();
        placed.sort_unstable();
        placed
    };
    let broken = runs.iter().map(|(run, count)| count * pieces(&placed(&run.band), &placed(&run.row)).len()).sum();
    let turned = |i: usize| order[i + 1..].iter().filter(|after| **after < order[i]).count();
    (broken, (0..order.len()).map(turned).sum())
}

/// Of each column its place in the order.
fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, column) in order.iter().enumerate() {
        places[*column] = place;
    }
    places
}

/// The best of all orders; of equals the first one in the order of dictionaries.
fn exact<C: Ord>(natural: Vec<usize>, classes: &[C], runs: &BTreeMap<Run, usize>) -> Vec<usize> {
    let mut best = (cost(&natural, runs), natural.clone());
    let mut order = natural;
    while advance(&mut order) {
        if order.is_sorted_by_key(|column| &classes[*column]) {
            let cost = cost(&order, runs);
            if cost < best.0 {
                best = (cost, order.clone());
            }
        }
    }
    best.1
}

/// The next permutation in the order of dictionaries; false after the last one.
fn advance(order: &mut [usize]) -> bool {
    let Some(fall) = order.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let Some(above) = order.iter().rposition(|column| *column > order[fall]) else { return false };
    order.swap(fall, above);
    order[fall + 1..].reverse();
    true
}

/// Takes one column after the other out and puts it back where it costs least, until none moves any more. Sifting
/// (Matuszewski, Schönfeld, Molitor: *Using sifting for k-layer straightline crossing minimization*, GD 1999).
fn sift<C: Ord>(natural: Vec<usize>, classes: &[C], runs: &BTreeMap<Run, usize>) -> Vec<usize> {
    let mut best = (cost(&natural, runs), natural);
    for _ in 0..ROUNDS {
        let before = best.0;
        for column in 0..classes.len() {
            let mut rest = best.1.clone();
            rest.retain(|other| *other != column);
            for place in 0..classes.len() {
                let mut order = rest.clone();
                order.insert(place, column);
                if order.is_sorted_by_key(|column| &classes[*column]) {
                    best = best.min((cost(&order, runs), order));
                }
            }
        }
        if best.0 == before {
            break;
        }
    }
    best.1
}

/// A lane for each band, counted from 0, by the columns that it reaches from and to: the first lane that is free
/// there. Bands that come first lie above.
pub fn lanes(bands: &[(usize, usize)]) -> Vec<usize> {
    let mut lanes: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut chosen = Vec::new();
    for band in bands {
        let is_free = |lane: &Vec<(usize, usize)>| lane.iter().all(|other| other.1 < band.0 || band.1 < other.0);
        let lane = lanes.iter().position(is_free).unwrap_or_else(|| {
            lanes.push(Vec::new());
            lanes.len() - 1
        });
        lanes[lane].push(*band);
        chosen.push(lane);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(row: &[usize], bands: &[&[usize]]) -> BTreeMap<Run, usize> {
        bands.iter().map(|band| (Run { row: row.to_vec(), band: band.to_vec() }, 1)).collect()
    }

    #[test]
    fn a_band_breaks_at_a_stranger_and_not_at_a_gap() {
        assert_eq!(pieces(&[0, 2], &[0, 1, 2]), [(0, 0), (2, 2)]);
        assert_eq!(pieces(&[0, 2], &[0, 2]), [(0, 2)]);
    }

    #[test]
    fn columns_keep_their_order_where_no_band_is_broken() {
        assert_eq!(columns(&[(); 3], &runs(&[0, 1, 2], &[&[0, 1], &[1, 2]])), [0, 1, 2]);
    }

    #[test]
    fn columns_of_one_band_become_neighbours_by_the_least_change() {
        assert_eq!(columns(&[(); 3], &runs(&[0, 1, 2], &[&[0, 2]])), [0, 2, 1]);
        assert_eq!(columns(&[(); 4], &runs(&[0, 1, 2, 3], &[&[0, 2], &[0, 3]])), [1, 2, 0, 3]);
    }

    #[test]
    fn where_no_order_keeps_all_bands_whole_the_fewest_are_broken() {
        let row = &[0, 1, 2];
        let runs = runs(row, &[&[0, 1], &[1, 2], &[0, 2]]);
        let order = columns(&[(); 3], &runs);
        assert_eq!(order, [0, 1, 2]);
        assert_eq!(cost(&order, &runs).0, 4);
    }

    #[test]
    fn bands_that_are_many_outweigh_one() {
        let mut runs = runs(&[0, 1, 2], &[&[0, 1], &[1, 2], &[0, 2]]);
        runs.insert(Run { row: vec![0, 1, 2], band: vec![0, 2] }, 3);
        assert_eq!(columns(&[(); 3], &runs), [0, 2, 1]);
    }

    #[test]
    fn columns_of_another_class_stay_behind() {
        let order = columns(&[1, 1, 2], &runs(&[0, 1, 2], &[&[0, 2]]));
        assert_eq!(order, [1, 0, 2]);
    }

    #[test]
    fn columns_behind_the_ordered_ones_count_as_strangers() {
        assert_eq!(columns(&[(); 2], &runs(&[0, 1, 2], &[&[0, 2]])), [1, 0]);
    }

    #[test]
    fn many_columns_are_sifted() {
        let row: Vec<usize> = (0..10).collect();
        let runs = runs(&row, &[&[0, 9], &[1, 8]]);
        let mut order = columns(&[(); 10], &runs);
        assert_eq!(cost(&order, &runs).0, 2, "{order:?}");
        order.sort_unstable();
        assert_eq!(order, row);
    }

    #[test]
    fn bands_that_share_no_column_share_a_lane() {
        assert_eq!(lanes(&[(0, 0), (0, 1), (1, 2), (2, 2)]), [0, 1, 0, 1]);
    }
}
