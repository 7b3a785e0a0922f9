use super::*;
use crate::diag::{FileId, Severity};
use crate::inventory::{Inventory, Property, Resource, Value};
use crate::syntax;

/// What answers become, each a file of its own; and what is said of them.
fn read_all(answers: &[(&str, &str)]) -> (Inventory, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut documents = Vec::new();
    for (n, (name, text)) in answers.iter().enumerate() {
        let nodes = syntax::parse(FileId(n as u16), text, &mut diagnostics).expect("it parses");
        documents.extend(nodes.into_iter().map(|node| (node, *name)));
    }
    let mut inventory = Inventory::default();
    read(documents.iter().map(|(node, name)| (node, *name)), &Options::default(), &mut diagnostics, &mut inventory);
    (inventory, diagnostics)
}

fn inventory(answer: &str) -> Inventory {
    read_all(&[("answer", answer)]).0
}

fn one<'i>(inventory: &'i Inventory, type_name: &str) -> &'i Resource {
    let mut found = inventory.resources.values().filter(|resource| resource.type_name == type_name);
    let first = found.next().unwrap_or_else(|| panic!("no {type_name}"));
    assert!(found.next().is_none(), "several {type_name}");
    first
}

fn types(inventory: &Inventory) -> Vec<&str> {
    inventory.resources.values().map(|resource| resource.type_name.as_str()).collect()
}

fn said<'d>(diagnostics: &'d [Diagnostic], code: &str) -> Vec<&'d str> {
    let of_code = diagnostics.iter().filter(|diagnostic| diagnostic.code == code);
    of_code.map(|diagnostic| diagnostic.message.as_str()).collect()
}

const VPC: &str =
    r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "DhcpOptionsId": "d", "IsDefault": false}]}"#;

#[test]
fn an_envelope_a_bare_list_and_a_single_item_are_one_answer() {
    let subnet = r#"{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"}"#;
    for shape in [
        format!(r#"{{"Subnets": [{subnet}], "NextToken": "x"}}"#),
        format!("[{subnet}]"),
        subnet.to_string(),
        format!(r#"[{{"Subnets": [{subnet}]}}]"#),
        format!(r#"{{"subnets.json": {{"Subnets": [{subnet}]}}}}"#),
        format!(r#"{{"Subnets": [{subnet}]}} {{"Subnets": [{subnet}]}}"#),
    ] {
        let inventory = inventory(&shape);
        assert_eq!(
            one(&inventory, "AWS::EC2::Subnet").property("CidrBlock").unwrap().as_text(),
            Some("10.0.1.0/24"),
            "{shape}"
        );
    }
}

#[test]
fn of_two_answers_about_one_thing_the_fuller_counts_in_any_order() {
    let short = r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}"#;
    let full =
        r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "prod"}]}]}"#;
    for answers in [[("a", short), ("b", full)], [("a", full), ("b", short)]] {
        assert_eq!(one(&read_all(&answers).0, "AWS::EC2::VPC").name, "prod");
    }
}

#[test]
fn ids_become_references_and_words_that_look_like_ids_do_not() {
    let inventory = inventory(
        r#"[{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]},
            {"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24",
                          "Tags": [{"Key": "of", "Value": "vpc-1"}]}]}]"#,
    );
    let subnet = one(&inventory, "AWS::EC2::Subnet");
    assert_eq!(subnet.property("VpcId").and_then(Property::as_reference).map(|to| &**to), Some("account/vpc-1"));
    assert_eq!(subnet.property("SubnetId").and_then(Property::as_text), Some("subnet-1"));
    assert_eq!(subnet.tag("of").and_then(Property::as_text), Some("vpc-1"));
}

