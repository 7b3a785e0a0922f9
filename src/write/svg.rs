//! The master picture: one self-contained SVG file.
//!
//! No network, no script, text as text in a subset of the bundled font. Colours and strokes are classes of one
//! style sheet, under `.eksdiagram`, so that pictures can be put into a page side by side; every item is one
//! `<g>` with its id, its type and its tooltip.
//!
//! Within the scene's order, items are painted in layers: what has a fill, then borders without one, then
//! edges, icons and texts. So a band's tint never pales a zone's border, and no line runs over a word.
//!
//! An HTML page holds the same picture inline ([`inline`]): its style sheets are the page's, which can change palettes.

use std::collections::BTreeMap;

use crate::geom::{Point, Px, Rect};
use crate::look::{EdgeLook, Glyph, Sign, Tone};
use crate::scene::{Align, Edge, Frame, Icon, Item, ItemIndex, Kind, Line, Scene, Swatch, Text, TextRole};
use crate::theme::{self, BADGE, Palette};
use crate::threads;
use crate::write::lines::{self, Drawn};
use crate::write::links::Links;
use crate::write::{Options, Theme, names, things};
use crate::xml::Xml;

mod font;
mod path;
mod style;
mod symbols;

pub use font::{complete as complete_fonts, covering as fonts_covering};
use path::{Half, Trim};
pub use style::{faces, palette as palette_sheet, sizes as sizes_sheet};

/// Radius of the plate's and the legend's corners.
const PLATE_RADIUS: Px = 3;
const LEGEND_RADIUS: Px = 8;
/// Radius of the corners of the dashed ring around an external icon.
const RING_RADIUS: Px = 10;
/// How far the ground is cleared around an icon that stands on a border.
const CLEARING: Px = 3;

/// With no more items than this a thread, another one is not worth its start.
const FEW: usize = 512;

pub fn write(scene: &Scene, options: &Options, links: &Links) -> String {
    write_with_model(scene, options, links, "")
}

/// The picture with a file of draw.io's in it, which that program opens instead.
///
/// Source: draw.io 24.7.17, `Editor.extractGraphModel`: the attribute `content` of the root.
pub fn write_with_model(scene: &Scene, options: &Options, links: &Links, model: &str) -> String {
    document(scene, options.theme, options, links, (None, model))
}

fn document(
    scene: &Scene,
    theme: Theme,
    options: &Options,
    links: &Links,
    (prefix, model): (Option<&str>, &str),
) -> String {
    let fonts = || if prefix.is_none() { font::embedded(scene) } else { Vec::new() };
    let (fonts, lines) = threads::both(scene.items.len() > FEW, fonts, || lines::drawn(scene));
    let mut painter = Painter { xml: Xml::new(), scene, theme, lines: &lines, links, prefix };
    painter.document(&fonts, options, model);
    painter.xml.finish()
}

/// The picture as part of an HTML page, without a style sheet. All its ids begin with `prefix`, for a page may hold
/// several pictures; what shows a thing says which, as `data-thing`.
pub fn inline(scene: &Scene, options: &Options, links: &Links, prefix: &str) -> String {
    // Written so that another palette may take the place of the light one.
    document(scene, Theme::Auto, options, links, (Some(prefix), ""))
}

/// What is painted together, from the ground up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Filled,
    Bordered,
    Edges,
    Icons,
    Texts,
}

impl Layer {
    const ALL: [Layer; 5] = [Layer::Filled, Layer::Bordered, Layer::Edges, Layer::Icons, Layer::Texts];

    fn of(kind: &Kind) -> Layer {
        match kind {
            Kind::Frame(frame) | Kind::Band(frame) if theme::is_filled(frame.look) => Layer::Filled,
            Kind::Frame(_) | Kind::Band(_) | Kind::Legend => Layer::Bordered,
            Kind::Edge(_) => Layer::Edges,
            Kind::Icon(_) | Kind::Pill(_) | Kind::Swatch(_) => Layer::Icons,
            Kind::Text(_) => Layer::Texts,
        }
    }
}

struct Painter<'a> {
    xml: Xml,
    scene: &'a Scene,
    theme: Theme,
    lines: &'a BTreeMap<ItemIndex, Drawn>,
    links: &'a Links<'a>,
    /// What ids begin with in the page that the picture is part of.
    prefix: Option<&'a str>,
}

