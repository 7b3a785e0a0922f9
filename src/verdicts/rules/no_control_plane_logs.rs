//! Clusters whose control plane keeps its logs to itself.

use crate::architecture::Cluster;
use crate::diag::Severity;
use crate::inventory::Property;
use crate::verdicts::facts::{Facts, unsaid};
use crate::verdicts::{Page, Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "no-control-plane-logs",
    severity: Severity::Warning,
    meaning: "No log of the control plane goes to CloudWatch Logs: afterwards nobody can tell who did what on the cluster, \
              nor why it did not answer. They are off by default.",
    source: Page {
        title: "Amazon EKS user guide, Send control plane logs to CloudWatch Logs",
        url: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
    },
    remedy: "Turn on the types audit and authenticator at least (eksctl: `cloudWatch.clusterLogging.enableTypes`).",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster(facts: &Facts<'_>, cluster: &Cluster) -> Option<Verdict> {
    if !cluster.logging.is_empty() {
        return None;
    }
    let name = &cluster.identity.name;
    let written = facts.source(cluster).and_then(|source| source.field("Logging"));
    let written: &[Property] = written.map(std::slice::from_ref).unwrap_or_default();
    if let Some(later) = unsaid(written) {
        let asked = format!("whether the control plane of {name} logs");
        let why = format!("its Logging holds {later}");
        let verdict = Verdict::unknown(&RULE, asked, why).shown("the cluster", &cluster.identity.origin);
        return Some(verdict.about([&cluster.identity.address]));
    }
    let message = format!("the control plane of {name} sends no logs");
    let verdict = Verdict::fails(&RULE, message).shown("the cluster", &cluster.identity.origin);
    Some(verdict.about([&cluster.identity.address]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    #[test]
    fn logs_are_off_unless_a_type_is_on() {
        let with = |text: &str| said(&RULE, &[("Eks", "AWS::EKS::Cluster", text)]);
        assert_eq!(with("{}"), ["fails: the control plane of Eks sends no logs"]);
        assert!(with(r#"{"Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}]}}}"#).is_empty());
        assert_eq!(with(r#"{"Logging": "<Logging>"}"#), ["unknown: its Logging holds <Logging>"]);
    }
}
