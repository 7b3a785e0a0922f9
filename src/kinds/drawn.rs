//! What a resource says of itself, before any of its references is resolved.

use super::{Kind, Lookup, containers, databases, functions, instances, load_balancers, messaging, network, nodes};
use super::{search, storage};
use crate::diag::Known;
use crate::inventory::{Property, Resource};

/// One resource that stands in a VPC.
#[derive(Debug)]
pub struct Drawn<'a> {
    pub kind: Kind,
    pub shape: Shape,
    pub without_subnets: WithoutSubnets,
    /// As written: references, ids, lists, comma-separated text.
    pub subnets: Vec<&'a Property>,
    /// Where it names zones instead of subnets.
    pub zones: Vec<&'a Property>,
    /// The one zone in which it runs, whichever its subnets are.
    pub only_zone: Option<&'a Property>,
    pub security_groups: Vec<&'a Property>,
    /// The VPC, where it is named beside or instead of the subnets.
    pub vpc: Option<&'a Property>,
    pub facts: Vec<String>,
    pub instance_types: Vec<String>,
    pub count: Option<Count>,
    /// The EKS cluster that it names.
    pub cluster: Option<&'a Property>,
    pub scheme: Option<Scheme>,
    pub user_data: Option<&'a Property>,
    /// Whether it asks for a public address of its own; `None` leaves that to the subnet.
    pub public_address: Option<Known<bool>>,
    /// The launch template or configuration that the input only names.
    pub launch_outside: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Has an icon of its own.
    Thing,
    /// Runs across subnets, even where there is but one.
    Group,
    /// A thing in one subnet, a group in several.
    ByItsSubnets,
}

/// Where it is when it names no subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutSubnets {
    /// In the account's default VPC.
    DefaultVpc,
    /// A service of the region, behind a public endpoint.
    Region,
    /// In no network of the account.
    Undrawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    InternetFacing,
    Internal,
}

/// How many instances a group may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub least: Option<Known<u32>>,
    pub desired: Option<Known<u32>>,
    pub most: Option<Known<u32>>,
}

impl Count {
    pub fn read(least: Option<&Property>, desired: Option<&Property>, most: Option<&Property>) -> Count {
        Count { least: least.and_then(number), desired: desired.and_then(number), most: most.and_then(number) }
    }
}

/// A count as written; what is no number is shown as it stands.
pub fn number(property: &Property) -> Option<Known<u32>> {
    match property.known()? {
        Known::Yes(text) => text.trim().parse().ok().map(Known::Yes),
        Known::Later(name) => Some(Known::Later(name)),
    }
}

/// A flag as written; what is neither true nor false yet goes by its name.
pub fn flag(property: &Property) -> Option<Known<bool>> {
    match (property.as_bool(), property.known()?) {
        (Some(value), _) => Some(Known::Yes(value)),
        (None, Known::Later(name)) => Some(Known::Later(name)),
        (None, Known::Yes(_)) => None,
    }
}

impl<'a> Drawn<'a> {
    pub fn new(kind: Kind, shape: Shape, without_subnets: WithoutSubnets) -> Drawn<'a> {
        Drawn {
            kind,
            shape,
            without_subnets,
            subnets: Vec::new(),
            zones: Vec::new(),
            only_zone: None,
            security_groups: Vec::new(),
            vpc: None,
            facts: Vec::new(),
            instance_types: Vec::new(),
            count: None,
            cluster: None,
            scheme: None,
            user_data: None,
            public_address: None,
            launch_outside: None,
        }
    }

    #[must_use]
    pub fn in_subnets(mut self, subnets: Option<&'a Property>) -> Drawn<'a> {
        self.subnets.extend(subnets);
        self
    }

    #[must_use]
    pub fn only_in_zone(mut self, zone: Option<&'a Property>) -> Drawn<'a> {
        self.only_zone = zone;
        self
    }

    #[must_use]
    pub fn with_groups(mut self, security_groups: Option<&'a Property>) -> Drawn<'a> {
        self.security_groups.extend(security_groups);
        self
    }

    /// Adds a property's value to the facts, if it is there.
    #[must_use]
    pub fn fact(mut self, property: Option<&Property>) -> Drawn<'a> {
        self.facts.extend(property.and_then(Property::shown));
        self
    }
}

/// What the resource is in a picture of a VPC; `None` where it is nothing that stands in one.
pub fn drawn<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Option<Drawn<'a>> {
    Some(match resource.type_name.as_str() {
        "AWS::EC2::Instance" => instances::instance(resource, lookup),
        "AWS::AutoScaling::AutoScalingGroup" => instances::auto_scaling_group(resource, lookup),
        "AWS::Cloud9::EnvironmentEC2" => instances::cloud9(resource),
        "AWS::EC2::NatGateway" => network::nat_gateway(resource),
        "AWS::EC2::NetworkInterface" => network::network_interface(resource),
        "AWS::EKS::Nodegroup" => nodes::managed_node_group(resource, lookup),
        "AWS::EKS::FargateProfile" => nodes::fargate_profile(resource),
        "Custom::AWSCDK-EKS-FargateProfile" => nodes::cdk_fargate_profile(resource),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => load_balancers::second_generation(resource),
        "AWS::ElasticLoadBalancing::LoadBalancer" => load_balancers::classic(resource),
        "AWS::RDS::DBInstance" => databases::instance(resource, lookup)?,
        "AWS::RDS::DBCluster" => databases::cluster(resource, lookup),
        "AWS::DocDB::DBCluster" => databases::document_db(resource, lookup),
        "AWS::Neptune::DBCluster" => databases::neptune(resource, lookup),
        "AWS::Redshift::Cluster" => databases::redshift(resource, lookup),
        "AWS::ElastiCache::CacheCluster" => databases::cache_cluster(resource, lookup),
        "AWS::ElastiCache::ReplicationGroup" => databases::replication_group(resource, lookup),
        "AWS::ElastiCache::ServerlessCache" => databases::serverless_cache(resource),
        "AWS::OpenSearchService::Domain" | "AWS::Elasticsearch::Domain" => search::domain(resource),
        "AWS::MSK::Cluster" => messaging::kafka(resource),
        "AWS::MSK::ServerlessCluster" => messaging::serverless_kafka(resource),
        "AWS::AmazonMQ::Broker" => messaging::broker(resource),
        "AWS::Lambda::Function" | "AWS::Serverless::Function" => functions::function(resource),
        "AWS::ECS::Service" => containers::service(resource),
        "AWS::Batch::ComputeEnvironment" => containers::compute_environment(resource),
        "AWS::EFS::MountTarget" => storage::mount_target(resource, lookup),
        "AWS::FSx::FileSystem" => storage::fsx(resource),
        _ => return None,
    })
}
