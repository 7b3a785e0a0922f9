use super::node::Node;
use super::*;
use crate::diag::{Place, Sources};

fn read(text: &str) -> (Result<Vec<Node>, Diagnostic>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let documents = parse(FileId(0), text, &mut diagnostics);
    (documents, diagnostics)
}

fn tree(text: &str) -> Node {
    let (documents, _) = read(text);
    documents.expect("parses").into_iter().next().expect("has a document")
}

fn error(text: &str) -> Diagnostic {
    read(text).0.expect_err("does not parse")
}

/// Code, line and column.
fn at(text: &str, diagnostic: &Diagnostic) -> (&'static str, usize, usize) {
    let mut sources = Sources::default();
    sources.add("input", text);
    let (line, column) = sources.line_column(diagnostic.origin.as_ref().expect("has a place").place);
    (diagnostic.code, line, column)
}

fn source(text: &str, place: Place) -> &str {
    &text[place.span.start as usize..place.span.end as usize]
}

fn bad(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad").join(name);
    std::fs::read(path).expect("the fixture is there")
}

fn bad_text(name: &str) -> String {
    decode(bad(name)).expect("the fixture is text")
}

fn utf16(text: &str, mark: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(to_bytes)).collect()
}

#[test]
fn utf16_reads_like_utf8_with_and_without_a_mark() {
    let text = "Name: 한글\n";
    for bytes in [
        utf16(text, b"\xFF\xFE", u16::to_le_bytes),
        utf16(text, b"\xFE\xFF", u16::to_be_bytes),
        utf16(text, b"", u16::to_le_bytes),
        utf16(text, b"", u16::to_be_bytes),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    ] {
        assert_eq!(decode(bytes).as_deref(), Ok(text));
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_by_name() {
    let zip = decode(*b"PK\x03\x04\x14\x00\x00\x00\x08\x00\xFF").expect_err("is an archive");
    assert!(zip.code == "not-text" && zip.message.contains("ZIP"), "{zip:?}");
    assert_eq!(decode(bad("binary.bin")).expect_err("is binary").code, "not-text");
    assert_eq!(decode(bad("empty.yaml")).expect_err("is empty").code, "empty-input");
    assert_eq!(decode(*b" \r\n\t").expect_err("is blank").code, "empty-input");
    let cp949 = decode(*b"Description: \xC7\xD1\xB1\xDB\n").expect_err("is not UTF-8");
    assert!(cp949.message.contains("line 1") && cp949.hints[0].contains("UTF-8"), "{cp949:?}");
}

#[test]
fn an_input_beyond_the_limit_is_not_even_decoded() {
    let bytes = vec![b'a'; crate::limits::INPUT_BYTES + 1];
    assert_eq!(decode(bytes).expect_err("is too large").code, "input-too-large");
}

#[test]
fn scalars_keep_their_text_and_tags_lose_only_the_mark() {
    let text = "Version: 2010-09-09\nAccount: 012345678901\nVpc: !Ref Main\nZones: !GetAZs\nName: !Sub '${A}'\n";
    let root = tree(text);
    assert_eq!(root.field("Version").and_then(Node::as_text), Some("2010-09-09"));
    assert_eq!(root.field("Account").and_then(Node::as_text), Some("012345678901"));
    let vpc = root.field("Vpc").expect("is there");
    assert_eq!((vpc.tag.as_deref().map(String::as_str), vpc.as_text()), (Some("Ref"), Some("Main")));
    assert_eq!(source(text, vpc.place), "!Ref Main");
    let zones = root.field("Zones").expect("is there");
    assert!(zones.is_null() && zones.tag.as_deref().map(String::as_str) == Some("GetAZs"));
    assert_eq!(root.field("Name").and_then(Node::as_text), Some("${A}"));
}

#[test]
fn places_are_exact_behind_wide_characters_and_crlf() {
    let text = "# 주석\r\nA:\r\n  - 한글: x\r\n    Value: !Sub |\r\n      line\r\n\r\nB: end\r\n";
    let root = tree(text);
    let item = root.field("A").and_then(Node::as_list).and_then(|items| items.first()).expect("is there");
    assert_eq!(source(text, item.field("한글").expect("is there").place), "x");
    assert_eq!(source(text, item.field("Value").expect("is there").place), "!Sub |\r\n      line");
    assert_eq!(source(text, root.as_map().expect("is a map")["B"].key()), "B");
}

#[test]
fn aliases_and_merge_keys_are_expanded_and_own_keys_win() {
    let root = tree("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: own\nc: *a\nd: {<<: [{x: first}, *a]}\n");
    let text = |map: &str, key: &str| root.field(map).and_then(|m| m.field(key)).and_then(Node::as_text);
    assert_eq!((text("b", "x"), text("b", "y")), (Some("1"), Some("own")));
    assert_eq!((text("c", "y"), text("d", "x"), text("d", "y")), (Some("2"), Some("first"), Some("2")));
    assert!(root.field("b").is_some_and(|b| b.field("<<").is_none()));
}

#[test]
fn of_duplicate_keys_the_last_wins_and_the_first_is_cited() {
    let text = bad_text("duplicate-key.yaml");
    let (documents, diagnostics) = read(&text);
    let root = &documents.expect("parses")[0];
    let cidr = root.field("Resources").and_then(|r| r.field("Vpc")).and_then(|v| v.field("Properties"));
    assert_eq!(cidr.and_then(|p| p.field("CidrBlock")).and_then(Node::as_text), Some("10.1.0.0/16"));
    assert_eq!(at(&text, &diagnostics[0]), ("duplicate-key", 6, 7));
    assert_eq!(source(&text, diagnostics[0].related[0].1.place), "CidrBlock");
    assert!(diagnostics[0].related[0].1.place.span.start < diagnostics[0].origin.as_ref().unwrap().place.span.start);
}

#[test]
fn documents_come_in_order_and_empty_ones_are_left_out() {
    let (documents, _) = read("---\na: 1\n---\n---\nb: 2\n...\n");
    assert_eq!(documents.expect("parses").len(), 2);
    assert_eq!(read("# nothing\n").0.expect("parses").len(), 0);
}

#[test]
fn json_gives_the_same_tree_as_yaml_with_its_escapes_resolved() {
    let root = tree("\n{\n\t\"a\": [\"\\ud83d\\ude00\", \"\\/\", null, true],\n\t\"b\":{\"c\":1}}");
    let items = root.field("a").and_then(Node::as_list).expect("is a list");
    assert_eq!((items[0].as_text(), items[1].as_text()), (Some("😀"), Some("/")));
    assert!(items[2].is_null());
    assert_eq!(root.field("b").and_then(|b| b.field("c")).and_then(Node::as_text), Some("1"));
}

#[test]
fn what_is_meant_as_json_is_held_to_its_rules() {
    let text = bad_text("trailing-comma.json");
    assert_eq!(at(&text, &error(&text)), ("json-syntax", 7, 35));
    let text = "{\n  \"a\": 1 // why\n}";
    let comment = error(text);
    assert_eq!(at(text, &comment), ("json-syntax", 2, 10));
    assert!(comment.hints[0].contains("comment"), "{comment:?}");
    assert_eq!(error("{\"a\": 1").code, "json-syntax");
}

#[test]
fn yaml_in_flow_style_is_not_mistaken_for_json() {
    assert!(tree("{Resources: {A: {Type: x}},}").field("Resources").is_some());
    assert!(tree("{\"Resources\": !Ref x}").field("Resources").is_some());
}

#[test]
fn a_syntax_error_says_where_and_what_to_do() {
    for (file, line, column, hint) in [
        ("tab.yaml", 3, 1, "spaces"),
        ("unclosed-quote.yaml", 3, 11, "closing quote"),
        ("bad-indent.yaml", 4, 4, "0, 2, 4 spaces"),
    ] {
        let text = bad_text(file);
        let error = error(&text);
        assert_eq!(at(&text, &error), ("yaml-syntax", line, column), "{file}: {error:?}");
        assert!(error.hints[0].contains(hint), "{file}: {error:?}");
    }
}

#[test]
fn the_usual_slips_have_hints_of_their_own() {
    for (text, line, hint) in [
        ("a:\n  b: c: d\n", 2, "quotes"),
        ("a:\n  Action: *\n", 2, "quotes"),
        ("a:\n  b: @x\n", 2, "quotes"),
        ("a: !Base64 !Sub x\n", 1, "Fn::Base64"),
        ("a:\n  b\n  c: d\n", 3, "end the key"),
        ("a:\n  b: c\n    d: e\n", 3, "2 spaces"),
        ("a: [b, c\nd: e\n", 2, "missing"),
        ("{{ if .Values.x }}\na: b\n{{ end }}\n", 2, "render"),
        ("a: \"b\nc: \"d\"\n", 2, "close the quote"),
        ("zones: [${ZONES}]\nb: c\n", 1, "envsubst"),
    ] {
        let error = error(text);
        assert_eq!(at(text, &error).1, line, "{text:?}: {error:?}");
        assert!(error.hints.iter().any(|h| h.contains(hint)), "{text:?}: {error:?}");
    }
}

#[test]
fn a_quote_left_open_further_up_is_pointed_at() {
    let text = "a: \"b\nc: \"d\"\n";
    assert_eq!(error(text).related[0].1.place.span.start, 3);
}

#[test]
fn bombs_stop_at_their_limits() {
    assert_eq!(error(&bad_text("deep.yaml")).code, "too-deep");
    assert_eq!(error(&bad_text("billion-laughs.yaml")).code, "too-many-values");
    assert_eq!(error(&format!("a: {}", "[".repeat(100_000))).code, "too-deep");
    let ladder: String = (1..100).map(|i| format!("a{i}: &a{i} [[[*a{}]]]\n", i - 1)).collect();
    assert_eq!(error(&format!("a0: &a0 x\n{ladder}")).code, "too-deep");
    assert_eq!(error("a: &a\n  b: *a\n").code, "yaml-syntax");
}

#[test]
fn a_thousand_repetitions_of_a_key_are_not_a_thousand_messages() {
    let (_, diagnostics) = read(&"a: 1\n".repeat(1000));
    assert_eq!(diagnostics.len(), 51);
    assert!(diagnostics[50].message.starts_with("949 more"), "{:?}", diagnostics[50]);
}

#[test]
fn json_is_the_same_tree_place_by_place_by_the_short_way_and_by_that_of_yaml() {
    for text in [
        r#"{"a": [1, -2.5e+3, true, null, "x"], "b": {"c": {}, "d": []}, "a": "again"}"#,
        "{\r\n\t\"한국어\": \"값 \\u00e9 \\\" \\\\ \\/ \\n\",\r\n\t\"<<\": {\"k\": \"~\"}\r\n}\r\n",
        "  [ \"null\" , null , [ [ ] ] ]  ",
        include_str!("../../fixtures/doors/one-template.json"),
    ] {
        let (mut warnings, mut others) = (Vec::new(), Vec::new());
        let by_yaml = compose::documents(FileId(0), text, &mut warnings).documents.expect("it parses");
        assert_eq!(compose::json(FileId(0), text, 0, &mut others).expect("it parses"), by_yaml, "{text}");
        assert_eq!(others, warnings, "{text}");
    }
}

#[test]
fn values_one_behind_the_other_are_documents_whose_places_are_in_the_file() {
    let text = "{\"Vpcs\": []}\n[\"é\"] {\"b\": \"x\"}";
    let documents = read(text).0.expect("parses");
    let written: Vec<&str> = documents.iter().map(|document| source(text, document.place)).collect();
    assert_eq!(written, ["{\"Vpcs\": []}", "[\"é\"]", "{\"b\": \"x\"}"]);
    assert_eq!(error("{\"a\": 1} {\"b\": }").code, "json-syntax");
}

#[test]
fn json_is_held_to_the_limits_by_the_short_way_too() {
    let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert!(read(&deep).0.is_ok());
    let many = format!("[{}1]", "1,".repeat(crate::limits::NODES));
    assert_eq!(error(&many).code, "too-many-values");
}
