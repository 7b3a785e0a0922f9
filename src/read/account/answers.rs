//! Documents → items of known kinds, whatever shape somebody saved the AWS CLI's output in.
//!
//! An answer is an envelope (`{"Vpcs": [..]}`), several of them merged into one, a bare list, one object
//! (`{"cluster": {..}}`), a single item, a list or a map of answers, or a snapshot. Items are sorted by kind and id, so that
//! neither the order of files nor how they were cut into pages changes anything.

use std::collections::{BTreeMap, BTreeSet};

use super::asides::{Aside, Asides};
use super::eks;
use super::item::{Call, Item};
use super::snapshot;
use super::table::{TABLES, Table};
use crate::syntax::node::{Node, Value};

/// Levels of lists and maps around answers that are looked through. Chosen: a list of maps of files, and one to spare.
const LEVELS: usize = 4;

/// Items of a list that are looked at to tell what it lists.
const SAMPLES: usize = 8;

/// Lists of the names of a cluster's parts: an empty one says that there are none, and nothing is to be described.
const LISTED: [(&str, &Table); 3] =
    [("nodegroups", &eks::NODE_GROUP), ("fargateProfileNames", &eks::FARGATE_PROFILE), ("addons", &eks::ADDON)];

/// Everything that the documents say.
#[derive(Default)]
pub struct Answers<'n> {
    /// By the index of their table and their id.
    items: BTreeMap<(usize, String), Item<'n>>,
    /// The tables of which there is an answer, be it an empty one.
    asked: BTreeSet<usize>,
    pub asides: Asides<'n>,
    pub refusals: Vec<snapshot::Refusal<'n>>,
}

/// Whether a document is something that the AWS CLI said.
pub fn is_answer(node: &Node) -> bool {
    is_answer_within(node, LEVELS)
}

fn is_answer_within(node: &Node, levels: usize) -> bool {
    if levels == 0 {
        return false;
    }
    match &node.value {
        Value::Map(map) => {
            let item = Item { node, call: Call::default() };
            snapshot::is_snapshot(node)
                || map.iter().any(|(key, entry)| is_said_under(key, &entry.node))
                || table_of(&item).is_some()
                || Aside::of(&item).is_some()
                || Asides::is_whole(node)
                || map.values().any(|entry| is_answer_within(&entry.node, levels - 1))
        }
        Value::List(items) => items.iter().take(SAMPLES).any(|item| is_answer_within(item, levels - 1)),
        Value::Scalar(_) | Value::Null => false,
    }
}

/// Whether an answer has this under this key.
fn is_said_under(key: &str, node: &Node) -> bool {
    let of_kind = || tables_with(key).any(|(_, table)| is_of(table, node));
    key == "Reservations" && node.as_list().is_some() || Asides::has(key, node) || of_kind()
}

/// Whether a node is a list of the table's items, or one of them.
fn is_of(table: &Table, node: &Node) -> bool {
    let is_item = |node: &Node| table.id_of(&Item { node, call: Call::default() }).is_some();
    match &node.value {
        Value::List(items) => items.is_empty() || items.iter().take(SAMPLES).any(is_item),
        Value::Map(_) => is_item(node),
        Value::Scalar(_) | Value::Null => false,
    }
}

fn tables_with(key: &str) -> impl Iterator<Item = (usize, &'static Table)> {
    TABLES.iter().enumerate().filter(move |(_, table)| table.keys.contains(&key))
}

/// The kind of an item that stands by itself.
fn table_of(item: &Item) -> Option<(usize, &'static Table)> {
    TABLES.iter().enumerate().find(|(_, table)| table.marks(item) && table.id_of(item).is_some())
}

fn index_of(table: &Table) -> usize {
    TABLES.iter().position(|other| other.command == table.command).unwrap_or(usize::MAX)
}

impl<'n> Answers<'n> {
    /// Takes in one document; `hint` is the name of its file.
    pub fn read(&mut self, node: &'n Node, hint: &'n str) {
        self.take(node, Call { region: None, hint }, LEVELS);
    }

