//! An account and the template that made it are one architecture, in whatever shape the account's answers were saved.
//!
//! `EKSDIAGRAM_CORPUS=folder cargo test --test accounts -- --ignored --nocapture` compares every `awscli/moto-cfn-NAME`,
//! an account on a mock server, with `cfn/NAME.*`, the template that was deployed there. What differs for a reason is
//! listed in [`EXCEPTIONS`].

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use eksdiagram::diag::{Diagnostic, Known, Sources};
use eksdiagram::inventory::{Address, Inventory, Property, Resource, Stack, Value};
use eksdiagram::read::{Given, Options, read};
use eksdiagram::{architecture, emit};

/// What an account and its template say differently, and why.
struct Exception {
    why: &'static str,
    /// Makes a resource of either side as both could have it.
    resource: fn(&mut Resource),
    /// A line of either side as both could say it; `None` for one that only one of them can say.
    line: fn(&str) -> Option<String>,
}

const NONE: Exception = Exception { why: "", resource: |_| {}, line: |line| Some(line.to_string()) };

const EXCEPTIONS: &[Exception] = &[
    Exception {
        why: "DNS settings of a VPC have a call of their own, which the dumps lack",
        resource: |resource| without(resource, "AWS::EC2::VPC", &["EnableDnsSupport", "EnableDnsHostnames"]),
        ..NONE
    },
    Exception {
        why: "an account says what a template leaves to EKS's default",
        line: |line| match line.split_once("because: ") {
            Some((indent, reason)) if reason.contains("access is") => Some(format!("{indent}because: endpoint")),
            _ => Some(line.to_string()),
        },
        ..NONE
    },
    Exception {
        why: "only an account knows a VPC's main route table",
        line: |line| match line.split_once("because: isolated: ") {
            Some((indent, reason)) if reason.starts_with("no route table") || reason.contains(" in rtb-") => {
                Some(format!("{indent}because: isolated"))
            }
            _ => Some(line.to_string()).filter(|line| !line.contains("route table \"rtb-")),
        },
        ..NONE
    },
    Exception {
        why: "an instance has its private address when it runs; a template rarely says one",
        resource: |resource| without(resource, "AWS::EC2::Instance", &["PrivateIpAddress"]),
        ..NONE
    },
    Exception {
        why: "an Auto Scaling group always wants some number, and has members",
        resource: |resource| without(resource, "AWS::AutoScaling::AutoScalingGroup", &["DesiredCapacity", "Instances"]),
        ..NONE
    },
    Exception {
        why: "the mock server forgets the classic load balancers of an Auto Scaling group",
        resource: |resource| without(resource, "AWS::AutoScaling::AutoScalingGroup", &["LoadBalancerNames"]),
        ..NONE
    },
    Exception {
        why: "the mock server gives every node group a key for SSH",
        resource: |resource| without(resource, "AWS::EKS::Nodegroup", &["RemoteAccess"]),
        ..NONE
    },
    Exception {
        why: "the mock server gives no VPC a block of IPv6",
        resource: |resource| {
            without(resource, "AWS::EC2::VPCCidrBlock", &["AmazonProvidedIpv6CidrBlock"]);
            without(resource, "AWS::EC2::Subnet", &["Ipv6CidrBlock"]);
        },
        ..NONE
    },
    Exception {
        why: "the mock server keeps neither logging nor add-ons",
        line: |line| {
            let said = line.trim_start();
            (!said.starts_with("addons: ") && !said.starts_with("logs: ")).then(|| line.to_string())
        },
        ..NONE
    },
    Exception {
        why: "buckets are not among what an account is asked for",
        line: |line| (!line.starts_with("  s3 ")).then(|| line.to_string()),
        ..NONE
    },
];

/// Accounts whose zones are not those of their template, and why.
const OTHER_ZONES: [(&str, &str); 3] = [
    ("cft-VPC-FindInMapAZs", "the template's map of zones lacks the mock server's region: all subnets came into one"),
    ("adt-hyperpod-eks-full-stack", "a zone by its id, of another region than the mock server's"),
    ("tropo-NatGateway", "the template leaves its subnets' zones to EC2"),
];

