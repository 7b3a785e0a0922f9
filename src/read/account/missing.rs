//! What was not asked of the account, and what can therefore not be said.

use std::collections::BTreeSet;

use super::answers::Answers;
use super::table::Table;
use super::{computers, eks, interfaces, network, security};
use crate::diag::{Diagnostic, Origin};

/// A command without which less is known, and what.
struct Loss {
    table: &'static Table,
    what: &'static str,
}

/// Losses that change the picture, the gravest first.
const LOSSES: [Loss; 6] = [
    Loss { table: &network::SUBNET, what: "subnets are not drawn" },
    Loss { table: &network::VPC, what: "VPCs are drawn by their ids" },
    Loss { table: &network::ROUTE_TABLE, what: "whether subnets are public is guessed" },
    Loss { table: &network::INTERNET_GATEWAY, what: "internet gateways are drawn by their ids" },
    Loss { table: &network::NAT_GATEWAY, what: "NAT gateways are not drawn" },
    Loss { table: &security::GROUP, what: "what is open to the internet is not known" },
];

/// Losses of details.
const LESSER: [Loss; 3] = [
    Loss { table: &interfaces::NETWORK_INTERFACE, what: "where EKS put its network interfaces" },
    Loss { table: &computers::INSTANCE, what: "which instances run" },
    Loss { table: &computers::AUTO_SCALING_GROUP, what: "groups of instances" },
];

pub fn say(answers: &Answers, diagnostics: &mut Vec<Diagnostic>) {
    let has_network = [&network::VPC, &network::SUBNET].into_iter().any(|table| answers.of(table).next().is_some());
    if has_network {
        let lost: Vec<&Loss> = LOSSES.iter().filter(|loss| !answers.was_asked(loss.table)).collect();
        for loss in lost {
            diagnostics.push(not_asked(answers, loss));
        }
        let lesser: Vec<&Loss> = LESSER.iter().filter(|loss| !answers.was_asked(loss.table)).collect();
        if !lesser.is_empty() {
            let what: Vec<&str> = lesser.iter().map(|loss| loss.what).collect();
            let message = format!("the account was not asked for everything; not known: {}", what.join(", "));
            let commands: Vec<String> = lesser.iter().map(|loss| format!("`aws {}`", loss.table.command)).collect();
            diagnostics.push(
                Diagnostic::note("not-asked", message).hint(format!("add the output of {}", commands.join(", "))),
            );
        }
    }
    undescribed_clusters(answers, diagnostics);
    undescribed_parts(answers, diagnostics);
    for refusal in
        answers.refusals.iter().filter(|refusal| LOSSES.iter().all(|loss| loss.table.command != refusal.command))
    {
        let message = format!("the account did not answer `aws {}`: {}", refusal.command, refusal.why);
        diagnostics.push(Diagnostic::note("not-answered", message).at(Origin::new("", refusal.node.place)));
    }
}

fn not_asked(answers: &Answers, loss: &Loss) -> Diagnostic {
    let command = loss.table.command;
    match answers.refusals.iter().find(|refusal| refusal.command == command) {
        Some(refusal) => {
            let message = format!("the account did not answer `aws {command}`, so {}: {}", loss.what, refusal.why);
            Diagnostic::warning("not-answered", message)
                .at(Origin::new("", refusal.node.place))
                .hint("`eksdiagram collect --print-policy` prints what the caller must be allowed to do")
        }
        None => Diagnostic::warning("not-asked", format!("no answer to `aws {command}` is given: {}", loss.what))
            .hint(format!("add its output: aws {command} --output json > {}.json", command.replace(' ', "-"))),
    }
}

/// Lists of a cluster's parts, what an item is, and the fields that name one.
const PARTS: [(&str, &str, &Table, &str); 2] = [
    ("nodegroups", "node group", &eks::NODE_GROUP, "nodegroupName"),
    ("fargateProfileNames", "Fargate profile", &eks::FARGATE_PROFILE, "fargateProfileName"),
];

fn undescribed_parts(answers: &Answers, diagnostics: &mut Vec<Diagnostic>) {
    for (list, what, table, field) in PARTS {
        let described: BTreeSet<&str> = answers.of(table).filter_map(|item| item.text(field)).collect();
        let listed = answers.asides.names.get(list).into_iter().flatten();
        let mut undescribed: Vec<&str> = listed.copied().filter(|name| !described.contains(name)).collect();
        if undescribed.is_empty() {
            continue;
        }
        // Auto Scaling groups and instances tell of the node groups that they are.
        let scaled =
            [&computers::AUTO_SCALING_GROUP, &computers::INSTANCE].into_iter().flat_map(|table| answers.of(table));
        let drawn: BTreeSet<&str> = scaled.filter_map(|item| item.tag("eks:nodegroup-name")).collect();
        undescribed.retain(|name| !drawn.contains(name));
        for name in undescribed {
            let message = format!("the {what} {name} is listed but not described, and not drawn");
            let hint = format!("add the output of `aws {}`", table.command);
            diagnostics.push(Diagnostic::warning("not-asked", message).hint(hint));
        }
    }
}

fn undescribed_clusters(answers: &Answers, diagnostics: &mut Vec<Diagnostic>) {
    let listed = answers.asides.clusters.iter().filter(|name| !answers.has(&eks::CLUSTER, name));
    for name in listed {
        let message = format!("the cluster {name} is listed but not described, and not drawn");
        let hint = format!("add the output of `aws eks describe-cluster --name {name}`");
        diagnostics.push(Diagnostic::warning("not-asked", message).hint(hint));
    }
}
