//! A page for draw.io: cells with AWS's own stencils, nested as the things are, to go on drawing by hand.
//!
//! The page looks as the SVG does, to the pixel where draw.io allows it: edges carry their ends and waypoints,
//! labels their offsets. What hovering tells stands on the cells, with the facts as attributes.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::{Point, Px, Rect, Size, point, size};
use crate::look::{EdgeLook, Tone};
use crate::scene::{Align, Arrows, Edge, Frame, Icon, Item, ItemIndex, Kind, Scene, Swatch, Text, TextRole};
use crate::theme::{self, BADGE, EdgePaint, Palette};
use crate::write::lines::{self, Drawn};
use crate::write::xml::Xml;

mod label;
mod route;
mod styles;
mod tree;

use tree::{CLEARING, Tree};

/// Attributes of a cell's wrapper that draw.io reads itself.
const RESERVED: [&str; 6] = ["id", "label", "link", "tooltip", "placeholders", "tags"];

/// Scenes by their names, a page each.
pub fn write(pages: &[(&str, &Scene)], palette: Palette) -> String {
    let mut xml = Xml::new();
    xml.tag("mxfile").attr("host", "eksdiagram").open();
    for (n, (name, scene)) in pages.iter().enumerate() {
        let id = if n == 0 { "eksdiagram".to_string() } else { format!("eksdiagram-{}", n + 1) };
        xml.tag("diagram").attr("id", id).attr("name", name).open();
        let page = Page {
            xml: &mut xml,
            tree: Tree::of(scene),
            scene,
            palette,
            labels: labels(scene),
            lines: lines::drawn(scene),
            backwards: told_backwards(scene),
        };
        page.page();
        xml.close();
    }
    xml.finish()
}

/// The text that a cell carries as its own value, by the item of the cell.
fn labels(scene: &Scene) -> BTreeMap<ItemIndex, ItemIndex> {
    let mut labels = BTreeMap::new();
    for (index, item) in scene.items.iter().enumerate() {
        let (Kind::Text(text), Some(owner)) = (&item.kind, item.parent) else { continue };
        let carried = matches!(
            (scene.items.get(owner).map(|owner| &owner.kind), text.role, text.align),
            (Some(Kind::Frame(_) | Kind::Band(_)), TextRole::Title, Align::Start)
                | (Some(Kind::Icon(Icon { on_border: false, .. })), TextRole::Label, Align::Middle)
                | (Some(Kind::Pill(_)), TextRole::Pill, _)
        );
        if carried {
            labels.entry(owner).or_insert(index);
        }
    }
    labels
}

/// Edges that draw.io is to draw from their end.
///
/// It begins the dashes of a line where the line begins. What has two heads is the same both ways, so those of a bundle
/// that end together are told from there, for their dashes to fall on each other.
fn told_backwards(scene: &Scene) -> BTreeSet<ItemIndex> {
    let mut ending: BTreeMap<(&str, ItemIndex), Vec<ItemIndex>> = BTreeMap::new();
    for (index, item) in scene.items.iter().enumerate() {
        if let Kind::Edge(Edge { arrows: Arrows::Both, bundle: Some(bundle), to, .. }) = &item.kind {
            ending.entry((bundle, *to)).or_default().push(index);
        }
    }
    ending.into_values().filter(|edges| edges.len() > 1).flatten().collect()
}

/// The order of siblings: what overlays stands after what it overlays, and edges over everything.
fn rank(kind: &Kind) -> u8 {
    match kind {
        Kind::Frame(frame) if !frame.overlay => 0,
        Kind::Band(_) => 1,
        Kind::Frame(_) | Kind::Legend => 2,
        Kind::Icon(_) | Kind::Pill(_) | Kind::Swatch(_) => 3,
        Kind::Edge(_) => 4,
        Kind::Text(_) => 5,
    }
}

fn bundle(item: &Item) -> Option<&str> {
    match &item.kind {
        Kind::Edge(edge) => edge.bundle.as_deref(),
        _ => None,
    }
}

/// The edges with a label that are of a bundle, and their bundles.
///
/// A label is drawn with its edge, and the rest of the bundle would run over it: so such an edge stands after the rest.
/// And it stands next to it, for draw.io lets an edge hop over those before it, and all of a bundle are to do the same.
fn labelled_bundles(scene: &Scene) -> BTreeMap<ItemIndex, &str> {
    let labels = scene.items.iter().filter(|item| matches!(item.kind, Kind::Text(_)));
    let edges = labels.filter_map(|label| label.parent);
    edges.filter_map(|edge| Some((edge, bundle(scene.items.get(edge)?)?))).collect()
}

