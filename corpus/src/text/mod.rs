//! Text functions that must be the same everywhere: at ingest, index, query and watch time.

pub mod normalise;
pub mod segment;
