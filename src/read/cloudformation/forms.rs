//! Tests of every form in which a template may be written.

use super::tests::{assert_values, evaluate, run, show};
use crate::read::Options;

#[test]
fn zones_of_every_region_are_asked_for_in_every_form() {
    for call in ["!GetAZs ''", "!GetAZs", "!GetAZs null", "!GetAZs {Ref: AWS::Region}", "{'Fn::GetAZs': ''}"] {
        assert_values(&[
            (&format!("!Select ['1', {call}]"), "<AZ 2>"),
            (&format!("{{Fn::Select: ['0', {call}]}}"), "<AZ 1>"),
        ]);
    }
}

#[test]
fn select_takes_its_index_and_its_list_from_functions() {
    assert_values(&[
        ("!Select [!Select [0, ['1']], [a, b]]", "b"),
        ("!Select [!FindInMap [Sizes, small, index, {DefaultValue: 1}], !FindInMap [Sizes, small, zones]]", "b"),
        ("!Select [1, !If [No, [a, b], [c, d]]]", "d"),
        ("!Select [1, [a, !If [No, b, !Ref AWS::NoValue], c]]", "c"),
        ("{Fn::Select: [0, {Fn::Split: ['.', 'a.b']}]}", "a"),
    ]);
    assert_eq!(evaluate("!Select [-1, [a]]").1, ["malformed-function"]);
    assert_eq!(evaluate("!Select [2, [a]]").1, ["index-out-of-range"]);
}

#[test]
fn a_mapping_s_keys_and_its_default_may_be_functions() {
    assert_values(&[
        ("!FindInMap [Sizes, !FindInMap [Sizes, small, next, {DefaultValue: large}], type]", "t3.large"),
        ("!FindInMap [!Sub '${Known}', a, b, {DefaultValue: !Ref Known}]", "text"),
        ("!FindInMap [Sizes, huge, type, {DefaultValue: !FindInMap [Sizes, small, type]}]", "t3.small"),
        ("!FindInMap [Sizes, huge, zones, {DefaultValue: [x, y]}]", "[x, y]"),
        ("{Fn::FindInMap: [Sizes, small, {Fn::Select: [0, [type]]}]}", "t3.small"),
    ]);
}

#[test]
fn an_attribute_is_asked_for_as_a_text_and_as_a_list_in_every_syntax() {
    assert_values(&[
        ("!GetAtt Vpc.CidrBlock", "->one/Vpc.CidrBlock"),
        ("!GetAtt 'Vpc.CidrBlock'", "->one/Vpc.CidrBlock"),
        ("{Fn::GetAtt: Vpc.CidrBlock}", "->one/Vpc.CidrBlock"),
        ("{Fn::GetAtt: [Vpc, CidrBlock]}", "->one/Vpc.CidrBlock"),
        ("{Fn::GetAtt: [Vpc, !Ref Known]}", "->one/Vpc.text"),
        ("!Sub '${Vpc.CidrBlock}'", "->one/Vpc.CidrBlock"),
    ]);
}

#[test]
fn a_short_tag_takes_a_function_that_is_written_out() {
    assert_values(&[
        ("!Base64 {'Fn::Sub': 'run ${Known}'}", "run text"),
        ("!Base64 {'Fn::Join': ['-', [a, !Ref Known]]}", "a-text"),
        ("!Select [0, !GetAZs {Ref: 'AWS::Region'}]", "<AZ 1>"),
        ("!Length {'Fn::Split': [',', 'a,b']}", "2"),
        ("!Sub {'Fn::Join': ['', [a, b]]}", "ab"),
        ("!Ref {'Fn::Sub': Known}", "text"),
    ]);
    assert_eq!(evaluate("!ImportValue {'Fn::Sub': '${Known}-vpc'}"), ("<text-vpc>".into(), vec!["unresolved-import"]));
}

#[test]
fn sub_takes_a_map_whose_values_are_functions_and_lists() {
    assert_values(&[
        ("!Sub ['${A}.${B}', {A: !Select [1, !Ref Blocks], B: !GetAtt Vpc.CidrBlock}]", "~10.0.1.0/24.<Vpc.CidrBlock>"),
        ("!Sub ['${List}', {List: !Ref Blocks}]", "10.0.0.0/24,10.0.1.0/24"),
        ("!Sub ['${Known}-${Own}', {Own: 1}]", "text-1"),
        ("!Sub ['${A}', {A: !If [No, x, !Ref AWS::NoValue]}]", ""),
        ("!Sub ['plain']", "plain"),
        ("!Sub '${ Known }'", "text"),
    ]);
}

