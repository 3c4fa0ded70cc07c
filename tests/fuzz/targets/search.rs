//! Any queries over any documents: what must hold is in `index/src/promises/search.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| index::promises::check_search(data));
