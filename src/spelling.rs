//! Did you mean: the name that a misspelled one stands for.

/// The candidate closest to `name`, if it is close enough that a slip of the hand explains the difference:
/// other case, or at most one edit in three characters. Of equals, the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let mut most = (wanted.len() / 3).min(4);
    let mut best = None;
    for candidate in candidates {
        if candidate.len().abs_diff(name.len()) > 4 * (most + 1) {
            continue;
        }
        let found: Vec<char> = candidate.to_lowercase().chars().collect();
        if found.len().abs_diff(wanted.len()) > most {
            continue;
        }
        let edits = distance(&wanted, &found);
        if edits == 0 {
            return Some(candidate);
        }
        if edits <= most {
            best = Some(candidate);
            most = edits - 1;
        }
    }
    best
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut two_ago: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut edits = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                edits = edits.min(two_ago[j - 1] + 1);
            }
            row.push(edits);
        }
        two_ago = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_found_and_another_word_is_not() {
        let names = ["PublicSubnet1", "PublicSubnet2", "VPC", "Sub", "GetAtt"];
        assert_eq!(nearest("PublicSubent2", names), Some("PublicSubnet2"));
        assert_eq!(nearest("vpc", names), Some("VPC"));
        assert_eq!(nearest("Su", names), None);
        assert_eq!(nearest("GetAt", names), Some("GetAtt"));
        assert_eq!(nearest("InternetGateway", names), None);
    }
}
