//! A CloudFormation template of any size, the same bytes each time: VPCs of some zones and tiers with what such
//! networks hold, that is gateways, routes, endpoints, security groups, a load balancer, an Auto Scaling group, an EKS
//! cluster, and this many instances or databases in each subnet behind the public ones.

use std::fmt::Write;

#[derive(Clone, Copy)]
pub struct Size {
    pub name: &'static str,
    pub vpcs: usize,
    pub zones: usize,
    pub tiers: usize,
    /// Instances or databases in each subnet that is not public.
    pub each: usize,
}

/// About 30, 300, 3,000 and 30,000 resources.
pub const SIZES: [Size; 4] = [
    Size { name: "S", vpcs: 1, zones: 2, tiers: 2, each: 1 },
    Size { name: "M", vpcs: 3, zones: 3, tiers: 3, each: 6 },
    Size { name: "L", vpcs: 12, zones: 3, tiers: 4, each: 20 },
    Size { name: "XL", vpcs: 60, zones: 3, tiers: 4, each: 48 },
];

const HEAD: &str = "\
AWSTemplateFormatVersion: '2010-09-09'
Description: A network of networks, made to measure
Parameters:
  Stage:
    Type: String
    Default: prod
  InstanceType:
    Type: String
    Default: m6i.large
  Image:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
Resources:
";

pub struct Template {
    pub text: String,
    pub resources: usize,
}

pub fn template(size: Size) -> Template {
    let mut template = Template { text: HEAD.to_string(), resources: 0 };
    template.add("Artifacts", "S3::Bucket", "BucketName: !Sub '${AWS::StackName}-artifacts'");
    for (role, service) in [("ClusterRole", "eks"), ("NodeRole", "ec2")] {
        template.add(
            role,
            "IAM::Role",
            &format!(
                "AssumeRolePolicyDocument:\n  Version: '2012-10-17'\n  Statement:\n    - Effect: Allow\n      Principal:\n        \
                 Service: [{service}.amazonaws.com]\n      Action: ['sts:AssumeRole']"
            ),
        );
    }
    if size.vpcs > 1 {
        template.add("Hub", "EC2::TransitGateway", &format!("AmazonSideAsn: 64512\n{}", tags("hub")));
    }
    for n in 0..size.vpcs {
        Vpc { id: format!("Net{n}"), n, size }.write(&mut template);
    }
    template
}

impl Template {
    /// `properties` are lines of YAML.
    fn add(&mut self, id: &str, kind: &str, properties: &str) {
        self.resources += 1;
        let _ = writeln!(self.text, "  {id}:\n    Type: AWS::{kind}\n    Properties:");
        for line in properties.lines() {
            let _ = writeln!(self.text, "      {line}");
        }
    }
}

fn tags(name: &str) -> String {
    format!("Tags:\n  - Key: Name\n    Value: !Sub '${{AWS::StackName}}-{name}'\n  - Key: Stage\n    Value: !Ref Stage")
}

/// A list in one line.
fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

struct Vpc {
    id: String,
    n: usize,
    size: Size,
}

impl Vpc {
    fn tier(&self, tier: usize) -> String {
        match tier {
            0 => "Public".to_string(),
            _ if tier + 1 == self.size.tiers && tier > 1 => "Data".to_string(),
            1 => "App".to_string(),
            _ => format!("App{tier}"),
        }
    }

    fn subnet(&self, tier: usize, zone: usize) -> String {
        format!("{}{}Subnet{zone}", self.id, self.tier(tier))
    }

    /// The subnets of a tier, as references.
    fn subnets(&self, tier: usize) -> String {
        list((0..self.size.zones).map(|zone| format!("!Ref {}", self.subnet(tier, zone))))
    }

    fn has_hub(&self) -> bool {
        self.size.vpcs > 1
    }

    fn has_databases(&self, tier: usize) -> bool {
        tier + 1 == self.size.tiers && self.size.tiers > 2
    }

