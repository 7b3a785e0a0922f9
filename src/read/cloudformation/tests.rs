use crate::diag::{Diagnostic, Sources};
use crate::inventory::{Inventory, Property, Value};
use crate::read::{Given, Options, read};

pub struct Outcome {
    pub inventory: Inventory,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

pub fn run(inputs: &[&str], options: &Options) -> Outcome {
    let mut sources = Sources::default();
    for (name, text) in ["one", "two", "three"].iter().zip(inputs) {
        sources.add(*name, *text);
    }
    let mut diagnostics = Vec::new();
    let inventory = read(&mut sources, options, None, &mut diagnostics);
    Outcome { inventory, diagnostics, sources }
}

impl Outcome {
    pub fn property(&self, address: &str, key: &str) -> &Property {
        let resource = self.inventory.resources.get(address).unwrap_or_else(|| panic!("no {address}"));
        resource.property(key).unwrap_or_else(|| panic!("no {key} in {:?}", resource.properties))
    }

    /// What the messages cite beside their own place: what is said of it, and the text that stands there.
    pub fn related(&self) -> Vec<String> {
        let all = self.diagnostics.iter().flat_map(|diagnostic| &diagnostic.related);
        all.map(|(what, origin)| {
            let span = origin.place.span;
            let text = &self.sources.source(origin.place.file).text;
            format!("{what}: {}", &text[span.start as usize..span.end as usize])
        })
        .collect()
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }
}

/// The value that a YAML expression has, in a compact notation: `->` before references, `<..>` around what is
/// known only at deployment, `~` before texts with such parts.
pub fn show(property: &Property) -> String {
    match &property.value {
        Value::Null => "null".to_string(),
        Value::Text(text) => text.to_string(),
        Value::Later(name) => format!("<{name}>"),
        Value::Mixed(text) => format!("~{text}"),
        Value::Hidden(_) => "(hidden)".to_string(),
        Value::Reference { to, attribute: None } => format!("->{to}"),
        Value::Reference { to, attribute: Some(attribute) } => format!("->{to}.{attribute}"),
        Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key}: {}", show(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

const AROUND: &str = "
Transform: AWS::LanguageExtensions
Parameters:
  Known: {Type: String, Default: text}
  Unknown: {Type: String}
  Blocks: {Type: CommaDelimitedList, Default: '10.0.0.0/24, 10.0.1.0/24'}
  Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}
  Ami: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/service/ami}
  Secret: {Type: String, NoEcho: true, Default: hunter2}
Mappings:
  Sizes:
    small: {type: t3.small, zones: [a, b]}
    large: {type: t3.large, zones: [a, b]}
Conditions:
  Yes: !Equals [!Ref Known, text]
  No: !Not [!Condition Yes]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Probe:
    Type: Test::Probe
    Properties:
      Value: ";

/// Evaluates `expression` in a template that has a bit of everything.
pub fn evaluate(expression: &str) -> (String, Vec<&'static str>) {
    let outcome = run(&[&format!("{AROUND}{expression}\n")], &Options::default());
    let probe = &outcome.inventory.resources["one/Probe"];
    (probe.property("Value").map_or("absent".to_string(), show), outcome.codes())
}

#[track_caller]
pub fn assert_values(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        let (value, codes) = evaluate(expression);
        assert_eq!((value.as_str(), codes.as_slice()), (*expected, [].as_slice()), "{expression}");
    }
}

#[test]
fn references_name_parameters_resources_and_pseudo_parameters() {
    assert_values(&[
        ("!Ref Known", "text"),
        ("{Ref: Unknown}", "<Unknown>"),
        ("!Ref Vpc", "->one/Vpc"),
        ("!Ref Blocks", "[10.0.0.0/24, 10.0.1.0/24]"),
        ("!Ref Zones", "<Zones>"),
        ("!Ref Ami", "<Ami>"),
        ("!Ref AWS::StackName", "one"),
        ("!Ref AWS::Partition", "aws"),
        ("!Ref AWS::Region", "<AWS::Region>"),
        ("!Ref AWS::NoValue", "absent"),
        ("!GetAtt Vpc.CidrBlock", "->one/Vpc.CidrBlock"),
        ("!GetAtt [Vpc, CidrBlock]", "->one/Vpc.CidrBlock"),
        ("{Fn::GetAtt: [Vpc, Ipv6CidrBlocks]}", "->one/Vpc.Ipv6CidrBlocks"),
    ]);
}

