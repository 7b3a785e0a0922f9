//! Phase 2: every block gets its least size, every matrix its columns and rows.
//!
//! Needs: the measured tree (phase 1), an arrangement, the distances to keep. Leaves: the sizes and tracks in that tree.
//! A matrix has one width a column, shared by all sections, and one height a lane, shared by all columns. Zones are
//! equally wide. Time is linear in the tree, so that several arrangements can be tried.

use std::collections::{BTreeMap, BTreeSet};

use super::arrangement::Arrangement;
use super::borders;
use super::gaps::Gaps;
use super::measured::{
    Measured, MeasuredBand, MeasuredCell, MeasuredCells, MeasuredFrame, MeasuredLane, MeasuredMatrix, MeasuredRow,
    MeasuredSection, RowLine,
};
use super::p1_measure::{self as measure, Lines, MeasuredHeading, MeasuredIcon, title_left};
use crate::diagram::{Diagram, Edge, Flow, Side};
use crate::geom::{Px, Size, size};
use crate::look::{FrameLook, Ink};
use crate::theme::{BADGE, ICON, UNIT};

/// Distance of two edges in one channel.
pub const TRACK: Px = 12;
/// Rows of blocks wrap at this width, where nothing beside them is wider.
const ROW_ROOM: Px = 1100;
/// Steps in which a column beside the main block may grow wider until it is no higher than that.
const ROOM_STEP: Px = 120;
/// From one border icon's label to the next icon.
pub const BORDER_ICON_GAP: Px = 20;
/// From an edge's label to what stands left and right of it.
const BESIDE_LABEL: Px = 16;
/// From a band's words to the icons beside them.
const BESIDE_GAP: Px = 24;

/// What the edges need.
pub struct Demand {
    /// How many edges end at each thing; edges of one bundle count once.
    edges: BTreeMap<String, Px>,
    /// The edges with a label inside the cloud: their ends, and the label's width on two lines.
    labels: Vec<(String, String, Px)>,
    /// Where the edges from each thing lead to.
    targets: BTreeMap<String, Vec<String>>,
}

impl Demand {
    pub fn of(diagram: &Diagram) -> Demand {
        let mut seen = BTreeSet::new();
        let mut counts = BTreeMap::new();
        for edge in &diagram.edges {
            for end in [&edge.from, &edge.to] {
                let way = edge.bundle.as_ref().unwrap_or(&edge.about.id);
                if seen.insert((way, end)) {
                    *counts.entry(end.clone()).or_insert(0) += 1;
                }
            }
        }
        let narrowest = |label: &String, edge: &Edge| {
            measure::edge_label(label, Ink::Edge(edge.look)).iter().take(2).map(Lines::width).min().unwrap_or(0)
        };
        let is_actor = |id: &String| {
            diagram.left.iter().chain(&diagram.right).any(|a| a.block.about().is_some_and(|a| a.id == *id))
        };
        let inside = diagram.edges.iter().filter(|edge| !is_actor(&edge.from) && !is_actor(&edge.to));
        let labelled = inside.filter_map(|edge| Some((edge, edge.label.as_ref()?)));
        let labels = labelled.map(|(edge, label)| (edge.from.clone(), edge.to.clone(), narrowest(label, edge)));
        let mut targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for edge in &diagram.edges {
            targets.entry(edge.from.clone()).or_default().push(edge.to.clone());
        }
        Demand { edges: counts, labels: labels.collect(), targets }
    }

    /// The width of the widest label on an edge into a section or out of it.
    fn label_at(&self, section: &MeasuredSection) -> Px {
        let crosses = |(from, to, _): &&(String, String, Px)| section.holds(from) != section.holds(to);
        self.labels.iter().filter(crosses).map(|(.., width)| *width).max().unwrap_or(0)
    }

    /// Whether an edge leads from one of the bands to another one.
    fn joins(&self, bands: &[MeasuredBand]) -> bool {
        let mut targets = bands.iter().filter_map(|band| self.targets.get(&band.heading.heading.about.id)).flatten();
        targets.any(|target| bands.iter().any(|band| band.heading.heading.about.id == *target))
    }

    fn at(&self, id: &str) -> Px {
        self.edges.get(id).copied().unwrap_or(0)
    }
}

/// What holds for all blocks while one arrangement is tried.
pub struct Given {
    pub demand: Demand,
    pub gaps: Gaps,
    pub how: Arrangement,
}

