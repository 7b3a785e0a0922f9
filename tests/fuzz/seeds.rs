//! What fuzzing begins with: every fixture, for each target in its form.

use std::path::{Path, PathBuf};

use eksdiagram::compose::{self, compose};
use eksdiagram::diag::Sources;
use eksdiagram::write::{self, Format};
use eksdiagram::{architecture, layout, read};

use super::targets::{TARGETS, TEMPLATE};

/// An input by its name.
pub type Seed = (String, Vec<u8>);

/// Folders of which the files are one input.
const TOGETHER: [&str; 5] = ["account/lab", "doors/cdk", "doors/exports", "doors/nested", "bad/circular-stacks"];

/// The seeds of a target. What it found once is among them: fixtures/fuzz/TARGET.
pub fn of(target: &str) -> Vec<Seed> {
    let mut seeds = match target {
        "drawio" => drawings(),
        _ => inputs(target),
    };
    seeds.extend(in_folder(&fixtures().join("fuzz").join(target)));
    assert!(!seeds.is_empty(), "no seed for {target}");
    seeds
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The fixtures that are of a target's kind.
fn inputs(target: &str) -> Vec<Seed> {
    let folders = ["bad", "doors", "figures", "study", "verdicts", "account"];
    let single = folders.iter().flat_map(|folder| in_folder(&fixtures().join(folder)));
    let joined = TOGETHER.iter().map(|folder| {
        let file = |(name, bytes): &Seed| {
            let name = name.rsplit('~').next().unwrap_or(name);
            [format!("\n#file {name}\n").as_bytes(), bytes].concat()
        };
        (folder.replace('/', "~"), in_folder(&fixtures().join(folder)).iter().flat_map(file).collect())
    });
    let holds = |bytes: &[u8], word: &str| String::from_utf8_lossy(bytes).contains(word);
    let is_wanted = |(name, bytes): &Seed| {
        let (is_json, is_account) = (name.ends_with(".json"), name.contains("account~"));
        let is_cluster = holds(bytes, "eksctl.io");
        match target {
            "yaml" => !is_json && !holds(bytes, "\n#file "),
            "json" => is_json,
            "account" => is_account,
            "cluster_config" => is_cluster,
            "cloudformation" => !is_account && !is_cluster,
            _ => true,
        }
    };
    single.chain(joined).filter(is_wanted).collect()
}

/// All inputs in a folder and the folders in it, by their paths.
fn in_folder(folder: &Path) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            seeds.extend(in_folder(&path));
        } else if path.extension().is_none_or(|ending| ending != "stderr") {
            let name = path.strip_prefix(fixtures()).unwrap_or(&path).display().to_string().replace('/', "~");
            seeds.push((name, std::fs::read(&path).expect("readable")));
        }
    }
    seeds.sort();
    seeds
}

/// draw.io's files of a template, in their containers.
fn drawings() -> Vec<Seed> {
    let mut sources = Sources::default();
    sources.add("input", TEMPLATE);
    let inventory = read::read(&mut sources, &read::Options::default(), None, &mut Vec::new());
    let architecture = architecture::model(&inventory, &mut Vec::new());
    let pages = compose(&architecture, &[], &compose::Options::default());
    let scene = layout::lay_out(&pages[0].diagram);
    let options = write::Options { scale: 0.1, ..write::Options::default() };
    let drawn = |format| write::write(&scene, format, &sources, &options).expect("there is room for it");
    let page = &eksdiagram::mxfile::read(&drawn(Format::Drawio)).expect("it can be read").pages[0];
    let packed = format!("<mxfile><diagram id=\"p\" name=\"p\">{}</diagram></mxfile>", page.packed());
    vec![
        ("drawn.drawio".to_string(), drawn(Format::Drawio)),
        ("drawn.drawio.svg".to_string(), drawn(Format::DrawioSvg)),
        ("drawn.drawio.png".to_string(), drawn(Format::DrawioPng)),
        ("packed.drawio".to_string(), packed.into_bytes()),
    ]
}

/// Writes the seeds of every target into a folder of its name, as libFuzzer takes them.
pub fn write_all(corpus: &Path) {
    for target in &TARGETS {
        let folder = corpus.join(target.name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (name, bytes) in of(target.name) {
            std::fs::write(folder.join(name), bytes).expect("writable");
        }
    }
}
