use crate::diag::{Diagnostic, FileId, Severity, Sources};
use crate::inventory::{Inventory, Value};
use crate::limits;
use crate::read::{Loader, Options, base_name, read};

/// Files by their names, of which each is there to be loaded.
struct Shelf(Vec<(String, String)>);

impl Loader for Shelf {
    fn load(&mut self, sources: &mut Sources, _: FileId, location: &str) -> Result<Option<FileId>, Diagnostic> {
        let name = base_name(location);
        if let Some((file, _)) = sources.iter().find(|(_, source)| source.name == name) {
            return Ok(Some(file));
        }
        let found = self.0.iter().find(|(file, _)| file == name);
        Ok(found.map(|(name, text)| sources.add_beside(name.as_str(), text.as_str())))
    }
}

struct Run {
    inventory: Inventory,
    diagnostics: Vec<Diagnostic>,
}

fn run_with(inputs: &[(&str, &str)], shelf: Option<&[(&str, &str)]>, options: &Options) -> Run {
    let mut sources = Sources::default();
    for (name, text) in inputs {
        sources.add(*name, *text);
    }
    let mut diagnostics = Vec::new();
    let owned = |(name, text): &(&str, &str)| (name.to_string(), text.to_string());
    let mut shelf = shelf.map(|files| Shelf(files.iter().map(owned).collect()));
    let loader = shelf.as_mut().map(|shelf| shelf as &mut dyn Loader);
    let inventory = read(&mut sources, options, loader, &mut diagnostics);
    Run { inventory, diagnostics }
}

fn run(inputs: &[(&str, &str)], shelf: &[(&str, &str)]) -> Run {
    run_with(inputs, Some(shelf), &Options::default())
}

impl Run {
    fn addresses(&self) -> Vec<&str> {
        self.inventory.resources.keys().map(|address| &**address).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    fn shown(&self, address: &str, key: &str) -> String {
        let resource = self.inventory.resources.get(address).unwrap_or_else(|| panic!("no {address}"));
        match resource.property(key).map(|property| (&property.value, property)) {
            Some((Value::Reference { to, attribute: None }, _)) => format!("->{to}"),
            Some((Value::Reference { to, attribute: Some(attribute) }, _)) => format!("->{to}.{attribute}"),
            Some((Value::List(items), _)) => {
                let items: Vec<String> =
                    items.iter().filter_map(|item| item.as_reference()).map(|to| format!("->{to}")).collect();
                items.join(" ")
            }
            Some((_, property)) => property.shown().unwrap_or_default(),
            None => "absent".to_string(),
        }
    }
}

const NETWORK: &str = "
Parameters:
  Block: {Type: String, Default: 10.9.0.0/16}
  Name: {Type: String, Default: unnamed}
  Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}
Conditions: {Never: !Equals [a, b]}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Block, Name: !Ref Name, Stack: !Ref AWS::StackName}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !Ref Zones]}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !Ref Zones]}}
Outputs:
  VpcId: {Value: !Ref Vpc}
  Block: {Value: !GetAtt Vpc.CidrBlock}
  SubnetIds: {Value: !Join [',', [!Ref A, !Ref B]]}
  Gone: {Value: !Ref Vpc, Condition: Never}
";

const NODES: &str = "
Parameters: {Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}, VpcId: {Type: String, Default: ''}}
Conditions: {OwnVpc: !Equals [!Ref VpcId, '']}
Resources:
  Nodes: {Type: AWS::EKS::Nodegroup, Properties: {Subnets: !Ref Subnets, VpcId: !Ref VpcId, First: !Select [0, !Ref Subnets]}}
  Spare: {Type: AWS::EC2::VPC, Condition: OwnVpc}
";

const MAIN: &str = "
Parameters: {Bucket: {Type: String}, Zones: {Type: CommaDelimitedList}}
Resources:
  Nodes:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nodes.yaml
      Parameters:
        Subnets: !GetAtt Network.Outputs.SubnetIds
        VpcId: !GetAtt [Network, Outputs.VpcId]
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub 'https://${Bucket}.s3.amazonaws.com/templates/network.yaml?versionId=3'
      Parameters:
        Block: 10.1.0.0/16
        Zones: !Join [',', !Ref Zones]
        Name: !If [HasName, named, !Ref AWS::NoValue]
  Last:
    Type: Test::Last
    Properties:
      Vpc: !Sub '${Network.Outputs.VpcId}'
      Blocks: !Select [1, !Cidr [!GetAtt Network.Outputs.Block, 2, 8]]
Conditions: {HasName: !Equals [a, b]}
";

