//! One self-contained HTML page: the pictures inline, what is known of each thing, and the messages.
//!
//! Nothing is loaded from elsewhere and nothing runs but the project's own script, which a content security policy
//! holds to (`html/policy.rs`). Every text of an input is text here too: it passes through [`crate::xml`]. The pictures
//! are written once, in colours that style sheets decide; each palette is a sheet, and a theme says which one counts.
//!
//! `eksdiagram watch` serves the same page ([`Served`]), which then draws itself anew when the input changes. Its sheets
//! are the same bytes whatever is drawn, so that a policy which was sent once allows every later picture.

mod about;
mod bar;
mod excerpts;
mod messages;
mod policy;
mod sheets;
mod words;

use crate::diag::{Diagnostic, Sources};
use crate::scene::Scene;
use crate::write::links::Links;
use crate::write::{Options, drawio, svg};
use crate::xml::Xml;
use excerpts::Excerpts;
use sheets::Sheet;
use words::Words;

/// Finding, moving, choosing, themes, downloads.
const SCRIPT: &str = include_str!("html/page.js");
/// Drawing anew when the input has changed.
const LIVE_SCRIPT: &str = include_str!("html/live.js");

/// What a page shows.
#[derive(Clone, Copy)]
pub struct Contents<'a> {
    /// Pictures by their names; none where the input cannot be drawn.
    pub pages: &'a [(&'a str, &'a Scene)],
    /// What the pages were made from.
    pub sources: &'a Sources,
    pub messages: &'a [Diagnostic],
    /// What the messages are about.
    pub message_sources: &'a Sources,
}

/// How a page is served.
#[derive(Clone, Copy)]
pub struct Served<'a> {
    /// The number of the drawing: another one as soon as the input is.
    pub drawn: u64,
    /// The view, and those that there are, by their names on the command line.
    pub view: &'a str,
    pub views: &'a [String],
    /// The language of our words, and those that there are, by their tags.
    pub language: &'a str,
    pub languages: &'a [String],
    /// Whether the pages are older than the messages: what the input says now cannot be drawn.
    pub stale: bool,
    /// The endings of the files that the server makes of a picture.
    pub downloads: &'a [&'a str],
}

/// The page as a file.
pub fn write(contents: Contents<'_>, options: &Options) -> String {
    let language = contents.pages.first().map_or("en", |(_, scene)| scene.language);
    let links = Links::of(contents.sources, options);
    let drawio = drawio::file(contents.pages, options.theme.palette(), &links).signed();
    let mut writer = Writer::new(contents, options, language, None);
    writer.body(&drawio.text());
    let body = writer.xml.finish();
    let fonts = sheets::cut_fonts(&body);
    document(&body, fonts, contents, options, language, None)
}

/// The page as it is served. It asks for its fonts, which are [`font`].
pub fn write_served(contents: Contents<'_>, options: &Options, served: &Served<'_>) -> String {
    let mut writer = Writer::new(contents, options, served.language, Some(served));
    writer.body("");
    let body = writer.xml.finish();
    document(&body, sheets::served_fonts(), contents, options, served.language, Some(served))
}

pub use sheets::font;

/// The content security policy of every page that is served.
pub fn served_policy() -> String {
    policy::policy(&sheets::all(sheets::served_fonts()), &[SCRIPT, LIVE_SCRIPT], policy::Home::Server)
}