#[test]
fn a_main_table_is_known_as_one_and_a_route_whose_target_is_gone_is_said_and_left_out() {
    let tables = r#"{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}],
        "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
                   {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"},
                   {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1", "State": "active"}]}]}"#;
    let (inventory, diagnostics) = read_all(&[("vpcs", VPC), ("tables", tables)]);
    let table = one(&inventory, "AWS::EC2::RouteTable");
    assert_eq!((table.property("Main").and_then(Property::as_bool), table.existing), (Some(true), false));
    let route = one(&inventory, "AWS::EC2::Route");
    assert_eq!(route.property("DestinationIpv6CidrBlock").and_then(Property::as_text), Some("::/0"));
    assert_eq!(
        said(&diagnostics, "blackhole-route"),
        ["the route 0.0.0.0/0 in rtb-1 leads nowhere: what it leads to is gone"]
    );
}

#[test]
fn without_route_tables_the_vpc_has_one_that_nobody_described() {
    let (inventory, diagnostics) = read_all(&[("vpcs", VPC)]);
    assert!(one(&inventory, "AWS::EC2::RouteTable").existing);
    let warned = said(&diagnostics, "not-asked");
    assert!(
        warned
            .contains(&"no answer to `aws ec2 describe-route-tables` is given: whether subnets are public is guessed"),
        "{warned:?}"
    );
}

#[test]
fn what_is_deleted_is_not_there() {
    let answers = r#"[{"NatGateways": [{"NatGatewayId": "nat-1", "SubnetId": "subnet-1", "State": "deleted"}]},
        {"Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "terminated"}}]}]}]"#;
    assert!(types(&inventory(answers)).is_empty());
}

const GROUP: &str = r#"{"AutoScalingGroups": [{"AutoScalingGroupName": "eks-ng", "MinSize": 1, "MaxSize": 3, "DesiredCapacity": 2,
    "VPCZoneIdentifier": "subnet-1,subnet-2", "Instances": [{"InstanceId": "i-1"}],
    "Tags": [{"Key": "eks:cluster-name", "Value": "c"}, {"Key": "eks:nodegroup-name", "Value": "ng"}]}]}"#;
const INSTANCES: &str = r#"{"Reservations": [{"Instances": [
    {"InstanceId": "i-1", "ImageId": "a", "InstanceType": "m5.large", "SubnetId": "subnet-1", "State": {"Name": "running"},
     "Tags": [{"Key": "aws:autoscaling:groupName", "Value": "eks-ng"}, {"Key": "eks:cluster-name", "Value": "c"},
              {"Key": "eks:nodegroup-name", "Value": "ng"}]},
    {"InstanceId": "i-2", "ImageId": "a", "SubnetId": "subnet-1", "State": {"Name": "running"}}]}]}"#;
const NODE_GROUP: &str = r#"{"nodegroup": {"nodegroupName": "ng", "clusterName": "c", "subnets": ["subnet-1"],
    "scalingConfig": {"minSize": 1, "maxSize": 3, "desiredSize": 2}, "instanceTypes": ["m5.large"],
    "resources": {"autoScalingGroups": [{"name": "eks-ng"}]}}}"#;

/// The ids that a group lists as its members.
fn members(group: &Resource) -> Vec<&str> {
    group.property("Instances").map(Property::items).unwrap_or_default().iter().filter_map(Property::as_text).collect()
}

#[test]
fn nodes_are_members_of_their_group_by_whatever_tells_of_it() {
    for answers in [
        vec![("group", GROUP), ("instances", INSTANCES), ("nodes", NODE_GROUP)],
        vec![("instances", INSTANCES), ("nodes", NODE_GROUP)],
        vec![("group", GROUP), ("instances", INSTANCES)],
        vec![("instances", INSTANCES)],
    ] {
        let (inventory, _) = read_all(&answers);
        let group = one(&inventory, "AWS::EKS::Nodegroup");
        assert_eq!(members(group), ["i-1"], "{answers:?}");
        assert_eq!(group.property("ClusterName").and_then(Property::as_text), Some("c"));
        assert_eq!(&*one(&inventory, "AWS::EC2::Instance").address, "account/i-2");
        assert!(!types(&inventory).contains(&"AWS::AutoScaling::AutoScalingGroup"), "{answers:?}");
    }
}

