//! What a live account says of the network of [`super::template`], as `eksdiagram collect` writes it down: a call a line.

use serde_json::{Map, Value, json};

use super::template::Size;

const REGION: &str = "eu-west-1";
const OWNER: &str = "111122223333";

/// The calls that describe everything, each under its envelope's key.
const CALLS: [(&str, &str, &str); 17] = [
    ("ec2", "describe-vpcs", "Vpcs"),
    ("ec2", "describe-subnets", "Subnets"),
    ("ec2", "describe-route-tables", "RouteTables"),
    ("ec2", "describe-internet-gateways", "InternetGateways"),
    ("ec2", "describe-nat-gateways", "NatGateways"),
    ("ec2", "describe-addresses", "Addresses"),
    ("ec2", "describe-vpc-endpoints", "VpcEndpoints"),
    ("ec2", "describe-security-groups", "SecurityGroups"),
    ("ec2", "describe-transit-gateways", "TransitGateways"),
    ("ec2", "describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments"),
    ("ec2", "describe-instances", "Reservations"),
    ("elbv2", "describe-load-balancers", "LoadBalancers"),
    ("elbv2", "describe-target-groups", "TargetGroups"),
    ("elbv2", "describe-listeners", "Listeners"),
    ("rds", "describe-db-instances", "DBInstances"),
    ("rds", "describe-db-subnet-groups", "DBSubnetGroups"),
    ("autoscaling", "describe-auto-scaling-groups", "AutoScalingGroups"),
];

#[derive(Default)]
struct Account {
    /// The items of each envelope.
    items: Map<String, Value>,
    /// Calls that are about one thing.
    calls: Vec<Value>,
}

pub fn account(size: Size) -> String {
    let mut account = Account::default();
    if size.vpcs > 1 {
        account.add(
            "TransitGateways",
            json!({"TransitGatewayId": "tgw-hub", "State": "available", "OwnerId": OWNER,
            "Options": {"AmazonSideAsn": 64512, "DefaultRouteTableAssociation": "enable"}, "Tags": tags("hub", "Hub")}),
        );
    }
    (0..size.vpcs).for_each(|n| Vpc { id: format!("vpc-{n:017x}"), n, size }.describe(&mut account));
    let described = CALLS.iter().map(|(service, operation, key)| {
        let items = account.items.remove(*key).unwrap_or(json!([]));
        json!({"service": service, "operation": operation, "region": REGION, "output": {*key: items}})
    });
    let calls: Vec<String> = described.chain(std::mem::take(&mut account.calls)).map(|call| call.to_string()).collect();
    format!("{{\"eksdiagram\":1,\"calls\":[\n{}\n]}}\n", calls.join(",\n"))
}

fn tags(name: &str, logical: &str) -> Value {
    json!([{"Key": "Name", "Value": format!("prod-{name}")}, {"Key": "Stage", "Value": "prod"},
        {"Key": "aws:cloudformation:stack-name", "Value": "networks"},
        {"Key": "aws:cloudformation:logical-id", "Value": logical},
        {"Key": "aws:cloudformation:stack-id", "Value": format!("arn:aws:cloudformation:{REGION}:{OWNER}:stack/networks/1")}])
}

fn arn(service: &str, what: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{OWNER}:{what}")
}

impl Account {
    fn add(&mut self, key: &str, item: Value) {
        if let Value::Array(items) = self.items.entry(key).or_insert_with(|| json!([])) {
            items.push(item);
        }
    }

    fn call(&mut self, operation: &str, of: &str, output: Value) {
        let service = if operation == "describe-target-health" { "elbv2" } else { "eks" };
        self.calls
            .push(json!({"service": service, "operation": operation, "region": REGION, "of": of, "output": output}));
    }
}

struct Vpc {
    id: String,
    n: usize,
    size: Size,
}

impl Vpc {
    fn zone(zone: usize) -> String {
        format!("{REGION}{}", char::from(b'a' + zone as u8))
    }

    fn is_data(&self, tier: usize) -> bool {
        tier + 1 == self.size.tiers && self.size.tiers > 2
    }

    fn part(&self, kind: &str, n: usize) -> String {
        format!("{kind}-{:08x}{n:09x}", self.n)
    }

    fn subnet(&self, tier: usize, zone: usize) -> String {
        self.part("subnet", tier * 100 + zone)
    }

    fn subnets(&self, tier: usize) -> Vec<String> {
        (0..self.size.zones).map(|zone| self.subnet(tier, zone)).collect()
    }

