//! Which thing of one side is which of the other: a template knows logical ids, an account physical ones, and a network
//! knows addresses.
//!
//! From the strongest sign to the weakest, each used where it tells one thing of either side from all others: the physical
//! id; for VPCs and subnets the block; the logical id, of which an account knows what CloudFormation told it; the name;
//! the place. VPCs first, then what stands in them. What is alike in every way is paired in order.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::entries::{Any, Entry};
use crate::architecture::{ConnectionEnd, is_named, name_property};
use crate::inventory::{Address, Property};

/// By the address of what was, the address of what is.
pub type Same = BTreeMap<Address, Address>;

type Key = Vec<String>;

pub fn find(after: Side, before: Side, is: &[Entry], was: &[Entry]) -> Same {
    let firm = [named(after, is), named(before, was)];
    let mut meeting = Meeting { after, before, is, was, firm, same: Same::new(), met: BTreeSet::new() };
    meeting.vpcs();
    meeting.subnets();
    meeting.clusters();
    meeting.residents();
    meeting.connections();
    meeting.same
}

struct Meeting<'m, 'a> {
    after: Side<'a>,
    before: Side<'a>,
    is: &'m [Entry<'a>],
    was: &'m [Entry<'a>],
    /// What has a name of its own by which it goes, on either side.
    firm: [BTreeSet<&'m Address>; 2],
    same: Same,
    /// What is, and has met what it was.
    met: BTreeSet<Address>,
}

/// One side while it is looked at: its addresses in the words of what is.
struct View<'v, 'a> {
    side: Side<'a>,
    other: Side<'a>,
    /// `None` of what is.
    same: Option<&'v Same>,
}

impl View<'_, '_> {
    fn here(&self, address: &Address) -> Option<Address> {
        match self.same {
            Some(same) => same.get(address).cloned(),
            None => Some(address.clone()),
        }
    }

    fn vpc(&self, entry: &Entry) -> Option<String> {
        match entry.vpc {
            Some(vpc) => self.here(vpc).map(|vpc| vpc.to_string()),
            None => Some(String::new()),
        }
    }

    /// The subnets of an entry; `None` where one of them has not met.
    fn subnets(&self, entry: &Entry) -> Option<Vec<String>> {
        let subnets: Option<BTreeSet<String>> =
            entry.subnets.iter().map(|subnet| self.here(subnet).map(|one| one.to_string())).collect();
        Some(subnets?.into_iter().collect())
    }

    /// The id that AWS gave it.
    fn physical(&self, entry: &Entry) -> Option<String> {
        let address = &entry.identity.address;
        let key = match entry.thing {
            Any::Vpc(_) => "VpcId",
            Any::Subnet(_) => "SubnetId",
            _ => "",
        };
        let resource = self.side.inventory.resources.get(address);
        let told = resource.and_then(|resource| resource.property(key)).and_then(Property::as_text);
        let last = || address.rsplit('/').next().filter(|last| !last.contains('<'));
        let is_only_named = address.starts_with("external/");
        let by_address = (self.side.is_account() || is_only_named).then(last).flatten();
        told.or(by_address).map(str::to_string)
    }

    /// The id that its template gave it.
    fn logical(&self, entry: &Entry) -> Option<String> {
        let address = &entry.identity.address;
        let resource = self.side.inventory.resources.get(address)?;
        match (self.side.is_account(), self.other.is_account()) {
            (true, true) => None,
            (true, false) => Some(resource.name.clone()),
            // Where stacks are nested, the whole way down.
            (false, false) => Some(address.split_once('/')?.1.to_string()),
            (false, true) => address.rsplit('/').next().map(str::to_string),
        }
    }

    fn name(&self, entry: &Entry) -> String {
        self.side.name(entry.identity)
    }

    /// The name by which AWS's calls name it, which is not its `Name` tag.
    fn property(&self, entry: &Entry) -> Option<String> {
        name_property(self.side.inventory.resources.get(&entry.identity.address)?)
    }
}

impl<'m, 'a> Meeting<'m, 'a> {
    /// Pairs what is alone with its key on either side.
    fn unique(&mut self, of: fn(&Any) -> bool, key: impl Fn(&View, &Entry) -> Option<Key>) {
        for (is, was) in self.by_key(of, key) {
            if let ([is], [was]) = (is.as_slice(), was.as_slice()) {
                self.join(is, was);
            }
        }
    }

