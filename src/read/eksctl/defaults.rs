//! What eksctl assumes where a ClusterConfig is silent.
//!
//! Source of each: github.com/eksctl-io/eksctl, the file named beside it.

/// pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultRegion`.
pub const REGION: &str = "us-west-2";

/// pkg/apis/eksctl.io/v1alpha5/vpc.go, `DefaultCIDR`.
pub const VPC_BLOCK: &str = "192.168.0.0/16";

/// The smallest and the largest VPC prefix that eksctl cuts: pkg/vpc/vpc.go, `SetSubnets`.
pub const VPC_PREFIXES: std::ops::RangeInclusive<u8> = 16..=24;

/// Zones of a new VPC where none are named: pkg/apis/eksctl.io/v1alpha5/vpc.go, `RecommendedSubnets`.
/// us-east-1 has zones without capacity for EKS, so eksctl asks for two there (`MinRequiredSubnets`).
pub fn zone_count(region: Option<&str>) -> usize {
    match region {
        Some("us-east-1") => 2,
        _ => 3,
    }
}

/// pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultNodeType`.
pub const INSTANCE_TYPE: &str = "m5.large";

/// pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultNodeCount`.
pub const NODE_COUNT: i64 = 2;

/// Gigabytes: pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultNodeVolumeSize`.
pub const VOLUME_SIZE: i64 = 80;

/// pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultNodeVolumeType`.
pub const VOLUME_TYPE: &str = "gp3";

/// The root device of Amazon Linux: pkg/apis/eksctl.io/v1alpha5/types.go, `DefaultNodeVolumeName`.
pub const VOLUME_NAME: &str = "/dev/xvda";

/// pkg/apis/eksctl.io/v1alpha5/auto_mode.go, `AutoModeKnownNodePools`.
pub const NODE_POOLS: [&str; 2] = ["general-purpose", "system"];

/// What `*` and `all` of `cloudWatch.clusterLogging.enableTypes` stand for:
/// pkg/apis/eksctl.io/v1alpha5/cloudwatch.go, `SupportedCloudWatchClusterLogTypes`.
pub const LOG_TYPES: [&str; 5] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