#[test]
fn a_pod_s_address_leads_from_its_target_group_to_the_group_of_its_node() {
    let instances = r#"{"Instances": [{"InstanceId": "i-1", "ImageId": "a", "VpcId": "vpc-1", "State": {"Name": "running"},
        "NetworkInterfaces": [{"VpcId": "vpc-1", "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.1.7"}],
                               "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.1.32/28"}]}],
        "Tags": [{"Key": "eks:cluster-name", "Value": "c"}, {"Key": "eks:nodegroup-name", "Value": "ng"},
                 {"Key": "aws:autoscaling:groupName", "Value": "eks-ng"}]}]}"#;
    let group = r#"{"TargetGroups": [{"TargetGroupArn": "arn:tg", "TargetGroupName": "web", "VpcId": "vpc-1"}]}"#;
    for address in ["10.0.1.7", "10.0.1.40"] {
        let health = format!(r#"{{"TargetHealthDescriptions": [{{"Target": {{"Id": "{address}"}}}}]}}"#);
        let (inventory, _) = read_all(&[("i", instances), ("n", NODE_GROUP), ("g", group), ("health", &health)]);
        let targets = one(&inventory, "AWS::ElasticLoadBalancingV2::TargetGroup").property("Targets").unwrap();
        let to = targets.items()[0].field("Id").and_then(Property::as_reference);
        assert_eq!(to.map(|to| &**to), Some("account/nodegroup.c.ng"), "{address}");
    }
}

#[test]
fn targets_belong_to_the_group_that_their_file_names() {
    let groups = r#"{"TargetGroups": [{"TargetGroupArn": "arn:a", "TargetGroupName": "web"}, {"TargetGroupArn": "arn:b", "TargetGroupName": "web-2"}]}"#;
    let health = r#"{"TargetHealthDescriptions": [{"Target": {"Id": "i-9"}}]}"#;
    let (inventory, _) = read_all(&[("groups", groups), ("elbv2-describe-target-health--web-2", health)]);
    let holders: Vec<&str> = inventory
        .resources
        .values()
        .filter(|group| group.property("Targets").is_some())
        .map(|group| &*group.address)
        .collect();
    assert_eq!(holders, ["account/arn:b"]);
}

#[test]
fn the_default_vpc_is_left_out_unless_something_stands_in_it() {
    let vpcs = r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-d", "CidrBlock": "172.31.0.0/16", "IsDefault": true}]}"#;
    let rest = r#"[{"Subnets": [{"SubnetId": "subnet-d", "VpcId": "vpc-d", "CidrBlock": "172.31.0.0/20"}]},
        {"InternetGateways": [{"InternetGatewayId": "igw-d", "Attachments": [{"VpcId": "vpc-d"}]}]},
        {"SecurityGroups": [{"GroupId": "sg-d", "GroupName": "default", "VpcId": "vpc-d", "IpPermissions": []}]}]"#;
    let (unused, diagnostics) = read_all(&[("vpcs", vpcs), ("rest", rest)]);
    assert_eq!(&*one(&unused, "AWS::EC2::VPC").address, "account/vpc-1");
    assert!(!unused.resources.keys().any(|address| address.contains("-d")), "{:?}", unused.resources.keys());
    assert_eq!(said(&diagnostics, "default-vpc"), ["the default VPC vpc-d is left out: nothing stands in it"]);
    let host = r#"{"Instances": [{"InstanceId": "i-1", "ImageId": "a", "SubnetId": "subnet-d", "State": {"Name": "running"}}]}"#;
    let (used, _) = read_all(&[("vpcs", vpcs), ("rest", rest), ("host", host)]);
    assert_eq!(used.of_type("AWS::EC2::VPC").count(), 2);
    assert_eq!(
        read_all(&[("vpc", &vpcs.replace(r#"{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, "#, ""))])
            .0
            .of_type("AWS::EC2::VPC")
            .count(),
        1
    );
}

#[test]
fn a_peering_that_somebody_else_asked_for_is_told_from_this_side() {
    let peering = r#"{"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
        "RequesterVpcInfo": {"VpcId": "vpc-far", "OwnerId": "2", "Region": "eu-west-1"},
        "AccepterVpcInfo": {"VpcId": "vpc-1", "OwnerId": "1", "Region": "eu-west-1"}}]}"#;
    let (inventory, _) = read_all(&[("vpcs", VPC), ("peering", peering)]);
    let peering = one(&inventory, "AWS::EC2::VPCPeeringConnection");
    assert!(peering.property("VpcId").and_then(Property::as_reference).is_some());
    let text = |key| peering.property(key).and_then(Property::as_text);
    assert_eq!((text("PeerVpcId"), text("PeerOwnerId"), text("PeerRegion")), (Some("vpc-far"), Some("2"), None));
}

