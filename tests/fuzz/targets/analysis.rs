//! The analysis of any text: what must hold is in `index/src/promises/analysis.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| index::promises::check_analysis(data));
