//! An API endpoint that everyone may call.

use super::pages;
use crate::architecture::Cluster;
use crate::architecture::exposure::is_everyone;
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "public-endpoint-open",
    severity: Severity::Warning,
    meaning: "The public endpoint answers the whole internet: who has credentials needs nothing else, and a flaw of the \
              API server would be everyone's. It is the default.",
    source: pages::CLUSTER_ENDPOINT,
    remedy: "List the blocks from which people work in PublicAccessCidrs (eksctl: `vpc.publicAccessCIDRs`) and turn \
             private access on, or turn public access off.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(cluster)).collect()
}

fn of_cluster(cluster: &Cluster) -> Option<Verdict> {
    let access = &cluster.endpoint;
    let name = &cluster.identity.name;
    let everyone = access.public_cidrs.iter().find(|block| is_everyone(block));
    let later = access.public_cidrs.iter().find(|block| block.starts_with('<'));
    let unknown = |why: String| {
        let verdict =
            Verdict::unknown(&RULE, format!("whether the public endpoint of {name} is open to everyone"), why);
        verdict.because([access.because.clone()]).about([&cluster.identity.address])
    };
    match (&access.public, everyone, later) {
        (Known::Yes(false), _, _) | (_, None, None) => None,
        (Known::Later(_), Some(_), _) => Some(unknown(access.because.text.clone())),
        (_, None, Some(later)) => Some(unknown(format!("it is open to {}", listing::later(later)))),
        (Known::Yes(true), Some(everyone), _) => {
            let message = format!("the public endpoint of {name} is open to {everyone}");
            let verdict = Verdict::fails(&RULE, message).because([access.because.clone()]);
            Some(verdict.about([&cluster.identity.address]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn with(access: &str) -> Vec<String> {
        said(&RULE, &[("Eks", "AWS::EKS::Cluster", &cluster(access))])
    }

    #[test]
    fn the_default_is_open_to_everyone() {
        assert_eq!(with(""), ["fails: the public endpoint of demo is open to 0.0.0.0/0"]);
        assert!(with(r#", "EndpointPublicAccess": false"#).is_empty());
        assert!(with(r#", "PublicAccessCidrs": ["203.0.113.0/24"]"#).is_empty());
        assert_eq!(with(r#", "PublicAccessCidrs": ["<Office>"]"#), ["unknown: it is open to <Office>"]);
    }
}
