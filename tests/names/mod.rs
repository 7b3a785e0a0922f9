//! The hostile names of fixtures/hostile, and whether an output has lost one.

// Each test uses some of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::Path;

/// The inputs that have them.
pub const INPUTS: [&str; 3] = ["template.yaml", "cluster.yaml", "account.json"];

pub fn path(input: &str) -> String {
    format!("fixtures/hostile/{input}")
}

/// Each by the word that only it has.
pub fn all() -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/names.json");
    serde_json::from_str(&std::fs::read_to_string(file).expect("the fixture")).expect("JSON")
}

/// The names that are of things which are drawn.
fn of(input: &str) -> BTreeMap<String, String> {
    let drawn = |name: &str| match input {
        "cluster.yaml" => ["Script", "Markdown", "Long", "Escape", "Nul", "Title"].contains(&name),
        _ => true,
    };
    all().into_iter().filter(|(name, _)| drawn(name)).collect()
}

/// Characters that an output may not hold are replaced, and white space may be another.
pub fn plain(text: &str) -> String {
    let seen = |c: char| match c {
        c if c.is_whitespace() => ' ',
        c if steers(c) || c == '\u{FFFE}' => '□',
        c => c,
    };
    text.chars().map(seen).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A control character, C1 among them, or one that turns text around.
pub fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
pub fn assert_has_all(input: &str, what: &str, texts: &[String]) {
    let all: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let lost: Vec<String> = of(input)
        .into_iter()
        .filter(|(_, name)| !all.iter().any(|text| text.contains(&plain(name))))
        .map(|(word, _)| word)
        .collect();
    assert!(lost.is_empty(), "{input}: {what} has lost {lost:?}");
}
