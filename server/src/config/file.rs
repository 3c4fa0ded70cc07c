//! The file: TOML, whose keys are those of the table of settings.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::kind::{Kind, quoted};
use super::table::{SETTINGS, Setting};
use super::{Given, Origin};
use crate::Error;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;
/// So many faults are told of.
const MOST_FAULTS: usize = 20;
/// How like a key another must be to be offered in its place (Jaro, 1 is the same).
const NEAR: f64 = 0.8;

/// What is wrong with a line of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line, from 1.
    pub(crate) line: usize,
    /// What is wrong, and what to write.
    pub(crate) what: String,
}

/// What the file gives: for each setting of the table what it says, and what is wrong.
pub(super) struct Told {
    pub(super) given: Vec<Option<Given>>,
    pub(super) faults: Vec<Fault>,
}

/// Reads a text file that a person has named.
///
/// # Errors
/// When it cannot be read, is larger than 1 MiB or not in UTF-8.
pub(super) fn text_of(path: &Path) -> Result<String, Error> {
    let failed = |source| Error::Io { action: "read", path: path.to_owned(), source };
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::Input(format!("{} is larger than 1 MiB; give the right file", path.display())));
    }
    String::from_utf8(bytes).map_err(|_| Error::Input(format!("{} is not in UTF-8; save it so", path.display())))
}

/// Reads the text of a file.
///
/// `in_data_folder` says that it was found in the data folder, whose place it then cannot give.
pub(super) fn read(text: &str, path: &Path, in_data_folder: bool) -> Told {
    let mut told = Told { given: SETTINGS.iter().map(|_| None).collect(), faults: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let mut reading = Reading { text, path: path.into(), in_data_folder, told: &mut told };
        reading.table("", table.get_ref());
    } else {
        // What a broken file may have meant is not looked at.
        told.faults.extend(errors.iter().map(|error| Fault {
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            what: format!("is no TOML: {}", error.message().lines().next().unwrap_or_default()),
        }));
    }
    told.faults.sort_by_key(|fault| fault.line);
    told.faults.truncate(MOST_FAULTS);
    told
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

struct Reading<'a> {
    text: &'a str,
    path: Arc<Path>,
    in_data_folder: bool,
    told: &'a mut Told,
}

impl Reading<'_> {
    /// Reads a table; keys have no more than two parts, so that it goes no deeper.
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = format!("{prefix}{}", name.get_ref());
            let line = line_of(self.text, name.span().start);
            if let DeValue::Table(below) = value.get_ref()
                && prefix.is_empty()
                && SETTINGS.iter().any(|setting| setting.key.split_once('.').is_some_and(|(table, _)| table == key))
            {
                self.table(&format!("{key}."), below);
                continue;
            }
            match self.setting(&key, value) {
                Ok((place, given)) => self.keep(place, Given { origin: self.origin(line), ..given }, &key, line),
                Err(what) => self.told.faults.push(Fault { line, what }),
            }
        }
    }

    fn origin(&self, line: usize) -> Origin {
        Origin::File { path: self.path.clone(), line }
    }

    fn keep(&mut self, place: usize, given: Given, key: &str, line: usize) {
        let Some(slot) = self.told.given.get_mut(place) else { return };
        if slot.is_some() {
            let what = format!("{key} is given twice, itself and as the path of a file; leave one away");
            self.told.faults.push(Fault { line, what });
        } else {
            *slot = Some(given);
        }
    }

    fn setting(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(usize, Given), String> {
        let (place, setting, is_path) = find(key).ok_or_else(|| unknown(key, value.get_ref()))?;
        if self.in_data_folder && setting.key == "data" {
            return Err("data cannot be set by a file in the data folder; set POLICYGLOT_DATA, or give --config".into());
        }
        let kind = if is_path { Kind::Path } else { setting.kind };
        let text = as_variable(kind, value.get_ref()).filter(|text| kind.takes(text));
        let text = text.ok_or_else(|| wrong(key, kind, value.get_ref()))?;
        let text = if kind == Kind::Path { self.beside_the_file(&text) } else { text };
        // The origin is set by whoever knows the line.
        Ok((place, Given { text, is_path, origin: self.origin(0) }))
    }

    /// A path of the file is relative to the file, wherever the program is started.
    fn beside_the_file(&self, path: &str) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.join(path).to_string_lossy().into_owned()
    }
}

