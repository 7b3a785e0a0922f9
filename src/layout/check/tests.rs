//! A law a test: a lawful scene, and the one change that breaks exactly that law. Law 10 is held by tests/laws/order.rs.

use super::*;
use crate::geom::size;
use crate::look::{EdgeLook, Glyph, Ink, TextSize, Weight};
use crate::scene::TextRole;
use crate::scene::{Arrows, Frame, Icon, Run, Scene};
use crate::theme::ICON;

const OUTER: usize = 0;
const LEFT: usize = 1;
const RIGHT: usize = 2;
const BAND: usize = 3;
const NODE: usize = 4;
const NODE_LABEL: usize = 5;
const HOST: usize = 6;
const EDGE: usize = 7;
const TITLE: usize = 9;

fn frame(look: FrameLook) -> Frame {
    Frame { look, badge: None, overlay: false, external: false, column: None, row: None, band: None }
}

fn item(id: &str, parent: Option<usize>, rect: Rect, kind: Kind) -> Item {
    let (type_name, tooltip) = (String::new(), String::new());
    Item { id: id.to_string(), parent, kind, type_name, rect, tooltip, facts: Vec::new(), origin: None, sign: None }
}

fn icon(id: &str, parent: Option<usize>, at: Point, band: Option<usize>) -> Item {
    let kind = Kind::Icon(Icon { glyph: Glyph::Instance, on_border: false, external: false, band });
    item(id, parent, Rect::new(at.x, at.y, ICON, ICON), kind)
}

fn words(id: &str, parent: Option<usize>, left_top: Point, role: TextRole, content: &str) -> Item {
    let width = text::width(content, TextSize::Small, Weight::Regular);
    let run = Run { text: content.to_string(), size: TextSize::Small, weight: Weight::Regular, ink: Ink::Primary };
    let line = Line { at: point(left_top.x, left_top.y + 12), width, runs: vec![run] };
    let text = Text { role, align: Align::Start, lines: vec![line], plate: None };
    item(id, parent, Rect::new(left_top.x, left_top.y, width, 16), Kind::Text(text))
}

fn edge(id: &str, from: usize, to: usize, points: &[(Px, Px)]) -> Item {
    let points: Vec<Point> = points.iter().map(|(x, y)| point(*x, *y)).collect();
    let rect = points.iter().map(|p| Rect::spanning(*p, *p)).reduce(Rect::union).unwrap_or_default();
    let (look, arrows) = (EdgeLook::Egress, Arrows::End);
    item(id, None, rect, Kind::Edge(Edge { look, from, to, points, arrows, bundle: None, hops: Vec::new() }))
}

/// A VPC with two subnets of one row, a band across them with one node, a host, and an edge between them.
fn lawful() -> Scene {
    let row = |left: Px| {
        (Rect::new(left, 64, 240, 300), Kind::Frame(Frame { row: Some(1), ..frame(FrameLook::PublicSubnet) }))
    };
    let (left, right) = (row(32), row(304));
    let items = vec![
        item("vpc", None, Rect::new(16, 16, 560, 380), Kind::Frame(frame(FrameLook::Vpc))),
        item("left", Some(OUTER), left.0, left.1),
        item("right", Some(OUTER), right.0, right.1),
        item(
            "band",
            Some(OUTER),
            Rect::new(48, 220, 480, 120),
            Kind::Band(Frame { overlay: true, ..frame(FrameLook::NodeGroup) }),
        ),
        icon("node", Some(LEFT), point(120, 240), Some(BAND)),
        words("node.label", Some(NODE), point(124, 294), TextRole::Label, "node"),
        icon("host", Some(RIGHT), point(400, 120), None),
        edge("edge", NODE, HOST, &[(168, 264), (292, 264), (292, 144), (400, 144)]),
        words("edge.label", Some(EDGE), point(330, 136), TextRole::EdgeLabel, "HTTPS"),
        words("title", Some(OUTER), point(24, 20), TextRole::Title, "VPC"),
    ];
    Scene { size: size(600, 420), items, ..Scene::default() }
}

/// What a change of the lawful scene breaks.
fn broken_by(change: impl FnOnce(&mut Vec<Item>)) -> Vec<Violation> {
    let mut scene = lawful();
    change(&mut scene.items);
    check(&scene)
}

fn edge_of(item: &mut Item) -> &mut Edge {
    match &mut item.kind {
        Kind::Edge(edge) => edge,
        _ => panic!("{} is no edge", item.id),
    }
}

