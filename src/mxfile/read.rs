//! Reads a file of draw.io's, in whichever of its containers.
//!
//! Nothing outside of the file is read, and no entity but XML's own is expanded: what declares any is refused.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::cell::FARTHEST;
use super::{Attributes, Cell, Element, Fault, File, Form, Geometry, Object, Page, ROOT, Room, Spot, pack, png};
use crate::limits;

/// The pages of a `.drawio`, `.drawio.svg` or `.drawio.png` file; which it is, its bytes say.
pub fn read(bytes: &[u8]) -> Result<File, Fault> {
    read_into(&mut Room::default(), bytes)
}

pub fn read_into(room: &mut Room, bytes: &[u8]) -> Result<File, Fault> {
    if bytes.len() > limits::DRAWIO_BYTES {
        return Err(Fault::new(format!("it has more than {} MB", limits::DRAWIO_BYTES >> 20)));
    }
    if png::is_png(bytes) {
        return file(&png::model(bytes, room)?, room);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::new("it is neither text nor PNG"))?;
    file(text, room)
}

fn file(text: &str, room: &mut Room) -> Result<File, Fault> {
    let document = parsed(text, room)?;
    let root = document.root_element();
    match root.tag_name().name() {
        "mxfile" => pages(root, room),
        "mxGraphModel" => single(root),
        "svg" => {
            let content = root.attribute("content").ok_or_else(|| Fault::new("the SVG carries no diagram"))?;
            let content = carried(content)?;
            let inner = parsed(&content, room)?;
            let root = inner.root_element();
            match root.tag_name().name() {
                "mxfile" => pages(root, room),
                "mxGraphModel" => single(root),
                other => Err(Fault::new(format!("the SVG carries no diagram, but <{other}>"))),
            }
        }
        other => Err(Fault::new(format!("it is no file of draw.io's: it begins with <{other}>"))),
    }
}

/// What an SVG's `content` says: XML, plain, percent-encoded or in base64.
fn carried(content: &str) -> Result<String, Fault> {
    let content = content.trim();
    if content.starts_with('<') {
        Ok(content.to_string())
    } else if content.starts_with('%') {
        pack::percent_decoded(content.as_bytes())
    } else {
        pack::plain_base64(content)
    }
}

fn parsed<'t>(text: &'t str, room: &mut Room) -> Result<Document<'t>, Fault> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // draw.io's own SVG has a document type, though one that declares nothing.
    if text.contains("<!ENTITY") {
        return Err(Fault::new("it declares entities"));
    }
    room.take_nodes(count_attributes(text)?)?;
    let nodes_limit = u32::try_from(room.nodes).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: true, nodes_limit, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Room::too_many_nodes(),
        error => {
            let at = error.pos();
            Fault { message: format!("it is no XML: {error}"), place: Some((at.row, at.col)) }
        }
    })?;
    room.take_nodes(document.root().descendants().count())?;
    let deepest = document.root().descendants().map(|node| node.ancestors().take(limits::DEPTH + 1).count()).max();
    if deepest.unwrap_or_default() > limits::DEPTH {
        return Err(Fault::new(format!("its elements are nested more than {} deep", limits::DEPTH)));
    }
    Ok(document)
}

/// How many attributes there are, told before the parser looks at them: it compares each with all of its element's.
///
/// XML has no `<` within a tag, so what follows one is one tag; more may be counted in a comment, never less.
fn count_attributes(text: &str) -> Result<usize, Fault> {
    let mut all = 0;
    for tag in text.split('<') {
        let (mut rest, mut own) = (tag, 0);
        while let Some(at) = rest.find(['"', '\'', '>']) {
            let (quote, value) = (&rest[at..=at], &rest[at + 1..]);
            let Some(end) = value.find(quote).filter(|_| quote != ">") else { break };
            rest = &value[end + 1..];
            own += 1;
        }
        if own > limits::DRAWIO_ATTRIBUTES {
            return Err(Fault::new(format!("an element has more than {} attributes", limits::DRAWIO_ATTRIBUTES)));
        }
        all += own;
    }
    Ok(all)
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    elements(node).find(|child| child.tag_name().name() == name)
}

fn fault_at(node: Node, message: impl Into<String>) -> Fault {
    let at = node.document().text_pos_at(node.range().start);
    Fault { message: message.into(), place: Some((at.row, at.col)) }
}

/// A page without a file around it.
fn single(model: Node) -> Result<File, Fault> {
    Ok(File { pages: vec![Page { name: "Page-1".to_string(), ..graph_model(model)? }] })
}

fn pages(file: Node, room: &mut Room) -> Result<File, Fault> {
    let diagrams = elements(file).filter(|node| node.tag_name().name() == "diagram");
    let pages: Vec<Page> = diagrams.map(|diagram| page(diagram, room)).collect::<Result<_, _>>()?;
    if pages.is_empty() { Err(fault_at(file, "it has no page")) } else { Ok(File { pages }) }
}

fn page(diagram: Node, room: &mut Room) -> Result<Page, Fault> {
    let name = diagram.attribute("name").unwrap_or_default().to_string();
    let within = |fault: Fault| Fault { message: format!("page \"{name}\": {}", fault.message), place: fault.place };
    let page = match named(diagram, "mxGraphModel") {
        Some(model) => graph_model(model).map_err(within)?,
        None => match diagram.text().map(str::trim) {
            None | Some("") => Page::default(),
            Some(packed) => Page::unpacked(packed, room).map_err(|fault| {
                let at = fault_at(diagram, fault.message);
                within(at)
            })?,
        },
    };
    Ok(Page { id: diagram.attribute("id").unwrap_or_default().to_string(), name, ..page })
}

