//! A page for draw.io: cells with AWS's own stencils, nested as the things are, to go on drawing by hand.
//!
//! The page looks as the SVG does, to the pixel where draw.io allows it: edges carry their ends and waypoints,
//! labels their offsets. What hovering tells stands on the cells, with the facts as attributes.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::{Point, Px, Rect, Size, point, size};
use crate::look::{EdgeLook, Sign, Tone};
use crate::mxfile::{self, Attributes, Cell, File, Form, Geometry, Object};
use crate::scene::{Align, Arrows, Edge, Frame, Icon, Item, ItemIndex, Kind, Scene, Swatch, Text, TextRole};
use crate::theme::{self, BADGE, EdgePaint, Palette};
use crate::write::lines::{self, Drawn};
use crate::write::links::Links;
use crate::xml;

mod label;
mod layer;
mod route;
mod styles;
mod tree;

use layer::{Layer, tags};
use tree::{CLEARING, Tree};

/// Attributes of a cell's wrapper that draw.io reads itself.
const RESERVED: [&str; 6] = ["id", "label", "link", "tooltip", "placeholders", "tags"];

/// Scenes by their names, a page each.
pub fn file(pages: &[(&str, &Scene)], palette: Palette, links: &Links) -> File {
    let mut ids = BTreeSet::new();
    let pages = pages.iter().enumerate().map(|(n, (name, scene))| {
        let name = xml::allowed(name);
        // The first page is there whatever the others are.
        let mut id = if n == 0 { "eksdiagram".to_string() } else { format!("eksdiagram/{name}") };
        while !ids.insert(id.clone()) {
            id.push('~');
        }
        let (name, settings, cells) = (name.into_owned(), settings(scene, palette), cells(scene, palette, links));
        mxfile::Page { id, name, settings, facts: Vec::new(), cells }
    });
    File { pages: pages.collect() }
}

