//! `policyglot terms mark`.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::intake::bytes_of;
use crate::terms::cached::termbase;
use crate::terms::given::{Given, read_file};
use crate::terms::marking::{bracketed, html, json, mark, tsv};
use crate::workers::{Failure, Limits};

/// More than this is not read from standard input, in bytes.
const LONGEST_INPUT: u64 = 64 << 20;

/// Exit status: 0 when the text was marked, also where it has no terms; 3 when the file has no text; 4 when it cannot
/// be read; 5 when it needs a password.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The terms of both languages are marked, the longest first: of 数据要素市场 and 数据要素, a text with the first has only \
the first. As text, the best rendering stands behind each term in 【】, and behind one that is not to be used what to \
use instead, after ×.

Exit status: 0 when the text was marked, 3 when the file has no text, 4 when it cannot be read, 5 when it needs a \
password.")]
pub(in crate::cli) struct Args {
    /// A text, a PDF, a DOCX, Markdown or a saved web page; - for standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    #[command(flatten)]
    data: DataFolder,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Mark also candidates that mining is not sure of
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The text with renderings in brackets: 数据要素【data elements】
    Text,
    /// A fragment of a web page: each term a mark with its status as class
    Html,
    /// The text, its terms with their renderings, and where they stand, in bytes and characters
    Json,
    /// A table of the terms: how often, term, language, status, renderings, concept
    Tsv,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let given = match given(&args.file)? {
        Ok(given) => given,
        Err(failed) => return Ok(failed),
    };
    let base = termbase(&Data::open(&args.data.data)?)?;
    let text = given.text();
    let marked = mark(&base, &text, args.all);
    match args.format {
        Format::Json => return output::json(&json(&marked)).map(|()| ExitCode::SUCCESS),
        Format::Html => output::data(&html(&marked))?,
        Format::Tsv => output::data(&tsv(&marked))?,
        Format::Text if text.ends_with('\n') => output::data(&bracketed(&marked))?,
        Format::Text => output::data(&(bracketed(&marked) + "\n"))?,
    }
    if marked.terms.is_empty() {
        output::message(&format!("{}: the termbase has none of its terms", args.file.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a file, or of standard input where its name is `-`; the inner error is the exit status.
pub(super) fn given(path: &Path) -> anyhow::Result<Result<Given, ExitCode>> {
    Ok(read(path)?.map_err(|failure| {
        output::message(&format!("{}: {}", path.display(), failure.message));
        ExitCode::from(failure.exit_status())
    }))
}

fn read(path: &Path) -> anyhow::Result<Result<Given, Failure>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(LONGEST_INPUT).read_to_end(&mut bytes)?;
        let failure = || Failure::unreadable("this is not text in UTF-8; save it as a file and name the file");
        return Ok(Given::plain("-", &bytes).ok_or_else(failure));
    }
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Err(failure)),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match Given::plain(&name, &bytes) {
        Some(given) => Ok(Ok(given)),
        None => Ok(read_file(&std::path::absolute(path)?, &name, Limits::default())?),
    }
}