/// The page that an `mxGraphModel` is.
pub fn model(text: &str, room: &mut Room) -> Result<Page, Fault> {
    let document = parsed(text, room)?;
    match document.root_element() {
        root if root.tag_name().name() == "mxGraphModel" => graph_model(root),
        root => Err(fault_at(root, "it is no page of draw.io's")),
    }
}

fn graph_model(model: Node) -> Result<Page, Fault> {
    let root = named(model, "root").ok_or_else(|| fault_at(model, "the page has no root"))?;
    let mut page = Page { settings: attributes(model, &[]), ..Page::default() };
    let mut ids = BTreeSet::new();
    for node in elements(root) {
        let cell = cell(node)?;
        if !ids.insert(cell.id.clone()) {
            return Err(fault_at(node, format!("two cells have the id \"{}\"", cell.id)));
        }
        if cell.id == ROOT {
            page.facts = cell.object.map(|object| object.facts).unwrap_or_default();
        } else {
            page.cells.push(cell);
        }
    }
    match too_deep(&page) {
        Some(id) => {
            Err(fault_at(root, format!("the cell \"{id}\" stands more than {} deep, or in itself", limits::DEPTH)))
        }
        None => Ok(page),
    }
}

/// A cell from which the way out does not end.
fn too_deep(page: &Page) -> Option<&str> {
    let parents: BTreeMap<&str, &str> =
        page.cells.iter().filter_map(|cell| Some((cell.id.as_str(), cell.parent.as_deref()?))).collect();
    let depth =
        |id: &str| std::iter::successors(Some(id), |at| parents.get(at).copied()).take(limits::DEPTH + 1).count();
    page.cells.iter().map(|cell| cell.id.as_str()).find(|id| depth(id) > limits::DEPTH)
}

fn attributes(node: Node, but: &[&str]) -> Attributes {
    let all = node.attributes().filter(|a| a.namespace().is_none() && !but.contains(&a.name()));
    all.map(|a| (a.name().to_string(), a.value().to_string())).collect()
}

fn cell(node: Node) -> Result<Cell, Fault> {
    let of = |node: Node, name: &str| node.attribute(name).map(str::to_string);
    let (inner, object) = match named(node, "mxCell") {
        Some(inner) if node.tag_name().name() != "mxCell" => {
            let name = node.tag_name().name().to_string();
            (inner, Some(Object { name, facts: attributes(node, &["id", "label"]) }))
        }
        _ if node.tag_name().name() == "mxCell" => (node, None),
        _ => return Err(fault_at(node, format!("<{}> is no cell", node.tag_name().name()))),
    };
    let (id, label) = (of(node, "id").or_else(|| of(inner, "id")), of(node, "label").or_else(|| of(inner, "value")));
    let own = ["id", "value", "style", "vertex", "edge", "parent", "source", "target"];
    let geometry = elements(inner).find(|child| child.attribute("as") == Some("geometry"));
    Ok(Cell {
        id: id.ok_or_else(|| fault_at(node, "a cell has no id"))?,
        label: label.unwrap_or_default(),
        object,
        style: of(inner, "style").unwrap_or_default(),
        form: match (inner.attribute("vertex"), inner.attribute("edge")) {
            (Some("1"), _) => Form::Vertex,
            (_, Some("1")) => Form::Edge,
            _ => Form::Bare,
        },
        parent: of(inner, "parent"),
        source: of(inner, "source"),
        target: of(inner, "target"),
        attributes: attributes(inner, &own),
        geometry: geometry.map(read_geometry).transpose()?,
        others: elements(inner).filter(|child| Some(*child) != geometry).map(element).collect(),
    })
}

fn number(node: Node, name: &str) -> Result<f64, Fault> {
    let Some(text) = node.attribute(name) else { return Ok(0.0) };
    let number = text.trim().parse::<f64>().ok().filter(|number| number.abs() <= FARTHEST);
    number.ok_or_else(|| fault_at(node, format!("`{name}` is no place on a page: \"{text}\"")))
}

fn spot(node: Node) -> Result<Spot, Fault> {
    Ok([number(node, "x")?, number(node, "y")?])
}

fn read_geometry(node: Node) -> Result<Geometry, Fault> {
    let mut geometry = Geometry {
        x: number(node, "x")?,
        y: number(node, "y")?,
        width: number(node, "width")?,
        height: number(node, "height")?,
        relative: node.attribute("relative") == Some("1"),
        ..Geometry::default()
    };
    for child in elements(node) {
        match child.attribute("as") {
            Some("points") => geometry.points = elements(child).map(spot).collect::<Result<_, _>>()?,
            Some("sourcePoint") => geometry.source = Some(spot(child)?),
            Some("targetPoint") => geometry.target = Some(spot(child)?),
            Some("offset") => geometry.offset = Some(spot(child)?),
            _ => geometry.others.push(element(child)),
        }
    }
    Ok(geometry)
}

/// Recursive: nesting is bounded when the document is parsed.
fn element(node: Node) -> Element {
    Element {
        name: node.tag_name().name().to_string(),
        attributes: attributes(node, &[]),
        children: elements(node).map(element).collect(),
        text: node.text().map(str::trim).unwrap_or_default().to_string(),
    }
}
