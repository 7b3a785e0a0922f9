//! Our pages in other people's programs: the real draw.io, a browser, headless, librsvg, and decoders of PNG.
//!
//! tests/readers/setup.sh fetches them. Where that is not possible the test says so and passes, but never where
//! `CI` is `true`.

mod lab;
mod names;
mod readers {
    pub mod blocks;
    pub mod by_hand;
    pub mod hostile;
    pub mod json;
    pub mod pictures;
    pub mod template;
}
mod setup;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use eksdiagram::diag::Sources;
use eksdiagram::geom::{point, size};
use eksdiagram::look::Glyph;
use eksdiagram::scene::{Icon, Item, Kind, Scene};
use eksdiagram::theme::ICON;
use eksdiagram::write::{Format, Options, write};
use serde_json::Value;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the readers are there, or could be fetched.
pub fn readers_are_here() -> bool {
    setup::is_there("readers", "draw.io, a browser or librsvg")
}

/// What a reader says about the page. The picture that it draws stays in target/, to be looked at.
fn opened(scene: &Scene, name: &str, format: Format) -> Value {
    let (ending, script) = match format {
        Format::Drawio => ("drawio", "render.mjs"),
        Format::Svg => ("svg", "browse.mjs"),
        Format::Png | Format::DrawioSvg | Format::DrawioPng | Format::Json | Format::Html => {
            panic!("no reader for {format:?}")
        }
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (page, picture) = (folder.join(format!("{name}.{ending}")), folder.join(format!("{name}.{ending}.png")));
    let bytes = write(scene, format, &Sources::default(), &Options::default()).expect("written");
    std::fs::write(&page, bytes).expect("a writable target folder");
    report(script, &page, &picture)
}

/// What a script of tests/readers says about a page.
fn report(script: &str, page: &Path, picture: &Path) -> Value {
    told(script, &[page.as_os_str(), picture.as_os_str()])
}

/// What a script of tests/readers says.
pub fn told(script: &str, arguments: &[&OsStr]) -> Value {
    let script = project().join("tests/readers").join(script);
    let output = Command::new("node").arg(script).args(arguments).output().expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&said)
        .unwrap_or_else(|_| panic!("no report: {said}{}", String::from_utf8_lossy(&output.stderr)))
}

/// No duplicate id, no unresolved parent or end, no edge without a line, no stencil that draw.io does not have.
#[test]
fn draw_io_opens_a_page_without_a_fault() {
    if !readers_are_here() {
        return;
    }
    let report = opened(&lab::scene(), "lab", Format::Drawio);
    assert_eq!(report["fatal"], serde_json::json!([]));
    assert!(report["cells"].as_u64() > Some(60), "{report}");
}

#[test]
fn draw_io_opens_the_gallery_without_a_fault() {
    if !readers_are_here() {
        return;
    }
    let mut pages = 0;
    for entry in std::fs::read_dir(project().join("out")).expect("the gallery") {
        let page = entry.expect("a file").path();
        if page.extension().is_some_and(|ending| ending == "drawio") {
            let picture = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(page.file_name().expect("a name"));
            let report = report("render.mjs", &page, &picture.with_extension("drawio.png"));
            assert_eq!(report["fatal"], serde_json::json!([]), "{}", page.display());
            pages += 1;
        }
    }
    assert!(pages >= 2, "the gallery holds {pages} pages");
}

