//! Architecture + view → Diagrams: what is drawn, in which words, on which page. Total, and without a coordinate.
//!
//! The only stage that sees both AWS and boxes. One file a view; what views share has a file of its own.

mod actors;
mod captions;
mod control_plane;
mod control_plane_view;
mod data_plane;
mod detail;
mod edges;
mod endpoint;
mod fold;
mod headings;
mod kubernetes;
mod legend;
mod marks;
mod modes;
mod network;
mod order;
mod overview;
mod pages;
mod pieces;
mod rows;
mod section;
mod signs;
#[cfg(test)]
mod tests;
mod things;
mod undrawn;
mod words;

use std::collections::BTreeMap;

use crate::architecture::{Architecture, Cluster, EndpointMode, Region};
use crate::diagram::Diagram;
use crate::drift::Drift;
use crate::inventory::Address;
use crate::lang::{Language, Phrases, fill};
use crate::verdicts::Verdict;
pub use detail::Detail;
use endpoint::machines::Owners;
use endpoint::ways::Captions;
pub use endpoint::ways::Steps;
pub use fold::Folding;

/// What the user asked of the picture.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub view: View,
    pub language: Language,
    /// Instead of the title made from the cluster's or VPC's name.
    pub title: Option<String>,
    pub legend: Legend,
    pub folding: Folding,
    pub detail: Detail,
    pub steps: Steps,
    /// Names for those outside the cloud, by the id of what stands for them.
    pub actors: BTreeMap<String, String>,
    /// How many things were taken out of the architecture for not to be drawn.
    pub hidden: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// VPCs as a matrix of zones and tiers.
    #[default]
    Network,
    /// A page a cluster.
    Clusters(ClusterView),
    /// A page a cluster: the three modes of its endpoint side by side ([`compose_modes`]).
    EndpointModes,
    /// All of them.
    All,
}

/// What of a cluster is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterView {
    /// The doors to its API, and who comes in by which.
    Endpoint,
    /// What AWS runs for it.
    ControlPlane,
    /// Its nodes, how the control plane reaches them, and who answers for what.
    DataPlane,
    /// Kubernetes' own parts.
    Kubernetes,
}

