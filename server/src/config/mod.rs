//! Configuration: what flags, environment variables and one file say, in that order.
//!
//! `table::SETTINGS` is the one list of settings. Those who need settings have a struct with `read(&Config)`, which
//! asks by the name of the variable (`Config::get`) and never learns who said it; messages name the flag, the variable
//! or the line (`Config::wrong`). Flags reach `Config` from the command line (`crate::cli::settled`).

mod file;
mod kind;
mod printed;
mod table;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use self::kind::Kind;
pub(crate) use self::printed::{as_json, as_rows, as_toml};
pub(crate) use self::table::{SETTINGS, Setting};
use crate::Error;

/// The file's name in the data folder.
///
/// It is looked for there, since a data folder is what one installation is: every command that is given the folder, and
/// every copy of it, goes by the same settings, and nothing is read from where the program happens to be started.
pub(crate) const FILE_NAME: &str = "policyglot.toml";

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The command line.
    Flag,
    /// The environment.
    Environment,
    /// A line of the file, from 1.
    File {
        /// The file.
        path: Arc<Path>,
        /// The line.
        line: usize,
    },
}

/// What somebody said.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Given {
    text: String,
    /// Whether the text is the path of a file that holds the value.
    is_path: bool,
    origin: Origin,
}

/// What flags, environment and file say. `Config::default()` says nothing: all defaults hold.
#[derive(Clone, Default)]
pub struct Config {
    /// As the table of settings has them, or nothing at all.
    given: Vec<Option<Given>>,
    /// The file that was read.
    file: Option<PathBuf>,
}

impl Config {
    /// What variables give, in place of the environment, for tests.
    #[cfg(test)]
    pub(crate) fn of(variables: &[(&str, &str)]) -> Self {
        let given =
            |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        Self::default().under(Self::of_environment(&given).unwrap())
    }

    /// What the environment says.
    ///
    /// # Errors
    /// When it gives a secret both itself and in a file.
    pub(crate) fn of_environment(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let given = SETTINGS.iter().map(|setting| of_variable(setting, variable)).collect::<Result<_, _>>()?;
        Ok(Self { given, file: None })
    }

