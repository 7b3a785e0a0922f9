//! What was said of the input, under the picture.

use super::Writer;
use super::excerpts::{Excerpt, Excerpts};
use crate::diag::{Diagnostic, Severity};
use crate::visible;

impl Writer<'_> {
    /// Closed where there is nothing but notes and warnings.
    pub(super) fn messages(&mut self) {
        let messages = self.contents.messages;
        self.xml.tag("section").attr("class", "messages drawn").attr("aria-label", self.words.messages).open();
        let has_error = messages.iter().any(|message| message.severity == Severity::Error);
        if !messages.is_empty() {
            let details = self.xml.tag("details");
            if has_error {
                details.attr("open", "").open()
            } else {
                details.open()
            }
            self.counts();
            self.xml.tag("ol").open();
            let excerpts = Excerpts::of(self.contents.message_sources);
            for message in messages {
                self.message(message, &excerpts);
            }
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
    }

    /// How many there are of each severity, the worst first.
    fn counts(&mut self) {
        let words = self.words;
        let severities =
            [(Severity::Error, words.errors), (Severity::Warning, words.warnings), (Severity::Note, words.notes)];
        self.xml.tag("summary").open_inline();
        for (severity, label) in severities {
            let count = self.contents.messages.iter().filter(|message| message.severity == severity).count();
            if count > 0 {
                self.xml.tag("span").attr("class", format!("count {}", name(severity))).open_inline();
                self.xml.text(&format!("{label} {count}"));
                self.xml.close();
                self.xml.markup(" ");
            }
        }
        self.xml.close();
    }

    fn message(&mut self, message: &Diagnostic, excerpts: &Excerpts<'_>) {
        self.xml.tag("li").attr("class", name(message.severity)).open();
        self.xml.tag("p").open_inline();
        self.xml.tag("strong").text(&visible::line(&message.message));
        self.xml.markup(" ");
        self.xml.tag("code").text(message.code);
        self.xml.close();
        if let Some(excerpt) = message.origin.as_ref().and_then(|origin| excerpts.at(origin.place)) {
            self.excerpt(&excerpt);
        }
        for (what, origin) in &message.related {
            self.xml.tag("p").text(&visible::line(what));
            if let Some(excerpt) = excerpts.at(origin.place) {
                self.excerpt(&excerpt);
            }
        }
        for hint in &message.hints {
            self.xml.tag("p").attr("class", "hint").text(&visible::line(hint));
        }
        self.xml.close();
    }

    pub(super) fn excerpt(&mut self, excerpt: &Excerpt<'_>) {
        self.xml.tag("p").attr("class", "origin").open_inline();
        let place = format!("{}:{}", visible::line(excerpt.file), excerpt.line);
        self.xml.tag("span").attr("class", "place").text(&place);
        self.xml.markup(" ");
        self.xml.tag("code").text(&excerpt.text);
        self.xml.close();
    }
}

const fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
