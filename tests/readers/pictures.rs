//! One picture in several programs: an SVG in Chromium, librsvg and resvg, a PNG in decoders that did not write it.
//!
//! All that they draw stays in target/tmp/pictures, to be looked at.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use resvg::tiny_skia::Pixmap;
use serde_json::{Value, json};

use super::blocks::Blocks;
use crate::{project, readers_are_here, told};

const LAB: [&str; 2] = ["fixtures/study/myeks.yaml", "fixtures/study/cluster.yaml"];
const ENDPOINT: [&str; 6] = ["fixtures/study/endpoint.yaml", "--view", "endpoint", "--steps", "--lang", "ko"];

/// Where a picture of this name is.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    folder.join(name)
}

/// Draws these files.
fn draw(arguments: &[&str], names: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
    command.current_dir(project()).arg("--quiet").args(arguments);
    for name in names {
        // What draw.io's files hold would be drawn over.
        let _ = std::fs::remove_file(file(name));
        command.arg("-o").arg(file(name));
    }
    assert!(command.status().expect("the program runs").success(), "{names:?}");
}

fn pixels(png: &Path) -> Pixmap {
    Pixmap::load_png(png).unwrap_or_else(|error| panic!("{}: {error}", png.display()))
}

fn blocks(png: &Path) -> Blocks {
    Blocks::of(&pixels(png))
}

/// An SVG at twice its size in Chromium, on a light or a dark screen.
fn by_chromium(svg: &Path, screen: &str) -> Blocks {
    let png = svg.with_extension(format!("{screen}.chromium.png"));
    told("browse.mjs", &[svg.as_os_str(), png.as_os_str(), screen.as_ref()]);
    blocks(&png)
}

