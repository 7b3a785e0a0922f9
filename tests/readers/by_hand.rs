//! A person opens our page in the real draw.io's editor, works on it, saves it, and it is drawn again.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use eksdiagram::mxfile::{self, Cell, File, Form};
use serde_json::{Value, json};

use super::template;
use crate::{readers_are_here, told};

/// Draws `net.yaml` of a folder into a file beside it.
fn draw(folder: &Path, output: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
    let output = command.current_dir(folder).args(["net.yaml", "-o", output]).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Does this in the editor, and saves the file in its place.
fn edit(file: &Path, edits: &Value) -> Value {
    let edits = edits.to_string();
    told("edit.mjs", &[file.as_os_str(), file.as_os_str(), edits.as_ref()])
}

fn read(file: &Path) -> File {
    mxfile::read(&std::fs::read(file).expect("the file is there")).expect("it can be read")
}

fn cells(file: &Path) -> BTreeMap<String, Cell> {
    read(file).pages.remove(0).cells.into_iter().map(|cell| (cell.id.clone(), cell)).collect()
}

fn place(cell: &Cell) -> [f64; 2] {
    cell.geometry.as_ref().map(|geometry| [geometry.x, geometry.y]).expect("it has a place")
}

/// Laws 1 and 2 for one box: it shares no ground with its siblings, and lies in its parent.
fn assert_stands_free(id: &str, cells: &BTreeMap<String, Cell>) {
    let corners = |cell: &Cell| {
        let at = cell.geometry.as_ref().expect("it has a place");
        [at.x, at.y, at.x + at.width, at.y + at.height]
    };
    let cell = &cells[id];
    let [left, top, right, bottom] = corners(cell);
    let parent = cell.parent.as_deref().expect("it stands in something");
    let [parent_left, parent_top, parent_right, parent_bottom] = corners(&cells[parent]);
    assert!(left >= 0.0 && top >= 0.0, "{id} leaves {parent}");
    assert!(right <= parent_right - parent_left && bottom <= parent_bottom - parent_top, "{id} leaves {parent}");
    let is_sibling = |other: &&Cell| other.id != id && other.parent == cell.parent && other.form == Form::Vertex;
    for other in cells.values().filter(is_sibling).filter(|other| other.geometry.is_some()) {
        let [other_left, other_top, other_right, other_bottom] = corners(other);
        let apart = right <= other_left || other_right <= left || bottom <= other_top || other_bottom <= top;
        assert!(apart, "{id} stands on {}", other.id);
    }
}

#[test]
fn moving_a_vpc_moves_all_that_is_in_it_with_the_bends_of_its_lines() {
    if !readers_are_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.drawio");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("out/quickstart.drawio"), &page).expect("the gallery");
    let cells = cells(&page);
    let vpc = cells.values().find(|cell| cell.style.contains("group_vpc2") && cell.id.contains("VPC")).expect("a VPC");
    let said = edit(&page, &json!([{ "do": "move", "id": vpc.id, "x": 40, "y": 24 }]));
    let is_within = |cell: &Cell| {
        std::iter::successors(Some(cell), |cell| cells.get(cell.parent.as_deref()?)).any(|cell| cell.id == vpc.id)
    };
    let (mut within, mut lines) = (0, 0);
    for cell in cells.values() {
        let [before, after] = ["before", "after"].map(|when| said[when][&cell.id].as_array().cloned());
        let (Some(before), Some(after)) = (before, after) else { continue };
        let moved = |at: &Value| json!([at[0].as_i64().map(|x| x + 40), at[1].as_i64().map(|y| y + 24)]);
        if is_within(cell) {
            assert_eq!(after, before.iter().map(moved).collect::<Vec<_>>(), "{}", cell.id);
            within += 1;
            lines += usize::from(cell.source.is_some());
        }
    }
    assert!(within > 40 && lines > 3, "{within} cells and {lines} lines are in the VPC");
}

#[test]
fn what_a_person_did_in_draw_io_is_there_when_the_network_has_changed() {
    if !readers_are_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (input, page) = (folder.path().join("net.yaml"), folder.path().join("net.drawio"));
    std::fs::write(&input, template::before()).expect("the temporary folder is writable");
    draw(folder.path(), "net.drawio");
    edit(
        &page,
        &json!([
            { "do": "move", "id": "net/Web", "x": 24, "y": 16 },
            { "do": "move", "id": "net/Queue", "x": -30, "y": 20 },
            { "do": "restyle", "id": "egress/net/Gateway/internet", "key": "strokeColor", "value": "#FF0000" },
            { "do": "rename", "id": "net/Back", "label": "Rear" },
            { "do": "note", "id": "mine", "text": "to be moved", "x": 200, "y": 10, "parent": "net/Vpc" },
        ]),
    );
    let saved = cells(&page);
    std::fs::write(&input, template::after()).expect("the temporary folder is writable");
    let said = draw(folder.path(), "net.drawio");
    let drawn = cells(&page);
    for moved in ["net/Web", "net/Queue", "mine"] {
        assert_eq!(place(&drawn[moved]), place(&saved[moved]), "{moved}");
    }
    assert!(drawn["egress/net/Gateway/internet"].style.contains("strokeColor=#FF0000;"));
    assert_eq!(drawn["net/Back"].label, "Rear");
    assert!(drawn.contains_key("net/Spare") && !drawn.contains_key("net/Worker"));
    assert_stands_free("net/Spare", &drawn);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    for words in ["2 moved", "1 restyled", "1 relabelled", "1 added", "net/Spare", "removed: net/Worker"] {
        assert!(said.contains(words), "`{words}` is not said: {said}");
    }
    let once = std::fs::read(&page).expect("the file is there");
    draw(folder.path(), "net.drawio");
    assert!(std::fs::read(&page).expect("the file is there") == once, "drawn once more, it changes");
    // And draw.io opens it, with every cell where the file has it.
    let said = edit(&page, &json!([]));
    assert!(said["before"]["net/Spare"].is_array() && said["before"]["mine"].is_array());
}

#[test]
fn a_picture_opens_in_draw_io_with_its_pages_and_is_drawn_over_when_it_was_saved_there() {
    if !readers_are_here() {
        return;
    }
    for name in ["net.drawio.svg", "net.drawio.png"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let page = folder.path().join(name);
        std::fs::write(folder.path().join("net.yaml"), template::before()).expect("writable");
        draw(folder.path(), name);
        let fresh = read(&page);
        let said = edit(&page, &json!([{ "do": "move", "id": "net/Web", "x": 24, "y": 16 }]));
        assert_eq!(said["pages"], json!([fresh.pages[0].name]), "{name}");
        let saved = cells(&page);
        assert_eq!(saved.len(), fresh.pages[0].cells.len(), "{name}");
        draw(folder.path(), name);
        assert_eq!(place(&cells(&page)["net/Web"]), place(&saved["net/Web"]), "{name}");
    }
}
