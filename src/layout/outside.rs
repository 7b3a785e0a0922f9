//! Part of phase 3: what stands outside the cloud, that is the page's title and the actors.

use super::measured::{self, Measured};
use super::p1_measure::{self as measure, Lines};
use super::p3_place::{MARGIN, Stage};
use crate::diagram::{Actor, Diagram, Edge, Words};
use crate::geom::{Px, Rect, point};
use crate::look::{Ink, TextSize, Weight};
use crate::scene::{Align, TextRole};
use crate::text;
use crate::theme::UNIT;

/// From the cloud to the first actor.
const CLOUD_GAP: Px = 48;
/// Between two actors without a labelled edge between them.
const ACTOR_GAP: Px = 48;
/// From an actor to what stands under it: room for an edge with its number.
const BELOW_GAP: Px = 32;
/// Beside an edge's label: line enough to see that it is a line.
const LABEL_MARGIN: Px = 44;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Left,
    Right,
}

/// Places the title and returns where the body begins.
pub fn title(stage: &mut Stage, diagram: &Diagram) -> Px {
    let mut y = MARGIN - UNIT;
    for (text, role, size, weight, ink) in [
        (&diagram.title, TextRole::PageTitle, TextSize::Title, Weight::Bold, Ink::Primary),
        (&diagram.subtitle, TextRole::PageSubtitle, TextSize::Body, Weight::Regular, Ink::Secondary),
    ] {
        if text.is_empty() {
            continue;
        }
        let words = Words { text: text.clone(), size, weight, ink };
        let lines = measure::words(&[words], 1000, 1);
        stage.text(None, role, &lines, point(MARGIN, y), Align::Start);
        y += lines.height() + 2;
    }
    y + 2 * UNIT
}

/// Actors who stand at the height of one thing: one next to the cloud, under it what is level with it, and behind it the
/// others under one another.
struct Group<'a> {
    level: Option<&'a str>,
    first: Measured<'a>,
    below: Vec<Measured<'a>>,
    others: Vec<Measured<'a>>,
    /// From the cloud to the first, and from that to the others.
    near_gap: Px,
    gap: Px,
}

impl Group<'_> {
    fn others_width(&self) -> Px {
        self.others.iter().map(|block| block.size().width).max().unwrap_or(0)
    }

    /// Width of what stands next to the cloud.
    fn near_width(&self) -> Px {
        self.below.iter().map(|block| block.size().width).chain([self.first.size().width]).max().unwrap_or(0)
    }

    fn width(&self) -> Px {
        self.near_gap + self.near_width() + if self.others.is_empty() { 0 } else { self.gap + self.others_width() }
    }

    fn height(&self) -> Px {
        let others: Px = self.others.iter().map(|block| block.size().height + 2 * UNIT).sum();
        let below: Px = self.below.iter().map(|block| BELOW_GAP + block.size().height).sum();
        (self.first.size().height + below).max(others - 2 * UNIT)
    }
}

fn groups<'a>(actors: &'a [Actor], edges: &[Edge]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for actor in actors {
        let level = actor.level_with.as_deref();
        let block = measured::block(&actor.block);
        let near_gap = CLOUD_GAP.max(label_width(id(&block), actors, edges));
        match groups.iter_mut().find(|g| g.level == level || Some(id(&g.first)) == level) {
            Some(group) if group.level != level => group.below.push(block),
            Some(group) => {
                group.gap = group.gap.max(gap_between(id(&group.first), id(&block), edges));
                group.others.push(block);
            }
            None => groups.push(Group { level, first: block, below: Vec::new(), others: Vec::new(), near_gap, gap: 0 }),
        }
    }
    groups
}

fn id<'a>(block: &Measured<'a>) -> &'a str {
    match block {
        Measured::Icon(icon) => &icon.icon.about.id,
        Measured::Plate(plate) => &plate.plate.about.id,
        Measured::Frame(frame) => &frame.heading.heading.about.id,
        Measured::Matrix(_) => "",
    }
}

/// What the label of an edge from an actor into the cloud needs: it stands across no border.
fn label_width(actor: &str, actors: &[Actor], edges: &[Edge]) -> Px {
    let is_actor = |id: &String| actors.iter().any(|a| a.block.about().is_some_and(|about| about.id == *id));
    let leads_in = |e: &&Edge| (e.from == actor && !is_actor(&e.to)) || (e.to == actor && !is_actor(&e.from));
    let labels = edges.iter().filter(leads_in).filter_map(|e| Some((e.label.as_ref()?, e.look)));
    let widths = labels.map(|(label, look)| {
        let texts = measure::edge_label(label, Ink::Edge(look));
        texts.iter().take(2).map(Lines::width).min().unwrap_or(0) + LABEL_MARGIN
    });
    widths.max().unwrap_or(0)
}

fn gap_between(a: &str, b: &str, edges: &[Edge]) -> Px {
    let between = |e: &&Edge| (e.from == a && e.to == b) || (e.from == b && e.to == a);
    let labels = edges.iter().filter(between).filter_map(|e| e.label.as_ref());
    let widest = labels.map(|l| text::width(l, TextSize::Small, Weight::Regular)).max();
    widest.map_or(ACTOR_GAP, |w| w + LABEL_MARGIN)
}

/// Width of the actors' side of the page.
pub fn width(actors: &[Actor], edges: &[Edge]) -> Px {
    groups(actors, edges).iter().map(Group::width).max().unwrap_or(0)
}

pub fn actors(stage: &mut Stage, diagram: &Diagram, body: Rect) {
    for (actors, beside) in [(&diagram.left, Beside::Left), (&diagram.right, Beside::Right)] {
        let mut groups = groups(actors, &diagram.edges);
        let level = |stage: &Stage, g: &Group| {
            g.level.and_then(|id| stage.find(id)).map_or(body.center().y, |rect| rect.center().y)
        };
        groups.sort_by_cached_key(|g| level(stage, g));
        let mut free = body.top;
        for group in groups {
            let top = (level(stage, &group) - group.first.axis()).max(free);
            let away = |px: Px| if beside == Beside::Left { body.left - px } else { body.right + px };
            let mut put = |block: &Measured, middle: Px, top: Px| {
                let size = block.size();
                stage.block(block, Rect::new(middle - size.width / 2, top, size.width, size.height), None);
            };
            put(&group.first, away(group.near_gap + group.first.size().width / 2), top);
            let mut y = top + group.first.size().height;
            for block in &group.below {
                y += BELOW_GAP;
                put(block, away(group.near_gap + block.size().width / 2), y);
                y += block.size().height;
            }
            let mut y = top;
            for block in &group.others {
                put(block, away(group.width() - group.others_width() / 2), y);
                y += block.size().height + 2 * UNIT;
            }
            free = top + group.height() + 2 * UNIT;
        }
    }
}

/// Lines of one size and ink, as the legend and the page's texts use them.
pub fn plain(text: &str, size: TextSize, weight: Weight, ink: Ink) -> Lines {
    measure::words(&[Words { text: text.to_string(), size, weight, ink }], 400, 1)
}
