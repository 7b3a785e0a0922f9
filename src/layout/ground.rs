//! What edges have to mind: walls that nothing may pass, borders that may be crossed but not followed, and which
//! box lies in which.
//!
//! Needs: the placed boxes (phase 3). Leaves: answers for phases 4 to 6, each from an index by place or along the tree of
//! frames, so that a question costs what lies near and not what the page holds.

use std::collections::BTreeSet;

use super::near::Near;
use crate::geom::{Point, Px, Rect, point};
use crate::look::FrameLook;
use crate::scene::{ItemIndex, Kind, Scene};
use crate::theme::BADGE;

/// An edge keeps this far from what it passes.
pub const CLEARANCE: Px = 8;
/// How near an edge may come to a border that runs beside it.
pub const BORDER_CLEARANCE: Px = 6;

/// A frame with more walls in it than this is crowded: an edge that has no business in it goes around.
const CROWD: usize = 24;
/// With no more walls than this between two ends all frames are open to an edge: such a picture is seen at a glance,
/// and the shortest way is the clearest.
const FEW: usize = 240;
/// How far around its ends an edge looks first on a larger one: further than a gap between two VPCs is wide.
const AROUND: Px = 320;

pub struct Ground {
    pub page: Rect,
    /// Icons, texts, pills, badges: nothing may pass through them.
    pub walls: Near<()>,
    /// The four sides of every frame and band, as boxes without breadth.
    pub sides: Near<()>,
    placed: Vec<Placed>,
    /// What stands in no frame.
    top: Inside,
    /// Zones that cross sections, then bands: they overlay the tree of frames.
    overlays: Near<ItemIndex>,
    /// Titles and pills of overlays.
    overlay_walls: Near<ItemIndex>,
}

/// What is known of an item of the scene.
struct Placed {
    rect: Rect,
    parent: Option<ItemIndex>,
    /// The band of which an icon is a member.
    band: Option<ItemIndex>,
    part: Part,
    /// Of frames, but not of overlays.
    inside: Option<Box<Inside>>,
    /// The first icon of a frame or band, on whose level edges to it aim.
    first_icon: Option<ItemIndex>,
    is_zone: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Icon,
    /// An icon astride its parent's border.
    Gateway,
    Frame,
    /// A zone that crosses sections.
    Overlay,
    Band,
    Other,
}

/// The content of a frame.
#[derive(Default)]
struct Inside {
    walls: Vec<Rect>,
    frames: Vec<ItemIndex>,
    /// How many walls there are, those of inner frames included.
    count: usize,
    /// Walls that reach out of the frame: gateways on its border, and their labels.
    outliers: Vec<Rect>,
}

/// How much of the page an edge looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// What lies between and around the ends in the frame that holds both, where that frame is large.
    Near,
    /// The frame that holds both ends, but not what is in crowded frames.
    Common,
    /// The page, but not what is in crowded frames.
    Page,
    /// All there is.
    Everything,
}

impl Sight {
    pub const ALL: [Sight; 4] = [Sight::Near, Sight::Common, Sight::Page, Sight::Everything];
}

/// The part of the page that one edge sees.
#[derive(Default)]
pub struct Domain {
    pub area: Rect,
    pub walls: Vec<Rect>,
    /// Frames that are one wall each: what is in them is not seen.
    pub shut: BTreeSet<ItemIndex>,
    /// Frames, outer ones before inner ones.
    pub frames: Vec<Seen>,
    /// Bands, which lie over them: who is in one is in a frame all the same.
    pub bands: Vec<(Rect, Business)>,
}

impl Domain {
    /// The boxes along whose sides nothing may run.
    pub fn borders(&self) -> impl Iterator<Item = Rect> {
        self.frames.iter().map(|frame| frame.rect).chain(self.bands.iter().map(|(rect, _)| *rect))
    }
}

/// A frame as an edge sees it.
pub struct Seen {
    pub rect: Rect,
    pub business: Business,
    /// The frame around it, as its place among the frames of the domain.
    pub parent: Option<usize>,
    /// Whether sections lie on it, so that one comes from it into one of them by a single border.
    pub overlay: bool,
}

/// What an edge has to do with a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Business {
    /// It holds one of the ends.
    Home,
    Foreign,
    /// A zone that holds neither: lines may run between its subnets.
    Zone,
    /// An edge of its own bundle begins or ends there: lines through it would be taken for that one.
    Mates,
}

