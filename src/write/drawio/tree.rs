//! Which cell stands in which.
//!
//! draw.io's cells form a tree, and a cell's place is told from its parent's corner. The tree is the scene's, but
//! that an icon on a border belongs to what is around the frame (it is not to move with the border alone), that
//! the members of a band belong to the band (it is painted over their subnets, and they over it), and that words and
//! samples are nobody's parents.

use std::collections::BTreeSet;

use crate::geom::{Point, Rect, point};
use crate::limits;
use crate::mxfile;
use crate::scene::{Edge, Frame, Icon, ItemIndex, Kind, Scene};
use crate::write::drawio::layer::Layer;
use crate::xml;

/// How far the ground is cleared around an icon that stands on a border.
pub const CLEARING: i32 = 3;

pub struct Tree<'a> {
    pub scene: &'a Scene,
    /// The cell id of each item.
    ids: Vec<String>,
    used: BTreeSet<String>,
    /// The bands, each with its home.
    bands: Vec<(ItemIndex, Option<ItemIndex>)>,
}

impl<'a> Tree<'a> {
    pub fn of(scene: &'a Scene) -> Tree<'a> {
        let layers = Layer::ALL.map(Layer::id);
        let used = layers.into_iter().chain([mxfile::ROOT]).map(str::to_string).collect();
        let mut tree = Tree { scene, ids: Vec::new(), used, bands: Vec::new() };
        for item in &scene.items {
            let id = tree.fresh(&item.id);
            tree.ids.push(id);
        }
        let bands = (0..scene.items.len()).filter(|index| tree.is_band(*index));
        tree.bands = bands.map(|band| (band, tree.home(band))).collect();
        tree
    }

    /// An id that no other cell has: one that stands twice empties the whole page.
    pub fn fresh(&mut self, wanted: &str) -> String {
        let mut id = xml::allowed(wanted).into_owned();
        while !self.used.insert(id.clone()) {
            id.push('~');
        }
        id
    }

    pub fn id(&self, item: ItemIndex) -> &str {
        self.ids.get(item).map_or(mxfile::LAYER, String::as_str)
    }

    /// The item in whose cell this one's stands.
    pub fn home(&self, index: ItemIndex) -> Option<ItemIndex> {
        let item = self.scene.items.get(index)?;
        let from = match &item.kind {
            Kind::Icon(Icon { band: Some(band), .. }) | Kind::Frame(Frame { band: Some(band), .. })
                if self.is_band(*band) =>
            {
                return Some(*band);
            }
            Kind::Icon(Icon { on_border: true, .. }) => self.scene.items.get(item.parent?)?.parent,
            _ => item.parent,
        };
        std::iter::successors(from, |at| self.scene.items.get(*at)?.parent)
            .take(limits::DEPTH)
            .find(|at| self.may_hold(*at))
    }

    fn is_band(&self, index: ItemIndex) -> bool {
        self.scene.items.get(index).is_some_and(|item| matches!(item.kind, Kind::Band(_)))
    }

    fn may_hold(&self, index: ItemIndex) -> bool {
        self.scene.items.get(index).is_some_and(|item| match item.kind {
            Kind::Frame(_) | Kind::Band(_) | Kind::Icon(_) | Kind::Pill(_) | Kind::Legend => true,
            Kind::Text(_) | Kind::Edge(_) | Kind::Swatch(_) => false,
        })
    }

    fn rect(&self, index: ItemIndex) -> Rect {
        self.scene.items.get(index).map_or(Rect::default(), |item| item.rect)
    }

    /// The page's place of an item's corner.
    pub fn corner(&self, index: ItemIndex) -> Point {
        point(self.rect(index).left, self.rect(index).top)
    }

    /// In whose cell an edge stands: the innermost that both ends stand in, or that is one of them and holds the
    /// other; but outside of what a band is painted over, where the edge runs under that band's tint otherwise.
    pub fn edge_home(&self, edge: &Edge, rect: Rect) -> Option<ItemIndex> {
        let around: Vec<ItemIndex> = self.outwards(edge.from).collect();
        let mut home = self.outwards(edge.to).find(|at| around.contains(at));
        for (band, beside) in self.bands.iter().filter(|(band, _)| self.rect(*band).overlaps(rect)) {
            let above: Vec<ItemIndex> = home.into_iter().flat_map(|home| self.outwards(home)).collect();
            if home != Some(*band) && beside.is_some_and(|beside| above.contains(&beside)) {
                home = *beside;
            }
        }
        home
    }

    fn outwards(&self, index: ItemIndex) -> impl Iterator<Item = ItemIndex> + '_ {
        std::iter::successors(self.home(index), |at| self.home(*at)).take(limits::DEPTH)
    }
}
