//! Part of phase 3: the legend, under the actors at the right, or below the body where there are none.

use super::outside::plain;
use super::p1_measure::Lines;
use super::p3_place::Stage;
use crate::diagram::Diagram;
use crate::geom::{Px, Rect, Size, point, size};
use crate::look::{Ink, TextSize, Weight};
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

/// Its entries in columns of so many rows.
struct Sheet {
    rows: usize,
    size: Size,
}

impl Legend<'_> {
    pub fn of(diagram: &Diagram) -> Legend<'_> {
        let text = |(_, text): &(Swatch, String)| plain(text, TextSize::Small, Weight::Regular, Ink::Primary);
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
        let rows = entries.div_ceil(most.min(entries).max(1));
        let columns = entries.div_ceil(rows.max(1));
        let width = columns as Px * self.entry_width - 3 * UNIT + 2 * PAD;
        let height = 2 * PAD - UNIT / 2 + ENTRY_HEIGHT * rows as Px + if below { 0 } else { ENTRY_HEIGHT };
        Sheet { rows, size: size(width, height) }
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
            let in_its_way = |rect: &Rect| rect.right > body.left && rect.left < body.left + sheet.size.width;
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
        for (n, ((swatch, _), text)) in self.diagram.legend.iter().zip(&self.texts).enumerate() {
            let x = rect.left + PAD + (n / sheet.rows) as Px * self.entry_width;
            entry(stage, index, n, *swatch, text, x, y + ENTRY_HEIGHT * (n % sheet.rows) as Px);
        }
    }
}

fn entry(stage: &mut Stage, legend: ItemIndex, n: usize, swatch: Swatch, text: &Lines, x: Px, y: Px) {
    let rect = Rect::new(x, y + (ENTRY_HEIGHT - SWATCH_HEIGHT) / 2, SWATCH_WIDTH, SWATCH_HEIGHT);
    let item = stage.push_part(Some(legend), &format!("sample{}", n + 1), "legend", Kind::Swatch(swatch), rect);
    let at = point(rect.right + UNIT, y + (ENTRY_HEIGHT - text.height()) / 2);
    stage.text(Some(item), TextRole::LegendEntry, text, at, Align::Start);
}

/// The first free y under everything that stands right of the cloud.
fn lowest(stage: &Stage, left: Px, body: Rect) -> Px {
    let beside = stage.items.iter().filter(|item| item.rect.right > left && item.rect.left >= body.right);
    beside.map(|item| item.rect.bottom + GAP).max().unwrap_or(body.top)
}
