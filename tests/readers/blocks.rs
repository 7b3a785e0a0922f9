//! How far two pictures are apart, whoever drew them: by the mean colours of square blocks.
//!
//! Programs smooth the edges of letters and curves each in its own way, which changes single pixels much and the mean of a
//! block little. Small blocks tell a mark or a word that is missing or stands elsewhere, large ones a pale ground.

use resvg::tiny_skia::Pixmap;

/// The side of a small block in pixels, and that of a large one in small ones.
const SIDE: usize = 8;

/// By how much a colour of a small block, and of a large one, may differ, of 255. Of pictures at twice their size the
/// three programs were at most 24 and 2 apart.
const MOST: [f32; 2] = [32.0, 4.0];

type Colour = [f32; 3];

/// A picture as its blocks, row by row.
pub struct Blocks {
    columns: usize,
    means: Vec<Colour>,
}

impl Blocks {
    pub fn of(picture: &Pixmap) -> Blocks {
        let width = picture.width() as usize;
        let columns = width.div_ceil(SIDE);
        let means = picture.data().chunks(width * 4 * SIDE).flat_map(|rows| {
            let mut sums = vec![[0_u32; 4]; columns];
            for row in rows.chunks(width * 4) {
                for (sum, pixels) in sums.iter_mut().zip(row.chunks(SIDE * 4)) {
                    for pixel in pixels.chunks(4) {
                        sum[0] += u32::from(pixel[0]);
                        sum[1] += u32::from(pixel[1]);
                        sum[2] += u32::from(pixel[2]);
                        sum[3] += 1;
                    }
                }
            }
            sums.into_iter().map(|[red, green, blue, pixels]| [red, green, blue].map(|sum| sum as f32 / pixels as f32))
        });
        Blocks { columns, means: means.collect() }
    }

    /// Larger ones, of eight times eight.
    fn joined(&self) -> Blocks {
        let columns = self.columns.div_ceil(SIDE);
        let means = self.means.chunks(self.columns * SIDE).flat_map(|rows| {
            let mut sums = vec![([0.0; 3], 0.0); columns];
            for row in rows.chunks(self.columns) {
                for (column, mean) in row.iter().enumerate() {
                    let (sum, blocks) = &mut sums[column / SIDE];
                    (0..3).for_each(|colour| sum[colour] += mean[colour]);
                    *blocks += 1.0;
                }
            }
            sums.into_iter().map(|(sum, blocks)| sum.map(|sum: f32| sum / blocks))
        });
        Blocks { columns, means: means.collect() }
    }

    /// Where two pictures are too far apart: a place, and by how much.
    pub fn difference(&self, other: &Blocks) -> Option<String> {
        let (large, others) = (self.joined(), other.joined());
        farther_than(MOST[0], SIDE, self, other).or_else(|| farther_than(MOST[1], SIDE * SIDE, &large, &others))
    }
}

fn farther_than(most: f32, side: usize, one: &Blocks, other: &Blocks) -> Option<String> {
    if (one.columns, one.means.len()) != (other.columns, other.means.len()) {
        return Some("they are not of one size".to_string());
    }
    let apart = |(one, other): (&Colour, &Colour)| (0..3).map(|c| (one[c] - other[c]).abs()).fold(0.0, f32::max);
    let all = one.means.iter().zip(&other.means).map(apart).enumerate();
    let (at, by) = all.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let [left, top] = [at % one.columns, at / one.columns].map(|n| n * side);
    (by > most).then(|| format!("{by} of 255 in the block of {side} pixels at {left}, {top}"))
}
