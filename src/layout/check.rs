//! The laws: what holds for every scene, and what a scene breaks.
//!
//! A law is a small function under its number and text. All of them look at the scene alone, so that they judge
//! any layout, and a picture that was placed by hand too. Law 10, that the same input gives the same bytes, is
//! about runs and not about a scene: a test of its own holds it.

use std::collections::{BTreeMap, BTreeSet};

use super::near::Near;
use crate::geom::{Point, Px, Rect, point};
use crate::look::FrameLook;
use crate::scene::{Align, Edge, Item, ItemIndex, Kind, Line, Scene, Text};
use crate::text;
use crate::theme::{EDGE_STROKE, UNIT};

mod metrics;
mod parts;
#[cfg(test)]
mod tests;
mod violation;

pub use metrics::{Metrics, metrics};
use parts::{Parts, frame_of};
pub use violation::Violation;

/// How many laws there are.
pub const LAWS: usize = 11;

/// Nearer to a border than this, a line that runs beside it is taken for it.
const BESIDE: Px = 4;

/// All that a scene breaks, each once, by law.
pub fn check(scene: &Scene) -> Vec<Violation> {
    let broken = broken_indices(scene);
    if !broken.is_empty() {
        return broken;
    }
    let parts = Parts::of(scene);
    let laws = [
        overlaps,
        paddings,
        touched_texts,
        crossed_texts,
        edges_through,
        edges_along,
        edge_ends,
        shared_lines,
        tracks,
        members,
        fitting_texts,
        labels_in_frames,
        page,
    ];
    let mut broken: Vec<Violation> = laws.iter().flat_map(|law| law(&parts)).collect();
    broken.sort();
    broken.dedup();
    broken
}

fn name(parts: &Parts, index: ItemIndex) -> String {
    parts.item(index).map_or_else(|| format!("#{index}"), |item| item.id.clone())
}

/// Parents stand before their children; ends, members and parents exist.
fn broken_indices(scene: &Scene) -> Vec<Violation> {
    let exists = |index: ItemIndex| index < scene.items.len();
    let sound = |(index, item): (ItemIndex, &Item)| {
        let joined = match &item.kind {
            Kind::Edge(edge) => exists(edge.from) && exists(edge.to),
            Kind::Icon(icon) => icon.band.is_none_or(exists),
            Kind::Frame(frame) => frame.band.is_none_or(exists),
            Kind::Band(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => true,
        };
        joined && item.parent.is_none_or(|parent| parent < index)
    };
    let items = scene.items.iter().enumerate();
    items.filter(|entry| !sound(*entry)).map(|(_, item)| Violation::Broken(item.id.clone())).collect()
}

/// Whether the item takes ground for itself: what overlays others by intent does not, nor do words and lines.
fn takes_ground(item: &Item) -> bool {
    match &item.kind {
        Kind::Frame(frame) => !frame.overlay,
        Kind::Icon(_) | Kind::Pill(_) | Kind::Legend => true,
        Kind::Band(_) | Kind::Text(_) | Kind::Edge(_) | Kind::Swatch(_) => false,
    }
}

/// 1. Siblings share no area (bands and zones, which overlay, excepted).
///
/// Icons and pills, in which nothing stands, share none with any box but those that they stand in; a band's own
/// pill overlays what the band overlays.
fn overlaps(parts: &Parts) -> Vec<Violation> {
    let ground: Vec<(Rect, ItemIndex)> = parts
        .scene
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| takes_ground(item))
        .map(|(index, item)| (item.rect, index))
        .collect();
    let near = Near::new(ground.clone());
    let mut broken = Vec::new();
    for (rect, a) in ground {
        for (other, b) in near.touching(rect) {
            if a < b && rect.overlaps(other) && must_stand_apart(parts, a, b) {
                broken.push(Violation::Overlap(name(parts, a), name(parts, b)));
            }
        }
    }
    broken
}

fn must_stand_apart(parts: &Parts, a: ItemIndex, b: ItemIndex) -> bool {
    let parent = |index| parts.item(index).and_then(|item| item.parent);
    let is_frame = |index| parts.item(index).is_some_and(|item| matches!(item.kind, Kind::Frame(_)));
    // A pill of a band stands over the frames that the band overlays, and an edge's step wherever the edge runs.
    let floats = |index| {
        parts
            .line_up(index)
            .filter_map(|at| parts.item(at))
            .any(|item| matches!(item.kind, Kind::Edge(_)) || frame_of(item).is_some_and(|frame| frame.overlay))
    };
    match (is_frame(a), is_frame(b)) {
        _ if parts.is_within(a, b) || parts.is_within(b, a) => false,
        (true, true) => parent(a) == parent(b),
        (true, false) => !floats(b),
        (false, true) => !floats(a),
        (false, false) => true,
    }
}

