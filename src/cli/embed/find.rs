//! Where a document asks for pictures: a marker or a block, and the pictures that stand right below it.
//!
//! ```text
//! <!-- eksdiagram: lab.yaml --view endpoint -->      a marker: its words are arguments
//! ![](images/endpoint.svg)                           its picture
//! ```
//!
//! A block is fenced code of the language `eksdiagram`. It holds a template, or arguments in one line; those of its
//! info string go before.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::alt::{Alt, Form};
use super::html::{self, Piece};

/// A figure that is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The bytes of the document that ask.
    pub at: Range<usize>,
    /// Its arguments, as a shell would be given them.
    pub arguments: String,
    /// The template that it holds, and where it begins.
    pub template: Option<(usize, String)>,
    /// None where no picture stands below.
    pub pictures: Vec<Picture>,
}

/// A picture below.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    pub at: Range<usize>,
    /// The file as it is written there: an address, escapes of Markdown and HTML undone.
    pub address: String,
    /// Of a `<source>`: what `media` says.
    pub media: Option<String>,
    /// The text beside it, where it is the program's own to write.
    pub alt: Option<Alt>,
}

/// In the order of the document. What stands in code, or is escaped, asks for nothing.
pub fn asked(document: &str) -> Vec<Asked> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut found = Found { document, asked: Vec::new(), is_open: false };
    let mut events = Parser::new_ext(document, options).into_offset_iter();
    while let Some((event, at)) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_ours(&info) => {
                let mut text = String::new();
                let mut start = None;
                for (event, at) in events.by_ref() {
                    match event {
                        Event::Text(more) => {
                            start.get_or_insert(at.start);
                            text.push_str(&more);
                        }
                        _ => break,
                    }
                }
                found.block(at, &info, start.unwrap_or_default(), text);
            }
            Event::Start(Tag::HtmlBlock) => {
                let mut parts = Vec::new();
                for (event, at) in events.by_ref() {
                    match event {
                        Event::Html(_) | Event::Text(_) => parts.push(at),
                        _ => break,
                    }
                }
                found.html(&parts);
            }
            Event::InlineHtml(_) => found.html(&[at]),
            Event::Start(Tag::Image { link_type, dest_url, .. }) => found.image(at, link_type, dest_url.to_string()),
            // A picture may be a link, and a paragraph of its own.
            Event::Start(Tag::Paragraph | Tag::Link { .. }) | Event::End(TagEnd::Paragraph) | Event::SoftBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            _ => found.is_open = false,
        }
    }
    found.asked
}

struct Found<'d> {
    document: &'d str,
    asked: Vec<Asked>,
    /// Whether a picture that follows is that of what was asked for last.
    is_open: bool,
}

impl Found<'_> {
    fn block(&mut self, at: Range<usize>, info: &str, start: usize, text: String) {
        let mut asked = Asked { at, arguments: info_arguments(info).to_string(), ..Asked::default() };
        if is_arguments(&text) {
            asked.arguments = format!("{} {}", asked.arguments, text.trim());
        } else if !text.trim().is_empty() {
            asked.template = Some((start, text));
        }
        self.begin(asked);
    }

    fn begin(&mut self, asked: Asked) {
        self.asked.push(asked);
        self.is_open = true;
    }

    fn picture(&mut self, picture: Picture) {
        if let (true, Some(asked)) = (self.is_open, self.asked.last_mut()) {
            // An `<img>` is the last of a `<picture>`.
            if picture.media.is_none() {
                self.is_open = false;
            }
            asked.pictures.push(picture);
        }
    }

    fn image(&mut self, at: Range<usize>, link_type: LinkType, address: String) {
        let source = &self.document[at.clone()];
        let alt = match link_type {
            // The text is the name of what it refers to.
            LinkType::Collapsed | LinkType::Shortcut | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => None,
            _ => Alt::of_image(source, at.start),
        };
        self.picture(Picture { at, address, media: None, alt });
    }

    /// The parts are the lines of one piece of HTML, without what a quote or list puts before them.
    fn html(&mut self, parts: &[Range<usize>]) {
        let (mut text, mut begins) = (String::new(), Vec::new());
        for part in parts {
            begins.push((text.len(), part.start));
            text.push_str(&self.document[part.clone()]);
        }
        let place = |at: usize| {
            let behind = begins.partition_point(|(begin, _)| *begin <= at);
            let (begin, start) = begins[behind.saturating_sub(1)];
            start + (at - begin)
        };
        // The end is that of the last byte: the next one may stand behind another line's quotation mark.
        let range = |range: &Range<usize>| match range.is_empty() {
            true => place(range.start)..place(range.start),
            false => place(range.start)..place(range.end - 1) + 1,
        };
        for piece in html::pieces(&text) {
            match piece {
                Piece::Comment(at) => {
                    if let Some(arguments) = text[at.clone()].trim_start().strip_prefix("eksdiagram:") {
                        let at = range(&(at.start - "<!--".len()..at.end + "-->".len()));
                        self.begin(Asked { at, arguments: arguments.trim().to_string(), ..Asked::default() });
                    }
                }
                Piece::Tag(tag) => match tag.name.as_str() {
                    "source" => {
                        let value = |name| tag.attribute(name).map(|attribute| &attribute.value);
                        let Some(file) = value("srcset") else { continue };
                        let media = value("media").map(|media| unescaped(&text[media.clone()]));
                        let address = unescaped(&text[file.clone()]);
                        let media = Some(media.unwrap_or_default());
                        self.picture(Picture { at: range(file), address, media, alt: None });
                    }
                    "img" => {
                        let Some(file) = tag.attribute("src") else { continue };
                        let alt = match tag.attribute("alt") {
                            None => Some(Alt { at: range(&(tag.after_name..tag.after_name)), form: Form::Attribute }),
                            Some(alt) if Alt::is_own(&text[alt.value.clone()]) => {
                                Some(Alt { at: range(&alt.quoted), form: Form::Quoted })
                            }
                            Some(_) => None,
                        };
                        let address = unescaped(&text[file.value.clone()]);
                        self.picture(Picture { at: range(&file.value), address, media: None, alt });
                    }
                    _ => {}
                },
                Piece::Text => self.is_open = false,
            }
        }
    }
}

