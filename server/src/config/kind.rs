//! What may be given for a setting.

use std::net::SocketAddr;

use lettre::message::Mailbox;
use tracing_subscriber::EnvFilter;

use crate::access::PublicUrl;
use crate::deliver::Network;

/// What may be given for a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text of one line.
    Text,
    /// A file or folder; in the file it is relative to the file's own folder.
    Path,
    /// An IP address and a port.
    Address,
    /// An address of the web without anything secret.
    PublicUrl,
    /// True or false.
    Switch,
    /// A whole number.
    Number {
        /// The least.
        least: u64,
        /// The greatest.
        most: u64,
    },
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Networks: a list in the file, with commas between elsewhere.
    Networks,
    /// The sender of a mail.
    Mailbox,
    /// What the log tells of.
    LogFilter,
    /// Text that is never printed. The path of a file that holds it may be given instead, by the name with `_file`.
    Secret,
}

impl Kind {
    /// Whether a text, as a variable gives it, can be used. No lone control character is good for anything.
    pub(crate) fn takes(self, text: &str) -> bool {
        let is_line = !text.contains(char::is_control) && (!text.is_empty() || self == Self::Networks);
        is_line
            && match self {
                Self::Text | Self::Path | Self::Secret => true,
                Self::Address => text.parse::<SocketAddr>().is_ok(),
                Self::PublicUrl => PublicUrl::read(text).is_ok(),
                Self::Switch => switch(text).is_some(),
                Self::Number { least, most } => {
                    text.parse::<u64>().is_ok_and(|number| (least..=most).contains(&number))
                }
                Self::OneOf(words) => words.contains(&text),
                Self::Networks => parts(text).all(|network| Network::read(network).is_some()),
                Self::Mailbox => text.parse::<Mailbox>().is_ok(),
                Self::LogFilter => EnvFilter::try_new(text).is_ok(),
            }
    }

    /// What it must be, to go on after "must be".
    pub(crate) fn expected(self) -> String {
        match self {
            Self::Text | Self::Secret => "text of one line".to_owned(),
            Self::Path => "a path".to_owned(),
            Self::Address => "an address with a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned(),
            Self::PublicUrl => "an address such as https://policyglot.example.org".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Number { least, most } if most == SOME_MOST => format!("a whole number from {least}"),
            Self::Number { least, most } => format!("a whole number from {least} to {most}"),
            Self::OneOf(words) => match words {
                [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
                _ => words.join(", "),
            },
            Self::Networks => {
                "networks such as 10.1.0.0/16 or 127.0.0.1, with commas between (in the file a list of strings)"
                    .to_owned()
            }
            Self::Mailbox => "a mail address, alerts@example.org or Alerts <alerts@example.org>".to_owned(),
            Self::LogFilter => "a level such as warn or info, or levels of parts, warn,server=info".to_owned(),
        }
    }

    /// A text that it takes, to show how one is written.
    pub(crate) fn example(self) -> String {
        match self {
            Self::Text | Self::Secret => "text".to_owned(),
            Self::Path => "/srv/policyglot".to_owned(),
            Self::Address => "127.0.0.1:9090".to_owned(),
            Self::PublicUrl => "https://policyglot.example.org".to_owned(),
            Self::Switch => "true".to_owned(),
            Self::Number { least, .. } => least.to_string(),
            Self::OneOf(words) => words.first().copied().unwrap_or_default().to_owned(),
            Self::Networks => "10.1.0.0/16, 127.0.0.1".to_owned(),
            Self::Mailbox => "Alerts <alerts@example.org>".to_owned(),
            Self::LogFilter => "warn".to_owned(),
        }
    }

    /// A text that it takes, as the file has it.
    pub(crate) fn in_toml(self, text: &str) -> String {
        match self {
            Self::Number { .. } => text.to_owned(),
            Self::Switch => switch(text).unwrap_or_default().to_string(),
            Self::Networks => format!("[{}]", parts(text).map(quoted).collect::<Vec<_>>().join(", ")),
            _ => quoted(text),
        }
    }
}

/// The greatest integer of the file, which bounds nothing.
const SOME_MOST: u64 = i64::MAX as u64;

/// Reads a switch, by the words that flags' variables know.
pub(super) fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The parts of a list with commas between.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// A basic string of TOML 1.0.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
