//! PP-OCR: text lines found and read by two small neural networks.
