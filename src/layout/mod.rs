//! Diagram → Scene: whole pixels for everything. Total: it has no way to fail, and it knows no AWS.
//!
//! Measure up, arrange down, then draw the edges into what is left:
//!
//! 1. [`p1_measure`]: text is broken into lines, icons and headings get their sizes.
//! 2. [`p2_tracks`]: the columns and rows of every matrix get theirs.
//! 3. [`p3_place`]: every box gets its place.
//! 4. [`p4_route`]: every edge finds a way around icons and texts, on a [`grid`], from [`ports`] on its ends.
//! 5. [`p5_nudge`]: edges that share a channel are ordered and set apart.
//! 6. [`p6_label`]: labels go onto free straight pieces, hops onto crossings.

mod arrangement;
pub mod check;
mod gaps;
mod grid;
mod legend;
mod measured;
mod outside;
mod p1_measure;
mod p2_tracks;
mod p3_place;
mod p4_route;
mod p5_nudge;
mod p6_label;
mod ports;
#[cfg(test)]
mod tests;

use crate::diagram::Diagram;
use crate::scene::Scene;

/// Lays a diagram out.
pub fn lay_out(diagram: &Diagram) -> Scene {
    let mut scene = p3_place::place(diagram, gaps::Slack::default());
    let ends = p4_route::ends(&scene, &diagram.edges);
    let ground = p4_route::Ground::of(&scene);
    let routes = p4_route::route(&ground, &scene, &ends);
    p6_label::finish(&ground, &mut scene, &ends, routes);
    scene
}
