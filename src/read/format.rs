//! Finds out what a document is, by its content.

use super::account;
use crate::diag::{Diagnostic, FileId, Origin, Place, Severity, Span};
use crate::syntax::node::{Node, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    CloudFormation,
    /// Of eksctl.
    ClusterConfig,
    /// What the AWS CLI says of an account.
    Account,
}

/// Sections that only a template has.
const SECTIONS: [&str; 5] = ["AWSTemplateFormatVersion", "Resources", "Transform", "Mappings", "Conditions"];

/// A document that cannot be read.
#[derive(Debug)]
pub struct Trouble {
    what: String,
    hint: Option<&'static str>,
    place: Place,
}

pub fn of(node: &Node) -> Result<Format, Trouble> {
    let text = |key| node.field(key).and_then(Node::as_text).unwrap_or_default();
    if text("apiVersion").starts_with("eksctl.io/") || text("kind") == "ClusterConfig" {
        return Ok(Format::ClusterConfig);
    }
    let has = |key: &&str| body(node).field(key).is_some_and(|field| **key != *"Resources" || !is_list(field));
    if text("apiVersion").is_empty() && SECTIONS.iter().any(has) {
        return Ok(Format::CloudFormation);
    }
    if account::is_answer(node) {
        return Ok(Format::Account);
    }
    // Of a whole text or list, only where it begins.
    let place = match node.as_map().and_then(|map| map.values().next()) {
        Some(entry) => entry.key(),
        None => Place { span: Span { end: node.place.span.start, ..node.place.span }, ..node.place },
    };
    let (what, hint) = resemblance(node);
    Err(Trouble { what, hint, place })
}

/// The template itself: `aws cloudformation get-template` prints it within a `TemplateBody`.
pub fn body(node: &Node) -> &Node {
    node.field("TemplateBody").filter(|body| body.as_map().is_some()).unwrap_or(node)
}

/// A file without a document.
pub fn nothing(file: FileId) -> Diagnostic {
    Diagnostic::error("empty-input", "the file holds nothing but comments")
        .at(Origin::new("", Place { file, span: Span::default() }))
}

impl Trouble {
    pub fn into_error(self) -> Diagnostic {
        self.into_diagnostic(Severity::Error)
    }

    pub fn into_warning(self) -> Diagnostic {
        self.into_diagnostic(Severity::Warning)
    }

    /// Of a file that only lies in a folder.
    pub fn into_note(self) -> Diagnostic {
        self.into_diagnostic(Severity::Note)
    }

    fn into_diagnostic(self, severity: Severity) -> Diagnostic {
        let what = self.what;
        let message = format!(
            "this is neither a CloudFormation template, nor an eksctl ClusterConfig, nor the AWS CLI's output; {what}"
        );
        let mut diagnostic = Diagnostic::error("unknown-format", message).at(Origin::new("", self.place));
        diagnostic.severity = severity;
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic.hint("a template has a map `Resources`, a ClusterConfig `kind: ClusterConfig`"),
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// Keys by which other files are known: all of a row must be there.
const OTHERS: &[(&[&str], &str, Option<&str>)] = &[
    (&["planned_values"], "it looks like a Terraform plan", None),
    (&["terraform_version", "lineage"], "it looks like a Terraform state", None),
    (&["format_version", "values"], "it looks like a Terraform state", None),
    (&["services"], "it looks like a Compose file", None),
    (
        &["service", "provider"],
        "it looks like a Serverless Framework file",
        Some("give the template that `serverless package` writes"),
    ),
    (&["apiVersion", "name", "version"], "it looks like a Helm chart's description", None),
    (
        &["artifacts", "version"],
        "it looks like the manifest of a CDK app",
        Some("give the `*.template.json` files beside it"),
    ),
    (&["app", "context"], "it looks like the settings of a CDK app", Some("give the template that `cdk synth` writes")),
    (&["jobs", "on"], "it looks like a GitHub workflow", None),
    (&["stages"], "it looks like a pipeline", None),
    (&["openapi"], "it looks like an OpenAPI description", None),
    (&["Statement"], "it looks like an IAM policy", None),
    (
        &["TemplateBody"],
        "it looks like `aws cloudformation get-template`",
        Some("print the template alone: `--query TemplateBody --output text`"),
    ),
    (&["Parameters"], "it looks like a file of parameters", Some("give the template that they are for")),
];

fn resemblance(node: &Node) -> (String, Option<&'static str>) {
    let has = |key: &str| node.field(key).is_some();
    match &node.value {
        Value::Map(map) => {
            if let Some(kind) = node.field("kind").and_then(Node::as_text).filter(|_| has("apiVersion")) {
                return (format!("it looks like a Kubernetes manifest (kind {kind})"), None);
            }
            if let Some((_, what, hint)) = OTHERS.iter().find(|(keys, _, _)| keys.iter().all(|key| has(key))) {
                return ((*what).to_string(), *hint);
            }
            if map.values().any(|entry| is_resource(&entry.node)) {
                let hint = "put these resources under a key `Resources`";
                return ("it looks like the inside of a template's `Resources`".to_string(), Some(hint));
            }
            let keys: Vec<String> = map.keys().take(3).map(|key| format!("`{}`", cut(key))).collect();
            let more = if map.len() > 3 { ", .." } else { "" };
            match keys.as_slice() {
                [] => ("it is an empty map".to_string(), None),
                keys => (format!("its keys are {}{more}", keys.join(", ")), None),
            }
        }
        Value::List(items) => match items.first() {
            Some(first) if first.field("ParameterKey").is_some() => {
                ("it looks like a file of parameters".to_string(), Some("give the template that they are for"))
            }
            Some(first) if first.as_list().is_some() => {
                let hint = "of the AWS CLI's output all fields are needed: leave `--query` out";
                (format!("it is a list of {} lists", items.len()), Some(hint))
            }
            Some(first) if first.field("hosts").is_some() => ("it looks like an Ansible playbook".to_string(), None),
            _ => (format!("it is a list of {} items", items.len()), None),
        },
        Value::Scalar(scalar) if is_terraform(scalar) => ("it looks like Terraform".to_string(), None),
        Value::Scalar(scalar) => (format!("it is a text: `{}`", cut(scalar)), None),
        Value::Null => ("it is empty".to_string(), None),
    }
}

fn is_resource(node: &Node) -> bool {
    node.field("Type").and_then(Node::as_text).is_some_and(|name| name.starts_with("AWS::"))
}

fn is_terraform(text: &str) -> bool {
    ["resource \"", "provider \"", "module \"", "variable \"", "terraform {", "data \""]
        .iter()
        .any(|start| text.trim_start().starts_with(start))
}

/// The first words of something that may be long.
fn cut(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_string(),
    }
}
