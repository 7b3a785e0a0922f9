//! draw.io's file: pages of cells, as draw.io reads and saves them, whatever file they are kept in.
//!
//! Reading takes what draw.io takes: plain and compressed pages, alone, in an SVG's `content` and in a PNG's text.
//! Writing is plain, an element a line. A cell keeps what is not understood, so that what a person made is not lost.
//! Source: draw.io 24.7.17, mxCodec and EditorUi; held to the real app by tests/readers.rs.

use std::fmt;

mod cell;
mod mark;
mod pack;
mod png;
mod read;
mod room;
#[cfg(test)]
mod tests;
mod text;

pub use cell::{Cell, Form, Geometry, Object, Spot};
pub use png::with_model;
pub use read::read;
pub use room::Room;

/// The id of the cell that holds a page's layers.
pub const ROOT: &str = "0";
/// The id of the layer that every page has.
pub const LAYER: &str = "1";

/// Attributes by their names, in the order in which they were written.
pub type Attributes = Vec<(String, String)>;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    pub pages: Vec<Page>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub id: String,
    pub name: String,
    /// Of the page's canvas: its size, grid and background.
    pub settings: Attributes,
    /// What the root cell says of the page. draw.io shows it as the data of the diagram, and saves it as it is.
    pub facts: Attributes,
    /// Every cell but the root, layers among them: a cell is painted over its siblings before it.
    pub cells: Vec<Cell>,
}

/// An element of which only the words are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Attributes,
    pub children: Vec<Element>,
    pub text: String,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: String,
    /// Line and column, both from 1, in the XML that was read.
    pub place: Option<(u32, u32)>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Fault {
        Fault { message: message.into(), place: None }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "{} (line {line}, column {column})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// The value of an attribute.
pub fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

impl File {
    /// As a `.drawio` file's text.
    pub fn text(&self) -> String {
        text::file(self)
    }
}

impl Page {
    /// In few characters that need no escaping: as draw.io compresses a page.
    pub fn packed(&self) -> String {
        pack::pack(&text::model(self))
    }

    /// The page of which these are the [`Page::packed`] characters.
    pub fn unpacked(packed: &str, room: &mut Room) -> Result<Page, Fault> {
        read::model(&pack::unpack(packed, room)?, room)
    }

    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.id == id)
    }
}
