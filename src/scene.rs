//! The placed picture: every item has its box, every edge its points, every text its lines.
//!
//! Absolute page coordinates. The order of `items` is the painting order, and an item stands after its
//! parent. A writer needs nothing else: it never measures and never moves.

use crate::diag::Origin;
use crate::geom::{Point, Px, Rect, Size};
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, Sign, TextSize, Tone, Weight};

/// Index into [`Scene::items`].
pub type ItemIndex = usize;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    pub size: Size,
    pub title: String,
    /// A sentence for people who cannot see the picture.
    pub description: String,
    /// The tag of the language of our words: `en`, `ko`.
    pub language: &'static str,
    pub items: Vec<Item>,
    /// Which rules of layout had to be relaxed, and for what; empty in a lawful scene.
    pub relaxed: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Unique in the scene and stable across runs: made from addresses, never from order.
    pub id: String,
    pub parent: Option<ItemIndex>,
    pub kind: Kind,
    /// `AWS::EC2::Subnet`, or a word of ours: `zone`, `region`, `legend`, `title`.
    pub type_name: String,
    pub rect: Rect,
    /// What hovering tells: full names and reasons, a line each.
    pub tooltip: String,
    /// Facts for other programs: `tier`, `because`, `cidr`, in a stable order.
    pub facts: Vec<(&'static str, String)>,
    pub origin: Option<Origin>,
    /// What became of it, in a picture of two states.
    pub sign: Option<Sign>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A box with things in it. Its title is a text item of its own.
    Frame(Frame),
    /// A box that overlays the frames and runs across columns: a group. Its members are icons within its area.
    Band(Frame),
    Icon(Icon),
    Text(Text),
    /// A small plate with a few words in it: its rect is the plate, its child the text.
    Pill(Tone),
    Edge(Edge),
    /// The box of the legend.
    Legend,
    /// A sample in the legend, or nothing but a mark of a meaning.
    Swatch(Swatch),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub look: FrameLook,
    /// The corner icon, whose box is `BADGE` px a side at the frame's top left.
    pub badge: Option<Glyph>,
    /// Overlays its siblings (a zone that crosses VPCs): shares area with them by intent.
    pub overlay: bool,
    /// Not made by the input, or not surely there: dashed.
    pub external: bool,
    /// The matrix column or row whose extent it takes: frames of one track agree on left and right
    /// (a zone's column), or on top and bottom (a row of subnets).
    pub column: Option<u32>,
    pub row: Option<u32>,
    /// Index of the band of which it is a member.
    pub band: Option<ItemIndex>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon {
    pub glyph: Glyph,
    /// Stands astride its parent's border (an internet gateway).
    pub on_border: bool,
    /// Not made by the input, or one of several candidates: drawn pale.
    pub external: bool,
    /// Index of the band of which it is a member.
    pub band: Option<ItemIndex>,
}

/// Lines of text inside `rect`. The parent is what the text names or labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub role: TextRole,
    pub align: Align,
    pub lines: Vec<Line>,
    /// Drawn on a plate over the line that it labels, in the colour of the ground: that of a frame, or the page's
    /// ([`FrameLook::Plain`]).
    pub plate: Option<FrameLook>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    PageTitle,
    PageSubtitle,
    /// A frame's or band's title.
    Title,
    /// At the right end of a frame's title line: a subnet's CIDR.
    Aside,
    /// At the bottom of a frame: why a subnet has its tier.
    Footer,
    /// Under an icon, or beside one on a border.
    Label,
    /// In a pill.
    Pill,
    EdgeLabel,
    LegendTitle,
    LegendEntry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    Start,
    Middle,
    End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The baseline's left end, middle or right end, by the text's alignment.
    pub at: Point,
    /// Measured width of all runs.
    pub width: Px,
    pub runs: Vec<Run>,
}

/// A stretch of a line in one style. Holds no line break.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    pub text: String,
    pub size: TextSize,
    pub weight: Weight,
    pub ink: Ink,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub look: EdgeLook,
    pub from: ItemIndex,
    pub to: ItemIndex,
    /// Orthogonal, at least two points, first on `from`'s border and last on `to`'s.
    pub points: Vec<Point>,
    pub arrows: Arrows,
    /// Edges of one bundle may share pieces of line.
    pub bundle: Option<String>,
    /// Where this edge hops over an unrelated one that it crosses.
    pub hops: Vec<Point>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arrows {
    None,
    End,
    Both,
    /// A cross where the way ends: it does not get there.
    Cross,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Swatch {
    Edge(EdgeLook),
    Frame(FrameLook),
    Pill(Tone),
    /// The disc in which edges of this look carry a number.
    Step(EdgeLook),
    /// The dot where an edge begins at a box.
    Dot(EdgeLook),
    /// The pale glyph of what is not surely there.
    Pale(Glyph),
}