/// Sets the sizes and tracks of all blocks; gives the size of them all, one under the other.
pub fn arrange(body: &mut [Measured], given: &Given) -> Size {
    body.iter_mut().for_each(|b| block(b, given, ROW_ROOM));
    stacked(body.iter().map(Measured::size), given.gaps.section)
}

/// `room` is the width at which rows wrap.
fn block(block: &mut Measured, given: &Given, room: Px) {
    match block {
        Measured::Icon(_) | Measured::Plate(_) => {}
        Measured::Frame(frame) => self::frame(frame, given, room),
        Measured::Matrix(matrix) => self::matrix(matrix, given),
    }
}

/// The size of boxes one under the other.
fn stacked(sizes: impl Iterator<Item = Size>, gap: Px) -> Size {
    sizes.reduce(|a, b| size(a.width.max(b.width), a.height + gap + b.height)).unwrap_or_default()
}

fn frame(frame: &mut MeasuredFrame, given: &Given, room: Px) {
    let gaps = given.gaps;
    let (pad, gap) = gaps.padding(frame.heading.heading.look);
    let blocks = &mut frame.blocks;
    let single =
        |n: usize, blocks: &[Measured]| RowLine { blocks: n..n + 1, size: blocks[n].size(), axis: blocks[n].axis() };
    frame.beside = frame.flow == Flow::Main && given.how.rest_beside && blocks.len() > 1;
    let inner = match frame.flow {
        Flow::Row => {
            blocks.iter_mut().for_each(|b| block(b, given, room - 2 * pad));
            frame.lines = row_lines(blocks, room - 2 * pad, gaps);
            stacked(frame.lines.iter().map(|l| l.size), gaps.icon)
        }
        Flow::Shelves | Flow::Line => {
            blocks.iter_mut().for_each(|b| block(b, given, room));
            let across = if frame.flow == Flow::Line { blocks.len() } else { given.how.across };
            frame.lines = shelves(blocks, across, gaps);
            stacked(frame.lines.iter().map(|l| l.size), gaps.section)
        }
        Flow::Column => {
            blocks.iter_mut().for_each(|b| block(b, given, room));
            frame.lines = (0..blocks.len()).map(|n| single(n, blocks)).collect();
            stacked(blocks.iter().map(Measured::size), gaps.stacked(frame.heading.heading.look))
        }
        Flow::Hubs => {
            blocks.iter_mut().for_each(|b| block(b, given, room));
            frame.lines = (0..blocks.len()).map(|n| single(n, blocks)).collect();
            let hubs = stacked(blocks.iter().skip(1).map(Measured::size), gaps.icon);
            frame.hubs = hubs.width + gaps.column;
            let main = blocks.first().map(Measured::size).unwrap_or_default();
            size(frame.hubs + main.width, main.height.max(hubs.height))
        }
        Flow::Main => {
            let inner = main_and_rest(blocks, frame.beside, given, room);
            frame.lines = (0..blocks.len()).map(|n| single(n, blocks)).collect();
            inner
        }
    };
    frame.content_top = if frame.heading.height > 0 { frame.heading.height + gap } else { pad };
    let height = frame.content_top + inner.height + pad + footing(&frame.heading);
    frame.size = size(frame.heading.width.max(inner.width + 2 * pad), height);
}

/// What a frame's words at its bottom take of its height.
pub fn footing(heading: &MeasuredHeading) -> Px {
    if heading.footer.is_empty() { 0 } else { heading.footer.height() + UNIT }
}

/// The first block, and the rest under it, or at its right in a column that is no higher, if that can be.
fn main_and_rest(blocks: &mut [Measured], beside: bool, given: &Given, room: Px) -> Size {
    let gaps = given.gaps;
    let Some((main, rest)) = blocks.split_first_mut() else { return Size::default() };
    block(main, given, room);
    let main = main.size();
    if !beside {
        rest.iter_mut().for_each(|b| block(b, given, room.max(main.width)));
        return stacked(std::iter::once(main).chain(rest.iter().map(Measured::size)), gaps.section);
    }
    let mut narrow = 0;
    loop {
        rest.iter_mut().for_each(|b| block(b, given, narrow));
        let rest = stacked(rest.iter().map(Measured::size), gaps.section);
        if rest.height <= main.height || narrow >= room {
            return size(main.width + gaps.section + rest.width, main.height.max(rest.height));
        }
        narrow += ROOM_STEP;
    }
}

