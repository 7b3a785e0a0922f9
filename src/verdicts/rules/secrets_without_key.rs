//! Kubernetes secrets that no KMS key of the account encrypts.

use crate::architecture::Cluster;
use crate::diag::Severity;
use crate::inventory::Property;
use crate::verdicts::facts::{Facts, unsaid};
use crate::verdicts::{Page, Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "secrets-without-key",
    severity: Severity::Warning,
    meaning: "Secrets are not encrypted with a KMS key of the account, so that the account can neither see nor revoke \
              their use. From version 1.28 on EKS encrypts them with a key of its own all the same.",
    source: Page {
        title: "Amazon EKS user guide, Encrypt Kubernetes secrets with KMS on existing clusters",
        url: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    },
    remedy: "Name a key in EncryptionConfig, for the resource secrets (eksctl: `secretsEncryption.keyARN`).",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster(facts: &Facts<'_>, cluster: &Cluster) -> Option<Verdict> {
    if cluster.secrets_encrypted != Some(false) {
        return None;
    }
    let name = &cluster.identity.name;
    let configuration = facts.source(cluster).and_then(|source| source.field("EncryptionConfig"));
    let written = configuration.map(Property::items).unwrap_or_default();
    if let Some(later) = unsaid(written) {
        let asked = format!("whether a key encrypts the secrets of {name}");
        let why = format!("its EncryptionConfig holds {later}");
        let verdict = Verdict::unknown(&RULE, asked, why).shown("the cluster", &cluster.identity.origin);
        return Some(verdict.about([&cluster.identity.address]));
    }
    let message = format!("the secrets of {name} are not encrypted with a KMS key of the account");
    let verdict = Verdict::fails(&RULE, message).shown("the cluster", &cluster.identity.origin);
    Some(verdict.about([&cluster.identity.address]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    #[test]
    fn a_key_for_secrets_is_what_counts() {
        let with = |text: &str| said(&RULE, &[("Eks", "AWS::EKS::Cluster", text)]);
        assert_eq!(with("{}"), ["fails: the secrets of Eks are not encrypted with a KMS key of the account"]);
        assert!(
            with(r#"{"EncryptionConfig": [{"Resources": ["secrets"], "Provider": {"KeyArn": "<Key>"}}]}"#).is_empty()
        );
        assert_eq!(
            with(r#"{"EncryptionConfig": "<Encryption>"}"#),
            ["unknown: its EncryptionConfig holds <Encryption>"]
        );
    }
}