fn without(resource: &mut Resource, type_name: &str, keys: &[&str]) {
    if resource.type_name == type_name
        && let Value::Map(fields) = &mut resource.properties.value
    {
        let kept = std::mem::take(fields).into_iter().filter(|(key, _)| !keys.contains(&&**key));
        *fields = kept.collect();
    }
}

/// The answers of an account: the name of each file, and what it holds.
type Answers = Vec<(String, serde_json::Value)>;

/// A way to save answers: files with their bytes.
type Encoding = (&'static str, fn(&Answers) -> Vec<(String, Vec<u8>)>);

const ENCODINGS: &[Encoding] = &[
    ("a file for each call", |answers| files(answers, |value| value.to_string().into_bytes())),
    ("names that say nothing, in another order", |answers| {
        let numbered = answers.iter().rev().enumerate();
        numbered.map(|(n, (_, value))| (format!("{n}.json"), value.to_string().into_bytes())).collect()
    }),
    ("one behind the other", |answers| {
        one(&answers.iter().map(|(_, value)| format!("{value:#}\n")).collect::<String>())
    }),
    ("jq --slurp", |answers| {
        one(&answers.iter().map(|(_, value)| value.clone()).collect::<serde_json::Value>().to_string())
    }),
    ("by the names of files", |answers| {
        let map: serde_json::Map<String, serde_json::Value> = answers.iter().cloned().collect();
        one(&serde_json::Value::Object(map).to_string())
    }),
    ("merged into one envelope", |answers| {
        let mut merged = serde_json::Map::new();
        for (_, answer) in answers {
            for (key, value) in answer.as_object().expect("an envelope") {
                merged.insert(key.clone(), value.clone());
            }
        }
        one(&serde_json::Value::Object(merged).to_string())
    }),
    ("a page for each item", |answers| {
        let mut pages = Vec::new();
        for (name, answer) in answers {
            let envelope = answer.as_object().expect("an envelope");
            if envelope.len() > 1 {
                pages.push((format!("{name}.json"), answer.to_string().into_bytes()));
                continue;
            }
            for (key, value) in envelope {
                let pages_of = value.as_array().filter(|items| !items.is_empty());
                let items = pages_of
                    .map_or(vec![value.clone()], |items| items.iter().map(|item| serde_json::json!([item])).collect());
                for (n, item) in items.into_iter().enumerate() {
                    let page =
                        serde_json::json!({key: item, "NextToken": "x", "ResponseMetadata": {"HTTPStatusCode": 200}});
                    pages.push((format!("{name}-{key}-{n}.json"), page.to_string().into_bytes()));
                }
            }
        }
        pages
    }),
    ("bare lists and objects", |answers| {
        // Of what there is nothing, a bare list does not say what there is nothing of.
        let bare = |(name, answer): &(String, serde_json::Value)| match answer.as_object() {
            Some(envelope) if envelope.len() == 1 && envelope.values().all(|value| *value != serde_json::json!([])) => {
                (name.clone(), envelope.values().next().expect("one").clone())
            }
            _ => (name.clone(), answer.clone()),
        };
        files(&answers.iter().map(bare).collect(), |value| value.to_string().into_bytes())
    }),
    ("as Windows writes it", |answers| {
        files(answers, |value| {
            let text = format!("\u{feff}{value:#}").replace('\n', "\r\n");
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        })
    }),
    ("a snapshot", |answers| {
        let calls: Vec<serde_json::Value> = answers
            .iter()
            .map(|(name, output)| {
                let (command, of) = name.split_once("--").unwrap_or((name, ""));
                let (service, operation) = command.split_once('-').expect("a service");
                serde_json::json!({"service": service, "operation": operation, "region": "ap-northeast-2", "of": of, "output": output})
            })
            .collect();
        one(&serde_json::json!({"eksdiagram": 1, "calls": calls}).to_string())
    }),
];

fn one(text: &str) -> Vec<(String, Vec<u8>)> {
    vec![("account.json".to_string(), text.as_bytes().to_vec())]
}

fn files(answers: &Answers, bytes: fn(&serde_json::Value) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    answers.iter().map(|(name, value)| (format!("{name}.json"), bytes(value))).collect()
}

/// The lab's answers: the study's cluster as an account tells it.
fn lab() -> Answers {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/account/lab");
    let named = |path: PathBuf| (path.file_stem().expect("a name").to_string_lossy().into_owned(), json(&path));
    let mut answers: Answers = std::fs::read_dir(folder)
        .expect("the fixture is there")
        .map(|entry| named(entry.expect("an entry").path()))
        .collect();
    answers.sort_by(|(a, _), (b, _)| a.cmp(b));
    answers
}

/// What the program draws of inputs, and what it says.
fn svg(inputs: &[PathBuf]) -> (Vec<u8>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .args(inputs)
        .args(["--color", "never", "--format", "svg"])
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{inputs:?}: {said}");
    (output.stdout, said)
}

#[test]
fn however_an_account_was_saved_it_is_the_same_picture_to_the_byte() {
    let answers = lab();
    let (expected, said) = svg(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/account/lab")]);
    assert_eq!(said, "");
    for (how, encode) in ENCODINGS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut paths = Vec::new();
        for (name, bytes) in encode(&answers) {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("writable");
            paths.push(path);
        }
        let (picture, said) = svg(&[folder.path().to_path_buf()]);
        assert!(picture == expected && said.is_empty(), "{how}: as a folder: {said}");
        if *how != "bare lists and objects" {
            paths.reverse();
            let (picture, said) = svg(&paths);
            assert!(picture == expected && said.is_empty(), "{how}: as files, in another order: {said}");
        }
    }
}

/// The mock server's account in the shapes of `awscli/variants-of-moto-full-public`: a whole one is the same as the folder,
/// and a file of subnets may stand in the place of the folder's.
#[test]
#[ignore = "needs the corpus: EKSDIAGRAM_CORPUS"]
fn every_variant_of_an_account_in_the_corpus_is_the_same_picture() {
    let Some(corpus) = corpus() else { return };
    let (variants, whole) =
        (corpus.join("awscli/variants-of-moto-full-public"), corpus.join("awscli/moto-full-public"));
    let expected = svg(std::slice::from_ref(&whole)).0;
    for name in ["concatenated-stream.json", "jq-slurped-array.json", "keyed-object.json", "merged-envelope.json"] {
        assert!(svg(&[variants.join(name)]).0 == expected, "{name}");
    }
    let replaced = |by: &[PathBuf], call: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&whole).expect("a folder").map(|entry| entry.expect("an entry").path());
        let others = entries.filter(|path| path.file_stem().is_some_and(|stem| stem != call));
        others.chain(by.iter().cloned()).collect()
    };
    let pages = [1, 2].map(|n| variants.join(format!("paged/ec2-describe-subnets-{n}.json")));
    assert!(svg(&replaced(&pages, "ec2-describe-subnets")).0 == expected, "pages");
    let subnets = [
        "subnets--output-yaml.yaml",
        "subnets--query-bare-list.json",
        "subnets-utf16le-bom-crlf.json",
        "subnets-utf8-bom-crlf.json",
    ];
    for name in subnets {
        assert!(svg(&replaced(&[variants.join(name)], "ec2-describe-subnets")).0 == expected, "{name}");
    }
    let vpcs = [variants.join("vpcs-boto3-responsemetadata.json")];
    assert!(svg(&replaced(&vpcs, "ec2-describe-vpcs")).0 == expected, "boto3");
    let (without, said) = svg(&[variants.join("no-route-tables")]);
    assert!(
        without != expected && said.contains("warning[not-asked]: no answer to `aws ec2 describe-route-tables`"),
        "{said}"
    );
}

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("EKSDIAGRAM_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: EKSDIAGRAM_CORPUS names no folder");
    }
    folder
}

