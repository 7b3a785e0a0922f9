use super::*;
use crate::mxfile::{Cell, Form, Geometry, LAYER, Object, ROOT, attribute};

fn boxed(id: &str, parent: &str, [x, y, width, height]: [f64; 4]) -> Cell {
    Cell {
        id: id.to_string(),
        label: id.to_string(),
        object: Some(Object::new(vec![("type".to_string(), "box".to_string())])),
        style: "html=1;fillColor=none;".to_string(),
        form: Form::Vertex,
        parent: Some(parent.to_string()),
        geometry: Some(Geometry { x, y, width, height, ..Geometry::default() }),
        ..Cell::default()
    }
}

fn line(id: &str, parent: &str, from: &str, to: &str, points: &[[f64; 2]]) -> Cell {
    Cell {
        id: id.to_string(),
        form: Form::Edge,
        object: Some(Object::new(Vec::new())),
        style: "strokeColor=#000000;exitX=1;".to_string(),
        parent: Some(parent.to_string()),
        source: Some(from.to_string()),
        target: Some(to.to_string()),
        geometry: Some(Geometry { relative: true, points: points.to_vec(), ..Geometry::default() }),
        ..Cell::default()
    }
}

fn file(cells: Vec<Cell>) -> File {
    let layer = Cell { id: LAYER.to_string(), parent: Some(ROOT.to_string()), ..Cell::default() };
    let cells = std::iter::once(layer).chain(cells).collect();
    let settings = vec![("grid".to_string(), "1".to_string())];
    File { pages: vec![Page { id: "p".to_string(), name: "net".to_string(), settings, cells, ..Page::default() }] }
}

/// A VPC with a subnet that holds two hosts, joined by a line.
fn before() -> File {
    file(vec![
        boxed("vpc", LAYER, [40.0, 40.0, 400.0, 300.0]),
        boxed("subnet", "vpc", [20.0, 40.0, 200.0, 200.0]),
        boxed("a", "subnet", [20.0, 40.0, 48.0, 48.0]),
        boxed("b", "subnet", [120.0, 40.0, 48.0, 48.0]),
        line("a-b", "subnet", "a", "b", &[[90.0, 64.0]]),
    ])
}

/// The file as a person left it.
fn left(mut file: File, work: impl FnOnce(&mut Vec<Cell>)) -> File {
    file = file.signed();
    work(&mut file.pages[0].cells);
    file
}

fn cell<'a>(cells: &'a mut [Cell], id: &str) -> &'a mut Cell {
    cells.iter_mut().find(|cell| cell.id == id).expect("the cell is there")
}

fn geometry<'a>(cells: &'a mut [Cell], id: &str) -> &'a mut Geometry {
    cell(cells, id).geometry.as_mut().expect("it has a place")
}

/// The cells when `fresh` is drawn over `there`; that the same once more changes nothing is held every time.
fn drawn(there: &File, fresh: &File, gone: Gone) -> (Vec<Cell>, Report) {
    let once = draw_over(there, fresh, gone).expect("it is ours");
    let twice = draw_over(&once.file, fresh, gone).expect("it is ours");
    assert_eq!(twice.file.text(), once.file.text(), "drawn once more, it changes");
    let read = crate::mxfile::read(once.file.text().as_bytes()).expect("it can be read");
    assert_eq!(read, once.file);
    (once.file.pages[0].cells.clone(), once.report)
}

fn place(cells: &[Cell], id: &str) -> [f64; 2] {
    let at =
        cells.iter().find(|cell| cell.id == id).and_then(|cell| cell.geometry.as_ref()).expect("the cell is there");
    [at.x, at.y]
}

fn ids(cells: &[Cell]) -> Vec<&str> {
    cells.iter().map(|cell| cell.id.as_str()).collect()
}

#[test]
fn without_handwork_the_file_is_written_as_if_none_was_there() {
    let there = before().signed();
    let drawn = draw_over(&there, &before(), Gone::Removed).expect("it is ours");
    assert_eq!((drawn.file.text(), drawn.report.is_empty()), (there.text(), true));
}