fn moved(item: &mut Item, dx: Px, dy: Px) {
    item.rect = item.rect.moved(dx, dy);
    if let Kind::Text(text) = &mut item.kind {
        for line in &mut text.lines {
            line.at = point(line.at.x + dx, line.at.y + dy);
        }
    }
}

fn id(of: &str) -> String {
    of.to_string()
}

#[test]
fn a_lawful_scene_breaks_nothing() {
    assert_eq!(check(&lawful()), []);
}

#[test]
fn law_1_siblings_share_no_area() {
    let broken = broken_by(|items| items.push(icon("second", Some(RIGHT), point(430, 150), None)));
    assert_eq!(broken, [Violation::Overlap(id("host"), id("second"))]);
}

#[test]
fn law_1_an_overlaying_zone_is_excepted() {
    let zone = Frame { overlay: true, ..frame(FrameLook::Zone) };
    assert_eq!(
        broken_by(|items| items.push(item("zone", Some(OUTER), Rect::new(24, 56, 256, 316), Kind::Frame(zone)))),
        []
    );
}

#[test]
fn law_1_a_bands_pill_stands_over_what_the_band_overlays() {
    let pill = || item("pill", Some(BAND), Rect::new(220, 230, 60, 20), Kind::Pill(crate::look::Tone::Neutral));
    assert_eq!(broken_by(|items| items.push(pill())), []);
}

#[test]
fn law_2_a_child_keeps_its_padding() {
    let broken = broken_by(|items| items.push(icon("second", Some(RIGHT), point(494, 80), None)));
    assert_eq!(broken, [Violation::Padding { child: id("second"), parent: id("right") }]);
}

#[test]
fn law_2_an_icon_on_the_border_is_excepted() {
    let broken = broken_by(|items| {
        items.push(icon("gateway", Some(OUTER), point(552, 16), None));
        if let Some(Item { kind: Kind::Icon(icon), .. }) = items.last_mut() {
            icon.on_border = true;
        }
    });
    assert_eq!(broken, []);
}

#[test]
fn law_3_no_text_touches_another_text() {
    let broken =
        broken_by(|items| items.push(words("aside", Some(OUTER), point(30, 24), TextRole::Aside, "10.0.0.0/16")));
    assert_eq!(broken, [Violation::TextTouches { text: id("title"), item: id("aside") }]);
}

#[test]
fn law_3_no_text_touches_an_icon() {
    let broken = broken_by(|items| moved(&mut items[NODE_LABEL], 0, -8));
    assert_eq!(broken, [Violation::TextTouches { text: id("node.label"), item: id("node") }]);
}

#[test]
fn law_3_no_text_touches_a_pill_but_the_one_in_which_it_stands() {
    let pill = || item("pill", Some(OUTER), Rect::new(400, 24, 60, 20), Kind::Pill(crate::look::Tone::Neutral));
    let inside = |parent| words("why", Some(parent), point(410, 26), TextRole::Pill, "why");
    assert_eq!(broken_by(|items| items.extend([pill(), inside(TITLE + 1)])), []);
    let broken = broken_by(|items| items.extend([pill(), inside(OUTER)]));
    assert_eq!(broken, [Violation::TextTouches { text: id("why"), item: id("pill") }]);
}

#[test]
fn law_3_no_text_touches_a_badge() {
    let broken = broken_by(|items| {
        if let Kind::Frame(frame) = &mut items[OUTER].kind {
            frame.badge = Some(Glyph::GroupVpc);
        }
    });
    assert_eq!(broken, [Violation::TextTouches { text: id("title"), item: id("vpc") }]);
}

#[test]
fn law_3_no_border_runs_through_a_text() {
    let broken = broken_by(|items| items.push(words("note", None, point(560, 30), TextRole::PageSubtitle, "note")));
    assert_eq!(broken, [Violation::TextOnBorder { text: id("note"), owner: id("vpc") }]);
}

#[test]
fn law_3_a_frames_own_border_is_not_its_texts() {
    let broken = broken_by(|items| moved(&mut items[TITLE], 0, -4));
    assert_eq!(broken, [Violation::TextOnBorder { text: id("title"), owner: id("vpc") }]);
}

/// What a second icon at this place breaks.
fn broken_by_an_icon_at(parent: ItemIndex, x: Px, y: Px, band: Option<ItemIndex>) -> Vec<Violation> {
    broken_by(|items| items.push(icon("second", Some(parent), point(x, y), band)))
}

