//! Look-up in the termbase and marking of its terms in texts, over the designations held in memory.

mod key;
mod lookup;
mod marker;

pub use lookup::{Found, How, Lookup};
pub use marker::{Mark, Marker};