impl Ground {
    pub fn of(scene: &Scene) -> Ground {
        let mut placed: Vec<Placed> = scene.items.iter().map(placed).collect();
        let mut top = Inside::default();
        let (mut walls, mut sides, mut overlays, mut overlay_walls) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (index, item) in scene.items.iter().enumerate() {
            let wall = match &item.kind {
                Kind::Icon(_) | Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => Some(item.rect),
                Kind::Frame(frame) | Kind::Band(frame) if frame.look != FrameLook::Plain => {
                    sides.extend(sides_of(item.rect).map(|side| (side, ())));
                    frame.badge.map(|_| Rect::new(item.rect.left, item.rect.top, BADGE, BADGE))
                }
                Kind::Frame(_) | Kind::Band(_) | Kind::Edge(_) => None,
            };
            let part = placed[index].part;
            if matches!(part, Part::Overlay | Part::Band) {
                overlays.push((item.rect, index));
            }
            if matches!(part, Part::Icon) {
                for holder in [placed[index].band, placed[index].parent].into_iter().flatten() {
                    placed[holder].first_icon.get_or_insert(index);
                }
            }
            let holder = frame_around(&placed, index);
            if part == Part::Frame {
                match holder {
                    Holder::Frame(frame) => inside(&mut placed, frame).frames.push(index),
                    Holder::Page | Holder::Overlay => top.frames.push(index),
                }
            }
            let Some(wall) = wall else { continue };
            walls.push((wall, ()));
            // A frame's own badge is in it; everything else in what holds it.
            match if part == Part::Frame { Holder::Frame(index) } else { holder } {
                Holder::Frame(frame) => inside(&mut placed, frame).walls.push(wall),
                Holder::Overlay => overlay_walls.push((wall, index)),
                Holder::Page if part == Part::Overlay || part == Part::Band => overlay_walls.push((wall, index)),
                Holder::Page => top.walls.push(wall),
            }
        }
        sum_up(&mut placed);
        top.count = walls.len();
        Ground {
            page: Rect::new(0, 0, scene.size.width, scene.size.height),
            walls: Near::new(walls),
            sides: Near::new(sides),
            placed,
            top,
            overlays: Near::new(overlays),
            overlay_walls: Near::new(overlay_walls),
        }
    }

    pub fn rect(&self, item: ItemIndex) -> Rect {
        self.placed[item].rect
    }

    pub fn part(&self, item: ItemIndex) -> Part {
        self.placed[item].part
    }

    pub fn parent(&self, item: ItemIndex) -> Option<ItemIndex> {
        self.placed[item].parent
    }

    /// What an edge aims at: an icon's middle; of a frame or band with icons, the line on which its first one stands.
    pub fn anchor(&self, item: ItemIndex) -> Point {
        let center = self.placed[item].rect.center();
        match self.placed[item].first_icon {
            Some(icon) => point(center.x, self.placed[icon].rect.center().y),
            None => center,
        }
    }

    /// The containers of an item, its band included.
    pub fn holders(&self, item: ItemIndex) -> BTreeSet<ItemIndex> {
        self.ancestors(item).chain(self.placed[item].band).collect()
    }

    /// The bands that a box meets and that are neither of the two items and hold neither.
    pub fn foreign_bands(&self, area: Rect, ends: [ItemIndex; 2]) -> Vec<Rect> {
        let bands = self.overlays.touching(area);
        let mut bands = bands.into_iter().filter(|(_, overlay)| self.part(*overlay) == Part::Band).peekable();
        if bands.peek().is_none() {
            return Vec::new();
        }
        let own: BTreeSet<ItemIndex> = ends.into_iter().flat_map(|end| self.holders(end)).chain(ends).collect();
        bands.filter(|(_, band)| !own.contains(band)).map(|(rect, _)| rect).collect()
    }

    /// What holds an item, from the innermost on, bands aside.
    fn ancestors(&self, item: ItemIndex) -> impl Iterator<Item = ItemIndex> {
        std::iter::successors(self.placed[item].parent, |parent| self.placed[*parent].parent)
    }

    /// The frames around both items, from the innermost on.
    pub fn around_both(&self, a: ItemIndex, b: ItemIndex) -> impl Iterator<Item = ItemIndex> {
        let others: BTreeSet<ItemIndex> = self.frames_of(b).collect();
        self.frames_of(a).filter(move |frame| others.contains(frame))
    }

    /// A frame itself and the frames around it; of anything else the latter.
    fn frames_of(&self, item: ItemIndex) -> impl Iterator<Item = ItemIndex> {
        let own = (self.part(item) == Part::Frame).then_some(item);
        own.into_iter().chain(self.ancestors(item)).filter(|f| self.part(*f) == Part::Frame)
    }

