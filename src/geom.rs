//! Lengths, points and boxes, all in whole pixels.
//!
//! The y axis points down and the origin is the page's top-left corner, as in SVG and draw.io.
//! Coordinates are absolute everywhere but in `write`, where a format may want relative ones.
//! Whole pixels, because integer sums are the same on every machine.

use serde::Serialize;

/// A length or a coordinate, in CSS pixels.
pub type Px = i32;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Point {
    pub x: Px,
    pub y: Px,
}

pub const fn point(x: Px, y: Px) -> Point {
    Point { x, y }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    pub width: Px,
    pub height: Px,
}

pub const fn size(width: Px, height: Px) -> Size {
    Size { width, height }
}

/// A box with its sides parallel to the axes. Holds `left <= right` and `top <= bottom`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Rect {
    /// The least x inside the box.
    pub left: Px,
    pub top: Px,
    /// The first x past the box.
    pub right: Px,
    pub bottom: Px,
}

impl Rect {
    pub const fn new(left: Px, top: Px, width: Px, height: Px) -> Rect {
        Rect { left, top, right: left + width, bottom: top + height }
    }

    pub const fn at(origin: Point, size: Size) -> Rect {
        Rect::new(origin.x, origin.y, size.width, size.height)
    }

    /// The smallest box that holds both points.
    pub fn spanning(a: Point, b: Point) -> Rect {
        Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    pub const fn width(self) -> Px {
        self.right - self.left
    }

    pub const fn height(self) -> Px {
        self.bottom - self.top
    }

    pub const fn size(self) -> Size {
        size(self.width(), self.height())
    }

    pub const fn center(self) -> Point {
        point((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    /// The box with every side moved outwards by `by`; inwards where `by` is negative.
    #[must_use]
    pub const fn grown(self, by: Px) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    #[must_use]
    pub const fn moved(self, dx: Px, dy: Px) -> Rect {
        Rect { left: self.left + dx, top: self.top + dy, right: self.right + dx, bottom: self.bottom + dy }
    }

    #[must_use]
    pub fn union(self, other: Rect) -> Rect {
        Rect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the two boxes share area; touching sides do not.
    pub const fn overlaps(self, other: Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub const fn contains(self, inner: Rect) -> bool {
        self.left <= inner.left && inner.right <= self.right && self.top <= inner.top && inner.bottom <= self.bottom
    }

    /// Whether the axis-parallel segment `a`..`b` meets the inside of the box; running along a side does not.
    pub fn crossed_by(self, a: Point, b: Point) -> bool {
        let s = Rect::spanning(a, b);
        if s.left == s.right && s.top == s.bottom {
            return self.left < s.left && s.left < self.right && self.top < s.top && s.top < self.bottom;
        }
        if s.left == s.right {
            self.left < s.left && s.left < self.right && s.top < self.bottom && self.top < s.bottom
        } else {
            self.top < s.top && s.top < self.bottom && s.left < self.right && self.left < s.right
        }
    }
}
