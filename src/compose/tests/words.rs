//! The words of every language in a picture.

use super::*;
use crate::lang::Language;
use crate::look::{TextSize, Weight};
use crate::text;

#[test]
fn the_bundled_font_draws_every_character_of_every_language() {
    for language in Language::ALL {
        for (name, words) in language.phrases().each() {
            assert_eq!(text::missing(words), [], "{language:?}: {name}");
        }
    }
}

/// Hangul may be broken between any two syllables, but a word of ours never is where it has room: under icons (168 px)
/// and beside those on a border (136 px).
#[test]
fn our_korean_words_break_at_spaces_only() {
    for (name, words) in Language::Korean.phrases().each() {
        for room in [136, 168] {
            for weight in [Weight::Regular, Weight::Bold] {
                let lines = text::wrap(words, TextSize::Body, weight, room, 9);
                assert_eq!(lines.join(" "), words.trim(), "{name} in {room} px");
            }
        }
    }
}

/// A label of an edge is also tried in two lines, narrower than it is.
#[test]
fn our_korean_labels_of_edges_break_at_spaces_only() {
    let p = Language::Korean.phrases();
    for label in [p.via_interfaces.to_string(), crate::lang::fill(p.ssh_from, &["203.0.113.0/24"])] {
        let room = text::width(&label, TextSize::Small, Weight::Regular) * 2 / 3;
        let lines = text::wrap(&label, TextSize::Small, Weight::Regular, room, 2);
        assert_eq!(lines.join(" "), label);
    }
}

fn korean(resources: &[Resource]) -> Diagram {
    drawn_with(resources, Options { language: Language::Korean, ..Options::default() })
}

#[test]
fn a_korean_picture_says_its_words_in_korean_and_names_as_they_are() {
    let diagram = korean(&[VPC, subnet("App1", A), subnet("App2", B)]);
    assert_eq!(diagram.language, "ko");
    assert_eq!(diagram.subtitle, "네트워크 구성: VPC 1개, 가용 영역 2개, 서브넷 2개");
    let heading = &rows(sections(&diagram)[0])[0].cells[0].heading;
    assert_eq!((heading.title[0].text.as_str(), heading.footer[0].text.as_str()), ("App1", "격리: 기본 경로 없음"));
    let zones: Vec<&str> =
        matrices(&diagram)[0].columns.iter().flat_map(|c| &c.zone).map(|z| z.title[0].text.as_str()).collect();
    assert_eq!(zones, ["가용 영역 eu-west-1a", "가용 영역 eu-west-1b"]);
}

#[test]
fn a_number_stands_behind_what_it_counts_in_korean() {
    let three = r#"{"VPCZoneIdentifier": ["@App1", "@App2"], "MinSize": "3", "MaxSize": "3", "DesiredCapacity": "3"}"#;
    let group = ("Workers", "AWS::AutoScaling::AutoScalingGroup", three);
    let diagram = korean(&[VPC, subnet("App1", A), subnet("App2", B), group]);
    let member = icons(sections(&diagram)[0]).into_iter().find(|icon| icon.band.is_some()).expect("a member");
    assert_eq!(member.label[0].text, "인스턴스 1–2개");
}

#[test]
fn a_name_of_the_users_is_left_as_it_is_where_the_model_says_the_same_of_another() {
    let instance = ("Host", "AWS::EC2::Instance", r#"{"InstanceType": "t3.micro"}"#);
    let named = r#"{"CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": "default VPC"}]}"#;
    let diagram = korean(&[("Vpc", "AWS::EC2::VPC", named), subnet("App1", A), instance]);
    let names: Vec<&str> = sections(&diagram).iter().map(|s| s.heading.title[0].text.as_str()).collect();
    assert!(names.contains(&"default VPC") && names.contains(&"기본 VPC"), "{names:?}");
}

#[test]
fn what_the_model_says_itself_is_korean_too() {
    let nat = ("Nat", "AWS::EC2::NatGateway", r#"{"SubnetId": "@App1", "ConnectivityType": "private"}"#);
    let diagram = korean(&[VPC, subnet("App1", A), nat]);
    let labels: Vec<&str> = icons(sections(&diagram)[0])[0].label.iter().map(|words| words.text.as_str()).collect();
    assert_eq!(labels, ["Nat", "NAT 게이트웨이", "프라이빗"]);
}
