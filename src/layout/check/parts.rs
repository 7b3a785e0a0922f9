//! What the laws speak of, picked out of a scene once: boxes, borders, texts and pieces of line.

use super::super::near::Near;
use crate::geom::{Point, Px, Rect};
use crate::look::FrameLook;
use crate::scene::{Edge, Frame, Item, ItemIndex, Kind, Scene, Text};
use crate::theme;

/// A straight piece of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub edge: ItemIndex,
    pub a: Point,
    pub b: Point,
}

impl Piece {
    pub fn rect(self) -> Rect {
        Rect::spanning(self.a, self.b)
    }

    pub fn is_horizontal(self) -> bool {
        self.a.y == self.b.y
    }

    pub fn is_vertical(self) -> bool {
        self.a.x == self.b.x
    }
}

/// One side of a frame, band or legend: a line of 1 px, as a box without breadth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    pub owner: ItemIndex,
    pub side: Rect,
}

pub struct Parts<'a> {
    pub scene: &'a Scene,
    /// Icons, pills, swatches, legends, and the badges of frames (under their frame's index).
    pub solids: Near<ItemIndex>,
    pub texts: Near<ItemIndex>,
    pub borders: Near<Border>,
    pub pieces: Near<Piece>,
    pub all_pieces: Vec<Piece>,
}

impl<'a> Parts<'a> {
    pub fn of(scene: &'a Scene) -> Parts<'a> {
        let (mut solids, mut texts, mut borders, mut all_pieces) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (index, item) in scene.items.iter().enumerate() {
            match &item.kind {
                Kind::Frame(frame) | Kind::Band(frame) => {
                    if frame.look != FrameLook::Plain {
                        borders.extend(sides(index, item.rect));
                    }
                    if frame.badge.is_some() {
                        solids.push((badge(item.rect), index));
                    }
                }
                Kind::Legend => borders.extend(sides(index, item.rect)),
                Kind::Icon(_) | Kind::Pill(_) | Kind::Swatch(_) => solids.push((item.rect, index)),
                Kind::Text(_) => texts.push((item.rect, index)),
                Kind::Edge(edge) => all_pieces.extend(pieces(index, edge)),
            }
        }
        Parts {
            scene,
            solids: Near::new(solids),
            texts: Near::new(texts),
            borders: Near::new(borders.into_iter().map(|border| (border.side, border)).collect()),
            pieces: Near::new(all_pieces.iter().map(|piece| (piece.rect(), *piece)).collect()),
            all_pieces,
        }
    }

    pub fn item(&self, index: ItemIndex) -> Option<&'a Item> {
        self.scene.items.get(index)
    }

    pub fn edges(&self) -> impl Iterator<Item = (ItemIndex, &'a Edge)> {
        self.scene.items.iter().enumerate().filter_map(|(index, item)| match &item.kind {
            Kind::Edge(edge) => Some((index, edge)),
            _ => None,
        })
    }

    pub fn texts(&self) -> impl Iterator<Item = (ItemIndex, &'a Item, &'a Text)> {
        self.scene.items.iter().enumerate().filter_map(|(index, item)| match &item.kind {
            Kind::Text(text) => Some((index, item, text)),
            _ => None,
        })
    }

    /// The item, its parent, its parent's parent. Ends on a cycle too, which no lawful scene has.
    pub fn line_up(&self, index: ItemIndex) -> impl Iterator<Item = ItemIndex> + '_ {
        std::iter::successors(Some(index), |at| self.item(*at)?.parent.filter(|parent| parent < at))
    }

    pub fn is_within(&self, index: ItemIndex, ancestor: ItemIndex) -> bool {
        self.line_up(index).any(|at| at == ancestor)
    }

    /// Whether the edge begins or ends at the item.
    pub fn is_end(&self, edge: ItemIndex, item: ItemIndex) -> bool {
        matches!(self.item(edge).map(|item| &item.kind), Some(Kind::Edge(edge)) if edge.from == item || edge.to == item)
    }

    /// Whether two edges may run on one line.
    pub fn one_bundle(&self, a: ItemIndex, b: ItemIndex) -> bool {
        let bundle = |index| match self.item(index).map(|item| &item.kind) {
            Some(Kind::Edge(edge)) => edge.bundle.as_deref(),
            _ => None,
        };
        a == b || bundle(a).is_some() && bundle(a) == bundle(b)
    }
}

/// The frame of an item that is one, or a band.
pub fn frame_of(item: &Item) -> Option<&Frame> {
    match &item.kind {
        Kind::Frame(frame) | Kind::Band(frame) => Some(frame),
        Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => None,
    }
}

fn badge(frame: Rect) -> Rect {
    Rect::new(frame.left, frame.top, theme::BADGE, theme::BADGE)
}

fn sides(owner: ItemIndex, rect: Rect) -> [Border; 4] {
    let Rect { left, top, right, bottom } = rect;
    let side = |left: Px, top: Px, right: Px, bottom: Px| Border { owner, side: Rect { left, top, right, bottom } };
    [
        side(left, top, right, top),
        side(left, bottom, right, bottom),
        side(left, top, left, bottom),
        side(right, top, right, bottom),
    ]
}

fn pieces(edge: ItemIndex, of: &Edge) -> impl Iterator<Item = Piece> + '_ {
    of.points.windows(2).filter_map(move |pair| match pair {
        [a, b] if a != b => Some(Piece { edge, a: *a, b: *b }),
        _ => None,
    })
}
