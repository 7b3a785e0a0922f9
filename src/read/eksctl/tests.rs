//! What eksctl makes of a ClusterConfig, in sentences.

use serde_json::json;

use super::testing::{codes, count, expand, messages, resource, said};
use crate::diag::{Known, Sources};
use crate::inventory::Resource;
use crate::read::{Options, read};

const SUBNET: &str = "AWS::EC2::Subnet";
const NAT: &str = "AWS::EC2::NatGateway";

#[test]
fn a_name_alone_makes_three_zones_with_one_nat_gateway_in_the_default_region() {
    let (inventory, diagnostics) = expand(json!({ "metadata": { "name": "one" } }));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(inventory.stacks[0].region, Some(Known::Yes("us-west-2".into())));
    assert_eq!((count(&inventory, SUBNET), count(&inventory, NAT)), (6, 1));
    assert_eq!(said(&inventory, "VPC", "CidrBlock"), "192.168.0.0/16");
    assert_eq!(said(&inventory, "SubnetPublicAZ1", "AvailabilityZone"), "<AZ 1>");
    assert_eq!(said(&inventory, "SubnetPublicAZ3", "CidrBlock"), "192.168.64.0/19");
    assert_eq!(said(&inventory, "SubnetPrivateAZ1", "CidrBlock"), "192.168.96.0/19");
    assert_eq!(said(&inventory, "NATGateway", "SubnetId"), "@SubnetPublicAZ1");
    assert_eq!(said(&inventory, "NATPrivateSubnetRouteAZ3", "NatGatewayId"), "@NATGateway");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.EndpointPublicAccess"), "true");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.EndpointPrivateAccess"), "false");
}

#[test]
fn virginia_gets_two_zones() {
    let (inventory, _) = expand(json!({ "metadata": { "name": "c", "region": "us-east-1" } }));
    assert_eq!(count(&inventory, SUBNET), 4);
}

#[test]
fn named_zones_name_the_logical_ids() {
    let (inventory, _) =
        expand(json!({ "metadata": { "name": "c" }, "availabilityZones": ["us-west-2a", "us-west-2c"] }));
    assert_eq!(said(&inventory, "SubnetPrivateUSWEST2C", "CidrBlock"), "192.168.96.0/19");
    assert_eq!(said(&inventory, "RouteTableAssociationPublicUSWEST2A", "RouteTableId"), "@PublicRouteTable");
    assert_eq!(said(&inventory, "RouteTableAssociationPrivateUSWEST2A", "RouteTableId"), "@PrivateRouteTableUSWEST2A");
}

#[test]
fn a_highly_available_vpc_has_a_nat_gateway_a_zone() {
    let (inventory, _) =
        expand(json!({ "metadata": { "name": "c" }, "vpc": { "nat": { "gateway": "HighlyAvailable" } } }));
    assert_eq!((count(&inventory, NAT), count(&inventory, "AWS::EC2::EIP")), (3, 3));
    assert_eq!(said(&inventory, "NATGatewayAZ2", "SubnetId"), "@SubnetPublicAZ2");
    assert_eq!(said(&inventory, "NATPrivateSubnetRouteAZ2", "NatGatewayId"), "@NATGatewayAZ2");
}

#[test]
fn without_nat_the_private_tables_lead_nowhere() {
    let (inventory, _) = expand(json!({ "metadata": { "name": "c" }, "vpc": { "nat": { "gateway": "Disable" } } }));
    assert_eq!(count(&inventory, NAT), 0);
    assert_eq!(count(&inventory, "AWS::EC2::Route"), 1);
    assert_eq!(count(&inventory, "AWS::EC2::RouteTable"), 4);
}

#[test]
fn an_unknown_nat_mode_is_said_and_drawn_as_the_default() {
    let config = json!({ "metadata": { "name": "c" }, "vpc": { "nat": { "gateway": "Sngle" } } });
    assert_eq!(count(&expand(config.clone()).0, NAT), 1);
    assert_eq!(codes(config), ["unknown-value"]);
}

