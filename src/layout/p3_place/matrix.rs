//! A matrix: sections one under the other whose cells share the columns of the zones.

use std::collections::BTreeMap;

use super::Stage;
use super::things::Shape;
use crate::diagram::Side;
use crate::geom::{Px, Rect, point};
use crate::layout::gaps::Gaps;
use crate::layout::measured::{MeasuredCells, MeasuredMatrix, MeasuredRow, MeasuredSection};
use crate::layout::p1_measure::LABEL_GAP;
use crate::layout::{borders, p2_tracks as tracks};
use crate::look::FrameLook;
use crate::scene::{Align, ItemIndex, TextRole};
use crate::theme::{ICON, UNIT};

/// How far zones reach below the last section that they cross.
const ZONE_FOOT: Px = 12;

impl Stage<'_> {
    pub(super) fn matrix(&mut self, matrix: &MeasuredMatrix, rect: Rect, parent: Option<ItemIndex>) {
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

struct Grid {
    left: Px,
    right: Px,
    /// Left and right of each column.
    columns: Vec<(Px, Px)>,
    first_column: u32,
}
