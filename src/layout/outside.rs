//! Part of phase 3: what stands outside the cloud, that is the page's title and the actors.

use super::p1_measure::{self as measure, Lines, MeasuredIcon};
use super::p3_place::{MARGIN, Stage};
use crate::diagram::{Actor, Diagram, Edge, Words};
use crate::geom::{Px, Rect, point};
use crate::look::{Ink, TextSize, Weight};
use crate::scene::{Align, TextRole};
use crate::text;
use crate::theme::{ICON, UNIT};

/// From the cloud to the first actor.
const CLOUD_GAP: Px = 48;
/// Between two actors without a labelled edge between them.
const ACTOR_GAP: Px = 48;
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

/// Actors who stand at the height of one thing, the nearest to the cloud first.
struct Group<'a> {
    level: Option<&'a str>,
    icons: Vec<MeasuredIcon<'a>>,
    /// From the one before (the cloud, for the first).
    gaps: Vec<Px>,
}

impl Group<'_> {
    fn width(&self) -> Px {
        self.icons.iter().map(|i| i.size.width).sum::<Px>() + self.gaps.iter().sum::<Px>()
    }

    fn height(&self) -> Px {
        self.icons.iter().map(|i| i.size.height).max().unwrap_or(0)
    }
}

fn groups<'a>(actors: &'a [Actor], edges: &[Edge]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for actor in actors {
        let level = actor.level_with.as_deref();
        let icon = measure::icon(&actor.icon);
        match groups.iter_mut().find(|g| g.level == level) {
            Some(group) => {
                let before = group.icons.last().map(|i| i.icon.about.id.clone()).unwrap_or_default();
                group.gaps.push(gap_between(&before, &actor.icon.about.id, edges));
                group.icons.push(icon);
            }
            None => groups.push(Group { level, gaps: vec![CLOUD_GAP], icons: vec![icon] }),
        }
    }
    groups
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
            let top = (level(stage, &group) - ICON / 2).max(free);
            let mut x = if beside == Beside::Left { body.left } else { body.right };
            for (icon, gap) in group.icons.iter().zip(&group.gaps) {
                let step = gap + icon.size.width;
                let center =
                    if beside == Beside::Left { x - gap - icon.size.width / 2 } else { x + gap + icon.size.width / 2 };
                stage.icon(icon, point(center, top), None, None);
                x += if beside == Beside::Left { -step } else { step };
            }
            free = top + group.height() + 2 * UNIT;
        }
    }
}

/// Lines of one size and ink, as the legend and the page's texts use them.
pub fn plain(text: &str, size: TextSize, weight: Weight, ink: Ink) -> Lines {
    measure::words(&[Words { text: text.to_string(), size, weight, ink }], 400, 1)
}
