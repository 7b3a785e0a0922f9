//! Phase 1: text becomes lines, and every leaf gets a size.
//!
//! Needs: a diagram. Leaves: [`Lines`] of runs with their widths, and the sizes of icons, pills and headings.
//! No coordinate is known yet.

use crate::diagram::{Heading, Icon, Pill, Plate, Words};
use crate::geom::{Px, Size, size};
use crate::look::{Ink, TextSize, Tone, Weight};
use crate::scene::Run;
use crate::text;
use crate::theme::{BADGE, ICON, UNIT, line_height};

/// Room for an icon's name: two lines of it.
const LABEL_ROOM: Px = 168;
/// The same beside a border.
const BORDER_LABEL_ROOM: Px = 136;
/// Room for an edge's label on one line.
const EDGE_LABEL_ROOM: Px = 240;
/// Room for a cell's title, before its aside.
const CELL_TITLE_ROOM: Px = 208;
/// Room for a band's title.
const BAND_TITLE_ROOM: Px = 240;
/// Room for a line at the bottom of a cell.
const FOOTER_ROOM: Px = 276;
/// Room for a title beside the zones that cross its frame.
const GUTTER_TITLE_ROOM: Px = 148;
/// Room for a line on a plate.
const PLATE_ROOM: Px = 300;
/// Room for the title of a wider frame.
const FRAME_TITLE_ROOM: Px = 520;
/// Free width kept between a title and its aside, through which an edge can pass.
const TITLE_GAP: Px = 40;
/// From the title to the next pill, and between pills.
pub const PILL_GAP: Px = 8;
/// From an icon to its label.
pub const LABEL_GAP: Px = 4;
/// Inside a pill, beside its text.
const PILL_PAD: Px = 10;
const PILL_HEIGHT: Px = 22;

#[derive(Clone, Debug, Default)]
pub struct TextLine {
    pub runs: Vec<Run>,
    pub width: Px,
    pub height: Px,
}

/// Broken text, top to bottom.
#[derive(Clone, Debug, Default)]
pub struct Lines(pub Vec<TextLine>);

impl Lines {
    pub fn width(&self) -> Px {
        self.0.iter().map(|line| line.width).max().unwrap_or(0)
    }

    pub fn height(&self) -> Px {
        self.0.iter().map(|line| line.height).sum()
    }

    pub fn size(&self) -> Size {
        size(self.width(), self.height())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// All on one line if they fit into `room`; else each on lines of its own, at most `lines` of them.
pub fn words(words: &[Words], room: Px, lines: usize) -> Lines {
    if words.is_empty() {
        return Lines::default();
    }
    let joined = one_line(words);
    if joined.width <= room {
        return Lines(vec![joined]);
    }
    Lines(words.iter().flat_map(|w| wrapped(w, room, lines)).collect())
}

/// The label of an edge on one line, on two, and, as the last resort, on three.
pub fn edge_label(label: &str, ink: Ink) -> Vec<Lines> {
    let label = [Words { text: label.to_string(), size: TextSize::Small, weight: Weight::Regular, ink }];
    let one = words(&label, EDGE_LABEL_ROOM, 1);
    let (two, three) = (words(&label, one.width() * 2 / 3, 2), words(&label, one.width() / 2, 3));
    let mut texts = vec![one, two, three];
    texts.dedup_by_key(|text| text.0.len());
    texts
}

/// Width and height of a disc on an edge.
pub const DISC: Px = 18;

/// What stands in a disc of this tone.
pub fn disc(text: &str, tone: Tone) -> Lines {
    let ink = Ink::Tone(tone);
    Lines(vec![one_line(&[Words { text: text.to_string(), size: TextSize::Small, weight: Weight::Bold, ink }])])
}

/// Each of the words on lines of its own.
pub fn stacked(words: &[Words], room: Px, lines: usize) -> Lines {
    Lines(words.iter().flat_map(|w| wrapped(w, room, lines)).collect())
}

fn one_line(words: &[Words]) -> TextLine {
    let mut line = TextLine::default();
    for (i, word) in words.iter().enumerate() {
        let spaced = if i > 0 { format!("\u{a0}\u{a0}{}", word.text) } else { word.text.clone() };
        let run = Run { text: spaced, size: word.size, weight: word.weight, ink: word.ink };
        line.width += text::width(&run.text, run.size, run.weight);
        line.height = line.height.max(line_height(run.size));
        line.runs.push(run);
    }
    line
}

fn wrapped(words: &Words, room: Px, lines: usize) -> Vec<TextLine> {
    text::wrap(&words.text, words.size, words.weight, room, lines)
        .into_iter()
        .map(|text| TextLine {
            width: text::width(&text, words.size, words.weight),
            height: line_height(words.size),
            runs: vec![Run { text, size: words.size, weight: words.weight, ink: words.ink }],
        })
        .collect()
}

#[derive(Clone, Debug)]
pub struct MeasuredPill<'a> {
    pub pill: &'a Pill,
    pub line: TextLine,
    pub size: Size,
}

pub fn pill(pill: &Pill) -> MeasuredPill<'_> {
    let line = one_line(&[Words {
        text: pill.text.clone(),
        size: TextSize::Small,
        weight: Weight::Bold,
        ink: Ink::Tone(pill.tone),
    }]);
    let size = size(line.width + 2 * PILL_PAD, PILL_HEIGHT);
    MeasuredPill { pill, line, size }
}

