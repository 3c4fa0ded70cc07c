//! The settings of who may ask.

use std::net::SocketAddr;

use super::PublicUrl;
use crate::Error;
use crate::config::Config;
use crate::data::Data;
use crate::deliver::Network;

/// Who may ask, and how often.
#[derive(Clone, Debug)]
pub struct AccessSettings {
    /// Whether every request needs a token also where only this machine can ask (`POLICYGLOT_REQUIRE_TOKEN=1`,
    /// `--require-token`); by default not. Where others can ask it always does.
    pub require_token: bool,
    /// Where readers reach this server, if by another name than this machine's own (`POLICYGLOT_PUBLIC_URL`,
    /// `--public-url`): requests may name that host, and mails and feeds lead there. A server that has one is reached by
    /// others, so that every request needs a token.
    pub public_url: Option<PublicUrl>,
    /// Servers in front of this one, whose `X-Forwarded-For` is believed (`POLICYGLOT_PROXIES=10.0.0.0/8,127.0.0.1`);
    /// by default none, and the header is not looked at.
    pub(crate) proxies: Vec<Network>,
    /// How many requests a minute may come with one token (`POLICYGLOT_RATE_TOKEN`), as many at once; 0 for any number.
    pub per_token: u32,
    /// How many requests a minute may come from one address, or one /64 of IPv6 (`POLICYGLOT_RATE_ADDRESS`); likewise.
    pub per_address: u32,
    /// How many times an hour one address may try to sign in, or send a token that is none (`POLICYGLOT_RATE_SIGN_IN`).
    pub sign_ins: u32,
}

const REQUIRE_TOKEN: &str = "POLICYGLOT_REQUIRE_TOKEN";
const PROXIES: &str = "POLICYGLOT_PROXIES";
const RATE_TOKEN: &str = "POLICYGLOT_RATE_TOKEN";
const RATE_ADDRESS: &str = "POLICYGLOT_RATE_ADDRESS";
const RATE_SIGN_IN: &str = "POLICYGLOT_RATE_SIGN_IN";

impl Default for AccessSettings {
    /// 3,000 requests a minute with a token, 6,000 from an address, 20 attempts an hour to sign in.
    fn default() -> Self {
        Self {
            require_token: false,
            public_url: None,
            proxies: Vec::new(),
            per_token: 3_000,
            per_address: 6_000,
            sign_ins: 20,
        }
    }
}

impl AccessSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// When one cannot be used; the message says where it was given.
    pub fn read(config: &Config) -> Result<Self, Error> {
        Ok(Self {
            require_token: config.switch(REQUIRE_TOKEN)?,
            public_url: PublicUrl::of(config)?,
            proxies: Network::list(config, PROXIES)?,
            per_token: config.number(RATE_TOKEN)?,
            per_address: config.number(RATE_ADDRESS)?,
            sign_ins: config.number(RATE_SIGN_IN)?,
        })
    }

    /// Whether every request needs a token on a server that listens at an address, and why.
    pub(crate) fn why_tokens(&self, listen: SocketAddr) -> Option<&'static str> {
        if !listen.ip().to_canonical().is_loopback() {
            return Some("others than this machine can reach it");
        }
        if self.public_url.as_ref().is_some_and(|url| !url.is_loopback()) {
            return Some("its public address says that others than this machine reach it");
        }
        self.require_token.then_some("--require-token asks for one")
    }
}

/// Refuses to start a server that every request needs a token for, where there is none.
///
/// # Errors
/// When that is so; says why and what to run. When the store cannot be read.
pub fn check_start(data: &Data, settings: &AccessSettings, listen: SocketAddr) -> Result<(), Error> {
    let Some(why) = settings.why_tokens(listen) else { return Ok(()) };
    if data.with_store(|store| Ok(store.has_live_token(&crate::now())?))? {
        return Ok(());
    }
    Err(Error::Input(format!(
        "cannot serve on {listen}: {why}, so every request needs a token, and there is none; make one with `policyglot token add NAME --role admin --data {}`",
        data.folder().display()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<AccessSettings, String> {
        AccessSettings::read(&Config::of(variables)).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_that_can_be_used_are_read() {
        let usual = read(&[]).unwrap();
        assert!(!usual.require_token && usual.public_url.is_none() && usual.proxies.is_empty());
        let given = read(&[
            (REQUIRE_TOKEN, "1"),
            (PROXIES, "10.0.0.0/8, ::1"),
            (RATE_TOKEN, "0"),
            (RATE_ADDRESS, "90"),
            (RATE_SIGN_IN, "3"),
        ]);
        let given = given.unwrap();
        assert!(given.require_token && given.proxies.len() == 2);
        assert_eq!((given.per_token, given.per_address, given.sign_ins), (0, 90, 3));
    }

    #[track_caller]
    fn check_refused(name: &str, value: &str) {
        let error = read(&[(name, value)]).unwrap_err();
        assert!(error.starts_with(name), "{error}");
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        check_refused(REQUIRE_TOKEN, "perhaps");
        check_refused(PROXIES, "10.0.0.0/8, home");
        check_refused(RATE_TOKEN, "many");
        check_refused(RATE_ADDRESS, "-1");
        check_refused(RATE_SIGN_IN, "0");
        check_refused(PublicUrl::VARIABLE, "example.org");
    }

    #[track_caller]
    fn check_tokens(variables: &[(&str, &str)], listen: &str, needed: bool) {
        let why = read(variables).unwrap().why_tokens(listen.parse().unwrap());
        assert_eq!(why.is_some(), needed, "{variables:?} {listen}");
    }

    #[test]
    fn tokens_are_needed_where_others_can_ask() {
        check_tokens(&[], "127.0.0.1:8080", false);
        check_tokens(&[], "[::1]:8080", false);
        check_tokens(&[], "0.0.0.0:8080", true);
        check_tokens(&[], "[::]:8080", true);
        check_tokens(&[], "192.168.1.5:80", true);
        check_tokens(&[(REQUIRE_TOKEN, "true")], "127.0.0.1:8080", true);
        check_tokens(&[(PublicUrl::VARIABLE, "https://terms.example.org")], "127.0.0.1:8080", true);
        check_tokens(&[(PublicUrl::VARIABLE, "http://localhost:8080")], "127.0.0.1:8080", false);
    }
}
