//! What can be drawn, and how each kind reads its resource.
//!
//! A file a family turns a resource's properties into [`Drawn`]: its kind, the places it names (as written,
//! not yet resolved) and the facts that are worth a line of text. A new kind is a variant here, a function in
//! its family's file, and a line in [`drawn`].

mod containers;
mod databases;
mod drawn;
mod functions;
mod instances;
mod launch;
mod load_balancers;
mod lookup;
mod messaging;
mod network;
mod nodes;
mod regional;
mod search;
mod storage;

pub use drawn::{Count, Drawn, Scheme, Shape, WithoutSubnets, drawn, flag};
pub use launch::Launch;
pub use lookup::Lookup;
pub use network::cluster_of_interface;
pub use regional::regional;

use crate::look::Glyph;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Instance,
    /// A host through which people come in, or from which they work (SSH open, kubectl in its user data).
    Bastion,
    NatGateway,
    NatInstance,
    NetworkInterface,
    /// A candidate place of a network interface that EKS makes for the control plane.
    ClusterInterface,
    InterfaceEndpoint,
    FirewallEndpoint,
    ManagedNodeGroup,
    SelfManagedNodeGroup,
    /// Nodes that EKS Auto Mode or Karpenter launches as they are needed.
    AutoModeNodes,
    FargateProfile,
    AutoScalingGroup,
    ApplicationLoadBalancer,
    NetworkLoadBalancer,
    GatewayLoadBalancer,
    ClassicLoadBalancer,
    TransitGateway,
    Ecr,
    S3,
    Efs,
    MountTarget,
    Fsx,
    Rds,
    Aurora,
    DynamoDb,
    ElastiCache,
    DocumentDb,
    Neptune,
    Redshift,
    OpenSearch,
    Msk,
    Mq,
    Lambda,
    EcsService,
    Batch,
    Sqs,
    Sns,
    ApiGateway,
    CloudFront,
    HostedZone,
    Kms,
    SecretsManager,
    CloudWatchLogs,
    /// A stack whose template is not in the input.
    NestedStack,
}

impl Kind {
    /// Whether a cluster's pods run on it.
    pub const fn is_nodes(self) -> bool {
        matches!(self, Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup | Kind::AutoModeNodes | Kind::FargateProfile)
    }

    /// The icon of one of them.
    pub const fn glyph(self) -> Glyph {
        match self {
            Kind::Instance => Glyph::Instance,
            Kind::Bastion => Glyph::Bastion,
            Kind::NatGateway => Glyph::NatGateway,
            Kind::NatInstance => Glyph::NatInstance,
            Kind::NetworkInterface | Kind::ClusterInterface => Glyph::NetworkInterface,
            Kind::InterfaceEndpoint => Glyph::EndpointInterface,
            Kind::FirewallEndpoint => Glyph::NetworkFirewall,
            Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup | Kind::AutoModeNodes => Glyph::WorkerNode,
            Kind::FargateProfile => Glyph::FargatePods,
            Kind::AutoScalingGroup => Glyph::Instance,
            Kind::ApplicationLoadBalancer => Glyph::LoadBalancerApplication,
            Kind::NetworkLoadBalancer => Glyph::LoadBalancerNetwork,
            Kind::GatewayLoadBalancer => Glyph::LoadBalancerGateway,
            Kind::ClassicLoadBalancer => Glyph::LoadBalancerClassic,
            Kind::TransitGateway => Glyph::TransitGateway,
            Kind::Ecr => Glyph::Ecr,
            Kind::S3 => Glyph::S3,
            Kind::Efs | Kind::MountTarget => Glyph::Efs,
            Kind::Fsx => Glyph::Fsx,
            Kind::Rds => Glyph::Rds,
            Kind::Aurora => Glyph::Aurora,
            Kind::DynamoDb => Glyph::DynamoDb,
            Kind::ElastiCache => Glyph::ElastiCache,
            Kind::DocumentDb => Glyph::DocumentDb,
            Kind::Neptune => Glyph::Neptune,
            Kind::Redshift => Glyph::Redshift,
            Kind::OpenSearch => Glyph::OpenSearch,
            Kind::Msk => Glyph::Msk,
            Kind::Mq => Glyph::Mq,
            Kind::Lambda => Glyph::Lambda,
            Kind::EcsService => Glyph::Ecs,
            Kind::Batch => Glyph::Batch,
            Kind::Sqs => Glyph::Sqs,
            Kind::Sns => Glyph::Sns,
            Kind::ApiGateway => Glyph::ApiGateway,
            Kind::CloudFront => Glyph::CloudFront,
            Kind::HostedZone => Glyph::HostedZone,
            Kind::Kms => Glyph::Kms,
            Kind::SecretsManager => Glyph::SecretsManager,
            Kind::CloudWatchLogs => Glyph::CloudWatchLogs,
            Kind::NestedStack => Glyph::CloudFormation,
        }
    }
}
