//! Glyphs of any size, direction and place, to lines and blocks.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::read(&fuzz::glyphs(data));
});
