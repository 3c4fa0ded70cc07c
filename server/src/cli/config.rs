//! `policyglot config`: every setting, its value, and who said it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::serve::ServeArgs;
use super::{OcrEngine, output};
use crate::config::{Config, as_json, as_rows, as_toml};

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// How the settings are printed
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Print no settings, but say what is wrong with a file
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
}

/// The flags of other commands that give settings, to see what they change. `Config` notes them.
#[derive(Debug, Args)]
struct Flags {
    #[command(flatten)]
    serve: ServeArgs,
    /// Whether pages are read by an OCR engine
    #[arg(long, value_name = "WHETHER", env = "POLICYGLOT_OCR")]
    ocr: Option<String>,
    #[command(flatten)]
    engine: OcrEngine,
    /// Who edits
    #[arg(long, value_name = "NAME", env = "POLICYGLOT_NAME")]
    by: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for a person
    Table,
    /// A commented file that can be used as it is
    Toml,
    /// JSON for a program
    Json,
}

pub(super) fn run(args: &ConfigArgs, config: &Config) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.check {
        Config::of_file(path, false)?;
        output::message(&format!("{} can be used", path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    match args.format {
        Format::Table => output::data(&output::table(["setting", "value", "from"], as_rows(config)))?,
        Format::Toml => output::data(&as_toml(config))?,
        Format::Json => output::json(&as_json(config))?,
    }
    config.check()?;
    Ok(ExitCode::SUCCESS)
}
