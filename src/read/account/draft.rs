//! The resources under construction.

use std::collections::BTreeSet;

use super::answers::Answers;
use super::homes::Homes;
use super::item::Item;
use super::members::{Members, local_id};
use super::table::{Field, Table};
use super::{groups, interfaces, links, network, stacks};
use crate::diag::Origin;
use crate::hashing::{HashMap, HashSet, IndexMap};
use crate::inventory::{self, Address, Property, Resource, Value};
use crate::threads;

/// The stack of what no answer says the region of.
pub const NOWHERE: &str = "account";

/// With no more items than this a thread, another one is not worth its start.
const FEW: usize = 512;

pub struct Draft<'d, 'n> {
    pub answers: &'d Answers<'n>,
    pub members: &'d Members<'n>,
    homes: &'d Homes<'n>,
    /// The stack of each region.
    stacks: &'d HashMap<&'n str, String>,
    pub resources: IndexMap<Address, Resource>,
    /// What physical ids belong to.
    ids: HashMap<String, Address>,
    /// Groups of instances by their local ids.
    groups: HashMap<String, Address>,
    pub default_vpcs: Vec<Address>,
    /// Network interfaces that are part of something else.
    pub parts: HashSet<&'n str>,
    /// VPCs whose main route table is described.
    pub main_tables: HashSet<&'n str>,
    pub blackholes: Vec<Blackhole>,
    /// The regions, as calls name them, in which it is known what all stacks hold.
    pub known_stacks: HashSet<Option<&'n str>>,
    /// Whether anything that is drawn is in a stack.
    pub uses_stacks: bool,
}

/// A route whose target is gone.
pub struct Blackhole {
    pub destination: String,
    pub table: String,
    pub origin: Origin,
}

impl<'d, 'n> Draft<'d, 'n> {
    pub fn new(
        answers: &'d Answers<'n>,
        members: &'d Members<'n>,
        homes: &'d Homes<'n>,
        stacks: &'d HashMap<&'n str, String>,
    ) -> Draft<'d, 'n> {
        Draft {
            answers,
            members,
            homes,
            stacks,
            resources: IndexMap::default(),
            ids: HashMap::default(),
            groups: HashMap::default(),
            default_vpcs: Vec::new(),
            parts: interfaces::parts(answers),
            main_tables: answers.of(&network::ROUTE_TABLE).filter_map(|table| network::main_of(&table)).collect(),
            blackholes: Vec::new(),
            known_stacks: answers.asides.stacks.known(homes.regions().count()),
            uses_stacks: false,
        }
    }

    /// Makes the resources of all items.
    pub fn make_all(&mut self) {
        let answers = self.answers;
        let all: Vec<(&Table, &str, Item)> = answers.all().collect();
        let mut desks = vec![(); threads::worth(all.len(), FEW)];
        let made = threads::map(&all, &mut desks, |(table, id, item), ()| {
            (table.is_kept)(item, self).then(|| self.made(table, id, item))
        });
        self.resources.reserve(all.len());
        for ((table, id, item), resource) in all.into_iter().zip(made) {
            if let Some(resource) = resource {
                self.add_item(table, id, &item, resource);
            }
        }
        groups::make_strays(self);
        for attachment in answers.of(&links::TRANSIT_GATEWAY_ATTACHMENT) {
            links::associations(&attachment, self);
        }
        // Who makes nothing that is drawn by stacks is told nothing by what is in none.
        if !self.uses_stacks {
            self.resources.values_mut().for_each(|resource| resource.in_no_stack = false);
        }
    }

    /// The resource that an item is.
    fn made(&self, table: &Table, id: &str, item: &Item<'n>) -> Resource {
        let address: Address = format!("{}/{}", self.stack_of(item), local_id(table, id)).into();
        let fields = table.fields.iter().filter_map(|field| match field {
            Field::Same(name) => Some((*name, item.copy(name)?)),
            Field::As(path, name) => Some((*name, item.copy(path)?)),
            Field::Capitalised(path, name) => Some((*name, item.capitalised(path)?)),
        });
        let own = table.id.last().and_then(|field| item.text(field)).unwrap_or(id);
        Resource {
            address,
            type_name: table.type_name.to_string(),
            properties: item.map(fields),
            name: self.name(item, table, id, own),
            existing: false,
            in_no_stack: false,
            origin: item.origin(own),
        }
    }

    /// Adds an item's resource, and what the item is beside it.
    fn add_item(&mut self, table: &Table, id: &str, item: &Item<'n>, resource: Resource) {
        let (address, own) = (resource.address.clone(), resource.origin.name.clone());
        self.resources.insert(address.clone(), resource);
        if table.noun.is_empty() {
            self.ids.insert(id.to_string(), address.clone());
        }
        (table.more)(item, &address, self);
        stacks::tell(item, id, &own, &address, self);
    }

    /// Adds what stands for several items.
    pub fn add(&mut self, local_id: &str, type_name: &str, first: &Item<'n>, properties: Property) -> Address {
        let address: Address = format!("{}/{local_id}", self.stack_of(first)).into();
        let name = local_id.split_once('.').map_or(local_id, |(_, name)| name).to_string();
        let resource = Resource {
            address: address.clone(),
            type_name: type_name.to_string(),
            properties,
            origin: first.origin(&name),
            name,
            existing: false,
            in_no_stack: false,
        };
        self.resources.insert(address.clone(), resource);
        address
    }

