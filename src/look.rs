//! What a drawn thing is, as far as its look goes: the vocabulary that `compose` chooses from, that `layout`
//! carries along unread, and that every writer turns into colours, dashes and stencils.

/// How a box is drawn: its border, fill, badge and title colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FrameLook {
    Cloud,
    Account,
    Region,
    /// The AWS-managed VPC of a cluster's control plane.
    ControlPlane,
    Vpc,
    /// A VPC that the input names but does not make.
    ExternalVpc,
    Zone,
    PublicSubnet,
    PrivateSubnet,
    IsolatedSubnet,
    /// A subnet whose routes are not in the input.
    UnknownSubnet,
    NodeGroup,
    AutoScalingGroup,
    Fargate,
    LoadBalancer,
    /// The interfaces at which a cluster's control plane is met in a VPC.
    ClusterInterfaces,
    Database,
    /// A group of AWS's own inside the control plane.
    ManagedGroup,
    /// Resources of the region that stand in no VPC.
    Services,
    /// A Kubernetes cluster, whosever machines it runs on.
    Kubernetes,
    /// A machine with what runs on it.
    Instance,
    /// What runs on a machine: nobody's, AWS's, or the customer's to keep running.
    Process,
    AwsProcess,
    CustomerProcess,
    /// An answer or a list beside the picture's things: what DNS says.
    Card,
    /// An invisible box that only arranges what is in it.
    Plain,
}

impl FrameLook {
    /// Whether it is a thing with a glyph and words in it, and no box for others.
    pub const fn is_plate(self) -> bool {
        matches!(self, FrameLook::Process | FrameLook::AwsProcess | FrameLook::CustomerProcess | FrameLook::Card)
    }
}

/// What an edge means: colour and dash, and its line in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeLook {
    /// A person's way in: SSH to a bastion.
    Administration,
    Kubectl,
    NodesToApi,
    ControlPlaneToNodes,
    /// The default route out of the VPC.
    Egress,
    /// Clients of an application, through a load balancer.
    Application,
    /// Inside the control plane.
    Internal,
    /// A standing connection: peering, VPN, attachment, endpoint to its service.
    Connection,
    /// Questions to DNS: kubectl's, and the nodes'.
    KubectlDns,
    NodesDns,
    /// A way that does not get there.
    Broken,
}

impl EdgeLook {
    /// Its name in ids, classes and the scene's JSON.
    pub const fn name(self) -> &'static str {
        match self {
            EdgeLook::Administration => "administration",
            EdgeLook::Kubectl => "kubectl",
            EdgeLook::NodesToApi => "nodes-to-api",
            EdgeLook::ControlPlaneToNodes => "control-plane-to-nodes",
            EdgeLook::Egress => "egress",
            EdgeLook::Application => "application",
            EdgeLook::Internal => "internal",
            EdgeLook::Connection => "connection",
            EdgeLook::KubectlDns => "kubectl-dns",
            EdgeLook::NodesDns => "nodes-dns",
            EdgeLook::Broken => "broken",
        }
    }
}

/// What became of a thing, in a picture of two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    Added,
    Removed,
    Changed,
}

impl Sign {
    pub const ALL: [Sign; 3] = [Sign::Added, Sign::Removed, Sign::Changed];

    /// Its name in classes, in the scene's JSON and in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Sign::Added => "added",
            Sign::Removed => "removed",
            Sign::Changed => "changed",
        }
    }

    /// What is written in a picture: it is read where colours are not. The second one is a minus, and no hyphen.
    pub const fn mark(self) -> &'static str {
        match self {
            Sign::Added => "+",
            Sign::Removed => "\u{2212}",
            Sign::Changed => "~",
        }
    }
}

/// The tone of a small plate with a few words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    Neutral,
    Good,
    Warning,
    Danger,
    /// What AWS answers for, and what the customer does.
    Aws,
    Customer,
    /// The number on an edge.
    Step(EdgeLook),
    Sign(Sign),
}

/// The colour of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ink {
    /// Names.
    Primary,
    /// Second lines: types, sizes, addresses, reasons.
    Secondary,
    /// The title colour of the frame that it names.
    Frame(FrameLook),
    Edge(EdgeLook),
    Tone(Tone),
    /// Of what a line became.
    Sign(Sign),
}

/// The three sizes of text in a picture, and its two weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextSize {
    /// The page's title.
    Title,
    /// Names and frame titles.
    Body,
    /// Everything else.
    Small,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    Regular,
    Bold,
}

macro_rules! glyphs {
    ($($variant:ident $slug:literal,)*) => {
        /// A drawing of the icon family: one SVG file a variant in assets/icons.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Glyph { $($variant,)* }

        impl Glyph {
            pub const ALL: &'static [Glyph] = &[$(Glyph::$variant,)*];

            /// The name of its file in assets/icons, without the ending.
            pub const fn slug(self) -> &'static str {
                match self { $(Glyph::$variant => $slug,)* }
            }

            /// The whole text of its SVG file.
            pub const fn svg(self) -> &'static str {
                match self { $(Glyph::$variant => include_str!(concat!("../assets/icons/", $slug, ".svg")),)* }
            }
        }
    };
}

