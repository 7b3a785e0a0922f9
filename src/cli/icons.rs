//! `--icons DIR`: AWS's own icon files in place of the bundled ones.
//!
//! AWS publishes its icons under terms that forbid changes, so they are not bundled; a folder of them (the
//! unpacked asset package, at any depth) is read as it is.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::diag::Diagnostic;
use crate::limits::ICON_BYTES;
use crate::look::Glyph;
use crate::write::Icons;

/// Folders deeper than this are not entered. Stops: a folder that links to itself.
const DEPTH: usize = 8;

/// Files of a folder that are looked at. Stops: `--icons /`.
const FILES: usize = 20_000;

pub fn read(folder: &Path, icons: &mut Icons) -> Result<(), Diagnostic> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files)
        .map_err(|error| Diagnostic::error("cannot-read", format!("{} cannot be read: {error}", folder.display())))?;
    files.sort();
    let found: Vec<(Glyph, &PathBuf)> = Glyph::ALL.iter().filter_map(|&g| Some((g, best(&files, g)?))).collect();
    if found.is_empty() {
        return Err(Diagnostic::error("no-icons", format!("{} holds none of AWS's icon files", folder.display()))
            .hint("unpack AWS's asset package and name its folder"));
    }
    for (glyph, path) in found {
        icons.replace(glyph, icon(path)?);
    }
    Ok(())
}

