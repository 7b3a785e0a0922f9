//! Finding the resource that a property means: by reference, or by the name that both sides write.

use crate::hashing::HashMap;
use crate::inventory::{Inventory, Property, Resource, Value};

/// Types that other resources name by text as often as by reference, and the property that holds the name.
const NAMED: [(&str, &str); 8] = [
    ("AWS::AutoScaling::LaunchConfiguration", "LaunchConfigurationName"),
    ("AWS::DocDB::DBSubnetGroup", "DBSubnetGroupName"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateName"),
    ("AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName"),
    ("AWS::Neptune::DBSubnetGroup", "DBSubnetGroupName"),
    ("AWS::RDS::DBCluster", "DBClusterIdentifier"),
    ("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"),
    ("AWS::Redshift::ClusterSubnetGroup", "ClusterSubnetGroupName"),
];

/// The inventory, with what is looked up by name.
pub struct Lookup<'a> {
    pub inventory: &'a Inventory,
    named: HashMap<(&'static str, String), &'a Resource>,
}

impl<'a> Lookup<'a> {
    pub fn new(inventory: &'a Inventory) -> Lookup<'a> {
        let name_property: HashMap<&str, (&'static str, &'static str)> =
            NAMED.iter().map(|&(type_name, key)| (type_name, (type_name, key))).collect();
        let mut named: HashMap<(&'static str, String), &'a Resource> = HashMap::default();
        for resource in inventory.resources.values() {
            let Some(&(type_name, key)) = name_property.get(resource.type_name.as_str()) else { continue };
            let Some(name) = resource.property(key).and_then(Property::shown) else { continue };
            let first = named.entry((type_name, name)).or_insert(resource);
            if resource.address < first.address {
                *first = resource;
            }
        }
        Lookup { inventory, named }
    }

    pub fn resource(&self, address: &str) -> Option<&'a Resource> {
        self.inventory.resources.get(address)
    }

    /// The resource of this type that the property refers to or calls by its name.
    pub fn referred(&self, property: &Property, type_name: &'static str) -> Option<&'a Resource> {
        match property.as_reference() {
            Some(address) => self.resource(address).filter(|resource| resource.type_name == type_name),
            None => self.named.get(&(type_name, property.shown()?)).copied(),
        }
    }

    /// The properties of the resource that `property` refers to, whatever its type.
    pub fn behind(&self, property: &Property) -> Option<&'a Resource> {
        match &property.value {
            Value::Reference { to, .. } => self.resource(to),
            Value::Null
            | Value::Text(_)
            | Value::Mixed(_)
            | Value::Hidden(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Later(_) => None,
        }
    }
}