glyphs! {
    GroupAwsCloud "group-aws-cloud",
    GroupAccount "group-account",
    GroupRegion "group-region",
    GroupVpc "group-vpc",
    GroupManagedVpc "group-managed-vpc",
    GroupPublicSubnet "group-public-subnet",
    GroupPrivateSubnet "group-private-subnet",
    GroupIsolatedSubnet "group-isolated-subnet",
    GroupAutoScaling "group-auto-scaling",
    GroupNodeGroup "group-node-group",
    GroupInstance "group-instance",
    GroupLoadBalancer "group-load-balancer",
    GroupInterfaces "group-interfaces",
    GroupDatabase "group-database",
    GroupFargate "group-fargate",
    GroupGeneric "group-generic",
    GroupExternal "group-external",
    Eks "eks",
    Ecr "ecr",
    Fargate "fargate",
    Lambda "lambda",
    Ecs "ecs",
    Ec2 "ec2",
    AutoScaling "auto-scaling",
    Batch "batch",
    GenericCompute "generic-compute",
    Instance "instance",
    Instances "instances",
    Bastion "bastion",
    WorkerNode "worker-node",
    WorkerNodes "worker-nodes",
    LaunchTemplate "launch-template",
    ElasticIp "elastic-ip",
    FargatePods "fargate-pods",
    InternetGateway "internet-gateway",
    EgressOnlyGateway "egress-only-gateway",
    NatGateway "nat-gateway",
    NatInstance "nat-instance",
    VpnGateway "vpn-gateway",
    VpnConnection "vpn-connection",
    CustomerGateway "customer-gateway",
    TransitGatewayAttachment "transit-gateway-attachment",
    Peering "peering",
    RouteTable "route-table",
    EndpointGateway "endpoint-gateway",
    EndpointInterface "endpoint-interface",
    NetworkInterface "network-interface",
    NetworkAcl "network-acl",
    LoadBalancerApplication "load-balancer-application",
    LoadBalancerNetwork "load-balancer-network",
    LoadBalancerClassic "load-balancer-classic",
    LoadBalancerGateway "load-balancer-gateway",
    HostedZone "hosted-zone",
    Resolver "resolver",
    NetworkFirewall "network-firewall",
    ApiEndpoint "api-endpoint",
    TransitGateway "transit-gateway",
    Route53 "route-53",
    DirectConnect "direct-connect",
    CloudFront "cloudfront",
    ApiGateway "api-gateway",
    VpcLattice "vpc-lattice",
    GlobalAccelerator "global-accelerator",
    GenericNetwork "generic-network",
    S3 "s3",
    Ebs "ebs",
    Efs "efs",
    Fsx "fsx",
    GenericStorage "generic-storage",
    Rds "rds",
    Aurora "aurora",
    DynamoDb "dynamodb",
    ElastiCache "elasticache",
    DocumentDb "documentdb",
    Neptune "neptune",
    GenericDatabase "generic-database",
    Redshift "redshift",
    OpenSearch "opensearch",
    Msk "msk",
    Emr "emr",
    GenericAnalytics "generic-analytics",
    Sqs "sqs",
    Sns "sns",
    EventBridge "eventbridge",
    Mq "mq",
    GenericIntegration "generic-integration",
    CloudWatch "cloudwatch",
    CloudFormation "cloudformation",
    SystemsManager "systems-manager",
    GenericManagement "generic-management",
    CloudWatchLogs "cloudwatch-logs",
    Iam "iam",
    Kms "kms",
    SecretsManager "secrets-manager",
    CertificateManager "certificate-manager",
    GenericSecurity "generic-security",
    IamRole "iam-role",
    Sts "sts",
    SecurityGroup "security-group",
    SageMaker "sagemaker",
    GenericMl "generic-ml",
    User "user",
    Users "users",
    Client "client",
    Internet "internet",
    CorporateDataCenter "corporate-data-center",
    Server "server",
    Kubectl "kubectl",
    Kubeconfig "kubeconfig",
    Question "question",
    GenericGeneral "generic-general",
    K8sApiServer "k8s-api-server",
    K8sScheduler "k8s-scheduler",
    K8sControllerManager "k8s-controller-manager",
    K8sEtcd "k8s-etcd",
    K8sKubelet "k8s-kubelet",
    K8sKubeProxy "k8s-kube-proxy",
    K8sPod "k8s-pod",
    K8sService "k8s-service",
    K8sIngress "k8s-ingress",
    K8sNode "k8s-node",
    K8sContainerRuntime "k8s-container-runtime",
}
