//! What a broken law looks like, as a value and as a sentence.

use std::fmt::{Display, Formatter};

/// What broke a law. Names items by their ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Violation {
    /// Law 1: two boxes share area.
    Overlap(String, String),
    /// Law 2: a child leaves its parent, or stands nearer to its border than the padding.
    Padding { child: String, parent: String },
    /// Law 3: a text touches another text, an icon or a pill.
    TextTouches { text: String, item: String },
    /// Law 3: a border runs through a text.
    TextOnBorder { text: String, owner: String },
    /// Law 4: an edge runs through an icon, a pill or a badge.
    ThroughIcon { edge: String, icon: String },
    /// Law 4: an edge that a text does not label runs through it.
    ThroughText { edge: String, text: String },
    /// Law 4: an edge runs along a border.
    AlongBorder { edge: String, owner: String },
    /// Law 5: a piece of an edge is neither horizontal nor vertical, or the edge has fewer than two points.
    Slanted { edge: String },
    /// Law 5: an edge does not begin or end on the border of what it joins.
    Dangling { edge: String, end: String },
    /// Law 6: two edges of different bundles share a piece of line.
    SharedLine(String, String),
    /// Law 7: two frames of one column or row differ in its extent.
    Misaligned(String, String),
    /// Law 8: a band does not contain its member.
    MemberOutside { band: String, member: String },
    /// Law 8: something that is no member stands in a band.
    Stranger { band: String, stranger: String },
    /// Law 9: a line of text is wider than measured, or leaves its box.
    TextUnfit { text: String },
    /// Law 9: a label leaves the frame in which its icon stands.
    LabelOutside { label: String, frame: String },
    /// Law 11: something lies outside the page.
    OffPage(String),
    /// An index points at nothing, or at what comes later: no law can be judged on it.
    Broken(String),
}

impl Display for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Violation::Overlap(a, b) => write!(f, "law 1: `{a}` and `{b}` share area"),
            Violation::Padding { child, parent } => {
                write!(f, "law 2: `{child}` does not keep its padding inside `{parent}`")
            }
            Violation::TextTouches { text, item } => write!(f, "law 3: the text `{text}` touches `{item}`"),
            Violation::TextOnBorder { text, owner } => {
                write!(f, "law 3: the border of `{owner}` runs through the text `{text}`")
            }
            Violation::ThroughIcon { edge, icon } => write!(f, "law 4: the edge `{edge}` runs through `{icon}`"),
            Violation::ThroughText { edge, text } => {
                write!(f, "law 4: the edge `{edge}` runs through the text `{text}`")
            }
            Violation::AlongBorder { edge, owner } => {
                write!(f, "law 4: the edge `{edge}` runs along the border of `{owner}`")
            }
            Violation::Slanted { edge } => write!(f, "law 5: the edge `{edge}` is not orthogonal"),
            Violation::Dangling { edge, end } => {
                write!(f, "law 5: the edge `{edge}` does not end on the border of `{end}`")
            }
            Violation::SharedLine(a, b) => write!(f, "law 6: the edges `{a}` and `{b}` share a piece of line"),
            Violation::Misaligned(a, b) => write!(f, "law 7: `{a}` and `{b}` differ in the extent of their track"),
            Violation::MemberOutside { band, member } => {
                write!(f, "law 8: the band `{band}` does not contain its member `{member}`")
            }
            Violation::Stranger { band, stranger } => {
                write!(f, "law 8: `{stranger}` stands in the band `{band}` and is no member")
            }
            Violation::TextUnfit { text } => write!(f, "law 9: the text `{text}` does not fit its box"),
            Violation::LabelOutside { label, frame } => {
                write!(f, "law 9: the label `{label}` leaves the frame `{frame}`")
            }
            Violation::OffPage(item) => write!(f, "law 11: `{item}` lies outside the page"),
            Violation::Broken(item) => write!(f, "`{item}` points at an item that does not stand before it"),
        }
    }
}
