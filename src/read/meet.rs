//! Where several inputs speak of one thing: what one input makes and another only names becomes one resource.
//!
//! A ClusterConfig names a VPC, subnets and security groups by physical id, by block or by alias; a template
//! makes them. After this, whatever referred to the named one refers to the made one, which has learnt what
//! only the other knew: its id, its zone, its stack's region. Nothing is guessed: where two made ones would
//! do, both stay apart from the named one and a warning says so. What met nothing stays as it is.

mod literals;
mod marks;
#[cfg(test)]
mod tests;

use crate::diag::{Diagnostic, Known};
use crate::hashing::HashMap;
use crate::inventory::{Address, Inventory, Property, Resource, Value};

use marks::{Index, Kind};

/// What one round learns (an id, the VPC of a subnet) the next one uses; no chain is longer in practice.
const ROUNDS: usize = 3;

/// Joins the resources of several inputs, in place. A run of one input is left as it is but for literal ids.
pub fn meet(inventory: &mut Inventory, diagnostics: &mut Vec<Diagnostic>) {
    literals::resolve(inventory);
    let pending: Vec<Address> =
        inventory.resources.values().filter(|r| is_named_only(r)).map(|r| r.address.clone()).collect();
    if pending.is_empty() {
        return;
    }
    let index = Index::of(inventory);
    let mut meeting = Meeting { inventory, index, same: HashMap::default() };
    for _ in 0..ROUNDS {
        // VPCs first: a VPC that met says where its subnets are to be sought.
        for kind in [Kind::Vpc, Kind::Subnet, Kind::SecurityGroup, Kind::Cluster] {
            meeting.round(kind, &pending);
        }
    }
    meeting.warn_of_the_ambiguous(&pending, diagnostics);
    let same = meeting.join_the_named(&pending);
    literals::redirect(inventory, &same);
    inventory.resources.retain(|address, _| !same.contains_key(address));
    // Ids that two inputs named had two owners before.
    literals::resolve(inventory);
}

fn is_named_only(resource: &Resource) -> bool {
    resource.existing && Kind::of(resource).is_some()
}

/// The stack of an address.
fn stack_of(address: &str) -> &str {
    address.split('/').next().unwrap_or(address)
}

struct Meeting<'i> {
    inventory: &'i mut Inventory,
    index: Index,
    /// Named ones with the made ones that they are.
    same: HashMap<Address, Address>,
}

