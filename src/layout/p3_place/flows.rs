//! What lies in a frame: side by side, one under the other, around the first.

use std::collections::BTreeSet;

use super::Stage;
use super::things::Shape;
use crate::diagram::{Edge, Flow};
use crate::geom::{Px, Rect};
use crate::layout::measured::{Measured, MeasuredFrame, RowLine};
use crate::layout::p2_tracks as tracks;
use crate::scene::ItemIndex;

impl<'a> Stage<'a> {
    pub(super) fn frame(
        &mut self,
        frame: &MeasuredFrame,
        rect: Rect,
        parent: Option<ItemIndex>,
        band: Option<ItemIndex>,
    ) {
        let index = self.frame_item(&frame.heading, rect, parent, Shape { member_of: band, ..Shape::PLAIN });
        self.words_of(index, &frame.heading);
        let (pad, _) = self.gaps.padding(frame.heading.heading.look);
        let top = rect.top + frame.content_top;
        let bottom = rect.bottom - pad - tracks::footing(&frame.heading);
        let inner = Rect { left: rect.left + pad, top, right: rect.right - pad, bottom };
        match frame.flow {
            Flow::Row => self.row(&frame.blocks, &frame.lines, inner, Some(index)),
            Flow::Shelves | Flow::Line => self.shelves(&frame.blocks, &frame.lines, inner, index),
            Flow::Main if frame.beside => self.main_and_rest(&frame.blocks, inner, index),
            Flow::Hubs => self.hubs(frame, inner, index),
            Flow::Main | Flow::Column => {
                self.column(&frame.blocks, self.gaps.stacked(frame.heading.heading.look), inner, index);
            }
        }
    }

    /// Blocks one under the other; what stands under a matrix is as wide as its sections, not as its gutters.
    fn column(&mut self, blocks: &[Measured], gap: Px, inner: Rect, parent: ItemIndex) {
        let left = blocks.iter().map(|b| b.gutters().0).max().unwrap_or(0);
        let right = blocks.iter().map(|b| b.gutters().1).max().unwrap_or(0);
        let mut y = inner.top;
        for block in blocks {
            let (left, right) = match block {
                Measured::Frame(frame)
                    if !matches!(frame.flow, Flow::Shelves | Flow::Line | Flow::Hubs)
                        && block.size().width + left + right <= inner.width() =>
                {
                    (left, right)
                }
                _ => (0, 0),
            };
            let height = block.size().height;
            let area = Rect { left: inner.left + left, top: y, right: inner.right - right, bottom: y + height };
            self.block(block, area, Some(parent));
            y += height + gap;
        }
    }

    /// The first block, and at its left the others, each as nearly as may be at the height of what it is joined to.
    fn hubs(&mut self, frame: &MeasuredFrame, inner: Rect, parent: ItemIndex) {
        let Some((main, hubs)) = frame.blocks.split_first() else { return };
        self.block(main, Rect { left: inner.left + frame.hubs, ..inner }, Some(parent));
        let mut levels: Vec<(Px, &Measured)> = hubs
            .iter()
            .map(|hub| (self.level_of_partners(hub).unwrap_or_else(|| inner.center().y) - hub.axis(), hub))
            .collect();
        levels.sort_by_key(|(top, _)| *top);
        let width = frame.hubs - self.gaps.column;
        let mut left_over: Px = levels.iter().map(|(_, hub)| hub.size().height + self.gaps.icon).sum();
        let mut free = inner.top;
        for (top, hub) in levels {
            let last = inner.bottom + self.gaps.icon - left_over;
            let rect = Rect::new(inner.left, top.min(last).max(free), width, hub.size().height);
            self.block(hub, rect, Some(parent));
            free = rect.bottom + self.gaps.icon;
            left_over -= hub.size().height + self.gaps.icon;
        }
    }

    /// The middle of the heights at which what the block's edges lead to stands.
    fn level_of_partners(&self, block: &Measured) -> Option<Px> {
        let other = |edge: &'a Edge| {
            let ends = [(&edge.from, &edge.to), (&edge.to, &edge.from)];
            ends.into_iter().find(|(id, _)| block.holds(id)).map(|(_, other)| other.as_str())
        };
        let partners: BTreeSet<&str> = self.edges.iter().filter_map(other).collect();
        let placed = self.items.iter().filter(|item| partners.contains(item.id.as_str()));
        let (sum, count) = placed.fold((0, 0), |(sum, count), item| (sum + item.rect.center().y, count + 1));
        (count > 0).then(|| sum / count)
    }

    /// The first block, and at its right the others, whose last ends where it ends: what runs out of the first at its
    /// top has a free way.
    fn main_and_rest(&mut self, blocks: &[Measured], inner: Rect, parent: ItemIndex) {
        let Some((main, rest)) = blocks.split_first() else { return };
        let width = rest.iter().map(|b| b.size().width).max().unwrap_or(0);
        let left = inner.right - width;
        let area = Rect { right: left - self.gaps.section, ..inner };
        self.block(main, Rect::new(area.left, area.top, area.width(), main.size().height), Some(parent));
        let mut bottom = inner.bottom;
        for block in rest.iter().rev() {
            let height = block.size().height;
            self.block(block, Rect::new(left, bottom - height, width, height), Some(parent));
            bottom -= height + self.gaps.section;
        }
    }

    /// Lines of blocks that begin at the left; all become wider alike where there is room.
    fn shelves(&mut self, blocks: &[Measured], lines: &[RowLine], inner: Rect, parent: ItemIndex) {
        let spare = |line: &RowLine| (inner.width() - line.size.width) / line.blocks.len() as Px;
        let wider = lines.iter().map(spare).min().unwrap_or(0).max(0);
        let mut y = inner.top;
        for line in lines {
            let mut x = inner.left;
            for block in &blocks[line.blocks.clone()] {
                let width = block.size().width + wider;
                self.block(block, Rect::new(x, y, width, block.size().height), Some(parent));
                x += width + self.gaps.block;
            }
            y += line.size.height + self.gaps.section;
        }
    }

    /// Lines of blocks, centred, spread where there is room.
    pub(super) fn row(&mut self, blocks: &[Measured], lines: &[RowLine], inner: Rect, parent: Option<ItemIndex>) {
        let gap = self.gaps.icon;
        let high: Px = lines.iter().map(|l| l.size.height).sum();
        let n = lines.len() as Px;
        let line_gap = ((inner.height() - high) / (n + 1)).clamp(gap, self.gaps.block);
        let mut y = inner.top + ((inner.height() - high - line_gap * (n - 1)) / 2).max(0);
        for line in lines {
            let blocks = &blocks[line.blocks.clone()];
            let n = blocks.len() as Px;
            let total: Px = blocks.iter().map(|b| b.size().width).sum();
            let gap = ((inner.width() - total) / (n + 1)).clamp(self.gaps.block, self.gaps.block_most);
            let mut x = inner.left + (inner.width() - total - gap * (n - 1)) / 2;
            for block in blocks {
                let s = block.size();
                self.block(block, Rect::new(x, y + line.axis - block.axis(), s.width, s.height), parent);
                x += s.width + gap;
            }
            y += line.size.height + line_gap;
        }
    }
}
