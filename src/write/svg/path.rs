//! The lines of edges: rounded bends, hops, and the heads of arrows.
//!
//! Worked out in half pixels, for a radius may be half of an odd length.

use std::fmt::{Display, Formatter, Write};

use crate::geom::{Point, Px};
use crate::theme;

/// Radius of the small arc with which an edge hops over another. Chosen: clears a line of 2 px.
pub const HOP_RADIUS: Px = 5;

/// A length in half pixels; shows as pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half(pub i64);

impl Half {
    pub const fn px(px: Px) -> Half {
        Half(px as i64 * 2)
    }
}

impl Display for Half {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, half) = (self.0.unsigned_abs() / 2, self.0 % 2 != 0);
        write!(f, "{sign}{whole}{}", if half { ".5" } else { "" })
    }
}

/// A point in half pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    x: i64,
    y: i64,
}

impl At {
    fn of(p: Point) -> At {
        At { x: i64::from(p.x) * 2, y: i64::from(p.y) * 2 }
    }

    fn toward(self, step: At, by: i64) -> At {
        At { x: self.x + step.x * by, y: self.y + step.y * by }
    }
}

impl Display for At {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", Half(self.x), Half(self.y))
    }
}

/// One axis step from `a` in the direction of `b`.
fn step(a: At, b: At) -> At {
    At { x: (b.x - a.x).signum(), y: (b.y - a.y).signum() }
}

/// Length of an axis-parallel stretch.
fn length(a: At, b: At) -> i64 {
    (b.x - a.x).abs() + (b.y - a.y).abs()
}

/// By how much a line ends before its last point and begins after its first, for the heads to cover the ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trim {
    pub start: Px,
    pub end: Px,
}

/// The `d` of a line through `points`; empty where there are fewer than two.
pub fn line(points: &[Point], hops: &[Point], trim: Trim) -> String {
    let mut corners = corners(points);
    trim_ends(&mut corners, trim);
    let mut d = String::new();
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else { return d };
    let _ = write!(d, "M{first}");
    let mut from = *first;
    for window in corners.windows(3) {
        let [before, corner, after] = window else { continue };
        let radius =
            (i64::from(theme::BEND_RADIUS) * 2).min(length(*before, *corner) / 2).min(length(*corner, *after) / 2);
        let (arriving, leaving) = (step(*before, *corner), step(*corner, *after));
        let bend = corner.toward(arriving, -radius);
        straight(&mut d, from, bend, hops);
        from = corner.toward(leaving, radius);
        let sweep = u8::from(arriving.x * leaving.y - arriving.y * leaving.x > 0);
        let _ = write!(d, "A{r} {r} 0 0 {sweep} {from}", r = Half(radius));
    }
    straight(&mut d, from, *last, hops);
    d
}

/// The points without those that repeat or that lie on a straight line between their neighbours.
fn corners(points: &[Point]) -> Vec<At> {
    let mut out: Vec<At> = Vec::with_capacity(points.len());
    for at in points.iter().copied().map(At::of) {
        if out.last() == Some(&at) {
            continue;
        }
        if let [.., a, b] = out.as_slice()
            && step(*a, *b) == step(*b, at)
        {
            out.pop();
        }
        out.push(at);
    }
    out
}

fn trim_ends(corners: &mut [At], trim: Trim) {
    let shorten = |end: At, next: At, by: Px| {
        let room = length(end, next);
        end.toward(step(end, next), (i64::from(by) * 2).min(room))
    };
    if let [first, second, ..] = corners {
        *first = shorten(*first, *second, trim.start);
    }
    if let [.., second, last] = corners {
        *last = shorten(*last, *second, trim.end);
    }
}

/// A straight stretch, with an arc over each hop on it; hops too near each other share one.
fn straight(d: &mut String, from: At, to: At, hops: &[Point]) {
    let radius = i64::from(HOP_RADIUS) * 2;
    let ahead = step(from, to);
    let along = |at: At| (at.x - from.x) * ahead.x + (at.y - from.y) * ahead.y;
    let off_line = |at: At| (at.x - from.x) * ahead.y - (at.y - from.y) * ahead.x;
    let room = radius..=length(from, to) - radius;
    let mut places: Vec<i64> = hops
        .iter()
        .copied()
        .map(At::of)
        .filter(|at| off_line(*at) == 0)
        .map(along)
        .filter(|at| room.contains(at))
        .collect();
    places.sort_unstable();
    // Up from a horizontal line, to the right of a vertical one, whichever way the edge runs.
    let (aside, sweep) = (At { x: ahead.y.abs(), y: -ahead.x.abs() }, u8::from(ahead.x + ahead.y > 0));
    let r = Half(radius);
    for group in places.chunk_by(|a, b| b - a < 2 * radius + 2) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let rise = |at: i64| from.toward(ahead, at).toward(aside, radius);
        let _ = write!(d, "L{}A{r} {r} 0 0 {sweep} {}", from.toward(ahead, first - radius), rise(*first));
        if first != last {
            let _ = write!(d, "L{}", rise(*last));
        }
        let _ = write!(d, "A{r} {r} 0 0 {sweep} {}", from.toward(ahead, last + radius));
    }
    if from != to {
        let _ = write!(d, "L{to}");
    }
}

