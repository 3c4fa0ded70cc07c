//! Tesseract: how it is called and what its answer means.
