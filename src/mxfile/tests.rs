use super::*;

const PLAIN: &str = r#"<mxfile host="x"><diagram id="p" name="One"><mxGraphModel grid="1"><root><mxCell id="0"/><mxCell id="1" parent="0"/><UserObject id="a" label="A &amp;amp; B" tooltip="t"><mxCell style="html=1;" vertex="1" parent="1"><mxGeometry y="20.5" width="40" height="40" as="geometry"><mxRectangle x="1" as="alternateBounds"/></mxGeometry></mxCell></UserObject><mxCell id="e" edge="1" parent="1" source="a" target="a"><mxGeometry relative="1" as="geometry"><Array as="points"><mxPoint x="60"/></Array></mxGeometry></mxCell></root></mxGraphModel></diagram></mxfile>"#;

/// A file whose page is yet to be put in, compressed.
const COMPRESSED: &str = r#"<mxfile><diagram id="p" name="One">{}</diagram></mxfile>"#;

fn refused(text: &str) -> Fault {
    read(text.as_bytes()).expect_err("it is refused")
}

fn plain() -> File {
    read(PLAIN.as_bytes()).expect("it can be read")
}

#[test]
fn what_is_read_is_written_again_with_all_that_is_not_understood() {
    let file = plain();
    assert_eq!(file.pages[0].cell("a").expect("a cell").label, "A &amp; B");
    assert_eq!(file.pages[0].cell("e").and_then(|e| e.geometry.clone()).expect("a line").points, [[60.0, 0.0]]);
    assert!(file.text().contains("<mxRectangle x=\"1\" as=\"alternateBounds\"/>"));
    assert_eq!(read(file.text().as_bytes()).expect("it can be read"), file);
}

#[test]
fn a_compressed_page_is_read_as_the_page_that_it_is() {
    let page = &plain().pages[0];
    let compressed = COMPRESSED.replace("{}", &page.packed());
    assert_eq!(read(compressed.as_bytes()).expect("it can be read").pages[0].cells, page.cells);
}

#[test]
fn an_svg_carries_its_file_plain_percent_encoded_or_in_base64() {
    use base64::Engine;
    let mut xml = crate::xml::Xml::new();
    xml.tag("svg").attr("content", PLAIN).empty();
    let typed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x/svg11.dtd\">{}",
        xml.finish()
    );
    let encoded = format!("<svg content=\"{}\"/>", pack::percent_encoded(PLAIN));
    let based = format!("<svg content=\"{}\"/>", base64::engine::general_purpose::STANDARD.encode(PLAIN));
    for svg in [typed, encoded, based] {
        assert_eq!(read(svg.as_bytes()).expect("it can be read"), plain());
    }
    assert_eq!(refused("<svg/>").message, "the SVG carries no diagram");
}

#[test]
fn a_png_gives_back_the_file_that_was_put_into_it() {
    let png = resvg::tiny_skia::Pixmap::new(2, 2).and_then(|pixels| pixels.encode_png().ok()).expect("a PNG");
    let carrying = with_model(&png, PLAIN);
    assert_eq!(read(&carrying).expect("it can be read"), plain());
    // Another program that checks sums still reads the pixels.
    assert!(resvg::tiny_skia::Pixmap::decode_png(&carrying).is_ok());
    assert_eq!(read(&png).expect_err("it is refused").message, "the PNG carries no diagram");
    assert!(read(&carrying[..60]).is_err());
}

#[test]
fn a_fault_says_where_it_is() {
    let fault = refused("<mxfile>\n<diagram name=\"One\">\n<mxGraphModel><oops/></mxGraphModel></diagram></mxfile>");
    assert_eq!(fault.to_string(), "page \"One\": the page has no root (line 3, column 1)");
    let twice = PLAIN.replace("id=\"e\"", "id=\"a\"");
    assert!(refused(&twice).message.ends_with("two cells have the id \"a\""));
    assert!(refused(&PLAIN.replace("20.5", "far")).message.contains("`y` is no place on a page"));
    assert_eq!(refused("<mxfile>\n<diagram></mxfile>").place.map(|(line, _)| line), Some(2));
    assert_eq!(refused("<html/>").message, "it is no file of draw.io's: it begins with <html>");
}

