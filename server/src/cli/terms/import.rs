//! `policyglot terms import`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use corpus::term::Status;
use serde::Serialize;

use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::terms::exchange::plan::{self, Ambiguous, Carried, Counts, Line, Plan, Wishes};
use crate::terms::exchange::reading::{Asked, FileRead, read};
use crate::terms::exchange::{Format, Warning};

/// Says what would become of each entry of a file; with --apply it is done, all of it or nothing. Exits with 1 where
/// nothing would be imported.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A file of terms: TBX (2 or 3), TMX, CSV, TSV, XLSX, an OmegaT glossary, JSON Lines
    file: PathBuf,
    /// What it is; found out unless given
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Tables: what columns hold, by number or by head, as in zh=1,en=2,definition=4; the others are guessed
    #[arg(long, value_name = "COLUMNS", default_value = "", hide_default_value = true)]
    map: String,
    /// Tables: whether the first row is of heads; found out unless given
    #[arg(long, value_name = "BOOL")]
    header: Option<bool>,
    /// Tables: what stands between semicolons or bars in a cell is one designation
    #[arg(long)]
    no_split: bool,
    /// Workbooks: the sheet, by name or number; the first unless given
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// The status of designations for which the file gives none, also of candidates that the termbase has already;
    /// unless given, new ones are admitted and those that are there stay as they are
    #[arg(long, value_name = "STATUS", value_parser = super::export::status)]
    status: Option<Status>,
    /// Where the file and the termbase say different things, the file counts
    #[arg(long)]
    overwrite: bool,
    /// What a reviewer has rejected may come back
    #[arg(long = "override")]
    readmit: bool,
    /// What becomes of an entry that several concepts could be
    #[arg(long, value_enum, default_value = "skip")]
    ambiguous: Ambiguous,
    /// Whose import it is, for the history
    #[arg(long, value_name = "NAME", env = "USER", hide_env_values = true, default_value = "command line")]
    by: String,
    /// Only say what would be done (the default)
    #[arg(long, conflicts_with = "apply")]
    dry_run: bool,
    /// Do it
    #[arg(long)]
    apply: bool,
    /// List every entry, also those that change nothing
    #[arg(long)]
    all: bool,
    /// JSON for a program
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataFolder,
}

/// So many entries are listed for a person.
const LISTED: usize = 200;

/// What is printed for a program.
#[derive(Serialize)]
struct Report<'a> {
    format: Format,
    columns: Vec<&'static str>,
    counts: Counts,
    warnings: &'a [Warning],
    entries: &'a [Line],
    applied: Option<Carried>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let file = read(&name, &bytes, &asked(args)?).with_context(|| args.file.display().to_string())?;
    let wishes = Wishes {
        source: name,
        status: args.status,
        overwrite: args.overwrite,
        readmit: args.readmit,
        ambiguous: args.ambiguous,
    };
    let data = Data::open(&args.data.data)?;
    let plan = data.with_store(|store| plan::make(store, &file.imported, &wishes))?;
    let carried = match args.apply && !plan.is_empty() {
        true => Some(plan::carry_out(&data, &plan, &args.by, &crate::now())?),
        false => None,
    };
    if args.json {
        output::json(&report(&file, &plan, carried))?;
    } else {
        print(args, &file, &plan)?;
    }
    say(&plan, carried);
    Ok(if plan.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn asked(args: &Args) -> anyhow::Result<Asked> {
    let mut asked = Asked { format: args.format, sheet: args.sheet.clone(), ..Asked::default() }.with_map(&args.map)?;
    asked.mapping.header = args.header;
    asked.mapping.never_split = args.no_split;
    Ok(asked)
}

fn report<'a>(file: &'a FileRead, plan: &'a Plan, applied: Option<Carried>) -> Report<'a> {
    let columns = file.layout.iter().flat_map(|layout| &layout.columns).map(|column| column.name());
    Report {
        format: file.format,
        columns: columns.collect(),
        counts: plan.counts(),
        warnings: &file.imported.warnings,
        entries: &plan.lines,
        applied,
    }
}

fn print(args: &Args, file: &FileRead, plan: &Plan) -> anyhow::Result<()> {
    for warning in &file.imported.warnings {
        match warning.line {
            0 => output::message(&format!("warning: {}", warning.caution)),
            line => output::message(&format!("warning: line {line}: {}", warning.caution)),
        }
    }
    let told: Vec<&Line> = plan.lines.iter().filter(|line| args.all || line.is_worth_telling()).collect();
    let listed = if args.all { told.len() } else { LISTED };
    let rows = told.iter().take(listed).map(|line| {
        [
            line.line.to_string(),
            line.outcome_in_words(),
            line.zh.join("; "),
            line.en.join("; "),
            line.details().join("; "),
        ]
    });
    output::data(&output::table(["line", "outcome", "Chinese", "English", ""], rows))?;
    if let Some(more) = told.len().checked_sub(listed).filter(|more| *more > 0) {
        output::message(&format!("and {more} more; --all lists them"));
    }
    Ok(())
}

fn say(plan: &Plan, carried: Option<Carried>) {
    let counts = plan.counts();
    if plan.is_empty() {
        return output::message(&counts.nothing());
    }
    output::message(&counts.in_words());
    output::message(&match carried {
        Some(carried) => format!(
            "imported: {} concepts made or changed, as batch {batch}; `policyglot terms edit undo-batch {batch}` takes it back",
            carried.concepts,
            batch = carried.batch
        ),
        None => "nothing was written; --apply does it".to_owned(),
    });
}
