//! One thing and its words: an icon, a pill, a plate, the heading of a frame.

use super::Stage;
use crate::geom::{Point, Rect, point};
use crate::layout::p1_measure::{
    LABEL_GAP, Lines, MeasuredHeading, MeasuredIcon, MeasuredPill, MeasuredPlate, PILL_GAP, PLATE_PAD, title_left,
};
use crate::scene::{Align, Frame, Icon, ItemIndex, Kind, TextRole};
use crate::theme::{BADGE, ICON, UNIT};

impl Stage<'_> {
    /// An icon block whose top middle is at `top`.
    pub fn icon(
        &mut self,
        icon: &MeasuredIcon,
        top: Point,
        parent: Option<ItemIndex>,
        band: Option<ItemIndex>,
    ) -> ItemIndex {
        let rect = Rect::new(top.x - ICON / 2, top.y, ICON, ICON);
        let index = self.bare_icon(icon, rect, parent, band, false);
        self.text(Some(index), TextRole::Label, &icon.label, point(top.x, rect.bottom + LABEL_GAP), Align::Middle);
        let mut y = rect.bottom + if icon.label.is_empty() { 0 } else { LABEL_GAP + icon.label.height() };
        for (n, pill) in icon.pills.iter().enumerate() {
            y += LABEL_GAP;
            self.pill(pill, n, point(top.x - pill.size.width / 2, y), index);
            y += pill.size.height;
        }
        index
    }

    pub(super) fn bare_icon(
        &mut self,
        icon: &MeasuredIcon,
        rect: Rect,
        parent: Option<ItemIndex>,
        band: Option<ItemIndex>,
        on_border: bool,
    ) -> ItemIndex {
        let kind = Kind::Icon(Icon { glyph: icon.icon.glyph, on_border, external: icon.icon.external, band });
        self.push(&icon.icon.about, kind, rect, parent)
    }

    pub(super) fn pill(&mut self, pill: &MeasuredPill, n: usize, at: Point, of: ItemIndex) {
        let rect = Rect::at(at, pill.size);
        let plate = self.push_part(Some(of), &format!("pill{}", n + 1), "pill", Kind::Pill(pill.pill.tone), rect);
        self.items[plate].tooltip.clone_from(&pill.pill.tooltip);
        let lines = Lines(vec![pill.line.clone()]);
        let y = rect.top + (rect.height() - pill.line.height) / 2;
        self.text(Some(plate), TextRole::Pill, &lines, point(rect.center().x, y), Align::Middle);
    }

    pub(super) fn frame_item(
        &mut self,
        heading: &MeasuredHeading,
        rect: Rect,
        parent: Option<ItemIndex>,
        shape: Shape,
    ) -> ItemIndex {
        let h = &heading.heading;
        let frame = Frame {
            look: h.look,
            badge: h.badge,
            overlay: shape.overlay,
            external: h.external,
            column: shape.column,
            row: shape.row,
            band: shape.member_of,
        };
        let kind = if shape.band { Kind::Band(frame) } else { Kind::Frame(frame) };
        self.push(&h.about, kind, rect, parent)
    }

    /// Title, aside, pills and footer of a frame that has been placed.
    pub(super) fn words_of(&mut self, index: ItemIndex, heading: &MeasuredHeading) {
        let rect = self.items[index].rect;
        let x = rect.left + title_left(heading.heading);
        let line = heading.title.0.first().map_or(0, |l| l.height);
        let title_top = rect.top + ((BADGE - line) / 2).max(0) + if heading.heading.badge.is_some() { 0 } else { 2 };
        self.text(Some(index), TextRole::Title, &heading.title, point(x, title_top), Align::Start);
        let mut right = rect.right - UNIT;
        let mut below = title_top + heading.title.height() + PILL_GAP / 2;
        for (n, pill) in heading.pills.iter().enumerate() {
            if heading.pills_below {
                self.pill(pill, n, point(x, below), index);
                below += pill.size.height + PILL_GAP / 2;
            } else {
                right -= pill.size.width;
                self.pill(pill, n, point(right, rect.top + UNIT), index);
                right -= UNIT;
            }
        }
        let aside_top = rect.top + (BADGE - heading.aside.height()).max(0) / 2;
        self.text(Some(index), TextRole::Aside, &heading.aside, point(right, aside_top), Align::End);
        let footer_top = rect.bottom - UNIT - heading.footer.height();
        self.text(Some(index), TextRole::Footer, &heading.footer, point(rect.left + UNIT, footer_top), Align::Start);
    }

    /// A glyph at the left, and words beside it, both in the middle of the height.
    pub(super) fn plate(&mut self, measured: &MeasuredPlate, rect: Rect, parent: Option<ItemIndex>) {
        let plate = measured.plate;
        let frame = Frame {
            look: plate.look,
            badge: None,
            overlay: false,
            external: false,
            column: None,
            row: None,
            band: None,
        };
        let index = self.push(&plate.about, Kind::Frame(frame), rect, parent);
        let (beside, _) = PLATE_PAD;
        let side = measured.glyph();
        let at = Rect::new(rect.left + beside, rect.center().y - side / 2, side, side);
        let icon = Icon { glyph: plate.glyph, on_border: false, external: false, band: None };
        self.push_part(Some(index), "glyph", "glyph", Kind::Icon(icon), at);
        let words = &measured.words;
        let at = point(at.right + beside, rect.center().y - words.height() / 2);
        self.text(Some(index), TextRole::Title, words, at, Align::Start);
    }
}

/// What kind of frame item is made.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub band: bool,
    pub overlay: bool,
    pub column: Option<u32>,
    pub row: Option<u32>,
    pub member_of: Option<ItemIndex>,
}

impl Shape {
    pub const PLAIN: Shape = Shape { band: false, overlay: false, column: None, row: None, member_of: None };
    pub const BAND: Shape = Shape { band: true, overlay: true, ..Shape::PLAIN };
}
