//! The bar above the picture: its title, pages, finding, themes, downloads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Served, Writer, sheets, title};

impl Writer<'_> {
    pub(super) fn bar(&mut self, drawio: &str) {
        self.xml.tag("header").attr("class", "bar").open();
        self.xml.tag("h1").attr("class", "drawn").text(title(self.contents));
        self.page_picker();
        self.finder();
        self.choices();
        self.downloads(drawio);
        self.xml.close();
    }

    /// A button a page, where there are several. What begins with the page's title is named by the rest.
    fn page_picker(&mut self) {
        let nav = self.xml.tag("nav").attr("class", "pages drawn").attr("aria-label", self.words.pages);
        if self.contents.pages.len() < 2 {
            nav.attr("hidden", "").text("");
            return;
        }
        nav.open();
        let whole = format!("{}: ", title(self.contents));
        for (number, (name, _)) in self.contents.pages.iter().enumerate() {
            let name = name.strip_prefix(&whole).unwrap_or(name);
            self.xml
                .tag("button")
                .attr("type", "button")
                .attr("data-page", number)
                .attr("aria-pressed", number == 0)
                .text(name);
        }
        self.xml.close();
    }

    fn finder(&mut self) {
        self.xml.tag("div").attr("class", "finder").attr("role", "search").open();
        self.xml
            .tag("input")
            .attr("type", "search")
            .attr("id", "find")
            .attr("aria-label", self.words.find)
            .attr("placeholder", self.words.find_hint)
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .empty();
        self.xml
            .tag("output")
            .attr("class", "found")
            .attr("for", "find")
            .attr("data-nothing", self.words.nothing_found)
            .text("");
        self.xml.close();
    }

    /// What is chosen from lists. Of a served page a form, whose answer is the page anew.
    fn choices(&mut self) {
        let words = self.words;
        match self.served {
            Some(_) => self.xml.tag("form").attr("class", "choices").attr("action", "./").open(),
            None => self.xml.tag("div").attr("class", "choices").open(),
        }
        if let Some(served) = self.served {
            let views: Vec<(&str, &str)> =
                served.views.iter().map(|view| (view.as_str(), words.view_name(view))).collect();
            self.choice("view", words.view, &views, served.view);
            let languages: Vec<(&str, &str)> =
                served.languages.iter().map(|tag| (tag.as_str(), language_name(tag))).collect();
            self.choice("lang", words.language, &languages, served.language);
        }
        let themes = [("auto", words.auto), ("light", words.light), ("dark", words.dark), ("print", words.print)];
        self.choice("theme", words.theme, &themes, sheets::theme_name(self.options.theme));
        if self.served.is_some() {
            // For who has no script.
            self.xml.tag("button").attr("type", "submit").attr("class", "unseen").text(words.draw);
        }
        self.xml.close();
    }

    fn choice(&mut self, name: &str, label: &str, options: &[(&str, &str)], chosen: &str) {
        self.xml.tag("label").open();
        self.xml.tag("span").text(label);
        self.xml.tag("select").attr("name", name).open();
        for (value, words) in options {
            let option = self.xml.tag("option").attr("value", value);
            if *value == chosen { option.attr("selected", "").text(words) } else { option.text(words) }
        }
        self.xml.close();
        self.xml.close();
    }

    fn downloads(&mut self, drawio: &str) {
        self.xml.tag("details").attr("class", "downloads").open();
        self.xml.tag("summary").text(self.words.download);
        self.xml.tag("ul").open();
        match self.served {
            Some(served) => self.made_by_the_server(served),
            None => self.made_by_the_page(drawio),
        }
        self.xml.close();
        self.xml.close();
    }

    fn made_by_the_server(&mut self, served: &Served<'_>) {
        for ending in served.downloads {
            self.xml.tag("li").open();
            let address = format!("picture.{ending}?view={}&lang={}", served.view, served.language);
            self.xml.tag("a").attr("href", address).attr("download", "").text(&format!(".{ending}"));
            self.xml.close();
        }
    }

    /// The picture as the page shows it; draw.io's file, which holds all pages, is in the page.
    fn made_by_the_page(&mut self, drawio: &str) {
        for ending in ["svg", "png"] {
            self.xml.tag("li").open();
            self.xml.tag("button").attr("type", "button").attr("data-save", ending).text(&format!(".{ending}"));
            self.xml.close();
        }
        self.xml.tag("li").open();
        let address = format!("data:application/xml;base64,{}", STANDARD.encode(drawio));
        self.xml.tag("a").attr("href", address).attr("download", "network.drawio").text(".drawio");
        self.xml.close();
    }
}

/// A language's name in itself.
fn language_name(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "ko" => "한국어",
        other => other,
    }
}