#[test]
fn local_zones_are_cut_after_the_other_zones_and_hold_no_control_plane_interface() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "availabilityZones": ["us-west-2a", "us-west-2b"],
        "localZones": ["us-west-2-lax-1a"],
        "nodeGroups": [{ "name": "edge", "localZones": ["us-west-2-lax-1a"] }],
    }));
    assert_eq!(said(&inventory, "SubnetPublicUSWEST2LAX1A", "CidrBlock"), "192.168.64.0/19");
    assert_eq!(said(&inventory, "nodegroup-edge/NodeGroup", "VPCZoneIdentifier"), "[@SubnetPublicUSWEST2LAX1A]");
    assert!(!said(&inventory, "ControlPlane", "ResourcesVpcConfig.SubnetIds").contains("LAX"));
    assert_eq!(said(&inventory, "NATPrivateSubnetRouteUSWEST2LAX1A", "NatGatewayId"), "@NATGateway");
}

#[test]
fn a_fully_private_cluster_has_endpoints_and_no_way_out() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c", "region": "eu-west-1" },
        "privateCluster": { "enabled": true, "additionalEndpointServices": ["autoscaling"] },
        "cloudWatch": { "clusterLogging": { "enableTypes": ["audit"] } },
    }));
    assert_eq!((count(&inventory, SUBNET), count(&inventory, NAT)), (3, 0));
    assert_eq!(count(&inventory, "AWS::EC2::InternetGateway"), 0);
    let services: Vec<&str> =
        inventory.of_type("AWS::EC2::VPCEndpoint").map(|r| r.name.trim_start_matches("VPCEndpoint")).collect();
    assert_eq!(services, ["EC2", "ECRAPI", "ECRDKR", "S3", "STS", "AUTOSCALING", "LOGS"]);
    assert_eq!(said(&inventory, "VPCEndpointS3", "VpcEndpointType"), "Gateway");
    assert_eq!(
        said(&inventory, "VPCEndpointS3", "RouteTableIds"),
        "[@PrivateRouteTableAZ1, @PrivateRouteTableAZ2, @PrivateRouteTableAZ3]"
    );
    assert_eq!(said(&inventory, "VPCEndpointECRAPI", "ServiceName"), "com.amazonaws.eu-west-1.ecr.api");
    assert_eq!(said(&inventory, "VPCEndpointECRAPI", "SecurityGroupIds"), "[@ClusterSharedNodeSecurityGroup]");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.EndpointPublicAccess"), "false");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.EndpointPrivateAccess"), "true");
}

#[test]
fn skipping_endpoint_creation_leaves_the_private_cluster_without_endpoints() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "privateCluster": { "enabled": true, "skipEndpointCreation": true },
    }));
    assert_eq!(count(&inventory, "AWS::EC2::VPCEndpoint"), 0);
}

#[test]
fn subnets_that_are_there_are_kept_as_they_are_said() {
    let (inventory, diagnostics) = expand(json!({
        "metadata": { "name": "c", "region": "eu-north-1" },
        "vpc": { "id": "vpc-1", "cidr": "10.0.0.0/16", "subnets": {
            "public": { "eu-north-1a": { "id": "subnet-a", "cidr": "10.0.0.0/24" } },
            "private": { "inner": { "id": "subnet-b", "az": "eu-north-1b" } },
        } },
        "managedNodeGroups": [{ "name": "ng", "subnets": ["inner"], "privateNetworking": true }],
    }));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(resource(&inventory, "VPC").existing);
    let public = resource(&inventory, "SubnetPublicEUNORTH1A");
    assert!(public.existing);
    assert_eq!(public.name, "eu-north-1a");
    assert_eq!(said(&inventory, "SubnetPublicEUNORTH1A", "AvailabilityZone"), "eu-north-1a");
    assert_eq!(said(&inventory, "SubnetPublicEUNORTH1A", "MapPublicIpOnLaunch"), "true");
    assert_eq!(said(&inventory, "SubnetPrivateINNER", "AvailabilityZone"), "eu-north-1b");
    assert_eq!(said(&inventory, "SubnetPrivateINNER", "MapPublicIpOnLaunch"), "");
    assert_eq!(said(&inventory, "nodegroup-ng/ManagedNodeGroup", "Subnets"), "[@SubnetPrivateINNER]");
    assert_eq!((count(&inventory, "AWS::EC2::RouteTable"), count(&inventory, NAT)), (0, 0));
}

