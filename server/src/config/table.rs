//! All settings, in the order in which they are printed.

use super::kind::Kind;

/// A setting: one thing that whoever runs the program may say.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its name in the file, `server.listen`.
    pub(crate) key: &'static str,
    /// Its environment variable; the code asks for it by this name.
    pub(crate) variable: &'static str,
    /// Its flag, without dashes, where a command has one.
    pub(crate) flag: Option<&'static str>,
    /// What it is, a sentence without a full stop.
    pub(crate) about: &'static str,
    /// What may be given.
    pub(crate) kind: Kind,
    /// What holds where nobody says anything, as a variable would give it; empty where nothing does.
    pub(crate) default: &'static str,
}

impl Setting {
    const fn new(key: &'static str, variable: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { key, variable, flag: None, about, kind, default: "" }
    }

    const fn flag(self, flag: &'static str) -> Self {
        Self { flag: Some(flag), ..self }
    }

    const fn usually(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
}

/// A number of requests: a million a minute is more than one process answers.
const RATE: Kind = Kind::Number { least: 0, most: 1_000_000 };
/// A number that is not 0. The file's integers end here.
const SOME: Kind = Kind::Number { least: 1, most: i64::MAX as u64 };

/// Seconds, up to an hour.
const TIME: Kind = Kind::Number { least: 1, most: 3600 };

/// All settings. Those of one table of the file stand together.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting::new("data", "POLICYGLOT_DATA", Kind::Path, "The data folder: the store, the index and the files")
        .flag("data")
        .usually("./data"),
    Setting::new(
        "server.listen",
        "POLICYGLOT_LISTEN",
        Kind::Address,
        "The address to serve on; any but this machine's own needs tokens",
    )
    .flag("listen")
    .usually("127.0.0.1:8080"),
    Setting::new(
        "server.public_url",
        "POLICYGLOT_PUBLIC_URL",
        Kind::PublicUrl,
        "Where readers reach the server; every request then needs a token, and mails and feeds lead there",
    )
    .flag("public-url"),
    Setting::new(
        "server.require_token",
        "POLICYGLOT_REQUIRE_TOKEN",
        Kind::Switch,
        "Whether every request needs a token also where only this machine can ask",
    )
    .flag("require-token")
    .usually("false"),
    Setting::new(
        "server.proxies",
        "POLICYGLOT_PROXIES",
        Kind::Networks,
        "Servers in front of this one, whose X-Forwarded-For is believed",
    ),
    Setting::new(
        "load.connections",
        "POLICYGLOT_CONNECTIONS",
        Kind::Number { least: 1, most: 1_000_000 },
        "Connections at a time; more wait to be accepted",
    )
    .usually("1024"),
    Setting::new(
        "load.at_work",
        "POLICYGLOT_AT_WORK",
        Kind::Number { least: 0, most: 1024 },
        "Searches and pages at work at a time; 0 for twice as many as cores",
    )
    .usually("0"),
    Setting::new(
        "load.waiting",
        "POLICYGLOT_WAITING",
        Kind::Number { least: 0, most: 100_000 },
        "Searches and pages that wait for their turn; more are told to come again",
    )
    .usually("512"),
    Setting::new("load.patience", "POLICYGLOT_PATIENCE", TIME, "The longest that one waits for its turn, in seconds")
        .usually("5"),
    Setting::new("load.answer", "POLICYGLOT_ANSWER_SECONDS", TIME, "The longest that an answer may take, in seconds")
        .usually("20"),
    Setting::new(
        "load.farewell",
        "POLICYGLOT_FAREWELL",
        TIME,
        "The longest that requests may take to end once the server was told to, in seconds",
    )
    .usually("10"),
    Setting::new(
        "metrics.listen",
        "POLICYGLOT_METRICS",
        Kind::Address,
        "The address to tell metrics and the state of the server at; nowhere where it is not given",
    )
    .flag("metrics"),
    Setting::new(
        "metrics.anywhere",
        "POLICYGLOT_METRICS_ANYWHERE",
        Kind::Switch,
        "Whether metrics may be told where others than this machine can ask; they need no token",
    )
    .usually("false"),
    Setting::new("rate.token", "POLICYGLOT_RATE_TOKEN", RATE, "Requests a minute with one token; 0 for any number")
        .usually("3000"),
    Setting::new(
        "rate.address",
        "POLICYGLOT_RATE_ADDRESS",
        RATE,
        "Requests a minute from one address, or one /64 of IPv6; 0 for any number",
    )
    .usually("6000"),
    Setting::new(
        "rate.sign_in",
        "POLICYGLOT_RATE_SIGN_IN",
        Kind::Number { least: 1, most: 1_000_000 },
        "Attempts an hour to sign in from one address",
    )
    .usually("20"),
    Setting::new("upload.file_bytes", "POLICYGLOT_UPLOAD_FILE_BYTES", SOME, "The largest file of an upload, in bytes")
        .usually("209715200"),
    Setting::new("upload.bytes", "POLICYGLOT_UPLOAD_BYTES", SOME, "All files of one upload, in bytes")
        .usually("1073741824"),
    Setting::new("upload.files", "POLICYGLOT_UPLOAD_FILES", SOME, "The files of one upload").usually("500"),
    Setting::new(
        "upload.waiting_bytes",
        "POLICYGLOT_UPLOAD_WAITING_BYTES",
        SOME,
        "All uploaded files that wait to be read, in bytes",
    )
    .usually("4294967296"),
    Setting::new("upload.at_once", "POLICYGLOT_UPLOADS_AT_ONCE", SOME, "Uploads that come in at a time").usually("8"),
    Setting::new(
        "upload.jobs_kept",
        "POLICYGLOT_JOBS_KEPT",
        SOME,
        "Uploads that are remembered after they have been read",
    )
    .usually("200"),
    Setting::new(
        "ocr.pages",
        "POLICYGLOT_OCR",
        Kind::OneOf(&["auto", "never", "always"]),
        "Whether pages without readable text are read by an OCR engine; with always, single files wholly",
    )
    .flag("ocr")
    .usually("auto"),
    Setting::new(
        "ocr.engine",
        "POLICYGLOT_OCR_ENGINE",
        Kind::OneOf(&["auto", "tesseract", "ppocr"]),
        "The OCR engine; auto is PP-OCR where its models are, else tesseract",
    )
    .flag("ocr-engine")
    .usually("auto"),
    Setting::new(
        "ocr.models",
        "POLICYGLOT_OCR_MODELS",
        Kind::Path,
        "The folder of PP-OCR's models; by default policyglot/models in the user's data folder",
    )
    .flag("ocr-models"),
    Setting::new(
        "mail.smtp",
        "POLICYGLOT_SMTP",
        Kind::Secret,
        "The mail server: smtp://user@host:587?tls=required, smtps://user@host:465, or smtp://host:25 without TLS",
    ),
    Setting::new("mail.password", "POLICYGLOT_SMTP_PASSWORD", Kind::Secret, "The password of the mail server's user"),
    Setting::new(
        "mail.from",
        "POLICYGLOT_MAIL_FROM",
        Kind::Mailbox,
        "The sender of mails: alerts@example.org or Alerts <alerts@example.org>",
    ),
    Setting::new("mail.language", "POLICYGLOT_MAIL_LANGUAGE", Kind::OneOf(&["en", "zh"]), "The language of mails")
        .usually("en"),
    Setting::new(
        "webhook.networks",
        "POLICYGLOT_WEBHOOK_NETWORKS",
        Kind::Networks,
        "Networks of one's own that webhooks may reach, also without TLS",
    ),
    Setting::new(
        "edit.name",
        "POLICYGLOT_NAME",
        Kind::Text,
        "Who edits terms on the command line: the history keeps the name",
    )
    .flag("by")
    .usually("reviewer"),
    Setting::new(
        "log.filter",
        "POLICYGLOT_LOG",
        Kind::LogFilter,
        "What is written to standard error: error, warn, info, debug, or by part, warn,server=info",
    )
    .usually("warn"),
    Setting::new(
        "log.format",
        "POLICYGLOT_LOG_FORMAT",
        Kind::OneOf(&["text", "json"]),
        "How it is written: text for people, or json, an object a line",
    )
    .flag("log-format")
    .usually("text"),
];
