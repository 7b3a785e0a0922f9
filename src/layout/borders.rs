//! Part of phases 2 and 3: where icons stand on a section's top and bottom border, and the room that they need.
//!
//! Needs: the section's words measured. Leaves: centres, so far apart that labels touch neither each other, nor the
//! section's words, nor the borders of the zones that cross it: there, each icon stands inside a column.

use super::measured::MeasuredSection;
use super::p1_measure::{MeasuredIcon, PILL_GAP, title_left};
use super::p2_tracks::BORDER_ICON_GAP;
use crate::diagram::Side;
use crate::geom::{Px, Rect};
use crate::theme::{ICON, UNIT};

fn icons<'s>(section: &'s MeasuredSection, side: Side) -> impl Iterator<Item = &'s MeasuredIcon<'s>> {
    section.border.iter().filter(move |(s, _)| *s == side).map(|(_, icon)| icon)
}

/// How many of the icons stand in each of so many columns: spread evenly.
fn dealt(icons: usize, columns: usize) -> Vec<usize> {
    let mut dealt = vec![0; columns];
    for n in 0..icons {
        if let Some(count) = dealt.get_mut((2 * n + 1) * columns / (2 * icons)) {
            *count += 1;
        }
    }
    dealt
}

/// What an icon takes of the border.
fn place(section: &MeasuredSection, side: Side) -> Px {
    icons(section, side).map(|icon| icon.size.width).max().unwrap_or(0) + BORDER_ICON_GAP
}

/// Widens columns until the icons on a border of a section that zones cross stand inside them.
pub fn widths(section: &MeasuredSection, side: Side, columns: &mut [Px]) {
    let counts = dealt(icons(section, side).count(), columns.len());
    for (width, count) in columns.iter_mut().zip(counts) {
        *width = (*width).max(count as Px * place(section, side));
    }
}

/// The least width of a section that no zone crosses, for the icons on its border.
pub fn least_width(section: &MeasuredSection, side: Side) -> Px {
    let count = icons(section, side).count() as Px;
    if count == 0 {
        return 0;
    }
    let (left, right) = words(section, side);
    left + count * place(section, side) + right
}

/// From the frame's left and right, what words and the icons on the other borders take of this one.
fn words(section: &MeasuredSection, side: Side) -> (Px, Px) {
    if side != Side::Top {
        return (0, 0);
    }
    let heading = &section.heading;
    let title = title_left(heading.heading) + heading.title.width() + UNIT;
    let pills: Px = heading.pills.iter().map(|pill| pill.size.width + PILL_GAP).sum();
    let aside = if heading.aside.is_empty() { 0 } else { heading.aside.width() + UNIT };
    let astride = ICON / 2 + UNIT;
    (title.max(astride), (pills + aside + UNIT).max(astride))
}

/// The part of a border on which no words stand.
pub fn free_span(section: &MeasuredSection, side: Side, frame: Rect) -> (Px, Px) {
    let (left, right) = words(section, side);
    (frame.left + left, frame.right - right)
}

/// Centres of the icons on a top or bottom border, spread over these spans of it.
pub fn level_centers(section: &MeasuredSection, side: Side, spans: &[(Px, Px)]) -> Vec<Px> {
    let counts = dealt(icons(section, side).count(), spans.len());
    let inside = |((left, right), count): (&(Px, Px), usize)| {
        let (left, width, count) = (*left, right - left, count as Px);
        (0..count).map(move |n| left + width * (2 * n + 1) / (2 * count))
    };
    spans.iter().zip(counts).flat_map(inside).collect()
}

/// How far the icons on the top border stand above it.
pub fn rise(section: &MeasuredSection) -> Px {
    if icons(section, Side::Top).next().is_some() { ICON / 2 + UNIT } else { 0 }
}
