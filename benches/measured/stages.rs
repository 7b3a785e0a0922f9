//! The stages of one run in this process, each told when it is done.

use std::process::exit;

use eksdiagram::compose::{self, compose};
use eksdiagram::diag::Sources;
use eksdiagram::layout::lay_out_telling;
use eksdiagram::write::{self, Format};
use eksdiagram::{architecture, read, syntax};

pub const STAGES: [&str; 8] = ["parse", "read", "model", "compose", "place", "route", "label", "write"];

/// Only parses, which [`run`] does within `read`.
pub fn parse(text: &str, done: &mut dyn FnMut(&'static str)) {
    let mut sources = Sources::default();
    let file = sources.add("input", text);
    let nodes = syntax::parse(file, text, &mut Vec::new());
    done("parse");
    drop(nodes);
}

/// From the text to the bytes of a picture with nothing folded; `layout` is done when its last phase is. Returns how many
/// resources there are.
pub fn run(text: &str, done: &mut dyn FnMut(&'static str)) -> usize {
    let mut sources = Sources::default();
    sources.add("input", text);
    let mut diagnostics = Vec::new();
    let options = read::Options::default();
    let (inventory, _documents) = read::read_keeping(&mut sources, &options, None, &mut diagnostics);
    done("read");
    let architecture = architecture::model(&inventory, &mut diagnostics);
    done("model");
    let unfolded = compose::Options { folding: compose::Folding::Never, ..compose::Options::default() };
    let diagram = compose(&architecture, &[], &unfolded).remove(0).diagram;
    done("compose");
    let scene = lay_out_telling(&diagram, done);
    done("layout");
    let svg = write::write(&scene, Format::Svg, &sources, &write::Options::default());
    done("write");
    drop(svg);
    inventory.resources.len()
}

/// What all stages took, in their order: each may be done several times, and reading has parsed once more.
pub fn shares(spent: impl Fn(&str) -> u64) -> [u64; STAGES.len()] {
    let mut shares = STAGES.map(spent);
    shares[1] = shares[1].saturating_sub(shares[0]);
    shares
}

/// As the first argument of a bench: be a process that ends after a stage of a file, to be measured from outside. One that
/// ends after [`START`] has read the file.
pub const UNTIL: &str = "until";
pub const START: &str = "start";

/// Ends this process after a stage, where its arguments ask for that.
pub fn end_where_asked(arguments: &[String]) {
    let [until, stage, file] = arguments else { return };
    if until != UNTIL {
        return;
    }
    let text = std::fs::read_to_string(file).expect("the input is text");
    let mut done = |finished: &str| {
        if finished == stage {
            exit(0);
        }
    };
    match stage.as_str() {
        START => exit(0),
        "parse" => parse(&text, &mut done),
        _ => _ = run(&text, &mut done),
    }
    panic!("there is no stage {stage}");
}