impl<'a> Painter<'a> {
    fn id(&self, id: &str) -> String {
        format!("{}{}", self.prefix.unwrap_or_default(), identifier(id))
    }

    const fn palette(&self) -> Palette {
        self.theme.palette()
    }

    fn document(&mut self, fonts: &[font::Subset], options: &Options, model: &str) {
        let size = self.scene.size;
        // What says nothing of it is taken for English, or for what its page is in.
        let language = if self.scene.language == "en" { "" } else { self.scene.language };
        let [title, description] = ["eksdiagram-title", "eksdiagram-desc"].map(|id| self.id(id));
        self.xml
            .tag("svg")
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("class", "eksdiagram")
            .attr("width", size.width)
            .attr("height", size.height)
            .attr("viewBox", format!("0 0 {} {}", size.width, size.height))
            .attr("role", "img")
            .attr("aria-labelledby", [title.as_str(), &description].join(" "))
            .attr_if("lang", language)
            .attr_if("xml:lang", language)
            .attr("xml:space", "preserve")
            .attr_if("content", model)
            .open();
        self.xml.tag("title").attr("id", title).text(&self.scene.title);
        self.xml.tag("desc").attr("id", description).text(&self.scene.description);
        if self.prefix.is_none() {
            self.xml.tag("style").text(&style::sheet(self.scene, fonts, options));
        }
        self.xml.tag("defs").open();
        for glyph in symbols::used(self.scene) {
            let id = self.id(&symbols::name(glyph));
            symbols::define(&mut self.xml, glyph, &id, self.prefix.is_some(), options);
        }
        self.xml.close();
        self.xml.tag("rect").attr("class", "page").attr("width", size.width).attr("height", size.height).empty();
        let layers: Vec<Layer> = self.scene.items.iter().map(|item| Layer::of(&item.kind)).collect();
        let of = |layer: &Layer| (0..layers.len()).filter(|index| layers[*index] == *layer).collect::<Vec<_>>();
        let (ground, figures) = Layer::ALL.split_at(2);
        self.items(ground.iter().flat_map(of).collect());
        self.clearings();
        self.items(figures.iter().flat_map(of).collect());
    }

    /// Paints the items in this order: many of them on several threads, each a part of them.
    fn items(&mut self, order: Vec<ItemIndex>) {
        let parts: Vec<&[ItemIndex]> = order.chunks(FEW).collect();
        let mut desks = vec![(); threads::worth(order.len(), FEW)];
        let painted = threads::map(&parts, &mut desks, |part, ()| {
            let mut painter = Painter { xml: Xml::new(), ..*self };
            part.iter().for_each(|index| painter.item(*index, &painter.scene.items[*index]));
            painter.xml.fragment()
        });
        let painted: Vec<String> = painted.collect();
        self.xml.append(&painted);
    }

    /// Clears the ground under icons that stand on a border, so that it does not run through them.
    fn clearings(&mut self) {
        for item in &self.scene.items {
            if !matches!(&item.kind, Kind::Icon(Icon { on_border: true, .. })) {
                continue;
            }
            let (centre, radius) = (item.rect.center(), item.rect.width() / 2 + CLEARING);
            self.xml
                .tag("circle")
                .attr("class", "page")
                .attr("cx", centre.x)
                .attr("cy", centre.y)
                .attr("r", radius)
                .empty();
        }
    }

