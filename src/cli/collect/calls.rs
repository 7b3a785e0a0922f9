//! What an account is asked: read-only calls, each once in a region or once for each thing that another call lists.

/// A command of the AWS CLI.
pub struct Call {
    pub service: &'static str,
    pub operation: &'static str,
    /// Arguments that are always given.
    pub arguments: &'static [&'static str],
    pub of: Of,
    /// How its answer is restricted to one VPC.
    pub within: Within,
}

/// How often a call is made.
pub enum Of {
    Region,
    /// Once for each item that the answers of another call list.
    Each(Each),
}

pub struct Each {
    /// The call that lists the items: `eks list-clusters`.
    pub parent: &'static str,
    /// Where its answer lists them.
    pub list: &'static str,
    /// The field of an item that names it; empty where the items are names.
    pub field: &'static str,
    /// The argument that takes the name.
    pub argument: &'static str,
    /// The argument that takes what the parent was called for: a node group needs its cluster's name.
    pub of_parent: Option<&'static str>,
}

/// How an answer is restricted to what one cluster has to do with.
#[derive(Clone, Copy)]
pub enum Within {
    /// By this filter of the call, in an argument of this name.
    Filter(&'static str, &'static str),
    /// The call has no such filter: items that name neither the VPC nor a subnet of it are left out of the answer.
    Mention,
    /// The answer is short, or about one thing.
    Whole,
}

const fn ec2(operation: &'static str, filter: &'static str) -> Call {
    Call { within: Within::Filter("--filters", filter), ..plain("ec2", operation) }
}

const fn plain(service: &'static str, operation: &'static str) -> Call {
    Call { service, operation, arguments: &[], of: Of::Region, within: Within::Whole }
}

const fn mentioning(service: &'static str, operation: &'static str) -> Call {
    Call { within: Within::Mention, ..plain(service, operation) }
}

const fn each(service: &'static str, operation: &'static str, each: Each) -> Call {
    Call { of: Of::Each(each), ..plain(service, operation) }
}

const CLUSTERS: Each =
    Each { parent: "eks list-clusters", list: "clusters", field: "", argument: "--cluster-name", of_parent: None };
const BALANCERS: Each = Each {
    parent: "elbv2 describe-load-balancers",
    list: "LoadBalancers",
    field: "LoadBalancerArn",
    argument: "--load-balancer-arn",
    of_parent: None,
};
const STACKS: Each = Each {
    parent: "cloudformation describe-stacks",
    list: "Stacks",
    field: "StackName",
    argument: "--stack-name",
    of_parent: None,
};
const VPCS: Each =
    Each { parent: "ec2 describe-vpcs", list: "Vpcs", field: "VpcId", argument: "--vpc-id", of_parent: None };

/// What lists the names of a cluster's parts, and the argument that takes one.
const fn of_cluster(parent: &'static str, list: &'static str, argument: &'static str) -> Each {
    Each { parent, list, field: "", argument, of_parent: Some("--cluster-name") }
}

