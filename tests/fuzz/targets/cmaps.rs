//! CMaps, as the encoding of a font and as its map to Unicode.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::read(&fuzz::with_cmap(data));
});
