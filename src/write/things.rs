//! The things of a scene: what a reader may ask about. Words, plates and labels belong to the thing that they are on.

use std::collections::BTreeMap;

use super::svg::is_invisible;
use crate::scene::{Item, ItemIndex, Kind, Scene, TextRole};

/// A thing, and what there is to tell of it.
pub struct Thing<'s> {
    pub item: &'s Item,
    pub name: String,
    /// What hovering over it and over its pills tells, and what these say; without the name and the type.
    pub notes: Vec<&'s str>,
}

/// All things of a scene, in the order in which they are painted.
pub fn all(scene: &Scene) -> Vec<Thing<'_>> {
    let told = Told::by(scene);
    let is_thing = |index| shown_by(scene, index).is_some_and(|thing| std::ptr::eq(thing, &scene.items[index]));
    let things = scene.items.iter().enumerate().filter(|(index, _)| is_thing(*index));
    things.map(|(index, item)| Thing { item, name: told.name(index), notes: told.notes(index) }).collect()
}

/// The thing that an item shows, or is.
pub fn shown_by(scene: &Scene, index: ItemIndex) -> Option<&Item> {
    let item = scene.items.get(index)?;
    match item.parent.filter(|parent| is_part(scene, item, *parent)) {
        Some(whole) => shown_by(scene, whole),
        None => Some(item).filter(|item| is_box_or_line(item)),
    }
}

/// Whether an item is but a part of what it stands on: words, a pill, the drawing on a plate.
fn is_part(scene: &Scene, item: &Item, parent: ItemIndex) -> bool {
    match &item.kind {
        Kind::Text(_) | Kind::Pill(_) => true,
        Kind::Icon(_) => matches!(&scene.items[parent].kind, Kind::Frame(frame) if frame.look.is_plate()),
        Kind::Frame(_) | Kind::Band(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => false,
    }
}

fn is_box_or_line(item: &Item) -> bool {
    match &item.kind {
        Kind::Frame(frame) => !is_invisible(frame),
        Kind::Band(_) | Kind::Icon(_) | Kind::Edge(_) => true,
        Kind::Text(_) | Kind::Pill(_) | Kind::Legend | Kind::Swatch(_) => false,
    }
}

/// What stands on each item.
struct Told<'s> {
    scene: &'s Scene,
    titles: BTreeMap<ItemIndex, &'s str>,
    /// What its pills say, and tell.
    pills: BTreeMap<ItemIndex, Vec<&'s str>>,
}

impl<'s> Told<'s> {
    fn by(scene: &'s Scene) -> Told<'s> {
        let mut told = Told { scene, titles: BTreeMap::new(), pills: BTreeMap::new() };
        for item in &scene.items {
            let Some(parent) = item.parent else { continue };
            match &item.kind {
                Kind::Text(text) if matches!(text.role, TextRole::Title | TextRole::Label) => {
                    let first = text.lines.first().and_then(|line| line.runs.first());
                    told.titles.extend(first.map(|run| (parent, run.text.trim())));
                }
                Kind::Text(text) if text.role == TextRole::Pill => {
                    let runs = text.lines.iter().flat_map(|line| &line.runs).map(|run| run.text.as_str());
                    let on = scene.items[parent].parent.unwrap_or(parent);
                    told.pills.entry(on).or_default().extend(runs);
                }
                Kind::Pill(_) => told.pills.entry(parent).or_default().push(&item.tooltip),
                _ => {}
            }
        }
        told
    }

    /// The name that the input gives it, else what is written on it: of a member of a group too, which has the group's
    /// name. Of a line, what it joins.
    fn name(&self, index: ItemIndex) -> String {
        let item = &self.scene.items[index];
        let is_named = match &item.kind {
            Kind::Edge(edge) => return format!("{} → {}", self.name(edge.from), self.name(edge.to)),
            Kind::Icon(icon) => item.origin.is_some() && icon.band.is_none(),
            _ => item.origin.is_some(),
        };
        let written = self.titles.get(&index).copied();
        // What is written may be broken, and what hovering tells is not.
        let is_whole = |line: &&str| is_named || written.is_some_and(|written| line.starts_with(written));
        let told = item.tooltip.lines().next();
        let name = told.filter(is_whole).or(written).or(told).unwrap_or_default();
        if name.is_empty() { item.type_name.clone() } else { name.to_string() }
    }

    fn notes(&self, index: ItemIndex) -> Vec<&'s str> {
        let item = &self.scene.items[index];
        let name = self.name(index);
        let pills = self.pills.get(&index).into_iter().flatten().flat_map(|pill| pill.lines());
        let mut notes: Vec<&str> = Vec::new();
        for line in item.tooltip.lines().chain(pills) {
            // The type and the logical id stand beside the name and among the facts.
            let is_said = line == name || line.split(' ').next() == Some(item.type_name.as_str());
            if !is_said && !notes.contains(&line) {
                notes.push(line);
            }
        }
        notes
    }
}
