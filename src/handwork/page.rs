//! One page as it was written, as it is, and as it would be written today.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{self, Hand};
use super::place::Plan;
use super::{Gone, Report, order, style};
use crate::limits;
use crate::mxfile::{Attributes, Cell, Form, Geometry, LAYER, Page, ROOT, Spot, attribute};

/// Cells by their ids.
pub type Cells = BTreeMap<String, Cell>;

fn by_id(page: &Page) -> Cells {
    page.cells.iter().map(|cell| (cell.id.clone(), cell.clone())).collect()
}

/// The page's place of the corner of a cell, from which what stands in it is told.
pub fn corner(cells: &Cells, id: &str) -> Spot {
    let (mut at, mut next) = ([0.0, 0.0], Some(id));
    for _ in 0..limits::DEPTH {
        let Some(cell) = next.and_then(|id| cells.get(id)) else { break };
        if let Some(geometry) = cell.geometry.as_ref().filter(|geometry| !geometry.relative) {
            at = [at[0] + geometry.x, at[1] + geometry.y];
        }
        next = cell.parent.as_deref();
    }
    at
}

/// What the program does not write for draw.io's window: where a person looked last.
const VIEW: [&str; 2] = ["dx", "dy"];

/// The settings of a page, with its size as it was written where draw.io made a paper's of one that is hardly another.
fn as_sized(written: &Page, there: &Page) -> Attributes {
    let size = |list: &Attributes, name: &str| attribute(list, name).and_then(|size| size.parse::<f64>().ok());
    let mut settings = there.settings.clone();
    for (name, value) in settings.iter_mut().filter(|(name, _)| name == "pageWidth" || name == "pageHeight") {
        match (size(&written.settings, name), value.parse::<f64>()) {
            (Some(was), Ok(is)) if (was - is).abs() <= 1.0 => *value = was.to_string(),
            _ => {}
        }
    }
    settings
}

/// Today's page with what a person did, and what of it the program wrote: what to compare it with next time.
pub fn merged(written: &Page, there: &Page, fresh: &Page, gone: Gone, report: &mut Report) -> (Page, Page) {
    let (base, today) = (by_id(written), by_id(fresh));
    let theirs = settled(&base, by_id(there));
    let mut hands: BTreeMap<String, Hand> = BTreeMap::new();
    let mut cells = Cells::new();
    for ours in &fresh.cells {
        match (base.get(&ours.id), theirs.get(&ours.id)) {
            // Somebody's own cell with the id of a thing that is new is that thing, as a person wants it.
            (was, Some(is)) => {
                let (cell, hand) = cell::merged(was.unwrap_or(ours), is, ours);
                hands.insert(ours.id.clone(), hand);
                report.count(hand);
                cells.insert(ours.id.clone(), cell);
            }
            (Some(_), None) => report.deleted += usize::from(is_thing(ours)),
            (None, None) => {
                cells.insert(ours.id.clone(), ours.clone());
                report.new.extend(is_thing(ours).then(|| ours.id.clone()));
            }
        }
    }
    let mut paled = Cells::new();
    for is in there.cells.iter().filter_map(|cell| theirs.get(&cell.id)).filter(|cell| !today.contains_key(&cell.id)) {
        match (base.get(&is.id), gone) {
            (None, _) => {
                report.added += 1;
                hands.insert(is.id.clone(), Hand { moved: true, resized: true, ..Hand::default() });
                cells.insert(is.id.clone(), is.clone());
            }
            (Some(was), Gone::Greyed) => {
                report.greyed.extend(is_thing(is).then(|| is.id.clone()));
                hands.insert(is.id.clone(), Hand { moved: true, resized: true, ..Hand::default() });
                cells.insert(is.id.clone(), cell::greyed(is));
                paled.insert(is.id.clone(), cell::greyed(was));
            }
            (Some(_), Gone::Removed) => report.removed.extend(is_thing(is).then(|| is.id.clone())),
        }
    }
    untangle(&mut cells, &today);
    give_homes(&mut cells, &theirs, &today, &base);
    let rank = fresh.cells.iter().enumerate().map(|(rank, cell)| (cell.id.as_str(), rank)).collect();
    Plan { base: &base, theirs: &theirs, today: &today, hands: &hands, rank: &rank }.place(&mut cells);
    bound(&mut cells);
    paled.retain(|id, _| cells.contains_key(id));
    let order = in_order(&cells, there, fresh);
    let cells_in_order = order.iter().filter_map(|id| cells.get(id)).cloned().collect();
    let mut settings = style::merged(&written.settings, &as_sized(written, there), &fresh.settings);
    settings.retain(|(name, _)| !VIEW.contains(&name.as_str()));
    let is_renamed = there.name != written.written_name();
    let name = if is_renamed { there.name.clone() } else { fresh.name.clone() };
    let page = Page { id: fresh.id.clone(), name, settings, facts: Vec::new(), cells: cells_in_order };
    let own = fresh.cells.iter().map(|ours| own_part(ours, cells.get(&ours.id), hands.get(&ours.id)));
    let written = Page { cells: own.chain(paled.into_values()).collect(), ..fresh.clone() };
    (page, written)
}