#[test]
fn two_regions_are_two_stacks() {
    let subnets = r#"{"Subnets": [
        {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"},
        {"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "us-west-2-lax-1a"}]}"#;
    let vpcs =
        r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}]}"#;
    let (inventory, _) = read_all(&[("vpcs", vpcs), ("subnets", subnets)]);
    let vpcs: Vec<&str> = inventory.of_type("AWS::EC2::VPC").map(|vpc| &*vpc.address).collect();
    assert_eq!(vpcs, ["eu-west-1/vpc-1", "us-west-2/vpc-2"]);
    assert_eq!(inventory.stacks.len(), 2);
}

#[test]
fn a_snapshot_says_which_calls_were_refused() {
    let snapshot = format!(
        r#"{{"eksdiagram": 1, "calls": [{{"service": "ec2", "operation": "describe-vpcs", "region": "eu-west-1", "output": {VPC}}},
            {{"service": "ec2", "operation": "describe-route-tables", "region": "eu-west-1", "error": "UnauthorizedOperation"}}]}}"#
    );
    let (inventory, diagnostics) = read_all(&[("account", &snapshot)]);
    assert_eq!(&*one(&inventory, "AWS::EC2::VPC").address, "eu-west-1/vpc-1");
    let warned = said(&diagnostics, "not-answered");
    assert_eq!(
        warned,
        [
            "the account did not answer `aws ec2 describe-route-tables`, so whether subnets are public is guessed: UnauthorizedOperation"
        ]
    );
    let later = snapshot.replace(r#""eksdiagram": 1"#, r#""eksdiagram": 2"#);
    assert_eq!(said(&read_all(&[("account", &later)]).1, "later-snapshot").len(), 1);
}

#[test]
fn things_are_called_as_the_stack_that_made_them_calls_them() {
    let tagged = r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "aws:cloudformation:logical-id", "Value": "EksVPC"}]}]}"#;
    assert_eq!(one(&inventory(tagged), "AWS::EC2::VPC").name, "EksVPC");
    let listed =
        r#"{"StackResources": [{"StackName": "s", "LogicalResourceId": "Net", "PhysicalResourceId": "vpc-1"}]}"#;
    assert_eq!(one(&read_all(&[("vpcs", VPC), ("stack", listed)]).0, "AWS::EC2::VPC").name, "Net");
}

#[test]
fn what_looks_like_an_answer_and_is_none_is_left_to_others() {
    for text in [
        r#"{"Resources": {}}"#,
        r#"{"name": "x", "version": "1"}"#,
        r#"[["subnet-1", "10.0.0.0/24"]]"#,
        r#"{"services": {"web": {"image": "x"}}}"#,
        r#"{"VpcId": {"type": "AWS::EC2::VPC", "id": "vpc-1"}}"#,
        "[]",
        "[1, 2]",
    ] {
        let node = syntax::parse(FileId(0), text, &mut Vec::new()).expect("it parses").remove(0);
        assert!(!is_answer(&node), "{text}");
    }
}

#[test]
fn values_of_an_unexpected_kind_are_no_reason_to_stop() {
    for text in [
        r#"{"Vpcs": [null, 1, "x", [], {}, {"VpcId": {}}, {"VpcId": "vpc-1", "CidrBlock": ["x"], "Tags": {"a": [1]}, "CidrBlockAssociationSet": "x"}]}"#,
        r#"{"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [1, {"DestinationCidrBlock": {}}], "Associations": {"Main": true}}]}"#,
        r#"{"eksdiagram": [], "calls": [1, {"service": {}}, {"service": "ec2", "operation": "x", "error": "y"}]}"#,
        r#"{"cluster": {"name": "c", "resourcesVpcConfig": [], "logging": 7}}"#,
        r#"{"TargetHealthDescriptions": [{"Target": {"Id": []}}, 1]}"#,
        r#"{"Reservations": [{"Instances": {"InstanceId": "i-1"}}, []]}"#,
    ] {
        let (_, diagnostics) = read_all(&[("odd", text)]);
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.severity < Severity::Error), "{text}");
    }
}

