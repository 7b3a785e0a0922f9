//! Phase 2: every block gets its least size, every matrix its columns and rows.
//!
//! Needs: the sizes of leaves and headings (phase 1). Leaves: a tree of measured blocks; a matrix has one width
//! a column, shared by all sections, and one height a lane, shared by all columns. Zones are equally wide.

use std::collections::BTreeMap;

use super::gaps::Gaps;
use super::p1_measure::{self as measure, MeasuredHeading, MeasuredIcon, Room};
use crate::diagram::{Block, Cells, Diagram, Flow, Frame, Matrix, Row, Section, Side};
use crate::geom::{Px, Size, size};
use crate::look::FrameLook;
use crate::theme::{BADGE, ICON, UNIT};

/// Distance of two edges in one channel.
pub const TRACK: Px = 12;
/// Rows of blocks wrap at this width.
const ROW_ROOM: Px = 1100;
/// From one border icon's label to the next icon.
const BORDER_ICON_GAP: Px = 20;

#[derive(Debug)]
pub enum Measured {
    Icon(MeasuredIcon),
    Frame(MeasuredFrame),
    Matrix(MeasuredMatrix),
}

impl Measured {
    pub fn size(&self) -> Size {
        match self {
            Measured::Icon(icon) => icon.size,
            Measured::Frame(frame) => frame.size,
            Measured::Matrix(matrix) => matrix.size,
        }
    }
}

impl Measured {
    /// From the block's top to the line on which a row sets its blocks: the middle of an icon, not of the icon
    /// with its label.
    pub fn axis(&self) -> Px {
        match self {
            Measured::Icon(_) => ICON / 2,
            Measured::Frame(frame) => match frame.blocks.first() {
                Some(first @ Measured::Icon(_)) => frame.content_top + first.axis(),
                _ => frame.size.height / 2,
            },
            Measured::Matrix(matrix) => matrix.size.height / 2,
        }
    }
}

/// From a frame's top to its content.
fn content_top(heading: &MeasuredHeading, gaps: Gaps) -> Px {
    let (pad, gap) = gaps.padding(heading.heading.look);
    if heading.height > 0 { heading.height + gap } else { pad }
}

#[derive(Debug)]
pub struct MeasuredFrame {
    pub heading: MeasuredHeading,
    pub flow: Flow,
    pub blocks: Vec<Measured>,
    /// From its top to its content.
    pub content_top: Px,
    pub size: Size,
}

#[derive(Debug)]
pub struct MeasuredMatrix {
    pub zones: Vec<Option<MeasuredHeading>>,
    /// Least widths of the columns.
    pub columns: Vec<Px>,
    pub sections: Vec<MeasuredSection>,
    /// Whether zones are drawn across sections: their titles then stand above the first one, and the
    /// sections' titles in a gutter at the left, where no zone's border cuts them.
    pub zones_cross: bool,
    /// Inside each section, left of the first column.
    pub title_gutter: Px,
    /// Outside the sections: room for what stands astride their left and right borders.
    pub left_gutter: Px,
    pub right_gutter: Px,
    pub size: Size,
}

#[derive(Debug)]
pub struct MeasuredSection {
    pub heading: MeasuredHeading,
    pub zones: Vec<bool>,
    /// Free channel under the heading, at the height of the border icons.
    pub strip: Px,
    pub rows: Vec<MeasuredRow>,
    pub border: Vec<(Side, MeasuredIcon)>,
    pub height: Px,
    /// How far the labels of icons on its bottom border reach below it.
    pub overhang: Px,
}

#[derive(Debug)]
pub enum MeasuredRow {
    Span { blocks: Vec<Measured>, size: Size },
    Cells(MeasuredCells),
}

impl MeasuredRow {
    pub fn height(&self) -> Px {
        match self {
            MeasuredRow::Span { size, .. } => size.height,
            MeasuredRow::Cells(cells) => cells.height,
        }
    }
}