#[test]
fn no_entity_is_expanded() {
    for hostile in [
        "<!DOCTYPE mxfile [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><mxfile>&a;</mxfile>",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><mxfile>&b;</mxfile>",
    ] {
        assert_eq!(refused(hostile).message, "it declares entities");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = format!("<mxfile>{}{}</mxfile>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    assert!(refused(&deep).message.contains("nested more than"));
}

#[test]
fn a_cell_that_stands_in_itself_is_refused() {
    let turned = PLAIN
        .replace("vertex=\"1\" parent=\"1\"", "vertex=\"1\" parent=\"e\"")
        .replace("edge=\"1\" parent=\"1\"", "edge=\"1\" parent=\"a\"");
    assert!(refused(&turned).message.contains("or in itself"));
}

#[test]
fn what_a_file_may_take_is_for_all_its_pages_together() {
    let page = &plain().pages[0];
    let packed = format!("<diagram name=\"One\">{}</diagram>", page.packed());
    let inflated = pack::percent_encoded(&text::model(page)).len();
    let file = |pages: usize| format!("<mxfile>{}</mxfile>", packed.repeat(pages));
    let read = |pages, bytes, nodes| read::read_into(&mut Room { bytes, nodes }, file(pages).as_bytes());
    assert_eq!(read(2, 2 * inflated, 1_000).expect("they fit").pages.len(), 2);
    let fault = read(3, 3 * inflated - 1, 1_000).expect_err("the third inflates to too much");
    assert!(fault.message.contains("inflates to more than 64 MB"), "{fault}");
    let least = |pages| (0..).find(|nodes| read(pages, usize::MAX - 1, *nodes).is_ok()).expect("some are enough");
    assert!(least(3) - least(1) >= 2 * page.cells.len());
    let fault = read(3, usize::MAX - 1, least(3) - 1).expect_err("there are too many elements");
    assert!(fault.message.contains("more than 2000000 elements, attributes and texts"), "{fault}");
    // What they were when they were written counts likewise.
    let signed = plain().signed();
    let mut room = Room { bytes: inflated * 3, nodes: 1_000 };
    assert!(matches!(signed.pages[0].as_written(&mut room), Some(Ok(_))));
    let again = (0..3).filter_map(|_| signed.pages[0].as_written(&mut room)).find_map(Result::err);
    assert!(again.is_some_and(|fault| fault.message.contains("inflates to more than")));
}

#[test]
fn an_element_of_more_attributes_is_refused_before_each_is_compared_with_all() {
    let with = |attributes: usize| {
        let all: String = (0..attributes).map(|n| format!(" a{n}='>'")).collect();
        PLAIN.replace(" host=\"x\"", &all)
    };
    assert!(read(with(crate::limits::DRAWIO_ATTRIBUTES).as_bytes()).is_ok());
    for many in [crate::limits::DRAWIO_ATTRIBUTES + 1, 1_000_000] {
        assert_eq!(refused(&with(many)).message, "an element has more than 1000 attributes");
    }
}

#[test]
fn a_page_that_inflates_without_end_is_refused() {
    use base64::Engine;
    use std::io::Write;
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b'a'; 1 << 20];
    for _ in 0..=(crate::limits::DRAWIO_BYTES >> 20) {
        packer.write_all(&block).expect("memory");
    }
    let bomb = base64::engine::general_purpose::STANDARD.encode(packer.finish().expect("memory"));
    assert!(refused(&COMPRESSED.replace("{}", &bomb)).message.contains("inflates to more than"));
    assert!(refused(&COMPRESSED.replace("{}", "AAAA")).message.contains("page \"One\""));
}
