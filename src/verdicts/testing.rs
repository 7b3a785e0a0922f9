//! What a rule says of a small network.

use super::facts::Facts;
use super::{Rule, State};
use crate::architecture::sketch::{Row, drawn, network_and};

/// The verdicts of a rule on [`NETWORK`](crate::architecture::sketch::NETWORK) with more rows: `fails: message`, or
/// `unknown: why`.
pub fn said(rule: &Rule, rows: &[Row]) -> Vec<String> {
    let inventory = network_and(rows);
    let (architecture, _) = drawn(&inventory);
    let facts = Facts::new(&inventory, &architecture);
    let verdicts = (rule.judge)(&facts);
    verdicts
        .into_iter()
        .map(|verdict| match verdict.state {
            State::Fails => format!("fails: {}", verdict.message),
            State::Unknown { why } => format!("unknown: {why}"),
        })
        .collect()
}

/// A cluster in the private subnets, with more in its VPC configuration: `, "EndpointPrivateAccess": true`.
pub fn cluster(more: &str) -> String {
    format!(r#"{{"Name": "demo", "ResourcesVpcConfig": {{"SubnetIds": ["@PrivateA", "@PrivateB"]{more}}}}}"#)
}
