//! The page that shows a picture: as a file of its own, and served by `eksdiagram watch`, in a real browser, headless.
//!
//! tests/watch/setup.sh fetches what is needed. Where that is not possible the tests that need it say so and pass, but
//! never where `CI` is `true`.

mod names;
mod setup;
mod watch {
    pub mod program;
}

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use watch::program::{self, Watched, project};

fn browser_is_here() -> bool {
    setup::is_there("watch", "a browser")
}

/// The study's lab as a page.
fn lab(name: &str, arguments: &[&str]) -> PathBuf {
    drawn(name, &[&["fixtures/study/myeks.yaml", "fixtures/study/cluster.yaml"], arguments].concat())
}

fn drawn(name: &str, arguments: &[&str]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    let page = folder.join("arch.html");
    let status = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(project())
        .args(["--quiet", "-o"])
        .arg(&page)
        .args(arguments)
        .status()
        .expect("the program runs");
    assert!(status.success());
    page
}

/// What a script saw of a page from disk, which asked for nothing, and in which nothing went wrong.
fn seen(page: &Path, what: &str) -> Value {
    let report = program::told("file.mjs", &[page.as_os_str(), what.as_ref()]);
    let own = format!("file://{}", page.display());
    let asked: BTreeSet<&str> =
        report["asked"].as_array().expect("addresses").iter().filter_map(Value::as_str).collect();
    assert!(
        asked.iter().all(|address| *address == own || *address == "data:" || address.starts_with("blob:null/")),
        "{asked:?}"
    );
    assert_eq!(report["faults"], json!([]));
    assert_eq!(report["ran"], json!([]));
    report["said"].clone()
}

/// What a script saw of a page that is served.
fn seen_served(watched: &Watched, what: &str) -> Value {
    let pid = watched.pid().to_string();
    let report = program::told(
        "served.mjs",
        &[watched.address.as_ref(), watched.folder.path().as_os_str(), what.as_ref(), pid.as_ref()],
    );
    let asked = report["asked"].as_array().expect("addresses").iter().filter_map(Value::as_str);
    let elsewhere: Vec<&str> =
        asked.filter(|address| !address.starts_with(&watched.address) && *address != "data:").collect();
    assert_eq!(elsewhere, Vec::<&str>::new());
    assert_eq!(report["ran"], json!([]));
    if what != "lost" {
        assert_eq!(report["faults"], json!([]));
    }
    report["said"].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn searching_lights_lists_and_moves_to_what_is_found() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("search", &[]), "search");
    assert_eq!(said["listed"], json!(["myeks-PrivateSubnet1"]), "by its block");
    assert_eq!((&said["lit"], &said["dimmed"]), (&json!("1"), &json!("0.18")));
    assert!(number(&said["after"]["width"]) < number(&said["before"]["width"]), "{said}");
    assert_eq!(said["chosen"][0]["about"], "p1-myeks/PrivateSubnet1", "Enter opens the first");
    assert_eq!(said["nothing"], "Nothing in this picture is called that");
}

#[test]
fn wheel_drag_keys_and_buttons_move_the_picture() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("zoom", &[]), "zoom");
    let width = |view: &str| number(&said[view]["width"]);
    assert!(width("wheel") < width("whole"));
    for axis in [0, 1] {
        let drift = number(&said["kept"]["before"][axis]) - number(&said["kept"]["after"][axis]);
        assert!(drift.abs() < 0.5, "what is under the pointer stays there: {}", said["kept"]);
    }
    assert!(number(&said["dragged"]["x"]) < number(&said["wheel"]["x"]), "the picture follows the pointer");
    assert!(number(&said["key"]["x"]) > number(&said["dragged"]["x"]));
    assert!((width("back") - width("whole")).abs() < 0.5);
    assert!(width("button") < width("whole"));
}

#[test]
fn a_click_tells_the_facts_of_a_thing_and_shows_its_source_line() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("click", &[]), "click");
    for shown in ["p1-myeks/Host", "p1-myeks/Host#label"] {
        assert_eq!(said[shown][0]["about"], "p1-myeks/Host", "{shown}");
    }
    let host = said["p1-myeks/Host"][0]["text"].as_str().expect("text");
    for fact in ["myeks-host", "AWS::EC2::Instance", "t3.medium", "SSH", "fixtures/study/myeks.yaml:203", "Host:"] {
        assert!(host.contains(fact), "{fact}: {host}");
    }
    assert_eq!(said["p1-myeks/Host is marked"], true);
    assert_eq!(said["p1-myeks/EksVPC"][0]["about"], "p1-myeks/EksVPC", "the least box around the place");
    let line = said["p1-administration/administrator/internet"][0]["text"].as_str().expect("text");
    assert!(line.contains("SSH open to 0.0.0.0/0"), "{line}");
    assert_eq!(said["none"], json!([]), "Escape closes it");
}

