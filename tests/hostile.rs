//! Names that try to be something else reach every output as text: nothing of them runs, and nothing is lost.
//!
//! fixtures/hostile has them in all three formats of inputs; names.json lists them, each with a word of its own in it.

mod names;
mod outputs;

use eksdiagram::mxfile;
use names::{INPUTS, assert_has_all, path, steers};
use outputs::{Output, drawn, everything};
use resvg::usvg::roxmltree;
use serde_json::Value;

#[test]
fn no_text_for_a_terminal_steers_it() {
    for input in INPUTS {
        let is_for_a_terminal = |output: &&Output| output.made_by.contains("standard");
        let outputs = everything(&[&path(input)], &[]);
        assert!(outputs.iter().filter(is_for_a_terminal).any(|output| output.text.contains("Escape")));
        for output in outputs.iter().filter(is_for_a_terminal) {
            for line in output.text.lines() {
                assert!(!line.contains(steers), "{input}: {}: {line:?}", output.made_by);
                assert!(!line.starts_with("error[fake]"), "{input}: {}: {line:?}", output.made_by);
            }
        }
    }
}

#[test]
fn every_name_is_found_again_in_a_picture_and_none_is_markup() {
    for input in INPUTS {
        for output in drawn(&[&path(input)], &["--expand", "--link-base", "https://host.test/x"]) {
            let name = output.made_by.rsplit(' ').next().unwrap_or_default();
            match name {
                "a.svg" | "b.drawio.svg" => {
                    let document =
                        roxmltree::Document::parse(&output.text[..svg_end(&output.text)]).expect("it is XML");
                    let nodes = || document.descendants();
                    for node in nodes().filter(roxmltree::Node::is_element) {
                        assert!(
                            !["script", "foreignObject", "iframe", "image"].contains(&node.tag_name().name()),
                            "{input}"
                        );
                        for attribute in node.attributes() {
                            assert!(!attribute.name().starts_with("on"), "{input}: {}", attribute.name());
                            let is_own = ["#", "https://host.test/x/", "data:font/"]
                                .iter()
                                .any(|own| attribute.value().starts_with(own));
                            assert!(attribute.name() != "href" || is_own, "{input}: {}", attribute.value());
                        }
                    }
                    let texts: Vec<String> = nodes().filter_map(|node| node.text()).map(String::from).collect();
                    assert_has_all(input, name, &texts);
                }
                "a.json" => {
                    let mut texts = Vec::new();
                    collect(&serde_json::from_str(&output.text).expect("it is JSON"), &mut texts);
                    assert_has_all(input, name, &texts);
                }
                "a.drawio" => {
                    let file =
                        mxfile::read(output.text.split_inclusive("</mxfile>").next().unwrap_or_default().as_bytes());
                    let cells = file.expect("a file of draw.io's").pages.into_iter().flat_map(|page| page.cells);
                    let mut texts = Vec::new();
                    for cell in cells {
                        texts.push(cell.label);
                        for (key, value) in cell.object.into_iter().flat_map(|object| object.facts) {
                            let is_own = value.starts_with("https://host.test/x/");
                            assert!(key != "link" || is_own, "{input}: {value}");
                            texts.push(value);
                        }
                    }
                    assert_has_all(input, name, &texts);
                }
                _ => {}
            }
        }
    }
}

/// Behind a file of draw.io's stands what is packed in it.
fn svg_end(text: &str) -> usize {
    text.find("</svg>\n").map_or(text.len(), |at| at + "</svg>".len())
}

/// Every text in JSON, keys too.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            texts.push(key.clone());
            collect(value, texts);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn an_emitted_inventory_has_every_name() {
    for input in INPUTS {
        let emitted = outputs::run(&[&path(input), "--emit", "inventory"]).out;
        let texts: Vec<String> = emitted.lines().map(unescaped).collect();
        assert_has_all(input, "--emit inventory", &texts);
    }
}

/// A line as it was before its quotes and its escapes.
fn unescaped(line: &str) -> String {
    let mut text = line.replace("\\\"", "\"").replace("\\\\", "\\");
    for (written, c) in [("\\n", ' '), ("\\r", ' '), ("\\t", ' '), ("\\b", '\u{8}'), ("\\f", '\u{C}')] {
        text = text.replace(written, &c.to_string());
    }
    for c in (0..0x100).chain(0x2000..0x2070).chain([0xFFFE]).filter_map(char::from_u32) {
        text = text
            .replace(&c.escape_unicode().to_string(), &c.to_string())
            .replace(&format!("\\u{:04x}", u32::from(c)), &c.to_string());
    }
    text
}
