//! draw.io's own styles: a stencil for each glyph, a group for each frame.
//!
//! Source: draw.io 24.7.17, the sidebars "AWS" (Sidebar-AWS4.js) and "Kubernetes" (Sidebar-Kubernetes.js). Each was
//! opened in the real app.

use crate::geom::Px;
use crate::look::{FrameLook, Glyph};
use crate::theme::{Drawing, FRAME_DASH, FramePaint, Palette, Rgb, SignPaint};

/// The fixed connection points of a group, a service icon and a Kubernetes icon.
const GROUP_POINTS: &str = "points=[[0,0],[0.25,0],[0.5,0],[0.75,0],[1,0],[1,0.25],[1,0.5],[1,0.75],[1,1],[0.75,1],[0.5,1],[0.25,1],[0,1],[0,0.75],[0,0.5],[0,0.25]];";
const SERVICE_POINTS: &str = "points=[[0,0,0],[0.25,0,0],[0.5,0,0],[0.75,0,0],[1,0,0],[0,1,0],[0.25,1,0],[0.5,1,0],[0.75,1,0],[1,1,0],[0,0.25,0],[0,0.5,0],[0,0.75,0],[1,0.25,0],[1,0.5,0],[1,0.75,0]];";
const KUBERNETES_POINTS: &str =
    "points=[[0.005,0.63,0],[0.1,0.2,0],[0.9,0.2,0],[0.5,0,0],[0.995,0.63,0],[0.72,0.99,0],[0.5,1,0],[0.28,0.99,0]];";

/// A parent whose inside lets clicks through, without a fold mark, that does not stretch its children.
const CONTAINER: &str = "container=1;pointerEvents=0;collapsible=0;recursiveResize=0;";

/// Lines are broken where layout broke them: a font that is a little wider would break them again.
const UNWRAPPED: &str = "whiteSpace=nowrap;";

const COMPUTE: &str = "#ED7100";
const NETWORK: &str = "#8C4FFF";
const STORAGE: &str = "#7AA116";
const DATABASE: &str = "#C925D1";
const MANAGEMENT: &str = "#E7157B";
const SECURITY: &str = "#DD344C";
const LEARNING: &str = "#01A88D";
const GENERAL: &str = "#232F3D";
const KUBERNETES: &str = "#2875E2";

