//! XML text, and the only place that escapes.
//!
//! Every attribute and every text passes through [`escape`], which also replaces what XML 1.0 forbids, so that no
//! name in an input can break a file or add markup to it.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// Room for what ends a document, so that a large one is not moved for it.
const ENDS: usize = 64;

/// A document under construction. Elements stand on lines of their own, but for those in which white space counts.
#[derive(Default)]
pub struct Xml {
    out: String,
    open: Vec<(Name, Flow)>,
}

/// An element's name: of ours, or as another program wrote it.
type Name = Cow<'static, str>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Block,
    Inline,
}

/// An element whose attributes are being written.
pub struct Tag<'a> {
    xml: &'a mut Xml,
    name: Name,
}

impl Xml {
    pub fn new() -> Xml {
        Xml::default()
    }

    pub fn tag(&mut self, name: impl Into<Name>) -> Tag<'_> {
        let name = name.into();
        if self.open.last().is_none_or(|(_, flow)| *flow == Flow::Block) && !self.out.is_empty() {
            self.break_line();
        }
        self.out.push('<');
        self.out.push_str(&name);
        Tag { xml: self, name }
    }

    /// Ends the element that was opened last.
    pub fn close(&mut self) {
        if let Some((name, flow)) = self.open.pop() {
            if flow == Flow::Block {
                self.break_line();
            }
            self.end(&name);
        }
    }

    pub fn text(&mut self, text: &str) {
        if text.bytes().all(|byte| is_plain(byte) || byte == b'\n') {
            self.out.push_str(text);
        } else {
            self.out.push_str(&quick_xml::escape::partial_escape(allowed(text)));
        }
    }

    /// Markup of our own, taken over as it is.
    pub fn markup(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Elements that are made elsewhere, to stand on lines of their own.
    pub fn append(&mut self, fragments: &[String]) {
        let room = fragments.iter().map(|fragment| fragment.len() + 1).sum::<usize>();
        self.out.reserve(room + ENDS);
        for fragment in fragments.iter().filter(|fragment| !fragment.is_empty()) {
            self.break_line();
            self.markup(fragment);
        }
    }

    /// The elements so far, all of them closed, without a line break at the end.
    pub fn fragment(self) -> String {
        self.out
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn break_line(&mut self) {
        self.out.push('\n');
    }
}

impl Tag<'_> {
    pub fn attr(self, name: &str, value: impl Display) -> Self {
        let out = &mut self.xml.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        let start = out.len();
        let _ = write!(out, "{value}");
        // Written as it is: few values have anything to escape.
        if !out.as_bytes()[start..].iter().copied().all(is_plain) {
            let value = out.split_off(start);
            out.push_str(&escape(&value));
        }
        out.push('"');
        self
    }

    /// Writes the attribute where there is something to say.
    pub fn attr_if(self, name: &str, value: &str) -> Self {
        if value.is_empty() { self } else { self.attr(name, value) }
    }

    /// Opens the element; its children stand on lines of their own.
    pub fn open(self) {
        self.open_as(Flow::Block);
    }

    /// Opens an element in which white space counts.
    pub fn open_inline(self) {
        self.open_as(Flow::Inline);
    }

    pub fn empty(self) {
        self.xml.out.push_str("/>");
    }

    /// The whole element, with nothing but text in it.
    pub fn text(self, text: &str) {
        self.xml.out.push('>');
        self.xml.text(text);
        self.xml.end(&self.name);
    }

    fn open_as(self, flow: Flow) {
        self.xml.out.push('>');
        self.xml.open.push((self.name, flow));
    }
}

/// Whether a byte means itself in a text and in an attribute's value, whatever stands around it.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'&' | b'<' | b'>')
}

/// An attribute's value. Line breaks and tabs as references, for a parser reads them as spaces otherwise.
fn escape(text: &str) -> String {
    let escaped = quick_xml::escape::escape(allowed(text));
    escaped.replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Words as HTML that shows them as they are, spaces too. To be put into an attribute, which escapes them again.
pub fn html(text: &str) -> String {
    let escaped = quick_xml::escape::escape(allowed(text)).replace("  ", " &nbsp;");
    match escaped.strip_prefix(' ') {
        Some(rest) => format!("&nbsp;{rest}"),
        None => escaped,
    }
}

/// `text` with a replacement character for each that an XML document may not hold, not even as a reference.
///
/// Source: XML 1.0, production 2, `Char`.
pub fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(value: &str) -> String {
        let mut xml = Xml::new();
        xml.tag("a").attr("b", value).empty();
        xml.finish()
    }

    #[test]
    fn a_name_cannot_end_the_attribute_that_holds_it() {
        assert_eq!(attribute("\"><script>&"), "<a b=\"&quot;&gt;&lt;script&gt;&amp;\"/>\n");
    }

    #[test]
    fn what_xml_forbids_is_replaced_so_that_it_is_seen() {
        assert_eq!(
            attribute("a\u{1}b\u{FFFE}c\u{FFFF}한\u{1F600}\u{B}"),
            "<a b=\"a\u{FFFD}b\u{FFFD}c\u{FFFD}한\u{1F600}\u{FFFD}\"/>\n"
        );
    }

    #[test]
    fn a_line_break_in_an_attribute_stays_a_line_break() {
        assert_eq!(attribute("a\nb\tc\r"), "<a b=\"a&#10;b&#9;c&#13;\"/>\n");
    }

    #[test]
    fn words_in_html_show_as_they_are() {
        assert_eq!(html("a <b>  & c"), "a &lt;b&gt; &nbsp;&amp; c");
        assert_eq!(html(" (x)"), "&nbsp;(x)");
    }

    #[test]
    fn white_space_between_runs_of_text_is_only_what_was_written() {
        let mut xml = Xml::new();
        xml.tag("g").open();
        xml.tag("text").open_inline();
        xml.tag("tspan").text("a ");
        xml.tag("tspan").text("b");
        xml.close();
        assert_eq!(xml.finish(), "<g>\n<text><tspan>a </tspan><tspan>b</tspan></text>\n</g>\n");
    }
}