/// What a cell is, beside its place.
#[derive(Default)]
struct Cell<'a> {
    id: &'a str,
    value: String,
    style: String,
    parent: &'a str,
    /// What it tells of itself.
    about: Option<&'a Item>,
}

struct Page<'a> {
    xml: &'a mut Xml,
    tree: Tree<'a>,
    scene: &'a Scene,
    palette: Palette,
    labels: BTreeMap<ItemIndex, ItemIndex>,
    lines: BTreeMap<ItemIndex, Drawn>,
    backwards: BTreeSet<ItemIndex>,
}

impl<'a> Page<'a> {
    fn page(mut self) {
        let model = self.xml.tag("mxGraphModel");
        let settings = [
            ("grid", "1"),
            ("gridSize", "8"),
            ("guides", "1"),
            ("tooltips", "1"),
            ("connect", "1"),
            ("arrows", "1"),
            ("fold", "1"),
            ("page", "1"),
            ("pageScale", "1"),
            ("math", "0"),
            ("shadow", "0"),
        ];
        let model = settings.into_iter().fold(model, |model, (name, value)| model.attr(name, value));
        model
            .attr("pageWidth", self.scene.size.width)
            .attr("pageHeight", self.scene.size.height)
            .attr("background", self.palette.basics().page)
            .open();
        self.xml.tag("root").open();
        self.xml.tag("mxCell").attr("id", "0").empty();
        self.xml.tag("mxCell").attr("id", "1").attr("parent", "0").empty();
        let mut order: Vec<ItemIndex> = (0..self.scene.items.len()).collect();
        let labelled = labelled_bundles(self.scene);
        let names: BTreeSet<&str> = labelled.values().copied().collect();
        order.sort_by_key(|index| {
            let item = self.scene.items.get(*index)?;
            let bundle = bundle(item).filter(|bundle| names.contains(bundle));
            Some((rank(&item.kind), bundle, labelled.contains_key(index)))
        });
        for index in order {
            self.item(index);
        }
        self.xml.close();
        self.xml.close();
    }

    fn item(&mut self, index: ItemIndex) {
        let Some(item) = self.scene.items.get(index) else { return };
        match &item.kind {
            Kind::Frame(frame) | Kind::Band(frame) => self.frame(index, item, frame),
            Kind::Icon(icon) => self.icon(index, item, icon),
            Kind::Text(text) => self.text(index, item, text),
            Kind::Pill(tone) => {
                let (value, font) = self.carried(index, |text, _, _| label::font(text, self.palette));
                self.vertex(index, item, value, format!("{}{font}", pill_style(*tone, self.palette)));
            }
            Kind::Edge(edge) => self.edge(index, item, edge),
            Kind::Legend => {
                let style = format!(
                    "rounded=1;absoluteArcSize=1;arcSize=16;html=1;container=1;pointerEvents=0;collapsible=0;recursiveResize=0;fillColor={};strokeColor={};",
                    self.palette.basics().page,
                    self.palette.basics().legend_border
                );
                self.vertex(index, item, String::new(), style);
            }
            Kind::Swatch(swatch) => self.swatch(index, item, *swatch),
        }
    }

    /// The value that a cell carries, and the style that places it.
    fn carried(&self, index: ItemIndex, place: impl Fn(&Text, Rect, Rect) -> String) -> (String, String) {
        let rect = self.scene.items.get(index).map_or(Rect::default(), |item| item.rect);
        let item = self.labels.get(&index).and_then(|label| self.scene.items.get(*label));
        match item.map(|item| (&item.kind, item.rect)) {
            Some((Kind::Text(text), at)) => (label::html(text, self.palette), place(text, at, rect)),
            _ => (String::new(), String::new()),
        }
    }