#[derive(Debug)]
pub struct MeasuredCells {
    pub cells: Vec<MeasuredCell>,
    pub bands: Vec<(MeasuredHeading, usize, (usize, usize))>,
    pub header: Px,
    /// Heights of the lanes, band titles and paddings included.
    pub lanes: Vec<Px>,
    /// How much of a lane's height is taken by its band's title.
    pub lane_headers: Vec<Px>,
    pub height: Px,
}

#[derive(Debug)]
pub struct MeasuredCell {
    pub heading: MeasuredHeading,
    pub column: usize,
    pub lanes: Vec<Vec<MeasuredIcon>>,
}

/// How many edges end at each thing; edges of one bundle count once.
pub struct Demand(BTreeMap<String, Px>);

impl Demand {
    pub fn of(diagram: &Diagram) -> Demand {
        let mut seen = std::collections::BTreeSet::new();
        let mut counts = BTreeMap::new();
        for edge in &diagram.edges {
            for end in [&edge.from, &edge.to] {
                let way = edge.bundle.as_ref().unwrap_or(&edge.about.id);
                if seen.insert((way.clone(), end.clone())) {
                    *counts.entry(end.clone()).or_insert(0) += 1;
                }
            }
        }
        Demand(counts)
    }

    fn at(&self, id: &str) -> Px {
        self.0.get(id).copied().unwrap_or(0)
    }
}

/// What phase 2 is given beside the diagram.
pub struct Given {
    pub demand: Demand,
    pub gaps: Gaps,
}

pub fn block(block: &Block, given: &Given) -> Measured {
    match block {
        Block::Icon(icon) => Measured::Icon(measure::icon(icon)),
        Block::Frame(frame) => Measured::Frame(self::frame(frame, given)),
        Block::Matrix(matrix) => Measured::Matrix(self::matrix(matrix, given)),
    }
}

fn frame(frame: &Frame, given: &Given) -> MeasuredFrame {
    let heading = measure::heading(&frame.heading, Room::Wide);
    let blocks: Vec<_> = frame.blocks.iter().map(|b| block(b, given)).collect();
    let gaps = given.gaps;
    let (pad, _) = gaps.padding(frame.heading.look);
    let inner = match frame.flow {
        Flow::Row => row_size(&blocks, gaps),
        Flow::Column => column_size(&blocks, gaps),
    };
    let content_top = content_top(&heading, gaps);
    let height = content_top + inner.height + pad;
    let width = heading.width.max(inner.width + 2 * pad);
    MeasuredFrame { heading, flow: frame.flow, blocks, content_top, size: size(width, height) }
}

fn column_size(blocks: &[Measured], gaps: Gaps) -> Size {
    let width = blocks.iter().map(|b| b.size().width).max().unwrap_or(0);
    let height: Px = blocks.iter().map(|b| b.size().height).sum();
    size(width, height + gaps.section * (blocks.len().max(1) as Px - 1))
}

/// A line of a row of blocks: which they are, its size, and where its axis lies from its top.
pub struct RowLine {
    pub blocks: std::ops::Range<usize>,
    pub size: Size,
    pub axis: Px,
}

/// A row of blocks, broken into lines of at most `ROW_ROOM`.
pub fn row_lines(blocks: &[Measured], gaps: Gaps) -> Vec<RowLine> {
    let mut ranges: Vec<(std::ops::Range<usize>, Px)> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let width = block.size().width;
        match ranges.last_mut() {
            Some((range, line)) if *line + gaps.block + width <= ROW_ROOM => {
                range.end = i + 1;
                *line += gaps.block + width;
            }
            _ => ranges.push((i..i + 1, width)),
        }
    }
    let line = |(range, width): (std::ops::Range<usize>, Px)| {
        let blocks = &blocks[range.clone()];
        let above = blocks.iter().map(Measured::axis).max().unwrap_or(0);
        let below = blocks.iter().map(|b| b.size().height - b.axis()).max().unwrap_or(0);
        RowLine { blocks: range, size: size(width, above + below), axis: above }
    };
    ranges.into_iter().map(line).collect()
}