#[test]
fn the_list_is_worked_by_keys_and_moves_to_the_thing() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("list", &[]), "list");
    assert_eq!(said["told"][0]["about"], "p1-myeks/PrivateSubnet2");
    assert_eq!(said["inside"], true);
}

#[test]
fn themes_change_the_palette_and_paper_is_never_dark() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("themes", &["--theme", "auto"]), "themes");
    let (white, dark) = (json!("rgb(255, 255, 255)"), json!("rgb(15, 27, 42)"));
    for (theme, ground) in said.as_object().expect("grounds") {
        let is_dark =
            matches!(theme.as_str(), "auto on a dark screen" | "dark on a light screen" | "dark on a dark screen");
        assert_eq!(*ground, if is_dark { dark.clone() } else { white.clone() }, "{theme}");
    }
    assert_eq!(said.as_object().map(serde_json::Map::len), Some(9));
}

#[test]
fn a_file_saves_its_picture_in_the_theme_on_show_and_the_file_of_draw_io() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("downloads", &[]), "downloads");
    let saved =
        |name: &str| std::fs::read(said[name].as_str().unwrap_or_else(|| panic!("{name}: {said}"))).expect("a file");
    let svg = String::from_utf8(saved("arch.svg")).expect("text");
    let drawn = std::fs::read_to_string("out/myeks.svg").expect("the lab's picture");
    let size = drawn.split('"').skip_while(|part| !part.ends_with(" viewBox=")).nth(1).expect("its size");
    for part in [&format!("viewBox=\"{size}\""), ".page{fill:#0F1B2A}", "@font-face", "myeks-PublicSubnet1"] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(!svg.contains(".page{fill:#FFFFFF}"), "one palette only");
    assert!(saved("arch.png").starts_with(b"\x89PNG\r\n\x1a\n"));
    let page = eksdiagram::mxfile::read(&saved("arch.drawio")).expect("draw.io's");
    assert_eq!(page.pages.len(), 1);
}

#[test]
fn every_view_is_a_page_with_its_own_list() {
    if !browser_is_here() {
        return;
    }
    let said = seen(&lab("pages", &["--view", "all"]), "pages");
    let shown = said["shown"].as_array().expect("pages");
    assert!(shown.len() >= 6, "{said}");
    let titles: BTreeSet<String> = shown.iter().map(|page| page["picture"].to_string()).collect();
    assert_eq!(titles.len(), shown.len(), "each button shows another picture");
    for page in shown {
        assert_eq!(page["picture"].as_array().map(Vec::len), Some(1), "one picture at a time");
        assert_eq!(page["pressed"], 1);
        assert!(number(&page["listed"]) > 3.0 && number(&page["boxes"]) >= number(&page["listed"]), "{page}");
    }
}

/// The page's own styles must not change what the layout has measured, nor must the whole font that a server sends.
#[test]
fn a_line_is_as_wide_in_a_page_as_it_was_measured() {
    if !browser_is_here() {
        return;
    }
    let page = lab("widths", &["--lang", "ko"]);
    let scene = page.with_file_name("arch.json");
    let watched = Watched::lab(&["--lang", "ko"]);
    for (input, output, drawn) in [
        ("fixtures/study/myeks.yaml", &scene, seen(&page, "widths")),
        ("main.yaml", &watched.folder.path().join("arch.json"), seen_served(&watched, "widths")),
    ] {
        let folder = if input == "main.yaml" { watched.folder.path() } else { project() };
        let cluster = input.replace("main", "cluster").replace("myeks", "cluster");
        let status = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(folder)
            .args(["--quiet", "--lang", "ko", input, &cluster, "-o"])
            .arg(output)
            .status();
        assert!(status.is_ok_and(|status| status.success()));
        let scene: Value = serde_json::from_slice(&std::fs::read(output).expect("a file")).expect("JSON");
        let texts = scene["items"].as_array().expect("items").iter().filter(|item| item["kind"] == "text");
        let mut lines = 0;
        for text in texts {
            let id = text["id"].as_str().expect("an id");
            let widths = drawn[format!("p1-{id}")].as_array().unwrap_or_else(|| panic!("{id}"));
            let widest = widths.iter().filter_map(Value::as_f64).fold(0.0, f64::max);
            let wanted = number(&text["rect"][2]);
            assert!((wanted - 4.0..=wanted + 0.5).contains(&widest), "{input}: {id}: {widest}, measured {wanted}");
            lines += widths.len();
        }
        assert!(lines > 40, "{lines}");
    }
}