#[test]
fn subnets_without_a_vpc_id_are_of_a_vpc_that_is_there() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "vpc": { "cidr": "192.168.0.0/16", "subnets": { "public": { "one": { "cidr": "192.168.1.0/24" } } } },
    }));
    assert!(resource(&inventory, "VPC").existing);
    assert_eq!(said(&inventory, "VPC", "VpcId"), "");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.SubnetIds"), "[@SubnetPublicONE]");
}

#[test]
fn an_alias_like_a_zone_is_one_only_with_a_region_before_it() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "vpc": { "subnets": { "private": { "private-subnet-1a": { "id": "subnet-1" } } } },
    }));
    assert_eq!(said(&inventory, "SubnetPrivatePRIVATESUBNET1A", "AvailabilityZone"), "");
}

#[test]
fn a_managed_group_defaults_to_two_large_nodes_in_the_public_subnets() {
    let (inventory, _) = expand(json!({ "metadata": { "name": "c" }, "managedNodeGroups": [{ "name": "ng" }] }));
    let group = "nodegroup-ng/ManagedNodeGroup";
    assert_eq!(said(&inventory, group, "InstanceTypes"), "[m5.large]");
    assert_eq!(said(&inventory, group, "ScalingConfig"), "{MinSize: 2, MaxSize: 2, DesiredSize: 2}");
    assert_eq!(said(&inventory, group, "Subnets"), "[@SubnetPublicAZ1, @SubnetPublicAZ2, @SubnetPublicAZ3]");
    assert_eq!(said(&inventory, group, "ClusterName"), "@ControlPlane");
}

#[test]
fn sizes_that_are_not_given_follow_the_desired_one() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "managedNodeGroups": [{ "name": "a", "desiredCapacity": 5 }, { "name": "b", "minSize": 1, "maxSize": 4 }],
    }));
    let sizes = |group: &str| said(&inventory, &format!("nodegroup-{group}/ManagedNodeGroup"), "ScalingConfig");
    assert_eq!(sizes("a"), "{MinSize: 5, MaxSize: 5, DesiredSize: 5}");
    assert_eq!(sizes("b"), "{MinSize: 1, MaxSize: 4, DesiredSize: 1}");
}

#[test]
fn a_self_managed_group_is_an_auto_scaling_group_that_the_cluster_owns() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "nodeGroups": [{ "name": "ng", "instanceType": "c5.large", "volumeSize": 30, "privateNetworking": true }],
    }));
    let group = "nodegroup-ng/NodeGroup";
    assert_eq!(said(&inventory, group, "DesiredCapacity"), "2");
    assert_eq!(said(&inventory, group, "LaunchTemplate.LaunchTemplateId"), "@nodegroup-ng/NodeGroupLaunchTemplate");
    let owned = resource(&inventory, group).tag("kubernetes.io/cluster/c");
    assert_eq!(owned.and_then(|tag| tag.as_text()), Some("owned"));
    assert!(said(&inventory, group, "VPCZoneIdentifier").starts_with("[@SubnetPrivateAZ1"));
    let data = said(&inventory, "nodegroup-ng/NodeGroupLaunchTemplate", "LaunchTemplateData");
    assert!(data.contains("InstanceType: c5.large") && data.contains("VolumeSize: 30"), "{data}");
}

#[test]
fn a_zone_that_the_vpc_lacks_is_said_and_the_group_gets_all_subnets() {
    let config = json!({
        "metadata": { "name": "c" },
        "nodeGroups": [{ "name": "ng", "availabilityZones": ["us-west-2a"] }],
    });
    let (inventory, _) = expand(config.clone());
    assert!(said(&inventory, "nodegroup-ng/NodeGroup", "VPCZoneIdentifier").contains("AZ3"));
    assert_eq!(codes(config), ["unknown-subnet"]);
}

#[test]
fn a_group_may_stand_in_a_subnet_that_only_it_names() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "vpc": { "id": "vpc-1" },
        "managedNodeGroups": [{ "name": "ng", "subnets": ["subnet-0abc"] }],
    }));
    assert!(resource(&inventory, "subnet-0abc").existing);
    assert_eq!(said(&inventory, "subnet-0abc", "VpcId"), "@VPC");
}