#[test]
fn a_secret_is_never_shown() {
    assert_values(&[("!Ref Secret", "<Secret>"), ("!Sub 'pass=${Secret}'", "~pass=<Secret>")]);
}

#[test]
fn scalars_stay_as_written() {
    assert_values(&[("012345678901", "012345678901"), ("2010-09-09", "2010-09-09"), ("1.10", "1.10"), ("", "absent")]);
}

#[test]
fn sub_fills_in_and_shows_what_it_does_not_know() {
    assert_values(&[
        ("!Sub '${Known}-vpc'", "text-vpc"),
        ("!Sub '${Unknown}-vpc'", "~<Unknown>-vpc"),
        ("!Sub '${Vpc}'", "->one/Vpc"),
        ("!Sub 'in ${Vpc.CidrBlock}'", "~in <Vpc.CidrBlock>"),
        ("!Sub '${!Known} ${Known'", "${Known} ${Known"),
        ("!Sub ['${A}/${B}', {A: x, B: !Ref Unknown}]", "~x/<Unknown>"),
        ("{Fn::Sub: ['${Known}', {Known: own}]}", "own"),
        ("{Fn::Base64: !Sub 'run ${Known}'}", "run text"),
    ]);
}

#[test]
fn split_gives_back_what_join_put_together() {
    assert_values(&[
        ("!Join ['-', [a, !Ref Known, b]]", "a-text-b"),
        ("!Join [',', !Ref Blocks]", "10.0.0.0/24,10.0.1.0/24"),
        ("!Join [',', !Ref Zones]", "<Zones>"),
        ("!Join ['', [only]]", "only"),
        ("!Join [',', [a, !Ref AWS::NoValue, b]]", "a,b"),
        ("!Split [',', !Join [',', [!Ref Vpc, x, !Ref Unknown]]]", "[->one/Vpc, x, <Unknown>]"),
        ("!Split ['-', a-b-c]", "[a, b, c]"),
        ("!Select [1, !Split ['/', !Ref AWS::StackId]]", "<AWS::StackId[1]>"),
    ]);
}

#[test]
fn select_takes_indexes_of_every_form() {
    assert_values(&[
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['1', [a, b]]", "b"),
        ("!Select [0, !Ref Blocks]", "10.0.0.0/24"),
        ("!Select [1, !Ref Zones]", "<Zones[1]>"),
        ("!Select [0, !GetAtt Vpc.Ipv6CidrBlocks]", "->one/Vpc.Ipv6CidrBlocks[0]"),
        ("!Select [!Ref Unknown, !Ref Zones]", "<Zones[Unknown]>"),
    ]);
}

#[test]
fn zones_are_the_nth_of_the_region_in_every_way_to_ask() {
    for call in ["!GetAZs", "!GetAZs ''", "!GetAZs us-west-2", "{Fn::GetAZs: !Ref AWS::Region}", "{Fn::GetAZs: null}"] {
        assert_values(&[(&format!("{{Fn::Select: [1, {call}]}}"), "<AZ 2>")]);
    }
    assert_values(&[("!Sub ['in ${Z}', {Z: !Select [0, !GetAZs '']}]", "~in <AZ 1>")]);
}

#[test]
fn find_in_map_takes_computed_keys_and_defaults() {
    assert_values(&[
        ("!FindInMap [Sizes, small, type]", "t3.small"),
        ("!FindInMap [Sizes, !Join ['', [lar, ge]], type]", "t3.large"),
        ("!Select [1, !FindInMap [Sizes, small, zones]]", "b"),
        ("!FindInMap [Sizes, huge, type, {DefaultValue: none}]", "none"),
        ("!FindInMap [Sizes, !Ref Unknown, type]", "<Sizes.Unknown.type>"),
        ("!FindInMap [Sizes, !Ref Unknown, zones]", "[a, b]"),
    ]);
}

