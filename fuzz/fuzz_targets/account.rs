#![no_main]

use eksdiagram_fuzz::mutation::mutate;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| eksdiagram_fuzz::targets::account(bytes));
fuzz_mutator! { |bytes: &mut [u8], size: usize, most: usize, seed: u32| { mutate(bytes, size, most, seed) } }
