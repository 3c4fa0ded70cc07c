//! Review: what a reviewer decides of renderings that wait, and the deeds that it takes.
//!
//! A decision names a rendering by the texts that the reviewer saw. Where these are gone, or somebody has decided
//! otherwise meanwhile, the decision is stale: it is told, and nothing is done. One that was done already is not done
//! twice.

mod decision;
mod plan;
mod wording;

use corpus::term::Tier;

use crate::Error;

pub use decision::{Accept, Decision, Judgement, Pair, Wording};
pub use plan::{Outcome, Plan, Stale, Why, rows_of, splits};

/// What can stand behind a rendering, best first.
pub const TIERS: [Tier; 3] = [Tier::Given, Tier::Recurrent, Tier::Single];

/// The tier of a name.
///
/// # Errors
/// When there is none of that name.
pub fn tier_named(name: &str) -> Result<Tier, Error> {
    let tier = TIERS.into_iter().find(|tier| tier.name() == name);
    tier.ok_or_else(|| Error::Input(format!("there is no tier '{name}'; say given, recurrent or single")))
}

/// When today began (UTC), RFC 3339.
pub fn today() -> String {
    let date: String = crate::now().chars().take(10).collect();
    format!("{date}T00:00:00Z")
}

#[cfg(test)]
mod tests;