#[test]
fn law_4_no_edge_passes_through_an_icon_or_along_its_side() {
    for y in [234, 264] {
        let broken = broken_by_an_icon_at(LEFT, 200, y, Some(BAND));
        assert_eq!(broken, [Violation::ThroughIcon { edge: id("edge"), icon: id("second") }], "{y}");
    }
}

#[test]
fn law_4_no_edge_passes_through_a_badge() {
    let broken = broken_by(|items| {
        items.push(item("frame", Some(RIGHT), Rect::new(312, 134, 80, 60), Kind::Frame(frame(FrameLook::Services))));
        let Some(Kind::Frame(frame)) = items.last_mut().map(|item| &mut item.kind) else { return };
        frame.badge = Some(Glyph::GroupGeneric);
        items.retain(|item| item.parent != Some(EDGE));
    });
    assert_eq!(broken, [Violation::ThroughIcon { edge: id("edge"), icon: id("frame") }]);
}

#[test]
fn law_4_no_edge_passes_through_a_text_that_is_not_its_label() {
    let broken = broken_by(|items| items.push(words("second", Some(RIGHT), point(310, 112), TextRole::Footer, "why")));
    assert_eq!(broken, []);
    let broken = broken_by(|items| items.push(words("second", Some(RIGHT), point(306, 140), TextRole::Footer, "ab")));
    assert_eq!(broken, [Violation::ThroughText { edge: id("edge"), text: id("second") }]);
}

#[test]
fn law_4_the_label_of_an_edge_lies_on_it() {
    let labels = |items: &[Item]| items.iter().any(|item| item.parent == Some(EDGE));
    assert_eq!(broken_by(|items| assert!(labels(items))), []);
    let broken = broken_by(|items| {
        items.iter_mut().filter(|item| item.parent == Some(EDGE)).for_each(|item| item.parent = None)
    });
    assert_eq!(broken, [Violation::ThroughText { edge: id("edge"), text: id("edge.label") }]);
}

#[test]
fn law_4_no_edge_runs_along_a_border() {
    let broken =
        broken_by(|items| edge_of(&mut items[EDGE]).points = points(&[(168, 264), (301, 264), (301, 144), (400, 144)]));
    assert_eq!(broken, [Violation::AlongBorder { edge: id("edge"), owner: id("right") }]);
}

fn points(of: &[(Px, Px)]) -> Vec<Point> {
    of.iter().map(|(x, y)| point(*x, *y)).collect()
}

#[test]
fn law_5_an_edge_is_orthogonal() {
    let broken =
        broken_by(|items| edge_of(&mut items[EDGE]).points = points(&[(168, 264), (292, 260), (292, 144), (400, 144)]));
    assert_eq!(broken, [Violation::Slanted { edge: id("edge") }]);
}

#[test]
fn law_5_an_edge_ends_on_the_border_of_what_it_joins() {
    let broken =
        broken_by(|items| edge_of(&mut items[EDGE]).points = points(&[(168, 264), (292, 264), (292, 144), (396, 144)]));
    assert_eq!(broken, [Violation::Dangling { edge: id("edge"), end: id("host") }]);
}

#[test]
fn law_5_an_edge_begins_on_a_border_too_and_is_a_line() {
    let broken = broken_by(|items| edge_of(&mut items[EDGE]).points[0].x += 4);
    assert_eq!(broken, [Violation::Dangling { edge: id("edge"), end: id("node") }]);
    let broken = broken_by(|items| edge_of(&mut items[EDGE]).points.clear());
    assert_eq!(broken, [Violation::Slanted { edge: id("edge") }]);
}

#[test]
fn law_6_no_two_edges_share_a_piece_of_line_unless_they_are_one_bundle() {
    let second = || edge("second", NODE, HOST, &[(168, 256), (292, 256), (292, 156), (400, 156)]);
    assert_eq!(broken_by(|items| items.push(second())), [Violation::SharedLine(id("edge"), id("second"))]);
    let bundled = broken_by(|items| {
        items.push(second());
        for index in [EDGE, TITLE + 1] {
            edge_of(&mut items[index]).bundle = Some(id("egress"));
        }
    });
    assert_eq!(bundled, []);
}

#[test]
fn law_7_a_row_has_one_top_and_one_bottom() {
    let broken = broken_by(|items| items[RIGHT].rect.bottom -= 4);
    assert_eq!(broken, [Violation::Misaligned(id("left"), id("right"))]);
}

#[test]
fn law_7_a_zone_has_one_left_and_one_right() {
    let zone = |id: &str, left: Px| {
        let frame = Frame { overlay: true, column: Some(0), ..frame(FrameLook::Zone) };
        item(id, None, Rect::new(left, 40, 256, 340), Kind::Frame(frame))
    };
    let broken = broken_by(|items| items.extend([zone("here", 24), zone("there", 22)]));
    assert_eq!(broken, [Violation::Misaligned(id("here"), id("there"))]);
}