#[test]
fn what_a_person_moved_stays_and_what_nobody_moved_follows_the_layout() {
    let there = left(before(), |cells| geometry(cells, "a").x = 33.5);
    let today = file(vec![
        boxed("vpc", LAYER, [60.0, 40.0, 500.0, 300.0]),
        boxed("subnet", "vpc", [20.0, 40.0, 300.0, 200.0]),
        boxed("a", "subnet", [50.0, 40.0, 48.0, 48.0]),
        boxed("b", "subnet", [150.0, 40.0, 48.0, 48.0]),
        line("a-b", "subnet", "a", "b", &[[90.0, 64.0]]),
    ]);
    let (cells, report) = drawn(&there, &today, Gone::Removed);
    assert_eq!(
        (place(&cells, "a"), place(&cells, "b"), place(&cells, "vpc")),
        ([33.5, 40.0], [150.0, 40.0], [60.0, 40.0])
    );
    assert_eq!(report.to_string(), "kept by hand: 1 moved");
}

#[test]
fn a_style_changes_by_hand_and_by_layout_each_in_its_parts() {
    let there =
        left(before(), |cells| cell(cells, "a-b").style = "exitX=1;strokeColor=#FF0000;strokeWidth=4;".to_string());
    let mut today = before();
    cell(&mut today.pages[0].cells, "a-b").style = "strokeColor=#000000;exitX=0.5;".to_string();
    let (mut cells, report) = drawn(&there, &today, Gone::Removed);
    assert_eq!(cell(&mut cells, "a-b").style, "strokeColor=#FF0000;exitX=0.5;strokeWidth=4;");
    assert_eq!(report.restyled, 1);
}

#[test]
fn a_label_and_a_bend_made_by_hand_stay() {
    let there = left(before(), |cells| {
        cell(cells, "a").label = "the old one".to_string();
        geometry(cells, "a-b").points = vec![[70.0, 10.0], [130.0, 10.0]];
    });
    let (mut cells, report) = drawn(&there, &before(), Gone::Removed);
    assert_eq!(cell(&mut cells, "a").label, "the old one");
    assert_eq!(geometry(&mut cells, "a-b").points.len(), 2);
    assert_eq!((report.relabelled, report.bent), (1, 1));
}

#[test]
fn a_note_stays_where_it_was_put_and_under_what_it_was_put_under() {
    let there = left(before(), |cells| cells.insert(3, boxed("note", "subnet", [10.0, 100.0, 60.0, 60.0])));
    let (cells, report) = drawn(&there, &before(), Gone::Removed);
    assert_eq!(ids(&cells), ["1", "vpc", "subnet", "note", "a", "b", "a-b"]);
    assert_eq!(report.added, 1);
}

#[test]
fn what_is_gone_is_removed_with_its_lines_and_a_note_in_it_stays_at_its_place() {
    let there = left(before(), |cells| {
        cells.push(boxed("note", "b", [5.0, 6.0, 20.0, 20.0]));
        cells.push(line("arrow", LAYER, "note", "b", &[]));
    });
    let mut today = before();
    today.pages[0].cells.retain(|cell| cell.id != "b" && cell.id != "a-b");
    let (mut cells, report) = drawn(&there, &today, Gone::Removed);
    assert_eq!(report.removed, ["b", "a-b"]);
    assert_eq!((place(&cells, "note"), cell(&mut cells, "note").parent.as_deref()), ([125.0, 46.0], Some("subnet")));
    // The middle of what was there, on the page.
    assert_eq!(
        (cell(&mut cells, "arrow").target.clone(), geometry(&mut cells, "arrow").target),
        (None, Some([204.0, 144.0]))
    );
}

#[test]
fn what_is_gone_can_be_kept_pale_and_comes_back_as_it_was() {
    let there = before().signed();
    let mut today = before();
    today.pages[0].cells.retain(|cell| cell.id != "b" && cell.id != "a-b");
    let (mut cells, report) = drawn(&there, &today, Gone::Greyed);
    assert!(cell(&mut cells, "b").style.contains("opacity=30;"));
    assert_eq!(report.greyed, ["b", "a-b"]);
    let greyed = draw_over(&there, &today, Gone::Greyed).expect("it is ours").file;
    let (cells, _) = drawn(&greyed, &before(), Gone::Greyed);
    assert_eq!(cells.len(), 6);
    assert!(cells.iter().all(|cell| !cell.style.contains("opacity")));
}