impl Meeting<'_> {
    fn round(&mut self, kind: Kind, pending: &[Address]) {
        for address in pending {
            if self.same.contains_key(address) {
                continue;
            }
            let Some(named) = self.inventory.resources.get(address) else { continue };
            if Kind::of(named) != Some(kind) {
                continue;
            }
            let mut candidates = self.candidates(named, kind);
            if kind == Kind::Vpc && candidates.len() != 1 {
                let mut holders = self.holders_of_its_subnets(address, pending);
                holders.retain(|holder| self.may_be(named, holder, kind));
                if holders.len() == 1 {
                    candidates = holders;
                }
            }
            if let [made] = candidates.as_slice() {
                let made = made.clone();
                self.join(address, &made, kind);
            }
        }
    }

    /// The made resources that the named one may be, by the strongest mark that they share.
    fn candidates(&self, named: &Resource, kind: Kind) -> Vec<Address> {
        for mark in marks::of_named(named, kind) {
            let found = self.index.get(&mark).iter();
            let found: Vec<Address> = found.filter(|made| self.may_be(named, made, kind)).cloned().collect();
            match found.len() {
                0 => continue,
                1 => return found,
                _ => return self.narrowed(named, found),
            }
        }
        Vec::new()
    }

    /// Of several, the one that is where the named one is said to be: in its zone, giving public addresses
    /// or not as it does. Several, if that decides nothing.
    fn narrowed(&self, named: &Resource, found: Vec<Address>) -> Vec<Address> {
        let mut left = found;
        for key in ["AvailabilityZone", "MapPublicIpOnLaunch"] {
            let said = |resource: &Resource| resource.property(key).and_then(Property::as_text).map(str::to_lowercase);
            let wanted = said(named);
            if key == "AvailabilityZone" && wanted.is_none() {
                continue;
            }
            let agrees = |made: &&Address| self.inventory.resources.get(*made).is_some_and(|made| said(made) == wanted);
            let agreeing: Vec<Address> = left.iter().filter(agrees).cloned().collect();
            if !agreeing.is_empty() {
                left = agreeing;
            }
        }
        left
    }

    /// Whether nothing that both say contradicts it.
    fn may_be(&self, named: &Resource, made: &Address, kind: Kind) -> bool {
        let Some(made) = self.inventory.resources.get(made) else { return false };
        if made.type_name != named.type_name || stack_of(&made.address) == stack_of(&named.address) {
            return false;
        }
        if let (Some(one), Some(other)) = (marks::id(named, kind), marks::id(made, kind)) {
            return one == other;
        }
        if let (Some(one), Some(other)) = (marks::block(named), marks::block(made))
            && one != other
        {
            return false;
        }
        let vpc_of = |resource: &Resource| resource.property("VpcId").and_then(Property::as_reference).cloned();
        match (vpc_of(named).and_then(|vpc| self.same.get(&vpc).cloned()), vpc_of(made)) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => true,
        }
    }

    /// The made VPCs that hold the made subnets that subnets of this named VPC met.
    fn holders_of_its_subnets(&self, vpc: &Address, pending: &[Address]) -> Vec<Address> {
        let vpc_of = |subnet: &Address| {
            let subnet = self.inventory.resources.get(subnet)?;
            subnet.property("VpcId").and_then(Property::as_reference)
        };
        let mut holders: Vec<Address> = Vec::new();
        for subnet in pending.iter().filter(|subnet| vpc_of(subnet) == Some(vpc)) {
            let holder = self.same.get(subnet).and_then(vpc_of);
            if let Some(holder) = holder.filter(|holder| !holders.contains(*holder)) {
                holders.push(holder.clone());
            }
        }
        holders
    }

    /// Notes that they are one, and tells the made one what only the named one knew.
    fn join(&mut self, named: &Address, made: &Address, kind: Kind) {
        self.same.insert(named.clone(), made.clone());
        let Some(known) = self.inventory.resources.get(named) else { return };
        let learnt = |key: &'static str| Some((key, known.property(key).filter(|p| p.as_text().is_some())?.clone()));
        let facts = [learnt(kind.id_key()), learnt("AvailabilityZone"), learnt("CidrBlock")];
        if let Some(id) = marks::id(known, kind) {
            self.index.add_id(kind, id, made);
        }
        for (key, value) in facts.into_iter().flatten() {
            let before = self.learn(made, key, &value);
            if let (Some(Value::Later(ordinal)), Some(zone)) = (before, value.as_text()) {
                self.name_zone(stack_of(made), &ordinal, zone);
            }
        }
        self.share_region(stack_of(named), stack_of(made));
    }

    /// Sets a property that is not known yet; returns what stood there before.
    fn learn(&mut self, made: &Address, key: &str, value: &Property) -> Option<Value> {
        let Value::Map(fields) = &mut self.inventory.resources.get_mut(made)?.properties.value else { return None };
        match fields.get(key) {
            Some(property) if matches!(property.value, Value::Later(_)) => {
                fields.insert(key.to_string(), value.clone()).map(|before| before.value)
            }
            Some(_) => None,
            None => {
                fields.insert(key.to_string(), value.clone());
                None
            }
        }
    }

    /// The n-th zone of a region is one zone, whoever stands in it: names it for the whole stack.
    fn name_zone(&mut self, stack: &str, ordinal: &str, zone: &str) {
        if !ordinal.starts_with("AZ ") {
            return;
        }
        for resource in self.inventory.resources.values_mut().filter(|r| stack_of(&r.address) == stack) {
            let Value::Map(fields) = &mut resource.properties.value else { continue };
            let Some(property) = fields.get_mut("AvailabilityZone") else { continue };
            if property.value == Value::Later(ordinal.to_string()) {
                property.value = Value::Text(zone.into());
            }
        }
    }

    /// Two stacks that share a thing are in one region.
    fn share_region(&mut self, one: &str, other: &str) {
        let region = |stack: &str| {
            let mut stacks = self.inventory.stacks.iter();
            stacks.find(|s| s.name == stack).and_then(|s| s.region.as_ref()?.yes().cloned())
        };
        let (region, stack) = match (region(one), region(other)) {
            (Some(region), None) => (region, other),
            (None, Some(region)) => (region, one),
            (Some(_), Some(_)) | (None, None) => return,
        };
        if let Some(stack) = self.inventory.stacks.iter_mut().find(|s| s.name == stack) {
            stack.region = Some(Known::Yes(region));
        }
    }

    fn warn_of_the_ambiguous(&self, pending: &[Address], diagnostics: &mut Vec<Diagnostic>) {
        for address in pending.iter().filter(|address| !self.same.contains_key(*address)) {
            let Some(named) = self.inventory.resources.get(address) else { continue };
            let Some(kind) = Kind::of(named) else { continue };
            let candidates = self.candidates(named, kind);
            if candidates.len() < 2 {
                continue;
            }
            let message =
                format!("{} `{}` may be any of {} that other inputs make", kind.word(), named.name, candidates.len());
            let hint = format!("give its id, its block, or an alias that ends one `Name` tag only ({})", kind.id_key());
            let mut diagnostic = Diagnostic::warning("ambiguous-match", message).at(named.origin.clone()).hint(hint);
            for made in candidates.iter().filter_map(|made| self.inventory.resources.get(made)) {
                diagnostic = diagnostic.related("may be this one", made.origin.clone());
            }
            diagnostics.push(diagnostic);
        }
    }

    /// Named ones of several inputs with one physical id are one; within an input an id may be a placeholder.
    fn join_the_named(mut self, pending: &[Address]) -> HashMap<Address, Address> {
        let mut first: HashMap<(Kind, String), Address> = HashMap::default();
        for address in pending.iter().filter(|address| !self.same.contains_key(*address)).cloned().collect::<Vec<_>>() {
            let Some(named) = self.inventory.resources.get(&address) else { continue };
            let Some(kind) = Kind::of(named) else { continue };
            let Some(id) = marks::id(named, kind) else { continue };
            match first.get(&(kind, id.to_string())).cloned() {
                None => {
                    first.insert((kind, id.to_string()), address);
                }
                Some(other) if stack_of(&other) != stack_of(&address) => self.join(&address, &other, kind),
                Some(_) => {}
            }
        }
        self.same
    }
}