    fn stack_of(&self, item: &Item<'n>) -> &'d str {
        self.homes.region_of(item).and_then(|region| self.stacks.get(region)).map_or(NOWHERE, String::as_str)
    }

    /// What somebody called it: in the template that made it, by its Name tag, else its id.
    fn name(&self, item: &Item, table: &Table, id: &str, own: &str) -> String {
        let stacks = &self.answers.asides.stacks;
        let logical = stacks::physical_ids(id, own).find_map(|id| stacks.name_of(&id, table.type_name));
        let logical = logical.or_else(|| item.tag("aws:cloudformation:logical-id"));
        let named = logical.or_else(|| item.tag("Name")).filter(|name| !name.is_empty());
        named.unwrap_or(own).to_string()
    }

    /// Adds a resource that CloudFormation has beside the item's own: an attachment, a route.
    pub fn part<'k>(
        &mut self,
        item: &Item,
        whole: &Address,
        what: &str,
        type_name: &str,
        fields: impl IntoIterator<Item = (&'k str, Property)>,
    ) -> Address {
        let what = what.replace(['/', ' '], "_");
        let address: Address = format!("{whole}.{what}").into();
        let name = self.resources.get(whole).map_or(String::new(), |whole| whole.origin.name.to_string());
        let resource = Resource {
            address: address.clone(),
            type_name: type_name.to_string(),
            properties: item.map(fields),
            origin: item.origin(&name),
            name,
            existing: false,
            in_no_stack: false,
        };
        self.resources.insert(address.clone(), resource);
        address
    }

    pub fn set(&mut self, address: &Address, key: &str, property: Property) {
        if let Some(Value::Map(fields)) = self.resources.get_mut(address).map(|one| &mut one.properties.value) {
            fields.insert(key, property);
        }
    }

    pub fn set_if(&mut self, address: &Address, key: &str, property: Option<Property>) {
        if let Some(property) = property {
            self.set(address, key, property);
        }
    }

    /// Says that no answer describes a resource, and what to call it.
    pub fn only_named(&mut self, address: &Address, name: &str) {
        if let Some(resource) = self.resources.get_mut(address) {
            resource.existing = true;
            resource.name = name.to_string();
        }
    }

    /// Lets a name mean a resource, where names are written as ids are.
    pub fn call(&mut self, name: &str, address: &Address) {
        self.ids.insert(name.to_string(), address.clone());
    }

    pub fn address_of(&self, id: &str) -> Option<Address> {
        self.ids.get(id).cloned()
    }

    pub fn blackhole(&mut self, route: &Item, destination: &str, table: &Address) {
        let Some(table) = self.resources.get(table) else { return };
        let blackhole = Blackhole {
            destination: destination.to_string(),
            table: table.name.clone(),
            origin: Origin::new(table.origin.name.clone(), route.node.place),
        };
        self.blackholes.push(blackhole);
    }

    /// Notes which instances run in a group.
    pub fn list_members(&mut self, item: &Item, address: &Address) {
        let local_id = address.rsplit('/').next().unwrap_or_default();
        self.groups.insert(local_id.to_string(), address.clone());
        let members: BTreeSet<&str> = self.members.of_group(local_id).collect();
        if !members.is_empty() {
            let members = members.into_iter().map(|id| item.property(id)).collect();
            self.set(address, "Instances", item.with(Value::List(members)));
        }
    }

    /// Makes references of all ids in properties that belong to a resource.
    pub fn resolve(&mut self) {
        for (instance, group) in self.members.all() {
            if let Some(address) = self.groups.get(group) {
                self.ids.insert(instance.to_string(), address.clone());
            }
        }
        for interface in self.answers.of(&interfaces::NETWORK_INTERFACE) {
            let ends = (interface.text("NetworkInterfaceId"), interface.text("Attachment.InstanceId"));
            if let (Some(interface), Some(instance)) = ends
                && let Some(address) = self.address_of(instance)
            {
                self.ids.insert(interface.to_string(), address);
            }
        }
        let ids = &self.ids;
        inventory::each(&mut self.resources, |resource| {
            let Value::Map(fields) = &mut resource.properties.value else { return };
            for (_, property) in fields.iter_mut().filter(|(key, _)| !is_words(key)) {
                refer(property, &resource.address, ids);
            }
        });
    }
}

/// Properties that people fill, in which an id is a word like others.
fn is_words(key: &str) -> bool {
    matches!(key, "Tags" | "UserData" | "Description" | "GroupDescription")
}

/// Recursion is bounded by the depth of a document. A resource's own id stays a text.
fn refer(property: &mut Property, own: &Address, ids: &HashMap<String, Address>) {
    match &mut property.value {
        Value::Text(text) => {
            if let Some(to) = ids.get(&**text).filter(|to| *to != own) {
                property.value = Value::Reference { to: to.clone(), attribute: None };
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| refer(item, own, ids)),
        Value::Map(map) => map.values_mut().for_each(|value| refer(value, own, ids)),
        Value::Null | Value::Mixed(_) | Value::Hidden(_) | Value::Later(_) | Value::Reference { .. } => {}
    }
}