/// Forty files spread over a folder, each with all of its views: `EKSDIAGRAM_CORPUS=folder cargo test --test readers -- --ignored`.
#[test]
#[ignore = "needs a folder of inputs: EKSDIAGRAM_CORPUS"]
fn draw_io_opens_forty_inputs_of_a_corpus_without_a_fault() {
    const FILES: usize = 40;
    let Some(folder) = std::env::var_os("EKSDIAGRAM_CORPUS") else {
        eprintln!("skipped: EKSDIAGRAM_CORPUS names no folder");
        return;
    };
    if !readers_are_here() {
        return;
    }
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut inputs: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    inputs.retain(|path| {
        path.extension().is_some_and(|ending| ["yaml", "yml", "json", "template"].iter().any(|e| ending == *e))
    });
    inputs.sort();
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let every = (inputs.len() / (2 * FILES)).max(1);
    let mut opened = 0;
    for input in inputs.iter().step_by(every) {
        let page = temporary.join(format!("corpus-{opened}.drawio"));
        let drawn = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .args(["--quiet", "--fresh", "--view", "all", "-o"])
            .arg(&page)
            .arg(input)
            .status()
            .expect("the program runs");
        if drawn.success() && opened < FILES {
            let report = report("render.mjs", &page, &page.with_extension("drawio.png"));
            assert_eq!(report["fatal"], serde_json::json!([]), "{}", input.display());
            opened += 1;
        }
    }
    eprintln!("{opened} inputs opened");
    assert_eq!(opened, FILES);
}

#[test]
fn edges_run_in_draw_io_where_they_run_in_the_scene() {
    if !readers_are_here() {
        return;
    }
    let scene = lab::scene();
    let report = opened(&scene, "lab-edges", Format::Drawio);
    for item in &scene.items {
        let Kind::Edge(edge) = &item.kind else { continue };
        let wanted: Vec<(i64, i64)> = edge.points.iter().map(|p| (i64::from(p.x), i64::from(p.y))).collect();
        let drawn: Vec<(i64, i64)> = report["paths"][&item.id]
            .as_array()
            .expect("a path")
            .iter()
            .map(|p| (p[0].as_f64().map_or(-1, |x| x.round() as i64), p[1].as_f64().map_or(-1, |y| y.round() as i64)))
            .collect();
        assert_eq!(drawn, wanted, "{}", item.id);
    }
}

#[test]
fn every_glyph_is_a_stencil_that_draw_io_has() {
    if !readers_are_here() {
        return;
    }
    let icon = |(index, glyph): (usize, &Glyph)| {
        let (column, row) = ((index % 12) as i32, (index / 12) as i32);
        let icon = Icon { glyph: *glyph, on_border: false, external: false, band: None };
        Item {
            id: glyph.slug().to_string(),
            parent: None,
            kind: Kind::Icon(icon),
            type_name: "icon".to_string(),
            rect: eksdiagram::geom::Rect::at(point(24 + column * 72, 24 + row * 72), size(ICON, ICON)),
            tooltip: String::new(),
            facts: Vec::new(),
            origin: None,
            sign: None,
        }
    };
    let scene = Scene {
        size: size(24 + 12 * 72, 24 + 10 * 72),
        title: "glyphs".to_string(),
        language: "en",
        description: String::new(),
        items: Glyph::ALL.iter().enumerate().map(icon).collect(),
        relaxed: Vec::new(),
    };
    assert_eq!(opened(&scene, "glyphs", Format::Drawio)["fatal"], serde_json::json!([]));
}

/// The font that the SVG carries is the one that the page was measured with, and nothing kerns or joins it.
#[test]
fn a_line_is_as_wide_in_a_browser_as_it_was_measured() {
    if !readers_are_here() {
        return;
    }
    let scene = lab::scene();
    let report = opened(&scene, "lab", Format::Svg);
    assert_eq!(report["fonts"], serde_json::json!(["Pretendard 400 loaded", "Pretendard 700 loaded"]));
    for item in &scene.items {
        let Kind::Text(text) = &item.kind else { continue };
        let wide: Vec<f64> =
            report["texts"][&item.id].as_array().expect("lines").iter().filter_map(Value::as_f64).collect();
        assert_eq!(wide.len(), text.lines.len(), "{}", item.id);
        for (line, wide) in text.lines.iter().zip(wide) {
            // Each run's width is rounded up to a pixel.
            let (most, least) = (f64::from(line.width), f64::from(line.width) - line.runs.len() as f64);
            assert!((least - 0.1..=most + 0.1).contains(&wide), "{}: {wide}, measured {most}", item.id);
        }
    }
}
