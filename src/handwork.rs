//! What a person did to a page stays when the page is drawn again.
//!
//! Three pages are compared cell by cell: as the program wrote it last, as it is now, and as it would be written today.
//! Where the second differs from the first, a person made it so, and that stays; the rest is today's. So is a cell that
//! a person added, and one that a person deleted stays away. What is new stands where the layout has it; where something
//! was put there by hand, in the nearest free place beside.

use std::collections::BTreeSet;

use crate::mxfile::{Fault, File, Page, Room};

mod cell;
mod order;
mod page;
mod place;
mod report;
mod style;
#[cfg(test)]
mod tests;

pub use report::Report;

/// What becomes of a cell whose thing is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    Removed,
    /// Kept where it is, and pale.
    Greyed,
}

/// Why a file is not drawn over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No page of it was written by this program.
    NotOurs,
    Damaged(Fault),
}

/// A file to be written instead of the one that is there.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub file: File,
    pub report: Report,
}

/// `fresh`, with what a person did to the file that is there.
pub fn draw_over(there: &File, fresh: &File, gone: Gone) -> Result<Drawn, Refusal> {
    let (mut written, mut room) = (Vec::new(), Room::default());
    for page in &there.pages {
        written.push(page.as_written(&mut room).transpose().map_err(Refusal::Damaged)?);
    }
    if written.iter().all(Option::is_none) {
        return Err(Refusal::NotOurs);
    }
    let ids = |pages: &[Page]| pages.iter().map(|page| page.id.clone()).collect::<Vec<_>>();
    let (before, today) = (ids(&there.pages), ids(&fresh.pages));
    let known: BTreeSet<String> = written.iter().flatten().flat_map(Page::written_with).collect();
    let mut report = Report::default();
    let mut pages = Vec::new();
    for (page, written) in there.pages.iter().zip(&written) {
        match (written, fresh.pages.iter().find(|fresh| fresh.id == page.id)) {
            (Some(written), Some(fresh)) => {
                let (page, written) = page::merged(written, page, fresh, gone, &mut report);
                pages.push(page.signed_over(&written.with_pages(&fresh.name, &today)));
            }
            // It was ours. What a person put on it is not thrown away with it.
            (Some(written), None) if known.contains(&page.id) => match gone {
                Gone::Greyed => pages.push(page.clone()),
                Gone::Removed => {
                    pages.extend(page::added_by_hand(written, page));
                    report.removed.push(page.name.clone());
                }
            },
            (_, _) => pages.push(page.clone()),
        }
    }
    for page in fresh.pages.iter().filter(|page| !before.contains(&page.id)) {
        if known.contains(&page.id) {
            report.deleted += 1;
        } else {
            report.new.push(page.name.clone());
            let written = page.clone().with_pages(&page.name, &today);
            pages.push(page.clone().signed_over(&written));
        }
    }
    let order = order::woven(&before, &today);
    pages.sort_by_key(|page| order.iter().position(|id| *id == page.id));
    Ok(Drawn { file: File { pages }, report })
}