    /// The innermost frame around a point.
    pub fn innermost(&self, at: Point) -> Option<ItemIndex> {
        let here = Rect::spanning(at, at);
        let mut frame = None;
        loop {
            let inner = self.inside(frame).frames.iter().find(|inner| self.rect(**inner).contains(here));
            match inner {
                Some(&inner) => frame = Some(inner),
                None => return frame,
            }
        }
    }

    /// Whether `inner` lies in `outer`, which is a frame or a band.
    pub fn holds(&self, outer: ItemIndex, inner: ItemIndex) -> bool {
        matches!(self.part(outer), Part::Frame | Part::Overlay | Part::Band)
            && self.part(inner) != Part::Gateway
            && self.rect(outer).contains(self.rect(inner))
    }

    /// Whether the straight piece from `a` to `b` keeps its distance from all borders that run beside it.
    pub fn may_run(&self, a: Point, b: Point) -> bool {
        let piece = Rect::spanning(a, b);
        !self.sides.any(piece.grown(BORDER_CLEARANCE), |side, ()| match a.y == b.y {
            true => {
                side.top == side.bottom
                    && (side.top - a.y).abs() < BORDER_CLEARANCE
                    && piece.left <= side.right
                    && side.left <= piece.right
            }
            false => {
                side.left == side.right
                    && (side.left - a.x).abs() < BORDER_CLEARANCE
                    && piece.top <= side.bottom
                    && side.top <= piece.bottom
            }
        })
    }

    /// Whether the straight piece from `a` to `b` crosses the border of a frame or band.
    pub fn crosses_border(&self, a: Point, b: Point) -> bool {
        let piece = Rect::spanning(a, b);
        self.sides.any(piece, |side, ()| (side.top == side.bottom) == (a.x == b.x))
    }

    /// What an edge between the two items sees; `None` where that is no other than with the sight before.
    pub fn domain(&self, from: ItemIndex, to: ItemIndex, sight: Sight) -> Option<Domain> {
        let ends = [from, to];
        let common = if matches!(sight, Sight::Near | Sight::Common) { self.common(from, to) } else { None };
        let frame = common.map_or(self.page, |frame| self.rect(frame));
        let few = self.inside(common).count <= FEW;
        let around = self.rect(from).union(self.rect(to)).grown(AROUND);
        let area = match sight {
            Sight::Near if few || around.contains(frame) => return None,
            Sight::Near => meet(frame, around),
            Sight::Common | Sight::Page | Sight::Everything => frame,
        };
        let mut homes: BTreeSet<ItemIndex> = ends.into_iter().flat_map(|end| self.holders(end)).collect();
        homes.extend(
            ends.into_iter().filter(|end| ends.into_iter().any(|other| self.holds(*end, other) && *end != other)),
        );
        let all = sight == Sight::Everything || few;
        let mut domain = Domain { area, ..Domain::default() };
        let overlays = self.overlays.touching(area);
        let (bands, zones): (Vec<_>, Vec<_>) = overlays.into_iter().partition(|(_, i)| self.part(*i) == Part::Band);
        let around = |rect: Rect| {
            ends.into_iter().any(|end| rect.contains(Rect::spanning(self.rect(end).center(), self.rect(end).center())))
        };
        for (rect, _) in zones {
            let business = if around(rect) { Business::Home } else { Business::Zone };
            domain.frames.push(Seen { rect, business, parent: None, overlay: true });
        }
        self.gather((common, None), ends, &homes, all, &mut domain);
        let shut = std::mem::take(&mut domain.shut);
        let is_seen = |item: ItemIndex| !self.ancestors(item).any(|frame| shut.contains(&frame));
        let words = self.overlay_walls.touching(area).into_iter().filter(|(_, item)| is_seen(*item));
        domain.walls.extend(words.map(|(rect, _)| rect));
        for (rect, band) in bands.into_iter().filter(|(_, band)| is_seen(*band)) {
            let home = homes.contains(&band);
            if ends.contains(&band) && !home {
                domain.walls.push(rect);
            }
            domain.bands.push((rect, if home { Business::Home } else { Business::Foreign }));
        }
        domain.shut = shut;
        Some(domain)
    }

