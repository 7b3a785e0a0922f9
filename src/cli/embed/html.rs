//! The HTML that a document holds, as far as pictures are made of it: comments and tags, each with its bytes.
//!
//! Source: CommonMark 0.31.2, 6.6 "Raw HTML": open tag, attribute, comment.

use std::ops::Range;

#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands between `<!--` and `-->`.
    Comment(Range<usize>),
    Tag(Tag),
    /// Anything else that is not white space.
    Text,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// In small letters, with a `/` before it where the tag closes.
    pub name: String,
    /// Where another attribute could be put in.
    pub after_name: usize,
    pub attributes: Vec<Attribute>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// In small letters.
    pub name: String,
    /// Without the quotes.
    pub value: Range<usize>,
    /// With them.
    pub quoted: Range<usize>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// The pieces of `html` from the first to the last.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let (piece, length) = if let Some(inner) = rest.strip_prefix("<!--") {
            let length = inner.find("-->").unwrap_or(inner.len());
            (Some(Piece::Comment(at + 4..at + 4 + length)), (4 + length + 3).min(rest.len()))
        } else if let Some((tag, end)) = tag(html, at) {
            (Some(Piece::Tag(tag)), end - at)
        } else {
            // What is no tag ends where one may begin.
            let length = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(n, _)| n);
            let is_blank = rest[..length].trim().is_empty();
            ((!is_blank).then_some(Piece::Text), length)
        };
        pieces.extend(piece);
        at += length;
    }
    pieces
}

/// The tag that begins at a byte, and the first byte behind it.
fn tag(html: &str, start: usize) -> Option<(Tag, usize)> {
    let name_from = start + 1;
    html[start..].strip_prefix('<')?;
    let slash = usize::from(html[name_from..].starts_with('/'));
    let name_to = name_from + slash + run(&html[name_from + slash..], |c| c.is_ascii_alphanumeric() || c == '-');
    if !html[name_from + slash..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag =
        Tag { name: html[name_from..name_to].to_ascii_lowercase(), after_name: name_to, attributes: Vec::new() };
    let mut at = name_to;
    loop {
        at += run(&html[at..], |c| c.is_ascii_whitespace() || c == '/');
        if html[at..].starts_with('>') {
            return Some((tag, at + 1));
        }
        let name = at..at + run(&html[at..], |c| !c.is_ascii_whitespace() && !"\"'>/=<".contains(c));
        if name.is_empty() {
            return None;
        }
        at = name.end;
        let mut value = at..at;
        let equals = at + run(&html[at..], |c| c.is_ascii_whitespace());
        let mut quoted = value.clone();
        if html[equals..].starts_with('=') {
            at = equals + 1;
            at += run(&html[at..], |c| c.is_ascii_whitespace());
            let quote = html[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
            value = match quote {
                Some(quote) => at + 1..at + 1 + html[at + 1..].find(quote)?,
                None => at..at + run(&html[at..], |c| !c.is_ascii_whitespace() && !"\"'=<>`".contains(c)),
            };
            let marks = usize::from(quote.is_some());
            quoted = value.start - marks..value.end + marks;
            at = quoted.end;
        }
        tag.attributes.push(Attribute { name: html[name].to_ascii_lowercase(), value, quoted });
    }
}

/// The length of what `text` begins with.
fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let attribute = |a: &Attribute| format!(" {}=[{}]", a.name, &html[a.value.clone()]);
        let tell = |piece: Piece| match piece {
            Piece::Comment(range) => format!("comment[{}]", &html[range]),
            Piece::Tag(tag) => tag.name.clone() + &tag.attributes.iter().map(attribute).collect::<String>(),
            Piece::Text => "text".to_string(),
        };
        pieces(html).into_iter().map(tell).collect()
    }

    #[test]
    fn comments_and_tags_are_told_with_their_attributes() {
        assert_eq!(
            told(
                "<!-- a -->\n<picture>\r\n <source MEDIA='x > y' srcset=d.svg>\n<img alt=\"\" src = \"l.svg\" hidden/></picture>"
            ),
            [
                "comment[ a ]",
                "picture",
                "source media=[x > y] srcset=[d.svg]",
                "img alt=[] src=[l.svg] hidden=[]",
                "/picture"
            ]
        );
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(told("a < b"), ["text", "text"]);
        assert_eq!(told("<img src=\"x"), ["text"]);
        assert_eq!(told("<1><가><!-- 끝"), ["text", "text", "comment[ 끝]"]);
    }
}
