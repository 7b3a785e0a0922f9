use serde_json::{Value as Json, json};

use super::meet;
use crate::diag::{Diagnostic, Known, Origin, Place, Sources};
use crate::inventory::{Address, Inventory, Property, Resource, Stack, Value};
use crate::read::{Options, read};

/// `@address` is a reference, `<name>` is known later, anything else is itself.
fn property(json: &Json) -> Property {
    let value = match json {
        Json::Array(items) => Value::List(items.iter().map(property).collect()),
        Json::Object(map) => Value::Map(map.iter().map(|(key, value)| (key.as_str(), property(value))).collect()),
        Json::String(text) => match (text.strip_prefix('@'), text.strip_prefix('<')) {
            (Some(to), _) => Value::Reference { to: Address::from(to), attribute: None },
            (None, Some(name)) => Value::Later(name.trim_end_matches('>').to_string()),
            (None, None) => Value::Text(text.as_str().into()),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) => Value::Text(json.to_string().into()),
    };
    Property { value, place: Place::default() }
}

#[derive(Default)]
struct Inputs(Inventory);

impl Inputs {
    fn stack(mut self, name: &str, region: Option<&str>) -> Inputs {
        let region = region.map(|region| Known::Yes(region.to_string()));
        self.0.stacks.push(Stack { name: name.to_string(), region, account: None });
        self
    }

    fn made(self, address: &str, type_name: &str, properties: Json) -> Inputs {
        let name = address.rsplit('/').next().unwrap_or_default().to_string();
        self.put(address, type_name, properties, name, false)
    }

    fn named(self, address: &str, alias: &str, type_name: &str, properties: Json) -> Inputs {
        self.put(address, type_name, properties, alias.to_string(), true)
    }

    fn put(mut self, address: &str, type_name: &str, properties: Json, name: String, existing: bool) -> Inputs {
        let address = Address::from(address);
        let origin = Origin::new(name.clone(), Place::default());
        let properties = property(&properties);
        let type_name = type_name.to_string();
        let resource =
            Resource { address: address.clone(), type_name, properties, name, existing, in_no_stack: false, origin };
        self.0.resources.insert(address, resource);
        self
    }

    fn met(mut self) -> (Inventory, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        meet(&mut self.0, &mut diagnostics);
        (self.0, diagnostics)
    }
}

const VPC: &str = "AWS::EC2::VPC";
const SUBNET: &str = "AWS::EC2::Subnet";
const GROUP: &str = "AWS::EC2::SecurityGroup";
const NODES: &str = "AWS::EKS::Nodegroup";

fn name_tag(name: &str) -> Json {
    json!([{ "Key": "Name", "Value": name }])
}

/// A template with a VPC of two subnets, whose zones are the region's first and second.
fn lab() -> Inputs {
    Inputs::default()
        .stack("lab", None)
        .made("lab/EksVPC", VPC, json!({ "CidrBlock": "192.168.0.0/16", "Tags": name_tag("lab-VPC") }))
        .made(
            "lab/One",
            SUBNET,
            json!({ "VpcId": "@lab/EksVPC", "CidrBlock": "192.168.1.0/24", "AvailabilityZone": "<AZ 1>",
                    "Tags": name_tag("lab-PublicSubnet1") }),
        )
        .made(
            "lab/Two",
            SUBNET,
            json!({ "VpcId": "@lab/EksVPC", "CidrBlock": "192.168.2.0/24", "AvailabilityZone": "<AZ 2>",
                    "Tags": name_tag("lab-PublicSubnet2") }),
        )
}

/// The lab, and a config that names a subnet of a VPC that is there and puts nodes into it.
fn lab_and(alias: &str, subnet: Json) -> Inputs {
    let mut subnet = subnet;
    subnet["VpcId"] = json!("@c/VPC");
    lab()
        .stack("c", Some("ap-northeast-2"))
        .named("c/VPC", "VPC", VPC, json!({}))
        .named("c/Subnet1", alias, SUBNET, subnet)
        .made("c/Nodes", NODES, json!({ "Subnets": ["@c/Subnet1"] }))
}

fn text(inventory: &Inventory, address: &str, key: &str) -> String {
    let property = inventory.resources.get(address).and_then(|resource| resource.property(key));
    property.and_then(|property| property.known()).map(|known| known.to_string()).unwrap_or_default()
}

