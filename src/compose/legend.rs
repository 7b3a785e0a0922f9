//! The legend: what is in the picture and not self-evident, in a fixed order.

use std::collections::BTreeSet;

use super::{Captions, Context, Legend};
use crate::diagram::{Block, Diagram, Frame, Matrix, Row, Sample};
use crate::lang::Phrases;
use crate::look::{EdgeLook, FrameLook};
use crate::scene::Swatch;

pub fn add(diagram: &mut Diagram, wish: Legend, steps: &Captions, context: &Context) {
    if wish == Legend::Off {
        return;
    }
    let p = context.phrases;
    let mut edges: BTreeSet<EdgeLook> = diagram.edges.iter().map(|e| e.look).collect();
    // They are told by their number, and once is enough where they carry none.
    if edges.contains(&EdgeLook::KubectlDns) {
        edges.remove(&EdgeLook::NodesDns);
    }
    let mut frames = BTreeSet::new();
    diagram.body.iter().for_each(|block| collect(block, &mut frames));
    let bands =
        frames.iter().any(|f| matches!(f, FrameLook::NodeGroup | FrameLook::AutoScalingGroup | FrameLook::Fargate));
    if wish == Legend::Auto && edges.is_empty() && !bands {
        return;
    }
    diagram.legend_title = p.legend.to_string();
    diagram.legend = Vec::new();
    for look in &edges {
        diagram.legend.push((Sample::Swatch(Swatch::Edge(*look)), edge_word(*look, p).to_string()));
        for (number, said) in steps.get(look).into_iter().flatten() {
            diagram.legend.push((Sample::Step(*look, *number), said.join(", ")));
        }
    }
    let frames =
        frames.iter().filter_map(|f| Some((Sample::Swatch(Swatch::Frame(*f)), frame_word(*f, p)?.to_string())));
    diagram.legend.extend(frames);
}

fn collect(block: &Block, looks: &mut BTreeSet<FrameLook>) {
    match block {
        Block::Icon(_) => {}
        Block::Plate(plate) => drop(looks.insert(plate.look)),
        Block::Frame(Frame { heading, blocks, .. }) => {
            looks.insert(heading.look);
            blocks.iter().for_each(|b| collect(b, looks));
        }
        Block::Matrix(Matrix { sections, .. }) => {
            for row in sections.iter().flat_map(|s| &s.rows) {
                match row {
                    Row::Span(blocks) => blocks.iter().for_each(|b| collect(b, looks)),
                    Row::Cells(cells) => {
                        looks.extend(cells.cells.iter().map(|c| c.heading.look));
                        cells.cells.iter().flat_map(|c| c.lanes.iter().flatten()).for_each(|b| collect(b, looks));
                        looks.extend(cells.bands.iter().map(|b| b.heading.look));
                    }
                }
            }
        }
    }
}

const fn edge_word(look: EdgeLook, p: &Phrases) -> &'static str {
    match look {
        EdgeLook::Administration => p.path_administration,
        EdgeLook::Kubectl => p.path_kubectl,
        EdgeLook::NodesToApi => p.path_nodes_to_api,
        EdgeLook::ControlPlaneToNodes => p.path_control_plane_to_nodes,
        EdgeLook::Egress => p.path_egress,
        EdgeLook::Application => p.path_application,
        EdgeLook::Internal => p.path_internal,
        EdgeLook::Connection => p.path_connection,
        EdgeLook::KubectlDns | EdgeLook::NodesDns => p.path_dns,
        EdgeLook::Broken => p.path_broken,
    }
}

/// `None` for frames that carry their meaning in their title.
const fn frame_word(look: FrameLook, p: &Phrases) -> Option<&'static str> {
    match look {
        FrameLook::NodeGroup => Some(p.node_group),
        FrameLook::AutoScalingGroup => Some(p.auto_scaling_group),
        FrameLook::Fargate => Some(p.fargate_profile),
        FrameLook::LoadBalancer => Some(p.load_balancer),
        FrameLook::ClusterInterfaces => Some(p.cluster_interfaces),
        FrameLook::Database => Some(p.database),
        FrameLook::AwsProcess => Some(p.answers_aws),
        FrameLook::CustomerProcess => Some(p.answers_customer),
        FrameLook::PublicSubnet => Some(p.subnet_public),
        FrameLook::PrivateSubnet => Some(p.subnet_private),
        FrameLook::IsolatedSubnet => Some(p.subnet_isolated),
        FrameLook::UnknownSubnet => Some(p.subnet_unknown),
        FrameLook::Cloud
        | FrameLook::Account
        | FrameLook::Region
        | FrameLook::ControlPlane
        | FrameLook::Vpc
        | FrameLook::ExternalVpc
        | FrameLook::Zone
        | FrameLook::ManagedGroup
        | FrameLook::Services
        | FrameLook::Instance
        | FrameLook::Process
        | FrameLook::Kubernetes
        | FrameLook::Card
        | FrameLook::Plain => None,
    }
}