#[test]
fn no_value_leaves_a_list_a_map_and_the_arguments_of_join() {
    assert_values(&[
        ("[!If [No, {A: b}, !Ref AWS::NoValue], {C: d}]", "[{C: d}]"),
        ("[!Ref AWS::NoValue]", "[]"),
        ("{A: [!If [Yes, !Ref AWS::NoValue, b], c]}", "{A: [c]}"),
        ("!Join ['-', [!If [No, a, !Ref AWS::NoValue], b, !If [Yes, c, !Ref AWS::NoValue]]]", "b-c"),
        ("{Fn::If: [Yes, {Fn::If: [No, a, {Ref: AWS::NoValue}]}, c]}", "absent"),
    ]);
}

#[test]
fn blocks_are_cut_with_and_without_bits_and_from_what_is_not_known() {
    assert_values(&[
        ("!Select [3, !Cidr [10.0.0.0/16, 4]]", "10.0.3.0/24"),
        ("!Cidr ['10.0.0.0/24', 2, '7']", "[10.0.0.0/25, 10.0.0.128/25]"),
        ("!Cidr [!Select [0, !Ref Blocks], 2, 4]", "[10.0.0.0/28, 10.0.0.16/28]"),
        ("!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, !Ref Unknown, 8]]", "<Cidr(10.0.0.0/16)[1]>"),
        ("!Select [2, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]", "<Cidr(Vpc.Ipv6CidrBlocks[0])[2]>"),
        ("{Fn::Select: ['1', {Fn::Cidr: [10.0.0.0/16, '6', '8']}]}", "10.0.1.0/24"),
    ]);
}

#[test]
fn what_split_takes_apart_join_puts_together_again() {
    assert_values(&[
        ("!Join ['.', !Split ['-', a-b-c]]", "a.b.c"),
        ("!Join [',', !Split [',', !Join [',', [!Ref Vpc, !Ref Unknown]]]]", "~<Vpc>,<Unknown>"),
        ("!Select [1, !Split [',', !Join [',', [a, !GetAtt Vpc.CidrBlock]]]]", "->one/Vpc.CidrBlock"),
        ("!Split [',', '']", "[]"),
        ("!Select [1, !Split [':', 'arn:aws:x']]", "aws"),
    ]);
}

#[test]
fn loops_stand_in_properties_and_outputs_and_within_each_other() {
    assert_values(&[
        ("{Fn::ForEach::L: [K, !Ref Blocks, {'B&{K}': !Ref K}]}", "{B1000024: 10.0.0.0/24, B1001024: 10.0.1.0/24}"),
        (
            "{Fn::ForEach::L: [A, [x, y], {Fn::ForEach::M: [B, [1, 2], {'${A}${B}': !Sub '${B}${A}'}]}]}",
            "{x1: 1x, x2: 2x, y1: 1y, y2: 2y}",
        ),
        (
            "{Fn::ForEach::L: [A, !Split [',', 'x,y'], {'${A}': !FindInMap [Sizes, !Ref A, t, {DefaultValue: !Ref A}]}]}",
            "{x: x, y: y}",
        ),
    ]);
    assert_eq!(evaluate("{Fn::ForEach::L: [K, !Ref Zones, {'${K}': a}]}").1, ["unknown-collection"]);
}

