//! What deliveries need to know of this installation.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::SmtpTransport;
use lettre::transport::smtp::authentication::Credentials;

use super::webhook;
use super::webhook::networks::Network;
use crate::Error;
use crate::access::PublicUrl;
use crate::config::Config;

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
/// The password of the user there, as it is: in an address it would have to be percent-encoded.
const PASSWORD: &str = "POLICYGLOT_SMTP_PASSWORD";
/// The sender of mails, `alerts@example.org` or `Alerts <alerts@example.org>`.
const MAIL_FROM: &str = "POLICYGLOT_MAIL_FROM";
/// `en` or `zh`.
const MAIL_LANGUAGE: &str = "POLICYGLOT_MAIL_LANGUAGE";
/// Networks of one's own that webhooks may reach, also without TLS: `10.1.0.0/16, 127.0.0.1`.
const WEBHOOK_NETWORKS: &str = "POLICYGLOT_WEBHOOK_NETWORKS";

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// When one cannot be used; the message says where it was given.
    pub fn read(config: &Config) -> Result<Self, Error> {
        let mail = match (config.get(SMTP)?, config.get(MAIL_FROM)?) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(config.wrong(MAIL_FROM, "is not set; give the address that mails come from"));
            }
            (Some(url), Some(from)) => {
                Some(MailSettings { transport: transport(config, &url)?, from: sender(config, &from)? })
            }
        };
        Ok(Self {
            mail,
            public_url: PublicUrl::of(config)?.map(|url| url.as_str().to_owned()),
            networks: Network::list(config, WEBHOOK_NETWORKS)?,
            webhook_limit: webhook::LIMIT,
            chinese: config.value(MAIL_LANGUAGE)? == "zh",
        })
    }
}

/// The way to a mail server. The message never holds what was given, since that may hold a password.
fn transport(config: &Config, url: &str) -> Result<SmtpTransport, Error> {
    const FORM: &str = "cannot be used; write smtp://user:password@host:587?tls=required, smtps://user:password@host:465, \
        or smtp://host:25 for a server without TLS and password";
    let is_encrypted = url.starts_with("smtps://") || url.ends_with("tls=required");
    let password = config.get(PASSWORD)?;
    if !is_encrypted && (password.is_some() || url.contains('@')) {
        return Err(config.wrong(SMTP, "would send a password without TLS; add ?tls=required, or begin with smtps://"));
    }
    let builder = SmtpTransport::from_url(url).map_err(|_| config.wrong(SMTP, FORM))?.timeout(Some(SMTP_STEP));
    let Some(password) = password else { return Ok(builder.build()) };
    let user = user_of(url).ok_or_else(|| {
        config.wrong(PASSWORD, "is the password of nobody; write the user into the address, smtps://user@host:465")
    })?;
    Ok(builder.credentials(Credentials::new(user, password)).build())
}

/// The user that an address names, without a password.
fn user_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (user, _) = rest.rsplit_once('@')?;
    let is_alone = !user.is_empty() && !user.contains([':', '/']);
    // A form's text is percent-encoded likewise, but for the plus.
    let decoded =
        || form_urlencoded::parse(user.replace('+', "%2B").as_bytes()).next().map(|(name, _)| name.into_owned());
    is_alone.then(decoded)?
}

fn sender(config: &Config, from: &str) -> Result<Mailbox, Error> {
    let what = "is no mail address; write alerts@example.org or Alerts <alerts@example.org>";
    from.parse().map_err(|_| config.wrong(MAIL_FROM, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::read(&Config::of(variables)).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_that_can_be_used_are_read() {
        let nothing = read(&[]).unwrap();
        assert!(nothing.mail.is_none() && nothing.public_url.is_none() && nothing.networks.is_empty());
        for smtp in ["smtp://localhost", "smtps://a:b@example.org", "smtp://a%40b:c@example.org:587?tls=required"] {
            let settings = read(&[(SMTP, smtp), (MAIL_FROM, "Alerts <alerts@example.org>")]).unwrap();
            assert_eq!(settings.mail.unwrap().from.email.to_string(), "alerts@example.org");
        }
        assert_eq!(user_of("smtps://a%40b@example.org:465").as_deref(), Some("a@b"));
        assert_eq!(user_of("smtps://a+b@example.org").as_deref(), Some("a+b"));
        let apart = [(SMTP, "smtps://a@example.org"), (PASSWORD, "a:b@c"), (MAIL_FROM, "alerts@example.org")];
        assert!(read(&apart).unwrap().mail.is_some());
        let settings = read(&[
            (PublicUrl::VARIABLE, "https://policyglot.example.org/"),
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
        let password = (PASSWORD, "confidential");
        check(&[(SMTP, "smtp://me@example.org"), password, from], SMTP);
        check(&[(SMTP, "smtps://example.org"), password, from], PASSWORD);
        check(&[(SMTP, "smtps://me:other@example.org"), password, from], PASSWORD);
        check(&[(PublicUrl::VARIABLE, "policyglot.example.org")], PublicUrl::VARIABLE);
        check(&[(WEBHOOK_NETWORKS, "10.0.0.0/8, home")], WEBHOOK_NETWORKS);
        check(&[(MAIL_LANGUAGE, "fr")], MAIL_LANGUAGE);
    }
}
