//! Changes inputs as trees: most of what libFuzzer makes of a template's bytes is no YAML any more, and what is behind
//! the parser is never reached. Three times of four a tree of the input is changed, and written as JSON.

use eksdiagram::diag::FileId;
use eksdiagram::syntax;
use eksdiagram::syntax::node::{Node, Value as Read};
use serde_json::{Map, Value, json};

use crate::targets::files;
use dice::Dice;

#[path = "../../tests/laws/dice.rs"]
#[allow(dead_code, reason = "tests/laws throws more dice")]
mod dice;
mod drawing;

/// Texts that mean something to a reader.
const WORDS: [&str; 62] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "18446744073709551616",
    "1e999",
    "true",
    "false",
    "null",
    "AWS::NoValue",
    "AWS::Region",
    "AWS::AccountId",
    "AWS::StackName",
    "AWS::Partition",
    "AWS::URLSuffix",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/16",
    "10.0.0.0/33",
    "255.255.255.255/32",
    "2001:db8::/56",
    "eu-west-1a",
    "us-west-2-lax-1a",
    "eu-west-1",
    "apne2-az1",
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::NatGateway",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::TransitGateway",
    "AWS::EC2::Instance",
    "AWS::EC2::SecurityGroup",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::EKS::FargateProfile",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::RDS::DBInstance",
    "AWS::CloudFormation::Stack",
    "AWS::EC2::VPCPeeringConnection",
    "AWS::EC2::LaunchTemplate",
    "List<AWS::EC2::Subnet::Id>",
    "CommaDelimitedList",
    "AWS::SSM::Parameter::Value<String>",
    "Number",
    "${AWS::Region}",
    "${",
    "${!x}",
    "${a.b}",
    "{{resolve:ssm:/a/b:1}}",
    "a,b,c",
    "한글 이름",
    "a\u{202e}b",
    "<b>&amp;\"'",
    "\u{1F600}",
    "a.b.c.d.e",
];

/// Names of maps' entries that mean something to a reader.
const KEYS: [&str; 44] = [
    "Ref",
    "Fn::GetAtt",
    "Fn::Sub",
    "Fn::Join",
    "Fn::Select",
    "Fn::Split",
    "Fn::If",
    "Fn::Cidr",
    "Fn::FindInMap",
    "Fn::GetAZs",
    "Fn::ImportValue",
    "Fn::Base64",
    "Fn::Length",
    "Fn::ToJsonString",
    "Fn::Transform",
    "Fn::ForEach::All",
    "Fn::And",
    "Fn::Or",
    "Fn::Not",
    "Fn::Equals",
    "Condition",
    "Conditions",
    "Parameters",
    "Mappings",
    "Resources",
    "Outputs",
    "Rules",
    "Transform",
    "Type",
    "Properties",
    "DependsOn",
    "Default",
    "DefaultValue",
    "AllowedValues",
    "Export",
    "Name",
    "Tags",
    "Key",
    "Value",
    "VpcId",
    "SubnetIds",
    "CidrBlock",
    "AvailabilityZone",
    "${x}",
];

/// libFuzzer's custom mutator for inputs that are trees: changes the first `size` bytes, and returns how many there are
/// then, `most` at most.
pub fn mutate(bytes: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    mutate_by(mutated, bytes, size, most, seed)
}

/// The same for draw.io's files.
pub fn mutate_drawing(bytes: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    mutate_by(drawing::mutated, bytes, size, most, seed)
}

/// Three times of four with a meaning, else as libFuzzer does.
fn mutate_by(
    mutated: fn(&[u8], &mut Dice) -> Option<String>,
    bytes: &mut [u8],
    size: usize,
    most: usize,
    seed: u32,
) -> usize {
    let mut dice = Dice::new(u64::from(seed));
    if dice.percent(75)
        && let Some(text) = mutated(&bytes[..size], &mut dice)
        && text.len() <= most
    {
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        return text.len();
    }
    libfuzzer_sys::fuzzer_mutate(bytes, size, most)
}