    fn take(&mut self, node: &'n Node, call: Call<'n>, levels: usize) {
        if levels == 0 {
            return;
        }
        match &node.value {
            Value::Map(_) if snapshot::is_snapshot(node) => {
                for said in snapshot::calls(node) {
                    match said {
                        snapshot::Said::Output(output, call) => self.take(output, call, levels - 1),
                        snapshot::Said::Refusal(refusal) => self.refusals.push(refusal),
                    }
                }
            }
            Value::Map(map) => {
                let mut known = self.asides.take_whole(node);
                for (key, entry) in map.iter() {
                    known |= self.take_entry(key, &entry.node, call);
                }
                if known || self.take_item(Item { node, call }) {
                    return;
                }
                for (key, entry) in map.iter() {
                    self.take(&entry.node, Call { hint: key, ..call }, levels - 1);
                }
            }
            Value::List(items) => {
                for node in items.iter() {
                    if !self.take_item(Item { node, call }) {
                        self.take(node, call, levels - 1);
                    }
                }
            }
            Value::Scalar(_) | Value::Null => {}
        }
    }

    /// Takes what an envelope holds under one key.
    fn take_entry(&mut self, key: &str, node: &'n Node, call: Call<'n>) -> bool {
        if !is_said_under(key, node) {
            return false;
        }
        if key == "Reservations" {
            for (index, table) in tables_with("Instances") {
                self.asked.insert(index);
                let instances = Item { node, call };
                for reservation in instances.node.as_list().unwrap_or_default() {
                    for instance in (Item { node: reservation, call }).list("Instances") {
                        self.add(index, table, instance);
                    }
                }
            }
            return true;
        }
        self.asides.take(key, node, call);
        for (index, table) in tables_with(key) {
            self.asked.insert(index);
            let list = node.as_list().unwrap_or(std::slice::from_ref(node));
            for node in list {
                self.add(index, table, Item { node, call });
            }
        }
        true
    }

    /// Takes an item that is known by its fields.
    fn take_item(&mut self, item: Item<'n>) -> bool {
        if item.node.field("ReservationId").is_some() && item.node.field("Instances").is_some() {
            item.list("Instances").for_each(|instance| {
                self.take_item(instance);
            });
            return true;
        }
        let Some((index, table)) = table_of(&item) else { return self.asides.take_item(item) };
        self.asked.insert(index);
        self.add(index, table, item);
        true
    }

    /// Of two answers about one thing the fuller counts, whichever came first.
    fn add(&mut self, index: usize, table: &Table, item: Item<'n>) {
        let Some(id) = table.id_of(&item).filter(|_| !table.is_gone(&item)) else { return };
        let before = self.items.entry((index, id)).or_insert(item);
        if before.node.place != item.node.place && fullness(item.node) > fullness(before.node) {
            *before = item;
        }
    }

    /// The items of one kind, by their ids.
    pub fn of(&self, table: &Table) -> impl Iterator<Item = Item<'n>> {
        let index = index_of(table);
        self.items.range((index, String::new())..(index + 1, String::new())).map(|(_, item)| *item)
    }

    pub fn has(&self, table: &Table, id: &str) -> bool {
        self.items.contains_key(&(index_of(table), id.to_string()))
    }

    pub fn all(&self) -> impl Iterator<Item = (&'static Table, &str, Item<'n>)> {
        self.items.iter().map(|((index, id), item)| (&TABLES[*index], id.as_str(), *item))
    }

    /// Whether there is an answer to the table's command.
    pub fn was_asked(&self, table: &Table) -> bool {
        self.asked.contains(&index_of(table))
    }

    /// The types of which the account was asked whether there are any: by describing them, or by listing a cluster's.
    pub fn asked_types(&self) -> BTreeSet<&'static str> {
        let listed = LISTED.iter().filter(|(list, _)| self.asides.names.contains_key(list)).map(|(_, table)| *table);
        TABLES.iter().filter(|table| self.was_asked(table)).chain(listed).map(|table| table.type_name).collect()
    }
}

/// Orders descriptions of one thing: by how much they say, then by what.
fn fullness(node: &Node) -> (usize, String) {
    fn write(node: &Node, text: &mut String) {
        match &node.value {
            Value::Null => text.push('~'),
            Value::Scalar(scalar) => text.push_str(&scalar.text),
            Value::List(items) => items.iter().for_each(|item| {
                text.push(',');
                write(item, text);
            }),
            Value::Map(map) => map.iter().for_each(|(key, entry)| {
                text.push(';');
                text.push_str(key);
                write(&entry.node, text);
            }),
        }
    }
    let mut text = String::new();
    write(node, &mut text);
    (text.len(), text)
}
