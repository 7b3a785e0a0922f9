//! Phase 3: gives every box its place.
//!
//! Needs: least sizes and tracks (phase 2). Leaves: a scene in which each item has an absolute box, siblings share no
//! area (zones and bands, which overlay, excepted), a child keeps its padding; there is no edge yet.

mod flows;
mod matrix;
mod things;

use super::arrangement::{self, Arrangement};
use super::gaps::{Gaps, Slack};
use super::legend::Legend;
use super::measured::{self, Measured};
use super::outside;
use super::p1_measure::Lines;
use super::p2_tracks::{self as tracks, Demand, Given};
use crate::diagram::{About, Diagram, Edge};
use crate::geom::{Point, Px, Rect, Size, point, size};
use crate::look::TextSize;
use crate::scene::{Align, Item, ItemIndex, Kind, Line, Scene, Text, TextRole};
use crate::theme::font_size;

/// Items of a scene for each thing of its diagram, texts among them, as far as room is made for them beforehand.
const ITEMS: usize = 3;

/// Around everything.
pub const MARGIN: Px = 32;

pub fn place(diagram: &Diagram, slack: Slack) -> Scene {
    let gaps = Gaps::with(slack);
    let mut stage = Stage::new(gaps, diagram);
    let top = outside::title(&mut stage, diagram);
    let left = outside::width(&diagram.left, &diagram.edges);
    let mut body = measured::body(diagram);
    let right = outside::width(&diagram.right, &diagram.edges);
    let legend = Legend::of(diagram);
    let page = |body: Size, how: &Arrangement| {
        let (beside, below) = legend.room(body.width, how.legend_moved);
        size(left + body.width + right.max(beside) + 2 * MARGIN, top + body.height + below + MARGIN)
    };
    let mut given = Given { demand: Demand::of(diagram), gaps, how: Arrangement::default() };
    let mut body_size = arrange_best(&mut body, &mut given, &page);
    body_size.width += arrangement::lacking_width(page(body_size, &given.how));

    let left = MARGIN + left;
    let mut y = top;
    for block in &body {
        let box_ = Rect::new(left, y, body_size.width, block.size().height);
        stage.block(block, box_, None);
        y = box_.bottom + gaps.section;
    }
    let body_box = Rect::at(point(left, top), body_size);
    outside::actors(&mut stage, diagram, body_box);
    legend.place(&mut stage, body_box, given.how.legend_moved);
    stage.into_scene(diagram)
}

/// Tries the arrangements, those that depart least first; leaves the best.
fn arrange_best(body: &mut [Measured], given: &mut Given, page: &impl Fn(Size, &Arrangement) -> Size) -> Size {
    let mut best: Option<(Px, Arrangement)> = None;
    let mut first = None;
    let shelved = measured::most_shelved(body);
    for how in Arrangement::all(shelved) {
        given.how = how;
        let page = page(tracks::arrange(body, given), &how);
        let cost = how.cost(page, *first.get_or_insert(page)) + how.cost_of_gaps(shelved);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, how));
        }
    }
    given.how = best.map_or(given.how, |(_, how)| how);
    tracks::arrange(body, given)
}

/// The scene in the making.
pub struct Stage<'a> {
    pub items: Vec<Item>,
    edges: &'a [Edge],
    gaps: Gaps,
    next_track: u32,
}

impl<'a> Stage<'a> {
    fn new(gaps: Gaps, diagram: &'a Diagram) -> Stage<'a> {
        let items = Vec::with_capacity(ITEMS * diagram.size());
        Stage { items, edges: &diagram.edges, gaps, next_track: 0 }
    }

    fn into_scene(self, diagram: &Diagram) -> Scene {
        let page = self.items.iter().map(|item| item.rect).reduce(Rect::union).unwrap_or_default();
        Scene {
            size: size(page.right + MARGIN, page.bottom + MARGIN),
            title: diagram.title.clone(),
            description: diagram.description.clone(),
            language: diagram.language,
            items: self.items,
            relaxed: Vec::new(),
        }
    }

    pub fn find(&self, id: &str) -> Option<Rect> {
        self.items.iter().find(|item| item.id == id).map(|item| item.rect)
    }

    pub fn push(&mut self, about: &About, kind: Kind, rect: Rect, parent: Option<ItemIndex>) -> ItemIndex {
        let index = self.items.len();
        self.items.push(Item {
            id: about.id.clone(),
            parent,
            kind,
            type_name: about.type_name.clone(),
            rect,
            tooltip: about.tooltip.clone(),
            facts: about.facts.clone(),
            origin: about.origin.clone(),
            sign: about.sign,
        });
        index
    }

    /// A part of another thing, called after it: its title, its label.
    pub fn push_part(
        &mut self,
        of: Option<ItemIndex>,
        part: &str,
        type_name: &str,
        kind: Kind,
        rect: Rect,
    ) -> ItemIndex {
        let owner = of.map_or("page", |i| self.items[i].id.as_str());
        let about = About { id: format!("{owner}#{part}"), type_name: type_name.to_string(), ..About::default() };
        self.push(&about, kind, rect, of)
    }

    /// Text whose box has its top left, top middle or top right at `at`, by its alignment.
    pub fn text(&mut self, of: Option<ItemIndex>, role: TextRole, lines: &Lines, at: Point, align: Align) {
        if lines.is_empty() {
            return;
        }
        let width = lines.width();
        let left = match align {
            Align::Start => at.x,
            Align::Middle => at.x - width / 2,
            Align::End => at.x - width,
        };
        let mut y = at.y;
        let mut placed = Vec::new();
        for line in &lines.0 {
            placed.push(Line {
                at: point(at.x, y + baseline(line.height, line.runs.iter().map(|r| r.size).max())),
                width: line.width,
                runs: line.runs.clone(),
            });
            y += line.height;
        }
        let part = match role {
            TextRole::PageTitle => "title",
            TextRole::PageSubtitle => "subtitle",
            TextRole::Title => "heading",
            TextRole::Aside => "aside",
            TextRole::Footer => "footer",
            TextRole::Label => "label",
            TextRole::Pill => "text",
            TextRole::EdgeLabel => "label",
            TextRole::LegendTitle => "heading",
            TextRole::LegendEntry => "entry",
        };
        let rect = Rect::new(left, at.y, width, y - at.y);
        self.push_part(of, part, "text", Kind::Text(Text { role, align, lines: placed, plate: None }), rect);
    }

    pub fn block(&mut self, block: &Measured, rect: Rect, parent: Option<ItemIndex>) {
        self.member(block, rect, parent, None);
    }

    /// A block, and of which band it is.
    fn member(&mut self, block: &Measured, rect: Rect, parent: Option<ItemIndex>, band: Option<ItemIndex>) {
        match block {
            Measured::Icon(icon) => {
                let top = point(rect.center().x, rect.top);
                self.icon(icon, top, parent, band);
            }
            Measured::Frame(frame) => self.frame(frame, rect, parent, band),
            Measured::Plate(plate) => self.plate(plate, rect, parent),
            Measured::Matrix(matrix) => self.matrix(matrix, rect, parent),
        }
    }
}

/// From a line's top to its baseline: the capitals stand in the middle. A capital is about 0.71 of the font size.
pub fn baseline(line_height: Px, size: Option<TextSize>) -> Px {
    let font = font_size(size.unwrap_or(TextSize::Body));
    (line_height + font * 71 / 100) / 2
}