/// 2. A child keeps its padding inside its parent.
///
/// A box keeps [`UNIT`], words need only stay inside, for titles stand close to their corner. An icon astride
/// its parent's border is outside by intent, and a box that only arranges has no padding.
fn paddings(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for item in &parts.scene.items {
        let Some(parent) = item.parent.and_then(|parent| parts.item(parent)) else { continue };
        let padding = match (&parent.kind, &item.kind) {
            (_, Kind::Edge(_)) => continue,
            (_, Kind::Icon(icon)) if icon.on_border => continue,
            (Kind::Frame(_) | Kind::Band(_) | Kind::Legend | Kind::Pill(_), Kind::Text(_)) => 0,
            (Kind::Frame(frame), _) if frame.look == FrameLook::Plain => 0,
            (Kind::Frame(_) | Kind::Band(_) | Kind::Legend, _) => UNIT,
            (Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Swatch(_), _) => continue,
        };
        if !parent.rect.grown(-padding).contains(item.rect) {
            broken.push(Violation::Padding { child: item.id.clone(), parent: parent.id.clone() });
        }
    }
    broken
}

/// 3. No text touches another text, an icon ...
fn touched_texts(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (index, item, _) in parts.texts() {
        for (rect, other) in parts.texts.touching(item.rect) {
            if index < other && rect.overlaps(item.rect) {
                broken.push(Violation::TextTouches { text: item.id.clone(), item: name(parts, other) });
            }
        }
        for (rect, other) in parts.solids.touching(item.rect) {
            let is_its_plate = item.parent == Some(other)
                && parts.item(other).is_some_and(|i| matches!(i.kind, Kind::Pill(_) | Kind::Swatch(_)));
            if rect.overlaps(item.rect) && !is_its_plate {
                broken.push(Violation::TextTouches { text: item.id.clone(), item: name(parts, other) });
            }
        }
    }
    broken
}

/// 3. ... or a line that is not its own. (Here: borders, of which none is a text's own. Edges: see law 4.)
fn crossed_texts(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (_, item, _) in parts.texts() {
        for (_, border) in parts.borders.touching(item.rect) {
            broken.push(Violation::TextOnBorder { text: item.id.clone(), owner: name(parts, border.owner) });
        }
    }
    broken
}

/// 4. No edge passes through an icon or text ...
///
/// A line has a breadth, of which neither wants any, but for the icons at its ends; the label of an edge, on its plate,
/// lies on its own bundle.
fn edges_through(parts: &Parts) -> Vec<Violation> {
    let icons = parts.all_pieces.iter().flat_map(|piece| {
        let met = parts.solids.touching(piece.rect().grown(EDGE_STROKE));
        let through = met.into_iter().filter(|(rect, solid)| {
            let breadth = if parts.is_end(piece.edge, *solid) { 0 } else { EDGE_STROKE / 2 };
            rect.grown(breadth).crossed_by(piece.a, piece.b) && !marks(parts, *solid, piece.edge)
        });
        through.map(|(_, icon)| Violation::ThroughIcon { edge: name(parts, piece.edge), icon: name(parts, icon) })
    });
    let texts = hits(parts).into_iter();
    let texts = texts.map(|(edge, text)| Violation::ThroughText { edge: name(parts, edge), text: name(parts, text) });
    icons.chain(texts).collect()
}

/// Whether an item stands on an edge by intent: its label, its step.
fn marks(parts: &Parts, item: ItemIndex, edge: ItemIndex) -> bool {
    parts.line_up(item).skip(1).any(|of| parts.one_bundle(of, edge))
}

/// Edges with the texts that they run through and that do not label them.
fn hits(parts: &Parts) -> BTreeSet<(ItemIndex, ItemIndex)> {
    let mut hits = BTreeSet::new();
    for piece in &parts.all_pieces {
        for (rect, text) in parts.texts.touching(piece.rect().grown(EDGE_STROKE)) {
            if rect.grown(EDGE_STROKE / 2).crossed_by(piece.a, piece.b) && !marks(parts, text, piece.edge) {
                hits.insert((piece.edge, text));
            }
        }
    }
    hits
}

