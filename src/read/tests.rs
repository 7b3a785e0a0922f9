use super::*;
use crate::diag::Severity;
use crate::syntax;

fn read_all(inputs: &[(&str, &str)]) -> (Inventory, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    for (name, text) in inputs {
        sources.add(*name, *text);
    }
    let mut diagnostics = Vec::new();
    let inventory = read(&mut sources, &Options::default(), None, &mut diagnostics);
    (inventory, diagnostics, sources)
}

fn of_file(name: &str) -> (Inventory, Vec<Diagnostic>, Sources) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad").join(name);
    let text = syntax::decode(std::fs::read(path).expect("the fixture is there")).expect("the fixture is text");
    read_all(&[(name, &text)])
}

/// Code, line, column and first hint of each diagnostic.
fn told(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<(&'static str, usize, usize, String)> {
    let hint = |d: &Diagnostic| d.hints.first().cloned().unwrap_or_default();
    let place = |d: &Diagnostic| d.origin.as_ref().map_or((0, 0), |origin| sources.line_column(origin.place));
    diagnostics.iter().map(|d| (d.code, place(d).0, place(d).1, hint(d))).collect()
}

#[track_caller]
fn assert_told(file: &str, expected: &[(&str, usize, usize, &str)]) -> Inventory {
    let (inventory, diagnostics, sources) = of_file(file);
    let told = told(&diagnostics, &sources);
    assert_eq!(told.len(), expected.len(), "{file}: {told:#?}");
    for (told, (code, line, column, hint)) in told.iter().zip(expected) {
        assert_eq!((told.0, told.1, told.2), (*code, *line, *column), "{file}: {told:?}");
        assert!(told.3.contains(hint), "{file}: {told:?}");
    }
    inventory
}

const VPC: &str = "Resources: {Vpc: {Type: AWS::EC2::VPC}}";

#[test]
fn every_bad_template_says_what_is_wrong_where_and_what_to_do() {
    assert_told("no-resources.yaml", &[("no-resources", 1, 1, "")]);
    assert_told("resources-misspelled.yaml", &[("no-resources", 1, 1, "`Resource` is spelled `Resources`")]);
    assert_told("trailing-comma.json", &[("json-syntax", 7, 35, "remove the comma")]);
    assert_told("tab.yaml", &[("yaml-syntax", 3, 1, "spaces")]);
    assert_told("unknown-tag.yaml", &[("unknown-tag", 12, 18, "did you mean `!Sub`?")]);
    assert_told("unknown-function.json", &[("unknown-function", 5, 36, "did you mean `Fn::Join`?")]);
    assert_told("cyclic-ref.yaml", &[("circular-dependency", 2, 3, "resource of its own")]);
    assert_told("cyclic-condition.yaml", &[("cyclic-reference", 3, 17, "break the cycle")]);
    assert_told("reference-to-absent.yaml", &[("reference-to-absent", 19, 26, "Fn::If")]);
    assert_told(
        "malformed-function.yaml",
        &[("malformed-function", 5, 18, ""), ("malformed-function", 6, 24, ""), ("index-out-of-range", 7, 26, "")],
    );
    assert_told(
        "missing-map-key.yaml",
        &[("missing-map-key", 9, 18, "did you mean `Cidr`?"), ("missing-map-key", 13, 18, "it has `Vpc`")],
    );
    assert_told("kubernetes.yaml", &[("unknown-format", 1, 1, "Resources")]);
    assert_told("deep.yaml", &[("too-deep", 5, 146, "")]);
    assert_told("billion-laughs.yaml", &[("too-many-values", 6, 9, "alias")]);
}

#[test]
fn a_reference_to_nothing_is_pointed_at_to_the_letter() {
    assert_told(
        "unresolved-reference.yaml",
        &[
            ("unresolved-reference", 9, 18, "did you mean `VpcBlock`?"),
            ("unresolved-reference", 13, 14, "did you mean `Vpc`?"),
            ("unresolved-reference", 17, 27, "did you mean `AWS::Region`?"),
        ],
    );
}

#[test]
fn a_resource_that_is_none_costs_only_itself() {
    let inventory = assert_told(
        "malformed-resource.yaml",
        &[("malformed-resource", 6, 3, ""), ("malformed-resource", 9, 3, ""), ("malformed-resource", 13, 7, "")],
    );
    assert_eq!(inventory.resources.len(), 2);
}

#[test]
fn utf16_and_duplicate_keys_are_drawn() {
    let utf16 = assert_told("utf-16.yaml", &[]);
    let name = utf16.resources["utf-16/Vpc"].tag("Name").and_then(|tag| tag.as_text().map(str::to_string));
    assert_eq!(name.as_deref(), Some("실습용 VPC"));
    let doubled = assert_told("duplicate-key.yaml", &[("duplicate-key", 6, 7, "rename")]);
    let block = doubled.resources["duplicate-key/Vpc"].property("CidrBlock").and_then(|block| block.as_text());
    assert_eq!(block, Some("10.1.0.0/16"));
}

#[test]
fn what_a_foreign_file_looks_like_is_said() {
    for (text, what) in [
        ("apiVersion: v1\nkind: Service\n", "Kubernetes manifest (kind Service)"),
        ("{\"planned_values\": {}}", "Terraform plan"),
        ("resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n", "Terraform"),
        ("services:\n  web: {image: nginx}\n", "Compose"),
        ("[[\"subnet-1\", \"10.0.0.0/24\"]]", "a list of 1 lists"),
        ("[{\"ParameterKey\": \"A\", \"ParameterValue\": \"b\"}]", "parameters"),
        ("Vpc: {Type: AWS::EC2::VPC}", "inside of a template's `Resources`"),
        ("just words", "`just words`"),
    ] {
        let (_, diagnostics, _) = read_all(&[("in", text)]);
        let diagnostic = diagnostics.first().expect("says something");
        assert_eq!((diagnostic.code, diagnostic.severity), ("unknown-format", Severity::Error), "{text}");
        assert!(diagnostic.message.contains(what), "{text}: {}", diagnostic.message);
    }
    assert_eq!(read_all(&[("in", "# only a comment\n")]).1[0].code, "empty-input");
}

#[test]
fn a_foreign_document_beside_a_template_is_only_a_warning() {
    let text = format!("{VPC}\n---\napiVersion: v1\nkind: Namespace\n");
    let (inventory, diagnostics, _) = read_all(&[("in.yaml", &text)]);
    assert_eq!(inventory.resources.len(), 1);
    assert_eq!((diagnostics[0].code, diagnostics[0].severity), ("unknown-format", Severity::Warning));
}

#[test]
fn stacks_are_called_after_their_files_each_by_a_name_of_its_own() {
    let (inventory, _, _) = read_all(&[("net/vpc.yaml", VPC), ("other\\vpc.json", VPC), ("-", VPC), (".hidden", VPC)]);
    let names: Vec<&str> = inventory.stacks.iter().map(|stack| &*stack.name).collect();
    assert_eq!(names, ["vpc", "vpc~2", "stdin", ".hidden"]);
    assert!(inventory.resources.contains_key("vpc~2/Vpc"));
}

#[test]
fn the_answer_of_get_template_is_its_template() {
    let text = "{\"TemplateBody\": {\"Resources\": {\"Vpc\": {\"Type\": \"AWS::EC2::VPC\"}}}, \"StagesAvailable\": []}";
    let (inventory, diagnostics, _) = read_all(&[("in.json", text)]);
    assert_eq!((inventory.resources.len(), diagnostics.len()), (1, 0));
}

#[test]
fn an_input_that_does_not_parse_leaves_the_others_standing() {
    let (inventory, diagnostics, _) = read_all(&[("bad.yaml", "a: \"b\n"), ("good.yaml", VPC)]);
    assert_eq!((inventory.resources.len(), diagnostics[0].code), (1, "yaml-syntax"));
}

#[test]
fn secrets_are_in_the_order_of_the_text_whichever_documents_can_be_read() {
    let unreadable = r#"{"Token": "first"}"#;
    let template = r#"{"Resources": {"Db": {"Type": "T", "Properties": {"Password": "second"}}}}"#;
    let (_, _, sources) = read_all(&[("input", &format!("{unreadable} {template}"))]);
    let source = sources.source(FileId(0));
    let hidden = source.hidden.as_ref().expect("the file was understood").iter();
    let texts: Vec<&str> = hidden.map(|span| &source.text[span.start as usize..span.end as usize]).collect();
    assert_eq!(texts, ["\"first\"", "\"second\""]);
}
