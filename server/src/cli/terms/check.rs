//! `policyglot terms check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::mark::given;
use crate::cli::{DataFolder, complain, output};
use crate::data::Data;
use crate::intake::bytes_of;
use crate::terms::bilingual::{BilingualText, aligned, is_bilingual, read};
use crate::terms::checking::{CheckReport, Severity, check, told};

/// What cannot be checked ends with this exit status.
const UNREADABLE: u8 = 2;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
For each term of a source segment, its renderings are looked for in the target: English in any inflection, case and \
hyphenation, Chinese in either script. A longer term covers the shorter ones inside of it, on both sides.

  error    a deprecated or superseded rendering is used in place of a good one; or a preferred rendering is known,
           and neither it nor an admitted one is used
  warning  an admitted rendering is used where a preferred one is known; an admitted rendering, or a candidate that
           mining is sure of (0.8), is known and none is used; the rendering stands only inside of that of a longer
           term; a deprecated one stands beside enough good ones; a term is rendered in several ways
  note     candidates that mining is less sure of are not used or vary; a term that stands three times or more in a
           segment has fewer than half as many renderings; anything but a deprecated rendering where two texts
           are not surely aligned

A term that a segment's source has twice and its target renders once is no finding: English says \"it\". Where two \
texts are given, their sentences are aligned first, as `policyglot align` does.

Exit status: 0 when there is nothing as severe as --fail-on, 1 when there is, 2 when the input cannot be read or \
checked.")]
pub(in crate::cli) struct Args {
    /// The source text in any form that is read; or a TMX or an XLIFF, which has both sides
    #[arg(required_unless_present = "schema", value_name = "SOURCE|FILE.tmx|FILE.xlf")]
    source: Option<PathBuf>,
    /// The draft translation of the source text
    target: Option<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// Print JSON: the findings, the terms that vary, and every term of every segment
    #[arg(long)]
    json: bool,
    /// Tell the notes too
    #[arg(long)]
    notes: bool,
    /// The least severe finding that makes the exit status 1
    #[arg(long, value_enum, default_value = "warning")]
    fail_on: FailOn,
    /// Print the JSON Schema of the JSON form, and read nothing
    #[arg(long)]
    schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// None: the exit status is 0 for whatever is found
    Never,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(source) = args.source.as_ref().filter(|_| !args.schema) else {
        output::json(&schemars::schema_for!(CheckReport))?;
        return Ok(ExitCode::SUCCESS);
    };
    // What goes wrong here must not look like a finding, which is what the usual status of a failure means.
    checked(args, source).or_else(|error| {
        complain(&error);
        Ok(ExitCode::from(UNREADABLE))
    })
}

fn checked(args: &Args, source: &Path) -> anyhow::Result<ExitCode> {
    let Some(text) = bilingual(source, args.target.as_deref())? else { return Ok(ExitCode::from(UNREADABLE)) };
    let mut report = check(&Data::open(&args.data.data)?, &text)?;
    report.keep(if args.notes { Severity::Note } else { Severity::Warning });
    if args.json {
        output::json(&report)?;
    } else {
        output::data(&told(&report))?;
    }
    let fails = match args.fail_on {
        FailOn::Error => report.counts.errors > 0,
        FailOn::Warning => report.counts.errors + report.counts.warnings > 0,
        FailOn::Never => false,
    };
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Both sides; `None` where a file cannot be read, which has been said.
fn bilingual(source: &Path, target: Option<&Path>) -> anyhow::Result<Option<BilingualText>> {
    if let Some(target) = target {
        let (Ok(from), Ok(to)) = (given(source)?, given(target)?) else { return Ok(None) };
        return Ok(Some(aligned(&from, &to)?));
    }
    let shown = source.display();
    let bytes = bytes_of(source).map_err(|failure| anyhow::anyhow!("{shown}: {}", failure.message))?;
    if !is_bilingual(&bytes) {
        anyhow::bail!("{shown}: this is neither a TMX nor an XLIFF; give the translation as a second file");
    }
    Ok(Some(read(&bytes).map_err(|error| anyhow::anyhow!("{shown}: {error}"))?))
}
