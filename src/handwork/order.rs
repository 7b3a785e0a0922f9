//! Two orders of much the same things as one.

use std::collections::BTreeSet;

/// All of both. In the order of `ours`, where `theirs` has what they share in that order too, else in that of `theirs`.
/// What only the other has follows what it follows there.
pub fn woven(theirs: &[String], ours: &[String]) -> Vec<String> {
    if theirs == ours {
        return ours.to_vec();
    }
    let shared = |list: &[String], other: &[String]| -> Vec<String> {
        let other: BTreeSet<&String> = other.iter().collect();
        list.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    if shared(theirs, ours) == shared(ours, theirs) { inserted(ours, theirs) } else { inserted(theirs, ours) }
}

fn inserted(main: &[String], other: &[String]) -> Vec<String> {
    let mut list = main.to_vec();
    let mut at = 0;
    for id in other {
        match list.iter().position(|known| known == id) {
            Some(known) => at = known + 1,
            None => {
                list.insert(at, id.clone());
                at += 1;
            }
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_string).collect()
    }

    #[test]
    fn what_only_one_side_has_follows_what_it_follows_there() {
        assert_eq!(woven(&list("a note c"), &list("a b c d")), list("a note b c d"));
        assert_eq!(woven(&list("back a"), &list("a b")), list("back a b"));
    }

    #[test]
    fn an_order_that_a_person_changed_stays() {
        assert_eq!(woven(&list("c a note"), &list("a b c")), list("c a b note"));
    }
}