    /// Pairs what shares a key, in order.
    fn alike(&mut self, of: fn(&Any) -> bool, key: impl Fn(&View, &Entry) -> Option<Key>) {
        for (is, was) in self.by_key(of, key) {
            is.iter().zip(&was).for_each(|(is, was)| self.join(is, was));
        }
    }

    fn by_key(
        &self,
        of: fn(&Any) -> bool,
        key: impl Fn(&View, &Entry) -> Option<Key>,
    ) -> Vec<(Vec<Address>, Vec<Address>)> {
        let [after, before] = self.views();
        let mut by_key: BTreeMap<(String, Key), (Vec<Address>, Vec<Address>)> = BTreeMap::new();
        for entry in self.left_of_is(of) {
            if let Some(key) = key(&after, entry) {
                by_key.entry((entry.noun(), key)).or_default().0.push(entry.identity.address.clone());
            }
        }
        for entry in self.left_of_was(of) {
            if let Some(key) = key(&before, entry) {
                by_key.entry((entry.noun(), key)).or_default().1.push(entry.identity.address.clone());
            }
        }
        by_key.into_values().collect()
    }

    fn views(&self) -> [View<'_, 'a>; 2] {
        let after = View { side: self.after, other: self.before, same: None };
        let before = View { side: self.before, other: self.after, same: Some(&self.same) };
        [after, before]
    }

    fn left_of_is(&self, of: fn(&Any) -> bool) -> impl Iterator<Item = &'m Entry<'a>> {
        self.is.iter().filter(move |entry| of(&entry.thing) && !self.met.contains(&entry.identity.address))
    }

    fn left_of_was(&self, of: fn(&Any) -> bool) -> impl Iterator<Item = &'m Entry<'a>> {
        self.was.iter().filter(move |entry| of(&entry.thing) && !self.same.contains_key(&entry.identity.address))
    }

    fn join(&mut self, is: &Address, was: &Address) {
        self.same.insert(was.clone(), is.clone());
        self.met.insert(is.clone());
    }

    fn vpcs(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Vpc(_));
        self.unique(of, |view, entry| Some(vec![view.physical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.logical(entry)?, block(entry)?]));
        self.unique(of, |_, entry| Some(vec![block(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.logical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.name(entry)]));
        self.vpcs_by_content();
        // The only one that is left, where a deployment is to say which it is.
        let left: Vec<_> = self.left_of_is(of).collect();
        let were: Vec<_> = self.left_of_was(of).collect();
        if let ([is], [was]) = (left.as_slice(), were.as_slice())
            && (block(is).is_none() || block(was).is_none())
        {
            self.join(&is.identity.address, &was.identity.address);
        }
    }