/// Where the nodes stand.
fn nodes_in(inventory: &Inventory) -> &str {
    let subnets = inventory.resources.get("c/Nodes").and_then(|nodes| nodes.property("Subnets"));
    let subnets = subnets.and_then(|subnets| subnets.items().first());
    subnets.and_then(|subnet| subnet.as_reference()).map_or("nowhere", |address| address)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_subnet_named_by_its_block_is_the_one_that_the_template_makes() {
    let (inventory, diagnostics) = lab_and("anything", json!({ "CidrBlock": "192.168.1.0/24" })).met();
    assert!(diagnostics.is_empty());
    assert_eq!(nodes_in(&inventory), "lab/One");
    assert!(!inventory.resources.contains_key("c/Subnet1"));
}

#[test]
fn a_subnet_named_by_alias_is_the_one_whose_name_ends_with_it() {
    let (inventory, _) = lab_and("PublicSubnet2", json!({ "SubnetId": "subnet-9" })).met();
    assert_eq!(nodes_in(&inventory), "lab/Two");
    assert_eq!(text(&inventory, "lab/Two", "SubnetId"), "subnet-9");
}

#[test]
fn an_alias_may_be_the_templates_own_logical_id() {
    assert_eq!(nodes_in(&lab_and("Two", json!({})).met().0), "lab/Two");
}

#[test]
fn half_a_word_is_no_alias() {
    assert_eq!(nodes_in(&lab_and("Subnet2", json!({})).met().0), "c/Subnet1");
}

#[test]
fn another_block_keeps_a_subnet_of_the_same_alias_apart() {
    let (inventory, _) = lab_and("PublicSubnet1", json!({ "CidrBlock": "10.0.0.0/24" })).met();
    assert_eq!(nodes_in(&inventory), "c/Subnet1");
}

#[test]
fn a_vpc_is_the_one_that_holds_the_subnet_that_met() {
    let (inventory, _) = lab_and("PublicSubnet1", json!({})).met();
    assert!(!inventory.resources.contains_key("c/VPC"));
    assert_eq!(inventory.of_type(VPC).count(), 1);
}

#[test]
fn a_vpc_of_the_same_block_is_the_same_vpc() {
    let inputs =
        lab().stack("c", None).named("c/VPC", "vpc-7", VPC, json!({ "VpcId": "vpc-7", "CidrBlock": "192.168.0.0/16" }));
    let (inventory, _) = inputs.made("c/Group", GROUP, json!({ "VpcId": "@c/VPC" })).met();
    assert_eq!(text(&inventory, "lab/EksVPC", "VpcId"), "vpc-7");
    let group = inventory.resources.get("c/Group").and_then(|group| group.property("VpcId")).unwrap();
    assert_eq!(group.as_reference().map(|address| address.as_ref()), Some("lab/EksVPC"));
}

#[test]
fn a_zone_that_one_input_names_is_named_for_all_of_the_stack() {
    let inputs = lab_and("PublicSubnet1", json!({ "AvailabilityZone": "ap-northeast-2a" }));
    let neighbour = json!({ "VpcId": "@lab/EksVPC", "AvailabilityZone": "<AZ 1>" });
    let (inventory, _) = inputs.made("lab/Three", SUBNET, neighbour).met();
    assert_eq!(text(&inventory, "lab/One", "AvailabilityZone"), "ap-northeast-2a");
    assert_eq!(text(&inventory, "lab/Three", "AvailabilityZone"), "ap-northeast-2a");
    assert_eq!(text(&inventory, "lab/Two", "AvailabilityZone"), "<AZ 2>");
}

#[test]
fn a_stack_without_a_region_is_in_the_region_of_what_it_shares() {
    let (inventory, _) = lab_and("PublicSubnet1", json!({})).met();
    assert_eq!(inventory.stacks[0].region, Some(Known::Yes("ap-northeast-2".into())));
}

#[test]
fn where_two_subnets_would_do_nothing_is_guessed_and_a_warning_says_so() {
    let twin = json!({ "CidrBlock": "192.168.1.0/24", "Tags": name_tag("twin") });
    let inputs = lab_and("some", json!({ "CidrBlock": "192.168.1.0/24" })).stack("twin", None);
    let (inventory, diagnostics) = inputs.made("twin/One", SUBNET, twin).met();
    assert_eq!(nodes_in(&inventory), "c/Subnet1");
    assert_eq!(codes(&diagnostics), ["ambiguous-match"]);
    assert_eq!(diagnostics[0].related.len(), 2);
}

#[test]
fn a_zone_decides_between_two_that_would_do() {
    let twin = json!({ "CidrBlock": "192.168.1.0/24", "AvailabilityZone": "ap-northeast-2c" });
    let named = json!({ "CidrBlock": "192.168.1.0/24", "AvailabilityZone": "ap-northeast-2c" });
    let (inventory, diagnostics) = lab_and("some", named).stack("twin", None).made("twin/One", SUBNET, twin).met();
    assert_eq!((nodes_in(&inventory), diagnostics.len()), ("twin/One", 0));
}

#[test]
fn the_vpc_that_met_decides_between_subnets_of_one_block() {
    let inputs = lab_and("some", json!({ "CidrBlock": "192.168.1.0/24" }))
        .named("c/VPC", "VPC", VPC, json!({ "CidrBlock": "192.168.0.0/16" }))
        .made("twin/Net", VPC, json!({ "CidrBlock": "192.168.0.0/20" }))
        .made("twin/One", SUBNET, json!({ "VpcId": "@twin/Net", "CidrBlock": "192.168.1.0/24" }));
    assert_eq!(nodes_in(&inputs.met().0), "lab/One");
}

#[test]
fn what_meets_nothing_stays() {
    let (inventory, diagnostics) = lab_and("elsewhere", json!({ "SubnetId": "subnet-1" })).met();
    assert!(diagnostics.is_empty());
    assert!(inventory.resources["c/Subnet1"].existing);
}

#[test]
fn an_id_written_out_becomes_a_reference_to_what_has_it() {
    let group = json!({ "GroupId": "sg-1" });
    let instance = json!({ "NetworkInterfaces": [{ "GroupSet": ["sg-1"] }], "SubnetId": "subnet-other" });
    let inputs = Inputs::default().named("c/sg-1", "sg-1", GROUP, group).made("d/Host", "AWS::EC2::Instance", instance);
    let (inventory, _) = inputs.met();
    let host = &inventory.resources["d/Host"];
    let groups = host.properties.field("NetworkInterfaces").unwrap().items()[0].field("GroupSet").unwrap();
    assert_eq!(groups.items()[0].as_reference().map(|address| address.as_ref()), Some("c/sg-1"));
    assert_eq!(text(&inventory, "d/Host", "SubnetId"), "subnet-other");
    assert_eq!(text(&inventory, "c/sg-1", "GroupId"), "sg-1");
}

#[test]
fn a_cluster_named_by_its_name_is_referred_to() {
    let inputs = Inputs::default().made("c/ControlPlane", "AWS::EKS::Cluster", json!({ "Name": "myeks" })).made(
        "d/Nodes",
        NODES,
        json!({ "ClusterName": "myeks" }),
    );
    let (inventory, _) = inputs.met();
    let cluster = inventory.resources["d/Nodes"].property("ClusterName").unwrap().as_reference();
    assert_eq!(cluster.map(|address| address.as_ref()), Some("c/ControlPlane"));
}

#[test]
fn a_cluster_that_is_only_named_is_the_one_that_another_input_makes() {
    let inputs = Inputs::default()
        .made("c/ControlPlane", "AWS::EKS::Cluster", json!({ "Name": "myeks" }))
        .named("d/Cluster", "myeks", "AWS::EKS::Cluster", json!({ "Name": "myeks" }))
        .made("d/Nodes", NODES, json!({ "ClusterName": "@d/Cluster" }));
    let (inventory, _) = inputs.met();
    let cluster = inventory.resources["d/Nodes"].property("ClusterName").unwrap().as_reference();
    assert_eq!(cluster.map(|address| address.as_ref()), Some("c/ControlPlane"));
}

#[test]
fn two_inputs_that_name_one_id_name_one_thing() {
    let inputs = Inputs::default()
        .named("c/VPC", "vpc-1", VPC, json!({ "VpcId": "vpc-1" }))
        .named("d/VPC", "vpc-1", VPC, json!({ "VpcId": "vpc-1" }))
        .made("e/Group", GROUP, json!({ "VpcId": "vpc-1" }));
    let (inventory, _) = inputs.met();
    assert_eq!(inventory.of_type(VPC).count(), 1);
    let group = inventory.resources["e/Group"].property("VpcId").unwrap();
    assert_eq!(group.as_reference().map(|address| address.as_ref()), Some("c/VPC"));
}

#[test]
fn within_one_input_a_repeated_id_joins_nothing() {
    let inputs = Inputs::default().named("c/A", "a", SUBNET, json!({ "SubnetId": "subnet-1" })).named(
        "c/B",
        "b",
        SUBNET,
        json!({ "SubnetId": "subnet-1" }),
    );
    assert_eq!(inputs.met().0.of_type(SUBNET).count(), 2);
}

#[test]
fn the_studys_nodes_stand_in_the_studys_public_subnets() {
    let mut sources = Sources::default();
    sources.add("myeks.yaml", include_str!("../../../fixtures/study/myeks.yaml"));
    sources.add("cluster.yaml", include_str!("../../../fixtures/study/cluster.yaml"));
    let mut diagnostics = Vec::new();
    let inventory = read(&mut sources, &Options::default(), None, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(inventory.resources.values().all(|resource| !resource.existing));
    assert_eq!(inventory.of_type(VPC).count(), 1);
    let nodes = inventory.of_type(NODES).next().and_then(|nodes| nodes.property("Subnets")).unwrap();
    let subnets: Vec<&str> = nodes.items().iter().filter_map(|s| s.as_reference().map(|to| to.as_ref())).collect();
    assert_eq!(subnets, ["myeks/PublicSubnet1", "myeks/PublicSubnet2"]);
    assert_eq!(text(&inventory, "myeks/PublicSubnet2", "SubnetId"), "subnet-0a1b2c3d4e5f60002");
}
