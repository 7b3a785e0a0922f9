//! Much of the same: alike things become one, which stands for all of them.
//!
//! Needs: an architecture. Leaves: a smaller one, in which whatever named a folded thing names what it was folded into,
//! so that no path ends nowhere; and for each thing that stands for several, who they are. The rest of composing draws
//! the smaller architecture as any other, and asks only for the words on a stack.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rows;
use crate::architecture::{
    Architecture, ConnectionEnd, Exposure, Group, Identity, Path, Region, Stop, Subnet, Thing, Vpc,
};
use crate::diag::Known;
use crate::inventory::Address;
use crate::kinds::Count;
use crate::look::Sign;
use crate::text::clean;

/// Whether alike things are drawn as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folding {
    /// From as many on as are no longer read at a glance.
    #[default]
    Auto,
    /// From this many on, whatever they are.
    From(usize),
    /// But for what the user wants together.
    Never,
}

/// From how many on what is folded.
#[derive(Clone, Copy)]
struct Thresholds {
    /// Of one kind in one place. Chosen: six icons flow into a block that is read at a glance.
    things: usize,
    /// Groups of one kind over the same subnets that say the same of themselves and are told apart by numbers in
    /// their names. Chosen: a writer and a reader are two; from three on a band under the other says nothing new.
    same_groups: usize,
    /// Groups of one kind over the same subnets that differ in what they say. Chosen: six bands fit a screen.
    groups: usize,
    /// Subnets of one zone with like names, routes and kinds of content. Chosen: three rows of a tier are common.
    subnets: usize,
}

impl Folding {
    const fn thresholds(self) -> Thresholds {
        match self {
            Folding::Auto => Thresholds { things: 7, same_groups: 3, groups: 7, subnets: 4 },
            Folding::From(n) => Thresholds { things: n, same_groups: n, groups: n, subnets: n },
            Folding::Never => Folding::From(usize::MAX).thresholds(),
        }
    }
}

/// What was folded.
#[derive(Default)]
pub struct Folds {
    stacks: BTreeMap<Address, Stack>,
    into: BTreeMap<Address, Address>,
    signs: Arc<BTreeMap<Address, Sign>>,
}

/// The things that one drawn thing stands for.
pub struct Stack {
    pub count: usize,
    /// A line for each of them.
    pub lines: Vec<String>,
}

impl Folds {
    /// `None` for what stands for itself alone.
    pub fn stack(&self, address: &Address) -> Option<&Stack> {
        self.stacks.get(address)
    }

    /// The first of alike things stands for all of them.
    fn stand(&mut self, first: &Identity, line: String) {
        self.stacks.insert(first.address.clone(), Stack { count: 1, lines: vec![line] });
    }

    /// `other` is drawn as `first`, and so is what it stood for itself.
    fn join(&mut self, first: &Identity, other: &Identity, line: String) {
        let joined = self.stacks.remove(&other.address).unwrap_or(Stack { count: 1, lines: vec![line] });
        self.into.insert(other.address.clone(), first.address.clone());
        if let Some(stack) = self.stacks.get_mut(&first.address) {
            stack.count += joined.count;
            stack.lines.extend(joined.lines);
        }
    }

    /// What is drawn for an address.
    pub fn drawn(&self, address: &Address) -> Address {
        let mut address = address;
        while let Some(into) = self.into.get(address) {
            address = into;
        }
        address.clone()
    }

    fn redirect(&self, addresses: &mut Vec<Address>) {
        let mut drawn: Vec<Address> = Vec::new();
        for address in addresses.drain(..).map(|address| self.drawn(&address)) {
            if !drawn.contains(&address) {
                drawn.push(address);
            }
        }
        *addresses = drawn;
    }
}

/// The architecture that is drawn. Linear in what it holds, but for the logarithm of maps.
///
/// What became another is alike only to what became so too, by `signs`.
pub fn fold<'a>(
    architecture: &'a Architecture,
    folding: Folding,
    signs: &BTreeMap<Address, Sign>,
) -> (Cow<'a, Architecture>, Folds) {
    let mut folds = Folds { signs: Arc::new(signs.clone()), ..Folds::default() };
    if folding == Folding::Never && !has_wishes(architecture) {
        return (Cow::Borrowed(architecture), folds);
    }
    let mut drawn = Cow::Borrowed(architecture);
    for region in &mut drawn.to_mut().regions {
        folds.region(region, folding.thresholds());
    }
    (drawn, folds)
}