    fn write(&self, to: &mut Template) {
        let id = &self.id;
        let block = format!("10.{}", self.n);
        let named = |name: &str| tags(&format!("{name}{}", self.n));
        to.add(
            id,
            "EC2::VPC",
            &format!("CidrBlock: {block}.0.0/16\nEnableDnsHostnames: true\nEnableDnsSupport: true\n{}", named("net")),
        );
        to.add(&format!("{id}Door"), "EC2::InternetGateway", &named("door"));
        let attached = format!("VpcId: !Ref {id}\nInternetGatewayId: !Ref {id}Door");
        to.add(&format!("{id}DoorHinge"), "EC2::VPCGatewayAttachment", &attached);
        self.write_subnets(to, &block);
        self.write_routes(to);
        self.write_endpoints(to);
        self.write_security_groups(to);
        self.write_workloads(to);
        self.write_cluster(to);
    }

    fn write_subnets(&self, to: &mut Template, block: &str) {
        for zone in 0..self.size.zones {
            for tier in 0..self.size.tiers {
                let name = self.tier(tier).to_lowercase();
                let properties = format!(
                    "VpcId: !Ref {}\nAvailabilityZone: !Select [{zone}, !GetAZs '']\nCidrBlock: {block}.{}.0/24\n\
                     MapPublicIpOnLaunch: {}\n{}",
                    self.id,
                    tier * 16 + zone,
                    tier == 0,
                    tags(&format!("{name}-{zone}"))
                );
                to.add(&self.subnet(tier, zone), "EC2::Subnet", &properties);
            }
        }
    }

    fn write_routes(&self, to: &mut Template) {
        let id = &self.id;
        to.add(&format!("{id}PublicRoutes"), "EC2::RouteTable", &format!("VpcId: !Ref {id}\n{}", tags("public")));
        let out =
            format!("DestinationCidrBlock: 0.0.0.0/0\nRouteTableId: !Ref {id}PublicRoutes\nGatewayId: !Ref {id}Door");
        to.add(&format!("{id}PublicRoutesOut"), "EC2::Route", &out);
        if self.has_hub() {
            let attachment = format!(
                "TransitGatewayId: !Ref Hub\nVpcId: !Ref {id}\nSubnetIds: {}\n{}",
                self.subnets(1),
                tags(&format!("spoke{}", self.n))
            );
            to.add(&format!("{id}Spoke"), "EC2::TransitGatewayAttachment", &attachment);
        }
        for zone in 0..self.size.zones {
            let (address, nat, table) =
                (format!("{id}Address{zone}"), format!("{id}Nat{zone}"), format!("{id}PrivateRoutes{zone}"));
            to.add(&address, "EC2::EIP", &format!("Domain: vpc\n{}", tags("nat")));
            let public = self.subnet(0, zone);
            let stands =
                format!("AllocationId: !GetAtt {address}.AllocationId\nSubnetId: !Ref {public}\n{}", tags("nat"));
            to.add(&nat, "EC2::NatGateway", &stands);
            to.add(&table, "EC2::RouteTable", &format!("VpcId: !Ref {id}\n{}", tags("private")));
            let out = format!("DestinationCidrBlock: 0.0.0.0/0\nRouteTableId: !Ref {table}\nNatGatewayId: !Ref {nat}");
            to.add(&format!("{table}Out"), "EC2::Route", &out);
            if self.has_hub() {
                let home =
                    format!("DestinationCidrBlock: 10.0.0.0/8\nRouteTableId: !Ref {table}\nTransitGatewayId: !Ref Hub");
                to.add(&format!("{table}Home"), "EC2::Route", &home);
            }
            for tier in 0..self.size.tiers {
                let table = if tier == 0 { format!("{id}PublicRoutes") } else { table.clone() };
                let subnet = self.subnet(tier, zone);
                let joined = format!("SubnetId: !Ref {subnet}\nRouteTableId: !Ref {table}");
                to.add(&format!("{subnet}Routes"), "EC2::SubnetRouteTableAssociation", &joined);
            }
        }
    }

