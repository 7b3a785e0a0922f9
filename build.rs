//! The commit that the program is built from, for `--version`; none where the sources are no git checkout.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.toml");
    // The sources of a package may lie in another project's checkout, whose commit says nothing of them.
    let is_checkout = std::path::Path::new(".git").exists();
    let commit = is_checkout.then(|| git(&["rev-parse", "--short=12", "HEAD"])).flatten();
    if let Some(head) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|_| commit.is_some()) {
        println!("cargo::rerun-if-changed={head}");
    }
    let version = env!("CARGO_PKG_VERSION");
    let version = commit.map_or(version.to_string(), |commit| format!("{version} ({commit})"));
    println!("cargo::rustc-env=EKSDIAGRAM_VERSION={version}");
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_string())
}
