//! The diagram's tree with its leaves measured (phase 1) and room for what arranging finds (phase 2).
//!
//! It is made once; arranging it another way sets sizes and tracks anew and measures no text again.

use super::arrangement::Arrangement;
use super::p1_measure::{self as measure, MeasuredHeading, MeasuredIcon, MeasuredPlate, Room};
use crate::diagram::{Band, Block, BorderIcon, Cells, Diagram, Flow, Frame, Matrix, Row, Section, Side};
use crate::geom::{Px, Size};
use crate::theme::ICON;
use crate::threads;

#[derive(Debug)]
pub enum Measured<'a> {
    Icon(MeasuredIcon<'a>),
    Frame(MeasuredFrame<'a>),
    Plate(MeasuredPlate<'a>),
    Matrix(MeasuredMatrix<'a>),
}

#[derive(Debug)]
pub struct MeasuredFrame<'a> {
    pub heading: MeasuredHeading<'a>,
    /// The id of the band of which it is a member.
    pub band: Option<&'a str>,
    pub flow: Flow,
    pub blocks: Vec<Measured<'a>>,
    /// Phase 2: from its top to its content.
    pub content_top: Px,
    /// Phase 2: its blocks, line by line. Where `beside`, the first line stands left of all others.
    pub lines: Vec<RowLine>,
    pub beside: bool,
    /// Phase 2: width of the hubs at its left, and of the channel beside them.
    pub hubs: Px,
    pub size: Size,
}

/// A line of blocks: which they are, its size, and where its axis lies from its top.
#[derive(Clone, Debug)]
pub struct RowLine {
    pub blocks: std::ops::Range<usize>,
    pub size: Size,
    pub axis: Px,
}

#[derive(Debug)]
pub struct MeasuredMatrix<'a> {
    pub zones: Vec<Option<MeasuredHeading<'a>>>,
    pub sections: Vec<MeasuredSection<'a>>,
    /// Whether zones are drawn across sections: their titles then stand above the first one, and the
    /// sections' titles in a gutter at the left, where no zone's border cuts them.
    pub zones_cross: bool,
    /// Phase 2: how it is arranged.
    pub arranged: Option<Arrangement>,
    /// Phase 2: least widths of the columns.
    pub columns: Vec<Px>,
    /// Phase 2: inside each section, left of the first column.
    pub title_gutter: Px,
    /// Phase 2: outside the sections: room for what stands astride their left and right borders.
    pub left_gutter: Px,
    pub right_gutter: Px,
    /// Phase 2: width of the sections without zones where they stand in a column of their own at the right; else 0.
    pub aside: Px,
    pub size: Size,
}

#[derive(Debug)]
pub struct MeasuredSection<'a> {
    pub heading: MeasuredHeading<'a>,
    /// The same words for a narrow frame, where the section has no zones and may stand beside the others.
    pub narrow: Option<MeasuredHeading<'a>>,
    pub zones: Vec<bool>,
    pub rows: Vec<MeasuredRow<'a>>,
    pub border: Vec<(Side, MeasuredIcon<'a>)>,
    /// Phase 2: whether its title stands left of its columns.
    pub title_beside: bool,
    /// Phase 2: free channel under the heading, at the height of the border icons.
    pub strip: Px,
    /// Phase 2: from its top to its first row, or to the titles of its zones.
    pub content_top: Px,
    pub height: Px,
    /// Phase 2: how far the labels of icons on its bottom border reach below it.
    pub overhang: Px,
}

#[derive(Debug)]
pub enum MeasuredRow<'a> {
    Span { blocks: Vec<Measured<'a>>, lines: Vec<RowLine>, size: Size },
    Cells(MeasuredCells<'a>),
}

#[derive(Debug)]
pub struct MeasuredCells<'a> {
    pub cells: Vec<MeasuredCell<'a>>,
    pub bands: Vec<MeasuredBand<'a>>,
    /// Phase 2: height of the cells' titles.
    pub header: Px,
    /// Phase 2: heights of the lanes, band titles and paddings included.
    pub lanes: Vec<Px>,
    /// Phase 2: how much of a lane's height is taken by its band's title.
    pub lane_headers: Vec<Px>,
    /// Phase 2: between two lanes.
    pub lane_gap: Px,
    pub height: Px,
}

#[derive(Debug)]
pub struct MeasuredBand<'a> {
    pub heading: MeasuredHeading<'a>,
    pub lane: usize,
    pub columns: (usize, usize),
}

