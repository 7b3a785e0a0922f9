//! Small diagrams by hand, and questions to the scenes made of them.

use crate::diagram::{
    About, Actor, Band, Block, BorderIcon, Cell, Cells, Column, Diagram, Edge, Flow, Frame, Heading, Icon, Matrix, Row,
    Section, Side, Words,
};
use crate::geom::{Point, Rect};
use crate::layout::check;
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, TextSize, Weight};
use crate::scene::{Arrows, Item, Kind, Scene};

pub fn about(id: &str) -> About {
    About { id: id.to_string(), type_name: "test".to_string(), ..About::default() }
}

pub fn words(text: &str) -> Vec<Words> {
    let words =
        |text: &str| Words { text: text.to_string(), size: TextSize::Body, weight: Weight::Regular, ink: Ink::Primary };
    if text.is_empty() { Vec::new() } else { vec![words(text)] }
}

pub fn heading(id: &str, look: FrameLook, title: &str) -> Heading {
    Heading {
        about: about(id),
        look,
        badge: Some(Glyph::GroupVpc),
        external: false,
        title: words(title),
        aside: None,
        pills: Vec::new(),
        footer: Vec::new(),
    }
}

pub fn icon(id: &str) -> Icon {
    named_icon(id, id)
}

pub fn named_icon(id: &str, name: &str) -> Icon {
    let label = words(name);
    Icon { about: about(id), glyph: Glyph::Instance, external: false, label, pills: Vec::new(), band: None }
}

pub fn member(id: &str, band: &str) -> Icon {
    Icon { band: Some(band.to_string()), ..icon(id) }
}

pub fn edge(from: &str, to: &str) -> Edge {
    Edge {
        about: about(&format!("{from}>{to}")),
        look: EdgeLook::Egress,
        from: from.to_string(),
        to: to.to_string(),
        arrows: Arrows::End,
        label: None,
        disc: None,
        bundle: None,
    }
}

pub fn cell(id: &str, column: usize, lanes: Vec<Vec<Icon>>) -> Cell {
    let lanes = lanes.into_iter().map(|icons| icons.into_iter().map(Block::Icon).collect()).collect();
    Cell { heading: heading(id, FrameLook::PublicSubnet, id), column, lanes }
}

/// A VPC with these rows in columns that are all zones, and a gateway on its right border.
pub fn network(columns: usize, rows: Vec<Cells>, edges: Vec<Edge>) -> Diagram {
    let zone = |c| Column { zone: Some(heading(&format!("zone{c}"), FrameLook::Zone, &format!("Zone {c}"))) };
    let section = Section {
        heading: heading("vpc", FrameLook::Vpc, "vpc 10.0.0.0/16"),
        zones: vec![true; columns],
        rows: rows.into_iter().map(Row::Cells).collect(),
        border: vec![BorderIcon { icon: icon("gateway"), side: Side::Right }],
    };
    let matrix = Matrix { columns: (0..columns).map(zone).collect(), sections: vec![section] };
    let cloud = Frame {
        heading: heading("cloud", FrameLook::Cloud, "Cloud"),
        flow: Flow::Column,
        blocks: vec![Block::Matrix(matrix)],
        band: None,
    };
    Diagram {
        title: "Test".to_string(),
        body: vec![Block::Frame(cloud)],
        right: vec![Actor { block: Block::Icon(icon("internet")), level_with: Some("gateway".to_string()) }],
        edges,
        ..Diagram::default()
    }
}

pub fn row(cells: Vec<Cell>, bands: Vec<Band>) -> Cells {
    let lanes = cells.iter().map(|c| c.lanes.len()).max().unwrap_or(1);
    Cells { cells, lanes, bands }
}

pub fn item<'a>(scene: &'a Scene, id: &str) -> &'a Item {
    scene.items.iter().find(|i| i.id == id).unwrap_or_else(|| panic!("{id} is not in the scene"))
}

pub fn rect(scene: &Scene, id: &str) -> Rect {
    item(scene, id).rect
}

pub fn points(scene: &Scene, id: &str) -> Vec<Point> {
    match &item(scene, id).kind {
        Kind::Edge(edge) => edge.points.clone(),
        _ => panic!("{id} is no edge"),
    }
}

pub fn assert_lawful(scene: &Scene) {
    let broken: Vec<String> = check::check(scene).iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
