//! Kubernetes' own parts: the control plane, the worker nodes, and who talks to whom, whatever they run on.
//!
//! Source: Kubernetes documentation, "Kubernetes Components" and "Communication between Nodes and the Control Plane".

use super::Context;
use super::control_plane::{api_servers_id, etcd_id};
use super::headings::{about, heading, made_up, name, plain, small};
use crate::architecture::{Cluster, Group, Region};
use crate::diagram::{Actor, Block, Diagram, Edge, Flow, Frame, Icon, Plate};
use crate::look::{EdgeLook, FrameLook, Glyph, Ink};
use crate::scene::Arrows;

/// Most nodes drawn. Chosen: two show that there are several; hovering and the subtitle tell how many.
const NODES: usize = 2;
/// Pods on each node: a sample.
const PODS: usize = 2;

const KUBECTL: &str = "kubectl";
const KUBECONFIG: &str = "kubeconfig";
const INTERNET: &str = "internet";
const CLIENT: &str = "client";

/// A picture of one cluster of a region.
pub fn compose((region, cluster): (&Region, &Cluster), context: &Context) -> Diagram {
    let p = context.phrases;
    let address = &*cluster.identity.address;
    let nodes = nodes(region, cluster);
    let mut blocks = vec![control_plane(cluster, context)];
    let boxes = nodes.iter().enumerate().map(|(n, group)| node(address, n, group, context)).collect();
    blocks.push(arranged(format!("{address}/nodes"), Flow::Column, boxes));
    let title = vec![
        name(&cluster.identity.name, Ink::Frame(FrameLook::Kubernetes)),
        plain(p.kubernetes_cluster, Ink::Secondary),
    ];
    let heading = heading(about(&cluster.identity, &[]), FrameLook::Kubernetes, Some(Glyph::K8sNode), title);
    let cluster_frame = Frame { heading, flow: Flow::Row, blocks, band: None };
    let mut diagram = Diagram { body: vec![Block::Frame(cluster_frame)], ..Diagram::default() };
    let api = api_server_id(address);
    diagram
        .left
        .push(Actor { block: Block::Icon(icon(KUBECTL, Glyph::Kubectl, p.kubectl)), level_with: Some(api.clone()) });
    diagram.left.push(Actor {
        block: plate(KUBECONFIG, Glyph::Kubeconfig, p.kubeconfig, FrameLook::Card),
        level_with: Some(api),
    });
    let level = (!nodes.is_empty()).then(|| part(address, 0, "kube-proxy"));
    for (id, glyph, word) in [(INTERNET, Glyph::Internet, p.internet), (CLIENT, Glyph::Client, p.client)] {
        diagram.right.push(Actor { block: Block::Icon(icon(id, glyph, word)), level_with: level.clone() });
    }
    diagram.edges = edges(address, nodes.len());
    diagram
}

/// The groups whose nodes are drawn, one a node: those of different groups, where there are several.
fn nodes<'a>(region: &'a Region, cluster: &Cluster) -> Vec<Option<&'a Group>> {
    let groups = region.vpcs.iter().flat_map(|vpc| &vpc.groups);
    let mut own: Vec<Option<&Group>> = groups
        .filter(|group| group.kind.is_nodes() && group.cluster.as_ref() == Some(&cluster.identity.address))
        .map(Some)
        .take(NODES)
        .collect();
    let first = own.first().copied().flatten();
    while own.len() < NODES {
        own.push(first);
    }
    own
}

fn api_server_id(cluster: &str) -> String {
    format!("{}/api-server", api_servers_id(cluster))
}

fn part(cluster: &str, node: usize, part: &str) -> String {
    format!("{cluster}/nodes/{node}/{part}")
}

fn control_plane(cluster: &Cluster, context: &Context) -> Block {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let api = api_servers_id(address);
    let server = plate(&api_server_id(address), Glyph::K8sApiServer, p.api_server, FrameLook::Process);
    let watching = arranged(
        format!("{api}/watching"),
        Flow::Row,
        vec![
            plate(&format!("{api}/scheduler"), Glyph::K8sScheduler, p.scheduler, FrameLook::Process),
            plate(
                &format!("{api}/controller-manager"),
                Glyph::K8sControllerManager,
                p.controller_manager,
                FrameLook::Process,
            ),
        ],
    );
    let etcd = plate(&etcd_id(address), Glyph::K8sEtcd, p.etcd, FrameLook::Process);
    let ink = Ink::Frame(FrameLook::ControlPlane);
    let title = vec![name(p.master_node, ink)];
    let about = made_up(format!("{address}/control-plane"), "control-plane", p.control_plane);
    let heading = heading(about, FrameLook::ControlPlane, None, title);
    let column = |part: &str, block| arranged(format!("{api}/{part}"), Flow::Row, vec![block]);
    let blocks = vec![column("top", watching), column("middle", server), column("bottom", etcd)];
    Block::Frame(Frame { heading, flow: Flow::Column, blocks, band: None })
}

