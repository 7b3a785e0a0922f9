//! Diagram → Scene: whole pixels for everything. Total: it has no way to fail, and it knows no AWS.
//!
//! Measure up, arrange down, then draw the edges into what is left:
//!
//! 1. [`p1_measure`]: text is broken into lines, icons and headings get their sizes.
//! 2. [`p2_tracks`]: the columns and rows of every matrix get theirs.
//! 3. [`p3_place`]: every box gets its place.
//! 4. [`p4_route`]: every edge finds a way around icons and texts: the [`ground`] says what it sees of the page, [`ports`]
//!    where it may meet its ends, the [`grid`] is its visibility graph, and [`search`] finds the way.
//! 5. [`p5_nudge`]: edges that share a channel are ordered and set apart; [`faults`] tells what they still break.
//! 6. [`p6_label`]: labels go onto free straight pieces, hops onto crossings.

pub mod check;
mod faults;
mod grid;
mod ground;
mod legend;
mod near;
mod outside;
mod p1_measure;
mod p2_tracks;
mod p3_place;
mod p4_route;
mod p5_nudge;
mod p6_label;
mod ports;
mod search;
#[cfg(test)]
mod tests;

use crate::diagram::Diagram;
use crate::scene::Scene;

/// Lays a diagram out.
pub fn lay_out(diagram: &Diagram) -> Scene {
    let mut scene = p3_place::place(diagram);
    let ground = ground::Ground::of(&scene);
    let (ends, lost) = p4_route::ends(&scene, &diagram.edges);
    scene.relaxed.extend(lost.iter().map(|edge| format!("{edge}: left out, for an end of it is not drawn")));
    let routes = p4_route::route(&ground, &ends);
    p6_label::finish(&ground, &mut scene, &ends, routes);
    scene
}
