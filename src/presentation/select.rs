//! Who is meant by a name.

use std::collections::BTreeSet;

use crate::architecture::{Architecture, Identity};
use crate::diag::{Diagnostic, Origin};
use crate::inventory::Address;
use crate::spelling::nearest;

/// A name as the user wrote it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    pub name: String,
    pub origin: Origin,
}

/// Everything that is drawn of a resource.
pub fn identities(architecture: &mut Architecture) -> impl Iterator<Item = &mut Identity> {
    architecture.regions.iter_mut().flat_map(|region| {
        let vpcs = region.vpcs.iter_mut().flat_map(|vpc| {
            let subnets = vpc.subnets.iter_mut().flat_map(|subnet| {
                subnet.things.iter_mut().map(|thing| &mut thing.identity).chain([&mut subnet.identity])
            });
            subnets
                .chain([&mut vpc.identity])
                .chain(vpc.gateways.iter_mut().map(|gateway| &mut gateway.identity))
                .chain(vpc.endpoints.iter_mut().map(|endpoint| &mut endpoint.identity))
                .chain(vpc.groups.iter_mut().map(|group| &mut group.identity))
                .chain(vpc.things.iter_mut().map(|thing| &mut thing.identity))
        });
        vpcs.chain(region.clusters.iter_mut().map(|cluster| &mut cluster.identity))
            .chain(region.transit_gateways.iter_mut().map(|gateway| &mut gateway.identity))
            .chain(region.connections.iter_mut().map(|connection| &mut connection.identity))
            .chain(region.services.iter_mut().map(|service| &mut service.identity))
    })
}

/// The names of an architecture's things.
pub struct Names(Vec<Named>);

struct Named {
    address: Address,
    name: String,
    whole: String,
}

impl Named {
    fn logical(&self) -> &str {
        self.address.rsplit('/').next().unwrap_or_default()
    }
}

impl Names {
    pub fn of(architecture: &mut Architecture) -> Names {
        let named = |identity: &mut Identity| Named {
            address: identity.address.clone(),
            name: identity.name.clone(),
            whole: identity.whole_name().to_string(),
        };
        Names(identities(architecture).map(named).collect())
    }

    /// Those that are meant: by their address, or else their logical id, or else their name. None of that is a warning.
    pub fn find(&self, selector: &Selector, diagnostics: &mut Vec<Diagnostic>) -> Vec<Address> {
        let name = selector.name.as_str();
        let by: [fn(&Named, &str) -> bool; 3] = [
            |named, name| &*named.address == name,
            |named, name| named.logical() == name,
            |named, name| named.name == name || named.whole == name,
        ];
        let found = by.iter().map(|is_it| self.0.iter().filter(|named| is_it(named, name)).collect::<Vec<_>>());
        if let Some(found) = found.into_iter().find(|found| !found.is_empty()) {
            return found.into_iter().map(|named| named.address.clone()).collect();
        }
        let known: BTreeSet<&str> = self.0.iter().flat_map(|named| [named.logical(), &named.name]).collect();
        let warning = Diagnostic::warning("unknown-name", format!("nothing in the picture is called `{name}`"));
        let warning = match nearest(name, known) {
            Some(meant) => warning.hint(format!("did you mean `{meant}`?")),
            None => warning.hint("a thing is meant by its name, its logical id, or its address STACK/ID"),
        };
        diagnostics.push(warning.at(selector.origin.clone()));
        Vec::new()
    }
}
