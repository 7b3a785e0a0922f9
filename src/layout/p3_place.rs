//! Phase 3: gives every box its place.
//!
//! Needs: least sizes and tracks (phase 2). Leaves: a scene in which each item has an absolute box, siblings share no
//! area (zones and bands, which overlay, excepted), a child keeps its padding; there is no edge yet.

use std::collections::{BTreeMap, BTreeSet};

use super::arrangement::{self, Arrangement};
use super::borders;
use super::gaps::{Gaps, Slack};
use super::legend::Legend;
use super::measured::{
    self, Measured, MeasuredCells, MeasuredFrame, MeasuredMatrix, MeasuredRow, MeasuredSection, RowLine,
};
use super::outside;
use super::p1_measure::{
    LABEL_GAP, Lines, MeasuredHeading, MeasuredIcon, MeasuredPill, MeasuredPlate, PILL_GAP, PLATE_PAD, title_left,
};
use super::p2_tracks::{self as tracks, Demand, Given};
use crate::diagram::{About, Diagram, Edge, Flow, Side};
use crate::geom::{Point, Px, Rect, Size, point, size};
use crate::look::{FrameLook, TextSize};
use crate::scene::{Align, Frame, Icon, Item, ItemIndex, Kind, Line, Scene, Text, TextRole};
use crate::theme::{BADGE, ICON, UNIT, font_size};

/// Around everything.
pub const MARGIN: Px = 32;
/// How far zones reach below the last section that they cross.
const ZONE_FOOT: Px = 12;

pub fn place(diagram: &Diagram, slack: Slack) -> Scene {
    let gaps = Gaps::with(slack);
    let mut stage = Stage::new(gaps, &diagram.edges);
    let top = outside::title(&mut stage, diagram);
    let left = outside::width(&diagram.left, &diagram.edges);
    let mut body = measured::body(diagram);
    let right = outside::width(&diagram.right, &diagram.edges);
    let legend = Legend::of(diagram);
    let page = |body: Size, how: &Arrangement| {
        let (beside, below) = legend.room(body.width, how.legend_moved);
        size(left + body.width + right.max(beside) + 2 * MARGIN, top + body.height + below + MARGIN)
    };
    let mut given = Given { demand: Demand::of(diagram), gaps, how: Arrangement::default() };
    let mut body_size = arrange_best(&mut body, &mut given, &page);
    body_size.width += arrangement::lacking_width(page(body_size, &given.how));

    let left = MARGIN + left;
    let mut y = top;
    for block in &body {
        let box_ = Rect::new(left, y, body_size.width, block.size().height);
        stage.block(block, box_, None);
        y = box_.bottom + gaps.section;
    }
    let body_box = Rect::at(point(left, top), body_size);
    outside::actors(&mut stage, diagram, body_box);
    legend.place(&mut stage, body_box, given.how.legend_moved);
    stage.into_scene(diagram)
}

/// Tries the arrangements, those that depart least first; leaves the best.
fn arrange_best(body: &mut [Measured], given: &mut Given, page: &impl Fn(Size, &Arrangement) -> Size) -> Size {
    let mut best: Option<(Px, Arrangement)> = None;
    let mut first = None;
    let shelved = measured::most_shelved(body);
    for how in Arrangement::all(shelved) {
        given.how = how;
        let page = page(tracks::arrange(body, given), &how);
        let cost = how.cost(page, *first.get_or_insert(page)) + how.cost_of_gaps(shelved);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, how));
        }
    }
    given.how = best.map_or(given.how, |(_, how)| how);
    tracks::arrange(body, given)
}

/// The scene in the making.
pub struct Stage<'a> {
    pub items: Vec<Item>,
    edges: &'a [Edge],
    gaps: Gaps,
    next_track: u32,
}

