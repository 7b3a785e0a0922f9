//! The pages that several rules come from.

use crate::verdicts::Page;

pub const CLUSTER_ENDPOINT: Page = Page {
    title: "Amazon EKS user guide, Cluster API server endpoint",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
};

pub const CONFIGURE_ENDPOINT: Page = Page {
    title: "Amazon EKS user guide, Configure network access to cluster API server endpoint",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/config-cluster-endpoint.html",
};

pub const NETWORK: Page = Page {
    title: "Amazon EKS user guide, View Amazon EKS networking requirements for VPC and subnets",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
};

pub const PRIVATE_CLUSTERS: Page = Page {
    title: "Amazon EKS user guide, Deploy private clusters with limited internet access",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html",
};

pub const SECURITY_GROUPS: Page = Page {
    title: "Amazon EKS user guide, View Amazon EKS security group requirements for clusters",
    url: "https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html",
};

pub const INTERFACE_ENDPOINT: Page = Page {
    title: "AWS PrivateLink guide, Access an AWS service using an interface VPC endpoint",
    url: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
};

pub const SUBNET_BLOCKS: Page = Page {
    title: "Amazon VPC user guide, Subnet CIDR blocks",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
};

pub const SUBNETS: Page = Page {
    title: "Amazon VPC user guide, Subnets for your VPC",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
};
