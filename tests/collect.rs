//! `eksdiagram collect` against a fake AWS CLI: a script on the PATH that answers from a folder and notes what it was asked.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Answers with the file that is called after service, operation and what is asked about; throttles once where a file
/// says so; refuses what has no answer.
const FAKE: &str = r#"#!/bin/sh
here=$(dirname "$0")
if [ "$1" = --profile ]; then profile=$2; shift 2; fi
echo "$profile $*" >> "$here/asked"
[ "$1 $2 $3" = "configure get region" ] && { [ -f "$here/region" ] || exit 1; cat "$here/region"; exit 0; }
name="$1-$2"
shift 2
while [ $# -gt 0 ]; do
    case $1 in
        --name | --cluster-name | --nodegroup-name | --addon-name | --fargate-profile-name | --attribute) name="$name--$2" ;;
        --stack-name) name="$name--$2" ;;
        --principal-arn) name="$name--$(echo "$2" | cut -d/ -f2)" ;;
        --target-group-arn) name="$name--$(echo "$2" | cut -d/ -f2)" ;;
        --load-balancer-arn) name="$name--$(echo "$2" | cut -d/ -f3)" ;;
        --listener-arn) name="$name--$(echo "$2" | cut -d/ -f3)" ;;
    esac
    shift
done
if [ -f "$here/throttle/$name" ]; then
    rm "$here/throttle/$name"
    echo "An error occurred (RequestLimitExceeded) when calling it: Request limit exceeded." >&2
    exit 254
fi
if [ -f "$here/answers/$name.json" ]; then
    cat "$here/answers/$name.json"
else
    echo "An error occurred (UnauthorizedOperation) when calling it: You are not authorized." >&2
    exit 254
fi
"#;

struct Account(TempDir);

impl Account {
    /// The lab's account, with the answers that its fixture has.
    fn lab() -> Account {
        let account = Account(tempfile::tempdir().expect("a temporary folder"));
        for folder in ["answers", "throttle"] {
            fs::create_dir(account.path(folder)).expect("writable");
        }
        let lab = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/account/lab");
        for entry in fs::read_dir(lab).expect("the fixture is there") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, account.path("answers").join(path.file_name().expect("a name"))).expect("writable");
        }
        account.answer("eks-list-addons--myeks", r#"{"addons": ["vpc-cni"]}"#);
        fs::write(account.path("aws"), FAKE).expect("writable");
        fs::set_permissions(account.path("aws"), fs::Permissions::from_mode(0o755)).expect("writable");
        account
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn answer(&self, name: &str, text: &str) {
        fs::write(self.path("answers").join(format!("{name}.json")), text).expect("writable");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let path = format!("{}:/usr/bin:/bin", self.0.path().display());
        Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(self.0.path())
            .args(arguments)
            .env("PATH", path)
            .env_remove("AWS_REGION")
            .env_remove("AWS_DEFAULT_REGION")
            .stdin(Stdio::null())
            .output()
            .expect("the program runs")
    }

    fn asked(&self) -> String {
        fs::read_to_string(self.path("asked")).unwrap_or_default()
    }

    fn snapshot(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.path("account.json")).expect("written")).expect("JSON")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const REGION: [&str; 2] = ["--region", "ap-northeast-2"];

