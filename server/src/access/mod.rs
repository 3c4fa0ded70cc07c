//! Who may ask this server for what, as far as it is no matter of HTTP: the settings, and the giving, finding and ending
//! of tokens. [`crate::web`] asks for them, the command line gives them.
//!
//! A secret is made here, shown once to who asked for it, and nowhere kept: the store has its hash.

pub(crate) mod feed_key;
mod giving;
mod public_url;
mod secret;
mod settings;

pub(crate) use giving::note_command;
pub use giving::{Given, give, revoke};
pub use public_url::PublicUrl;
pub(crate) use public_url::{address as host_address, is_loopback as is_loopback_host};
pub(crate) use secret::new_session;
pub use settings::{AccessSettings, check_start};
