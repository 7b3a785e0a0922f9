//! Whose an item is, where only its answer's hint says it: a file's name or a call's parameters, which name a thing as a
//! whole between other words, `elbv2-describe-target-health--web`.

use std::collections::{BTreeMap, BTreeSet};

use super::item::Item;

/// Items by what their hints name. There may be as many hints as things: none is compared with all of the others.
#[derive(Default)]
pub struct Hinted<'n> {
    items: Vec<Item<'n>>,
    /// What stands in a hint from a word on, with the items of that hint, by their places among all.
    words: BTreeMap<&'n str, Vec<usize>>,
}

impl<'n> Hinted<'n> {
    pub fn push(&mut self, item: Item<'n>) {
        for word in words(item.call.hint) {
            self.words.entry(word).or_default().push(self.items.len());
        }
        self.items.push(item);
    }

    /// In the order in which they came.
    pub fn all(&self) -> impl Iterator<Item = Item<'n>> {
        self.items.iter().copied()
    }

    /// Those of which the hint has one of the names, in the order in which they came.
    pub fn of<const N: usize>(&self, names: [&str; N]) -> impl Iterator<Item = Item<'n>> {
        let with = |name| self.words.range(name..).take_while(move |(text, _)| text.starts_with(name));
        let named = |name| with(name).filter(move |(text, _)| begins_with(text, name)).flat_map(|(_, places)| places);
        let places: BTreeSet<usize> = names.into_iter().flat_map(named).copied().collect();
        places.into_iter().map(|place| self.items[place])
    }
}

/// Whether a hint names this as a whole.
pub fn names_it(hint: &str, name: &str) -> bool {
    words(hint).any(|text| begins_with(text, name))
}

/// A hint from each of its words on.
fn words(hint: &str) -> impl Iterator<Item = &str> {
    let is_start = |before: &str| before.is_empty() || before.ends_with("--") || before.ends_with(['=', ' ', '/', ',']);
    hint.char_indices().filter(move |(at, _)| is_start(&hint[..*at])).map(|(at, _)| &hint[at..])
}

fn begins_with(text: &str, name: &str) -> bool {
    let after = text.strip_prefix(name).filter(|_| !name.is_empty());
    let goes_on =
        |after: &str| after.starts_with(|c: char| c.is_alphanumeric() || c == '-' && !after.starts_with("--"));
    after.is_some_and(|after| !goes_on(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_whole_only() {
        for (hint, named) in [
            ("web", true),
            ("elbv2-describe-target-health--web", true),
            ("elbv2-describe-target-health--web.json", true),
            ("describe-target-health--web--2", true),
            ("--target-group-arn=web", true),
            ("targetgroup/web/0123", true),
            ("describe-target-health--web-2", false),
            ("describe-target-health--webs", false),
            ("describe-web", false),
            ("", false),
        ] {
            assert_eq!(names_it(hint, "web"), named, "{hint}");
        }
        assert!(!names_it("web", ""));
    }
}