/// A drawing of draw.io's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stencil {
    /// A filled square with a white glyph.
    Service(&'static str, &'static str),
    /// A line drawing in the category's colour.
    Resource(&'static str, &'static str),
    Kubernetes(&'static str),
    /// A group's corner, of the AWS group stencils.
    Corner(&'static str),
}

/// The style of an icon: without its label's.
pub fn icon(glyph: Glyph, palette: Palette) -> String {
    match stencil(glyph) {
        Stencil::Service(category, name) => service(color(category, Drawing::Shape, palette), name),
        Stencil::Resource(category, name) => format!(
            "sketch=0;outlineConnect=0;gradientColor=none;fillColor={color};strokeColor=none;dashed=0;verticalLabelPosition=bottom;verticalAlign=top;align=center;html=1;aspect=fixed;pointerEvents=1;shape=mxgraph.aws4.{name};",
            color = color(category, Drawing::Lines, palette)
        ),
        Stencil::Kubernetes(name) => format!(
            "aspect=fixed;sketch=0;html=1;dashed=0;whitespace=wrap;verticalLabelPosition=bottom;verticalAlign=top;fillColor={color};strokeColor=#ffffff;{KUBERNETES_POINTS}shape=mxgraph.kubernetes.icon2;kubernetesLabel=1;prIcon={name};",
            color = color(KUBERNETES, Drawing::Shape, palette)
        ),
        // Of a group's corner there is no larger drawing but that of the service.
        Stencil::Corner(_) if glyph == Glyph::GroupVpc => service(color(NETWORK, Drawing::Shape, palette), "vpc"),
        Stencil::Corner(name) => format!(
            "sketch=0;outlineConnect=0;html=1;aspect=fixed;verticalLabelPosition=bottom;verticalAlign=top;align=center;fillColor={color};strokeColor=none;shape=mxgraph.aws4.{name};",
            color = color(GENERAL, Drawing::Shape, palette)
        ),
    }
}

/// The colour of a stencil of a category.
fn color(category: &str, drawing: Drawing, palette: Palette) -> Rgb {
    palette.glyph(Rgb::of(category).unwrap_or(palette.basics().primary), drawing)
}

fn service(color: Rgb, name: &str) -> String {
    format!(
        "sketch=0;{SERVICE_POINTS}outlineConnect=0;fillColor={color};strokeColor=#ffffff;dashed=0;verticalLabelPosition=bottom;verticalAlign=top;align=center;html=1;aspect=fixed;shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.{name};"
    )
}

/// How a frame is drawn: its style, and its corner where the group's own stencil does not draw it.
pub struct FrameStyle {
    pub style: String,
    pub corner: Option<String>,
}

pub fn frame(look: FrameLook, badge: Option<Glyph>, palette: Palette) -> FrameStyle {
    let paint = palette.frame(look);
    let fill = paint.fill.map_or("none".to_string(), |fill| fill.to_string());
    match badge.map(|badge| (badge, stencil(badge))) {
        // A translucent fill would make the group's corner translucent too.
        Some((_, Stencil::Corner(corner))) if paint.opacity == 100 => FrameStyle {
            style: format!(
                "{GROUP_POINTS}outlineConnect=0;gradientColor=none;html=1;{UNWRAPPED}{CONTAINER}shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.{corner};{}strokeColor={};fillColor={fill};verticalAlign=top;align=left;{}",
                if paint.border.is_none() { "grStroke=0;" } else { "" },
                paint.badge,
                stroke(paint),
            ),
            corner: None,
        },
        badge => FrameStyle {
            style: format!("{}fillColor={fill};", plain_border(paint)),
            corner: badge.map(|(glyph, drawn)| match drawn {
                Stencil::Service(_, name) => service(paint.badge, name),
                Stencil::Resource(..) | Stencil::Kubernetes(_) => icon(glyph, palette),
                Stencil::Corner(name) => {
                    format!("sketch=0;outlineConnect=0;html=1;aspect=fixed;fillColor={};strokeColor=none;shape=mxgraph.aws4.{name};", paint.badge)
                }
            }),
        },
    }
}

/// What a sign changes in the style of a box.
pub fn sign(paint: SignPaint) -> String {
    let dash =
        paint.dash.map_or_else(|| "dashed=0;".to_string(), |dash| format!("dashed=1;dashPattern={dash};fixDash=1;"));
    format!("grStroke=1;strokeColor={};strokeWidth={};{dash}", paint.color, paint.width)
}

fn plain_border(paint: FramePaint) -> String {
    let border = paint.border.map_or("none".to_string(), |border| border.to_string());
    let opacity = if paint.opacity < 100 { format!("fillOpacity={};", paint.opacity) } else { String::new() };
    format!(
        "{}html=1;{UNWRAPPED}verticalAlign=top;align=left;{CONTAINER}strokeColor={border};{}{opacity}",
        corners(paint.radius),
        stroke(paint)
    )
}

/// draw.io takes the corner's width, which is twice its radius.
fn corners(radius: Px) -> String {
    if radius == 0 { "rounded=0;".to_string() } else { format!("rounded=1;absoluteArcSize=1;arcSize={};", radius * 2) }
}

/// Dash and width of a border. draw.io's own dash is the usual one.
fn stroke(paint: FramePaint) -> String {
    let mut style = format!("dashed={};", u8::from(paint.dash.is_some()));
    if let Some(dash) = paint.dash.filter(|dash| *dash != FRAME_DASH) {
        style.push_str(&format!("dashPattern={dash};fixDash=1;"));
    }
    if paint.width != 1 {
        style.push_str(&format!("strokeWidth={};", paint.width));
    }
    style
}

/// What of draw.io's stands for a glyph. Where it has none, what is nearest to it.
const fn stencil(glyph: Glyph) -> Stencil {
    use Stencil::{Corner, Kubernetes, Resource, Service};
    match glyph {
        Glyph::GroupAwsCloud => Corner("group_aws_cloud_alt"),
        Glyph::GroupAccount => Corner("group_account"),
        Glyph::GroupRegion => Corner("group_region"),
        Glyph::GroupVpc | Glyph::GroupManagedVpc => Corner("group_vpc2"),
        Glyph::GroupPublicSubnet | Glyph::GroupPrivateSubnet | Glyph::GroupIsolatedSubnet => {
            Corner("group_security_group")
        }
        Glyph::GroupAutoScaling | Glyph::GroupNodeGroup => Corner("group_auto_scaling_group"),
        Glyph::GroupInstance => Corner("group_ec2_instance_contents"),
        Glyph::GroupLoadBalancer => Service(NETWORK, "elastic_load_balancing"),
        Glyph::GroupInterfaces => Resource(NETWORK, "elastic_network_interface"),
        Glyph::GroupDatabase => Service(DATABASE, "rds"),
        Glyph::GroupFargate => Service(COMPUTE, "fargate"),
        Glyph::GroupGeneric => Service(GENERAL, "general"),
        Glyph::GroupExternal => Corner("group_on_premise"),
        Glyph::Eks => Service(COMPUTE, "eks"),
        Glyph::Ecr => Service(COMPUTE, "ecr"),
        Glyph::Fargate => Service(COMPUTE, "fargate"),
        Glyph::Lambda => Service(COMPUTE, "lambda"),
        Glyph::Ecs => Service(COMPUTE, "ecs"),
        Glyph::Ec2 => Service(COMPUTE, "ec2"),
        Glyph::AutoScaling => Service(COMPUTE, "auto_scaling2"),
        Glyph::Batch => Service(COMPUTE, "batch"),
        Glyph::GenericCompute => Service(COMPUTE, "compute"),
        Glyph::Instance | Glyph::Bastion | Glyph::WorkerNode => Resource(COMPUTE, "instance2"),
        Glyph::Instances | Glyph::WorkerNodes => Resource(COMPUTE, "instances"),
        Glyph::LaunchTemplate => Resource(COMPUTE, "template"),
        Glyph::ElasticIp => Resource(COMPUTE, "elastic_ip_address"),
        Glyph::FargatePods => Resource(COMPUTE, "container_1"),
        Glyph::InternetGateway | Glyph::EgressOnlyGateway => Resource(NETWORK, "internet_gateway"),
        Glyph::NatGateway => Resource(NETWORK, "nat_gateway"),
        Glyph::NatInstance => Resource(COMPUTE, "nat_gateway"),
        Glyph::VpnGateway => Resource(NETWORK, "vpn_gateway"),
        Glyph::VpnConnection => Resource(NETWORK, "vpn_connection"),
        Glyph::CustomerGateway => Resource(NETWORK, "customer_gateway"),
        Glyph::TransitGatewayAttachment => Resource(NETWORK, "transit_gateway_attachment"),
        Glyph::Peering => Resource(NETWORK, "peering"),
        Glyph::RouteTable => Resource(NETWORK, "route_table"),
        Glyph::EndpointGateway | Glyph::EndpointInterface => Resource(NETWORK, "endpoints"),
        Glyph::NetworkInterface => Resource(NETWORK, "elastic_network_interface"),
        Glyph::NetworkAcl => Resource(NETWORK, "network_access_control_list"),
        Glyph::LoadBalancerApplication => Resource(NETWORK, "application_load_balancer"),
        Glyph::LoadBalancerNetwork | Glyph::ApiEndpoint => Resource(NETWORK, "network_load_balancer"),
        Glyph::LoadBalancerClassic => Resource(NETWORK, "classic_load_balancer"),
        Glyph::LoadBalancerGateway => Resource(NETWORK, "gateway_load_balancer"),
        Glyph::HostedZone => Resource(NETWORK, "hosted_zone"),
        Glyph::Resolver => Resource(NETWORK, "route_53_resolver"),
        Glyph::NetworkFirewall => Service(SECURITY, "network_firewall"),
        Glyph::TransitGateway => Service(NETWORK, "transit_gateway"),
        Glyph::Route53 => Service(NETWORK, "route_53"),
        Glyph::DirectConnect => Service(NETWORK, "direct_connect"),
        Glyph::CloudFront => Service(NETWORK, "cloudfront"),
        Glyph::ApiGateway => Service(NETWORK, "api_gateway"),
        Glyph::VpcLattice => Service(NETWORK, "vpc_lattice"),
        Glyph::GlobalAccelerator => Service(NETWORK, "global_accelerator"),
        Glyph::GenericNetwork => Service(NETWORK, "networking_and_content_delivery"),
        Glyph::S3 => Service(STORAGE, "s3"),
        Glyph::Ebs => Service(STORAGE, "elastic_block_store"),
        Glyph::Efs => Service(STORAGE, "elastic_file_system"),
        Glyph::Fsx => Service(STORAGE, "fsx"),
        Glyph::GenericStorage => Service(STORAGE, "storage"),
        Glyph::Rds => Service(DATABASE, "rds"),
        Glyph::Aurora => Service(DATABASE, "aurora"),
        Glyph::DynamoDb => Service(DATABASE, "dynamodb"),
        Glyph::ElastiCache => Service(DATABASE, "elasticache"),
        Glyph::DocumentDb => Service(DATABASE, "documentdb_with_mongodb_compatibility"),
        Glyph::Neptune => Service(DATABASE, "neptune"),
        Glyph::GenericDatabase => Service(DATABASE, "database"),
        Glyph::Redshift => Service(NETWORK, "redshift"),
        Glyph::OpenSearch => Service(NETWORK, "elasticsearch_service"),
        Glyph::Msk => Service(NETWORK, "managed_streaming_for_kafka"),
        Glyph::Emr => Service(NETWORK, "emr"),
        Glyph::GenericAnalytics => Service(NETWORK, "analytics"),
        Glyph::Sqs => Service(MANAGEMENT, "sqs"),
        Glyph::Sns => Service(MANAGEMENT, "sns"),
        Glyph::EventBridge => Service(MANAGEMENT, "eventbridge"),
        Glyph::Mq => Service(MANAGEMENT, "mq"),
        Glyph::GenericIntegration => Service(MANAGEMENT, "application_integration"),
        Glyph::CloudWatch => Service(MANAGEMENT, "cloudwatch_2"),
        Glyph::CloudFormation => Service(MANAGEMENT, "cloudformation"),
        Glyph::SystemsManager => Service(MANAGEMENT, "systems_manager"),
        Glyph::GenericManagement => Service(MANAGEMENT, "management_and_governance"),
        Glyph::CloudWatchLogs => Resource(MANAGEMENT, "logs"),
        Glyph::Iam => Service(SECURITY, "identity_and_access_management"),
        Glyph::Kms => Service(SECURITY, "key_management_service"),
        Glyph::SecretsManager => Service(SECURITY, "secrets_manager"),
        Glyph::CertificateManager => Service(SECURITY, "certificate_manager_3"),
        Glyph::GenericSecurity => Service(SECURITY, "security_identity_and_compliance"),
        Glyph::IamRole => Resource(SECURITY, "role"),
        Glyph::Sts => Resource(SECURITY, "sts"),
        Glyph::SecurityGroup => Resource(SECURITY, "security_group"),
        Glyph::SageMaker => Service(LEARNING, "sagemaker"),
        Glyph::GenericMl => Service(LEARNING, "machine_learning"),
        Glyph::User => Resource(GENERAL, "user"),
        Glyph::Users => Resource(GENERAL, "users"),
        Glyph::Client => Resource(GENERAL, "client"),
        Glyph::Internet => Resource(GENERAL, "internet_alt2"),
        Glyph::CorporateDataCenter => Resource(GENERAL, "corporate_data_center"),
        Glyph::Server => Resource(GENERAL, "traditional_server"),
        Glyph::Kubectl => Resource(GENERAL, "command_line_interface"),
        Glyph::Kubeconfig => Resource(GENERAL, "template"),
        Glyph::Question => Resource(GENERAL, "question"),
        Glyph::GenericGeneral => Service("#1E262E", "general"),
        Glyph::K8sApiServer => Kubernetes("api"),
        Glyph::K8sScheduler => Kubernetes("sched"),
        Glyph::K8sControllerManager => Kubernetes("c_m"),
        Glyph::K8sEtcd => Kubernetes("etcd"),
        Glyph::K8sKubelet => Kubernetes("kubelet"),
        Glyph::K8sKubeProxy => Kubernetes("k_proxy"),
        Glyph::K8sPod => Kubernetes("pod"),
        Glyph::K8sService => Kubernetes("svc"),
        Glyph::K8sIngress => Kubernetes("ing"),
        Glyph::K8sNode => Kubernetes("node"),
        Glyph::K8sContainerRuntime => Resource(COMPUTE, "container_2"),
    }
}