#[test]
fn lengths_and_json_texts_are_of_what_is_known() {
    assert_values(&[
        ("{Fn::Length: [a, !If [No, b, !Ref AWS::NoValue]]}", "1"),
        ("!Length [a, b, c]", "3"),
        ("{Fn::Length: !Split [',', 'a,b']}", "2"),
        ("!ToJsonString [a, {b: !Ref Vpc}]", r#"~["a",{"b":"<Vpc>"}]"#),
        ("{Fn::ToJsonString: {a: \"q\\\"\"}}", r#"{"a":"q\""}"#),
    ]);
}

#[test]
fn dynamic_references_of_every_service_stay_symbolic() {
    assert_values(&[
        ("'{{resolve:ssm:/net/vpc:3}}'", "<ssm:/net/vpc:3>"),
        ("'{{resolve:ssm-secure:/a:1}}'", "<ssm-secure:/a:1>"),
        ("'{{resolve:secretsmanager:db:SecretString:password}}'", "<secretsmanager:db:SecretString:password>"),
        ("!Join ['', ['{{resolve:ssm:', !Ref Known, '}}']]", "<ssm:text>"),
        ("['{{resolve:ssm:/a}}', b]", "[<ssm:/a>, b]"),
    ]);
}

/// A list parameter without a value is as long as what is selected from it: no number of zones is made up.
#[test]
fn a_list_parameter_without_a_value_gives_a_placeholder_for_each_item_that_is_selected() {
    assert_values(&[
        ("[!Select [0, !Ref Zones], !Select [2, !Ref Zones]]", "[<Zones[0]>, <Zones[2]>]"),
        ("!Ref Zones", "<Zones>"),
        ("!Select [1, !Split [',', !Join [',', !Ref Zones]]]", "<Zones[1]>"),
        ("!Sub '${Zones}'", "<Zones>"),
    ]);
}

#[test]
fn a_parameter_of_the_parameter_store_stays_a_name_whatever_is_given() {
    let text = "
Parameters:
  Ami: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/ami}
  Subnets: {Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>', Default: /net/subnets}
Resources: {R: {Type: T::T, Properties: {A: !Ref Ami, B: !Select [1, !Ref Subnets], C: !Sub 'x-${Ami}'}}}
";
    for value in [None, Some("/other")] {
        let parameters = value.map(|value| crate::read::Given::new("Ami", value)).into_iter().collect();
        let outcome = run(&[text], &Options { parameters, ..Options::default() });
        assert_eq!(show(outcome.property("one/R", "A")), "<Ami>");
        assert_eq!(show(outcome.property("one/R", "B")), "<Subnets[1]>");
        assert_eq!(show(outcome.property("one/R", "C")), "~x-<Ami>");
    }
}

#[test]
fn an_import_s_name_is_made_by_functions_and_stays_when_nothing_exports_it() {
    let network = "
Parameters: {Env: {Type: String, Default: prod}}
Resources: {Vpc: {Type: AWS::EC2::VPC}}
Outputs: {V: {Value: !Ref Vpc, Export: {Name: !Sub '${Env}-vpc'}}}
";
    let app = "
Parameters: {Env: {Type: String, Default: prod}}
Resources:
  R:
    Type: T::T
    Properties:
      Sub: {Fn::ImportValue: !Sub '${Env}-vpc'}
      Join: {Fn::ImportValue: {Fn::Join: ['-', [!Ref Env, vpc]]}}
      InText: !Sub ['id ${V}', {V: !ImportValue prod-vpc}]
      Nowhere: {Fn::ImportValue: !Sub '${Env}-subnets'}
      OfNowhere: !Select [1, !Split [',', !ImportValue prod-subnets]]
";
    let outcome = run(&[network, app], &Options::default());
    let shown = |key: &str| show(outcome.property("two/R", key));
    assert_eq!((shown("Sub"), shown("Join")), ("->one/Vpc".into(), "->one/Vpc".into()));
    assert_eq!(shown("InText"), "~id <Vpc>");
    assert_eq!((shown("Nowhere"), shown("OfNowhere")), ("<prod-subnets>".into(), "<prod-subnets[1]>".into()));
    assert_eq!(outcome.codes(), ["unresolved-import"]);
}

#[test]
fn why_a_value_is_not_known_is_kept() {
    let text = "
Parameters:
  Open: {Type: String}
  Secret: {Type: String, NoEcho: true}
  Ami: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
Resources: {R: {Type: T::T, Properties: {A: !Ref Open, B: !Ref Secret, C: !Ref Ami, D: !ImportValue gone}}}
";
    let outcome = run(&[text], &Options::default());
    let why: Vec<(&str, &str)> = outcome.inventory.unknown.iter().map(|one| (&*one.name, one.why)).collect();
    assert_eq!(
        why,
        [
            ("Open", "parameter without a value"),
            ("Secret", "secret parameter"),
            ("Ami", "looked up in SSM at deployment"),
            ("gone", "import that no other input exports"),
        ]
    );
}

#[test]
fn a_module_is_named_and_what_it_would_add_is_not_missed() {
    let text = "
Resources:
  Net: {Type: Acme::Net::VPC::MODULE}
  R: {Type: T::T, Properties: {A: !Ref Net.Vpc, B: !GetAtt Net.Vpc.CidrBlock}}
";
    let outcome = run(&[text], &Options::default());
    assert_eq!(outcome.codes(), ["macro-not-run"]);
    assert_eq!(show(outcome.property("one/R", "B")), "->one/Net.Vpc.CidrBlock");
}
