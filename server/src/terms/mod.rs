//! What people do with the termbase: look up, mark, check, review, exchange, watch it change.

pub mod bilingual;
pub mod cached;
pub mod changes;
pub mod checking;
pub mod editing;
pub mod exchange;
pub mod given;
pub mod listing;
pub mod lookup;
pub mod marking;
pub mod review;
pub mod seen;
