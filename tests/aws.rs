//! A live account from its making to its picture: a real AWS API on loopback, the AWS CLI, `collect`, and what is drawn.
//!
//! The API is moto's server, which makes what templates and calls ask for and describes it as AWS does; tests/aws/setup.sh
//! fetches it and the AWS CLI. Where that is not possible the tests say so and pass, but never where `CI` is `true`.
//! What the mock server cannot do is said where it matters.

#![cfg(unix)]

mod setup;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether moto and the AWS CLI are there, or could be fetched.
fn aws_is_here() -> bool {
    setup::is_there("aws", "a local AWS")
}

/// Runs the server until standard input ends, which it does however the test ends.
const SERVER: &str = "moto_server --host 127.0.0.1 --port 0 & cat; kill -9 $!";

/// An account on a server of its own, which ends with this.
struct Account {
    server: Child,
    url: String,
    region: &'static str,
    /// Where everything runs, and where there is no configuration of anybody's.
    folder: TempDir,
}

impl Drop for Account {
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        // There is nobody left to tell.
        let _ = self.server.wait();
    }
}

impl Account {
    /// An account as a script of tests/aws makes it of a template.
    fn made_by(script: &str, template: &Path, region: &'static str) -> Account {
        let account = Account::empty(region);
        let script = project().join("tests/aws").join(script);
        let made = account.run(Command::new("sh").arg(script).arg(template));
        assert!(made.status.success(), "{}", said(&made));
        account
    }

    fn empty(region: &'static str) -> Account {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = folder.path().join("server.log");
        let to_log = || File::options().create(true).append(true).open(&log).expect("writable");
        let server = Command::new("sh")
            .args(["-c", SERVER])
            .env_clear()
            .env("PATH", path())
            .stdin(Stdio::piped())
            .stdout(to_log())
            .stderr(to_log())
            .spawn()
            .expect("the server runs");
        Account { server, url: Account::address(&log), region, folder }
    }

