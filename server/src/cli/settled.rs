//! The command line, settled: a flag that is not given has the value that the environment or the file gives it.
//!
//! An argument is tied to its setting by the variable that it names (`env = "POLICYGLOT_…"`). The environment is read in
//! one place, `Config`, and not a second time by clap: so the arguments are read once to find the file, and then again
//! with what is said elsewhere as their defaults.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use super::Cli;
use crate::Error;
use crate::config::{Config, FILE_NAME, SETTINGS};

/// The variable that names the file.
const FILE_VARIABLE: &str = "POLICYGLOT_CONFIG";

/// Why a command line cannot be carried out.
#[derive(Debug)]
pub(super) enum Unsettled {
    /// It is no command line of ours, or asks for help.
    Usage(clap::Error),
    /// What environment or file say cannot be used.
    Config(Error),
}

impl From<clap::Error> for Unsettled {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

impl From<Error> for Unsettled {
    fn from(error: Error) -> Self {
        Self::Config(error)
    }
}

/// Reads a command line, the program's name first, with what the environment and the file say.
pub(super) fn settle(
    arguments: Vec<OsString>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(Cli, Config), Unsettled> {
    let given = plain_command().try_get_matches_from(&arguments)?;
    let environment = Config::of_environment(variable)?;
    let mut config = match file_of(&given, &environment, variable)? {
        Some((path, in_data_folder)) => Config::of_file(&path, in_data_folder)?.under(environment),
        None => environment,
    };
    let matches = with_defaults(Cli::command(), &given, &config)?.try_get_matches_from(arguments)?;
    note_flags(&Cli::command(), &matches, &mut config);
    Ok((Cli::from_arg_matches(&matches)?, config))
}

/// The command line as help, completions and manual pages show it: variables are named, but not read.
pub(super) fn plain_command() -> Command {
    fn plain(command: Command) -> Command {
        command.mut_args(without_variable).mut_subcommands(plain)
    }
    plain(Cli::command())
}

fn without_variable(arg: Arg) -> Arg {
    let Some(variable) = setting_of(&arg) else { return arg };
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let arg = arg.env(None::<&'static str>);
    if arg.is_hide_env_set() { arg } else { arg.help(format!("{help} [env: {variable}]")) }
}

/// The variable of the setting that an argument gives.
fn setting_of(arg: &Arg) -> Option<&'static str> {
    let variable = arg.get_env()?;
    SETTINGS.iter().map(|setting| setting.variable).find(|name| OsStr::new(name) == variable)
}

/// The file to read, and whether it is the data folder's own.
fn file_of(
    given: &ArgMatches,
    environment: &Config,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<(PathBuf, bool)>, Error> {
    if reads_no_file(given) {
        return Ok(None);
    }
    let named = given.get_one::<PathBuf>("config").cloned();
    let named = named.or_else(|| variable(FILE_VARIABLE).filter(|path| !path.trim().is_empty()).map(PathBuf::from));
    if let Some(path) = named {
        return Ok(Some((path, false)));
    }
    let folder = match data_flag(given) {
        Some(folder) => folder,
        None => PathBuf::from(environment.value("POLICYGLOT_DATA")?),
    };
    let path = folder.join(FILE_NAME);
    Ok(is_there(&path).then_some((path, true)))
}

/// A file that is there but cannot be read is not passed over: reading it then says why.
fn is_there(path: &Path) -> bool {
    !matches!(path.try_exists(), Ok(false))
}

/// What a worker and what only prints have no use for settings; nor does what looks at another file.
fn reads_no_file(given: &ArgMatches) -> bool {
    match given.subcommand() {
        Some(("worker" | "completions" | "man", _)) => true,
        Some(("config", below)) => below.get_one::<PathBuf>("check").is_some(),
        _ => false,
    }
}

/// The data folder that a flag gives.
fn data_flag(given: &ArgMatches) -> Option<PathBuf> {
    let mut matches = given;
    while let Some((_, below)) = matches.subcommand() {
        matches = below;
    }
    let is_flag = matches.try_contains_id("data").is_ok()
        && matches.value_source("data").is_some_and(|source| source == ValueSource::CommandLine);
    if is_flag { matches.try_get_one::<PathBuf>("data").ok().flatten().cloned() } else { None }
}

/// The command that is to be run, with what is said elsewhere as the defaults of its arguments.
fn with_defaults(command: Command, given: &ArgMatches, config: &Config) -> Result<Command, Error> {
    let mut failed = None;
    let mut command = command.mut_args(|arg| {
        let Some(variable) = setting_of(&arg) else { return arg };
        let arg = arg.env(None::<&'static str>);
        match config.get(variable) {
            Ok(Some(text)) => arg.default_value(text),
            Ok(None) => arg,
            Err(error) => {
                failed.get_or_insert(error);
                arg
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    if let Some((name, below)) = given.subcommand()
        && let Some(subcommand) = command.find_subcommand_mut(name)
    {
        *subcommand = with_defaults(std::mem::take(subcommand), below, config)?;
    }
    Ok(command)
}

/// Notes what the flags say, so that settings which no argument carries further are read in one place.
fn note_flags(command: &Command, matches: &ArgMatches, config: &mut Config) {
    for arg in command.get_arguments() {
        let Some(variable) = setting_of(arg) else { continue };
        let id = arg.get_id().as_str();
        if matches.value_source(id) == Some(ValueSource::CommandLine)
            && let Some(text) = matches.get_raw(id).and_then(|mut values| values.next())
        {
            config.note_flag(variable, text.to_string_lossy().into_owned());
        }
    }
    if let Some((name, below)) = matches.subcommand()
        && let Some(subcommand) = command.find_subcommand(name)
    {
        note_flags(subcommand, below, config);
    }
}
