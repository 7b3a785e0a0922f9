//! Two states of one network: what is added, removed and changed, and both as one architecture to be drawn.
//!
//! What *is* is what should be or will be: a template, the later of two. What *was* is what is there or used to be: the
//! account, the earlier one. Compared is what the model understands of both, so that a route that changed shows as
//! a tier, and a setting that draws nothing is no difference. Where a side does not say something, or only a deployment
//! knows it, there is no difference; docs/drift.md says what counts.

mod entries;
mod facts;
mod same;
mod scope;
mod union;
mod zones;

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{self, Architecture, Identity, Path, PathKind, Stop};
use crate::diag::Origin;
use crate::inventory::{Address, Inventory};
use crate::kinds::Kind;
pub use crate::look::Sign;
use entries::{Any, Entry};
use facts::{Told, Witness};
use same::Same;
use scope::Scope;

/// One state, as it was read and understood.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub inventory: &'a Inventory,
    pub architecture: &'a Architecture,
}

impl Side<'_> {
    fn is_account(&self) -> bool {
        self.inventory.asked.is_some()
    }

    /// What a thing is called, without what its stack is called: to the reader, a template's stack is called as its file.
    fn name(&self, identity: &Identity) -> String {
        let name = identity.whole_name();
        let stack = identity.address.split('/').next().filter(|stack| !self.is_account() && !stack.is_empty());
        let around = stack.and_then(|stack| name.split_once(stack)).filter(|(before, after)| {
            let is_whole = |next: Option<char>| next.is_none_or(|c| !c.is_alphanumeric());
            (*before, *after) != ("", "") && is_whole(before.chars().next_back()) && is_whole(after.chars().next())
        });
        around.map_or_else(|| name.to_string(), |(before, after)| format!("{before}<AWS::StackName>{after}"))
    }

    /// Whether what is not there is known not to be.
    fn was_asked(&self, type_name: &str) -> bool {
        self.inventory.asked.as_ref().is_none_or(|types| types.contains(type_name))
    }
}

/// What differs, and everything that is or was.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// In the order of the architecture.
    pub changes: Vec<Change>,
    pub architecture: Architecture,
    /// By their addresses in the architecture: things of the changes, and what follows from them.
    pub signs: BTreeMap<Address, Sign>,
    /// Ways that are new, or are no more.
    pub paths: BTreeMap<(PathKind, Vec<Stop>), Sign>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub sign: Sign,
    /// `subnet`, `managed node group`.
    pub noun: String,
    pub name: String,
    /// Where it stands: `VPC lab`, `subnet public-a`.
    pub place: Option<String>,
    /// The VPC that it is in.
    pub vpc: Option<Address>,
    /// In the drift's architecture.
    pub address: Address,
    /// What is said of it otherwise than before; of a thing that is added or removed, nothing.
    pub facts: Vec<Otherwise>,
    /// Where it is said to be, and where it was.
    pub is: Option<Origin>,
    pub was: Option<Origin>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    pub fact: &'static str,
    /// `None` where it was not said.
    pub was: Option<String>,
    pub is: Option<String>,
}

/// Linear in what both sides hold, but for the logarithm of maps.
pub fn compare(is: Side, was: Side) -> Drift {
    let (entries, past) = (entries::of(is.architecture), entries::of(was.architecture));
    let same = same::find(is, was, &entries, &past);
    let names = Names::of(&entries, &past, &same);
    let mut there = was.architecture.clone();
    architecture::rename(&mut there, &|address| names.of_was(address));
    zones::translate(&mut there, is.architecture);

    let gone = gone(is, was, &entries, &past, &same, &names);
    let added = added(is, was, &entries, &past, &same);
    let renamed = entries::of(&there);
    let changed = changed(is, was, &entries, &renamed, &names);
    let moved: BTreeMap<Address, Address> = changed
        .iter()
        .filter(|(_, (_, facts))| facts.iter().any(|fact| matches!(fact.fact, "subnet" | "subnets")))
        .map(|(address, _)| (address.clone(), names.fresh(address)))
        .collect();

    let mut architecture = union::merge(is.architecture, there.clone(), &union::Past { gone: &gone, moved: &moved });
    let mut signs: BTreeMap<Address, Sign> = BTreeMap::new();
    signs.extend(gone.iter().map(|address| (address.clone(), Sign::Removed)));
    signs.extend(moved.values().map(|address| (address.clone(), Sign::Removed)));
    signs.extend(added.iter().map(|address| (address.clone(), Sign::Added)));
    signs.extend(changed.keys().map(|address| (address.clone(), Sign::Changed)));
    let changes = changes(&architecture, &signs, changed, &moved);
    follow(&architecture, &mut signs);
    let paths = paths(is.architecture, &there, &mut architecture, &signs, &moved);
    Drift { changes, architecture, signs, paths }
}