    /// Waits until the server says where it listens: on a port that was free.
    fn address(log: &Path) -> String {
        let began = Instant::now();
        loop {
            let told = fs::read_to_string(log).unwrap_or_default();
            let running = told.lines().find_map(|line| line.split_once("Running on ")).map(|(_, url)| url.trim());
            if let Some(url) = running {
                return url.to_string();
            }
            assert!(began.elapsed() < Duration::from_secs(120), "the server does not start: {told}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs a program that knows of no other account.
    fn run(&self, command: &mut Command) -> Output {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", path())
            .env("HOME", self.folder.path())
            .env("AWS_ENDPOINT_URL", &self.url)
            .env("AWS_ACCESS_KEY_ID", "testing")
            .env("AWS_SECRET_ACCESS_KEY", "testing")
            .env("AWS_DEFAULT_REGION", self.region)
            .env("AWS_PAGER", "")
            .stdin(Stdio::null())
            .output()
            .expect("it runs")
    }

    fn eksdiagram(&self, arguments: &[&str]) -> Output {
        let output = self.run(Command::new(env!("CARGO_BIN_EXE_eksdiagram")).args(arguments));
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        output
    }

    fn collect(&self) -> serde_json::Value {
        self.eksdiagram(&["collect"]);
        serde_json::from_slice(&fs::read(self.folder.path().join("account.json")).expect("written")).expect("JSON")
    }

    /// Draws what was collected, into target/ where it can be looked at.
    fn draw(&self, name: &str) {
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let picture = picture.to_str().expect("a path of text");
        let drawn = self.eksdiagram(&["account.json", "-o", picture, "--check-layout"]);
        assert!(said(&drawn).contains("laws: 0 broken"), "{}", said(&drawn));
    }

    fn architecture(&self, inputs: &[&Path]) -> String {
        let inputs = inputs.iter().map(|input| input.to_str().expect("a path of text"));
        let arguments: Vec<&str> = inputs.chain(["--emit", "architecture"]).collect();
        String::from_utf8(self.eksdiagram(&arguments).stdout).expect("text")
    }
}

fn tools() -> PathBuf {
    project().join(".tools/aws/bin")
}

fn path() -> String {
    format!("{}:/usr/bin:/bin", tools().display())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a picture is about: VPCs with their zones, rows with their subnets, clusters with their endpoints, node groups and
/// paths, each as a line without the place that says so. Left out is what only one side can know: DNS settings that a
/// template leaves to their default, the ways of kubectl, which start where user data installs it, and user data are not
/// collected; and what is in no stack.
fn facts(architecture: &str) -> BTreeSet<String> {
    const FACTS: [&str; 7] = ["VPC ", "zones ", "subnet ", "cluster \"", "endpoint: ", "managed node group ", "path "];
    let mut row = "";
    let mut facts = BTreeSet::new();
    for line in architecture.lines().map(str::trim) {
        let line = line.split("  # ").next().unwrap_or_default();
        if line.ends_with(" row") {
            row = line;
        }
        if FACTS.iter().any(|start| line.starts_with(start)) && !line.starts_with("path kubectl") {
            let line = line.split(", DNS").next().unwrap_or_default().replace(" (in no stack)", "");
            facts.insert(if line.starts_with("subnet ") { format!("{row}: {line}") } else { line });
        }
    }
    facts
}

/// Whether each of these lines of an architecture is said to be in no stack, and no other is.
#[track_caller]
fn only_these_are_in_no_stack(architecture: &str, expected: &[&str]) {
    let lines = architecture.lines().filter_map(|line| line.split_once(" (in no stack)"));
    let found: BTreeSet<&str> = lines.map(|(thing, _)| thing.trim()).collect();
    assert_eq!(found, expected.iter().copied().collect());
}

fn fixture(name: &str) -> PathBuf {
    project().join("fixtures").join(name)
}

#[test]
fn the_study_s_lab_in_a_live_account_is_what_its_files_say() {
    if !aws_is_here() {
        return;
    }
    let (template, config) = (fixture("study/myeks.yaml"), fixture("study/cluster.yaml"));
    let account = Account::made_by("lab.sh", &template, "ap-northeast-2");
    account.collect();
    let found = account.architecture(&[Path::new("account.json")]);
    let expected = account.architecture(&[&template, &config]);
    assert_eq!(facts(&found), facts(&expected));
    assert!(found.contains("endpoint: public true, private false"), "{found}");
    // lab.sh makes these without a stack.
    let by_hand = [r#"bastion "myeks-host""#, r#"cluster "myeks""#, r#"managed node group "myeks-nodegroup""#];
    only_these_are_in_no_stack(&found, &by_hand);
    account.draw("aws-lab.png");
}

#[test]
fn a_private_cluster_in_a_live_account_is_what_its_template_says() {
    if !aws_is_here() {
        return;
    }
    let template = fixture("figures/private-endpoint-with-bastion.yaml");
    let account = Account::made_by("private.sh", &template, "eu-central-1");
    let snapshot = account.collect();
    let found = account.architecture(&[Path::new("account.json")]);
    let expected = account.architecture(&[&template]);
    assert_eq!(facts(&found), facts(&expected));
    assert!(found.contains("endpoint: public false, private true"), "{found}");
    only_these_are_in_no_stack(&found, &[r#"cluster "payments""#, r#"managed node group "workers""#]);
    account.draw("aws-private.png");
    // The mock server has no addons, access entries and pod identities; that it refuses them is written down.
    let calls = snapshot["calls"].as_array().expect("calls");
    let mut refused: Vec<&str> =
        calls.iter().filter(|call| call["error"].is_string()).filter_map(|call| call["operation"].as_str()).collect();
    refused.sort_unstable();
    assert_eq!(refused, ["list-access-entries", "list-addons", "list-pod-identity-associations"]);
}