#[test]
fn conditions_choose_and_no_value_removes() {
    assert_values(&[
        ("!If [Yes, a, b]", "a"),
        ("{Fn::If: [No, a, b]}", "b"),
        ("!If [No, a, !Ref AWS::NoValue]", "absent"),
        ("[a, !If [No, b, !Ref AWS::NoValue], c]", "[a, c]"),
        ("{A: !If [No, b, !Ref AWS::NoValue], B: c}", "{B: c}"),
        ("!If [Yes, !If [No, a, b], c]", "b"),
    ]);
}

#[test]
fn cidr_cuts_known_blocks_and_names_unknown_ones() {
    assert_values(&[
        ("!Select [2, !Cidr [10.0.0.0/16, 4, 8]]", "10.0.2.0/24"),
        ("!Select ['0', !Cidr [!GetAtt Vpc.CidrBlock, '6', '12']]", "10.0.0.0/20"),
        ("!Select [1, !Cidr ['2001:db8::/56', 2, 64]]", "2001:db8:0:1::/64"),
        ("!Select [1, !Cidr [!Ref Unknown, 4, 8]]", "<Cidr(Unknown)[1]>"),
    ]);
    assert_eq!(evaluate("!Cidr [10.0.0.0/24, 4, 8]").1, ["malformed-function"]);
}

