//! What the writers make of a scene that was placed by hand.

mod lab;

use eksdiagram::diag::Sources;
use eksdiagram::scene::Scene;
use eksdiagram::write::{Format, Options, write};

fn written(scene: &Scene, format: Format) -> Vec<u8> {
    let mut sources = Sources::default();
    sources.add("lab.yaml", "Resources:\n  VPC:\n    Type: AWS::EC2::VPC\n");
    write(scene, format, &sources, &Options::default()).expect("the scene can be written")
}

/// Where a person looks at them: `WRITERS_OUT=dir cargo test --test writers`.
#[test]
fn the_lab_page_can_be_written_in_every_format() {
    let scene = lab::scene();
    for (ending, format) in
        [("svg", Format::Svg), ("png", Format::Png), ("drawio", Format::Drawio), ("json", Format::Json)]
    {
        let bytes = written(&scene, format);
        assert!(!bytes.is_empty());
        if let Some(out) = std::env::var_os("WRITERS_OUT") {
            std::fs::write(std::path::Path::new(&out).join(format!("lab.{ending}")), bytes).expect("writable");
        }
    }
}

/// The page is one that the layout could have made: what the writers show of it is not the page's own fault.
#[test]
fn the_lab_page_breaks_no_law() {
    assert_eq!(eksdiagram::layout::check::check(&lab::scene()), []);
}