/// 4. ... or along a container's border. Crossing one is lawful.
fn edges_along(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for piece in &parts.all_pieces {
        for (side, border) in parts.borders.touching(piece.rect().grown(BESIDE)) {
            if run_together(piece.rect(), side, BESIDE) {
                broken.push(Violation::AlongBorder { edge: name(parts, piece.edge), owner: name(parts, border.owner) });
            }
        }
    }
    broken
}

/// Whether two boxes without breadth run side by side for a while, nearer than `apart`.
fn run_together(a: Rect, b: Rect, apart: Px) -> bool {
    let shared = |a: (Px, Px), b: (Px, Px)| a.1.min(b.1) - a.0.max(b.0);
    let level = |r: Rect| r.top == r.bottom && r.left < r.right;
    let upright = |r: Rect| r.left == r.right && r.top < r.bottom;
    if level(a) && level(b) {
        (a.top - b.top).abs() < apart && shared((a.left, a.right), (b.left, b.right)) > 0
    } else if upright(a) && upright(b) {
        (a.left - b.left).abs() < apart && shared((a.top, a.bottom), (b.top, b.bottom)) > 0
    } else {
        false
    }
}

/// 5. Edges are orthogonal and end on their ends' borders.
fn edge_ends(parts: &Parts) -> Vec<Violation> {
    let mut broken: Vec<Violation> = parts
        .all_pieces
        .iter()
        .filter(|piece| !piece.is_horizontal() && !piece.is_vertical())
        .map(|piece| Violation::Slanted { edge: name(parts, piece.edge) })
        .collect();
    for (index, edge) in parts.edges() {
        let (Some(first), Some(last)) = (edge.points.first(), edge.points.last()) else {
            broken.push(Violation::Slanted { edge: name(parts, index) });
            continue;
        };
        if edge.points.len() < 2 {
            broken.push(Violation::Slanted { edge: name(parts, index) });
        }
        for (end, at) in [(edge.from, *first), (edge.to, *last)] {
            if !parts.item(end).is_some_and(|item| is_on_border(item.rect, at)) {
                broken.push(Violation::Dangling { edge: name(parts, index), end: name(parts, end) });
            }
        }
    }
    broken
}

fn is_on_border(rect: Rect, at: Point) -> bool {
    let inside = rect.left <= at.x && at.x <= rect.right && rect.top <= at.y && at.y <= rect.bottom;
    inside && (at.x == rect.left || at.x == rect.right || at.y == rect.top || at.y == rect.bottom)
}

/// 6. No two edges share a piece of line unless they are one bundle.
fn shared_lines(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for piece in &parts.all_pieces {
        for (_, other) in parts.pieces.touching(piece.rect().grown(EDGE_STROKE)) {
            let together = run_together(piece.rect(), other.rect(), EDGE_STROKE);
            if piece.edge < other.edge && together && !parts.one_bundle(piece.edge, other.edge) {
                broken.push(Violation::SharedLine(name(parts, piece.edge), name(parts, other.edge)));
            }
        }
    }
    broken
}

/// 7. A zone's left and right, and a row's top and bottom, are the same everywhere.
fn tracks(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    let mut columns: BTreeMap<u32, &Item> = BTreeMap::new();
    let mut rows: BTreeMap<u32, &Item> = BTreeMap::new();
    for item in &parts.scene.items {
        let Some(frame) = frame_of(item) else { continue };
        if let Some(column) = frame.column {
            let first = *columns.entry(column).or_insert(item);
            if (first.rect.left, first.rect.right) != (item.rect.left, item.rect.right) {
                broken.push(Violation::Misaligned(first.id.clone(), item.id.clone()));
            }
        }
        if let Some(row) = frame.row {
            let first = *rows.entry(row).or_insert(item);
            if (first.rect.top, first.rect.bottom) != (item.rect.top, item.rect.bottom) {
                broken.push(Violation::Misaligned(first.id.clone(), item.id.clone()));
            }
        }
    }
    broken
}