#[derive(Debug)]
pub struct MeasuredCell<'a> {
    pub heading: MeasuredHeading<'a>,
    pub column: usize,
    pub lanes: Vec<MeasuredLane<'a>>,
}

#[derive(Debug)]
pub struct MeasuredLane<'a> {
    pub blocks: Vec<Measured<'a>>,
    /// Width of the widest block; phase 2, where there are frames among them.
    pub widest: Px,
    /// Phase 2: blocks a line.
    pub per_line: usize,
    pub size: Size,
}

impl Measured<'_> {
    pub fn size(&self) -> Size {
        match self {
            Measured::Icon(icon) => icon.size,
            Measured::Frame(frame) => frame.size,
            Measured::Plate(plate) => plate.size,
            Measured::Matrix(matrix) => matrix.size,
        }
    }

    /// The id of the band of which it is a member.
    pub fn band(&self) -> Option<&str> {
        match self {
            Measured::Icon(icon) => icon.icon.band.as_deref(),
            Measured::Frame(frame) => frame.band,
            Measured::Plate(_) | Measured::Matrix(_) => None,
        }
    }

    /// From the block's top to the line on which a row sets its blocks: the middle of an icon, not of the icon
    /// with its label.
    pub fn axis(&self) -> Px {
        match self {
            Measured::Icon(_) => ICON / 2,
            Measured::Frame(frame) => match frame.blocks.first() {
                Some(first @ Measured::Icon(_)) => frame.content_top + first.axis(),
                _ => frame.size.height / 2,
            },
            Measured::Plate(plate) => plate.size.height / 2,
            Measured::Matrix(matrix) => matrix.size.height / 2,
        }
    }
}

impl Measured<'_> {
    /// Whether the block is this thing, or has it in it; of a matrix only what stands across its sections is asked.
    pub fn holds(&self, id: &str) -> bool {
        match self {
            Measured::Icon(icon) => icon.icon.about.id == id,
            Measured::Plate(plate) => plate.plate.about.id == id,
            Measured::Frame(frame) => {
                frame.heading.heading.about.id == id || frame.blocks.iter().any(|block| block.holds(id))
            }
            Measured::Matrix(matrix) => matrix.sections.iter().any(|section| section.holds(id)),
        }
    }

    /// How much of its width is taken at the left and at the right by what stands outside a matrix's sections.
    pub fn gutters(&self) -> (Px, Px) {
        match self {
            Measured::Matrix(matrix) => (matrix.left_gutter, matrix.right_gutter + matrix.aside),
            Measured::Frame(MeasuredFrame { flow: Flow::Hubs, blocks, hubs, .. }) => {
                let (left, right) = blocks.first().map(Measured::gutters).unwrap_or_default();
                (left + hubs, right)
            }
            Measured::Frame(frame) if matches!(frame.flow, Flow::Shelves | Flow::Line) => {
                let widest = |a: (Px, Px), b: (Px, Px)| (a.0.max(b.0), a.1.max(b.1));
                frame.blocks.iter().map(Measured::gutters).reduce(widest).unwrap_or_default()
            }
            Measured::Icon(_) | Measured::Frame(_) | Measured::Plate(_) => (0, 0),
        }
    }
}