    /// VPCs that hold most of the same blocks.
    fn vpcs_by_content(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Vpc(_));
        let blocks = |entry: &Entry| -> BTreeSet<String> {
            let Any::Vpc(vpc) = entry.thing else { return BTreeSet::new() };
            vpc.subnets.iter().filter_map(|subnet| subnet.cidr.as_ref()?.yes().cloned()).collect()
        };
        for is in self.left_of_is(of).collect::<Vec<_>>() {
            let own = blocks(is);
            let shared = |was: &&Entry| blocks(was).intersection(&own).count();
            let candidates: Vec<_> = self.left_of_was(of).filter(|was| shared(was) > 0).collect();
            let most = candidates.iter().map(shared).max();
            let best: Vec<_> = candidates.iter().filter(|was| Some(shared(was)) == most).collect();
            if let [was] = best.as_slice() {
                self.join(&is.identity.address, &was.identity.address);
            }
        }
    }

    fn subnets(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Subnet(_));
        self.unique(of, |view, entry| Some(vec![view.physical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.vpc(entry)?, block(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.vpc(entry)?, view.logical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.vpc(entry)?, view.name(entry)]));
        self.alike(of, |view, entry| Some(vec![view.vpc(entry)?, block(entry)?]));
    }

    fn clusters(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Cluster(_));
        self.unique(of, |view, entry| Some(vec![view.name(entry)]));
        self.unique(of, |view, entry| Some(vec![view.logical(entry)?]));
        self.by_pattern(of);
        self.by_place(of);
    }

    /// What stands in VPCs and beside them.
    fn residents(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Gateway(_) | Any::Endpoint(_) | Any::Group(_) | Any::Thing(_));
        self.unique(of, |view, entry| Some(vec![view.physical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.logical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.vpc(entry)?, view.property(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.vpc(entry)?, view.name(entry)]));
        self.alike(of, |view, entry| {
            let place = [view.vpc(entry)?, view.name(entry)].into_iter().chain(view.subnets(entry)?);
            Some(place.collect())
        });
        self.by_pattern(of);
        self.by_place(of);
    }

    /// By where they are, unless both have names that differ.
    fn by_place(&mut self, of: fn(&Any) -> bool) {
        let key = |view: &View, entry: &Entry| {
            let place = [view.vpc(entry)?, entry.sort().to_string()].into_iter().chain(view.subnets(entry)?);
            Some(place.collect())
        };
        for (is, was) in self.by_key(of, key) {
            let mut left: Vec<&Address> = was.iter().collect();
            for is in &is {
                if let Some(n) = left.iter().position(|was| self.may_be(is, was)) {
                    self.join(is, left.remove(n));
                }
            }
        }
    }

    fn may_be(&self, is: &Address, was: &Address) -> bool {
        !(self.firm[0].contains(is) && self.firm[1].contains(was))
    }

    /// Names of which a deployment knows a part: `<AWS::StackName>-host`.
    fn by_pattern(&mut self, of: fn(&Any) -> bool) {
        let open = |entry: &&Entry| self.after.name(entry.identity).contains('<');
        for is in self.left_of_is(of).filter(open).collect::<Vec<_>>() {
            let [after, before] = self.views();
            let place = after.vpc(is);
            let candidates: Vec<_> = self
                .left_of_was(of)
                .filter(|was| was.noun() == is.noun() && before.vpc(was) == place)
                .filter(|was| fits(&after.name(is), &before.name(was)))
                .collect();
            if let [was] = candidates.as_slice() {
                self.join(&is.identity.address, &was.identity.address);
            }
        }
    }

    fn connections(&mut self) {
        let of = |thing: &Any| matches!(thing, Any::Connection(_));
        self.unique(of, |view, entry| Some(vec![view.physical(entry)?]));
        self.unique(of, |view, entry| Some(vec![view.logical(entry)?]));
        self.alike(of, |view, entry| {
            let Any::Connection(connection) = entry.thing else { return None };
            let to = match &connection.to {
                ConnectionEnd::Inside(address) => view.here(address)?.to_string(),
                ConnectionEnd::Outside(shown) => shown.clone(),
            };
            Some(vec![view.here(&connection.from)?.to_string(), to])
        });
    }
}

fn named<'m>(side: Side, entries: &'m [Entry]) -> BTreeSet<&'m Address> {
    let is_named = |address: &Address| side.inventory.resources.get(address).is_some_and(is_named);
    let firm = entries.iter().filter(|entry| !entry.goes_by_its_place() && !side.name(entry.identity).contains('<'));
    firm.map(|entry| &entry.identity.address).filter(|address| is_named(address)).collect()
}

/// The block of a VPC or subnet, where it is known.
fn block(entry: &Entry) -> Option<String> {
    let block = match entry.thing {
        Any::Vpc(vpc) => vpc.cidrs.first().cloned(),
        Any::Subnet(subnet) => subnet.cidr.as_ref().and_then(|cidr| cidr.yes().cloned()),
        _ => None,
    };
    block.filter(|block| !block.contains('<'))
}

/// Whether a name is what a pattern may become: in the pattern, what stands in brackets is any text.
fn fits(pattern: &str, name: &str) -> bool {
    let mut fixed = Vec::new();
    let mut rest = pattern;
    while let Some((text, later)) = rest.split_once('<') {
        fixed.push(text);
        rest = later.split_once('>').map_or("", |(_, rest)| rest);
    }
    fixed.push(rest);
    let (first, last) = (fixed[0], fixed[fixed.len() - 1]);
    if fixed.iter().all(|text| text.is_empty()) {
        return false;
    }
    let Some(mut middle) = name.strip_prefix(first).and_then(|name| name.strip_suffix(last)) else { return false };
    fixed[1..fixed.len() - 1].iter().all(|text| match middle.split_once(text) {
        Some((_, rest)) => {
            middle = rest;
            true
        }
        None => false,
    })
}