fn is_ours(info: &str) -> bool {
    info.split_whitespace().next() == Some("eksdiagram")
}

fn info_arguments(info: &str) -> &str {
    info.trim_start().strip_prefix("eksdiagram").unwrap_or_default().trim()
}

/// One line that is no JSON is arguments; a backslash before its end goes on in the next. A template in YAML has more.
fn is_arguments(text: &str) -> bool {
    let text = text.trim();
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    !text.is_empty() && !joined.contains('\n') && !text.starts_with('{')
}

/// The few references that stand in the addresses of files.
fn unescaped(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked for, a line each: the arguments, the template, the pictures with what is the program's to write.
    fn told(document: &str) -> Vec<String> {
        let picture = |p: &Picture| {
            let alt = p.alt.as_ref().map(|alt| format!(" [{}]", &document[alt.at.clone()])).unwrap_or_default();
            let media = p.media.as_ref().map(|media| format!("{media}: ")).unwrap_or_default();
            format!(" -> {media}{}{alt}", p.address)
        };
        let tell = |asked: Asked| {
            let template = asked.template.map(|(at, text)| format!(" {at}{text:?}")).unwrap_or_default();
            asked.arguments + &template + &asked.pictures.iter().map(picture).collect::<String>()
        };
        asked(document).into_iter().map(tell).collect()
    }

    #[test]
    fn a_marker_asks_for_the_picture_right_below_it() {
        assert_eq!(told("<!-- eksdiagram: a.yaml --view all -->\n![](b.svg)\n"), ["a.yaml --view all -> b.svg []"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\r\n\r\n![x](b.svg)\r\n"), ["a.yaml -> b.svg"]);
        assert_eq!(told("> <!-- eksdiagram: a.yaml\n> -q -->\n> ![](b.svg)\n"), ["a.yaml\n-q -> b.svg []"]);
        assert_eq!(told("- x\n\n  <!-- eksdiagram: a.yaml -->\n  [![](b.svg)](b.svg)\n"), ["a.yaml -> b.svg []"]);
        assert_eq!(told("| a |\n|---|\n| <!-- eksdiagram: a.yaml --> ![](b.svg) |\n"), ["a.yaml -> b.svg []"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\n![][1]\n\n[1]: <b c.svg>\n"), ["a.yaml -> b c.svg []"]);
    }

    #[test]
    fn a_picture_that_does_not_stand_right_below_is_not_its_own() {
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\nWords. ![](b.svg)\n"), ["a.yaml"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\n\n# Words\n\n![](b.svg)\n"), ["a.yaml"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\n![](b.svg)\n![](c.svg)\n"), ["a.yaml -> b.svg []"]);
        assert_eq!(told("![](b.svg)\n"), [""; 0]);
    }

    #[test]
    fn a_picture_element_has_a_file_for_each_screen() {
        let element = "<!-- eksdiagram: a.yaml -->\n<p align=center><picture>\n\
            <source media=\"(prefers-color-scheme: dark)\" srcset=\"d.svg\">\n<img src='l.svg'>\n</picture></p>\n";
        assert_eq!(told(element), ["a.yaml -> (prefers-color-scheme: dark): d.svg -> l.svg []"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\n<img alt='' src='l.svg'>\n"), ["a.yaml -> l.svg ['']"]);
        assert_eq!(told("<!-- eksdiagram: a.yaml -->\n<img alt='x' src='l.svg'>\n"), ["a.yaml -> l.svg"]);
    }

    #[test]
    fn a_block_holds_a_template_or_arguments() {
        assert_eq!(
            told("```eksdiagram --lang ko\nResources:\n  A: b\n```\n![](b.svg)\n"),
            ["--lang ko 24\"Resources:\\n  A: b\\n\" -> b.svg []"]
        );
        assert_eq!(
            told("~~~ eksdiagram\na.yaml \\\n --view all\n~~~\n![](b.svg)\n"),
            [" a.yaml \\\n --view all -> b.svg []"]
        );
        assert_eq!(told("```eksdiagram\n{\"Resources\": {}}\n```\n"), [" 14\"{\\\"Resources\\\": {}}\\n\""]);
        assert_eq!(told("```eksdiagrams\na.yaml\n```\n"), [""; 0]);
    }

    #[test]
    fn what_stands_in_code_asks_for_nothing() {
        for code in [
            "```html\n<!-- eksdiagram: a.yaml -->\n```\n",
            "    <!-- eksdiagram: a.yaml -->\n",
            "Write `<!-- eksdiagram: a.yaml -->`.\n",
            "````md\n```eksdiagram\na.yaml\n```\n````\n",
            "\\<!-- eksdiagram: a.yaml -->\n",
            "<!-- eksdiagram is a program -->\n",
        ] {
            assert_eq!(told(code), [""; 0], "{code}");
        }
    }
}