impl<'a> Stage<'a> {
    fn new(gaps: Gaps, edges: &'a [Edge]) -> Stage<'a> {
        Stage { items: Vec::new(), edges, gaps, next_track: 0 }
    }

    fn into_scene(self, diagram: &Diagram) -> Scene {
        let page = self.items.iter().map(|item| item.rect).reduce(Rect::union).unwrap_or_default();
        Scene {
            size: size(page.right + MARGIN, page.bottom + MARGIN),
            title: diagram.title.clone(),
            description: diagram.description.clone(),
            language: diagram.language,
            items: self.items,
            relaxed: Vec::new(),
        }
    }

    pub fn find(&self, id: &str) -> Option<Rect> {
        self.items.iter().find(|item| item.id == id).map(|item| item.rect)
    }

    pub fn push(&mut self, about: &About, kind: Kind, rect: Rect, parent: Option<ItemIndex>) -> ItemIndex {
        let index = self.items.len();
        self.items.push(Item {
            id: about.id.clone(),
            parent,
            kind,
            type_name: about.type_name.clone(),
            rect,
            tooltip: about.tooltip.clone(),
            facts: about.facts.clone(),
            origin: about.origin.clone(),
            sign: about.sign,
        });
        index
    }

    /// A part of another thing, called after it: its title, its label.
    pub fn push_part(
        &mut self,
        of: Option<ItemIndex>,
        part: &str,
        type_name: &str,
        kind: Kind,
        rect: Rect,
    ) -> ItemIndex {
        let owner = of.map_or("page", |i| self.items[i].id.as_str());
        let about = About { id: format!("{owner}#{part}"), type_name: type_name.to_string(), ..About::default() };
        self.push(&about, kind, rect, of)
    }

    /// Text whose box has its top left, top middle or top right at `at`, by its alignment.
    pub fn text(&mut self, of: Option<ItemIndex>, role: TextRole, lines: &Lines, at: Point, align: Align) {
        if lines.is_empty() {
            return;
        }
        let width = lines.width();
        let left = match align {
            Align::Start => at.x,
            Align::Middle => at.x - width / 2,
            Align::End => at.x - width,
        };
        let mut y = at.y;
        let mut placed = Vec::new();
        for line in &lines.0 {
            placed.push(Line {
                at: point(at.x, y + baseline(line.height, line.runs.iter().map(|r| r.size).max())),
                width: line.width,
                runs: line.runs.clone(),
            });
            y += line.height;
        }
        let part = match role {
            TextRole::PageTitle => "title",
            TextRole::PageSubtitle => "subtitle",
            TextRole::Title => "heading",
            TextRole::Aside => "aside",
            TextRole::Footer => "footer",
            TextRole::Label => "label",
            TextRole::Pill => "text",
            TextRole::EdgeLabel => "label",
            TextRole::LegendTitle => "heading",
            TextRole::LegendEntry => "entry",
        };
        let rect = Rect::new(left, at.y, width, y - at.y);
        self.push_part(of, part, "text", Kind::Text(Text { role, align, lines: placed, plate: None }), rect);
    }

    pub fn block(&mut self, block: &Measured, rect: Rect, parent: Option<ItemIndex>) {
        self.member(block, rect, parent, None);
    }

    /// A block, and of which band it is.
    fn member(&mut self, block: &Measured, rect: Rect, parent: Option<ItemIndex>, band: Option<ItemIndex>) {
        match block {
            Measured::Icon(icon) => {
                let top = point(rect.center().x, rect.top);
                self.icon(icon, top, parent, band);
            }
            Measured::Frame(frame) => self.frame(frame, rect, parent, band),
            Measured::Plate(plate) => self.plate(plate, rect, parent),
            Measured::Matrix(matrix) => self.matrix(matrix, rect, parent),
        }
    }

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

    fn bare_icon(
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

    fn pill(&mut self, pill: &MeasuredPill, n: usize, at: Point, of: ItemIndex) {
        let rect = Rect::at(at, pill.size);
        let plate = self.push_part(Some(of), &format!("pill{}", n + 1), "pill", Kind::Pill(pill.pill.tone), rect);
        self.items[plate].tooltip.clone_from(&pill.pill.tooltip);
        let lines = Lines(vec![pill.line.clone()]);
        let y = rect.top + (rect.height() - pill.line.height) / 2;
        self.text(Some(plate), TextRole::Pill, &lines, point(rect.center().x, y), Align::Middle);
    }

    fn frame_item(
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
    fn words_of(&mut self, index: ItemIndex, heading: &MeasuredHeading) {
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
    fn plate(&mut self, measured: &MeasuredPlate, rect: Rect, parent: Option<ItemIndex>) {
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

    fn frame(&mut self, frame: &MeasuredFrame, rect: Rect, parent: Option<ItemIndex>, band: Option<ItemIndex>) {
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
    fn row(&mut self, blocks: &[Measured], lines: &[RowLine], inner: Rect, parent: Option<ItemIndex>) {
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

    fn matrix(&mut self, matrix: &MeasuredMatrix, rect: Rect, parent: Option<ItemIndex>) {
        let (section_pad, _) = self.gaps.padding(FrameLook::Vpc);
        let mut columns = matrix.columns.clone();
        tracks::widen(&mut columns, rect.width() - matrix.size.width);
        let mut spans = Vec::new();
        let mut x = rect.left + matrix.left_gutter + section_pad + matrix.title_gutter;
        for width in &columns {
            spans.push((x, x + width));
            x += width + self.gaps.column;
        }
        let track = self.next_track;
        self.next_track += columns.len() as u32;
        let grid = Grid {
            left: rect.left + matrix.left_gutter,
            right: rect.right - matrix.right_gutter - matrix.aside,
            columns: spans,
            first_column: track,
        };

        let frames = section_frames(matrix, &grid, rect.top, self.gaps);
        if matrix.zones_cross {
            self.crossing_zones(matrix, &grid, &frames, parent);
        }
        for (section, frame) in matrix.sections.iter().zip(frames) {
            self.section(section, matrix, &grid, frame, parent);
        }
    }

    /// Zones that run across sections: a frame for each run of sections that have one, from above the first
    /// to below the last.
    fn crossing_zones(&mut self, matrix: &MeasuredMatrix, grid: &Grid, frames: &[Rect], parent: Option<ItemIndex>) {
        for run in matrix.zone_runs() {
            let Some(zone) = &matrix.zones[run.column] else { continue };
            let (left, right) = grid.columns[run.column];
            let top = frames[run.first].top - tracks::room_above(matrix, run.first);
            let bottom = frames[run.last].bottom + matrix.sections[run.last].overhang + ZONE_FOOT;
            let shape = Shape { overlay: true, column: Some(grid.first_column + run.column as u32), ..Shape::PLAIN };
            let index = self.frame_item(zone, Rect { left, top, right, bottom }, parent, shape);
            if run.nth > 0 {
                self.items[index].id = format!("{}#{}", zone.heading.about.id, run.nth + 1);
            }
            self.words_of(index, zone);
        }
    }

    fn section(
        &mut self,
        section: &MeasuredSection,
        matrix: &MeasuredMatrix,
        grid: &Grid,
        frame: Rect,
        parent: Option<ItemIndex>,
    ) {
        let heading = section.heading(matrix.aside > 0);
        let index = self.frame_item(heading, frame, parent, Shape::PLAIN);
        self.words_of(index, heading);
        let (pad, _) = self.gaps.padding(heading.heading.look);
        let (zone_pad, _) = self.gaps.padding(FrameLook::Zone);
        let mut y = frame.top + section.content_top;
        let rows_height = section.rows.iter().map(MeasuredRow::height).sum::<Px>()
            + self.gaps.row * (section.rows.len().max(1) as Px - 1);
        let mut parents: Vec<ItemIndex> = vec![index; matrix.zones.len()];
        if !matrix.zones_cross && section.zones.contains(&true) {
            let header = tracks::zone_header(&matrix.zones);
            for (c, zone) in matrix.zones.iter().enumerate() {
                let (true, Some(zone)) = (section.zones[c], zone) else { continue };
                let (left, right) = grid.columns[c];
                let rect = Rect { left, top: y, right, bottom: y + header + rows_height + zone_pad };
                let shape = Shape { column: Some(grid.first_column + c as u32), ..Shape::PLAIN };
                parents[c] = self.frame_item(zone, rect, Some(index), shape);
                self.words_of(parents[c], zone);
            }
            y += header;
        }
        // A section that had to become higher gives that to its spans.
        let spans = section.rows.iter().filter(|r| matches!(r, MeasuredRow::Span { .. })).count() as Px;
        let spare = if section.is_zoneless() { (frame.height() - section.height) / spans.max(1) } else { 0 };
        for row in &section.rows {
            let mut height = row.height();
            match row {
                MeasuredRow::Span { blocks, lines, .. } => {
                    height += spare;
                    let inner = Rect { left: frame.left + pad, top: y, right: frame.right - pad, bottom: y + height };
                    self.row(blocks, lines, inner, Some(index));
                }
                MeasuredRow::Cells(cells) => self.cells(cells, grid, &parents, index, y),
            }
            y += height + self.gaps.row;
        }
        let columns = matrix.crosses(section).then_some(grid.columns.as_slice());
        self.border_icons(section, frame, columns, index);
    }

    fn cells(&mut self, row: &MeasuredCells, grid: &Grid, parents: &[ItemIndex], section: ItemIndex, top: Px) {
        let (zone_pad, _) = self.gaps.padding(FrameLook::Zone);
        let track = self.next_track;
        self.next_track += 1;
        let (_, gap) = row.cells.first().map_or((0, 0), |c| self.gaps.padding(c.heading.heading.look));
        let mut lane_tops = Vec::new();
        let mut y = top + row.header + gap;
        for height in &row.lanes {
            lane_tops.push(y);
            if *height > 0 {
                y += height + row.lane_gap;
            }
        }
        let cell_items: Vec<ItemIndex> = row
            .cells
            .iter()
            .map(|cell| {
                let (left, right) = grid.columns[cell.column];
                let rect = Rect { left: left + zone_pad, top, right: right - zone_pad, bottom: top + row.height };
                let shape = Shape { column: None, row: Some(track), ..Shape::PLAIN };
                self.frame_item(&cell.heading, rect, Some(parents[cell.column]), shape)
            })
            .collect();
        let mut bands = BTreeMap::new();
        for band in &row.bands {
            let (heading, lane, (first, last)) = (&band.heading, band.lane, band.columns);
            let rect = Rect {
                left: grid.columns[first].0 + zone_pad + UNIT,
                top: lane_tops[lane],
                right: grid.columns[last].1 - zone_pad - UNIT,
                bottom: lane_tops[lane] + row.lanes[lane],
            };
            let index = self.frame_item(heading, rect, Some(section), Shape::BAND);
            self.words_of(index, heading);
            bands.insert(heading.heading.about.id.as_str(), index);
        }
        for (cell, index) in row.cells.iter().zip(cell_items) {
            self.words_of(index, &cell.heading);
            let center = self.items[index].rect.center().x;
            for (n, lane) in cell.lanes.iter().enumerate() {
                let mut y = lane_tops[n] + row.lane_headers[n];
                for line in lane.blocks.chunks(lane.per_line) {
                    let n = line.len() as Px;
                    let line_width = n * lane.widest + (n - 1) * self.gaps.icon;
                    let mut x = center - line_width / 2 + lane.widest / 2;
                    for block in line {
                        let band = block.band().and_then(|id| bands.get(id)).copied();
                        let size = block.size();
                        self.member(
                            block,
                            Rect::new(x - size.width / 2, y, size.width, size.height),
                            Some(index),
                            band,
                        );
                        x += lane.widest + self.gaps.icon;
                    }
                    y += line.iter().map(|b| b.size().height).max().unwrap_or(0) + self.gaps.line;
                }
            }
        }
    }

    /// `columns` are those whose zones cross the section.
    fn border_icons(&mut self, section: &MeasuredSection, frame: Rect, columns: Option<&[(Px, Px)]>, index: ItemIndex) {
        for side in [Side::Left, Side::Right] {
            let centers = tracks::border_centers(section, side);
            let x = if side == Side::Left { frame.left } else { frame.right };
            let icons = section.border.iter().filter(|(s, _)| *s == side);
            for ((_, icon), center) in icons.zip(centers) {
                let rect = Rect::new(x - ICON / 2, frame.top + center - ICON / 2, ICON, ICON);
                let item = self.bare_icon(icon, rect, Some(index), None, true);
                let (x, align) = match side {
                    Side::Left => (frame.left - UNIT, Align::End),
                    Side::Right | Side::Top | Side::Bottom => (frame.right + UNIT, Align::Start),
                };
                self.text(Some(item), TextRole::Label, &icon.label, point(x, rect.bottom + LABEL_GAP), align);
            }
        }
        for side in [Side::Top, Side::Bottom] {
            let own = [borders::free_span(section, side, frame)];
            let centers = borders::level_centers(section, side, columns.unwrap_or(&own));
            let icons = section.border.iter().filter(|(s, _)| *s == side);
            for ((_, icon), x) in icons.zip(centers) {
                let y = if side == Side::Top { frame.top } else { frame.bottom };
                let rect = Rect::new(x - ICON / 2, y - ICON / 2, ICON, ICON);
                let item = self.bare_icon(icon, rect, Some(index), None, true);
                self.text(Some(item), TextRole::Label, &icon.label, point(x, rect.bottom + LABEL_GAP), Align::Middle);
            }
        }
    }
}

/// The sections' frames, one under the other, with room for the zones' titles above those in which zones begin.
/// Those without zones may stand beside the others, and end where they end.
fn section_frames(matrix: &MeasuredMatrix, grid: &Grid, top: Px, gaps: Gaps) -> Vec<Rect> {
    let beside = |s: &MeasuredSection| matrix.aside > 0 && s.is_zoneless();
    let aside_left = grid.right + matrix.right_gutter;
    let mut y = top;
    let mut y_beside = top + tracks::aside_top(matrix);
    let mut frames = Vec::new();
    for (n, section) in matrix.sections.iter().enumerate() {
        if beside(section) {
            frames.push(Rect::new(aside_left, y_beside, matrix.aside, section.height));
            y_beside += section.height + gaps.section;
            continue;
        }
        y += tracks::room_above(matrix, n);
        frames.push(Rect { left: grid.left, top: y, right: grid.right, bottom: y + section.height });
        y += section.height + section.overhang + gaps.section;
    }
    let stands_beside = |n: &usize| beside(&matrix.sections[*n]);
    let (aside, stack): (Vec<usize>, Vec<usize>) = (0..frames.len()).partition(stands_beside);
    let bottom = |of: &[usize], frames: &[Rect]| of.iter().map(|n| frames[*n].bottom).max().unwrap_or(top);
    let taken: Px = aside.iter().map(|n| frames[*n].height()).sum();
    let spare = (bottom(&stack, &frames) - bottom(&aside, &frames)).max(0);
    // Ending on one level is worth some emptiness, but not any.
    let spare = if 3 * spare <= taken { spare / (aside.len() as Px).max(1) } else { 0 };
    for (nth, n) in aside.into_iter().enumerate() {
        frames[n] = frames[n].moved(0, spare * nth as Px);
        frames[n].bottom += spare;
    }
    frames
}

/// What kind of frame item is made.
#[derive(Clone, Copy)]
struct Shape {
    band: bool,
    overlay: bool,
    column: Option<u32>,
    row: Option<u32>,
    member_of: Option<ItemIndex>,
}

impl Shape {
    const PLAIN: Shape = Shape { band: false, overlay: false, column: None, row: None, member_of: None };
    const BAND: Shape = Shape { band: true, overlay: true, ..Shape::PLAIN };
}

struct Grid {
    left: Px,
    right: Px,
    /// Left and right of each column.
    columns: Vec<(Px, Px)>,
    first_column: u32,
}

/// From a line's top to its baseline: the capitals stand in the middle. A capital is about 0.71 of the font size.
pub fn baseline(line_height: Px, size: Option<TextSize>) -> Px {
    let font = font_size(size.unwrap_or(TextSize::Body));
    (line_height + font * 71 / 100) / 2
}
