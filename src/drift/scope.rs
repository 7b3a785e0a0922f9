//! What of one side is the other's business at all.
//!
//! A template is the whole of what it makes, so two of them are compared in everything. An account holds more than one
//! template's things, and AWS makes things in it that no template names: against a template it counts for the VPCs and
//! clusters that are the template's.

use std::collections::BTreeMap;

use super::Side;
use super::entries::{Any, Entry};
use crate::architecture::ConnectionEnd;
use crate::inventory::{Address, Resource};

pub struct Scope<'s> {
    pub side: Side<'s>,
    pub other: Side<'s>,
    /// What of this side is there on the other, by this side's addresses: whether the other one makes it.
    pub met: BTreeMap<&'s Address, bool>,
}

impl Scope<'_> {
    /// Whether it is a difference that the other side does not have this.
    pub fn holds(&self, entry: &Entry) -> bool {
        match (self.side.is_account(), self.other.is_account()) {
            (false, false) | (true, true) => true,
            // What a template only names is somebody else's; what the account was not asked for may well be there.
            (false, true) => !entry.identity.external && self.other.was_asked(&entry.identity.type_name),
            (true, false) => !self.is_made_by_kubernetes(entry) && self.is_in_a_shared_network(entry),
        }
    }

    fn is_in_a_shared_network(&self, entry: &Entry) -> bool {
        let is_made = |address: Option<&Address>| address.and_then(|one| self.met.get(one)) == Some(&true);
        match entry.thing {
            Any::Vpc(_) => false,
            Any::Connection(connection) => {
                let to = match &connection.to {
                    ConnectionEnd::Inside(address) => Some(address),
                    ConnectionEnd::Outside(_) => None,
                };
                is_made(Some(&connection.from)) || is_made(to)
            }
            Any::Group(group) => is_made(entry.vpc) || is_made(group.cluster.as_ref()),
            _ => is_made(entry.vpc),
        }
    }

    /// Load balancers of Services and Ingresses, and the nodes of Karpenter: a cluster's own doing.
    ///
    /// Source: AWS Load Balancer Controller, "Subnet Discovery" and "Annotations" (tags of what it makes); Kubernetes,
    /// cloud-provider-aws, `TagNameKubernetesService`; Karpenter, "NodePools".
    fn is_made_by_kubernetes(&self, entry: &Entry) -> bool {
        let is_made = |resource: &Resource| MADE_BY_KUBERNETES.iter().any(|tag| resource.tag(tag).is_some());
        let address = &entry.identity.address;
        self.side.inventory.resources.get(address).is_some_and(is_made)
            || address.rsplit('/').next().is_some_and(|last| last.starts_with("pool."))
    }
}

const MADE_BY_KUBERNETES: [&str; 6] = [
    "elbv2.k8s.aws/cluster",
    "ingress.k8s.aws/stack",
    "karpenter.sh/nodepool",
    "kubernetes.io/ingress-name",
    "kubernetes.io/service-name",
    "service.k8s.aws/stack",
];