/// A row of blocks, broken into lines of at most `room`.
fn row_lines(blocks: &[Measured], room: Px, gaps: Gaps) -> Vec<RowLine> {
    let line = |(range, width): (std::ops::Range<usize>, Px)| {
        let blocks = &blocks[range.clone()];
        let above = blocks.iter().map(Measured::axis).max().unwrap_or(0);
        let below = blocks.iter().map(|b| b.size().height - b.axis()).max().unwrap_or(0);
        RowLine { blocks: range, size: size(width, above + below), axis: above }
    };
    broken(blocks, room, gaps.block).into_iter().map(line).collect()
}

/// Lines of `across` blocks, however wide each is; blocks of one line have their tops on one level.
fn shelves(blocks: &[Measured], across: usize, gaps: Gaps) -> Vec<RowLine> {
    let across = across.max(1);
    let line = |first: usize| {
        let range = first..blocks.len().min(first + across);
        let sizes = blocks[range.clone()].iter().map(Measured::size);
        let side_by_side = |a: Size, b: Size| size(a.width + gaps.block + b.width, a.height.max(b.height));
        RowLine { blocks: range, size: sizes.reduce(side_by_side).unwrap_or_default(), axis: 0 }
    };
    (0..blocks.len()).step_by(across).map(line).collect()
}

/// Runs of blocks that are together no wider than `room`, each with its width.
fn broken(blocks: &[Measured], room: Px, gap: Px) -> Vec<(std::ops::Range<usize>, Px)> {
    let mut runs: Vec<(std::ops::Range<usize>, Px)> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let width = block.size().width;
        match runs.last_mut() {
            Some((range, line)) if *line + gap + width <= room => {
                range.end = i + 1;
                *line += gap + width;
            }
            _ => runs.push((i..i + 1, width)),
        }
    }
    runs
}

fn matrix(matrix: &mut MeasuredMatrix, given: &Given) {
    let how = given.how.of_matrices();
    if matrix.arranged.replace(how) == Some(how) {
        return;
    }
    let gaps = given.gaps;
    let beside = how.sections_beside && matrix.sections.iter().any(|s| !s.is_zoneless());
    for section in &mut matrix.sections {
        let aside = beside && section.is_zoneless();
        section.rows.iter_mut().for_each(|r| row(r, aside, given));
    }
    let mut columns = column_widths(matrix, how.titles_beside, gaps);
    let sections = &matrix.sections;
    let is_aside = |s: &&MeasuredSection| beside && s.is_zoneless();
    let (section_pad, _) = gaps.padding(FrameLook::Vpc);
    matrix.title_gutter = if matrix.zones_cross {
        sections.iter().filter(|s| s.zones.contains(&true)).map(|s| s.heading.width).max().unwrap_or(0)
    } else {
        0
    };
    let around = 2 * section_pad + matrix.title_gutter + gaps.column * (columns.len().max(1) as Px - 1);
    let zones_cross = matrix.zones_cross;
    let least = |s: &MeasuredSection| section_width(s, section_pad, beside, zones_cross && s.zones.contains(&true));
    let wanted = sections.iter().filter(|s| !is_aside(s)).map(least).max().unwrap_or(0);
    let taken = around + columns.iter().sum::<Px>();
    widen(&mut columns, wanted - taken);

    let header = if zones_cross { 0 } else { zone_header(&matrix.zones) };
    for section in &mut matrix.sections {
        for row in section.rows.iter_mut().filter_map(MeasuredRow::cells_mut) {
            cells(row, &columns, given);
        }
        let crossed = zones_cross && section.zones.contains(&true);
        self::section(section, header, crossed, beside, given);
    }

    let sections = &matrix.sections;
    let gutter = |side| sections.iter().map(|s| side_gutter(s, side, &given.demand)).max().unwrap_or(0);
    (matrix.left_gutter, matrix.right_gutter) = (gutter(Side::Left), gutter(Side::Right));
    matrix.aside = sections.iter().filter(is_aside).map(least).max().unwrap_or(0);
    if matrix.aside > 0 {
        let label = sections.iter().filter(is_aside).map(|s| given.demand.label_at(s)).max().unwrap_or(0);
        matrix.right_gutter = matrix.right_gutter.max(gaps.column).max(label + 2 * BESIDE_LABEL);
    }
    // A matrix without columns is as wide as its headings and spans.
    let width = matrix.left_gutter + taken.max(wanted) + matrix.right_gutter + matrix.aside;
    let tall = |n: usize| size(0, room_above(matrix, n) + sections[n].height + sections[n].overhang);
    let mut height = stacked(matrix.stack().into_iter().map(tall), gaps.section).height;
    if matrix.zones_cross {
        height += 2 * UNIT;
    }
    if matrix.aside > 0 {
        let aside = sections.iter().filter(is_aside).map(|s| size(0, s.height));
        height = height.max(aside_top(matrix) + stacked(aside, gaps.section).height);
    }
    matrix.columns = columns;
    matrix.size = size(width, height);
}

