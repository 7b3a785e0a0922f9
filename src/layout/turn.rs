//! One piece of code for both directions: what is said of one is done to the other on the page turned over its diagonal.

use crate::geom::Rect;

/// Whether the page is as it is, or turned over so that what stands upright lies level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// As it is.
    None,
    Over,
}

impl Turn {
    pub fn rect(self, r: Rect) -> Rect {
        match self {
            Turn::None => r,
            Turn::Over => Rect { left: r.top, top: r.left, right: r.bottom, bottom: r.right },
        }
    }
}