    fn item(&mut self, index: ItemIndex, item: &'a Item) {
        if matches!(&item.kind, Kind::Frame(frame) if is_invisible(frame)) {
            return;
        }
        let id = self.id(&item.id);
        let thing = self.prefix.and_then(|_| things::shown_by(self.scene, index)).map(|thing| self.id(&thing.id));
        self.xml
            .tag("g")
            .attr("id", id)
            .attr("data-type", &item.type_name)
            .attr_if("data-thing", thing.as_deref().unwrap_or_default())
            .open();
        self.tooltip(item);
        let link = self.owner(item).and_then(|owner| self.links.to(owner));
        if let Some(link) = &link {
            self.xml.tag("a").attr("href", link).open();
        }
        match &item.kind {
            Kind::Frame(frame) | Kind::Band(frame) => self.frame(frame, item),
            Kind::Icon(icon) => self.icon(icon, item),
            Kind::Text(text) => self.text(text, item.rect),
            Kind::Pill(tone) => {
                let class = format!("tone-{}", names::tone(*tone));
                self.bordered(&class, item.rect, item.rect.height() / 2);
            }
            Kind::Edge(edge) => self.edge(index, edge, item.sign),
            Kind::Legend => self.bordered("legend", item.rect, LEGEND_RADIUS),
            Kind::Swatch(swatch) => self.swatch(*swatch, item.rect),
        }
        if link.is_some() {
            self.xml.close();
        }
        self.xml.close();
    }