#[test]
#[ignore = "needs the corpus: EKSDIAGRAM_CORPUS"]
fn a_template_and_the_account_that_it_made_are_one_architecture() {
    let Some(corpus) = corpus() else { return };
    let pairs = pairs(&corpus);
    assert!(!pairs.is_empty(), "{} holds no account with its template", corpus.display());
    let mut differing = 0;
    for (account, template) in &pairs {
        let expected = of_template(template, account);
        let found = of_account(account);
        if expected != found {
            differing += 1;
            println!("== {}", account.display());
            print_difference(&expected, &found);
        }
    }
    for why in EXCEPTIONS.iter().map(|exception| exception.why).chain(OTHER_ZONES.map(|(_, why)| why)) {
        println!("but for: {why}");
    }
    println!("{} pairs, {differing} differ", pairs.len());
    assert_eq!(differing, 0);
}

/// Lines that only one side has.
fn print_difference(expected: &str, found: &str) {
    let count = |text: &str| {
        let mut lines: BTreeMap<String, i32> = BTreeMap::new();
        text.lines().for_each(|line| *lines.entry(line.to_string()).or_default() += 1);
        lines
    };
    let (expected, found) = (count(expected), count(found));
    let of = |lines: &BTreeMap<String, i32>, line: &String| lines.get(line).copied().unwrap_or_default();
    for line in expected.keys().filter(|line| of(&expected, line) > of(&found, line)) {
        println!("- {line}");
    }
    for line in found.keys().filter(|line| of(&found, line) > of(&expected, line)) {
        println!("+ {line}");
    }
}