/// The setting of a key, and whether the key gives the path of a file that holds it.
fn find(key: &str) -> Option<(usize, &'static Setting, bool)> {
    let is_named = |key: &str| SETTINGS.iter().enumerate().find(|(_, setting)| setting.key == key);
    if let Some((place, setting)) = is_named(key) {
        return Some((place, setting, false));
    }
    let (place, setting) = is_named(key.strip_suffix("_file")?)?;
    (setting.kind == Kind::Secret).then_some((place, setting, true))
}

fn unknown(key: &str, value: &DeValue<'_>) -> String {
    let tables = || SETTINGS.iter().filter_map(|setting| Some((setting.key.split_once('.')?.0, setting)));
    if let Some((table, setting)) = tables().find(|(table, _)| *table == key) {
        return format!("{table} is a table of settings such as {}; write [{table}] above them", setting.key);
    }
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    let likeness = |setting: &Setting| {
        // A key of another table, or one that was written without its table, is as near as its last part.
        strsim::jaro(setting.key, key).max(if last(setting.key) == last(key) { 1.0 } else { 0.0 })
    };
    // Of several the first of the table is offered.
    let nearest = if value.is_table() {
        tables()
            .map(|(table, _)| (strsim::jaro(table, key), table))
            .rev()
            .max_by(|one, other| one.0.total_cmp(&other.0))
    } else {
        SETTINGS
            .iter()
            .map(|setting| (likeness(setting), setting.key))
            .rev()
            .max_by(|one, other| one.0.total_cmp(&other.0))
    };
    let (key, what) = (super::shown(key), if value.is_table() { "table" } else { "setting" });
    match nearest.filter(|(likeness, _)| *likeness >= NEAR) {
        Some((_, meant)) => format!("no {what} is called {key}; did you mean {meant}?"),
        None => format!("no {what} is called {key}; `policyglot config` lists them"),
    }
}

fn wrong(key: &str, kind: Kind, value: &DeValue<'_>) -> String {
    let is_right_type = as_variable(kind, value).is_some();
    let found = match value.as_str() {
        _ if kind == Kind::Secret => "something else".to_owned(),
        Some(text) => quoted(&super::shown(text)),
        None if is_right_type && value.is_integer() => as_variable(kind, value).unwrap_or_default(),
        None => format!("{} {}", article(value.type_str()), value.type_str()),
    };
    let hint = if as_variable(Kind::Text, value).is_none() && as_variable(kind, value).is_none() && is_text(kind) {
        ", in quotation marks"
    } else {
        ""
    };
    format!("{key} must be {}{hint}; it is {found}", kind.expected())
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn is_text(kind: Kind) -> bool {
    !matches!(kind, Kind::Number { .. } | Kind::Switch | Kind::Networks)
}

/// A value of the file as a variable would give it; `None` where it is of another type.
fn as_variable(kind: Kind, value: &DeValue<'_>) -> Option<String> {
    match (kind, value) {
        (Kind::Number { .. }, DeValue::Integer(number)) => {
            let digits = number.as_str().replace('_', "");
            Some(i64::from_str_radix(&digits, number.radix()).ok()?.to_string())
        }
        (Kind::Switch, DeValue::Boolean(switch)) => Some(switch.to_string()),
        (Kind::Networks, DeValue::Array(list)) => {
            let parts: Option<Vec<&str>> = list.iter().map(|part| part.get_ref().as_str()).collect();
            Some(parts?.join(", "))
        }
        (kind, DeValue::String(text)) if is_text(kind) => Some(text.trim().to_owned()),
        _ => None,
    }
}
