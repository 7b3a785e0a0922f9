//! Flags of the steps of one line, sixty-four in a word: a stretch of them is set, or passed over, at once.

use std::ops::Range;

/// The words that hold so many flags.
pub const fn words(flags: usize) -> usize {
    flags.div_ceil(64)
}

pub fn is_set(words: &[u64], flag: usize) -> bool {
    words[flag / 64] >> (flag % 64) & 1 == 1
}

pub fn set(words: &mut [u64], flags: Range<usize>) {
    let Some(last) = flags.end.checked_sub(1).filter(|last| flags.start <= *last) else { return };
    let (from, to) = (u64::MAX << (flags.start % 64), u64::MAX >> (63 - last % 64));
    match &mut words[flags.start / 64..=last / 64] {
        [word] => *word |= from & to,
        [first, between @ .., last] => {
            *first |= from;
            between.fill(u64::MAX);
            *last |= to;
        }
        [] => {}
    }
}

/// The first stretch of flags from `from` on that are not set, up to `end` at most.
pub fn unset(words: &[u64], from: usize, end: usize) -> Option<Range<usize>> {
    let next = |from: usize, flip: u64| {
        let mut place = from / 64;
        let mut word = (words.get(place)? ^ flip) & (u64::MAX << (from % 64));
        while word == 0 {
            place += 1;
            word = words.get(place)? ^ flip;
        }
        Some(place * 64 + word.trailing_zeros() as usize)
    };
    let first = next(from, u64::MAX).filter(|first| *first < end)?;
    Some(first..next(first, 0).unwrap_or(end).min(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_what_is_left_between_those_set() {
        for (stretches, left) in [
            (&[][..], &[(0, 200)][..]),
            (&[(0, 1), (63, 64), (64, 65), (130, 131)], &[(1, 63), (65, 130), (131, 200)]),
            (&[(0, 128)], &[(128, 200)]),
            (&[(10, 190), (20, 30), (5, 5)], &[(0, 10), (190, 200)]),
            (&[(0, 200)], &[]),
        ] {
            let mut line = vec![0; words(200)];
            stretches.iter().for_each(|(start, end)| set(&mut line, *start..*end));
            let mut from = 0;
            let next = || unset(&line, from, 200).inspect(|stretch| from = stretch.end);
            let found: Vec<(usize, usize)> =
                std::iter::from_fn(next).map(|stretch| (stretch.start, stretch.end)).collect();
            assert_eq!(found, left, "{stretches:?}");
            assert!(
                (0..200)
                    .all(|flag| is_set(&line, flag) != left.iter().any(|(start, end)| (*start..*end).contains(&flag)))
            );
        }
    }
}