#[test]
fn a_misspelled_alias_is_named_with_the_one_that_was_meant() {
    let said = messages(json!({
        "metadata": { "name": "c" },
        "vpc": { "subnets": { "public": { "lab-PublicSubnet1": { "id": "subnet-1" } } } },
        "managedNodeGroups": [{ "name": "ng", "subnets": ["lab-PublicSubent1"] }],
    }));
    assert_eq!(said, ["unknown-subnet managedNodeGroups[0].subnets[0]: did you mean `lab-PublicSubnet1`?"]);
}

#[test]
fn ssh_is_open_to_the_world_for_public_nodes_and_to_the_vpc_for_private_ones() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "managedNodeGroups": [
            { "name": "out", "ssh": { "publicKeyName": "key" } },
            { "name": "in", "ssh": { "allow": true }, "privateNetworking": true },
            { "name": "off", "ssh": { "allow": false, "publicKeyName": "key" } },
        ],
    }));
    assert!(said(&inventory, "nodegroup-out/SSH", "SecurityGroupIngress").contains("CidrIp: 0.0.0.0/0"));
    assert!(said(&inventory, "nodegroup-in/SSH", "SecurityGroupIngress").contains("CidrIp: 192.168.0.0/16"));
    assert!(inventory.resources.get("c/nodegroup-off/SSH").is_none());
}

#[test]
fn two_groups_of_one_name_are_two_resources() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "managedNodeGroups": [{ "name": "ng" }, { "name": "ng" }],
    }));
    assert_eq!(count(&inventory, "AWS::EKS::Nodegroup"), 2);
}

#[test]
fn a_dual_stack_cluster_leaves_by_an_egress_only_gateway() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "kubernetesNetworkConfig": { "ipFamily": "IPv6" },
        "vpc": { "ipv6Cidr": "2600:1f14:aaaa:bb00::/56" },
    }));
    assert_eq!(count(&inventory, "AWS::EC2::EgressOnlyInternetGateway"), 1);
    assert_eq!(said(&inventory, "PrivateSubnetDefaultIpv6RouteAZ2", "DestinationIpv6CidrBlock"), "::/0");
    assert_eq!(said(&inventory, "PrivateSubnetDefaultRouteAZ2", "NatGatewayId"), "@NATGateway");
    assert_eq!(said(&inventory, "PrivateSubnetAZ1", "CidrBlock"), "192.168.96.0/19");
    assert_eq!(said(&inventory, "PrivateSubnetAZ1", "Ipv6CidrBlock"), "2600:1f14:aaaa:bb03::/64");
    assert_eq!(said(&inventory, "ControlPlane", "KubernetesNetworkConfig.IpFamily"), "ipv6");
}

#[test]
fn the_control_plane_may_keep_to_private_or_to_named_subnets() {
    let subnets = |vpc| {
        let (inventory, _) = expand(json!({ "metadata": { "name": "c" }, "vpc": vpc }));
        said(&inventory, "ControlPlane", "ResourcesVpcConfig.SubnetIds")
    };
    let private = subnets(json!({ "controlPlaneOnPrivateSubnets": true }));
    assert_eq!(private, "[@SubnetPrivateAZ1, @SubnetPrivateAZ2, @SubnetPrivateAZ3]");
    assert_eq!(subnets(json!({ "controlPlaneSubnetIDs": ["subnet-1"] })), "[@subnet-1]");
}

#[test]
fn an_outposts_cluster_has_one_zone_on_the_outpost() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" }, "outpost": { "controlPlaneOutpostARN": "arn:aws:outposts:x" },
    }));
    assert_eq!(count(&inventory, SUBNET), 2);
    assert_eq!(said(&inventory, "SubnetPublicAZ1", "OutpostArn"), "arn:aws:outposts:x");
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.SubnetIds"), "[@SubnetPrivateAZ1]");
    assert_eq!(said(&inventory, "ControlPlane", "OutpostConfig.OutpostArns"), "[arn:aws:outposts:x]");
}