fn row_size(blocks: &[Measured], gaps: Gaps) -> Size {
    let lines = row_lines(blocks, gaps);
    let width = lines.iter().map(|l| l.size.width).max().unwrap_or(0);
    let height: Px = lines.iter().map(|l| l.size.height).sum();
    size(width, height + gaps.icon * (lines.len().max(1) as Px - 1))
}

fn matrix(matrix: &Matrix, given: &Given) -> MeasuredMatrix {
    let zones: Vec<_> =
        matrix.columns.iter().map(|c| c.zone.as_ref().map(|z| measure::heading(z, Room::Cell))).collect();
    let zones_cross =
        (0..zones.len()).any(|c| matrix.sections.iter().filter(|s| s.zones.get(c) == Some(&true)).count() > 1);
    let sections: Vec<_> = matrix.sections.iter().map(|s| section(s, &zones, zones_cross, given)).collect();

    let gaps = given.gaps;
    let (section_pad, _) = gaps.padding(FrameLook::Vpc);
    let title_gutter = if zones_cross {
        sections.iter().filter(|s| s.zones.contains(&true)).map(|s| s.heading.width).max().unwrap_or(0)
    } else {
        0
    };
    let mut columns = column_widths(&zones, &sections, gaps);
    let around = 2 * section_pad + title_gutter + gaps.column * (columns.len().max(1) as Px - 1);
    let wanted = sections.iter().map(|s| section_width(s, section_pad)).max().unwrap_or(0);
    let taken = around + columns.iter().sum::<Px>();
    widen(&mut columns, wanted - taken);

    let gutter = |side| sections.iter().map(|s| side_gutter(s, side, given)).max().unwrap_or(0);
    let (left_gutter, right_gutter) = (gutter(Side::Left), gutter(Side::Right));
    // A matrix without columns is as wide as its headings and spans.
    let width = left_gutter + (around + columns.iter().sum::<Px>()).max(wanted) + right_gutter;
    let heights: Px = sections.iter().map(|s| s.height + s.overhang).sum();
    let mut height = heights + gaps.section * (sections.len().max(1) as Px - 1);
    if zones_cross {
        height += zone_header(&zones) + 2 * UNIT;
    }
    MeasuredMatrix {
        zones,
        columns,
        sections,
        zones_cross,
        title_gutter,
        left_gutter,
        right_gutter,
        size: size(width, height),
    }
}

/// Zones are all as wide as the widest; columns without a zone as wide as they need.
fn column_widths(zones: &[Option<MeasuredHeading>], sections: &[MeasuredSection], gaps: Gaps) -> Vec<Px> {
    let (zone_pad, _) = gaps.padding(FrameLook::Zone);
    let mut widths: Vec<Px> = zones.iter().map(|z| z.as_ref().map_or(0, |z| z.width)).collect();
    for section in sections {
        for row in &section.rows {
            let MeasuredRow::Cells(cells) = row else { continue };
            for cell in &cells.cells {
                widths[cell.column] = widths[cell.column].max(cell_width(cell, gaps) + 2 * zone_pad);
            }
            for (heading, _, (first, last)) in &cells.bands {
                let (pad, _) = gaps.padding(heading.heading.look);
                let around = 2 * pad + 2 * zone_pad;
                let pills: Px = heading.pills.iter().map(|p| p.size.width + UNIT).sum();
                if first == last {
                    widths[*first] = widths[*first].max(heading.width + around);
                } else {
                    // The title stands in the first cell, the pills in the last one.
                    widths[*first] = widths[*first].max(heading.width - pills + around);
                    widths[*last] = widths[*last].max(pills + around);
                }
            }
        }
    }
    let widest = widths.iter().zip(zones).filter(|(_, z)| z.is_some()).map(|(w, _)| *w).max().unwrap_or(0);
    widths.iter().zip(zones).map(|(w, z)| if z.is_some() { widest } else { *w }).collect()
}

