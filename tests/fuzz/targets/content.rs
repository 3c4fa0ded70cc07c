//! The content of a page: operators, operands, inline images, marked content.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::read(&fuzz::page(data, fuzz::FONTS, &[]));
});