/// 8. A band contains its members and no stranger.
///
/// What belongs to a member (its label, its pill) belongs to the band; another band that covers some of this one is a
/// stranger unless one holds the other.
fn members(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    let items = parts.scene.items.iter().enumerate();
    let bands: Vec<(Rect, ItemIndex)> =
        items.filter(|(_, item)| matches!(item.kind, Kind::Band(_))).map(|(band, item)| (item.rect, band)).collect();
    let near = Near::new(bands.clone());
    for (rect, band) in bands {
        let Some(item) = parts.item(band) else { continue };
        for (other_rect, other) in near.touching(rect) {
            if band < other && rect.overlaps(other_rect) && !holds(parts, band, other) {
                broken.push(Violation::Stranger { band: item.id.clone(), stranger: name(parts, other) });
            }
        }
        let mut inside = parts.solids.touching(item.rect);
        inside.extend(parts.texts.touching(item.rect));
        for (rect, other) in inside {
            if rect.overlaps(item.rect) && !belongs(parts, other, band) && !labels_edge(parts, other) {
                broken.push(Violation::Stranger { band: item.id.clone(), stranger: name(parts, other) });
            }
        }
    }
    for item in &parts.scene.items {
        let Some(band) = band_of(&item.kind).and_then(|band| parts.item(band)) else { continue };
        if !band.rect.contains(item.rect) {
            broken.push(Violation::MemberOutside { band: band.id.clone(), member: item.id.clone() });
        }
    }
    broken
}

/// Whether the item, or what it stands on or names, is the band, a member of it, or a band around it.
fn belongs(parts: &Parts, index: ItemIndex, band: ItemIndex) -> bool {
    let is_member = |at: ItemIndex| match parts.item(at).map(|item| &item.kind) {
        Some(Kind::Band(_)) => at == band || holds(parts, at, band),
        Some(kind) => band_of(kind).is_some_and(|of| of == band || holds(parts, of, band)),
        None => false,
    };
    parts.line_up(index).any(is_member)
}

/// The band of which an item is a member.
fn band_of(kind: &Kind) -> Option<ItemIndex> {
    match kind {
        Kind::Icon(icon) => icon.band,
        Kind::Frame(frame) => frame.band,
        Kind::Band(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => None,
    }
}

/// Whether one of two bands lies in the other.
fn holds(parts: &Parts, a: ItemIndex, b: ItemIndex) -> bool {
    let rect = |index| parts.item(index).map_or(Rect::default(), |item: &Item| item.rect);
    rect(a).contains(rect(b)) || rect(b).contains(rect(a))
}

fn labels_edge(parts: &Parts, index: ItemIndex) -> bool {
    parts.line_up(index).skip(1).filter_map(|at| parts.item(at)).any(|item| matches!(item.kind, Kind::Edge(_)))
}

/// 9. Every text fits its box (measured with the bundled font) ...
fn fitting_texts(parts: &Parts) -> Vec<Violation> {
    let unfit =
        |(_, item, text): &(ItemIndex, &Item, &Text)| text.lines.iter().any(|line| !fits(line, text.align, item.rect));
    parts.texts().filter(unfit).map(|(_, item, _)| Violation::TextUnfit { text: item.id.clone() }).collect()
}

fn fits(line: &Line, align: Align, rect: Rect) -> bool {
    let width: Px = line.runs.iter().map(|run| text::width(&run.text, run.size, run.weight)).sum();
    let left = match align {
        Align::Start => line.at.x,
        Align::Middle => line.at.x - width / 2,
        Align::End => line.at.x - width,
    };
    width <= line.width
        && rect.left <= left
        && left + width <= rect.right
        && rect.top < line.at.y
        && line.at.y <= rect.bottom
}

/// 9. ... and a label fits the frame in which its icon stands.
fn labels_in_frames(parts: &Parts) -> Vec<Violation> {
    let mut broken = Vec::new();
    for (index, item, _) in parts.texts() {
        let mut above = parts.line_up(index).skip(1).filter_map(|at| parts.item(at));
        let Some(Kind::Icon(icon)) = above.next().map(|owner| &owner.kind) else { continue };
        let Some(frame) = above.find(|around| frame_of(around).is_some()) else { continue };
        if !icon.on_border && !frame.rect.contains(item.rect) {
            broken.push(Violation::LabelOutside { label: item.id.clone(), frame: frame.id.clone() });
        }
    }
    broken
}

/// 11. Nothing lies outside the page.
fn page(parts: &Parts) -> Vec<Violation> {
    let page = Rect::at(point(0, 0), parts.scene.size);
    let lies_off = |item: &&Item| match &item.kind {
        Kind::Edge(Edge { points, .. }) => !points.iter().all(|p| page.contains(Rect::spanning(*p, *p))),
        _ => !page.contains(item.rect),
    };
    parts.scene.items.iter().filter(lies_off).map(|item| Violation::OffPage(item.id.clone())).collect()
}