#[test]
fn a_nested_stack_gets_its_parameters_and_gives_back_its_outputs() {
    let run = run(&[("main.yaml", MAIN)], &[("network.yaml", NETWORK), ("nodes.yaml", NODES)]);
    assert_eq!(run.codes(), Vec::<&str>::new());
    assert_eq!(run.shown("main/Network/Vpc", "CidrBlock"), "10.1.0.0/16");
    assert_eq!(run.shown("main/Network/Vpc", "Stack"), "main-Network");
    assert_eq!(run.shown("main/Network/B", "AvailabilityZone"), "<Zones[1]>");
    assert_eq!(run.shown("main/Nodes/Nodes", "Subnets"), "->main/Network/A ->main/Network/B");
    assert_eq!(run.shown("main/Nodes/Nodes", "First"), "->main/Network/A");
    assert_eq!(run.shown("main/Nodes/Nodes", "VpcId"), "->main/Network/Vpc");
    assert_eq!(run.shown("main/Last", "Vpc"), "->main/Network/Vpc");
    assert_eq!(run.shown("main/Last", "Blocks"), "10.1.1.0/24");
    let stacks: Vec<&str> = run.inventory.stacks.iter().map(|stack| &*stack.name).collect();
    assert_eq!(stacks, ["main", "main/Nodes", "main/Network"]);
}

#[test]
fn a_parameter_that_its_parent_does_not_give_has_its_default() {
    let run = run(&[("main.yaml", MAIN)], &[("network.yaml", NETWORK), ("nodes.yaml", NODES)]);
    assert_eq!(run.shown("main/Network/Vpc", "Name"), "unnamed");
}

#[test]
fn an_id_that_is_handed_down_is_never_the_empty_text() {
    let run = run(&[("main.yaml", MAIN)], &[("network.yaml", NETWORK), ("nodes.yaml", NODES)]);
    assert!(!run.addresses().contains(&"main/Nodes/Spare"));
}

#[test]
fn a_nested_stack_s_parameters_are_its_parent_s_to_give_and_not_the_user_s() {
    let options = Options { parameters: vec![crate::read::Given::new("Name", "mine")], ..Options::default() };
    let run = run_with(&[("main.yaml", MAIN)], Some(&[("network.yaml", NETWORK), ("nodes.yaml", NODES)]), &options);
    assert_eq!(run.shown("main/Network/Vpc", "Name"), "unnamed");
    assert_eq!(run.codes(), ["unknown-parameter"]);
    assert!(run.diagnostics[0].message.contains("nested stack `main/Network`"), "{}", run.diagnostics[0].message);
}

#[test]
fn a_template_that_is_given_and_nested_is_read_once() {
    for inputs in [
        [("main.yaml", MAIN), ("deep/network.yaml", NETWORK), ("nodes.yaml", NODES)],
        [("deep/network.yaml", NETWORK), ("nodes.yaml", NODES), ("main.yaml", MAIN)],
    ] {
        // Without anyone who loads, they are told by their names.
        for shelf in [None, Some([].as_slice())] {
            let run = run_with(&inputs, shelf, &Options::default());
            let vpcs: Vec<&str> = run.addresses().into_iter().filter(|address| address.ends_with("/Vpc")).collect();
            assert_eq!((vpcs, run.codes()), (vec!["main/Network/Vpc"], Vec::new()));
        }
    }
}

#[test]
fn what_is_not_there_is_a_warning_and_without_a_loader_a_note() {
    let with = run(&[("main.yaml", MAIN)], &[("nodes.yaml", NODES)]);
    assert_eq!((with.codes(), with.diagnostics[0].severity), (vec!["nested-template"], Severity::Warning));
    assert!(with.diagnostics[0].message.contains("`network.yaml` of `Network`"), "{}", with.diagnostics[0].message);
    assert_eq!(with.shown("main/Nodes/Nodes", "VpcId"), "->main/Network.Outputs.VpcId");
    let without = run_with(&[("main.yaml", MAIN)], None, &Options::default());
    assert_eq!((without.codes(), without.diagnostics[0].severity), (vec!["nested-template"], Severity::Note));
    assert_eq!(without.diagnostics[0].message.matches(".yaml").count(), 2);
}

#[test]
fn outputs_that_are_not_there_are_named() {
    let main = "
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml, Parameters: {Zones: 'a,b'}}}
  Probe: {Type: T::T, Properties: {A: !GetAtt Network.Outputs.VpcIds, B: !GetAtt Network.Outputs.Gone}}
";
    let run = run(&[("main.yaml", main)], &[("network.yaml", NETWORK)]);
    assert_eq!(run.codes(), ["unresolved-reference", "reference-to-absent"]);
    assert_eq!(run.diagnostics[0].hints, ["did you mean `VpcId`?"]);
    assert_eq!(run.shown("main/Probe", "A"), "<Network.Outputs.VpcIds>");
}

#[test]
fn a_parameter_that_the_nested_template_does_not_have_is_named() {
    let main = "
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml, Parameters: {Zone: a, Blok: b}}}
";
    let run = run(&[("main.yaml", main)], &[("network.yaml", NETWORK)]);
    assert_eq!((run.codes(), &*run.diagnostics[0].hints[0]), (vec!["unknown-parameter"], "did you mean `Zones`?"));
    assert!(
        run.diagnostics[0].message.ends_with("`Zone`, nor another that is given"),
        "{}",
        run.diagnostics[0].message
    );
}

