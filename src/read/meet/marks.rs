//! What a resource can be recognised by: its physical id, its block, its names.

use ipnet::IpNet;

use crate::hashing::HashMap;
use crate::inventory::{Address, Inventory, Property, Resource};

/// AWS's limit on a tag's value, in characters; no longer name is an alias.
const NAME_LENGTH: usize = 256;

/// The kinds of things that inputs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Vpc,
    Subnet,
    SecurityGroup,
    Cluster,
}

impl Kind {
    pub fn of(resource: &Resource) -> Option<Kind> {
        match resource.type_name.as_str() {
            "AWS::EC2::VPC" => Some(Kind::Vpc),
            "AWS::EC2::Subnet" => Some(Kind::Subnet),
            "AWS::EC2::SecurityGroup" => Some(Kind::SecurityGroup),
            "AWS::EKS::Cluster" => Some(Kind::Cluster),
            _ => None,
        }
    }

    /// The property that holds the physical id; a cluster's id is its name.
    pub fn id_key(self) -> &'static str {
        match self {
            Kind::Vpc => "VpcId",
            Kind::Subnet => "SubnetId",
            Kind::SecurityGroup => "GroupId",
            Kind::Cluster => "Name",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Kind::Vpc => "VPC",
            Kind::Subnet => "subnet",
            Kind::SecurityGroup => "security group",
            Kind::Cluster => "cluster",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    Id(Kind, String),
    Block(Kind, IpNet),
    Name(Kind, String),
}

pub fn id(resource: &Resource, kind: Kind) -> Option<&str> {
    resource.property(kind.id_key()).and_then(Property::as_text).filter(|id| !id.is_empty())
}

/// The block without host bits, so that 10.0.0.1/16 is 10.0.0.0/16.
pub fn block(resource: &Resource) -> Option<IpNet> {
    let block = resource.property("CidrBlock").and_then(Property::as_text)?;
    block.trim().parse::<IpNet>().ok().map(|block| block.trunc())
}

/// What a named resource is sought by, the strongest first. A name that is only its logical id is no alias.
pub fn of_named(named: &Resource, kind: Kind) -> Vec<Mark> {
    let alias = (named.name != logical_id(named)).then(|| Mark::Name(kind, named.name.clone()));
    let id = id(named, kind).map(|id| Mark::Id(kind, id.to_string()));
    let block = block(named).map(|block| Mark::Block(kind, block));
    id.into_iter().chain(block).chain(alias).collect()
}

fn logical_id(resource: &Resource) -> &str {
    resource.address.rsplit_once('/').map_or(&resource.address, |(_, id)| id)
}

/// The made resources by their marks.
pub struct Index(HashMap<Mark, Vec<Address>>);

impl Index {
    pub fn of(inventory: &Inventory) -> Index {
        let mut index = Index(HashMap::default());
        for made in inventory.resources.values().filter(|resource| !resource.existing) {
            let Some(kind) = Kind::of(made) else { continue };
            if let Some(id) = id(made, kind) {
                index.add_id(kind, id.to_string(), &made.address);
            }
            if let Some(block) = block(made) {
                index.add(Mark::Block(kind, block), &made.address);
            }
            index.add(Mark::Name(kind, logical_id(made).to_string()), &made.address);
            for name in made.tag("Name").and_then(Property::as_text).into_iter().flat_map(endings) {
                index.add(Mark::Name(kind, name.to_string()), &made.address);
            }
        }
        index
    }

    pub fn add_id(&mut self, kind: Kind, id: impl Into<String>, made: &Address) {
        self.add(Mark::Id(kind, id.into()), made);
    }

    pub fn get(&self, mark: &Mark) -> &[Address] {
        self.0.get(mark).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, mark: Mark, made: &Address) {
        let marked = self.0.entry(mark).or_default();
        if !marked.contains(made) {
            marked.push(made.clone());
        }
    }
}

/// A name and what follows each of its separators: `lab-PublicSubnet1` ends in `PublicSubnet1`.
fn endings(name: &str) -> Vec<&str> {
    if name.chars().count() > NAME_LENGTH {
        return Vec::new();
    }
    let starts = name.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, c)| at + c.len_utf8());
    let after = starts.filter_map(|start| name.get(start..)).filter(|ending| ending.len() > 1);
    std::iter::once(name).chain(after).collect()
}