/// Under which address each thing goes.
struct Names {
    /// What is.
    is: BTreeSet<Address>,
    /// Things that were, by their own addresses.
    was: BTreeMap<Address, Address>,
    /// The other way round.
    own: BTreeMap<Address, Address>,
}

impl Names {
    fn of(entries: &[Entry], past: &[Entry], same: &Same) -> Names {
        let is = entries.iter().map(|entry| entry.identity.address.clone()).collect();
        let mut names = Names { is, was: same.clone(), own: BTreeMap::new() };
        for address in past.iter().map(|entry| &entry.identity.address) {
            if !names.was.contains_key(address) {
                let new = if names.is.contains(address) { names.fresh(address) } else { address.clone() };
                names.was.insert(address.clone(), new);
            }
        }
        names.own = names.was.iter().map(|(was, new)| (new.clone(), was.clone())).collect();
        names
    }

    /// The address of what was; what belongs to a thing is called after it.
    fn of_was(&self, address: &Address) -> Address {
        if let Some(new) = self.was.get(address) {
            return new.clone();
        }
        let second = address.match_indices('/').nth(1).map(|(at, _)| address.split_at(at));
        match second.and_then(|(owner, rest)| Some((self.was.get(owner)?, rest))) {
            Some((owner, rest)) => format!("{owner}{rest}").into(),
            None => address.clone(),
        }
    }

    /// An address that nothing has, for another thing of the same name.
    fn fresh(&self, address: &Address) -> Address {
        let (stack, id) = address.split_once('/').unwrap_or((address, ""));
        let mut stack = format!("{stack}~");
        while self.is.contains(&*format!("{stack}/{id}")) {
            stack.push('~');
        }
        format!("{stack}/{id}").into()
    }
}

/// What was and is no more, by the drift's addresses.
fn gone(is: Side, was: Side, entries: &[Entry], past: &[Entry], same: &Same, names: &Names) -> BTreeSet<Address> {
    let made: BTreeMap<&Address, bool> = makes(entries);
    let met = same.iter().filter_map(|(was, is)| Some((was, *made.get(is)?))).collect();
    let scope = Scope { side: was, other: is, met };
    let left = past.iter().filter(|entry| !same.contains_key(&entry.identity.address) && scope.holds(entry));
    left.map(|entry| names.of_was(&entry.identity.address)).collect()
}

/// What is and was not.
fn added(is: Side, was: Side, entries: &[Entry], past: &[Entry], same: &Same) -> BTreeSet<Address> {
    let made: BTreeMap<&Address, bool> = makes(past);
    let met: BTreeMap<&Address, bool> = same.iter().filter_map(|(was, is)| Some((is, *made.get(was)?))).collect();
    let scope = Scope { side: is, other: was, met };
    let new = entries.iter().filter(|entry| !scope.met.contains_key(&entry.identity.address) && scope.holds(entry));
    new.map(|entry| entry.identity.address.clone()).collect()
}

/// Whether a side makes its things, or only names them.
fn makes<'e>(entries: &'e [Entry]) -> BTreeMap<&'e Address, bool> {
    entries.iter().map(|entry| (&entry.identity.address, !entry.identity.external)).collect()
}

type Changed = BTreeMap<Address, (Option<Origin>, Vec<Otherwise>)>;

/// What is said otherwise of things that are on both sides, and where it was said.
fn changed(is: Side, was: Side, entries: &[Entry], past: &[Entry], names: &Names) -> Changed {
    let own = |address: &Address| names.own.get(address).unwrap_or(address).clone();
    let now = Witness { side: is, other: was, names: called(entries), own: &Address::clone };
    let then = Witness { side: was, other: is, names: called(past), own: &own };
    let past: BTreeMap<&Address, &Entry> = past.iter().map(|entry| (&entry.identity.address, entry)).collect();
    let is_of_one_nature = is.is_account() == was.is_account();
    let mut changed = Changed::new();
    for entry in entries {
        let Some(before) = past.get(&entry.identity.address) else { continue };
        let pairs = now.facts(entry).into_iter().zip(then.facts(before));
        let facts: Vec<Otherwise> =
            pairs.filter_map(|((fact, is), (_, was))| otherwise(fact, was, is, is_of_one_nature)).collect();
        if !facts.is_empty() {
            changed.insert(entry.identity.address.clone(), (Some(before.identity.origin.clone()), facts));
        }
    }
    changed
}

fn called<'e>(entries: &'e [Entry]) -> BTreeMap<&'e Address, String> {
    entries.iter().map(|entry| (&entry.identity.address, entry.identity.name.clone())).collect()
}