#[test]
fn language_extensions_are_evaluated() {
    assert_values(&[
        ("{Fn::Length: !Ref Blocks}", "2"),
        ("{Fn::Length: !Ref Zones}", "<length of Zones>"),
        ("{Fn::ToJsonString: {a: [1, !Ref Known], b: !Ref Unknown}}", r#"~{"a":["1","text"],"b":"<Unknown>"}"#),
        ("{Fn::ForEach::Tags: [Key, [A, B], {'Tag${Key}': !Sub '${Key}/${Known}'}]}", "{TagA: A/text, TagB: B/text}"),
    ]);
}

#[test]
fn dynamic_references_stay_symbolic_within_texts() {
    assert_values(&[
        ("'{{resolve:ssm:/network/vpc}}'", "<ssm:/network/vpc>"),
        ("'id-{{resolve:ssm:/a}}-b'", "~id-<ssm:/a>-b"),
        ("!Sub '{{resolve:ssm:/${Known}/${Unknown}}}'", "<ssm:/text/Unknown>"),
    ]);
}

#[test]
fn loops_write_resources_and_their_names() {
    let text = "
Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b'}}
Resources:
  Fn::ForEach::Tiers:
    - Tier
    - [Public, Private]
    - Fn::ForEach::Subnets:
        - Name
        - !Ref Names
        - Subnet${Tier}${Name}:
            Type: AWS::EC2::Subnet
            Properties: {Name: !Sub '${Tier}/${Name}', Plain: '${Tier}', Other: !Ref Tier}
";
    let outcome = run(&[text], &Options::default());
    let ids: Vec<&str> = outcome.inventory.resources.keys().map(|address| &**address).collect();
    assert_eq!(ids, ["one/SubnetPublica", "one/SubnetPublicb", "one/SubnetPrivatea", "one/SubnetPrivateb"]);
    assert_eq!(show(outcome.property("one/SubnetPrivateb", "Name")), "Private/b");
    assert_eq!(show(outcome.property("one/SubnetPrivateb", "Plain")), "Private");
    assert_eq!(show(outcome.property("one/SubnetPrivateb", "Other")), "Private");
    assert!(outcome.diagnostics.is_empty());
}

#[test]
fn conditions_drop_resources_by_default_and_keep_them_by_parameter() {
    let text = "
Parameters: {Nat: {Type: String, Default: 'false', AllowedValues: ['true', 'false']}}
Conditions: {HasNat: !And [!Equals [!Ref Nat, 'true'], !Or [!Equals [a, b], !Equals [a, a]]]}
Resources:
  Nat: {Type: AWS::EC2::NatGateway, Condition: HasNat}
  Vpc: {Type: AWS::EC2::VPC}
";
    assert_eq!(run(&[text], &Options::default()).inventory.resources.len(), 1);
    let nat = |value: &str| Options { parameters: vec![Given::new("Nat", value)], ..Options::default() };
    assert_eq!(run(&[text], &nat("true")).inventory.resources.len(), 2);
    let odd = run(&[text], &nat("ture"));
    assert_eq!(odd.codes(), ["parameter-not-allowed"]);
    assert_eq!(odd.diagnostics[0].hints, ["did you mean `true`?"]);
}

#[test]
fn an_unknown_condition_is_assumed_once_and_its_opposite_is_not() {
    let text = "
Parameters: {VpcId: {Type: String}}
Conditions:
  Create: !Equals [!Ref VpcId, '']
  Reuse: !Not [!Condition Create]
  Elsewhere: !Equals [!Ref AWS::Region, cn-north-1]
  Impossible: !Equals [!Sub 'vpc-${VpcId}', 'none']
Resources:
  Vpc: {Type: AWS::EC2::VPC, Condition: Create, Properties: {A: !If [Create, first, second]}}
  Old: {Type: Test::Old, Condition: Reuse}
  China: {Type: Test::China, Condition: Elsewhere}
  None: {Type: Test::None, Condition: Impossible}
";
    let outcome = run(&[text], &Options::default());
    assert_eq!(outcome.inventory.resources.keys().map(|a| &**a).collect::<Vec<_>>(), ["one/Vpc"]);
    assert_eq!(show(outcome.property("one/Vpc", "A")), "first");
    assert_eq!(outcome.codes(), ["assumed-condition"]);
    assert!(outcome.diagnostics[0].hints[0].contains("--parameter VpcId="));
}

#[test]
fn parameters_that_no_template_has_are_named() {
    let text = "Parameters: {VpcBlock: {Type: String}}\nResources: {Vpc: {Type: AWS::EC2::VPC}}\n";
    let options = Options { parameters: vec![Given::new("VpcBlok", "x")], ..Options::default() };
    let outcome = run(&[text], &options);
    assert_eq!(outcome.codes(), ["unknown-parameter"]);
    assert_eq!(outcome.diagnostics[0].hints, ["did you mean `VpcBlock`?"]);
}

const NETWORK: &str = "
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  A: {Type: AWS::EC2::Subnet}
  B: {Type: AWS::EC2::Subnet}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-VPC'}}
  Subnets: {Value: !Join [',', [!Ref A, !Ref B]], Export: {Name: !Sub '${AWS::StackName}-Subnets'}}
  Fixed: {Value: !GetAtt Vpc.CidrBlock, Export: {Name: shared-block}}
";

#[test]
fn imports_are_references_into_the_other_stack() {
    let app = "
Parameters: {Network: {Type: String}}
Resources:
  Group:
    Type: Test::Group
    Properties:
      Exact: !ImportValue shared-block
      OfRun: !ImportValue one-VPC
      ByPattern: {Fn::ImportValue: !Sub '${Network}-VPC'}
      List: {Fn::Split: [',', {Fn::ImportValue: !Sub '${Network}-Subnets'}]}
      Nowhere: !ImportValue elsewhere-thing
";
    let outcome = run(&[NETWORK, app], &Options::default());
    let shown = |key: &str| show(outcome.property("two/Group", key));
    assert_eq!(shown("Exact"), "->one/Vpc.CidrBlock");
    assert_eq!(shown("OfRun"), "->one/Vpc");
    assert_eq!(shown("ByPattern"), "->one/Vpc");
    assert_eq!(shown("List"), "[->one/A, ->one/B]");
    assert_eq!(shown("Nowhere"), "<elsewhere-thing>");
    assert_eq!(outcome.codes(), ["matched-import", "matched-import", "unresolved-import"]);
}

#[test]
fn an_import_that_two_stacks_could_mean_is_left_open() {
    let app = "
Parameters: {Network: {Type: String}}
Resources: {Group: {Type: Test::Group, Properties: {V: {Fn::ImportValue: !Sub '${Network}-VPC'}}}}
";
    let outcome = run(&[NETWORK, app, NETWORK], &Options::default());
    assert_eq!(show(outcome.property("two/Group", "V")), "<Network-VPC>");
}

#[test]
fn exports_that_import_each_other_are_a_cycle() {
    let stack = |own: &str, other: &str| {
        format!(
            "Resources: {{R: {{Type: T::T, Properties: {{V: !ImportValue {other}}}}}}}\n\
             Outputs: {{O: {{Value: !ImportValue {other}, Export: {{Name: {own}}}}}}}\n"
        )
    };
    let outcome = run(&[&stack("a", "b"), &stack("b", "a")], &Options::default());
    assert!(outcome.codes().contains(&"cyclic-reference"), "{:?}", outcome.diagnostics);
}

#[test]
fn the_region_is_told_by_zones_but_not_by_other_peoples_regions() {
    let region = |text: &str, options: &Options| {
        let outcome = run(&[text], options);
        outcome.inventory.stacks[0].region.as_ref().and_then(|region| region.yes().cloned())
    };
    let none = Options::default();
    let by_zone = "Parameters: {Zone: {Type: String, Default: ap-northeast-2a}}\nResources: {V: {Type: T::T}}\n";
    assert_eq!(region(by_zone, &none).as_deref(), Some("ap-northeast-2"));
    let literal = "Resources: {S: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: us-west-2b}}}\n";
    assert_eq!(region(literal, &none).as_deref(), Some("us-west-2"));
    let bucket = "Parameters: {BucketRegion: {Type: String, Default: us-east-1}}\nResources: {V: {Type: T::T}}\n";
    assert_eq!(region(bucket, &none), None);
    let given = Options { region: Some("cn-north-1".into()), ..Options::default() };
    assert_eq!(region(by_zone, &given).as_deref(), Some("cn-north-1"));
    let text = "Resources: {V: {Type: T::T, Properties: {P: !Sub '${AWS::Partition} ${AWS::URLSuffix}'}}}\n";
    assert_eq!(show(run(&[text], &given).property("one/V", "P")), "aws-cn amazonaws.com.cn");
}

#[test]
fn a_value_stands_where_it_is_used_and_a_resource_where_its_id_is() {
    let text = "Parameters:\n  Block: {Type: String, Default: 10.0.0.0/16}\nResources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: !Ref Block\n";
    let outcome = run(&[text], &Options::default());
    let source = |place: crate::diag::Place| &text[place.span.start as usize..place.span.end as usize];
    assert_eq!(source(outcome.property("one/Vpc", "CidrBlock").place), "!Ref Block");
    let vpc = &outcome.inventory.resources["one/Vpc"];
    assert_eq!((source(vpc.origin.place), &*vpc.origin.name), ("Vpc", "Vpc"));
    assert_eq!(outcome.sources.line_column(vpc.origin.place), (4, 3));
}

#[test]
fn a_macro_is_named_and_what_it_would_add_is_not_missed() {
    let text = "Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: T::T, Properties: {R: !Ref FRole, A: !GetAtt FRole.Arn}}}\n";
    let outcome = run(&[text], &Options::default());
    assert_eq!(outcome.codes(), ["macro-not-run"]);
    assert_eq!(show(outcome.property("one/F", "A")), "<FRole.Arn>");
}

#[test]
fn what_repetition_multiplies_is_stopped() {
    let list = vec!["abcdefgh"; 20_000].join(",");
    let uses: String = (0..200).map(|i| format!("  V{i}: {{Type: T::T, Properties: {{A: !Ref L}}}}\n")).collect();
    let text = format!("Parameters: {{L: {{Type: CommaDelimitedList, Default: '{list}'}}}}\nResources:\n{uses}");
    let outcome = run(&[&text], &Options::default());
    assert_eq!((outcome.inventory.resources.len(), outcome.codes()), (200, vec!["too-many-values"]));
    let text = format!(
        "Parameters: {{L: {{Type: String, Default: '{}'}}}}\nResources: {{V: {{Type: T::T, Properties: {{A: !Sub '{}'}}}}}}\n",
        "x".repeat(100_000),
        "${L}".repeat(100)
    );
    assert_eq!(run(&[&text], &Options::default()).codes(), ["text-too-long"]);
}

#[test]
fn a_long_chain_of_conditions_ends_before_the_stack_does() {
    let chain: String = (0..5000).map(|i| format!("  C{i}: !Not [!Condition C{}]\n", i + 1)).collect();
    let text = format!("Conditions:\n{chain}Resources: {{V: {{Type: T::T, Condition: C0}}}}\n");
    assert!(run(&[&text], &Options::default()).codes().contains(&"too-deep"));
    let deep = format!("{}x{}", "!Join ['', [".repeat(40), "]]".repeat(40));
    assert_values(&[(&deep, "x")]);
}
