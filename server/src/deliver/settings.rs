//! What deliveries need to know of this installation, from the environment.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::SmtpTransport;

use super::webhook;
use super::webhook::networks::Network;
use crate::Error;

/// The longest that a mail server may take for each step.
const SMTP_STEP: Duration = Duration::from_secs(15);

/// What deliveries need to know of this installation.
#[derive(Clone)]
pub struct Settings {
    /// How mail is sent, or what to set so that it can be.
    pub(super) mail: Option<MailSettings>,
    /// Where readers reach this server, without a slash at the end; without it, messages have no links.
    pub(super) public_url: Option<String>,
    /// Networks of one's own that webhooks may reach.
    pub(super) networks: Vec<Network>,
    /// The longest that an attempt at a webhook may take.
    pub(super) webhook_limit: Duration,
    /// Whether mails are Chinese.
    pub(super) chinese: bool,
}

/// How mail is sent.
#[derive(Clone)]
pub(super) struct MailSettings {
    pub(super) transport: SmtpTransport,
    pub(super) from: Mailbox,
}

/// Where mail goes: `smtp://user:password@host:port?tls=required`, `smtps://…`, or `smtp://localhost` without TLS.
const SMTP: &str = "POLICYGLOT_SMTP";
/// The sender of mails, `alerts@example.org` or `Alerts <alerts@example.org>`.
const MAIL_FROM: &str = "POLICYGLOT_MAIL_FROM";
/// `en` or `zh`.
const MAIL_LANGUAGE: &str = "POLICYGLOT_MAIL_LANGUAGE";
/// Where readers reach this server, `https://policyglot.example.org`.
const PUBLIC_URL: &str = "POLICYGLOT_PUBLIC_URL";
/// Networks of one's own that webhooks may reach, also without TLS: `10.1.0.0/16, 127.0.0.1`.
const WEBHOOK_NETWORKS: &str = "POLICYGLOT_WEBHOOK_NETWORKS";

impl Settings {
    /// Reads the settings from the environment.
    ///
    /// # Errors
    /// When one cannot be used; the message names the variable.
    pub fn from_environment() -> Result<Self, Error> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the settings, given what a variable holds.
    ///
    /// # Errors
    /// As [`Settings::from_environment`].
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let given = |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let mail = match (given(SMTP), given(MAIL_FROM)) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(wrong(MAIL_FROM, "is not set; give the address that mails come from"));
            }
            (Some(url), Some(from)) => Some(MailSettings { transport: transport(&url)?, from: sender(&from)? }),
        };
        let chinese = match given(MAIL_LANGUAGE).as_deref() {
            None | Some("en") => false,
            Some("zh") => true,
            Some(_) => return Err(wrong(MAIL_LANGUAGE, "is neither en nor zh")),
        };
        let public_url = given(PUBLIC_URL).map(|url| public(&url)).transpose()?;
        let networks = given(WEBHOOK_NETWORKS).unwrap_or_default();
        let networks = networks.split(',').map(str::trim).filter(|network| !network.is_empty());
        let network = |text: &str| {
            let message =
                format!("holds '{text}', which is no network; write 10.1.0.0/16 or 127.0.0.1, with commas between");
            Network::read(text).ok_or_else(|| wrong(WEBHOOK_NETWORKS, &message))
        };
        let networks = networks.map(network).collect::<Result<_, _>>()?;
        Ok(Self { mail, public_url, networks, webhook_limit: webhook::LIMIT, chinese })
    }
}

/// Where readers reach this server, if its owner says so.
///
/// # Errors
/// When what is said is no address.
pub(crate) fn public_url() -> Result<Option<String>, Error> {
    let given = std::env::var(PUBLIC_URL).ok().filter(|url| !url.trim().is_empty());
    given.map(|url| public(url.trim())).transpose()
}

fn wrong(name: &str, what: &str) -> Error {
    Error::Input(format!("{name} {what}"))
}

/// The way to a mail server. The message never holds what was given, since that may hold a password.
fn transport(url: &str) -> Result<SmtpTransport, Error> {
    const FORM: &str = "cannot be used; write smtp://user:password@host:587?tls=required, smtps://user:password@host:465, \
        or smtp://host:25 for a server without TLS and password";
    let is_encrypted = url.starts_with("smtps://") || url.ends_with("tls=required");
    if !is_encrypted && url.contains('@') {
        return Err(wrong(SMTP, "would send a password without TLS; add ?tls=required, or begin with smtps://"));
    }
    match SmtpTransport::from_url(url) {
        Ok(builder) => Ok(builder.timeout(Some(SMTP_STEP)).build()),
        Err(_) => Err(wrong(SMTP, FORM)),
    }
}

fn sender(from: &str) -> Result<Mailbox, Error> {
    from.parse()
        .map_err(|_| wrong(MAIL_FROM, "is no mail address; write alerts@example.org or Alerts <alerts@example.org>"))
}

/// An address of this server, without the slash at its end.
fn public(url: &str) -> Result<String, Error> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let usable = |rest: &&str| !rest.is_empty() && !rest.contains(['?', '#', ' ', '"', '<', '>', '@']);
    match rest.filter(usable) {
        Some(_) => Ok(url.trim_end_matches('/').to_owned()),
        None => Err(wrong(PUBLIC_URL, "is no address; write https://policyglot.example.org")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let given =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        Settings::read(given).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_that_can_be_used_are_read() {
        let nothing = read(&[]).unwrap();
        assert!(nothing.mail.is_none() && nothing.public_url.is_none() && nothing.networks.is_empty());
        for smtp in ["smtp://localhost", "smtps://a:b@example.org", "smtp://a%40b:c@example.org:587?tls=required"] {
            let settings = read(&[(SMTP, smtp), (MAIL_FROM, "Alerts <alerts@example.org>")]).unwrap();
            assert_eq!(settings.mail.unwrap().from.email.to_string(), "alerts@example.org");
        }
        let settings = read(&[
            (PUBLIC_URL, "https://policyglot.example.org/"),
            (WEBHOOK_NETWORKS, "10.0.0.0/8, ::1"),
            (MAIL_LANGUAGE, "zh"),
        ]);
        let settings = settings.unwrap();
        assert_eq!(settings.public_url.unwrap(), "https://policyglot.example.org");
        assert_eq!((settings.networks.len(), settings.chinese), (2, true));
    }

    #[track_caller]
    fn check(variables: &[(&str, &str)], names: &str) {
        let error = read(variables).err().unwrap();
        assert!(error.starts_with(names), "{error}");
        assert!(!error.contains("confidential"), "{error}");
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named_without_its_secrets() {
        let from = (MAIL_FROM, "alerts@example.org");
        check(&[(SMTP, "smtp://localhost")], MAIL_FROM);
        check(&[(SMTP, "smtp://localhost"), (MAIL_FROM, "nobody")], MAIL_FROM);
        check(&[(SMTP, "smtp://me:confidential@example.org"), from], SMTP);
        check(&[(SMTP, "smtp://me:confidential@example.org?tls=opportunistic"), from], SMTP);
        check(&[(SMTP, "http://me:confidential@example.org?tls=required"), from], SMTP);
        check(&[(SMTP, "confidential"), from], SMTP);
        check(&[(PUBLIC_URL, "policyglot.example.org")], PUBLIC_URL);
        check(&[(WEBHOOK_NETWORKS, "10.0.0.0/8, home")], WEBHOOK_NETWORKS);
        check(&[(MAIL_LANGUAGE, "fr")], MAIL_LANGUAGE);
    }
}