#[test]
fn auto_mode_logging_encryption_and_hybrid_networks_are_properties_of_the_cluster() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "autoModeConfig": { "enabled": true },
        "cloudWatch": { "clusterLogging": { "enableTypes": ["*"] } },
        "secretsEncryption": { "keyARN": "arn:aws:kms:k" },
        "remoteNetworkConfig": { "remoteNodeNetworks": [{ "cidrs": ["10.80.0.0/16"] }] },
    }));
    let cluster = |keys| said(&inventory, "ControlPlane", keys);
    assert_eq!(cluster("ComputeConfig.NodePools"), "[general-purpose, system]");
    assert_eq!(cluster("Logging.ClusterLogging.EnabledTypes").matches("Type").count(), 5);
    assert_eq!(cluster("EncryptionConfig"), "[{Provider: {KeyArn: arn:aws:kms:k}, Resources: [secrets]}]");
    assert_eq!(cluster("RemoteNetworkConfig.RemoteNodeNetworks"), "[{Cidrs: [10.80.0.0/16]}]");
}

#[test]
fn fargate_pods_go_to_the_private_subnets() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "fargateProfiles": [{ "name": "fp", "selectors": [{ "namespace": "dev", "labels": { "env": "dev" } }] }],
    }));
    let profile = "fargate-fp/FargateProfile";
    assert_eq!(said(&inventory, profile, "Subnets"), "[@SubnetPrivateAZ1, @SubnetPrivateAZ2, @SubnetPrivateAZ3]");
    assert_eq!(said(&inventory, profile, "Selectors"), "[{Namespace: dev, Labels: [{Key: env, Value: dev}]}]");
}

#[test]
fn a_cluster_without_a_name_is_drawn_under_a_placeholder() {
    let (inventory, _) = expand(json!({ "metadata": { "region": "eu-west-1" } }));
    assert_eq!(said(&inventory, "ControlPlane", "Name"), "<cluster name>");
    assert_eq!(messages(json!({})), ["missing-name ClusterConfig: add `metadata.name`"]);
}

#[test]
fn a_block_that_eksctl_cannot_cut_leaves_the_subnets_blocks_unknown() {
    let (inventory, diagnostics) = expand(json!({ "metadata": { "name": "c" }, "vpc": { "cidr": "ten/8" } }));
    assert_eq!(said(&inventory, "SubnetPublicAZ1", "CidrBlock"), "<VPC.CidrBlock>");
    assert_eq!(diagnostics[0].code, "unusable-cidr");
}

#[test]
fn security_groups_that_are_there_replace_eksctls_own() {
    let (inventory, _) = expand(json!({
        "metadata": { "name": "c" },
        "vpc": { "securityGroup": "sg-1", "sharedNodeSecurityGroup": "sg-1" },
    }));
    assert_eq!(said(&inventory, "ControlPlane", "ResourcesVpcConfig.SecurityGroupIds"), "[@sg-1]");
    assert_eq!(count(&inventory, "AWS::EC2::SecurityGroup"), 1);
}

#[test]
fn nothing_at_all_is_still_a_cluster() {
    assert_eq!(codes(json!(null)), ["missing-name"]);
    assert_eq!(codes(json!([1, 2])), ["missing-name"]);
}

/// Where an origin's place stands in a text, and the name that goes with it.
fn origins(text: &str) -> Vec<(String, (usize, usize))> {
    let mut sources = Sources::default();
    sources.add("c.yaml", text);
    let inventory = read(&mut sources, &Options::default(), None, &mut Vec::new());
    let of = |resource: &Resource| (resource.origin.name.to_string(), sources.line_column(resource.origin.place));
    inventory.resources.values().map(of).collect()
}

#[test]
fn every_resource_points_at_the_part_of_the_file_that_caused_it() {
    let origins = origins(
        "apiVersion: eksctl.io/v1alpha5\n\
         kind: ClusterConfig\n\
         metadata:\n  name: c\n\
         vpc:\n  subnets:\n    public:\n      one: { id: subnet-1 }\n\
         managedNodeGroups:\n  - name: ng\n    subnets: [subnet-2]\n",
    );
    for expected in [
        ("vpc", (6, 3)),
        ("vpc.subnets.public.one", (8, 12)),
        ("metadata", (4, 3)),
        ("managedNodeGroups[0]", (10, 5)),
        ("managedNodeGroups[0].subnets[0]", (11, 15)),
    ] {
        assert!(origins.iter().any(|(name, at)| (name.as_str(), *at) == expected), "{expected:?} in {origins:?}");
    }
}
