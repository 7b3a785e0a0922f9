//! Widths of text, measured with the bundled font.
//!
//! Advances without kerning or shaping: what the SVG asks of a viewer too (`font-kerning: none`), so that a
//! line is as wide on the screen as it was when the picture was laid out.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

use crate::geom::Px;
use crate::look::{TextSize, Weight};
use crate::theme;

/// Family name of the bundled font. Source: the fonts' own name table.
pub const FAMILY: &str = "Pretendard";

/// The bundled TrueType file of a weight.
pub const fn font_file(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => include_bytes!("../assets/fonts/Pretendard-Regular.ttf"),
        Weight::Bold => include_bytes!("../assets/fonts/Pretendard-Bold.ttf"),
    }
}

struct Face {
    font: FontRef<'static>,
    units_per_em: i64,
    /// Advances of the first characters, which nearly all names are made of; 0 where there is no glyph.
    latin: Vec<i64>,
}

impl Face {
    fn load(weight: Weight) -> Face {
        let font = FontRef::new(font_file(weight)).expect("the bundled font is a font");
        let units_per_em = i64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let mut face = Face { font, units_per_em, latin: Vec::new() };
        face.latin = (0..0x250).map(|c| char::from_u32(c).map_or(0, |c| face.look_up(c))).collect();
        face
    }

    fn look_up(&self, c: char) -> i64 {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        match self.font.charmap().map(c) {
            Some(glyph) => metrics.advance_width(glyph).unwrap_or(0.0) as i64,
            // A character that the font lacks is drawn by some other font: assume a full square.
            None => self.units_per_em,
        }
    }

    fn advance(&self, c: char) -> i64 {
        self.latin.get(c as usize).copied().unwrap_or_else(|| self.look_up(c))
    }
}

static REGULAR: LazyLock<Face> = LazyLock::new(|| Face::load(Weight::Regular));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::load(Weight::Bold));

fn face(weight: Weight) -> &'static Face {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// Width of one line in whole pixels, rounded up. `text` is expected in NFC (see [`clean`]).
pub fn width(text: &str, size: TextSize, weight: Weight) -> Px {
    let face = face(weight);
    let units: i64 = text.chars().map(|c| face.advance(c)).sum();
    let scaled = units * i64::from(theme::font_size(size));
    ((scaled + face.units_per_em - 1) / face.units_per_em).try_into().unwrap_or(Px::MAX)
}

/// Text as it is drawn: composed (macOS writes decomposed Hangul), control characters gone, white space as
/// single spaces.
pub fn clean(text: &str) -> String {
    let composed: String = text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let visible: String = composed.chars().filter(|c| !c.is_control() && !is_bidi_control(*c)).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Characters that reorder what stands around them, so that a name could pretend to be another.
/// Source: Unicode Standard Annex 9, explicit directional formatting.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The characters for which the bundled font has no glyph, each once, in order of appearance.
pub fn missing(text: &str) -> Vec<char> {
    let charmap = REGULAR.font.charmap();
    let mut missing = Vec::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        if charmap.map(c).is_none() && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// Breaks `text` into at most `lines` lines of at most `room` px, at spaces, hyphens, dots, slashes,
/// camel-case borders and between CJK characters; what does not fit is cut in its middle with an ellipsis.
pub fn wrap(text: &str, size: TextSize, weight: Weight, room: Px, lines: usize) -> Vec<String> {
    let mut rest = text.trim();
    let mut out = Vec::new();
    while out.len() + 1 < lines && width(rest, size, weight) > room {
        let Some(cut) = last_break(rest, size, weight, room) else { break };
        out.push(rest[..cut].trim_end().to_string());
        rest = rest[cut..].trim_start();
    }
    out.push(elide(rest, size, weight, room));
    out
}

/// Byte position of the last place at which a first line of at most `room` px may end: a space if there is one in
/// the line's second half, else any border inside a word.
fn last_break(text: &str, size: TextSize, weight: Weight, room: Px) -> Option<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let last = |allowed: &dyn Fn(usize) -> bool| {
        (1..chars.len())
            .rev()
            .filter(|&i| allowed(i))
            .map(|i| chars[i].0)
            .find(|&cut| width(text[..cut].trim_end(), size, weight) <= room)
    };
    let space = last(&|i| chars[i - 1].1 == ' ').filter(|&cut| 2 * width(&text[..cut], size, weight) >= room);
    space.or_else(|| last(&|i| may_break(chars[i - 1].1, chars[i].1, chars.get(i + 1).map(|c| c.1))))
}

fn may_break(before: char, after: char, next: Option<char>) -> bool {
    let camel = (before.is_lowercase() || before.is_ascii_digit()) && after.is_uppercase()
        || before.is_uppercase() && after.is_uppercase() && next.is_some_and(char::is_lowercase);
    before == ' '
        || matches!(before, '-' | '_' | '/' | '.' | ':' | ',') && after != ' '
        || camel
        || is_cjk(before) && is_cjk(after)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// `text`, or as much of its start and end as fits around an ellipsis.
pub fn elide(text: &str, size: TextSize, weight: Weight, room: Px) -> String {
    if width(text, size, weight) <= room {
        return text.to_string();
    }
    let chars: Vec<char> = text.chars().collect();
    for kept in (1..chars.len()).rev() {
        let head: String = chars[..kept.div_ceil(2)].iter().collect();
        let tail: String = chars[chars.len() - kept / 2..].iter().collect();
        let shown = format!("{}…{}", head.trim_end(), tail.trim_start());
        if width(&shown, size, weight) <= room {
            return shown;
        }
    }
    "…".to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bold_line_is_wider_than_a_regular_one() {
        let text = "Availability Zone ap-northeast-2a";
        assert!(width(text, TextSize::Body, Weight::Bold) > width(text, TextSize::Body, Weight::Regular));
    }

    #[test]
    fn a_name_breaks_at_hyphens_and_camel_case_borders() {
        let lines = wrap("PublicSubnetRouteTable-for-the-lab", TextSize::Body, Weight::Regular, 130, 3);
        assert_eq!(lines.concat(), "PublicSubnetRouteTable-for-the-lab");
        assert!(lines.len() > 1 && lines.iter().all(|l| width(l, TextSize::Body, Weight::Regular) <= 130), "{lines:?}");
    }

    #[test]
    fn what_does_not_fit_keeps_its_start_and_its_end() {
        let shown =
            elide("arn:aws:eks:ap-northeast-2:111122223333:cluster/myeks", TextSize::Body, Weight::Regular, 120);
        assert!(shown.starts_with("arn") && shown.ends_with("eks") && shown.contains('…'), "{shown}");
        assert!(width(&shown, TextSize::Body, Weight::Regular) <= 120);
    }

    #[test]
    fn decomposed_hangul_is_composed_before_it_is_measured() {
        assert_eq!(clean("\u{1100}\u{1161}\u{1102}\u{1161}"), "가나");
    }

    #[test]
    fn bidi_overrides_and_control_characters_are_not_drawn() {
        assert_eq!(clean("safe\u{202E}\u{0007}name"), "safename");
    }
}
