//! Part of phase 3: the legend, under the actors at the right, or below the body where there are none.

use super::outside::plain;
use super::p1_measure::{self as measure, Lines};
use super::p3_place::Stage;
use crate::diagram::{Diagram, Sample};
use crate::geom::{Px, Rect, Size, point, size};
use crate::look::{Ink, TextSize, Tone, Weight};
use crate::scene::{Align, ItemIndex, Kind, Swatch, TextRole};
use crate::theme::UNIT;

const PAD: Px = 16;
const SWATCH_WIDTH: Px = 32;
const SWATCH_HEIGHT: Px = 14;
const ENTRY_HEIGHT: Px = 24;
/// From the cloud to the legend.
const GAP: Px = 32;
/// Legends below the body break into lines at the body's width, but not narrower than this.
const LEAST_WIDTH: Px = 480;

/// The legend with its texts measured.
pub struct Legend<'a> {
    diagram: &'a Diagram,
    texts: Vec<Lines>,
    entry_width: Px,
}

/// Its entries in columns; what belongs together stands in one.
struct Sheet {
    /// Each entry's column and row.
    places: Vec<(Px, Px)>,
    size: Size,
}

impl Legend<'_> {
    pub fn of(diagram: &Diagram) -> Legend<'_> {
        let text = |(_, text): &(Sample, String)| plain(text, TextSize::Small, Weight::Regular, Ink::Primary);
        let texts: Vec<_> = diagram.legend.iter().map(text).collect();
        let widest = texts.iter().map(Lines::width).max().unwrap_or(0);
        Legend { diagram, texts, entry_width: SWATCH_WIDTH + UNIT + widest + 3 * UNIT }
    }

    /// Whether it stands below the body: by default where nothing else is at the right.
    fn is_below(&self, moved: bool) -> bool {
        self.diagram.right.is_empty() != moved
    }

    fn sheet(&self, below: bool, body_width: Px) -> Sheet {
        let entries = self.texts.len();
        let room = body_width.max(LEAST_WIDTH) - 2 * PAD;
        let most = if below { (room / self.entry_width).max(1) as usize } else { 1 };
        let groups = self.groups();
        let largest = groups.iter().max().copied().unwrap_or(0);
        let rows = if below { entries.div_ceil(most.min(entries).max(1)).max(largest) } else { entries };
        let mut places = Vec::new();
        let (mut column, mut row) = (0, 0);
        for group in groups {
            if row > 0 && row + group > rows {
                (column, row) = (column + 1, 0);
            }
            places.extend((row..row + group).map(|row| (column, row as Px)));
            row += group;
        }
        let highest = places.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
        let width = (column + 1) * self.entry_width - 3 * UNIT + 2 * PAD;
        let height = 2 * PAD - UNIT / 2 + ENTRY_HEIGHT * highest + if below { 0 } else { ENTRY_HEIGHT };
        Sheet { places, size: size(width, height) }
    }

    /// How many entries belong together: a line, and the steps on it.
    fn groups(&self) -> Vec<usize> {
        let mut groups: Vec<usize> = Vec::new();
        for (sample, _) in &self.diagram.legend {
            match (sample, groups.last_mut()) {
                (Sample::Step(..), Some(group)) => *group += 1,
                (Sample::Step(..) | Sample::Swatch(_) | Sample::Sign(_), _) => groups.push(1),
            }
        }
        groups
    }

    /// What it takes of the page: width beside a body of this width, and height below it.
    pub fn room(&self, body_width: Px, moved: bool) -> (Px, Px) {
        let below = self.is_below(moved);
        let sheet = self.sheet(below, body_width);
        match (self.texts.is_empty(), below) {
            (true, _) => (0, 0),
            (false, true) => (0, sheet.size.height + GAP / 2),
            (false, false) => (sheet.size.width + GAP, 0),
        }
    }

    pub fn place(&self, stage: &mut Stage, body: Rect, moved: bool) {
        if self.texts.is_empty() {
            return;
        }
        let below = self.is_below(moved);
        let sheet = self.sheet(below, body.width());
        let at = if below {
            let (left, right) = (body.left - GAP / 2, body.left + sheet.size.width + GAP / 2);
            let in_its_way = |rect: &Rect| rect.right > left && rect.left < right;
            let bottoms = stage.items.iter().map(|item| item.rect).filter(in_its_way).map(|rect| rect.bottom);
            point(body.left, bottoms.fold(body.bottom, Px::max) + GAP / 2)
        } else {
            let left = body.right + GAP;
            point(left, lowest(stage, left, body).max(body.bottom - sheet.size.height))
        };
        let rect = Rect::at(at, sheet.size);
        let index = stage.push_part(None, "legend", "legend", Kind::Legend, rect);

        let mut y = rect.top + PAD - UNIT / 2;
        if !below {
            let title = plain(&self.diagram.legend_title, TextSize::Body, Weight::Bold, Ink::Primary);
            stage.text(Some(index), TextRole::LegendTitle, &title, point(rect.left + PAD, y), Align::Start);
            y += ENTRY_HEIGHT;
        }
        let entries = self.diagram.legend.iter().zip(&self.texts).zip(sheet.places);
        for (n, (((sample, _), text), (column, row))) in entries.enumerate() {
            entry(stage, index, n, *sample, text, rect.left + PAD + column * self.entry_width, y + ENTRY_HEIGHT * row);
        }
    }
}

fn entry(stage: &mut Stage, legend: ItemIndex, n: usize, sample: Sample, text: &Lines, x: Px, y: Px) {
    let rect = Rect::new(x, y + (ENTRY_HEIGHT - SWATCH_HEIGHT) / 2, SWATCH_WIDTH, SWATCH_HEIGHT);
    let name = format!("sample{}", n + 1);
    let item = match sample {
        Sample::Swatch(swatch) => stage.push_part(Some(legend), &name, "legend", Kind::Swatch(swatch), rect),
        Sample::Sign(sign) => {
            let tone = Tone::Sign(sign);
            let plate = Rect::new(rect.center().x - measure::DISC / 2, rect.top, measure::DISC, rect.height());
            let item = stage.push_part(Some(legend), &name, "legend", Kind::Swatch(Swatch::Pill(tone)), plate);
            let mark = plain(sign.mark(), TextSize::Small, Weight::Bold, Ink::Tone(tone));
            let at = point(plate.center().x, plate.center().y - mark.height() / 2);
            stage.text(Some(item), TextRole::Pill, &mark, at, Align::Middle);
            item
        }
        Sample::Step(look, number) => {
            let side = measure::DISC;
            let disc = Rect::new(rect.center().x - side / 2, rect.center().y - side / 2, side, side);
            let item = stage.push_part(Some(legend), &name, "legend", Kind::Swatch(Swatch::Step(look)), disc);
            let number = measure::disc(&number.to_string(), Tone::Step(look));
            let at = point(disc.center().x, disc.center().y - number.height() / 2);
            stage.text(Some(item), TextRole::Pill, &number, at, Align::Middle);
            item
        }
    };
    let at = point(rect.right + UNIT, y + (ENTRY_HEIGHT - text.height()) / 2);
    stage.text(Some(item), TextRole::LegendEntry, text, at, Align::Start);
}

/// The first free y under everything that stands right of the cloud.
fn lowest(stage: &Stage, left: Px, body: Rect) -> Px {
    let beside = stage.items.iter().filter(|item| item.rect.right > left && item.rect.left >= body.right);
    beside.map(|item| item.rect.bottom + GAP).max().unwrap_or(body.top)
}
