//! Changes a file of draw.io's as a person might, and as nobody would.

use eksdiagram::mxfile::{self, Cell, File, Form, Geometry, Page};

use super::dice::Dice;

pub fn mutated(bytes: &[u8], dice: &mut Dice) -> Option<String> {
    let mut file = mxfile::read(bytes).ok()?;
    for _ in 0..dice.between(1, 6) {
        if dice.percent(5) {
            change_pages(&mut file, dice);
        } else if let Some(page) = pick(&mut file.pages, dice) {
            change(page, dice);
        }
    }
    Some(file.text())
}

fn pick<'a, T>(from: &'a mut [T], dice: &mut Dice) -> Option<&'a mut T> {
    let last = from.len().checked_sub(1)?;
    from.get_mut(dice.up_to(last))
}

fn change_pages(file: &mut File, dice: &mut Dice) {
    let Some(page) = pick(&mut file.pages, dice) else { return };
    let mut page = page.clone();
    match dice.up_to(3) {
        0 => page.id.push('2'),
        1 => page.name.push_str(" &<2>"),
        2 => page.facts.clear(),
        _ => page.cells.clear(),
    }
    if dice.percent(50) {
        file.pages.push(page);
    } else if let Some(old) = pick(&mut file.pages, dice) {
        *old = page;
    }
}

fn change(page: &mut Page, dice: &mut Dice) {
    let Some(other) = pick(&mut page.cells, dice).map(|cell| cell.clone()) else { return };
    match dice.up_to(3) {
        0 => {
            let at = dice.up_to(page.cells.len() - 1);
            page.cells.remove(at);
        }
        1 => {
            let id = format!("{}{}", other.id, dice.up_to(9));
            let at = dice.up_to(page.cells.len());
            page.cells.insert(at, Cell { id, ..other });
        }
        _ => {
            if let Some(cell) = pick(&mut page.cells, dice) {
                change_cell(cell, other, dice);
            }
        }
    }
}

fn change_cell(cell: &mut Cell, other: Cell, dice: &mut Dice) {
    match dice.up_to(11) {
        0 => cell.parent = Some(other.id),
        1 => cell.source = Some(other.id),
        2 => cell.target = Some(other.id),
        3 => cell.label.push_str("<b>한글 &amp; \u{1F600}</b>"),
        4 => cell.style = other.style,
        5 => cell.style.push_str(["strokeColor=#FF0000;", "=;;", "html", "rounded=1;rounded=0;"][dice.up_to(3)]),
        6 => cell.geometry = other.geometry,
        7 => cell.object = other.object,
        8 => cell.form = [Form::Vertex, Form::Edge, Form::Bare][dice.up_to(2)],
        9 => cell.id = other.id,
        _ => place(cell.geometry.get_or_insert_default(), dice),
    }
}

fn place(geometry: &mut Geometry, dice: &mut Dice) {
    const NUMBERS: [f64; 8] = [0.0, -0.0, 1.0, -40.0, 12.34, 300.0, 1e-9, 999_999_999.0];
    let number = *dice.pick(&NUMBERS);
    match dice.up_to(7) {
        0 => geometry.x = number,
        1 => geometry.y += number,
        2 => geometry.width = number,
        3 => geometry.height = number,
        4 => geometry.relative = !geometry.relative,
        5 => geometry.points.push([number, geometry.x]),
        6 => geometry.offset = Some([number, number]),
        _ => geometry.source = Some([number, number]),
    }
}
