//! Phase 1: text becomes lines, and every leaf gets a size.
//!
//! Needs: a diagram. Leaves: [`Lines`] of runs with their widths, and the sizes of icons, pills and headings.
//! No coordinate is known yet.

use crate::diagram::{Heading, Icon, Pill, Words};
use crate::geom::{Px, Size, size};
use crate::look::{Ink, TextSize, Weight};
use crate::scene::Run;
use crate::text;
use crate::theme::{BADGE, ICON, UNIT, line_height};

/// Room for an icon's name: two lines of it.
const LABEL_ROOM: Px = 168;
/// Room for a cell's title, before its aside.
const CELL_TITLE_ROOM: Px = 208;
/// Room for a band's title.
const BAND_TITLE_ROOM: Px = 240;
/// Room for a title beside the zones that cross its frame.
const GUTTER_TITLE_ROOM: Px = 148;
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
    let label = stacked(&icon.label, LABEL_ROOM, 2);
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

pub fn heading(heading: &Heading, room: Room) -> MeasuredHeading<'_> {
    let title_room = match room {
        Room::Cell => CELL_TITLE_ROOM,
        Room::Band => BAND_TITLE_ROOM,
        Room::Wide => FRAME_TITLE_ROOM,
        Room::Gutter => GUTTER_TITLE_ROOM,
    };
    let title = match room {
        Room::Gutter => stacked(&heading.title, title_room, 3),
        Room::Cell | Room::Band | Room::Wide => words(&heading.title, title_room, 2),
    };
    let aside = heading.aside.as_ref().map(|aside| words(std::slice::from_ref(aside), 160, 1)).unwrap_or_default();
    let pills: Vec<_> = heading.pills.iter().map(pill).collect();
    let footer = stacked(&heading.footer, 4 * CELL_TITLE_ROOM / 3, 2);
    let mut width = title_left(heading) + title.width() + UNIT;
    if !aside.is_empty() {
        width += TITLE_GAP - UNIT + aside.width() + UNIT;
    }
    let pills_below = room == Room::Gutter && !pills.is_empty();
    for pill in &pills {
        if pills_below {
            width = width.max(title_left(heading) + pill.size.width + UNIT);
        } else {
            width += PILL_GAP + pill.size.width;
        }
    }
    width = width.max(footer.width() + 2 * UNIT);
    let mut height = if title.is_empty() { 0 } else { (title.height() + 6).max(BADGE) };
    if pills_below {
        height += (PILL_HEIGHT + PILL_GAP / 2) * pills.len() as Px;
    } else if !pills.is_empty() {
        height = height.max(PILL_HEIGHT + UNIT);
    }
    MeasuredHeading { heading, title, aside, pills, pills_below, footer, height, width }
}

/// From a frame's left to its title.
pub fn title_left(heading: &Heading) -> Px {
    if heading.badge.is_some() { BADGE + UNIT } else { UNIT + 4 }
}