/// A zone across sections that stand one under the other, each of which has it.
pub struct ZoneRun {
    pub column: usize,
    pub first: usize,
    pub last: usize,
    /// How many runs of the zone stand above this one.
    pub nth: usize,
}

impl<'a> MeasuredMatrix<'a> {
    /// Whether zones are drawn through the section, and its title beside them.
    pub fn crosses(&self, section: &MeasuredSection) -> bool {
        self.zones_cross && section.zones.contains(&true)
    }

    /// The sections that stand one under the other, those beside them left out.
    pub fn stack(&self) -> Vec<usize> {
        (0..self.sections.len()).filter(|n| self.aside == 0 || !self.sections[*n].is_zoneless()).collect()
    }

    /// Where zones cross sections, the frames to draw: a zone that misses a section is drawn in pieces.
    pub fn zone_runs(&self) -> impl Iterator<Item = ZoneRun> + '_ {
        let stack = if self.zones_cross { self.stack() } else { Vec::new() };
        let zoned = (0..self.zones.len()).filter(|c| self.zones[*c].is_some());
        zoned.flat_map(move |column| {
            let mut runs: Vec<ZoneRun> = Vec::new();
            let has = |n: &usize| self.sections[*n].zones.get(column) == Some(&true);
            for piece in stack.split(|n| !has(n)) {
                if let (Some(&first), Some(&last)) = (piece.first(), piece.last()) {
                    runs.push(ZoneRun { column, first, last, nth: runs.len() });
                }
            }
            runs
        })
    }
}

/// The most blocks that any one frame sets in lines as suits the page.
pub fn most_shelved(blocks: &[Measured]) -> usize {
    let of = |block: &Measured| match block {
        Measured::Frame(frame) if frame.flow == Flow::Shelves => frame.blocks.len(),
        Measured::Frame(frame) => most_shelved(&frame.blocks),
        Measured::Icon(_) | Measured::Plate(_) | Measured::Matrix(_) => 0,
    };
    blocks.iter().map(of).max().unwrap_or(0)
}

impl<'a> MeasuredSection<'a> {
    /// Whether it has no zones, so that it may stand beside sections that have some.
    pub fn is_zoneless(&self) -> bool {
        self.narrow.is_some()
    }

    /// Whether it is this thing, or spans it.
    pub fn holds(&self, id: &str) -> bool {
        let spans = |row: &MeasuredRow| match row {
            MeasuredRow::Span { blocks, .. } => blocks.iter().any(|block| block.holds(id)),
            MeasuredRow::Cells(_) => false,
        };
        self.heading.heading.about.id == id || self.rows.iter().any(spans)
    }

    pub fn heading(&self, beside: bool) -> &MeasuredHeading<'a> {
        match &self.narrow {
            Some(narrow) if beside => narrow,
            _ => &self.heading,
        }
    }
}

impl<'a> MeasuredRow<'a> {
    pub fn cells_mut(&mut self) -> Option<&mut MeasuredCells<'a>> {
        match self {
            MeasuredRow::Cells(cells) => Some(cells),
            MeasuredRow::Span { .. } => None,
        }
    }

    pub fn height(&self) -> Px {
        match self {
            MeasuredRow::Span { size, .. } => size.height,
            MeasuredRow::Cells(cells) => cells.height,
        }
    }
}

/// With no more blocks than this a thread, another one is not worth its start.
const FEW: usize = 8;

/// Phase 1 for a whole diagram: all text is measured here.
pub fn body(diagram: &Diagram) -> Vec<Measured<'_>> {
    diagram.body.iter().map(block).collect()
}

pub fn block(block: &Block) -> Measured<'_> {
    match block {
        Block::Icon(icon) => Measured::Icon(measure::icon(icon)),
        Block::Frame(frame) => Measured::Frame(self::frame(frame)),
        Block::Plate(plate) => Measured::Plate(measure::plate(plate)),
        Block::Matrix(matrix) => Measured::Matrix(self::matrix(matrix)),
    }
}