    fn describe(&self, to: &mut Account) {
        let (id, n) = (&self.id, self.n);
        let block = format!("10.{n}.0.0/16");
        to.add("Vpcs", json!({"VpcId": id, "CidrBlock": block, "State": "available", "OwnerId": OWNER, "IsDefault": false,
            "DhcpOptionsId": "dopt-1", "InstanceTenancy": "default", "CidrBlockAssociationSet": [{"AssociationId": self.part("vpc-cidr-assoc", 0),
            "CidrBlock": block, "CidrBlockState": {"State": "associated"}}], "Tags": tags(&format!("net{n}"), &format!("Net{n}"))}));
        to.add("InternetGateways", json!({"InternetGatewayId": self.part("igw", 0), "OwnerId": OWNER,
            "Attachments": [{"State": "available", "VpcId": id}], "Tags": tags(&format!("door{n}"), &format!("Net{n}Door"))}));
        self.describe_subnets(to);
        self.describe_routes(to);
        self.describe_endpoints(to);
        self.describe_security_groups(to);
        self.describe_workloads(to);
        self.describe_cluster(to);
    }

    fn describe_subnets(&self, to: &mut Account) {
        for zone in 0..self.size.zones {
            for tier in 0..self.size.tiers {
                let subnet = self.subnet(tier, zone);
                to.add("Subnets", json!({"SubnetId": subnet, "SubnetArn": arn("ec2", &format!("subnet/{subnet}")), "VpcId": self.id,
                    "CidrBlock": format!("10.{}.{}.0/24", self.n, tier * 16 + zone), "AvailabilityZone": Vpc::zone(zone),
                    "AvailabilityZoneId": format!("euw1-az{}", zone + 1), "AvailableIpAddressCount": 200, "DefaultForAz": false,
                    "MapPublicIpOnLaunch": tier == 0, "State": "available", "OwnerId": OWNER, "Ipv6CidrBlockAssociationSet": [],
                    "Tags": tags(&format!("tier{tier}-{zone}"), &format!("Net{}Subnet{tier}x{zone}", self.n))}));
            }
        }
    }