    fn frame(&mut self, index: ItemIndex, item: &'a Item, frame: &Frame) {
        let drawn = styles::frame(frame.look, frame.badge, self.palette);
        let (value, place) = self.carried(index, |text, at, frame| label::in_frame(text, at, frame, self.palette));
        let external = if frame.external { "dashed=1;" } else { "" };
        // What only overlays lets clicks through and takes nothing in.
        let overlay = if frame.overlay && matches!(item.kind, Kind::Frame(_)) {
            "container=0;dropTarget=0;connectable=0;"
        } else {
            ""
        };
        self.vertex(index, item, value, format!("{}{external}{overlay}{place}", drawn.style));
        if let Some(corner) = drawn.corner {
            self.part(index, "corner", Rect::new(item.rect.left, item.rect.top, BADGE, BADGE), corner);
        }
    }

    fn icon(&mut self, index: ItemIndex, item: &'a Item, icon: &Icon) {
        if icon.on_border {
            let (parent, corner) = self.tree.parent(self.tree.home(index));
            let (parent, rect) = (parent.to_string(), item.rect.grown(CLEARING).moved(-corner.x, -corner.y));
            let style = format!(
                "ellipse;html=1;fillColor={};strokeColor=none;pointerEvents=0;connectable=0;",
                self.palette.basics().page
            );
            let id = self.tree.fresh(&format!("{}/ground", item.id));
            self.cell(Cell { id: &id, style, parent: &parent, ..Cell::default() }, rect);
        }
        let (value, place) = self.carried(index, |text, at, icon| label::under_icon(text, at, icon, self.palette));
        let pale = if icon.external { "opacity=50;" } else { "" };
        self.vertex(index, item, value, format!("{}{pale}{place}", styles::icon(icon.glyph, self.palette)));
        if icon.external {
            let style = format!(
                "rounded=1;absoluteArcSize=1;arcSize=20;html=1;fillColor=none;strokeColor={};dashed=1;pointerEvents=0;connectable=0;",
                self.palette.basics().ring
            );
            self.part(index, "ring", item.rect, style);
        }
    }

    fn text(&mut self, index: ItemIndex, item: &'a Item, text: &Text) {
        let owner = item.parent.and_then(|owner| self.scene.items.get(owner));
        if item.parent.is_some_and(|owner| self.labels.get(&owner) == Some(&index)) {
            return;
        }
        if let (Some(owner), Some(Kind::Edge(edge))) = (item.parent, owner.map(|owner| &owner.kind)) {
            self.edge_label(index, owner, item, text, edge);
            return;
        }
        self.vertex(index, item, label::html(text, self.palette), label::own_cell(text, self.palette));
    }

    /// A label keeps its place beside the line when the line is moved.
    fn edge_label(&mut self, index: ItemIndex, owner: ItemIndex, item: &Item, text: &Text, edge: &Edge) {
        let id = self.tree.id(index).to_string();
        let cell = Cell {
            id: &id,
            value: label::html(text, self.palette),
            style: label::on_edge(text, self.palette),
            ..Cell::default()
        };
        let (along, on_line) = route::nearest(&self.points(owner, edge), item.rect.center());
        let center = item.rect.center();
        self.on_edge(owner, cell, along, size(0, 0), point(center.x - on_line.x, center.y - on_line.y));
    }

    /// The dot where edges of a bundle join, which moves with the edge.
    fn joint(&mut self, owner: ItemIndex, edge: &Edge, at: Point) {
        let (id, color) =
            (self.tree.fresh(&format!("{}/joint", self.tree.id(owner))), self.palette.edge(edge.look).color);
        let style = format!("ellipse;html=1;resizable=0;fillColor={color};strokeColor=none;");
        let (along, _) = route::nearest(&self.points(owner, edge), at);
        let cell = Cell { id: &id, style, ..Cell::default() };
        self.on_edge(owner, cell, along, size(theme::JOINT, theme::JOINT), point(-theme::JOINT / 2, -theme::JOINT / 2));
    }

    /// A cell that rides on an edge, at a part of its length.
    fn on_edge(&mut self, edge: ItemIndex, cell: Cell, along: f64, size: Size, offset: Point) {
        let parent = self.tree.id(edge).to_string();
        let tag = self.xml.tag("mxCell").attr("id", cell.id).attr("value", cell.value).attr("style", cell.style);
        tag.attr("vertex", 1).attr("connectable", 0).attr("parent", parent).open();
        let mut geometry = self.xml.tag("mxGeometry").attr("x", route::fraction(along));
        if size.width > 0 {
            geometry = geometry.attr("width", size.width).attr("height", size.height);
        }
        geometry.attr("relative", 1).attr("as", "geometry").open();
        self.point("offset", offset);
        self.xml.close();
        self.xml.close();
    }

