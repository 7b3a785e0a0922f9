//! The text that stands for a picture where it cannot be seen.
//!
//! A text that is empty, or that begins with `eksdiagram:`, is the program's own: it is written anew with the picture.
//! Any other is a person's and stays. So no record is needed of what was written last, and taking a text over is to
//! remove its first word.

use std::ops::Range;

const OWN: &str = "eksdiagram:";

/// An alternative text in a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Alt {
    /// The bytes to be replaced.
    pub at: Range<usize>,
    pub form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Between `![` and `]`.
    Markdown,
    /// An attribute's value with its quotes.
    Quoted,
    /// No attribute is there yet.
    Attribute,
}

impl Alt {
    /// That of an image in Markdown, if it is the program's own; `image` begins at the byte `start` of the document.
    pub fn of_image(image: &str, start: usize) -> Option<Alt> {
        let text = image.strip_prefix("![")?;
        let is_own = text.trim_start().starts_with(']') || text.trim_start().starts_with(OWN);
        let end = end(text).filter(|_| is_own)?;
        Some(Alt { at: start + 2..start + 2 + end, form: Form::Markdown })
    }

    /// Whether an attribute's value is the program's own.
    pub fn is_own(value: &str) -> bool {
        value.trim().is_empty() || value.trim_start().starts_with(OWN)
    }

    /// What is to stand there: `None` where it does already, if perhaps on lines of another length.
    pub fn refreshed(&self, document: &str, description: &str) -> Option<String> {
        let text = format!("{OWN} {description}");
        let new = match self.form {
            Form::Markdown => in_markdown(&text),
            Form::Quoted => format!("\"{}\"", in_html(&text)),
            Form::Attribute => format!(" alt=\"{}\"", in_html(&text)),
        };
        let there = &document[self.at.clone()];
        (!there.split_whitespace().eq(new.split_whitespace())).then_some(new)
    }
}

/// The first bracket that closes.
fn end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == ']' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// Names are the input's: none may end the text, or be read as markup, mdBook's `{{#include}}` among it.
fn in_markdown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '{' | '}') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn in_html(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '|' => out.push_str("&#124;"),
            '{' => out.push_str("&#123;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refreshed(image: &str, description: &str) -> Option<String> {
        Alt::of_image(image, 0)?.refreshed(image, description)
    }

    #[test]
    fn an_empty_text_and_one_of_its_own_are_written_and_a_persons_stays() {
        for own in ["![](a.svg)", "![ ](a.svg)", "![eksdiagram: old\\] one](a.svg)", "![][a]"] {
            assert_eq!(refreshed(own, "new").as_deref(), Some("eksdiagram: new"), "{own}");
        }
        for other in ["![my own](a.svg)", "![the eksdiagram: one](a.svg)", "![a]"] {
            assert_eq!(Alt::of_image(other, 0), None, "{other}");
        }
    }

    #[test]
    fn only_the_text_itself_is_replaced() {
        let image = "![eksdiagram: a \\[b\\]](x.svg \"t\")";
        let alt = Alt::of_image(image, 0).expect("its own");
        assert_eq!((&image[..alt.at.start], &image[alt.at.end..]), ("![", "](x.svg \"t\")"));
    }

    #[test]
    fn a_text_that_was_only_broken_into_lines_is_left_alone() {
        assert_eq!(refreshed("![eksdiagram: one\n> two](a.svg)", "one two"), Some("eksdiagram: one two".to_string()));
        assert_eq!(refreshed("![eksdiagram: one\n  two](a.svg)", "one two"), None);
    }

    #[test]
    fn a_name_can_neither_end_the_text_nor_be_markup() {
        let hostile = "](x) <b> {{#include /etc/passwd}} a|b \"c\" `d`";
        assert_eq!(
            refreshed("![](a.svg)", hostile).as_deref(),
            Some("eksdiagram: \\](x) \\<b\\> \\{\\{#include /etc/passwd\\}\\} a\\|b \"c\" \\`d\\`")
        );
        let alt = Alt { at: 0..0, form: Form::Attribute };
        assert_eq!(
            alt.refreshed("", hostile).as_deref(),
            Some(" alt=\"eksdiagram: ](x) &lt;b&gt; &#123;&#123;#include /etc/passwd}} a&#124;b &quot;c&quot; `d`\"")
        );
    }
}