impl Folds {
    fn region(&mut self, region: &mut Region, from: Thresholds) {
        region.vpcs.iter_mut().for_each(|vpc| self.vpc(vpc, from));
        self.things(&mut region.services, from.things);
        self.things(&mut region.transit_gateways, from.things);
        region.clusters.iter_mut().for_each(|cluster| self.redirect(&mut cluster.subnets));
        for connection in &mut region.connections {
            connection.from = self.drawn(&connection.from);
            if let ConnectionEnd::Inside(address) = &mut connection.to {
                *address = self.drawn(address);
            }
        }
        self.paths(&mut region.paths);
    }

    fn vpc(&mut self, vpc: &mut Vpc, from: Thresholds) {
        self.subnets(vpc, from);
        vpc.groups.iter_mut().for_each(|group| self.redirect(&mut group.subnets));
        vpc.endpoints.iter_mut().for_each(|endpoint| self.redirect(&mut endpoint.subnets));
        self.groups(&mut vpc.groups, from);
        self.things(&mut vpc.things, from.things);
    }

    fn subnets(&mut self, vpc: &mut Vpc, from: Thresholds) {
        let mut kinds: BTreeMap<Address, Vec<_>> = BTreeMap::new();
        for group in &vpc.groups {
            for subnet in &group.subnets {
                kinds.entry(subnet.clone()).or_default().push(group.kind);
            }
        }
        let key = |subnet: &Subnet| {
            let mut content: Vec<_> = subnet.things.iter().map(|thing| thing.kind).collect();
            content.extend(kinds.get(&subnet.identity.address).into_iter().flatten());
            content.sort_unstable();
            content.dedup();
            let routes: Vec<_> = subnet.default_routes.iter().map(|route| route.target.clone()).collect();
            // Subnets without a zone may well be in different ones.
            let alone = subnet.zone.is_none().then(|| subnet.identity.address.clone());
            let state = state(&subnet.identity, &self.signs);
            (alone, subnet.zone.clone(), subnet.tier, state, rows::stem(subnet), routes, content)
        };
        let line = |subnet: &Subnet| {
            let cidr = subnet.cidr.as_ref().map(ToString::to_string).unwrap_or_default();
            clean(&format!("{} {cidr}", subnet.identity.name))
        };
        for mut same in alike(std::mem::take(&mut vpc.subnets), key) {
            if same.len() < from.subnets {
                same.iter_mut().for_each(|subnet| self.things(&mut subnet.things, from.things));
                vpc.subnets.extend(same);
                continue;
            }
            let mut same = same.into_iter();
            let Some(mut first) = same.next() else { continue };
            self.stand(&first.identity, line(&first));
            for subnet in same {
                self.join(&first.identity, &subnet.identity, line(&subnet));
                first.things.extend(subnet.things);
            }
            // What is in the one cell now, is in several of its subnets.
            self.things(&mut first.things, 2);
            vpc.subnets.push(first);
        }
    }

    fn groups(&mut self, groups: &mut Vec<Group>, from: Thresholds) {
        self.groups_by(groups, TOGETHER, |group| wish(&group.identity).map(|name| (name, group.subnets.clone())));
        let signs = self.signs.clone();
        let state = |identity: &Identity| state(identity, &signs);
        let place = |group: &Group| {
            let subnets = (group.subnets.clone(), group.unknown_subnets.clone());
            (group.kind, group.member, subnets, group.cluster.clone(), state(&group.identity))
        };
        let said = |group: &Group| {
            let name: String = group.identity.name.chars().filter(|c| !c.is_ascii_digit()).collect();
            (name, group.instance_types.clone(), group.facts.clone())
        };
        self.groups_by(groups, from.same_groups, |group| (place(group), said(group)));
        self.groups_by(groups, from.groups, place);
    }

    fn groups_by<K: Ord>(&mut self, groups: &mut Vec<Group>, from: usize, key: impl Fn(&Group) -> K) {
        for same in alike(std::mem::take(groups), key) {
            if same.len() < from {
                groups.extend(same);
                continue;
            }
            let mut same = same.into_iter();
            let Some(mut first) = same.next() else { continue };
            if self.stack(&first.identity.address).is_none() {
                self.stand(&first.identity, group_line(&first));
            }
            for group in same {
                self.join(&first.identity, &group.identity, group_line(&group));
                first.count = sum(first.count, group.count);
                first.facts.retain(|fact| group.facts.contains(fact));
                let more = group.instance_types.into_iter().filter(|more| !first.instance_types.contains(more));
                first.instance_types.extend(more.collect::<Vec<_>>());
                add_exposures(&mut first.exposures, group.exposures);
            }
            groups.push(first);
        }
    }