/// The `d` of an arrow's head whose tip is `tip`, for a line that comes from `from`; empty where they are one.
pub fn head(from: Point, tip: Point) -> String {
    let (from, tip) = (At::of(from), At::of(tip));
    if from == tip {
        return String::new();
    }
    let (size, ahead) = (i64::from(theme::ARROW), step(from, tip));
    let aside = At { x: ahead.y, y: ahead.x };
    let base = tip.toward(ahead, -2 * size);
    format!("M{tip}L{}L{}Z", base.toward(aside, size), base.toward(aside, -size))
}

/// From the end of a line that does not get there to the middle of its cross. Chosen: the cross is clear of the box.
const CROSS_BACK: i64 = 20;

/// The `d` of the cross on a line that comes from `from` and does not get to `end`.
pub fn cross(from: Point, end: Point) -> String {
    let (from, end) = (At::of(from), At::of(end));
    let at = end.toward(step(from, end), -CROSS_BACK.min(length(from, end)));
    let arm = i64::from(theme::ARROW) + 2;
    let (out, breadth) = (arm, 4);
    let corners = [
        (out - breadth, -out),
        (out, breadth - out),
        (breadth, 0),
        (out, out - breadth),
        (out - breadth, out),
        (0, breadth),
        (breadth - out, out),
        (-out, out - breadth),
        (-breadth, 0),
        (-out, breadth - out),
        (breadth - out, -out),
        (0, -breadth),
    ];
    let points = corners.map(|(x, y)| At { x: at.x + x, y: at.y + y }.to_string());
    format!("M{}Z", points.join("L"))
}

/// The `d` of a joint's dot.
pub fn dot(at: Point) -> String {
    let r = Half::px(theme::JOINT).0 / 2;
    let (at, half) = (At::of(at), Half(r));
    let (left, right) = (At { x: at.x - r, ..at }, At { x: at.x + r, ..at });
    format!("M{left}A{half} {half} 0 0 1 {right}A{half} {half} 0 0 1 {left}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::point;

    #[test]
    fn a_bend_is_no_rounder_than_its_shorter_side_allows() {
        let d = line(&[point(0, 0), point(100, 0), point(100, 7)], &[], Trim::default());
        assert_eq!(d, "M0 0L96.5 0A3.5 3.5 0 0 1 100 3.5L100 7");
    }

    #[test]
    fn points_on_a_straight_line_make_no_bend() {
        let d = line(&[point(0, 0), point(50, 0), point(50, 0), point(100, 0)], &[], Trim::default());
        assert_eq!(d, "M0 0L100 0");
    }

    #[test]
    fn a_hop_rises_from_a_horizontal_line_whichever_way_it_runs() {
        let there = line(&[point(0, 20), point(100, 20)], &[point(50, 20)], Trim::default());
        let back = line(&[point(100, 20), point(0, 20)], &[point(50, 20)], Trim::default());
        assert_eq!(there, "M0 20L45 20A5 5 0 0 1 50 15A5 5 0 0 1 55 20L100 20");
        assert_eq!(back, "M100 20L55 20A5 5 0 0 0 50 15A5 5 0 0 0 45 20L0 20");
    }

    #[test]
    fn hops_next_to_each_other_are_one_bridge() {
        let d = line(&[point(0, 0), point(100, 0)], &[point(48, 0), point(40, 0)], Trim::default());
        assert_eq!(d, "M0 0L35 0A5 5 0 0 1 40 -5L48 -5A5 5 0 0 1 53 0L100 0");
    }

    #[test]
    fn a_hop_on_another_stretch_is_not_drawn_here() {
        assert_eq!(line(&[point(0, 0), point(100, 0)], &[point(50, 9)], Trim::default()), "M0 0L100 0");
    }

    #[test]
    fn the_line_ends_under_its_head() {
        let d = line(&[point(0, 0), point(100, 0)], &[], Trim { start: 0, end: 8 });
        assert_eq!(d, "M0 0L92 0");
        assert_eq!(head(point(0, 0), point(100, 0)), "M100 0L91 4.5L91 -4.5Z");
    }

    #[test]
    fn an_edge_of_one_point_draws_nothing_and_does_not_panic() {
        assert_eq!(line(&[point(3, 3)], &[], Trim { start: 8, end: 8 }), "M3 3");
        assert_eq!(head(point(3, 3), point(3, 3)), "");
    }
}
