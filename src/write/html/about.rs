//! What there is to tell of each thing, in a list beside the picture: to be found, opened, and read without the picture.

use super::{Excerpts, Writer, prefix};
use crate::write::links::Links;
use crate::write::svg;
use crate::write::things::{self, Thing};

impl Writer<'_> {
    pub(super) fn about(&mut self) {
        self.xml.tag("aside").attr("aria-labelledby", "things").open();
        self.xml.tag("h2").attr("id", "things").text(self.words.things);
        self.xml.tag("div").attr("class", "about drawn").open();
        let excerpts = Excerpts::of(self.contents.sources);
        for (number, (_, scene)) in self.contents.pages.iter().enumerate() {
            let list = self.xml.tag("ul").attr("data-page", number);
            if number == 0 {
                list.open()
            } else {
                list.attr("hidden", "").open()
            }
            for thing in things::all(scene) {
                self.thing(&thing, &prefix(number), &excerpts);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.close();
    }

    fn thing(&mut self, thing: &Thing<'_>, prefix: &str, excerpts: &Excerpts<'_>) {
        let item = thing.item;
        let id = format!("{prefix}{}", svg::identifier(&item.id));
        self.xml.tag("li").open();
        self.xml.tag("details").attr("id", format!("about-{id}")).attr("data-about", id).open();
        self.xml.tag("summary").open_inline();
        self.xml.tag("span").attr("class", "name").text(&thing.name);
        self.xml.markup(" ");
        self.xml.tag("span").attr("class", "type").text(&item.type_name);
        self.xml.close();
        for note in &thing.notes {
            self.xml.tag("p").text(note);
        }
        self.facts(thing);
        self.origin(thing, excerpts);
        self.xml.close();
        self.xml.close();
    }

    /// The facts that are not said already.
    fn facts(&mut self, thing: &Thing<'_>) {
        let facts: Vec<_> =
            thing.item.facts.iter().filter(|(_, value)| !thing.notes.contains(&value.as_str())).collect();
        if facts.is_empty() {
            return;
        }
        self.xml.tag("dl").open();
        for (name, value) in facts {
            self.xml.tag("dt").text(self.words.fact_name(name));
            self.xml.tag("dd").text(value);
        }
        self.xml.close();
    }

    fn origin(&mut self, thing: &Thing<'_>, excerpts: &Excerpts<'_>) {
        let place = thing.item.origin.as_ref().map(|origin| origin.place);
        let Some(excerpt) = place.and_then(|place| excerpts.at(place)) else { return };
        self.excerpt(&excerpt);
        if let Some(address) = Links::of(self.contents.sources, self.options).to(thing.item) {
            self.xml.tag("p").open_inline();
            self.xml.tag("a").attr("href", address).attr("rel", "noreferrer").text(self.words.on_the_web);
            self.xml.close();
        }
    }
}