    /// What a file says; `in_data_folder` as when a file is checked.
    ///
    /// # Errors
    /// When it cannot be read, or lines of it cannot be used; the message names each.
    pub(crate) fn of_file(path: &Path, in_data_folder: bool) -> Result<Self, Error> {
        let told = file::read(&file::text_of(path)?, path, in_data_folder);
        if told.faults.is_empty() {
            return Ok(Self { given: told.given, file: Some(path.to_owned()) });
        }
        let lines: Vec<String> =
            told.faults.iter().map(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.what)).collect();
        Err(Error::Input(lines.join("\n")))
    }

    /// The same, with what is said above it in place of what it says.
    #[must_use]
    pub(crate) fn under(self, above: Self) -> Self {
        let of = |config: &Self, place: usize| config.given.get(place).cloned().flatten();
        let given = (0..SETTINGS.len()).map(|place| of(&above, place).or_else(|| of(&self, place))).collect();
        Self { given, file: above.file.or(self.file) }
    }

    /// Notes what a flag says.
    pub(crate) fn note_flag(&mut self, variable: &str, text: String) {
        self.given.resize(SETTINGS.len(), None);
        let place = SETTINGS.iter().position(|setting| setting.variable == variable);
        if let Some(slot) = place.and_then(|place| self.given.get_mut(place)) {
            *slot = Some(Given { text, is_path: false, origin: Origin::Flag });
        }
    }

    /// The file that was read, where there is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What is said of a setting, named by its variable: trimmed, of its kind, empty only for a list.
    /// `None` where nobody says anything.
    ///
    /// # Errors
    /// When what is said cannot be used; the message names who said it, and never holds a secret. When a file that holds
    /// the value cannot be read.
    pub(crate) fn get(&self, variable: &str) -> Result<Option<String>, Error> {
        let (setting, given) = self.find(variable)?;
        let Some(given) = given else { return Ok(None) };
        let text = if given.is_path {
            let held = file::text_of(Path::new(&given.text))
                .map_err(|error| self.wrong(variable, &format!("names a file that cannot be used: {error}")))?;
            held.trim().to_owned()
        } else {
            given.text.clone()
        };
        if setting.kind.takes(&text) {
            return Ok(Some(text));
        }
        Err(self.wrong(variable, &format!("must be {}", setting.kind.expected())))
    }

    /// The same, with the default where nobody says anything; empty where there is none.
    ///
    /// # Errors
    /// As [`Config::get`].
    pub(crate) fn value(&self, variable: &str) -> Result<String, Error> {
        let (setting, _) = self.find(variable)?;
        Ok(self.get(variable)?.unwrap_or_else(|| setting.default.to_owned()))
    }

    /// A number, as [`Config::value`] has it.
    ///
    /// # Errors
    /// As [`Config::get`].
    pub(crate) fn number<T: TryFrom<u64>>(&self, variable: &str) -> Result<T, Error> {
        let number = self.value(variable)?.parse::<u64>().ok().and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| self.wrong(variable, "is too great a number"))
    }

    /// A switch, as [`Config::value`] has it.
    ///
    /// # Errors
    /// As [`Config::get`].
    pub(crate) fn switch(&self, variable: &str) -> Result<bool, Error> {
        Ok(kind::switch(&self.value(variable)?).unwrap_or_default())
    }

    /// The parts of a list, as [`Config::value`] has it.
    ///
    /// # Errors
    /// As [`Config::get`].
    pub(crate) fn list(&self, variable: &str) -> Result<Vec<String>, Error> {
        Ok(kind::parts(&self.value(variable)?).map(str::to_owned).collect())
    }

    /// Why a setting cannot be used, named as whoever said it knows it.
    pub(crate) fn wrong(&self, variable: &str, what: &str) -> Error {
        let Ok((setting, given)) = self.find(variable) else {
            return Error::Input(format!("{variable} {what}"));
        };
        let Some(given) = given else {
            return Error::Input(format!("{variable} ({} in the file) {what}", setting.key));
        };
        let suffix = if given.is_path { ("_FILE", "_file") } else { ("", "") };
        Error::Input(match &given.origin {
            Origin::Flag => format!("--{} {what}", setting.flag.unwrap_or_default()),
            Origin::Environment => format!("{variable}{} {what}", suffix.0),
            Origin::File { path, line } => format!("{}:{line}: {}{} {what}", path.display(), setting.key, suffix.1),
        })
    }

    /// Holds all that is said against what may be, except files that hold secrets.
    ///
    /// # Errors
    /// The first that cannot be used.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let is_file =
            |setting: &Setting| self.find(setting.variable).is_ok_and(|(_, given)| given.is_some_and(|g| g.is_path));
        SETTINGS.iter().filter(|setting| !is_file(setting)).try_for_each(|setting| self.get(setting.variable).map(drop))
    }

    fn find(&self, variable: &str) -> Result<(&'static Setting, Option<&Given>), Error> {
        let place = SETTINGS.iter().position(|setting| setting.variable == variable);
        let found =
            place.and_then(|place| Some((SETTINGS.get(place)?, self.given.get(place).and_then(Option::as_ref))));
        found.ok_or_else(|| Error::Input(format!("no setting is called {variable}; this is a mistake of the program")))
    }
}

/// What the environment says of a setting. An empty variable says nothing.
fn of_variable(setting: &Setting, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Given>, Error> {
    let said = |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let given = |text, is_path| Given { text, is_path, origin: Origin::Environment };
    let own = said(setting.variable);
    if setting.kind != Kind::Secret {
        return Ok(own.map(|text| given(text, false)));
    }
    let name = format!("{}_FILE", setting.variable);
    match (own, said(&name)) {
        (Some(_), Some(_)) => {
            Err(Error::Input(format!("{} and {name} are both set; leave one away", setting.variable)))
        }
        (Some(text), None) => Ok(Some(given(text, false))),
        (None, Some(path)) => Ok(Some(given(path, true))),
        (None, None) => Ok(None),
    }
}

/// The most characters of a stray text that a message shows.
const MOST_SHOWN: usize = 60;

/// A text as a message shows it: short.
fn shown(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