/// Where the sections beside begin, from the matrix's top: below what stands astride the right border, so that the
/// edges of that have a free way out.
pub fn aside_top(matrix: &MeasuredMatrix) -> Px {
    let Some(first) = matrix.stack().first().copied() else { return 0 };
    let section = &matrix.sections[first];
    room_above(matrix, first)
        + match border_stack(&section.border, Side::Right) {
            0 => 0,
            stack => border_top(section, Side::Right) + (section.strip - ICON) / 2 + stack,
        }
}

/// What stands above a section's top and below the one before it: the titles of the zones that begin there, and
/// under them the upper halves of the icons astride the border.
pub fn room_above(matrix: &MeasuredMatrix, section: usize) -> Px {
    let begins = matrix.zone_runs().any(|run| run.first == section);
    borders::rise(&matrix.sections[section]) + if begins { zone_header(&matrix.zones) } else { 0 }
}

/// Zones are all as wide as the widest, and so are columns without a zone.
fn column_widths(matrix: &MeasuredMatrix, titles_beside: bool, gaps: Gaps) -> Vec<Px> {
    let MeasuredMatrix { zones, sections, .. } = matrix;
    let (zone_pad, _) = gaps.padding(FrameLook::Zone);
    let mut widths: Vec<Px> = zones.iter().map(|z| z.as_ref().map_or(0, |z| z.width)).collect();
    for section in sections {
        if matrix.crosses(section) {
            for side in [Side::Top, Side::Bottom] {
                borders::widths(section, side, &mut widths);
            }
        }
        for row in &section.rows {
            let MeasuredRow::Cells(cells) = row else { continue };
            for cell in &cells.cells {
                widths[cell.column] = widths[cell.column].max(cell_width(cell, gaps) + 2 * zone_pad);
            }
            for band in &cells.bands {
                let (heading, (first, last)) = (&band.heading, &band.columns);
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
                // A band stands inside of its cells, whose own padding may be none, and its members inside of it.
                for column in [*first, *last] {
                    widths[column] = widths[column].max(lane_width(cells, band, column) + 4 * UNIT + 2 * zone_pad);
                }
                if titles_beside {
                    for (column, width) in width_beside(cells, band) {
                        widths[column] = widths[column].max(width + around);
                    }
                }
            }
        }
    }
    // In each of the two kinds, all are as wide as the widest.
    let widest = |zoned| widths.iter().zip(zones).filter(|(_, z)| z.is_some() == zoned).map(|(w, _)| *w).max();
    zones.iter().map(|z| widest(z.is_some()).unwrap_or(0)).collect()
}

/// How wide a band must be in its first and its last column to have its words beside its icons and not above them.
fn width_beside(cells: &MeasuredCells, band: &MeasuredBand) -> [(usize, Px); 2] {
    let (first, last) = band.columns;
    let heading = &band.heading;
    let title = title_left(heading.heading) + heading.title.width() + BESIDE_GAP;
    let pills = match heading.pills.iter().map(|p| p.size.width + UNIT).sum() {
        0 => 0,
        pills => pills + BESIDE_GAP,
    };
    // The icons stand in the middle, so both sides are as wide as the wider of them.
    let icons = |column| lane_width(cells, band, column);
    [(first, 2 * title + icons(first)), (last, 2 * pills + icons(last))]
}

/// How wide a band's members in a column are.
fn lane_width(cells: &MeasuredCells, band: &MeasuredBand, column: usize) -> Px {
    let cell = cells.cells.iter().find(|cell| cell.column == column);
    cell.and_then(|cell| cell.lanes.get(band.lane)).map_or(0, |lane| lane.size.width)
}

