//! What is answered: the page, its fonts, and files of the picture.

use std::path::Path;

use clap::ValueEnum;

use super::request::Request;
use super::studio::{Show, Studio};
use crate::cli::{Drawing, LanguageName, ThemeName, ViewName, output};
use crate::diag::Diagnostic;
use crate::scene::Scene;
use crate::write::html::{self, Contents, Served};
use crate::write::{self, Format, Options, Theme};

/// The endings of the files that may be asked for.
const DOWNLOADS: [&str; 7] = ["svg", "png", "drawio", "drawio.svg", "drawio.png", "html", "json"];

#[derive(Clone, Copy)]
pub struct Answers<'a> {
    pub studio: &'a Studio,
    /// What is drawn where a request does not say.
    pub drawing: &'a Drawing,
    pub options: &'a Options,
}

/// An answer's status, what its body is, and the body.
pub struct Answer {
    pub status: &'static str,
    pub content_type: &'static str,
    /// The name under which it is saved; empty where it is shown.
    pub file_name: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn shown(content_type: &'static str, body: Vec<u8>) -> Answer {
        Answer { status: "200 OK", content_type, file_name: String::new(), body }
    }

    /// A few words with a status that is no success.
    pub fn refused(status: &'static str) -> Answer {
        let body = format!("{status}\n").into_bytes();
        Answer { status, content_type: "text/plain; charset=utf-8", file_name: String::new(), body }
    }
}

impl Answers<'_> {
    pub fn to(&self, request: &Request) -> Answer {
        if let Some(font) = html::font(&request.path) {
            return Answer::shown("font/ttf", font.to_vec());
        }
        let ending = request.path.strip_prefix("picture.").filter(|ending| DOWNLOADS.contains(ending));
        if !request.path.is_empty() && ending.is_none() {
            return Answer::refused("404 Not Found");
        }
        let Some((wish, options)) = self.wish(request) else { return Answer::refused("400 Bad Request") };
        let show = self.studio.show(&wish);
        match ending {
            None => Answer::shown("text/html; charset=utf-8", page(&show, &wish, &options).into_bytes()),
            Some(_) => match file(&request.path, request.value("page"), &show, &options) {
                Some(Ok(answer)) => answer,
                Some(Err(diagnostic)) => {
                    Answer { body: diagnostic.message.into_bytes(), ..Answer::refused("500 Internal Server Error") }
                }
                None => Answer::refused("404 Not Found"),
            },
        }
    }

    /// What a request asks for; `None` where it asks for something that there is not.
    fn wish(&self, request: &Request) -> Option<(Drawing, Options)> {
        let mut wish = self.drawing.clone();
        let mut options = self.options.clone();
        if let Some(view) = request.value("view") {
            wish.view = ViewName::from_str(view, false).ok()?;
        }
        if let Some(language) = request.value("lang") {
            wish.lang = LanguageName::from_str(language, false).ok()?;
        }
        if let Some(theme) = request.value("theme") {
            options.theme = Theme::from(ThemeName::from_str(theme, false).ok()?);
        }
        Some((wish, options))
    }
}

fn page(show: &Show, wish: &Drawing, options: &Options) -> String {
    let pages = show.drawn.iter().flat_map(|(drawn, _)| &drawn.pages);
    let pages: Vec<(&str, &Scene)> = pages.map(|page| (page.name.as_str(), &page.scene)).collect();
    let nothing = Default::default();
    let sources = show.drawn.as_ref().map_or(&nothing, |(_, said)| &said.sources);
    let (messages, message_sources) = match (&show.stale, &show.drawn) {
        (Some(stale), _) => (stale.diagnostics.clone(), &stale.sources),
        (None, Some((drawn, said))) => ([said.diagnostics.as_slice(), &drawn.diagnostics].concat(), sources),
        (None, None) => (Vec::new(), sources),
    };
    let (views, languages) = (names::<ViewName>(), names::<LanguageName>());
    let served = Served {
        drawn: show.reading,
        view: &name(&wish.view),
        views: &views,
        language: &name(&wish.lang),
        languages: &languages,
        stale: show.stale.is_some(),
        downloads: &DOWNLOADS,
    };
    html::write_served(Contents { pages: &pages, sources, messages: &messages, message_sources }, options, &served)
}

/// The file of that name; of several pages in a format that holds one, that with the number. `None` where there is none.
fn file(name: &str, number: Option<&str>, show: &Show, options: &Options) -> Option<Result<Answer, Diagnostic>> {
    let (drawn, said) = show.drawn.as_ref()?;
    let format = Format::from_path(Path::new(name))?;
    let files = output::files(Path::new(name), &drawn.pages, format);
    let nth = number.and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
    let (path, pages) = files.get(nth.checked_sub(1)?).or(files.first().filter(|_| format.holds_pages()))?;
    let diagnostics = [said.diagnostics.as_slice(), &drawn.diagnostics].concat();
    let options = Options { diagnostics, ..options.clone() };
    let answer =
        |body| Answer { file_name: path.display().to_string(), ..Answer::shown("application/octet-stream", body) };
    Some(write::write_pages(pages, format, &said.sources, &options).map(answer))
}

fn name(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
}

fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(name).collect()
}
