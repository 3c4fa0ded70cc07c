//! The program: what joins the crates, the command line, the pages and the API.
//!
//! Two walk-throughs: a file's way in is [`intake`] then [`mod@derive`]; a query's way out is [`mod@search`]. Only this crate
//! knows HTTP, in [`web`].

pub mod access;
mod amount;
pub mod cli;
pub mod concordance;
pub mod config;
pub mod data;
pub mod deliver;
pub mod derive;
mod error;
pub mod export;
mod hidden;
pub mod intake;
mod jobs;
mod observe;
pub mod ocr;
mod parallel;
pub mod pictures;
pub mod places;
pub mod reading;
pub mod rereading;
pub mod search;
mod sheet;
pub mod terms;
pub mod tmx;
mod watched_folder;
pub mod web;
pub mod workers;

pub use error::Error;

/// The time now, RFC 3339, UTC, to the second.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_else(|_| jiff::Timestamp::now()).to_string()
}
