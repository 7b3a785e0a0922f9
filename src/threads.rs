//! Work on several threads of which the result tells nothing: it is the same, in the same order, on one or on many.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread, vec};

/// How many threads so many pieces of work are worth, when one is worth its start from `few` pieces on.
pub fn worth(pieces: usize, few: usize) -> usize {
    match pieces.div_ceil(few) {
        0 | 1 => 1,
        wanted => wanted.min(*AVAILABLE),
    }
}

/// Asked for once: the answer is in the files of half a dozen control groups.
static AVAILABLE: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

/// Batches of work for each thread: so many that one of the dear ones at the end is not waited for.
const BATCHES: usize = 256;

/// What both make; side by side where that is worth a thread's start.
pub fn both<A: Send, B>(are_worth_it: bool, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if !are_worth_it || *AVAILABLE == 1 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

/// What `work` makes of each item, in their order, on one thread a desk.
pub fn map<'t, T: Sync, R: Send, D: Send>(
    items: &'t [T],
    desks: &mut [D],
    work: impl Fn(&'t T, &mut D) -> R + Sync,
) -> Made<R> {
    if let [desk] = desks {
        let all: Vec<R> = items.iter().map(|item| work(item, desk)).collect();
        return vec![all].into_iter().flatten();
    }
    let batches: Vec<&[T]> = items.chunks((items.len() / (desks.len() * BATCHES)).max(1)).collect();
    let next = AtomicUsize::new(0);
    let run = |desk: &mut D| {
        let mine = iter::from_fn(|| {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let batch = batches.get(place)?;
            Some((place, batch.iter().map(|item| work(item, desk)).collect::<Vec<R>>()))
        });
        mine.collect::<Vec<_>>()
    };
    let [own, others @ ..] = desks else { return Vec::new().into_iter().flatten() };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = others.iter_mut().map(|desk| scope.spawn(|| run(desk))).collect();
        let mut done = run(own);
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, made)| made).collect::<Vec<_>>().into_iter().flatten()
}

/// All that was made, batch by batch.
pub type Made<R> = iter::Flatten<vec::IntoIter<Vec<R>>>;

/// Does `work` to each item, on as many threads.
pub fn each<T: Send>(items: &mut [T], threads: usize, work: impl Fn(&mut T) + Sync) {
    let work = &work;
    let mut parts = items.chunks_mut(items.len().div_ceil(threads.max(1)).max(1));
    let own = parts.next();
    thread::scope(|scope| {
        parts.for_each(|part| _ = scope.spawn(move || part.iter_mut().for_each(work)));
        own.into_iter().flatten().for_each(work);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_threads_make_what_one_makes() {
        let items: Vec<u32> = (0..1000).collect();
        let squares = |threads: usize| map(&items, &mut vec![0u32; threads], |n, _| n * n).collect::<Vec<_>>();
        assert_eq!(squares(1), squares(7));
        assert_eq!(squares(3)[31], 961);
        assert_eq!(worth(0, 64), 1);
    }

    #[test]
    fn each_item_is_worked_on_once() {
        for (items, threads) in [(0, 2), (1, 2), (5, 2), (1000, 7), (7, 0)] {
            let mut counts = vec![0; items];
            each(&mut counts, threads, |count| *count += 1);
            assert!(counts.iter().all(|count| *count == 1), "{items} {threads}");
        }
    }

    #[test]
    fn two_pieces_of_work_are_both_done() {
        assert_eq!(both(true, || 1, || 2), (1, 2));
        assert_eq!(both(false, || 1, || 2), (1, 2));
    }
}
