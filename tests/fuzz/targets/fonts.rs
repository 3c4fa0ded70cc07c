//! Embedded font programs.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::read(&fuzz::with_font(data));
});
