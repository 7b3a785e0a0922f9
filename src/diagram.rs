//! The unplaced figure: what is drawn and how it belongs together, with no coordinate in it.
//!
//! A figure is a tree of blocks. Its heart is the [`Matrix`]: zones are columns, tiers are rows, a row is cut
//! into lanes, and a group that spans zones is a band in a lane of its own:
//!
//! ```text
//! section (a VPC)      column a              column c
//!   row: public       ┌cell──────┐          ┌cell──────┐
//!     lane 0          │ nat  host│          │ eni      │
//!     lane 1      ┌band──────────┼──────────┼──────────┼──┐
//!                 └───┼──────────┼──────────┼──────────┼──┘
//!                     └──────────┘          └──────────┘
//! ```

use crate::diag::Origin;
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, Sign, TextSize, Tone, Weight};
use crate::scene::{Arrows, Swatch};

#[derive(Clone, Debug, Default)]
pub struct Diagram {
    pub title: String,
    pub subtitle: String,
    /// A sentence for people who cannot see the picture.
    pub description: String,
    /// The tag of the language of our words.
    pub language: &'static str,
    /// Side by side from left to right: the corporate side, the cloud, the internet side.
    pub left: Vec<Actor>,
    pub body: Vec<Block>,
    pub right: Vec<Actor>,
    pub edges: Vec<Edge>,
    pub legend_title: String,
    pub legend: Vec<(Sample, String)>,
}

/// What a line of the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    Swatch(Swatch),
    /// The number that edges of this look carry.
    Step(EdgeLook, u8),
    /// The plate with the sign in it.
    Sign(Sign),
}

/// Someone or something outside the cloud.
#[derive(Clone, Debug)]
pub struct Actor {
    pub block: Block,
    /// The id of the thing at whose height it stands; under it, where that is an actor.
    pub level_with: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Block {
    Frame(Frame),
    Icon(Icon),
    Plate(Plate),
    Matrix(Matrix),
}

/// What every drawn thing has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Unique in the diagram and stable across runs.
    pub id: String,
    pub type_name: String,
    pub tooltip: String,
    pub facts: Vec<(&'static str, String)>,
    pub origin: Option<Origin>,
    /// What became of it, in a picture of two states.
    pub sign: Option<Sign>,
}

/// Words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub size: TextSize,
    pub weight: Weight,
    pub ink: Ink,
}

/// What is written on a box.
#[derive(Clone, Debug)]
pub struct Heading {
    pub about: About,
    pub look: FrameLook,
    pub badge: Option<Glyph>,
    pub external: bool,
    /// The title line: usually a bold name and a plain word behind it.
    pub title: Vec<Words>,
    /// At the title line's right end.
    pub aside: Option<Words>,
    /// In the top right corner.
    pub pills: Vec<Pill>,
    /// At the bottom left.
    pub footer: Vec<Words>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pill {
    pub tone: Tone,
    pub text: String,
    pub tooltip: String,
}

/// A box with blocks in it.
#[derive(Clone, Debug)]
pub struct Frame {
    pub heading: Heading,
    pub flow: Flow,
    pub blocks: Vec<Block>,
    /// The id of the band of which it is a member.
    pub band: Option<String>,
}

/// A small box with a glyph at its left and lines of words beside it: a process, an answer.
#[derive(Clone, Debug)]
pub struct Plate {
    pub about: About,
    pub look: FrameLook,
    pub glyph: Glyph,
    /// Each on lines of its own.
    pub words: Vec<Words>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Side by side, centred on one line; wraps where the row grows wider than the page should be.
    Row,
    /// One under the other, all as wide as the widest.
    Column,
    /// Side by side in one line, their tops on one level.
    Line,
    /// Side by side or in several lines, as suits the page; the tops of a line on one level.
    Shelves,
    /// The first block is what matters; the rest stands under it or at its right, as suits the page.
    Main,
    /// The first block, and at its left the others, each level with the middle of what its edges lead to.
    Hubs,
}

#[derive(Clone, Debug)]
pub struct Icon {
    pub about: About,
    pub glyph: Glyph,
    pub external: bool,
    /// Under the icon: the name, then lighter lines.
    pub label: Vec<Words>,
    /// Under the label.
    pub pills: Vec<Pill>,
    /// The id of the band of which it is a member.
    pub band: Option<String>,
}

/// Columns shared by all sections, and the sections one under the other.
#[derive(Clone, Debug)]
pub struct Matrix {
    pub columns: Vec<Column>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug)]