    /// Puts into the domain what lies in a frame, of which the place there is the second one of the pair.
    fn gather(
        &self,
        (frame, parent): (Option<ItemIndex>, Option<usize>),
        ends: [ItemIndex; 2],
        homes: &BTreeSet<ItemIndex>,
        all: bool,
        domain: &mut Domain,
    ) {
        let content = self.inside(frame);
        domain.walls.extend(content.walls.iter().filter(|wall| wall.overlaps(domain.area)));
        for &frame in &content.frames {
            let rect = self.rect(frame);
            let content = self.inside(Some(frame));
            if !rect.overlaps(domain.area) {
                domain.walls.extend(content.outliers.iter().filter(|wall| wall.overlaps(domain.area)));
                continue;
            }
            let home = homes.contains(&frame);
            let is_end = ends.contains(&frame) && !home;
            let met = ends.into_iter().any(|end| self.rect(end).overlaps(rect));
            let business = match () {
                () if home => Business::Home,
                () if self.placed[frame].is_zone => Business::Zone,
                () => Business::Foreign,
            };
            let number = domain.frames.len();
            domain.frames.push(Seen { rect, business, parent, overlay: false });
            if !is_end && (home || all || met || content.count <= CROWD) {
                self.gather((Some(frame), Some(number)), ends, homes, all, domain);
            } else {
                domain.walls.push(rect);
                domain.shut.insert(frame);
                domain.walls.extend(&content.outliers);
            }
        }
    }

    fn inside(&self, frame: Option<ItemIndex>) -> &Inside {
        frame.and_then(|f| self.placed[f].inside.as_deref()).unwrap_or(&self.top)
    }

    /// The innermost frame that holds both ends; a wider one where that shows no more than a glance takes in.
    pub fn common(&self, from: ItemIndex, to: ItemIndex) -> Option<ItemIndex> {
        let mut common = self.around_both(from, to).next();
        while let Some(frame) = common {
            let wider = self.frames_of(frame).nth(1);
            if self.inside(wider).count > FEW {
                break;
            }
            common = wider;
        }
        common
    }
}

enum Holder {
    Page,
    Frame(ItemIndex),
    Overlay,
}

/// The frame or overlay in which an item stands, however deep.
fn frame_around(placed: &[Placed], item: ItemIndex) -> Holder {
    let parents = std::iter::successors(placed[item].parent, |parent| placed[*parent].parent);
    for parent in parents {
        match placed[parent].part {
            Part::Frame => return Holder::Frame(parent),
            Part::Overlay | Part::Band => return Holder::Overlay,
            Part::Icon | Part::Gateway | Part::Other => {}
        }
    }
    Holder::Page
}

fn inside(placed: &mut [Placed], frame: ItemIndex) -> &mut Inside {
    placed[frame].inside.get_or_insert_default()
}

/// Counts and outliers of all frames, inner ones first.
fn sum_up(placed: &mut [Placed]) {
    for frame in (0..placed.len()).rev() {
        let Some(mut content) = placed[frame].inside.take() else { continue };
        let rect = placed[frame].rect;
        content.count = content.walls.len();
        content.outliers = content.walls.iter().copied().filter(|wall| !rect.contains(*wall)).collect();
        for inner in content.frames.iter().filter_map(|inner| placed[*inner].inside.as_deref()) {
            content.count += inner.count;
            content.outliers.extend(inner.outliers.iter().filter(|wall| !rect.contains(**wall)));
        }
        placed[frame].inside = Some(content);
    }
}

fn placed(item: &crate::scene::Item) -> Placed {
    let (part, band) = match &item.kind {
        Kind::Icon(icon) if icon.on_border => (Part::Gateway, None),
        Kind::Icon(icon) => (Part::Icon, icon.band),
        // A box that only arranges is not there for an edge.
        Kind::Frame(frame) if frame.look == FrameLook::Plain => (Part::Other, None),
        Kind::Frame(frame) if frame.overlay => (Part::Overlay, None),
        Kind::Frame(frame) => (Part::Frame, frame.band),
        Kind::Band(_) => (Part::Band, None),
        Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => (Part::Other, None),
    };
    let inside = (part == Part::Frame).then(Box::default);
    let is_zone = matches!(&item.kind, Kind::Frame(frame) if frame.look == FrameLook::Zone);
    Placed { is_zone, rect: item.rect, parent: item.parent, band, part, inside, first_icon: None }
}

fn sides_of(r: Rect) -> [Rect; 4] {
    [Rect { right: r.left, ..r }, Rect { left: r.right, ..r }, Rect { bottom: r.top, ..r }, Rect { top: r.bottom, ..r }]
}

fn meet(a: Rect, b: Rect) -> Rect {
    Rect {
        left: a.left.max(b.left),
        top: a.top.max(b.top),
        right: a.right.min(b.right),
        bottom: a.bottom.min(b.bottom),
    }
}
