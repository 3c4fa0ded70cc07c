//! Which documents belong to one instrument, and what each is to it.
//!
//! A [`Profile`] keeps what tells of a document, small enough for the store; [`Profile::keys`] finds the few
//! documents that it is worth comparing with; [`link()`] compares two; [`group()`] makes instruments of linked documents.

mod group;
mod link;
mod name;
mod profile;

pub use group::{Group, GroupMember, Linked, group};
pub use link::{Link, link};
pub use profile::{Profile, TargetKey, profile};

#[cfg(test)]
mod tests;