fn cell_width(cell: &MeasuredCell, gaps: Gaps) -> Px {
    let (pad, _) = gaps.padding(cell.heading.heading.look);
    let lanes = cell.lanes.iter().map(|lane| lane_size(lane, gaps).width).max().unwrap_or(0);
    cell.heading.width.max(lanes + 2 * pad)
}

/// Shares `extra` px evenly among the columns; nothing where it is not positive.
pub fn widen(columns: &mut [Px], extra: Px) {
    let n = columns.len() as Px;
    if n == 0 || extra <= 0 {
        return;
    }
    for (i, column) in columns.iter_mut().enumerate() {
        *column += extra / n + Px::from((i as Px) < extra % n);
    }
}

fn section_width(section: &MeasuredSection, pad: Px) -> Px {
    let spans = section.rows.iter().filter_map(|row| match row {
        MeasuredRow::Span { size, .. } => Some(size.width + 2 * pad),
        MeasuredRow::Cells(_) => None,
    });
    spans.chain([section.heading.width]).max().unwrap_or(0)
}

/// Room beside the sections for labels of border icons and for the edges that go up and down there.
fn side_gutter(section: &MeasuredSection, side: Side, given: &Given) -> Px {
    let mut icons = section.border.iter().filter(|(s, _)| *s == side).peekable();
    if icons.peek().is_none() {
        return 0;
    }
    let mut width = 0;
    let mut edges = 0;
    for (_, icon) in icons {
        width = width.max(icon.label.width() + 2 * UNIT);
        edges += given.demand.at(&icon.icon.about.id);
    }
    width.max(ICON / 2 + TRACK * (edges + 1))
}

pub fn zone_header(zones: &[Option<MeasuredHeading>]) -> Px {
    zones.iter().flatten().map(|z| z.height).max().unwrap_or(0) + UNIT
}

fn section(section: &Section, zones: &[Option<MeasuredHeading>], zones_cross: bool, given: &Given) -> MeasuredSection {
    let crossed = zones_cross && section.zones.contains(&true);
    let heading = measure::heading(&section.heading, if crossed { Room::Gutter } else { Room::Wide });
    let rows: Vec<_> = section.rows.iter().map(|r| row(r, given)).collect();
    let border: Vec<_> = section.border.iter().map(|b| (b.side, measure::icon(&b.icon))).collect();
    let strip = strip(&border, given);
    let gaps = given.gaps;
    let (pad, gap) = gaps.padding(section.heading.look);
    let has_zone = |c: usize| section.zones.get(c) == Some(&true) && zones.get(c).is_some_and(Option::is_some);
    let zoned = (0..zones.len()).any(has_zone);

    let mut height = heading.height + strip.max(gap);
    if zoned && !zones_cross {
        let (zone_pad, _) = gaps.padding(FrameLook::Zone);
        height += zone_header(zones) + zone_pad;
    }
    height += rows.iter().map(MeasuredRow::height).sum::<Px>() + gaps.row * (rows.len().max(1) as Px - 1) + pad;
    for side in [Side::Left, Side::Right] {
        height = height.max(heading.height + border_stack(&border, side) + pad);
    }
    let overhang = border
        .iter()
        .filter(|(side, _)| *side == Side::Bottom)
        .map(|(_, icon)| icon.size.height - ICON / 2)
        .max()
        .unwrap_or(0);
    MeasuredSection { heading, zones: section.zones.clone(), strip, rows, border, height, overhang }
}

/// Height of the channel at the border icons' level: it holds the icon, and every edge that enters there.
fn strip(border: &[(Side, MeasuredIcon)], given: &Given) -> Px {
    let sides = [Side::Left, Side::Right];
    let at = |side| border.iter().filter(move |(s, _)| *s == side);
    sides
        .into_iter()
        .filter_map(|side| at(side).next().map(|(_, icon)| given.demand.at(&icon.icon.about.id)))
        .map(|edges| (ICON + UNIT).max(TRACK * (edges / 2 + 3)))
        .max()
        .unwrap_or(0)
}