/// The input with one of its files changed; `None` where that is no tree.
fn mutated(bytes: &[u8], dice: &mut Dice) -> Option<String> {
    let text = syntax::decode(bytes).ok()?;
    let files = files(&text);
    let chosen = dice.up_to(files.len().checked_sub(1)?);
    let nodes = syntax::parse(FileId(0), files[chosen].1, &mut Vec::new()).ok()?;
    let mut trees: Vec<Value> = nodes.iter().map(written).collect();
    let at = dice.up_to(trees.len().checked_sub(1)?);
    for _ in 0..dice.between(1, 4) {
        change(&mut trees[at], dice);
    }
    let changed: Vec<String> = trees.iter().map(Value::to_string).collect();
    let changed = changed.join("\n");
    if files.len() == 1 && files[0].0 == "input" {
        return Some(changed);
    }
    let whole = files.iter().enumerate().map(|(n, (name, text))| {
        let text = if n == chosen { &changed } else { *text };
        format!("\n#file {name}\n{text}")
    });
    Some(whole.collect())
}

/// A node as JSON, short tags written out.
fn written(node: &Node) -> Value {
    let value = match &node.value {
        Read::Null => Value::Null,
        // Where it is written alike; `012345678901` and `1.10` stay what they are.
        Read::Scalar(scalar) => {
            let text = &**scalar;
            let read = serde_json::from_str(text).ok();
            let is_alike = |read: &Value| serde_json::to_string(read).is_ok_and(|written| written == text);
            read.filter(is_alike).unwrap_or_else(|| Value::from(text))
        }
        Read::List(items) => items.iter().map(written).collect(),
        Read::Map(map) => {
            Value::Object(map.iter().map(|(key, entry)| (key.to_string(), written(&entry.node))).collect())
        }
    };
    match node.tag.as_deref().map(String::as_str) {
        None => value,
        Some(tag @ ("Ref" | "Condition")) => json!({ tag: value }),
        Some(tag) => json!({ format!("Fn::{tag}"): value }),
    }
}

fn change(tree: &mut Value, dice: &mut Dice) {
    let size = count(tree);
    let other = at(tree, dice.up_to(size - 1)).clone();
    let word = word(&other, dice);
    let place = at(tree, dice.up_to(size - 1));
    match dice.up_to(9) {
        0 => *place = other,
        1 => *place = Value::from(word),
        2 => *place = wrapped(place.take(), word, dice),
        3 => remove(place, dice),
        4 => add(place, &word, other, dice),
        5 => rename(place, word, dice),
        6 => *place = [Value::Null, json!([]), json!({}), json!(0), json!(-1), json!("")][dice.up_to(5)].clone(),
        7 => multiply(place, dice),
        8 => *place = [json!([place.take()]), json!({ word: place.take() })][dice.up_to(1)].clone(),
        _ => unwrap(place, dice),
    }
}