    /// The points of an edge in the order in which draw.io is told them.
    fn points(&self, index: ItemIndex, edge: &Edge) -> Vec<Point> {
        let mut points = edge.points.clone();
        if self.backwards.contains(&index) {
            points.reverse();
        }
        points
    }

    fn edge(&mut self, index: ItemIndex, item: &'a Item, edge: &Edge) {
        let home = self.tree.edge_home(edge, item.rect);
        let (parent, corner) = self.tree.parent(home);
        let (id, parent) = (self.tree.id(index).to_string(), parent.to_string());
        let points = self.points(index, edge);
        let (from, to) = if self.backwards.contains(&index) { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let drawn = self.lines.get(&index).cloned().unwrap_or_default();
        let start = match edge.arrows {
            Arrows::Both => Some(Mark::Head),
            Arrows::None | Arrows::End | Arrows::Cross => drawn.tail.map(|_| Mark::Dot),
        };
        let end = match edge.arrows {
            Arrows::None => None,
            Arrows::End | Arrows::Both => Some(Mark::Head),
            Arrows::Cross => Some(Mark::Cross),
        };
        let mut style = line_style(self.palette.edge(edge.look), start, end);
        for (name, end, at) in [("exit", from, points.first()), ("entry", to, points.last())] {
            if let (Some(end), Some(at)) = (self.scene.items.get(end), at) {
                style.push_str(&route::port(name, end, *at));
            }
        }
        let (source, target) = (self.tree.id(from).to_string(), self.tree.id(to).to_string());
        self.wrapped(&Cell { id: &id, style: String::new(), value: String::new(), parent: &parent, about: Some(item) });
        let cell = self.xml.tag("mxCell").attr("style", style).attr("edge", 1).attr("parent", parent);
        cell.attr("source", source).attr("target", target).open();
        self.xml.tag("mxGeometry").attr("relative", 1).attr("as", "geometry").open();
        let between = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        if !between.is_empty() {
            self.xml.tag("Array").attr("as", "points").open();
            for at in between {
                self.xml.tag("mxPoint").attr("x", at.x - corner.x).attr("y", at.y - corner.y).empty();
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
        self.xml.close();
        for at in drawn.joints {
            self.joint(index, edge, at);
        }
    }

    fn swatch(&mut self, index: ItemIndex, item: &'a Item, swatch: Swatch) {
        let (look, start, end) = match swatch {
            Swatch::Frame(look) => {
                self.vertex(index, item, String::new(), styles::frame(look, None, self.palette).style);
                return;
            }
            Swatch::Pill(tone) => {
                self.vertex(index, item, String::new(), pill_style(tone, self.palette));
                return;
            }
            Swatch::Step(look) => {
                self.vertex(index, item, String::new(), pill_style(Tone::Step(look), self.palette));
                return;
            }
            Swatch::Pale(glyph) => {
                self.vertex(index, item, String::new(), format!("{}opacity=50;", styles::icon(glyph, self.palette)));
                return;
            }
            Swatch::Edge(EdgeLook::Broken) => (EdgeLook::Broken, None, Some(Mark::Cross)),
            Swatch::Edge(look) => (look, None, Some(Mark::Head)),
            Swatch::Dot(look) => (look, Some(Mark::Dot), None),
        };
        let (parent, corner) = self.tree.parent(self.tree.home(index));
        let (id, parent) = (self.tree.id(index).to_string(), parent.to_string());
        let y = item.rect.center().y - corner.y;
        let style = line_style(self.palette.edge(look), start, end);
        self.xml.tag("mxCell").attr("id", id).attr("style", style).attr("edge", 1).attr("parent", parent).open();
        self.xml.tag("mxGeometry").attr("relative", 1).attr("as", "geometry").open();
        self.point("sourcePoint", point(item.rect.left - corner.x, y));
        self.point("targetPoint", point(item.rect.right - corner.x, y));
        self.xml.close();
        self.xml.close();
    }

    fn point(&mut self, role: &str, at: Point) {
        self.xml.tag("mxPoint").attr("x", at.x).attr("y", at.y).attr("as", role).empty();
    }

    /// The item's own cell, at the item's place.
    fn vertex(&mut self, index: ItemIndex, item: &'a Item, value: String, style: String) {
        let (parent, corner) = self.tree.parent(self.tree.home(index));
        let (id, parent) = (self.tree.id(index).to_string(), parent.to_string());
        let rect = item.rect.moved(-corner.x, -corner.y);
        self.cell(Cell { id: &id, value, style, parent: &parent, about: Some(item) }, rect);
    }

    /// A cell that helps to draw an item, and moves with it.
    fn part(&mut self, of: ItemIndex, part: &str, rect: Rect, style: String) {
        let (parent, corner) = self.tree.parent(Some(of));
        let parent = parent.to_string();
        let id = self.tree.fresh(&format!("{parent}/{part}"));
        self.cell(Cell { id: &id, style, parent: &parent, ..Cell::default() }, rect.moved(-corner.x, -corner.y));
    }

    fn cell(&mut self, cell: Cell, rect: Rect) {
        let wrapped = self.wrapped(&cell);
        let tag = self.xml.tag("mxCell");
        let tag = if wrapped { tag } else { tag.attr("id", cell.id).attr("value", &cell.value) };
        tag.attr("style", &cell.style).attr("vertex", 1).attr("parent", cell.parent).open();
        let geometry = self.xml.tag("mxGeometry").attr("x", rect.left).attr("y", rect.top);
        geometry.attr("width", rect.width()).attr("height", rect.height()).attr("as", "geometry").empty();
        self.xml.close();
        if wrapped {
            self.xml.close();
        }
    }

    /// Opens the wrapper of a cell that has something to tell, which then carries its id and value.
    fn wrapped(&mut self, cell: &Cell) -> bool {
        let Some(item) = cell.about.filter(|item| has_something_to_tell(item)) else { return false };
        let mut tag = self.xml.tag("UserObject").attr("id", cell.id).attr("label", &cell.value);
        tag = tag.attr("type", &item.type_name).attr_if("tooltip", &item.tooltip);
        for (name, value) in item.facts.iter().filter(|(name, _)| is_free(name)) {
            tag = tag.attr(name, value);
        }
        tag.open();
        true
    }
}

/// Words and samples tell nothing; a thing and an edge tell at least their type.
fn has_something_to_tell(item: &Item) -> bool {
    match item.kind {
        Kind::Frame(_) | Kind::Band(_) | Kind::Icon(_) | Kind::Edge(_) => true,
        Kind::Pill(_) => !item.tooltip.is_empty(),
        Kind::Text(_) | Kind::Legend | Kind::Swatch(_) => false,
    }
}

/// Whether a fact's name may be an attribute: an XML name that draw.io does not read itself.
fn is_free(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let starts = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    plain && starts && name != "type" && !RESERVED.contains(&name)
}

fn pill_style(tone: Tone, palette: Palette) -> String {
    let paint = palette.pill(tone);
    format!(
        "rounded=1;arcSize=50;html=1;whiteSpace=nowrap;spacing=0;fillColor={};strokeColor={};",
        paint.fill, paint.border
    )
}

/// What marks the end of a line.
#[derive(Clone, Copy)]
enum Mark {
    Head,
    Dot,
    Cross,
}

/// The look of a line, of an edge or of its sample.
fn line_style(paint: EdgePaint, start: Option<Mark>, end: Option<Mark>) -> String {
    let dash = paint.dash.map_or_else(String::new, |dash| format!("dashed=1;dashPattern={dash};fixDash=1;"));
    let mark = |name: &str, mark: Option<Mark>| match mark {
        None => format!("{name}Arrow=none;"),
        Some(Mark::Head) => format!("{name}Arrow=block;{name}Fill=1;{name}Size={};", theme::ARROW / 2 + 1),
        Some(Mark::Cross) => format!("{name}Arrow=cross;{name}Fill=0;{name}Size={};", theme::ARROW),
        // The outline adds half of the line's stroke on each side.
        Some(Mark::Dot) => format!("{name}Arrow=oval;{name}Fill=1;{name}Size={};", theme::JOINT - paint.width),
    };
    let arc: Px = theme::BEND_RADIUS * 2;
    format!(
        "edgeStyle=orthogonalEdgeStyle;rounded=1;absoluteArcSize=1;arcSize={arc};jumpStyle=arc;jumpSize=10;html=1;strokeWidth={};strokeColor={};{}{}{dash}",
        paint.width,
        paint.color,
        mark("start", start),
        mark("end", end)
    )
}
