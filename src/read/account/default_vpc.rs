//! The default VPC, which every account has in every region: it is left out where nothing stands in it.

use std::collections::BTreeSet;

use super::draft::Draft;
use crate::diag::Diagnostic;
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource, Value};

/// What a VPC has without anybody's use of it.
const FURNITURE: [&str; 12] = [
    "AWS::EC2::VPC",
    "AWS::EC2::VPCCidrBlock",
    "AWS::EC2::Subnet",
    "AWS::EC2::RouteTable",
    "AWS::EC2::Route",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::RDS::DBSubnetGroup",
    "AWS::ElastiCache::SubnetGroup",
];

/// Takes unused default VPCs out, with their furniture, and says so.
pub fn fold(draft: &mut Draft, diagnostics: &mut Vec<Diagnostic>) {
    let defaults: BTreeSet<Address> = std::mem::take(&mut draft.default_vpcs).into_iter().collect();
    if defaults.is_empty() {
        return;
    }
    let homes = homes(draft);
    for (address, resource) in &mut draft.resources {
        // AWS made it, and no stack would hold it.
        resource.in_no_stack &= homes.get(address).is_none_or(|vpc| !defaults.contains(vpc));
    }
    let vpcs = draft.resources.values().filter(|resource| resource.type_name == "AWS::EC2::VPC").count();
    if vpcs == defaults.len() {
        return;
    }
    let mut used: BTreeSet<Address> = BTreeSet::new();
    for resource in draft.resources.values().filter(|resource| !is_furniture(resource)) {
        each_reference(&resource.properties, &mut |to| {
            used.extend(homes.get(to).cloned());
        });
    }
    for vpc in defaults.difference(&used) {
        let Some(name) = draft.resources.get(vpc).map(|vpc| vpc.name.clone()) else { continue };
        draft.resources.retain(|address, resource| !(is_furniture(resource) && (homes.get(address) == Some(vpc))));
        let message = format!("the default VPC {name} is left out: nothing stands in it");
        diagnostics.push(Diagnostic::note("default-vpc", message));
    }
}

fn is_furniture(resource: &Resource) -> bool {
    FURNITURE.contains(&resource.type_name.as_str())
}

/// The VPC of each piece of furniture: the one that it names, or that of something that it names. A gateway names nothing
/// and is named by its attachment.
fn homes(draft: &Draft) -> HashMap<Address, Address> {
    let is_vpc = |address: &Address| draft.resources.get(address).is_some_and(|one| one.type_name == "AWS::EC2::VPC");
    let mut homes: HashMap<Address, Address> = HashMap::default();
    let furniture = || draft.resources.values().filter(|resource| is_furniture(resource));
    for resource in furniture() {
        let vpc = resource.property("VpcId").and_then(Property::as_reference).filter(|vpc| is_vpc(vpc));
        if is_vpc(&resource.address) {
            homes.insert(resource.address.clone(), resource.address.clone());
        } else if let Some(vpc) = vpc {
            homes.insert(resource.address.clone(), vpc.clone());
            if let Some(gateway) = resource.property("InternetGatewayId").and_then(Property::as_reference) {
                homes.insert(gateway.clone(), vpc.clone());
            }
        }
    }
    for resource in furniture().filter(|resource| !homes.contains_key(&resource.address)).collect::<Vec<_>>() {
        let mut home = None;
        each_reference(&resource.properties, &mut |to| home = home.take().or_else(|| homes.get(to).cloned()));
        if let Some(home) = home {
            homes.insert(resource.address.clone(), home);
        }
    }
    homes
}

/// Recursion is bounded by the depth of a document.
fn each_reference(property: &Property, found: &mut impl FnMut(&Address)) {
    match &property.value {
        Value::Reference { to, .. } => found(to),
        Value::List(items) => items.iter().for_each(|item| each_reference(item, found)),
        Value::Map(map) => map.values().for_each(|value| each_reference(value, found)),
        Value::Null | Value::Text(_) | Value::Mixed(_) | Value::Hidden(_) | Value::Later(_) => {}
    }
}
