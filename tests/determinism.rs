//! The same bytes for the same network, whatever the machine, its settings, and the way that the input was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use eksdiagram::diag::{FileId, Sources};
use eksdiagram::syntax::{self, node};
use serde_json::Value;
use tempfile::TempDir;

const ENDINGS: [&str; 6] = ["svg", "png", "drawio", "drawio.svg", "drawio.png", "json"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> PathBuf {
    root().join("fixtures").join(name)
}

/// The bytes of all formats, by their endings, of a command that draws these inputs.
fn drawn(command: &mut Command, inputs: &[PathBuf]) -> BTreeMap<&'static str, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |ending: &str| folder.path().join(format!("a.{ending}"));
    command.args(inputs).args(["--view", "all"]).stdin(Stdio::null());
    ENDINGS.iter().for_each(|ending| _ = command.arg("-o").arg(file(ending)));
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |ending: &'static str| (ending, std::fs::read(file(ending)).expect("drawn"));
    ENDINGS.into_iter().map(read).collect()
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
}

#[track_caller]
fn assert_same(one: &BTreeMap<&str, Vec<u8>>, other: &BTreeMap<&str, Vec<u8>>, but: &[&str]) {
    for (ending, bytes) in one.iter().filter(|(ending, _)| !but.contains(ending)) {
        assert!(*bytes == other[ending], "{ending} differs");
    }
}

const INPUTS: [&[&str]; 3] =
    [&["study/quickstart.yaml"], &["study/myeks.yaml", "study/cluster.yaml"], &["figures/transit-gateway-hub.yaml"]];

fn inputs() -> impl Iterator<Item = Vec<PathBuf>> {
    INPUTS.into_iter().map(|names| names.iter().map(|name| fixture(name)).collect())
}

#[test]
fn one_thread_draws_what_many_draw() {
    for inputs in inputs() {
        let many = drawn(&mut program(), &inputs);
        let mut one = Command::new("taskset");
        one.args(["-c", "0"]).arg(env!("CARGO_BIN_EXE_eksdiagram"));
        assert_same(&many, &drawn(&mut one, &inputs), &[]);
    }
}

#[test]
fn no_setting_of_the_machine_changes_a_byte() {
    for inputs in inputs() {
        let usual = drawn(&mut program(), &inputs);
        for (name, value) in [
            ("LANG", "C"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LC_ALL", "ko_KR.EUC-KR"),
            ("TZ", "Pacific/Kiritimati"),
            ("TZ", "nonsense"),
            ("SOURCE_DATE_EPOCH", "1"),
            ("RUST_LOG", "trace"),
            ("NO_COLOR", "1"),
            ("COLUMNS", "10"),
        ] {
            assert_same(&usual, &drawn(program().env(name, value), &inputs), &[]);
        }
        assert_same(&usual, &drawn(program().current_dir("/"), &inputs), &[]);
    }
}

/// A page of JSON tells where things stand in the input, and so do links: that is another place in the twin.
#[test]
fn a_template_in_json_is_the_picture_of_its_twin_in_yaml() {
    let names = [
        "study/quickstart.yaml",
        "study/myeks.yaml",
        "study/endpoint.yaml",
        "study/application.yaml",
        "doors/cluster.yaml",
    ];
    for name in names {
        let yaml = fixture(name);
        let folder = TempDir::new().expect("a temporary folder");
        let twin = folder.path().join(Path::new(name).file_name().expect("a name"));
        std::fs::write(&twin, json(&yaml)).expect("writable");
        assert_same(&drawn(&mut program(), &[yaml]), &drawn(&mut program(), &[twin]), &["json"]);
    }
}

/// A file of one document, with CloudFormation's long forms for its short tags.
fn json(yaml: &Path) -> String {
    let text = std::fs::read_to_string(yaml).expect("the fixture");
    let file = Sources::default().add("twin", text.as_str());
    assert_eq!(file, FileId(0));
    let documents = syntax::parse(file, &text, &mut Vec::new()).expect("it parses");
    let json = serde_json::to_string_pretty(&value(&documents[0])).expect("JSON");
    assert!(json.starts_with('{') && json.len() > 100);
    json
}

fn value(node: &node::Node) -> Value {
    let bare = match &node.value {
        node::Value::Null => Value::Null,
        node::Value::Scalar(scalar) => match &**scalar {
            flag @ ("true" | "false") => (flag == "true").into(),
            number if number.parse::<u32>().is_ok_and(|n| n.to_string() == number) => {
                number.parse::<u32>().expect("a number").into()
            }
            text => text.into(),
        },
        node::Value::List(items) => items.iter().map(value).collect(),
        node::Value::Map(map) => map.iter().map(|(key, entry)| (key.to_string(), value(&entry.node))).collect(),
    };
    let Some(tag) = node.tag.as_deref().map(String::as_str) else { return bare };
    let (name, argument) = match (tag, &bare) {
        ("Ref" | "Condition", _) => (tag.to_string(), bare),
        ("GetAtt", Value::String(text)) => {
            let (id, attribute) = text.split_once('.').expect("an attribute");
            ("Fn::GetAtt".to_string(), Value::from(vec![id, attribute]))
        }
        (name, _) => (format!("Fn::{name}"), bare),
    };
    Value::Object([(name, argument)].into_iter().collect())
}
