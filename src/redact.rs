//! Masks for what tells whose network it is: account ids, public addresses, host names, the ids of EKS clusters.
//!
//! Masks are put into the texts of the inputs before anybody reads them, so that no later stage knows what stood there.
//! The same original has the same mask in all inputs. Masks are numbered in the order of the originals, which does not
//! depend on the order of the inputs, and they keep what a picture is made of: an account id is one, a block holds the
//! blocks and addresses that it held, and a load balancer's name is still one of its region.

mod blocks;
mod hosts;

use std::collections::{BTreeMap, BTreeSet};

use blocks::Block;

/// A stretch of text that is masked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Original {
    /// Twelve digits.
    Account(String),
    /// The 32 capital hexadecimal digits in the names of a cluster's endpoint and of its identity provider.
    ClusterId(String),
    Host(String),
    Block(Block),
}

/// The masks of a run.
#[derive(Default)]
pub struct Masks(BTreeMap<Original, String>);

impl Masks {
    /// Finds masks for all in these texts that has none yet, numbered after those that have.
    pub fn learn<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let mut originals = BTreeSet::new();
        for text in texts {
            pieces(text).for_each(|piece| match piece {
                Piece::Original(original, _) if !self.0.contains_key(&original) => _ = originals.insert(original),
                Piece::Original(..) | Piece::Plain(_) => {}
            });
        }
        let of_kind = |is_it: fn(&Original) -> bool| self.0.keys().filter(|one| is_it(one)).count() as u64;
        let mut accounts = of_kind(|one| matches!(one, Original::Account(_)));
        let mut clusters = of_kind(|one| matches!(one, Original::ClusterId(_)));
        let mut hosts = of_kind(|one| matches!(one, Original::Host(_)));
        let mut blocks: Vec<Block> = Vec::new();
        for original in originals {
            let mask = match &original {
                // Not with a zero in front, which a number may not have in JSON.
                Original::Account(_) => (100_000_000_000 + next(&mut accounts)).to_string(),
                Original::ClusterId(_) => format!("{:032X}", next(&mut clusters)),
                Original::Host(host) => hosts::mask(host, next(&mut hosts)),
                Original::Block(block) => {
                    blocks.push(*block);
                    continue;
                }
            };
            self.0.insert(original, mask);
        }
        let taken: Vec<Block> = self
            .0
            .iter()
            .filter(|(one, _)| matches!(one, Original::Block(_)))
            .filter_map(|(_, mask)| blocks::read(mask))
            .collect();
        for (block, mask) in blocks::masks(&blocks, &taken) {
            self.0.insert(Original::Block(block), mask.to_string());
        }
    }

    /// The text with its originals masked. Lines stay lines; what stands behind a mask in its line may move.
    pub fn masked(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece {
                Piece::Plain(plain) => masked.push_str(plain),
                Piece::Original(original, written) => match self.0.get(&original) {
                    Some(mask) => masked.push_str(mask),
                    None => masked.push_str(written),
                },
            }
        }
        masked
    }
}

fn next(number: &mut u64) -> u64 {
    *number += 1;
    *number
}

enum Piece<'t> {
    Plain(&'t str),
    /// As it was written, too.
    Original(Original, &'t str),
}

/// The text in pieces, in its order.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    // An original that was found behind plain text, to be given next.
    let mut found: Option<(Original, usize)> = None;
    std::iter::from_fn(move || {
        if let Some((original, length)) = found.take() {
            let written = text.get(at..at + length)?;
            at += length;
            return Some(Piece::Original(original, written));
        }
        let start = at;
        while at < text.len() {
            if begins_word(text, at)
                && let Some((original, length)) = original(text, at)
            {
                if at == start {
                    at += length;
                    return Some(Piece::Original(original, &text[start..at]));
                }
                found = Some((original, length));
                break;
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        (at > start).then(|| Piece::Plain(&text[start..at]))
    })
}

/// Whether a letter or a digit stands here, and none before it.
fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes[at].is_ascii_alphanumeric() && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
}

/// What stands at a place where a word begins, if it is to be masked, and how long it is.
fn original(text: &str, at: usize) -> Option<(Original, usize)> {
    let before = text[..at].chars().next_back();
    let text = &text[at..];
    // Behind a dot or a colon may stand the rest of what was looked at before it.
    if before != Some('.') {
        if let Some((block, length)) = blocks::written(text, before == Some(':')) {
            return Some((Original::Block(block), length));
        }
        if let Some(length) = hosts::written(text) {
            return Some((Original::Host(text[..length].to_ascii_lowercase()), length));
        }
    }
    let word = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (word, rest) = text.split_at(word);
    let is_number = word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_id = word.len() == 32 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
    match (is_number && ends, is_id && ends) {
        (true, _) => Some((Original::Account(word.to_string()), word.len())),
        (_, true) => Some((Original::ClusterId(word.to_string()), word.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learnt<'t>(texts: impl IntoIterator<Item = &'t str>) -> Masks {
        let mut masks = Masks::default();
        masks.learn(texts);
        masks
    }

    fn masked(text: &str) -> String {
        learnt([text]).masked(text)
    }

    #[test]
    fn account_ids_are_masked_wherever_they_stand() {
        assert_eq!(
            masked("arn:aws:iam::444455556666:role/x, 111122223333.dkr.ecr, logs-444455556666-eu"),
            "arn:aws:iam::100000000002:role/x, 100000000001.dkr.ecr, logs-100000000002-eu"
        );
        for other in ["subnet-0123456789012", "i-012345678901ab", "1699999999999", "1.2.3.4.5", "fd00:1:2600:1f16::1"] {
            assert_eq!(masked(other), other);
        }
    }

    #[test]
    fn a_cluster_s_id_is_masked_alike_in_its_endpoint_and_its_identity_provider() {
        let id = "0A1B2C3D4E5F60718293A4B5C6D7E8F9";
        let text =
            format!("https://{id}.gr7.eu-west-1.eks.amazonaws.com https://oidc.eks.eu-west-1.amazonaws.com/id/{id}");
        let id = format!("{:032X}", 1);
        assert_eq!(
            masked(&text),
            format!("https://{id}.gr7.eu-west-1.eks.amazonaws.com https://oidc.eks.eu-west-1.amazonaws.com/id/{id}")
        );
    }

    #[test]
    fn what_is_learnt_later_changes_no_mask_and_has_none_that_is_taken() {
        let mut masks = learnt(["444455556666 52.95.110.1 a.example.org"]);
        let before = masks.masked("444455556666 52.95.110.1 a.example.org");
        masks.learn(["444455556666 111122223333 3.0.0.0/8 52.95.110.1 4.4.4.4 b.example.org"]);
        assert_eq!(masks.masked("444455556666 52.95.110.1 a.example.org"), before);
        let all = masks.masked("444455556666 111122223333 3.0.0.0/8 52.95.110.1 4.4.4.4 a.example.org b.example.org");
        let different: BTreeSet<&str> = all.split(' ').collect();
        assert_eq!(different.len(), 7, "{all}");
    }

    #[test]
    fn masks_do_not_depend_on_the_order_of_texts() {
        let texts = ["a 444455556666 52.95.110.1", "b 111122223333 52.0.0.0/8", "c db.example.org 3.3.3.3"];
        let forth = learnt(texts);
        let back = learnt(texts.into_iter().rev());
        for text in texts {
            assert_eq!(forth.masked(text), back.masked(text));
            assert_ne!(forth.masked(text), text);
        }
    }
}