    /// The thing that an item shows: itself, or what it names.
    fn owner(&self, item: &'a Item) -> Option<&'a Item> {
        let scene: &'a Scene = self.scene;
        match &item.kind {
            Kind::Text(Text { role: TextRole::Title | TextRole::Label | TextRole::Pill, .. }) => {
                item.parent.and_then(|parent| scene.items.get(parent))
            }
            _ => Some(item),
        }
    }

    /// Hovering over a name tells what hovering over the thing tells.
    fn tooltip(&mut self, item: &'a Item) {
        let own = Some(item.tooltip.as_str()).filter(|tooltip| !tooltip.is_empty());
        let tooltip = own.or_else(|| self.owner(item).map(|owner| owner.tooltip.as_str())).unwrap_or_default();
        if !tooltip.is_empty() {
            self.xml.tag("title").text(tooltip);
        }
    }

    fn frame(&mut self, frame: &Frame, item: &Item) {
        let rect = item.rect;
        let paint = self.palette().frame(frame.look);
        let dashed = if frame.external && paint.dash.is_none() { " dashed" } else { "" };
        let class = format!("frame-{}{dashed}{}", names::frame(frame.look), signed(item.sign));
        self.bordered(&class, rect, paint.radius);
        if let Some(glyph) = frame.badge {
            self.drawing(glyph, Rect::new(rect.left, rect.top, BADGE, BADGE), "");
        }
    }

    /// A box whose border of 1 px lies just inside of `rect`, on whole pixels.
    fn bordered(&mut self, class: &str, rect: Rect, radius: Px) {
        let half = |px: Px, add: i64| Half(Half::px(px).0 + add);
        let tag = self
            .xml
            .tag("rect")
            .attr("class", class)
            .attr("x", half(rect.left, 1))
            .attr("y", half(rect.top, 1))
            .attr("width", half(rect.width(), -2))
            .attr("height", half(rect.height(), -2));
        if radius > 0 { tag.attr("rx", radius).empty() } else { tag.empty() }
    }

    fn icon(&mut self, icon: &Icon, item: &Item) {
        if icon.external || item.sign.is_some() {
            self.bordered(&format!("ring{}", signed(item.sign)), item.rect.grown(3), RING_RADIUS);
        }
        let is_pale = icon.external || item.sign == Some(Sign::Removed);
        self.drawing(icon.glyph, item.rect, if is_pale { "pale" } else { "" });
    }

    fn drawing(&mut self, glyph: Glyph, rect: Rect, class: &str) {
        let symbol = self.id(&symbols::name(glyph));
        self.xml
            .tag("use")
            .attr("href", format!("#{symbol}"))
            .attr_if("class", class)
            .attr("x", rect.left)
            .attr("y", rect.top)
            .attr("width", rect.width())
            .attr("height", rect.height())
            .empty();
    }

    fn edge(&mut self, index: ItemIndex, edge: &Edge, sign: Option<Sign>) {
        let Some(drawn) = self.lines.get(&index) else { return };
        let (mut line, mut marks) = (String::new(), String::new());
        for part in &drawn.parts {
            line.push_str(&path::line(&part.points, &drawn.hops, trim(part.headed)));
        }
        for (from, tip) in &drawn.heads {
            marks.push_str(&path::head(*from, *tip));
        }
        for (from, tip) in &drawn.crosses {
            marks.push_str(&path::cross(*from, *tip));
        }
        for at in drawn.joints.iter().chain(&drawn.tail) {
            marks.push_str(&path::dot(*at));
        }
        self.line(edge.look, sign, &line, &marks);
    }

    /// A stroked line, and the filled marks on it.
    fn line(&mut self, look: EdgeLook, sign: Option<Sign>, line: &str, marks: &str) {
        for (class, d) in [("line", line), ("mark", marks)] {
            if !d.is_empty() {
                self.xml
                    .tag("path")
                    .attr("class", format!("{class} edge-{}{}", look.name(), signed(sign)))
                    .attr("d", d)
                    .empty();
            }
        }
    }

    fn swatch(&mut self, swatch: Swatch, rect: Rect) {
        match swatch {
            Swatch::Edge(look) => {
                let points = level(rect.left, rect);
                let line = path::line(&points, &[], trim([false, true]));
                let mark = if look == EdgeLook::Broken { path::cross } else { path::head };
                self.line(look, None, &line, &mark(points[0], points[1]));
            }
            Swatch::Dot(look) => {
                let points = level(rect.left + theme::JOINT / 2, rect);
                self.line(look, None, &path::line(&points, &[], Trim::default()), &path::dot(points[0]));
            }
            Swatch::Pill(tone) => {
                self.bordered(&format!("tone-{}", names::tone(tone)), rect, rect.height() / 2);
            }
            Swatch::Step(look) => {
                self.bordered(&format!("tone-{}", names::tone(Tone::Step(look))), rect, rect.height() / 2);
            }
            Swatch::Pale(glyph) => {
                let side = rect.height() + 2;
                let at = rect.center();
                self.drawing(glyph, Rect::new(at.x - side / 2, at.y - side / 2, side, side), "pale");
            }
            Swatch::Frame(look) => {
                self.bordered(&format!("frame-{}", names::frame(look)), rect, self.palette().frame(look).radius);
            }
        }
    }

    fn text(&mut self, text: &Text, rect: Rect) {
        if let Some(ground) = text.plate {
            let class = self.theme.at_night().map_or_else(String::new, |_| style::plate_class(ground));
            self.xml
                .tag("rect")
                .attr_if("class", &class)
                .attr("fill", self.theme.palette().ground(ground))
                .attr("x", rect.left)
                .attr("y", rect.top)
                .attr("width", rect.width())
                .attr("height", rect.height())
                .attr("rx", PLATE_RADIUS)
                .empty();
        }
        let align = match text.align {
            Align::Start => "",
            Align::Middle => "middle",
            Align::End => "end",
        };
        for line in &text.lines {
            self.text_line(line, align);
        }
    }

    fn text_line(&mut self, line: &Line, align: &str) {
        if let [run] = line.runs.as_slice() {
            let class = [&style::run_class(run), align].join(" ");
            let tag = self.xml.tag("text").attr("class", class.trim_end());
            tag.attr("x", line.at.x).attr("y", line.at.y).text(&run.text);
            return;
        }
        self.xml.tag("text").attr_if("class", align).attr("x", line.at.x).attr("y", line.at.y).open_inline();
        for run in &line.runs {
            self.xml.tag("tspan").attr("class", style::run_class(run)).text(&run.text);
        }
        self.xml.close();
    }
}

/// The class of a sign, behind others.
fn signed(sign: Option<Sign>) -> String {
    sign.map_or_else(String::new, |sign| format!(" is-{}", sign.name()))
}

/// The line of a sample.
fn level(left: Px, rect: Rect) -> [Point; 2] {
    let y = rect.center().y;
    [Point { x: left, y }, Point { x: rect.right, y }]
}

pub fn is_invisible(frame: &Frame) -> bool {
    let paint = Palette::Light.frame(frame.look);
    paint.border.is_none() && paint.fill.is_none() && frame.badge.is_none()
}

/// The line ends 1 px inside of its head, for no ground to show between them.
fn trim(headed: [bool; 2]) -> Trim {
    let [start, end] = headed.map(|headed| if headed { theme::ARROW - 1 } else { 0 });
    Trim { start, end }
}

/// An item's id as HTML and XML allow it: without white space and what steers. `%` is coded too, so that no two ids
/// become one.
pub fn identifier(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '%' | '\u{FFFE}' | '\u{FFFF}') {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}
