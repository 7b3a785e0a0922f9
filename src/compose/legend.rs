//! The legend: what is in the picture and not self-evident, in a fixed order.

use std::collections::BTreeSet;

use super::{Context, Legend};
use crate::diagram::{Block, Diagram, Frame, Matrix, Row};
use crate::lang::Phrases;
use crate::look::{EdgeLook, FrameLook};
use crate::scene::Swatch;

pub fn add(diagram: &mut Diagram, wish: Legend, context: &Context) {
    if wish == Legend::Off {
        return;
    }
    let p = context.phrases;
    let edges: BTreeSet<EdgeLook> = diagram.edges.iter().map(|e| e.look).collect();
    let mut frames = BTreeSet::new();
    diagram.body.iter().for_each(|block| collect(block, &mut frames));
    let bands =
        frames.iter().any(|f| matches!(f, FrameLook::NodeGroup | FrameLook::AutoScalingGroup | FrameLook::Fargate));
    if wish == Legend::Auto && edges.is_empty() && !bands {
        return;
    }
    diagram.legend_title = p.legend.to_string();
    diagram.legend = edges.iter().map(|e| (Swatch::Edge(*e), edge_word(*e, p).to_string())).collect();
    let frames = frames.iter().filter_map(|f| Some((Swatch::Frame(*f), frame_word(*f, p)?.to_string())));
    diagram.legend.extend(frames);
}

fn collect(block: &Block, looks: &mut BTreeSet<FrameLook>) {
    match block {
        Block::Icon(_) => {}
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
        | FrameLook::Plain => None,
    }
}
