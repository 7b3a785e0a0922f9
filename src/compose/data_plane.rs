//! The data plane: where nodes run and how the control plane reaches them, and who answers for what.
//!
//! Source: Amazon EKS best practices guide, "Amazon EKS shared responsibility"; Amazon EKS user guide, "Manage compute
//! resources by using nodes".

use super::endpoint::machines::Owners;
use super::endpoint::managed::Doors;
use super::endpoint::ways::{self, Answers, Captions, Steps};
use super::endpoint::{self, focus};
use super::{Context, network};
use crate::architecture::{Cluster, Group, PathKind, Region};
use crate::diagram::{Block, Diagram, Heading, Matrix, Pill, Row};
use crate::kinds::Kind;
use crate::look::Tone;

/// A picture of one cluster of a region.
pub fn compose((region, cluster): (&Region, &Cluster), context: &Context) -> (Diagram, Captions) {
    let seen = focus::on(cluster, region, &[PathKind::ControlPlaneToNodes]);
    let mut diagram = network::cloud(&seen, context, |region, _| {
        let vpc = region.vpcs.first();
        let parts = endpoint::Parts { vpc, cluster, cards: Vec::new(), doors: Doors::Left, owners: Owners::Told };
        let mut matrix = endpoint::matrix(region, parts, context);
        mark(&mut matrix, region, context);
        vec![Block::Matrix(matrix)]
    });
    let captions = ways::add((&seen, region), (Steps::Unnumbered, Answers::Left), &[], &mut diagram, context);
    (diagram, captions)
}

/// Says on the control plane and on each group who answers for it.
fn mark(matrix: &mut Matrix, region: &Region, context: &Context) {
    if let Some(control_plane) = matrix.sections.first_mut() {
        say(&mut control_plane.heading, &[Tone::Aws], context);
    }
    let groups: Vec<&Group> = region.vpcs.iter().flat_map(|vpc| &vpc.groups).collect();
    for row in matrix.sections.iter_mut().skip(1).flat_map(|section| &mut section.rows) {
        let Row::Cells(cells) = row else { continue };
        for band in &mut cells.bands {
            let group = groups.iter().find(|group| *group.identity.address == *band.heading.about.id);
            say(&mut band.heading, group.map_or(&[], |group| answers(group.kind)), context);
        }
    }
}

const fn answers(kind: Kind) -> &'static [Tone] {
    match kind {
        Kind::ClusterInterface | Kind::FargateProfile => &[Tone::Aws],
        // AWS makes, drains and replaces them; what runs there and when they are updated is the customer's.
        Kind::ManagedNodeGroup | Kind::AutoModeNodes => &[Tone::Aws, Tone::Customer],
        Kind::SelfManagedNodeGroup => &[Tone::Customer],
        _ => &[],
    }
}

fn say(heading: &mut Heading, answering: &[Tone], context: &Context) {
    let p = context.phrases;
    heading.pills.retain(|pill| pill.tone != Tone::Danger);
    for tone in answering {
        let text = if *tone == Tone::Aws { p.answers_aws } else { p.answers_customer };
        heading.pills.push(Pill { tone: *tone, text: text.to_string(), tooltip: String::new() });
    }
}