/// All calls; one that needs another's answer stands behind it.
pub static CALLS: &[Call] = &[
    plain("sts", "get-caller-identity"),
    ec2("describe-vpcs", "vpc-id"),
    ec2("describe-subnets", "vpc-id"),
    ec2("describe-route-tables", "vpc-id"),
    ec2("describe-internet-gateways", "attachment.vpc-id"),
    mentioning("ec2", "describe-egress-only-internet-gateways"),
    Call { within: Within::Filter("--filter", "vpc-id"), ..plain("ec2", "describe-nat-gateways") },
    ec2("describe-security-groups", "vpc-id"),
    ec2("describe-instances", "vpc-id"),
    ec2("describe-network-interfaces", "vpc-id"),
    ec2("describe-vpc-endpoints", "vpc-id"),
    plain("ec2", "describe-addresses"),
    mentioning("ec2", "describe-vpc-peering-connections"),
    plain("ec2", "describe-transit-gateways"),
    ec2("describe-transit-gateway-vpc-attachments", "vpc-id"),
    plain("ec2", "describe-transit-gateway-attachments"),
    plain("ec2", "describe-transit-gateway-route-tables"),
    ec2("describe-vpn-gateways", "attachment.vpc-id"),
    plain("ec2", "describe-vpn-connections"),
    plain("ec2", "describe-customer-gateways"),
    plain("ec2", "describe-launch-templates"),
    Call { arguments: &["--versions", "$Latest"], ..plain("ec2", "describe-launch-template-versions") },
    mentioning("autoscaling", "describe-auto-scaling-groups"),
    plain("autoscaling", "describe-launch-configurations"),
    mentioning("elbv2", "describe-load-balancers"),
    mentioning("elbv2", "describe-target-groups"),
    mentioning("elb", "describe-load-balancers"),
    plain("eks", "list-clusters"),
    mentioning("rds", "describe-db-instances"),
    plain("rds", "describe-db-clusters"),
    mentioning("rds", "describe-db-subnet-groups"),
    plain("elasticache", "describe-cache-clusters"),
    plain("elasticache", "describe-replication-groups"),
    mentioning("elasticache", "describe-cache-subnet-groups"),
    plain("efs", "describe-file-systems"),
    mentioning("lambda", "list-functions"),
    plain("cloudformation", "describe-stacks"),
    each("cloudformation", "list-stack-resources", STACKS),
    each("eks", "describe-cluster", Each { argument: "--name", ..CLUSTERS }),
    each("eks", "list-nodegroups", CLUSTERS),
    each("eks", "list-fargate-profiles", CLUSTERS),
    each("eks", "list-addons", CLUSTERS),
    each("eks", "list-access-entries", CLUSTERS),
    each("eks", "list-pod-identity-associations", CLUSTERS),
    each("eks", "describe-nodegroup", of_cluster("eks list-nodegroups", "nodegroups", "--nodegroup-name")),
    each(
        "eks",
        "describe-fargate-profile",
        of_cluster("eks list-fargate-profiles", "fargateProfileNames", "--fargate-profile-name"),
    ),
    each("eks", "describe-addon", of_cluster("eks list-addons", "addons", "--addon-name")),
    each("eks", "describe-access-entry", of_cluster("eks list-access-entries", "accessEntries", "--principal-arn")),
    Call { arguments: &["--attribute", "enableDnsSupport"], ..each("ec2", "describe-vpc-attribute", VPCS) },
    Call { arguments: &["--attribute", "enableDnsHostnames"], ..each("ec2", "describe-vpc-attribute", VPCS) },
    each("elbv2", "describe-listeners", BALANCERS),
    each("elbv2", "describe-tags", Each { argument: "--resource-arns", ..BALANCERS }),
    each(
        "elbv2",
        "describe-rules",
        Each {
            parent: "elbv2 describe-listeners",
            list: "Listeners",
            field: "ListenerArn",
            argument: "--listener-arn",
            of_parent: None,
        },
    ),
    each(
        "elbv2",
        "describe-target-health",
        Each {
            parent: "elbv2 describe-target-groups",
            list: "TargetGroups",
            field: "TargetGroupArn",
            argument: "--target-group-arn",
            of_parent: None,
        },
    ),
    each(
        "elb",
        "describe-tags",
        Each {
            parent: "elb describe-load-balancers",
            list: "LoadBalancerDescriptions",
            field: "LoadBalancerName",
            argument: "--load-balancer-names",
            of_parent: None,
        },
    ),
    Call {
        arguments: &["--filters", "Name=type,Values=static,propagated"],
        ..each(
            "ec2",
            "search-transit-gateway-routes",
            Each {
                parent: "ec2 describe-transit-gateway-route-tables",
                list: "TransitGatewayRouteTables",
                field: "TransitGatewayRouteTableId",
                argument: "--transit-gateway-route-table-id",
                of_parent: None,
            },
        )
    },
    each(
        "efs",
        "describe-mount-targets",
        Each {
            parent: "efs describe-file-systems",
            list: "FileSystems",
            field: "FileSystemId",
            argument: "--file-system-id",
            of_parent: None,
        },
    ),
];

impl Call {
    /// `ec2 describe-vpcs`.
    pub fn command(&self) -> String {
        format!("{} {}", self.service, self.operation)
    }

    /// The IAM action that allows it; `None` for what everybody may ask.
    /// Source: Service Authorization Reference.
    pub fn action(&self) -> Option<String> {
        let service = match self.service {
            "sts" => return None,
            "elb" | "elbv2" => "elasticloadbalancing",
            "efs" => "elasticfilesystem",
            service => service,
        };
        let words = self.operation.split('-').map(|word| match word {
            // RDS spells its own abbreviation in capitals.
            "db" => "DB".to_string(),
            word => word[..1].to_uppercase() + &word[1..],
        });
        Some(format!("{service}:{}", words.collect::<String>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_only_reads() {
        for call in CALLS {
            let verb = call.operation.split('-').next().unwrap_or_default();
            assert!(["describe", "list", "get", "search"].contains(&verb), "{}", call.command());
        }
    }

    #[test]
    fn a_call_stands_behind_the_one_that_it_needs() {
        for (index, call) in CALLS.iter().enumerate() {
            if let Of::Each(each) = &call.of {
                let parent = CALLS.iter().position(|other| other.command() == each.parent);
                assert!(parent.is_some_and(|parent| parent < index), "{}", call.command());
            }
        }
    }

    #[test]
    fn actions_are_called_as_iam_calls_them() {
        let action = |command: &str| CALLS.iter().find(|call| call.command() == command).and_then(Call::action);
        assert_eq!(action("ec2 describe-vpcs").as_deref(), Some("ec2:DescribeVpcs"));
        assert_eq!(action("rds describe-db-instances").as_deref(), Some("rds:DescribeDBInstances"));
        assert_eq!(action("elbv2 describe-tags").as_deref(), Some("elasticloadbalancing:DescribeTags"));
        assert_eq!(action("sts get-caller-identity"), None);
    }
}
