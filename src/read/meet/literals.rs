//! Ids written out in properties, and references to what has become another resource.

use crate::hashing::HashMap;
use crate::inventory::{self, Address, Inventory, Property, Value};

use super::marks::{self, Kind};

/// Makes a reference of every id, and of every `ClusterName`, that belongs to one resource alone.
///
/// A resource's own id stays a text: it is what the others are recognised by.
pub fn resolve(inventory: &mut Inventory) {
    let owners = Owners::of(inventory);
    if owners.of_ids.is_empty() && owners.of_clusters.is_empty() {
        return;
    }
    inventory::each(&mut inventory.resources, |resource| {
        let own_key = Kind::of(resource).map(Kind::id_key);
        let Value::Map(fields) = &mut resource.properties.value else { return };
        for (key, property) in fields.iter_mut().filter(|(key, _)| Some(&***key) != own_key) {
            let names = if &**key == "ClusterName" { &owners.of_clusters } else { &owners.of_ids };
            for_each_leaf(property, &mut |leaf| refer(leaf, names));
        }
    });
}

/// Lets every reference to a key of `same` lead to its value.
pub fn redirect(inventory: &mut Inventory, same: &HashMap<Address, Address>) {
    for resource in inventory.resources.values_mut() {
        for_each_leaf(&mut resource.properties, &mut |leaf| {
            if let Value::Reference { to, .. } = &mut leaf.value
                && let Some(made) = same.get(to)
            {
                *to = made.clone();
            }
        });
    }
}

/// Physical ids and cluster names with the one resource of each; `None` where several share one.
#[derive(Default)]
struct Owners {
    of_ids: HashMap<String, Option<Address>>,
    of_clusters: HashMap<String, Option<Address>>,
}

impl Owners {
    fn of(inventory: &Inventory) -> Owners {
        let mut owners = Owners::default();
        for resource in inventory.resources.values() {
            let Some(kind) = Kind::of(resource) else { continue };
            let Some(id) = marks::id(resource, kind) else { continue };
            let names = match kind {
                Kind::Vpc | Kind::Subnet | Kind::SecurityGroup => &mut owners.of_ids,
                Kind::Cluster => &mut owners.of_clusters,
            };
            let owner = names.entry(id.to_string());
            owner.and_modify(|owner| *owner = None).or_insert_with(|| Some(resource.address.clone()));
        }
        owners
    }
}

fn refer(leaf: &mut Property, names: &HashMap<String, Option<Address>>) {
    if let Some(Some(to)) = leaf.as_text().and_then(|text| names.get(text)) {
        leaf.value = Value::Reference { to: to.clone(), attribute: None };
    }
}

/// Recursion is bounded by the depth of what the readers made.
fn for_each_leaf(property: &mut Property, visit: &mut impl FnMut(&mut Property)) {
    if let Value::List(items) = &mut property.value {
        items.iter_mut().for_each(|item| for_each_leaf(item, visit));
    } else if let Value::Map(map) = &mut property.value {
        map.values_mut().for_each(|value| for_each_leaf(value, visit));
    } else {
        visit(property);
    }
}
