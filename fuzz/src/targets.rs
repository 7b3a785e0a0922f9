//! What each target does with its bytes, and what then must hold. It panics where that does not.
//!
//! libFuzzer calls these by way of `fuzz_targets/`, and tests/fuzz.rs with seeds and with what was found. The bytes are a
//! file, or several: a line `#file NAME` begins each of them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use eksdiagram::architecture::{self, Architecture, EndpointMode};
use eksdiagram::compose::{self, Detail, Steps, View};
use eksdiagram::diag::{Diagnostic, FileId, Place, Severity, Sources};
use eksdiagram::handwork::{self, Gone};
use eksdiagram::inventory::Inventory;
use eksdiagram::lang::Language;
use eksdiagram::layout::{self, check};
use eksdiagram::limits;
use eksdiagram::mxfile;
use eksdiagram::syntax::node::{Node, Value};
use eksdiagram::write::{self, Format};
use eksdiagram::{emit, read, syntax, verdicts};

pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
}

pub const TARGETS: [Target; 8] = [
    Target { name: "yaml", run: yaml },
    Target { name: "json", run: json },
    Target { name: "cloudformation", run: cloudformation },
    Target { name: "cluster_config", run: cluster_config },
    Target { name: "account", run: account },
    Target { name: "drawio", run: drawio },
    Target { name: "network", run: network },
    Target { name: "clusters", run: clusters },
];

/// A tree is within its limits, and every value knows its place.
pub fn yaml(bytes: &[u8]) {
    let Ok(text) = syntax::decode(bytes) else { return };
    let mut said = Vec::new();
    match syntax::parse(FileId(0), &text, &mut said) {
        Ok(nodes) => nodes.iter().for_each(|node| assert_sound(node, &text, 1)),
        Err(error) => said.push(error),
    }
    let mut sources = Sources::default();
    sources.add("input", text);
    assert_placed(&said, &sources);
}

/// What serde_json reads is read as the same values.
pub fn json(bytes: &[u8]) {
    yaml(bytes);
    let Ok(text) = syntax::decode(bytes) else { return };
    let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) else { return };
    if !value.is_object() && !value.is_array() {
        return;
    }
    match syntax::parse(FileId(0), &text, &mut Vec::new()) {
        Ok(nodes) => assert!(nodes.len() == 1 && is_same(&nodes[0], &value), "read as {nodes:?}"),
        Err(error) => panic!("serde_json reads it; {error:?}"),
    }
}

/// What is understood of it is the same each time.
pub fn cloudformation(bytes: &[u8]) {
    assert_eq!(understood(bytes), understood(bytes));
}

/// As [`cloudformation`].
pub fn cluster_config(bytes: &[u8]) {
    cloudformation(bytes);
}

/// As [`cloudformation`].
pub fn account(bytes: &[u8]) {
    cloudformation(bytes);
}

/// What is read is written so that it is read again, and drawing over it once more changes nothing.
pub fn drawio(bytes: &[u8]) {
    let Ok(there) = mxfile::read(bytes) else { return };
    assert_eq!(mxfile::read(there.text().as_bytes()).as_ref(), Ok(&there), "it is not read as it was written");
    for gone in [Gone::Removed, Gone::Greyed] {
        let Ok(once) = handwork::draw_over(&there, today(), gone) else { continue };
        assert_eq!(
            mxfile::read(once.file.text().as_bytes()).as_ref(),
            Ok(&once.file),
            "what is drawn over it is damaged"
        );
        let twice = handwork::draw_over(&once.file, today(), gone).expect("it is ours");
        assert_eq!(twice.file.text(), once.file.text(), "drawn over once more, it changes");
    }
}

/// A whole run: the network's pages keep all laws, are well-formed, and are the same each time.
pub fn network(bytes: &[u8]) {
    whole_run(bytes, &compose::Options::default());
}

/// As [`network`], of the pages that show a cluster, with all that can be asked for.
pub fn clusters(bytes: &[u8]) {
    let (language, detail, steps) = (Language::Korean, Detail::High, Steps::Numbered);
    whole_run(bytes, &compose::Options { view: View::All, language, detail, steps, ..compose::Options::default() });
}

/// The names and texts of an input's files.
pub fn files(text: &str) -> Vec<(&str, &str)> {
    let mut files = text.split("\n#file ");
    let first = files.next().filter(|first| !first.trim().is_empty()).map(|first| ("input", first));
    first.into_iter().chain(files.map(|file| file.split_once('\n').unwrap_or((file, "")))).collect()
}

/// Nothing of the place of a scalar in a text is held here: it may be an alias.
fn assert_sound(node: &Node, text: &str, depth: usize) {
    assert!(depth <= limits::DEPTH + 1, "nested {depth} deep");
    assert_in(node.place, text);
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| assert_sound(item, text, depth + 1)),
        Value::Map(map) => {
            for (_, entry) in map.iter() {
                assert_in(entry.key(), text);
                assert_sound(&entry.node, text, depth + 1);
            }
        }
    }
}

fn assert_in(place: Place, text: &str) {
    let (start, end) = (place.span.start as usize, place.span.end as usize);
    assert!(text.get(start..end).is_some(), "bytes {start} to {end} are no place in a text of {}", text.len());
}