fn frame(frame: &Frame) -> MeasuredFrame<'_> {
    MeasuredFrame {
        heading: measure::heading(&frame.heading, if frame.band.is_some() { Room::Cell } else { Room::Wide }),
        band: frame.band.as_deref(),
        flow: frame.flow,
        blocks: threads::map(&frame.blocks, &mut vec![(); threads::worth(frame.blocks.len(), FEW)], |b, ()| block(b))
            .collect(),
        content_top: 0,
        lines: Vec::new(),
        beside: false,
        hubs: 0,
        size: Size::default(),
    }
}

fn matrix(matrix: &Matrix) -> MeasuredMatrix<'_> {
    let zones = matrix.columns.iter().map(|c| c.zone.as_ref().map(|z| measure::heading(z, Room::Cell)));
    let through = |c| matrix.sections.iter().filter(|s| s.zones.get(c) == Some(&true)).count();
    let zones_cross = (0..matrix.columns.len()).any(|c| through(c) > 1);
    MeasuredMatrix {
        zones: zones.collect(),
        sections: matrix.sections.iter().map(|s| section(s, zones_cross)).collect(),
        zones_cross,
        arranged: None,
        columns: Vec::new(),
        title_gutter: 0,
        left_gutter: 0,
        right_gutter: 0,
        aside: 0,
        size: Size::default(),
    }
}

fn section(section: &Section, zones_cross: bool) -> MeasuredSection<'_> {
    let crossed = zones_cross && section.zones.contains(&true);
    let zoneless = !section.zones.contains(&true)
        && section.border.is_empty()
        && section.rows.iter().all(|r| matches!(r, Row::Span(_)));
    MeasuredSection {
        heading: measure::heading(&section.heading, if crossed { Room::Gutter } else { Room::Wide }),
        narrow: zoneless.then(|| measure::heading(&section.heading, Room::Gutter)),
        zones: section.zones.clone(),
        rows: section.rows.iter().map(row).collect(),
        border: section.border.iter().map(|b| (b.side, border_icon(b))).collect(),
        title_beside: false,
        strip: 0,
        content_top: 0,
        height: 0,
        overhang: 0,
    }
}

fn border_icon(border: &BorderIcon) -> MeasuredIcon<'_> {
    match border.side {
        Side::Left | Side::Right => measure::border_icon(&border.icon),
        Side::Top | Side::Bottom => measure::icon(&border.icon),
    }
}

fn row(row: &Row) -> MeasuredRow<'_> {
    match row {
        Row::Span(blocks) => {
            MeasuredRow::Span { blocks: blocks.iter().map(block).collect(), lines: Vec::new(), size: Size::default() }
        }
        Row::Cells(cells) => MeasuredRow::Cells(self::cells(cells)),
    }
}

fn cells(cells: &Cells) -> MeasuredCells<'_> {
    let made: Vec<_> = cells
        .cells
        .iter()
        .map(|cell| MeasuredCell {
            heading: measure::heading(&cell.heading, Room::Cell),
            column: cell.column,
            lanes: cell.lanes.iter().map(|blocks| lane(blocks)).collect(),
        })
        .collect();
    MeasuredCells {
        cells: made,
        bands: cells.bands.iter().map(band).collect(),
        header: 0,
        lanes: vec![0; cells.lanes],
        lane_headers: vec![0; cells.lanes],
        lane_gap: 0,
        height: 0,
    }
}

fn band(band: &Band) -> MeasuredBand<'_> {
    MeasuredBand { heading: measure::heading(&band.heading, Room::Band), lane: band.lane, columns: band.columns }
}

fn lane(blocks: &[Block]) -> MeasuredLane<'_> {
    let blocks: Vec<_> = blocks.iter().map(block).collect();
    let widest = blocks.iter().map(|block| block.size().width).max().unwrap_or(0);
    MeasuredLane { blocks, widest, per_line: 1, size: Size::default() }
}