fn document(
    body: &str,
    fonts: Sheet,
    contents: Contents<'_>,
    options: &Options,
    language: &str,
    served: Option<&Served<'_>>,
) -> String {
    let sheets = sheets::all(fonts);
    let (scripts, home) = match served {
        Some(_) => (vec![SCRIPT, LIVE_SCRIPT], policy::Home::Server),
        None => (vec![SCRIPT], policy::Home::File),
    };
    let mut xml = Xml::new();
    let html = xml.tag("html").attr("lang", language).attr("data-theme", sheets::theme_name(options.theme));
    html.attr_if("data-drawn", &served.map_or_else(String::new, |served| served.drawn.to_string())).open();
    xml.tag("head").open();
    xml.tag("meta").attr("charset", "utf-8").empty();
    let policy = policy::policy(&sheets, &scripts, home);
    xml.tag("meta").attr("http-equiv", "Content-Security-Policy").attr("content", policy).empty();
    xml.tag("meta").attr("name", "referrer").attr("content", "no-referrer").empty();
    xml.tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").empty();
    xml.tag("meta").attr("name", "generator").attr("content", "eksdiagram").empty();
    xml.tag("title").attr("class", "drawn").text(title(contents));
    // So that no browser asks for one.
    xml.tag("link").attr("rel", "icon").attr("href", "data:,").empty();
    for sheet in &sheets {
        sheet.write(&mut xml, options.theme);
    }
    xml.close();
    xml.tag("body").open();
    xml.markup("\n");
    xml.markup(body.trim_end());
    for script in scripts {
        xml.tag("script").open_inline();
        xml.markup(script);
        xml.close();
    }
    format!("<!doctype html>\n{}", xml.finish())
}

fn title<'a>(contents: Contents<'a>) -> &'a str {
    contents.pages.first().map_or("eksdiagram", |(_, scene)| scene.title.as_str())
}

/// Writes the page's body.
struct Writer<'a> {
    xml: Xml,
    contents: Contents<'a>,
    options: &'a Options,
    words: &'static Words,
    served: Option<&'a Served<'a>>,
}

impl<'a> Writer<'a> {
    fn new(contents: Contents<'a>, options: &'a Options, language: &str, served: Option<&'a Served<'a>>) -> Writer<'a> {
        Writer { xml: Xml::new(), contents, options, words: Words::of(language), served }
    }

    /// What has the class `drawn` is what a later drawing replaces.
    fn body(&mut self, drawio: &str) {
        self.bar(drawio);
        self.xml.tag("main").open();
        self.banner();
        self.stage();
        self.about();
        self.messages();
        self.xml.close();
    }

    /// Why the picture is not what one might think.
    fn banner(&mut self) {
        let words = self.words;
        let said = match self.served {
            _ if self.contents.pages.is_empty() => words.no_picture,
            Some(served) if served.stale => words.stale,
            _ => "",
        };
        self.xml.tag("div").attr("class", "banners").attr("role", "status").open();
        self.xml.tag("p").attr("class", "banner drawn").text(said);
        if self.served.is_some() {
            self.xml.tag("p").attr("class", "banner lost").attr("hidden", "").text(words.disconnected);
        }
        self.xml.close();
    }

    fn stage(&mut self) {
        let words = self.words;
        self.xml
            .tag("div")
            .attr("class", "stage")
            .attr("role", "group")
            .attr("tabindex", 0)
            .attr("aria-label", words.picture)
            .attr("aria-describedby", "keys")
            .open();
        self.xml.tag("p").attr("id", "keys").attr("class", "unseen").text(words.keys);
        self.xml.tag("div").attr("class", "pictures drawn").open();
        for (number, (_, scene)) in self.contents.pages.iter().enumerate() {
            let figure = self.xml.tag("div").attr("class", "picture").attr("data-page", number);
            if number == 0 {
                figure.open()
            } else {
                figure.attr("hidden", "").open()
            }
            let links = Links::none(self.contents.sources);
            let picture = svg::inline(scene, self.options, &links, &prefix(number));
            self.xml.markup("\n");
            self.xml.markup(picture.trim_end());
            self.xml.close();
        }
        self.xml.close();
        self.xml.tag("div").attr("class", "zoom").attr("role", "group").attr("aria-label", words.zoom).open();
        for (action, sign, label) in
            [("out", "−", words.zoom_out), ("in", "+", words.zoom_in), ("fit", words.fit, words.fit)]
        {
            self.xml
                .tag("button")
                .attr("type", "button")
                .attr("data-zoom", action)
                .attr("aria-label", label)
                .attr("title", label)
                .text(sign);
        }
        self.xml.tag("output").attr("class", "scale").text("");
        self.xml.close();
        self.xml.close();
    }
}

/// What the ids of a page's picture begin with.
fn prefix(page: usize) -> String {
    format!("p{}-", page + 1)
}
