//! Names in a sentence.

/// How many names a sentence lists before it counts.
const LISTED: usize = 4;

/// `A`, `A and B`, `A, B and C`, `A, B, C, D and 3 more`.
pub fn names<S: AsRef<str>>(names: &[S]) -> String {
    let (listed, more) = names.split_at(names.len().min(LISTED));
    let mut words: Vec<String> = listed.iter().map(|name| name.as_ref().to_string()).collect();
    if !more.is_empty() {
        words.push(format!("{} more", more.len()));
    }
    match words.pop() {
        None => String::new(),
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
    }
}

/// The verb for so many: `is` for one of them, `are` for several.
pub fn verb<T>(things: &[T], one: &'static str, several: &'static str) -> &'static str {
    if things.len() == 1 { one } else { several }
}

/// A name that stands for what is known only later, as it is shown.
pub fn later(name: &str) -> String {
    format!("<{}>", name.trim_matches(['<', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_lists_four_names_and_counts_the_others() {
        assert_eq!(names(&["a"]), "a");
        assert_eq!(names(&["a", "b", "c"]), "a, b and c");
        assert_eq!(names(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d and 2 more");
    }
}
