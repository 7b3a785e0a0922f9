//! The legend: what is in the picture and not self-evident, in a fixed order.

use std::collections::BTreeSet;

use super::{Captions, Context, Legend};
use crate::diagram::{Block, Diagram, Edge, Heading, Icon, Pill, Row, Sample, Section};
use crate::lang::Phrases;
use crate::look::{EdgeLook, FrameLook, Glyph, Sign, Tone};
use crate::scene::{Arrows, Swatch};

pub fn add(diagram: &mut Diagram, wish: Legend, steps: &Captions, context: &Context) {
    if wish == Legend::Off {
        return;
    }
    let p = context.phrases;
    let edges: BTreeSet<EdgeLook> = diagram.edges.iter().map(|e| e.look).collect();
    let mut seen = Seen::default();
    diagram.body.iter().for_each(|block| seen.block(block));
    let bands =
        seen.looks.iter().any(|f| matches!(f, FrameLook::NodeGroup | FrameLook::AutoScalingGroup | FrameLook::Fargate));
    if wish == Legend::Auto && edges.is_empty() && !bands && context.signs.is_empty() {
        return;
    }
    diagram.legend_title = p.legend.to_string();
    let mut legend = Vec::new();
    for look in &edges {
        legend.push((Sample::Swatch(Swatch::Edge(*look)), edge_word(*look, p).to_string()));
        for (number, said) in steps.get(look).into_iter().flatten() {
            legend.push((Sample::Step(*look, *number), said.join(", ")));
        }
    }
    let begins_at_a_box =
        |edge: &&Edge| matches!(edge.arrows, Arrows::End | Arrows::Cross) && seen.boxes.contains(&edge.from);
    let dot = diagram.edges.iter().any(|edge| begins_at_a_box(&edge));
    let dot = dot.then_some((Swatch::Dot(EdgeLook::Internal), p.legend_dot));
    let frames = seen.looks.iter().filter_map(|f| Some((Swatch::Frame(*f), frame_word(*f, p)?)));
    let pale = seen.pale.map(|glyph| (Swatch::Pale(glyph), p.legend_pale));
    let danger = seen.tones.contains(&Tone::Danger).then_some((Swatch::Pill(Tone::Danger), p.legend_danger));
    let no_stack = seen.plates.contains(p.no_stack).then_some((Swatch::Pill(Tone::Neutral), p.legend_no_stack));
    let others = dot.into_iter().chain(frames).chain(pale).chain(danger).chain(no_stack);
    legend.extend(others.map(|(swatch, word)| (Sample::Swatch(swatch), word.to_string())));
    let signs = Sign::ALL.into_iter().filter(|sign| context.signs.has(*sign));
    legend.extend(signs.map(|sign| (Sample::Sign(sign), sign_word(sign, p).to_string())));
    diagram.legend = legend;
}

/// What is in a picture, as far as a legend asks.
#[derive(Default)]
struct Seen {
    looks: BTreeSet<FrameLook>,
    tones: BTreeSet<Tone>,
    /// What neutral plates say.
    plates: BTreeSet<String>,
    /// The first icon that is drawn pale.
    pale: Option<Glyph>,
    /// The ids of boxes at which edges may begin.
    boxes: BTreeSet<String>,
}

impl Seen {
    fn heading(&mut self, heading: &Heading) {
        self.looks.insert(heading.look);
        self.boxes.insert(heading.about.id.clone());
        self.pills(&heading.pills);
    }

    fn pills(&mut self, pills: &[Pill]) {
        self.tones.extend(pills.iter().map(|pill| pill.tone));
        let neutral = pills.iter().filter(|pill| pill.tone == Tone::Neutral);
        self.plates.extend(neutral.map(|pill| pill.text.clone()));
    }

    fn icon(&mut self, icon: &Icon) {
        self.pills(&icon.pills);
        if icon.external {
            self.pale.get_or_insert(icon.glyph);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Icon(icon) => self.icon(icon),
            Block::Plate(plate) => drop(self.looks.insert(plate.look)),
            Block::Frame(frame) => {
                self.heading(&frame.heading);
                frame.blocks.iter().for_each(|block| self.block(block));
            }
            Block::Matrix(matrix) => matrix.sections.iter().for_each(|section| self.section(section)),
        }
    }

    fn section(&mut self, section: &Section) {
        self.pills(&section.heading.pills);
        section.border.iter().for_each(|border| self.icon(&border.icon));
        for row in &section.rows {
            match row {
                Row::Span(blocks) => blocks.iter().for_each(|block| self.block(block)),
                Row::Cells(cells) => {
                    cells.bands.iter().for_each(|band| self.heading(&band.heading));
                    for cell in &cells.cells {
                        self.heading(&cell.heading);
                        cell.lanes.iter().flatten().for_each(|block| self.block(block));
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
        EdgeLook::KubectlDns => p.path_dns,
        EdgeLook::NodesDns => p.path_nodes_dns,
        EdgeLook::Broken => p.path_broken,
    }
}

const fn sign_word(sign: Sign, p: &Phrases) -> &'static str {
    match sign {
        Sign::Added => p.legend_added,
        Sign::Removed => p.legend_removed,
        Sign::Changed => p.legend_changed,
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
