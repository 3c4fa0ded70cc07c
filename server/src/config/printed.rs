//! The settings as `policyglot config` prints them. Secrets are only said to be set.

use std::path::Path;

use serde::Serialize;

use super::kind::{Kind, quoted};
use super::table::{SETTINGS, Setting};
use super::{Config, Given, Origin};

/// A setting as programs read it.
#[derive(Debug, Serialize)]
struct SettingView {
    key: &'static str,
    /// As a variable would give it; `(set)` for a secret; null where nothing holds.
    value: Option<String>,
    /// `flag`, `environment`, `file` or `default`.
    origin: &'static str,
    /// The flag, the variable, or file and line.
    place: Option<String>,
    variable: &'static str,
    flag: Option<String>,
    about: &'static str,
}

#[derive(Debug, Serialize)]
struct ConfigView {
    /// The file that was read.
    file: Option<String>,
    settings: Vec<SettingView>,
}

fn settings(config: &Config) -> impl Iterator<Item = (&'static Setting, Option<&Given>)> {
    SETTINGS.iter().enumerate().map(|(place, setting)| (setting, config.given.get(place).and_then(Option::as_ref)))
}

/// The value as it may be seen.
fn value(setting: &Setting, given: Option<&Given>) -> Option<String> {
    match given {
        Some(_) if setting.kind == Kind::Secret => Some("(set)".to_owned()),
        Some(given) => Some(given.text.clone()),
        None => Some(setting.default.to_owned()).filter(|text| !text.is_empty()),
    }
}

/// Who said it, by a word and by its place.
fn origin(setting: &Setting, given: Option<&Given>) -> (&'static str, Option<String>) {
    let Some(given) = given else { return ("default", None) };
    let suffix = if given.is_path { "_FILE" } else { "" };
    match &given.origin {
        Origin::Flag => ("flag", setting.flag.map(|flag| format!("--{flag}"))),
        Origin::Environment => ("environment", Some(format!("{}{suffix}", setting.variable))),
        Origin::File { path, line } => ("file", Some(format!("{}:{line}", path.display()))),
    }
}

/// A row for each setting: key, value, and who said it.
pub(crate) fn as_rows(config: &Config) -> Vec<[String; 3]> {
    let row = |(setting, given): (&Setting, Option<&Given>)| {
        let (word, place) = origin(setting, given);
        let from = place.map_or_else(|| word.to_owned(), |place| format!("{word} {place}"));
        // A file's own place says that it is one.
        let from = from.strip_prefix("file ").map_or(from.clone(), str::to_owned);
        [setting.key.to_owned(), value(setting, given).unwrap_or_else(|| "-".to_owned()), from]
    };
    settings(config).map(row).collect()
}

/// All that is known of each setting.
pub(crate) fn as_json(config: &Config) -> impl Serialize {
    let view = |(setting, given): (&'static Setting, Option<&Given>)| {
        let (origin, place) = origin(setting, given);
        let flag = setting.flag.map(|flag| format!("--{flag}"));
        let Setting { key, variable, about, .. } = *setting;
        SettingView { key, value: value(setting, given), origin, place, variable, flag, about }
    };
    let file = config.file().map(|path| path.display().to_string());
    ConfigView { file, settings: settings(config).map(view).collect() }
}

/// A file that says the same. What holds by default is a comment, and so is a secret, which stays where it is.
pub(crate) fn as_toml(config: &Config) -> String {
    let mut text = String::from(HEAD);
    let mut table = "";
    for (setting, given) in settings(config) {
        let (group, name) = setting.key.split_once('.').unwrap_or(("", setting.key));
        if group != table {
            text.push_str(&format!("\n[{group}]\n"));
            table = group;
        } else if !group.is_empty() || !text.ends_with("\n\n") {
            text.push('\n');
        }
        text.push_str(&comment(setting));
        text.push_str(&line(setting, name, given));
    }
    text
}

const HEAD: &str = "\
# Settings of Policyglot. A flag goes before an environment variable, and that before this file. Put it into the data
# folder as policyglot.toml, or name it by --config or POLICYGLOT_CONFIG; `policyglot config --check FILE` reads it.
# Lines that are commented out show what holds without them, or how it is written where nothing does. Paths are
# relative to this file.
";

/// What a setting is, and its other names.
fn comment(setting: &Setting) -> String {
    let flag = setting.flag.map(|flag| format!(", --{flag}")).unwrap_or_default();
    format!("# {}.\n# {}{flag}; {}.\n", setting.about, setting.variable, takes(setting.kind))
}

fn takes(kind: Kind) -> String {
    match kind {
        Kind::Networks => "a list of networks".to_owned(),
        Kind::Secret => "text, or by the name with _file the path of a file that holds it".to_owned(),
        kind => kind.expected(),
    }
}

fn line(setting: &Setting, name: &str, given: Option<&Given>) -> String {
    let kind = setting.kind;
    match given {
        None if kind == Kind::Secret => format!("# {name}_file = \"/run/credentials/{name}\"\n"),
        None if setting.default.is_empty() => format!("# {name} = {}\n", kind.in_toml(&kind.example())),
        None => format!("# {name} = {}\n", kind.in_toml(setting.default)),
        Some(given) if given.is_path => format!("{name}_file = {}\n", quoted(&absolute(&given.text))),
        Some(_) if kind == Kind::Secret => format!("# {name} = (set; not printed)\n"),
        Some(given) if kind == Kind::Path => format!("{name} = {}\n", quoted(&absolute(&given.text))),
        Some(given) => format!("{name} = {}\n", kind.in_toml(&given.text)),
    }
}

/// A path that means the same wherever the file is put.
fn absolute(path: &str) -> String {
    std::path::absolute(Path::new(path)).map_or_else(|_| path.to_owned(), |path| path.to_string_lossy().into_owned())
}
