//! Words in draw.io: HTML in a cell's value, and the style that puts them where the scene has them.

use std::fmt::Write;

use crate::geom::{Px, Rect};
use crate::look::Weight;
use crate::scene::{Align, Line, Run, Text};
use crate::theme::{self, Palette};
use crate::xml;

/// Height of a line of HTML in hundredths of its font size. Source: draw.io 24.7.17, `mxConstants.LINE_HEIGHT`.
const LINE_HEIGHT: Px = 120;
/// What draw.io adds above a label at the top of its box, and before one at its left.
/// Source: draw.io 24.7.17, `mxText.baseSpacingTop`, `mxConstants.LABEL_INSET`; held by the reader test.
const INSET_TOP: Px = 7;
const INSET_LEFT: Px = 2;

/// The text as HTML. What differs from its first run is marked up; the first run's look is the cell's own.
pub fn html(text: &Text, palette: Palette) -> String {
    let Some(base) = first_run(text) else { return String::new() };
    let lines: Vec<String> = text.lines.iter().map(|line| html_line(line, base, palette)).collect();
    lines.join("<br>")
}

fn html_line(line: &Line, base: &Run, palette: Palette) -> String {
    let mut out = String::new();
    for run in &line.runs {
        let mut style = String::new();
        if palette.ink(run.ink) != palette.ink(base.ink) {
            let _ = write!(style, "color:{};", palette.ink(run.ink));
        }
        if run.size != base.size {
            let _ = write!(style, "font-size:{}px;", theme::font_size(run.size));
        }
        let words = xml::html(&run.text);
        let words = if style.is_empty() { words } else { format!("<span style=\"{style}\">{words}</span>") };
        match run.weight {
            Weight::Regular => out.push_str(&words),
            Weight::Bold => out.push_str(&format!("<b>{words}</b>")),
        }
    }
    out
}

fn first_run(text: &Text) -> Option<&Run> {
    text.lines.iter().find_map(|line| line.runs.first())
}

/// Size and colour of the first run.
pub fn font(text: &Text, palette: Palette) -> String {
    first_run(text).map_or(String::new(), |run| {
        format!("fontSize={};fontColor={};", theme::font_size(run.size), palette.ink(run.ink))
    })
}

/// Puts a title at the place that it has in its frame.
pub fn in_frame(text: &Text, rect: Rect, frame: Rect, palette: Palette) -> String {
    let (left, top) = (rect.left - frame.left - INSET_LEFT, first_line_top(text, rect) - frame.top - INSET_TOP);
    format!("spacingLeft={left};spacingTop={top};{}", font(text, palette))
}

/// Puts a label under its icon.
pub fn under_icon(text: &Text, rect: Rect, icon: Rect, palette: Palette) -> String {
    let top = first_line_top(text, rect) - icon.bottom - INSET_TOP;
    format!("spacingTop={top};{}", font(text, palette))
}

/// Where the first line's HTML box begins, for its middle to be the scene's.
fn first_line_top(text: &Text, rect: Rect) -> Px {
    let size = first_run(text).map_or(0, |run| theme::font_size(run.size));
    let height = first_run(text).map_or(0, |run| theme::line_height(run.size));
    rect.top + (height - size * LINE_HEIGHT / 100) / 2
}

/// The style of words that are a cell of their own.
pub fn own_cell(text: &Text, palette: Palette) -> String {
    let align = match text.align {
        Align::Start => "left",
        Align::Middle => "center",
        Align::End => "right",
    };
    format!(
        "text;html=1;align={align};verticalAlign=middle;spacing=0;strokeColor=none;fillColor=none;{}{}",
        plate(text, palette),
        font(text, palette)
    )
}

/// The style of words on an edge, whose middle is where the cell is.
pub fn on_edge(text: &Text, palette: Palette) -> String {
    format!(
        "edgeLabel;html=1;align=center;verticalAlign=middle;resizable=0;spacing=0;{}{}",
        plate(text, palette),
        font(text, palette)
    )
}

fn plate(text: &Text, palette: Palette) -> String {
    let color = text.plate.map_or_else(|| "none".to_string(), |look| palette.ground(look).to_string());
    format!("labelBackgroundColor={color};")
}
