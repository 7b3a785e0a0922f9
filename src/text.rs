//! Widths of text, measured with the bundled font.
//!
//! Advances without kerning or shaping: what the SVG asks of a viewer too (`font-kerning: none`), so that a
//! line is as wide on the screen as it was when the picture was laid out.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

use crate::geom::Px;
use crate::look::{TextSize, Weight};
use crate::theme;
use crate::visible::is_steering;

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
    /// Advances of the characters that nearly all names are made of.
    latin: Vec<i64>,
    hangul: OnceLock<Vec<i64>>,
}

const LATIN: Range<u32> = 0..0x250;
/// The composed syllables. Their table is made for the first text that needs it.
const HANGUL: Range<u32> = 0xAC00..0xD7A4;

impl Face {
    fn load(weight: Weight) -> Face {
        let font = FontRef::new(font_file(weight)).expect("the bundled font is a font");
        let units_per_em = i64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let mut face = Face { font, units_per_em, latin: Vec::new(), hangul: OnceLock::new() };
        face.latin = face.table(LATIN);
        face
    }

    fn table(&self, range: Range<u32>) -> Vec<i64> {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let charmap = self.font.charmap();
        let advance = |c: u32| match charmap.map(c) {
            Some(glyph) => metrics.advance_width(glyph).unwrap_or(0.0) as i64,
            // A character that the font lacks is drawn by some other font: assume a full square.
            None => self.units_per_em,
        };
        range.map(advance).collect()
    }

    fn advance(&self, c: char) -> i64 {
        let code = c as u32;
        if LATIN.contains(&code) {
            self.latin[code as usize]
        } else if HANGUL.contains(&code) {
            self.hangul.get_or_init(|| self.table(HANGUL))[(code - HANGUL.start) as usize]
        } else {
            self.table(code..code + 1)[0]
        }
    }