#[test]
fn what_a_person_deleted_stays_away_with_all_that_is_new_in_it() {
    let there = left(before(), |cells| cells.retain(|cell| ["1", "vpc"].contains(&cell.id.as_str())));
    let mut today = before();
    today.pages[0].cells.push(boxed("c", "subnet", [20.0, 120.0, 48.0, 48.0]));
    let (cells, report) = drawn(&there, &today, Gone::Removed);
    assert_eq!(ids(&cells), ["1", "vpc"]);
    assert_eq!(report.deleted, 4);
}

#[test]
fn what_is_new_stands_in_the_nearest_free_place_where_something_was_moved_to_its_own() {
    // `a` was moved to where the layout puts `c`.
    let there = left(before(), |cells| geometry(cells, "a").y = 130.0);
    let mut today = before();
    today.pages[0].cells.push(boxed("c", "subnet", [20.0, 130.0, 48.0, 48.0]));
    let (cells, report) = drawn(&there, &today, Gone::Removed);
    assert_eq!(place(&cells, "a"), [20.0, 130.0]);
    assert_eq!(place(&cells, "c"), [20.0, 74.0]);
    assert_eq!(report.new, ["c"]);
}

#[test]
fn a_box_grows_where_what_is_new_in_it_has_no_room() {
    let there = left(before(), |cells| {
        *geometry(cells, "a") = Geometry { x: 10.0, y: 34.0, width: 180.0, height: 150.0, ..Geometry::default() };
    });
    let mut today = before();
    today.pages[0].cells.push(boxed("c", "subnet", [20.0, 130.0, 48.0, 48.0]));
    let (mut cells, _) = drawn(&there, &today, Gone::Removed);
    let (subnet, c) = (geometry(&mut cells, "subnet").clone(), place(&cells, "c"));
    assert!(c[1] >= 184.0, "{c:?} is under what was enlarged by hand");
    assert!(subnet.height >= c[1] + 48.0, "{subnet:?} holds {c:?}");
}

#[test]
fn what_is_new_makes_way_for_a_box_as_large_as_what_is_in_it_makes_it() {
    // `b` was made so small that what is in it has no room, and the layout puts `c` where `b` grows to.
    let mut before = before();
    geometry(&mut before.pages[0].cells, "b").height = 150.0;
    before.pages[0].cells.push(boxed("in-b", "b", [4.0, 80.0, 40.0, 60.0]));
    let there = left(before.clone(), |cells| geometry(cells, "b").height = 20.0);
    let mut today = before;
    geometry(&mut today.pages[0].cells, "b").height = 60.0;
    today.pages[0].cells.push(boxed("c", "subnet", [120.0, 130.0, 48.0, 48.0]));
    let (mut cells, _) = drawn(&there, &today, Gone::Removed);
    let (b, c) = (geometry(&mut cells, "b").clone(), geometry(&mut cells, "c").clone());
    assert!(b.height >= 140.0, "{b:?} holds what is in it");
    assert!(c.x + c.width <= b.x || c.y >= b.y + b.height, "{c:?} is beside {b:?}");
}

#[test]
fn what_is_new_makes_way_for_a_note_and_does_not_go_back_under_it() {
    let there = left(before(), |cells| cells.push(boxed("note", "subnet", [20.0, 130.0, 60.0, 60.0])));
    let mut today = before();
    today.pages[0].cells.push(boxed("c", "subnet", [30.0, 130.0, 48.0, 48.0]));
    let (cells, _) = drawn(&there, &today, Gone::Removed);
    assert!(place(&cells, "c")[0] >= 80.0, "{:?} is beside the note", place(&cells, "c"));
}

#[test]
fn what_was_moved_to_where_the_layout_has_it_today_is_no_handwork() {
    let there = left(before(), |cells| geometry(cells, "a").y = 130.0);
    let mut today = before();
    geometry(&mut today.pages[0].cells, "a").y = 130.0;
    let (_, report) = drawn(&there, &today, Gone::Removed);
    assert!(report.is_empty());
}

