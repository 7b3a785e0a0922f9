//! What a table says of one kind of items, and the list of all tables.

use super::draft::Draft;
use super::item::Item;
use super::{balancers, computers, databases, eks, interfaces, links, network, security, services};
use crate::inventory::Address;

/// How items of one kind become resources.
pub struct Table {
    /// The command that describes them: `ec2 describe-vpcs`.
    pub command: &'static str,
    /// The keys under which its answers list them, or hold one.
    pub keys: &'static [&'static str],
    /// Fields that together tell an item that stands by itself, in a bare list.
    pub marks: &'static [&'static str],
    /// Fields that tell one item from all others of its kind; the last one is its name.
    pub id: &'static [&'static str],
    /// What stands before ids that are names and not unique over all kinds.
    pub noun: &'static str,
    pub type_name: &'static str,
    pub fields: &'static [Field],
    /// Items that are no more there: a field and its values.
    pub gone: (&'static str, &'static [&'static str]),
    /// Whether an item is drawn at all.
    pub is_kept: fn(&Item, &Draft) -> bool,
    /// What the item is beside a resource: attachments, routes, what other answers say of it.
    pub more: fn(&Item, &Address, &mut Draft),
}

/// Where a property comes from.
pub enum Field {
    /// CloudFormation's name is the API's.
    Same(&'static str),
    /// A path in the item, and CloudFormation's name.
    As(&'static str, &'static str),
    /// As this, with keys that the API begins with small letters.
    Capitalised(&'static str, &'static str),
}

/// What most tables leave out.
pub const PLAIN: Table = Table {
    command: "",
    keys: &[],
    marks: &[],
    id: &[],
    noun: "",
    type_name: "",
    fields: &[],
    gone: ("", &[]),
    is_kept: |_, _| true,
    more: |_, _, _| {},
};

/// All tables; of those whose marks an item has, the first is meant.
pub static TABLES: &[Table] = &[
    network::NAT_GATEWAY,
    computers::INSTANCE,
    interfaces::NETWORK_INTERFACE,
    network::SUBNET,
    network::VPC,
    network::ROUTE_TABLE,
    network::INTERNET_GATEWAY,
    network::EGRESS_ONLY_GATEWAY,
    network::ENDPOINT,
    network::ADDRESS,
    security::GROUP,
    security::RULE,
    links::PEERING,
    links::TRANSIT_GATEWAY_VPC_ATTACHMENT,
    links::TRANSIT_GATEWAY_ATTACHMENT,
    links::TRANSIT_GATEWAY_ROUTE_TABLE,
    links::TRANSIT_GATEWAY,
    links::VPN_CONNECTION,
    links::VPN_GATEWAY,
    links::CUSTOMER_GATEWAY,
    computers::LAUNCH_TEMPLATE,
    computers::LAUNCH_CONFIGURATION,
    computers::AUTO_SCALING_GROUP,
    eks::NODE_GROUP,
    eks::FARGATE_PROFILE,
    eks::ADDON,
    eks::POD_IDENTITY,
    eks::ACCESS_ENTRY,
    eks::CLUSTER,
    balancers::LISTENER,
    balancers::RULE,
    balancers::TARGET_GROUP,
    balancers::LOAD_BALANCER,
    balancers::CLASSIC,
    databases::INSTANCE,
    databases::CLUSTER,
    databases::SUBNET_GROUP,
    databases::CACHE,
    databases::REPLICATION_GROUP,
    databases::CACHE_SUBNET_GROUP,
    services::MOUNT_TARGET,
    services::FILE_SYSTEM,
    services::FUNCTION,
    services::REPOSITORY,
];

impl Table {
    /// The id by which others of its account name an item; `None` for what is no item of this kind.
    pub fn id_of(&self, item: &Item) -> Option<String> {
        let parts: Option<Vec<&str>> = self.id.iter().map(|field| item.text(field)).collect();
        Some(parts?.join("."))
    }

    pub fn is_gone(&self, item: &Item) -> bool {
        let (field, values) = self.gone;
        item.text(field).is_some_and(|value| values.contains(&value))
    }

    pub fn marks(&self, item: &Item) -> bool {
        self.marks.iter().all(|mark| item.node.field(mark).is_some())
    }
}
