#![no_main]

use eksdiagram_fuzz::mutation::mutate_drawing;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| eksdiagram_fuzz::targets::drawio(bytes));
fuzz_mutator! { |bytes: &mut [u8], size: usize, most: usize, seed: u32| { mutate_drawing(bytes, size, most, seed) } }