#[test]
fn a_line_that_draw_io_put_into_another_cell_is_not_a_line_that_a_person_bent() {
    let there = left(before(), |cells| {
        cell(cells, "a-b").parent = Some("vpc".to_string());
        geometry(cells, "a-b").points = vec![[110.0, 104.0]];
    });
    let (mut cells, report) = drawn(&there, &before(), Gone::Removed);
    assert_eq!(report.bent, 0);
    assert_eq!(geometry(&mut cells, "a-b").points, [[90.0, 64.0]]);
}

#[test]
fn a_cell_that_a_person_put_into_another_stays_in_it() {
    let there = left(before(), |cells| {
        cell(cells, "b").parent = Some("vpc".to_string());
        (geometry(cells, "b").x, geometry(cells, "b").y) = (300.0, 50.0);
    });
    let (mut cells, _) = drawn(&there, &before(), Gone::Removed);
    assert_eq!((place(&cells, "b"), cell(&mut cells, "b").parent.as_deref()), ([300.0, 50.0], Some("vpc")));
}

#[test]
fn boxes_that_a_person_and_the_layout_put_into_each_other_are_both_still_there() {
    let there = left(before(), |cells| {
        cell(cells, "b").parent = Some("a".to_string());
    });
    let mut today = before();
    cell(&mut today.pages[0].cells, "a").parent = Some("b".to_string());
    let (cells, _) = drawn(&there, &today, Gone::Removed);
    assert_eq!(cells.len(), 6);
}

#[test]
fn pages_that_a_person_added_renamed_or_deleted_stay_so() {
    let page = |id: &str| Page { id: id.to_string(), name: id.to_string(), ..before().pages[0].clone() };
    let fresh = File { pages: vec![page("one"), page("two"), page("three")] };
    let mut there = fresh.clone().signed();
    there.pages.remove(1);
    there.pages[0].name = "first".to_string();
    there.pages.insert(0, page("mine"));
    let drawn = draw_over(&there, &fresh, Gone::Removed).expect("it is ours");
    let names: Vec<&str> = drawn.file.pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names, ["mine", "first", "three"]);
}

#[test]
fn of_a_page_that_is_gone_only_a_persons_own_cells_stay() {
    let page = |id: &str| Page { id: id.to_string(), name: id.to_string(), ..before().pages[0].clone() };
    let mut there = File { pages: vec![page("one"), page("two"), page("three")] }.signed();
    there.pages[1].cells.push(boxed("note", "subnet", [1.0, 2.0, 3.0, 4.0]));
    let drawn = draw_over(&there, &File { pages: vec![page("one")] }, Gone::Removed).expect("it is ours");
    let ids: Vec<Vec<&str>> = drawn.file.pages.iter().map(|page| ids(&page.cells)).collect();
    assert_eq!(ids[1..], [["1", "note"]]);
    assert_eq!(place(&drawn.file.pages[1].cells, "note"), [61.0, 82.0]);
}

#[test]
fn a_file_of_somebody_elses_or_with_a_broken_mark_is_refused() {
    assert_eq!(draw_over(&before(), &before(), Gone::Removed).map(|_| ()), Err(Refusal::NotOurs));
    let mut there = before().signed();
    assert!(attribute(&there.pages[0].facts, "as-written").is_some());
    there.pages[0].facts[1].1.truncate(40);
    assert!(matches!(draw_over(&there, &before(), Gone::Removed), Err(Refusal::Damaged(_))));
}

#[test]
fn what_is_gone_is_kept_pale_though_it_stands_in_what_stands_in_it() {
    let there = left(before(), |cells| {
        cell(cells, "b").parent = Some("a".to_string());
        cell(cells, "a").parent = Some("b".to_string());
    });
    let mut fresh = before();
    fresh.pages[0].cells.retain(|cell| !["a", "b", "a-b"].contains(&cell.id.as_str()));
    let (cells, _) = drawn(&there, &fresh, Gone::Greyed);
    assert!(["a", "b"].iter().all(|id| ids(&cells).contains(id)), "{:?}", ids(&cells));
}

#[test]
fn a_note_in_what_goes_with_something_deleted_is_still_on_the_page() {
    let there = left(before(), |cells| {
        cells.push(boxed("note", "a", [10.0, 10.0, 20.0, 20.0]));
        cells.retain(|cell| cell.id != "subnet");
    });
    let (cells, _) = drawn(&there, &before(), Gone::Removed);
    assert!(ids(&cells).contains(&"note") && !ids(&cells).contains(&"a"), "{:?}", ids(&cells));
}