impl ClusterView {
    const ALL: [ClusterView; 4] =
        [ClusterView::Endpoint, ClusterView::ControlPlane, ClusterView::DataPlane, ClusterView::Kubernetes];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Legend {
    /// Where the picture has lines or bands that need one.
    #[default]
    Auto,
    On,
    Off,
}

/// A picture of its own: the whole, or a part of what is too much for one.
#[derive(Clone, Debug)]
pub struct Page {
    pub name: String,
    pub diagram: Diagram,
    /// Lines that could not be drawn because one of their ends is not, in words.
    pub left_out: Vec<String>,
}

/// The pages of an architecture. Of several of the network view the first is the overview; a view of clusters has none
/// where there is no cluster. The modes of an endpoint are other architectures, and [`compose_modes`] adds their pages.
pub fn compose(architecture: &Architecture, verdicts: &[Verdict], options: &Options) -> Vec<Page> {
    let architecture = &*words::of_the_model(architecture, options.language);
    match options.view {
        View::Network => network_pages(architecture, &Drift::default(), options),
        View::EndpointModes => Vec::new(),
        View::Clusters(view) => cluster_pages(architecture, verdicts, view, options),
        View::All => {
            let of_clusters =
                ClusterView::ALL.into_iter().flat_map(|view| cluster_pages(architecture, verdicts, view, options));
            network_pages(architecture, &Drift::default(), options).into_iter().chain(of_clusters).collect()
        }
    }
}

/// The pages of two states of a network as one: its network view, with a sign on all that became another.
pub fn compose_drift(drift: &Drift, options: &Options) -> Vec<Page> {
    let architecture = &*words::of_the_model(&drift.architecture, options.language);
    network_pages(architecture, drift, options)
}

/// The pages of the view that sets modes side by side, a page a cluster: from the architecture as it is in each mode.
pub fn compose_modes(modes: &[(EndpointMode, Architecture, Vec<Verdict>)], options: &Options) -> Vec<Page> {
    let said: Vec<_> = modes.iter().map(|(.., a, _)| words::of_the_model(a, options.language)).collect();
    let folded: Vec<_> = said.iter().map(|a| fold::fold(a, options.folding, &BTreeMap::new()).0).collect();
    let Some(first) = folded.first() else { return Vec::new() };
    let context = Context::of(first, fold::Folds::default(), options);
    let page = |cluster: &Cluster| {
        let same = |other: &&Cluster| other.identity.address == cluster.identity.address;
        let mut found: Vec<modes::Mode> = Vec::new();
        for ((mode, _, verdicts), a) in modes.iter().zip(&folded) {
            for region in &a.regions {
                let cluster = region.clusters.iter().find(same);
                found.extend(cluster.map(|cluster| modes::Mode { mode: *mode, region, cluster, verdicts }));
            }
        }
        let mut diagram = modes::compose(&found, &context);
        captions::add_modes(&mut diagram, cluster, options.title.as_deref(), &context);
        finish(diagram, &Captions::new(), options, &context)
    };
    first.regions.iter().flat_map(|region| &region.clusters).map(page).collect()
}

/// A page a cluster.
fn cluster_pages(architecture: &Architecture, verdicts: &[Verdict], view: ClusterView, options: &Options) -> Vec<Page> {
    let (drawn, folds) = fold::fold(architecture, options.folding, &BTreeMap::new());
    let mut context = Context::of(architecture, folds, options);
    context.machines = Machines::Boxes(if view == ClusterView::DataPlane { Owners::Told } else { Owners::Untold });
    let clusters = drawn.regions.iter().flat_map(|region| region.clusters.iter().map(move |cluster| (region, cluster)));
    let page = |(region, cluster): (&Region, &Cluster)| {
        let here = (region, cluster);
        let (mut diagram, captions) = match view {
            ClusterView::ControlPlane => (control_plane_view::compose(here, &context), Captions::new()),
            ClusterView::DataPlane => data_plane::compose(here, &context),
            ClusterView::Kubernetes => (kubernetes::compose(here, &context), Captions::new()),
            ClusterView::Endpoint => endpoint::compose(here, options.steps, verdicts, &context),
        };
        if view == ClusterView::Endpoint {
            marks::add(&mut diagram, verdicts);
        }
        captions::add_of_cluster(&mut diagram, view, cluster, options.title.as_deref(), &context);
        finish(diagram, &captions, options, &context)
    };
    clusters.map(page).collect()
}

fn network_pages(architecture: &Architecture, drift: &Drift, options: &Options) -> Vec<Page> {
    let p = options.language.phrases();
    if !pages::are_wanted(architecture, options.folding) {
        return vec![network_page(architecture, drift, p.network_view, options.title.clone(), options)];
    }
    let overview = overview::compose(architecture, drift, options);
    let of_vpcs = pages::of_vpcs(architecture).map(|(name, part)| {
        let title = match &options.title {
            Some(title) => fill(p.title_page, &[title, &name]),
            None => fill(p.title_vpc, &[&name]),
        };
        Page { name, ..network_page(&part, drift, p.network_view, Some(title), options) }
    });
    [overview].into_iter().chain(of_vpcs).collect()
}

fn network_page(
    architecture: &Architecture,
    drift: &Drift,
    view: &str,
    title: Option<String>,
    options: &Options,
) -> Page {
    let (drawn, folds) = fold::fold(architecture, options.folding, &drift.signs);
    let signs = signs::Signs::of(drift, architecture, &folds, options.language);
    let context = Context { signs, ..Context::of(architecture, folds, options) };
    let mut diagram = network::compose(&drawn, &context);
    marks::add_stackless(&mut diagram, context.phrases);
    captions::add(&mut diagram, architecture, view, title.as_deref(), &context);
    context.signs.mark(&mut diagram);
    finish(diagram, &Captions::new(), options, &context)
}

/// What is done to every diagram, whatever its view.
fn finish(mut diagram: Diagram, steps: &Captions, options: &Options, context: &Context) -> Page {
    diagram.language = options.language.tag();
    captions::add_hidden(&mut diagram, options.hidden, context);
    actors::rename(&mut diagram, &options.actors);
    detail::apply(&mut diagram, options.detail);
    let left_out = undrawn::leave_out(&mut diagram);
    legend::add(&mut diagram, options.legend, steps, context);
    Page { name: diagram.title.clone(), diagram, left_out }
}

/// What every part of composing needs to know.
struct Context {
    phrases: &'static Phrases,
    /// The names of things in subnets, by address: what routes lead to.
    names: BTreeMap<Address, String>,
    /// What stands for several.
    folds: fold::Folds,
    machines: Machines,
    /// What became of things, in a picture of two states.
    signs: signs::Signs,
}

impl Context {
    fn of(architecture: &Architecture, folds: fold::Folds, options: &Options) -> Context {
        let phrases = options.language.phrases();
        let (machines, signs) = (Machines::Icons, signs::Signs::default());
        Context { phrases, names: names(architecture), folds, machines, signs }
    }
}

/// How nodes are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Machines {
    Icons,
    /// With what runs on them.
    Boxes(Owners),
}

fn names(architecture: &Architecture) -> BTreeMap<Address, String> {
    let subnets = architecture.regions.iter().flat_map(|r| &r.vpcs).flat_map(|v| &v.subnets);
    let things = subnets.flat_map(|s| &s.things);
    things.map(|t| (t.identity.address.clone(), crate::text::clean(&t.identity.name))).collect()
}