#[test]
fn what_is_only_listed_is_said_to_be_missing() {
    let listed = r#"{"clusters": ["c", "d"]} {"nodegroups": ["ng", "other"]}"#;
    let cluster = r#"{"cluster": {"name": "c", "resourcesVpcConfig": {}}}"#;
    let (_, diagnostics) = read_all(&[("listed", listed), ("cluster", cluster), ("nodes", NODE_GROUP)]);
    let expected = [
        "the cluster d is listed but not described, and not drawn",
        "the node group other is listed but not described, and not drawn",
    ];
    assert_eq!(said(&diagnostics, "not-asked"), expected);
}

#[test]
fn a_node_s_user_data_is_read_as_text() {
    let answers = r#"[{"LaunchTemplates": [{"LaunchTemplateId": "lt-1", "LaunchTemplateName": "n", "LatestVersionNumber": 2}]},
        {"LaunchTemplateVersions": [
            {"LaunchTemplateId": "lt-1", "VersionNumber": 1, "LaunchTemplateData": {"InstanceType": "t3.small"}},
            {"LaunchTemplateId": "lt-1", "VersionNumber": 2, "LaunchTemplateData": {"InstanceType": "m5.large", "UserData": "bm9kZWFkbQ=="}}]}]"#;
    let inventory = inventory(answers);
    let data = one(&inventory, "AWS::EC2::LaunchTemplate").property("LaunchTemplateData").unwrap();
    let text = |key| data.field(key).and_then(Property::as_text);
    assert_eq!((text("InstanceType"), text("UserData")), (Some("m5.large"), Some("nodeadm")));
    assert!(matches!(data.value, Value::Map(_)));
}

const STACKS: &str = r#"{"Stacks": [{"StackName": "net", "StackStatus": "CREATE_COMPLETE"},
    {"StackName": "gone", "StackStatus": "DELETE_COMPLETE"}]}"#;
const OF_NET: &str = r#"{"StackResourceSummaries": [
    {"LogicalResourceId": "Door", "PhysicalResourceId": "vpc-1", "ResourceType": "AWS::EC2::VPCGatewayAttachment"},
    {"LogicalResourceId": "Net", "PhysicalResourceId": "vpc-1", "ResourceType": "AWS::EC2::VPC"},
    {"LogicalResourceId": "Nodes", "PhysicalResourceId": "c/ng", "ResourceType": "AWS::EKS::Nodegroup"},
    {"LogicalResourceId": "Old", "PhysicalResourceId": "subnet-1", "ResourceType": "AWS::EC2::Subnet",
     "ResourceStatus": "DELETE_SKIPPED"}]}"#;
const SUBNETS: &str = r#"{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"},
    {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24",
     "Tags": [{"Key": "aws:cloudformation:stack-name", "Value": "net"}]}]}"#;

/// The ids of what is in no stack.
fn stackless(answers: &[(&str, &str)]) -> Vec<String> {
    let (inventory, _) = read_all(answers);
    let found = inventory.resources.values().filter(|resource| resource.in_no_stack);
    found.map(|resource| resource.address.rsplit('/').next().unwrap_or_default().to_string()).collect()
}

#[test]
fn what_no_stack_holds_is_known_by_lists_of_all_stacks_and_by_tags() {
    let answers = [("vpcs", VPC), ("subnets", SUBNETS), ("nodes", NODE_GROUP), ("stacks", STACKS), ("r--net", OF_NET)];
    assert_eq!(stackless(&answers), ["subnet-1"]);
    assert_eq!(one(&read_all(&answers).0, "AWS::EC2::VPC").name, "Net");
}