fn icon(path: &Path) -> Result<String, Diagnostic> {
    let mut svg = String::new();
    let length = std::fs::File::open(path)
        .and_then(|file| file.take(ICON_BYTES + 1).read_to_string(&mut svg))
        .map_err(|error| Diagnostic::error("cannot-read", format!("{} cannot be read: {error}", path.display())))?;
    if length as u64 > ICON_BYTES {
        let message = format!("{} is larger than {} MiB", path.display(), ICON_BYTES >> 20);
        return Err(Diagnostic::error("input-too-large", message).hint("AWS's icons are a few kilobytes; remove it"));
    }
    Ok(svg)
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if files.len() >= FILES {
            break;
        }
        if entry.file_type()?.is_dir() {
            if depth < DEPTH {
                collect(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("svg")) {
            files.push(path);
        }
    }
    Ok(())
}

/// The file whose name holds the glyph's words and least besides: of the sizes that AWS offers, 48.
fn best(files: &[PathBuf], glyph: Glyph) -> Option<&PathBuf> {
    let wanted = words(official_name(glyph)?);
    let rank = |path: &PathBuf| {
        let stem = path.file_stem()?.to_str()?;
        let found = words(stem);
        let all = wanted.iter().all(|w| found.contains(w));
        let light = !found.iter().any(|w| w == "dark");
        all.then_some((found.len(), !light, !stem.contains("48"), path.clone()))
    };
    files.iter().filter_map(|path| Some((rank(path)?, path))).min_by(|a, b| a.0.cmp(&b.0)).map(|(_, path)| path)
}

fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// What AWS calls the icon in its asset package; `None` for drawings that only this project has.
///
/// Source: AWS Architecture Icons, asset package, names of files.
const fn official_name(glyph: Glyph) -> Option<&'static str> {
    Some(match glyph {
        Glyph::Eks => "Arch Amazon Elastic Kubernetes Service",
        Glyph::Ecr => "Arch Amazon Elastic Container Registry",
        Glyph::Ecs => "Arch Amazon Elastic Container Service",
        Glyph::Fargate => "Arch AWS Fargate",
        Glyph::Lambda => "Arch AWS Lambda",
        Glyph::Ec2 => "Arch Amazon EC2",
        Glyph::AutoScaling => "Arch Amazon EC2 Auto Scaling",
        Glyph::Batch => "Arch AWS Batch",
        Glyph::Instance => "Res Amazon EC2 Instance",
        Glyph::Instances => "Res Amazon EC2 Instances",
        Glyph::ElasticIp => "Res Amazon EC2 Elastic IP Address",
        Glyph::InternetGateway => "Res Amazon VPC Internet Gateway",
        Glyph::NatGateway => "Res Amazon VPC NAT Gateway",
        Glyph::VpnGateway => "Res Amazon VPC VPN Gateway",
        Glyph::VpnConnection => "Res Amazon VPC VPN Connection",
        Glyph::CustomerGateway => "Res Amazon VPC Customer Gateway",
        Glyph::TransitGatewayAttachment => "Res AWS Transit Gateway Attachment",
        Glyph::Peering => "Res Amazon VPC Peering Connection",
        Glyph::EndpointGateway | Glyph::EndpointInterface => "Res Amazon VPC Endpoints",
        Glyph::NetworkInterface => "Res Amazon VPC Elastic Network Interface",
        Glyph::NetworkAcl => "Res Amazon VPC Network Access Control List",
        Glyph::LoadBalancerApplication => "Res Elastic Load Balancing Application Load Balancer",
        Glyph::LoadBalancerNetwork => "Res Elastic Load Balancing Network Load Balancer",
        Glyph::LoadBalancerClassic => "Res Elastic Load Balancing Classic Load Balancer",
        Glyph::LoadBalancerGateway => "Res Elastic Load Balancing Gateway Load Balancer",
        Glyph::HostedZone => "Res Amazon Route 53 Hosted Zone",
        Glyph::Resolver => "Res Amazon Route 53 Resolver",
        Glyph::NetworkFirewall => "Arch AWS Network Firewall",
        Glyph::TransitGateway => "Arch AWS Transit Gateway",
        Glyph::Route53 => "Arch Amazon Route 53",
        Glyph::DirectConnect => "Arch AWS Direct Connect",
        Glyph::CloudFront => "Arch Amazon CloudFront",
        Glyph::ApiGateway => "Arch Amazon API Gateway",
        Glyph::VpcLattice => "Arch Amazon VPC Lattice",
        Glyph::GlobalAccelerator => "Arch AWS Global Accelerator",
        Glyph::S3 => "Arch Amazon Simple Storage Service",
        Glyph::Ebs => "Arch Amazon Elastic Block Store",
        Glyph::Efs => "Arch Amazon EFS",
        Glyph::Fsx => "Arch Amazon FSx",
        Glyph::Rds => "Arch Amazon RDS",
        Glyph::Aurora => "Arch Amazon Aurora",
        Glyph::DynamoDb => "Arch Amazon DynamoDB",
        Glyph::ElastiCache => "Arch Amazon ElastiCache",
        Glyph::DocumentDb => "Arch Amazon DocumentDB",
        Glyph::Neptune => "Arch Amazon Neptune",
        Glyph::Redshift => "Arch Amazon Redshift",
        Glyph::OpenSearch => "Arch Amazon OpenSearch Service",
        Glyph::Msk => "Arch Amazon Managed Streaming for Apache Kafka",
        Glyph::Emr => "Arch Amazon EMR",
        Glyph::Sqs => "Arch Amazon Simple Queue Service",
        Glyph::Sns => "Arch Amazon Simple Notification Service",
        Glyph::EventBridge => "Arch Amazon EventBridge",
        Glyph::Mq => "Arch Amazon MQ",
        Glyph::CloudWatch => "Arch Amazon CloudWatch",
        Glyph::CloudFormation => "Arch AWS CloudFormation",
        Glyph::SystemsManager => "Arch AWS Systems Manager",
        Glyph::CloudWatchLogs => "Res Amazon CloudWatch Logs",
        Glyph::Iam => "Arch AWS Identity and Access Management",
        Glyph::Kms => "Arch AWS Key Management Service",
        Glyph::SecretsManager => "Arch AWS Secrets Manager",
        Glyph::CertificateManager => "Arch AWS Certificate Manager",
        Glyph::IamRole => "Res AWS Identity Access Management Role",
        Glyph::Sts => "Res AWS Identity Access Management AWS STS",
        Glyph::SageMaker => "Arch Amazon SageMaker",
        Glyph::User => "Res User",
        Glyph::Users => "Res Users",
        Glyph::Client => "Res Client",
        Glyph::Internet => "Res Internet",
        Glyph::CorporateDataCenter => "Res Corporate data center",
        Glyph::Server => "Res Traditional server",
        _ => return None,
    })
}