/// An icon with what stands under it.
#[derive(Clone, Debug)]
pub struct MeasuredIcon<'a> {
    pub icon: &'a Icon,
    pub label: Lines,
    pub pills: Vec<MeasuredPill<'a>>,
    /// The whole block: icon, label, pills, all centred.
    pub size: Size,
}

pub fn icon(icon: &Icon) -> MeasuredIcon<'_> {
    labelled(icon, LABEL_ROOM)
}

/// An icon astride the left or right border of a frame, beside which its label makes the page wider.
pub fn border_icon(icon: &Icon) -> MeasuredIcon<'_> {
    labelled(icon, BORDER_LABEL_ROOM)
}

fn labelled(icon: &Icon, room: Px) -> MeasuredIcon<'_> {
    let label = stacked(&icon.label, room, 2);
    let pills: Vec<_> = icon.pills.iter().map(pill).collect();
    let mut block = size(ICON.max(label.width()), ICON);
    if !label.is_empty() {
        block.height += LABEL_GAP + label.height();
    }
    for pill in &pills {
        block.width = block.width.max(pill.size.width);
        block.height += PILL_GAP / 2 + pill.size.height;
    }
    MeasuredIcon { icon, label, pills, size: block }
}

/// A glyph with lines of words at its right, in a box of its own.
#[derive(Clone, Debug)]
pub struct MeasuredPlate<'a> {
    pub plate: &'a Plate,
    pub words: Lines,
    pub size: Size,
}

/// Side of a plate's glyph: beside one line, and beside several.
pub const PLATE_GLYPHS: (Px, Px) = (28, 40);
/// Inside a plate, around its glyph and its words.
pub const PLATE_PAD: (Px, Px) = (10, 8);

impl MeasuredPlate<'_> {
    pub fn glyph(&self) -> Px {
        if self.words.0.len() > 1 { PLATE_GLYPHS.1 } else { PLATE_GLYPHS.0 }
    }
}

pub fn plate(plate: &Plate) -> MeasuredPlate<'_> {
    let words = stacked(&plate.words, PLATE_ROOM, 2);
    let (beside, above) = PLATE_PAD;
    let mut measured = MeasuredPlate { plate, words, size: Size::default() };
    let glyph = measured.glyph();
    let width = 3 * beside + glyph + measured.words.width();
    measured.size = size(width, 2 * above + glyph.max(measured.words.height()));
    measured
}

