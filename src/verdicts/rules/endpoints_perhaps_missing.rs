//! Nodes without a way out that lack VPC endpoints for what often runs on nodes.

use super::pages;
use crate::diag::Severity;
use crate::verdicts::facts::Facts;
use crate::verdicts::services::{self, BY_USE, Enclosed};
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "endpoints-perhaps-missing",
    severity: Severity::Note,
    meaning: "The load balancer controller and agents that send logs run on many clusters. In subnets without a way out \
              they need VPC endpoints for their services too; a template does not show whether they run.",
    source: pages::PRIVATE_CLUSTERS,
    remedy: "Add the interface endpoints where the cluster runs what needs them.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    services::enclosed(facts).iter().filter_map(|enclosed| of_nodes(facts, enclosed)).collect()
}

fn of_nodes(facts: &Facts<'_>, enclosed: &Enclosed<'_, '_>) -> Option<Verdict> {
    let nodes = enclosed.nodes;
    let services = BY_USE.map(|(service, _)| service);
    let subnets = enclosed.subnets.iter();
    let about = [&nodes.group.identity.address].into_iter().chain(subnets.map(|subnet| &subnet.identity.address));
    let verdict = match services::lacking(facts, nodes.vpc, &enclosed.subnets, &services) {
        Ok(missing) if missing.is_empty() => return None,
        Ok(missing) => {
            let users = BY_USE.iter().filter(|(service, _)| missing.contains(service));
            let users: Vec<String> = users.map(|(service, user)| format!("{user} ({service})")).collect();
            let message = format!("{} would not work on the nodes of {}", listing::names(&users), nodes.name());
            Verdict::fails(&RULE, message)
        }
        Err(why) => {
            let asked =
                format!("whether the load balancer controller and logging would work on the nodes of {}", nodes.name());
            Verdict::unknown(&RULE, asked, why)
        }
    };
    Some(verdict.because(enclosed.subnets.iter().map(|subnet| subnet.because.clone())).about(about))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    #[test]
    fn what_may_run_on_nodes_is_named_with_its_service() {
        let said = said(
            &RULE,
            &[
                ("Eks", "AWS::EKS::Cluster", &cluster("")),
                ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
                ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@Inner"]}"#),
                (
                    "Logs",
                    "AWS::EC2::VPCEndpoint",
                    r#"{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.logs", "VpcEndpointType": "Interface"}"#,
                ),
            ],
        );
        assert_eq!(
            said,
            ["fails: the load balancer controller (elasticloadbalancing) would not work on the nodes of Nodes"]
        );
    }
}