/// Each account of the corpus with its template.
fn pairs(corpus: &Path) -> Vec<(PathBuf, PathBuf)> {
    let listed = |folder: &str| {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(corpus.join(folder)).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let templates: BTreeMap<String, PathBuf> = listed("cfn")
        .into_iter()
        .map(|path| (plain(&path.file_stem().unwrap_or_default().to_string_lossy()), path))
        .collect();
    let accounts = listed("awscli").into_iter();
    accounts
        .filter_map(|account| {
            let name = account.file_name()?.to_string_lossy().strip_prefix("moto-cfn-")?.to_string();
            let template = templates.get(&name).cloned();
            Some((account, template.unwrap_or_else(|| panic!("no template is called {name}"))))
        })
        .collect()
}

/// A name with a hyphen for whatever is neither letter nor digit.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON")
}

fn of_template(template: &Path, account: &Path) -> String {
    let notes = json(&account.join("_skipped.json"));
    let parameters = notes["params"].as_object().into_iter().flatten();
    let parameters = parameters.map(|(name, value)| Given::new(name, value.as_str().unwrap_or_default())).collect();
    let mut sources = Sources::default();
    sources.add("template", std::fs::read_to_string(template).expect("readable"));
    let options = Options { parameters, region: Some("ap-northeast-2".into()), ..Options::default() };
    let inventory = read(&mut sources, &options, None, &mut Vec::new());
    let names: HashMap<Address, String> =
        inventory.resources.keys().map(|address| (address.clone(), tail(address).to_string())).collect();
    told(inventory, &names, zones_of(account))
}

fn of_account(account: &Path) -> String {
    let mut sources = Sources::default();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(account).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for file in files {
        sources.add_found(file.display().to_string(), std::fs::read_to_string(&file).expect("readable"));
    }
    let inventory = read(&mut sources, &Options::default(), None, &mut Vec::new());
    let mut names = HashMap::new();
    for (logical, physical) in json(&account.join("_logical_to_physical.json")).as_object().expect("a map") {
        let id = physical["id"].as_str().expect("an id").replace('/', ":");
        let type_name = physical["type"].as_str().expect("a type");
        let is_it = |address: &Address| tail(address) == id || tail(address).ends_with(&format!(".{id}"));
        let of_type = inventory.resources.values().filter(|resource| resource.type_name == type_name);
        if let Some(resource) = of_type.into_iter().find(|resource| is_it(&resource.address)) {
            names.insert(resource.address.clone(), logical.clone());
        }
    }
    told(inventory, &names, zones_of(account))
}

/// How zones are compared.
#[derive(Clone, Copy)]
enum Zones {
    /// By a number each: a template knows only which of the region's zones it means.
    Numbered,
    /// Not at all.
    Other,
}

fn zones_of(account: &Path) -> Zones {
    let name = account.file_name().unwrap_or_default().to_string_lossy();
    let is_other = OTHER_ZONES.iter().any(|(other, _)| name.strip_prefix("moto-cfn-") == Some(other));
    if is_other { Zones::Other } else { Zones::Numbered }
}

