//! A file as text, an element a line, so that a change is a few lines of a `diff`.

use super::{Cell, Element, File, Form, Geometry, Page, ROOT, Spot};
use crate::xml::{Tag, Xml};

pub fn file(file: &File) -> String {
    let mut xml = Xml::new();
    xml.tag("mxfile").attr("host", "eksdiagram").open();
    for page in &file.pages {
        xml.tag("diagram").attr("id", &page.id).attr("name", &page.name).open();
        write_model(&mut xml, page);
        xml.close();
    }
    xml.finish()
}

pub fn model(page: &Page) -> String {
    let mut xml = Xml::new();
    write_model(&mut xml, page);
    xml.finish()
}

fn write_model(xml: &mut Xml, page: &Page) {
    with(xml.tag("mxGraphModel"), &page.settings).open();
    xml.tag("root").open();
    if page.facts.is_empty() {
        xml.tag("mxCell").attr("id", ROOT).empty();
    } else {
        with(xml.tag("UserObject").attr("id", ROOT).attr("label", ""), &page.facts).open();
        xml.tag("mxCell").empty();
        xml.close();
    }
    for cell in &page.cells {
        write_cell(xml, cell);
    }
    xml.close();
    xml.close();
}

fn with<'a>(tag: Tag<'a>, attributes: &[(String, String)]) -> Tag<'a> {
    attributes.iter().fold(tag, |tag, (name, value)| tag.attr(name, value))
}

fn write_cell(xml: &mut Xml, cell: &Cell) {
    let tag = match &cell.object {
        Some(object) => {
            let tag = xml.tag(object.name.clone()).attr("id", &cell.id).attr("label", &cell.label);
            with(tag, &object.facts).open();
            xml.tag("mxCell")
        }
        None => xml.tag("mxCell").attr("id", &cell.id).attr_if("value", &cell.label),
    };
    let tag = tag.attr_if("style", &cell.style);
    let tag = match cell.form {
        Form::Vertex => tag.attr("vertex", 1),
        Form::Edge => tag.attr("edge", 1),
        Form::Bare => tag,
    };
    let ends = [("parent", &cell.parent), ("source", &cell.source), ("target", &cell.target)];
    let tag = ends.into_iter().fold(tag, |tag, (name, end)| match end {
        Some(end) => tag.attr(name, end),
        None => tag,
    });
    let tag = with(tag, &cell.attributes);
    if cell.geometry.is_none() && cell.others.is_empty() {
        tag.empty();
    } else {
        tag.open();
        if let Some(geometry) = &cell.geometry {
            write_geometry(xml, geometry);
        }
        for element in &cell.others {
            write_element(xml, element);
        }
        xml.close();
    }
    if cell.object.is_some() {
        xml.close();
    }
}

fn write_geometry(xml: &mut Xml, geometry: &Geometry) {
    let Geometry { x, y, width, height, relative, points, source, target, offset, others } = geometry;
    let mut tag = xml.tag("mxGeometry");
    // An edge has no place of its own, and a label on one has a place along it.
    for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
        if !relative || *value != 0.0 {
            tag = tag.attr(name, value);
        }
    }
    let tag = if *relative { tag.attr("relative", 1) } else { tag }.attr("as", "geometry");
    let named = [("sourcePoint", source), ("targetPoint", target), ("offset", offset)];
    if points.is_empty() && others.is_empty() && named.iter().all(|(_, at)| at.is_none()) {
        tag.empty();
        return;
    }
    tag.open();
    for (role, at) in named {
        if let Some(at) = at {
            point(xml.tag("mxPoint"), *at).attr("as", role).empty();
        }
    }
    if !points.is_empty() {
        xml.tag("Array").attr("as", "points").open();
        for at in points {
            point(xml.tag("mxPoint"), *at).empty();
        }
        xml.close();
    }
    for element in others {
        write_element(xml, element);
    }
    xml.close();
}

fn point(tag: Tag<'_>, [x, y]: Spot) -> Tag<'_> {
    tag.attr("x", x).attr("y", y)
}

fn write_element(xml: &mut Xml, element: &Element) {
    let tag = with(xml.tag(element.name.clone()), &element.attributes);
    if element.children.is_empty() {
        if element.text.is_empty() {
            tag.empty()
        } else {
            tag.text(&element.text)
        }
        return;
    }
    tag.open();
    for child in &element.children {
        write_element(xml, child);
    }
    xml.close();
}