/// How many values there are in a tree.
fn count(tree: &Value) -> usize {
    1 + match tree {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of this number, the tree's own being 0.
fn at(tree: &mut Value, mut number: usize) -> &mut Value {
    if number == 0 {
        return tree;
    }
    number -= 1;
    let children: Vec<&mut Value> = match tree {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        _ => unreachable!("it has as many values as were counted"),
    };
    for child in children {
        match number.checked_sub(count(child)) {
            None => return at(child, number),
            Some(rest) => number = rest,
        }
    }
    unreachable!("it has as many values as were counted")
}

/// A text of this input, or one that means something.
fn word(other: &Value, dice: &mut Dice) -> String {
    match other {
        Value::String(text) if dice.percent(70) => text.clone(),
        Value::Object(map) if dice.percent(90) && !map.is_empty() => {
            map.keys().nth(dice.up_to(map.len() - 1)).cloned().unwrap_or_default()
        }
        _ if dice.percent(70) => (*dice.pick(&WORDS)).to_string(),
        _ => (*dice.pick(&KEYS)).to_string(),
    }
}

/// A value within a function.
fn wrapped(value: Value, word: String, dice: &mut Dice) -> Value {
    match dice.up_to(15) {
        0 => json!({ "Ref": word }),
        1 => json!({ "Fn::GetAtt": [word, value] }),
        2 => json!({ "Fn::Sub": format!("${{{word}}}{word}") }),
        3 => json!({ "Fn::Sub": [format!("${{x}}${{{word}}}"), { "x": value }] }),
        4 => json!({ "Fn::If": [word, value, { "Ref": "AWS::NoValue" }] }),
        5 => json!({ "Fn::Join": [word, [value.clone(), value]] }),
        6 => json!({ "Fn::Select": [dice.up_to(3), [value.clone(), word, value]] }),
        7 => json!({ "Fn::Select": [dice.up_to(3), value] }),
        8 => json!({ "Fn::Split": [word, value] }),
        9 => json!({ "Fn::Cidr": [value, dice.up_to(300), dice.up_to(130)] }),
        10 => json!({ "Fn::FindInMap": [word, value, "x", { "DefaultValue": word }] }),
        11 => json!({ "Fn::ImportValue": value }),
        12 => json!({ "Fn::ForEach::Loop": ["x", [word, "b", "c"], { "${x}": value }] }),
        13 => json!({ "Fn::Length": value }),
        14 => json!({ "Fn::ToJsonString": value }),
        _ => json!({ "Fn::GetAZs": value }),
    }
}

fn unwrap(place: &mut Value, dice: &mut Dice) {
    let inner = match place {
        Value::Array(items) if !items.is_empty() => items.swap_remove(dice.up_to(items.len() - 1)),
        Value::Object(map) if !map.is_empty() => {
            map.values().nth(dice.up_to(map.len() - 1)).cloned().unwrap_or_default()
        }
        _ => return,
    };
    *place = inner;
}

fn remove(place: &mut Value, dice: &mut Dice) {
    match place {
        Value::Array(items) if !items.is_empty() => {
            items.remove(dice.up_to(items.len() - 1));
        }
        Value::Object(map) if !map.is_empty() => {
            let key = nth_key(map, dice);
            map.shift_remove(&key);
        }
        other => *other = Value::Null,
    }
}

fn add(place: &mut Value, word: &str, value: Value, dice: &mut Dice) {
    match place {
        Value::Array(items) => items.insert(dice.up_to(items.len()), value),
        Value::Object(map) => {
            let key = if dice.percent(50) { (*dice.pick(&KEYS)).to_string() } else { word.to_string() };
            map.insert(key, value);
        }
        Value::String(text) => text.push_str(word),
        other => *other = value,
    }
}

fn rename(place: &mut Value, word: String, dice: &mut Dice) {
    if let Value::Object(map) = place
        && !map.is_empty()
    {
        let key = nth_key(map, dice);
        if let Some(value) = map.shift_remove(&key) {
            map.insert(word, value);
        }
    }
}

/// Repeats an item or an entry a few times.
fn multiply(place: &mut Value, dice: &mut Dice) {
    let times = dice.between(1, 8);
    match place {
        Value::Array(items) if !items.is_empty() => {
            let item = dice.pick(items).clone();
            items.extend(std::iter::repeat_n(item, times));
        }
        Value::Object(map) if !map.is_empty() => {
            let key = nth_key(map, dice);
            let value = map[&key].clone();
            map.extend((0..times).map(|n| (format!("{key}{n}"), value.clone())));
        }
        Value::String(text) if text.len() < 64 => *text = text.repeat(times),
        _ => {}
    }
}

fn nth_key(map: &Map<String, Value>, dice: &mut Dice) -> String {
    map.keys().nth(dice.up_to(map.len() - 1)).cloned().unwrap_or_default()
}
