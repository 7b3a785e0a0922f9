//! The scene as JSON, for checkers and other programs: version 1, described in docs/scene-json.md.
//!
//! An item a line, for people who read it and for `grep`. Fields that say nothing are left out, so that a
//! field's presence means something.

use std::borrow::Cow;

use serde::Serialize;

use super::names;
use crate::diag::{Origin, Sources};
use crate::geom::{Point, Rect};
use crate::look::{Sign, Tone};
use crate::scene::{Arrows, Edge, Item, ItemIndex, Kind, Scene, Swatch};

#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    width: i32,
    height: i32,
    title: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    relaxed: &'a [String],
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    kind: &'static str,
    #[serde(rename = "type")]
    type_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<Cow<'static, str>>,
    /// Left, top, width, height.
    rect: [i32; 4],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    text: Vec<String>,
    #[serde(flatten)]
    path: Option<Path<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    external: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    tooltip: &'a str,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    facts: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Address<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign: Option<&'static str>,
}

/// Where an edge runs.
#[derive(Serialize)]
struct Path<'a> {
    from: &'a str,
    to: &'a str,
    points: Vec<[i32; 2]>,
    arrows: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hops: Vec<[i32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bundle: Option<&'a str>,
}

/// Where a thing comes from.
#[derive(Serialize)]
struct Address<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    address: &'a str,
}

pub fn write(scene: &Scene, sources: &Sources) -> String {
    let head = Head {
        version: 1,
        width: scene.size.width,
        height: scene.size.height,
        title: &scene.title,
        description: &scene.description,
        relaxed: &scene.relaxed,
    };
    let items: Vec<String> = scene.items.iter().map(|item| line(&entry(scene, item, sources))).collect();
    let head = line(&head);
    format!("{},\"items\":[\n{}\n]}}\n", head.strip_suffix('}').unwrap_or(&head), items.join(",\n"))
}

fn line(value: &impl Serialize) -> String {
    // Cannot fail: all keys are strings and all numbers integers.
    serde_json::to_string(value).unwrap_or_default()
}

fn entry<'a>(scene: &'a Scene, item: &'a Item, sources: &'a Sources) -> Entry<'a> {
    let (path, band, external) = match &item.kind {
        Kind::Edge(edge) => (Some(path(scene, edge)), None, false),
        Kind::Icon(icon) => (None, icon.band.and_then(|band| id(scene, band)), icon.external),
        Kind::Frame(frame) | Kind::Band(frame) => (None, frame.band.and_then(|band| id(scene, band)), frame.external),
        Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => (None, None, false),
    };
    Entry {
        id: &item.id,
        parent: item.parent.and_then(|parent| id(scene, parent)),
        kind: kind(&item.kind),
        type_name: &item.type_name,
        look: look(&item.kind),
        rect: corners(item.rect),
        text: lines(&item.kind),
        path,
        band,
        external,
        tooltip: &item.tooltip,
        facts: item.facts.iter().map(|(name, value)| (name.to_string(), value.as_str().into())).collect(),
        origin: item.origin.as_ref().and_then(|origin| address(origin, sources)),
        sign: item.sign.map(Sign::name),
    }
}

fn id(scene: &Scene, index: ItemIndex) -> Option<&str> {
    scene.items.get(index).map(|item| item.id.as_str())
}

const fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Frame(_) => "container",
        Kind::Band(_) => "band",
        Kind::Icon(_) => "icon",
        Kind::Text(_) => "text",
        Kind::Pill(_) => "pill",
        Kind::Edge(_) => "edge",
        Kind::Legend => "legend",
        Kind::Swatch(_) => "swatch",
    }
}

fn look(kind: &Kind) -> Option<Cow<'static, str>> {
    Some(match kind {
        Kind::Frame(frame) | Kind::Band(frame) => names::frame(frame.look).into(),
        Kind::Icon(icon) => icon.glyph.slug().into(),
        Kind::Pill(tone) | Kind::Swatch(Swatch::Pill(tone)) => names::tone(*tone),
        Kind::Edge(edge) => edge.look.name().into(),
        Kind::Swatch(Swatch::Edge(look) | Swatch::Dot(look)) => look.name().into(),
        Kind::Swatch(Swatch::Step(look)) => names::tone(Tone::Step(*look)),
        Kind::Swatch(Swatch::Frame(look)) => names::frame(*look).into(),
        Kind::Swatch(Swatch::Pale(glyph)) => glyph.slug().into(),
        Kind::Text(_) | Kind::Legend => return None,
    })
}

fn lines(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Text(text) => {
            text.lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
        }
        _ => Vec::new(),
    }
}

fn path<'a>(scene: &'a Scene, edge: &'a Edge) -> Path<'a> {
    let pairs = |points: &[Point]| points.iter().map(|p| [p.x, p.y]).collect();
    Path {
        from: id(scene, edge.from).unwrap_or_default(),
        to: id(scene, edge.to).unwrap_or_default(),
        points: pairs(&edge.points),
        arrows: match edge.arrows {
            Arrows::None => "none",
            Arrows::End => "end",
            Arrows::Both => "both",
            Arrows::Cross => "cross",
        },
        hops: pairs(&edge.hops),
        bundle: edge.bundle.as_deref(),
    }
}

const fn corners(rect: Rect) -> [i32; 4] {
    [rect.left, rect.top, rect.width(), rect.height()]
}

/// `None` where the origin names an input that is not among the sources.
fn address<'a>(origin: &'a Origin, sources: &'a Sources) -> Option<Address<'a>> {
    let (_, source) = sources.iter().find(|(file, _)| *file == origin.place.file)?;
    let (line, column) = sources.line_column(origin.place);
    Some(Address { file: &source.name, line, column, address: &origin.name })
}

// serde calls it with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_false(value: &bool) -> bool {
    !*value
}
