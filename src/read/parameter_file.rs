//! A file of parameters, in the forms that the AWS CLI and its users write.
//!
//! Source: AWS CLI reference, `cloudformation create-stack --parameters` and `deploy --parameter-overrides`;
//! CodePipeline user guide, "Template configuration file".

use super::Given;
use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::syntax;
use crate::syntax::node::{Node, Value};

/// The names and values of a file: a list of `ParameterKey` and `ParameterValue`, a list of `Name=Value`, a map (itself,
/// or below a key `Parameters`), or lines of `Name=Value`. An entry that is none of these is left out with a warning.
pub fn parameters(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Given>, Diagnostic> {
    if let Some(parameters) = lines(file, text) {
        return Ok(parameters);
    }
    let documents = syntax::parse(file, text, diagnostics)?;
    let Some(node) = documents.first() else { return Ok(Vec::new()) };
    let node = node.field("Parameters").filter(|node| node.as_map().is_some()).unwrap_or(node);
    match &node.value {
        Value::Map(map) => Ok(map
            .iter()
            .filter_map(|(name, entry)| match text_of(&entry.node) {
                Some(value) => Some(Given::new(&**name, value).at(entry.key())),
                None => {
                    diagnostics.push(no_value(name, entry.key()));
                    None
                }
            })
            .collect()),
        Value::List(items) => Ok(items.iter().filter_map(|item| listed(item, diagnostics)).collect()),
        Value::Null | Value::Scalar(_) => {
            let start = Span { end: node.place.span.start, ..node.place.span };
            let message = "this is no file of parameters: it has neither a list, nor a map, nor lines `Name=Value`";
            let origin = Origin::new("", Place { span: start, ..node.place });
            Err(Diagnostic::error("parameter-file", message).at(origin).hint(FORM))
        }
    }
}

const FORM: &str = r#"write [{"ParameterKey": "Name", "ParameterValue": "value"}], or a map, or lines `Name=value`"#;

/// Lines of `Name=Value`, if the first one is such; `#` begins a comment line.
fn lines(file: FileId, text: &str) -> Option<Vec<Given>> {
    let mut end = 0;
    let placed = text.split_inclusive('\n').map(|line| {
        let start = end + (line.len() - line.trim_start().len()) as u32;
        end += line.len() as u32;
        let line = line.trim();
        (line, Place { file, span: Span { start, end: start + line.len() as u32 } })
    });
    let lines = placed.filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let pairs: Option<Vec<Given>> = lines.map(|(line, place)| Some(pair(line)?.at(place))).collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

/// A parameter's name is of letters and digits. Source: CloudFormation user guide, "Parameters".
fn pair(text: &str) -> Option<Given> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| Given::new(name, unquoted(value.trim())))
}

fn unquoted(value: &str) -> &str {
    let within = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

fn listed(item: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Given> {
    let name = item.field("ParameterKey").and_then(Node::as_text);
    let value = item.field("ParameterValue").and_then(text_of);
    let uses_previous = item.field("UsePreviousValue").and_then(Node::as_text) == Some("true");
    match (name, value) {
        (Some(name), Some(value)) => return Some(Given::new(name, value).at(item.place)),
        // What the stack has already is nothing that a file could say.
        (Some(_), None) if uses_previous => return None,
        (Some(name), None) => diagnostics.push(no_value(name, item.place)),
        (None, _) => match item.as_text().map(pair) {
            Some(Some(pair)) => return Some(pair.at(item.place)),
            _ => {
                let message = "this entry has no `ParameterKey`; it is left out";
                let origin = Origin::new("", item.place);
                diagnostics.push(Diagnostic::warning("parameter-file", message).at(origin).hint(FORM));
            }
        },
    }
    None
}

fn no_value(name: &str, place: Place) -> Diagnostic {
    let message = format!("`{name}` has no value that a parameter can have; it is left out");
    let hint = "a value is a text, a number, or a list of these";
    Diagnostic::warning("parameter-file", message).at(Origin::new(name, place)).hint(hint)
}

/// A scalar, or a list of scalars joined by commas, as a template takes a list.
fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.to_string()),
        Value::List(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Node::as_text).collect();
            texts.map(|texts| texts.join(","))
        }
        Value::Null | Value::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_read(text: &str, expected: &[(&str, &str)]) {
        let mut diagnostics = Vec::new();
        let read = parameters(FileId(0), text, &mut diagnostics).expect(text);
        let read: Vec<(&str, &str)> = read.iter().map(|given| (&*given.name, &*given.value)).collect();
        assert_eq!((read.as_slice(), diagnostics.as_slice()), (expected, [].as_slice()), "{text}");
    }

    #[test]
    fn the_aws_cli_s_list_is_read() {
        let text = r#"[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true},
                       {"ParameterKey": "C", "ParameterValue": "x,y", "ResolvedValue": "z"}]"#;
        assert_read(text, &[("A", "1"), ("C", "x,y")]);
        assert_read(r#"["A=1", "B=x=y"]"#, &[("A", "1"), ("B", "x=y")]);
    }

    #[test]
    fn a_map_is_read_in_json_and_yaml_by_itself_or_below_parameters() {
        assert_read(r#"{"A": "1", "B": 2, "C": ["x", "y"]}"#, &[("A", "1"), ("B", "2"), ("C", "x,y")]);
        assert_read("Parameters:\n  A: 010\nTags: {T: t}\n", &[("A", "010")]);
        assert_read("A: true\nB: [x, y]\n", &[("A", "true"), ("B", "x,y")]);
    }

    #[test]
    fn lines_are_read_with_their_comments_and_quotes() {
        assert_read("# of the lab\nA=1\r\n\nB = 'x y'\nC=\"\"\n", &[("A", "1"), ("B", "x y"), ("C", "")]);
        assert_read("", &[]);
    }

    #[test]
    fn every_parameter_knows_where_the_file_says_it() {
        for (text, expected) in [
            ("# lab\n  A=1\nB = 2\n", ["A=1", "B = 2"]),
            (r#"{"A": "1", "B": 2}"#, [r#""A""#, r#""B""#]),
            (r#"["A=1", "B=2"]"#, [r#""A=1""#, r#""B=2""#]),
        ] {
            let read = parameters(FileId(0), text, &mut Vec::new()).expect(text);
            let spans = read.iter().map(|given| given.origin.as_ref().expect("a place").place.span);
            let places: Vec<&str> = spans.map(|span| &text[span.start as usize..span.end as usize]).collect();
            assert_eq!(places, expected);
        }
    }

    #[test]
    fn what_is_no_parameter_is_named_and_left_out() {
        let mut diagnostics = Vec::new();
        let text = r#"[{"ParameterKey": "A"}, {"Key": "B"}, {"ParameterKey": "C", "ParameterValue": {}}, "D=1"]"#;
        assert_eq!(parameters(FileId(0), text, &mut diagnostics).expect("a list").len(), 1);
        assert_eq!(diagnostics.len(), 3);
        let refused = parameters(FileId(0), "just words", &mut diagnostics).expect_err("no parameters");
        assert_eq!(refused.code, "parameter-file");
    }
}
