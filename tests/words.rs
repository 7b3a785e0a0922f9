//! A Korean picture has no English word of ours: every Latin word in it is the user's, or a product's name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Words that Korean documentation of AWS leaves in Latin letters, and those of host names and services.
const PRODUCTS: [&str; 34] = [
    "Application",
    "Auto",
    "Balancer",
    "Balancing",
    "Elastic",
    "Fargate",
    "Kubernetes",
    "Load",
    "Network",
    "Outpost",
    "Resolver",
    "Route",
    "Scaling",
    "Site",
    "amazonaws",
    "api",
    "com",
    "dkr",
    "ec",
    "ec2",
    "ecr",
    "eks",
    "elasticloadbalancing",
    "etcd",
    "gr",
    "id",
    "kube",
    "kubeconfig",
    "kubectl",
    "kubelet",
    "logs",
    "proxy",
    "sts",
    "to",
];

/// The views of a cluster are those of none, where an input has no cluster.
const VIEWS: [&str; 6] = ["network", "endpoint", "control-plane", "data-plane", "kubernetes", "endpoint-modes"];

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["figures", "study"].map(|folder| std::fs::read_dir(root.join(folder)).expect("fixtures"));
    let mut files: Vec<PathBuf> = folders.into_iter().flatten().map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}

/// Runs of Latin letters, but for what only a deployment will know: `<AWS::Region>`.
fn latin(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether it looks like a word, and not like an acronym or a name in camel case.
fn is_word(word: &str) -> bool {
    word.len() > 1 && word[1..].chars().all(|c| c.is_ascii_lowercase())
}

/// The code of a rule is what `check` explains, in any language.
fn is_of_a_rule(word: &str) -> bool {
    eksdiagram::verdicts::RULES.iter().any(|rule| rule.code.split('-').any(|part| part == word))
}

#[test]
fn every_latin_word_in_a_korean_picture_is_the_users_or_a_products() {
    for (file, view) in fixtures().into_iter().flat_map(|file| VIEWS.map(|view| (file.clone(), view))) {
        let program = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .args(["--lang", "ko", "--format", "json", "--quiet", "--steps", "--view", view])
            .arg(&file)
            .output()
            .expect("the program runs");
        let Ok(scene) = serde_json::from_slice::<serde_json::Value>(&program.stdout) else {
            assert!(view != "network", "{}", file.display());
            continue;
        };
        let input = std::fs::read_to_string(&file).expect("text");
        let shown =
            scene["items"].as_array().expect("items").iter().filter_map(|item| item["text"].as_array()).flatten();
        let shown: Vec<&str> = shown.filter_map(|line| line.as_str()).collect();
        assert!(shown.iter().any(|line| line.chars().any(|c| ('가'..='힣').contains(&c))), "{}", file.display());
        let ours: BTreeSet<&str> = shown
            .iter()
            .flat_map(|line| latin(line.split("<AWS::").next().unwrap_or_default()))
            .filter(|word| is_word(word) && !PRODUCTS.contains(word) && !input.contains(word) && !is_of_a_rule(word))
            .collect();
        assert_eq!(ours, BTreeSet::new(), "{} as {view}", file.display());
    }
}