    fn things(&mut self, things: &mut Vec<Thing>, from: usize) {
        self.things_by(things, TOGETHER, |thing| wish(&thing.identity));
        let signs = self.signs.clone();
        self.things_by(things, from, |thing| (thing.kind, state(&thing.identity, &signs)));
    }

    fn things_by<K: Ord>(&mut self, things: &mut Vec<Thing>, from: usize, key: impl Fn(&Thing) -> K) {
        for same in alike(std::mem::take(things), key) {
            if same.len() < from {
                things.extend(same);
                continue;
            }
            let line = |thing: &Thing| clean(&[thing.identity.name.clone(), thing.facts.join(" · ")].join(" "));
            let mut same = same.into_iter();
            let Some(mut first) = same.next() else { continue };
            if self.stack(&first.identity.address).is_none() {
                self.stand(&first.identity, line(&first));
            }
            for thing in same {
                self.join(&first.identity, &thing.identity, line(&thing));
                first.facts.retain(|fact| thing.facts.contains(fact));
                add_exposures(&mut first.exposures, thing.exposures);
            }
            things.push(first);
        }
    }

    /// The stops of a path as they are drawn.
    pub fn stops(&self, stops: &[Stop]) -> Vec<Stop> {
        let drawn = |stop: &Stop| match stop {
            Stop::At(address) => Stop::At(self.drawn(address)),
            other => other.clone(),
        };
        stops.iter().map(drawn).collect()
    }

    /// Paths that differ only in what was folded become one, for all of their reasons.
    fn paths(&self, paths: &mut Vec<Path>) {
        for path in paths.iter_mut() {
            path.stops = self.stops(&path.stops);
        }
        for same in alike(std::mem::take(paths), |path| (path.kind, path.stops.clone())) {
            let mut same = same.into_iter();
            let Some(mut first) = same.next() else { continue };
            let mut given: BTreeSet<String> = first.because.iter().map(|because| because.text.clone()).collect();
            let more = same.flat_map(|path| path.because).filter(|because| given.insert(because.text.clone()));
            first.because.extend(more);
            paths.push(first);
        }
    }
}

/// From how many on what the user wants together is.
const TOGETHER: usize = 2;

/// Whether the user wants anything drawn as one with others.
fn has_wishes(architecture: &Architecture) -> bool {
    let vpcs = || architecture.regions.iter().flat_map(|region| &region.vpcs);
    let things = vpcs().flat_map(|vpc| vpc.things.iter().chain(vpc.subnets.iter().flat_map(|subnet| &subnet.things)));
    let beside = architecture.regions.iter().flat_map(|region| region.services.iter().chain(&region.transit_gateways));
    let groups = vpcs().flat_map(|vpc| &vpc.groups).map(|group| &group.identity);
    things.chain(beside).map(|thing| &thing.identity).chain(groups).any(|identity| identity.grouped.is_some())
}

/// What things have to have in common, whatever else they are.
fn state(identity: &Identity, signs: &BTreeMap<Address, Sign>) -> impl Ord + use<> {
    (identity.external, identity.in_no_stack, identity.grouped.clone(), signs.get(&identity.address).copied())
}

/// Under what name the user wants a thing drawn as one with others; each without a wish by itself.
fn wish(identity: &Identity) -> Result<String, Address> {
    identity.grouped.clone().ok_or_else(|| identity.address.clone())
}

/// Items with one key together, in the order of the first of each.
fn alike<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    let mut alike: Vec<Vec<T>> = Vec::new();
    for item in items {
        let place = *places.entry(key(&item)).or_insert(alike.len());
        match alike.get_mut(place) {
            Some(same) => same.push(item),
            None => alike.push(vec![item]),
        }
    }
    alike
}

fn group_line(group: &Group) -> String {
    let said = group.instance_types.iter().chain(&group.facts).cloned().collect::<Vec<_>>();
    clean(&format!("{} {}", group.identity.name, said.join(" · ")))
}

/// Known only where both are.
fn sum(one: Option<Count>, other: Option<Count>) -> Option<Count> {
    let (one, other) = (one?, other?);
    let add = |a: Option<Known<u32>>, b: Option<Known<u32>>| match (a?, b?) {
        (Known::Yes(a), Known::Yes(b)) => Some(Known::Yes(a.saturating_add(b))),
        (Known::Later(_), _) | (_, Known::Later(_)) => None,
    };
    Some(Count {
        least: add(one.least, other.least),
        desired: add(one.desired, other.desired),
        most: add(one.most, other.most),
    })
}

fn add_exposures(exposures: &mut Vec<Exposure>, more: Vec<Exposure>) {
    for exposure in more {
        if !exposures.contains(&exposure) {
            exposures.push(exposure);
        }
    }
}