/// What is written on a frame.
#[derive(Clone, Debug)]
pub struct MeasuredHeading<'a> {
    pub heading: &'a Heading,
    pub title: Lines,
    pub aside: Lines,
    pub pills: Vec<MeasuredPill<'a>>,
    /// Whether the pills stand under the title and not in the corner.
    pub pills_below: bool,
    pub footer: Lines,
    /// From the frame's top to where its content may begin.
    pub height: Px,
    /// The least width of the frame in which title, aside and pills stand side by side.
    pub width: Px,
    room: Room,
    /// Whether title or footer broke, so that a wider frame may make them shorter.
    is_broken: bool,
}

/// How much room a frame has for its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A cell of the matrix, where a long title would widen all columns.
    Cell,
    /// A band, whose title stands in its first cell and has it for itself.
    Band,
    Wide,
    /// The gutter beside zones that cross the frame, and a narrow frame: the name, what follows it, and the pills on
    /// lines of their own.
    Gutter,
}

impl Room {
    const fn for_title(self) -> Px {
        match self {
            Room::Cell => CELL_TITLE_ROOM,
            Room::Band => BAND_TITLE_ROOM,
            Room::Wide => FRAME_TITLE_ROOM,
            Room::Gutter => GUTTER_TITLE_ROOM,
        }
    }
}

pub fn heading(heading: &Heading, room: Room) -> MeasuredHeading<'_> {
    let aside = heading.aside.as_ref().map(|aside| words(std::slice::from_ref(aside), 160, 1)).unwrap_or_default();
    let mut measured = MeasuredHeading {
        heading,
        title: Lines::default(),
        aside,
        pills: heading.pills.iter().map(pill).collect(),
        pills_below: room == Room::Gutter && !heading.pills.is_empty(),
        footer: Lines::default(),
        height: 0,
        width: 0,
        room,
        is_broken: false,
    };
    measured.break_words(room.for_title(), FOOTER_ROOM);
    let whole = heading.footer.len() + usize::from(!heading.title.is_empty());
    measured.is_broken = measured.title.0.len() + measured.footer.0.len() > whole;
    measured.width = measured.least_width();
    measured
}

impl MeasuredHeading<'_> {
    /// Breaks the words anew for a frame that has become this wide; what it needed at least stays what it was.
    pub fn refit(&mut self, frame: Px) {
        if !self.is_broken {
            return;
        }
        let aside = if self.aside.is_empty() { 0 } else { TITLE_GAP + self.aside.width() };
        let pills: Px = self.pills.iter().map(|pill| PILL_GAP + pill.size.width).sum();
        let title = frame - title_left(self.heading) - UNIT - aside - pills;
        self.break_words(title.max(self.room.for_title()), (frame - 2 * UNIT).max(FOOTER_ROOM));
    }

    fn break_words(&mut self, title_room: Px, footer_room: Px) {
        self.title = match self.room {
            Room::Gutter => stacked(&self.heading.title, title_room, 3),
            Room::Cell | Room::Band | Room::Wide => words(&self.heading.title, title_room, 2),
        };
        self.footer = stacked(&self.heading.footer, footer_room, 2);
        self.height = match (self.title.is_empty(), self.heading.badge) {
            (true, None) => 0,
            (true, Some(_)) => BADGE,
            (false, _) => (self.title.height() + 6).max(BADGE),
        };
        if self.pills_below {
            self.height += (PILL_HEIGHT + PILL_GAP / 2) * self.pills.len() as Px;
        } else if !self.pills.is_empty() {
            self.height = self.height.max(PILL_HEIGHT + UNIT);
        }
    }

    fn least_width(&self) -> Px {
        let mut width = title_left(self.heading) + self.title.width() + UNIT;
        if !self.aside.is_empty() {
            width += TITLE_GAP - UNIT + self.aside.width() + UNIT;
        }
        for pill in &self.pills {
            if self.pills_below {
                width = width.max(title_left(self.heading) + pill.size.width + UNIT);
            } else {
                width += PILL_GAP + pill.size.width;
            }
        }
        width.max(self.footer.width() + 2 * UNIT)
    }
}

/// From a frame's left to its title.
pub fn title_left(heading: &Heading) -> Px {
    if heading.badge.is_some() { BADGE + UNIT } else { UNIT + 4 }
}
