//! `--emit`: a stage's result as text, to the letter.

use eksdiagram::diag::Sources;
use eksdiagram::read::{Options, read};
use eksdiagram::{architecture, emit};

fn emitted(text: &str) -> (String, String) {
    let mut sources = Sources::default();
    sources.add("net.yaml", text);
    let mut diagnostics = Vec::new();
    let inventory = read(&mut sources, &Options::default(), None, &mut diagnostics);
    let network = architecture::model(&inventory, &mut diagnostics);
    (emit::inventory(&inventory, &sources), emit::architecture(&network, &inventory, &sources))
}

const NETWORK: &str = "
Parameters: {Env: {Type: String}, Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      Tags: [{Key: Name, Value: !Sub '${Env}-vpc'}]
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !Ref Zones], Note: '<b>', Empty: '', Region: !Ref AWS::Region}
";

#[test]
fn the_inventory_says_every_property_and_why_one_is_not_known() {
    let expected = r#"2 resources in 1 stack
stack "net"

net/Vpc: AWS::EC2::VPC  # net.yaml:4
  CidrBlock: 10.0.0.0/16
  Tags:
    -
      Key: Name
      Value: <Env>-vpc  # net.yaml:8: parameter without a value (net.yaml:2)

net/Subnet: AWS::EC2::Subnet  # net.yaml:9
  VpcId: -> net/Vpc
  AvailabilityZone: <Zones[0]>  # net.yaml:11: parameter without a value (net.yaml:2)
  Note: "<b>"
  Empty: ""
  Region: <AWS::Region>  # net.yaml:11: not in the input; --region says it
"#;
    assert_eq!(emitted(NETWORK).0, expected);
}

#[test]
fn the_architecture_says_every_fact_with_its_reason() {
    let expected = r#"region <AWS::Region>
  VPC "<Env>-vpc", 10.0.0.0/16  # net/Vpc, net.yaml:4
    zones <Zones[0]>
    isolated row
      subnet "Subnet", in <Zones[0]>  # net/Subnet, net.yaml:9
        because: isolated: no route table is associated; the VPC's main table has no default route in this input  # net.yaml:9
"#;
    assert_eq!(emitted(NETWORK).1, expected);
}

#[test]
fn hostile_names_stay_on_their_lines() {
    let text = "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {Tags: [{Key: Name, Value: \"a\\nb \\e[31m \\u202E\"}]}}}\n";
    let (inventory, architecture) = emitted(text);
    for page in [inventory, architecture] {
        assert!(!page.contains(['\u{1b}', '\u{202e}']) && !page.lines().any(|line| line.starts_with('b')), "{page}");
    }
}