#[test]
fn a_snapshot_is_the_same_picture_as_the_answers_it_was_made_of() {
    let account = Account::lab();
    let output = account.run(&["collect", REGION[0], REGION[1]]);
    assert!(output.status.success(), "{}", said(&output));
    let draw = |input: &str| {
        let output = account.run(&[input, "--format", "svg", "-q"]);
        assert!(output.status.success(), "{}", said(&output));
        output.stdout
    };
    assert!(draw("account.json") == draw("answers"), "they differ");
    let mode = fs::metadata(account.path("account.json")).expect("written").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn two_snapshots_of_one_account_are_the_same_bytes() {
    let account = Account::lab();
    let snapshot = |name: &str| {
        assert!(account.run(&["collect", REGION[0], REGION[1], "-o", name]).status.success());
        fs::read(account.path(name)).expect("written")
    };
    assert!(snapshot("one.json") == snapshot("two.json"), "they differ");
}

#[test]
fn a_call_that_is_denied_is_written_down_and_said_and_stops_nothing() {
    let account = Account::lab();
    fs::remove_file(account.path("answers/ec2-describe-route-tables.json")).expect("it is there");
    let output = account.run(&["collect", REGION[0], REGION[1]]);
    assert!(output.status.success() && said(&output).contains("warning[not-answered]"), "{}", said(&output));
    let snapshot = account.snapshot();
    let calls = snapshot["calls"].as_array().expect("calls");
    let tables = calls.iter().find(|call| call["operation"] == "describe-route-tables").expect("it was asked");
    assert!(tables["error"].as_str().is_some_and(|why| why.contains("UnauthorizedOperation")), "{tables}");
    let drawn = account.run(&["account.json", "--format", "svg"]);
    let expected =
        "the account did not answer `aws ec2 describe-route-tables`, so whether subnets are public is guessed";
    assert!(drawn.status.success() && said(&drawn).contains(expected), "{}", said(&drawn));
}

#[test]
fn a_call_that_comes_too_fast_is_made_again() {
    let account = Account::lab();
    fs::write(account.path("throttle/ec2-describe-vpcs"), "").expect("writable");
    assert!(account.run(&["collect", REGION[0], REGION[1]]).status.success());
    let vpcs = account.asked().lines().filter(|line| line.contains("ec2 describe-vpcs ")).count();
    assert_eq!(vpcs, 2);
    let snapshot = account.snapshot();
    let mut calls = snapshot["calls"].as_array().expect("calls").iter();
    assert!(calls.any(|call| call["operation"] == "describe-vpcs" && call["output"]["Vpcs"][0]["VpcId"].is_string()));
}

#[test]
fn several_regions_and_the_profile_are_asked_for() {
    let account = Account::lab();
    let output = account.run(&["collect", "--region", "eu-west-1", "--region", "us-east-1", "--profile", "lab"]);
    assert!(output.status.success(), "{}", said(&output));
    for region in ["eu-west-1", "us-east-1"] {
        let line = format!(
            "lab ec2 describe-subnets --output json --cli-connect-timeout 20 --cli-read-timeout 60 --region {region}"
        );
        assert!(account.asked().lines().any(|asked| asked == line), "{}", account.asked());
    }
}

#[test]
fn the_region_is_the_one_that_the_aws_cli_is_configured_for() {
    let account = Account::lab();
    let output = account.run(&["collect"]);
    assert!(!output.status.success() && said(&output).contains("error[no-region]"), "{}", said(&output));
    fs::write(account.path("region"), "ap-northeast-2\n").expect("writable");
    assert!(account.run(&["collect"]).status.success());
    assert!(account.asked().contains("--region ap-northeast-2"));
}

#[test]
fn one_cluster_s_world_is_its_vpc_and_what_mentions_it() {
    let account = Account::lab();
    account.answer(
        "ec2-describe-egress-only-internet-gateways",
        r#"{"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Attachments": [{"VpcId": "vpc-9"}]}]}"#,
    );
    account.answer("eks-list-clusters", r#"{"clusters": ["another", "myeks"]}"#);
    let output = account.run(&["collect", REGION[0], REGION[1], "--cluster", "myeks"]);
    assert!(output.status.success(), "{}", said(&output));
    let asked = account.asked();
    assert!(asked.contains("ec2 describe-subnets --filters Name=vpc-id,Values=vpc-0a1b2c3d4e5f60001"), "{asked}");
    assert!(!asked.contains("another"), "{asked}");
    let snapshot = account.snapshot().to_string();
    assert!(!snapshot.contains("eigw-1") && snapshot.contains("k8s-shop-web"), "{snapshot}");
    let output = account.run(&["collect", REGION[0], REGION[1], "--cluster", "gone", "-o", "gone.json"]);
    assert!(
        said(&output).contains("error[cluster-not-found]") && !account.path("gone.json").exists(),
        "{}",
        said(&output)
    );
}

#[test]
fn what_each_stack_holds_and_who_may_use_a_cluster_is_asked_for() {
    let account = Account::lab();
    account.answer(
        "cloudformation-describe-stacks",
        r#"{"Stacks": [{"StackName": "net", "StackStatus": "CREATE_COMPLETE",
            "Parameters": [{"ParameterKey": "Password", "ParameterValue": "hunter2"}]}]}"#,
    );
    account.answer("cloudformation-list-stack-resources--net", r#"{"StackResourceSummaries": []}"#);
    account.answer("eks-list-access-entries--myeks", r#"{"accessEntries": ["arn:aws:iam::111122223333:role/admin"]}"#);
    account.answer("eks-describe-access-entry--myeks--admin", r#"{"accessEntry": {"clusterName": "myeks"}}"#);
    account.answer("eks-list-pod-identity-associations--myeks", r#"{"associations": []}"#);
    let output = account.run(&["collect", REGION[0], REGION[1]]);
    assert!(output.status.success(), "{}", said(&output));
    let snapshot = account.snapshot();
    let answered = |operation: &str, of: &str| {
        let mut calls = snapshot["calls"].as_array().expect("calls").iter();
        calls.any(|call| call["operation"] == operation && call["of"] == of && call["output"].is_object())
    };
    assert!(answered("list-stack-resources", "net"), "{snapshot}");
    assert!(answered("describe-access-entry", "myeks--arn:aws:iam::111122223333:role/admin"), "{snapshot}");
    assert!(answered("list-pod-identity-associations", "myeks"), "{snapshot}");
    assert!(!snapshot.to_string().contains("hunter2"), "{snapshot}");
}

#[test]
fn secrets_are_not_written_down() {
    let account = Account::lab();
    account.answer(
        "ec2-describe-launch-template-versions",
        r#"{"LaunchTemplateVersions": [{"LaunchTemplateId": "lt-1", "VersionNumber": 1, "LaunchTemplateData": {"UserData": "aHVudGVyMg=="}}]}"#,
    );
    account.answer(
        "ec2-describe-vpn-connections",
        r#"{"VpnConnections": [{"VpnConnectionId": "vpn-1", "CustomerGatewayConfiguration": "<key>hunter2</key>"}]}"#,
    );
    assert!(account.run(&["collect", REGION[0], REGION[1]]).status.success());
    let snapshot = account.snapshot().to_string();
    assert!(snapshot.contains("lt-1") && snapshot.contains("vpn-1"), "{snapshot}");
    assert!(!snapshot.contains("hunter2") && !snapshot.contains("aHVudGVyMg"), "{snapshot}");
}

#[test]
fn who_is_not_signed_in_is_told_once_and_nothing_is_written() {
    let account = Account::lab();
    fs::remove_file(account.path("answers/sts-get-caller-identity.json")).expect("it is there");
    let output = account.run(&["collect", REGION[0], REGION[1]]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&output).matches("error[").count(), 1);
    assert!(
        said(&output).contains("error[aws-refused]") && said(&output).contains("aws sso login"),
        "{}",
        said(&output)
    );
    assert_eq!(account.asked().lines().count(), 1);
    assert!(!account.path("account.json").exists());
}

#[test]
fn without_the_aws_cli_it_is_said_how_to_go_on() {
    let account = Account::lab();
    fs::remove_file(account.path("aws")).expect("it is there");
    let output = account.run(&["collect", REGION[0], REGION[1]]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("error[no-aws-cli]") && said(&output).contains("--print-commands"),
        "{}",
        said(&output)
    );
}

#[test]
fn the_printed_commands_save_a_folder_that_is_the_same_picture() {
    let account = Account::lab();
    let script = account.run(&["collect", REGION[0], REGION[1], "--print-commands"]);
    assert!(script.status.success() && account.asked().is_empty(), "it ran something");
    let script = String::from_utf8(script.stdout).expect("text");
    assert!(
        script.contains(
            "aws ec2 describe-subnets --region ap-northeast-2 --output json > account/ec2-describe-subnets.json"
        ),
        "{script}"
    );
    // The fake one knows no `--query`: what is listed is listed by hand here.
    let by_hand = script.lines().filter(|line| !line.starts_with("for "));
    let script: String = by_hand.map(|line| format!("{line} 2>/dev/null\n")).collect();
    let path = format!("{}:/usr/bin:/bin", account.0.path().display());
    let ran = Command::new("sh").current_dir(account.0.path()).args(["-c", &script]).env("PATH", path).status();
    assert!(ran.is_ok());
    let vpcs = fs::read(account.path("account/ec2-describe-vpcs.json")).expect("saved");
    assert_eq!(vpcs, fs::read(account.path("answers/ec2-describe-vpcs.json")).expect("it is there"));
    let drawn = account.run(&["account", "--format", "svg", "-q"]);
    assert!(drawn.status.success(), "{}", said(&drawn));
}

#[test]
fn the_policy_allows_reading_and_nothing_else() {
    let account = Account::lab();
    let output = account.run(&["collect", "--print-policy"]);
    let policy: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let actions = policy["Statement"][0]["Action"].as_array().expect("actions");
    for action in ["eks:DescribeCluster", "eks:DescribeAccessEntry", "cloudformation:ListStackResources"] {
        assert!(actions.iter().any(|one| one == action), "{policy}");
    }
    for action in actions {
        let verb = action.as_str().and_then(|action| action.split(':').nth(1)).unwrap_or_default();
        assert!(["Describe", "List", "Get", "Search"].iter().any(|start| verb.starts_with(start)), "{action}");
    }
}
