//! Work on several threads of which the result tells nothing: it is the same, in the same order, on one or on many.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread};

/// How many threads so many pieces of work are worth, when one is worth its start from `few` pieces on.
pub fn worth(pieces: usize, few: usize) -> usize {
    match pieces.div_ceil(few) {
        0 | 1 => 1,
        wanted => wanted.min(*AVAILABLE),
    }
}

/// Asked for once: the answer is in the files of half a dozen control groups.
static AVAILABLE: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// What `work` makes of each item, in their order, on one thread a desk.
pub fn map<'t, T: Sync, R: Send, D: Send>(
    items: &'t [T],
    desks: &mut [D],
    work: impl Fn(&'t T, &mut D) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = |desk: &mut D| {
        let mine = iter::from_fn(|| {
            let place = next.fetch_add(1, Ordering::Relaxed);
            items.get(place).map(|item| (place, work(item, desk)))
        });
        mine.collect::<Vec<_>>()
    };
    let [own, others @ ..] = desks else { return Vec::new() };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = others.iter_mut().map(|desk| scope.spawn(|| run(desk))).collect();
        let mut done = run(own);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_threads_make_what_one_makes() {
        let items: Vec<u32> = (0..1000).collect();
        let squares = |threads: usize| map(&items, &mut vec![0u32; threads], |n, _| n * n);
        assert_eq!(squares(1), squares(7));
        assert_eq!(squares(3)[31], 961);
        assert_eq!(worth(0, 64), 1);
    }
}