fn bound(cells: &mut Cells) {
    cells.values_mut().filter_map(|cell| cell.geometry.as_mut()).for_each(Geometry::bound);
}

/// What stands for a thing of the input, and not for a word or a mark.
fn is_thing(cell: &Cell) -> bool {
    cell.object.is_some()
}

/// The cells as they are, but that an edge which draw.io put into another cell is told from where it was.
///
/// draw.io does so by itself, whenever an end is moved into another cell: nobody wanted it.
fn settled(base: &Cells, mut theirs: Cells) -> Cells {
    let strayed: Vec<(String, String)> = theirs
        .values()
        .filter(|cell| cell.form == Form::Edge)
        .filter_map(|cell| {
            let home = base.get(&cell.id)?.parent.clone()?;
            (cell.parent.as_ref() != Some(&home) && theirs.contains_key(&home)).then(|| (cell.id.clone(), home))
        })
        .collect();
    for (id, home) in strayed {
        re_home(&mut theirs, &id, &home);
    }
    theirs
}

/// Puts a cell into another without moving it on the page.
fn re_home(cells: &mut Cells, id: &str, home: &str) {
    let from = cells.get(id).and_then(|cell| cell.parent.clone()).map_or([0.0, 0.0], |parent| corner(cells, &parent));
    let to = corner(cells, home);
    if let Some(cell) = cells.get_mut(id) {
        cell.parent = Some(home.to_string());
        shift(cell, [from[0] - to[0], from[1] - to[1]]);
    }
}

fn shift(cell: &mut Cell, by: Spot) {
    let Some(geometry) = &mut cell.geometry else { return };
    let moved = |at: Spot| [at[0] + by[0], at[1] + by[1]];
    if !geometry.relative {
        [geometry.x, geometry.y] = moved([geometry.x, geometry.y]);
    }
    geometry.points.iter_mut().for_each(|at| *at = moved(*at));
    geometry.source = geometry.source.map(moved);
    geometry.target = geometry.target.map(moved);
}

/// Puts back where the layout has them cells of which a person put one into the other, and the layout the other into the
/// one: they would stand in each other, and nowhere on the page. What the layout has not goes out of them.
fn untangle(cells: &mut Cells, today: &Cells) {
    let depth = |id: &str| {
        std::iter::successors(cells.get(id), |cell| cells.get(cell.parent.as_deref()?)).take(limits::DEPTH + 1).count()
    };
    let lost: Vec<String> = cells.keys().filter(|id| depth(id) > limits::DEPTH).cloned().collect();
    for id in lost {
        match (cells.get_mut(&id), today.get(&id)) {
            (Some(cell), Some(ours)) => {
                (cell.parent, cell.geometry) = (ours.parent.clone(), ours.geometry.clone());
            }
            (Some(cell), None) => cell.parent = Some(LAYER.to_string()),
            (None, _) => {}
        }
    }
}

/// Leaves no cell without the cell that it stands in or holds on to: draw.io would show nothing at all.
///
/// What a person added or moved goes to where it is still held, at its place on the page; what is ours and stands in
/// what a person deleted goes with that.
fn give_homes(cells: &mut Cells, theirs: &Cells, today: &Cells, base: &Cells) {
    let is_orphan = |cells: &Cells, cell: &Cell| {
        cell.parent.as_ref().is_none_or(|parent| parent != ROOT && !cells.contains_key(parent))
    };
    // What goes may leave others without a home.
    loop {
        let orphans = cells.values().filter(|cell| is_orphan(cells, cell)).map(|cell| cell.id.clone());
        for id in orphans.collect::<Vec<_>>() {
            let is_by_hand =
                !today.contains_key(&id) || theirs.get(&id).map(|c| &c.parent) != base.get(&id).map(|c| &c.parent);
            if is_by_hand && theirs.contains_key(&id) {
                give_home(cells, theirs, &id);
            }
        }
        let lost = |cell: &&Cell| {
            let ends = [&cell.source, &cell.target];
            let is_loose = ends.into_iter().flatten().any(|end| !cells.contains_key(end));
            is_orphan(cells, cell) || (is_loose && today.contains_key(&cell.id))
        };
        let lost: BTreeSet<String> = cells.values().filter(lost).map(|cell| cell.id.clone()).collect();
        if lost.is_empty() {
            break;
        }
        cells.retain(|id, _| !lost.contains(id));
    }
    let_go(cells, theirs);
}

