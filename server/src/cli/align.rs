//! `policyglot align`: two texts, a sentence a line or to be cut into sentences.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use corpus::bitext::Bead;
use ingest::align::{Knowledge, Line, beads, word_links};

use super::output;

#[derive(Debug, Args)]
pub(super) struct AlignArgs {
    /// The Chinese text
    zh: PathBuf,
    /// The English text
    en: PathBuf,
    /// Every line is a sentence: print line numbers instead of text
    #[arg(long)]
    lines: bool,
    /// Lines are aligned and their words are separated by spaces: print links between words
    #[arg(long, requires = "lines")]
    words: bool,
}

pub(super) fn align(args: &AlignArgs) -> anyhow::Result<ExitCode> {
    let (zh, en) = (text(&args.zh)?, text(&args.en)?);
    if args.words {
        return words(&zh, &en);
    }
    let (zh, en) = if args.lines { (lines(&zh), lines(&en)) } else { (sentences(&zh), sentences(&en)) };
    let beads = beads_of(&zh, &en);
    let mut table = String::new();
    for bead in &beads {
        // Writing to a string cannot fail.
        let _ = match args.lines {
            true => writeln!(table, "{}\t{}\t{:.3}", numbers(&bead.zh), numbers(&bead.en), bead.score),
            false => {
                writeln!(table, "{}\t{}\t{:.3}", joined(&zh, &bead.zh, ""), joined(&en, &bead.en, " "), bead.score)
            }
        };
    }
    output::data(&table)?;
    Ok(ExitCode::SUCCESS)
}

fn words(zh: &str, en: &str) -> anyhow::Result<ExitCode> {
    let (zh, en) = (lines(zh), lines(en));
    anyhow::ensure!(
        zh.len() == en.len(),
        "the texts have {} and {} lines; word links need aligned lines",
        zh.len(),
        en.len()
    );
    let split = |line: &str| -> Vec<String> { line.split_whitespace().map(str::to_owned).collect() };
    let tokens: Vec<_> = zh.iter().zip(&en).map(|(zh, en)| (split(zh), split(en))).collect();
    let pairs: Vec<(Vec<&str>, Vec<&str>)> = tokens
        .iter()
        .map(|(zh, en)| (zh.iter().map(String::as_str).collect(), en.iter().map(String::as_str).collect()))
        .collect();
    let mut table = String::new();
    for links in word_links(&pairs, Knowledge::of_dictionary()) {
        let links: Vec<String> = links.iter().map(|(zh, en)| format!("{zh}-{en}")).collect();
        table.push_str(&links.join(" "));
        table.push('\n');
    }
    output::data(&table)?;
    Ok(ExitCode::SUCCESS)
}

/// A text file in UTF-8.
pub(in crate::cli) fn text(path: &Path) -> anyhow::Result<String> {
    let bytes =
        crate::intake::bytes_of(path).map_err(|failure| anyhow::anyhow!("{}: {}", path.display(), failure.message))?;
    String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("{}: not UTF-8 text; convert it first", path.display()))
}

/// Every line, the last one also without a line break.
pub(in crate::cli) fn lines(text: &str) -> Vec<&str> {
    text.strip_prefix('\u{feff}').unwrap_or(text).lines().collect()
}

fn sentences(text: &str) -> Vec<&str> {
    let lines = lines(text).into_iter();
    lines
        .flat_map(|line| corpus::text::segment::sentences(line).into_iter().filter_map(|range| line.get(range)))
        .collect()
}

fn numbers(side: &[usize]) -> String {
    side.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(",")
}

fn joined(side: &[&str], indexes: &[usize], between: &str) -> String {
    let text: Vec<&str> = indexes.iter().filter_map(|index| side.get(*index).copied()).collect();
    text.join(between).replace(['\t', '\n'], " ")
}

/// The beads of two lists of sentences, as the commands on texts need them.
pub(in crate::cli) fn beads_of(zh: &[&str], en: &[&str]) -> Vec<Bead> {
    let (zh, en): (Vec<Line<'_>>, Vec<Line<'_>>) =
        (zh.iter().map(|text| Line::plain(text)).collect(), en.iter().map(|text| Line::plain(text)).collect());
    beads(&zh, &en, &[], Knowledge::of_dictionary())
}