#[test]
fn nothing_is_in_no_stack_where_a_stack_or_its_resources_are_not_listed() {
    let things = [("vpcs", VPC), ("subnets", SUBNETS)];
    let two = STACKS.replace("gone", "other").replace("DELETE_COMPLETE", "UPDATE_COMPLETE");
    for stacks in [vec![("r--net", OF_NET)], vec![("stacks", STACKS)], vec![("stacks", &*two), ("r--net", OF_NET)]] {
        assert!(stackless(&[&things[..], &stacks].concat()).is_empty(), "{stacks:?}");
    }
    let named = OF_NET.replace(r#"{"LogicalResourceId": "#, r#"{"StackName": "other", "LogicalResourceId": "#);
    let both = [("stacks", &*two), ("r--net", OF_NET), ("more", &*named)];
    assert_eq!(stackless(&[&things[..], &both].concat()), ["subnet-1"]);
}

#[test]
fn an_account_that_draws_nothing_of_a_stack_is_told_nothing_by_what_is_in_none() {
    let bucket = r#"{"StackResources": [{"StackName": "net", "LogicalResourceId": "B", "PhysicalResourceId": "b",
        "ResourceType": "AWS::S3::Bucket"}]}"#;
    let untagged = SUBNETS.replace("aws:cloudformation:", "");
    assert!(stackless(&[("v", VPC), ("s", &untagged), ("stacks", STACKS), ("r", bucket)]).is_empty());
}

#[test]
fn what_aws_or_a_controller_made_or_another_account_shares_is_no_stack_s_business() {
    let who = r#"{"UserId": "u", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/u"}"#;
    let balancers = r#"[{"LoadBalancers": [{"LoadBalancerArn": "arn:lb", "LoadBalancerName": "k8s", "AvailabilityZones": []}]},
        {"TagDescriptions": [{"ResourceArn": "arn:lb", "Tags": [{"Key": "elbv2.k8s.aws/cluster", "Value": "c"}]}]}]"#;
    let default = r#"[{"Vpcs": [{"VpcId": "vpc-d", "CidrBlock": "172.31.0.0/16", "IsDefault": true}]},
        {"Subnets": [{"SubnetId": "subnet-d", "VpcId": "vpc-d", "CidrBlock": "172.31.0.0/20"}]},
        {"Instances": [{"InstanceId": "i-1", "ImageId": "a", "SubnetId": "subnet-d", "State": {"Name": "running"}}]}]"#;
    let shared = r#"{"Subnets": [{"SubnetId": "subnet-s", "VpcId": "vpc-1", "CidrBlock": "10.0.3.0/24", "OwnerId": "444455556666"}]}"#;
    let answers = [
        ("v", VPC),
        ("stacks", STACKS),
        ("r--net", OF_NET),
        ("who", who),
        ("b", balancers),
        ("d", default),
        ("s", shared),
    ];
    assert_eq!(stackless(&answers), ["i-1"]);
}

#[test]
fn stacks_of_one_region_say_nothing_of_another() {
    let call = |region: &str, service: &str, operation: &str, of: &str, output: &str| {
        format!(
            r#"{{"service": "{service}", "operation": "{operation}", "region": "{region}", "of": "{of}", "output": {output}}}"#
        )
    };
    let west = SUBNETS.replace("subnet-", "subnet-w");
    let calls = [
        call("eu-west-1", "ec2", "describe-subnets", "", SUBNETS),
        call("us-west-2", "ec2", "describe-subnets", "", &west),
        call("eu-west-1", "cloudformation", "describe-stacks", "", STACKS),
        call("eu-west-1", "cloudformation", "list-stack-resources", "net", OF_NET),
    ];
    let snapshot = format!(r#"{{"eksdiagram": 1, "calls": [{}]}}"#, calls.join(","));
    assert_eq!(stackless(&[("account", &snapshot)]), ["subnet-1"]);
}

#[test]
fn access_entries_and_pod_identities_are_read() {
    let entry = r#"{"accessEntry": {"clusterName": "c", "principalArn": "arn:aws:iam::111122223333:role/admin", "type": "STANDARD"}}"#;
    let identities = r#"{"associations": [{"clusterName": "c", "namespace": "shop", "serviceAccount": "web", "associationId": "a-1"}]}"#;
    let (inventory, _) = read_all(&[("entry", entry), ("identities", identities)]);
    let text = |type_name, key| one(&inventory, type_name).property(key).and_then(Property::as_text);
    assert_eq!(text("AWS::EKS::AccessEntry", "PrincipalArn"), Some("arn:aws:iam::111122223333:role/admin"));
    assert_eq!(text("AWS::EKS::PodIdentityAssociation", "ServiceAccount"), Some("web"));
}