/// Puts a cell, at its place on the page, into the innermost of those around it that are still there, or on a layer.
fn give_home(cells: &mut Cells, theirs: &Cells, id: &str) {
    let outwards = std::iter::successors(theirs.get(id).and_then(|cell| cell.parent.as_ref()), |at| {
        theirs.get(*at).and_then(|cell| cell.parent.as_ref())
    });
    let held = outwards.take(limits::DEPTH).find(|at| *at != ROOT && cells.contains_key(*at));
    let ours = cells.get(LAYER);
    let layer = ours.or_else(|| cells.values().find(|cell| cell.is_layer())).map(|cell| cell.id.clone());
    let Some(home) = held.cloned().or(layer) else { return };
    let (at, from) = (corner(theirs, id), corner(cells, &home));
    let Some(cell) = cells.get_mut(id) else { return };
    match theirs.get(id) {
        // It goes where that goes.
        Some(is) if is.parent.as_ref() == Some(&home) => cell.geometry.clone_from(&is.geometry),
        _ => {
            let placed = cell.geometry.as_ref().filter(|geometry| !geometry.relative);
            let own = placed.map_or([0.0, 0.0], |geometry| [geometry.x, geometry.y]);
            shift(cell, [at[0] - own[0] - from[0], at[1] - own[1] - from[1]]);
        }
    }
    cell.parent = Some(home);
}

/// A line that a person drew to what is gone ends where that was.
fn let_go(cells: &mut Cells, theirs: &Cells) {
    let middle = |id: &str| {
        let at = corner(theirs, id);
        let size = theirs.get(id).and_then(|cell| cell.geometry.as_ref()).map_or([0.0, 0.0], |g| [g.width, g.height]);
        [at[0] + size[0] / 2.0, at[1] + size[1] / 2.0]
    };
    let is_loose = |end: &Option<String>| end.as_ref().is_some_and(|end| !cells.contains_key(end));
    let loose = cells.values().filter(|cell| is_loose(&cell.source) || is_loose(&cell.target));
    let ids: Vec<(String, bool, bool)> =
        loose.map(|cell| (cell.id.clone(), is_loose(&cell.source), is_loose(&cell.target))).collect();
    for (id, at_source, at_target) in ids {
        let from =
            cells.get(&id).and_then(|cell| cell.parent.clone()).map_or([0.0, 0.0], |parent| corner(cells, &parent));
        let Some(cell) = cells.get_mut(&id) else { continue };
        let Some(geometry) = &mut cell.geometry else { continue };
        let ends =
            [(at_source, &mut cell.source, &mut geometry.source), (at_target, &mut cell.target, &mut geometry.target)];
        for (is_loose, end, at) in ends {
            if let Some(id) = end.take_if(|_| is_loose) {
                let [x, y] = middle(&id);
                *at = Some([x - from[0], y - from[1]]);
            }
        }
    }
}

/// The ids of the cells, each before what stands in it.
fn in_order(cells: &Cells, there: &Page, fresh: &Page) -> Vec<String> {
    let siblings = |page: &Page| {
        let mut siblings: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for cell in page.cells.iter().filter_map(|cell| cells.get(&cell.id)) {
            siblings.entry(cell.parent.clone().unwrap_or_default()).or_default().push(cell.id.clone());
        }
        siblings
    };
    let (there, fresh) = (siblings(there), siblings(fresh));
    let within = |id: &str| {
        let of = |list: &BTreeMap<String, Vec<String>>| list.get(id).cloned().unwrap_or_default();
        order::woven(&of(&there), &of(&fresh))
    };
    let mut order = Vec::new();
    let mut open = within(ROOT);
    open.reverse();
    while let Some(id) = open.pop() {
        open.extend(within(&id).into_iter().rev());
        order.push(id);
    }
    order
}

/// Today's cell as the program has it on the page: where it had to make room for what a person did, with that.
fn own_part(ours: &Cell, placed: Option<&Cell>, hand: Option<&Hand>) -> Cell {
    let mut own = ours.clone();
    let hand = hand.copied().unwrap_or_default();
    if let (Some(own), Some(placed)) = (&mut own.geometry, placed.and_then(|cell| cell.geometry.as_ref())) {
        if !hand.moved && !hand.bent {
            (own.x, own.y) = (placed.x, placed.y);
        }
        if !hand.resized {
            (own.width, own.height) = (placed.width, placed.height);
        }
        if !hand.bent {
            own.points.clone_from(&placed.points);
        }
    }
    own
}

/// The page with nothing on it but what a person added; nothing where that is nothing.
pub fn added_by_hand(written: &Page, there: &Page) -> Option<Page> {
    let (base, theirs) = (by_id(written), by_id(there));
    let mut cells: Cells = theirs.clone();
    cells.retain(|id, cell| !base.contains_key(id) || cell.is_layer());
    if cells.values().all(Cell::is_layer) {
        return None;
    }
    give_homes(&mut cells, &theirs, &Cells::new(), &base);
    bound(&mut cells);
    let order = in_order(&cells, there, &Page::default());
    let cells = order.iter().filter_map(|id| cells.get(id)).cloned().collect();
    Some(Page { facts: Vec::new(), cells, ..there.clone() })
}
