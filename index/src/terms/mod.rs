//! Look-up in the termbase and marking of its terms in texts, over the designations held in memory.

mod key;
mod lookup;
mod marker;

pub(crate) use key::{american, spelt_otherwise};
pub use lookup::{Found, How, Lookup};
pub(crate) use lookup::{distance as slips, marked_letter, readings};
pub use marker::{Mark, Marker};
