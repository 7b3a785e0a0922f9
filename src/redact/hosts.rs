//! Host names: those that AWS makes for something of one's own, and those of other domains.

/// AWS's domains, and the parts of names in them behind which everything before is one's own.
const AWS: [&str; 5] = ["amazonaws.com", "amazonaws.com.cn", "on.aws", "cloudfront.net", "awsglobalaccelerator.com"];
const SERVICES: [&str; 13] = [
    "elb",
    "rds",
    "cache",
    "compute",
    "compute-1",
    "es",
    "efs",
    "execute-api",
    "vpce",
    "kafka",
    "mq",
    "redshift",
    "lambda-url",
];

/// Domains by which names in the inputs are understood, and of software that everybody runs.
const KNOWN: [&str; 10] = [
    "amazon.com",
    "kubernetes.io",
    "k8s.io",
    "eksctl.io",
    "github.com",
    "githubusercontent.com",
    "docker.io",
    "docker.com",
    "quay.io",
    "gcr.io",
];

/// Last parts of host names, where the rest may be a file's name, a version or an attribute.
const TOP_LEVELS: [&str; 23] = [
    "com", "net", "org", "io", "dev", "app", "cloud", "info", "biz", "ai", "co", "eu", "uk", "de", "fr", "nl", "ch",
    "kr", "jp", "cn", "au", "ca", "us",
];

/// How long the host name is that a text begins with, if it is one that tells whose it is.
pub fn written(text: &str) -> Option<usize> {
    let name = text
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_'))
        .map_or(text, |end| &text[..end]);
    let name = name.trim_end_matches(['.', '-', '_']);
    let is_host = name.split('.').count() >= 2
        && name.split('.').all(|part| !part.is_empty() && part != "Outputs")
        && name.starts_with(|c: char| c.is_ascii_alphanumeric());
    let last = name.rsplit('.').next().unwrap_or_default();
    let small = name.to_ascii_lowercase();
    let tells = match domain_of_aws(&small) {
        Some(_) => own_part(&small).is_some(),
        None => TOP_LEVELS.contains(&last) && !KNOWN.iter().any(|known| is_within(&small, known)),
    };
    (is_host && tells).then_some(name.len())
}

/// `host1.example.com`; of a name that AWS made, what is not one's own stays: `host1.eu-west-1.elb.amazonaws.com`.
pub fn mask(host: &str, number: u64) -> String {
    match own_part(host) {
        Some(own) => format!("host{number}{}", &host[own.len()..]),
        None => format!("host{number}.example.com"),
    }
}

fn domain_of_aws(name: &str) -> Option<&'static str> {
    AWS.into_iter().find(|domain| is_within(name, domain))
}

fn is_within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The beginning of a name of AWS's that somebody chose or that is one thing's: before the service and the region.
fn own_part(name: &str) -> Option<&str> {
    let domain = domain_of_aws(name)?;
    let before = name.strip_suffix(domain)?.strip_suffix('.')?;
    if matches!(domain, "cloudfront.net" | "awsglobalaccelerator.com") {
        return Some(before);
    }
    let parts: Vec<&str> = before.split('.').collect();
    let service = parts.iter().position(|part| SERVICES.contains(part))?;
    let region = parts.iter().skip(1).position(|part| is_region(part)).map_or(service, |at| at + 1);
    let own = parts.get(..service.min(region)).filter(|own| !own.is_empty())?;
    let length = own.iter().map(|part| part.len() + 1).sum::<usize>() - 1;
    name.get(..length)
}

/// `eu-west-1`
fn is_region(part: &str) -> bool {
    part.contains('-')
        && part.ends_with(|c: char| c.is_ascii_digit())
        && part
            .split('-')
            .next()
            .is_some_and(|first| first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_s_own_are_masked_and_of_what_aws_makes_the_region_and_the_service_stay() {
        for (name, expected) in [
            ("my-lb-123.eu-west-1.elb.amazonaws.com", "host1.eu-west-1.elb.amazonaws.com"),
            ("my-nlb-abc.elb.eu-west-1.amazonaws.com", "host1.elb.eu-west-1.amazonaws.com"),
            ("db.c1abc.us-east-1.rds.amazonaws.com", "host1.us-east-1.rds.amazonaws.com"),
            ("ec2-52-95-110-1.compute-1.amazonaws.com", "host1.compute-1.amazonaws.com"),
            ("d111.cloudfront.net", "host1.cloudfront.net"),
            ("bastion.corp.example.org", "host1.example.com"),
        ] {
            assert_eq!(written(&format!("{name}/x")), Some(name.len()), "{name}");
            assert_eq!(mask(name, 1), expected);
        }
    }

    #[test]
    fn names_by_which_inputs_are_understood_stay() {
        for name in [
            "eks.amazonaws.com",
            "ec2.eu-west-1.amazonaws.com",
            "com.amazonaws.eu-west-1.ecr.api",
            "alpha.eksctl.io",
            "kubernetes.io",
            "node.k8s.amazonaws.com",
            "m5.large",
            "myeks.yaml",
            "1.29.3",
            "Network.Outputs.app",
            "Db.Endpoint.Address",
            "karpenter.sh",
            "ip-10-0-0-1.ec2.internal",
            "oidc.eks.eu-west-1.amazonaws.com",
        ] {
            assert_eq!(written(name), None, "{name}");
        }
    }
}
