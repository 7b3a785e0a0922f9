//! What a property means: a resource of the input, or something that the input only names.

use super::names;
use crate::diag::Origin;
use crate::inventory::{Address, Property, Resource, Value};
use crate::kinds::Lookup;

#[derive(Clone, Debug)]
pub enum Target<'a> {
    Inside(&'a Resource),
    Outside(Outside),
}

/// A name without a resource: a parameter, an import, a literal id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// `<VpcId>`, `subnet-0123`.
    pub shown: String,
    pub extent: Extent,
    pub origin: Origin,
}

/// How many things a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    One,
    /// A list whose length is known only at deployment.
    Many,
}

impl Target<'_> {
    /// The address of the thing, in the input or not: what is named the same is the same.
    pub fn address(&self, noun: &str) -> Address {
        match self {
            Target::Inside(resource) => resource.address.clone(),
            Target::Outside(outside) => external_address(noun, &outside.shown),
        }
    }

    pub fn shown(&self) -> String {
        match self {
            Target::Inside(resource) => names::name(resource),
            Target::Outside(outside) => outside.shown.clone(),
        }
    }
}

/// The address of a thing that the input only names. Three parts, so that it is no stack's.
pub fn external_address(noun: &str, shown: &str) -> Address {
    format!("external/{noun}/{shown}").into()
}

/// Attributes are followed through other resources (`GetAtt SecurityGroup.VpcId`) at most this often.
const HOPS: usize = 4;

/// The resource of type `type_name` that a property of `owner` means.
pub fn one<'a>(lookup: &Lookup<'a>, owner: &Resource, property: &'a Property, type_name: &str) -> Option<Target<'a>> {
    resolve(lookup, owner, property, type_name, Extent::One)
}

/// All that the properties name: lists, lists in lists, and comma-separated text are taken apart. A value that
/// is known only later and stands where a list is expected counts as many.
pub fn all<'a>(
    lookup: &Lookup<'a>,
    owner: &Resource,
    properties: &[&'a Property],
    type_name: &str,
    extent: Extent,
) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    for property in properties {
        match &property.value {
            Value::List(items) => {
                let items: Vec<&Property> = items.iter().collect();
                targets.extend(all(lookup, owner, &items, type_name, Extent::One));
            }
            Value::Text(text) | Value::Mixed(text) if text.contains(',') => {
                let pieces = text.split(',').map(str::trim).filter(|piece| !piece.is_empty());
                targets.extend(pieces.map(|piece| piece_of_text(lookup, owner, property, piece, type_name)));
            }
            _ => targets.extend(resolve(lookup, owner, property, type_name, extent)),
        }
    }
    targets
}

fn resolve<'a>(
    lookup: &Lookup<'a>,
    owner: &Resource,
    property: &'a Property,
    type_name: &str,
    extent: Extent,
) -> Option<Target<'a>> {
    let mut property = property;
    for _ in 0..HOPS {
        let Value::Reference { to, attribute } = &property.value else { break };
        let Some(resource) = lookup.resource(to) else { break };
        if resource.type_name == type_name {
            return Some(Target::Inside(resource));
        }
        match attribute.as_deref().and_then(|attribute| resource.property(attribute)) {
            Some(next) => property = next,
            None => break,
        }
    }
    let shown = property.shown()?.trim().to_string();
    if shown.is_empty() {
        return None;
    }
    if let Value::Text(text) | Value::Mixed(text) = &property.value {
        return Some(piece_of_text(lookup, owner, property, text.trim(), type_name));
    }
    Some(Target::Outside(Outside { shown, extent, origin: names::origin_in(owner, property.place) }))
}

/// A piece of a text that a reader could only join: `<Subnet>` may still be a resource of the same stack.
fn piece_of_text<'a>(
    lookup: &Lookup<'a>,
    owner: &Resource,
    property: &Property,
    piece: &str,
    type_name: &str,
) -> Target<'a> {
    let resource = piece.strip_prefix('<').and_then(|piece| piece.strip_suffix('>')).and_then(|id| {
        let address = format!("{}/{id}", super::regions::stack_of(&owner.address));
        lookup.resource(&address).filter(|resource| resource.type_name == type_name)
    });
    resource.map(Target::Inside).unwrap_or_else(|| {
        Target::Outside(Outside {
            shown: piece.to_string(),
            extent: Extent::One,
            origin: names::origin_in(owner, property.place),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::sketch;

    fn shown(properties: &str) -> Vec<String> {
        let inventory = sketch(&[
            ("A", "AWS::EC2::Subnet", "{}"),
            ("B", "AWS::EC2::Subnet", "{}"),
            ("Group", "AWS::AutoScaling::AutoScalingGroup", properties),
        ]);
        let lookup = Lookup::new(&inventory);
        let owner = &inventory.resources["lab/Group"];
        let subnets = owner.property("Subnets").unwrap();
        all(&lookup, owner, &[subnets], "AWS::EC2::Subnet", Extent::Many)
            .iter()
            .map(|target| target.address("subnet").to_string())
            .collect()
    }

    #[test]
    fn subnets_may_be_joined_by_commas() {
        assert_eq!(shown(r#"{"Subnets": "<A>, subnet-1,"}"#), ["lab/A", "external/subnet/subnet-1"]);
    }

    #[test]
    fn a_list_may_mix_references_and_parameters() {
        assert_eq!(shown(r#"{"Subnets": ["@B", ["<Other>"]]}"#), ["lab/B", "external/subnet/<Other>"]);
    }

    #[test]
    fn a_parameter_in_place_of_a_list_stands_for_many() {
        let inventory = sketch(&[("Group", "T", r#"{"Subnets": "<Subnets>", "Listed": ["<Subnet>"]}"#)]);
        let lookup = Lookup::new(&inventory);
        let owner = &inventory.resources["lab/Group"];
        let extent = |key| match all(&lookup, owner, &[owner.property(key).unwrap()], "S", Extent::Many).remove(0) {
            Target::Outside(outside) => outside.extent,
            Target::Inside(_) => panic!("no such resource"),
        };
        assert_eq!((extent("Subnets"), extent("Listed")), (Extent::Many, Extent::One));
    }

    #[test]
    fn a_vpc_is_found_through_the_attribute_of_another_resource() {
        let inventory = sketch(&[
            ("Vpc", "AWS::EC2::VPC", "{}"),
            ("Group", "AWS::EC2::SecurityGroup", r#"{"VpcId": "@Vpc"}"#),
            ("Other", "AWS::EC2::SecurityGroup", r#"{"VpcId": "@Group.VpcId"}"#),
        ]);
        let lookup = Lookup::new(&inventory);
        let owner = &inventory.resources["lab/Other"];
        let target = one(&lookup, owner, owner.property("VpcId").unwrap(), "AWS::EC2::VPC").unwrap();
        assert_eq!(&*target.address("vpc"), "lab/Vpc");
    }
}
