//! Texts that a document writes again and again are kept once: keys, types, ids that others refer to.

use std::sync::Arc;

/// Bytes up to which a text is looked for: longer ones are scripts and policies, and hardly ever repeated. Chosen.
const SHORT: usize = 64;

/// Texts that are remembered. Chosen: more than the names of a template's properties and of the things
/// of one network, which stand close together.
const PLACES: usize = 4096;

/// The last texts, each at the place that its bytes give: a text that comes there later takes it.
pub struct Texts(Vec<Option<Arc<str>>>);

impl Default for Texts {
    fn default() -> Texts {
        Texts(vec![None; PLACES])
    }
}

impl Texts {
    /// A text as it was kept when it was last seen, where it is still remembered.
    pub fn shared(&mut self, text: &str) -> Arc<str> {
        if text.len() > SHORT {
            return text.into();
        }
        match &mut self.0[place(text)] {
            Some(known) if **known == *text => known.clone(),
            place => place.insert(text.into()).clone(),
        }
    }
}

/// Source: Fowler, Noll and Vo's hash 1a, folded, for its last byte does not reach all bits.
fn place(text: &str) -> usize {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    (hash >> 40 ^ hash) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_twice_is_kept_once() {
        let mut texts = Texts::default();
        let first = texts.shared("AWS::EC2::Subnet");
        let others: Vec<Arc<str>> = (0..100).map(|n| texts.shared(&format!("Subnet{n}"))).collect();
        assert!(Arc::ptr_eq(&first, &texts.shared("AWS::EC2::Subnet")));
        assert!(others.iter().enumerate().all(|(n, text)| **text == *format!("Subnet{n}")));
    }

    #[test]
    fn long_texts_and_forgotten_ones_are_what_they_were() {
        let mut texts = Texts::default();
        for n in 0..3 * PLACES {
            let text = format!("{n:0width$}", width = n % (2 * SHORT));
            assert_eq!(*texts.shared(&text), *text);
        }
    }
}
