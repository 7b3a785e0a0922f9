//! A stage's result as stable text: for finding out what was understood, for reports of bugs, and for tests.
//!
//! A line says a fact; behind two spaces and `#` stands where it comes from. Names are in double quotes.

mod architecture;
mod inventory;
mod places;

pub use architecture::architecture;
pub use inventory::inventory;

/// A text in double quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Adds a line. What would end it, steer a terminal or turn the text around is escaped.
fn add_line(page: &mut String, depth: usize, line: &str) {
    page.extend(std::iter::repeat_n("  ", depth));
    for c in line.chars() {
        match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => page.extend(c.escape_unicode()),
            c if c.is_control() => page.extend(c.escape_unicode()),
            c => page.push(c),
        }
    }
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sources;
    use crate::read::{Options, read};

    fn emitted(text: &str) -> (String, String) {
        let mut sources = Sources::default();
        sources.add("net.yaml", text);
        let mut diagnostics = Vec::new();
        let inventory = read(&mut sources, &Options::default(), None, &mut diagnostics);
        let network = crate::architecture::model(&inventory, &mut diagnostics);
        (super::inventory(&inventory, &sources), architecture(&network, &inventory, &sources))
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
            assert!(
                !page.contains(['\u{1b}', '\u{202e}']) && !page.lines().any(|line| line.starts_with('b')),
                "{page}"
            );
        }
    }
}