fn cell_width(cell: &MeasuredCell, gaps: Gaps) -> Px {
    let (pad, _) = gaps.padding(cell.heading.heading.look);
    let lanes = cell.lanes.iter().map(|lane| lane.size.width).max().unwrap_or(0);
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

fn section_width(section: &MeasuredSection, pad: Px, beside: bool, crossed: bool) -> Px {
    let spans = section.rows.iter().filter_map(|row| match row {
        MeasuredRow::Span { size, .. } => Some(size.width + 2 * pad),
        MeasuredRow::Cells(_) => None,
    });
    let on_border = [Side::Top, Side::Bottom].map(|side| if crossed { 0 } else { borders::least_width(section, side) });
    spans.chain([section.heading(beside).width]).chain(on_border).max().unwrap_or(0)
}

/// Room beside the sections for labels of border icons and for the edges that go up and down there.
fn side_gutter(section: &MeasuredSection, side: Side, demand: &Demand) -> Px {
    let mut icons = section.border.iter().filter(|(s, _)| *s == side).peekable();
    if icons.peek().is_none() {
        return 0;
    }
    let mut width = 0;
    let mut edges = 0;
    for (_, icon) in icons {
        width = width.max(icon.label.width() + 2 * UNIT);
        edges += demand.at(&icon.icon.about.id);
    }
    width.max(ICON / 2 + TRACK * (edges + 1))
}

pub fn zone_header(zones: &[Option<MeasuredHeading>]) -> Px {
    zones.iter().flatten().map(|z| z.height).max().unwrap_or(0) + UNIT
}

/// `header` is the height of the zones' titles, where they stand in the section. Where zones cross it, its own title
/// stands beside them.
fn section(section: &mut MeasuredSection, header: Px, crossed: bool, beside: bool, given: &Given) {
    let gaps = given.gaps;
    section.strip = strip(&section.border, &given.demand);
    let heading = section.heading(beside).height;
    let (pad, gap) = gaps.padding(section.heading.heading.look);

    // Nothing but what is astride the border beside its title then needs the title's height.
    section.title_beside = crossed;
    let under_title = section.border.iter().any(|(side, _)| *side == Side::Left);
    section.content_top = match crossed && !under_title {
        true => section.strip + if section.strip > 0 { BESIDE_TITLE } else { pad },
        false => heading + section.strip.max(gap),
    };
    // An icon on the top border reaches into the section with its label.
    let top = section.border.iter().filter(|(side, _)| *side == Side::Top);
    let reach = top.map(|(_, icon)| icon.size.height - ICON / 2 + UNIT).max().unwrap_or(0);
    section.content_top = section.content_top.max(reach);
    let mut height = section.content_top;
    if header > 0 && section.zones.contains(&true) {
        let (zone_pad, _) = gaps.padding(FrameLook::Zone);
        height += header + zone_pad;
    }
    height += stacked(section.rows.iter().map(|r| size(0, r.height())), gaps.row).height + pad;
    for side in [Side::Left, Side::Right] {
        let stack = (section.strip - ICON).max(0) / 2 + border_stack(&section.border, side);
        height = height.max(border_top(section, side) + gap.max(stack) + pad);
    }
    section.height = height;
    let bottom = section.border.iter().filter(|(side, _)| *side == Side::Bottom);
    section.overhang = bottom.map(|(_, icon)| icon.size.height - ICON / 2).max().unwrap_or(0);
}

/// Height of the channel at the border icons' level: it holds the icon, and every edge that enters there.
fn strip(border: &[(Side, MeasuredIcon)], demand: &Demand) -> Px {
    let sides = [Side::Left, Side::Right];
    let at = |side| border.iter().filter(move |(s, _)| *s == side);
    sides
        .into_iter()
        .filter_map(|side| at(side).next().map(|(_, icon)| demand.at(&icon.icon.about.id)))
        .map(|edges| (ICON + UNIT).max(TRACK * (edges / 2 + 3)))
        .max()
        .unwrap_or(0)
}

fn border_stack(border: &[(Side, MeasuredIcon)], side: Side) -> Px {
    border.iter().filter(|(s, _)| *s == side).map(|(_, icon)| icon.size.height + BORDER_ICON_GAP).sum()
}

/// From a section's top to the channel at its border icons: below the title, but for one at the other side.
fn border_top(section: &MeasuredSection, side: Side) -> Px {
    let beside_title = section.border.iter().any(|(side, _)| *side == Side::Left);
    if section.title_beside && side == Side::Right && !beside_title { BESIDE_TITLE } else { section.heading.height }
}

/// From a section's top to a channel beside its title.
const BESIDE_TITLE: Px = 12;

/// Centres of the icons on a left or right border, from the section's top.
pub fn border_centers(section: &MeasuredSection, side: Side) -> Vec<Px> {
    let mut y = border_top(section, side) + (section.strip - ICON) / 2;
    let mut centers = Vec::new();
    for (_, icon) in section.border.iter().filter(|(s, _)| *s == side) {
        centers.push(y + ICON / 2);
        y += icon.size.height + BORDER_ICON_GAP;
    }
    centers
}

/// What a row needs before the columns are known. Beside other sections its blocks stand one under the other: the first,
/// which says what it is, on top, and then from the last on, for what is nearest to the gateways in a row is so in a
/// column too.
fn row(row: &mut MeasuredRow, aside: bool, given: &Given) {
    match row {
        MeasuredRow::Span { blocks, lines, size } => {
            let room = if aside { 0 } else { ROW_ROOM };
            blocks.iter_mut().for_each(|b| block(b, given, room));
            *lines = row_lines(blocks, room, given.gaps);
            if aside && lines.len() > 1 {
                lines[1..].reverse();
            }
            *size = stacked(lines.iter().map(|l| l.size), given.gaps.icon);
        }
        MeasuredRow::Cells(row) => row.cells.iter_mut().flat_map(|c| &mut c.lanes).for_each(|l| lane(l, given)),
    }
}

/// The heights of a row's titles and lanes. Where the columns are wide enough, a lane's bands have their words beside their icons.
fn cells(row: &mut MeasuredCells, columns: &[Px], given: &Given) {
    let gaps = given.gaps;
    let (zone_pad, _) = gaps.padding(FrameLook::Zone);
    for cell in &mut row.cells {
        cell.heading.refit(columns[cell.column] - 2 * zone_pad);
    }
    row.header = row.cells.iter().map(|c| c.heading.height).max().unwrap_or(0);
    row.lanes.fill(0);
    row.lane_headers.fill(0);
    for cell in &row.cells {
        for (height, lane) in row.lanes.iter_mut().zip(&cell.lanes) {
            *height = lane.size.height.max(*height);
        }
    }
    let mut least = vec![0; row.lanes.len()];
    for band in &row.bands {
        let (pad, gap) = gaps.padding(band.heading.heading.look);
        let fits = |(column, width): (usize, Px)| width + 2 * (pad + zone_pad) <= columns[column];
        let title = (band.heading.height.max(BADGE) + gap).max(pad);
        let header = if width_beside(row, band).into_iter().all(fits) { UNIT } else { title };
        row.lane_headers[band.lane] = header.max(row.lane_headers[band.lane]);
        least[band.lane] = title.max(least[band.lane]);
    }
    for ((height, header), least) in row.lanes.iter_mut().zip(&row.lane_headers).zip(least) {
        if *header > 0 {
            *height = (*height + header).max(least) + UNIT;
        }
    }
    let footer = row.cells.iter().map(|c| c.heading.footer.height()).max().unwrap_or(0);
    let (pad, gap) = row.cells.first().map_or((0, 0), |c| gaps.padding(c.heading.heading.look));
    let filled = row.lanes.iter().filter(|h| **h > 0).count() as Px;
    row.lane_gap = if given.demand.joins(&row.bands) { gaps.joined_lanes } else { gaps.lane };
    let lanes = row.lanes.iter().sum::<Px>() + row.lane_gap * (filled - 1).max(0);
    row.height = row.header + gap + lanes + if footer > 0 { footer + UNIT + gaps.foot } else { pad };
}

fn lane(lane: &mut MeasuredLane, given: &Given) {
    let is_plate = |block: &Measured| matches!(block, Measured::Plate(_));
    lane.per_line = if lane.blocks.iter().all(is_plate) { 1 } else { given.how.cells.per_line(lane.blocks.len()) };
    if lane.blocks.is_empty() {
        return;
    }
    if lane.blocks.iter().any(|b| matches!(b, Measured::Frame(_))) {
        lane.blocks.iter_mut().for_each(|b| block(b, given, ROW_ROOM));
        lane.widest = lane.blocks.iter().map(|b| b.size().width).max().unwrap_or(0);
    }
    let n = lane.per_line as Px;
    let width = n * lane.widest + (n - 1) * given.gaps.icon;
    let high = |line: &[Measured]| line.iter().map(|b| b.size().height).max().unwrap_or(0);
    let lines = lane.blocks.chunks(lane.per_line).map(|line| size(width, high(line)));
    lane.size = stacked(lines, given.gaps.line);
}
