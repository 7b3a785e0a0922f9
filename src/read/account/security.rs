//! Security groups and their rules.
//!
//! Source: EC2 API reference, IpPermission and SecurityGroupRule; CloudFormation, `AWS::EC2::SecurityGroup`.

use super::draft::Draft;
use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use crate::inventory::{Property, Value};

pub const GROUP: Table = Table {
    command: "ec2 describe-security-groups",
    keys: &["SecurityGroups"],
    marks: &["GroupId", "IpPermissions"],
    id: &["GroupId"],
    type_name: "AWS::EC2::SecurityGroup",
    fields: &[Same("GroupId"), Same("GroupName"), As("Description", "GroupDescription"), Same("VpcId"), Same("Tags")],
    more: |item, address, draft| {
        for (list, property) in
            [("IpPermissions", "SecurityGroupIngress"), ("IpPermissionsEgress", "SecurityGroupEgress")]
        {
            let other =
                if property == "SecurityGroupIngress" { "SourceSecurityGroupId" } else { "DestinationSecurityGroupId" };
            let rules: Vec<Property> = item.list(list).flat_map(|permission| rules(&permission, other)).collect();
            if !rules.is_empty() {
                draft.set(address, property, item.with(Value::List(rules)));
            }
        }
    },
    ..PLAIN
};

/// A permission of the API names many sources; a rule of CloudFormation names one.
fn rules(permission: &Item, other_group: &'static str) -> Vec<Property> {
    let sources = [
        ("IpRanges", "CidrIp", "CidrIp"),
        ("Ipv6Ranges", "CidrIpv6", "CidrIpv6"),
        ("UserIdGroupPairs", "GroupId", other_group),
        ("PrefixListIds", "PrefixListId", "SourcePrefixListId"),
    ];
    let mut rules = Vec::new();
    for (list, key, property) in sources {
        for source in permission.list(list) {
            let Some(value) = source.copy(key) else { continue };
            let ports = ["IpProtocol", "FromPort", "ToPort"].into_iter();
            let ports = ports.filter_map(|key| Some((key, permission.copy(key)?)));
            rules.push(source.map(ports.chain([(property, value)])));
        }
    }
    rules
}

/// Rules one by one, which say the same again where the groups themselves are described.
pub const RULE: Table = Table {
    command: "ec2 describe-security-group-rules",
    keys: &["SecurityGroupRules"],
    marks: &["SecurityGroupRuleId"],
    id: &["SecurityGroupRuleId"],
    type_name: "AWS::EC2::SecurityGroupIngress",
    fields: &[
        Same("GroupId"),
        Same("IpProtocol"),
        Same("FromPort"),
        Same("ToPort"),
        As("CidrIpv4", "CidrIp"),
        As("CidrIpv6", "CidrIpv6"),
        As("ReferencedGroupInfo.GroupId", "SourceSecurityGroupId"),
    ],
    is_kept: is_news,
    ..PLAIN
};

fn is_news(item: &Item, draft: &Draft) -> bool {
    let is_described = item.text("GroupId").is_some_and(|group| draft.answers.has(&GROUP, group));
    !item.is("IsEgress", "true") && !is_described
}