#[test]
fn law_8_a_band_contains_its_members() {
    let broken = broken_by_an_icon_at(LEFT, 56, 90, Some(BAND));
    assert_eq!(broken, [Violation::MemberOutside { band: id("band"), member: id("second") }]);
}

#[test]
fn law_8_a_band_contains_no_stranger() {
    let broken = broken_by_an_icon_at(RIGHT, 440, 240, None);
    assert_eq!(broken, [Violation::Stranger { band: id("band"), stranger: id("second") }]);
}

#[test]
fn law_8_a_band_contains_no_part_of_another_band_but_a_whole_one() {
    let band = |height: Px| {
        let frame = Frame { overlay: true, ..frame(FrameLook::LoadBalancer) };
        item("second", Some(OUTER), Rect::new(300, 310, 100, height), Kind::Band(frame))
    };
    assert_eq!(broken_by(|items| items.push(band(20))), []);
    let broken = broken_by(|items| items.push(band(40)));
    assert_eq!(broken, [Violation::Stranger { band: id("band"), stranger: id("second") }]);
}

#[test]
fn law_9_a_text_is_as_wide_as_measured_with_the_bundled_font() {
    let broken = broken_by(|items| {
        if let Kind::Text(text) = &mut items[TITLE].kind {
            text.lines[0].width -= 1;
        }
    });
    assert_eq!(broken, [Violation::TextUnfit { text: id("title") }]);
}

#[test]
fn law_9_a_text_is_not_taller_than_its_box() {
    let broken = broken_by(|items| items[TITLE].rect.bottom -= 8);
    assert_eq!(broken, [Violation::TextUnfit { text: id("title") }]);
}

#[test]
fn law_9_a_text_fits_its_box() {
    let broken = broken_by(|items| items[TITLE].rect.right -= 3);
    assert_eq!(broken, [Violation::TextUnfit { text: id("title") }]);
}

#[test]
fn law_9_a_label_fits_its_icons_frame() {
    let broken = broken_by(|items| {
        items.push(icon("second", Some(RIGHT), point(488, 100), None));
        items.push(words("second.label", Some(TITLE + 1), point(550, 150), TextRole::Label, "ab"));
    });
    assert_eq!(broken, [Violation::LabelOutside { label: id("second.label"), frame: id("right") }]);
}

#[test]
fn law_11_nothing_lies_outside_the_page() {
    let broken = broken_by(|items| items.push(icon("actor", None, point(560, 400), None)));
    assert_eq!(broken, [Violation::OffPage(id("actor"))]);
}

#[test]
fn law_11_no_edge_leaves_the_page_and_comes_back() {
    let broken = broken_by(|items| {
        items.push(edge("around", OUTER, OUTER, &[(16, 200), (-8, 200), (-8, 210), (16, 210)]));
    });
    assert_eq!(broken, [Violation::OffPage(id("around"))]);
}

#[test]
fn a_scene_with_a_dangling_index_is_reported_and_not_judged() {
    let broken = broken_by(|items| edge_of(&mut items[EDGE]).to = 99);
    assert_eq!(broken, [Violation::Broken(id("edge"))]);
}

#[test]
fn an_edge_is_measured_by_its_bends_its_length_and_what_it_crosses() {
    let measured = metrics(&lawful());
    assert_eq!((measured.edges, measured.bends, measured.crossings), (1, 2, 0));
    assert_eq!(measured.edge_length, 124 + 120 + 108);
    assert_eq!(measured.foreign_borders, 0, "it leaves its own subnet and enters the other");
    assert_eq!(measured.aspect_percent, 142);
    assert!(measured.to_string().contains("2.0 bends an edge"), "{measured}");
}

#[test]
fn an_edge_through_a_text_is_one_hit_however_often_it_meets_it() {
    let mut scene = lawful();
    assert_eq!(metrics(&scene).hits, 0, "its own label is none");
    scene.items.push(edge("second", OUTER, OUTER, &[(16, 28), (100, 28), (100, 30), (20, 30)]));
    assert_eq!(metrics(&scene).hits, 1);
}

#[test]
fn two_edges_that_cross_are_counted_once() {
    let mut scene = lawful();
    scene.items.push(edge("second", OUTER, OUTER, &[(16, 200), (576, 200)]));
    assert_eq!(metrics(&scene).crossings, 1);
}
