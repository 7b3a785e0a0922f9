//! What an input keeps secret no output tells, and what `--redact` masks is masked in all of them.
//!
//! fixtures/secrets has a secret with the word CANARY in every place that holds one, and faults beside them, so that
//! messages cite their lines.

mod outputs;

use std::process::{Command, Stdio};

use outputs::{Output, everything, root, run};

const CANARY: &str = "CANARY";

/// A test fails with where the word stands, not with a picture.
fn assert_kept(outputs: &[Output], word: &str) {
    for output in outputs {
        if let Some(at) = output.text.find(word) {
            let line = output.text[..at].rfind('\n').map_or(0, |at| at + 1);
            let shown: String = output.text[line.max(at.saturating_sub(200))..].chars().take(400).collect();
            panic!("{}: {shown}", output.made_by);
        }
    }
}

#[test]
fn no_secret_of_a_template_is_told_by_any_output() {
    for parameters in ["parameters.json", "lines.txt"] {
        let parameters = format!("fixtures/secrets/{parameters}");
        let outputs = everything(&["fixtures/secrets/template.yaml"], &["--parameters", &parameters]);
        let said = outputs.iter().filter(|output| output.text.contains("duplicate-key")).count();
        assert!(said > 3, "the faults beside the secrets are said");
        assert_kept(&outputs, CANARY);
    }
    let outputs = everything(&["fixtures/secrets/template.yaml"], &["--parameter", "GivenKey=CANARY-given"]);
    assert_kept(&outputs, CANARY);
}

#[test]
fn no_secret_of_a_cluster_config_or_of_an_account_is_told_by_any_output() {
    let account = std::fs::read_to_string(root().join("fixtures/secrets/account.json")).expect("the fixture");
    let script = account.split_once("\"UserData\": \"").and_then(|(_, rest)| rest.split('"').next()).expect("a script");
    assert!(script.len() > 80);
    for input in ["fixtures/secrets/cluster.yaml", "fixtures/secrets/account.json"] {
        let outputs = everything(&[input], &[]);
        assert_kept(&outputs, CANARY);
        assert_kept(&outputs, &script[40..]);
    }
}

/// A text that does not parse has no tree that says what is a secret.
#[test]
fn a_message_about_a_broken_input_cites_no_secret() {
    for input in ["template.yaml", "nested.yaml", "cluster.yaml", "account.json"] {
        let text = std::fs::read_to_string(root().join("fixtures/secrets").join(input)).expect("the fixture");
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..lines.len()).filter(|at| lines[*at].contains(CANARY)).step_by(3) {
            for fault in ["\" [", "\t: @\" }"] {
                let broken: Vec<String> = lines
                    .iter()
                    .enumerate()
                    .map(|(n, line)| format!("{line}{}", if n == at { fault } else { "" }))
                    .collect();
                let mut child = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
                    .arg("-")
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("the program runs");
                std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), broken.join("\n").as_bytes())
                    .expect("it reads");
                let output = child.wait_with_output().expect("it ends");
                for bytes in [output.stdout, output.stderr] {
                    let said = String::from_utf8_lossy(&bytes);
                    assert!(!said.contains(CANARY), "{input}:{}: {said}", at + 1);
                }
            }
        }
    }
}

/// What tells whose network it is, in fixtures/redact.
const TELLING: [&str; 11] = [
    "444455556666",
    "111122223333",
    "52.95.110.7",
    "52.95.110.0/24",
    "2600:1f16",
    "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
    "my-lb-1234567890",
    "corp.example.org",
    "c1abcdefgh",
    "54.1.2.3",
    "d111111abcdef8",
];

const REDACTED: [&str; 2] = ["fixtures/redact/template.yaml", "fixtures/redact/444455556666.json"];

#[test]
fn what_is_redacted_is_in_no_output() {
    let plain = everything(&REDACTED, &[]);
    for word in TELLING {
        assert!(plain.iter().any(|output| output.text.contains(word)), "{word} is told where nothing is redacted");
    }
    let given = ["--redact", "--account", "444455556666", "--parameter", "Office=54.1.2.3/32"];
    let redacted = everything(&REDACTED, &given);
    for word in TELLING {
        assert_kept(&redacted, word);
    }
}

#[test]
fn a_redacted_network_is_judged_as_it_is() {
    let codes = |arguments: &[&str]| {
        let judged = run(&[&["check", "--format", "json"][..], &REDACTED, arguments].concat());
        let verdicts: Vec<serde_json::Value> = serde_json::from_str(&judged.out).expect("JSON");
        let state = |one: &serde_json::Value| (one["code"].to_string(), one["state"].to_string());
        let mut states: Vec<(String, String)> = verdicts.iter().map(state).collect();
        states.sort();
        states
    };
    assert!(!codes(&[]).is_empty());
    assert_eq!(codes(&[]), codes(&["--redact"]));
}

#[test]
fn masks_do_not_depend_on_the_order_of_the_inputs() {
    let [one, other] = REDACTED;
    let shown = |inputs: [&str; 2]| run(&[&inputs[..], &["--redact"]].concat()).out;
    assert_eq!(shown([one, other]), shown([other, one]));
}
