//! What can be shown and hidden: layers, and tags.
//!
//! A layer moves nothing: what is dragged takes along what stands in it, and that is in its own layer. So the paths
//! stand in the layer of the things that they join, in the innermost cell around both ends, and go where these go, with
//! their bends. To hide them, each carries tags, which work through all layers.

use crate::mxfile;
use crate::scene::{Item, Kind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// What there is, and the paths.
    Network,
    /// Words about the picture: its title and legend.
    Notes,
}

impl Layer {
    pub const ALL: [Layer; 2] = [Layer::Network, Layer::Notes];

    pub const fn id(self) -> &'static str {
        match self {
            Layer::Network => mxfile::LAYER,
            Layer::Notes => "notes",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Layer::Network => "Network",
            Layer::Notes => "Notes",
        }
    }

    /// Where what stands on the page itself is.
    pub const fn of(kind: &Kind) -> Layer {
        match kind {
            Kind::Frame(_) | Kind::Band(_) | Kind::Icon(_) | Kind::Edge(_) | Kind::Pill(_) => Layer::Network,
            Kind::Text(_) | Kind::Legend | Kind::Swatch(_) => Layer::Notes,
        }
    }
}

/// By what draw.io's filter of tags finds a thing: words between spaces.
pub fn tags(item: &Item) -> String {
    let tier = item.facts.iter().find(|(name, _)| *name == "tier").map(|(_, tier)| tier.as_str());
    let words = match &item.kind {
        Kind::Edge(edge) => vec!["path", edge.look.name()],
        Kind::Frame(_) | Kind::Band(_) | Kind::Icon(_) | Kind::Pill(_) => {
            [item.type_name.rsplit("::").next(), tier].into_iter().flatten().collect()
        }
        Kind::Text(_) | Kind::Legend | Kind::Swatch(_) => Vec::new(),
    };
    words.iter().map(|word| word.replace(char::is_whitespace, "-")).collect::<Vec<_>>().join(" ")
}
