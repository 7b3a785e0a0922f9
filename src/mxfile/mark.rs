//! What tells our pages from others: the page as the program wrote it last, on the page's root cell.
//!
//! Between that and the page as it is lies what a person did to it. The root cell is where draw.io keeps the data of a
//! diagram: it is saved with every page, whichever program saves it, and goes with a page into another file.

use super::{Fault, File, Page, Room, attribute};

/// The name of the mark; its value is the version of what is written here.
const MARK: &str = "eksdiagram";
const VERSION: &str = "1";
/// The page as it was written, packed; it has no mark, but says what it was called and which pages there were.
const WRITTEN: &str = "as-written";
const NAME: &str = "name";
const PAGES: &str = "pages";

impl Page {
    /// The page with the mark, as one of which the program wrote `written`, and a person the rest.
    #[must_use]
    pub fn signed_over(self, written: &Page) -> Page {
        Page { facts: vec![(MARK.to_string(), VERSION.to_string()), (WRITTEN.to_string(), written.packed())], ..self }
    }

    /// The page as the program wrote it; nothing where it did not.
    pub fn as_written(&self, room: &mut Room) -> Option<Result<Page, Fault>> {
        let version = attribute(&self.facts, MARK)?;
        if version != VERSION {
            return Some(Err(Fault::new(format!("it was written by another version of the program ({version})"))));
        }
        let written = attribute(&self.facts, WRITTEN).ok_or_else(|| Fault::new("its mark is broken"));
        Some(written.and_then(|packed| Page::unpacked(packed, room)))
    }

    /// What the mark says of a page and of the file around it.
    #[must_use]
    pub fn with_pages(self, name: &str, pages: &[String]) -> Page {
        let facts = vec![(NAME.to_string(), name.to_string()), (PAGES.to_string(), pages.join("\n"))];
        Page { facts, ..self }
    }

    /// The name under which it was written.
    pub fn written_name(&self) -> &str {
        attribute(&self.facts, NAME).unwrap_or_default()
    }

    /// The ids of the pages with which it was written.
    pub fn written_with(&self) -> Vec<String> {
        attribute(&self.facts, PAGES).unwrap_or_default().lines().map(str::to_string).collect()
    }
}

impl File {
    /// The pages with their marks, as they are written for the first time.
    #[must_use]
    pub fn signed(self) -> File {
        let ids: Vec<String> = self.pages.iter().map(|page| page.id.clone()).collect();
        let signed = |page: Page| {
            let written = page.clone().with_pages(&page.name, &ids);
            page.signed_over(&written)
        };
        File { pages: self.pages.into_iter().map(signed).collect() }
    }
}
