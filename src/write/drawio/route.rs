//! Edges as draw.io tells them: ports in parts of a box, labels in parts of a length.

use crate::geom::{Point, Px, Rect, point};
use crate::scene::{Item, Kind};

/// A number with at most four decimals, and no more than it needs.
pub fn fraction(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_string() } else { text.to_string() }
}

/// A number with at most four decimals.
pub fn rounded(value: f64) -> f64 {
    // Not -0, which would be written so.
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

/// The style that holds an edge's end at `at`, for the `exit` of its source or the `entry` of its target.
///
/// On a box in parts of its sides, so that the end stays in proportion when the box is resized. On an icon
/// from its middle, in pixels: draw.io takes parts of what the stencil fills of its cell, which is not all of it.
pub fn port(name: &str, end: &Item, at: Point) -> String {
    let rect = end.rect;
    let (x, y, dx, dy) = match end.kind {
        Kind::Icon(_) => {
            let center = rect.center();
            ("0.5".to_string(), "0.5".to_string(), at.x - center.x, at.y - center.y)
        }
        _ => (part(at.x - rect.left, rect.width()), part(at.y - rect.top, rect.height()), 0, 0),
    };
    format!("{name}X={x};{name}Y={y};{name}Dx={dx};{name}Dy={dy};{name}Perimeter=0;")
}

fn part(from: Px, length: Px) -> String {
    fraction(f64::from(from) / f64::from(length.max(1)))
}

/// The place on the line that is nearest to `to`: in parts of the line's length from -1 to 1, and as a point.
pub fn nearest(points: &[Point], to: Point) -> (f64, Point) {
    let whole: i64 = points.windows(2).map(length).sum();
    let (mut best, mut before) = ((i64::MAX, 0, to), 0);
    for piece in points.windows(2) {
        let [a, b] = piece else { continue };
        let on = clamped(*a, *b, to);
        let distance = length(&[on, to]);
        if distance < best.0 {
            best = (distance, before + length(&[*a, on]), on);
        }
        before += length(piece);
    }
    let (_, along, on) = best;
    (2.0 * along as f64 / whole.max(1) as f64 - 1.0, on)
}

/// The point of an axis-parallel piece that is nearest to `to`.
fn clamped(a: Point, b: Point, to: Point) -> Point {
    let rect = Rect::spanning(a, b);
    point(to.x.clamp(rect.left, rect.right), to.y.clamp(rect.top, rect.bottom))
}

/// Length of an axis-parallel piece.
fn length(piece: &[Point]) -> i64 {
    match piece {
        [a, b] => i64::from((b.x - a.x).abs()) + i64::from((b.y - a.y).abs()),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_has_no_more_digits_than_it_needs() {
        assert_eq!([0.0, -0.00001, 0.25, 1.0, 1.0 / 3.0].map(fraction), ["0", "0", "0.25", "1", "0.3333"]);
    }

    #[test]
    fn a_label_is_told_by_the_part_of_the_line_that_it_is_nearest_to() {
        let line = [point(0, 0), point(100, 0), point(100, 100)];
        assert_eq!(nearest(&line, point(50, 8)), (-0.5, point(50, 0)));
        assert_eq!(nearest(&line, point(90, 50)), (0.5, point(100, 50)));
        assert_eq!(nearest(&[], point(3, 3)), (-1.0, point(3, 3)));
    }
}
