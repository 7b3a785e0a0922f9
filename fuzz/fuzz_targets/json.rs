#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| eksdiagram_fuzz::targets::json(bytes));
