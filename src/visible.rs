//! Characters that steer a terminal or turn text around, written so that they are seen and do nothing.

use std::borrow::Cow;

/// Whether a character acts on what shows it: controls (C0, DEL, C1) and the marks that change the direction of text.
///
/// Source: Unicode Standard Annex #9, "Explicit Directional Formatting Characters".
pub fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// One line of text: `\u{1b}` for an escape.
pub fn line(text: &str) -> Cow<'_, str> {
    written(text, is_steering, |c| c.escape_unicode().to_string())
}

/// JSON as its parser reads it the same: `\u001b`. Line breaks between values stay.
pub fn json(text: &str) -> Cow<'_, str> {
    written(text, |c| is_steering(c) && c != '\n', |c| format!("\\u{:04x}", u32::from(c)))
}

fn written(text: &str, is_odd: impl Fn(char) -> bool, as_seen: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(&is_odd) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if is_odd(c) { written.push_str(&as_seen(c)) } else { written.push(c) }
    }
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_steers() {
        assert_eq!(line("a\u{1b}[31m\u{9b}b\u{202e}c\n한"), "a\\u{1b}[31m\\u{9b}b\\u{202e}c\\u{a}한");
        let json = json("{\n\"a\": \"\u{9b}\u{202e}\"}").into_owned();
        assert_eq!(json, "{\n\"a\": \"\\u009b\\u202e\"}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("it is JSON")["a"], "\u{9b}\u{202e}");
    }
}