fn border_stack(border: &[(Side, MeasuredIcon)], side: Side) -> Px {
    border.iter().filter(|(s, _)| *s == side).map(|(_, icon)| icon.size.height + BORDER_ICON_GAP).sum()
}

/// Centres of the icons on a left or right border, from the section's top.
pub fn border_centers(section: &MeasuredSection, side: Side) -> Vec<Px> {
    let mut y = section.heading.height + (section.strip - ICON) / 2;
    let mut centers = Vec::new();
    for (_, icon) in section.border.iter().filter(|(s, _)| *s == side) {
        centers.push(y + ICON / 2);
        y += icon.size.height + BORDER_ICON_GAP;
    }
    centers
}

fn row(row: &Row, given: &Given) -> MeasuredRow {
    match row {
        Row::Span(blocks) => {
            let blocks: Vec<_> = blocks.iter().map(|b| block(b, given)).collect();
            let size = row_size(&blocks, given.gaps);
            MeasuredRow::Span { blocks, size }
        }
        Row::Cells(cells) => MeasuredRow::Cells(self::cells(cells, given.gaps)),
    }
}

fn cells(cells: &Cells, gaps: Gaps) -> MeasuredCells {
    let measured: Vec<_> = cells
        .cells
        .iter()
        .map(|cell| MeasuredCell {
            heading: measure::heading(&cell.heading, Room::Cell),
            column: cell.column,
            lanes: cell.lanes.iter().map(|lane| lane.iter().map(measure::icon).collect()).collect(),
        })
        .collect();
    let bands: Vec<_> =
        cells.bands.iter().map(|b| (measure::heading(&b.heading, Room::Band), b.lane, b.columns)).collect();

    let mut lanes = vec![0; cells.lanes];
    let mut lane_headers = vec![0; cells.lanes];
    for cell in &measured {
        for (lane, icons) in cell.lanes.iter().enumerate() {
            lanes[lane] = lanes[lane].max(lane_size(icons, gaps).height);
        }
    }
    for (heading, lane, _) in &bands {
        let (pad, gap) = gaps.padding(heading.heading.look);
        lane_headers[*lane] = lane_headers[*lane].max(heading.height + gap);
        lanes[*lane] = lanes[*lane].max(0);
        lane_headers[*lane] = lane_headers[*lane].max(BADGE + gap).max(pad);
    }
    for (lane, header) in lane_headers.iter().enumerate() {
        if *header > 0 {
            lanes[lane] += header + UNIT;
        }
    }
    let header = measured.iter().map(|c| c.heading.height).max().unwrap_or(0);
    let footer = measured.iter().map(|c| c.heading.footer.height()).max().unwrap_or(0);
    let (pad, gap) = measured.first().map_or((0, 0), |c| gaps.padding(c.heading.heading.look));
    let filled = lanes.iter().filter(|h| **h > 0).count() as Px;
    let mut height = header + gap + lanes.iter().sum::<Px>() + gaps.lane * (filled - 1).max(0);
    height += if footer > 0 { footer + UNIT + gaps.foot } else { pad };
    MeasuredCells { cells: measured, bands, header, lanes, lane_headers, height }
}

/// Icons a line in a lane: up to three side by side, more as a block wider than high.
pub fn per_line(count: usize) -> usize {
    if count <= 3 {
        return count.max(1);
    }
    (1..=count).find(|n| n * n * 2 >= count * 3).unwrap_or(count)
}

pub fn lane_size(icons: &[MeasuredIcon], gaps: Gaps) -> Size {
    if icons.is_empty() {
        return Size::default();
    }
    let columns = per_line(icons.len());
    let width = icons.iter().map(|i| i.size.width).max().unwrap_or(0);
    let lines = icons.chunks(columns).map(|line| line.iter().map(|i| i.size.height).max().unwrap_or(0));
    let heights: Px = lines.clone().sum();
    let n = columns as Px;
    size(n * width + (n - 1) * gaps.icon, heights + gaps.line * (lines.count() as Px - 1))
}
