//! Pseudo parameters, and the region where the template gives it away.

use std::collections::BTreeSet;

use super::template::{Kind, Template};
use super::value::Term;
use crate::read::Options;
use crate::syntax::node::{Node, Value};

/// Source: CloudFormation user guide, "Pseudo parameters".
pub const NAMES: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// The value of a pseudo parameter other than `AWS::NoValue`; `None` for a name that is none.
pub fn value(name: &str, template: &Template) -> Option<Term> {
    let later = || Term::Later(name.to_string());
    let known = |value: &Option<String>| value.as_deref().map_or_else(later, |text| Term::Text(text.into()));
    let region = template.region.as_deref().unwrap_or_default();
    Some(match name {
        "AWS::Region" => known(&template.region),
        "AWS::AccountId" => known(&template.account),
        "AWS::Partition" => Term::Text(partition(region).0.into()),
        "AWS::URLSuffix" => Term::Text(partition(region).1.into()),
        "AWS::StackName" => Term::Text(template.stack.replace('/', "-").into()),
        "AWS::StackId" | "AWS::NotificationARNs" => later(),
        _ => return None,
    })
}

/// A region's partition and the ending of its host names; of an unknown region, the commercial one's.
fn partition(region: &str) -> (&'static str, &'static str) {
    match region.split('-').next() {
        Some("cn") => ("aws-cn", "amazonaws.com.cn"),
        _ if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
        _ => ("aws", "amazonaws.com"),
    }
}

/// Parameters that say where the stack itself goes, in lower case. Many others are about other regions: that of
/// a bucket, of a peer, of a backup. Chosen.
const REGION_NAMES: [&str; 5] = ["region", "awsregion", "targetregion", "deployregion", "stackregion"];

/// The region that the template names, if it names exactly one: by its zones, else by a parameter for it.
pub fn region_of(template: &Template, options: &Options) -> Option<String> {
    let given =
        |name: &str| options.parameters.iter().rev().find(|given| given.name == name).map(|given| &*given.value);
    let values: Vec<(&str, &str)> = template
        .parameters
        .iter()
        // What a nested stack's parameters are is its parent's to say.
        .filter(|_| template.parent.is_none())
        .filter(|(_, parameter)| matches!(parameter.kind, Kind::Text | Kind::List))
        .filter_map(|(name, parameter)| {
            Some((*name, given(name).or_else(|| parameter.node.field("Default")?.as_text())?))
        })
        .collect();
    let mut zones: BTreeSet<&str> =
        values.iter().flat_map(|(_, value)| value.split(',')).filter_map(|value| zone_region(value.trim())).collect();
    if let Some(resources) = template.root.field("Resources") {
        collect_zones(resources, &mut zones);
    }
    if zones.is_empty() {
        let of_region = values.iter().filter(|(name, _)| REGION_NAMES.contains(&name.to_lowercase().as_str()));
        zones = of_region.map(|(_, value)| *value).filter(|value| is_region(value)).collect();
    }
    if zones.len() == 1 { zones.pop_first().map(str::to_string) } else { None }
}

/// The regions of the zones that are written out under `node`. Its depth is bounded by the parser.
fn collect_zones<'a>(node: &'a Node, zones: &mut BTreeSet<&'a str>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => zones.extend(zone_region(scalar)),
        Value::List(items) => items.iter().for_each(|item| collect_zones(item, zones)),
        Value::Map(map) => map.values().for_each(|entry| collect_zones(&entry.node, zones)),
    }
}

/// `ap-northeast-2` of `ap-northeast-2a`.
fn zone_region(text: &str) -> Option<&str> {
    // Said of every text of a template: hardly one ends like this.
    let [.., b'-', b'0'..=b'9', b'a'..=b'z'] = text.as_bytes() else { return None };
    let region = &text[..text.len() - 1];
    is_region(region).then_some(region)
}

/// `us-east-1`, `us-gov-west-1`, `ap-northeast-2`.
fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let mut words = words.split('-');
    let is_letters = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
    matches!(number.as_bytes(), [b'0'..=b'9'])
        && words.next().is_some_and(|area| area.len() == 2 && is_letters(area))
        && (1..=2).contains(&words.clone().count())
        && words.all(|word| word.len() >= 3 && is_letters(word))
}