    fn describe_routes(&self, to: &mut Account) {
        let table = |n: usize, name: &str, subnets: Vec<String>, out: Value| {
            let id = self.part("rtb", n);
            let associations: Vec<Value> = subnets
                .iter()
                .map(|subnet| {
                    json!({"Main": false, "RouteTableId": id, "SubnetId": subnet,
                "RouteTableAssociationId": format!("rtbassoc-{subnet}"), "AssociationState": {"State": "associated"}})
                })
                .collect();
            let local = json!({"DestinationCidrBlock": format!("10.{}.0.0/16", self.n), "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"});
            let hub = json!({"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "tgw-hub", "Origin": "CreateRoute", "State": "active"});
            let routes: Vec<Value> = if self.size.vpcs > 1 && n > 0 { vec![local, out, hub] } else { vec![local, out] };
            json!({"RouteTableId": id, "VpcId": self.id, "OwnerId": OWNER, "PropagatingVgws": [], "Associations": associations,
                "Routes": routes, "Tags": tags(name, &format!("Net{}Routes{n}", self.n))})
        };
        let out = |key: &str, target: String| json!({"DestinationCidrBlock": "0.0.0.0/0", key: target, "Origin": "CreateRoute", "State": "active"});
        to.add("RouteTables", table(0, "public", self.subnets(0), out("GatewayId", self.part("igw", 0))));
        for zone in 0..self.size.zones {
            let (nat, address) = (self.part("nat", zone), self.part("eipalloc", zone));
            to.add(
                "Addresses",
                json!({"AllocationId": address, "PublicIp": format!("203.0.{}.{zone}", self.n), "Domain": "vpc"}),
            );
            to.add("NatGateways", json!({"NatGatewayId": nat, "VpcId": self.id, "SubnetId": self.subnet(0, zone), "State": "available",
                "ConnectivityType": "public", "NatGatewayAddresses": [{"AllocationId": address, "NetworkInterfaceId": self.part("eni", zone)}],
                "Tags": tags("nat", &format!("Net{}Nat{zone}", self.n))}));
            let inner = (1..self.size.tiers).map(|tier| self.subnet(tier, zone)).collect();
            to.add("RouteTables", table(zone + 1, "private", inner, out("NatGatewayId", nat)));
        }
        if self.size.vpcs > 1 {
            to.add(
                "TransitGatewayVpcAttachments",
                json!({"TransitGatewayAttachmentId": self.part("tgw-attach", 0), "TransitGatewayId": "tgw-hub",
                "VpcId": self.id, "VpcOwnerId": OWNER, "State": "available", "SubnetIds": self.subnets(1),
                "Tags": tags(&format!("spoke{}", self.n), &format!("Net{}Spoke", self.n))}),
            );
        }
    }

    fn describe_endpoints(&self, to: &mut Account) {
        let tables: Vec<String> = (0..=self.size.zones).map(|n| self.part("rtb", n)).collect();
        let mut services = vec![("s3", "Gateway")];
        if self.size.tiers > 2 {
            services.extend([("ecr.api", "Interface"), ("ecr.dkr", "Interface"), ("sts", "Interface")]);
        }
        for (n, (service, kind)) in services.into_iter().enumerate() {
            let (tables, subnets) =
                if kind == "Gateway" { (tables.clone(), Vec::new()) } else { (Vec::new(), self.subnets(1)) };
            to.add("VpcEndpoints", json!({"VpcEndpointId": self.part("vpce", n), "VpcEndpointType": kind, "VpcId": self.id,
                "ServiceName": format!("com.amazonaws.{REGION}.{service}"), "State": "available", "RouteTableIds": tables,
                "SubnetIds": subnets, "PrivateDnsEnabled": kind == "Interface", "Groups": [], "OwnerId": OWNER,
                "Tags": tags(service, &format!("Net{}To{n}", self.n))}));
        }
    }

    fn describe_security_groups(&self, to: &mut Account) {
        for tier in 0..self.size.tiers {
            let id = self.part("sg", tier);
            let from = match tier {
                0 => {
                    json!({"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "UserIdGroupPairs": []})
                }
                _ => json!({"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "IpRanges": [],
                    "UserIdGroupPairs": [{"GroupId": self.part("sg", tier - 1), "UserId": OWNER}]}),
            };
            to.add("SecurityGroups", json!({"GroupId": id, "GroupName": format!("guard{tier}"), "Description": "a tier's", "VpcId": self.id,
                "OwnerId": OWNER, "IpPermissions": [from], "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
                "Tags": tags(&format!("guard{tier}"), &format!("Net{}Guard{tier}", self.n))}));
        }
    }

    fn describe_workloads(&self, to: &mut Account) {
        let n = self.n;
        let (balancer, group) = (
            arn("elasticloadbalancing", &format!("loadbalancer/app/front{n}/1")),
            arn("elasticloadbalancing", &format!("targetgroup/targets{n}/1")),
        );
        let places: Vec<Value> = (0..self.size.zones)
            .map(|zone| json!({"ZoneName": Vpc::zone(zone), "SubnetId": self.subnet(0, zone)}))
            .collect();
        to.add(
            "LoadBalancers",
            json!({"LoadBalancerArn": balancer, "LoadBalancerName": format!("front{n}"), "Type": "application",
            "Scheme": "internet-facing", "VpcId": self.id, "State": {"Code": "active"}, "AvailabilityZones": places,
            "SecurityGroups": [self.part("sg", 0)], "IpAddressType": "ipv4"}),
        );
        to.add(
            "TargetGroups",
            json!({"TargetGroupArn": group, "TargetGroupName": format!("targets{n}"), "Protocol": "HTTP", "Port": 8080,
            "VpcId": self.id, "TargetType": "instance", "LoadBalancerArns": [balancer]}),
        );
        to.add("Listeners", json!({"ListenerArn": arn("elasticloadbalancing", &format!("listener/app/front{n}/1/1")), "LoadBalancerArn": balancer,
            "Port": 443, "Protocol": "HTTPS", "DefaultActions": [{"Type": "forward", "TargetGroupArn": group}]}));
        to.add("AutoScalingGroups", json!({"AutoScalingGroupName": format!("fleet{n}"), "MinSize": 1, "MaxSize": 4 * self.size.zones,
            "DesiredCapacity": self.size.zones, "VPCZoneIdentifier": self.subnets(1).join(","), "TargetGroupARNs": [group], "Instances": [], "Tags": []}));
        let mut targets = Vec::new();
        for tier in 1..self.size.tiers {
            if self.is_data(tier) {
                let subnets: Vec<Value> = self
                    .subnets(tier)
                    .iter()
                    .map(|id| json!({"SubnetIdentifier": id, "SubnetStatus": "Active"}))
                    .collect();
                to.add(
                    "DBSubnetGroups",
                    json!({"DBSubnetGroupName": format!("data{n}"), "VpcId": self.id, "Subnets": subnets}),
                );
            }
            for (zone, each) in (0..self.size.zones).flat_map(|zone| (0..self.size.each).map(move |each| (zone, each)))
            {
                let id = self.workload(to, tier, zone, each);
                if tier == 1 {
                    targets.push(json!({"Target": {"Id": id, "Port": 8080}, "HealthCheckPort": "8080", "TargetHealth": {"State": "healthy"}}));
                }
            }
        }
        to.call("describe-target-health", &group, json!({"TargetHealthDescriptions": targets}));
    }

    /// Of five in a data tier one is a database, all others are instances.
    fn workload(&self, to: &mut Account, tier: usize, zone: usize, each: usize) -> String {
        let n = self.n;
        if self.is_data(tier) && each.is_multiple_of(5) {
            let id = format!("db{n}-{zone}-{each}");
            to.add("DBInstances", json!({"DBInstanceIdentifier": id, "DBInstanceArn": arn("rds", &format!("db:{id}")), "Engine": "postgres",
                "EngineVersion": "16.4", "DBInstanceClass": "db.r6g.large", "DBInstanceStatus": "available", "AllocatedStorage": 100,
                "AvailabilityZone": Vpc::zone(zone), "MultiAZ": false, "PubliclyAccessible": false, "StorageEncrypted": true,
                "Endpoint": {"Address": format!("{id}.x.{REGION}.rds.amazonaws.com"), "Port": 5432},
                "VpcSecurityGroups": [{"VpcSecurityGroupId": self.part("sg", tier), "Status": "active"}],
                "DBSubnetGroup": {"DBSubnetGroupName": format!("data{n}"), "VpcId": self.id}, "TagList": tags(&id, &id)}));
            return id;
        }
        let place = (tier * 10 + zone) * 1000 + each;
        let id = self.part("i", place);
        let address = format!("10.{n}.{}.{}", tier * 16 + zone, each + 10);
        let guard = json!([{"GroupId": self.part("sg", tier), "GroupName": format!("guard{tier}")}]);
        let name = format!("tier{tier}-{zone}-{each}");
        let interface = json!({"NetworkInterfaceId": self.part("eni", place), "Attachment": {"AttachmentId": self.part("eni-attach", place), "DeviceIndex": 0,
                "DeleteOnTermination": true, "Status": "attached"}, "Description": "", "Groups": guard.clone(), "MacAddress": "02:00:00:00:00:01",
                "OwnerId": OWNER, "PrivateIpAddress": address, "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": address}],
                "SourceDestCheck": true, "Status": "in-use", "SubnetId": self.subnet(tier, zone), "VpcId": self.id, "InterfaceType": "interface"});
        to.add("Reservations", json!({"ReservationId": self.part("r", place), "OwnerId": OWNER, "Groups": [], "Instances": [{
            "InstanceId": id, "ImageId": "ami-0123456789abcdef0", "InstanceType": "m6i.large", "State": {"Code": 16, "Name": "running"},
            "LaunchTime": "2026-01-01T00:00:00+00:00", "Architecture": "x86_64", "Hypervisor": "xen", "VirtualizationType": "hvm",
            "RootDeviceName": "/dev/xvda", "RootDeviceType": "ebs", "EbsOptimized": false, "EnaSupport": true, "SourceDestCheck": true,
            "Monitoring": {"State": "disabled"}, "Placement": {"AvailabilityZone": Vpc::zone(zone), "GroupName": "", "Tenancy": "default"},
            "PrivateDnsName": format!("ip-{}.{REGION}.compute.internal", address.replace('.', "-")), "PrivateIpAddress": address, "PublicDnsName": "",
            "SubnetId": self.subnet(tier, zone), "VpcId": self.id, "SecurityGroups": guard,
            "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeId": self.part("vol", place), "Status": "attached",
                "AttachTime": "2026-01-01T00:00:00+00:00", "DeleteOnTermination": true}}],
            "NetworkInterfaces": [interface],
            "MetadataOptions": {"State": "applied", "HttpTokens": "required", "HttpPutResponseHopLimit": 2, "HttpEndpoint": "enabled"},
            "Tags": tags(&name, &format!("Net{n}Host{tier}x{zone}x{each}"))}]}));
        id
    }

    fn describe_cluster(&self, to: &mut Account) {
        let name = format!("prod-eks{}", self.n);
        to.call("describe-cluster", &name, json!({"cluster": {"name": name, "arn": arn("eks", &format!("cluster/{name}")), "version": "1.31",
            "status": "ACTIVE", "roleArn": format!("arn:aws:iam::{OWNER}:role/cluster"), "resourcesVpcConfig": {"subnetIds": self.subnets(1),
            "securityGroupIds": [self.part("sg", 1)], "vpcId": self.id, "endpointPublicAccess": false, "endpointPrivateAccess": true}, "tags": {}}}));
        for zone in 0..self.size.zones {
            let group = format!("prod-nodes{zone}");
            to.call("describe-nodegroup", &format!("{name}--{group}"), json!({"nodegroup": {"nodegroupName": group, "clusterName": name,
                "status": "ACTIVE", "subnets": [self.subnet(1, zone)], "instanceTypes": ["m6i.large", "m6a.large"], "capacityType": "ON_DEMAND",
                "amiType": "AL2023_x86_64_STANDARD", "scalingConfig": {"minSize": 1, "desiredSize": 2, "maxSize": 6}, "tags": {}}}));
        }
    }
}