/// Names that a browser would run, load or stumble over, if they were anything but text.
#[test]
fn hostile_names_are_text_and_do_not_run() {
    if !browser_is_here() {
        return;
    }
    let page = drawn("hostile", &["fixtures/hostile/names.yaml", "--view", "all"]);
    let said = seen(&page, "everything");
    let listed = said["listed"].as_array().expect("names");
    for name in ["<script>hostile('vpc')</script>", "javascript:hostile('gateway')"] {
        assert!(listed.iter().any(|other| other == name), "{name} is shown as it is: {listed:?}");
    }
    let elements: Vec<&str> = said["elements"].as_array().expect("elements").iter().filter_map(Value::as_str).collect();
    for markup in ["img", "iframe", "b", "object", "embed", "base"] {
        assert!(!elements.contains(&markup), "a name became <{markup}>");
    }
    assert_eq!(said["handlers"], 0);
}

/// All twenty kinds, in each format of inputs, in all that a page shows.
#[test]
fn every_hostile_name_is_somewhere_in_a_page_and_none_runs() {
    if !browser_is_here() {
        return;
    }
    for (input, view) in names::INPUTS.into_iter().zip(["network", "all", "network"]) {
        let page = drawn(
            &format!("hostile-{input}"),
            &[&names::path(input), "--expand", "--view", view, "--link-base", "https://host.test/x"],
        );
        let said = seen(&page, "everything");
        let texts: Vec<String> =
            said["texts"].as_array().expect("texts").iter().filter_map(Value::as_str).map(str::to_string).collect();
        names::assert_has_all(input, "the page", &texts);
        assert!(!texts.iter().any(|text| text.contains(|c| !char::is_whitespace(c) && names::steers(c))));
        assert_eq!(
            (&said["handlers"], &said["links"]),
            (&json!(0), &json!(["#", "data:", "https://host.test/x/"])),
            "{input}"
        );
        let faults = program::faults_of_html(&page);
        assert_eq!(faults, Vec::<String>::new(), "{input}");
    }
}

#[test]
fn a_page_is_valid_html_and_the_same_bytes_every_time() {
    if !browser_is_here() {
        return;
    }
    for (name, arguments) in [
        ("valid", ["fixtures/study/myeks.yaml", "--view", "network"]),
        ("valid-korean", ["fixtures/study/endpoint.yaml", "--lang", "ko"]),
        ("valid-hostile", ["fixtures/hostile/names.yaml", "--view", "all"]),
    ] {
        let page = drawn(name, &arguments);
        let faults = program::faults_of_html(&page);
        assert_eq!(faults, Vec::<String>::new(), "{name}");
        let again = std::fs::read(&page).expect("a page");
        assert!(std::fs::read(drawn(name, &arguments)).expect("a page") == again, "{name}");
    }
}

#[test]
fn a_save_is_drawn_and_the_eye_stays_where_it_was() {
    if !browser_is_here() {
        return;
    }
    let said = seen_served(&Watched::lab(&[]), "redraws");
    // The messages may take some of the picture's height: its middle stays.
    let middle = |eye: &Value| (number(&eye["y"]) + number(&eye["height"]) / 2.0).round();
    let [before, after] = [&said["before"], &said["after"]];
    assert_eq!((&before["x"], &before["width"], middle(before)), (&after["x"], &after["width"], middle(after)));
    assert_eq!(said["open"][0]["about"], "p1-main/PublicSubnet1", "what was chosen");
    assert!(said["open"][0]["text"].as_str().is_some_and(|text| text.contains("192.168.41.0/24")), "{said}");
}

#[test]
fn what_an_input_nests_and_its_parameters_are_watched_too() {
    if !browser_is_here() {
        return;
    }
    seen_served(&Watched::nested(), "belongings");
}