/// An SVG at twice its size in librsvg. That reads no embedded fonts, so it is given the picture's own, and no others, as
/// if they were installed.
fn by_librsvg(svg: &Path) -> Blocks {
    let (png, fonts) = (svg.with_extension("librsvg.png"), svg.with_extension("fonts"));
    std::fs::create_dir_all(&fonts).expect("writable");
    let text = std::fs::read_to_string(svg).expect("the picture");
    for (n, rest) in text.split("url(data:font/ttf;base64,").skip(1).enumerate() {
        let font = BASE64_STANDARD.decode(rest.split(')').next().unwrap_or_default()).expect("base64");
        std::fs::write(fonts.join(format!("{n}.ttf")), font).expect("writable");
    }
    let folder = fonts.display();
    let settings = format!("<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>");
    std::fs::write(fonts.join("fonts.conf"), settings).expect("writable");
    let output = Command::new("rsvg-convert")
        .env("FONTCONFIG_FILE", fonts.join("fonts.conf"))
        .args(["--zoom", "2", "--output"])
        .args([&png, svg])
        .output()
        .expect("librsvg runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    blocks(&png)
}

#[test]
fn chromium_librsvg_and_resvg_draw_one_picture() {
    if !readers_are_here() {
        return;
    }
    for (name, ending, arguments) in [
        ("lab", "svg", [&LAB[..], &["--theme", "auto"]].concat()),
        ("doors", "svg", [&ENDPOINT[..], &["--theme", "dark"]].concat()),
        ("drift", "drawio.svg", vec!["fixtures/drift/after.yaml", "--against", "fixtures/drift/before.yaml"]),
        ("names", "svg", vec!["fixtures/figures/long-and-korean-names.yaml", "--theme", "print"]),
        ("zones", "svg", vec!["fixtures/figures/local-zone-and-outpost.yaml", "--detail", "high"]),
        ("parts", "svg", vec!["fixtures/study/endpoint.yaml", "--view", "control-plane"]),
    ] {
        let (svg, png) = (format!("{name}.{ending}"), format!("{name}.png"));
        draw(&arguments, &[&svg, &png]);
        let resvg = blocks(&file(&png));
        let (librsvg, chromium) = (by_librsvg(&file(&svg)), by_chromium(&file(&svg), "light"));
        assert_eq!(resvg.difference(&librsvg), None, "{name}: resvg and librsvg");
        assert_eq!(resvg.difference(&chromium), None, "{name}: resvg and Chromium");
        assert_eq!(librsvg.difference(&chromium), None, "{name}: librsvg and Chromium");
    }
}

#[test]
fn on_a_dark_screen_a_browser_draws_an_automatic_picture_as_the_dark_one() {
    if !readers_are_here() {
        return;
    }
    draw(&[&ENDPOINT[..], &["--theme", "auto"]].concat(), &["auto.svg"]);
    draw(&[&ENDPOINT[..], &["--theme", "dark"]].concat(), &["dark.svg", "dark.png"]);
    let [auto, dark] = ["auto.svg", "dark.svg"].map(|name| by_chromium(&file(name), "dark"));
    assert_eq!(auto.difference(&dark), None);
    assert_eq!(auto.difference(&blocks(&file("dark.png"))), None);
    assert!(auto.difference(&by_chromium(&file("auto.svg"), "light")).is_some(), "on a light screen it is light");
}

/// That the comparison of the programs could fail.
#[test]
fn a_mark_a_word_a_dash_a_ground_or_a_place_that_is_another_is_seen() {
    if !readers_are_here() {
        return;
    }
    draw(&LAB, &["whole.svg", "whole.png"]);
    let svg = std::fs::read_to_string(file("whole.svg")).expect("the picture");
    let whole = blocks(&file("whole.png"));
    let rule =
        |class: &str| svg.lines().find(|line| line.starts_with(&format!(".eksdiagram .{class}{{"))).expect("a rule");
    let line = |begin: &str| svg.lines().find(|line| line.trim_start().starts_with(begin)).expect("a line");
    let without = |part: &str, line: &str| line.split(part).next().unwrap_or_default().to_string() + "}";
    let icon = line("<use href=\"#eksdiagram-icon-worker-node\"");
    let at = icon.split(" x=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a place");
    let moved = at.parse::<i32>().expect("pixels") + 2;
    for (what, there, instead) in [
        ("arrow head", line("<path class=\"mark"), String::new()),
        ("word", ">myeks-IGW<", "><".to_string()),
        ("dash", rule("frame-zone"), without(";stroke-dasharray", rule("frame-zone"))),
        ("ground", rule("frame-public-subnet"), ".eksdiagram .frame-public-subnet{fill:#FFFFFF}".to_string()),
        ("place", icon, icon.replace(&format!(" x=\"{at}\""), &format!(" x=\"{moved}\""))),
        ("size", "font-size:20px", "font-size:21px".to_string()),
    ] {
        let name = format!("another-{}.svg", what.replace(' ', "-"));
        assert!(svg.contains(there), "{what}");
        std::fs::write(file(&name), svg.replacen(there, &instead, 1)).expect("writable");
        assert!(whole.difference(&by_librsvg(&file(&name))).is_some(), "nobody sees that a {what} is another");
    }
}

fn checked(png: &Path) -> Output {
    Command::new("pngcheck").arg("-v").arg(png).output().expect("pngcheck runs")
}

/// What pngjs makes of a PNG: what its head says, and its pixels.
fn decoded(png: &Path) -> (Value, Vec<u8>) {
    let raw = png.with_extension("rgba");
    let _ = std::fs::remove_file(&raw);
    let head = told("decode.mjs", &[png.as_os_str(), raw.as_os_str()]);
    (head, std::fs::read(&raw).unwrap_or_default())
}

#[test]
fn a_png_is_valid_and_another_decoder_finds_the_same_pixels_in_it() {
    if !readers_are_here() {
        return;
    }
    draw(&LAB, &["twice.png", "twice.drawio.png", "twice.json"]);
    draw(&[&LAB[..], &["--scale", "0.7"]].concat(), &["small.png"]);
    draw(&[&ENDPOINT[..], &["--theme", "dark", "--scale", "1"]].concat(), &["night.png"]);
    let page: Value = serde_json::from_slice(&std::fs::read(file("twice.json")).expect("a scene")).expect("JSON");
    let twice = ["width", "height"].map(|side| page[side].as_u64().map(|px| px * 2));
    for (name, chunks) in [
        ("twice.png", &["IHDR", "IDAT", "IEND"][..]),
        ("twice.drawio.png", &["IHDR", "tEXt", "IDAT", "IEND"]),
        ("small.png", &["IHDR", "IDAT", "IEND"]),
        ("night.png", &["IHDR", "IDAT", "IEND"]),
    ] {
        let verdict = checked(&file(name));
        let said = String::from_utf8_lossy(&verdict.stdout);
        assert!(verdict.status.success() && said.contains("No errors detected"), "{name}: {said}");
        let found: Vec<&str> =
            said.lines().filter_map(|line| line.trim().strip_prefix("chunk ")?.split(' ').next()).collect();
        assert_eq!(found, chunks, "{name}");
        let ((head, theirs), ours) = (decoded(&file(name)), pixels(&file(name)));
        if name.starts_with("twice") {
            assert_eq!([head["width"].as_u64(), head["height"].as_u64()], twice, "{name}");
        }
        assert_eq!((&head["depth"], &head["colorType"], &head["interlace"]), (&json!(8), &json!(6), &json!(false)));
        assert!(theirs.chunks(4).all(|pixel| pixel[3] == 255), "{name}: every pixel is opaque");
        assert!(theirs == ours.data(), "{name}: other pixels");
    }
    assert!(pixels(&file("twice.png")) == pixels(&file("twice.drawio.png")), "what is carried is not seen");
}

#[test]
fn a_png_that_broke_off_or_was_changed_is_seen_by_both_decoders() {
    if !readers_are_here() {
        return;
    }
    draw(&LAB, &["whole.png"]);
    let whole = std::fs::read(file("whole.png")).expect("a picture");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for (name, bytes) in [("cut.png", &whole[..whole.len() / 2]), ("changed.png", &changed)] {
        std::fs::write(file(name), bytes).expect("writable");
        assert!(!checked(&file(name)).status.success(), "{name}");
        assert!(decoded(&file(name)).0["fault"].is_string(), "{name}");
    }
}
