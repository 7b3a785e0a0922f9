//! Diagram → Scene: whole pixels for everything. Total: it has no way to fail, and it knows no AWS.
//!
//! Measure up, arrange down, then draw the edges into what is left:
//!
//! 1. [`p1_measure`]: text is broken into lines, icons and headings get their sizes, in a tree that is [`measured`].
//! 2. [`p2_tracks`]: the columns and rows of every matrix get theirs, in the [`arrangement`] that suits the page.
//! 3. [`p3_place`]: every box gets its place.
//! 4. [`p4_route`]: every edge finds a way around icons and texts: the [`ground`] says what it sees of the page, [`ports`]
//!    where it may meet its ends, the [`grid`] is its visibility graph, and [`search`] finds the way; [`mod@spread`] and
//!    [`mod@straighten`] settle where those that share a side meet it.
//! 5. [`p5_nudge`]: edges that share a channel are ordered and set apart; [`faults`] tells what they still break.
//! 6. [`p6_label`]: labels go onto free straight pieces, hops onto crossings.

mod arrangement;
mod bits;
mod borders;
pub mod check;
mod faults;
mod gaps;
mod grid;
mod ground;
mod legend;
mod lists;
mod measured;
mod near;
mod outside;
mod p1_measure;
mod p2_tracks;
mod p3_place;
mod p4_route;
mod p5_nudge;
mod p6_label;
mod ports;
mod routed;
mod search;
mod spread;
mod straighten;
#[cfg(test)]
mod tests;
mod turn;

use crate::diagram::Diagram;
use crate::geom::Px;
use crate::scene::Scene;
use gaps::Slack;

/// How much wider all channels become each time that edges or labels found no room.
const WIDENINGS: [Px; 4] = [0, 12, 32, 72];
/// A picture with more items than this is not laid out anew for a few edges.
const LARGE: usize = 800;

/// Lays a diagram out.
pub fn lay_out(diagram: &Diagram) -> Scene {
    lay_out_telling(diagram, &mut |_| {})
}

/// Lays a diagram out, and says after each phase which it was: the bench in benches/sizes.rs times them.
pub fn lay_out_telling(diagram: &Diagram, done: &mut dyn FnMut(&'static str)) -> Scene {
    let mut best: Option<(usize, Scene)> = None;
    for px in WIDENINGS {
        let (homeless, scene) = lay_out_with(diagram, Slack::all(px), done);
        let large = scene.items.len() > LARGE;
        if best.as_ref().is_none_or(|(fewest, _)| homeless < *fewest) {
            best = Some((homeless, scene));
        }
        if homeless == 0 || large {
            break;
        }
    }
    best.map(|(_, scene)| scene).unwrap_or_default()
}

/// A scene, and how many lines and labels found no room in it.
fn lay_out_with(diagram: &Diagram, slack: Slack, done: &mut dyn FnMut(&'static str)) -> (usize, Scene) {
    let mut scene = p3_place::place(diagram, slack);
    done("place");
    let ground = ground::Ground::of(&scene);
    let (ends, lost) = p4_route::ends(&scene, &diagram.edges);
    let routes = p4_route::route(&ground, &ends);
    done("route");
    p6_label::finish(&ground, &mut scene, &ends, routes);
    done("label");
    let homeless = scene.relaxed.len();
    scene.relaxed.extend(lost.iter().map(|edge| format!("{edge}: left out, for an end of it is not drawn")));
    (homeless, scene)
}