#[test]
fn a_broken_save_says_why_and_keeps_the_last_picture() {
    if !browser_is_here() {
        return;
    }
    let said = seen_served(&Watched::lab(&[]), "broken");
    let broken = |part: &str| said["broken"][part].as_str().unwrap_or_default().to_string();
    assert!(broken("banner").contains("last picture"), "{said}");
    assert!(broken("messages").contains("main.yaml:"), "{said}");
    assert!(broken("picture").contains("192.168.1.0/24"));
    assert_eq!(said["broken"]["open"], 1, "the messages are open");
    assert_eq!(said["mended"]["banner"], "");
}

#[test]
fn an_input_that_was_broken_from_the_start_is_drawn_when_it_is_mended() {
    if !browser_is_here() {
        return;
    }
    let watched = Watched::files(
        &[("main.yaml", "Resources: [".to_string()), ("good.yaml", program::lab_template())],
        &["main.yaml"],
        &[],
    );
    let said = seen_served(&watched, "brokenFromTheStart");
    assert_eq!(said["first"]["pictures"], 0);
    assert!(said["first"]["messages"].as_str().is_some_and(|text| text.contains("main.yaml:1")), "{said}");
    assert_eq!(said["mended"], "");
    assert!(number(&said["seen"]["width"]) > 100.0, "{said}");
}

#[test]
fn view_language_and_theme_are_chosen_on_the_page() {
    if !browser_is_here() {
        return;
    }
    let said = seen_served(&Watched::lab(&[]), "choices");
    assert_eq!((&said["first"]["lang"], &said["first"]["theme"]), (&json!("en"), &json!("light")));
    assert_ne!(said["view"]["title"], said["first"]["title"]);
    assert_eq!((&said["language"]["lang"], &said["language"]["find"]), (&json!("ko"), &json!("찾기")));
    assert_eq!(said["theme"]["address"], "?view=endpoint&lang=ko&theme=dark");
    assert_eq!(said["saved"]["name"], "picture.svg");
    assert!(
        said["saved"]["text"]
            .as_str()
            .is_some_and(|svg| svg.contains(".page{fill:#0F1B2A}") && svg.contains("lang=\"ko\""))
    );
    assert_eq!((&said["redrawn"]["lang"], &said["redrawn"]["theme"]), (&json!("ko"), &json!("dark")), "after a save");
}

#[test]
fn a_page_says_that_the_program_has_gone() {
    if !browser_is_here() {
        return;
    }
    let said = seen_served(&Watched::lab(&[]), "lost");
    assert_eq!(said["picture"], 1);
    assert!(said["said"].as_str().is_some_and(|text| text.contains("does not answer")), "{said}");
}

/// The whole answer to a head that is sent as it is.
fn answer(watched: &Watched, head: &str) -> String {
    let mut stream = TcpStream::connect(watched.host()).expect("it listens");
    stream.write_all(head.as_bytes()).expect("it is read");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(watched: &Watched, target: &str) -> String {
    answer(watched, &format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", watched.host()))
}

#[test]
fn who_comes_by_another_name_is_sent_away() {
    let watched = Watched::lab(&[]);
    assert!(get(&watched, "/").starts_with("HTTP/1.1 200 "));
    let refused = answer(&watched, "GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
    assert!(refused.starts_with("HTTP/1.1 421 "), "{refused}");
    assert!(!refused.contains("myeks"));
}

#[test]
fn nothing_but_get_is_answered_and_nothing_but_its_own_addresses() {
    let watched = Watched::lab(&[]);
    let post = answer(&watched, &format!("POST / HTTP/1.1\r\nHost: {}\r\ncontent-length: 0\r\n\r\n", watched.host()));
    assert!(post.starts_with("HTTP/1.1 405 ") && post.contains("\r\nallow: GET\r\n"), "{post}");
    for target in
        ["/main.yaml", "/../main.yaml", "/picture.exe", "/picture.svg/x", "//", "/picture.svg?page=9", "/favicon.ico"]
    {
        assert!(get(&watched, target).starts_with("HTTP/1.1 404 "), "{target}");
    }
    for target in ["/?view=none", "/?lang=xx", "/picture.svg?theme=pink"] {
        assert!(get(&watched, target).starts_with("HTTP/1.1 400 "), "{target}");
    }
    let long = answer(&watched, &format!("GET / HTTP/1.1\r\nx: {}", "y".repeat(20_000)));
    assert!(long.starts_with("HTTP/1.1 431 "), "{long}");
}

#[test]
fn every_answer_forbids_others_to_use_it() {
    let watched = Watched::lab(&[]);
    for target in ["/", "/picture.json", "/regular.ttf", "/none"] {
        let answer = get(&watched, target);
        let head = answer.split("\r\n\r\n").next().expect("a head");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'sha256-",
            "frame-ancestors 'none'",
            "cross-origin-resource-policy: same-origin",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(header), "{target}: {header}");
        }
        assert!(!head.contains("access-control") && !head.contains("unsafe-inline"), "{head}");
    }
}

#[test]
fn each_format_is_handed_out_as_the_command_writes_it() {
    let watched = Watched::lab(&[]);
    let svg = get(&watched, "/picture.svg?view=network&lang=ko&theme=dark");
    assert!(svg.contains("content-disposition: attachment; filename=\"picture.svg\"\r\n"));
    let written = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(watched.folder.path())
        .args(["--quiet", "--lang", "ko", "--theme", "dark", "--format", "svg", "main.yaml", "cluster.yaml"])
        .output()
        .expect("the program runs");
    let written = String::from_utf8(written.stdout).expect("text");
    assert!(svg.ends_with(&written) && written.len() > 10_000, "{}", &svg[..200]);
    for ending in ["png", "drawio", "drawio.svg", "drawio.png", "html", "json"] {
        let answer = get(&watched, &format!("/picture.{ending}"));
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.len() > 10_000, "{ending}");
    }
}

