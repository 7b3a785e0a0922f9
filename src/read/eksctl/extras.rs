//! What runs beside node groups: Fargate profiles, add-ons, Karpenter.
//!
//! Source: pkg/fargate, pkg/actions/addon, pkg/cfn/builder/karpenter.go.

use crate::diag::Diagnostic;
use crate::inventory::{Address, Property};

use super::config::Config;
use super::draft::{At, Draft, Fields, Making};
use super::section::Section;
use super::vpc::{Network, Tier, ZoneKind};

pub fn expand(config: &Config, cluster: &Address, network: &mut Network, draft: &mut Draft) {
    for profile in config.root.sections("fargateProfiles") {
        fargate_profile(&profile, config, cluster, network, draft);
    }
    for addon in config.root.sections("addons") {
        add_on(&addon, cluster, draft);
    }
    if let Some(karpenter) = config.root.section("karpenter") {
        note_karpenter(&karpenter, draft);
    }
}

/// Pods go to the private subnets unless others are named.
fn fargate_profile(profile: &Section, config: &Config, cluster: &Address, network: &mut Network, draft: &mut Draft) {
    let origin = profile.origin();
    let at = At(origin.place);
    let name = profile.text("name").unwrap_or(&profile.path);
    let named = profile.scalars("subnets");
    let subnets: Vec<Address> = match named.is_empty() {
        false => named.iter().map(|id| network.named_or_new(id, Tier::Private, draft)).collect(),
        true => network.of(Tier::Private, ZoneKind::Availability).map(|subnet| subnet.address.clone()).collect(),
    };
    let role = config.root.section("iam").and_then(|iam| iam.property("fargatePodExecutionRoleARN"));
    let fields = Fields::new()
        .with("ClusterName", at.reference(cluster))
        .with("FargateProfileName", at.text(name))
        .with("PodExecutionRoleArn", profile.property("podExecutionRoleARN").or(role))
        .with("Selectors", selectors(profile))
        .with("Subnets", at.references(&subnets));
    let path = format!("fargate-{}/FargateProfile", name.replace('/', "-"));
    draft.put(&path, name, "AWS::EKS::FargateProfile", fields, &origin, Making::Made);
}

fn selectors(profile: &Section) -> Property {
    let selector = |selector: Section| {
        let labels = selector.section("labels").map(|labels| {
            let label =
                |(key, value): (&str, Section)| At(value.place()).tag(key, value.node.as_text().unwrap_or_default());
            At(labels.place()).list(labels.entries().map(label))
        });
        Fields::new().with("Namespace", selector.property("namespace")).with("Labels", labels).at(selector.place())
    };
    At(profile.place()).list(profile.sections("selectors").into_iter().map(selector))
}

fn add_on(addon: &Section, cluster: &Address, draft: &mut Draft) {
    let Some(name) = addon.property("name") else { return };
    let origin = addon.origin();
    let text = name.as_text().unwrap_or_default().to_string();
    let fields = Fields::new()
        .with("ClusterName", At(origin.place).reference(cluster))
        .with("AddonName", name)
        .with("AddonVersion", addon.property("version"));
    let path = format!("addon-{}/Addon", text.replace('/', "-"));
    draft.put(&path, &text, "AWS::EKS::Addon", fields, &origin, Making::Made);
}

/// Karpenter starts nodes when pods ask for them; all that stands beforehand is their role.
fn note_karpenter(karpenter: &Section, draft: &mut Draft) {
    let origin = karpenter.origin();
    let path = "karpenter/KarpenterNodeRole";
    draft.put(path, "KarpenterNodeRole", "AWS::IAM::Role", Fields::new(), &origin, Making::Made);
    draft.diagnostics.push(
        Diagnostic::note("karpenter-nodes", "Karpenter starts nodes at run time; none of them is in this file")
            .at(origin)
            .hint("give the program the account's snapshot as well to see the nodes that run"),
    );
}
