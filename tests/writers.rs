//! What the writers make of a scene that was placed by hand.

mod lab;
mod writers {
    pub mod themes;
}

use std::collections::{BTreeMap, BTreeSet};

use eksdiagram::diag::{FileId, Origin, Place, Sources, Span};
use eksdiagram::geom::size;
use eksdiagram::layout::check;
use eksdiagram::look::Glyph;
use eksdiagram::mxfile;
use eksdiagram::scene::{Arrows, Kind, Scene};
use eksdiagram::write::{Format, Options, missing_glyphs, write};

const TEMPLATE: &str = "Resources:\n  VPC:\n    Type: AWS::EC2::VPC\n";

fn written(scene: &Scene, format: Format) -> Vec<u8> {
    written_with(scene, format, &Options::default())
}

fn written_with(scene: &Scene, format: Format, options: &Options) -> Vec<u8> {
    let mut sources = Sources::default();
    sources.add("lab.yaml", TEMPLATE);
    write(scene, format, &sources, options).expect("the scene can be written")
}

fn text(scene: &Scene, format: Format) -> String {
    String::from_utf8(written(scene, format)).expect("UTF-8")
}

/// The attributes of every element with this name, in order. Our own writing: each element on a line of its own.
fn elements(xml: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        use quick_xml::events::Event;
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == name => {
                let attribute = |a: quick_xml::events::attributes::Attribute| {
                    let value = quick_xml::escape::unescape(&a.value).expect("escaped").into_owned();
                    (a.key.as_ref().to_string(), value)
                };
                found.push(tag.attributes().map(|a| attribute(a.expect("an attribute"))).collect());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Where a person looks at them: `WRITERS_OUT=dir cargo test --test writers`.
#[test]
fn the_lab_page_can_be_written_in_every_format() {
    let scene = lab::scene();
    for (ending, format) in [
        ("svg", Format::Svg),
        ("png", Format::Png),
        ("drawio", Format::Drawio),
        ("drawio.svg", Format::DrawioSvg),
        ("drawio.png", Format::DrawioPng),
        ("json", Format::Json),
        ("html", Format::Html),
    ] {
        let bytes = written(&scene, format);
        assert_eq!(Format::from_path(format!("a/b.{ending}").as_ref()), Some(format));
        if let Some(out) = std::env::var_os("WRITERS_OUT") {
            std::fs::write(std::path::Path::new(&out).join(format!("lab.{ending}")), bytes).expect("writable");
        }
    }
    assert_eq!(Format::from_path("arch".as_ref()), None);
}

/// The page is one that the layout could have made: what the writers show of it is not the page's own fault.
#[test]
fn the_lab_page_breaks_no_law() {
    assert_eq!(check::check(&lab::scene()), []);
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let drawio = [Format::Drawio, Format::DrawioSvg, Format::DrawioPng];
    for format in [Format::Svg, Format::Png, Format::Json, Format::Html].into_iter().chain(drawio) {
        assert!(written(&lab::scene(), format) == written(&lab::scene(), format), "{format:?}");
    }
}

#[test]
fn an_svg_reaches_for_nothing_outside_of_itself() {
    let svg = text(&lab::scene(), Format::Svg);
    let addresses: Vec<&str> =
        svg.split("http").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    assert_eq!(addresses, ["://www.w3.org/2000/svg"], "the name space alone");
    assert!(!svg.contains("<script") && !svg.contains("@import"));
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

#[test]
fn every_item_of_a_scene_is_a_group_with_its_id_and_type() {
    let scene = lab::scene();
    let groups: BTreeMap<String, String> = elements(&text(&scene, Format::Svg), "g")
        .into_iter()
        .filter_map(|g| Some((g.get("id")?.clone(), g.get("data-type")?.clone())))
        .collect();
    for item in &scene.items {
        assert_eq!(groups.get(&item.id), Some(&item.type_name), "{}", item.id);
    }
}

#[test]
fn ids_are_unique_and_every_reference_in_an_svg_resolves() {
    let svg = text(&lab::scene(), Format::Svg);
    let mut ids = BTreeSet::new();
    for name in ["g", "symbol", "title", "desc"] {
        for id in elements(&svg, name).into_iter().filter_map(|mut element| element.remove("id")) {
            assert!(ids.insert(id.clone()), "{id}");
        }
    }
    for reference in elements(&svg, "use") {
        assert!(ids.contains(reference["href"].trim_start_matches('#')), "{reference:?}");
    }
}

#[test]
fn an_icon_is_drawn_once_and_used_often() {
    let svg = text(&lab::scene(), Format::Svg);
    let symbols = elements(&svg, "symbol");
    let uses = elements(&svg, "use");
    assert_eq!(symbols.iter().filter(|s| s["id"] == "eksdiagram-icon-worker-node").count(), 1);
    assert_eq!(uses.iter().filter(|u| u["href"] == "#eksdiagram-icon-worker-node").count(), 2);
}

#[test]
fn every_class_that_an_svg_uses_has_its_rule_and_every_rule_is_used() {
    let svg = text(&lab::scene(), Format::Svg);
    let mut used = BTreeSet::new();
    for name in ["g", "rect", "path", "text", "tspan", "use", "circle"] {
        for class in elements(&svg, name).into_iter().filter_map(|mut element| element.remove("class")) {
            used.extend(class.split(' ').map(str::to_string));
        }
    }
    let rules: BTreeSet<String> = svg
        .lines()
        .filter_map(|line| line.strip_prefix(".eksdiagram ."))
        .flat_map(|rule| rule.split_once('{').map_or("", |(selector, _)| selector).split('.').map(str::to_string))
        .collect();
    assert_eq!(used.difference(&rules).collect::<Vec<_>>(), Vec::<&String>::new());
    let unused: Vec<&str> = rules.difference(&used).map(String::as_str).collect();
    assert_eq!(unused, ["dashed"], "what every sheet has, and no item of this page is");
}

#[test]
fn a_hostile_name_is_shown_and_does_nothing() {
    let mut scene = lab::scene();
    let name = "</text><script>alert(1)</script>\"'&\u{1}\u{FFFE}";
    for item in &mut scene.items {
        if let Kind::Text(text) = &mut item.kind {
            text.lines[0].runs[0].text = name.to_string();
        }
        item.tooltip = name.to_string();
        item.id = format!("{name} {}", item.id);
    }
    for format in [Format::Svg, Format::Drawio] {
        let xml = text(&scene, format);
        assert!(elements(&xml, "script").is_empty(), "{format:?}");
        assert!(!xml.contains('\u{1}') && !xml.contains('\u{FFFE}'), "{format:?}");
    }
    let labels = elements(&text(&scene, Format::Drawio), "UserObject");
    assert!(labels.iter().all(|label| !label["label"].contains("<script")), "shown as HTML, it is escaped there too");
    written(&scene, Format::Png);
    // Nothing but the page's own script ends one or begins one.
    let page = text(&scene, Format::Html);
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (1, 1));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_page_has_every_palette_and_counts_one_of_them_for_each_theme() {
    let page = text(&lab::scene(), Format::Html);
    let sheets: Vec<BTreeMap<&str, &str>> = page
        .lines()
        .filter_map(|line| line.strip_prefix("<style data-pictures=\"\" media="))
        .map(|rest| {
            let attributes = rest.split_once('>').map_or(rest, |(attributes, _)| attributes);
            let pairs = attributes.split("\" ").filter_map(|attribute| attribute.split_once("=\""));
            pairs.map(|(name, value)| (name.trim_start_matches("data-"), value.trim_end_matches('"'))).collect()
        })
        .collect();
    assert_eq!(sheets.len(), 3);
    for (theme, counted) in [("light", ["all", "not all", "not all"]), ("print", ["not all", "not all", "all"])] {
        assert_eq!(sheets.iter().map(|sheet| sheet[theme]).collect::<Vec<_>>(), counted, "{theme}");
    }
    assert_eq!(sheets.iter().map(|sheet| sheet["dark"]).collect::<Vec<_>>(), ["print", "screen", "not all"]);
}

#[test]
fn a_picture_carries_only_the_characters_that_it_uses() {
    let mut scene = lab::scene();
    let latin = text(&scene, Format::Svg).len();
    if let Kind::Text(text) = &mut scene.items[0].kind {
        text.lines[0].runs[0].text = "가용 영역".to_string();
    }
    let korean = text(&scene, Format::Svg).len();
    assert!(latin < korean && korean < latin + 4000, "{latin} {korean}");
}

#[test]
fn a_png_has_the_pixels_of_the_page_times_the_scale() {
    let scene = lab::scene();
    let sides =
        |png: Vec<u8>| [&png[16..20], &png[20..24]].map(|b| u32::from_be_bytes(b.try_into().expect("four bytes")));
    assert_eq!(sides(written(&scene, Format::Png)), [3008, 2016]);
    let options = Options { scale: 0.5, ..Options::default() };
    assert_eq!(sides(written_with(&scene, Format::Png, &options)), [752, 504]);
}

#[test]
fn a_png_that_would_fill_the_memory_is_refused_with_what_to_do() {
    let scene = Scene { size: size(90_000, 60_000), ..lab::scene() };
    let refused = write(&scene, Format::Png, &Sources::default(), &Options::default()).expect_err("too large");
    assert_eq!(refused.code, "picture-too-large");
    assert!(refused.hints.iter().any(|hint| hint.contains("0.27")), "{:?}", refused.hints);
}

#[test]
fn characters_that_the_font_lacks_are_named() {
    let mut scene = lab::scene();
    assert_eq!(missing_glyphs([&scene]), None);
    if let Kind::Text(text) = &mut scene.items[0].kind {
        text.lines[0].runs[0].text = "서버 𝔘".to_string();
    }
    let warning = missing_glyphs([&scene]).expect("a warning");
    assert!(warning.message.contains("U+1D518"), "{}", warning.message);
}

#[test]
fn an_icon_that_the_user_brought_is_shown_verbatim() {
    let mut options = Options::default();
    options.icons.replace(Glyph::Eks, "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"x\"/>".to_string());
    let svg = String::from_utf8(written_with(&lab::scene(), Format::Svg, &options)).expect("UTF-8");
    let image = elements(&svg, "image").pop().expect("an image");
    assert!(image["href"].starts_with("data:image/svg+xml;base64,PHN2Zy"), "{image:?}");
    written_with(&lab::scene(), Format::Png, &options);
}

/// Cells of a draw.io page by id: the wrapper's attributes with those of the cell in it.
fn cells(page: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut cells = BTreeMap::new();
    let mut wrappers = elements(page, "UserObject").into_iter();
    for mut cell in elements(page, "mxCell") {
        if !cell.contains_key("id") {
            cell.extend(wrappers.next().expect("a cell without an id is in a wrapper"));
        }
        cells.insert(cell["id"].clone(), cell);
    }
    cells
}

#[test]
fn a_draw_io_page_nests_as_the_things_do() {
    let cells = cells(&text(&lab::scene(), Format::Drawio));
    let parent = |id: &str| cells[id]["parent"].as_str();
    assert_eq!((parent("PublicSubnet1"), parent("VPC"), parent("region")), ("VPC", "region", "cloud"));
    assert_eq!(parent("NodeGroup.1"), "NodeGroup", "a band's members are painted over it");
    assert_eq!(parent("Gateway"), "region", "what stands on a border does not move with it alone");
    assert_eq!(parent("ssh-3"), "region", "the nearest that holds both ends");
    assert_eq!(parent("nodes.label"), "nodes", "a label moves with its line");
}

#[test]
fn in_draw_io_no_band_is_painted_over_an_edge() {
    let mut scene = lab::scene();
    let find = |id: &str| lab::scene().items.iter().position(|item| item.id == id).expect("the item");
    let (host, subnet, zone) = (find("Host"), find("PublicSubnet1"), find("zone-a"));
    let edge = eksdiagram::scene::Edge {
        look: eksdiagram::look::EdgeLook::Egress,
        from: subnet,
        to: host,
        points: [(128, 780), (136, 780), (136, 560), (312, 560)].map(|(x, y)| eksdiagram::geom::point(x, y)).into(),
        arrows: eksdiagram::scene::Arrows::End,
        bundle: None,
        hops: Vec::new(),
    };
    scene.items[subnet].parent = Some(zone);
    let mut added = scene.items[find("ssh-1")].clone();
    (added.id, added.rect, added.kind) =
        ("route".to_string(), eksdiagram::geom::Rect::new(128, 560, 184, 220), Kind::Edge(edge));
    scene.items.push(added);
    assert_eq!(cells(&text(&scene, Format::Drawio))["route"]["parent"], "VPC", "beside the band, not under it");
}

#[test]
fn a_draw_io_cell_tells_its_facts_and_its_name_is_escaped_twice() {
    let page = text(&lab::scene(), Format::Drawio);
    let vpc = &cells(&page)["VPC"];
    assert_eq!((vpc["cidr"].as_str(), vpc["type"].as_str()), ("192.168.0.0/16", "AWS::EC2::VPC"));
    assert_eq!(vpc["tooltip"], "myeks-VPC <vpc> & \"friends\"\n192.168.0.0/16");
    assert!(page.contains("tooltip=\"myeks-VPC &lt;vpc&gt; &amp; &quot;friends&quot;&#10;192.168.0.0/16\""));
}

#[test]
fn json_tells_where_a_thing_comes_from() {
    let document: serde_json::Value = serde_json::from_str(&text(&lab::scene(), Format::Json)).expect("JSON");
    assert_eq!((&document["version"], &document["width"]), (&1.into(), &1504.into()));
    let items = document["items"].as_array().expect("items");
    let item = |id: &str| items.iter().find(|item| item["id"] == id).expect("the item");
    let origin = serde_json::json!({ "file": "lab.yaml", "line": 2, "column": 1, "address": "VPC" });
    assert_eq!(item("VPC")["origin"], origin);
    assert_eq!(item("VPC")["rect"], serde_json::json!([80, 360, 1024, 576]));
    assert_eq!(item("Host.label")["parent"], "Host");
    assert_eq!(
        item("Host.label")["text"],
        serde_json::json!(["myeks-host (bastion, kubectl)", "t3.medium · 192.168.1.100"])
    );
    let edge = item("nodes");
    assert_eq!((&edge["kind"], &edge["from"], &edge["to"]), (&"edge".into(), &"NodeGroup".into(), &"Gateway".into()));
    assert_eq!(edge["points"][0], serde_json::json!([1016, 700]));
    assert_eq!(edge.get("bundle"), None);
}

/// draw.io begins dashes where a line begins: those of lines that end together are to fall on each other.
#[test]
fn in_draw_io_two_headed_edges_of_a_bundle_begin_at_their_common_end() {
    let mut scene = lab::scene();
    let hub = scene.items.iter().position(|item| item.id == "VPC").expect("the lab has a VPC");
    let edges = scene.items.iter_mut().filter_map(|item| match &mut item.kind {
        Kind::Edge(edge) => Some(edge),
        _ => None,
    });
    for edge in edges.take(2) {
        (edge.to, edge.arrows, edge.bundle) = (hub, Arrows::Both, Some("together".to_string()));
    }
    let cells = elements(&text(&scene, Format::Drawio), "mxCell");
    let joined = |end: &str| cells.iter().filter(|cell| cell.get(end).is_some_and(|id| id == "VPC")).count();
    assert_eq!((joined("source"), joined("target")), (2, 0));
}

#[test]
fn a_picture_for_draw_io_is_the_picture_and_carries_the_page() {
    let scene = lab::scene();
    let page = mxfile::read(&written(&scene, Format::Drawio)).expect("it can be read");
    for (picture, editable) in [(Format::Svg, Format::DrawioSvg), (Format::Png, Format::DrawioPng)] {
        let (picture, editable) = (written(&scene, picture), written(&scene, editable));
        assert_eq!(mxfile::read(&editable).expect("it can be read"), page);
        let same = picture.iter().zip(&editable).take_while(|(a, b)| a == b).count();
        let rest = picture.len() - same;
        assert!(editable[editable.len() - rest..] == picture[same..], "something else differs");
    }
    // What draw.io's extension for VS Code looks for: nothing that ends the tag before it, and double quotes.
    let svg = text(&scene, Format::DrawioSvg);
    let head = &svg[..svg.find(" content=\"").expect("it carries a page")];
    assert!(head.starts_with("<svg") && !head.contains('>'));
}

#[test]
fn in_draw_io_a_cell_stands_before_what_is_in_it_and_an_edge_within_both_its_ends_homes() {
    let page = mxfile::read(&written(&lab::scene(), Format::Drawio)).expect("it can be read").pages.remove(0);
    let mut seen = BTreeSet::from(["0"]);
    for cell in &page.cells {
        let parent = cell.parent.as_deref().expect("a parent");
        assert!(seen.contains(parent), "{} stands before {parent}", cell.id);
        seen.insert(&cell.id);
    }
    let around = |id: &str| -> BTreeSet<String> {
        std::iter::successors(page.cell(id), |cell| page.cell(cell.parent.as_deref()?))
            .map(|cell| cell.id.clone())
            .collect()
    };
    for edge in page.cells.iter().filter(|cell| cell.source.is_some()) {
        let home = edge.parent.as_deref().expect("a parent");
        for end in [&edge.source, &edge.target].into_iter().flatten() {
            assert!(around(end).contains(home), "{} stands in {home}, its end {end} does not", edge.id);
        }
    }
}

#[test]
fn in_draw_io_words_about_the_picture_have_a_layer_and_paths_have_tags() {
    let page = mxfile::read(&written(&lab::scene(), Format::Drawio)).expect("it can be read").pages.remove(0);
    let layers: Vec<&str> = page.cells.iter().filter(|cell| cell.is_layer()).map(|cell| cell.label.as_str()).collect();
    assert_eq!(layers, ["Network", "Notes"]);
    for edge in page.cells.iter().filter(|cell| cell.source.is_some()) {
        let facts = &edge.object.as_ref().expect("it tells something").facts;
        let tags = mxfile::attribute(facts, "tags").expect("tags");
        assert!(tags.split(' ').any(|tag| tag == "path"), "{}: {tags}", edge.id);
    }
}

#[test]
fn a_thing_links_to_its_line_in_svg_and_draw_io_where_the_address_is_known() {
    let mut scene = lab::scene();
    let place =
        Place { file: FileId(0), span: Span { start: TEMPLATE.find("VPC:").expect("it is there") as u32, end: 0 } };
    let item = scene.items.iter_mut().find(|item| matches!(item.kind, Kind::Icon(_))).expect("an icon");
    item.origin = Some(Origin::new("VPC", place));
    let link_base = Some("https://example.com/main/".to_string());
    let options = Options { link_base, ..Options::default() };
    let address = "\"https://example.com/main/lab.yaml#L2\"";
    for (format, attribute) in [(Format::Svg, "<a href="), (Format::Drawio, " link=")] {
        let linked = String::from_utf8(written_with(&scene, format, &options)).expect("UTF-8");
        assert!(linked.contains(&format!("{attribute}{address}")), "{format:?}");
        assert!(!text(&scene, format).contains("example.com"));
    }
}