/// `None` where both agree, where one waits for its deployment, or where a template and an account are not equally
/// talkative.
fn otherwise(fact: &'static str, was: Told, is: Told, is_of_one_nature: bool) -> Option<Otherwise> {
    match (was, is) {
        (Told::This { key: a, .. }, Told::This { key: b, .. }) if a == b => None,
        (Told::This { shown: was, .. }, Told::This { shown: is, .. }) => {
            Some(Otherwise { fact, was: Some(was), is: Some(is) })
        }
        (Told::This { shown, .. }, Told::Nothing) if is_of_one_nature => {
            Some(Otherwise { fact, was: Some(shown), is: None })
        }
        (Told::Nothing, Told::This { shown, .. }) if is_of_one_nature => {
            Some(Otherwise { fact, was: None, is: Some(shown) })
        }
        (Told::This { .. } | Told::Nothing | Told::Later, Told::This { .. } | Told::Nothing | Told::Later) => None,
    }
}

/// The list, in the order in which things are drawn.
fn changes(
    architecture: &Architecture,
    signs: &BTreeMap<Address, Sign>,
    mut changed: Changed,
    moved: &BTreeMap<Address, Address>,
) -> Vec<Change> {
    let shadows: BTreeSet<&Address> = moved.values().collect();
    let entries = entries::of(architecture);
    let names = called(&entries);
    let named = |address: &Address| names.get(address).cloned();
    let mut seen = BTreeSet::new();
    let mut changes = Vec::new();
    for entry in &entries {
        let address = &entry.identity.address;
        let Some(sign) = signs.get(address).filter(|_| !shadows.contains(address) && seen.insert(address)) else {
            continue;
        };
        let place = match (entry.thing, entry.subnets.as_slice()) {
            (Any::Thing(_), [subnet]) => named(subnet).map(|name| format!("subnet {name}")),
            _ => entry.vpc.and_then(named).map(|name| format!("VPC {name}")),
        };
        let (before, facts) = changed.remove(address).unwrap_or_default();
        let origin = Some(entry.identity.origin.clone());
        let (is, was) = match sign {
            Sign::Added => (origin, None),
            Sign::Removed => (None, origin),
            Sign::Changed => (origin, before),
        };
        let (noun, name) = (entry.noun(), entry.name());
        let vpc = entry.vpc.cloned();
        changes.push(Change { sign: *sign, noun, name, place, vpc, address: address.clone(), facts, is, was });
    }
    changes
}

/// What follows from a cluster comes and goes with it.
fn follow(architecture: &Architecture, signs: &mut BTreeMap<Address, Sign>) {
    for region in &architecture.regions {
        let clusters = region.clusters.iter().map(|cluster| &cluster.identity.address);
        let signed: Vec<(Address, Sign)> = clusters
            .filter_map(|address| Some((address.clone(), *signs.get(address)?)))
            .filter(|(_, sign)| *sign != Sign::Changed)
            .collect();
        let of = |address: &Address| {
            let owner = signed.iter().find(|(cluster, _)| address.starts_with(&format!("{cluster}/")));
            owner.map(|(_, sign)| *sign)
        };
        for vpc in &region.vpcs {
            let groups = vpc.groups.iter().filter(|group| entries::follows(group.kind)).map(|group| &group.identity);
            let things = vpc.subnets.iter().flat_map(|subnet| &subnet.things);
            let things = things.filter(|thing| thing.kind == Kind::ClusterInterface).map(|thing| &thing.identity);
            for address in groups.chain(things).map(|identity| &identity.address) {
                if let Some(sign) = of(address) {
                    signs.insert(address.clone(), sign);
                }
            }
        }
    }
}

/// A way is new, or lost, because of something on it: two readers may well know different ways to the same end.
fn paths(
    is: &Architecture,
    was: &Architecture,
    merged: &mut Architecture,
    signs: &BTreeMap<Address, Sign>,
    moved: &BTreeMap<Address, Address>,
) -> BTreeMap<(PathKind, Vec<Stop>), Sign> {
    let passes = |path: &Path| {
        path.stops.iter().any(|stop| match stop {
            Stop::At(address) | Stop::ApiEndpoint(address) | Stop::ApiServers(address) => signs.contains_key(address),
            Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::Outside(_) => false,
        })
    };
    let key = |path: &Path| (path.kind, path.stops.clone());
    let of = |architecture: &Architecture| -> BTreeSet<(PathKind, Vec<Stop>)> {
        architecture.regions.iter().flat_map(|region| &region.paths).map(key).collect()
    };
    let before = of(was);
    let mut paths: BTreeMap<(PathKind, Vec<Stop>), Sign> = BTreeMap::new();
    let here = is.regions.iter().flat_map(|region| &region.paths);
    let new = here.filter(|path| !before.contains(&key(path)) && passes(path));
    paths.extend(new.map(|path| (key(path), Sign::Added)));
    let drawn: BTreeSet<Address> = entries::of(merged).iter().map(|entry| entry.identity.address.clone()).collect();
    let from =
        |address: &Address| moved.get(address).filter(|shadow| drawn.contains(*shadow)).unwrap_or(address).clone();
    paths.extend(union::add_paths(merged, was, passes, from).iter().map(|path| (key(path), Sign::Removed)));
    paths
}