fn node(cluster: &str, n: usize, group: &Option<&Group>, context: &Context) -> Block {
    let p = context.phrases;
    let id = |name: &str| part(cluster, n, name);
    let agents = arranged(
        id("agents"),
        Flow::Row,
        vec![
            plate(&id("kubelet"), Glyph::K8sKubelet, "kubelet", FrameLook::Process),
            plate(&id("kube-proxy"), Glyph::K8sKubeProxy, "kube-proxy", FrameLook::Process),
        ],
    );
    let pods = (0..PODS).map(|pod| {
        let container =
            plate(&id(&format!("pod{pod}/container")), Glyph::K8sContainerRuntime, p.container, FrameLook::Process);
        let look = FrameLook::Services;
        let heading = heading(
            made_up(id(&format!("pod{pod}")), "pod", p.pod_sample),
            look,
            None,
            vec![plain(p.pod_sample, Ink::Frame(look))],
        );
        Block::Frame(Frame { heading, flow: Flow::Row, blocks: vec![container], band: None })
    });
    let look = FrameLook::Kubernetes;
    let runtime = heading(
        made_up(id("runtime"), "container-runtime", p.container_runtime),
        look,
        None,
        vec![plain(p.container_runtime, Ink::Frame(look))],
    );
    let runtime = Block::Frame(Frame { heading: runtime, flow: Flow::Row, blocks: pods.collect(), band: None });
    let mut title = vec![plain(p.worker_node, Ink::Frame(FrameLook::Instance))];
    title.extend(group.map(|group| small(&group.identity.name)));
    let tooltip = group.map_or(String::new(), |group| group.identity.whole_name().to_string());
    let heading = heading(made_up(id("node"), "node", tooltip), FrameLook::Instance, Some(Glyph::GroupInstance), title);
    let blocks = vec![arranged(id("room"), Flow::Column, vec![agents, runtime])];
    Block::Frame(Frame { heading, flow: Flow::Column, blocks, band: None })
}

/// Blocks without a box around them.
fn arranged(id: String, flow: Flow, blocks: Vec<Block>) -> Block {
    let heading = heading(made_up(id, "row", ""), FrameLook::Plain, None, Vec::new());
    Block::Frame(Frame { heading, flow, blocks, band: None })
}

fn plate(id: &str, glyph: Glyph, word: &str, look: FrameLook) -> Block {
    Block::Plate(Plate { about: made_up(id, "process", word), look, glyph, words: vec![plain(word, Ink::Primary)] })
}

fn icon(id: &str, glyph: Glyph, word: &str) -> Icon {
    let label = vec![plain(word, Ink::Primary)];
    Icon { about: made_up(id, id, word), glyph, external: false, label, pills: Vec::new(), band: None }
}

fn edge(look: EdgeLook, from: &str, to: &str, arrows: Arrows) -> Edge {
    super::edges::between(look, from, to, arrows, "")
}

fn edges(cluster: &str, nodes: usize) -> Vec<Edge> {
    let (api, server) = (api_servers_id(cluster), api_server_id(cluster));
    let mut edges = vec![
        edge(EdgeLook::Kubectl, KUBECONFIG, KUBECTL, Arrows::End),
        edge(EdgeLook::Kubectl, KUBECTL, &server, Arrows::End),
        edge(EdgeLook::Internal, &format!("{api}/scheduler"), &server, Arrows::End),
        edge(EdgeLook::Internal, &format!("{api}/controller-manager"), &server, Arrows::End),
        edge(EdgeLook::Internal, &server, &etcd_id(cluster), Arrows::Both),
        edge(EdgeLook::Application, CLIENT, INTERNET, Arrows::Both),
    ];
    for node in 0..nodes {
        let part = |name: &str| part(cluster, node, name);
        edges.push(edge(EdgeLook::NodesToApi, &part("kubelet"), &server, Arrows::Both));
        edges.push(edge(EdgeLook::Internal, &part("kubelet"), &part("runtime"), Arrows::End));
        edges.push(edge(EdgeLook::Application, &part("kube-proxy"), &part("runtime"), Arrows::End));
        edges.push(edge(EdgeLook::Application, INTERNET, &part("kube-proxy"), Arrows::End));
    }
    super::edges::bundle(&mut edges);
    edges
}