    fn write_endpoints(&self, to: &mut Template) {
        let id = &self.id;
        let private = (0..self.size.zones).map(|zone| format!("!Ref {id}PrivateRoutes{zone}"));
        let gateway = format!(
            "VpcId: !Ref {id}\nServiceName: !Sub 'com.amazonaws.${{AWS::Region}}.s3'\nVpcEndpointType: Gateway\n\
             RouteTableIds: {}",
            list([format!("!Ref {id}PublicRoutes")].into_iter().chain(private))
        );
        to.add(&format!("{id}ToS3"), "EC2::VPCEndpoint", &gateway);
        if self.size.tiers < 3 {
            return;
        }
        for (name, service) in [("ToEcrApi", "ecr.api"), ("ToEcrDkr", "ecr.dkr"), ("ToSts", "sts")] {
            let interface = format!(
                "VpcId: !Ref {id}\nServiceName: !Sub 'com.amazonaws.${{AWS::Region}}.{service}'\n\
                 VpcEndpointType: Interface\nPrivateDnsEnabled: true\nSubnetIds: {}\n\
                 SecurityGroupIds: [!Ref {id}NodeGuard]",
                self.subnets(1)
            );
            to.add(&format!("{id}{name}"), "EC2::VPCEndpoint", &interface);
        }
    }

    fn write_security_groups(&self, to: &mut Template) {
        let id = &self.id;
        let guard = |name: &str| {
            format!(
                "GroupDescription: !Sub '${{Stage}} {name}'\nVpcId: !Ref {id}\nSecurityGroupEgress:\n  \
                 - IpProtocol: '-1'\n    CidrIp: 0.0.0.0/0\n{}",
                tags(&format!("guard-{name}"))
            )
        };
        let open =
            "SecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443\n    CidrIp: 0.0.0.0/0";
        to.add(&format!("{id}FrontGuard"), "EC2::SecurityGroup", &format!("{}\n{open}", guard("front")));
        to.add(&format!("{id}NodeGuard"), "EC2::SecurityGroup", &guard("node"));
        let mut before = "Front".to_string();
        for tier in 1..self.size.tiers {
            let name = self.tier(tier);
            to.add(&format!("{id}{name}Guard"), "EC2::SecurityGroup", &guard(&name.to_lowercase()));
            let pass = format!(
                "GroupId: !GetAtt {id}{name}Guard.GroupId\nIpProtocol: tcp\nFromPort: 8080\nToPort: 8080\n\
                 SourceSecurityGroupId: !GetAtt {id}{before}Guard.GroupId"
            );
            to.add(&format!("{id}{name}GuardPass"), "EC2::SecurityGroupIngress", &pass);
            before = name;
        }
    }

    fn write_workloads(&self, to: &mut Template) {
        let id = &self.id;
        let front = format!(
            "Type: application\nScheme: internet-facing\nSecurityGroups: [!Ref {id}FrontGuard]\nSubnets: {}\n{}",
            self.subnets(0),
            tags("front")
        );
        to.add(&format!("{id}Front"), "ElasticLoadBalancingV2::LoadBalancer", &front);
        let launch = format!(
            "LaunchTemplateData:\n  ImageId: !Ref Image\n  InstanceType: !Ref InstanceType\n  \
             SecurityGroupIds: [!GetAtt {id}AppGuard.GroupId]\n  MetadataOptions:\n    HttpTokens: required"
        );
        to.add(&format!("{id}Launch"), "EC2::LaunchTemplate", &launch);
        let fleet = format!(
            "MinSize: '1'\nMaxSize: '{}'\nDesiredCapacity: '{}'\nLaunchTemplate:\n  LaunchTemplateId: !Ref {id}Launch\n  \
             Version: !GetAtt {id}Launch.LatestVersionNumber\nTargetGroupARNs: [!Ref {id}Targets]\n\
             VPCZoneIdentifier: {}",
            4 * self.size.zones,
            self.size.zones,
            self.subnets(1)
        );
        to.add(&format!("{id}Fleet"), "AutoScaling::AutoScalingGroup", &fleet);
        let mut targets = String::new();
        for tier in 1..self.size.tiers {
            if self.has_databases(tier) {
                let group = format!("DBSubnetGroupDescription: data\nSubnetIds: {}", self.subnets(tier));
                to.add(&format!("{id}DataSubnets"), "RDS::DBSubnetGroup", &group);
            }
            for zone in 0..self.size.zones {
                for n in 0..self.size.each {
                    let name = self.workload(to, tier, zone, n);
                    if tier == 1 {
                        let _ = write!(targets, "\n  - Id: !Ref {name}\n    Port: 8080");
                    }
                }
            }
        }
        let group = format!(
            "VpcId: !Ref {id}\nProtocol: HTTP\nPort: 8080\nTargetType: instance\nHealthCheckPath: /healthz\n\
             Targets:{targets}"
        );
        to.add(&format!("{id}Targets"), "ElasticLoadBalancingV2::TargetGroup", &group);
        let listener = format!(
            "LoadBalancerArn: !Ref {id}Front\nPort: 443\nProtocol: HTTPS\nDefaultActions:\n  - Type: forward\n    \
             TargetGroupArn: !Ref {id}Targets"
        );
        to.add(&format!("{id}FrontListener"), "ElasticLoadBalancingV2::Listener", &listener);
    }

