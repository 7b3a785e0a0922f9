//! Machines as boxes with what runs on them.
//!
//! Source: Kubernetes documentation, "Kubernetes Components"; Amazon EKS user guide, "Amazon EKS architecture".
//! The pods are a sample: what else runs on a node, no template says.

use crate::architecture::{Group, Subnet};
use crate::compose::headings::{heading, made_up, plain};
use crate::compose::{Context, things};
use crate::diagram::{About, Block, Flow, Frame, Plate, Words};
use crate::kinds::Kind;
use crate::look::{FrameLook, Glyph, Ink};

/// Who keeps what running; nobody is told where it is not the point of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owners {
    Untold,
    Told,
}

impl Owners {
    pub const fn aws(self) -> FrameLook {
        match self {
            Owners::Untold => FrameLook::Process,
            Owners::Told => FrameLook::AwsProcess,
        }
    }

    pub const fn customer(self) -> FrameLook {
        match self {
            Owners::Untold => FrameLook::Process,
            Owners::Told => FrameLook::CustomerProcess,
        }
    }
}

/// A process of a machine.
pub struct Process<'a> {
    pub name: &'a str,
    pub glyph: Glyph,
    pub word: &'a str,
    pub look: FrameLook,
}

/// A box with a process under the other.
pub fn machine(about: About, title: Vec<Words>, processes: &[Process], band: Option<String>) -> Block {
    let plate = |process: &Process| {
        let id = format!("{}/{}", about.id, process.name);
        Block::Plate(Plate {
            about: made_up(id, "process", process.word),
            look: process.look,
            glyph: process.glyph,
            words: vec![plain(process.word, Ink::Primary)],
        })
    };
    let blocks = processes.iter().map(plate).collect();
    let heading = heading(about, FrameLook::Instance, Some(Glyph::GroupInstance), title);
    Block::Frame(Frame { heading, flow: Flow::Column, blocks, band })
}

/// The share of a group's nodes in one of its subnets, as one of them with what runs on it.
pub fn node(group: &Group, subnet: &Subnet, band: &str, owners: Owners, context: &Context) -> Block {
    let p = context.phrases;
    let icon = things::member(group, subnet, band, context);
    let ink = |n| if n == 0 { Ink::Frame(FrameLook::Instance) } else { Ink::Secondary };
    let mut title: Vec<Words> =
        icon.label.into_iter().enumerate().map(|(n, words)| Words { ink: ink(n), ..words }).collect();
    if title.is_empty() {
        // How many there are is known when they are needed.
        let word = if group.kind == Kind::FargateProfile { p.fargate_machine } else { p.worker_nodes };
        title.push(plain(word, ink(0)));
    }
    // Of a node that AWS keeps, what AWS put there is AWS's too.
    let agents = match group.kind {
        Kind::SelfManagedNodeGroup => owners.customer(),
        _ => owners.aws(),
    };
    let agent = |name, glyph, word| Process { name, glyph, word, look: agents };
    let pod = |name| Process { name, glyph: Glyph::K8sPod, word: p.pod_sample, look: owners.customer() };
    let processes = match group.kind {
        Kind::FargateProfile => vec![agent("kubelet", Glyph::K8sKubelet, "kubelet"), pod("pod")],
        _ => vec![
            agent("kubelet", Glyph::K8sKubelet, "kubelet"),
            agent("kube-proxy", Glyph::K8sKubeProxy, "kube-proxy"),
            pod("pod1"),
            pod("pod2"),
        ],
    };
    machine(icon.about, title, &processes, Some(band.to_string()))
}