#[test]
fn what_is_kept_pale_finds_another_layer_where_ours_was_deleted() {
    let there = left(before(), |cells| {
        cells.retain(|cell| !["vpc", "subnet", LAYER].contains(&cell.id.as_str()));
        cells.push(Cell { id: "notes".to_string(), parent: Some(ROOT.to_string()), ..Cell::default() });
    });
    let (cells, _) = drawn(&there, &file(Vec::new()), Gone::Greyed);
    assert_eq!(ids(&cells), ["notes", "a", "b", "a-b"]);
}

#[test]
fn a_line_that_strayed_out_of_what_was_deleted_goes_with_the_box_that_it_strayed_into() {
    let legend = |[x, y]: [f64; 2]| {
        let mut sample = line("sample", "legend", "", "", &[]);
        (sample.source, sample.target) = (None, None);
        sample.geometry = Some(Geometry {
            relative: true,
            source: Some([16.0, 20.0]),
            target: Some([48.0, 20.0]),
            ..Geometry::default()
        });
        let mut file = before();
        file.pages[0].cells.extend([boxed("legend", LAYER, [500.0, 40.0, 80.0, 40.0]), sample]);
        let subnet = geometry(&mut file.pages[0].cells, "subnet");
        (subnet.x, subnet.y) = (x, y);
        file
    };
    let there = left(legend([20.0, 40.0]), |cells| {
        cells.retain(|cell| cell.id != "legend");
        cell(cells, "sample").parent = Some("a".to_string());
    });
    let (mut cells, _) = drawn(&there, &legend([60.0, 90.0]), Gone::Removed);
    let sample = cell(&mut cells, "sample");
    assert_eq!(sample.parent.as_deref(), Some("a"));
    assert_eq!(sample.geometry.as_ref().and_then(|geometry| geometry.source), Some([16.0, 20.0]));
}

#[test]
fn what_is_new_makes_way_for_a_note_that_what_is_gone_left_behind() {
    // Told from the corner of `b` its place is that of `a`; on the page it is where the layout puts `c`.
    let there = left(before(), |cells| cells.push(boxed("note", "b", [20.0, 40.0, 30.0, 30.0])));
    let mut today = before();
    today.pages[0].cells.retain(|cell| cell.id != "b" && cell.id != "a-b");
    today.pages[0].cells.push(boxed("c", "subnet", [130.0, 90.0, 48.0, 48.0]));
    let (cells, _) = drawn(&there, &today, Gone::Removed);
    assert_eq!(place(&cells, "note"), [140.0, 80.0]);
    let [x, y] = place(&cells, "c");
    assert!(x + 48.0 <= 140.0 || 170.0 <= x || y + 48.0 <= 80.0 || 110.0 <= y, "{:?} is beside the note", [x, y]);
}

#[test]
fn what_makes_way_stays_clear_of_a_note_that_lay_over_it() {
    let there = left(before(), |cells| {
        cells.push(boxed("note", "subnet", [30.0, 60.0, 20.0, 50.0]));
        *geometry(cells, "b") = Geometry { x: 20.0, y: 60.0, width: 48.0, height: 48.0, ..Geometry::default() };
    });
    let mut today = before();
    geometry(&mut today.pages[0].cells, "a").y = 80.0;
    let (cells, _) = drawn(&there, &today, Gone::Removed);
    assert_eq!(place(&cells, "a"), [20.0, 118.0]);
}

#[test]
fn a_cell_of_somebodys_own_with_the_id_of_what_is_new_is_that_as_a_person_wants_it() {
    let there = left(before(), |cells| cells.push(boxed("c", LAYER, [500.0, 20.004, 48.0, 60.0])));
    let mut today = before();
    today.pages[0].cells.push(boxed("c", "subnet", [20.0, 20.0, 48.0, 48.0]));
    let (mut cells, _) = drawn(&there, &today, Gone::Removed);
    assert_eq!((place(&cells, "c"), cell(&mut cells, "c").parent.as_deref()), ([500.0, 20.004], Some(LAYER)));
    assert_eq!(geometry(&mut cells, "c").height, 60.0);
}
