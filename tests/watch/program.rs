//! `eksdiagram watch` as it runs, and the scripts that look at its page.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a script of tests/watch says.
pub fn told(script: &str, arguments: &[&OsStr]) -> Value {
    let script = project().join("tests/watch").join(script);
    let output = Command::new("node").arg(script).args(arguments).output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&said)
        .unwrap_or_else(|_| panic!("no report: {said}{}", String::from_utf8_lossy(&output.stderr)))
}

/// What html-validate finds in a page: line, rule, message.
pub fn faults_of_html(page: &Path) -> Vec<String> {
    let output = Command::new("node")
        .arg(project().join(".tools/html/node_modules/html-validate/bin/html-validate.mjs"))
        .args(["--formatter", "json", "--config"])
        .arg(project().join("tests/watch/html-validate.json"))
        .arg(page)
        .output()
        .expect("node runs");
    let said: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no report: {}", String::from_utf8_lossy(&output.stderr)));
    let messages =
        said.as_array().expect("files").iter().flat_map(|file| file["messages"].as_array().expect("messages"));
    messages.map(|fault| format!("{} {} {}", fault["line"], fault["ruleId"], fault["message"])).collect()
}

/// The program while it watches files in a folder of their own.
pub struct Watched {
    child: Child,
    /// Of the page: `http://127.0.0.1:40123/`.
    pub address: String,
    pub folder: tempfile::TempDir,
}

impl Watched {
    /// Watches these of the files.
    pub fn files(files: &[(&str, String)], inputs: &[&str], arguments: &[&str]) -> Watched {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("writable");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(folder.path())
            .args(["watch", "--port", "0"])
            .args(inputs)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut address).expect("it says its address");
        Watched { child, address: address.trim().to_string(), folder }
    }

    /// Watches the study's lab.
    pub fn lab(arguments: &[&str]) -> Watched {
        let cluster = std::fs::read_to_string(project().join("fixtures/study/cluster.yaml")).expect("a fixture");
        let files = [("main.yaml", lab_template()), ("cluster.yaml", cluster)];
        Watched::files(&files, &["main.yaml", "cluster.yaml"], arguments)
    }

    /// Watches a template that nests another one, with a file of parameters.
    pub fn nested() -> Watched {
        let main = "Parameters: {Name: {Type: String}}\nResources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16, Tags: [{Key: Name, Value: !Ref Name}]}\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: child.yaml, Parameters: {Vpc: !Ref Vpc}}\n";
        let child = "Parameters: {Vpc: {Type: String}}\nResources:\n  Subnet:\n    Type: AWS::EC2::Subnet\n    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1a}\n";
        let parameters = r#"[{"ParameterKey": "Name", "ParameterValue": "first"}]"#;
        let files = [("main.yaml", main), ("child.yaml", child), ("parameters.json", parameters)];
        let files = files.map(|(name, text)| (name, text.to_string()));
        Watched::files(&files, &["main.yaml"], &["--parameters", "parameters.json"])
    }

    /// `127.0.0.1:40123`.
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://").trim_end_matches('/')
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn lab_template() -> String {
    std::fs::read_to_string(project().join("fixtures/study/myeks.yaml")).expect("a fixture")
}
