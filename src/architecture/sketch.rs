//! Small inventories for tests, as a sketch: `"@Vpc"` and `"@Vpc.Attribute"` are references, `"<Name>"` is
//! known only at deployment, all else is text.

use std::sync::Arc;

use serde_json::Value as Json;

use super::{Architecture, Region, model};
use crate::diag::{Diagnostic, FileId, Known, Origin, Place, Span};
use crate::inventory::{Inventory, Property, Resource, Stack, Value};

pub type Row<'s> = (&'s str, &'s str, &'s str);

/// An inventory of one stack, `lab`, from rows of logical id, type and properties.
pub fn sketch(rows: &[Row]) -> Inventory {
    let mut inventory = Inventory::default();
    inventory.stacks.push(Stack { name: "lab".into(), region: None, account: None });
    add(&mut inventory, "lab", rows);
    inventory
}

/// Adds the rows as resources of another stack.
pub fn add(inventory: &mut Inventory, stack: &str, rows: &[Row]) {
    if inventory.stacks.iter().all(|known| known.name != stack) {
        inventory.stacks.push(Stack { name: stack.into(), region: None, account: None });
    }
    for (id, type_name, properties) in rows {
        let json: Json = serde_json::from_str(properties).expect("a sketch is JSON");
        // A place of its own for each resource, so that tests can tell origins apart.
        let start = inventory.resources.len() as u32;
        let place = Place { file: FileId(0), span: Span { start, end: start + 1 } };
        let resource = Resource {
            address: format!("{stack}/{id}").into(),
            type_name: type_name.to_string(),
            properties: property(&json, stack, place),
            name: id.to_string(),
            existing: false,
            in_no_stack: false,
            origin: Origin::new(*id, place),
        };
        inventory.resources.insert(Arc::clone(&resource.address), resource);
    }
}

fn property(json: &Json, stack: &str, place: Place) -> Property {
    let value = match json {
        Json::Null => Value::Null,
        Json::String(text) => scalar(text, stack),
        Json::Bool(_) | Json::Number(_) => Value::Text(json.to_string().into()),
        Json::Array(items) => Value::List(items.iter().map(|item| property(item, stack, place)).collect()),
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| (key.as_str(), property(value, stack, place)));
            Value::Map(entries.collect())
        }
    };
    Property { value, place }
}

fn scalar(text: &str, stack: &str) -> Value {
    if let Some(name) = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
        return Value::Later(name.to_string());
    }
    let Some(target) = text.strip_prefix('@') else { return Value::Text(text.into()) };
    let (id, attribute) = match target.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute.to_string())),
        None => (target, None),
    };
    let to = if id.contains('/') { id.to_string() } else { format!("{stack}/{id}") };
    Value::Reference { to: to.into(), attribute }
}

/// The architecture of a sketch, and what was said about it.
pub fn drawn(inventory: &Inventory) -> (Architecture, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let architecture = model(inventory, &mut diagnostics);
    (architecture, diagnostics)
}

/// The only region of a sketch.
pub fn region(rows: &[Row]) -> Region {
    let (mut architecture, _) = drawn(&sketch(rows));
    assert_eq!(architecture.regions.len(), 1, "a sketch is one region");
    architecture.regions.remove(0)
}

pub fn later(name: &str) -> Known<String> {
    Known::Later(name.into())
}

/// A VPC with an internet gateway, a public subnet with a NAT gateway in the first zone, and a private subnet
/// in each of two zones whose table leads to that NAT gateway.
pub const NETWORK: &[Row] = &[
    ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#),
    ("Igw", "AWS::EC2::InternetGateway", "{}"),
    ("Attachment", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "InternetGatewayId": "@Igw"}"#),
    (
        "Public",
        "AWS::EC2::Subnet",
        r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a",
            "MapPublicIpOnLaunch": true}"#,
    ),
    (
        "PrivateA",
        "AWS::EC2::Subnet",
        r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"}"#,
    ),
    (
        "PrivateB",
        "AWS::EC2::Subnet",
        r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "eu-west-1b"}"#,
    ),
    ("Nat", "AWS::EC2::NatGateway", r#"{"SubnetId": "@Public", "AllocationId": "@Eip.AllocationId"}"#),
    ("Eip", "AWS::EC2::EIP", "{}"),
    ("PublicTable", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
    (
        "PublicRoute",
        "AWS::EC2::Route",
        r#"{"RouteTableId": "@PublicTable", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Igw"}"#,
    ),
    (
        "PublicLink",
        "AWS::EC2::SubnetRouteTableAssociation",
        r#"{"SubnetId": "@Public", "RouteTableId": "@PublicTable"}"#,
    ),
    ("PrivateTable", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
    (
        "PrivateRoute",
        "AWS::EC2::Route",
        r#"{"RouteTableId": "@PrivateTable", "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "@Nat"}"#,
    ),
    ("LinkA", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@PrivateA", "RouteTableId": "@PrivateTable"}"#),
    ("LinkB", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@PrivateB", "RouteTableId": "@PrivateTable"}"#),
];

/// [`NETWORK`] with more rows.
pub fn network_and(rows: &[Row]) -> Inventory {
    let mut inventory = sketch(NETWORK);
    add(&mut inventory, "lab", rows);
    inventory
}
