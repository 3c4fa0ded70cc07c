//! Any query over any text: what must hold is in `index/src/promises/query.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| index::promises::check_query(data));