fn tail(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// The architecture of an inventory in which everything is called by its logical name, without what differs for a reason.
fn told(inventory: Inventory, names: &HashMap<Address, String>, zones: Zones) -> String {
    let inventory = with_zones(renamed(inventory, names), zones);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let network = architecture::model(&inventory, &mut diagnostics);
    let mut sources = Sources::default();
    for _ in 0..64 {
        sources.add("", "");
    }
    let text = emit::architecture(&network, &inventory, &sources);
    let lines = text.lines().take_while(|line| *line != "not drawn");
    let lines = lines.map(|line| line.split("  # ").next().unwrap_or_default().to_string());
    let lines = lines.filter_map(|line| EXCEPTIONS.iter().try_fold(line, |line, exception| (exception.line)(&line)));
    lines.map(|line| line + "\n").collect()
}

/// An inventory whose subnets stand in zones of numbers, in the order of the zones' names.
fn with_zones(mut inventory: Inventory, zones: Zones) -> Inventory {
    let zone = |resource: &Resource| resource.property("AvailabilityZone").and_then(Property::shown);
    let names: std::collections::BTreeSet<String> = inventory.of_type("AWS::EC2::Subnet").filter_map(zone).collect();
    for resource in inventory.resources.values_mut().filter(|resource| resource.type_name == "AWS::EC2::Subnet") {
        let number = zone(resource).and_then(|zone| names.iter().position(|name| *name == zone));
        without(resource, "AWS::EC2::Subnet", &["AvailabilityZone", "AvailabilityZoneId"]);
        if let (Zones::Numbered, Some(number), Value::Map(fields)) = (zones, number, &mut resource.properties.value) {
            let text = format!("ap-northeast-2{}", char::from(b'a' + number as u8));
            fields.insert("AvailabilityZone", Property::text(text, resource.origin.place));
        }
    }
    inventory
}

/// Properties that are names.
const NAMES: [&str; 4] = ["Name", "NodegroupName", "AutoScalingGroupName", "LoadBalancerName"];

fn renamed(inventory: Inventory, names: &HashMap<Address, String>) -> Inventory {
    let called = |address: &Address| -> Address {
        let name = names.get(address).map_or(tail(address), String::as_str);
        format!("lab/{name}").into()
    };
    let home = Stack { name: "lab".into(), region: Some(Known::Yes("ap-northeast-2".into())), account: None };
    let mut renamed = Inventory { stacks: vec![home], ..Inventory::default() };
    for (address, mut resource) in inventory.resources {
        if let Some(name) = names.get(&address) {
            resource.name = name.clone();
            resource.origin.name = name.as_str().into();
            if let Value::Map(fields) = &mut resource.properties.value {
                let kept = std::mem::take(fields).into_iter().filter(|(key, _)| !NAMES.contains(&&**key));
                *fields = kept.collect();
                match fields.get_mut("Tags").map(|tags| &mut tags.value) {
                    Some(Value::List(tags)) => {
                        tags.retain(|tag| tag.field("Key").and_then(Property::as_text) != Some("Name"));
                    }
                    Some(Value::Map(tags)) => {
                        let kept = std::mem::take(tags).into_iter().filter(|(key, _)| &**key != "Name");
                        *tags = kept.collect();
                    }
                    _ => {}
                }
            }
        }
        for exception in EXCEPTIONS {
            (exception.resource)(&mut resource);
        }
        rename_references(&mut resource.properties, &called);
        resource.address = called(&address);
        renamed.resources.insert(resource.address.clone(), resource);
    }
    renamed
}

fn rename_references(property: &mut Property, called: &impl Fn(&Address) -> Address) {
    match &mut property.value {
        Value::Reference { to, .. } => *to = called(to),
        Value::List(items) => items.iter_mut().for_each(|item| rename_references(item, called)),
        Value::Map(map) => map.values_mut().for_each(|value| rename_references(value, called)),
        Value::Null | Value::Text(_) | Value::Mixed(_) | Value::Hidden(_) | Value::Later(_) => {}
    }
}