#[test]
fn one_template_may_make_several_stacks_of_several_parameters() {
    let main = "
Resources:
  Fn::ForEach::Nets:
    - Net
    - [East, West]
    - 'Net${Net}':
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: network.yaml, Parameters: {Name: !Ref Net, Zones: 'a,b'}}
";
    let run = run(&[("main.yaml", main)], &[("network.yaml", NETWORK)]);
    assert_eq!(run.shown("main/NetEast/Vpc", "Name"), "East");
    assert_eq!(run.shown("main/NetWest/Vpc", "Name"), "West");
}

#[test]
fn where_a_template_lies_may_be_handed_down_as_well() {
    let main = "
Resources:
  Middle: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: middle.yaml, Parameters: {File: network}}}
";
    let middle = "
Parameters: {File: {Type: String}}
Resources:
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub 'https://x/${File}.yaml'}}
Outputs: {VpcId: {Value: !GetAtt Inner.Outputs.VpcId}}
";
    let run = run(&[("main.yaml", main)], &[("middle.yaml", middle), ("network.yaml", NETWORK)]);
    assert!(run.addresses().contains(&"main/Middle/Inner/Vpc"), "{:?}", run.addresses());
}

#[test]
fn the_cdk_s_asset_says_the_file_before_the_url_does() {
    let main = "
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https://x/0123abcd.json', Parameters: {Zones: a}}
    Metadata: {'aws:asset:path': network.yaml, 'aws:asset:property': TemplateURL}
";
    assert!(run(&[("main.yaml", main)], &[("network.yaml", NETWORK)]).addresses().contains(&"main/Network/Vpc"));
}

#[test]
fn templates_that_nest_each_other_end() {
    let nest = |id: &str, file: &str| {
        format!(
            "Resources: {{Vpc: {{Type: AWS::EC2::VPC}}, {id}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {file}}}}}}}"
        )
    };
    let (own, a, b) = (nest("Own", "own.yaml"), nest("B", "b.yaml"), nest("A", "a.yaml"));
    assert_eq!(run(&[("own.yaml", &own)], &[]).codes(), ["recursive-stack"]);
    let both = run(&[("a.yaml", &a), ("b.yaml", &b)], &[]);
    assert_eq!((both.codes(), both.addresses().len()), (vec!["recursive-stack"], 4));
}

#[test]
fn stacks_that_multiply_are_stopped() {
    let nest = |level: usize| {
        let stacks: String = (0..8)
            .map(|n| {
                format!(
                    "  S{n}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{}.yaml}}}}\n",
                    level + 1
                )
            })
            .collect();
        (format!("t{level}.yaml"), format!("Resources:\n{stacks}"))
    };
    let files: Vec<(String, String)> = (0..30).map(nest).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let run = run(&files[..1], &files[1..]);
    assert_eq!(run.inventory.stacks.len(), 1 + limits::NESTED_STACKS);
    let told = run.codes();
    assert!(told.contains(&"too-many-stacks") && told.len() <= 20, "{}", told.len());
}

#[test]
fn a_nested_file_that_is_no_template_costs_only_itself() {
    let main = "
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  Bad: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: bad.yaml}}
  Words: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: words.yaml}}
  Empty: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: empty.yaml}}
";
    let run = run(
        &[("main.yaml", main)],
        &[("bad.yaml", "a: \"b\n"), ("words.yaml", "words"), ("empty.yaml", "Resources: {}")],
    );
    assert_eq!(run.codes(), ["yaml-syntax", "unknown-format", "no-resources"]);
    assert!(run.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning));
    assert_eq!(run.inventory.resources.len(), 4);
}

#[test]
fn stacks_that_wait_for_each_other_s_outputs_are_a_cycle() {
    let main = "
Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: pass.yaml, Parameters: {P: !GetAtt B.Outputs.O}}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: pass.yaml, Parameters: {P: !GetAtt A.Outputs.O}}}
  Probe: {Type: T::T, Properties: {V: !GetAtt A.Outputs.O}}
";
    let pass = "
Parameters: {P: {Type: String}}
Resources: {R: {Type: T::T, Properties: {V: !Ref P}}}
Outputs: {O: {Value: !Ref P}}
";
    let codes = run(&[("main.yaml", main)], &[("pass.yaml", pass)]).codes();
    assert!(codes.contains(&"cyclic-reference") && codes.contains(&"circular-dependency"), "{codes:?}");
}

#[test]
fn a_long_chain_of_outputs_ends_before_the_stack_does() {
    let stack = |n: usize, value: &str| {
        format!(
            "  S{n}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: pass.yaml, Parameters: {{P: {value}}}}}}}\n"
        )
    };
    let last = limits::NESTED_STACKS - 1;
    let chain: String = (1..=last).map(|n| stack(n, &format!("!GetAtt S{}.Outputs.O", n - 1))).collect();
    let main = format!(
        "Resources:\n  Probe: {{Type: T::T, Properties: {{V: !GetAtt S{last}.Outputs.O}}}}\n{}{chain}",
        stack(0, "x")
    );
    let pass = "Parameters: {P: {Type: String}}\nResources: {R: {Type: T::T}}\nOutputs: {O: {Value: !Ref P}}\n";
    assert_eq!(run(&[("main.yaml", &main)], &[("pass.yaml", pass)]).codes(), ["too-deep"]);
}