fn assert_placed(said: &[Diagnostic], sources: &Sources) {
    for diagnostic in said {
        let related = diagnostic.related.iter().map(|(_, origin)| origin);
        for origin in diagnostic.origin.iter().chain(related) {
            assert_in(origin.place, &sources.source(origin.place.file).text);
        }
    }
}

fn is_same(node: &Node, value: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (&node.value, value) {
        (Value::Null, Json::Null) => true,
        (Value::Scalar(scalar), Json::String(text)) => **scalar == **text,
        (Value::Scalar(scalar), Json::Bool(_) | Json::Number(_)) => {
            serde_json::from_str::<Json>(scalar).is_ok_and(|read| read == *value)
        }
        (Value::List(nodes), Json::Array(values)) => {
            nodes.len() == values.len() && nodes.iter().zip(values).all(|(node, value)| is_same(node, value))
        }
        (Value::Map(map), Json::Object(object)) => {
            map.len() == object.len()
                && object.iter().all(|(key, value)| map.get(key).is_some_and(|entry| is_same(&entry.node, value)))
        }
        _ => false,
    }
}

/// What the stages before drawing make of the input; `None` where it is refused.
struct Model {
    sources: Sources,
    inventory: Inventory,
    architecture: Architecture,
    said: Vec<Diagnostic>,
}

fn model(bytes: &[u8]) -> Option<Model> {
    let text = syntax::decode(bytes).ok()?;
    let mut sources = Sources::default();
    for (name, text) in files(&text) {
        sources.add(name, text);
    }
    let mut said = Vec::new();
    let inventory = read::read(&mut sources, &read::Options::default(), None, &mut said);
    assert_placed(&said, &sources);
    if said.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    let architecture = architecture::model(&inventory, &mut said);
    assert_placed(&said, &sources);
    Some(Model { sources, inventory, architecture, said })
}

fn understood(bytes: &[u8]) -> Option<String> {
    let Model { sources, inventory, architecture, said } = model(bytes)?;
    let verdicts = verdicts::judge(&inventory, &architecture);
    let resources = emit::inventory(&inventory, &sources);
    let network = emit::architecture(&architecture, &inventory, &sources);
    Some(format!("{resources}{network}{verdicts:?}{said:?}"))
}

/// The picture in its formats.
#[derive(PartialEq, Eq)]
struct Drawn {
    pages: Vec<(String, String)>,
    drawio: String,
}

fn whole_run(bytes: &[u8], options: &compose::Options) {
    if let Some(once) = drawn(bytes, options) {
        assert!(drawn(bytes, options).as_ref() == Some(&once), "drawn once more, it is another picture");
    }
}

fn drawn(bytes: &[u8], options: &compose::Options) -> Option<Drawn> {
    let Model { sources, inventory, architecture, .. } = model(bytes)?;
    let verdicts = verdicts::judge(&inventory, &architecture);
    let mut composed = compose::compose(&architecture, &verdicts, options);
    if options.view == View::All {
        let modes = EndpointMode::ALL.map(|mode| {
            let architecture = architecture::model_as(&inventory, Some(mode), &mut Vec::new());
            let verdicts = verdicts::judge(&inventory, &architecture);
            (mode, architecture, verdicts)
        });
        composed.extend(compose::compose_modes(&modes, options));
    }
    let lay_out = |page: compose::Page| write::Page { scene: layout::lay_out(&page.diagram), name: page.name };
    let pages: Vec<write::Page> = composed.into_iter().map(lay_out).collect();
    let text = |scene, format| {
        let bytes = write::write(scene, format, &sources, &write::Options::default()).expect("there is room for it");
        String::from_utf8(bytes).expect("it is text")
    };
    let mut texts = Vec::new();
    for write::Page { name, scene } in &pages {
        let broken = check::check(scene);
        assert!(broken.is_empty(), "{name}: {broken:?}");
        let svg = text(scene, Format::Svg);
        let parsed = roxmltree::Document::parse(&svg).expect("the SVG is well-formed");
        assert_unique_ids(&parsed);
        let json = text(scene, Format::Json);
        serde_json::from_str::<serde_json::Value>(&json).expect("the JSON is well-formed");
        texts.push((svg, json));
    }
    let drawio = write::file(&pages, &sources, &write::Options::default()).signed();
    assert_eq!(mxfile::read(drawio.text().as_bytes()).as_ref(), Ok(&drawio), "draw.io's file is damaged");
    Some(Drawn { pages: texts, drawio: drawio.text() })
}

fn assert_unique_ids(svg: &roxmltree::Document) {
    let mut ids = BTreeSet::new();
    for id in svg.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "two elements of the SVG are called {id}");
    }
}

/// The template of which draw.io files are drawn anew.
pub const TEMPLATE: &str = include_str!("../../fixtures/doors/one-template.yaml");

/// What would be drawn today over the file that is there.
fn today() -> &'static mxfile::File {
    static TODAY: OnceLock<mxfile::File> = OnceLock::new();
    TODAY.get_or_init(|| {
        let Model { sources, architecture, .. } = model(TEMPLATE.as_bytes()).expect("the template can be read");
        let composed = compose::compose(&architecture, &[], &compose::Options::default());
        let lay_out = |page: compose::Page| write::Page { scene: layout::lay_out(&page.diagram), name: page.name };
        let pages: Vec<write::Page> = composed.into_iter().map(lay_out).collect();
        write::file(&pages, &sources, &write::Options::default())
    })
}