/// What a page's canvas is.
fn settings(scene: &Scene, palette: Palette) -> Attributes {
    let fixed = [
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
    let own = [
        ("pageWidth", scene.size.width.to_string()),
        ("pageHeight", scene.size.height.to_string()),
        ("background", palette.basics().page.to_string()),
    ];
    let fixed = fixed.map(|(name, value)| (name.to_string(), value.to_string()));
    fixed.into_iter().chain(own.map(|(name, value)| (name.to_string(), value))).collect()
}

/// Each thing's cell, and after it those of what stands in it.
fn cells(scene: &Scene, palette: Palette, links: &Links) -> Vec<Cell> {
    let page = Page {
        cells: Vec::new(),
        tree: Tree::of(scene),
        scene,
        palette,
        links,
        labels: labels(scene),
        lines: lines::drawn(scene),
        backwards: told_backwards(scene),
    };
    page.cells()
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

struct Page<'a> {
    cells: Vec<Cell>,
    tree: Tree<'a>,
    scene: &'a Scene,
    palette: Palette,
    links: &'a Links<'a>,
    labels: BTreeMap<ItemIndex, ItemIndex>,
    lines: BTreeMap<ItemIndex, Drawn>,
    backwards: BTreeSet<ItemIndex>,
}

impl<'a> Page<'a> {
    fn cells(mut self) -> Vec<Cell> {
        for layer in Layer::ALL {
            self.cells.push(Cell {
                id: layer.id().to_string(),
                label: layer.name().to_string(),
                parent: Some(mxfile::ROOT.to_string()),
                ..Cell::default()
            });
            let top = self.in_order().into_iter().filter(|index| self.home(*index).is_none());
            let mut open: Vec<ItemIndex> = top.filter(|index| self.layer(*index) == layer).collect();
            let within = self.children();
            open.reverse();
            while let Some(index) = open.pop() {
                self.item(index);
                open.extend(within.get(&index).into_iter().flatten().rev());
            }
        }
        self.cells
    }

    /// All items, siblings in the order in which they are painted.
    fn in_order(&self) -> Vec<ItemIndex> {
        let mut order: Vec<ItemIndex> = (0..self.scene.items.len()).collect();
        let labelled = labelled_bundles(self.scene);
        let names: BTreeSet<&str> = labelled.values().copied().collect();
        order.sort_by_key(|index| {
            let item = self.scene.items.get(*index)?;
            let bundle = bundle(item).filter(|bundle| names.contains(bundle));
            Some((rank(&item.kind), bundle, labelled.contains_key(index)))
        });
        order
    }

    fn children(&self) -> BTreeMap<ItemIndex, Vec<ItemIndex>> {
        let mut children: BTreeMap<ItemIndex, Vec<ItemIndex>> = BTreeMap::new();
        for index in self.in_order() {
            if let Some(home) = self.home(index) {
                children.entry(home).or_default().push(index);
            }
        }
        children
    }

    /// The item in whose cell this one's stands.
    fn home(&self, index: ItemIndex) -> Option<ItemIndex> {
        let item = self.scene.items.get(index)?;
        let of_edge = |owner: &ItemIndex| matches!(self.scene.items.get(*owner).map(|i| &i.kind), Some(Kind::Edge(_)));
        match &item.kind {
            Kind::Edge(edge) => self.tree.edge_home(edge, item.rect),
            Kind::Text(_) => item.parent.filter(of_edge).or_else(|| self.tree.home(index)),
            Kind::Frame(_) | Kind::Band(_) | Kind::Icon(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => {
                self.tree.home(index)
            }
        }
    }

    /// The id of the cell that an item's cell stands in, and the page's place of its corner.
    fn parent(&self, index: ItemIndex) -> (String, Point) {
        match self.home(index) {
            Some(home) => (self.tree.id(home).to_string(), self.tree.corner(home)),
            None => (self.layer(index).id().to_string(), point(0, 0)),
        }
    }

    fn layer(&self, index: ItemIndex) -> Layer {
        self.scene.items.get(index).map_or(Layer::Network, |item| Layer::of(&item.kind))
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
        let signed = item.sign.map_or_else(String::new, |sign| styles::sign(self.palette.sign(sign)));
        let (value, place) = self.carried(index, |text, at, frame| label::in_frame(text, at, frame, self.palette));
        let external = if frame.external { "dashed=1;" } else { "" };
        // What only overlays lets clicks through and takes nothing in.
        let overlay = if frame.overlay && matches!(item.kind, Kind::Frame(_)) {
            "container=0;dropTarget=0;connectable=0;"
        } else {
            ""
        };
        self.vertex(index, item, value, format!("{}{external}{signed}{overlay}{place}", drawn.style));
        if let Some(corner) = drawn.corner {
            self.part(index, "corner", Rect::new(item.rect.left, item.rect.top, BADGE, BADGE), corner);
        }
    }

    fn icon(&mut self, index: ItemIndex, item: &'a Item, icon: &Icon) {
        if icon.on_border {
            let (parent, corner) = self.parent(index);
            let rect = item.rect.grown(CLEARING).moved(-corner.x, -corner.y);
            let style = format!(
                "ellipse;html=1;fillColor={};strokeColor=none;pointerEvents=0;connectable=0;",
                self.palette.basics().page
            );
            let id = self.tree.fresh(&format!("{}/ground", item.id));
            self.vertex_at(Cell { id, style, parent: Some(parent), ..Cell::default() }, rect);
        }
        let (value, place) = self.carried(index, |text, at, icon| label::under_icon(text, at, icon, self.palette));
        let pale = if icon.external || item.sign == Some(Sign::Removed) { "opacity=50;" } else { "" };
        self.vertex(index, item, value, format!("{}{pale}{place}", styles::icon(icon.glyph, self.palette)));
        if icon.external || item.sign.is_some() {
            let ring = match item.sign {
                Some(sign) => styles::sign(self.palette.sign(sign)),
                None => format!("strokeColor={};dashed=1;", self.palette.basics().ring),
            };
            let style = format!(
                "rounded=1;absoluteArcSize=1;arcSize=20;html=1;fillColor=none;{ring}pointerEvents=0;connectable=0;"
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
        let cell = Cell {
            id: self.tree.id(index).to_string(),
            label: label::html(text, self.palette),
            style: label::on_edge(text, self.palette),
            ..Cell::default()
        };
        let (along, on_line) = route::nearest(&self.points(owner, edge), item.rect.center());
        let center = item.rect.center();
        self.on_edge(owner, cell, along, size(0, 0), point(center.x - on_line.x, center.y - on_line.y));
    }

    /// The dot where edges of a bundle join, which moves with the edge.
    fn joint(&mut self, owner: ItemIndex, edge: &Edge, sign: Option<Sign>, at: Point) {
        let (id, color) =
            (self.tree.fresh(&format!("{}/joint", self.tree.id(owner))), self.line_paint(edge.look, sign).color);
        let style = format!("ellipse;html=1;resizable=0;fillColor={color};strokeColor=none;");
        let (along, _) = route::nearest(&self.points(owner, edge), at);
        let cell = Cell { id, style, ..Cell::default() };
        self.on_edge(owner, cell, along, size(theme::JOINT, theme::JOINT), point(-theme::JOINT / 2, -theme::JOINT / 2));
    }

    /// A cell that rides on an edge, at a part of its length.
    fn on_edge(&mut self, edge: ItemIndex, cell: Cell, along: f64, size: Size, offset: Point) {
        let geometry = Geometry {
            x: route::rounded(along),
            width: f64::from(size.width),
            height: f64::from(size.height),
            relative: true,
            offset: Some(spot(offset)),
            ..Geometry::default()
        };
        let parent = Some(self.tree.id(edge).to_string());
        let attributes = vec![("connectable".to_string(), "0".to_string())];
        self.cells.push(Cell { form: Form::Vertex, parent, attributes, geometry: Some(geometry), ..cell });
    }

    fn line_paint(&self, look: EdgeLook, sign: Option<Sign>) -> EdgePaint {
        let own = self.palette.edge(look);
        let Some(paint) = sign.map(|sign| self.palette.sign(sign)) else { return own };
        EdgePaint { color: paint.color, width: paint.width, dash: paint.dash.or(own.dash) }
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
        let (parent, corner) = self.parent(index);
        let id = self.tree.id(index).to_string();
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
        let mut style = line_style(self.line_paint(edge.look, item.sign), start, end);
        for (name, end, at) in [("exit", from, points.first()), ("entry", to, points.last())] {
            if let (Some(end), Some(at)) = (self.scene.items.get(end), at) {
                style.push_str(&route::port(name, end, *at));
            }
        }
        let between = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        let geometry = Geometry {
            relative: true,
            points: between.iter().map(|at| spot(point(at.x - corner.x, at.y - corner.y))).collect(),
            ..Geometry::default()
        };
        self.cells.push(Cell {
            id,
            style,
            object: self.object(item),
            form: Form::Edge,
            parent: Some(parent),
            source: Some(self.tree.id(from).to_string()),
            target: Some(self.tree.id(to).to_string()),
            geometry: Some(geometry),
            ..Cell::default()
        });
        for at in drawn.joints {
            self.joint(index, edge, item.sign, at);
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
        let (parent, corner) = self.parent(index);
        let id = self.tree.id(index).to_string();
        let y = item.rect.center().y - corner.y;
        let style = line_style(self.palette.edge(look), start, end);
        let geometry = Geometry {
            relative: true,
            source: Some(spot(point(item.rect.left - corner.x, y))),
            target: Some(spot(point(item.rect.right - corner.x, y))),
            ..Geometry::default()
        };
        let (form, geometry) = (Form::Edge, Some(geometry));
        self.cells.push(Cell { id, style, form, parent: Some(parent), geometry, ..Cell::default() });
    }

    /// The item's own cell, at the item's place.
    fn vertex(&mut self, index: ItemIndex, item: &'a Item, label: String, style: String) {
        let (parent, corner) = self.parent(index);
        let (id, parent) = (self.tree.id(index).to_string(), Some(parent));
        let rect = item.rect.moved(-corner.x, -corner.y);
        self.vertex_at(Cell { id, label, style, object: self.object(item), parent, ..Cell::default() }, rect);
    }

    /// A cell that helps to draw an item, and moves with it.
    fn part(&mut self, of: ItemIndex, part: &str, rect: Rect, style: String) {
        let (parent, corner) = (self.tree.id(of).to_string(), self.tree.corner(of));
        let id = self.tree.fresh(&format!("{parent}/{part}"));
        let rect = rect.moved(-corner.x, -corner.y);
        self.vertex_at(Cell { id, style, parent: Some(parent), ..Cell::default() }, rect);
    }

    fn vertex_at(&mut self, cell: Cell, rect: Rect) {
        let [x, y] = spot(point(rect.left, rect.top));
        let [width, height] = spot(point(rect.width(), rect.height()));
        let geometry = Geometry { x, y, width, height, ..Geometry::default() };
        self.cells.push(Cell { form: Form::Vertex, geometry: Some(geometry), ..cell });
    }

    /// What a cell tells of its item, where there is something to tell.
    fn object(&self, item: &Item) -> Option<Object> {
        if !has_something_to_tell(item) {
            return None;
        }
        let link = self.links.to(item).unwrap_or_default();
        let told = [("type", &item.type_name), ("tags", &tags(item)), ("tooltip", &item.tooltip), ("link", &link)];
        let told = told.into_iter().filter(|(_, value)| !value.is_empty());
        let facts = item.facts.iter().filter(|(name, _)| is_free(name)).map(|(name, value)| (*name, value));
        Some(Object::new(
            told.chain(facts).map(|(name, value)| (name.to_string(), xml::allowed(value).into_owned())).collect(),
        ))
    }
}

fn spot(at: Point) -> mxfile::Spot {
    [f64::from(at.x), f64::from(at.y)]
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