/// Source: proc_pid_net_tcp(5): addresses are written in hexadecimal, 127.0.0.1 as 0100007F.
#[cfg(target_os = "linux")]
#[test]
fn only_loopback_is_listened_on() {
    let watched = Watched::lab(&[]);
    let port = watched.host().rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok()).expect("a port");
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(|table| std::fs::read_to_string(table).unwrap_or_default());
    let listening =
        tables.iter().flat_map(|table| table.lines()).filter(|line| line.split_whitespace().nth(3) == Some("0A"));
    let own: Vec<&str> = listening
        .filter_map(|line| line.split_whitespace().nth(1))
        .filter(|address| address.ends_with(&format!(":{port:04X}")))
        .collect();
    assert_eq!(own, [format!("0100007F:{port:04X}")]);
}

#[test]
fn clients_that_do_nothing_take_a_place_each_and_no_more() {
    let watched = Watched::lab(&[]);
    let idle: Vec<TcpStream> =
        (0..eksdiagram::limits::CONNECTIONS).map(|_| TcpStream::connect(watched.host()).expect("it listens")).collect();
    assert!(get(&watched, "/").starts_with("HTTP/1.1 503 "));
    drop(idle);
    let served = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        get(&watched, "/").starts_with("HTTP/1.1 200 ")
    });
    assert!(served, "their places are free again");
}

#[test]
fn pages_that_wait_leave_places_for_others() {
    let watched = Watched::lab(&[]);
    let ask = format!("GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", watched.host());
    let wait = || {
        let mut page = TcpStream::connect(watched.host()).expect("it listens");
        page.write_all(ask.as_bytes()).expect("it is read");
        let mut begin = [0; "HTTP/1.1 200".len()];
        page.read_exact(&mut begin).expect("it answers");
        (page, String::from_utf8_lossy(&begin).into_owned())
    };
    let waiting: Vec<(TcpStream, String)> = (0..eksdiagram::limits::WAITING_PAGES).map(|_| wait()).collect();
    assert!(waiting.iter().all(|(_, begin)| begin == "HTTP/1.1 200"));
    assert_eq!(wait().1, "HTTP/1.1 503");
    assert!(get(&watched, "/").starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_client_that_never_ends_its_request_is_sent_away() {
    let watched = Watched::lab(&[]);
    let begun = answer(&watched, "GET / HTTP/1.1\r\n");
    assert!(begun.starts_with("HTTP/1.1 400 "), "{begun}");
}

#[test]
fn standard_input_and_a_port_that_is_taken_are_refused() {
    let watched = Watched::lab(&[]);
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_eksdiagram")).arg("watch").args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["-"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("standard input"), "{said}");
    let port = watched.host().rsplit_once(':').map(|(_, port)| port.to_string()).expect("a port");
    let (code, said) = run(&["fixtures/study/myeks.yaml", "--port", &port]);
    assert_eq!(code, Some(1));
    assert!(said.contains("cannot-serve") && said.contains("--port 0"), "{said}");
}