    /// Pixels for so many font units, rounded up.
    fn pixels(&self, units: i64, size: TextSize) -> Px {
        let scaled = units * i64::from(theme::font_size(size));
        ((scaled + self.units_per_em - 1) / self.units_per_em).try_into().unwrap_or(Px::MAX)
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
    face.pixels(text.chars().map(|c| face.advance(c)).sum(), size)
}

/// Text as it is drawn: composed (macOS writes decomposed Hangul), white space as single spaces, and a square for what
/// cannot be drawn: control characters, what no document may hold, and what would let a name pretend to be another.
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_string();
    }
    let drawn = |c: char| match c {
        c if c.is_whitespace() => ' ',
        c if is_steering(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') => UNSHOWN,
        c => c,
    };
    let composed: String = text.nfc().map(drawn).collect();
    composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether it is what nearly all names are: printable ASCII, and nothing in it that could go.
fn is_clean(text: &str) -> bool {
    let mut before = b' ';
    for byte in text.bytes() {
        if !(b' '..=b'~').contains(&byte) || byte == b' ' && before == b' ' {
            return false;
        }
        before = byte;
    }
    before != b' ' || text.is_empty()
}

/// Stands for a character that cannot be drawn; the font has no replacement character.
const UNSHOWN: char = '\u{25A1}';

/// The characters for which the bundled font has no glyph, each once, in order of appearance.
pub fn missing(text: &str) -> Vec<char> {
    // The font has all of ASCII, and most names are nothing else.
    if text.is_ascii() {
        return Vec::new();
    }
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
/// the line's second half, else a border inside a word that is there, else whatever there is. A count and what it counts, `2 × t3.medium`, stay together.
fn last_break(text: &str, size: TextSize, weight: Weight, room: Px) -> Option<usize> {
    let face = face(weight);
    let (mut space, mut border, mut any) = (None, None, None);
    // Of the text before a place: all of it, and without the spaces at its end.
    let (mut units, mut visible) = (0, 0);
    let mut before = None;
    let mut last_visible = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(before) = before {
            if face.pixels(visible, size) > room {
                break;
            }
            let counts = before == ' ' && last_visible == Some('×') || c == '×';
            if before == ' ' && !counts {
                space = Some((at, face.pixels(units, size)));
            }
            if !counts && may_break(before, c, chars.peek().map(|(_, next)| *next)) {
                any = Some(at);
                if !(is_cjk(before) && is_cjk(c)) {
                    border = Some((at, face.pixels(units, size)));
                }
            }
        }
        units += face.advance(c);
        if c != ' ' {
            visible = units;
            last_visible = Some(c);
        }
        before = Some(c);
    }
    let late = |place: Option<(usize, Px)>| place.filter(|(_, width)| 2 * width >= room).map(|(at, _)| at);
    late(space).or(late(border)).or(any)
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

/// `text`, or as much of its start and end as fits around an ellipsis: as many characters of either, or one more of the
/// start.
pub fn elide(text: &str, size: TextSize, weight: Weight, room: Px) -> String {
    if width(text, size, weight) <= room {
        return text.to_string();
    }
    let face = face(weight);
    let (mut head, mut tail) = (0, text.len());
    let mut units = face.advance('…');
    let (from_start, mut from_end) = (text.chars(), text.chars().rev());
    for c in from_start {
        units += face.advance(c);
        if face.pixels(units, size) > room {
            break;
        }
        head += c.len_utf8();
        let Some(c) = from_end.next() else { break };
        units += face.advance(c);
        if face.pixels(units, size) > room {
            break;
        }
        tail -= c.len_utf8();
    }
    format!("{}…{}", text[..head].trim_end(), text[tail..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_draws_all_of_ascii() {
        assert!((' '..='~').all(|c| REGULAR.font.charmap().map(c).is_some()));
    }

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

    /// The lines are all of the text but for spaces at their ends, and each fits.
    fn lines_of(text: &str, room: Px) -> Vec<String> {
        let lines = wrap(text, TextSize::Body, Weight::Regular, room, 9);
        let without_spaces = |text: &str| text.replace(' ', "");
        assert_eq!(without_spaces(&lines.concat()), without_spaces(text));
        assert!(lines.iter().all(|line| width(line, TextSize::Body, Weight::Regular) <= room), "{lines:?}");
        lines
    }

    #[test]
    fn a_line_ends_at_a_space_if_it_is_then_half_full() {
        assert_eq!(lines_of("managed node group, 2 x m6i.large", 140), ["managed node group, 2", "x m6i.large"]);
    }

    #[test]
    fn a_line_ends_inside_a_word_rather_than_nearly_empty() {
        assert_eq!(lines_of("a PrivateSubnetRouteTable", 120)[0], "a PrivateSubnet");
    }

    #[test]
    fn an_acronym_stays_whole_before_a_camel_case_word() {
        assert_eq!(lines_of("MyVPCGatewayAttachment", 90)[0], "MyVPC");
    }

    #[test]
    fn a_count_stays_with_what_it_counts() {
        for room in 120..260 {
            let lines = lines_of("managed node group, 2 × t3.medium, spot", room);
            assert!(lines.iter().any(|line| line.contains("2 × t3")), "{room}: {lines:?}");
        }
    }

    #[test]
    fn korean_breaks_between_any_two_syllables_but_rather_at_a_space() {
        assert_eq!(lines_of("퍼블릭 서브넷 라우팅테이블", 100), ["퍼블릭 서브넷", "라우팅테이블"]);
        assert!(lines_of("퍼블릭서브넷라우팅테이블", 60).len() > 2);
    }

    #[test]
    fn a_long_korean_name_rather_breaks_behind_a_hyphen_than_inside_a_word() {
        assert_eq!(lines_of("운영환경-외부통신-전용-게이트웨이", 150)[0], "운영환경-외부통신-전용-");
    }

    #[test]
    fn a_word_of_a_korean_name_breaks_where_the_script_changes_only_at_its_own_borders() {
        assert_eq!(lines_of("서울-리전-app", 60)[0], "서울-리전-");
    }

    #[test]
    fn a_long_korean_name_is_cut_in_its_middle() {
        let shown = elide("퍼블릭서브넷라우팅테이블연결하나", TextSize::Body, Weight::Regular, 100);
        assert!(shown.starts_with('퍼') && shown.ends_with('나') && shown.contains('…'), "{shown}");
        assert!(width(&shown, TextSize::Body, Weight::Regular) <= 100);
    }

    #[test]
    fn nothing_but_an_ellipsis_is_left_where_nothing_fits() {
        assert_eq!(elide("name", TextSize::Body, Weight::Regular, 0), "…");
    }

    #[test]
    fn a_name_of_a_megabyte_wraps_at_once() {
        let name = "VeryLongName-".repeat(80_000);
        let lines = wrap(&name, TextSize::Body, Weight::Regular, 168, 2);
        assert!(lines.len() == 2 && lines[1].contains('…'), "{lines:?}");
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
        assert_eq!(clean("safe\u{202E}\u{0007}name"), "safe\u{25A1}\u{25A1}name");
    }
}