pub struct Column {
    /// The zone's frame; `None` for a column of things without a zone.
    pub zone: Option<Heading>,
}

/// A frame that runs across all columns: a VPC, a control plane.
#[derive(Clone, Debug)]
pub struct Section {
    pub heading: Heading,
    /// Which columns have their zone drawn through this section.
    pub zones: Vec<bool>,
    pub rows: Vec<Row>,
    /// Icons astride the frame's border.
    pub border: Vec<BorderIcon>,
}

#[derive(Clone, Debug)]
pub struct BorderIcon {
    pub icon: Icon,
    pub side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

#[derive(Clone, Debug)]
pub enum Row {
    /// A block over the whole width, centred.
    Span(Vec<Block>),
    Cells(Cells),
}

/// A row of the matrix. At most one cell a column.
#[derive(Clone, Debug)]
pub struct Cells {
    pub cells: Vec<Cell>,
    pub lanes: usize,
    pub bands: Vec<Band>,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub heading: Heading,
    /// Index into [`Matrix::columns`].
    pub column: usize,
    /// The icons and boxes of each lane; as many as the row has lanes, some empty.
    pub lanes: Vec<Vec<Block>>,
}

/// A group across columns, in a lane of its own. Where its columns are not neighbours, or another row holds
/// the rest of it, several bands carry one name, and their ids end in `#2`, `#3`.
#[derive(Clone, Debug)]
pub struct Band {
    pub heading: Heading,
    pub lane: usize,
    /// First and last column, both inclusive.
    pub columns: (usize, usize),
}

/// What stands on an edge's line, in a disc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disc {
    /// Its number among the steps of a path.
    Step(u8),
    /// What became of it, where no label says so.
    Sign(Sign),
}

#[derive(Clone, Debug)]
pub struct Edge {
    pub about: About,
    pub look: EdgeLook,
    /// Ids of blocks, cells, bands, border icons or actors.
    pub from: String,
    pub to: String,
    pub arrows: Arrows,
    pub label: Option<String>,
    pub disc: Option<Disc>,
    /// Edges of one bundle may share pieces of line.
    pub bundle: Option<String>,
}

impl Diagram {
    /// How many boxes, icons and edges it has.
    pub fn size(&self) -> usize {
        let actors = self.left.iter().chain(&self.right).map(|actor| actor.block.size());
        actors.chain(self.body.iter().map(Block::size)).sum::<usize>() + self.edges.len()
    }
}

impl Section {
    fn size(&self) -> usize {
        let of = |blocks: &[Block]| blocks.iter().map(Block::size).sum::<usize>();
        let rows = self.rows.iter().map(|row| match row {
            Row::Span(blocks) => of(blocks),
            Row::Cells(Cells { cells, bands, .. }) => {
                bands.len()
                    + cells.iter().map(|cell| 1 + cell.lanes.iter().map(|lane| of(lane)).sum::<usize>()).sum::<usize>()
            }
        });
        1 + self.border.len() + rows.sum::<usize>()
    }
}

impl Block {
    /// How many boxes and icons it has, itself among them.
    fn size(&self) -> usize {
        match self {
            Block::Frame(frame) => 1 + frame.blocks.iter().map(Block::size).sum::<usize>(),
            Block::Icon(_) | Block::Plate(_) => 1,
            Block::Matrix(matrix) => matrix.columns.len() + matrix.sections.iter().map(Section::size).sum::<usize>(),
        }
    }

    pub fn about(&self) -> Option<&About> {
        match self {
            Block::Frame(frame) => Some(&frame.heading.about),
            Block::Icon(icon) => Some(&icon.about),
            Block::Plate(plate) => Some(&plate.about),
            Block::Matrix(_) => None,
        }
    }
}