    /// Of five in a data tier one is a database, all others are instances.
    fn workload(&self, to: &mut Template, tier: usize, zone: usize, n: usize) -> String {
        let (id, name) = (&self.id, self.tier(tier));
        if self.has_databases(tier) && n.is_multiple_of(5) {
            let database = format!("{id}{name}Db{zone}x{n}");
            let properties = format!(
                "Engine: postgres\nEngineVersion: '16.4'\nDBInstanceClass: db.r6g.large\nAllocatedStorage: '100'\n\
                 DBSubnetGroupName: !Ref {id}DataSubnets\nAvailabilityZone: !GetAtt {}.AvailabilityZone\n\
                 ManageMasterUserPassword: true\nMasterUsername: app\nStorageEncrypted: true\n\
                 VPCSecurityGroups: [!GetAtt {id}{name}Guard.GroupId]",
                self.subnet(tier, zone)
            );
            to.add(&database, "RDS::DBInstance", &properties);
            return database;
        }
        let instance = format!("{id}{name}Host{zone}x{n}");
        let properties = format!(
            "ImageId: !Ref Image\nInstanceType: !Ref InstanceType\nSubnetId: !Ref {}\n\
             SecurityGroupIds: [!GetAtt {id}{name}Guard.GroupId]\nBlockDeviceMappings:\n  - DeviceName: /dev/xvda\n    \
             Ebs:\n      VolumeSize: 30\n      VolumeType: gp3\n      Encrypted: true\n{}",
            self.subnet(tier, zone),
            tags(&format!("{}-{zone}-{n}", name.to_lowercase()))
        );
        to.add(&instance, "EC2::Instance", &properties);
        instance
    }

    fn write_cluster(&self, to: &mut Template) {
        let id = &self.id;
        let cluster = format!(
            "Name: !Sub '${{AWS::StackName}}-eks{}'\nVersion: '1.31'\nRoleArn: !GetAtt ClusterRole.Arn\n\
             ResourcesVpcConfig:\n  SubnetIds: {}\n  SecurityGroupIds: [!Ref {id}NodeGuard]\n  \
             EndpointPrivateAccess: true\n  EndpointPublicAccess: false",
            self.n,
            self.subnets(1)
        );
        to.add(&format!("{id}Eks"), "EKS::Cluster", &cluster);
        for zone in 0..self.size.zones {
            let nodes = format!(
                "ClusterName: !Ref {id}Eks\nNodegroupName: !Sub '${{AWS::StackName}}-nodes{zone}'\n\
                 NodeRole: !GetAtt NodeRole.Arn\nSubnets: [!Ref {}]\nScalingConfig:\n  MinSize: 1\n  DesiredSize: 2\n  \
                 MaxSize: 6\nAmiType: AL2023_x86_64_STANDARD\nInstanceTypes: [m6i.large, m6a.large]",
                self.subnet(1, zone)
            );
            to.add(&format!("{id}Nodes{zone}"), "EKS::Nodegroup", &nodes);
        }
    }
}
